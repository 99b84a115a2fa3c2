package ui

import (
	"testing"

	"nabar/app/session"
	"nabar/model"
)

// TestVulnerableRoads has every road closed, which gives a layer on the map and a table over it.
func TestVulnerableRoads(t *testing.T) {
	b := openBench(t)
	layers := len(b.state.layers)
	b.showRoadRisks()
	b.until("the roads are ranked", func() bool { return len(b.state.layers) == layers+1 && b.calm() })
	if l := b.state.layers[layers]; l.Role != model.RoleResult || l.Source.Made == nil || l.Features == 0 {
		t.Errorf("%+v", l)
	}
	if b.win.Canvas().Overlays().Top() == nil {
		t.Error("the table is not shown")
	}
	b.undo()
	b.until("the layer is taken back", func() bool { return len(b.state.layers) == layers && b.calm() })
}

// TestPowerCutInTheWindow says of a place that it has reserve power, and makes a scenario of a power cut, of which
// the window then shows the difference.
func TestPowerCutInTheWindow(t *testing.T) {
	b := openBench(t)
	actions := b.reserve(0)
	if len(actions) != 1 {
		t.Fatalf("%d buttons", len(actions))
	}
	id := b.state.snapshot.Facilities[0].ID
	actions[0].Do()
	b.until("it is known", func() bool {
		known, err := b.session.ReservePower(t.Context(), b.state.snapshot)
		return err == nil && known[id] == model.Yes && b.calm()
	})
	b.askCrisis(session.CrisisQuery{Kind: session.PowerCut})
	b.until("the crisis is shown", func() bool { return b.win.Canvas().Overlays().Top() != nil && b.calm() })
	r, err := b.session.Crisis(t.Context(), session.CrisisQuery{Query: b.state.choice.query(), Kind: session.PowerCut}, nil)
	if err != nil || r.Reserve != 1 || r.Unknown == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	b.saveCrisis(r)
	b.until("the scenario is chosen", func() bool { return b.state.choice.scenario != "" && b.comparison.have != nil && b.calm() })
	if c := b.comparison.data; c.NewlyUnreached+c.Worse.People == 0 || len(b.state.steps) != len(r.Steps) {
		t.Errorf("%d left without, %d with farther, %d steps of %d", c.NewlyUnreached, c.Worse.People, len(b.state.steps), len(r.Steps))
	}
}

// TestOneFerryInTheWindow chooses a ferry that does not run, and puts what it takes on the map.
func TestOneFerryInTheWindow(t *testing.T) {
	b := openBench(t)
	b.askFerryStop()
	ferries, err := b.session.Ferries(t.Context())
	if err != nil || len(ferries) == 0 || b.win.Canvas().Overlays().Top() == nil {
		t.Fatalf("no ferry is offered: %v, %v", ferries, err)
	}
	b.win.Canvas().Overlays().Remove(b.win.Canvas().Overlays().Top())
	layers := len(b.state.layers)
	q := session.CrisisQuery{Query: b.state.choice.query(), Kind: session.FerryStop, Layer: ferries[0].Layer, FID: ferries[0].FID}
	b.askCrisis(q)
	b.until("the crisis is shown", func() bool { return b.win.Canvas().Overlays().Top() != nil && b.calm() })
	if tabs := b.tabsOf(); tabs == nil || len(tabs.Items) != 2 {
		t.Fatal("the squares have no tab")
	}
	r, err := b.session.Crisis(t.Context(), q, nil)
	if err != nil || len(r.Squares) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	b.mapCrisis(r)
	b.until("the losses are on the map", func() bool { return len(b.state.layers) == layers+1 && b.calm() })
	b.showSquare(r.Squares[0].ID)
}
