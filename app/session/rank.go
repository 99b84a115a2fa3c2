package session

import (
	"context"
	"time"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// Rank tells what the closing of each facility and place of a service type would mean, the greatest loss first.
func (s *Session) Rank(ctx context.Context, q model.Query, progress model.Progress) (*model.Ranking, error) {
	start := time.Now()
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	r, err := ready.Rank(ctx, ready.query(q))
	if err != nil {
		return nil, err
	}
	r.Inputs = append(r.Inputs, ready.inputs...)
	r.Timings.Load = milliseconds(ready.loaded)
	r.Timings.Total = milliseconds(time.Since(start))
	return r, nil
}

// RankPairs tells what it would mean that two places of a service type close at once, for the pairs that matter to each
// other.
func (s *Session) RankPairs(ctx context.Context, q model.Query, progress model.Progress) ([]model.PairLoss, error) {
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	return ready.RankPairs(ctx, ready.query(q))
}

// engine is all that a query needs: the project's data, and its network with the points that have joined.
type engine struct {
	*access.Prepared
	*variant
	loaded time.Duration // what reading the data took
}

// query is a query with its limits, with the project's own names for what it chooses, and asking for rules only where the
// project has others.
func (e engine) query(q model.Query) model.Query {
	q = withBands(q)
	v := e.variant.query
	q.Scenario, q.Profile, q.Date, q.Demand, q.Pipos = v.Scenario, v.Profile, v.Date, v.Demand, v.Pipos
	return q
}

// ready makes the engine for a query about a known service type.
func (s *Session) ready(ctx context.Context, q model.Query, progress model.Progress) (engine, error) {
	if _, err := s.current(); err != nil {
		return engine{}, err
	}
	if err := s.knownService(ctx, q.Service); err != nil {
		return engine{}, err
	}
	progress = orSilent(progress)
	start := time.Now()
	v, err := s.variant(ctx, q, part(progress, 0, 0.5))
	if err != nil {
		return engine{}, err
	}
	if err := complete(v.base); err != nil { // what a scenario closes is no lack of data
		return engine{}, err
	}
	e := engine{variant: v, loaded: time.Since(start)}
	if e.Prepared, err = s.prepare(ctx, v, part(progress, 0.5, 0.9)); err != nil {
		return engine{}, err
	}
	progress(i18n.M("session.progress_search", s.ServiceLabel(ctx, q.Service)), 0.9)
	return e, nil
}
