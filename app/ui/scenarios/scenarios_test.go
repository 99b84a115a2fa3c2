package scenarios

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/internal/i18n"
	"nabar/model"
)

// buttons are those of an object, in order.
func buttons(o fyne.CanvasObject) []*widget.Button {
	var out []*widget.Button
	for _, o := range test.LaidOutObjects(o) {
		if b, ok := o.(*widget.Button); ok {
			out = append(out, b)
		}
	}
	return out
}

func TestPanel(t *testing.T) {
	test.NewTempApp(t)
	var told []string
	opened := func(what string) []*fyne.MenuItem {
		told = append(told, what)
		return []*fyne.MenuItem{fyne.NewMenuItem(what, nil)}
	}
	p := New(i18n.For("sv"), Actions{
		Choose:   func(name string) { told = append(told, "choose "+name) },
		Switch:   func(step int, on bool) { told = append(told, fmt.Sprint("switch ", step, " ", on)) },
		Menu:     func(name string) []*fyne.MenuItem { return opened("menu " + name) },
		StepMenu: func(i int) []*fyne.MenuItem { return opened(fmt.Sprint("menu ", i)) },
		AddMenu:  func() []*fyne.MenuItem { return opened("add") },
	})
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(280, 400))
	p.Set(View{Writable: true})
	if len(buttons(p.Object())) != 0 {
		t.Error("there is something to choose without scenarios")
	}
	v := View{Rows: []Row{{"A", 0}, {"B", 1}}, Chosen: "A", Open: "A", Steps: []Step{{Text: "Stäng Lanthandeln"}, {Text: "Stäng Macken", Off: true}}, Writable: true}
	p.Set(v)
	menus := 0
	for _, b := range buttons(p.Object()) {
		test.Tap(b)
		if top := w.Canvas().Overlays().Top(); top != nil {
			menus++
			w.Canvas().Overlays().Remove(top)
		}
	}
	if menus != 5 {
		t.Errorf("%d menus were opened, want one for each scenario and step and one to add with", menus)
	}
	for _, o := range test.LaidOutObjects(p.Object()) {
		if c, ok := o.(*widget.Check); ok {
			test.Tap(c)
		}
	}
	got := strings.Join(told, ", ") + ", "
	for _, want := range []string{"choose ", "choose A", "choose B", "menu A", "menu B", "menu 0", "menu 1", "add", "switch 0 false", "switch 1 true"} {
		if !strings.Contains(got, want+", ") {
			t.Errorf("%q is not told: %q", want, got)
		}
	}
	v.Writable = false
	p.Set(v)
	if n := len(buttons(p.Object())); n != 3 {
		t.Errorf("%d buttons in a project that can't be changed, want 3 to choose with", n)
	}
}

func TestCard(t *testing.T) {
	test.NewTempApp(t)
	c := NewCard(i18n.For("sv"))
	w := test.NewTempWindow(t, c.Object())
	w.Resize(fyne.NewSize(380, 400))
	if c.Object().Visible() {
		t.Error("nothing is compared")
	}
	c.Set(CardView{Title: "A"})
	if !c.Object().Visible() || len(c.figures.Objects) != 0 {
		t.Error("a comparison under way has figures, or is not told of")
	}
	var onMap []bool
	c.OnMap = func(on bool) { onMap = append(onMap, on) }
	c.Set(CardView{Title: "A", OnMap: true, With: &model.Comparison{
		B:     &model.Result{Query: model.Query{Impedance: model.Distance}},
		Worse: model.Shift{People: 120, Mean: 4500}, Better: model.Shift{Mean: math.NaN()}, Unchanged: 2000, Summary: i18n.Plain("En mening."),
	}})
	if len(onMap) > 0 || !c.onMap.Checked || c.end.Visible() || !c.table.Visible() {
		t.Errorf("told %v of what the program set; end is offered: %v", onMap, c.end.Visible())
	}
	test.Tap(c.onMap)
	if len(onMap) != 1 || onMap[0] {
		t.Errorf("told %v, want that the map shall no longer show it", onMap)
	}
	if len(c.figures.Objects) != 3 || c.summary.Text != "En mening." {
		t.Errorf("%d figures, summary %q", len(c.figures.Objects), c.summary.Text)
	}
	c.Set(CardView{})
	if c.Object().Visible() {
		t.Error("the project as it is is compared with itself")
	}
}
