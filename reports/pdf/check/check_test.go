package check

import (
	"bytes"
	"image"
	"image/draw"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/reports"
	"nabar/reports/pdf"
)

// good is a file with something of everything: headings of three levels, figures, tables that run over pages, lists,
// links, footnotes, words in another language, attachments, a watermark, pages of two formats.
func good(t testing.TB) []byte {
	t.Helper()
	d := &reports.Document{
		Printer: i18n.For("sv"), Title: "Prov", Author: "Åsmyra", Subject: "Ett prov", Creator: "Nåbar", Date: "2026-06-15", Watermark: "UTKAST",
		Cover:       reports.Cover{Title: "Prov", Kommun: "Åsmyra"},
		Attachments: []reports.Attachment{{Name: "a.csv", Type: "text/csv", Description: "Tabell 1", Data: []byte("a;b\n")}},
	}
	d.Add(reports.Contents{Title: "Innehåll"})
	d.Chapter("Ett")
	d.Section("Ett ett")
	d.Numbered(reports.Heading{Level: 3, Text: "Ett ett ett", Key: "del"})
	d.Add(reports.Paragraph{Runs: []reports.Run{
		{Text: "Se "},
		{Ref: "tabell"},
		{Text: " på "},
		{Text: "säämi", Lang: "smn"},
		{Text: " och "},
		{Text: "webben", Link: "https://example.se/"},
		{Text: ".", Note: reports.Plain("En not.")},
	}})
	d.Add(reports.List{Items: [][]reports.Run{reports.Plain("ett"), reports.Plain("två")}})
	table := reports.Table{Caption: "Rader", Key: "tabell", Columns: []reports.Column{{Head: "Namn"}, {Head: "Tal", Align: reports.Right}}}
	for range 60 {
		table.Rows = append(table.Rows, []string{"rad", "1"})
	}
	d.Add(table, reports.Page{Size: reports.A3, Landscape: true})
	d.Add(reports.Figure{Caption: "Bild", Alt: "En cirkel.", Width: 100, Height: 100, Paint: func(c render.Canvas, w, _ float64) {
		var p render.Path
		p.Circle(w/2, 50, 30)
		c.Path(&p, render.Paint{Fill: reports.Petrol})
		if i, ok := c.(render.Imager); ok {
			i.Image(photo(), 0, 0, 20, 20)
		}
	}})
	var b bytes.Buffer
	if err := pdf.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photo is a picture large enough to be kept as a photograph.
func photo() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 600, 400))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	return img
}

func TestGoodFileHasNoFaults(t *testing.T) {
	data := good(t)
	for _, f := range File(data) {
		t.Error(f)
	}
	r, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range File(written(r)) {
		t.Errorf("written anew: %s", f)
	}
}

// first gives the first object, in the order of numbers, that a condition holds for.
func (r *reader) first(t *testing.T, holds func(d dict) bool) dict {
	t.Helper()
	for _, n := range slices.Sorted(maps.Keys(r.objects)) {
		if d := r.dict(n); d != nil && holds(d) {
			return d
		}
	}
	t.Fatal("no object to plant the fault in")
	return nil
}

func is(key name, value name) func(d dict) bool {
	return func(d dict) bool { return d[key] == value }
}

func has(key name) func(d dict) bool { return func(d dict) bool { return d[key] != nil } }

// mutation plants a fault; the first word of its name is the rule that must find it.
type mutation struct {
	what  string
	plant func(t *testing.T, r *reader)
}

func set(find func(d dict) bool, key name, value any) func(t *testing.T, r *reader) {
	return func(t *testing.T, r *reader) {
		d := r.first(t, find)
		if value == nil {
			delete(d, key)
			return
		}
		d[key] = value
	}
}

