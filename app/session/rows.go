package session

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/role"
	"nabar/model/rows"
)

// pageRows is how many rows of a layer are read at a time: few enough that a page takes some milliseconds, and that edits get in
// between.
const pageRows = 4000

// RowsHead is a layer's table without its rows: the columns as the layer has them.
func (s *Session) RowsHead(l model.Layer) model.Table {
	t := model.Table{Name: l.Name}
	for _, f := range l.Fields {
		t.Columns = append(t.Columns, model.TableColumn{Head: f.Name, Number: isNumber(f.Type), Decimals: fieldDecimals(f.Type)})
	}
	return t
}

// fieldDecimals is how many decimals a column shows.
func fieldDecimals(t model.FieldType) int {
	if t == model.Real {
		return 2
	}
	return 0
}

func isNumber(t model.FieldType) bool { return t == model.Integer || t == model.Real }

// Rows reads the rows of a layer's table page by page, by id; a row's ID is its feature's. yield keeps the page. An error from it
// ends the reading and is given back.
func (s *Session) Rows(ctx context.Context, l model.Layer, yield func(page []model.TableRow) error) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	after := int64(math.MinInt64)
	for {
		page := make([]model.TableRow, 0, min(pageRows, max(l.Features, 1)))
		cells := make([]model.TableCell, 0, cap(page)*len(l.Fields))
		err := p.FeaturesFrom(ctx, l, after, pageRows, func(f model.Feature) error {
			start := len(cells)
			for i, v := range f.Values {
				cells = append(cells, s.rowCell(l.Fields[i].Type, v))
			}
			page = append(page, model.TableRow{ID: strconv.FormatInt(f.ID, 10), Cells: cells[start:len(cells):len(cells)]})
			after = f.ID
			return nil
		})
		if err != nil || len(page) == 0 {
			return err
		}
		if err := yield(page); err != nil {
			return err
		}
		if len(page) < pageRows {
			return nil
		}
	}
}

// Row is one row of a layer's table.
func (s *Session) Row(ctx context.Context, l model.Layer, id int64) (model.TableRow, error) {
	p, err := s.current()
	if err != nil {
		return model.TableRow{}, err
	}
	f, err := p.Feature(ctx, l, id)
	f.ID = id
	return s.tableRow(l, f), err
}

// tableRow is a feature as a row of its layer's table.
func (s *Session) tableRow(l model.Layer, f model.Feature) model.TableRow {
	row := model.TableRow{ID: strconv.FormatInt(f.ID, 10)}
	for i, v := range f.Values {
		row.Cells = append(row.Cells, s.rowCell(l.Fields[i].Type, v))
	}
	return row
}

// RowOf writes the values of a feature as its layer's table shows them, "" for none.
func (s *Session) RowOf(l model.Layer, f model.Feature) []string {
	head, row := s.RowsHead(l), s.tableRow(l, f)
	out := make([]string, len(row.Cells))
	for i := range row.Cells {
		if f.Values[i] != nil {
			out[i] = head.Columns[i].Write(s.Printer(), row.Cells[i])
		}
	}
	return out
}

// RowsTable is the whole table of a layer.
func (s *Session) RowsTable(ctx context.Context, l model.Layer) (model.Table, error) {
	t := s.RowsHead(l)
	err := s.Rows(ctx, l, func(page []model.TableRow) error {
		t.Rows = append(t.Rows, page...)
		return nil
	})
	return t, err
}

// rowCell is a value as a cell of a column of a type.
func (s *Session) rowCell(kind model.FieldType, v any) model.TableCell {
	if isNumber(kind) {
		return model.Amount(orNaN(v))
	}
	switch v := v.(type) {
	case bool:
		return model.Words(s.Printer().T(yesNo(v)))
	case []byte:
		return model.Words(s.Printer().T("rows.blob", len(v)))
	}
	return model.Words(WriteValue(v))
}

// yesNo is the key of a truth.
func yesNo(v bool) string {
	if v {
		return "rows.yes"
	}
	return "rows.no"
}

// WriteValue writes a value of a row as files have it: a point in numbers, "" for none.
func WriteValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []byte:
		return hex.EncodeToString(v)
	}
	return fmt.Sprint(v)
}

// RowAt is where the feature of a row lies: nil where it has no place.
func (s *Session) RowAt(ctx context.Context, l model.Layer, id int64) (orb.Geometry, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	f, err := p.Feature(ctx, l, id)
	return f.Geometry, err
}

// CellText is the value of a row's cell as a user edits it: exact, with the language's decimal mark.
func (s *Session) CellText(ctx context.Context, l model.Layer, id int64, column int) (string, error) {
	p, err := s.current()
	if err != nil {
		return "", err
	}
	f, err := p.Feature(ctx, l, id)
	if err != nil {
		return "", err
	}
	return s.valueText(f.Values[column]), nil
}

