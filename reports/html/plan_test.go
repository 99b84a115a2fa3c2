package html

import (
	"strings"
	"testing"

	"nabar/reports"
	"nabar/reports/internal/fixture"
)

func TestLeadIsBold(t *testing.T) {
	in := fixture.Plan("sv")
	in.Plan = fixture.Acted()
	file := written(t, reports.Serviceplan(in))
	if !strings.Contains(file, "<strong>Regionen, bredband") || strings.Contains(file, "<strong>Kommunerna") {
		t.Error("the lead does not stand in bold alone")
	}
	level := 0
	for _, e := range parse(t, file) {
		inspect(t, e, &level)
	}
}
