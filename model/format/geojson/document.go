package geojson

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"nabar/internal/i18n"
	"nabar/model/format"
)

// maxHeader is the longest member beside the features that is looked at, in bytes.
const maxHeader = 64 << 10

// errTooLarge stops the reading of one value that is larger than the limit.
var errTooLarge = errors.New("value over the limit")

// guard gives out at most left bytes until it is renewed, so that one value can't fill the memory.
type guard struct {
	r    io.Reader
	left int
}

// renew allows one more value.
func (g *guard) renew() { g.left = format.MaxCellBytes }

// Read reads within the allowance.
func (g *guard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errTooLarge
	}
	n, err := g.r.Read(p[:min(len(p), g.left)])
	g.left -= n
	return n, err
}

// document walks through one file.
type document struct {
	ctx     context.Context
	dec     *json.Decoder
	guard   *guard
	crs     []byte // the crs member
	n       int64  // features so far
	known   bool   // something of GeoJSON was found
	feature func(ordinal int64, raw []byte) error
}

// walk calls feature for each feature of a stream, with its ordinal and its text.
func (d *document) walk(r io.Reader) error {
	d.guard = &guard{r: r}
	d.dec = json.NewDecoder(d.guard)
	d.dec.UseNumber()
	for {
		d.guard.renew()
		err := d.object()
		if err == io.EOF {
			break
		}
		if err != nil {
			return d.explain(err)
		}
	}
	if !d.known {
		return i18n.Errorf("table.geojson_none")
	}
	return nil
}

// explain makes a fault of the text one that the user can act on.
func (d *document) explain(err error) error {
	var syntax *json.SyntaxError
	switch {
	case d.ctx.Err() != nil:
		return d.ctx.Err()
	case errors.Is(err, errTooLarge):
		return i18n.Errorf("table.geojson_too_large", d.n+1, int64(format.MaxCellBytes>>20))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return i18n.Errorf("table.geojson_cut", d.n)
	case errors.As(err, &syntax):
		return i18n.Errorf("table.geojson_broken", d.n, err)
	}
	return err
}

// errShape is a value of another kind than GeoJSON has in its place.
var errShape = &json.SyntaxError{}

// object reads one object at the top: a collection, a feature or a geometry. At the end of the file it gives io.EOF.
func (d *document) object() error {
	open, err := d.dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('{') {
		return errShape
	}
	var parts single
	collection := false
	for d.dec.More() {
		key, err := d.dec.Token()
		if err != nil {
			return unexpected(err)
		}
		if key == "features" {
			collection, d.known = true, true
			err = d.features()
		} else {
			err = d.member(key, &parts)
		}
		if err != nil {
			return unexpected(err)
		}
	}
	if _, err := d.dec.Token(); err != nil {
		return unexpected(err)
	}
	if raw := parts.feature(); raw != nil && !collection {
		d.known = true
		return d.one(raw)
	}
	return nil
}

// unexpected makes the end of the file inside a value what it is: a file that was cut off.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// features reads the array of a collection's features.
func (d *document) features() error {
	open, err := d.dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('[') {
		return errShape
	}
	var raw json.RawMessage
	for d.dec.More() {
		d.guard.renew()
		raw = raw[:0]
		if err := d.dec.Decode(&raw); err != nil {
			return err
		}
		if err := d.one(raw); err != nil {
			return err
		}
	}
	d.guard.renew()
	_, err = d.dec.Token()
	return err
}

// one hands over one feature.
func (d *document) one(raw []byte) error {
	d.n++
	if d.n%format.CheckEvery == 0 && d.ctx.Err() != nil {
		return d.ctx.Err()
	}
	return d.feature(d.n, raw)
}

// member reads a member of the top object other than its features.
func (d *document) member(key json.Token, parts *single) error {
	d.guard.renew()
	var raw json.RawMessage
	if err := d.dec.Decode(&raw); err != nil {
		return err
	}
	name, _ := key.(string)
	if name == "crs" && len(raw) <= maxHeader {
		d.crs = bytes.Clone(raw)
	}
	parts.add(name, raw)
	return nil
}

// single gathers the members of a feature or geometry that stands alone.
type single struct {
	kind    string
	members bytes.Buffer
}

// add takes one member.
func (s *single) add(name string, raw []byte) {
	switch name {
	case "type":
		s.kind, _ = unquote(raw)
	case "geometry", "properties", "id", "coordinates", "geometries":
	default:
		return
	}
	if s.members.Len() > 0 {
		s.members.WriteByte(',')
	}
	s.members.WriteString(`"` + name + `":`)
	s.members.Write(raw)
}

// feature gives what stood alone as a feature, nil where it was none.
func (s *single) feature() []byte {
	switch s.kind {
	case "Feature":
		return []byte("{" + s.members.String() + "}")
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		return []byte(`{"type":"Feature","properties":null,"geometry":{` + s.members.String() + "}}")
	}
	return nil
}
