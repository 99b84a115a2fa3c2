package project

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/gpkg"
)

// Features calls yield for every feature of a layer, by id. An error from yield ends the reading and is given back.
// yield may read from the project but must not edit it. The features are yield's to keep.
func (p *Project) Features(ctx context.Context, layer model.Layer, yield func(model.Feature) error) error {
	return p.reading(ctx, func(db *sql.DB) error {
		return stream(ctx, db, layer, selectSQL(&layer)+` ORDER BY "fid"`, nil, yield)
	})
}

// FeaturesIn is Features for those whose bounds meet a bound, edges included. Features without geometry are left out.
func (p *Project) FeaturesIn(ctx context.Context, layer model.Layer, bound orb.Bound, yield func(model.Feature) error) error {
	if layer.Geometry == model.NoGeometry {
		return nil
	}
	query := selectSQL(&layer) + ` WHERE "fid" IN (SELECT id FROM ` + ident(indexName(layer.Table)) +
		` WHERE maxx>=? AND minx<=? AND maxy>=? AND miny<=?) ORDER BY "fid"`
	args := []driver.NamedValue{
		{Ordinal: 1, Value: bound.Min[0]},
		{Ordinal: 2, Value: bound.Max[0]},
		{Ordinal: 3, Value: bound.Min[1]},
		{Ordinal: 4, Value: bound.Max[1]},
	}
	return p.reading(ctx, func(db *sql.DB) error {
		return stream(ctx, db, layer, query, args, func(f model.Feature) error {
			if !f.Geometry.Bound().Intersects(bound) {
				return nil // the index rounds to 32 bits, outwards
			}
			return yield(f)
		})
	})
}

// selectSQL reads all columns of a layer. The plus signs hide the columns' declared types, by which the driver would
// turn dates into times.
func selectSQL(l *model.Layer) string {
	columns := []string{ident(idColumn)}
	for _, column := range layerLog(l).rest {
		columns = append(columns, "+"+ident(column))
	}
	return `SELECT ` + strings.Join(columns, ",") + ` FROM ` + ident(l.Table)
}

// block is how many rows share one allocation of values.
const block = 128

// stream runs a query of selectSQL's columns on the driver itself: database/sql would copy every value once more.
func stream(ctx context.Context, db *sql.DB, l model.Layer, query string, args []driver.NamedValue, yield func(model.Feature) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(dc any) error {
		queryer, ok := dc.(driver.QueryerContext)
		if !ok {
			return fmt.Errorf("%T can't be queried", dc)
		}
		rows, err := queryer.QueryContext(ctx, query, args)
		if err != nil {
			return err
		}
		defer rows.Close()
		r := rowReader{layer: &l, row: make([]driver.Value, len(rows.Columns()))}
		for n := 0; ; n++ {
			if n%256 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			err := rows.Next(r.row)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			feature, err := r.feature()
			if err != nil {
				return err
			}
			if err := yield(feature); err != nil {
				return err
			}
		}
	})
}

// rowReader makes features of rows.
type rowReader struct {
	layer  *model.Layer
	row    []driver.Value
	values []any // room for the values of the coming rows
}

// feature gives the row as a feature.
func (r *rowReader) feature() (model.Feature, error) {
	id, _ := r.row[0].(int64)
	f := model.Feature{ID: id}
	rest := r.row[1:]
	if r.layer.Geometry != model.NoGeometry {
		if blob, ok := rest[0].([]byte); ok {
			g, err := gpkg.ReadGeometry(blob)
			if err != nil {
				return f, &i18n.Problem{Message: i18n.M("project.geometry_unreadable", r.layer.Name, id), Cause: err}
			}
			f.Geometry = g
		}
		rest = rest[1:]
	}
	n := len(rest)
	if len(r.values) < n {
		r.values = make([]any, n*block)
	}
	f.Values, r.values = r.values[:n:n], r.values[n:]
	for i, v := range rest {
		f.Values[i] = typed(v, r.layer.Fields[i].Type)
	}
	return f, nil
}

