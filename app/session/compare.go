package session

import (
	"context"
	"math"

	"nabar/analysis/access"
	"nabar/model"
)

// Compare tells who wins and who loses when scenario a becomes scenario b; "" or "nuläge" is the project as it is. A service
// that nobody reaches in one of them is no fault, in both it is. The figures of both are stored as Analyse does.
// The cost of travel is told in kilometres and in hours, whichever the query is about.
func (s *Session) Compare(ctx context.Context, a, b string, q model.Query, progress model.Progress) (*model.Comparison, error) {
	progress = orSilent(progress)
	q = withBands(q)
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return nil, err
	}
	before, after, err := s.bothFigures(ctx, a, b, q, true, part(progress, 0, 0.7))
	if err != nil {
		return nil, err
	}
	c, err := access.Compare(before, after, types)
	if err != nil {
		return nil, err
	}
	other := q
	other.Bands, other.Impedance = nil, model.Time
	if q.Impedance == model.Time {
		other.Impedance = model.Distance
	}
	before, after, err = s.bothFigures(ctx, a, b, withBands(other), false, part(progress, 0.7, 1))
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

// bothFigures gives the figures of two scenarios. At least one of them must have some.
func (s *Session) bothFigures(ctx context.Context, a, b string, q model.Query, store bool, progress model.Progress) (before, after *model.Result, err error) {
	q.Scenario = a
	before, none, err := s.figures(ctx, q, store, part(progress, 0, 0.5))
	if err != nil {
		return nil, nil, err
	}
	q.Scenario = b
	after, nothing, err := s.figures(ctx, q, store, part(progress, 0.5, 1))
	if err != nil {
		return nil, nil, err
	}
	if none != nil && nothing != nil {
		return nil, nil, none
	}
	return before, after, nil
}

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
