package shape

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/crs"
)

// reach is how far beyond Sweden a shape may lie, in metres.
const reach = 200_000

// Check refuses a shape that a layer should not hold, with a Problem that says why and where: positions that are no numbers or lie
// far from Sweden, a line of no length, a ring with too few corners or no surface, one that crosses itself or another of its
// polygon, and a hole outside its polygon.
func Check(g orb.Geometry) error {
	all := paths(g)
	if len(all) == 0 {
		return i18n.Errorf("tools.empty_shape")
	}
	frame := crs.Extent().Pad(reach)
	for _, p := range all {
		for _, at := range p.points {
			if math.IsNaN(at[0]) || math.IsNaN(at[1]) || !frame.Contains(at) {
				return i18n.Errorf("tools.far_away", coordinate(at[1]), coordinate(at[0]))
			}
		}
		if err := p.check(g); err != nil {
			return err
		}
	}
	switch g := g.(type) {
	case orb.Polygon:
		return checkPolygon(g)
	case orb.MultiPolygon:
		for _, p := range g {
			if err := checkPolygon(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// coordinate is a coordinate in whole metres.
func coordinate(v float64) i18n.Message {
	if math.IsNaN(v) || math.Abs(v) > 1e12 {
		return i18n.Plain("–")
	}
	return i18n.M("tools.number", int64(math.Round(v)))
}

// check refuses a path with too few positions.
func (p *path) check(g orb.Geometry) error {
	if isPoints(g) {
		return nil
	}
	different := slices.Compact(slices.Clone(p.corners()))
	switch {
	case p.closed && len(different) < 3:
		return i18n.Errorf("areas.too_few_corners", len(different))
	case len(different) < 2:
		return i18n.Errorf("tools.short_line")
	case p.closed && ringArea(p.points) == 0:
		return i18n.Errorf("tools.no_surface")
	}
	return nil
}

// checkPolygon refuses rings that cross, and holes that lie outside.
func checkPolygon(p orb.Polygon) error {
	if at, crossing := firstCrossing(p); crossing {
		return i18n.Errorf("tools.crossing", coordinate(at[1]), coordinate(at[0]))
	}
	for _, hole := range p[1:] {
		if !holds(p[:1], hole[0]) {
			return i18n.Errorf("tools.hole_outside")
		}
	}
	return nil
}

// side is a side of a ring.
type side struct {
	a, b        orb.Point
	ring, index int
	last        int // index of the ring's last side
	low, high   float64
}

// firstCrossing finds a place where the sides of a polygon's rings meet other than at the corner that two neighbours share. The sides
// are swept from west to east: each is tried with those that it lies abreast of.
func firstCrossing(p orb.Polygon) (orb.Point, bool) {
	var sides []side
	for r, ring := range p {
		points := slices.Compact(slices.Clone(ring)) // a corner that is given twice is one
		for i := 1; i < len(points); i++ {
			a, b := points[i-1], points[i]
			sides = append(sides, side{a, b, r, i - 1, len(points) - 2, min(a[0], b[0]), max(a[0], b[0])})
		}
	}
	slices.SortStableFunc(sides, func(a, b side) int { return cmp.Compare(a.low, b.low) })
	var abreast []side
	for _, s := range sides {
		kept := abreast[:0]
		for _, other := range abreast {
			if other.high < s.low {
				continue
			}
			kept = append(kept, other)
			if at, ok := clash(&other, &s); ok {
				return at, true
			}
		}
		abreast = append(kept, s)
	}
	return orb.Point{}, false
}

// clash tells whether two sides meet where they should not, and about where.
func clash(s, t *side) (orb.Point, bool) {
	if s.ring == t.ring {
		if s.index > t.index {
			s, t = t, s
		}
		if t.index == s.index+1 || s.index == 0 && t.index == s.last {
			return neighbours(s, t)
		}
	}
	if !meet(s.a, s.b, t.a, t.b) {
		return orb.Point{}, false
	}
	return crossing(s.a, s.b, t.a, t.b), true
}

// neighbours share a corner: they clash where one goes back along the other. Of a triangle's sides two share a corner at either end.
func neighbours(s, t *side) (orb.Point, bool) {
	corner, before, after := s.b, s.a, t.b
	if t.index != s.index+1 { // the first and the last side
		corner, before, after = s.a, s.b, t.a
	}
	if turn(before, corner, after) != 0 {
		return orb.Point{}, false
	}
	ahead := (before[0]-corner[0])*(after[0]-corner[0]) + (before[1]-corner[1])*(after[1]-corner[1])
	return corner, ahead > 0
}

// crossing is where two segments that meet do so.
func crossing(a, b, c, d orb.Point) orb.Point {
	s, t := turn(c, d, a), turn(c, d, b)
	if s == t {
		return c
	}
	k := s / (s - t)
	return orb.Point{a[0] + float64(k*(b[0]-a[0])), a[1] + float64(k*(b[1]-a[1]))}
}
