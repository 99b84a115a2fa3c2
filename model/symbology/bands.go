package symbology

import (
	"math"
	"sort"

	"nabar/internal/i18n"
	"nabar/model"
)

// Unreachable is the class of a square that no place is reached from: it is none of the ramp's.
const Unreachable = -1

// Classify gives the class of a cost by ascending upper limits, which are inclusive: 0 is at or under the first, and
// len(breaks) above the last. What is not a number is Unreachable.
func Classify(breaks []float64, cost float64) int {
	if math.IsNaN(cost) {
		return Unreachable
	}
	return sort.SearchFloat64s(breaks, cost)
}

// rampAnchors are the hues that the ramp goes through, near to far: straw, leaf, lagoon, petrol blue, deep night blue.
var rampAnchors = []Colour{RGB(0xf3f3b9), RGB(0xb7dfae), RGB(0x63bfb9), RGB(0x2787a6), RGB(0x1d528f), RGB(0x1b1c5a)}

// rampLightness is the Oklab lightness of the first and the last class. On the dark map the last one is kept lighter,
// so that it stands out from the land.
var rampLightness = [...][2]float64{Light: {0.945, 0.27}, Dark: {0.93, 0.42}}

// Ramp gives n colours from near to far. Lightness falls in equal steps, so that the order is read in grey and by the
// colour-blind too; near squares are light, because that is where symbols and names stand.
func Ramp(n int, t Theme) []Colour { return sequence(rampAnchors, n, t) }

// sequence gives n colours along anchors, with the lightness of the theme's ramps.
func sequence(anchors []Colour, n int, t Theme) []Colour {
	ends := rampLightness[t&1]
	out := make([]Colour, n)
	for i := range out {
		share := 0.0
		if n > 1 {
			share = float64(i) / float64(n-1)
		}
		at := share * float64(len(anchors)-1)
		k := min(int(at), len(anchors)-2)
		a, b, f := toOklab(anchors[k]), toOklab(anchors[k+1]), at-float64(k)
		out[i] = oklab{ends[0] + (ends[1]-ends[0])*share, a.a + (b.a-a.a)*f, a.b + (b.b-a.b)*f}.colour()
	}
	return out
}

// UnreachableFill and UnreachableHatch paint the squares that no place is reached from: grey with slanting lines.
func UnreachableFill(t Theme) Colour {
	return [...]Colour{Light: RGB(0xdedbd6), Dark: RGB(0x4a4e50)}[t&1]
}

// UnreachableHatch is the colour of the slanting lines on UnreachableFill.
func UnreachableHatch(t Theme) Colour {
	return [...]Colour{Light: RGB(0x7d7771), Dark: RGB(0xb0aca6)}[t&1]
}

// BandLabels gives the words for each class of breaks: one for each limit, one for what lies above the last, and last
// the one for Unreachable. "0–1 km", "1–2 km" … "över 20 km", "nås inte".
func BandLabels(p *i18n.Printer, breaks []float64, impedance model.Impedance) []string {
	unit, number := bandWriter(p, breaks, impedance)
	out := make([]string, 0, len(breaks)+2)
	from := 0.0
	for _, to := range breaks {
		out = append(out, p.T("map.band.range", number(from), number(to), p.T(unit)))
		from = to
	}
	if len(breaks) > 0 {
		out = append(out, p.T("map.band.over", number(from), p.T(unit)))
	} else {
		out = append(out, p.T("map.band.all"))
	}
	return append(out, p.T("map.band.unreachable"))
}

// BandLimits gives the words for each limit alone: "1 km", "2 km" …
func BandLimits(p *i18n.Printer, breaks []float64, impedance model.Impedance) []string {
	unit, number := bandWriter(p, breaks, impedance)
	out := make([]string, len(breaks))
	for i, to := range breaks {
		out[i] = number(to) + i18n.NBSP + p.T(unit)
	}
	return out
}

// bandWriter gives the key of the unit of all labels of one ramp, and how a limit is written in it.
func bandWriter(p *i18n.Printer, breaks []float64, impedance model.Impedance) (unit string, number func(float64) string) {
	unit, divisor := bandUnit(breaks, impedance)
	return unit, func(v float64) string {
		if v == 0 {
			return "0"
		}
		return p.Float(v/divisor, bandDecimals(breaks, divisor))
	}
}

// bandUnit chooses the unit of all labels of one ramp, and what a metre or second is divided by.
func bandUnit(breaks []float64, impedance model.Impedance) (key string, divisor float64) {
	if impedance == model.Time {
		return "map.unit.min", 60
	}
	if len(breaks) > 0 && breaks[len(breaks)-1] < 1000 {
		return "map.unit.m", 1
	}
	return "map.unit.km", 1000
}

// bandDecimals is the least count of decimals, at most two, that writes every limit as it is.
func bandDecimals(breaks []float64, divisor float64) int {
	for decimals := range 2 {
		scale := math.Pow10(decimals) / divisor
		whole := true
		for _, b := range breaks {
			whole = whole && math.Abs(b*scale-math.Round(b*scale)) < 1e-6
		}
		if whole {
			return decimals
		}
	}
	return 2
}

// CostLabel is the key of what a query's costs are called on a map: the time by car, or however people travel.
func CostLabel(q model.Query) string {
	if q.Profile != "" && q.Impedance == model.Time {
		return "profile.legend_time"
	}
	return "map.legend." + string(q.Impedance)
}
