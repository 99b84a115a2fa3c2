package pdf

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
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
		if out.Pages < 10 {
			t.Errorf("%s: only %d pages", lang, out.Pages)
		}
	}
}

// TestLettersOfOtherFaces: what Source Sans 3 lacks is printed from a face that has it, and can be read out of the file.
func TestLettersOfOtherFaces(t *testing.T) {
	const text = "čđŋšŧžǩǨʒǯ Ánáročielâ säämi (e\u0301) 😀🛒⛽📮 ★ ☎\ufe0f"
	d := small(reports.Paragraph{Runs: []reports.Run{{Text: text}, {Text: "ǩ😀", Bold: true}, {Text: "ǩ😀", Italic: true}}})
	d.Cover.Kommun = "Kommun 😀"
	file := filepath.Join(t.TempDir(), "letters.pdf")
	if err := os.WriteFile(file, written(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	got := string(run(t, "pdftotext", file, "-"))
	for _, want := range []string{"čđŋšŧžǩǨʒǯ", "Ánáročielâ säämi (é)", "😀🛒⛽📮 ★ ☎", "Kommun 😀"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the text:\n%s", want, got)
		}
	}
	fonts := string(run(t, "pdffonts", file))
	for line := range strings.Lines(fonts) {
		if strings.Contains(line, "TrueType") && !strings.Contains(line, "yes yes yes") {
			t.Errorf("a font is not embedded, subset and with a map to characters: %s", line)
		}
	}
}

// TestMissingLetterIsAnError: a letter that no face has is named with its place, and nothing is written.
func TestMissingLetterIsAnError(t *testing.T) {
	table := reports.Table{Caption: "x", Columns: []reports.Column{{Head: "a"}}, Rows: [][]string{{"中"}}}
	figure := reports.Figure{Caption: "x", Alt: "x", Width: 100, Height: 50, Paint: func(c render.Canvas, _, _ float64) {
		c.Text(render.Text{X: 1, Y: 20, Text: "中", Font: render.Font{Size: 10}, Colour: reports.Ink})
	}}
	for name, c := range map[string]struct {
		block reports.Block
		where string
	}{
		"text":    {reports.Paragraph{Runs: reports.Plain("Byn 中 och å")}, "Kapitel"},
		"table":   {table, "Tabell 1"},
		"picture": {figure, "Figur 1"},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			_, err := Render(&b, small(c.block))
			if !errors.Is(err, i18n.Errorf("out.glyph_missing")) || b.Len() > 0 {
				t.Fatalf("error %v, %d bytes", err, b.Len())
			}
			if said := i18n.For("sv").Error(err); !strings.Contains(said, "中 (U+4E2D)") || !strings.Contains(said, c.where) {
				t.Errorf("the error does not say what and where: %s", said)
			}
		})
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
			for _, fault := range checkPDF(f.data) {
				t.Error(fault)
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
	for _, fault := range checkPDF(b.Bytes()) {
		t.Error(fault)
	}
	if bytes.Contains(b.Bytes(), []byte("27e6")) { // ⟦, in front of a key without words
		t.Error("the alternative lacks its words")
	}
	if !bytes.Contains(b.Bytes(), []byte("/MediaBox[0 0 750 600]")) {
		t.Error("the page does not have the sheet's size")
	}
}

// TestOtherReaders lets programs that know PDF well read the plan and a document with everything.
func TestOtherReaders(t *testing.T) {
	file, rich := filepath.Join(t.TempDir(), "plan.pdf"), filepath.Join(t.TempDir(), "rich.pdf")
	for path, data := range map[string][]byte{file: plan(t, "sv"), rich: written(t, fixture.Rich("sv"))} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run("qpdf "+filepath.Base(path), func(t *testing.T) { run(t, "qpdf", "--check", path) })
	}
	t.Run("pdfinfo", func(t *testing.T) {
		out := run(t, "pdfinfo", file)
		for _, want := range []string{"Tagged:          yes", "Title:           Serviceplan 2026–2030, Åsmyra"} {
			if !bytes.Contains(out, []byte(want)) {
				t.Errorf("pdfinfo does not say %q", want)
			}
		}
	})
	t.Run("figures in the text", func(t *testing.T) { figuresInText(t, run(t, "pdftotext", "-layout", file, "-")) })
	t.Run("attachments", func(t *testing.T) {
		if out := string(run(t, "pdfdetach", "-list", rich)); !strings.Contains(out, "tabell-1.csv") || !strings.Contains(out, "vägar.txt") {
			t.Errorf("the attachments are %s", out)
		}
	})
	t.Run("reading order", func(t *testing.T) {
		out := strings.Join(strings.Fields(strings.ReplaceAll(string(run(t, "pdfinfo", "-struct-text", rich)), "\u00a0", " ")), " ")
		for _, want := range []string{"Ett kort förord.", "I norr", "På samiska:", "yttre ett", "inre ett", "inre två", "yttre två", "Rad 1", "Rad 70", "Åter på stående A4."} {
			_, behind, found := strings.Cut(out, want)
			if !found {
				t.Fatalf("%q does not come where it should", want)
			}
			out = behind
		}
	})
}

// TestEverythingPassesTheCheck holds a document with everything, in both languages, to the checker and to equal bytes.
func TestEverythingPassesTheCheck(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		data := written(t, fixture.Rich(lang))
		for _, fault := range checkPDF(data) {
			t.Error(fault)
		}
		if !bytes.Equal(data, written(t, fixture.Rich(lang))) {
			t.Error("two exports differ")
		}
	}
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
