package html

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// TestEveryLinkLeadsSomewhere holds links inside the page to ids that it has, footnotes to their signs and back.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	elements := parse(t, written(t, fixture.Rich("sv")))
	ids := map[string]bool{}
	for _, e := range elements {
		if id := e.attrs["id"]; id != "" {
			if ids[id] {
				t.Errorf("the id %s stands twice", id)
			}
			ids[id] = true
		}
	}
	var signs, backs []string
	for _, e := range elements {
		target, inside := strings.CutPrefix(e.attrs["href"], "#")
		if inside && !ids[target] {
			t.Errorf("a link leads to %q, which is nowhere", target)
		}
		switch e.attrs["role"] {
		case "doc-noteref":
			signs = append(signs, target)
		case "doc-backlink":
			backs = append(backs, target)
			if e.attrs["aria-label"] == "" {
				t.Error("a way back has no words")
			}
		}
	}
	for i := range 3 {
		n := strconv.Itoa(i + 1)
		if len(signs) != 3 || signs[i] != "note"+n || len(backs) != 3 || backs[i] != "sign"+n {
			t.Fatalf("signs lead to %v, notes back to %v", signs, backs)
		}
	}
}

// TestRunsSayWhatTheyAre holds words in other languages, addresses and references to their elements.
func TestRunsSayWhatTheyAre(t *testing.T) {
	file := written(t, fixture.Rich("sv"))
	for _, want := range []string{
		`<span lang="sms"><em>` + fixture.Letters, `<a href="https://example.se/a?b=1&amp;c=(2)">webben</a>`, ">tabell 1</a>", ">figur 1</a>",
		">avsnitt 1.1.1</a>", `data-watermark="UTKAST"`, `<div class="sheet a3-wide">`, `<div class="sheet a1">`, "@page a3-wide { size: 1190.6pt 841.9pt; }",
		"Värdena står i tabell 2.", "<h4 ",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	for _, e := range parse(t, file) {
		if e.name == "ol" && slices.Contains(e.around, "ul") && e.around[len(e.around)-1] != "li" {
			t.Errorf("a list inside another stands in %v", e.around)
		}
	}
}

// TestPicturesBringTheirRareLetters: what the house's typeface lacks is drawn as shapes, so that no reader sees a box.
func TestPicturesBringTheirRareLetters(t *testing.T) {
	file := written(t, fixture.Rich("sv"))
	pictures := strings.Split(file, "<svg")[1:]
	for _, p := range pictures {
		p, _, _ = strings.Cut(p, "</svg>")
		if strings.Contains(p, "🛒") {
			t.Error("a picture leaves an emoji to the reader's typefaces")
		}
	}
	if len(pictures) < 2 || strings.Count(pictures[0], "<path") < 4 {
		t.Errorf("%d pictures, the first with %d shapes", len(pictures), strings.Count(pictures[0], "<path"))
	}
}

// TestSheetsAndChaptersNest holds a chapter that begins on a sheet of another format to closed elements.
func TestSheetsAndChaptersNest(t *testing.T) {
	d := fixture.Rich("en")
	d.Add(reports.Page{Size: reports.A3})
	d.Chapter("On A3")
	d.Chapter("Still")
	parse(t, written(t, d)) // fails where an element is left open
}

// TestAnyDocumentIsWellFormed writes documents at random: every element is closed, no id stands twice, no heading skips a level.
func TestAnyDocumentIsWellFormed(t *testing.T) {
	for seed := range uint64(60) {
		ids, level := map[string]bool{}, 1
		for _, e := range parse(t, strings.ReplaceAll(written(t, fixture.Any(seed)), "\x00", "")) {
			if id := e.attrs["id"]; id != "" && ids[id] {
				t.Errorf("document %d: the id %s stands twice", seed, id)
			} else {
				ids[id] = true
			}
			if len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '4' {
				if now := int(e.name[1] - '0'); now > level+1 {
					t.Errorf("document %d: %s follows h%d", seed, e.name, level)
				} else {
					level = now
				}
			}
		}
	}
}
