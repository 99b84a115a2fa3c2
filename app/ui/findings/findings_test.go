package findings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/internal/i18n"
	"nabar/model"
)

// texts are all labels and figures of an object, in order.
func texts(o fyne.CanvasObject) []string {
	var out []string
	for _, part := range test.LaidOutObjects(o) {
		if l, ok := part.(*widget.Label); ok {
			out = append(out, l.Text)
		}
		if r, ok := part.(*widget.RichText); ok && !inLabel(r, out) {
			out = append(out, r.String())
		}
	}
	return out
}

// inLabel tells whether a text is the inside of the label that was just seen.
func inLabel(r *widget.RichText, seen []string) bool {
	return len(seen) > 0 && seen[len(seen)-1] == r.String()
}

func TestWorstComesFirst(t *testing.T) {
	test.NewTempApp(t)
	say := i18n.Plain
	r := model.NetworkReport{Findings: []model.Finding{
		{Severity: model.SeverityNote, What: say("bra att veta")},
		{Severity: model.SeverityError, What: say("allvarligt"), Where: say("vid Roma"), Remedy: say("rita vägen")},
		{Severity: model.SeverityWarning, What: say("märkligt")},
	}}
	got := strings.Join(texts(Content(i18n.For("sv"), r)), "|")
	if want := "allvarligt|vid Roma|rita vägen|märkligt|bra att veta"; got != want {
		t.Errorf("says %s, want %s", got, want)
	}
}

func TestCleanNetworkIsSaidToBe(t *testing.T) {
	test.NewTempApp(t)
	got := strings.Join(texts(Content(i18n.For("sv"), model.NetworkReport{})), "|")
	if !strings.Contains(got, "Inget att anmärka på") {
		t.Errorf("says %q", got)
	}
}
