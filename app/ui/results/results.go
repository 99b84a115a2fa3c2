// Package results is the panel of the figures: what the chosen service type and measure say of the kommun.
package results

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// SymbolSize is the side of the symbol beside the panel's title, in units.
const SymbolSize = 20

const (
	peopleWidth = 56
	noteWidth   = 92
	scrollRoom  = 10 // kept free at the right edge for the scroll bar
)

// Panel shows a View.
type Panel struct {
	// OnSelect is told the id of a place that the user chose in the ranking.
	OnSelect func(id string)
	// OnCompute is told that the user wants the figures computed.
	OnCompute func()

	printer  *i18n.Printer
	title    *widgets.Text
	subtitle *widgets.Text
	symbol   *canvas.Image
	notice   *widget.Label
	compute  *widget.Button
	figures  *fyne.Container
	barsHead *widgets.Text
	barsNote *widgets.Text
	bars     *widgets.Bars
	rankHead *widgets.Text
	head     *widgets.Text
	list     *widget.List
	object   fyne.CanvasObject

	places []Place
	quiet  bool // a selection of the program's, not the user's
}

// New makes an empty panel.
func New(p *i18n.Printer) *Panel {
	r := &Panel{
		printer: p, title: widgets.NewHeading(""), subtitle: widgets.NewCaption(""), symbol: canvas.NewImageFromImage(nil),
		notice: widgets.Wrapped(""), bars: widgets.NewBars(), figures: container.NewGridWithColumns(2),
		barsHead: widgets.NewHeading(""), rankHead: widgets.NewHeading(""),
		head: widgets.NewCaption(p.T("ui.results.people_nearest")), barsNote: widgets.NewCaption(p.T("ui.results.people_share")),
	}
	r.title.Rank = theme.SizeNameHeadingText
	r.symbol.FillMode = canvas.ImageFillContain
	r.symbol.SetMinSize(fyne.NewSquareSize(SymbolSize))
	r.head.Align, r.barsNote.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	r.compute = widget.NewButton("", func() {
		if r.OnCompute != nil {
			r.OnCompute()
		}
	})
	r.list = widget.NewList(func() int { return len(r.places) }, newRow, r.fill)
	r.list.HideSeparators = true
	r.list.OnSelected = r.selected
	r.object = r.arrange()
	r.Set(View{})
	return r
}

// arrange lays the panel out: title, figures and bars above, the ranking in all the room that is left.
func (r *Panel) arrange() fyne.CanvasObject {
	title := container.NewBorder(nil, nil, container.NewCenter(r.symbol), nil, widgets.Stack(0, r.title, r.subtitle))
	top := widgets.Stack(look.Step3,
		title, r.notice, container.NewHBox(r.compute), r.figures,
		container.NewBorder(nil, nil, r.barsHead, nil, r.barsNote), r.bars,
		container.NewBorder(nil, nil, r.rankHead, widgets.Gap(scrollRoom), r.head))
	return widgets.Pad(look.Step4, container.NewBorder(top, nil, nil, nil, r.list))
}

// Object is the panel for the window's layout.
func (r *Panel) Object() fyne.CanvasObject { return r.object }

// Set shows other figures.
func (r *Panel) Set(v View) {
	r.title.SetText(v.Title)
	r.subtitle.SetText(v.Subtitle)
	r.symbol.Image = v.Symbol
	widgets.Show(r.symbol, v.Symbol != nil)
	r.symbol.Refresh()
	r.notice.Importance = widget.MediumImportance
	if v.Warn {
		r.notice.Importance = widget.WarningImportance
	}
	r.notice.SetText(v.Notice)
	widgets.Show(r.subtitle, v.Subtitle != "")
	widgets.Show(r.notice, v.Notice != "")
	r.compute.SetText(v.Compute)
	widgets.Show(r.compute, v.Compute != "")
	r.figures.RemoveAll()
	for _, f := range v.Figures {
		r.figures.Add(widgets.NewKeyFigure(f.Value, f.Meaning))
	}
	r.barsHead.SetText(v.BarsHead)
	r.bars.Set(v.Bars)
	r.rankHead.SetText(v.RankHead)
	for _, o := range []fyne.CanvasObject{r.barsHead, r.barsNote, r.bars} {
		widgets.Show(o, len(v.Bars) > 0)
	}
	for _, o := range []fyne.CanvasObject{r.rankHead, r.head, r.list} {
		widgets.Show(o, len(v.Places) > 0)
	}
	r.places = v.Places
	r.list.Refresh()
	r.object.Refresh()
}

// Select shows the place with this id as chosen, without telling OnSelect.
func (r *Panel) Select(id string) {
	r.quiet = true
	defer func() { r.quiet = false }()
	for i, p := range r.places {
		if p.ID == id && id != "" {
			r.list.Select(i)
			return
		}
	}
	r.list.UnselectAll()
}

func (r *Panel) selected(i widget.ListItemID) {
	if !r.quiet && r.OnSelect != nil && i < len(r.places) {
		r.OnSelect(r.places[i].ID)
	}
}

// newRow makes a row's objects: name, place, people.
func newRow() fyne.CanvasObject {
	note := widgets.NewCaption("")
	return container.NewBorder(nil, nil, nil,
		widgets.Line(look.Step2, container.NewCenter(widgets.MinWidth(noteWidth, note)),
			container.NewCenter(widgets.MinWidth(peopleWidth, widgets.NewNumber(""))), widgets.Gap(scrollRoom-look.Step2)),
		widgets.Cut(""))
}

// fill shows place i in objects made by newRow.
func (r *Panel) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(r.places) {
		return
	}
	parts := o.(*fyne.Container).Objects
	right := parts[1].(*fyne.Container).Objects
	place := r.places[i]
	parts[0].(*widget.Label).SetText(place.Name)
	inner(right[0]).SetText(place.Note)
	inner(right[1]).SetText(place.People)
}

// inner finds the text in the layouts that center it and give it its width.
func inner(o fyne.CanvasObject) *widgets.Text {
	for {
		switch v := o.(type) {
		case *widgets.Text:
			return v
		case *fyne.Container:
			o = v.Objects[0]
		}
	}
}
