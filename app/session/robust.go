package session

import (
	"context"
	"errors"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// Robust tries the ranking of a query: by the winter's speeds, with ten per cent more and fewer people everywhere, in one age
// group and in one area at a time, and with staffed places alone. What makes no difference is not tried. A cancelled context
// ends it with its error.
func (s *Session) Robust(ctx context.Context, q model.Query, progress model.Progress) (*model.Robustness, error) {
	progress = orSilent(progress)
	ready, err := s.ready(ctx, q, part(progress, 0, 0.4))
	if err != nil {
		return nil, err
	}
	usual, err := ready.Rank(ctx, ready.query(q))
	if err != nil {
		return nil, err
	}
	all, err := s.trials(ctx, ready, q)
	if err != nil {
		return nil, err
	}
	var tried []model.RankTrial
	for i, t := range all {
		progress(i18n.M("more.progress_trial", t.Varied), 0.4+0.6*share(i, len(all)))
		p, query, err := t.prepare(ctx)
		if err != nil {
			return nil, err
		}
		r, err := p.Rank(ctx, query)
		var none *i18n.Problem
		if err != nil && (ctx.Err() != nil || !errors.As(err, &none)) {
			return nil, err
		}
		tried = append(tried, model.RankTrial{Trial: t.Trial, Ranking: r})
	}
	return access.Robust(usual, tried), nil
}