// ValueTexts are the values of a feature as a user edits them, as CellText has them.
func (s *Session) ValueTexts(l model.Layer, f model.Feature) []string {
	out := make([]string, len(l.Fields))
	for i := range out {
		out[i] = s.valueText(f.Values[i])
	}
	return out
}

// valueText is a value as a user edits it.
func (s *Session) valueText(v any) string {
	switch v := v.(type) {
	case bool:
		return s.Printer().T(yesNo(v))
	case float64:
		text := WriteValue(v)
		if s.Printer().Lang() == i18n.Swedish {
			text = strings.ReplaceAll(text, ".", ",")
		}
		return text
	default:
		return WriteValue(v)
	}
}

// SetCell changes the value of a cell to what a text says in the column's type; empty text is no value. A row that its layer could
// not be read with afterwards is refused: a service place needs a known type, dates must be dates. The day that a layer of service
// places is of follows to today, so that a place with an earlier closing date counts as closed. It is one step.
func (s *Session) SetCell(ctx context.Context, l model.Layer, id int64, column int, text string) error {
	if column < 0 || column >= len(l.Fields) {
		return i18n.Errorf("style.no_column", strconv.Itoa(column+1), l.Name, strings.Join(columnNames(l), ", "))
	}
	field := l.Fields[column]
	value, err := s.cellValue(l, field, text)
	if err != nil {
		return err
	}
	f, err := s.feature(ctx, l, id)
	if err != nil {
		return err
	}
	f.Values[column] = value
	if err := s.usable(ctx, l, f); err != nil {
		return err
	}
	return s.edit(ctx, i18n.M("rows.step", field.Name, l.Name), func(tx *project.Tx) error { return putRow(tx, l, &f) })
}

// cellValue reads a text as a value of a layer's field. Where the field is a date for the layer's role it must be one, whatever
// its type.
func (s *Session) cellValue(l model.Layer, field model.Field, text string) (any, error) {
	value, err := s.parseCell(field, text)
	if err == nil && isDatePart(l, field.Name) && value != nil && !model.IsDate(WriteValue(value)) {
		err = i18n.Errorf("rows.bad_date", text, field.Name)
	}
	return value, err
}

// isDatePart tells whether a column tells when a service place opened or closed.
func isDatePart(l model.Layer, column string) bool {
	return l.Role == model.RoleServices && column != "" && (l.Mapping[model.PartOpened] == column || l.Mapping[model.PartClosed] == column)
}

// parseCell reads a text as a value of a field.
func (s *Session) parseCell(f model.Field, text string) (any, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	switch f.Type {
	case model.Integer:
		v, err := rows.ParseNumber(text)
		if err != nil || v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return nil, i18n.Errorf("rows.bad_integer", text, f.Name)
		}
		return int64(v), nil
	case model.Real:
		v, err := rows.ParseNumber(text)
		if err != nil {
			return nil, i18n.Errorf("rows.bad_number", text, f.Name)
		}
		return v, nil
	case model.Boolean:
		return parseTruth(f.Name, text)
	case model.DateType:
		if !model.IsDate(text) {
			return nil, i18n.Errorf("rows.bad_date", text, f.Name)
		}
	case model.DateTime:
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return nil, i18n.Errorf("rows.bad_time", text, f.Name)
		}
	case model.Blob:
		return nil, i18n.Errorf("rows.no_edit", f.Name)
	}
	return text, nil
}

// parseTruth reads yes or no in either language, or as a number.
func parseTruth(column, text string) (any, error) {
	switch strings.ToLower(text) {
	case "ja", "yes", "true", "sant", "1":
		return true, nil
	case "nej", "no", "false", "falskt", "0":
		return false, nil
	}
	return nil, i18n.Errorf("rows.bad_truth", text, column)
}

// usable refuses a row that its layer's role can't use.
func (s *Session) usable(ctx context.Context, l model.Layer, f model.Feature) error {
	var why *i18n.Message
	var err error
	switch l.Role {
	case model.RoleServices:
		var types []model.ServiceType
		if types, err = s.ServiceTypes(ctx); err != nil {
			return err
		}
		var d *role.FacilityDecoder
		if d, err = role.NewFacilityDecoder(l.Name, l.Fields, l.Mapping, types); err == nil {
			_, why = d.Decode(f)
		}
	case model.RolePopulation:
		var d *role.CellDecoder
		if d, err = role.NewCellDecoder(l.Fields, l.Mapping); err == nil {
			_, why = d.Decode(f)
		}
	case model.RoleRoads:
		var d *role.RoadDecoder
		if d, err = role.NewRoadDecoder(l.Fields, l.Mapping); err == nil {
			_, why = d.Decode(f)
		}
	}
	if err != nil || why == nil {
		return err
	}
	return i18n.Errorf("rows.unusable", l.Name, *why)
}
