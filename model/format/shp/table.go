package shp

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nabar/model"
)

// The bounds of a table.
const (
	mostFields  = 255
	mostText    = 254 // bytes
	mostDecimal = 15
)

// field is a column of the table.
type field struct {
	name, short string
	index       int // among the layer's columns; -1 for the number of the row
	kind        model.FieldType
	code        byte // C text, N number, L logical, D date
	width       int
	decimals    int
	cut         int // texts that were too long
	buf         []byte
}

// newField chooses the type of a column.
func newField(f model.Field, index int, short string) *field {
	out := &field{name: f.Name, short: short, index: index, kind: f.Type, code: 'C', width: 1}
	switch f.Type {
	case model.Integer:
		out.code = 'N'
	case model.Real:
		// Without decimals a reader would take the column for whole numbers.
		out.code, out.width, out.decimals = 'N', 3, 1
	case model.Boolean:
		out.code = 'L'
	case model.DateType:
		out.code, out.width = 'D', 8
	}
	return out
}

// isoWidth is the width of a date with its hyphens.
const isoWidth = len(time.DateOnly)

// measure widens a column for the value of a row. A column of dates that holds something else becomes one of text.
func (f *field) measure(row model.Feature) {
	if f.code == 'D' && f.index < len(row.Values) {
		s, ok := row.Values[f.index].(string)
		if _, err := time.Parse(time.DateOnly, s); ok && err != nil {
			f.code, f.width = 'C', isoWidth
		}
	}
	text, decimals, cut := f.text(row)
	f.width = max(f.width, len(text))
	f.decimals = max(f.decimals, decimals)
	if cut {
		f.cut++
	}
}

// text writes the value of a row as the table holds it, with the digits behind its mark; nothing for null. cut tells
// that it was longer.
func (f *field) text(row model.Feature) (text []byte, decimals int, cut bool) {
	b := f.buf[:0]
	var v any = row.ID
	if f.index >= 0 {
		v = nil
		if f.index < len(row.Values) {
			v = row.Values[f.index]
		}
	}
	switch v := v.(type) {
	case string:
		if f.code == 'D' {
			b = append(b, strings.ReplaceAll(v, "-", "")...)
			break
		}
		b, cut = appendText(b, v)
	case int64:
		b = strconv.AppendInt(b, v, 10)
	case int:
		b = strconv.AppendInt(b, int64(v), 10)
	case float64:
		b, decimals = appendReal(b, v)
	case bool:
		b = append(b, map[bool]byte{true: 'T', false: 'F'}[v])
	}
	f.buf = b
	return b, decimals, cut
}

// appendText writes a text, cut between letters where it is too long.
func appendText(b []byte, s string) (out []byte, cut bool) {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", " "), "\uFFFD")
	end := min(len(s), mostText)
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return append(b, s[:end]...), end < len(s)
}

// appendReal writes a number in the fewest digits that give it back, with an exponent where there would be too many.
func appendReal(b []byte, v float64) (out []byte, decimals int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return b, 0
	}
	start := len(b)
	out = strconv.AppendFloat(b, v, 'f', -1, 64)
	if i := strings.IndexByte(string(out[start:]), '.'); i >= 0 {
		decimals = len(out) - start - i - 1
	}
	if decimals > mostDecimal || len(out)-start > 24 {
		return strconv.AppendFloat(b, v, 'e', -1, 64), 1
	}
	return out, decimals
}

// table writes the attributes.
type table struct {
	file   *rewindable
	fields []*field
	date   string // ISO date of the import, for the head
	rows   uint32
	width  int
	row    []byte
}

func newTable(file io.WriteSeeker, layer model.Layer, s *survey) *table {
	t := &table{fields: s.fields, date: layer.Source.Date, width: s.width()}
	t.file = newRewindable(file, t.headSize())
	return t
}

// headSize is the size of the head: its own 32 bytes, 32 for each column, and an end mark.
func (t *table) headSize() int { return 32*(len(t.fields)+1) + 1 }

// add writes one row: a mark that it is not deleted, then the columns at their full widths. Numbers stand to the right.
func (t *table) add(f model.Feature) error {
	t.row = append(t.row[:0], ' ')
	for _, column := range t.fields {
		text, _, _ := column.text(f)
		gap := column.width - len(text)
		if gap < 0 {
			return fmt.Errorf("column %s became wider while it was written", column.name)
		}
		switch {
		case column.code == 'L' && len(text) == 0:
			t.row = append(t.row, '?')
		case column.code == 'N':
			t.row = append(pad(t.row, gap), text...)
		default:
			t.row = pad(append(t.row, text...), gap)
		}
	}
	t.file.put(t.row)
	t.rows++
	return nil
}

// pad appends blanks.
func pad(b []byte, n int) []byte {
	for range n {
		b = append(b, ' ')
	}
	return b
}

// finish writes the end mark and the head.
func (t *table) finish() error {
	t.file.put([]byte{0x1a})
	head := make([]byte, 0, t.headSize())
	head = append(head, 3) // dBASE III without memo
	head = append(head, t.day()...)
	head = binary.LittleEndian.AppendUint32(head, t.rows)
	head = binary.LittleEndian.AppendUint16(head, uint16(t.headSize()))
	head = binary.LittleEndian.AppendUint16(head, uint16(t.width))
	head = append(head, make([]byte, 20)...)
	for _, f := range t.fields {
		var d [32]byte
		copy(d[:nameLength], f.short)
		d[11], d[16], d[17] = f.code, byte(f.width), byte(f.decimals)
		head = append(head, d[:]...)
	}
	return t.file.finish(append(head, 0x0d))
}

// day is the date of the last change in the head: that of the import, else the first one that the format knows. The
// clock's would make equal layers differ.
func (t *table) day() []byte {
	d, err := time.Parse(time.DateOnly, t.date)
	if err != nil || d.Year() < 1900 || d.Year() > 1900+255 {
		return []byte{0, 1, 1}
	}
	return []byte{byte(d.Year() - 1900), byte(d.Month()), byte(d.Day())}
}
