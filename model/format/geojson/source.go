package geojson

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/format/charset"
	"nabar/model/format/table"
)

// source is an opened file.
type source struct {
	file    *os.File
	name    string // base name, for messages
	coding  charset.Coding
	columns columns
	info    format.LayerInfo
	keep    keep
}

// keep says which positions belong to the layer's system.
type keep int

const (
	keepAll keep = iota
	keepDegrees
	keepMetres
)

// feature is the text of one feature, cut in its parts.
type feature struct {
	id, properties, geometry []byte
}

// open examines a file from end to end.
func open(ctx context.Context, path string, opt format.Options) (*source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, i18n.Errorf("table.cannot_read", filepath.Base(path), err)
	}
	s := &source{file: f, name: filepath.Base(path)}
	if err := s.examine(ctx, opt); err != nil {
		f.Close()
		return nil, err
	}
	return s, nil
}

// sampleBytes is how much of a file its encoding is found from.
const sampleBytes = 1 << 20

// examine finds encoding, columns, geometry type and system.
func (s *source) examine(ctx context.Context, opt format.Options) error {
	sample, err := io.ReadAll(io.LimitReader(s.file, sampleBytes))
	if err != nil {
		return i18n.Errorf("table.cannot_read", s.name, err)
	}
	if s.coding, err = charset.Find(sample, opt.Encoding); err != nil {
		return err
	}
	n := survey{}
	document, err := s.walk(ctx, func(ordinal int64, raw []byte) error { return n.add(s, ordinal, raw) })
	if err != nil {
		return err
	}
	s.describe(&n, int(document.n))
	return s.settle(document.crs, &n, opt)
}

// walk goes through all features.
func (s *source) walk(ctx context.Context, do func(ordinal int64, raw []byte) error) (*document, error) {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, i18n.Errorf("table.cannot_read", s.name, err)
	}
	d := &document{ctx: ctx, feature: do}
	err := d.walk(s.coding.Stream(ctx, s.file))
	var path *os.PathError
	if errors.As(err, &path) {
		return nil, i18n.Errorf("table.cannot_read", s.name, err)
	}
	return d, err
}

// survey is what the first reading finds.
type survey struct {
	kinds          table.Kinds
	degrees        extent // geometries that can be longitude and latitude
	metres         extent // those that can't
	heights        int
	closed         int
	utf8           int
	mapped         int
	mappedOrdinals []int64
}

// extent is a count of geometries with the box around them.
type extent struct {
	n     int
	bound orb.Bound
}

// add takes one more geometry.
func (e *extent) add(b orb.Bound) {
	if e.n++; e.n == 1 {
		e.bound = b
		return
	}
	e.bound = e.bound.Union(b)
}

// add takes one feature.
func (n *survey) add(s *source, ordinal int64, raw []byte) error {
	text, wide, mapped := s.text(raw)
	switch {
	case mapped:
		n.mapped++
		if len(n.mappedOrdinals) < 20 {
			n.mappedOrdinals = append(n.mappedOrdinals, ordinal)
		}
	case wide:
		n.utf8++
	}
	f, why := cut(text)
	if !why.IsZero() {
		return nil
	}
	if err := s.columns.add(f); err != nil {
		return err
	}
	var r geometryReader
	g := r.read(f.geometry)
	if g == nil || !r.fault.IsZero() {
		return nil
	}
	n.kinds.Add(g)
	if b := g.Bound(); inDegrees(b) {
		n.degrees.add(b)
	} else {
		n.metres.add(b)
	}
	if r.heights {
		n.heights++
	}
	if r.closed {
		n.closed++
	}
	return nil
}

// text gives a feature as UTF-8.
func (s *source) text(raw []byte) (text []byte, wide, mapped bool) {
	if !s.coding.Fixed() && utf8.Valid(raw) {
		return raw, !isASCII(raw), false
	}
	t, wide, mapped := s.coding.Text(raw)
	return []byte(t), wide, mapped
}

