package symbology

import (
	"math"

	"nabar/internal/i18n"
	"nabar/model"
)

// ChangeBreaks are the limits that changes are classed by: metres or seconds, ascending. They are the same for every map,
// so that two maps of changes can be held beside each other.
func ChangeBreaks(i model.Impedance) []float64 {
	if i == model.Time {
		return []float64{120, 600}
	}
	return []float64{1000, 5000}
}

// changeEnds are the colours of the greatest change for the better and for the worse: blue and orange, which those who don't
// tell red from green tell apart, and which lie equally far from the pale middle in lightness.
var changeEnds = [...][2]Colour{
	Light: {RGB(0x1f5f9e), RGB(0xa8480b)},
	Dark:  {RGB(0x6fb1ee), RGB(0xf29a52)},
}

// changeMiddle is the colour of what has not changed.
var changeMiddle = [...]Colour{Light: RGB(0xe4e2dc), Dark: RGB(0x42494c)}

// ChangeRamp gives 2n+1 colours: the greatest change for the better, down to the least, what is unchanged, and the changes for
// the worse up to the greatest.
func ChangeRamp(n int, t Theme) []Colour { return diverging(BlueOrange, 2*n+1, t) }

// Lost is the fill and hatching of squares that no longer reach a place.
func Lost(t Theme) (fill, hatch Colour) {
	return [...]Colour{Light: RGB(0x5e1f08), Dark: RGB(0xffc9a3)}[t&1], [...]Colour{Light: RGB(0xf0b48a), Dark: RGB(0x7a3208)}[t&1]
}

// Gained is the fill and hatching of squares that have come to reach a place.
func Gained(t Theme) (fill, hatch Colour) {
	return [...]Colour{Light: RGB(0x0d2c54), Dark: RGB(0xbfe0ff)}[t&1], [...]Colour{Light: RGB(0x9cc4ee), Dark: RGB(0x1d4c80)}[t&1]
}

// Planned is the colour of what a scenario adds to the map: roads, zones, and the marks of its places.
func Planned(t Theme) Colour { return [...]Colour{Light: RGB(0x7a1f6b), Dark: RGB(0xf0a3e4)}[t&1] }

// Appeared is the fill of squares where somebody has come to live.
func Appeared(t Theme) Colour { return [...]Colour{Light: RGB(0xd7cfe6), Dark: RGB(0x5c5470)}[t&1] }

// ClassifyChange gives the class of a difference in ChangeRamp's order, for breaks as ChangeBreaks gives them: len(breaks)+1 is
// unchanged. Limits are inclusive: a change of 1 000 m is within 1 km.
func ClassifyChange(breaks []float64, difference float64) int {
	n := len(breaks) + 1
	if difference == 0 || math.IsNaN(difference) {
		return n
	}
	size := Classify(breaks, math.Abs(difference)) + 1
	if difference < 0 {
		return n - size
	}
	return n + size
}

// ChangeLabels are the words of ChangeRamp's classes: "över 5 km närmare", …, "oförändrat", …, "över 5 km längre".
func ChangeLabels(p *i18n.Printer, breaks []float64, i model.Impedance) []string {
	amounts := BandLabels(p, breaks, i) // from the least change up, and one for the unreachable
	n := len(breaks) + 1
	out := make([]string, 2*n+1)
	out[n] = p.T("series.map_unchanged")
	for k := range n {
		out[n-1-k] = p.T("series.map_better_"+string(i), amounts[k])
		out[n+1+k] = p.T("series.map_worse_"+string(i), amounts[k])
	}
	return out
}

// LossColour is the colour of what the closing of a place would mean: plum, or orange where it leaves somebody without any.
func LossColour(without bool, t Theme) Colour {
	if without {
		return PaletteOf(t).Accent
	}
	return [...]Colour{Light: RGB(0x8f1f6b), Dark: RGB(0xe79ad0)}[t&1]
}
