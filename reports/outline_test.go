package reports_test

import (
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports"
)

func TestOutlineSaysAllTextInReadingOrder(t *testing.T) {
	d := &reports.Document{Printer: i18n.For(i18n.Swedish)}
	d.Para(reports.Note, "Före allt.")
	d.Chapter("Läget")
	d.Add(reports.Paragraph{Runs: []reports.Run{{Text: "Butiken"}, {Text: " bär", Note: reports.Plain("Enligt byalaget.")}}})
	d.Add(reports.List{Items: [][]reports.Run{reports.Plain("ett"), reports.Plain("två")}, Below: map[int]reports.List{0: {Items: [][]reports.Run{reports.Plain("ett och ett halvt")}}}})
	d.Section("Tal")
	d.Add(reports.KeyFigures{Items: []reports.KeyFigure{{Value: "41 773", Label: "har högst 5 km"}}})
	d.Add(reports.Table{Caption: "Avstånd", Columns: []reports.Column{{Head: "Ort"}, {Head: "km"}}, Rows: [][]string{{"Hemse", "3\n4"}}, Source: "Egen"})
	d.Add(reports.Charts{Figures: []reports.Figure{{Caption: "Kurva", Alt: "Stiger."}}}, reports.Figure{Caption: "Karta", Alt: "Visar orterna."})
	got := d.Outline()
	want := []reports.Part{
		{Lines: []string{"Före allt."}},
		{Level: 1, Number: "1", Title: "Läget", Lines: []string{"Butiken bär [Enligt byalaget.]", "ett", "ett och ett halvt", "två"}},
		{Level: 2, Number: "1.1", Title: "Tal", Lines: []string{
			"41 773 har högst 5 km", "Avstånd", "Ort | km", "Hemse | 3; 4", "Egen", "Kurva", "Stiger.", "Karta", "Visar orterna.",
		}},
	}
	if len(got) != len(want) {
		t.Fatalf("%d parts, want %d: %+v", len(got), len(want), got)
	}
	for i := range want {
		if got[i].Level != want[i].Level || got[i].Number != want[i].Number || got[i].Title != want[i].Title || !slices.Equal(got[i].Lines, want[i].Lines) {
			t.Errorf("part %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}
