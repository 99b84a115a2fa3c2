package reports_test

import (
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/support"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// captioned finds the table with a caption, nil where there is none.
func captioned(d *reports.Document, caption string) *reports.Table {
	for _, t := range d.Tables() {
		if t.Caption == caption {
			return &t
		}
	}
	return nil
}

func TestPlanShowsActionsWithTheLeadInBold(t *testing.T) {
	set := support.BuiltIn()[0]
	d := reports.Serviceplan(reports.Input{Kommun: model.Kommun{Name: "Berg"}, Printer: i18n.For("sv"), Plan: fixture.Acted(), Forms: &set})
	actions := captioned(d, "Insatser i område 1")
	if actions == nil {
		t.Fatal("no table of actions")
	}
	want := []string{"A. Kartlägg orterna", "Alla orter klara", "1.1,\n1.2", "Möten\nEnkät", "Regionen, bredband\nLänsstyrelsen\nKommunerna"}
	if len(actions.Rows) != 1 || !slices.Equal(actions.Rows[0], want) {
		t.Errorf("rows %q, want %q", actions.Rows, want)
	}
	runs := actions.Runs(0, 4)
	if len(runs) != 3 || !runs[0].Bold || !runs[1].Bold || runs[2].Bold {
		t.Errorf("the parties are %v", runs)
	}
	money := captioned(d, "Finansiering i område 1")
	if want := []string{"A", "Ordinarie medel / Regionalt projekt Tillväxtverket", "150\u00a0000", "0", "2026–2027\nPågår"}; !slices.Equal(money.Rows[0], want) {
		t.Errorf("financing %q, want %q", money.Rows[0], want)
	}
	follow := captioned(d, "Beviljade stöd per år och stödform")
	wantRows := [][]string{
		{"Hemsändningsbidrag", "2025", "1", "1\u00a0407\u00a0970", "5"}, {"Servicebidrag", "2025", "2", "275\u00a0000", "–"}, {"Summa", "2025", "3", "1\u00a0682\u00a0970", "5"},
	}
	for i, want := range wantRows {
		if !slices.Equal(follow.Rows[i], want) {
			t.Errorf("row %d is %q, want %q", i, follow.Rows[i], want)
		}
	}
	facts := captioned(d, "Registrets uppgifter 2025")
	if want := []string{"Post minst tre gånger i veckan", "–", "0", "0", "1", "Fjällbyn: Ingen farbar väg"}; !slices.Equal(facts.Rows[0], want) {
		t.Errorf("facts %q, want %q", facts.Rows[0], want)
	}
	for _, h := range reports.Serviceplan(reports.Input{Kommun: model.Kommun{Name: "Berg"}, Printer: i18n.For("sv")}).Headings() {
		if h.Text == "Handlingsplan" || h.Text == "Stöd och uppföljning" {
			t.Errorf("a plan without entries has a chapter %q", h.Text)
		}
	}
}