// inContent replaces in the content of the second page.
func inContent(old, now string) func(t *testing.T, r *reader) {
	return func(t *testing.T, r *reader) {
		pages := r.array(r.dict(r.dict(r.trailer["Root"])["Pages"])["Kids"])
		for _, p := range pages[1:] {
			s := r.get(r.dict(p)["Contents"]).(*stream)
			data, err := s.bytes()
			if err != nil {
				t.Fatal(err)
			}
			if changed := bytes.Replace(data, []byte(old), []byte(now), 1); !bytes.Equal(changed, data) {
				s.setBytes(changed)
				return
			}
		}
		t.Fatalf("%q is in no content", old)
	}
}

// inMetadata replaces in the metadata packet.
func inMetadata(old, now string) func(t *testing.T, r *reader) {
	return func(t *testing.T, r *reader) {
		s := r.get(r.dict(r.trailer["Root"])["Metadata"]).(*stream)
		changed := bytes.Replace(s.raw, []byte(old), []byte(now), 1)
		if bytes.Equal(changed, s.raw) {
			t.Fatalf("%q is not in the metadata", old)
		}
		s.raw = changed
	}
}

func root(key name, value any) func(t *testing.T, r *reader) {
	return set(is("Type", "Catalog"), key, value)
}

// deeper changes a dictionary inside an object.
func deeper(find func(d dict) bool, inner, key name, value any) func(t *testing.T, r *reader) {
	return func(t *testing.T, r *reader) {
		d := r.dict(r.first(t, find)[inner])
		if d == nil {
			t.Fatalf("no /%s", inner)
		}
		d[key] = value
	}
}

