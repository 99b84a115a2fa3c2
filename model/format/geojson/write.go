package geojson

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io"
	"iter"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/crs"
)

// Write writes a layer as a FeatureCollection by RFC 7946, a feature a line: WGS 84, seven decimals (1 cm), outer rings
// counter-clockwise, no heights. Features keep their ids. Numbers that are none become null, bytes base64. An error of
// rows ends the writing and is returned.
func Write(w io.Writer, layer model.Layer, rows iter.Seq2[model.Feature, error]) error {
	out := &writer{buf: bufio.NewWriterSize(w, 64<<10)}
	out.b = append(out.b, `{"type":"FeatureCollection","name":`...)
	out.text(layer.Name)
	out.b = append(out.b, `,"features":[`...)
	keys := propertyKeys(layer.Fields)
	first := true
	for f, err := range rows {
		if err != nil {
			return err
		}
		if !first {
			out.b = append(out.b, ',')
		}
		first = false
		if err := out.feature(f, keys); err != nil {
			return err
		}
	}
	out.b = append(out.b, "\n]}\n"...)
	if err := out.flush(); err != nil {
		return err
	}
	return out.buf.Flush()
}

// propertyKeys are the names of the fields as JSON, each with its colon.
func propertyKeys(fields []model.Field) []string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = string(append(appendText(nil, f.Name), ':'))
	}
	return keys
}

// writer gathers one feature in b.
type writer struct {
	buf     *bufio.Writer
	b       []byte
	nowhere bool // the geometry has a position that is no place on earth
}

// flush writes what was gathered.
func (w *writer) flush() error {
	_, err := w.buf.Write(w.b)
	w.b = w.b[:0]
	return err
}

// feature writes one feature.
func (w *writer) feature(f model.Feature, keys []string) error {
	w.b = append(w.b, "\n"+`{"type":"Feature","id":`...)
	w.b = strconv.AppendInt(w.b, f.ID, 10)
	w.b = append(w.b, `,"properties":{`...)
	for i, key := range keys {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, key...)
		if i < len(f.Values) {
			w.value(f.Values[i])
		} else {
			w.b = append(w.b, "null"...)
		}
	}
	w.b = append(w.b, `},"geometry":`...)
	start := len(w.b)
	w.nowhere = false
	w.geometry(crs.FromProject(f.Geometry, crs.WGS84))
	if w.nowhere {
		w.b = append(w.b[:start], "null"...)
	}
	w.b = append(w.b, '}')
	return w.flush()
}

// value writes a value of any field type.
func (w *writer) value(v any) {
	switch v := v.(type) {
	case string:
		w.text(v)
	case int64:
		w.b = strconv.AppendInt(w.b, v, 10)
	case int:
		w.b = strconv.AppendInt(w.b, int64(v), 10)
	case float64:
		w.real(v)
	case bool:
		w.b = strconv.AppendBool(w.b, v)
	case []byte:
		w.text(base64.StdEncoding.EncodeToString(v))
	default:
		w.b = append(w.b, "null"...)
	}
}

// real writes a number in the fewest digits that give it back; a whole one keeps its decimal, so that it is read back as
// the kind of number that it is.
func (w *writer) real(v float64) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		w.b = append(w.b, "null"...)
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		w.b = strconv.AppendFloat(w.b, v, 'f', 1, 64)
	default:
		w.b = strconv.AppendFloat(w.b, v, 'g', -1, 64)
	}
}

// text writes a string.
func (w *writer) text(s string) { w.b = appendText(w.b, s) }

// appendText writes a string as JSON; bytes that are not UTF-8 become U+FFFD.
func appendText(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // a string always has a JSON form
		return append(b, `""`...)
	}
	return append(b, quoted...)
}

// geometry writes a geometry object, null where there is none.
func (w *writer) geometry(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		w.open("Point")
		w.position(g)
	case orb.MultiPoint:
		w.open("MultiPoint")
		w.positions(g)
	case orb.LineString:
		w.open("LineString")
		w.positions(g)
	case orb.MultiLineString:
		w.open("MultiLineString")
		list(w, g, func(l orb.LineString) { w.positions(l) })
	case orb.Polygon:
		w.open("Polygon")
		w.polygon(g)
	case orb.MultiPolygon:
		w.open("MultiPolygon")
		list(w, g, w.polygon)
	case orb.Ring:
		w.geometry(orb.Polygon{g})
		return
	case orb.Bound:
		w.geometry(g.ToPolygon())
		return
	case orb.Collection:
		w.b = append(w.b, `{"type":"GeometryCollection","geometries":`...)
		list(w, g, w.geometry)
	default:
		w.b = append(w.b, "null"...)
		return
	}
	w.b = append(w.b, '}')
}

// open starts a geometry object.
func (w *writer) open(kind string) {
	w.b = append(w.b, `{"type":"`...)
	w.b = append(w.b, kind...)
	w.b = append(w.b, `","coordinates":`...)
}

// list writes an array.
func list[T any](w *writer, items []T, one func(T)) {
	w.b = append(w.b, '[')
	for i, item := range items {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		one(item)
	}
	w.b = append(w.b, ']')
}

// positions writes a list of positions.
func (w *writer) positions(ps []orb.Point) { list(w, ps, w.position) }

// polygon writes a polygon's rings: the outer one counter-clockwise, holes clockwise.
func (w *writer) polygon(p orb.Polygon) {
	for i, r := range p {
		want := orb.CCW
		if i > 0 {
			want = orb.CW
		}
		if r.Orientation() == -want {
			r = r.Clone()
			r.Reverse()
			p[i] = r
		}
	}
	list(w, p, func(r orb.Ring) { w.positions(r) })
}

// position writes longitude and latitude.
func (w *writer) position(p orb.Point) {
	if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
		w.nowhere = true
		return
	}
	w.b = append(w.b, '[')
	w.b = appendDegrees(w.b, p[0])
	w.b = append(w.b, ',')
	w.b = appendDegrees(w.b, p[1])
	w.b = append(w.b, ']')
}

// appendDegrees writes at most seven decimals, without zeros at the end.
func appendDegrees(b []byte, v float64) []byte {
	const e7 = 1e7
	rounded := math.Round(v*e7) / e7
	if rounded == 0 {
		rounded = 0 // never -0
	}
	return strconv.AppendFloat(b, rounded, 'f', -1, 64)
}
