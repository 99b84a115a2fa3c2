package model

import "github.com/paulmach/orb"

// TypeOf is the GeoPackage name of a geometry's type.
func TypeOf(g orb.Geometry) GeometryType {
	switch g.(type) {
	case orb.Point:
		return PointType
	case orb.MultiPoint:
		return MultiPointType
	case orb.LineString:
		return LineStringType
	case orb.MultiLineString:
		return MultiLineStringType
	case orb.Polygon, orb.Ring, orb.Bound:
		return PolygonType
	case orb.MultiPolygon:
		return MultiPolygonType
	}
	return AnyGeometry
}

// Fit turns a geometry into a layer's type where that loses nothing: one part out of a multi geometry of one, or
// a multi geometry around one part.
func Fit(g orb.Geometry, want GeometryType) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		if want == MultiPointType {
			return orb.MultiPoint{g}
		}
	case orb.LineString:
		if want == MultiLineStringType {
			return orb.MultiLineString{g}
		}
	case orb.Polygon:
		if want == MultiPolygonType {
			return orb.MultiPolygon{g}
		}
	case orb.MultiPoint:
		if want == PointType && len(g) == 1 {
			return g[0]
		}
	case orb.MultiLineString:
		if want == LineStringType && len(g) == 1 {
			return g[0]
		}
	case orb.MultiPolygon:
		if want == PolygonType && len(g) == 1 {
			return g[0]
		}
	}
	return g
}
