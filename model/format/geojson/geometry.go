package geojson

import (
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/format/table"
)

// collectionDepth bounds how deep geometry collections may lie in each other.
const collectionDepth = 8

// geometryReader reads the geometry of one feature.
type geometryReader struct {
	heights bool         // positions had more than two numbers
	closed  bool         // a ring had to be closed
	fault   i18n.Message // the first fault, which makes the geometry unusable
}

// fail keeps the first fault.
func (r *geometryReader) fail(key string, args ...any) {
	if r.fault.IsZero() {
		r.fault = i18n.M(key, args...)
	}
}

// read gives the geometry of a geometry object, nil for null and for an empty one.
func (r *geometryReader) read(raw []byte) orb.Geometry {
	var parts orb.Collection
	r.collect(raw, 0, &parts)
	if !r.fault.IsZero() {
		return nil
	}
	return unite(parts)
}

// collect adds a geometry, or the members of a collection, to parts.
func (r *geometryReader) collect(raw []byte, depth int, parts *orb.Collection) {
	if isNull(raw) {
		return
	}
	var kind, coordinates, geometries []byte
	object := members(raw, func(key, value []byte) bool {
		switch string(key) {
		case `"type"`:
			kind = value
		case `"coordinates"`:
			coordinates = value
		case `"geometries"`:
			geometries = value
		}
		return true
	})
	name, _ := unquote(kind)
	switch {
	case !object || name == "":
		r.fail("table.geojson_geometry", table.Clip(string(raw)))
	case name == "GeometryCollection" && depth >= collectionDepth:
		r.fail("table.geojson_deep")
	case name == "GeometryCollection":
		if !elements(geometries, func(v []byte) { r.collect(v, depth+1, parts) }) {
			r.fail("table.geojson_geometry", name)
		}
	default:
		if g := r.coordinates(name, coordinates); g != nil {
			*parts = append(*parts, g)
		}
	}
}

// coordinates reads the coordinates of one simple geometry.
func (r *geometryReader) coordinates(name string, raw []byte) orb.Geometry {
	c := cursor{b: raw}
	empty := cursor{b: raw}
	if empty.take('[') && empty.take(']') {
		return nil
	}
	switch name {
	case "Point":
		return r.position(&c)
	case "MultiPoint":
		return orb.MultiPoint(r.positions(&c, 1))
	case "LineString":
		return orb.LineString(r.positions(&c, 2))
	case "MultiLineString":
		return r.lines(&c)
	case "Polygon":
		return r.polygon(&c)
	case "MultiPolygon":
		var out orb.MultiPolygon
		r.list(&c, func() { out = append(out, r.polygon(&c)) })
		return out
	}
	r.fail("table.geojson_type", table.Clip(name))
	return nil
}

// list goes through an array of arrays; item has to take one element.
func (r *geometryReader) list(c *cursor, item func()) {
	if !c.take('[') {
		r.misplaced(c)
		return
	}
	for c.peek() != ']' && r.fault.IsZero() {
		item()
		if !c.take(',') {
			break
		}
	}
	if !c.take(']') {
		r.misplaced(c)
	}
}

// misplaced tells what stands where coordinates should.
func (r *geometryReader) misplaced(c *cursor) {
	v := c.value()
	if text, ok := unquote(v); ok {
		r.fail("table.geojson_text_coordinate", table.Clip(text))
		return
	}
	r.fail("table.geojson_coordinate", table.Clip(string(v)))
}

// position takes two numbers; more are heights and left out.
func (r *geometryReader) position(c *cursor) orb.Point {
	var p orb.Point
	n := 0
	r.list(c, func() {
		before := c.i
		v, ok := number(c.value())
		if !ok {
			c.i = before
			r.misplaced(c)
			return
		}
		if n < 2 {
			p[n] = v
		}
		n++
	})
	r.heights = r.heights || n > 2
	if n < 2 {
		r.fail("table.geojson_coordinate", "[]")
	}
	return p
}

// positions takes a list of at least so many positions.
func (r *geometryReader) positions(c *cursor, least int) []orb.Point {
	var out []orb.Point
	r.list(c, func() { out = append(out, r.position(c)) })
	if len(out) < least {
		r.fail("table.geojson_short", len(out), least)
	}
	return out
}

// lines takes a list of lines.
func (r *geometryReader) lines(c *cursor) orb.Geometry {
	var out orb.MultiLineString
	r.list(c, func() { out = append(out, r.positions(c, 2)) })
	return out
}

// polygon takes a list of rings; one that is not closed is closed.
func (r *geometryReader) polygon(c *cursor) orb.Polygon {
	var out orb.Polygon
	r.list(c, func() {
		ring := r.positions(c, 3)
		if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
			r.closed = true
		}
		if len(ring) < 4 {
			r.fail("table.geojson_short", len(ring), 4)
		}
		out = append(out, ring)
	})
	return out
}

// unite makes one geometry of the members of a collection: a multiple where they are of one kind, else a collection.
func unite(parts orb.Collection) orb.Geometry {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	var points orb.MultiPoint
	var lines orb.MultiLineString
	var areas orb.MultiPolygon
	for _, g := range parts {
		switch g := g.(type) {
		case orb.Point:
			points = append(points, g)
		case orb.MultiPoint:
			points = append(points, g...)
		case orb.LineString:
			lines = append(lines, g)
		case orb.MultiLineString:
			lines = append(lines, g...)
		case orb.Polygon:
			areas = append(areas, g)
		case orb.MultiPolygon:
			areas = append(areas, g...)
		}
	}
	switch {
	case lines == nil && areas == nil:
		return points
	case points == nil && areas == nil:
		return lines
	case points == nil && lines == nil:
		return areas
	}
	return parts
}
