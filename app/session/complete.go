package session

import (
	"context"
	"slices"

	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

// Completeness finds what the plan must hold and does not yet, before it goes to a stage at an ISO date. d are the cover's
// facts as they will be, nil for those of the project.
func (s *Session) Completeness(ctx context.Context, stage version.Stage, d *model.Decision, date string, progress model.Progress) ([]plan.Finding, error) {
	progress = orSilent(progress)
	w := &version.Whole{Stage: stage, Kommun: s.Kommun()}
	var err error
	if w.Decision, err = s.Decision(ctx); err != nil {
		return nil, err
	}
	if d != nil {
		w.Decision = *d
	}
	if w.Book, err = s.PlanBook(ctx); err != nil {
		return nil, err
	}
	if w.Found, err = s.allFindings(ctx, date, part(progress, 0, 0.7)); err != nil {
		return nil, err
	}
	all, err := s.Versions(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		w.Past = append(w.Past, v.Stage)
	}
	if err := s.ground(ctx, w, part(progress, 0.7, 1)); err != nil {
		return nil, err
	}
	text, err := s.planText(ctx, nil)
	return append(version.Complete(w), text...), err
}

// allFindings are what the checks of the plan and of the ledger find.
func (s *Session) allFindings(ctx context.Context, date string, progress model.Progress) ([]plan.Finding, error) {
	found, err := s.PlanFindings(ctx, date, progress)
	if err != nil {
		return nil, err
	}
	ledger, err := s.LedgerFindings(ctx)
	return slices.Concat(found, ledger), err
}

// ground tells what the figures stand on.
func (s *Session) ground(ctx context.Context, w *version.Whole, progress model.Progress) error {
	tried, err := s.StoredSupport(ctx, "")
	if err != nil {
		return err
	}
	w.Tried = tried != nil
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return err
	}
	present, err := s.Present(ctx)
	if err != nil {
		return err
	}
	for _, t := range snapshot.Types {
		if !slices.ContainsFunc(present, func(p model.ServiceType) bool { return p.ID == t.ID }) {
			w.Lacking = append(w.Lacking, s.TypeName(t))
		}
	}
	for _, in := range snapshot.Inputs {
		if in.Role == model.RolePopulation && in.Edition == "" {
			w.Undated = append(w.Undated, in.Layer)
		}
	}
	network, err := s.Check(ctx, progress)
	w.Unjoined = network.Snap.UnjoinedPeople
	return err
}
