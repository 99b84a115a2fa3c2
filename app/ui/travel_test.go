package ui

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"nabar/model"
)

// TestWayOfTravellingRulesTheWindow chooses, edits and takes back a way of travelling, a date and a population.
func TestWayOfTravellingRulesTheWindow(t *testing.T) {
	b := openBench(t)
	b.chooseImpedance(model.Time)
	b.until("the time by car is shown", func() bool { return b.state.result != nil && b.state.choice.impedance == model.Time && b.calm() })
	car := b.state.result.Mean
	b.chooseProfile(model.WalkingID)
	b.until("the time on foot is shown", func() bool {
		return b.state.choice.profile == model.WalkingID && b.state.result != nil && b.calm()
	})
	walking := b.state.result.Mean
	if walking < 5*car || !b.says("Gång") {
		t.Errorf("%.0f s on foot, %.0f by car", walking, car)
	}
	c := b.Window.choice
	c.date = "2026-01-01"
	b.choose(c)
	b.until("the date is shown", func() bool { return b.state.choice.date != "" && b.state.result != nil && b.calm() })
	if b.state.snapshot.Params.Date != "2026-01-01" || !b.says("2026-01-01") {
		t.Error("the window does not tell of the date")
	}
	var people string
	for _, l := range b.state.layers {
		if l.Role == model.RolePopulation {
			people = l.Name
		}
	}
	b.edit(func(ctx context.Context) error {
		return b.session.SetDemandSet(ctx, model.DemandSet{Name: "dubbelt", Parts: []model.DemandPart{{Layer: people, Weight: 2}}}, false)
	})
	b.until("there are populations to choose", func() bool { return len(b.state.demand.Sets) == 1 && b.calm() })
	all := b.state.result.People
	b.chooseDemand("dubbelt")
	b.until("twice as many people are shown", func() bool {
		return b.state.choice.demand == "dubbelt" && b.state.result != nil && b.state.result.People == 2*all && b.calm()
	})
	b.picture("window.png")
	b.undo()
	b.until("the usual people are back", func() bool {
		return b.state.choice.demand == "" && b.state.result != nil && b.state.result.People == all && b.calm()
	})
	b.chooseProfile(model.CarID)
	b.until("the car is back", func() bool { return b.state.choice.profile == "" && b.state.result != nil && b.calm() })
	b.askProfiles()
	b.askSeason()
	if b.dialogs() != 2 {
		t.Error("the dialogs don't open")
	}
}

// picture writes what the window shows where NABAR_PICTURES names a folder, to be looked at.
func (b *bench) picture(name string) {
	dir := os.Getenv("NABAR_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, b.win.Canvas().Capture()); err != nil {
		b.t.Fatal(err)
	}
}
