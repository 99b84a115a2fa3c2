package shape

import (
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// Vertex is a position in a shape: of which part, in which of its rings (0 for the outer one and for lines), and where in that.
type Vertex struct{ Part, Ring, Index int }

// path is a run of positions: a line, a ring, or a single point.
type path struct {
	part, ring int
	points     []orb.Point
	closed     bool // the last position is the first again
}

// paths are the runs of a shape, in order. The positions are the shape's own.
func paths(g orb.Geometry) []path {
	var out []path
	rings := func(part int, p orb.Polygon) {
		for i, r := range p {
			out = append(out, path{part, i, r, true})
		}
	}
	switch g := g.(type) {
	case orb.Point:
		out = append(out, path{points: []orb.Point{g}})
	case orb.MultiPoint:
		for i := range g {
			out = append(out, path{part: i, points: g[i : i+1]})
		}
	case orb.LineString:
		out = append(out, path{points: g})
	case orb.MultiLineString:
		for i, l := range g {
			out = append(out, path{part: i, points: l})
		}
	case orb.Polygon:
		rings(0, g)
	case orb.MultiPolygon:
		for i, p := range g {
			rings(i, p)
		}
	case orb.Collection:
		for _, c := range g {
			out = append(out, paths(c)...)
		}
	}
	return out
}

// corners are the positions of a path without the repeated one.
func (p *path) corners() []orb.Point {
	if n := len(p.points); p.closed && n > 1 && p.points[0] == p.points[n-1] {
		return p.points[:n-1]
	}
	return p.points
}

// Place is a vertex with where it lies.
type Place struct {
	Vertex Vertex
	At     orb.Point
}

// Vertices are all vertices of a shape, those of rings once.
func Vertices(g orb.Geometry) []Place {
	var out []Place
	for _, p := range paths(g) {
		for i, at := range p.corners() {
			out = append(out, Place{Vertex{p.part, p.ring, i}, at})
		}
	}
	return out
}

// Count is how many positions a shape has.
func Count(g orb.Geometry) int {
	n := 0
	for _, p := range paths(g) {
		n += len(p.points)
	}
	return n
}

// Middles are the middles of all segments, each under the vertex that the segment begins at: where a vertex can be put in.
func Middles(g orb.Geometry) []Place {
	var out []Place
	for _, p := range paths(g) {
		for i := 1; i < len(p.points); i++ {
			a, b := p.points[i-1], p.points[i]
			out = append(out, Place{Vertex{p.part, p.ring, i - 1}, orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}})
		}
	}
	return out
}

// errVertex is the problem of a vertex that the shape does not have.
func errVertex() error { return i18n.Errorf("tools.no_vertex") }

// Move gives the shape with a vertex elsewhere.
func Move(g orb.Geometry, v Vertex, to orb.Point) (orb.Geometry, error) {
	return change(g, v, func(corners []orb.Point) ([]orb.Point, error) {
		corners[v.Index] = to
		return corners, nil
	})
}

// Insert gives the shape with a new vertex after another one. A point takes none.
func Insert(g orb.Geometry, after Vertex, at orb.Point) (orb.Geometry, error) {
	if isPoints(g) {
		return nil, errVertex()
	}
	return change(g, after, func(corners []orb.Point) ([]orb.Point, error) {
		return slices.Insert(corners, after.Index+1, at), nil
	})
}

// Remove gives the shape without a vertex. A line keeps two, a ring three: a Problem says so.
func Remove(g orb.Geometry, v Vertex) (orb.Geometry, error) {
	if isPoints(g) {
		return nil, i18n.Errorf("tools.last_vertex")
	}
	least := 2
	if _, line := g.(orb.LineString); !line {
		if _, lines := g.(orb.MultiLineString); !lines {
			least = 3
		}
	}
	return change(g, v, func(corners []orb.Point) ([]orb.Point, error) {
		if len(corners) <= least {
			return nil, i18n.Errorf("tools.last_vertex")
		}
		return slices.Delete(corners, v.Index, v.Index+1), nil
	})
}

func isPoints(g orb.Geometry) bool {
	switch g.(type) {
	case orb.Point, orb.MultiPoint:
		return true
	}
	return false
}

// Shift gives the shape moved by a distance east and north.
func Shift(g orb.Geometry, east, north float64) orb.Geometry {
	out := orb.Clone(g)
	if p, ok := out.(orb.Point); ok {
		return orb.Point{p[0] + east, p[1] + north}
	}
	for _, p := range paths(out) {
		for i := range p.points {
			p.points[i] = orb.Point{p.points[i][0] + east, p.points[i][1] + north}
		}
	}
	return out
}

// change gives the shape with one of its paths made another. do gets a copy of the corners and may change it.
func change(g orb.Geometry, v Vertex, do func([]orb.Point) ([]orb.Point, error)) (orb.Geometry, error) {
	for _, p := range paths(g) {
		if p.part != v.Part || p.ring != v.Ring {
			continue
		}
		corners := p.corners()
		if v.Index < 0 || v.Index >= len(corners) {
			return nil, errVertex()
		}
		points, err := do(slices.Clone(corners))
		if err != nil {
			return nil, err
		}
		if p.closed {
			points = append(points, points[0])
		}
		return replace(g, v, points), nil
	}
	return nil, errVertex()
}

// replace gives a copy of the shape with other positions in one path.
func replace(g orb.Geometry, v Vertex, points []orb.Point) orb.Geometry {
	switch out := orb.Clone(g).(type) {
	case orb.Point:
		return points[0]
	case orb.MultiPoint:
		out[v.Part] = points[0]
		return out
	case orb.LineString:
		return orb.LineString(points)
	case orb.MultiLineString:
		out[v.Part] = points
		return out
	case orb.Polygon:
		out[v.Ring] = points
		return out
	case orb.MultiPolygon:
		out[v.Part][v.Ring] = points
		return out
	default:
		return out // of a mixture: see Editable
	}
}

// Editable tells whether the vertices of a shape can be edited: all but mixtures.
func Editable(g orb.Geometry) bool {
	switch g.(type) {
	case orb.Point, orb.MultiPoint, orb.LineString, orb.MultiLineString, orb.Polygon, orb.MultiPolygon:
		return true
	}
	return false
}
