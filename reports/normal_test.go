package reports

import (
	"testing"

	"nabar/internal/i18n"
)

func TestAddress(t *testing.T) {
	for link, want := range map[string]string{
		"":                     "",
		"https://a.se/b?c=d":   "https://a.se/b?c=d",
		"HTTP://a.se":          "http://a.se",
		" www.a.se ":           "https://www.a.se",
		"namn@kommun.se":       "mailto:namn@kommun.se",
		"https://a.se/väg \"":  "https://a.se/v%C3%A4g%20%22",
		"javascript:alert(1)":  "",
		"file:///c:/x.docx":    "",
		`C:\plan\x.docx`:       "",
		"inte en adress":       "",
		"ord":                  "",
		"ftp://gammalt.se/fil": "",
	} {
		if got := address(link); got != want {
			t.Errorf("%q gives %q, want %q", link, got, want)
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for tag, want := range map[string]string{"": "", "se": "se", "sv-SE": "sv-SE", "samiska": "", "s": "", "sv_SE": "", "smn-Latn": "smn-Latn"} {
		if got := languageTag(tag); got != want {
			t.Errorf("%q gives %q, want %q", tag, got, want)
		}
	}
}

func TestHeadingsDoNotSkipDepths(t *testing.T) {
	d := &Document{Printer: i18n.For("sv")}
	for _, level := range []int{2, 3, 1, 3, 3, 2, 9} {
		d.Add(Heading{Level: level, Text: "x"})
	}
	d.Add(Heading{Level: 1, Text: " "}, Heading{Level: 1, NewPage: true})
	got, err := d.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 2, 1, 2, 3, 2, 3} {
		if h := got.Blocks[i].(Heading); h.Depth != want {
			t.Errorf("heading %d is at depth %d, want %d", i, h.Depth, want)
		}
	}
	if len(got.Blocks) != 8 || got.Blocks[7] != (PageBreak{}) {
		t.Errorf("empty headings left %v", got.Blocks[7:])
	}
	if got.Title != "Dokument" || got.Cover.Title != "Dokument" {
		t.Errorf("the title is %q, on the cover %q", got.Title, got.Cover.Title)
	}
}

func TestEmptyParagraphsAreLeftOut(t *testing.T) {
	d := &Document{Printer: i18n.For("sv")}
	d.Add(Paragraph{}, Paragraph{Style: Note, Runs: Plain(" \u00a0\n")}, Paragraph{Runs: []Run{{Note: Plain("not")}}}, Paragraph{Runs: Plain("x")}, List{})
	got, err := d.Resolved()
	if err != nil || len(got.Blocks) != 2 {
		t.Errorf("%d blocks are left, want 2: %v", len(got.Blocks), err)
	}
}

func TestTablesAreSquare(t *testing.T) {
	d := &Document{Printer: i18n.For("sv")}
	rows := [][]string{{"a"}, {"b", "c", "d"}, nil}
	d.Add(Table{Columns: []Column{{Head: "x"}, {Head: "y"}}, Rows: rows}, Table{})
	got, err := d.Resolved()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{3, 1} {
		table := got.Tables()[i]
		if len(table.Columns) != want {
			t.Errorf("table %d has %d columns, want %d", i, len(table.Columns), want)
		}
		for r, row := range table.Rows {
			if len(row) != want {
				t.Errorf("table %d row %d has %d cells, want %d", i, r, len(row), want)
			}
		}
	}
	if len(rows[0]) != 1 {
		t.Error("the document itself was changed")
	}
}