// typed gives a value the Go type of its field. SQLite keeps what it is given: a whole number in a date column, say.
func typed(v driver.Value, t model.FieldType) any {
	switch v := v.(type) {
	case int64:
		switch t {
		case model.Boolean:
			return v != 0
		case model.Real:
			return float64(v)
		case model.Text, model.DateType, model.DateTime:
			return fmt.Sprint(v)
		}
	case float64:
		switch t {
		case model.Text, model.DateType, model.DateTime:
			return fmt.Sprint(v)
		}
	case []byte:
		if t != model.Blob {
			return string(v)
		}
	}
	return v
}

// InsertFeature adds a feature to a layer and sets its ID if that is 0.
func (tx *Tx) InsertFeature(layer model.Layer, f *model.Feature) error {
	g, err := tx.fitting(&layer, f)
	if err != nil {
		return err
	}
	args, err := rowArgs(nil, &layer, f.ID, g, f.Values)
	if err != nil {
		return err
	}
	result, err := tx.row(insertSQL(&layer), args)
	if err != nil {
		return rowProblem(err, layer.Name, f.ID)
	}
	if f.ID, err = result.LastInsertId(); err != nil {
		return err
	}
	tx.touch(layer.ID, 1, g)
	return nil
}

// UpdateFeature writes the geometry and all values of the feature with f's ID.
func (tx *Tx) UpdateFeature(layer model.Layer, f *model.Feature) error {
	g, err := tx.fitting(&layer, f)
	if err != nil {
		return err
	}
	args, err := rowArgs(nil, &layer, f.ID, g, f.Values)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		return nil // a table of ids alone
	}
	columns := layerLog(&layer).rest
	sets := make([]string, len(columns))
	for i, column := range columns {
		sets[i] = ident(column) + "=?"
	}
	result, err := tx.row(`UPDATE `+ident(layer.Table)+` SET `+strings.Join(sets, ",")+` WHERE "fid"=?`, append(args[1:], f.ID))
	if err != nil {
		return err
	}
	return tx.hit(result, layer, f.ID, 0, g)
}

// DeleteFeature removes the feature of an id.
func (tx *Tx) DeleteFeature(layer model.Layer, id int64) error {
	result, err := tx.row(`DELETE FROM `+ident(layer.Table)+` WHERE "fid"=?`, []any{id})
	if err != nil {
		return err
	}
	return tx.hit(result, layer, id, -1, nil)
}

// hit makes sure that a row was there to be changed, and notes the change.
func (tx *Tx) hit(result sql.Result, layer model.Layer, id int64, delta int, g orb.Geometry) error {
	n, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return i18n.Errorf("project.no_feature", layer.Name, id)
	}
	tx.touch(layer.ID, delta, g)
	return nil
}

// fitting gives the feature's geometry in the type of the layer, or a problem where it is of another.
func (tx *Tx) fitting(l *model.Layer, f *model.Feature) (orb.Geometry, error) {
	g := model.Fit(f.Geometry, l.Geometry)
	if g == nil || l.Geometry == model.AnyGeometry || l.Geometry == model.NoGeometry || model.TypeOf(g) == l.Geometry {
		return g, nil
	}
	return nil, i18n.Errorf("project.geometry_type", l.Name)
}

// row runs a statement that changes one row. Statements are kept for the next row of the same kind.
func (tx *Tx) row(query string, args []any) (sql.Result, error) {
	if tx.done {
		return nil, errors.New("the edit has ended")
	}
	stmt := tx.stmts[query]
	if stmt == nil {
		var err error
		if stmt, err = tx.conn.PrepareContext(context.WithoutCancel(tx.ctx), query); err != nil {
			return nil, err
		}
		tx.stmts[query] = stmt
	}
	if err := tx.ctx.Err(); err != nil {
		return nil, err
	}
	return stmt.ExecContext(context.WithoutCancel(tx.ctx), args...)
}
