package session

import (
	"context"
	"io"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/project"
	"nabar/model/version"
	"nabar/reports"
)

// WriteFollowUp writes a follow-up to a file, in the form of its ending, as Report does.
func (s *Session) WriteFollowUp(ctx context.Context, path string, o FollowUpOptions, progress model.Progress) (*version.FollowUp, error) {
	progress = orSilent(progress)
	write, err := s.writer(path)
	if err != nil {
		return nil, err
	}
	if err := atomicfile.Check(path); err != nil {
		return nil, err
	}
	f, err := s.FollowUp(ctx, o, part(progress, 0, 0.4))
	if err != nil {
		return nil, err
	}
	in, err := s.reportInput(ctx, part(progress, 0.4, 0.8))
	if err != nil {
		return nil, err
	}
	in.FollowUp = f
	progress(i18n.M("session.progress_report"), 0.8)
	doc := reports.FollowUp(in)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return f, atomicfile.Write(path, func(w io.Writer) error { return write(w, doc) })
}

// NextPlan begins the next plan with what is left of this one, as one step that can be undone: actions that are done or dropped
// and opinions go, which the versions keep; what a goal has reached becomes where it begins; the cover is a draft for the
// period. It gives how many entries went. Without a decided version nothing is done, since what goes would be lost.
func (s *Session) NextPlan(ctx context.Context, period string, progress model.Progress) (gone int, err error) {
	if period = strings.TrimSpace(period); period == "" {
		return 0, i18n.Errorf("followup.period_missing")
	}
	all, err := s.Versions(ctx)
	if err != nil {
		return 0, err
	}
	if lastDecided(all) == nil {
		return 0, i18n.Errorf("followup.nothing_decided")
	}
	b, err := s.PlanBook(ctx)
	if err != nil {
		return 0, err
	}
	figures, err := s.PlanFigures(ctx, b, progress)
	if err != nil {
		return 0, err
	}
	d, err := s.Decision(ctx)
	if err != nil {
		return 0, err
	}
	d.Period, d.Status, d.Date, d.Paragraph, d.CaseNumber = period, s.Printer().Text(version.Draft.Label()), "", "", ""
	err = s.edit(ctx, i18n.M("followup.step_next", i18n.Plain(period)), func(tx *project.Tx) error {
		if gone, err = clearPlan(tx, b); err != nil {
			return err
		}
		if err := s.rebase(tx, b, figures); err != nil {
			return err
		}
		return tx.SetSetting(settingDecision, d)
	})
	return gone, err
}

// clearPlan takes away the actions that are done or dropped, what points at them alone, and all opinions.
func clearPlan(tx *project.Tx, b plan.Book) (gone int, err error) {
	remove := func(id int64) error {
		gone++
		return tx.RemoveEntry(id)
	}
	over := map[int64]bool{}
	for _, a := range plan.Of[*plan.Action](b) {
		over[a.ID] = a.Over()
	}
	for _, p := range plan.Of[*plan.Placement](b) {
		if !over[p.Action] {
			continue
		}
		if p.Facility == "" && p.Name == "" && p.E == nil {
			err = remove(p.ID)
		} else {
			p = plan.Copy(p).(*plan.Placement)
			p.Action = 0
			err = tx.UpdateEntry(p)
		}
		if err != nil {
			return gone, err
		}
	}
	for _, item := range b {
		if _, isOpinion := item.(*plan.Opinion); isOpinion || over[item.Number()] {
			if err := remove(item.Number()); err != nil {
				return gone, err
			}
		}
	}
	return gone, nil
}

// rebase lets goals begin where they have come to.
func (s *Session) rebase(tx *project.Tx, b plan.Book, figures plan.Figures) error {
	for _, g := range plan.Of[*plan.Goal](b) {
		reached := g.Outcome
		if v, ok := figures[g.ID]; ok && v == v {
			reached = s.Printer().Text(g.Amount(v))
		}
		if reached == "" {
			continue
		}
		g = plan.Copy(g).(*plan.Goal)
		g.Baseline, g.Outcome = reached, ""
		if err := tx.UpdateEntry(g); err != nil {
			return err
		}
	}
	return nil
}
