package project

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// AddColumns gives a layer further columns, empty in all rows, and gives the layer as it is then. A name that is taken gets a
// number. The layer gets another table, since the way back from a changed table can't be logged: the old one stays in the file for
// as long as the step can be undone. It takes as long as copying the rows.
func (tx *Tx) AddColumns(layer model.Layer, fields ...model.Field) (model.Layer, error) {
	old, err := tx.layer(layer.ID, layer.Name)
	if err != nil || len(fields) == 0 {
		return old, err
	}
	l := old
	l.Fields, _ = columnNames(append(slices.Clone(old.Fields), fields...), nil)
	if len(l.Fields) > maxFields {
		return old, i18n.Errorf("project.too_many_fields", l.Name, len(l.Fields), maxFields)
	}
	if l.Table, err = freeTable(tx.ctx, tx.conn, l.Name); err != nil {
		return old, err
	}
	if err := copyTable(tx.ctx, tx.conn, &old, &l); err != nil {
		return old, err
	}
	if err := tx.swapTable(&old, &l); err != nil {
		return old, err
	}
	tx.touch(l.ID, 0, nil)
	return l, nil
}

// swapTable puts the table of l in the place of that of old. Both stay in the file for as long as the step can be undone.
func (tx *Tx) swapTable(old, l *model.Layer) error {
	if err := tx.exec(`UPDATE layer_styles SET f_table_name=? WHERE f_table_name=?`, l.Table, old.Table); err != nil {
		return err
	}
	if err := unregister(tx.ctx, tx.conn, old.Table); err != nil {
		return err
	}
	if err := register(tx.ctx, tx.conn, l, l.Source.File); err != nil {
		return err
	}
	if err := tx.exec(`UPDATE nabar_layer SET table_name=?,fields=? WHERE id=?`, l.Table, encodeFields(l.Fields), l.ID); err != nil {
		return err
	}
	if err := tx.exec(`INSERT INTO nabar_table(table_name) VALUES(?)`, l.Table); err != nil {
		return err
	}
	if err := tx.mention(old.Table); err != nil {
		return err
	}
	return tx.mention(l.Table)
}

// copyTable makes the table of l with the rows of old, which has fewer columns, and with index and log. Ids that were once given
// are not given again.
func copyTable(ctx context.Context, c *sql.Conn, old, l *model.Layer) error {
	if err := createTable(ctx, c, l); err != nil {
		return err
	}
	columns := []string{ident(idColumn)}
	for _, column := range layerLog(old).rest {
		columns = append(columns, ident(column))
	}
	list := strings.Join(columns, ",")
	for _, statement := range []string{
		`INSERT INTO ` + ident(l.Table) + `(` + list + `) SELECT ` + list + ` FROM ` + ident(old.Table) + ` ORDER BY "fid"`,
		`DELETE FROM sqlite_sequence WHERE name=` + text(l.Table),
		`INSERT INTO sqlite_sequence(name,seq) SELECT ` + text(l.Table) + `,seq FROM sqlite_sequence WHERE name=` + text(old.Table),
	} {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if l.Geometry != model.NoGeometry {
		boxes, err := indexed(ctx, c, old.Table)
		if err != nil {
			return err
		}
		if err := createIndex(ctx, c, l.Table, boxes); err != nil {
			return err
		}
	}
	return createLog(ctx, c, layerLog(l))
}

// indexed reads the boxes of a table's index. They are rounded outwards already, and rounding again changes nothing.
func indexed(ctx context.Context, c *sql.Conn, table string) ([]box, error) {
	return collect(ctx, c, func(rows *sql.Rows) (box, error) {
		var b box
		err := rows.Scan(&b.id, &b.Min[0], &b.Max[0], &b.Min[1], &b.Max[1])
		return b, err
	}, `SELECT id,minx,maxx,miny,maxy FROM `+ident(indexName(table))+` ORDER BY id`)
}
