// Package losses is the panel of how vulnerable the service is: what the closing of each place would mean to those who
// have it nearest, the greatest loss first.
package losses

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/results"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// SymbolSize is the side of the symbol beside the panel's title, in units.
const SymbolSize = results.SymbolSize

const (
	columnWidth = 44 // of a limit's people
	scrollRoom  = 10 // kept free at the right edge for the scroll bar
	rowGap      = 2  // between the lines of a row
)

// Panel shows a View.
type Panel struct {
	// OnSelect is told the id of a place that the user chose.
	OnSelect func(id string)
	// OnAll is told that the user wants the ranking of all service types.
	OnAll func()
	// OnWhy is told that the user wants the numbers of a place explained, by its id; "" where none is chosen.
	OnWhy func(id string)

	title    *widgets.Text
	subtitle *widgets.Text
	symbol   *canvas.Image
	notice   *widget.Label
	tried    *widget.Label
	head     *fyne.Container
	limits   *fyne.Container
	list     *widget.List
	object   fyne.CanvasObject

	ask    *widget.Button
	chosen string // id of the chosen place
	places []Place
	quiet  bool // a selection of the program's, not the user's
}

// New makes an empty panel.
func New(p *i18n.Printer) *Panel {
	l := &Panel{
		title: widgets.NewHeading(""), subtitle: widgets.NewCaption(""), symbol: canvas.NewImageFromImage(nil), notice: widgets.Wrapped(""), tried: widgets.Wrapped(""),
		limits: columns(),
	}
	l.title.Rank = theme.SizeNameHeadingText
	l.symbol.FillMode = canvas.ImageFillContain
	l.symbol.SetMinSize(fyne.NewSquareSize(SymbolSize))
	people, beyond := widgets.NewCaption(p.T("ui.results.people_nearest")), widgets.NewCaption(p.T("ui.losses.beyond"))
	people.Align, beyond.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	farther := widgets.NewCaption(p.T("ui.losses.farther"))
	l.head = container.NewBorder(nil, nil, nil, widgets.Gap(scrollRoom),
		widgets.Stack(rowGap, people, beyond, container.NewBorder(nil, nil, farther, l.limits)))
	l.list = widget.NewList(func() int { return len(l.places) }, newRow, l.fill)
	l.list.OnSelected = l.selected
	title := container.NewBorder(nil, nil, container.NewCenter(l.symbol), nil, widgets.Stack(0, l.title, l.subtitle))
	all := widget.NewButton(p.T("series.all_losses"), func() {
		if l.OnAll != nil {
			l.OnAll()
		}
	})
	all.Importance = widget.LowImportance
	l.ask = widget.NewButton(p.T("panel.why_losses"), func() {
		if l.OnWhy != nil {
			l.OnWhy(l.chosen)
		}
	})
	l.ask.Importance = widget.LowImportance
	top := widgets.Stack(look.Step3, title, container.NewHBox(all, l.ask), l.notice, l.tried, l.head)
	l.object = widgets.Pad(look.Step4, container.NewBorder(top, nil, nil, nil, l.list))
	l.Set(View{})
	return l
}

// Object is the panel for the window's layout.
func (l *Panel) Object() fyne.CanvasObject { return l.object }

// Set shows another ranking.
func (l *Panel) Set(v View) {
	l.title.SetText(v.Title)
	l.subtitle.SetText(v.Subtitle)
	l.symbol.Image = v.Symbol
	widgets.Show(l.symbol, v.Symbol != nil)
	l.symbol.Refresh()
	l.notice.SetText(v.Notice)
	widgets.Show(l.subtitle, v.Subtitle != "")
	widgets.Show(l.notice, v.Notice != "")
	l.tried.SetText(v.Tried)
	widgets.Show(l.tried, v.Tried != "")
	widgets.Show(l.head, len(v.Places) > 0)
	widgets.Show(l.list, len(v.Places) > 0)
	widgets.Show(l.ask, len(v.Places) > 0)
	setColumns(l.limits, v.Limits)
	l.places = v.Places
	for i, place := range l.places {
		row := newRow()
		fillRow(row, place, 0)
		l.list.SetItemHeight(i, row.MinSize().Height)
	}
	l.list.Refresh()
	l.object.Refresh()
}

// Select shows the place with this id as chosen, without telling OnSelect.
func (l *Panel) Select(id string) {
	l.quiet, l.chosen = true, ""
	defer func() { l.quiet = false }()
	for i, p := range l.places {
		if p.ID == id && id != "" {
			l.list.Select(i)
			l.chosen = id
			return
		}
	}
	l.list.UnselectAll()
}

func (l *Panel) selected(i widget.ListItemID) {
	if !l.quiet && l.OnSelect != nil && i < len(l.places) {
		l.chosen = l.places[i].ID
		l.OnSelect(l.places[i].ID)
	}
}

// columns is a row of numbers under each other's limits.
func columns() *fyne.Container { return widgets.Line(0) }

// setColumns shows numbers in columns.
func setColumns(c *fyne.Container, numbers []string) {
	for len(c.Objects) > len(numbers) {
		c.Remove(c.Objects[len(c.Objects)-1])
	}
	for i, number := range numbers {
		if i == len(c.Objects) {
			text := widgets.NewCaption("")
			text.Align = fyne.TextAlignTrailing
			c.Add(widgets.MinWidth(columnWidth, text))
		}
		c.Objects[i].(*fyne.Container).Objects[0].(*widgets.Text).SetText(number)
	}
}

// newRow makes a row's objects: name and people; how much farther, and the people beyond each limit; the notes.
func newRow() fyne.CanvasObject {
	first := container.NewBorder(nil, nil, nil, widgets.NewNumber(""), widgets.NewText(""))
	second := container.NewBorder(nil, nil, widgets.NewCaption(""), columns())
	return widgets.Inset(look.Step1, 0, container.NewBorder(nil, nil, nil, widgets.Gap(scrollRoom),
		widgets.Stack(rowGap, first, second, widgets.Stack(rowGap))))
}

// fill shows place i in objects made by newRow.
func (l *Panel) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i < len(l.places) {
		fillRow(o, l.places[i], l.list.Size().Width-scrollRoom)
	}
}

// fillRow shows a place in objects made by newRow. Texts that are wider than width are cut, unless it is 0.
func fillRow(o fyne.CanvasObject, place Place, width float32) {
	lines := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	first, second, notes := lines[0].(*fyne.Container), lines[1].(*fyne.Container), lines[2].(*fyne.Container)
	people := first.Objects[1].(*widgets.Text)
	people.SetText(place.People)
	first.Objects[0].(*widgets.Text).SetText(widgets.Fit(place.Name, theme.SizeNameText, width-people.MinSize().Width-look.Step2))
	second.Objects[0].(*widgets.Text).SetText(place.Extra)
	setColumns(second.Objects[1].(*fyne.Container), place.Beyond)
	for len(notes.Objects) > len(place.Notes) {
		notes.Remove(notes.Objects[len(notes.Objects)-1])
	}
	for i, note := range place.Notes {
		if i == len(notes.Objects) {
			notes.Add(widgets.NewCaption(""))
		}
		notes.Objects[i].(*widgets.Text).SetText(widgets.Fit(note, theme.SizeNameCaptionText, width))
	}
	o.Refresh()
}
