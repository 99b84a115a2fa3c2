package session

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/model"
)

// MaxNearest is the largest number of places that Nearest and NearestTo tell of.
const MaxNearest = access.MaxNearest

// Nearest tells how far people have to the nearest places of a service type, one after another up to count, each at a place
// of its own. Nothing of it is stored.
func (s *Session) Nearest(ctx context.Context, q model.Query, count int, progress model.Progress) (*model.Nearest, error) {
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	n, err := ready.NearestPlaces(ctx, ready.query(q), count)
	if err != nil {
		return nil, err
	}
	n.Inputs = append(n.Inputs, ready.inputs...)
	return n, nil
}

// NearestTo are the roads from a square, by its id, to the places of a service type that are nearest to it by the query's
// measure, at most count of them, the nearest first. known is false where there is no such square.
func (s *Session) NearestTo(ctx context.Context, q model.Query, cell string, count int) (ways []Way, known bool, err error) {
	ready, err := s.ready(ctx, q, nil)
	if err != nil {
		return nil, false, err
	}
	from := slices.IndexFunc(ready.snapshot.Cells, func(c model.Cell) bool { return c.ID == cell })
	if from < 0 {
		return nil, false, nil
	}
	near, err := ready.Prepared.NearestTo(ctx, ready.query(q), from, count)
	if err != nil {
		return nil, true, err
	}
	for _, place := range near {
		if w := ready.way(q, place.Facility, func(i model.Impedance) (orb.LineString, float64, bool) {
			return ready.Route(from, place.Facility, i)
		}); w != nil {
			ways = append(ways, *w)
		}
	}
	return ways, true, ctx.Err()
}
