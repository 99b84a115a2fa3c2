package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// written gives the bytes of a document.
func written(t testing.TB, d *reports.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// node is an element of a part.
type node struct {
	name  string // without its name space
	attrs map[string]string
	text  string
	kids  []*node
}

// parse reads a part, which must be well-formed.
func parse(t testing.TB, name string, data []byte) *node {
	t.Helper()
	root := &node{}
	stack := []*node{root}
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v", name, err)
		}
		top := stack[len(stack)-1]
		switch v := token.(type) {
		case xml.StartElement:
			n := &node{name: v.Name.Local, attrs: map[string]string{}}
			for _, a := range v.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(v)
		}
	}
	return root
}

// all lists the elements of a name below n, in order.
func (n *node) all(name string) []*node {
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// words joins the text that a reader sees below n.
func (n *node) words() string {
	switch n.name {
	case "t":
		return n.text
	case "br":
		return "\n"
	case "tab":
		return "\t"
	case "pPr", "instrText":
		return ""
	}
	out := ""
	for _, k := range n.kids {
		out += k.words()
	}
	return out
}

// style gives the id of a paragraph's style.
func (n *node) style() string {
	for _, s := range n.all("pStyle") {
		return s.attrs["val"]
	}
	return ""
}

// opened unpacks a file and parses every part of it.
func opened(t testing.TB, data []byte) map[string]*node {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*node{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = nil
		if !strings.HasSuffix(f.Name, ".png") {
			out[f.Name] = parse(t, f.Name, content)
		} else if !bytes.HasPrefix(content, []byte("\x89PNG")) {
			t.Errorf("%s is no PNG", f.Name)
		}
	}
	return out
}

// TestPlan reads the fixture's plan back and holds it against the document, in both languages.
func TestPlan(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		t.Run(lang, func(t *testing.T) {
			d := reports.Serviceplan(fixture.Plan(lang))
			parts := opened(t, written(t, d))
			text := parts["word/document.xml"]
			checkPackage(t, parts)
			checkHeadings(t, d, text)
			checkTables(t, d, text)
			checkPictures(t, d, text)
			checkCaptions(t, d, text)
			if got := parts["word/styles.xml"].all("lang")[0].attrs["val"]; got != language(d) || !strings.HasPrefix(got, lang) {
				t.Errorf("language %q", got)
			}
			foot := parts["word/footer1.xml"]
			if got, want := foot.words(), d.Footer+"\t"+d.Printer.T("report.page", 1, 1); got != want {
				t.Errorf("footer %q, want %q", got, want)
			}
			if fields := foot.all("fldSimple"); len(fields) != 2 || fields[0].attrs["instr"] != " PAGE " || fields[1].attrs["instr"] != " NUMPAGES " {
				t.Errorf("%d fields in the footer", len(fields))
			}
		})
	}
}

// checkPackage looks up every part that is referred to, and every style that is used.
func checkPackage(t *testing.T, parts map[string]*node) {
	for name, folder := range map[string]string{"_rels/.rels": "", "word/_rels/document.xml.rels": "word"} {
		for _, r := range parts[name].all("Relationship") {
			if r.attrs["TargetMode"] == "External" {
				continue
			}
			if _, ok := parts[path.Join(folder, r.attrs["Target"])]; !ok {
				t.Errorf("%s names %s, which is not there", name, r.attrs["Target"])
			}
		}
	}
	for _, o := range parts["[Content_Types].xml"].all("Override") {
		if _, ok := parts[strings.TrimPrefix(o.attrs["PartName"], "/")]; !ok {
			t.Errorf("%s has a type and is not there", o.attrs["PartName"])
		}
	}
	known := map[string]bool{}
	for _, s := range parts["word/styles.xml"].all("style") {
		known[s.attrs["styleId"]] = true
		if name := s.all("name")[0].attrs["val"]; strings.ContainsAny(name, "{}⟦") {
			t.Errorf("style named %q", name)
		}
	}
	for _, kind := range []string{"pStyle", "rStyle", "tblStyle", "basedOn", "next"} {
		for name, p := range parts {
			if p == nil {
				continue
			}
			for _, s := range p.all(kind) {
				if !known[s.attrs["val"]] {
					t.Errorf("%s uses the style %q, which is not there", name, s.attrs["val"])
				}
			}
		}
	}
}

