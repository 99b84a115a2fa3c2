package render

import (
	"image"
	"strings"
	"testing"

	"nabar/internal/golden"
	"nabar/model/symbology"
)

// pinned is the test's map with comments, one of them handled.
func pinned(theme symbology.Theme) *Scene {
	s := testScene(theme, "dagligvaror", true)
	out := *s
	out.in.Pins = []Pin{{At: at(500, 3000), Number: 1}, {At: at(2500, 1500), Number: 12, Done: true}, {At: at(4200, 3600), Number: 104}}
	return &out
}

func TestGoldenPins(t *testing.T) {
	for name, theme := range map[string]symbology.Theme{"pins-light": symbology.Light, "pins-dark": symbology.Dark} {
		s, v := pinned(theme), testView()
		golden.Image(t, name, drawn(t, s, v, 1))
	}
}

func TestPinsAreFoundWhereTheyAreDrawn(t *testing.T) {
	s, v := pinned(symbology.Light), testView()
	for _, p := range s.in.Pins {
		x, y := v.ToScreen(p.At)
		for _, dy := range []float64{0, -10, -pinHeight, -pinHeight - pinHead} {
			if n, ok := s.PinAt(v, x, y+dy*v.unit()); !ok || n != p.Number {
				t.Errorf("%g over pin %d: %d, %v", -dy, p.Number, n, ok)
			}
		}
		if _, ok := s.PinAt(v, x+20*v.unit(), y); ok {
			t.Errorf("beside pin %d", p.Number)
		}
	}
	if _, ok := s.WithPins(false).PinAt(v, 0, 0); ok {
		t.Error("a hidden pin is found")
	}
	if items := s.Legend().Items; !strings.Contains(itemLabels(items), "Kommentar, behandlad") || strings.Contains(itemLabels(s.WithPins(false).Legend().Items), "Kommentar") {
		t.Errorf("the legend says %s", itemLabels(items))
	}
}

// itemLabels are the labels of a legend.
func itemLabels(items []LegendItem) string {
	var out []string
	for _, i := range items {
		out = append(out, i.Label)
	}
	return strings.Join(out, "; ")
}

// TestNotesUnderTheMap lays a list under the map in every form: it lies apart from the rest, no line is cut, every note that is not
// there is counted, and the map is what it is without the list, only smaller.
func TestNotesUnderTheMap(t *testing.T) {
	scene := pinned(symbology.Light)
	for _, template := range Templates() {
		for _, count := range []int{1, 7, 400} {
			sheet := PaperSheet{Template: template, Scene: scene, Bound: scene.Bounds(), Title: "Karta"}
			for i := range count {
				sheet.Notes = append(sheet.Notes, Note{i + 1, strings.Repeat("Vägen till affären är för lång. ", 1+i%4)})
			}
			laid := sheet.Lay(96)
			var list SheetPart
			for i, p := range laid.Parts {
				b := image.Rect(p.X, p.Y, p.X+p.W, p.Y+p.H)
				if p.Role == NotePart {
					list = p
				}
				for _, o := range laid.Parts[:i] {
					if b.Overlaps(image.Rect(o.X, o.Y, o.X+o.W, o.Y+o.H)) {
						t.Errorf("%s, %d notes: parts %d and %d lie over each other", template.ID, count, p.Role, o.Role)
					}
				}
			}
			var texts recorder
			list.Paint(&texts)
			numbers, more := 0, false
			for _, text := range texts.texts {
				if tb := textBox(text); tb.x1 > float64(list.W)+1 || text.Y > float64(list.H) {
					t.Errorf("%s, %d notes: %q is cut", template.ID, count, text.Text)
				}
				if text.Font.Face == Semibold {
					numbers++
				}
				more = more || strings.Contains(text.Text, "till") && strings.Contains(text.Text, "…")
			}
			if more == (numbers == count) || numbers > count || numbers == 0 {
				t.Errorf("%s: %d of %d notes, counted the rest: %v", template.ID, numbers, count, more)
			}
		}
	}
	plain := PaperSheet{Template: Templates()[0], Scene: scene, Bound: scene.Bounds(), Title: "Karta"}
	if len(plain.Lay(72).Parts) != 4 {
		t.Error("a sheet without notes has a list")
	}
}
