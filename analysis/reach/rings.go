package reach

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// polygons makes polygons of rings that have their inside to the left: shells with the holes that lie in them. Rings may
// touch each other in points, and themselves: they are then parted there. The polygons come from west to east.
func polygons(rings []orb.Ring) orb.MultiPolygon {
	var shells, holes []orb.Ring
	for _, r := range rings {
		for _, simple := range simpleRings(r) {
			switch area := area(simple); {
			case area > 0:
				shells = append(shells, simple)
			case area < 0:
				holes = append(holes, simple)
			}
		}
	}
	sortRings(shells)
	sortRings(holes)
	out := make(orb.MultiPolygon, len(shells))
	bounds, sizes := make([]orb.Bound, len(shells)), make([]float64, len(shells))
	for i, s := range shells {
		out[i], bounds[i], sizes[i] = orb.Polygon{s}, s.Bound(), area(s)
	}
	for _, h := range holes {
		p := orb.Point{(h[0][0] + h[1][0]) / 2, (h[0][1] + h[1][1]) / 2}
		best := -1
		for i := range shells {
			if bounds[i].Contains(p) && (best < 0 || sizes[i] < sizes[best]) && holds(shells[i], p) {
				best = i
			}
		}
		if best >= 0 {
			out[best] = append(out[best], h)
		}
	}
	return out
}

// sortRings orders rings by their first points; each begins at its westernmost.
func sortRings(rings []orb.Ring) {
	slices.SortFunc(rings, func(a, b orb.Ring) int {
		return cmp.Or(comparePoints(a[0], b[0]), comparePoints(a[1], b[1]))
	})
}

// comparePoints orders points by easting, then northing.
func comparePoints(a, b orb.Point) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// simpleRings rounds a ring's points, leaves out those that fall together, and parts it where it comes
// back to a point.
func simpleRings(r orb.Ring) []orb.Ring {
	var out []orb.Ring
	var path []orb.Point
	at := map[orb.Point]int{}
	for _, p := range r {
		p = orb.Point{rounded(p[0]), rounded(p[1])}
		from, seen := at[p]
		if !seen {
			at[p] = len(path)
			path = append(path, p)
			continue
		}
		out = appendRing(out, path[from:])
		for _, gone := range path[from+1:] {
			delete(at, gone)
		}
		path = path[:from+1]
	}
	return appendRing(out, path)
}

// rounded is a coordinate to 2^-20 m. Three borders that meet in one point by rights would else do so in several.
func rounded(v float64) float64 { return math.Round(v*(1<<20)) / (1 << 20) }

// appendRing closes a path of different points that begins at the westernmost, where it is a ring at all.
func appendRing(rings []orb.Ring, path []orb.Point) []orb.Ring {
	if len(path) < 3 {
		return rings
	}
	first := 0
	for i := range path {
		if comparePoints(path[i], path[first]) < 0 {
			first = i
		}
	}
	ring := make(orb.Ring, 0, len(path)+1)
	ring = append(append(append(ring, path[first:]...), path[:first]...), path[first])
	return append(rings, ring)
}

// area is a ring's area, above 0 where it runs counter-clockwise.
func area(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r)-1; i++ {
		a, b := r[i], r[i+1]
		sum += float64((a[0]-r[0][0])*(b[1]-r[0][1])) - float64((a[1]-r[0][1])*(b[0]-r[0][0]))
	}
	return sum / 2
}

// holds tells whether a point lies inside a ring.
func holds(r orb.Ring, p orb.Point) bool {
	odd := false
	for i := 1; i < len(r); i++ {
		low, high := r[i-1], r[i]
		if low[1] > high[1] {
			low, high = high, low
		}
		if low[1] <= p[1] && p[1] < high[1] && low[0]+float64((p[1]-low[1])*(high[0]-low[0]))/(high[1]-low[1]) > p[0] {
			odd = !odd
		}
	}
	return odd
}
