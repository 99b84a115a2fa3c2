package project

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/gpkg"
)

// box is the bounds of one row, for the index.
type box struct {
	id int64
	orb.Bound
}

// filler puts many rows into a table that has neither index nor triggers yet: those come when all rows are in.
type filler struct {
	ctx    context.Context
	plain  context.Context // without ctx's end, which would cost a goroutine for each row
	conn   *sql.Conn
	layer  *model.Layer
	insert *sql.Stmt // one row
	many   *sql.Stmt // atOnce rows
	atOnce int
	args   []any   // of the rows that wait
	ids    []int64 // of these, as they were given
	last   int64   // the largest id so far
	boxes  []box
	rows   int
	kinds  map[model.GeometryType]bool
}

// argsAtOnce is about how many values one statement inserts. A statement for each row would take twice as long: each of
// them writes the table's next free id down.
const argsAtOnce = 256

// fill makes the table of l from rows, with its index but without the log's triggers, and sets l's Features, Bounds
// and, where the rows hold other geometries than l says, Geometry.
func fill(ctx context.Context, c *sql.Conn, l *model.Layer, rows func(yield func(model.Feature) error) error) error {
	if err := createTable(ctx, c, l); err != nil {
		return err
	}
	f := &filler{ctx: ctx, plain: context.WithoutCancel(ctx), conn: c, layer: l, kinds: map[model.GeometryType]bool{}}
	if err := f.fill(rows); err != nil {
		return err
	}
	l.Features = f.rows
	if l.Geometry == model.NoGeometry {
		return nil
	}
	l.Bounds = f.bounds()
	if widened := widen(l.Geometry, f.kinds); widened != l.Geometry {
		l.Geometry = widened
		if err := retype(ctx, c, l); err != nil {
			return err
		}
	}
	return createIndex(ctx, c, l.Table, f.boxes)
}

// insertSQL inserts a row of all columns.
func insertSQL(l *model.Layer) string {
	columns := append([]string{}, ident(idColumn))
	for _, column := range layerLog(l).rest {
		columns = append(columns, ident(column))
	}
	return `INSERT INTO ` + ident(l.Table) + `(` + strings.Join(columns, ",") + `) VALUES(?` + strings.Repeat(",?", len(columns)-1) + `)`
}

// fill inserts all rows.
func (f *filler) fill(rows func(yield func(model.Feature) error) error) (err error) {
	one := insertSQL(f.layer)
	_, values, _ := strings.Cut(one, " VALUES")
	f.atOnce = max(argsAtOnce/strings.Count(values, "?"), 1)
	if f.insert, err = f.conn.PrepareContext(f.plain, one); err != nil {
		return err
	}
	defer f.insert.Close()
	if f.many, err = f.conn.PrepareContext(f.plain, one+strings.Repeat(","+values, f.atOnce-1)); err != nil {
		return err
	}
	defer f.many.Close()
	if err := rows(f.add); err != nil {
		return err
	}
	return f.flush()
}

// flush inserts the rows that wait. Where one of many can't be, they are tried one by one, so that it is named.
func (f *filler) flush() error {
	width := len(f.args) / max(len(f.ids), 1)
	if len(f.ids) == f.atOnce {
		_, err := f.many.ExecContext(f.plain, f.args...)
		if err != nil && !isConstraint(err) {
			return err
		}
		if err == nil {
			f.args, f.ids = f.args[:0], f.ids[:0]
			return nil
		}
	}
	for i, id := range f.ids {
		if _, err := f.insert.ExecContext(f.plain, f.args[i*width:(i+1)*width]...); err != nil {
			return rowProblem(err, f.layer.Name, id)
		}
	}
	f.args, f.ids = f.args[:0], f.ids[:0]
	return nil
}

// id is the id of the next row, which the one that it was given is, or the one that SQLite would give it.
func (f *filler) id(given int64) int64 {
	if given == 0 && f.last < math.MaxInt64 {
		given = f.last + 1
	}
	f.last = max(f.last, given)
	return given
}

