// Package results is the panel of the figures: what the chosen service type and measure say of the kommun, or of some of
// its people in a part of it, as key figures, charts and tables.
//
// Invariants: women's and men's figures stand beside each other; those who are not reached are always told; every key
// figure answers why it is what it is.
package results

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/method"
)

// SymbolSize is the side of the symbol beside the panel's title, in units.
const SymbolSize = 20

const (
	tableRows  = 8  // of a table in sight
	scrollRoom = 10 // kept free at the right edge for the scroll bar
)

// Panel shows a View.
type Panel struct {
	// OnSelect is told the id of a place that the user chose in a table.
	OnSelect func(id string)
	// OnCompute is told that the user wants the figures computed.
	OnCompute func()
	// OnChoose is told the group and the area that the user chose.
	OnChoose func(group, area string)
	// OnWhy is told the figure that the user wants explained.
	OnWhy func(Figure)
	// OnExport is told the table that the user wants in a file.
	OnExport func(model.Table)

	printer             *i18n.Printer
	title, subtitle     *widgets.Text
	symbol              *canvas.Image
	notice              *widget.Label
	compute             *widget.Button
	group, area         *widget.Select
	choices             *fyne.Container
	figures, more       *fyne.Container
	bars, curve, spread *section
	says, remarks       *widget.Label
	switches            *fyne.Container
	table               *table.Table
	tableBox            *fyne.Container
	tableRoom           *heightLayout
	veil                *widgets.Ground
	object              fyne.CanvasObject
	view                View
	shown               string // id of the table that is shown
	picked              string // and of the one that the user wants to see, "" for the first
	chosen              string // id of the chosen place
	quiet               bool   // a choice of the program's, not the user's
}

// section is a chart with its heading.
type section struct {
	drawing *widgets.Drawing
	object  *fyne.Container
}

// newSection makes a section; ask explains the chart, nil for one whose numbers are explained elsewhere.
func newSection(head, note string, ask func()) *section {
	s := &section{drawing: widgets.NewDrawing()}
	caption := widgets.NewCaption(note)
	row := container.NewBorder(nil, nil, widgets.NewHeading(head), caption)
	if ask != nil {
		row = container.NewBorder(nil, nil, widgets.NewHeading(head), asking("?", ask))
	}
	s.object = widgets.Stack(look.Step1, row, s.drawing)
	return s
}

// asking is a quiet button that explains something.
func asking(label string, ask func()) *widget.Button {
	b := widget.NewButton(label, ask)
	b.Importance = widget.LowImportance
	return b
}

// set shows a chart, or nothing where there is none.
func (s *section) set(c Chart) {
	s.drawing.Set(c.Paint, c.Alt, c.Height)
	widgets.Show(s.object, c.Paint != nil)
}

// New makes an empty panel.
func New(p *i18n.Printer) *Panel {
	r := &Panel{
		printer: p, title: widgets.NewHeading(""), subtitle: widgets.NewCaption(""), symbol: canvas.NewImageFromImage(nil),
		notice: widgets.Wrapped(""), figures: container.NewGridWithColumns(2), more: widgets.Stack(look.Step1),
		bars: newSection(p.T("ui.results.bands"), p.T("ui.results.people_share"), nil), says: widgets.Wrapped(""), remarks: widgets.Wrapped(""),
		switches: widgets.Line(look.Step1), table: table.New(p), veil: widgets.NewGround(look.ColorNameVeil),
	}
	about := func(figure string) func() { return func() { r.why(Figure{ID: figure}) } }
	r.curve, r.spread = newSection(p.T("panel.curve"), "", about("distribution")), newSection(p.T("panel.spread"), "", about("curve"))
	r.spread.object.Add(container.NewHBox(asking(p.Text(method.Name("index"))+" ?", about("index")), asking(p.Text(method.Name("palma"))+" ?", about("palma"))))
	r.title.Rank = theme.SizeNameHeadingText
	r.symbol.FillMode = canvas.ImageFillContain
	r.symbol.SetMinSize(fyne.NewSquareSize(SymbolSize))
	r.remarks.SizeName, r.says.SizeName = theme.SizeNameCaptionText, theme.SizeNameCaptionText
	r.compute = widget.NewButton("", func() {
		if r.OnCompute != nil {
			r.OnCompute()
		}
	})
	r.group, r.area = widget.NewSelect(nil, r.chose), widget.NewSelect(nil, r.chose)
	r.table.OnSelect = r.selected
	r.table.OnExport = func(t model.Table) {
		if r.OnExport != nil {
			r.OnExport(t)
		}
	}
	r.object = r.arrange()
	r.Set(View{})
	return r
}

