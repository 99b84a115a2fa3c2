package table

import (
	"strconv"

	"github.com/paulmach/orb"
)

// FormatWKT writes a geometry as well-known text in plain decimals; nothing for nil.
func FormatWKT(g orb.Geometry) string {
	return string(appendWKT(nil, g))
}

// appendWKT writes one geometry.
func appendWKT(b []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case nil:
		return b
	case orb.Point:
		return appendPoints(append(b, "POINT"...), []orb.Point{g})
	case orb.MultiPoint:
		return appendPoints(append(b, "MULTIPOINT"...), g)
	case orb.LineString:
		return appendPoints(append(b, "LINESTRING"...), g)
	case orb.MultiLineString:
		return appendList(append(b, "MULTILINESTRING"...), g, func(b []byte, l orb.LineString) []byte { return appendPoints(b, l) })
	case orb.Ring:
		return appendWKT(b, orb.Polygon{g})
	case orb.Polygon:
		return appendRings(append(b, "POLYGON"...), g)
	case orb.MultiPolygon:
		return appendList(append(b, "MULTIPOLYGON"...), g, appendRings)
	case orb.Collection:
		return appendList(append(b, "GEOMETRYCOLLECTION"...), g, appendWKT)
	case orb.Bound:
		return appendWKT(b, g.ToPolygon())
	}
	return b
}

// appendList writes a bracketed list, or EMPTY.
func appendList[T any](b []byte, items []T, one func([]byte, T) []byte) []byte {
	if len(items) == 0 {
		return append(b, " EMPTY"...)
	}
	b = append(b, '(')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, item)
	}
	return append(b, ')')
}

// appendRings writes a polygon's rings.
func appendRings(b []byte, p orb.Polygon) []byte {
	return appendList(b, p, func(b []byte, r orb.Ring) []byte { return appendPoints(b, r) })
}

// appendPoints writes positions in the fewest digits that give them back.
func appendPoints(b []byte, ps []orb.Point) []byte {
	return appendList(b, ps, func(b []byte, p orb.Point) []byte {
		b = strconv.AppendFloat(b, p[0], 'f', -1, 64)
		b = append(b, ' ')
		return strconv.AppendFloat(b, p[1], 'f', -1, 64)
	})
}
