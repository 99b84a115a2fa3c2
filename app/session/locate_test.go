package session_test

import (
	"context"
	"errors"
	"testing"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// TestLocateInVillage finds a shop by all objectives, stores nothing, and tells of its progress.
func TestLocateInVillage(t *testing.T) {
	s := village(t)
	before, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	for _, objective := range session.LocateObjectives() {
		t.Run(string(objective), func(t *testing.T) {
			last := -1.0
			r, err := s.Locate(ctx, session.LocateQuery{Service: "dagligvaror", Objective: objective, New: 1, Within: 505},
				func(_ i18n.Message, share float64) {
					if share < last || share > 1 {
						t.Errorf("progress %v after %v", share, last)
					}
					last = share
				})
			must(t, err)
			if !r.Optimal || len(r.Sites) != 1 || r.MeanBefore != before.Mean || r.Impedance != model.Distance || last <= 0.3 {
				t.Errorf("%+v, progress %v", r, last)
			}
		})
	}
	if stored, err := s.Stored(ctx, groceries); err != nil || stored.Stale {
		t.Errorf("the result of before: %+v, %v", stored, err)
	}
}

func TestLocateIsCancelled(t *testing.T) {
	s := village(t)
	stopped, cancel := context.WithCancel(ctx)
	_, err := s.Locate(stopped, session.LocateQuery{Service: "dagligvaror", Objective: session.PMedian, New: 1},
		func(what i18n.Message, _ float64) {
			if what.Key == "locate.progress.search" || what.Key == "locate.progress.costs" {
				cancel()
			}
		})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := session.New("sv").Locate(ctx, session.LocateQuery{Service: "dagligvaror", Objective: session.PMedian, New: 1}, nil); err == nil {
		t.Error("without a project there is nothing to answer")
	}
}
