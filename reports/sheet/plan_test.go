package sheet

import (
	"bytes"
	"testing"

	"nabar/reports"
	"nabar/reports/internal/fixture"
)

func TestLeadIsBold(t *testing.T) {
	in := fixture.Plan("sv")
	in.Plan = fixture.Acted()
	data := written(t, reports.Serviceplan(in))
	if !bytes.Equal(data, written(t, reports.Serviceplan(in))) {
		t.Error("two exports differ")
	}
	f := opened(t, data)
	for _, sheet := range f.GetSheetList() {
		rows := raw(t, f, sheet)
		if len(rows) < 2 || len(rows[1]) < 5 || rows[1][0] != "A. Kartlägg orterna" {
			continue
		}
		if rows[1][4] != "Regionen, bredband\nLänsstyrelsen\nKommunerna" {
			t.Errorf("the cell says %q", rows[1][4])
		}
		runs, err := f.GetCellRichText(sheet, "E2")
		if err != nil || len(runs) != 3 || runs[0].Font == nil || !runs[0].Font.Bold || runs[2].Font != nil && runs[2].Font.Bold {
			t.Errorf("runs %+v, %v", runs, err)
		}
		return
	}
	t.Error("no sheet of actions")
}
