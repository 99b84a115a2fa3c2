package ui

import (
	"context"
	"testing"
	"time"

	"nabar/app/session"
	"nabar/app/ui/siting"
	"nabar/model"
)

// TestSitingInTheWindow finds sites in the background, puts them on the map and keeps them as a scenario that is shown.
func TestSitingInTheWindow(t *testing.T) {
	b := openBench(t)
	b.askSiting()
	if b.win.Canvas().Overlays().Top() == nil {
		t.Fatal("nothing is asked")
	}
	q := siting.Query{LocateQuery: session.LocateQuery{Service: "dagligvaror", Impedance: model.Distance, Objective: session.PMedian, New: 2}}
	var got *siting.Answer
	b.findSites(q, func(float64) {}, func(a *siting.Answer) { got = a })
	b.until("the sites are found", func() bool { return got != nil && b.calm() })
	if len(got.Choices) != 1 || len(got.Choices[0].Sites) != 2 || got.Choices[0].Mean >= got.Choices[0].MeanBefore {
		t.Fatalf("%+v", got)
	}
	layers := len(b.state.layers)
	b.markSites(&got.Choices[0])
	b.until("the sites are on the map", func() bool { return len(b.state.layers) == layers+1 && b.calm() })
	q.Tradeoffs, got = true, nil
	b.findSites(q, func(float64) {}, func(a *siting.Answer) { got = a })
	b.until("the objectives are set side by side", func() bool { return got != nil && b.calm() })
	if got.Curves == nil || len(got.Choices) < 4 || b.siteChart(got.Curves, false) == nil || b.siteChart(got.Curves, true) == nil {
		t.Errorf("%+v", got)
	}
	ended := false
	cancel := b.findSites(q, func(float64) {}, func(*siting.Answer) { ended = true })
	asked := time.Now()
	cancel()
	b.until("it is cancelled", func() bool { return ended })
	if took := time.Since(asked); took > 2*time.Second {
		t.Errorf("cancelling took %v", took)
	}
}

// TestTourInTheWindow plans a round from a place to those who have long, which becomes a layer.
func TestTourInTheWindow(t *testing.T) {
	b := openBench(t)
	base := b.state.choice.query()
	layers := len(b.state.layers)
	from := b.state.snapshot.Facilities[0].ID
	b.selectFacility(from, false)
	b.askTour()
	if _, err := b.session.Tour(context.Background(), base, session.TourQuery{From: from, Beyond: 10_000}, nil); err != nil {
		t.Fatal(err)
	}
	b.drawTour(base, session.TourQuery{From: from, Beyond: 10_000})
	b.until("the round is drawn", func() bool { return len(b.state.layers) == layers+1 && b.calm() })
	if l := b.state.layers[0]; l.Role != model.RoleResult && b.state.layers[layers].Role != model.RoleResult {
		t.Errorf("%+v", l)
	}
	b.askDelivery()
	if b.win.Canvas().Overlays().Top() == nil {
		t.Error("the assumptions are not shown")
	}
}
