package symbology

import (
	"math"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestChangesAreClassedByTheirSize(t *testing.T) {
	breaks := ChangeBreaks(model.Distance)
	for difference, want := range map[float64]int{
		-5000.01: 0, -5000: 1, -1000.01: 1, -1000: 2, -0.01: 2, 0: 3, 0.01: 4, 1000: 4, 1000.01: 5, 5000: 5, 5000.01: 6,
	} {
		if got := ClassifyChange(breaks, difference); got != want {
			t.Errorf("%g m is class %d, want %d", difference, got, want)
		}
	}
	if got := ClassifyChange(breaks, math.NaN()); got != 3 {
		t.Errorf("no number is class %d", got)
	}
	labels := ChangeLabels(i18n.For("sv"), breaks, model.Distance)
	want := []string{"över 5 km närmare", "1–5 km närmare", "0–1 km närmare", "oförändrat", "0–1 km längre", "1–5 km längre", "över 5 km längre"}
	for i := range want {
		if got := labels[i]; strings.ReplaceAll(got, i18n.NBSP, " ") != want[i] {
			t.Errorf("label %d is %q, want %q", i, got, want[i])
		}
	}
}

// dichromat is a colour as those see it who lack the red or the green cones (Viénot, Brettel and Mollon 1999, linear light).
func dichromat(c Colour, protan bool) Colour {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	if protan {
		rg := 0.11238*r + 0.88762*g
		return Colour{encode(rg), encode(rg), encode(0.00401*r - 0.00401*g + b), 255}
	}
	rg := 0.29275*r + 0.70725*g
	return Colour{encode(rg), encode(rg), encode(-0.02234*r + 0.02234*g + b), 255}
}

// TestTheRampOfChangesIsToldApartByTheColourBlind holds every two neighbours, and better against worse, apart in Oklab, for
// usual sight and for both kinds of red-green blindness.
func TestTheRampOfChangesIsToldApartByTheColourBlind(t *testing.T) {
	sights := map[string]func(Colour) Colour{
		"usual":  func(c Colour) Colour { return c },
		"protan": func(c Colour) Colour { return dichromat(c, true) },
		"deutan": func(c Colour) Colour { return dichromat(c, false) },
	}
	for _, theme := range []Theme{Light, Dark} {
		ramp := ChangeRamp(3, theme)
		for name, sees := range sights {
			for i := range ramp {
				for j := range i {
					a, b := toOklab(sees(ramp[i])), toOklab(sees(ramp[j]))
					if d := math.Sqrt(sq(a.l-b.l) + sq(a.a-b.a) + sq(a.b-b.b)); d < 0.05 {
						t.Errorf("theme %d, %s: colours %d and %d are %.3f apart", theme, name, j, i, d)
					}
				}
			}
		}
	}
}

func sq(v float64) float64 { return v * v }
