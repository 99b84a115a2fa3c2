package session

import (
	"path/filepath"
	"testing"

	"nabar/internal/testdata"
	"nabar/model"
)

// TestKeptAreasGoStale keeps service areas, changes what they were drawn from, and draws them again.
func TestKeptAreasGoStale(t *testing.T) {
	files := testdata.Village(t)
	s := New("sv")
	ctx := t.Context()
	t.Cleanup(func() { s.Close() })
	if err := s.Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), "0980"); err != nil {
		t.Fatal(err)
	}
	for _, path := range files.All() {
		if _, err := s.Import(ctx, path, ImportOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	q := ReachQuery{Query: model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000}}, Sharing: ReachAll}
	r, err := s.Reach(ctx, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	name, err := s.SaveReach(ctx, r, "områden")
	if err != nil {
		t.Fatal(err)
	}
	stale := func(want bool, when string) model.Layer {
		t.Helper()
		l, err := s.layer(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.StaleLayers(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if all[l.ID] != want {
			t.Errorf("%s: stale %v", when, all[l.ID])
		}
		return l
	}
	stale(false, "at once")
	params := model.DefaultParams()
	params.SnapLimit = 1000
	if err := s.SetParams(ctx, params); err != nil {
		t.Fatal(err)
	}
	l := stale(true, "with another limit")
	if err := s.RemakeLayer(ctx, l, nil); err != nil {
		t.Fatal(err)
	}
	stale(false, "drawn again")
	if _, err := s.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	stale(true, "with the drawing taken back")
	border, err := s.layer(ctx, "kommungräns")
	if err == nil {
		err = s.RemakeLayer(ctx, border, nil)
	}
	if err == nil {
		t.Error("an imported layer is made again")
	}
}
