package docx

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/reports/internal/fixture"
)

// TestRichDocument looks at the parts that hold footnotes, links, references, languages, sections and the watermark.
func TestRichDocument(t *testing.T) {
	parts := opened(t, written(t, fixture.Rich("sv")))
	checkPackage(t, parts)
	text := parts["word/document.xml"]
	if got := len(text.all("footnoteReference")); got != 3 {
		t.Errorf("%d signs of footnotes, want 3", got)
	}
	notes := parts["word/footnotes.xml"].all("footnote")
	if len(notes) != 5 || !strings.Contains(notes[2].words(), "Förordning 2000:284, se även tabell 1.") {
		t.Errorf("%d footnotes, the third %q", len(notes), notes[2].words())
	}
	var fields []string
	for _, f := range text.all("instrText") {
		if code := strings.Fields(f.text); len(code) > 0 && code[0] == "REF" {
			fields = append(fields, strings.Join(code[2:], " "))
		}
	}
	if want := []string{`\* Lower \h`, `\* Lower \h`, `\r \h`}; !slices.Equal(fields, want) {
		t.Errorf("references %q, want %q", fields, want)
	}
	marks := map[string]bool{}
	for _, m := range text.all("bookmarkStart") {
		marks[m.attrs["name"]] = true
	}
	for _, f := range text.all("instrText") {
		if code := strings.Fields(f.text); code[0] == "REF" && !marks[code[1]] {
			t.Errorf("a reference to %s, which is not there", code[1])
		}
	}
	var langs []string
	for _, l := range text.all("lang") {
		langs = append(langs, l.attrs["val"])
	}
	if !slices.Contains(langs, "sms") {
		t.Errorf("languages %v", langs)
	}
	var sizes []string
	for _, s := range text.all("pgSz") {
		sizes = append(sizes, s.attrs["w"]+"x"+s.attrs["h"])
	}
	if want := []string{"11906x16838", "23811x16838", "16838x23811", "11906x16838"}; !slices.Equal(sizes, want) {
		t.Errorf("sections %v, want %v", sizes, want)
	}
	for _, name := range []string{"word/header1.xml", "word/headerFirst.xml"} {
		if shapes := parts[name].all("shape"); len(shapes) != 1 || shapes[0].attrs["alt"] != "UTKAST" {
			t.Errorf("%s has no watermark", name)
		}
	}
}

// TestLibreOfficeReadsAll lets another program open a document with everything.
func TestLibreOfficeReadsAll(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	d := fixture.Rich("sv")
	dir := t.TempDir()
	file := filepath.Join(dir, "rich.docx")
	if err := os.WriteFile(file, written(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless",
		"--convert-to", "fodt", "--outdir", dir, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "rich.fodt"))
	if err != nil {
		t.Fatal(err)
	}
	flat := parse(t, "rich.fodt", data)
	levels := map[string]int{}
	for _, h := range flat.all("h") {
		levels[h.attrs["outline-level"]]++
	}
	for level, want := range map[string]int{"1": 4, "2": 1, "3": 1} {
		if levels[level] != want {
			t.Errorf("%d headings of level %s, want %d", levels[level], level, want)
		}
	}
	for name, want := range map[string]int{"note": 3, "table-header-rows": 3, "bookmark-ref": 4} {
		if got := len(flat.all(name)); got != want {
			t.Errorf("%d %s, want %d", got, name, want)
		}
	}
	var widths []string
	for _, p := range flat.all("page-layout-properties") {
		widths = append(widths, p.attrs["page-width"])
	}
	if !slices.ContainsFunc(widths, func(w string) bool { return strings.HasPrefix(w, "16.5") || strings.HasPrefix(w, "42") }) {
		t.Errorf("no page is A3 on its side: %v", widths)
	}
	whole := string(data)
	for _, want := range []string{fixture.Letters[:20], "https://example.se/a?b=1&amp;c=(2)", "WaterMark", "tabell 1", "avsnitt "} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is lost", want)
		}
	}
}

// TestAnyDocumentIsAPackage writes documents at random: every part is XML, every relation and style is there.
func TestAnyDocumentIsAPackage(t *testing.T) {
	for seed := range uint64(20) {
		checkPackage(t, opened(t, written(t, fixture.Any(seed))))
	}
}
