package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/model/scenario"
)

// item is the entry of a menu with a text, through submenus with a stroke between.
func item(t *testing.T, items []*fyne.MenuItem, path string) *fyne.MenuItem {
	t.Helper()
	first, rest, deeper := strings.Cut(path, "|")
	for _, m := range items {
		if m.Label == first {
			if deeper {
				return item(t, m.ChildMenu.Items, rest)
			}
			return m
		}
	}
	t.Fatalf("no %q in the menu", first)
	return nil
}

// lines are the steps that the panel shows.
func (b *bench) lines() string {
	var out []string
	for _, s := range b.scenarioView().Steps {
		text := s.Text
		if s.Off {
			text += " (av)"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func TestScenariosAreEditedInThePanel(t *testing.T) {
	b := openBench(t)
	b.closeLargest("A")
	first := b.lines()
	saved := func(m scenario.Modification) {
		t.Helper()
		ready := false
		b.offerSave("A", -1, m, func(err error) {
			if err != nil {
				t.Fatal(err)
			}
			ready = true
		})
		b.until("the step is kept", func() bool { return ready && b.calm() })
	}
	saved(scenario.FerriesOff{})
	b.until("two steps", func() bool { return b.lines() == first+"; Ställ in färjorna" && b.calm() })
	item(t, b.stepItems(1), "Flytta upp").Action()
	b.until("the other order", func() bool { return b.lines() == "Ställ in färjorna; "+first && b.calm() })
	if !item(t, b.stepItems(0), "Flytta upp").Disabled || !item(t, b.stepItems(0), "Ändra…").Disabled || item(t, b.stepItems(1), "Ändra…").Disabled {
		t.Error("what can't be done is offered")
	}
	b.scenarioActions().Switch(0, false)
	b.until("switched off", func() bool { return b.lines() == "Ställ in färjorna (av); "+first && b.calm() })
	b.undo()
	b.until("switched on by undo", func() bool { return b.lines() == "Ställ in färjorna; "+first && b.calm() })
	item(t, b.kindItems(), "Paketautomat").Action()
	if b.dialogs() != 1 {
		t.Error("no form is opened")
	}
}

func TestTreeOfScenarios(t *testing.T) {
	b := openBench(t)
	b.closeLargest("A")
	b.addScenario(scenario.Scenario{Name: "B", Steps: []scenario.Step{{Modification: scenario.FerriesOff{}}}})
	b.until("B is shown", func() bool { return b.state.choice.scenario == "B" && b.calm() })
	item(t, b.scenarioItems("B"), "Bygg på|A").Action()
	b.until("B builds on A", func() bool {
		rows := b.scenarioView().Rows
		return len(rows) == 2 && rows[1].Name == "B" && rows[1].Depth == 1 && b.calm()
	})
	item(t, b.scenarioItems("A"), "Bygg på|B").Action()
	b.until("a circle is refused", func() bool { return b.dialogs() == 1 })
	if len(b.state.scenarios) != 2 || b.state.scenarios[0].Parent != 0 {
		t.Error("the circle was made")
	}
}

// TestBrokenScenarioCanBeMended has a scenario whose place another one closes: it can't be computed, and yet its steps are
// shown and can be switched off.
func TestBrokenScenarioCanBeMended(t *testing.T) {
	b := openBench(t)
	id, _ := b.closeLargest("A")
	broken := scenario.Scenario{Name: "B", Parent: b.state.scenarios[0].ID, Steps: []scenario.Step{
		{Modification: scenario.ClosePlace{ID: id}, Off: true},
	}}
	b.addScenario(broken)
	b.until("B is shown", func() bool { return b.state.choice.scenario == "B" && b.calm() })
	sc := b.openScenario()
	sc.Steps[0].Off = false
	if err := b.session.UpdateScenario(t.Context(), sc); err != nil {
		t.Fatal(err)
	}
	b.until("it can't be computed", func() bool { return b.brokenFault != "" && b.calm() })
	v := b.scenarioView()
	if v.Open != "B" || v.Chosen != "" || !strings.Contains(v.Fault, "redan stängt") || len(v.Steps) != 1 {
		t.Errorf("%+v", v)
	}
	b.scenarioActions().Switch(0, false)
	b.until("it is mended and shown", func() bool { return b.state.choice.scenario == "B" && b.brokenFault == "" && b.calm() })
}

func TestNewRoadIsSeenAndCounted(t *testing.T) {
	b := openBench(t)
	b.addScenario(scenario.Scenario{Name: "Väg"})
	b.until("it is shown", func() bool { return b.state.choice.scenario == "Väg" && b.calm() })
	roads := b.state.snapshot.Roads
	xy := roads.Vertices(0)
	from := orb.Point{xy[0], xy[1]}
	ready := false
	b.offerSave("Väg", -1, scenario.NewRoad{Line: orb.LineString{from, {from[0] + 800, from[1] + 900}}, Speed: 50}, func(err error) {
		if err != nil {
			t.Error(err)
		}
		ready = true
	})
	b.until("the road is there", func() bool {
		return ready && len(b.newRoads()) == 1 && b.state.snapshot.Roads.Len() > roads.Len() && b.calm()
	})
	if layer, fid, ok := b.roadAt(orb.Point{from[0] + 400, from[1] + 450}); !ok || layer != "Väg+1" || fid != 1 {
		t.Errorf("the road under the pointer is %s %d", layer, fid)
	}
}
