package render

import (
	"bytes"
	"image/color"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

func TestRoutesAreSeenOnAnyGround(t *testing.T) {
	line := orb.LineString{at(-5000, 2750), at(5500, 2750), at(5500, 9000)}
	for _, theme := range []symbology.Theme{symbology.Light, symbology.Dark} {
		plain, v := testScene(theme, "", false), testView()
		before := drawn(t, plain, v, 2)
		after := drawn(t, plain.WithRoutes(line), v, 2)
		x, y := v.ToScreen(at(4700, 2750))
		palette := symbology.PaletteOf(theme)
		for _, c := range []struct {
			name string
			dy   int
			want symbology.Colour
		}{{"line", 0, palette.Accent}, {"halo", routeHalo/2 - 1, palette.Halo}} {
			got := color.NRGBAModel.Convert(after.At(int(x), int(y)+c.dy))
			if got != color.Color(c.want.NRGBA()) {
				t.Errorf("theme %d: the %s is %v, want %v", theme, c.name, got, c.want)
			}
		}
		if !bytes.Equal(before.Pix, drawn(t, plain, v, 2).Pix) {
			t.Error("the scene itself has changed")
		}
	}
}

func TestRouteBeyondTheViewChangesNothing(t *testing.T) {
	plain, v := testScene(symbology.Light, "", false), testView()
	far := plain.WithRoutes(orb.LineString{at(50000, 50000), at(60000, 50000)}, orb.LineString{})
	if !bytes.Equal(drawn(t, plain, v, 1).Pix, drawn(t, far, v, 1).Pix) {
		t.Error("a road elsewhere is seen")
	}
}
