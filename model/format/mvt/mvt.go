// Package mvt reads vector tiles (Mapbox Vector Tile specification 2.1): layers of points, lines and areas with tags, written
// as protocol buffers.
//
// Invariants: no count in the data is trusted, and a tile takes no more memory than some times its own size; what is damaged ends the
// reading with an error, never with a panic.
package mvt

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// ErrDamaged is the only error of the package.
var ErrDamaged = errors.New("mvt: damaged tile")

// Layer is one layer of a tile.
type Layer struct {
	Name     string
	Extent   float64 // of the tile in the layer's units
	Features []Feature
	keys     []string
	values   []string // "" for what is no text
}

// Feature is one thing. Its geometry is a MultiPoint, MultiLineString or MultiPolygon in the tile's units, X to the east and Y to the
// south from its upper left corner.
type Feature struct {
	Geometry orb.Geometry
	tags     []byte
}

// Text is the text of a tag of a feature, "" where it has none or the tag is no text.
func (l *Layer) Text(f *Feature, key string) string {
	r := reader{f.tags}
	for len(r.data) > 0 {
		k, okK := r.varint()
		v, okV := r.varint()
		if !okK || !okV {
			return ""
		}
		if k < uint64(len(l.keys)) && l.keys[k] == key && v < uint64(len(l.values)) {
			return l.values[v]
		}
	}
	return ""
}

// Decode reads those layers of a tile whose names are wanted; nil wants all.
func Decode(data []byte, wanted func(name string) bool) ([]Layer, error) {
	var out []Layer
	r := reader{data}
	for len(r.data) > 0 {
		f, ok := r.field()
		if !ok {
			return nil, ErrDamaged
		}
		if f.number != 3 || f.bytes == nil {
			continue
		}
		l, err := readLayer(f.bytes, wanted)
		if err != nil {
			return nil, err
		}
		if l != nil {
			out = append(out, *l)
		}
	}
	return out, nil
}

// readLayer reads a layer, nil where it is not wanted.
func readLayer(data []byte, wanted func(string) bool) (*Layer, error) {
	l := &Layer{Extent: 4096}
	var features [][]byte
	r := reader{data}
	for len(r.data) > 0 {
		f, ok := r.field()
		if !ok {
			return nil, ErrDamaged
		}
		switch f.number {
		case 1:
			l.Name = string(f.bytes)
		case 2:
			features = append(features, f.bytes)
		case 3:
			l.keys = append(l.keys, string(f.bytes))
		case 4:
			l.values = append(l.values, readValue(f.bytes))
		case 5:
			l.Extent = float64(f.number64)
		}
	}
	if wanted != nil && !wanted(l.Name) {
		return nil, nil
	}
	if l.Extent < 1 || l.Extent > 1<<20 {
		return nil, ErrDamaged
	}
	for _, raw := range features {
		f, err := readFeature(raw)
		if err != nil {
			return nil, err
		}
		if f.Geometry != nil {
			l.Features = append(l.Features, f)
		}
	}
	return l, nil
}

// readValue reads the text of a value.
func readValue(data []byte) string {
	r := reader{data}
	for len(r.data) > 0 {
		f, ok := r.field()
		if !ok {
			return ""
		}
		if f.number == 1 {
			return string(f.bytes)
		}
	}
	return ""
}

// The kinds of geometry in a feature.
const (
	points   = 1
	lines    = 2
	polygons = 3
)

// readFeature reads a feature. One of an unknown kind has no geometry.
func readFeature(data []byte) (Feature, error) {
	var out Feature
	var kind uint64
	var geometry []byte
	r := reader{data}
	for len(r.data) > 0 {
		f, ok := r.field()
		if !ok {
			return out, ErrDamaged
		}
		switch f.number {
		case 2:
			out.tags = f.bytes
		case 3:
			kind = f.number64
		case 4:
			geometry = f.bytes
		}
	}
	if kind < points || kind > polygons {
		return out, nil
	}
	parts, err := readParts(geometry, kind)
	if err != nil {
		return out, err
	}
	switch kind {
	case points:
		var all orb.MultiPoint
		for _, p := range parts {
			all = append(all, p...)
		}
		out.Geometry = all
	case lines:
		var all orb.MultiLineString
		for _, p := range parts {
			if len(p) > 1 {
				all = append(all, p)
			}
		}
		out.Geometry = all
	default:
		out.Geometry = polygonsOf(parts)
	}
	return out, nil
}