// add takes one row.
func (f *filler) add(feature model.Feature) error {
	if f.rows%256 == 0 && f.ctx.Err() != nil {
		return f.ctx.Err()
	}
	g := model.Fit(feature.Geometry, f.layer.Geometry)
	id := f.id(feature.ID)
	args, err := rowArgs(f.args, f.layer, id, g, feature.Values)
	if err != nil {
		return err
	}
	f.args, f.ids = args, append(f.ids, feature.ID)
	f.rows++
	if f.layer.Geometry != model.NoGeometry && g != nil {
		f.kinds[model.TypeOf(g)] = true
		if !isEmpty(g) {
			f.boxes = append(f.boxes, box{id, g.Bound()})
		}
	}
	if len(f.ids) < f.atOnce {
		return nil
	}
	return f.flush()
}

// bounds is the frame of all rows.
func (f *filler) bounds() orb.Bound {
	if len(f.boxes) == 0 {
		return orb.Bound{}
	}
	all := f.boxes[0].Bound
	for _, b := range f.boxes[1:] {
		all = all.Union(b.Bound)
	}
	return all
}

// rowArgs appends the parameters of a row: id, geometry where the layer has one, and values.
func rowArgs(args []any, l *model.Layer, id int64, g orb.Geometry, values []any) ([]any, error) {
	if len(values) != len(l.Fields) {
		return nil, fmt.Errorf("layer %q: row %d has %d values for %d fields", l.Name, id, len(values), len(l.Fields))
	}
	if id == 0 {
		args = append(args, nil)
	} else {
		args = append(args, id)
	}
	if l.Geometry != model.NoGeometry {
		blob, err := gpkg.WriteGeometry(g, model.ProjectSRID)
		if err != nil {
			return nil, err
		}
		if blob == nil {
			args = append(args, nil)
		} else {
			args = append(args, blob)
		}
	}
	for i, value := range values {
		switch v := value.(type) {
		case nil, int64, float64, bool, []byte:
			args = append(args, v)
		case int:
			args = append(args, int64(v))
		case string:
			// SQLite's quote, which the undo log is written with, ends a text at a zero byte.
			v = strings.ReplaceAll(v, "\x00", "")
			if l.Fields[i].Type == model.DateTime {
				v = dateTime(v)
			}
			args = append(args, v)
		default:
			return nil, fmt.Errorf("layer %q: field %q holds a %T", l.Name, l.Fields[i].Name, v)
		}
	}
	return args, nil
}

// dateTime gives a time in UTC without a fraction of the second the fraction that the standard wants.
func dateTime(s string) string {
	const form = "2006-01-02T15:04:05Z"
	if len(s) == len(form) && s[10] == 'T' && s[19] == 'Z' {
		return s[:19] + ".000Z"
	}
	return s
}

// rowProblem says that an id stands twice; other errors are given back.
func rowProblem(err error, layer string, id int64) error {
	if id != 0 && isConstraint(err) {
		return &i18n.Problem{Message: i18n.M("project.id_twice", layer, id), Cause: err}
	}
	return err
}

// widen gives the type that holds all kinds: the declared one if they fit, else a mixture.
func widen(declared model.GeometryType, kinds map[model.GeometryType]bool) model.GeometryType {
	for kind := range kinds {
		if kind != declared {
			return model.AnyGeometry
		}
	}
	return declared
}

// retype makes a filled table anew with the layer's geometry type: SQLite can't change the type of a column.
func retype(ctx context.Context, c *sql.Conn, l *model.Layer) error {
	const old = `"nabar_retype"` // gone again before the edit ends
	if _, err := c.ExecContext(ctx, `ALTER TABLE `+ident(l.Table)+` RENAME TO `+old); err != nil {
		return err
	}
	if err := createTable(ctx, c, l); err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, `INSERT INTO `+ident(l.Table)+` SELECT * FROM `+old+` ORDER BY `+ident(idColumn)); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, `DROP TABLE `+old)
	return err
}
