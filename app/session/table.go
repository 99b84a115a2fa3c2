package session

import (
	"io"
	"iter"
	"math"
	"path/filepath"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/csv"
	"nabar/model/format/xlsx"
)

// tableDecimals is how exactly a file keeps the numbers of a table.
const tableDecimals = 6

// WriteTable writes a table to a file: .csv as the session's language has it (semicolon and decimal comma in Swedish), or
// .xlsx. Its rows come in their order.
func (s *Session) WriteTable(path string, t model.Table) error {
	layer, rows := tableLayer(&t)
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv":
		opt := csv.WriteOptions{Swedish: s.Printer().Lang() == i18n.Swedish, Mark: true}
		return atomicfile.Write(path, func(w io.Writer) error { return csv.WriteWith(w, layer, rows, opt) })
	case ".xlsx":
		return atomicfile.Write(path, func(w io.Writer) error { return xlsx.Write(w, layer, rows) })
	default:
		return i18n.Errorf("session.format_out", ext, ".csv, .xlsx")
	}
}

// WriteTables writes several tables as the sheets of one workbook, .xlsx. Tables without rows are left out, unless all are.
func (s *Session) WriteTables(path string, all []model.Table) error {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".xlsx" {
		return i18n.Errorf("session.format_out", ext, ".xlsx")
	}
	var sheets []xlsx.Sheet
	for i := range all {
		if len(all[i].Rows) > 0 || i == len(all)-1 && sheets == nil {
			layer, rows := tableLayer(&all[i])
			sheets = append(sheets, xlsx.Sheet{Layer: layer, Rows: rows})
		}
	}
	if sheets == nil {
		return i18n.Errorf("session.no_tables", filepath.Base(path))
	}
	return atomicfile.Write(path, func(w io.Writer) error { return xlsx.WriteAll(w, s.Kommun().Name, sheets) })
}

// tableLayer gives a table the form that the writers of files take.
func tableLayer(t *model.Table) (model.Layer, iter.Seq2[model.Feature, error]) {
	layer := model.Layer{Name: t.Name}
	for i := range t.Columns {
		c := &t.Columns[i]
		f := model.Field{Name: c.Heading(), Type: model.Text}
		switch {
		case c.Number && c.Decimals > 0:
			f.Type = model.Real
		case c.Number:
			f.Type = model.Integer
		}
		layer.Fields = append(layer.Fields, f)
	}
	return layer, func(yield func(model.Feature, error) bool) {
		for k, row := range t.Rows {
			f := model.Feature{ID: int64(k + 1), Values: make([]any, len(layer.Fields))}
			for i := range min(len(row.Cells), len(layer.Fields)) {
				f.Values[i] = tableValue(layer.Fields[i].Type, row.Cells[i])
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

// tableValue is a cell as a layer's value; nil where there is no number.
func tableValue(kind model.FieldType, c model.TableCell) any {
	switch {
	case kind == model.Text:
		return c.Text
	case math.IsNaN(c.Number) || math.IsInf(c.Number, 0):
		return nil
	case kind == model.Integer && c.Number == math.Trunc(c.Number):
		return int64(c.Number)
	}
	scale := math.Pow10(tableDecimals)
	return math.Round(c.Number*scale) / scale
}