// checkHeadings compares the headings, and the contents made of them.
func checkHeadings(t *testing.T, d *reports.Document, text *node) {
	var got, want, listed, linked []string
	for _, p := range text.all("p") {
		switch s := p.style(); s {
		case "Heading1", "Heading2":
			got = append(got, s[7:]+" "+p.words())
		case "TOC1", "TOC2":
			listed = append(listed, p.words())
		}
	}
	for _, h := range d.Headings() {
		want = append(want, fmt.Sprint(h.Level, " ", h.Text))
		linked = append(linked, h.Number+"\t"+h.Text)
	}
	if !slices.Equal(got, want) {
		t.Errorf("headings %q, want %q", got, want)
	}
	if !slices.Equal(listed, linked) {
		t.Errorf("contents %q, want %q", listed, linked)
	}
	marks := map[string]bool{}
	for _, m := range text.all("bookmarkStart") {
		if marks[m.attrs["name"]] {
			t.Errorf("two bookmarks %s", m.attrs["name"])
		}
		marks[m.attrs["name"]] = true
	}
	for _, l := range text.all("hyperlink") {
		if !marks[l.attrs["anchor"]] {
			t.Errorf("link to %s, which is not there", l.attrs["anchor"])
		}
	}
}

// checkTables compares every cell.
func checkTables(t *testing.T, d *reports.Document, text *node) {
	tables, want := text.all("tbl"), d.Tables()
	if len(tables) != len(want) {
		t.Fatalf("%d tables, want %d", len(tables), len(want))
	}
	for i, table := range tables {
		rows := table.all("tr")
		if len(rows) != len(want[i].Rows)+1 || len(rows[0].all("tblHeader")) != 1 || len(table.all("cantSplit")) != len(rows) {
			t.Fatalf("table %d has %d rows", i+1, len(rows))
		}
		expected := append([][]string{nil}, want[i].Rows...)
		for _, c := range want[i].Columns {
			expected[0] = append(expected[0], c.Head)
		}
		for r, row := range rows {
			for c, cell := range row.all("tc") {
				if cell.words() != expected[r][c] {
					t.Errorf("table %d row %d column %d: %q, want %q", i+1, r, c, cell.words(), expected[r][c])
				}
				if right := len(cell.all("jc")) == 1; right != (want[i].Columns[c].Align == reports.Right) {
					t.Errorf("table %d column %d stands to the wrong side", i+1, c)
				}
			}
		}
	}
}

// checkPictures compares the alternative texts. The cover's picture says nothing and is marked so.
func checkPictures(t *testing.T, d *reports.Document, text *node) {
	pictures, figures := text.all("docPr"), d.Figures()
	if len(pictures) != len(figures)+1 || len(figures) < 10 {
		t.Fatalf("%d pictures for %d figures", len(pictures), len(figures))
	}
	if len(pictures[0].all("decorative")) != 1 {
		t.Error("the cover's picture is not marked as decoration")
	}
	ids := map[string]bool{pictures[0].attrs["id"]: true}
	for i, f := range figures {
		p := pictures[i+1].attrs
		if p["descr"] != f.Alt || f.Alt == "" || p["name"] != f.Label(d) || ids[p["id"]] {
			t.Errorf("picture %d: %v", i+1, p)
		}
		ids[p["id"]] = true
	}
}

// checkCaptions compares captions and their numbers.
func checkCaptions(t *testing.T, d *reports.Document, text *node) {
	var got []string
	fields := map[string]int{}
	for _, p := range text.all("p") {
		if p.style() != "Caption" {
			continue
		}
		got = append(got, p.words())
		f := p.all("fldSimple")
		if len(f) != 1 {
			t.Fatalf("%d fields in %q", len(f), p.words())
		}
		fields[f[0].attrs["instr"]]++
		if f[0].words() != fmt.Sprint(fields[f[0].attrs["instr"]]) {
			t.Errorf("%q: the field shows %q", p.words(), f[0].words())
		}
	}
	var want []string
	for _, block := range d.Blocks {
		switch v := block.(type) {
		case reports.Table:
			want = append(want, v.Label(d)+". "+v.Caption)
		case reports.Figure:
			want = append(want, v.Label(d)+". "+v.Caption)
		case reports.Charts:
			for _, f := range v.Figures {
				want = append(want, f.Label(d)+". "+f.Caption)
			}
		}
	}
	if !slices.Equal(got, want) || len(fields) != 2 {
		t.Errorf("captions %q, want %q (fields %v)", got, want, fields)
	}
}

