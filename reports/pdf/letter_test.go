package pdf

import (
	"bytes"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports"
	"nabar/reports/pdf/check"
)

// A matter for a board has kommun, title, facts and text on one page, and is as accessible as a plan.
func TestLetterBeginsOnItsFirstPage(t *testing.T) {
	doc := func(letter bool) *reports.Document {
		d := &reports.Document{
			Printer: i18n.For(i18n.Swedish), Title: "Tjänsteskrivelse, Tjärnskoga", Author: "Tjärnskoga", Watermark: "UTKAST",
			Cover: reports.Cover{
				Kommun: "Tjärnskoga", Title: "Tjänsteskrivelse", Subtitle: "Serviceplan 2026–2030", Letter: letter,
				Facts: []reports.Fact{{Label: "Diarienummer", Value: "KS 2026/1"}, {Label: "Handläggare", Value: "Åsa Öberg\nasa@example.se"}},
			},
		}
		d.Chapter("Förslag till beslut")
		d.Add(reports.List{Ordered: true, Items: [][]reports.Run{reports.Plain("Kommunfullmäktige antar serviceplanen.")}})
		for i, b := range d.Blocks {
			if h, ok := b.(reports.Heading); ok {
				h.NewPage = false
				d.Blocks[i] = h
			}
		}
		return d
	}
	for letter, pages := range map[bool]int{true: 1, false: 2} {
		var b bytes.Buffer
		out, err := Render(&b, doc(letter))
		if err != nil || out.Pages != pages {
			t.Errorf("letter %v: %d pages (%v), want %d", letter, out.Pages, err, pages)
		}
		if faults := check.File(b.Bytes()); len(faults) > 0 {
			t.Errorf("letter %v: %v", letter, faults)
		}
	}
}
