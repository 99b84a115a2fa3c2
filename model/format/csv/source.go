package csv

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/format/charset"
	"nabar/model/format/table"
)

// source is an opened text table.
type source struct {
	file    *os.File
	name    string // base name, for messages
	coding  charset.Coding
	layout  layout
	columns []table.Column
	types   []model.FieldType
	place   placer
	info    format.LayerInfo
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

// examine finds encoding, layout, types and positions.
func (s *source) examine(ctx context.Context, opt format.Options) error {
	raw, _, err := readSample(s.file)
	if err != nil {
		return s.readError(ctx, err)
	}
	if s.coding, err = charset.Find(raw, opt.Encoding); err != nil {
		return err
	}
	stream, err := s.stream(ctx)
	if err != nil {
		return err
	}
	sample, cut, err := readSample(stream)
	if err != nil {
		return s.readError(ctx, err)
	}
	if s.layout, err = findLayout(sample, cut, s.coding, opt); err != nil {
		return err
	}
	scan, err := s.scan(ctx)
	if err != nil {
		return err
	}
	s.describe(scan)
	return s.locate(ctx, opt)
}

// stream starts the file anew, as text.
func (s *source) stream(ctx context.Context) (io.Reader, error) {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, s.readError(ctx, err)
	}
	return s.coding.Stream(ctx, s.file), nil
}

// readError makes a failure of the file system one that the user can act on; the end of the context stays what it is.
func (s *source) readError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var problem *i18n.Problem
	if errors.As(err, &problem) {
		return err
	}
	return i18n.Errorf("table.cannot_read", s.name, err)
}

// scan is what the first reading counted.
type scan struct {
	rows   int
	blank  int
	utf8   oddLines
	mapped oddLines
}

// oddLines are the lines of one encoding: how many, and the first of them.
type oddLines struct {
	n     int
	lines []int64
}

// add takes one line.
func (o *oddLines) add(line int64) {
	o.n++
	if len(o.lines) < 20 {
		o.lines = append(o.lines, line)
	}
}

// scan reads the whole file and shows every cell to its column.
func (s *source) scan(ctx context.Context) (scan, error) {
	s.columns = make([]table.Column, len(s.layout.names))
	for i, n := range s.layout.names {
		s.columns[i].Name = n
	}
	var out scan
	err := s.rows(ctx, func(r row) error {
		if r.wide {
			if r.mapped {
				out.mapped.add(r.line)
			} else {
				out.utf8.add(r.line)
			}
		}
		if r.line < s.layout.first {
			return nil
		}
		if r.blank {
			out.blank++
			return nil
		}
		out.rows++
		if r.fault.IsZero() {
			for i, cell := range r.cells {
				s.columns[i].Add(cell)
			}
		}
		return nil
	})
	return out, err
}

// row is one record as a row of the table.
type row struct {
	line         int64
	cells        []string // valid until the next row, the strings for good
	wide, mapped bool     // as charset.Coding.Text tells
	blank        bool
	fault        i18n.Message
}

// rows cuts the file into rows, the heading and what stands above it included.
func (s *source) rows(ctx context.Context, yield func(row) error) error {
	stream, err := s.stream(ctx)
	if err != nil {
		return err
	}
	split := newSplitter(stream, s.layout.separator)
	var buf []string
	for n := 1; ; n++ {
		if n%format.CheckEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		rec, err := split.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return s.readError(ctx, err)
		}
		r := row{line: rec.line, fault: rec.fault}
		if rec.fault.IsZero() {
			var text string
			text, r.wide, r.mapped = s.coding.Text(rec.raw)
			buf = cells(buf[:0], text, rec.quoted, s.layout.separator, len(s.columns)+2)
			s.check(&r, buf)
		}
		if err := yield(r); err != nil {
			return err
		}
	}
}

