package layers

import (
	"errors"
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// form is a style dialog of a layer of four values, which finds its classes at once.
func form(t *testing.T, style symbology.Style) (f *StyleForm, asked *symbology.Style) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(false))
	l := model.Layer{Name: "Skolor", Geometry: model.PointType, Fields: []model.Field{{Name: "namn", Type: model.Text}, {Name: "elever", Type: model.Integer}}}
	asked = &symbology.Style{}
	values := []float64{1, 2, 50, math.NaN()}
	find := func(s symbology.Style, n int) {
		*asked = s
		if s.Column == "namn" && s.Ramp != "" {
			f.Show(Preview{Style: s}, errors.New("inga tal"))
			return
		}
		out := Preview{Style: s}
		if s.Ramp != "" {
			if s.Method != symbology.Own {
				out.Style.Breaks = symbology.Breaks(s.Method, values, n)
			}
			out.Values, out.Counts = values, symbology.Counts(out.Style.Breaks, values)
			out.Names = out.Style.ClassNames(i18n.For("sv"))
		}
		f.Show(out, nil)
	}
	f = NewStyleForm(i18n.For("sv"), symbology.Light, l, style, func(s symbology.Style, n int) { find(s, n) })
	w := test.NewTempWindow(t, f.Object())
	w.Resize(fyne.NewSize(560, 600))
	f.Refresh()
	return f, asked
}

func TestStyleFormPreviewsClasses(t *testing.T) {
	f, asked := form(t, symbology.Style{})
	if s, ok := f.Style(); !ok || s.Column != "" || len(f.bars.Rows()) != 0 {
		t.Errorf("at first: %+v %v", s, ok)
	}
	f.column.SetSelected("elever")
	f.method.SetSelected("Naturliga klasser (Jenks)")
	f.classes.SetSelected("2")
	f.ramp.SetSelected("Värme")
	f.reversed.SetChecked(true)
	f.size.SetSelected("elever")
	f.label.SetSelected("namn")
	s, ok := f.Style()
	if !ok || s.Method != symbology.Jenks || !slices.Equal(s.Breaks, []float64{2}) || s.Ramp != symbology.Heat || !s.Reversed || s.SizeBy != "elever" || s.Label != "namn" {
		t.Errorf("style %+v", s)
	}
	var got []string
	for _, row := range f.bars.Rows() {
		got = append(got, row.Label+" "+row.Value)
	}
	if want := []string{"högst 2 2", "över 2 1", "utan värde 1"}; !slices.Equal(got, want) {
		t.Errorf("classes %v, want %v", got, want)
	}
	if len(f.swatches.Objects) != 2 || f.drawing.AccessibilityLabel() == "" || f.limits.Text != "2" {
		t.Errorf("%d swatches, histogram %q, limits %q", len(f.swatches.Objects), f.drawing.AccessibilityLabel(), f.limits.Text)
	}
	f.method.SetSelected("Egna gränser")
	f.limits.SetText("1,5; 10")
	if s, ok := f.Style(); !ok || !slices.Equal(s.Breaks, []float64{1.5, 10}) || asked.Method != symbology.Own {
		t.Errorf("own limits %+v", s)
	}
	f.limits.SetText("1,5; tio")
	if _, ok := f.Style(); ok || f.fault.Text == "" {
		t.Error("a limit that is no number is taken")
	}
	f.limits.SetText("10")
	f.column.SetSelected("namn")
	if _, ok := f.Style(); ok || f.fault.Text == "" {
		t.Error("a column without numbers is taken")
	}
	f.method.SetSelected("Kategorier")
	if s, ok := f.Style(); !ok || s.Ramp != "" || s.Column != "namn" {
		t.Errorf("categories %+v %v", s, ok)
	}
}

func TestStyleFormBeginsWithTheLayersStyle(t *testing.T) {
	old := symbology.Style{Column: "elever", Method: symbology.Own, Breaks: []float64{5}, Ramp: symbology.Plum, ScaleTo: 9000, Label: symbology.NoLabel}
	f, _ := form(t, old)
	if s, ok := f.Style(); !ok || s.Column != old.Column || !slices.Equal(s.Breaks, old.Breaks) || s.Ramp != old.Ramp || s.ScaleTo != 9000 || s.Label != symbology.NoLabel {
		t.Errorf("style %+v", s)
	}
}

// TestGripMovesLayers drags a layer two rows down, and moves it by the keys.
func TestGripMovesLayers(t *testing.T) {
	test.NewTempApp(t)
	at := -1
	p := New(i18n.For("sv"), Actions{Place: func(_ model.Layer, to int) { at = to }})
	p.Set(three(), nil, false)
	g, ok := find[*grip](p.rows.Objects[0])
	if !ok {
		t.Fatal("no grip")
	}
	for range 8 {
		g.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: g.height() / 4}})
	}
	if g.DragEnd(); at != 0 {
		t.Errorf("two rows down is place %d", at)
	}
	if g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}); at != 1 {
		t.Errorf("a row down is place %d", at)
	}
	if g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp}); at != 2 {
		t.Errorf("beyond the top is place %d", at)
	}
	p.Set(three(), nil, true)
	if _, ok := find[*grip](p.rows.Objects[0]); ok {
		t.Error("layers of a project that is only read can be moved")
	}
}

func TestGroupsHaveHeadings(t *testing.T) {
	test.NewTempApp(t)
	var asked string
	p := New(i18n.For("sv"), Actions{Heading: func(group string, on bool) { asked = map[bool]string{true: "show ", false: "hide "}[on] + group }})
	layers := three()
	layers[0].Group, layers[1].Group = "Underlag", "Underlag"
	p.Set(layers, nil, false)
	if n := len(p.rows.Objects); n != 4 {
		t.Fatalf("%d lines for three layers and a heading", n)
	}
	heading, ok := p.rows.Objects[1].(*widget.Check)
	if !ok || heading.Text != "Underlag" || !heading.Checked {
		t.Fatal("no heading above the group")
	}
	if test.Tap(heading); asked != "hide Underlag" {
		t.Errorf("asked to %q", asked)
	}
}
