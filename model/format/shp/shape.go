package shp

import (
	"encoding/binary"
	"io"
	"math"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// kind is a shape type of the format.
type kind int32

// The shape types that are written. Every feature of a file is of one of them, or null.
const (
	null       kind = 0
	point      kind = 1
	polyLine   kind = 3
	polygon    kind = 5
	multiPoint kind = 8
)

// kindOf gives the shape type of a geometry; ok is false for one that the format has none for.
func kindOf(g orb.Geometry) (k kind, ok bool) {
	switch g.(type) {
	case nil:
		return null, true
	case orb.Point:
		return point, true
	case orb.MultiPoint:
		return multiPoint, true
	case orb.LineString, orb.MultiLineString:
		return polyLine, true
	case orb.Ring, orb.Polygon, orb.MultiPolygon, orb.Bound:
		return polygon, true
	}
	return null, false
}

// The sizes of the parts of a shapefile, in bytes.
const (
	shapeHead  = 100
	recordHead = 8
)

// shapeFiles writes the geometries and their index.
type shapeFiles struct {
	layer string
	kind  kind
	main  *rewindable
	index *rewindable
	bound orb.Bound
	some  bool // bound holds something
	count int32
	buf   []byte
}

func newShapeFiles(main, index io.WriteSeeker, layer string, k kind) *shapeFiles {
	return &shapeFiles{layer: layer, kind: k, main: newRewindable(main, shapeHead), index: newRewindable(index, shapeHead)}
}

// add writes one geometry as a record.
func (s *shapeFiles) add(g orb.Geometry) error {
	s.count++
	s.buf = s.shape(s.buf[:0], g)
	var head [recordHead]byte
	binary.BigEndian.PutUint32(head[:], uint32(s.count))
	binary.BigEndian.PutUint32(head[4:], uint32(len(s.buf)/2))
	var entry [8]byte
	binary.BigEndian.PutUint32(entry[:], uint32(s.main.size/2))
	copy(entry[4:], head[4:])
	if s.main.size+recordHead+int64(len(s.buf)) > mostBytes {
		return i18n.Errorf("export.shp_size", s.layer)
	}
	s.main.put(head[:])
	s.main.put(s.buf)
	s.index.put(entry[:])
	return nil
}

// shape appends the content of a record. A geometry without points is null.
func (s *shapeFiles) shape(b []byte, g orb.Geometry) []byte {
	parts := partsOf(g)
	if len(parts) == 0 {
		return binary.LittleEndian.AppendUint32(b, uint32(null))
	}
	bound := orb.MultiPoint(parts[0]).Bound()
	total := 0
	for _, p := range parts {
		bound = bound.Union(orb.MultiPoint(p).Bound())
		total += len(p)
	}
	if !s.some {
		s.bound, s.some = bound, true
	}
	s.bound = s.bound.Union(bound)
	b = binary.LittleEndian.AppendUint32(b, uint32(s.kind))
	if s.kind == point {
		return appendPoint(b, parts[0][0])
	}
	b = appendPoint(appendPoint(b, bound.Min), bound.Max)
	if s.kind != multiPoint {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(parts)))
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(total))
	if s.kind != multiPoint {
		first := 0
		for _, p := range parts {
			b = binary.LittleEndian.AppendUint32(b, uint32(first))
			first += len(p)
		}
	}
	for _, p := range parts {
		for _, at := range p {
			b = appendPoint(b, at)
		}
	}
	return b
}

// partsOf gives the rows of points that a geometry is made of, rings closed and turned as the format wants them. Lines
// without length and rings without area have no place in it.
func partsOf(g orb.Geometry) [][]orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return [][]orb.Point{{g}}
	case orb.MultiPoint:
		if len(g) > 0 {
			return [][]orb.Point{g}
		}
	case orb.LineString:
		if len(g) > 1 {
			return [][]orb.Point{g}
		}
	case orb.MultiLineString:
		var out [][]orb.Point
		for _, l := range g {
			out = append(out, partsOf(l)...)
		}
		return out
	case orb.Ring:
		return partsOf(orb.Polygon{g})
	case orb.Bound:
		return partsOf(g.ToPolygon())
	case orb.MultiPolygon:
		var out [][]orb.Point
		for _, p := range g {
			out = append(out, partsOf(p)...)
		}
		return out
	case orb.Polygon:
		return rings(g)
	}
	return nil
}

// rings gives the rings of a polygon: the outer one clockwise, holes against. A polygon whose outer ring is none is
// nothing, its holes too.
func rings(p orb.Polygon) [][]orb.Point {
	var out [][]orb.Point
	for i, ring := range p {
		if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
			ring = append(ring[:len(ring):len(ring)], ring[0])
		}
		area := signedArea(ring)
		if len(ring) < 4 || area == 0 {
			if i == 0 {
				return nil
			}
			continue
		}
		if outer := i == 0; outer == (area > 0) {
			ring = ring.Clone()
			ring.Reverse()
		}
		out = append(out, ring)
	}
	return out
}

// signedArea is twice the area of a closed ring, positive where it runs against the clock. It is reckoned from the
// ring's first point, since products of whole coordinates lose what small squares are made of.
func signedArea(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i+1 < len(r); i++ {
		ax, ay := r[i][0]-r[0][0], r[i][1]-r[0][1]
		bx, by := r[i+1][0]-r[0][0], r[i+1][1]-r[0][1]
		sum += ax*by - ay*bx
	}
	return sum
}

func appendPoint(b []byte, p orb.Point) []byte {
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
}

// finish writes the heads.
func (s *shapeFiles) finish() error {
	if err := s.main.finish(s.head(s.main.size)); err != nil {
		return err
	}
	return s.index.finish(s.head(s.index.size))
}

// head is the head of a file of the given size.
func (s *shapeFiles) head(size int64) []byte {
	b := make([]byte, 0, shapeHead)
	b = binary.BigEndian.AppendUint32(b, 9994)
	b = append(b, make([]byte, 20)...)
	b = binary.BigEndian.AppendUint32(b, uint32(size/2))
	b = binary.LittleEndian.AppendUint32(b, 1000)
	b = binary.LittleEndian.AppendUint32(b, uint32(s.kind))
	bound := s.bound
	if !s.some {
		bound = orb.Bound{}
	}
	b = appendPoint(appendPoint(b, bound.Min), bound.Max)
	return append(b, make([]byte, shapeHead-len(b))...)
}
