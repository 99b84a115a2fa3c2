package session_test

import (
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/model"
	"nabar/model/project"
)

// TestPiposModeIsOneSwitch turns the project to Pipos' rules and back: figures, the stored result and its layer's name
// follow, and the step is undone.
func TestPiposModeIsOneSwitch(t *testing.T) {
	s := village(t)
	own, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	must(t, s.SetPipos(ctx, true))
	stored, err := s.Stored(ctx, groceries)
	must(t, err)
	if !stored.Stale {
		t.Error("the result by the own rules is fresh by Pipos'")
	}
	r, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	if own.Mean != (100*510+50*500)/150.0 || r.Mean != 500 || r.Params.Rules != model.PiposRules {
		t.Errorf("mean %v, by Pipos %v (%s)", own.Mean, r.Mean, r.Params.Rules)
	}
	if name := resultName(t, s); !strings.Contains(name, "Pipos") {
		t.Errorf("the result is called %q", name)
	}
	if step, can := s.CanUndo(ctx); !can || s.Printer().Text(step) != "Räkna som Pipos" {
		t.Errorf("the step is %q", s.Printer().Text(step))
	}
	must(t, s.SetPipos(ctx, false))
	r, err = s.Analyse(ctx, groceries, nil)
	must(t, err)
	if name := resultName(t, s); r.Mean != own.Mean || strings.Contains(name, "Pipos") {
		t.Errorf("turned back: mean %v in %q", r.Mean, name)
	}
}

// resultName is the name of the one layer that is a result.
func resultName(t *testing.T, s *session.Session) string {
	t.Helper()
	p, err := project.Open(ctx, s.Path())
	must(t, err)
	defer p.Close()
	layers, err := p.ResultLayers(ctx)
	must(t, err)
	if len(layers) != 1 {
		t.Fatalf("%d results", len(layers))
	}
	return layers[0].Name
}

// TestPiposForOneQuery computes by Pipos' rules for once: the stored result stays as it was and fresh.
func TestPiposForOneQuery(t *testing.T) {
	s := village(t)
	own, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	q := groceries
	q.Pipos = true
	for range 2 {
		r, err := s.Analyse(ctx, q, nil)
		must(t, err)
		if r.Mean != 500 || !r.Query.Pipos {
			t.Errorf("mean %v of %+v", r.Mean, r.Query)
		}
	}
	stored, err := s.Stored(ctx, groceries)
	must(t, err)
	if stored.Stale || stored.Mean != own.Mean {
		t.Errorf("the stored result: mean %v, stale %v", stored.Mean, stored.Stale)
	}
	must(t, s.SetPipos(ctx, true))
	r, err := s.Analyse(ctx, q, nil)
	must(t, err)
	if r.Query.Pipos || r.Mean != 500 {
		t.Errorf("asked for what the project does anyway: %+v", r.Query)
	}
	if stored, err = s.Stored(ctx, q); err != nil || stored == nil || stored.Stale {
		t.Errorf("the project's own result by Pipos' rules is not kept: %v", err)
	}
}