// check compares a row with the heading. One empty cell too many is a separator at the end of the line, as some
// programs write it.
func (s *source) check(r *row, found []string) {
	want := len(s.columns)
	if len(found) == want+1 && strings.TrimSpace(found[want]) == "" {
		found = found[:want]
	}
	r.cells = found
	r.blank = true
	for _, c := range found {
		if strings.TrimSpace(c) != "" {
			r.blank = false
			break
		}
	}
	switch {
	case r.blank:
	case len(found) > want+1:
		r.fault = i18n.M("table.row_long", want)
	case len(found) != want:
		r.fault = i18n.M("table.row_cells", len(found), want)
	}
}

// describe makes the layer's description from the first reading.
func (s *source) describe(n scan) {
	s.info = format.LayerInfo{
		Name:     strings.TrimSuffix(s.name, filepath.Ext(s.name)),
		Features: n.rows,
	}
	s.info.Encoding = s.encoding(n)
	s.types = make([]model.FieldType, len(s.columns))
	for i := range s.columns {
		t, warning := s.columns[i].Type()
		s.types[i] = t
		s.info.Fields = append(s.info.Fields, model.Field{Name: s.columns[i].Name, Type: t})
		s.warn(warning)
	}
	if s.layout.titles > 0 {
		s.warn(i18n.M("table.titles_left_out", s.layout.titles))
	}
	if s.layout.noHeading {
		s.warn(i18n.M("table.no_heading", len(s.columns)))
	}
	if n.rows == 0 {
		s.warn(i18n.M("table.no_rows"))
	}
	if n.blank > 0 {
		s.warn(i18n.M("table.blank_rows", n.blank))
	}
}

// warn adds a warning, unless it says nothing.
func (s *source) warn(m i18n.Message) {
	if !m.IsZero() {
		s.info.Warnings = append(s.info.Warnings, m)
	}
}

// encoding names the encoding of most rows and warns of the others.
func (s *source) encoding(n scan) string {
	switch {
	case s.coding.Fixed():
		return s.coding.Name()
	case n.mapped.n == 0:
		return charset.UTF8
	case s.coding.Name() == charset.DOS:
		s.warn(i18n.M("table.encoding_guessed", charset.DOS))
	}
	odd, oddName, name := n.mapped, s.coding.Name(), charset.UTF8
	if n.mapped.n > n.utf8.n {
		odd, oddName, name = n.utf8, charset.UTF8, s.coding.Name()
	}
	if odd.n > 0 {
		s.warn(i18n.M("table.mixed_encoding", odd.n, table.Lines(odd.lines, odd.n), oddName, name))
	}
	return name
}

// Format is "csv".
func (s *source) Format() string { return Name }

// Layers gives the one layer.
func (s *source) Layers() []format.LayerInfo { return []format.LayerInfo{s.info} }

// Close closes the file.
func (s *source) Close() error { return s.file.Close() }

// slabRows is how many rows share one allocation for their values.
const slabRows = 128

// Read hands over the rows.
func (s *source) Read(ctx context.Context, layer string, yield func(model.Feature) error, skip func(format.Skip)) error {
	if layer != "" && layer != s.info.Name {
		return i18n.Errorf("table.no_such_layer", layer, s.name)
	}
	var slab []any
	return s.rows(ctx, func(r row) error {
		if r.line < s.layout.first || (r.blank && r.fault.IsZero()) {
			return nil
		}
		if !r.fault.IsZero() {
			skip(format.Skip{Row: r.line, Reason: r.fault})
			return nil
		}
		g, why := s.place.geometry(r.cells)
		if !why.IsZero() {
			skip(format.Skip{Row: r.line, Reason: why})
			return nil
		}
		n := len(r.cells)
		if len(slab) < n {
			slab = make([]any, slabRows*n)
		}
		f := model.Feature{ID: r.line, Geometry: g, Values: slab[:n:n]}
		slab = slab[n:]
		for i, cell := range r.cells {
			f.Values[i] = table.Convert(s.types[i], cell)
		}
		return yield(f)
	})
}

// layerCRS is the system that the user told, if any.
func layerCRS(opt format.Options) (crs.CRS, bool, error) {
	if opt.CRS == "" {
		return crs.CRS{}, false, nil
	}
	c, err := crs.Parse(opt.CRS)
	return c, err == nil, err
}
