package pdf

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// plan writes the fixture's serviceplan.
func plan(t testing.TB, lang string) []byte {
	t.Helper()
	return written(t, reports.Serviceplan(fixture.Plan(lang)))
}

func written(t testing.TB, d *reports.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// small makes a document of the given blocks in one chapter.
func small(blocks ...reports.Block) *reports.Document {
	d := &reports.Document{Printer: i18n.For("sv"), Title: "Prov", Cover: reports.Cover{Title: "Prov"}}
	d.Chapter("Kapitel")
	d.Add(blocks...)
	return d
}

func TestTwoExportsAreTheSameBytes(t *testing.T) {
	if !bytes.Equal(plan(t, "sv"), plan(t, "sv")) {
		t.Error("two exports of the same plan differ")
	}
}

func TestEightExportsAtOnce(t *testing.T) {
	want := plan(t, "sv")
	doc := reports.Serviceplan(fixture.Plan("sv"))
	got := make(chan []byte)
	for range 8 {
		go func() {
			var b bytes.Buffer
			if err := Write(&b, doc); err != nil {
				t.Error(err)
			}
			got <- b.Bytes()
		}()
	}
	for range 8 {
		if !bytes.Equal(<-got, want) {
			t.Error("an export beside others differs from one alone")
		}
	}
}

func TestPlanHasNoMissingGlyph(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		out, err := Render(&bytes.Buffer{}, reports.Serviceplan(fixture.Plan(lang)))
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Warnings) != 0 {
			t.Errorf("%s: %s", lang, i18n.For(lang).Text(out.Warnings[0]))
		}
		if out.Pages < 10 {
			t.Errorf("%s: only %d pages", lang, out.Pages)
		}
	}
}

func TestUnknownCharactersAreReplacedAndReported(t *testing.T) {
	d := small(reports.Paragraph{Runs: reports.Plain("Byn 𐍈, 中 och \x00\xff å (e\u0301)")})
	d.Cover.Kommun = "Kommun 😀"
	var b bytes.Buffer
	out, err := Render(&b, d)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Warnings) != 1 || out.Warnings[0].Args[0] != 3 {
		t.Errorf("warnings %v, want one of three characters", out.Warnings)
	}
	if faults := check(b.Bytes(), "sv-SE"); len(faults) > 0 {
		t.Error(faults)
	}
}

func TestFilesAreTagged(t *testing.T) {
	var long reports.Table
	long.Caption = "En lång tabell"
	long.Columns = []reports.Column{{Head: "Namn"}, {Head: "Tal", Align: reports.Right}}
	for range 200 {
		long.Rows = append(long.Rows, []string{"rad", "1\u00a0234"})
	}
	files := map[string]struct {
		data []byte
		lang string
	}{
		"plan":     {plan(t, "sv"), "sv-SE"},
		"english":  {plan(t, "en"), "en-GB"},
		"table":    {written(t, small(long)), "sv-SE"},
		"empty":    {written(t, reports.Serviceplan(reports.Input{})), "sv-SE"},
		"no block": {written(t, &reports.Document{Printer: i18n.For("sv"), Title: "Tomt"}), "sv-SE"},
	}
	for name, f := range files {
		t.Run(name, func(t *testing.T) {
			for _, fault := range check(f.data, f.lang) {
				t.Error(fault)
			}
		})
	}
}

// TestCheckFindsFaults holds the checker itself to account: a file damaged in one way must not pass.
func TestCheckFindsFaults(t *testing.T) {
	good := plan(t, "sv")
	for name, damage := range map[string][2]string{
		"language":    {"/Lang(sv-SE)", "/Lang(xx-XX)"},
		"mark info":   {"/Marked true", "/Marked null"},
		"alternative": {"/Alt<feff", "/Bad<feff"},
		"scope":       {"/Scope /Column", "/Skope /Column"},
		"headers":     {"/Headers [(t1-c1)", "/Headers [(t1-x1)"},
		"tabs":        {"/Tabs/S", "/Tabs/R"},
		"identifier":  {"<pdfuaid:part>1<", "<pdfuaid:part>2<"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := bytes.Replace(good, []byte(damage[0]), []byte(damage[1]), 1)
			if bytes.Equal(bad, good) {
				t.Fatalf("%s does not occur", damage[0])
			}
			if len(check(bad, "sv-SE")) == 0 {
				t.Error("passed")
			}
		})
	}
}

func TestSheet(t *testing.T) {
	in := fixture.Plan("sv")
	scene := in.Scene(&in.Results[0])
	s := Sheet{Scene: scene, View: render.Fit(scene.Bounds(), 1000, 800, 40), Printer: in.Printer}
	var b bytes.Buffer
	if err := WriteSheet(&b, s); err != nil {
		t.Fatal(err)
	}
	for _, fault := range check(b.Bytes(), "sv-SE") {
		t.Error(fault)
	}
	if bytes.Contains(b.Bytes(), []byte("27e6")) { // ⟦, in front of a key without words
		t.Error("the alternative lacks its words")
	}
	if !bytes.Contains(b.Bytes(), []byte("/MediaBox[0 0 750 600]")) {
		t.Error("the page does not have the sheet's size")
	}
}

// TestOtherReaders lets programs that know PDF well read the plan.
func TestOtherReaders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plan.pdf")
	if err := os.WriteFile(file, plan(t, "sv"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("qpdf", func(t *testing.T) { run(t, "qpdf", "--check", file) })
	t.Run("pdfinfo", func(t *testing.T) {
		out := run(t, "pdfinfo", file)
		for _, want := range []string{"Tagged:          yes", "Title:           Serviceplan 2026–2030, Åsmyra"} {
			if !bytes.Contains(out, []byte(want)) {
				t.Errorf("pdfinfo does not say %q", want)
			}
		}
	})
	t.Run("figures in the text", func(t *testing.T) { figuresInText(t, run(t, "pdftotext", "-layout", file, "-")) })
}

func BenchmarkPlan(b *testing.B) {
	doc := reports.Serviceplan(fixture.Plan("sv"))
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, doc); err != nil {
			b.Fatal(err)
		}
	}
}
