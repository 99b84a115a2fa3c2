package shape

import (
	"github.com/paulmach/orb"
)

// Meets tells whether a shape and an area have anything in common, edges included.
func Meets(g orb.Geometry, area orb.MultiPolygon) bool {
	if g == nil || !g.Bound().Intersects(area.Bound()) {
		return false
	}
	edges := paths(area)
	for _, run := range paths(g) {
		if len(run.points) == 0 {
			continue
		}
		for _, p := range run.points {
			if Distance(area, p) == 0 {
				return true
			}
		}
		for i := range edges {
			if crosses(&run, &edges[i]) {
				return true
			}
		}
	}
	for _, ring := range edges { // the area may lie within the shape
		if len(ring.points) > 0 && holds(g, ring.points[0]) {
			return true
		}
	}
	return false
}

// crosses tells whether two paths meet.
func crosses(a, b *path) bool {
	box := orb.LineString(b.points).Bound()
	for i := 1; i < len(a.points); i++ {
		p, q := a.points[i-1], a.points[i]
		if !(orb.MultiPoint{p, q}).Bound().Intersects(box) {
			continue
		}
		for k := 1; k < len(b.points); k++ {
			if meet(p, q, b.points[k-1], b.points[k]) {
				return true
			}
		}
	}
	return false
}

// turn tells which way one turns at b from a to c: above 0 to the left, below to the right, 0 straight. Coordinates are taken from
// a, so that little is lost.
func turn(a, b, c orb.Point) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}

// meet tells whether two segments have a position in common.
func meet(a, b, c, d orb.Point) bool {
	if !(orb.MultiPoint{a, b}).Bound().Intersects((orb.MultiPoint{c, d}).Bound()) {
		return false
	}
	s, t, u, v := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	return apart(s, t) && apart(u, v) ||
		s == 0 && between(a, b, c) || t == 0 && between(a, b, d) || u == 0 && between(c, d, a) || v == 0 && between(c, d, b)
}

// apart tells whether one number is above 0 and the other below.
func apart(a, b float64) bool { return a > 0 && b < 0 || a < 0 && b > 0 }

// between tells whether a position on the line of a segment lies in its box.
func between(a, b, p orb.Point) bool { return (orb.MultiPoint{a, b}).Bound().Contains(p) }
