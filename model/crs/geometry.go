package crs

import "github.com/paulmach/orb"

// ToProject gives g, of the system from, in SWEREF 99 TM. The geometry is a new one, save where the system already is
// the project's own: then g itself is given back. nil stays nil.
func ToProject(g orb.Geometry, from CRS) orb.Geometry {
	if from.def == nil || from.def.same() {
		return g
	}
	return transform(g, from.ToProject)
}

// FromProject gives g, in SWEREF 99 TM, in the system to, as ToProject does.
func FromProject(g orb.Geometry, to CRS) orb.Geometry {
	if to.def == nil || to.def.same() {
		return g
	}
	return transform(g, to.FromProject)
}

// transform builds a geometry of the same shape from moved points.
func transform(g orb.Geometry, move func(orb.Point) orb.Point) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		return move(g)
	case orb.MultiPoint:
		return orb.MultiPoint(points(g, move))
	case orb.LineString:
		return orb.LineString(points(g, move))
	case orb.Ring:
		return orb.Ring(points(g, move))
	case orb.MultiLineString:
		return each(g, func(l orb.LineString) orb.LineString { return points(l, move) })
	case orb.Polygon:
		return rings(g, move)
	case orb.MultiPolygon:
		return each(g, func(p orb.Polygon) orb.Polygon { return rings(p, move) })
	case orb.Collection:
		return each(g, func(part orb.Geometry) orb.Geometry { return transform(part, move) })
	case orb.Bound:
		return boundOf(g, move)
	}
	return g
}

// points moves a run of points.
func points[S ~[]orb.Point](in S, move func(orb.Point) orb.Point) S {
	return each(in, move)
}

// rings moves a polygon.
func rings(in orb.Polygon, move func(orb.Point) orb.Point) orb.Polygon {
	return each(in, func(r orb.Ring) orb.Ring { return points(r, move) })
}

// each maps a slice; nil stays nil.
func each[S ~[]E, E any](in S, do func(E) E) S {
	if in == nil {
		return nil
	}
	out := make(S, len(in))
	for i, v := range in {
		out[i] = do(v)
	}
	return out
}

// boundSteps is how many pieces a side of a box is cut into, since its sides bend in another system.
const boundSteps = 16

// boundOf gives the box around a moved box.
func boundOf(b orb.Bound, move func(orb.Point) orb.Point) orb.Bound {
	first := move(b.Min)
	out := orb.Bound{Min: first, Max: first}
	for i := range boundSteps + 1 {
		s := float64(i) / boundSteps
		x := b.Min[0] + s*(b.Max[0]-b.Min[0])
		y := b.Min[1] + s*(b.Max[1]-b.Min[1])
		for _, p := range [4]orb.Point{{x, b.Min[1]}, {x, b.Max[1]}, {b.Min[0], y}, {b.Max[0], y}} {
			out = out.Extend(move(p))
		}
	}
	return out
}