var mutations = []mutation{
	{"action: a program at opening", root("OpenAction", dict{"S": name("JavaScript"), "JS": text("app.alert(1)")})},
	{"action: a program in a link", set(is("Subtype", "Link"), "A", dict{"S": name("JavaScript"), "JS": text("x")})},
	{"action: another file", set(is("Subtype", "Link"), "A", dict{"S": name("Launch"), "F": text("x.exe")})},
	{"action: forms", root("AcroForm", dict{})},
	{"action: bytes outside", set(has("Params"), "F", text("x"))},
	{"annotation: without words", set(is("Subtype", "Link"), "Contents", nil)},
	{"annotation: hidden", set(is("Subtype", "Link"), "F", float64(2))},
	{"annotation: out of the structure", set(is("Subtype", "Link"), "StructParent", float64(9999))},
	{"annotation: a comment", set(is("Subtype", "Link"), "Subtype", name("Text"))},
	{"artifact: unknown kind", inContent("/Type /Layout", "/Type /Lajout")},
	{"attachment: without relation", set(has("AFRelationship"), "AFRelationship", nil)},
	{"attachment: without description", set(has("AFRelationship"), "Desc", nil)},
	{"attachment: not associated", root("AF", nil)},
	{"attachment: without type", set(has("Params"), "Subtype", nil)},
	{"attachment: not in PDF/A-2", inMetadata("<pdfaid:part>3<", "<pdfaid:part>2<")},
	{"attachment: wrong size", deeper(has("Params"), "Params", "Size", float64(1))},
	{"content: unknown operator", inContent("BT ", "1 0 0 0 k BT ")},
	{"content: state not restored", inContent(" Q\n", " \n")},
	{"file: no stream where one is told", func(t *testing.T, r *reader) {
		s := r.get(r.dict(r.trailer["Root"])["Metadata"]).(*stream)
		s.dict["Filter"] = name("LZWDecode")
	}},
	{"figure-alt: none", set(is("S", "Figure"), "Alt", nil)},
	{"figure-alt: blank", set(is("S", "Figure"), "Alt", text("  "))},
	{"figure-alt: no bounds", deeper(is("S", "Figure"), "A", "BBox", nil)},
	{"font: not embedded", set(has("FontFile2"), "FontFile2", nil)},
	{"font: no map to letters", set(is("Subtype", "Type0"), "ToUnicode", nil)},
	{"font: a standard font", set(is("Subtype", "Type0"), "Subtype", name("Type1"))},
	{"font: no subset", set(is("Subtype", "Type0"), "BaseFont", name("SourceSans3-Regular"))},
	{"font: other widths", set(is("Subtype", "CIDFontType2"), "W", array{float64(1), array{float64(5)}})},
	{"glyph: none", inContent("] TJ", "<fff0>] TJ")},
	{"glyph: .notdef", inContent("] TJ", "<0000>] TJ")},
	{"glyph: letter not told", func(t *testing.T, r *reader) {
		s := r.get(r.first(t, is("Subtype", "Type0"))["ToUnicode"]).(*stream)
		data, err := s.bytes()
		if err != nil {
			t.Fatal(err)
		}
		s.setBytes(bytes.ReplaceAll(data, []byte("\n<0001>"), []byte("\n<FF01>")))
	}},
	{"heading-order: a level is skipped", set(is("S", "H2"), "S", name("H4"))},
	{"ids: a note without", set(is("S", "Note"), "ID", nil)},
	{"ids: twice", set(func(d dict) bool { return d["ID"] == text("t1-r3") }, "ID", text("t1-r4"))},
	{"language: none", root("Lang", nil)},
	{"language: not a tag", root("Lang", text("svenska språket"))},
	{"language: of a word", set(is("S", "Span"), "Lang", text("x y"))},
	{"link: no annotation", func(t *testing.T, r *reader) {
		d := r.first(t, is("S", "Link"))
		d["K"] = array{r.array(d["K"])[0]}
	}},
	{"link: leads nowhere", set(func(d dict) bool { return d["Subtype"] == name("Link") && d["Dest"] != nil }, "Dest", array{})},
	{"link: to a file", deeper(func(d dict) bool { return d["Subtype"] == name("Link") && d["A"] != nil }, "A", "URI", text("file:///etc"))},
	{"marking: outside marks", inContent("EMC\n", "EMC\n0 0 1 1 re f\n")},
	{"marking: nested", inContent("BDC\n", "BDC\n/Artifact BMC EMC\n")},
	{"marking: not closed", inContent("EMC\n", "\n")},
	{"marking: another type", inContent("/P <</MCID", "/H1 <</MCID")},
	{"marking: a number twice", inContent("<</MCID 1>>", "<</MCID 0>>")},
	{"metadata: not PDF/UA", inMetadata("<pdfuaid:part>1<", "<pdfuaid:part>2<")},
	{"metadata: not level A", inMetadata("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")},
	{"metadata: other title", inMetadata(">Prov<", ">Annat<")},
	{"metadata: other date", inMetadata("2026-06-15T", "2026-06-16T")},
	{"metadata: no XML", inMetadata("</dc:title>", "")},
	{"metadata: no description of pdfuaid", inMetadata("pdfaSchema:namespaceURI>http://www.aiim.org/pdfua", "pdfaSchema:namespaceURI>http://www.aiim.org/x")},
	{"outline: none", root("Outlines", nil)},
	{"outline: no title", set(has("Title"), "Title", nil)},
	{"outline: leads nowhere", set(func(d dict) bool { return d["Title"] != nil && d["Dest"] != nil }, "Dest", array{})},
	{"output-intent: none", root("OutputIntents", nil)},
	{"output-intent: no profile", set(has("DestOutputProfile"), "DestOutputProfile", nil)},
	{"page: tab order", set(is("Type", "Page"), "Tabs", name("R"))},
	{"page: opacity without group", set(is("Type", "Page"), "Group", nil)},
	{"page: counted wrong", set(is("Type", "Pages"), "Count", float64(1))},
	{"parent-tree: no key", set(is("Type", "Page"), "StructParents", nil)},
	{"parent-tree: another owner", func(t *testing.T, r *reader) {
		nums := r.array(r.first(t, has("Nums"))["Nums"])
		owners := r.array(nums[3])
		owners[0], owners[len(owners)-1] = owners[len(owners)-1], owners[0]
	}},
	{"resource: no font", inContent("/F0 ", "/F9 ")},
	{"structure: no tree", root("StructTreeRoot", nil)},
	{"structure: not marked", root("MarkInfo", dict{"Marked": false})},
	{"structure: unknown type", set(is("S", "Sect"), "S", name("Kapitel"))},
	{"structure: a row outside tables", set(is("S", "Table"), "S", name("Div"))},
	{"structure: another parent", set(is("S", "H2"), "P", ref(1))},
	{"table: no scope", deeper(is("S", "TH"), "A", "Scope", nil)},
	{"table: no headers", deeper(is("S", "TD"), "A", "Headers", nil)},
	{"table: unknown header", deeper(is("S", "TD"), "A", "Headers", array{text("x")})},
	{"table: a row with a cell less", func(t *testing.T, r *reader) {
		row := r.first(t, is("S", "TR"))
		row["K"] = r.array(row["K"])[:1]
	}},
	{"table: no header row", set(is("S", "THead"), "S", name("TBody"))},
	{"title: not shown", root("ViewerPreferences", nil)},
	{"title: none", inMetadata("<rdf:li xml:lang=\"x-default\">Prov</rdf:li>", "<rdf:li xml:lang=\"x-default\"> </rdf:li>")},
	{"trailer: encrypted", func(_ *testing.T, r *reader) { r.trailer["Encrypt"] = dict{} }},
	{"trailer: no identity", func(_ *testing.T, r *reader) { delete(r.trailer, "ID") }},
}

