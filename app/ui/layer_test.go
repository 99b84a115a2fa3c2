package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/model"
	"nabar/model/symbology"
)

// inside gives all objects of a kind in what is shown.
func inside[T fyne.CanvasObject](o fyne.CanvasObject) (out []T) {
	if v, is := o.(T); is {
		return []T{v}
	}
	switch v := o.(type) {
	case *fyne.Container:
		for _, c := range v.Objects {
			out = append(out, inside[T](c)...)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(v).Objects() {
			out = append(out, inside[T](c)...)
		}
	}
	return out
}

// TestStyleIsChosenInTheWindow colours the squares by their people in the dialog, and takes it back.
func TestStyleIsChosenInTheWindow(t *testing.T) {
	b := openBench(t)
	squares := func() model.Layer {
		i := slices.IndexFunc(b.state.layers, func(l model.Layer) bool { return l.Role == model.RolePopulation })
		return b.state.layers[i]
	}
	b.askStyle(squares())
	sheet := b.win.Canvas().Overlays().Top()
	inside[*widget.Select](sheet)[0].SetSelected(squares().Mapping[model.PartPeople])
	buttons := inside[*widget.Button](sheet)
	save := buttons[len(buttons)-1]
	style := func() symbology.Style { return b.session.StyleOf(squares()) }
	b.until("the style is stored", func() bool {
		if b.win.Canvas().Overlays().Top() == sheet {
			test.Tap(save) // does nothing until the classes are found
		}
		return style().Ramp != "" && b.calm()
	})
	if s := style(); len(s.Breaks) == 0 || s.Column != squares().Mapping[model.PartPeople] {
		t.Errorf("style %+v", s)
	}
	b.undo()
	b.until("the style is taken back", func() bool { return style().Ramp == "" && b.calm() })
}
