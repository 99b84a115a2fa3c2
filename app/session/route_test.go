package session_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/scenario"
)

// In the village shop A stands 10 m beside the road and shop B on it, 8 km away; 100 people live 500 m from A along the
// road, on the other side.
func TestRoutesOfTheVillage(t *testing.T) {
	s := village(t)
	snapshot, err := s.Snapshot(ctx, nil)
	must(t, err)
	cell := ""
	var centre orb.Point
	for _, c := range snapshot.Cells {
		if c.People == 100 {
			cell, centre = c.ID, c.Centre
		}
	}
	add(t, s, plan("utan A", scenario.ClosePlace{ID: "A"}))
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		q := model.Query{Service: "dagligvaror", Impedance: i}
		w, err := s.Route(ctx, q, cell, "A")
		must(t, err)
		if w == nil || math.Abs(w.Metres-510) > 0.01 || !(w.Seconds > 0) || w.Facility != "A" {
			t.Fatalf("the way by %s is %+v", i, w)
		}
		if from, to := w.Line[0], w.Line[len(w.Line)-1]; from != centre || to != snapshot.Facilities[0].At {
			t.Errorf("the line goes from %v to %v", from, to)
		}
		near, err := s.Nearby(ctx, q, "A", 2)
		must(t, err)
		if len(near) != 1 || near[0].Facility != "B" || math.Abs(near[0].Metres-8010) > 0.01 {
			t.Errorf("near A are %+v", near)
		}
		r, err := s.Compute(ctx, q, nil)
		must(t, err)
		want, got := w.Metres, 0.0
		if i == model.Time {
			want = w.Seconds
		}
		for _, c := range r.Cells {
			if c.Cell == cell {
				got = c.Cost
			}
		}
		if math.Abs(got-want) > 1e-6 {
			t.Errorf("by %s the way costs %v, the analysis says %v", i, want, got)
		}
	}
	for _, c := range []struct{ name, cell, facility string }{
		{"no such square", "x", "A"}, {"no such facility", cell, "x"},
	} {
		w, err := s.Route(ctx, groceries, c.cell, c.facility)
		must(t, err)
		if w != nil {
			t.Errorf("%s: a way of %v m", c.name, w.Metres)
		}
	}
	near, err := s.Nearby(ctx, model.Query{Service: "dagligvaror", Scenario: "utan A"}, "B", 2)
	must(t, err)
	if len(near) != 0 {
		t.Errorf("near B is %+v, though A is closed", near)
	}
}

// BenchmarkNearby looks for the next two shops from a shop of Gotland.
func BenchmarkNearby(b *testing.B) {
	s := gotland(b)
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	id := ""
	for _, f := range snapshot.Facilities {
		if f.Type == q.Service {
			id = f.ID
		}
	}
	if _, err := s.Nearby(ctx, q, id, 2); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Nearby(ctx, q, id, 2); err != nil {
			b.Fatal(err)
		}
	}
}
