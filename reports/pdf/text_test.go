package pdf

import (
	"math/rand/v2"
	"strings"
	"testing"

	"nabar/mapview/render"
	"nabar/reports"
)

func testFonts(t testing.TB) *fonts {
	t.Helper()
	return loadFonts()
}

// lineText joins the text of a line.
func lineText(l line) string {
	var b strings.Builder
	for _, s := range l.spans {
		b.WriteString(s.text)
	}
	return b.String()
}

func TestWrap(t *testing.T) {
	fs := testFonts(t)
	for name, c := range map[string]struct {
		text  string
		width float64
		want  []string
	}{
		"one line":          {"kort text", 400, []string{"kort text"}},
		"empty":             {"", 400, []string{""}},
		"at the space":      {"kort text", 30, []string{"kort ", "text"}},
		"not at NBSP":       {"om 41\u00a0773 m", 40, []string{"om ", "41\u00a0773 m"}},
		"after a hyphen":    {"post-ombud", 35, []string{"post-", "ombud"}},
		"not in a range":    {"2026-2030 år", 50, []string{"2026-2030 ", "år"}},
		"in a file name":    {"vag_natet.gpkg", 40, []string{"vag_", "natet.gp", "kg"}},
		"too long a word":   {"iiiiiiiiii", 12, []string{"iiii", "iiii", "ii"}},
		"line feed":         {"a\nb", 400, []string{"a", "b"}},
		"empty line inside": {"a\n\nb", 400, []string{"a", "", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, l := range fs.wrap([]span{{text: c.text, ink: bodyInk}}, c.width) {
				got = append(got, lineText(l))
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestWrapKeepsTextAndWidth: whatever the text, nothing is lost, no line is wider than asked and none ends at an NBSP.
func TestWrapKeepsTextAndWidth(t *testing.T) {
	fs := testFonts(t)
	rng := rand.New(rand.NewPCG(1, 2))
	letters := []rune("abcåäö  -/_\u00a01")
	for range 300 {
		var b strings.Builder
		for range 1 + rng.IntN(80) {
			b.WriteRune(letters[rng.IntN(len(letters))])
		}
		text := strings.Trim(b.String(), " ")
		width := 20 + rng.Float64()*200
		var joined strings.Builder
		lines := fs.wrap([]span{{text: text, ink: bodyInk}}, width)
		for i, l := range lines {
			set := lineText(l)
			joined.WriteString(set)
			if l.width > width+0.5 {
				t.Fatalf("%q is %.1f wide, more than %.1f", set, l.width, width)
			}
			whole := width > 150 // words are shorter than that, so that none is cut
			if whole && i+1 < len(lines) && strings.HasSuffix(set, "\u00a0") {
				t.Fatalf("%q ends at a no-break space", set)
			}
		}
		if joined.String() != text {
			t.Fatalf("%q became %q", text, joined.String())
		}
	}
}

func TestKerningNarrowsAndIsWritten(t *testing.T) {
	fs := testFonts(t)
	f := render.Font{Face: render.Regular, Size: 1000}
	if kerned, apart := fs.width(f, "To"), fs.width(f, "T")+fs.width(f, "o"); kerned >= apart {
		t.Errorf("To is %g wide, its letters %g", kerned, apart)
	}
	if got := fs.show(f, "ab"); got != "/F0 1000 Tf [<00010002>] TJ" {
		t.Errorf("ab is written %s", got)
	}
	if got := fs.show(f, "To"); !strings.HasPrefix(got, "/F0 1000 Tf [<0003>") || strings.Count(got, "<") != 2 {
		t.Errorf("To is written %s, want a kern between", got)
	}
	// The screen's measure and print's are the same.
	if got, want := fs.width(f, "Västra Åsmyra 41 773"), f.Width("Västra Åsmyra 41 773"); got < want-10 || got > want+10 {
		t.Errorf("print measures %g, the map %g", got, want)
	}
}

func TestCut(t *testing.T) {
	fs := testFonts(t)
	for _, width := range []float64{0, 20, 60, 100, 1000} {
		got := fs.cut("Serviceplan för en kommun med långt namn", furniture, width)
		if w := fs.width(furniture.Font, got); w > width && got != "…" {
			t.Errorf("%q is %.1f wide, more than %.1f", got, w, width)
		}
	}
	if got := fs.cut("kort", furniture, 1000); got != "kort" {
		t.Errorf("what fits became %q", got)
	}
}

func TestLargeKeyFiguresAreSetSmaller(t *testing.T) {
	l := &layout{fonts: testFonts(t)}
	for _, value := range []string{"9", "12\u00a0h\u00a005\u00a0min"} {
		in := l.valueInk(reports.KeyFigures{Items: []reports.KeyFigure{{Value: value}}}, 86)
		if w := l.fonts.width(in.Font, value); w > 86 {
			t.Errorf("%q is %.1f wide at %.1f", value, w, in.Size)
		}
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0", -0.001: "0", 1.5: "1.5", 2: "2", -3.456: "-3.46", 100: "100"} {
		if got := number(v); got != want {
			t.Errorf("%g is %s, want %s", v, got, want)
		}
	}
}
