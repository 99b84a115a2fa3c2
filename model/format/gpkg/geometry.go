package gpkg

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"nabar/internal/i18n"
)

// The parts of the header byte "flags" (OGC 12-128r15, clause 2.1.3).
const (
	flagLittleEndian = 1 << 0
	flagEmpty        = 1 << 4
	flagExtended     = 1 << 5
)

// envelopeSize is the length in bytes of each kind of envelope: none, XY, XYZ, XYM, XYZM. Kinds 5 to 7 are invalid.
var envelopeSize = [8]int{0, 32, 48, 48, 64, -1, -1, -1}

const headerSize = 8

// ReadGeometry decodes a GeoPackage geometry blob. Z and M values are dropped. No bytes, an empty point and any
// geometry without coordinates give nil. Rings that don't close are closed. A blob that is cut short, claims more
// than it holds, or has a coordinate that is no number gives a *i18n.Problem that says so; it never panics, and
// never allocates more than a small multiple of the blob's own length.
func ReadGeometry(blob []byte) (orb.Geometry, error) {
	g, _, err := readGeometry(blob)
	return g, err
}

// readGeometry is ReadGeometry, and tells whether Z or M values were dropped.
func readGeometry(blob []byte) (g orb.Geometry, dropped bool, err error) {
	if len(blob) == 0 {
		return nil, false, nil
	}
	body, err := skipHeader(blob)
	if err != nil {
		return nil, false, err
	}
	r := wkbReader{data: body}
	if g, err = r.geometry(0); err != nil {
		return nil, false, err
	}
	return g, g != nil && r.more, nil
}

// skipHeader checks the GeoPackage header and gives the WKB behind it.
func skipHeader(blob []byte) ([]byte, error) {
	if len(blob) < headerSize {
		return nil, i18n.Errorf("import.geometry_truncated")
	}
	if blob[0] != 'G' || blob[1] != 'P' {
		return nil, i18n.Errorf("import.geometry_not_gpkg")
	}
	flags := blob[3]
	if flags&flagExtended != 0 {
		return nil, i18n.Errorf("import.geometry_kind")
	}
	envelope := envelopeSize[flags>>1&7]
	if envelope < 0 {
		return nil, i18n.Errorf("import.geometry_not_gpkg")
	}
	if len(blob) < headerSize+envelope {
		return nil, i18n.Errorf("import.geometry_truncated")
	}
	return blob[headerSize+envelope:], nil
}

// WriteGeometry encodes a geometry as a GeoPackage blob, little-endian, with an XY envelope where there is more than
// one point. A nil geometry gives a nil blob (NULL in the table); an empty one is marked as such. Coordinates that
// are no numbers are refused.
func WriteGeometry(g orb.Geometry, srid int32) ([]byte, error) {
	g = writable(g)
	if g == nil {
		return nil, nil
	}
	body, err := wkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return nil, err
	}
	flags := byte(flagLittleEndian)
	box, some := bound(g)
	_, single := g.(orb.Point)
	switch {
	case !some:
		flags |= flagEmpty
	case !finite(box):
		return nil, i18n.Errorf("import.geometry_number")
	case !single:
		flags |= 1 << 1
	}
	out := make([]byte, 0, headerSize+envelopeSize[1]+len(body))
	out = append(out, 'G', 'P', 0, flags)
	out = binary.LittleEndian.AppendUint32(out, uint32(srid))
	if some && !single {
		for _, v := range [4]float64{box.Min[0], box.Max[0], box.Min[1], box.Max[1]} {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
		}
	}
	return append(out, body...), nil
}

// writable gives g in a form that has a WKB encoding: no rings and bounds, no nil parts.
func writable(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Ring:
		if g == nil {
			return nil
		}
		return orb.Polygon{g}
	case orb.Bound:
		return g.ToPolygon()
	case orb.Collection:
		if g == nil {
			return nil
		}
		out := make(orb.Collection, 0, len(g))
		for _, part := range g {
			if part = writable(part); part != nil {
				out = append(out, part)
			}
		}
		return out
	case orb.LineString:
		if g == nil {
			return nil
		}
	case orb.Polygon:
		if g == nil {
			return nil
		}
	case orb.MultiPoint:
		if g == nil {
			return nil
		}
	case orb.MultiLineString:
		if g == nil {
			return nil
		}
	case orb.MultiPolygon:
		if g == nil {
			return nil
		}
	}
	return g
}

// bound is the box around all coordinates, holes included, and whether there are any. Unlike orb's own it carries
// NaN and infinity through to the caller.
func bound(g orb.Geometry) (orb.Bound, bool) {
	box := orb.Bound{
		Min: orb.Point{math.Inf(1), math.Inf(1)},
		Max: orb.Point{math.Inf(-1), math.Inf(-1)},
	}
	n := 0
	eachPoint(g, func(p orb.Point) {
		n++
		for axis, v := range p {
			box.Min[axis] = math.Min(box.Min[axis], v)
			box.Max[axis] = math.Max(box.Max[axis], v)
		}
	})
	return box, n > 0
}

// eachPoint calls do for every coordinate pair of g.
func eachPoint(g orb.Geometry, do func(orb.Point)) {
	switch g := g.(type) {
	case orb.Point:
		do(g)
	case orb.MultiPoint:
		for _, p := range g {
			do(p)
		}
	case orb.LineString:
		for _, p := range g {
			do(p)
		}
	case orb.MultiLineString:
		for _, l := range g {
			eachPoint(l, do)
		}
	case orb.Polygon:
		for _, ring := range g {
			eachPoint(orb.LineString(ring), do)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			eachPoint(p, do)
		}
	case orb.Collection:
		for _, part := range g {
			eachPoint(part, do)
		}
	}
}

// finite tells whether all four sides are numbers.
func finite(b orb.Bound) bool {
	for _, v := range [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
