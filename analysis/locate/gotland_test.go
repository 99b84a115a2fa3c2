package locate

import (
	"context"
	"math"
	"testing"

	"nabar/analysis/access"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// TestGotland finds new grocery shops on a real kommun. That the choice is as good as it says is measured anew by the
// engine of the figures, with the new shops among the others.
func TestGotland(t *testing.T) {
	s := gotland.Snapshot(t)
	p := prepare(t, s)
	for name, q := range map[string]Query{
		"p-median": {Objective: PMedian, New: 3},
		"coverage": {Objective: Coverage, New: 3, Within: 5000},
		"p-center": {Objective: PCenter, New: 3},
	} {
		t.Run(name, func(t *testing.T) {
			q.Service, q.Impedance = "dagligvaror", model.Distance
			r, err := OnRoads(context.Background(), p, q, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Optimal || r.Gap != 0 || len(r.Sites) != 3 || r.Reached != 60857 || r.Candidates < 10000 {
				t.Errorf("%+v", r)
			}
			agree(t, "before", analysed(t, s, q, nil), r.Before, r.MeanBefore, q.Objective)
			agree(t, "after", analysed(t, s, q, r.Sites), r.Value, r.Mean, q.Objective)
		})
	}
}

// analysed is the result of the figures' engine with some new facilities.
func analysed(t *testing.T, s *model.Snapshot, q Query, sites []Site) *model.Result {
	t.Helper()
	with := *s
	for i, site := range sites {
		with.Facilities = append(with.Facilities[:len(with.Facilities):len(with.Facilities)], model.Facility{
			ID: "ny " + string(rune('A'+i)), Type: q.Service, At: site.At,
		})
	}
	query := model.Query{Service: q.Service, Impedance: q.Impedance, Bands: []float64{max(q.Within, 1)}}
	r, err := prepare(t, &with).Analyse(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// agree holds a siting's figures to a result's. A site stands at a node, which may be a hair from the road's end.
func agree(t *testing.T, when string, want *model.Result, value, mean float64, objective Objective) {
	t.Helper()
	if math.Abs(want.Mean-mean) > 0.01 {
		t.Errorf("%s: mean %v, want %v", when, mean, want.Mean)
	}
	figure := map[Objective]float64{PMedian: want.Mean * float64(want.Reached), Coverage: float64(want.Bands[0].People), PCenter: want.Max}[objective]
	if math.Abs(figure-value) > 1e-4*math.Abs(figure) {
		t.Errorf("%s: %s %v, want %v", when, objective, value, figure)
	}
}

// prepare prepares or fails.
func prepare(t testing.TB, s *model.Snapshot) *access.Prepared {
	t.Helper()
	p, err := access.Prepare(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// BenchmarkOnRoads finds three new grocery shops on Gotland, its network prepared.
func BenchmarkOnRoads(b *testing.B) {
	p := prepare(b, gotland.Snapshot(b))
	for _, q := range []Query{
		{Objective: PMedian, New: 3},
		{Objective: PMedian, New: 10},
		{Objective: Coverage, New: 3, Within: 5000},
		{Objective: PCenter, New: 3},
	} {
		q.Service, q.Impedance = "dagligvaror", model.Distance
		b.Run(string(q.Objective)+"_"+string(rune('0'+q.New%10)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, err := OnRoads(context.Background(), p, q, nil, nil); err != nil || r.Gap > 0.01 {
					b.Fatal(r, err)
				}
			}
		})
	}
}
