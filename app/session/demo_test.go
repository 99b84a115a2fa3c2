package session_test

import (
	"path/filepath"
	"testing"

	"nabar/app/session"
	entered "nabar/model/plan"
)

// What somebody who looks around finds entered must be as good as the program asks for: no faults in its own checks.
func TestDemoHasAPlanWithoutFaults(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { _ = s.Close() })
	must(t, s.CreateDemo(t.Context(), filepath.Join(t.TempDir(), "demo.gpkg"), nil))
	b, err := s.PlanBook(t.Context())
	must(t, err)
	for _, k := range []entered.Kind{entered.KindArea, entered.KindGoal, entered.KindAction, entered.KindGrant, entered.KindFact, entered.KindPlacement, entered.KindOpinion} {
		if len(b.Kind(k)) == 0 {
			t.Errorf("nothing of the kind %s is entered", k)
		}
	}
	for _, a := range entered.Of[*entered.Action](b) {
		for _, code := range a.Solutions {
			if b.Solution(code) == nil {
				t.Errorf("action %s uses the solution %q, which the bank does not have", b.Code(a.ID), code)
			}
		}
	}
	found, err := s.PlanFindings(t.Context(), "2026-02-16", nil)
	must(t, err)
	ledger, err := s.LedgerFindings(t.Context())
	must(t, err)
	for _, f := range append(append(found, ledger...), b.CheckOpinions()...) {
		if f.Level == entered.Fault {
			t.Errorf("the demo's plan has a fault: %s", s.Printer().Text(f.Text))
		}
	}
	if scenarios, err := s.Scenarios(t.Context()); err != nil || len(scenarios) == 0 {
		t.Errorf("%d scenarios (%v)", len(scenarios), err)
	}
	if _, undo := s.CanUndo(t.Context()); undo {
		t.Error("what the demo begins with can be undone")
	}
}
