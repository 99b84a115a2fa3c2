package gpkg

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// The WKB geometry codes that have a counterpart in orb.
const (
	codePoint = 1 + iota
	codeLineString
	codePolygon
	codeMultiPoint
	codeMultiLineString
	codeMultiPolygon
	codeCollection
)

// EWKB marks the extra dimensions and a spatial reference by high bits; ISO adds 1000, 2000 or 3000 to the code.
const (
	ewkbZ    = 0x80000000
	ewkbM    = 0x40000000
	ewkbSRID = 0x20000000
)

// maxDepth bounds the nesting of collections.
const maxDepth = 16

// minGeometry is the shortest encoding of a part: byte order, code, and a count.
const minGeometry = 9

// wkbReader decodes well-known binary from front to back. orb's own decoder knows neither Z nor M and trusts counts;
// it serves as the oracle in the tests.
type wkbReader struct {
	data  []byte
	pos   int
	order binary.ByteOrder
	dims  int  // numbers a point: 2 to 4
	more  bool // some part had Z or M
}

// geometry reads one geometry with its byte order and code. A geometry without coordinates is nil.
func (r *wkbReader) geometry(depth int) (orb.Geometry, error) {
	if depth > maxDepth {
		return nil, i18n.Errorf("import.geometry_deep")
	}
	code, err := r.head()
	if err != nil {
		return nil, err
	}
	switch code {
	case codePoint:
		return r.point()
	case codeLineString:
		line, err := r.line()
		return orNil(line, len(line), err)
	case codePolygon:
		polygon, err := r.polygon()
		return orNil(polygon, len(polygon), err)
	case codeMultiPoint, codeMultiLineString, codeMultiPolygon, codeCollection:
		return r.parts(code, depth)
	}
	return nil, i18n.Errorf("import.geometry_kind")
}

// orNil turns a geometry of no parts into nil.
func orNil(g orb.Geometry, n int, err error) (orb.Geometry, error) {
	if err != nil || n == 0 {
		return nil, err
	}
	return g, nil
}

// head reads byte order and code, and sets the number of dimensions.
func (r *wkbReader) head() (uint32, error) {
	if len(r.data)-r.pos < 5 {
		return 0, i18n.Errorf("import.geometry_truncated")
	}
	switch r.data[r.pos] {
	case 0:
		r.order = binary.BigEndian
	case 1:
		r.order = binary.LittleEndian
	default:
		return 0, i18n.Errorf("import.geometry_not_gpkg")
	}
	r.pos++
	code, err := r.uint32()
	if err != nil {
		return 0, err
	}
	r.dims = 2
	if code&ewkbZ != 0 {
		r.dims++
	}
	if code&ewkbM != 0 {
		r.dims++
	}
	if code&ewkbSRID != 0 {
		if _, err := r.uint32(); err != nil {
			return 0, err
		}
	}
	code &^= ewkbZ | ewkbM | ewkbSRID
	switch code / 1000 {
	case 0:
	case 1, 2:
		r.dims = 3
	case 3:
		r.dims = 4
	default:
		return 0, i18n.Errorf("import.geometry_kind")
	}
	r.more = r.more || r.dims > 2
	return code % 1000, nil
}

// uint32 reads one number.
func (r *wkbReader) uint32() (uint32, error) {
	if len(r.data)-r.pos < 4 {
		return 0, i18n.Errorf("import.geometry_truncated")
	}
	v := r.order.Uint32(r.data[r.pos:])
	r.pos += 4
	return v, nil
}

// count reads a number of things that each take at least size bytes; one that the blob can't hold is an error.
func (r *wkbReader) count(size int) (int, error) {
	n, err := r.uint32()
	if err != nil {
		return 0, err
	}
	if uint64(n)*uint64(size) > uint64(len(r.data)-r.pos) {
		return 0, i18n.Errorf("import.geometry_truncated")
	}
	return int(n), nil
}

// coordinates reads one point's numbers; the caller has made sure that they are there.
func (r *wkbReader) coordinates() orb.Point {
	p := orb.Point{
		math.Float64frombits(r.order.Uint64(r.data[r.pos:])),
		math.Float64frombits(r.order.Uint64(r.data[r.pos+8:])),
	}
	r.pos += 8 * r.dims
	return p
}

// number tells whether both coordinates are finite.
func number(p orb.Point) bool {
	return !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1])
}

// point reads a point; NaN in both coordinates is WKB's empty point and gives nil.
func (r *wkbReader) point() (orb.Geometry, error) {
	if len(r.data)-r.pos < 8*r.dims {
		return nil, i18n.Errorf("import.geometry_truncated")
	}
	p := r.coordinates()
	if math.IsNaN(p[0]) && math.IsNaN(p[1]) {
		return nil, nil
	}
	if !number(p) {
		return nil, i18n.Errorf("import.geometry_number")
	}
	return p, nil
}

// line reads a count and as many points.
func (r *wkbReader) line() (orb.LineString, error) {
	n, err := r.count(8 * r.dims)
	if err != nil || n == 0 {
		return nil, err
	}
	line := make(orb.LineString, n)
	for i := range line {
		line[i] = r.coordinates()
		if !number(line[i]) {
			return nil, i18n.Errorf("import.geometry_number")
		}
	}
	return line, nil
}

// polygon reads the rings; empty ones are left out, open ones closed.
func (r *wkbReader) polygon() (orb.Polygon, error) {
	n, err := r.count(4)
	if err != nil {
		return nil, err
	}
	var polygon orb.Polygon
	for range n {
		line, err := r.line()
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			continue
		}
		if line[0] != line[len(line)-1] {
			line = append(line, line[0])
		}
		polygon = append(polygon, orb.Ring(line))
	}
	return polygon, nil
}

// parts reads the members of a multi-geometry or collection; empty ones are left out.
func (r *wkbReader) parts(code uint32, depth int) (orb.Geometry, error) {
	n, err := r.count(minGeometry)
	if err != nil {
		return nil, err
	}
	var points orb.MultiPoint
	var lines orb.MultiLineString
	var polygons orb.MultiPolygon
	var all orb.Collection
	for range n {
		part, err := r.geometry(depth + 1)
		if err != nil {
			return nil, err
		}
		if part == nil {
			continue
		}
		point, isPoint := part.(orb.Point)
		line, isLine := part.(orb.LineString)
		polygon, isPolygon := part.(orb.Polygon)
		switch {
		case code == codeMultiPoint && isPoint:
			points = append(points, point)
		case code == codeMultiLineString && isLine:
			lines = append(lines, line)
		case code == codeMultiPolygon && isPolygon:
			polygons = append(polygons, polygon)
		case code == codeCollection:
			all = append(all, part)
		default:
			return nil, i18n.Errorf("import.geometry_kind")
		}
	}
	switch code {
	case codeMultiPoint:
		return orNil(points, len(points), nil)
	case codeMultiLineString:
		return orNil(lines, len(lines), nil)
	case codeMultiPolygon:
		return orNil(polygons, len(polygons), nil)
	}
	return orNil(all, len(all), nil)
}