// arrange lays the panel out: title and choices stay, all else scrolls.
func (r *Panel) arrange() fyne.CanvasObject {
	p := r.printer
	title := container.NewBorder(nil, nil, container.NewCenter(r.symbol), nil, widgets.Stack(0, r.title, r.subtitle))
	r.choices = container.NewGridWithColumns(2,
		widgets.Stack(0, widgets.NewCaption(p.T("panel.group")), r.group), widgets.Stack(0, widgets.NewCaption(p.T("panel.area")), r.area))
	top := widgets.Stack(look.Step2, title, r.notice, container.NewHBox(r.compute), r.choices)
	r.tableRoom = &heightLayout{}
	r.tableBox = widgets.Stack(look.Step1, r.switches, container.New(r.tableRoom, r.table.Object()))
	body := widgets.Stack(look.Step3, r.figures, r.bars.object, r.tableBox, r.more, r.curve.object, r.spread.object, r.says, r.remarks)
	scroll := container.NewVScroll(container.NewBorder(nil, nil, nil, widgets.Gap(scrollRoom), container.NewStack(body, r.veil)))
	return widgets.Pad(look.Step4, container.NewBorder(widgets.Stack(0, top, widgets.MinSize(fyne.NewSize(0, look.Step2))), nil, nil, nil, scroll))
}

// heightLayout gives its object a height.
type heightLayout struct{ height float32 }

func (l *heightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
}

func (l *heightLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, l.height)
}

// Object is the panel for the window's layout.
func (r *Panel) Object() fyne.CanvasObject { return r.object }

// Set shows other figures.
func (r *Panel) Set(v View) {
	r.view = v
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
	r.setChoices()
	setFigures(r.figures, v.Figures, r.why)
	setFigures(r.more, v.More, r.why)
	r.bars.set(v.Bars)
	r.curve.set(v.Curve)
	r.spread.set(v.Spread)
	setLines(r.says, v.Says)
	setLines(r.remarks, v.Remarks)
	r.setTables()
	r.Stale(false)
	r.object.Refresh()
}

// Stale greys the figures while others are on their way.
func (r *Panel) Stale(on bool) { widgets.Show(r.veil, on) }

// setLines shows lines under each other, or nothing where there are none.
func setLines(l *widget.Label, lines []string) {
	text := ""
	for i, line := range lines {
		if i > 0 {
			text += "\n"
		}
		text += line
	}
	l.SetText(text)
	widgets.Show(l, text != "")
}

// setFigures shows key figures in the widgets that there are, and makes more where needed.
func setFigures(c *fyne.Container, figures []Figure, why func(Figure)) {
	for len(c.Objects) > len(figures) {
		c.Remove(c.Objects[len(c.Objects)-1])
	}
	for i, f := range figures {
		if i == len(c.Objects) {
			c.Add(newKeyFigure(why))
		}
		c.Objects[i].(*keyFigure).set(f)
	}
	widgets.Show(c, len(figures) > 0)
}

// why passes a question on.
func (r *Panel) why(f Figure) {
	if r.OnWhy != nil {
		r.OnWhy(f)
	}
}

// setChoices shows what can be chosen.
func (r *Panel) setChoices() {
	r.quiet = true
	defer func() { r.quiet = false }()
	setOptions(r.group, r.view.Groups, r.view.Group)
	setOptions(r.area, r.view.Areas, r.view.Area)
	widgets.Show(r.choices, len(r.view.Groups) > 0)
}

// setOptions shows the options of a choice.
func setOptions(s *widget.Select, options []Option, chosen string) {
	names := make([]string, len(options))
	at := 0
	for i, o := range options {
		names[i] = o.Name
		if o.ID == chosen {
			at = i
		}
	}
	s.SetOptions(names)
	if len(names) > 0 {
		s.SetSelectedIndex(at)
	}
	if len(names) > 1 {
		s.Enable()
	} else {
		s.Disable()
	}
}

// chose tells of the user's choice.
func (r *Panel) chose(string) {
	g, a := r.group.SelectedIndex(), r.area.SelectedIndex()
	if r.quiet || r.OnChoose == nil || g < 0 || a < 0 || g >= len(r.view.Groups) || a >= len(r.view.Areas) {
		return
	}
	r.OnChoose(r.view.Groups[g].ID, r.view.Areas[a].ID)
}

// setTables shows the switches between the tables, and the table that was shown or else the first.
func (r *Panel) setTables() {
	widgets.Show(r.tableBox, len(r.view.Tables) > 0)
	if len(r.view.Tables) == 0 {
		return
	}
	at := max(0, slices.IndexFunc(r.view.Tables, func(t Table) bool { return t.ID == r.picked }))
	r.switches.RemoveAll()
	for i, t := range r.view.Tables {
		b := widget.NewButton(t.Label, func() { r.showTable(t.ID) })
		b.Importance = widget.LowImportance
		if i == at {
			b.Importance = widget.MediumImportance
		}
		r.switches.Add(b)
	}
	t := r.view.Tables[at]
	r.shown = t.ID
	r.table.Set(t.Table)
	if by, _ := r.table.Sorted(); t.ID == placeTable && by < 0 {
		r.table.Sort(1, true) // those with the most people first
	}
	r.table.Select(r.chosen)
	r.tableRoom.height = r.table.Height(tableRows)
}

// showTable shows another table.
func (r *Panel) showTable(id string) {
	r.picked = id
	r.setTables()
	r.object.Refresh()
}

// Select shows the place with this id as chosen, without telling OnSelect.
func (r *Panel) Select(id string) {
	r.chosen = id
	r.table.Select(id)
}

// selected tells of a place that was chosen; rows of groups are nothing on the map.
func (r *Panel) selected(id string) {
	if r.shown == placeTable && r.OnSelect != nil {
		r.OnSelect(id)
	}
}
