package table

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"nabar/model"
)

// Kinds gathers the geometry types of a layer's rows, to find the one type that all of them can take. The zero value is
// ready.
type Kinds struct {
	points, lines, areas, others int
	multi                        bool
	bounds                       orb.Bound
	started                      bool
}

// Add takes one row's geometry; nil counts for nothing.
func (k *Kinds) Add(g orb.Geometry) {
	switch g.(type) {
	case nil:
		return
	case orb.Point:
		k.points++
	case orb.MultiPoint:
		k.points++
		k.multi = true
	case orb.LineString:
		k.lines++
	case orb.MultiLineString:
		k.lines++
		k.multi = true
	case orb.Polygon:
		k.areas++
	case orb.MultiPolygon:
		k.areas++
		k.multi = true
	default:
		k.others++
	}
	if b := g.Bound(); !k.started {
		k.bounds, k.started = b, true
	} else {
		k.bounds = k.bounds.Union(b)
	}
}

// Bounds is the box around all geometries, zero where there were none.
func (k *Kinds) Bounds() orb.Bound { return k.bounds }

// Type is the layer's geometry type: single where all are single, multi where points, lines or areas are mixed with
// their own multiples, any where kinds are mixed, none where there was no geometry.
func (k *Kinds) Type() model.GeometryType {
	kinds := 0
	for _, n := range [...]int{k.points, k.lines, k.areas} {
		if n > 0 {
			kinds++
		}
	}
	switch {
	case kinds == 0 && k.others == 0:
		return model.NoGeometry
	case k.others > 0 || kinds > 1:
		return model.AnyGeometry
	case k.points > 0:
		return pick(k.multi, model.MultiPointType, model.PointType)
	case k.lines > 0:
		return pick(k.multi, model.MultiLineStringType, model.LineStringType)
	}
	return pick(k.multi, model.MultiPolygonType, model.PolygonType)
}

// pick gives multi or single.
func pick(multi bool, many, one model.GeometryType) model.GeometryType {
	if multi {
		return many
	}
	return one
}

// SwapAxes exchanges X and Y everywhere in a geometry.
func SwapAxes(g orb.Geometry) orb.Geometry {
	return project.Geometry(orb.Clone(g), func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} })
}