// The commands that geometries are written with.
const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

// farthest is how far from the tile a coordinate may lie, in units: beyond that the tile is damaged.
const farthest = 1 << 28

// readParts reads the lines, rings or runs of points of a geometry.
func readParts(data []byte, kind uint64) ([]orb.LineString, error) {
	var out []orb.LineString
	var x, y int64
	r := reader{data}
	for len(r.data) > 0 {
		command, ok := r.varint()
		if !ok {
			return nil, ErrDamaged
		}
		op, count := command&7, command>>3
		if op == closePath {
			continue
		}
		if op != moveTo && op != lineTo || count > uint64(len(r.data))/2 || op == lineTo && len(out) == 0 {
			return nil, ErrDamaged
		}
		for range count {
			dx, okX := r.zigzag()
			dy, okY := r.zigzag()
			x, y = x+dx, y+dy
			if !okX || !okY || max(x, -x, y, -y) > farthest || max(dx, -dx, dy, -dy) > farthest {
				return nil, ErrDamaged
			}
			if op == moveTo && (kind != points || len(out) == 0) {
				out = append(out, nil)
			}
			last := len(out) - 1
			out[last] = append(out[last], orb.Point{float64(x), float64(y)})
		}
	}
	return out, nil
}

// polygonsOf parts rings into polygons: one that turns clockwise, Y to the south, begins the next, others are its holes.
func polygonsOf(rings []orb.LineString) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, r := range rings {
		if len(r) < 3 {
			continue
		}
		ring := append(orb.Ring(r), r[0])
		switch outer := area(ring) > 0; {
		case outer || len(out) == 0:
			out = append(out, orb.Polygon{ring})
		default:
			out[len(out)-1] = append(out[len(out)-1], ring)
		}
	}
	return out
}

// area is twice the area of a closed ring, positive where it turns clockwise with Y to the south.
func area(r orb.Ring) float64 {
	sum := 0.0
	for i := 0; i+1 < len(r); i++ {
		sum += r[i][0]*r[i+1][1] - r[i+1][0]*r[i][1]
	}
	return sum
}

// reader reads protocol buffers.
type reader struct{ data []byte }

// field is one field: bytes, or a number.
type field struct {
	number   uint64
	number64 uint64
	bytes    []byte
}

// field reads the next field.
func (r *reader) field() (f field, ok bool) {
	key, ok := r.varint()
	if !ok {
		return f, false
	}
	f.number = key >> 3
	switch key & 7 {
	case 0:
		f.number64, ok = r.varint()
		return f, ok
	case 1:
		return f, r.skip(8)
	case 5:
		return f, r.skip(4)
	case 2:
		n, ok := r.varint()
		if !ok || n > uint64(len(r.data)) || n > math.MaxInt32 {
			return f, false
		}
		f.bytes, r.data = r.data[:n:n], r.data[n:]
		return f, true
	}
	return f, false
}

// skip passes over some bytes.
func (r *reader) skip(n int) bool {
	if len(r.data) < n {
		return false
	}
	r.data = r.data[n:]
	return true
}

// varint reads a number of variable length.
func (r *reader) varint() (uint64, bool) {
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		return 0, false
	}
	r.data = r.data[n:]
	return v, true
}

// zigzag reads a number with a sign.
func (r *reader) zigzag() (int64, bool) {
	v, ok := r.varint()
	return int64(v>>1) ^ -int64(v&1), ok
}
