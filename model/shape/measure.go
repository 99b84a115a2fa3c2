package shape

import (
	"math"

	"github.com/paulmach/orb"

	"nabar/model/crs"
)

// Leg is the length in metres on the ground of the straight line between two positions. The grid's length is divided by the
// grid's scale along it (Simpson's rule): in Sweden within 1e-5 of the geodesic on GRS 80.
func Leg(a, b orb.Point) float64 {
	grid := math.Hypot(b[0]-a[0], b[1]-a[1])
	middle := orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
	return grid * (1/crs.GridFactor(a) + 4/crs.GridFactor(middle) + 1/crs.GridFactor(b)) / 6
}

// Length is the length in metres on the ground along positions.
func Length(points []orb.Point) float64 {
	sum := 0.0
	for i := 1; i < len(points); i++ {
		sum += Leg(points[i-1], points[i])
	}
	return sum
}

// Total is the length in metres on the ground of a shape's lines and rings.
func Total(g orb.Geometry) float64 {
	sum := 0.0
	for _, p := range paths(g) {
		sum += Length(p.points)
	}
	return sum
}

// Area is the surface in square metres on the ground of a shape's polygons: outer rings less their holes, whichever way they run.
func Area(g orb.Geometry) float64 {
	sum := 0.0
	for _, p := range paths(g) {
		if !p.closed {
			continue
		}
		if a := ringArea(p.points); p.ring == 0 {
			sum += a
		} else {
			sum -= a
		}
	}
	return sum
}

// ringArea is the surface within a ring. A surface element on the grid is divided by the square of the grid's scale, which depends
// on the easting alone; by Green's theorem that is a sum over the sides, of y/k² dx, with Simpson's rule on each.
func ringArea(ring []orb.Point) float64 {
	if len(ring) == 0 {
		return 0
	}
	base := ring[0][1] // sums stay small
	f := func(x, y float64) float64 {
		k := crs.GridFactor(orb.Point{x, y})
		return (y - base) / (k * k)
	}
	sum := 0.0
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		middle := f((a[0]+b[0])/2, (a[1]+b[1])/2)
		sum += (b[0] - a[0]) * (f(a[0], a[1]) + 4*middle + f(b[0], b[1])) / 6
	}
	return math.Abs(sum)
}
