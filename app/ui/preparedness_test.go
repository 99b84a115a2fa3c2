package ui

import (
	"testing"

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
