package symbology

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// visions are how linear light is seen by those who lack one kind of cone, at full strength, and by others: the matrices of
// Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009).
var visions = map[string][3][3]float64{
	"usual":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritan": {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// seen is a colour as it is seen with a vision.
func seen(c Colour, m [3][3]float64) oklab {
	in := [3]float64{linear(c.R), linear(c.G), linear(c.B)}
	var out [3]uint8
	for i := range out {
		out[i] = encode(m[i][0]*in[0] + m[i][1]*in[1] + m[i][2]*in[2])
	}
	return toOklab(Colour{out[0], out[1], out[2], 255})
}

// apart is how different two colours look.
func apart(a, b oklab) float64 {
	return math.Sqrt((a.l-b.l)*(a.l-b.l) + (a.a-b.a)*(a.a-b.a) + (a.b-b.b)*(a.b-b.b))
}

// TestRampsAreReadByAll holds neighbouring classes apart for every vision, and the ramps that go one way in order of
// lightness.
func TestRampsAreReadByAll(t *testing.T) {
	const least = 0.045 // in Oklab; two colours that differ by 0.02 can just be told side by side
	for _, theme := range []Theme{Light, Dark} {
		for _, ramp := range RampNames() {
			for n := 2; n <= 7; n++ {
				colours := ramp.Colours(n, theme, false)
				if len(colours) != n {
					t.Fatalf("%s: %d colours, want %d", ramp, len(colours), n)
				}
				for name, m := range visions {
					for i := 1; i < n; i++ {
						a, b := seen(colours[i-1], m), seen(colours[i], m)
						if d := apart(a, b); d < least {
							t.Errorf("%s of %d, theme %d, %s: classes %d and %d differ by %.3f", ramp, n, theme, name, i-1, i, d)
						}
						if !ramp.Diverging() && b.l >= a.l {
							t.Errorf("%s of %d, theme %d, %s: class %d is not darker than the one before", ramp, n, theme, name, i)
						}
					}
				}
				back := ramp.Colours(n, theme, true)
				slices.Reverse(back)
				if !slices.Equal(back, colours) {
					t.Errorf("%s: reversed is something else", ramp)
				}
			}
		}
	}
}

// TestEndsOfDifferencesAreTold holds the two sides of a ramp that parts apart, step by step.
func TestEndsOfDifferencesAreTold(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		for _, ramp := range []RampName{BlueOrange, PurpleLeaf} {
			colours := ramp.Colours(7, theme, false)
			for name, m := range visions {
				for k := range 3 {
					if d := apart(seen(colours[k], m), seen(colours[6-k], m)); d < 0.09-0.02*float64(k) {
						t.Errorf("%s, theme %d, %s: the sides of step %d differ by %.3f", ramp, theme, name, 3-k, d)
					}
				}
			}
		}
	}
}

func TestCategoriesAreToldApart(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		for name, m := range visions {
			for i := range MostCategories {
				for j := range i {
					a, b := CategoryColour(i, theme), CategoryColour(j, theme)
					if d := apart(seen(a, m), seen(b, m)); d < 0.06 {
						t.Errorf("theme %d, %s: %v and %v differ by %.3f", theme, name, a, b, d)
					}
				}
			}
		}
		if CategoryColour(MostCategories, theme) != OtherColour(theme) || CategoryColour(-1, theme) != OtherColour(theme) {
			t.Error("what has no category has a colour of its own")
		}
	}
	shapes := map[Shape]bool{}
	for i := range MostCategories {
		shapes[CategoryShape(i)] = true
	}
	if len(shapes) != MostCategories {
		t.Errorf("%d shapes of %d categories", len(shapes), MostCategories)
	}
}

// TestLabelsAreRead holds names to WCAG 2.2's 4.5:1 against their halo, and marks to its 3:1 for graphics against the land.
func TestLabelsAreRead(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		p := PaletteOf(theme)
		for what, ink := range map[string]Colour{"ink": p.Ink, "place": p.Place, "muted": p.Muted} {
			if c := Contrast(ink, p.Halo); c < 4.5 {
				t.Errorf("theme %d: %s on its halo has %.1f:1", theme, what, c)
			}
		}
		for _, ramp := range RampNames() {
			colours := ramp.Colours(5, theme, false)
			most := 0.0
			for _, c := range colours {
				most = max(most, Contrast(c, p.Land))
			}
			if most < 3 {
				t.Errorf("theme %d: no class of %s stands out from the land: %.1f:1", theme, ramp, most)
			}
			for i, c := range colours {
				if best := max(Contrast(p.Ink, c), Contrast(p.Halo, c)); best < 3 {
					t.Errorf("theme %d: neither a name nor its halo stands out from %s of %s: %.1f:1", theme, fmt.Sprint(i), ramp, best)
				}
			}
		}
	}
}
