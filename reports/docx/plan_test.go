package docx

import (
	"testing"

	"nabar/reports"
	"nabar/reports/internal/fixture"
)

func TestLeadIsBold(t *testing.T) {
	in := fixture.Plan("sv")
	in.Plan = fixture.Acted()
	d := reports.Serviceplan(in)
	parts := opened(t, written(t, d))
	checkPackage(t, parts)
	text := parts["word/document.xml"]
	checkTables(t, d, text)
	found := 0
	for _, r := range text.all("r") {
		bold := len(r.all("b")) > 0
		switch words := r.words(); words {
		case "Regionen, bredband\n", "Länsstyrelsen\n":
			found++
			if !bold {
				t.Errorf("%q is not bold", words)
			}
		case "Kommunerna":
			found++
			if bold {
				t.Errorf("%q is bold", words)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d parties found", found)
	}
}
