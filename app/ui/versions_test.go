package ui

import (
	"strings"
	"testing"

	"nabar/app/ui/versions"
	"nabar/model/plan"
	"nabar/model/version"
)

func TestVersionsAreKeptAndComparedInTheWindow(t *testing.T) {
	b := openBench(t)
	var form *versions.Form
	b.askVersion(func(f *versions.Form) { form = f })
	b.until("the form is there", func() bool { return form != nil && b.calm() })
	form.Choose(version.Adopted)
	form.Say("Plan 2026", "Kommunfullmäktige", "12 juni", "§ 45", "KS 2026/41", false)
	form.Save()
	if !strings.Contains(form.Fault(), "12 juni") {
		t.Errorf("a date that is none gives %q", form.Fault())
	}
	form.Say("Plan 2026", "Kommunfullmäktige", "2026-06-12", "§ 45", "KS 2026/41", false)
	form.Save()
	if !strings.Contains(form.Fault(), "Spara ändå") {
		t.Errorf("a plan with faults is decided: %q", form.Fault())
	}
	form.Say("Plan 2026", "Kommunfullmäktige", "2026-06-12", "§ 45", "KS 2026/41", true)
	form.Save()
	kept := func() []version.Version {
		all, err := b.session.Versions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	b.until("the version is kept", func() bool { return len(kept()) == 1 && b.calm() })
	if err := b.session.AddEntry(t.Context(), &plan.Area{Code: "1", Title: "Tillgång"}); err != nil {
		t.Fatal(err)
	}
	var sheet *versionSheet
	b.openVersions(func(s *versionSheet) { sheet = s })
	b.until("the list is there", func() bool { return sheet != nil && b.calm() })
	if !sheet.print.Disabled() || !sheet.compare.Disabled() {
		t.Error("without a choice something can be done")
	}
	rows := sheet.table.Shown().Rows
	if len(rows) != 1 || rows[0].Cells[0].Text != "Plan 2026" || !strings.Contains(rows[0].Cells[4].Text, "§ 45") {
		t.Fatalf("the list shows %+v", rows)
	}
	sheet.table.Select(rows[0].ID)
	sheet.table.OnSelect(rows[0].ID)
	if sheet.print.Disabled() || sheet.compare.Disabled() || sheet.remove.Disabled() {
		t.Error("the chosen version can't be printed, compared or removed")
	}
	sheet.showComparison()
	b.until("the comparison is made", func() bool { return !sheet.sheet.Visible() && b.calm() })
}
