package session

import (
	"context"
	"math"
	"slices"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// Compare tells who wins and who loses when scenario a becomes scenario b; "" or "nuläge" is the project as it is. A service
// that nobody reaches in one of them is no fault, in both it is. The figures of both are stored as Analyse does.
// The cost of travel is told in kilometres and in hours, whichever the query is about.
func (s *Session) Compare(ctx context.Context, a, b string, q model.Query, progress model.Progress) (*model.Comparison, error) {
	from, to := q, q
	from.Scenario, to.Scenario = a, b
	return s.Change(ctx, from, to, progress)
}

// Change is Compare of two queries about one service type by one impedance, which may differ in scenario, date, people and
// way of travelling. People that are counted by squares of other sizes can't be compared square by square: a Problem. Figures
// at a date, for a demand set or a profile are not stored.
func (s *Session) Change(ctx context.Context, from, to model.Query, progress model.Progress) (*model.Comparison, error) {
	progress = orSilent(progress)
	from.Service, from.Impedance, from.Bands = to.Service, to.Impedance, to.Bands
	from, to = withBands(from), withBands(to)
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.sameSquares(ctx, from, to); err != nil {
		return nil, err
	}
	before, after, err := s.bothFigures(ctx, from, to, true, part(progress, 0, 0.7))
	if err != nil {
		return nil, err
	}
	c, err := access.Compare(before, after, types)
	if err != nil {
		return nil, err
	}
	before, after, err = s.bothFigures(ctx, otherImpedance(from), otherImpedance(to), false, part(progress, 0.7, 1))
	if err != nil {
		return nil, err
	}
	more, err := access.Compare(before, after, types)
	if err != nil {
		return nil, err
	}
	if math.IsNaN(c.Cost.PersonKm) {
		c.Cost.PersonKm = more.Cost.PersonKm
	} else {
		c.Cost.PersonHours = more.Cost.PersonHours
	}
	return c, nil
}

// otherImpedance is a query by the impedance that it is not about, with the usual limits.
func otherImpedance(q model.Query) model.Query {
	q.Bands = nil
	if q.Impedance == model.Time {
		q.Impedance = model.Distance
	} else {
		q.Impedance = model.Time
	}
	return withBands(q)
}

// sameSquares refuses people who are counted by squares of different sizes.
func (s *Session) sameSquares(ctx context.Context, from, to model.Query) error {
	if from.Demand == to.Demand {
		return nil
	}
	before, err := s.QuerySnapshot(ctx, from, nil)
	if err != nil {
		return err
	}
	after, err := s.QuerySnapshot(ctx, to, nil)
	if err != nil {
		return err
	}
	a, b := sides(before), sides(after)
	if len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) {
		return i18n.Errorf("series.other_sizes", i18n.Metres(a[0]), i18n.Metres(b[0]))
	}
	return nil
}

// sides are the sizes of a snapshot's squares, the least first.
func sides(s *model.Snapshot) []float64 {
	var out []float64
	for i := range s.Cells {
		if !slices.Contains(out, s.Cells[i].Size) {
			out = append(out, s.Cells[i].Size)
		}
	}
	slices.Sort(out)
	return out
}

// bothFigures gives the figures of two queries. At least one of them must have some.
func (s *Session) bothFigures(ctx context.Context, from, to model.Query, store bool, progress model.Progress) (before, after *model.Result, err error) {
	before, none, err := s.figures(ctx, from, store && isScenario(from), part(progress, 0, 0.5))
	if err != nil {
		return nil, nil, err
	}
	after, nothing, err := s.figures(ctx, to, store && isScenario(to), part(progress, 0.5, 1))
	if err != nil {
		return nil, nil, err
	}
	if none != nil && nothing != nil {
		return nil, nil, none
	}
	return before, after, nil
}

// isScenario tells whether a query is about a scenario or the project as it is, in the usual way.
func isScenario(q model.Query) bool { return q.Date == "" && q.Demand == "" && q.Profile == "" }

// figures answers a query about a scenario. Where nobody reaches the service, why says so and everybody is unreached.
func (s *Session) figures(ctx context.Context, q model.Query, store bool, progress model.Progress) (r *model.Result, why, err error) {
	if store {
		r, why = s.Analyse(ctx, q, progress)
		if why == nil {
			return r, nil, nil
		}
	}
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, nil, err
	}
	if !store {
		if r, why = ready.Analyse(ctx, ready.query(q)); why == nil {
			return r, nil, nil
		}
	}
	r, err = ready.Unreached(ready.query(q), why)
	return r, why, err
}
