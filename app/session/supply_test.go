package session_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// TestSupplyIsKept measures, keeps the outcome as a layer in classes, and follows it through a change and undo.
func TestSupplyIsKept(t *testing.T) {
	s := village(t)
	q := session.SupplyQuery{Services: []string{"dagligvaror"}, Method: session.TwoStepSupply, Limit: 8000}
	r, err := s.Supply(ctx, model.Query{Impedance: model.Distance}, q, "", nil)
	must(t, err)
	// within 8 km: the first square's hundred and the second's fifty have A (7 510 m), B has the fifty alone
	for i, want := range []float64{1000.0 / 150, 1000.0/150 + 1000.0/50} {
		if math.Abs(r.Cells[i].Value-want) > 1e-9 {
			t.Errorf("square %d: %v, want %v", i, r.Cells[i].Value, want)
		}
	}
	for range 2 { // the second takes the place of the first
		name, err := s.KeepSupply(ctx, r)
		must(t, err)
		kept, err := s.KeptSupplies(ctx)
		must(t, err)
		if len(kept) != 1 || kept[0].Name != name || kept[0].Stale || kept[0].Query.Limit != 8000 {
			t.Fatalf("kept %+v", kept)
		}
	}
	scene, err := s.Scene(ctx, session.SceneChoice{})
	must(t, err)
	if items := fmt.Sprint(scene.Legend().Items); len(items) == 0 || scene.Legend().Items[len(scene.Legend().Items)-1].Label != "inget inom 8,0\u00a0km" {
		t.Errorf("legend %s", items)
	}
	kept, _ := s.KeptSupplies(ctx)
	layers, err := s.Layers(ctx)
	must(t, err)
	for _, l := range layers {
		if l.ID != kept[0].Layer {
			continue
		}
		if style, err := symbology.ParseStyle(l.Style); err != nil || style.Kind != symbology.ClassKind || len(style.Labels) != len(style.Breaks)+2 || l.Features != 2 {
			t.Errorf("style %+v of %d squares, %v", style, l.Features, err)
		}
	}
	params, err := s.Params(ctx)
	must(t, err)
	params.PlaceRadius = 50
	must(t, s.SetParams(ctx, params))
	if kept, err := s.KeptSupplies(ctx); err != nil || !kept[0].Stale {
		t.Errorf("another place radius: %+v, %v", kept, err)
	}
	for range 3 {
		_, err := s.Undo(ctx)
		must(t, err)
	}
	if kept, err := s.KeptSupplies(ctx); err != nil || len(kept) != 0 {
		t.Errorf("after undo: %+v, %v", kept, err)
	}
}

// TestSupplyRefuses asks for what there is not.
func TestSupplyRefuses(t *testing.T) {
	s := village(t)
	for key, c := range map[string]struct {
		q      session.SupplyQuery
		column string
	}{
		"session.service_unknown": {session.SupplyQuery{Services: []string{"bio"}}, ""},
		"supply.no_service":       {session.SupplyQuery{}, ""},
		"supply.capacity_column":  {session.SupplyQuery{Services: []string{"dagligvaror"}}, "yta"},
		"supply.group_none":       {session.SupplyQuery{Services: []string{"dagligvaror"}, Group: "65-"}, ""},
	} {
		if _, err := s.Supply(ctx, model.Query{}, c.q, c.column, nil); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%v, want %s", err, key)
		}
	}
	if _, err := session.New("sv").Supply(ctx, model.Query{}, session.SupplyQuery{Services: []string{"post"}}, "", nil); err == nil {
		t.Error("without a project there is nothing to answer")
	}
}
