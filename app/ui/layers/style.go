package layers

import (
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/rows"
	"nabar/model/symbology"
)

// Preview is a style whose classes have been found, as the session gives them.
type Preview struct {
	Style  symbology.Style
	Names  []string
	Counts []int
	Values []float64
}

// StyleForm is the dialog of a layer's style: what it is coloured by, how its classes are found, and what comes of it.
type StyleForm struct {
	printer  *i18n.Printer
	theme    symbology.Theme
	layer    model.Layer
	find     func(style symbology.Style, n int)
	start    symbology.Style
	column   *widget.Select
	method   *widget.Select
	classes  *widget.Select
	ramp     *widget.Select
	reversed *widget.Check
	limits   *widgets.Entry
	label    *widget.Select
	size     *widget.Select
	swatches *fyne.Container
	bars     *widgets.Bars
	drawing  *widgets.Drawing
	fault    *widget.Label
	preview  Preview
	good     bool
	ready    bool
	body     *fyne.Container
	object   fyne.CanvasObject
}

// NewStyleForm makes the form of a layer. find is asked for the classes of a style; Show takes its answer.
func NewStyleForm(p *i18n.Printer, t symbology.Theme, l model.Layer, style symbology.Style, find func(symbology.Style, int)) *StyleForm {
	f := &StyleForm{printer: p, theme: t, layer: l, find: find, start: style, bars: widgets.NewBars(), drawing: widgets.NewDrawing()}
	choose := func(names []string, at int) *widget.Select {
		s := widget.NewSelect(names, func(string) { f.Refresh() })
		s.SetSelectedIndex(max(at, 0))
		return s
	}
	columns, numbers := []string{p.T("style.ui.one_colour")}, []string{p.T("style.ui.same_size")}
	labels := []string{p.T("style.ui.usual_names"), p.T("style.ui.no_names")}
	for _, field := range l.Fields {
		columns, labels = append(columns, field.Name), append(labels, field.Name)
		if field.Type == model.Integer || field.Type == model.Real {
			numbers = append(numbers, field.Name)
		}
	}
	methods := []string{p.T("style.ui.categories")}
	for _, m := range symbology.Methods() {
		methods = append(methods, p.T("style.method."+string(m)))
	}
	ramps := []string{}
	for _, r := range symbology.RampNames() {
		ramps = append(ramps, p.T("style.ramp."+string(r)))
	}
	counts := []string{}
	for n := 2; n <= symbology.MostClasses; n++ {
		counts = append(counts, strconv.Itoa(n))
	}
	f.column, f.size, f.label = choose(columns, index(columns, style.Column)), choose(numbers, index(numbers, style.SizeBy)), choose(labels, index(labels, style.Label))
	if style.Label == symbology.NoLabel {
		f.label.SetSelectedIndex(1)
	}
	f.method, f.ramp, f.classes = choose(methods, methodIndex(style)), choose(ramps, rampIndex(style)), choose(counts, max(len(style.Breaks)-1, 3))
	if len(style.Breaks) > 0 {
		f.classes.SetSelectedIndex(len(style.Breaks) - 1)
	}
	f.reversed = widget.NewCheck(p.T("style.ui.reversed"), func(bool) { f.Refresh() })
	f.reversed.Checked = style.Reversed
	f.limits = widgets.NewEntry(writeLimits(p, style.Breaks))
	f.limits.OnChanged = func(string) { f.Refresh() }
	f.fault = widgets.Wrapped("")
	f.swatches = widgets.Line(2)
	f.lay()
	f.drawing.Hide() // until there is something to draw
	f.ready = true
	return f
}

// index is where a name stands in a list, 0 where it does not.
func index(names []string, name string) int {
	for i, n := range names {
		if n == name && name != "" {
			return i
		}
	}
	return 0
}

// methodIndex is where a style's method stands in the form's list.
func methodIndex(s symbology.Style) int {
	for i, m := range symbology.Methods() {
		if s.Method == m {
			return i + 1
		}
	}
	if len(s.Categories) > 0 {
		return 0
	}
	return 1
}

// rampIndex is where a style's ramp stands in the form's list.
func rampIndex(s symbology.Style) int {
	for i, r := range symbology.RampNames() {
		if s.Ramp == r {
			return i
		}
	}
	return 0
}

// writeLimits writes limits as they are edited.
func writeLimits(p *i18n.Printer, breaks []float64) string {
	out := make([]string, len(breaks))
	for i, b := range breaks {
		text := strconv.FormatFloat(b, 'f', -1, 64)
		if p.Lang() == i18n.Swedish {
			text = strings.ReplaceAll(text, ".", ",")
		}
		out[i] = text
	}
	return strings.Join(out, "; ")
}

// lay puts the form together.
func (f *StyleForm) lay() {
	p := f.printer
	line := func(key string, o fyne.CanvasObject) []fyne.CanvasObject {
		return []fyne.CanvasObject{widgets.Note(p.T(key)), o}
	}
	var pairs []fyne.CanvasObject
	for _, l := range [][]fyne.CanvasObject{
		line("style.ui.column", f.column), line("style.ui.method", f.method), line("style.ui.classes", f.classes), line("style.ui.limits", f.limits),
		line("style.ui.ramp", container.NewBorder(nil, nil, nil, f.reversed, f.ramp)), line("style.ui.swatches", f.swatches),
		line("style.ui.size", f.size), line("style.ui.label", f.label),
	} {
		pairs = append(pairs, l...)
	}
	f.body = widgets.Stack(look.Step2, widgets.Facts(140, pairs...), f.drawing, f.bars, f.fault)
	f.object = container.NewVScroll(f.body)
}

