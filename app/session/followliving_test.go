package session

import (
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model/plan"
)

// The parts of a year's follow-up stand in a text like other living blocks: they follow the ledger, and are told as stale.
func TestYearStandsInAText(t *testing.T) {
	s, ctx := demoSession(t), t.Context()
	m := own(t, s, "= Året\n\n{{året i korthet}}\n\n{{stöden mot året innan}}\n\n{{insatserna mot planen}}\n\n{{utveckling år för år}}\n")
	text, remarks := written(t, s, m.ID)
	if len(remarks) > 0 {
		t.Errorf("remarks %v", remarks)
	}
	f, err := s.FollowUp(ctx, FollowUpOptions{Year: 2025}, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := f.Support[len(f.Support)-1]
	if total := i18n.For(i18n.Swedish).Int(sum.This.Granted); sum.This.Granted != 773500 || !strings.Contains(text, total) {
		t.Errorf("the text does not say %s kr:\n%s", total, text)
	}
	if !strings.Contains(text, "1 A Avtal om servicepunkt") || !strings.Contains(text, "Medelavstånd till närmaste livsmedelsbutik år för år") {
		t.Errorf("the text lacks actions or trends:\n%s", text)
	}
	year, granted := int64(2025), int64(26500)
	if err := s.AddEntry(ctx, &plan.Grant{Form: "servicebidrag", Year: &year, Granted: &granted, Name: "Lomunda Handel", Date: "2025-11-03"}); err != nil {
		t.Fatal(err)
	}
	m, err = s.Manuscript(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	states, err := s.LivingStates(ctx, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []LivingStatus{LivingStale, LivingStale, LivingFresh, LivingFresh} {
		if states[i].Status != want {
			t.Errorf("%s is %s, want %s", states[i].Name, states[i].Status, want)
		}
	}
	if _, err := s.UpdateLiving(ctx, m, nil, nil); err != nil {
		t.Fatal(err)
	}
	if text, _ = written(t, s, m.ID); !strings.Contains(text, i18n.For(i18n.Swedish).Int(800000)) {
		t.Errorf("after the update the text says\n%s", text)
	}
}
