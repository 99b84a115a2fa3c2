// Package explain is the sheet "Varför detta tal?": what a figure means, its definition, and the numbers that it came of.
package explain

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/method"
)

const (
	width  = 560
	height = 620
)

// Show shows an explanation. onShow is told the square that the user wants to see on the map; the sheet is then gone.
func Show(w fyne.Window, p *i18n.Printer, e *model.Explanation, onShow func(cell string)) {
	s := ask.NewSheet(w, p.T("explain.why"))
	s.Set(container.NewVScroll(widgets.Inset(0, look.Step2, body(p, e, func(cell string) {
		s.Hide()
		onShow(cell)
	}))), s.Hide, ask.Primary(p.T("ui.close"), s.Hide))
	s.Show(fyne.NewSize(width, height), nil)
}

// body is what the sheet says.
func body(p *i18n.Printer, e *model.Explanation, onShow func(cell string)) fyne.CanvasObject {
	value := widgets.NewText(p.Text(e.Value))
	value.Rank, value.Color, value.Style.Bold = look.SizeNameFigure, theme.ColorNamePrimary, true
	name := p.Text(method.Name(e.Asked.Figure))
	if of := p.Text(e.Of); of != "" {
		name += " – " + of
	}
	out := widgets.Stack(0, value, widgets.Wrapped(name))
	if plain, ok := method.Plain(p, e.Asked.Figure); ok {
		out.Add(widgets.Wrapped(p.Text(plain)))
	}
	part := func(head string, objects ...fyne.CanvasObject) {
		out.Add(widgets.Inset(look.Step1, look.Step1, widgets.NewHeading(p.T(head))))
		for _, o := range objects {
			out.Add(o)
		}
	}
	part("explain.case", lines(p, e.Lines))
	for _, at := range e.Witnesses {
		show := widget.NewButton(p.T("explain.show"), func() { onShow(at.Cell) })
		out.Add(container.NewBorder(nil, nil, nil, show, widgets.Note(p.Text(at.What))))
	}
	if e.Asked.Figure != method.Cell {
		definition := method.Unmarked(p.Text(method.Definition(e.Asked.Figure)))
		part("explain.definition", widgets.Wrapped(definition), widgets.Note(method.Unmarked(p.Text(method.Symbols()))))
	}
	if len(e.Basis) > 0 {
		part("explain.rules", lines(p, e.Basis))
	}
	var inputs []i18n.Message
	for i := range e.Inputs {
		inputs = append(inputs, e.Inputs[i].Describe())
	}
	part("explain.data", lines(p, inputs), widgets.Note(p.T("explain.engine", e.Engine)))
	return out
}

// lines writes sentences under each other, to be marked and copied.
func lines(p *i18n.Printer, all []i18n.Message) fyne.CanvasObject {
	text := make([]string, len(all))
	for i, m := range all {
		text[i] = p.Text(m)
	}
	l := widgets.Wrapped(strings.Join(text, "\n"))
	l.Selectable = true
	return l
}
