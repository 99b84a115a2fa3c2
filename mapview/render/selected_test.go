package render

import (
	"bytes"
	"image/color"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// TestSelectedIsSeen looks for the accent about a point, on a line, and in an area.
func TestSelectedIsSeen(t *testing.T) {
	for _, theme := range []symbology.Theme{symbology.Light, symbology.Dark} {
		plain, v := testScene(theme, "", false), testView()
		before := drawn(t, plain, v, 2)
		accent := symbology.PaletteOf(theme).Accent.NRGBA()
		point, line := at(3800, 5500), orb.LineString{at(8000, 500), at(11000, 500)}
		area := orb.Bound{Min: at(500, 6000), Max: at(2500, 7500)}.ToPolygon()
		after := drawn(t, plain.WithSelected([]orb.Geometry{point, line, area, nil}), v, 2)
		for name, where := range map[string]struct {
			p  orb.Point
			dx int
		}{"the ring about a point": {point, selectedRadius}, "a line": {at(9500, 500), 0}, "an area's border": {at(2500, 7000), 0}} {
			x, y := v.ToScreen(where.p)
			if got := color.NRGBAModel.Convert(after.At(int(x)+where.dx, int(y))); got != color.Color(accent) {
				t.Errorf("theme %d, %s: %v, want %v", theme, name, got, accent)
			}
		}
		x, y := v.ToScreen(at(1500, 6700))
		if before.At(int(x), int(y)) == after.At(int(x), int(y)) {
			t.Error("an area is not filled")
		}
		if !bytes.Equal(before.Pix, drawn(t, plain, v, 2).Pix) {
			t.Error("the scene itself has changed")
		}
		far := plain.WithSelected([]orb.Geometry{at(90000, 90000), orb.LineString{at(50000, 50000), at(60000, 50000)}})
		if !bytes.Equal(before.Pix, drawn(t, far, v, 2).Pix) {
			t.Error("what lies beyond the view changes the picture")
		}
	}
}

// BenchmarkSelected draws 100 000 selected squares, as many as Sweden has inhabited ones, at a scale that shows them all.
func BenchmarkSelected(b *testing.B) {
	var shapes []orb.Geometry
	for i := range 100_000 {
		c := at(float64(i%316)*40, float64(i/316)*26)
		shapes = append(shapes, orb.Bound{Min: c, Max: orb.Point{c[0] + 40, c[1] + 26}}.ToPolygon())
	}
	scene, v := testScene(symbology.Light, "", false).WithSelected(shapes), testView()
	for b.Loop() {
		drawn(b, scene, v, 1)
	}
}
