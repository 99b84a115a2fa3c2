package table

import (
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/crs"
	"nabar/model/format"
)

// The ranges in which a coordinate of a place in Sweden or near its borders lies.
const (
	lonRange = iota
	latRange
	eastRange // SWEREF 99 TM, its local zones and RT 90
	northRange
	mercatorX
	mercatorY
	ranges
)

// interval is closed at both ends.
type interval struct{ from, to float64 }

// has tells whether v lies in the interval.
func (i interval) has(v float64) bool { return v >= i.from && v <= i.to }

// swedish are the ranges, some hundred kilometres wider than the country.
var swedish = [ranges]interval{
	lonRange: {4, 33}, latRange: {53, 72},
	eastRange: {2e4, 2e6}, northRange: {5.9e6, 7.9e6},
	mercatorX: {1.1e6, 2.8e6}, mercatorY: {7.2e6, 11.7e6},
}

// systems pairs the ranges of easting and northing.
var systems = [][2]int{{lonRange, latRange}, {eastRange, northRange}, {mercatorX, mercatorY}}

// enough is the share of a column's values that must lie in a range for a column that is named as a coordinate to be of
// that kind; rows outside are mistakes, and told.
const enough = 0.5

// share is the part of the column's values that lies in a range.
func (c *Column) share(r int) float64 {
	if c.values == 0 {
		return 0
	}
	return float64(c.near[r].n) / float64(c.values)
}

// Place says where a table holds its positions.
type Place struct {
	X, Y, WKT int // column indexes; -1 for none
	Sure      bool
	Why       i18n.Message
	CRS       crs.CRS
	CRSKnown  bool
	Bounds    orb.Bound // of the X and Y columns' credible values
	Warnings  []i18n.Message
}

// HasPoint tells whether there are X and Y columns.
func (p Place) HasPoint() bool { return p.X >= 0 && p.Y >= 0 }

// Coordinates names the columns.
func (p Place) Coordinates(columns []Column) format.Coordinates {
	out := format.Coordinates{Sure: p.Sure, Why: p.Why}
	if p.WKT >= 0 {
		out.WKT = columns[p.WKT].Name
	}
	if p.HasPoint() {
		out.X, out.Y = columns[p.X].Name, columns[p.Y].Name
	}
	return out
}

// Locate finds the coordinate columns of a table whose cells have all been added.
//
// Names propose and values decide: of "x" and "y" the one with northings is the northing, and where a name like "E"
// contradicts its values the values win and the place is not sure. Without telling names two columns are taken only
// when exactly one holds northings and exactly one eastings.
func Locate(columns []Column) Place {
	none := Place{X: -1, Y: -1, WKT: -1}
	if i := wktColumn(columns); i >= 0 {
		none.WKT, none.Sure, none.Why = i, true, i18n.M("table.why_wkt", columns[i].Name)
		return none
	}
	if a, b, ok := namedPair(columns); ok {
		return pairPlace(columns, a, b)
	}
	if a, b, ok := valuePair(columns); ok {
		p := pairPlace(columns, a, b)
		p.Sure, p.Why = false, i18n.M("table.why_values", columns[p.X].Name, columns[p.Y].Name)
		p.Warnings = append(p.Warnings, p.Why)
		return p
	}
	return none
}

// LocateAs makes the place of columns that the user named.
func LocateAs(columns []Column, x, y, wkt int) Place {
	p := Place{X: x, Y: y, WKT: wkt, Sure: true}
	if wkt >= 0 {
		p.X, p.Y = -1, -1
		return p
	}
	p.settle(columns)
	return p
}

// wktColumn finds the column of well-known text: most values are, and the name says so or all values are.
func wktColumn(columns []Column) int {
	for i := range columns {
		c := &columns[i]
		if c.values == 0 || c.wkt == 0 {
			continue
		}
		part := float64(c.wkt) / float64(c.values)
		if part == 1 || (part >= 0.5 && wktNames[fold(c.Name)]) {
			return i
		}
	}
	return -1
}

// namedPair finds the two columns whose names are the axes of one system, best kind of name first, and names that tell
// their system before bare ones.
func namedPair(columns []Column) (a, b int, ok bool) {
	best := 0
	for _, kind := range [][2]axis{{eastAxis, northAxis}, {lonAxis, latAxis}, {xAxis, yAxis}} {
		for i := range columns {
			if axisOf(columns[i].Name) != kind[0] {
				continue
			}
			for j := range columns {
				if axisOf(columns[j].Name) != kind[1] {
					continue
				}
				if s := pairScore(&columns[i], &columns[j]); s > best {
					a, b, ok, best = i, j, true, s
				}
			}
		}
	}
	return a, b, ok
}

