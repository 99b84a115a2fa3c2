package session

import (
	"context"
	"errors"
	"slices"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// robustPercent is by how many per cent the people of all squares are varied.
const robustPercent = 10

// Robust tries the ranking of a query: by the winter's speeds, with ten per cent more and fewer people, and with staffed places
// alone. A query that is by the winter's speeds already, and a type whose places are all staffed, is not tried by these.
func (s *Session) Robust(ctx context.Context, q model.Query, progress model.Progress) (*model.Robustness, error) {
	progress = orSilent(progress)
	ready, err := s.ready(ctx, q, part(progress, 0, 0.5))
	if err != nil {
		return nil, err
	}
	usual, err := ready.Rank(ctx, ready.query(q))
	if err != nil {
		return nil, err
	}
	var trials []model.RankTrial
	add := func(id string, p *access.Prepared, q model.Query) error {
		r, err := p.Rank(ctx, q)
		var none *i18n.Problem
		if err != nil && (ctx.Err() != nil || !errors.As(err, &none)) {
			return err
		}
		trials = append(trials, model.RankTrial{ID: id, Ranking: r})
		return nil
	}
	if ready.query(q).Profile == "" {
		winter := q
		winter.Profile = model.WinterID
		cold, err := s.ready(ctx, winter, part(progress, 0.5, 0.9))
		if err != nil {
			return nil, err
		}
		if err := add(model.TrialWinter, cold.Prepared, cold.query(winter)); err != nil {
			return nil, err
		}
	}
	for _, v := range s.robustVariants(ready.snapshot, q.Service) {
		p, err := ready.Derive(ctx, v.snapshot, nil)
		if err != nil {
			return nil, err
		}
		if err := add(v.id, p, ready.query(q)); err != nil {
			return nil, err
		}
	}
	return access.Robust(usual, trials), nil
}

// robustVariant is a snapshot that a ranking is tried with.
type robustVariant struct {
	id       string
	snapshot *model.Snapshot
}

// robustVariants are the snapshots with other people, and with staffed places alone where some are not.
func (s *Session) robustVariants(base *model.Snapshot, service string) []robustVariant {
	var out []robustVariant
	for _, v := range []struct {
		id      string
		percent float64
	}{{model.TrialMore, robustPercent}, {model.TrialFewer, -robustPercent}} {
		change := scenario.ChangePeople{Percent: v.percent}
		changed, err := scenario.Apply(base, []scenario.Scenario{{Steps: stepsOf([]scenario.Modification{change})}})
		if err == nil { // there are squares
			out = append(out, robustVariant{v.id, changed})
		}
	}
	unstaffed := func(f model.Facility) bool { return f.Type == service && !f.Staffed }
	if slices.ContainsFunc(base.Facilities, unstaffed) {
		staffed := *base
		staffed.Facilities = slices.DeleteFunc(slices.Clone(base.Facilities), unstaffed)
		out = append(out, robustVariant{model.TrialStaffed, &staffed})
	}
	return out
}

// TrialLabel says what a trial varies.
func TrialLabel(id string) i18n.Message { return i18n.M("prep.trial." + id) }
