package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/mapview/render"
	"nabar/model/scenario"
)

// tabsOf finds the tabs of the dialog that is open.
func (b *bench) tabsOf() *container.AppTabs {
	for _, o := range test.LaidOutObjects(b.win.Canvas().Overlays().Top()) {
		if tabs, ok := o.(*container.AppTabs); ok {
			return tabs
		}
	}
	return nil
}

func TestScenariosAreComparedInTheWindow(t *testing.T) {
	b := openBench(t)
	id, _ := b.closeLargest("A")
	b.addScenario(scenario.Scenario{Name: "B", Steps: []scenario.Step{{Modification: scenario.ClosePlace{ID: id}}}})
	b.until("both are there", func() bool { return len(b.state.scenarios) == 2 && b.calm() })
	b.contrast([]string{"", "A", "B"})
	b.until("they are compared", func() bool { return b.dialogs() == 1 && b.calm() })
	tabs := b.tabsOf()
	if tabs == nil || len(tabs.Items) != 7 {
		t.Fatal("tables or maps are missing")
	}
	b.win.Canvas().Overlays().Remove(b.win.Canvas().Overlays().Top())
	ctx := context.Background()
	c, err := b.session.ContrastScenarios(ctx, []string{"", "A"}, b.state.choice.query(), nil)
	if err != nil {
		t.Fatal(err)
	}
	scenes := []*render.Scene{b.state.scene, b.state.scene}
	for i, r := range c.Results {
		if scenes[i], err = b.session.Scene(ctx, session.SceneChoice{Query: r.Query}); err != nil {
			t.Fatal(err)
		}
	}
	left := false
	o, pair := b.contrastMaps([]string{"", "A"}, c, scenes, func() { left = true })
	for _, child := range test.LaidOutObjects(o) {
		if button, ok := child.(*widget.Button); ok && button.Text == b.printer.T("live.difference") {
			test.Tap(button)
		}
	}
	if want := (origin{on: true}); !left || b.choice.from != want || b.choice.scenario != "A" || pair.A == pair.B {
		t.Errorf("the map of what differs: %v, %+v", left, b.choice)
	}
	b.until("what differs is on the map", func() bool { return b.state.scene.Comparison() != nil && b.calm() })
}
