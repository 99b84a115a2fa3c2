package html

import (
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// TestFramesAreReachedAndNamed holds each table and picture to a frame that scrolls, that keys reach and that is named by
// the caption, as a narrow window or large letters would else push the page itself aside.
func TestFramesAreReachedAndNamed(t *testing.T) {
	elements := parse(t, written(t, reports.Serviceplan(fixture.Plan("sv"))))
	captions := map[string]bool{}
	for _, e := range elements {
		if e.name == "caption" || e.name == "figcaption" {
			captions[e.attrs["id"]] = true
		}
	}
	frames := map[string]bool{}
	for i, e := range elements[1:] {
		outer := elements[i]
		switch {
		case e.name == "svg" && e.attrs["role"] != "img":
			if outer.attrs["aria-hidden"] != "true" {
				t.Errorf("a decoration is not hidden from readers: it stands in %v", outer)
			}
		case e.name == "table" || e.name == "svg":
			by := outer.attrs["aria-labelledby"]
			if outer.attrs["class"] != "scroll" || outer.attrs["tabindex"] != "0" || outer.attrs["role"] != "group" {
				t.Errorf("a %s stands in %v", e.name, outer)
			}
			if !captions[by] || frames[by] {
				t.Errorf("the frame of a %s is named by %q, which is no caption of its own", e.name, by)
			}
			frames[by] = true
		}
	}
	if len(frames) != len(captions) {
		t.Errorf("%d frames for %d captions", len(frames), len(captions))
	}
}

// TestSkipLinkPassesContents holds the page to one landmark of each kind, side by side, and the skip link to the main part.
func TestSkipLinkPassesContents(t *testing.T) {
	elements := parse(t, written(t, reports.Serviceplan(fixture.Plan("sv"))))
	var landmarks []string
	for i, e := range elements {
		switch e.name {
		case "header", "nav", "main", "footer":
			landmarks = append(landmarks, e.name)
			if !slices.Equal(e.around, []string{"html", "body"}) {
				t.Errorf("%s stands in %v", e.name, e.around)
			}
			if e.name == "main" && (e.attrs["id"] != "content" || e.attrs["tabindex"] != "-1") {
				t.Errorf("the skip link can't hand the focus to %v", e)
			}
		case "body":
			if first := elements[i+1]; first.attrs["href"] != "#content" {
				t.Errorf("the page begins with %v", first)
			}
		}
	}
	if want := []string{"header", "nav", "main", "footer"}; !slices.Equal(landmarks, want) {
		t.Errorf("landmarks %v, want %v", landmarks, want)
	}
}

// TestListsStayLists holds lists without marks to saying that they are lists, and every list to having items.
func TestListsStayLists(t *testing.T) {
	heading := func(level int, anchor string) reports.Block {
		return reports.Heading{Level: level, Text: anchor, Anchor: anchor}
	}
	cases := map[string]*reports.Document{
		"plan":                    reports.Serviceplan(fixture.Plan("sv")),
		"chapters alone":          {Blocks: []reports.Block{reports.Contents{}, heading(1, "a"), heading(1, "b")}},
		"sections in the last":    {Blocks: []reports.Block{reports.Contents{}, heading(1, "a"), heading(1, "b"), heading(2, "c"), heading(2, "d")}},
		"sections in the first":   {Blocks: []reports.Block{reports.Contents{}, heading(1, "a"), heading(2, "b"), heading(1, "c")}},
		"a section comes first":   {Blocks: []reports.Block{reports.Contents{}, heading(2, "a"), heading(1, "b"), heading(2, "c")}},
		"contents in the middle":  {Blocks: []reports.Block{heading(1, "a"), reports.Contents{}, heading(2, "b")}},
		"one chapter, no section": {Blocks: []reports.Block{reports.Contents{}, heading(1, "a")}},
	}
	for name, d := range cases {
		t.Run(name, func(t *testing.T) {
			if d.Printer == nil {
				d.Printer = i18n.For(i18n.Swedish)
			}
			items := 0
			elements := parse(t, written(t, d))
			for i, e := range elements {
				switch e.name {
				case "ol", "ul":
					bare := slices.Contains(e.around, "nav") || e.attrs["class"] == "key-figures"
					if bare && e.attrs["role"] != "list" {
						t.Errorf("a list without marks has the role %q", e.attrs["role"])
					}
					if next := elements[i+1]; next.name != "li" || len(next.around) != len(e.around)+1 {
						t.Errorf("a list begins with %v", next)
					}
				case "li":
					if parent := e.around[len(e.around)-1]; parent != "ol" && parent != "ul" {
						t.Errorf("an item stands in %s", parent)
					}
					if slices.Contains(e.around, "nav") {
						items++
					}
				}
			}
			if items != len(d.Headings()) {
				t.Errorf("%d items for %d headings", items, len(d.Headings()))
			}
		})
	}
}

// TestLettersKeepTheirRoom holds each text of a picture to the width it was laid out for.
func TestLettersKeepTheirRoom(t *testing.T) {
	texts := 0
	for _, e := range parse(t, written(t, reports.Serviceplan(fixture.Plan("sv")))) {
		if e.name != "text" {
			continue
		}
		texts++
		if w := e.attrs["textLength"]; w == "" || strings.HasPrefix(w, "-") || w == "0" {
			t.Errorf("a text has the width %q", w)
		}
	}
	if texts == 0 {
		t.Error("no picture has a text")
	}
}

// TestShortValuesStayWhole holds dates and the like to one line, and leaves long texts free to break.
func TestShortValuesStayWhole(t *testing.T) {
	for _, c := range []struct {
		name   string
		column reports.Column
		want   string
	}{
		{"text", reports.Column{Weight: 1}, ""},
		{"date", reports.Column{}, ` class="whole"`},
		{"number", reports.Column{Align: reports.Right, Weight: 0.5}, ` class="right"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := alignment(c.column); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestLineUnderTableStaysWithIt holds each table's source line to the block that isn't parted on paper.
func TestLineUnderTableStaysWithIt(t *testing.T) {
	p := &writer{doc: &reports.Document{Printer: i18n.For(i18n.Swedish)}}
	p.table(reports.Table{Anchor: "t", Columns: []reports.Column{{Head: "a"}}, Rows: [][]string{{"1"}}, Source: "s"})
	elements := parse(t, p.b.String())
	last := elements[len(elements)-1]
	if elements[0].attrs["class"] != "tabular" || last.name != "p" || !slices.Equal(last.around, []string{"div"}) {
		t.Errorf("the line under the table stands in %v", last)
	}
	if !strings.Contains(style, ".tabular:not(:has(tr:nth-child(12))) { break-inside: avoid; }") {
		t.Error("short tables may be parted")
	}
}

// TestNarrowWindow holds the style sheet to what keeps the page itself from scrolling sideways at 320 pixels.
func TestNarrowWindow(t *testing.T) {
	_, narrow, found := strings.Cut(style, "@media (max-width: 40rem) {")
	narrow, _, closed := strings.Cut(narrow, "\n}")
	if !found || !closed {
		t.Fatal("the style sheet has no rules for narrow windows")
	}
	if !strings.Contains(narrow, ".facts { display: block; }") {
		t.Error("the decision block keeps its two columns")
	}
	if !strings.Contains(style, ".scroll { overflow-x: auto;") {
		t.Error("frames don't scroll")
	}
}