// Object is the form for a dialog's layout.
func (f *StyleForm) Object() fyne.CanvasObject { return f.object }

// chosen is the style that the fields say, without its classes, and the number of these.
func (f *StyleForm) chosen() (symbology.Style, int, error) {
	s := symbology.Style{Kind: f.start.Kind, ScaleFrom: f.start.ScaleFrom, ScaleTo: f.start.ScaleTo, Fill: f.start.Fill, Stroke: f.start.Stroke}
	switch i := f.label.SelectedIndex(); i {
	case 0:
	case 1:
		s.Label = symbology.NoLabel
	default:
		s.Label = f.label.Selected
	}
	if f.size.SelectedIndex() > 0 {
		s.SizeBy = f.size.Selected
		s.Size, s.Width = 28, 8 // of the greatest number, in reference pixels
	}
	if f.column.SelectedIndex() <= 0 {
		return s, 0, nil
	}
	s.Column = f.column.Selected
	m := f.method.SelectedIndex()
	if m == 0 {
		s.Categories = f.start.Categories
		return s, 0, nil
	}
	s.Method, s.Ramp, s.Reversed = symbology.Methods()[m-1], symbology.RampNames()[f.ramp.SelectedIndex()], f.reversed.Checked
	if s.Method != symbology.Own {
		return s, f.classes.SelectedIndex() + 2, nil
	}
	for _, part := range strings.FieldsFunc(f.limits.Text, func(r rune) bool { return r == ';' }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		v, err := rows.ParseNumber(part)
		if err != nil {
			return s, 0, i18n.Errorf("style.ui.bad_limit", strings.TrimSpace(part))
		}
		s.Breaks = append(s.Breaks, v)
	}
	return s, 0, nil
}

// Refresh asks for the classes of what is chosen now.
func (f *StyleForm) Refresh() {
	if !f.ready {
		return
	}
	f.good = false
	style, n, err := f.chosen()
	if err != nil {
		f.fault.SetText(f.printer.Error(err))
		return
	}
	f.find(style, n)
}

// Show shows the classes that were found, or why there are none.
func (f *StyleForm) Show(found Preview, err error) {
	f.good, f.preview = err == nil, found
	f.fault.SetText("")
	if err != nil {
		f.fault.SetText(f.printer.Error(err))
	}
	colours := found.Style.ClassColours(f.theme)
	f.swatches.RemoveAll()
	for _, c := range colours {
		square := canvas.NewRectangle(c.NRGBA())
		square.SetMinSize(fyne.NewSize(28, 18))
		f.swatches.Add(square)
	}
	f.swatches.Refresh()
	f.bars.Set(f.rows(append(colours, symbology.OtherColour(f.theme))))
	f.histogram()
	f.body.Refresh() // the histogram comes and goes
	f.object.Refresh()
	if m := f.method.SelectedIndex(); err == nil && m > 0 && symbology.Methods()[m-1] != symbology.Own && len(found.Style.Breaks) > 0 {
		change := f.limits.OnChanged
		f.limits.OnChanged = nil
		f.limits.SetText(writeLimits(f.printer, found.Style.Breaks))
		f.limits.OnChanged = change
	}
}

// rows are the classes with how many things each has.
func (f *StyleForm) rows(colours []symbology.Colour) []widgets.Bar {
	most := 0
	for _, n := range f.preview.Counts {
		most = max(most, n)
	}
	var out []widgets.Bar
	for i, n := range f.preview.Counts {
		if i == len(f.preview.Counts)-1 && n == 0 || most == 0 {
			continue
		}
		var c color.Color = colours[i].NRGBA()
		out = append(out, widgets.Bar{
			Label: f.preview.Names[i], Value: f.printer.Int(int64(n)), Parts: []widgets.Part{{Share: float64(n) / float64(most), Color: c}},
		})
	}
	return out
}

// The histogram's bars and height.
const (
	histogramBars   = 60
	histogramHeight = 80
)

// histogram draws how the values lie, in the colours of their classes.
func (f *StyleForm) histogram() {
	counts, least, most := symbology.Histogram(f.preview.Values, histogramBars)
	style, theme := f.preview.Style, f.theme
	widgets.Show(f.drawing, most > least)
	if most <= least {
		f.drawing.Set(nil, "", 0)
		return
	}
	top := 0
	for _, n := range counts {
		top = max(top, n)
	}
	colours := style.ClassColours(theme)
	alt := f.printer.T("style.ui.histogram", f.printer.Float(least, 1), f.printer.Float(most, 1))
	f.drawing.Set(func(c render.Canvas, w, h float64) {
		step := w / histogramBars
		for i, n := range counts {
			if n == 0 {
				continue
			}
			height := max(1.5, h*float64(n)/float64(top))
			middle := least + (most-least)*(float64(i)+0.5)/histogramBars
			var bar render.Path
			bar.Rect(float64(i)*step, h-height, step-0.5, height)
			c.Path(&bar, render.Paint{Fill: colours[min(symbology.Classify(style.Breaks, middle), len(colours)-1)]})
		}
	}, alt, histogramHeight)
}

// Style is the style with its classes; ok is false while they are not found, or can't be.
func (f *StyleForm) Style() (style symbology.Style, ok bool) { return f.preview.Style, f.good }
