package session

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
)

// Way is the road to a facility.
type Way struct {
	Facility string         // model.Facility.ID
	Metres   float64        // of the shortest road; NaN where there is none
	Seconds  float64        // of the quickest road; NaN where there is none
	Line     orb.LineString // driven by the query's measure, from its start to the facility
}

// Route is the road from a square to a facility, both by their ids, as the query's measure and scenario have it. It is
// nil where there is no such road: the square may lie too far from any, or the facility be gone.
func (s *Session) Route(ctx context.Context, q model.Query, cell, facility string) (*Way, error) {
	ready, err := s.ready(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	from := slices.IndexFunc(ready.snapshot.Cells, func(c model.Cell) bool { return c.ID == cell })
	w := ready.way(q, facility, func(i model.Impedance) (orb.LineString, float64, bool) {
		return ready.Route(from, facility, i)
	})
	return w, ctx.Err()
}

// Nearby are the roads from a facility to the open facilities of the same type that are nearest to it by the query's
// measure, at most count of them, the nearest first: where people go if it closes.
func (s *Session) Nearby(ctx context.Context, q model.Query, facility string, count int) ([]Way, error) {
	ready, err := s.ready(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	all := ready.snapshot.Facilities
	here := slices.IndexFunc(all, func(f model.Facility) bool { return f.ID == facility })
	if here < 0 {
		return nil, nil
	}
	others, err := ready.others(ctx, withBands(q).Impedance, here)
	if err != nil {
		return nil, err
	}
	var out []Way
	for _, other := range others[:min(count, len(others))] {
		to := &all[other]
		if w := ready.way(q, to.ID, func(i model.Impedance) (orb.LineString, float64, bool) {
			return ready.RouteBetween(all[here].At, to.At, i)
		}); w != nil {
			out = append(out, *w)
		}
	}
	return out, nil
}

// others are the open facilities of the same type that can be reached from one, by their index, the nearest first.
func (e engine) others(ctx context.Context, i model.Impedance, here int) ([]int, error) {
	all, date := e.snapshot.Facilities, e.snapshot.Params.Date
	var found []int
	costs := map[int]float64{}
	for k := range all {
		if k == here || all[k].Type != all[here].Type || !all[k].OpenOn(date) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if _, cost, ok := e.RouteBetween(all[here].At, all[k].At, i); ok {
			costs[k] = cost
			found = append(found, k)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int {
		return cmp.Or(cmp.Compare(costs[a], costs[b]), cmp.Compare(all[a].ID, all[b].ID))
	})
	return found, nil
}

// way asks for the road by both measures. It is nil where the query's own has none.
func (engine) way(q model.Query, facility string, road func(model.Impedance) (orb.LineString, float64, bool)) *Way {
	own := withBands(q).Impedance
	w := &Way{Facility: facility, Metres: math.NaN(), Seconds: math.NaN()}
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		line, cost, ok := road(i)
		switch {
		case !ok:
			continue
		case i == model.Time:
			w.Seconds = cost
		default:
			w.Metres = cost
		}
		if i == own {
			w.Line = line
		}
	}
	if w.Line == nil {
		return nil
	}
	return w
}