// isASCII tells whether raw has no byte from 128 up.
func isASCII(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cut parts the text of a feature; the message says why it is none.
func cut(raw []byte) (feature, i18n.Message) {
	var f feature
	kind := ""
	object := members(raw, func(key, value []byte) bool {
		switch string(key) {
		case `"type"`:
			kind, _ = unquote(value)
		case `"id"`:
			f.id = value
		case `"properties"`:
			f.properties = value
		case `"geometry"`:
			f.geometry = value
		}
		return true
	})
	if !object || (kind != "Feature" && (kind != "" || f.geometry == nil)) {
		return feature{}, i18n.M("table.geojson_no_feature", table.Clip(string(raw)))
	}
	return f, i18n.Message{}
}

// inDegrees tells whether a box can be longitude and latitude.
func inDegrees(b orb.Bound) bool {
	return b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90
}

// describe makes the layer's description.
func (s *source) describe(n *survey, features int) {
	s.info = format.LayerInfo{
		Name:     strings.TrimSuffix(s.name, filepath.Ext(s.name)),
		Geometry: n.kinds.Type(),
		Fields:   s.columns.fields(),
		Features: features,
		Bounds:   n.kinds.Bounds(),
		Encoding: charset.UTF8,
	}
	switch {
	case s.coding.Fixed():
		s.info.Encoding = s.coding.Name()
	case n.mapped > 0:
		if n.utf8 < n.mapped {
			s.info.Encoding = s.coding.Name()
		}
		s.warn("table.geojson_encoding", n.mapped, s.coding.Name(), table.Lines(n.mappedOrdinals, n.mapped))
	}
	if features == 0 {
		s.warn("table.geojson_empty")
	}
	if n.heights > 0 {
		s.warn("table.geojson_heights", n.heights)
	}
	if n.closed > 0 {
		s.warn("table.geojson_closed", n.closed)
	}
}

// warn adds a warning.
func (s *source) warn(key string, args ...any) {
	s.info.Warnings = append(s.info.Warnings, i18n.M(key, args...))
}

// settle finds the layer's system: the user's word, the crs member, else WGS 84 as the standard says – unless the
// coordinates can't be degrees.
func (s *source) settle(member []byte, n *survey, opt format.Options) error {
	if opt.CRS != "" {
		c, err := crs.Parse(opt.CRS)
		s.info.CRS, s.info.CRSKnown = c, err == nil
		return err
	}
	if !isNull(member) {
		s.memberSystem(member)
		return nil
	}
	s.info.CRS, s.info.CRSKnown = crs.WGS84, true
	switch {
	case n.metres.n == 0:
		if len(crs.Guess(s.info.Bounds)) == 0 && swapped(s.info.Bounds) {
			s.warn("table.geojson_swapped")
		}
	case n.metres.n < n.degrees.n:
		s.keep, s.info.Bounds = keepDegrees, n.degrees.bound
	default:
		s.keep, s.info.Bounds = keepMetres, n.metres.bound
		s.suggest("table.geojson_metres", "table.geojson_metres_likely")
	}
	return nil
}

// suggest makes the system unknown, with the likeliest one as a suggestion.
func (s *source) suggest(unknown, likely string, args ...any) {
	s.info.CRS, s.info.CRSKnown = crs.CRS{}, false
	s.info.CRSTold = true
	if guesses := crs.Guess(s.info.Bounds); len(guesses) > 0 {
		s.info.CRS = guesses[0]
		s.warn(likely, append(args, s.info.CRS.Name(), s.info.CRS.String())...)
		return
	}
	s.warn(unknown, args...)
}

// swapped tells whether a box of degrees lies in Sweden when latitude stands first.
func swapped(b orb.Bound) bool {
	for _, g := range crs.GuessSwapped(b) {
		if g == crs.WGS84 {
			return true
		}
	}
	return false
}

// memberSystem reads the crs member. A link in it is not followed.
func (s *source) memberSystem(member []byte) {
	var name string
	members(member, func(key, value []byte) bool {
		if string(key) == `"properties"` {
			members(value, func(key, value []byte) bool {
				switch string(key) {
				case `"name"`, `"code"`:
					if name = string(value); value[0] == '"' {
						name, _ = unquote(value)
					}
				}
				return true
			})
		}
		return true
	})
	c, err := crs.Parse(name)
	if name == "" || err != nil {
		shown := table.Clip(name)
		if name == "" {
			shown = table.Clip(string(member))
		}
		s.suggest("table.geojson_crs", "table.geojson_crs_likely", shown)
		return
	}
	s.info.CRS, s.info.CRSKnown = c, true
}

// Format is "geojson".
func (s *source) Format() string { return Name }

// Layers gives the one layer.
func (s *source) Layers() []format.LayerInfo { return []format.LayerInfo{s.info} }

// Close closes the file.
func (s *source) Close() error { return s.file.Close() }

// Read hands over the features.
func (s *source) Read(ctx context.Context, layer string, yield func(model.Feature) error, skip func(format.Skip)) error {
	if layer != "" && layer != s.info.Name {
		return i18n.Errorf("table.no_such_layer", layer, s.name)
	}
	_, err := s.walk(ctx, func(ordinal int64, raw []byte) error {
		text, _, _ := s.text(raw)
		f, why := cut(text)
		if !why.IsZero() {
			skip(format.Skip{Row: ordinal, Reason: why})
			return nil
		}
		g, why := s.geometry(f)
		if !why.IsZero() {
			skip(format.Skip{Row: ordinal, Reason: why})
			return nil
		}
		return yield(model.Feature{ID: ordinal, Geometry: g, Values: s.columns.values(f, s.info.Fields)})
	})
	return err
}

// geometry gives a feature's geometry in the layer's type, nil where it has none, or says why it can't be used.
func (s *source) geometry(f feature) (orb.Geometry, i18n.Message) {
	var r geometryReader
	g := r.read(f.geometry)
	if !r.fault.IsZero() {
		return nil, r.fault
	}
	if g == nil {
		return nil, i18n.Message{}
	}
	if s.keep != keepAll && inDegrees(g.Bound()) != (s.keep == keepDegrees) {
		return nil, i18n.M("table.geojson_other_system")
	}
	return model.Fit(g, s.info.Geometry), i18n.Message{}
}
