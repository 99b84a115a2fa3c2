package session_test

import (
	"testing"

	"github.com/paulmach/orb"

	"nabar/model/scenario"
)

// TestTreeGoesStaleWithItsRoots keeps the figures of a tree of three levels and of a branch beside it, and changes one level at a
// time: what builds on it is stale, what does not is fresh, and an undo makes all fresh again.
func TestTreeGoesStaleWithItsRoots(t *testing.T) {
	s := village(t)
	add := func(name, parent string, m ...scenario.Modification) {
		t.Helper()
		sc := plan(name, m...)
		if parent != "" {
			up, err := s.Scenario(ctx, parent)
			must(t, err)
			sc.Parent = up.ID
		}
		_, err := s.AddScenario(ctx, sc)
		must(t, err)
	}
	add("Rot", "", scenario.OpenPlace{Types: []string{"dagligvaror"}, At: orb.Point{505000, 6700000}})
	add("Gren", "Rot", scenario.ClosePlace{ID: "A"})
	add("Blad", "Gren", scenario.ChangePeople{Percent: 10})
	add("Annan", "", scenario.ClosePlace{ID: "B"})
	all := []string{"", "Rot", "Gren", "Blad", "Annan"}
	compute := func() {
		t.Helper()
		for _, name := range all {
			q := groceries
			q.Scenario = name
			_, err := s.Analyse(ctx, q, nil)
			must(t, err)
		}
	}
	check := func(when string, stale ...string) {
		t.Helper()
		for _, name := range all {
			q := groceries
			q.Scenario = name
			r, err := s.Stored(ctx, q)
			must(t, err)
			want := false
			for _, other := range stale {
				want = want || other == name
			}
			if r == nil || r.Stale != want {
				t.Errorf("%s: %q is stale: %v, want %v", when, name, r != nil && r.Stale, want)
			}
		}
	}
	edit := func(name string, change func(*scenario.Scenario)) {
		t.Helper()
		sc, err := s.Scenario(ctx, name)
		must(t, err)
		change(&sc)
		must(t, s.UpdateScenario(ctx, sc))
	}
	undo := func() {
		t.Helper()
		_, err := s.Undo(ctx)
		must(t, err)
	}
	more := func(m scenario.Modification) func(*scenario.Scenario) {
		return func(sc *scenario.Scenario) { sc.Steps = append(sc.Steps, scenario.Step{Modification: m}) }
	}
	compute()
	check("at first")
	edit("Rot", more(scenario.ParcelLocker{At: orb.Point{506000, 6700000}}))
	check("with the root changed", "Rot", "Gren", "Blad")
	undo()
	check("with that undone")
	edit("Gren", more(scenario.ParcelLocker{At: orb.Point{506000, 6700000}}))
	check("with the branch changed", "Gren", "Blad")
	undo()
	edit("Rot", func(sc *scenario.Scenario) { sc.Steps[0].Off = true })
	check("with the root's step off", "Rot", "Gren", "Blad")
	compute()
	check("computed anew")
	undo()
	check("on again", "Rot", "Gren", "Blad")
	compute()
	edit("Gren", func(sc *scenario.Scenario) { sc.Parent = 0 })
	check("with the branch on the baseline", "Gren", "Blad")
	undo()
	edit("Rot", func(sc *scenario.Scenario) { sc.Name = "Stam" })
	leaf := groceries
	leaf.Scenario = "Blad"
	if r, err := s.Stored(ctx, leaf); err != nil || r == nil || r.Stale {
		t.Errorf("a new name of the root makes the leaf stale: %+v, %v", r, err)
	}
	undo()
	params, err := s.Params(ctx)
	must(t, err)
	params.SnapLimit++
	must(t, s.SetParams(ctx, params))
	check("with another parameter", all...)
}
