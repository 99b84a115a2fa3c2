package locate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// town is a small random town: a grid with gaps, one-way streets, dead ends, squares beside the streets and some shops.
func town(r *rand.Rand, shops int) *model.Snapshot {
	s := &model.Snapshot{Roads: &model.RoadSet{}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}
	add := func(a, b orb.Point) {
		road := model.Road{FID: int64(s.Roads.Len() + 1), Line: orb.LineString{a, b}, SpeedF: 50, SpeedB: 50}
		road.Length = math.Round(100*math.Hypot(a[0]-b[0], a[1]-b[1])*(1+r.Float64()/4)) / 100
		if r.IntN(5) == 0 {
			road.Flags |= model.ForbiddenForward
		}
		s.Roads.Add(road)
	}
	for x := range 4 {
		for y := range 3 {
			at := orb.Point{500000 + 1000*float64(x), 6500000 + 1000*float64(y)}
			if x > 0 && r.IntN(8) > 0 {
				add(at, orb.Point{at[0] - 1000, at[1]})
			}
			if y > 0 {
				add(at, orb.Point{at[0], at[1] - 1000})
			}
			if r.IntN(3) == 0 {
				add(at, orb.Point{at[0] + 300, at[1] + 400})
			}
		}
	}
	anywhere := func() orb.Point { return orb.Point{500000 + 3300*r.Float64(), 6500000 + 2400*r.Float64()} }
	for i := range 8 {
		s.Cells = append(s.Cells, model.Cell{ID: fmt.Sprint(i), People: r.IntN(50), Centre: anywhere(), Inside: r.IntN(8) > 0})
	}
	s.Cells = append(s.Cells, model.Cell{ID: "fast", People: 5, Centre: anywhere(), Inside: true})
	for i := range shops {
		s.Facilities = append(s.Facilities, model.Facility{ID: fmt.Sprint(i), Type: "dagligvaror", At: anywhere()})
	}
	return s
}

// TestOnRoadsAgainstEveryNode puts one new shop at every node in turn and lets the engine of the figures measure.
func TestOnRoadsAgainstEveryNode(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 21))
		s := town(r, r.IntN(3))
		p := prepare(t, s)
		for _, objective := range []Objective{PMedian, Coverage, PCenter} {
			q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: objective, New: 1, Within: 1200}
			got, err := OnRoads(context.Background(), p, q, nil, nil)
			if err != nil || !got.Optimal || len(got.Sites) != 1 {
				t.Fatalf("%d %s: %+v, %v", seed, objective, got, err)
			}
			best := measured{math.MaxInt64, 0}
			for node, at := range p.Network().Points {
				if m, ok := atNode(t, s, q, Site{Node: int32(node), At: at}); ok && m.less(best) {
					best = m
				}
			}
			chosen, _ := atNode(t, s, q, got.Sites[0])
			if best.less(chosen) {
				t.Errorf("%d %s: the choice %v gives %+v, the best node %+v", seed, objective, got.Sites, chosen, best)
			}
			agree(t, fmt.Sprint(seed), analysed(t, s, q, got.Sites), got.Value, got.Mean, objective)
		}
	}
}

// atNode measures one site; ok is false where nobody reaches any shop.
func atNode(t *testing.T, s *model.Snapshot, q Query, site Site) (m measured, ok bool) {
	t.Helper()
	with := *s
	with.Facilities = append(with.Facilities[:len(with.Facilities):len(with.Facilities)], model.Facility{ID: "ny", Type: q.Service, At: site.At})
	r, err := prepare(t, &with).Analyse(context.Background(), model.Query{Service: q.Service, Impedance: q.Impedance, Bands: []float64{q.Within}})
	if err != nil {
		return m, false
	}
	m.lost = int64(r.Unreached)
	switch q.Objective {
	case Coverage:
		m = measured{int64(r.People - r.Bands[0].People), 0}
	case PCenter:
		m.value = int64(math.Round(r.Max * 100))
	default:
		m.value = int64(math.Round(r.Mean * 100 * float64(r.Reached)))
	}
	return m, true
}

func TestOnRoadsByTime(t *testing.T) {
	s := town(rand.New(rand.NewPCG(5, 21)), 1)
	q := Query{Service: "dagligvaror", Impedance: model.Time, Objective: PMedian, New: 2}
	r, err := OnRoads(context.Background(), prepare(t, s), q, nil, nil)
	if err != nil || !r.Optimal || r.Value >= r.Before || r.Mean >= r.MeanBefore {
		t.Fatalf("%+v, %v", r, err)
	}
	agree(t, "after", analysed(t, s, q, r.Sites), r.Value, r.Mean, PMedian)
}

func TestOnRoadsFaults(t *testing.T) {
	p := prepare(t, town(rand.New(rand.NewPCG(1, 21)), 1))
	empty := town(rand.New(rand.NewPCG(1, 21)), 1)
	empty.Cells = nil
	for name, c := range map[string]struct {
		change func(*Query)
		key    string
	}{
		"objective":  {func(q *Query) { q.Objective = "bäst" }, "locate.objective_unknown"},
		"number":     {func(q *Query) { q.New = 0 }, "locate.new_wrong"},
		"too many":   {func(q *Query) { q.New = 1000 }, "locate.too_few_candidates"},
		"no limit":   {func(q *Query) { q.Objective = Coverage }, "locate.within_wrong"},
		"service":    {func(q *Query) { q.Service = "bio" }, "analysis.unknown_service"},
		"impedance":  {func(q *Query) { q.Impedance = "mil" }, "analysis.unknown_impedance"},
		"no limit 2": {func(q *Query) { q.Objective, q.Within = Coverage, math.NaN() }, "locate.within_wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 1}
			c.change(&q)
			if _, err := OnRoads(context.Background(), p, q, nil, nil); !errors.Is(err, i18n.Errorf(c.key)) {
				t.Errorf("%v, want %s", err, c.key)
			}
		})
	}
	q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 1}
	if _, err := OnRoads(context.Background(), prepare(t, empty), q, nil, nil); !errors.Is(err, i18n.Errorf("analysis.nobody_lives")) {
		t.Errorf("nobody: %v", err)
	}
}

// TestCancelledAtEveryStep cancels at the first, second, … report of progress: the error is the context's each time.
func TestCancelledAtEveryStep(t *testing.T) {
	p := prepare(t, town(rand.New(rand.NewPCG(9, 21)), 1))
	for _, objective := range Objectives() {
		q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: objective, New: 2, Within: 900}
		for at := 1; ; at++ {
			ctx, cancel := context.WithCancel(context.Background())
			heard := 0
			_, err := OnRoads(ctx, p, q, func(i18n.Message, float64) {
				if heard++; heard == at {
					cancel()
				}
			}, nil)
			cancel()
			if heard < at {
				if err != nil {
					t.Errorf("%s, not cancelled: %v", objective, err)
				}
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s cancelled at report %d: %v", objective, at, err)
			}
		}
	}
}

func TestOnRoadsAtDeadline(t *testing.T) {
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	p := prepare(t, town(rand.New(rand.NewPCG(9, 21)), 1))
	q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 2}
	if _, err := OnRoads(ctx, p, q, nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("no time even to measure: %v", err)
	}
}
