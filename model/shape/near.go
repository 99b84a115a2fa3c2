package shape

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Hit is the place on a shape that lies nearest a position.
type Hit struct {
	At       orb.Point
	Vertex   Vertex // that it is, or that the segment begins at
	OnVertex bool
	Distance float64 // metres on the grid
}

// Nearest is the place on a shape's lines and points that lies nearest a position; false for an empty shape.
func Nearest(g orb.Geometry, p orb.Point) (Hit, bool) {
	best := Hit{Distance: math.Inf(1)}
	for _, run := range paths(g) {
		for i, at := range run.corners() {
			if d := distance(at, p); d < best.Distance || d == best.Distance && !best.OnVertex {
				best = Hit{at, Vertex{run.part, run.ring, i}, true, d}
			}
		}
		for i := 1; i < len(run.points); i++ {
			at := onSegment(run.points[i-1], run.points[i], p)
			if d := distance(at, p); d < best.Distance {
				best = Hit{at, Vertex{run.part, run.ring, i - 1}, false, d}
			}
		}
	}
	return best, !math.IsInf(best.Distance, 1)
}

// Distance is how far a position lies from a shape in metres on the grid: 0 within a surface, infinite from an empty shape.
func Distance(g orb.Geometry, p orb.Point) float64 {
	if holds(g, p) {
		return 0
	}
	if hit, ok := Nearest(g, p); ok {
		return hit.Distance
	}
	return math.Inf(1)
}

// holds tells whether a position lies within a surface of the shape.
func holds(g orb.Geometry, p orb.Point) bool {
	switch g := g.(type) {
	case orb.Polygon:
		return planar.PolygonContains(g, p)
	case orb.MultiPolygon:
		return planar.MultiPolygonContains(g, p)
	case orb.Collection:
		for _, c := range g {
			if holds(c, p) {
				return true
			}
		}
	}
	return false
}

// Snap draws a position to what lies within reach of it: the nearest vertex of any of the shapes, else the nearest place on a
// line. A vertex goes before a line that lies nearer, as it is what one aims at. Of equally near ones the first shape's counts.
func Snap(shapes []orb.Geometry, p orb.Point, reach float64) (Hit, bool) {
	vertex, edge := Hit{Distance: math.Inf(1)}, Hit{Distance: math.Inf(1)}
	for _, g := range shapes {
		if g == nil || !g.Bound().Pad(reach).Contains(p) {
			continue
		}
		for _, run := range paths(g) {
			run.snap(p, &vertex, &edge)
		}
	}
	switch {
	case vertex.Distance <= reach:
		return vertex, true
	case edge.Distance <= reach:
		return edge, true
	}
	return Hit{}, false
}

// snap takes up what lies nearer to a position on the path.
func (p *path) snap(from orb.Point, vertex, edge *Hit) {
	for i, at := range p.points {
		if d := distance(at, from); d < vertex.Distance {
			*vertex = Hit{at, Vertex{p.part, p.ring, i}, true, d}
		}
		if i == 0 {
			continue
		}
		on := onSegment(p.points[i-1], at, from)
		if d := distance(on, from); d < edge.Distance {
			*edge = Hit{on, Vertex{p.part, p.ring, i - 1}, false, d}
		}
	}
}

// onSegment is the place on a segment that lies nearest a position.
func onSegment(a, b, p orb.Point) orb.Point {
	dx, dy := b[0]-a[0], b[1]-a[1]
	square := dx*dx + dy*dy
	if square == 0 {
		return a
	}
	t := ((p[0]-a[0])*dx + (p[1]-a[1])*dy) / square
	switch {
	case t <= 0:
		return a
	case t >= 1:
		return b
	}
	return orb.Point{a[0] + float64(t*dx), a[1] + float64(t*dy)}
}

func distance(a, b orb.Point) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }
