package project

import (
	"database/sql/driver"
	"encoding/binary"
	"math"
	"sync"

	"github.com/paulmach/orb"
	"modernc.org/sqlite"

	"nabar/model/format/gpkg"
)

// registerSpatial gives SQLite the functions that the standard's R-tree triggers call. They are registered once for
// the process, before the first connection, and are harmless to other users of the driver: they only read their
// argument.
var registerSpatial = sync.OnceFunc(func() {
	side := func(pick func(orb.Bound) float64) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			b, ok := blobBound(args[0])
			if !ok {
				return nil, nil
			}
			return pick(b), nil
		}
	}
	functions := map[string]func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error){
		"ST_MinX": side(func(b orb.Bound) float64 { return b.Min[0] }),
		"ST_MaxX": side(func(b orb.Bound) float64 { return b.Max[0] }),
		"ST_MinY": side(func(b orb.Bound) float64 { return b.Min[1] }),
		"ST_MaxY": side(func(b orb.Bound) float64 { return b.Max[1] }),
		"ST_IsEmpty": func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			blob, ok := args[0].([]byte)
			if !ok || len(blob) < 8 {
				return nil, nil
			}
			if _, some := blobBound(blob); some {
				return int64(0), nil
			}
			return int64(1), nil
		},
	}
	for name, f := range functions {
		sqlite.MustRegisterDeterministicScalarFunction(name, 1, f)
	}
})

// blobBound gives the bounds of a GeoPackage geometry, from the envelope in its header where there is one. It is not
// ok for what is empty or no geometry.
func blobBound(v driver.Value) (orb.Bound, bool) {
	blob, ok := v.([]byte)
	if !ok || len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' || blob[3]&0x10 != 0 {
		return orb.Bound{}, false
	}
	if kind := blob[3] >> 1 & 7; kind >= 1 && kind <= 4 && len(blob) >= 40 {
		b := envelope(blob)
		return b, !math.IsNaN(b.Min[0]) && !math.IsNaN(b.Max[0]) && !math.IsNaN(b.Min[1]) && !math.IsNaN(b.Max[1])
	}
	g, err := gpkg.ReadGeometry(blob)
	if err != nil || isEmpty(g) {
		return orb.Bound{}, false
	}
	return g.Bound(), true
}

// envelope reads min x, max x, min y, max y behind the eight bytes of the header.
func envelope(blob []byte) orb.Bound {
	var order binary.ByteOrder = binary.BigEndian
	if blob[3]&1 != 0 {
		order = binary.LittleEndian
	}
	at := func(i int) float64 { return math.Float64frombits(order.Uint64(blob[8+8*i:])) }
	return orb.Bound{Min: orb.Point{at(0), at(2)}, Max: orb.Point{at(1), at(3)}}
}

// isEmpty tells whether g has no coordinates.
func isEmpty(g orb.Geometry) bool {
	switch g := g.(type) {
	case nil:
		return true
	case orb.Point, orb.Bound:
		return false
	case orb.MultiPoint:
		return len(g) == 0
	case orb.LineString:
		return len(g) == 0
	case orb.Ring:
		return len(g) == 0
	case orb.MultiLineString:
		return allEmpty(g)
	case orb.Polygon:
		return allEmpty(g)
	case orb.MultiPolygon:
		return allEmpty(g)
	case orb.Collection:
		return allEmpty(g)
	}
	return true
}

// allEmpty tells whether no part has coordinates.
func allEmpty[G orb.Geometry](parts []G) bool {
	for _, part := range parts {
		if !isEmpty(part) {
			return false
		}
	}
	return true
}
