package status

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

func TestPointerAndScale(t *testing.T) {
	test.NewTempApp(t)
	for _, lang := range []string{"sv", "en"} {
		b := New(i18n.For(lang))
		b.Pointer(&orb.Point{697456.4, 6390122.6})
		// latitude and longitude as PROJ gives them: 57.610173, 18.305480
		degrees := "   Lat 57.61017   Long 18.30548"
		if lang == "sv" {
			degrees = strings.ReplaceAll(degrees, ".", ",")
		}
		if want := "N 6\u00a0390\u00a0123   E 697\u00a0456" + degrees; b.where.Content != want {
			t.Errorf("%s: shows %q, want %q", lang, b.where.Content, want)
		}
		b.Pointer(nil)
		if b.where.Content != "" {
			t.Errorf("%s: coordinates stay when the pointer has left: %q", lang, b.where.Content)
		}
	}
}

func TestScaleIsRounded(t *testing.T) {
	test.NewTempApp(t)
	b := New(i18n.For("sv"))
	for d, want := range map[float64]string{50123: "1:50\u00a0000", 1234567: "1:1\u00a0200\u00a0000", 950.4: "1:950", 0: "", 7: "1:7"} {
		if b.Scale(d); b.scale.Content != want {
			t.Errorf("%g is written %q, want %q", d, b.scale.Content, want)
		}
	}
}

func TestWorkAndRest(t *testing.T) {
	test.NewTempApp(t)
	b := New(i18n.For("sv"))
	if b.work.Visible() {
		t.Error("nothing goes on and can be cancelled")
	}
	cancelled := false
	b.Busy("Läser in", 0.4, func() { cancelled = true })
	if b.text.Text != "Läser in" || b.bar.Share() != 0.4 || !b.work.Visible() {
		t.Errorf("shows %q %g", b.text.Text, b.bar.Share())
	}
	if test.Tap(b.cancel); !cancelled {
		t.Error("the button does not cancel")
	}
	b.Busy("Letar", -1, nil)
	if b.bar.Share() >= 0 {
		t.Error("unknown progress is shown as known")
	}
	b.Idle("Klart")
	if b.work.Visible() || b.text.Text != "Klart" {
		t.Error("work is shown after its end")
	}
}
