package project

import (
	"context"
	"database/sql"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// adoptOutside makes an undo step of what other programs have changed: the triggers have logged it under step 0. The
// layers that were changed get new revisions, counts and bounds, so that results computed from them are stale.
func adoptOutside(ctx context.Context, c *sql.Conn) error {
	var some bool
	if err := c.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM nabar_log WHERE step=0)`).Scan(&some); err != nil || !some {
		return err
	}
	tables, err := texts(ctx, c, `SELECT DISTINCT table_name FROM nabar_log WHERE step=0 ORDER BY table_name`)
	if err != nil {
		return err
	}
	label, err := encodeMessage(i18n.M("project.step_outside"))
	if err != nil {
		return err
	}
	step, err := beginStep(ctx, c, label)
	if err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, `UPDATE nabar_log SET step=? WHERE step=0`, step); err != nil {
		return err
	}
	layers, err := listLayers(ctx, c)
	if err != nil {
		return err
	}
	for _, layer := range layers {
		if slices.Contains(tables, layer.Table) {
			if err := recount(ctx, c, layer); err != nil {
				return err
			}
		}
	}
	return endStep(ctx, c, step)
}

// recount reads a layer's count and bounds from its table and gives it a new revision.
func recount(ctx context.Context, c *sql.Conn, layer model.Layer) error {
	var features int
	if err := c.QueryRowContext(ctx, `SELECT count(*) FROM `+ident(layer.Table)).Scan(&features); err != nil {
		return err
	}
	bounds := layer.Bounds
	if layer.Geometry != model.NoGeometry {
		var side [4]sql.NullFloat64
		err := c.QueryRowContext(ctx, `SELECT min(minx),min(miny),max(maxx),max(maxy) FROM `+ident(indexName(layer.Table))).
			Scan(&side[0], &side[1], &side[2], &side[3])
		if err != nil {
			return err
		}
		if side[0].Valid {
			now := orb.Bound{Min: orb.Point{side[0].Float64, side[1].Float64}, Max: orb.Point{side[2].Float64, side[3].Float64}}
			if bounds == (orb.Bound{}) || !contains(bounds, now) {
				bounds = now
			}
		}
	}
	return renew(ctx, c, layer, features, bounds)
}

// contains tells whether inner lies in outer, give or take the rounding of the index to 32 bits.
func contains(outer, inner orb.Bound) bool {
	const slack = 1
	return inner.Min[0] >= outer.Min[0]-slack && inner.Min[1] >= outer.Min[1]-slack &&
		inner.Max[0] <= outer.Max[0]+slack && inner.Max[1] <= outer.Max[1]+slack
}

// reconcile brings our description of the layers in line with the tables after other programs have had the file.
// Changed rows become an undo step. A table that is gone, or has other columns than it had, can't be undone: the
// layer is taken off the list, or described anew, and the history begins afresh.
func (p *Project) reconcile(ctx context.Context, c *sql.Conn) error {
	layers, err := listLayers(ctx, c)
	if err != nil {
		return err
	}
	rebuilt := false
	for _, layer := range layers {
		changed, err := p.reconcileLayer(ctx, c, layer)
		if err != nil {
			return err
		}
		rebuilt = rebuilt || changed
	}
	if rebuilt {
		if err := beginAfresh(ctx, c); err != nil {
			return err
		}
	}
	var some bool
	if err := c.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM nabar_log WHERE step=0)`).Scan(&some); err != nil {
		return err
	}
	if some {
		p.warnings = append(p.warnings, i18n.M("project.warn_outside"))
	}
	return adoptOutside(ctx, c)
}

// reconcileLayer does so for one layer, and tells whether there was anything to do that can't be undone.
func (p *Project) reconcileLayer(ctx context.Context, c *sql.Conn, layer model.Layer) (changed bool, err error) {
	columns, err := tableColumns(ctx, c, layer.Table)
	if err != nil {
		return false, err
	}
	if columns == nil {
		return true, p.strike(ctx, c, layer)
	}
	intact, err := hasTriggers(ctx, c, layer.Table)
	if err != nil || intact && slices.Equal(columns, layer.Fields) {
		return false, err
	}
	return true, p.describe(ctx, c, layer, columns)
}

// strike takes a layer whose table is gone off the list.
func (p *Project) strike(ctx context.Context, c *sql.Conn, layer model.Layer) error {
	p.warnings = append(p.warnings, i18n.M("project.warn_layer_gone", layer.Name))
	return unlogged(ctx, c, func() error {
		if err := unregister(ctx, c, layer.Table); err != nil {
			return err
		}
		_, err := c.ExecContext(ctx, `DELETE FROM nabar_layer WHERE id=?`, layer.ID)
		return err
	})
}

// describe writes down the columns that a layer has now, and logs its changes from here on.
func (p *Project) describe(ctx context.Context, c *sql.Conn, layer model.Layer, columns []model.Field) error {
	p.warnings = append(p.warnings, i18n.M("project.warn_layer_changed", layer.Name))
	layer.Fields = columns
	if err := dropLog(ctx, c, layer.Table); err != nil {
		return err
	}
	if err := createLog(ctx, c, layerLog(&layer)); err != nil {
		return err
	}
	return unlogged(ctx, c, func() error {
		if _, err := c.ExecContext(ctx, `UPDATE nabar_layer SET fields=? WHERE id=?`, encodeFields(columns), layer.ID); err != nil {
			return err
		}
		return recount(ctx, c, layer)
	})
}

// beginAfresh drops the whole history.
func beginAfresh(ctx context.Context, c *sql.Conn) error {
	if err := forget(ctx, c, `1`); err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, `DELETE FROM nabar_log`); err != nil {
		return err
	}
	return dropLost(ctx, c)
}

// tableColumns reads the fields of a layer's table, in order; nil where there is no such table.
func tableColumns(ctx context.Context, c *sql.Conn, table string) ([]model.Field, error) {
	rows, err := c.QueryContext(ctx, `SELECT name,type FROM pragma_table_info(?) ORDER BY cid`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var fields []model.Field
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, err
		}
		if fields == nil {
			fields = []model.Field{}
		}
		if name != idColumn && name != geomColumn {
			fields = append(fields, model.Field{Name: name, Type: fieldType(kind)})
		}
	}
	return fields, rows.Err()
}

// hasTriggers tells whether a table still has its three log triggers.
func hasTriggers(ctx context.Context, c *sql.Conn, table string) (bool, error) {
	var n int
	err := c.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type='trigger' AND tbl_name=? AND name IN (?,?,?)`, table,
		triggerName(table, "insert"), triggerName(table, "update"), triggerName(table, "delete")).Scan(&n)
	return n == 3, err
}
