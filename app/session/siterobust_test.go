package session_test

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"testing"
	"time"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// TestRobustSitesAgreeWithScenarios holds what a trial says of the sites to an ordinary scenario with the same people and sites.
func TestRobustSitesAgreeWithScenarios(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.CreateDemo(ctx, filepath.Join(t.TempDir(), "demo.gpkg"), nil))
	r, err := s.Locate(ctx, session.LocateQuery{Service: "dagligvaror", Objective: session.PMedian, New: 2}, nil)
	must(t, err)
	got, err := s.RobustSites(ctx, &r.LocateResult, nil)
	must(t, err)
	if len(got.Sites) != 2 || len(got.Trials) < 10 || !(got.MeanMin <= r.Mean && r.Mean <= got.MeanMax) || !(got.MeanMin < got.MeanMax) {
		t.Fatalf("%+v", got)
	}
	kinds := map[string]int{}
	for i := range got.Trials {
		trial := &got.Trials[i]
		kinds[trial.Kind]++
		if trial.Best == nil || !(trial.Loss >= 0 && trial.Loss < 0.5) || i18n.For("sv").Text(trial.Varied) == "" {
			t.Errorf("%s: loss %v, best %v", trial.ID, trial.Loss, trial.Best)
		}
		change, ok := map[string]scenario.ChangePeople{
			"more": {Percent: 10}, "fewer": {Percent: -10}, "more 65-": {Percent: 10, Ages: &scenario.AgeSpan{From: 65, To: -1}},
		}[trial.ID]
		if !ok {
			continue
		}
		steps := []scenario.Modification{change}
		for _, site := range r.Sites {
			steps = append(steps, scenario.OpenPlace{Types: []string{"dagligvaror"}, At: site.At})
		}
		name := "prov " + trial.ID
		_, err := s.AddScenario(ctx, plan(name, steps...))
		must(t, err)
		q := groceries
		q.Scenario = name
		want, err := s.Analyse(ctx, q, nil)
		must(t, err)
		if math.Abs(want.Mean-trial.Mean) > 1e-9 || want.Max != trial.Farthest || want.Reached != trial.Reached {
			t.Errorf("%s: the scenario has %v and %v, the trial %v and %v", trial.ID, want.Mean, want.Max, trial.Mean, trial.Farthest)
		}
		if value := want.Mean * float64(want.Reached); math.Abs(value-trial.Value) > 1e-6*value {
			t.Errorf("%s: value %v, by the scenario %v", trial.ID, trial.Value, value)
		}
	}
	if kinds[model.TrialAges] != 6 || kinds[model.TrialAreas] < 4 {
		t.Errorf("trials of each kind: %v", kinds)
	}
}

// TestRobustSitesEndAtOnce cancels the trials of a real kommun.
func TestRobustSitesEndAtOnce(t *testing.T) {
	s := gotland(t)
	r, err := s.Locate(ctx, session.LocateQuery{Service: "dagligvaror", Objective: session.PMedian, New: 3}, nil)
	must(t, err)
	stopped, cancel := context.WithCancel(ctx)
	defer cancel()
	var at time.Time
	time.AfterFunc(400*time.Millisecond, func() {
		at = time.Now()
		cancel()
	})
	_, err = s.RobustSites(stopped, &r.LocateResult, nil)
	if !errors.Is(err, context.Canceled) || time.Since(at) > 500*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(at))
	}
}
