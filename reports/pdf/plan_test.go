package pdf

import (
	"bytes"
	"strings"
	"testing"

	entries "nabar/model/plan"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

func TestActionPlanIsWholeAndAccessible(t *testing.T) {
	in := fixture.Plan("sv")
	in.Plan = fixture.Acted()
	long := in.Plan[3].(*entries.Action)
	long.Activities = append(long.Activities, strings.Repeat("En mycket lång aktivitet som fortsätter. ", 200))
	data := written(t, reports.Serviceplan(in))
	if !bytes.Equal(data, written(t, reports.Serviceplan(in))) {
		t.Error("two exports differ")
	}
	for _, fault := range checkPDF(data) {
		t.Error(fault)
	}
}
