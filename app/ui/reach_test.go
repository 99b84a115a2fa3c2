package ui

import (
	"testing"

	"nabar/app/session"
	"nabar/model"
)

// TestReachFromTheCard draws the area of a chosen place, which becomes a layer that can be taken back.
func TestReachFromTheCard(t *testing.T) {
	b := openBench(t)
	at := -1
	for i := range b.state.snapshot.Facilities {
		if f := &b.state.snapshot.Facilities[i]; f.Type == "dagligvaror" && f.OpenOn("") {
			at = i
			break
		}
	}
	b.selectFacility(b.state.snapshot.Facilities[at].ID, false)
	actions := b.reaching(at)
	if len(actions) != 1 {
		t.Fatalf("%d buttons", len(actions))
	}
	layers := len(b.state.layers)
	actions[0].Do()
	b.until("the area is drawn", func() bool { return len(b.state.layers) == layers+1 && b.calm() })
	if l := b.state.layers[layers]; l.Role != model.RoleResult || l.Source.Made == nil || l.Features != 3 {
		t.Errorf("%+v", l)
	}
	if b.win.Canvas().Overlays().Top() == nil {
		t.Error("the catchment is not shown")
	}
	b.drawReach(session.ReachQuery{Query: model.Query{Service: "dagligvaror", Bands: []float64{5000}}, Sharing: session.ReachSplit})
	b.until("all areas are drawn", func() bool { return len(b.state.layers) == layers+2 && b.calm() })
	b.undo()
	b.until("the areas are taken back", func() bool { return len(b.state.layers) == layers+1 && b.calm() })
}
