package csv

import (
	"bufio"
	"encoding/base64"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/format/table"
)

// WriteOptions choose among the ways in which programs read CSV. The zero value is comma, decimal point, UTF-8 without
// byte order mark: what scripts read.
type WriteOptions struct {
	// Swedish writes semicolon and decimal comma, as Excel in Sweden reads them.
	Swedish bool
	// Mark starts the file with a byte order mark, by which Excel knows UTF-8.
	Mark bool
}

// Write writes a layer with the zero WriteOptions.
func Write(w io.Writer, layer model.Layer, rows iter.Seq2[model.Feature, error]) error {
	return WriteWith(w, layer, rows, WriteOptions{})
}

// WriteWith writes a layer: a heading, then a row for each feature, with CRLF as RFC 4180 has it. Points become the
// columns x (easting) and y (northing), other geometries one column of well-known text, all in the layers' own metres.
// Null is an empty cell. Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay
// numbers. An error of rows ends the writing and is returned.
func WriteWith(w io.Writer, layer model.Layer, rows iter.Seq2[model.Feature, error], opt WriteOptions) error {
	out := &writer{buf: bufio.NewWriterSize(w, 64<<10), separator: ',', mark: '.', kind: layer.Geometry}
	if opt.Swedish {
		out.separator, out.mark = ';', ','
	}
	if opt.Mark {
		out.buf.WriteRune('\ufeff')
	}
	out.heading(layer)
	for f, err := range rows {
		if err != nil {
			return err
		}
		if err := out.row(f, len(layer.Fields)); err != nil {
			return err
		}
	}
	return out.buf.Flush()
}

// writer writes cells. Errors of the stream stay in buf until it is flushed.
type writer struct {
	buf       *bufio.Writer
	separator byte
	mark      byte // decimal
	kind      model.GeometryType
	number    []byte
	started   bool // the row has a cell already
}

// heading writes the names of the columns.
func (w *writer) heading(layer model.Layer) {
	taken := map[string]bool{}
	for _, f := range layer.Fields {
		taken[strings.ToLower(f.Name)] = true
		w.text(f.Name)
	}
	for _, name := range GeometryColumns(layer.Geometry, taken) {
		w.text(name)
	}
	w.end()
}

// GeometryColumns are the columns that a geometry is written in, named so that none has the name of an attribute; taken
// holds those in lower case.
func GeometryColumns(kind model.GeometryType, taken map[string]bool) []string {
	free := func(names ...string) bool {
		for _, n := range names {
			if taken[strings.ToLower(n)] {
				return false
			}
		}
		return true
	}
	switch {
	case kind == model.NoGeometry:
		return nil
	case kind == model.PointType && free("x", "y"):
		return []string{"x", "y"}
	case kind == model.PointType:
		return []string{"sweref99tm_e", "sweref99tm_n"}
	case free("wkt"):
		return []string{"WKT"}
	}
	return []string{"sweref99tm_wkt"}
}

// row writes one feature. Missing values of a short row are null.
func (w *writer) row(f model.Feature, fields int) error {
	for i := range fields {
		if i < len(f.Values) {
			w.value(f.Values[i])
		} else {
			w.cell("")
		}
	}
	switch w.kind {
	case model.NoGeometry:
	case model.PointType:
		if p, ok := f.Geometry.(orb.Point); ok {
			w.real(p[0])
			w.real(p[1])
		} else {
			w.cell("")
			w.cell("")
		}
	default:
		w.cell(table.FormatWKT(f.Geometry))
	}
	return w.end()
}

// value writes a value of any field type.
func (w *writer) value(v any) {
	switch v := v.(type) {
	case nil:
		w.cell("")
	case string:
		w.text(v)
	case int64:
		w.number = strconv.AppendInt(w.number[:0], v, 10)
		w.cell(string(w.number))
	case int:
		w.cell(strconv.Itoa(v))
	case float64:
		w.real(v)
	case bool:
		w.cell(strconv.FormatBool(v))
	case []byte:
		w.cell(base64.StdEncoding.EncodeToString(v))
	}
}

// real writes a number in the fewest digits that give it back; what is no number is null.
func (w *writer) real(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.cell("")
		return
	}
	format := byte('f')
	if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e15) {
		format = 'e'
	}
	w.number = strconv.AppendFloat(w.number[:0], v, format, -1, 64)
	if w.mark != '.' {
		for i, c := range w.number {
			if c == '.' {
				w.number[i] = w.mark
			}
		}
	}
	w.cell(string(w.number))
}

// text writes a cell of text, made harmless.
func (w *writer) text(s string) { w.cell(Harmless(s)) }

// Harmless puts an apostrophe before text that a spreadsheet would run as a formula: text that starts with = + - @, a
// tab or a line break, or with the full-width forms of these signs. A plain negative number is harmless as it stands.
func Harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", firstRune(s)) {
		return s
	}
	if _, number := table.ParseNumber(s); number && s[0] == '-' {
		return s
	}
	return "'" + s
}

// firstRune is the first character of a text that is not empty.
func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// cell writes a cell, in quotes where it needs them.
func (w *writer) cell(s string) {
	if w.started {
		w.buf.WriteByte(w.separator)
	}
	w.started = true
	if !w.needsQuotes(s) {
		w.buf.WriteString(s)
		return
	}
	w.buf.WriteByte('"')
	w.buf.WriteString(strings.ReplaceAll(s, `"`, `""`))
	w.buf.WriteByte('"')
}

// needsQuotes tells whether a cell would not be read back as it is. A decimal comma stands bare between semicolons.
func (w *writer) needsQuotes(s string) bool {
	if strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") || strings.ContainsAny(s, "\"\t\r\n") {
		return true
	}
	return strings.IndexByte(s, w.separator) >= 0
}

// end writes the line end and tells of errors so far.
func (w *writer) end() error {
	w.started = false
	_, err := w.buf.WriteString("\r\n")
	return err
}
