package xlsx

import (
	"encoding/base64"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/csv"
	"nabar/model/format/table"
)

// Rows are what a sheet holds.
type Rows = iter.Seq2[model.Feature, error]

// Sheet is one sheet of a workbook: the columns, named as the layer's fields, and the rows.
type Sheet struct {
	Layer model.Layer
	Rows  Rows
}

// Write writes a layer as a workbook with one sheet: the names of the columns, then a row for each feature. Points
// become the columns x (easting) and y (northing), other geometries one column of well-known text, in SWEREF 99 TM
// metres. Null is an empty cell, a date one of Excel's. Whole numbers of more than 15 digits become text, since Excel
// would round them; text that a spreadsheet would take for a formula gets an apostrophe in front.
//
// A Problem tells where the layer has more rows or columns than a sheet, or a text that is longer than a cell. An error
// of rows ends the writing and is returned.
func Write(w io.Writer, layer model.Layer, rows Rows) error {
	return WriteAll(w, layer.Name, []Sheet{{layer, rows}})
}

// WriteAll writes a workbook of several sheets, at least one, each as Write does. Sheets of the same name get a number.
func WriteAll(w io.Writer, title string, sheets []Sheet) error {
	names := sheetNames(sheets)
	f, err := New(names[0], Properties{Title: title})
	if err != nil {
		return err
	}
	defer f.Close()
	for i, s := range sheets {
		if i > 0 {
			if _, err := f.NewSheet(names[i]); err != nil {
				return err
			}
		}
		if err := writeSheet(f, names[i], s); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// sheetNames gives every sheet a name of its own; Excel does not tell upper from lower case.
func sheetNames(sheets []Sheet) []string {
	var out []string
	taken := map[string]bool{}
	for _, s := range sheets {
		name := SheetName(s.Layer.Name)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			suffix := " " + strconv.Itoa(n)
			base := SheetName(s.Layer.Name)
			for units(base+suffix) > maxName {
				_, size := utf8.DecodeLastRuneInString(base)
				base = base[:len(base)-size]
			}
			name = base + suffix
		}
		taken[strings.ToLower(name)] = true
		out = append(out, name)
	}
	return out
}

// writeSheet fills a sheet.
func writeSheet(f *excelize.File, name string, s Sheet) (err error) {
	out := &writer{layer: s.Layer}
	if out.stream, err = f.NewStreamWriter(name); err != nil {
		return err
	}
	if out.date, err = f.NewStyle(&excelize.Style{NumFmt: 14}); err != nil {
		return err
	}
	if out.head, err = Head(f); err != nil {
		return err
	}
	if err := out.heading(); err != nil {
		return err
	}
	for feature, err := range s.Rows {
		if err != nil {
			return err
		}
		if err := out.row(feature); err != nil {
			return err
		}
	}
	return out.stream.Flush()
}

// maxName is how long the name of a sheet may be, in UTF-16 units.
const maxName = 31

// SheetName makes a name that Excel takes for a sheet: up to 31 units, without the signs that it keeps for itself, cut
// between words where it must be cut.
func SheetName(name string) string {
	clean := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, name), " '")
	clean = strings.Join(strings.Fields(clean), " ")
	cut := clean
	for units(cut) > maxName {
		_, size := utf8.DecodeLastRuneInString(cut)
		cut = cut[:len(cut)-size]
	}
	if cut != clean && !strings.HasPrefix(clean[len(cut):], " ") {
		if i := strings.LastIndexByte(cut, ' '); i > maxName/2 {
			cut = cut[:i]
		}
	}
	if cut = strings.Trim(cut, " '"); cut == "" {
		return "1"
	}
	return cut
}

// units counts a text as Excel does.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// writer writes rows.
type writer struct {
	layer  model.Layer
	stream *excelize.StreamWriter
	head   int // style
	date   int // style
	rows   int // written, the heading included
	cells  []any
}

// The widths of columns, in characters.
const (
	textWidth   = 24
	numberWidth = 14
)

// heading writes the names of the columns.
func (w *writer) heading() error {
	taken := map[string]bool{}
	var names []string
	for _, f := range w.layer.Fields {
		taken[strings.ToLower(f.Name)] = true
		names = append(names, f.Name)
	}
	names = append(names, csv.GeometryColumns(w.layer.Geometry, taken)...)
	if len(names) > MaxColumns {
		return i18n.Errorf("export.xlsx_columns", w.layer.Name, len(names), MaxColumns)
	}
	for i, name := range names {
		width := float64(numberWidth)
		if i < len(w.layer.Fields) && w.layer.Fields[i].Type == model.Text {
			width = textWidth
		}
		if err := w.stream.SetColWidth(i+1, i+1, max(width, min(float64(units(name))+2, 2*textWidth))); err != nil {
			return err
		}
		w.cells = append(w.cells, excelize.Cell{StyleID: w.head, Value: csv.Harmless(name)})
	}
	if err := w.stream.SetPanes(Frozen()); err != nil {
		return err
	}
	return w.end()
}

// row writes one feature. Missing values of a short row are null.
func (w *writer) row(f model.Feature) error {
	for i, field := range w.layer.Fields {
		var v any
		if i < len(f.Values) {
			v = f.Values[i]
		}
		w.cells = append(w.cells, w.cell(field.Type, v))
	}
	switch w.layer.Geometry {
	case model.NoGeometry:
	case model.PointType:
		if p, ok := f.Geometry.(orb.Point); ok {
			w.cells = append(w.cells, finite(p[0]), finite(p[1]))
		}
	default:
		if f.Geometry != nil {
			w.cells = append(w.cells, table.FormatWKT(f.Geometry))
		}
	}
	return w.end()
}

// end writes the row that has been gathered.
func (w *writer) end() error {
	w.rows++
	if w.rows > MaxRows {
		return i18n.Errorf("export.xlsx_rows", w.layer.Name, MaxRows-1)
	}
	for _, c := range w.cells {
		if s, ok := c.(string); ok && len(s) > MaxText && units(s) > MaxText {
			return i18n.Errorf("export.xlsx_text", w.layer.Name, w.rows-1, MaxText)
		}
	}
	err := w.stream.SetRow("A"+strconv.Itoa(w.rows), w.cells)
	w.cells = w.cells[:0]
	return err
}

// exactWhole is the largest whole number whose digits Excel keeps.
const exactWhole = 999_999_999_999_999

// cell gives a value as the cell that keeps it; nil for none.
func (w *writer) cell(kind model.FieldType, v any) any {
	switch v := v.(type) {
	case string:
		if kind == model.DateType {
			if day, err := time.Parse(time.DateOnly, v); err == nil && day.Year() > 1900 {
				return excelize.Cell{StyleID: w.date, Value: day}
			}
		}
		return csv.Harmless(v)
	case int64:
		if v > exactWhole || v < -exactWhole {
			return strconv.FormatInt(v, 10)
		}
		return v
	case int:
		return w.cell(kind, int64(v))
	case float64:
		return finite(v)
	case bool:
		return v
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	}
	return nil
}

// finite gives a number; what is none is null.
func finite(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