// pairScore grades two columns as a pair of coordinates: 0 where their values can be none.
func pairScore(a, b *Column) int {
	_, _, inSweden := orient(a, b)
	if !inSweden && !elsewhere(a, b) {
		return 0
	}
	score := 1
	if inSweden {
		score += 4
	}
	if namedSystem(a.Name) && namedSystem(b.Name) {
		score += 2
	}
	if a.numbers == a.values && b.numbers == b.values {
		score++
	}
	return score
}

// elsewhere tells whether two columns can be coordinates of places that are not in Sweden: degrees that are named so,
// or metres so large that they are no counts.
func elsewhere(a, b *Column) bool {
	if float64(a.numbers) < enough*float64(a.values) || float64(b.numbers) < enough*float64(b.values) || a.numbers*b.numbers == 0 {
		return false
	}
	if axisOf(a.Name) == lonAxis {
		return degrees(orb.Bound{Min: orb.Point{a.all.min, b.all.min}, Max: orb.Point{a.all.max, b.all.max}})
	}
	const metres = 10_000
	return a.all.min > metres && b.all.min > metres
}

// valuePair finds the only two columns that hold eastings and northings, or longitudes and latitudes, in nearly every
// row, decimals or not.
func valuePair(columns []Column) (a, b int, ok bool) {
	for _, s := range systems[:2] {
		x, y := only(columns, s[0]), only(columns, s[1])
		if x >= 0 && y >= 0 && x != y {
			return x, y, true
		}
	}
	return 0, 0, false
}

// only gives the index of the one column whose values lie in a range; -1 where there is none or several. Degrees must
// have decimals: small whole numbers are counts.
func only(columns []Column, r int) int {
	found := -1
	for i := range columns {
		c := &columns[i]
		if c.share(r) < 0.95 || codeName(c.Name) || ((r == lonRange || r == latRange) && c.commas+c.points == 0) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// orient finds the system and the order in which two columns are coordinates of places in Sweden: swapped is true where
// a is the northing.
func orient(a, b *Column) (system int, swapped, ok bool) {
	best := 0.0
	for i, s := range systems {
		if v := min(a.share(s[0]), b.share(s[1])); v >= enough && v > best {
			system, swapped, ok, best = i, false, true, v
		}
		if v := min(a.share(s[1]), b.share(s[0])); v >= enough && v > best {
			system, swapped, ok, best = i, true, true, v
		}
	}
	return system, swapped, ok
}

// pairPlace settles the order and the system of a pair of columns, a named as easting, longitude or x.
func pairPlace(columns []Column, a, b int) Place {
	p := Place{X: a, Y: b, WKT: -1}
	_, swapped, ok := orient(&columns[a], &columns[b])
	if swapped {
		p.X, p.Y = b, a
	}
	vague := axisOf(columns[a].Name) == xAxis
	p.Sure = ok && (vague || !swapped)
	p.Why = i18n.M("table.why_names", columns[p.X].Name, columns[p.Y].Name)
	if swapped && !vague {
		p.Warnings = append(p.Warnings, i18n.M("table.names_contradict", columns[p.X].Name, columns[p.Y].Name))
	}
	p.settle(columns)
	return p
}

// settle finds the bounds of the credible values and the coordinate system.
func (p *Place) settle(columns []Column) {
	x, y := &columns[p.X], &columns[p.Y]
	ex, ey := x.all, y.all
	if system, swapped, ok := orient(x, y); ok && !swapped {
		ex, ey = x.near[systems[system][0]], y.near[systems[system][1]]
	}
	if ex.n == 0 || ey.n == 0 {
		return
	}
	p.Bounds = orb.Bound{Min: orb.Point{ex.min, ey.min}, Max: orb.Point{ex.max, ey.max}}
	p.CRS, p.CRSKnown = System(p.Bounds, systemOf(x.Name))
	if !p.CRSKnown && p.CRS.IsZero() && axisOf(x.Name) == lonAxis && degrees(p.Bounds) {
		p.CRS, p.CRSKnown = crs.WGS84, true // named as degrees, elsewhere in the world
	}
}

// System chooses the coordinate system of some bounds: the one that is told, if they can lie in it; else the likeliest.
// It is known when it was told, when it is the only one, or when it is one of the two that Swedish files are nearly
// always in.
func System(b orb.Bound, told crs.CRS) (system crs.CRS, known bool) {
	guesses := crs.Guess(b)
	for _, g := range guesses {
		if g == told {
			return g, true
		}
	}
	if len(guesses) == 0 {
		return told, false
	}
	first := guesses[0]
	return first, told.IsZero() && (len(guesses) == 1 || first == crs.SWEREF99TM || first == crs.WGS84)
}

// degrees tells whether bounds can be longitude and latitude.
func degrees(b orb.Bound) bool {
	return b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90
}