func TestTwoExportsAreTheSameBytes(t *testing.T) {
	first := written(t, reports.Serviceplan(fixture.Plan("sv")))
	if !bytes.Equal(first, written(t, reports.Serviceplan(fixture.Plan("sv")))) {
		t.Error("two exports of the same plan differ")
	}
}

// TestExportsAtOnce writes the plan up to its first map from several goroutines.
func TestExportsAtOnce(t *testing.T) {
	d := reports.Serviceplan(fixture.Plan("sv"))
	first := slices.IndexFunc(d.Blocks, func(b reports.Block) bool { f, ok := b.(reports.Figure); return ok && f.Fill })
	d.Blocks = d.Blocks[:first+1]
	want := written(t, d)
	got := make(chan []byte)
	for range 4 {
		go func() {
			var b bytes.Buffer
			if err := Write(&b, d); err != nil {
				t.Error(err)
			}
			got <- b.Bytes()
		}()
	}
	for range 4 {
		if !bytes.Equal(<-got, want) {
			t.Error("an export beside others differs from one alone")
		}
	}
}

// TestHardTexts writes texts that XML and Word take for something else.
func TestHardTexts(t *testing.T) {
	const hard = "a<b>&\"'\x00\xff\t😀 ]]> {lang}\nny rad"
	d := &reports.Document{Printer: i18n.For("sv"), Title: hard, Author: hard, Creator: hard, Date: "i fjol", Header: [2]string{hard, hard}, Footer: hard}
	d.Cover = reports.Cover{Kommun: hard, Notice: hard, Title: hard, Facts: []reports.Fact{{Label: hard, Value: hard}}}
	d.Chapter(hard)
	d.Para(reports.Lead, hard)
	d.Add(
		reports.List{Ordered: true, Items: [][]reports.Run{reports.Plain(hard)}}, reports.List{Ordered: true, Items: [][]reports.Run{reports.Plain(hard)}},
		reports.Figure{Width: 10, Height: 10, Alt: hard, Caption: hard, Paint: func(render.Canvas, float64, float64) {}},
		reports.KeyFigures{Items: []reports.KeyFigure{{Value: hard, Label: hard, Note: hard}}},
		reports.Table{Columns: []reports.Column{{Head: hard}, {Head: "b"}}, Rows: [][]string{{hard}}},
	)
	parts := opened(t, written(t, d))
	want := strings.NewReplacer("\x00", "\ufffd", "\xff", "\ufffd").Replace(hard)
	for _, p := range parts["word/document.xml"].all("p") {
		if s := p.style(); (s == "Heading1" || s == "Lead" || s == "ListNumber" || s == "TableName") && p.words() != want {
			t.Errorf("%s: %q, want %q", s, p.words(), want)
		}
	}
	if n := len(parts["word/numbering.xml"].all("startOverride")); n != 2*(maxListLevel+1) {
		t.Errorf("%d levels of numbered lists, want those of 2", n)
	}
	if n := len(parts["docProps/core.xml"].all("created")); n != 0 {
		t.Error("a date that is none was written")
	}
}

