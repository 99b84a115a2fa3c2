package ui

import (
	"slices"
	"strings"
	"testing"

	"nabar/model"
	"nabar/model/plan"
)

// openPlanning opens a window of the plan on the demo kommun.
func openPlanning(t *testing.T, b *bench, which planning) *planningWindow {
	t.Helper()
	b.showPlanning(which)
	s := b.planning[which]
	b.until("the window shows", func() bool { return s.data != nil && b.calm() })
	return s
}

// enter fills a form in and saves it; the list then has a row more.
func enter(t *testing.T, b *bench, s *planningWindow, section int, k plan.Kind, said ...string) {
	t.Helper()
	before := len(s.panel.Table(section).Shown().Rows)
	f := b.askEntry(s, plan.New(k))
	for i := 0; i < len(said); i += 2 {
		f.Say(said[i], said[i+1])
	}
	f.Save()
	b.until("the entry is listed", func() bool {
		if fault := f.Fault(); fault != "" {
			t.Fatal(fault)
		}
		return len(s.panel.Table(section).Shown().Rows) == before+1 && b.calm()
	})
}

func TestActionPlanInTheWindow(t *testing.T) {
	b := openBench(t)
	s := openPlanning(t, b, actionPlanning)
	enter(t, b, s, 2, plan.KindArea, "number", "1", "title", "Tillgång")
	enter(t, b, s, 1, plan.KindGoal, "area", "1", "number", "1.1", "text", "Nära till mat", "measure", "share", "service", "dagligvaror", "within", "10", "op", "at_least", "aim", "90")
	shop := b.state.snapshot.Facilities[0]
	enter(t, b, s, 0, plan.KindAction, "area", "1", "title", "Kartlägg", "goals", "1.1", "parties", "Kommunen | x\nRegionen | | medel",
		"financing", "Ordinarie medel | 1000", "sites", shop.ID)
	row := s.panel.Table(0).Shown().Rows[0]
	if row.Cells[0].Text != "1 A" || row.Cells[3].Text != "Kommunen (huvudansvarig); Regionen, medel" {
		t.Errorf("the list says %+v", row)
	}
	b.until("the figure has been compared", func() bool {
		rows := s.panel.Table(3).Shown().Rows
		return len(rows) == 1 && strings.Contains(rows[0].Cells[0].Text, "är nått") && b.calm()
	})
	s.panel.Table(3).Select(s.panel.Table(3).Shown().Rows[0].ID)
	s.panel.Table(3).OnSelect("")
	if text := s.panel.Detail(3); !strings.Contains(text, "är nått") || !strings.Contains(text, "Nära till mat") {
		t.Errorf("beside the check stands %q", text)
	}
	s.panel.Table(0).Select(row.ID)
	s.panel.Table(0).OnSelect(row.ID)
	if text := s.panel.Detail(0); !strings.Contains(text, "Regionen, medel") || !strings.Contains(text, shop.Name) {
		t.Errorf("beside the list stands %q", text)
	}
	if b.selected.facility != shop.ID {
		t.Errorf("the window has chosen %+v", b.selected)
	}
	action := s.data.book.Find(plan.Of[*plan.Action](s.data.book)[0].ID)
	f := b.askEntry(s, action)
	f.Say("to", "i morgon")
	f.Save()
	if f.Fault() == "" {
		t.Error("a date that is none is taken")
	}
	f.Say("to", "2020")
	f.Save()
	b.until("the late action is found", func() bool {
		return slices.ContainsFunc(s.panel.Table(3).Shown().Rows, func(r model.TableRow) bool { return strings.Contains(r.Cells[0].Text, "skulle vara klar") }) && b.calm()
	})
	b.undo()
	b.until("the date is taken back", func() bool {
		a, ok := s.data.book.Find(action.Number()).(*plan.Action)
		return ok && a.To == "" && b.calm()
	})
}

func TestLedgerRegisterAndBankInTheWindow(t *testing.T) {
	b := openBench(t)
	s := openPlanning(t, b, ledgerPlanning)
	shop := b.state.snapshot.Facilities[0]
	enter(t, b, s, 0, plan.KindGrant, "form", "servicebidrag", "year", "2025", "facility", shop.ID, "granted", "275 000", "date", "2025-05-01", "case", "KS 1")
	if rows := s.panel.Table(1).Shown().Rows; len(rows) != 2 || rows[1].Cells[2].Number != 1 || rows[1].Cells[3].Number != 275000 {
		t.Errorf("the follow-up says %+v", rows)
	}
	b.until("the ceiling is found", func() bool { return len(s.panel.Table(3).Shown().Rows) == 1 && b.calm() })
	r := openPlanning(t, b, factsPlanning)
	enter(t, b, r, 0, plan.KindFact, "type", "sot", "date", "2025", "name", "Valsjön")
	if rows := r.panel.Table(1).Shown().Rows; len(rows) != 1 || rows[0].Cells[3].Number != 1 {
		t.Errorf("the year says %+v", rows)
	}
	k := openPlanning(t, b, bankPlanning)
	b.until("the figures suggest something", func() bool { return len(k.panel.Table(3).Shown().Rows) > 0 && b.calm() })
	enter(t, b, k, 1, plan.KindPlacement, "solution", "servicepunkt", "facility", shop.ID, "status", "used")
	k.panel.Table(0).Select("servicepunkt")
	k.panel.Table(0).OnSelect("servicepunkt")
	if text := k.panel.Detail(0); !strings.Contains(text, shop.Name) || !strings.Contains(text, "Tillväxtverket") {
		t.Errorf("beside the bank stands %q", text)
	}
}
