package ui

import (
	"testing"

	"nabar/model/scenario"
)

// closeLargest closes the place that most people have nearest in a new scenario, and waits for the comparison.
func (b *bench) closeLargest(name string) (id string, people int) {
	b.t.Helper()
	for _, f := range b.state.result.Places {
		if f.PeopleNearest > people {
			id, people = f.ID, f.PeopleNearest
		}
	}
	b.addScenario(scenario.Scenario{Name: name, Steps: []scenario.Step{{Modification: scenario.ClosePlace{ID: id}}}})
	b.until("the scenario is compared", func() bool {
		have := b.comparison.have
		return b.state.choice.scenario == name && have != nil && have.choice == b.state.choice && b.state.result != nil && b.calm()
	})
	return id, people
}

func TestScenarioIsShownComparedAndUndone(t *testing.T) {
	b := openBench(t)
	mean := b.state.result.Mean
	id, people := b.closeLargest("Utan den största")
	c := b.comparison.data
	if c.Worse.People+c.NewlyUnreached != people || c.Better.People != 0 || b.state.result.Mean <= mean {
		t.Errorf("%d people lose their nearest; worse for %d, better for %d", people, c.Worse.People, c.Better.People)
	}
	if i := b.facility(id); i >= 0 && b.state.snapshot.Facilities[i].OpenOn(b.state.snapshot.Params.Date) {
		t.Error("the closed place is open in the window")
	}
	for _, want := range []string{"Jämfört med nuläget", b.printer.Text(c.Summary), "får längre"} {
		if !b.says(want) {
			t.Errorf("the window does not say %q", want)
		}
	}
	b.chooseScenario("")
	b.until("the project as it is is shown", func() bool { return b.state.choice.scenario == "" && b.calm() })
	if b.state.result.Mean != mean || b.versus.Object().Visible() {
		t.Error("the figures of the project as it is have changed, or are compared with themselves")
	}
	b.chooseScenario("Utan den största")
	b.until("the scenario is shown again", func() bool { return b.state.choice.scenario != "" && b.calm() })
	b.undo()
	b.until("the scenario is gone", func() bool { return b.state.choice.scenario == "" && len(b.state.scenarios) == 0 && b.calm() })
	b.redo()
	b.until("the scenario is back", func() bool { return len(b.state.scenarios) == 1 && b.calm() })
}

func TestStepsAreTakenAwayAndAdded(t *testing.T) {
	b := openBench(t)
	b.closeLargest("A")
	b.scenarioActions().RemoveStep(0)
	b.until("nothing differs", func() bool {
		return len(b.state.steps) == 0 && b.calm() && b.comparison.data.Unchanged == b.comparison.data.People
	})
	other := b.state.result.Places[0].ID
	label, fn := b.closing(b.facility(other))
	if label != "Stäng i A" {
		t.Errorf("the card offers %q", label)
	}
	fn()
	b.settleTrial()
	if b.trial.tried.Change.Worse.People == 0 || len(b.state.steps) != 0 {
		t.Error("the effect is not shown before anything is kept")
	}
	b.keepTrial()
	b.until("the place is closed", func() bool { return len(b.state.steps) == 1 && b.calm() })
	if step := b.state.scenarios[0].Steps[0].Modification.(scenario.ClosePlace); step.ID != other {
		t.Errorf("closed %s, not %s", step.ID, other)
	}
}

func TestClosingAsksForANameWhereNoScenarioIsChosen(t *testing.T) {
	b := openBench(t)
	id := b.state.result.Places[0].ID
	b.selectFacility(id, false)
	_, fn := b.closing(b.facility(id))
	fn()
	b.settleTrial()
	if b.dialogs() != 0 || b.trial.tried.Change.Worse.People == 0 {
		t.Error("the effect is not shown first")
	}
	b.keepTrial()
	if b.dialogs() != 1 {
		t.Error("no name is asked for")
	}
}

func TestLongNamesDoNotMoveTheMap(t *testing.T) {
	b := openBench(t)
	wide := b.view.Size().Width
	b.closeLargest("Om butiken läggs ned och ingen annan tar över den under planperioden")
	b.win.Content().Refresh()
	if got := b.view.Size().Width; got != wide {
		t.Errorf("the map was %g wide and is %g", wide, got)
	}
}
