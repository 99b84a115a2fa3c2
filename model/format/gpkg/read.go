package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
)

// viewPatience is how long all rows of a view may take: a view can be made to never end.
const viewPatience = 10 * time.Second

// maxResumes is how many rows that are too big are stepped over before a layer is given up.
const maxResumes = 1000

// quote makes an identifier of a name.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// statement selects id, geometry and attributes. The unary plus takes the declared type off each column, since the
// driver would turn dates and booleans into its own types by it.
func (l *layer) statement(tail string) string {
	var b strings.Builder
	b.WriteString("SELECT ")
	for _, name := range []string{l.id, l.geometry} {
		if name == "" {
			b.WriteString("NULL")
		} else {
			b.WriteString("+" + quote(name))
		}
		b.WriteString(", ")
	}
	b.WriteString("1")
	for _, name := range l.columns {
		b.WriteString(", +" + quote(name))
	}
	b.WriteString(" FROM " + quote(l.table) + " " + tail)
	return b.String()
}

// Read implements format.Source. A row whose geometry is NULL is a row without geometry. Feature.ID is the feature id,
// or the row's number where the table has none.
func (s *source) Read(ctx context.Context, name string, yield func(model.Feature) error, skip func(format.Skip)) error {
	for _, l := range s.layers {
		if l.info.Name != name {
			continue
		}
		r := reading{source: s, layer: l, yield: yield, skip: skip, last: math.MinInt64}
		if err := r.patiently(ctx); err != nil {
			return err
		}
		l.dropped = r.dropped
		return nil
	}
	return i18n.Errorf("import.no_such_layer", s.name, name)
}

// patiently reads to the end, but a view no longer than its time.
func (r *reading) patiently(ctx context.Context) error {
	if !r.layer.view {
		return r.all(ctx)
	}
	limited, cancel := context.WithTimeout(ctx, viewPatience)
	defer cancel()
	err := r.all(limited)
	if limited.Err() != nil && ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return i18n.Errorf("import.view_endless", r.layer.info.Name)
	}
	return err
}

// reading is one pass over a layer.
type reading struct {
	source *source
	layer  *layer
	yield  func(model.Feature) error
	skip   func(format.Skip)
	row    int64 // rows seen
	last   int64 // the last feature id, where the table has ids
	// dropped counts the geometries that had Z or M.
	dropped int
}

// all reads to the end, stepping over rows that are too big to be held.
func (r *reading) all(ctx context.Context) error {
	byID := r.layer.id != "" && !r.layer.view
	statement, args := r.layer.statement(""), []any(nil)
	if byID {
		key := quote(r.layer.id)
		statement = r.layer.statement("WHERE " + key + " > ? ORDER BY " + key)
		args = []any{r.last}
	}
	for range maxResumes {
		err := r.pass(ctx, statement, args)
		if err == nil || !byID || !tooBig(err) {
			return err
		}
		next, err := r.stepOver(ctx)
		if err != nil {
			return err
		}
		r.last, args = next, []any{next}
	}
	return i18n.Errorf("import.layer_unreadable", r.layer.info.Name)
}

// tooBig tells whether SQLite stopped at a value beyond the limit of length.
func tooBig(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_TOOBIG
}

// stepOver lists the row after the last one as too big and gives its id.
func (r *reading) stepOver(ctx context.Context) (int64, error) {
	key := quote(r.layer.id)
	var next int64
	row := r.source.conn.QueryRowContext(ctx, "SELECT min("+key+") FROM "+quote(r.layer.table)+" WHERE "+key+" > ?", r.last)
	if err := row.Scan(&next); err != nil {
		return 0, r.source.fail(ctx, err)
	}
	r.skip(format.Skip{Row: next, Reason: i18n.M("import.value_too_big", format.MaxCellBytes>>20)})
	return next, nil
}

// pass runs the statement once.
func (r *reading) pass(ctx context.Context, statement string, args []any) error {
	rows, err := r.source.conn.QueryContext(ctx, statement, args...)
	if err != nil {
		if tooBig(err) {
			return err
		}
		return r.source.fail(ctx, err)
	}
	defer rows.Close()
	cells := make([]any, 3+len(r.layer.columns))
	targets := make([]any, len(cells))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() {
		if r.row%format.CheckEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.row++
		if err := rows.Scan(targets...); err != nil {
			return r.source.fail(ctx, err)
		}
		if err := r.take(cells); err != nil {
			return err
		}
	}
	return r.end(ctx, rows)
}

// end gives the error that ended a pass, if any.
func (r *reading) end(ctx context.Context, rows *sql.Rows) error {
	err := rows.Err()
	if err == nil || tooBig(err) {
		return err
	}
	return r.source.fail(ctx, err)
}

// take turns one row into a feature, or lists it.
func (r *reading) take(cells []any) error {
	f := model.Feature{ID: r.row}
	if id, ok := cells[0].(int64); ok {
		f.ID, r.last = id, id
	}
	switch blob := cells[1].(type) {
	case nil:
	case []byte:
		g, dropped, err := readGeometry(blob)
		if err != nil {
			r.skip(format.Skip{Row: f.ID, Reason: reason(err)})
			return nil
		}
		f.Geometry = g
		if dropped {
			r.dropped++
		}
	default:
		r.skip(format.Skip{Row: f.ID, Reason: i18n.M("import.geometry_not_gpkg")})
		return nil
	}
	f.Values = make([]any, len(r.layer.columns))
	for i, field := range r.layer.info.Fields {
		f.Values[i] = value(cells[3+i], field.Type)
	}
	return r.yield(f)
}

// reason is why a geometry could not be read.
func reason(err error) i18n.Message {
	var p *i18n.Problem
	if errors.As(err, &p) {
		return p.Message
	}
	return i18n.M("import.geometry_not_gpkg")
}

// value brings a cell to its column's type. SQLite lets any column hold anything: what can't be brought over without
// loss is given as it stands, so that nothing disappears.
func value(v any, t model.FieldType) any {
	switch v := v.(type) {
	case int64:
		switch t {
		case model.Boolean:
			return v != 0
		case model.Real:
			return float64(v)
		case model.Text:
			return strconv.FormatInt(v, 10)
		}
	case float64:
		switch {
		case t == model.Integer && v == math.Trunc(v) && math.Abs(v) < 1<<53:
			return int64(v)
		case t == model.Text:
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	case string:
		return text(v, t)
	case []byte:
		if t == model.Text {
			return strings.ToValidUTF8(string(v), "\ufffd")
		}
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return v
}

// text brings a text to its column's type.
func text(s string, t model.FieldType) any {
	s = strings.ToValidUTF8(s, "\ufffd")
	trimmed := strings.TrimSpace(s)
	switch t {
	case model.Integer:
		if n, err := strconv.ParseInt(trimmed, 10, 64); err == nil {
			return n
		}
	case model.Real:
		if f, err := strconv.ParseFloat(trimmed, 64); err == nil {
			return f
		}
	case model.Boolean:
		if b, err := strconv.ParseBool(strings.ToLower(trimmed)); err == nil {
			return b
		}
	}
	return s
}