// TestNumbersOfHeadings leaves counting to Word where it comes to the same number, else writes the number out.
func TestNumbersOfHeadings(t *testing.T) {
	d := &reports.Document{Printer: i18n.For("sv")}
	for _, h := range []reports.Heading{
		{Level: 1, Text: "Förord"},
		{Level: 1, Number: "1", Text: "Mål"},
		{Level: 2, Number: "1.1", Text: "Vägar"},
		{Level: 1, Number: "4", Text: "Hopp"},
		{Level: 1, Number: "2", Text: "Följd"},
	} {
		d.Add(h)
	}
	var got []string
	for _, p := range opened(t, written(t, d))["word/document.xml"].all("p") {
		if strings.HasPrefix(p.style(), "Heading") {
			got = append(got, fmt.Sprint(p.words(), " ", len(p.all("numId"))))
		}
	}
	if want := []string{"Förord 1", "Mål 0", "Vägar 0", "4 Hopp 1", "Följd 0"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestEmptyDocuments writes documents that hold next to nothing.
func TestEmptyDocuments(t *testing.T) {
	for name, d := range map[string]*reports.Document{
		"no block": {Printer: i18n.For("sv"), Title: "Tomt"},
		"no input": reports.Serviceplan(reports.Input{}),
	} {
		t.Run(name, func(t *testing.T) { checkPackage(t, opened(t, written(t, d))) })
	}
}

func TestColumnWidths(t *testing.T) {
	wide := reports.Table{Columns: make([]reports.Column, 30), Rows: [][]string{make([]string, 30)}}
	for c := range wide.Columns {
		wide.Columns[c].Head = "Ettlångtordutanmellanslag"
	}
	for name, table := range map[string]reports.Table{
		"narrow": {Columns: []reports.Column{{Head: "a"}, {Head: "b", Weight: 1}}, Rows: [][]string{{"x", "1"}}},
		"text":   {Columns: []reports.Column{{Head: "a"}, {Head: "b"}}, Rows: [][]string{{strings.Repeat("ord ", 90), "1\u00a0234"}}},
		"wide":   wide,
	} {
		t.Run(name, func(t *testing.T) {
			sum := 0.0
			for _, w := range columnWidths(&table, standard.text()) {
				sum += w
			}
			if sum < standard.text()-0.01 || sum > standard.text()+0.01 {
				t.Errorf("columns fill %.1f of %.1f points", sum, standard.text())
			}
		})
	}
}

// TestLongNamesGiveWay narrows the column of file names and not that of dates.
func TestLongNamesGiveWay(t *testing.T) {
	table := reports.Table{
		Columns: []reports.Column{{Head: "Fil"}, {Head: "Inläst"}, {Head: "Antal", Align: reports.Right}},
		Rows:    [][]string{{strings.Repeat("tillganglighetsvagnat_", 8), "2026-11-22", "28\u00a0493"}},
	}
	widths := columnWidths(&table, standard.text())
	for c, word := range []string{"", "2026-11-22", "28\u00a0493"} {
		if widths[c] < boldFont.Width(word)+cellPad {
			t.Errorf("column %d is %.1f points, too narrow for %q", c, widths[c], word)
		}
	}
}

// TestLibreOffice lets another program open the file and looks for headings, tables, alternative texts and pages.
func TestLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	d := reports.Serviceplan(fixture.Plan("sv"))
	dir := t.TempDir()
	file := filepath.Join(dir, "plan.docx")
	if err := os.WriteFile(file, written(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless",
		"--convert-to", "fodt", "--outdir", dir, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "plan.fodt"))
	if err != nil {
		t.Fatal(err)
	}
	flat := parse(t, "plan.fodt", data)
	if got, want := len(flat.all("h")), len(d.Headings()); got != want {
		t.Errorf("%d headings, want %d", got, want)
	}
	if got, want := len(flat.all("table")), len(d.Tables()); got != want {
		t.Errorf("%d tables, want %d", got, want)
	}
	if got, want := len(flat.all("table-header-rows")), len(d.Tables()); got != want {
		t.Errorf("%d tables with header rows, want %d", got, want)
	}
	var alts []string
	for _, n := range flat.all("desc") {
		alts = append(alts, n.text)
	}
	for _, f := range d.Figures() {
		if !slices.Contains(alts, f.Alt) {
			t.Errorf("the alternative text of figure %d is lost", f.Number)
		}
	}
	if len(flat.all("table-of-content")) != 1 {
		t.Error("no table of contents")
	}
}

func BenchmarkPlan(b *testing.B) {
	d := reports.Serviceplan(fixture.Plan("sv"))
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