// TestPlantedFaultsAreFound plants one fault at a time in a good file; the rule that it breaks must find it.
func TestPlantedFaultsAreFound(t *testing.T) {
	data := good(t)
	tried := map[string]bool{}
	for _, m := range mutations {
		rule, _, _ := strings.Cut(m.what, ":")
		tried[rule] = true
		t.Run(m.what, func(t *testing.T) {
			r, err := read(data)
			if err != nil {
				t.Fatal(err)
			}
			m.plant(t, r)
			faults := File(written(r))
			if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == rule }) {
				t.Errorf("not found; the faults are %v", faults)
			}
		})
	}
	for _, rule := range Rules() {
		if !tried[rule] {
			t.Errorf("no fault is planted for the rule %s", rule)
		}
	}
}

// TestDamagedFiles cuts a file short and changes its bytes: the answer is a fault, not a panic.
func TestDamagedFiles(t *testing.T) {
	data := good(t)
	for n := 0; n < len(data)-2; n += 997 {
		if len(File(data[:n])) == 0 {
			t.Fatalf("the first %d bytes passed", n)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		bad := slices.Clone(data)
		for range 1 + rng.IntN(4) {
			bad[rng.IntN(len(bad))] ^= byte(1 << rng.IntN(8))
		}
		File(bad)
	}
	if len(File(append(slices.Clone(data), "%%EOF\n"...))) == 0 {
		t.Error("a file with something behind its end passed")
	}
}

// TestRulesAreKnown holds every fault to one of the rules.
func TestRulesAreKnown(t *testing.T) {
	if !slices.IsSorted(Rules()) {
		t.Error("the rules are not in order")
	}
	for _, f := range File([]byte("%PDF-1.7\n")) {
		if !slices.Contains(Rules(), f.Rule) {
			t.Errorf("the rule %q is not listed", f.Rule)
		}
	}
}

// TestOtherCheckerAgrees lets qpdf read what this package calls good.
func TestOtherCheckerAgrees(t *testing.T) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		t.Skip("qpdf is not installed")
	}
	file := filepath.Join(t.TempDir(), "good.pdf")
	if err := os.WriteFile(file, good(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// FuzzFile: whatever the bytes, there is an answer.
func FuzzFile(f *testing.F) {
	data := good(f)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte("%PDF-1.7\n1 0 obj\n[[[[[[\nendobj\nstartxref\n9\n%%EOF\n"))
	f.Fuzz(func(_ *testing.T, data []byte) { File(data) })
}

func BenchmarkFile(b *testing.B) {
	data := good(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		File(data)
	}
}
