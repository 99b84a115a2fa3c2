package crs

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// sweden is a coarse outline of the country with some 30 km of sea and of the neighbours' land, in degrees.
var sweden = orb.Ring{
	{10.4, 59.2},
	{10.6, 58.2},
	{11.2, 56.8},
	{12.0, 55.8},
	{12.4, 55.1},
	{14.6, 55.1},
	{15.2, 55.7},
	{17.0, 55.8},
	{17.4, 56.6},
	{18.2, 56.6},
	{20.0, 57.5},
	{20.0, 58.8},
	{19.8, 60.3},
	{18.5, 61.2},
	{18.6, 62.1},
	{20.9, 63.2},
	{22.2, 64.3},
	{23.2, 65.3},
	{24.8, 65.5},
	{24.8, 66.6},
	{24.2, 68.2},
	{21.2, 69.4},
	{19.6, 69.4},
	{17.2, 68.5},
	{15.2, 67.6},
	{14.6, 66.4},
	{13.8, 65.6},
	{13.2, 64.3},
	{11.4, 63.7},
	{11.3, 62.0},
	{11.7, 61.2},
	{11.5, 60.5},
	{10.9, 59.9},
	{10.4, 59.2},
}

// Extent is the box around Sweden in SWEREF 99 TM that the national road data is calculated in.
func Extent() orb.Bound {
	return orb.Bound{Min: orb.Point{181750, 6090250}, Max: orb.Point{1086500, 7689500}}
}

// zoneReach is how far from its central meridian a local zone is used, in metres. The zones are 1.5 to 2.25 degrees
// wide; a whole county in one zone reaches farther.
const zoneReach = 120_000

// Guess lists the systems in which a box of coordinates lies in Sweden, the likeliest first: an empty list means that
// none fits. A box may fit several systems; then only the user knows. Names that mean the same system are listed once.
func Guess(b orb.Bound) []CRS {
	for _, v := range [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	if b.IsEmpty() {
		return nil
	}
	var out []CRS
	for _, c := range Supported() {
		if c.fits(b) {
			out = append(out, c)
		}
	}
	return out
}

// GuessSwapped does the same for coordinates that stand with northing or latitude first.
func GuessSwapped(b orb.Bound) []CRS {
	return Guess(orb.Bound{Min: orb.Point{b.Min[1], b.Min[0]}, Max: orb.Point{b.Max[1], b.Max[0]}})
}

// fits tells whether a box has its middle in Sweden and its corners in Sweden's box, when taken as of system c.
func (c CRS) fits(b orb.Bound) bool {
	if !c.plausible(b) {
		return false
	}
	extent := Extent().Pad(100_000)
	for _, p := range [4]orb.Point{b.Min, b.Max, {b.Min[0], b.Max[1]}, {b.Max[0], b.Min[1]}} {
		if !extent.Contains(c.ToProject(p)) {
			return false
		}
	}
	return planar.RingContains(sweden, project.inverse(c.ToProject(b.Center())))
}

// plausible excludes values that the system can't have, before they are computed with.
func (c CRS) plausible(b orb.Bound) bool {
	switch {
	case c.def.kind == geographic:
		return b.Min[0] > -180 && b.Max[0] < 180 && b.Min[1] > -90 && b.Max[1] < 90
	case c.def.falseEasting == 150000:
		return b.Min[0] > 150000-zoneReach && b.Max[0] < 150000+zoneReach
	}
	return b.Min[0] > 0 && b.Max[0] < 4e6 && b.Min[1] > 5e6 && b.Max[1] < 14e6
}
