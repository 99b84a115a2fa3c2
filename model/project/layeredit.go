package project

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"nabar/internal/i18n"
	"nabar/model"
)

// maxFields leaves room for fid and geom under SQLite's limit of 2 000 columns.
const maxFields = 1990

// AddLayer makes a layer from rows, on top of the others, and gives it as it is kept. Table, ID, Features, Bounds,
// Position and Revision of def are chosen here. Field names that can't be columns beside each other are changed, and the
// mapping with them; Opacity 0 means 1. Features of ID 0 get ids in the order they come, others keep theirs. Names are
// unique in the project: one that is taken gives a *i18n.Problem. An error from rows is given back.
func (tx *Tx) AddLayer(def model.Layer, rows func(yield func(model.Feature) error) error) (model.Layer, error) {
	l, err := tx.prepareLayer(def)
	if err != nil {
		return model.Layer{}, err
	}
	if err := tx.exec(`SAVEPOINT layer`); err != nil {
		return model.Layer{}, err
	}
	if err := tx.buildLayer(&l, rows); err != nil {
		// Should the caller go on in spite of it, half a layer must not stay. Both fail where SQLite has rolled all back.
		plain := context.WithoutCancel(tx.ctx)
		_, _ = tx.conn.ExecContext(plain, `ROLLBACK TO layer`)
		_, _ = tx.conn.ExecContext(plain, `RELEASE layer`)
		return model.Layer{}, err
	}
	return l, tx.exec(`RELEASE layer`)
}

// buildLayer makes the table of a layer and tells the file about it.
func (tx *Tx) buildLayer(l *model.Layer, rows func(yield func(model.Feature) error) error) error {
	if err := fill(tx.ctx, tx.conn, l, rows); err != nil {
		return err
	}
	if err := createLog(tx.ctx, tx.conn, layerLog(l)); err != nil {
		return err
	}
	if err := register(tx.ctx, tx.conn, l, l.Source.File); err != nil {
		return err
	}
	return tx.insertLayer(l)
}

// prepareLayer chooses all that is chosen before the first row.
func (tx *Tx) prepareLayer(def model.Layer) (model.Layer, error) {
	l := def
	if tx.done {
		return l, errors.New("the edit has ended")
	}
	l.Name = cleanName(def.Name)
	if err := tx.nameFree(l.Name, 0); err != nil {
		return l, err
	}
	if len(def.Fields) > maxFields {
		return l, i18n.Errorf("project.too_many_fields", l.Name, len(def.Fields), maxFields)
	}
	l.Fields, l.Mapping = columnNames(def.Fields, def.Mapping)
	if l.Opacity == 0 {
		l.Opacity = 1
	}
	var err error
	if l.Table, err = freeTable(tx.ctx, tx.conn, l.Name); err != nil {
		return l, err
	}
	if l.Revision, err = nextRevision(tx.ctx, tx.conn); err != nil {
		return l, err
	}
	err = tx.conn.QueryRowContext(tx.ctx, `SELECT coalesce(max(position)+1,0) FROM nabar_layer`).Scan(&l.Position)
	return l, err
}

// nameFree answers with a problem where a layer other than the given one has the name.
func (tx *Tx) nameFree(name string, except int64) error {
	if name == "" {
		return i18n.Errorf("project.no_name")
	}
	var taken bool
	err := tx.conn.QueryRowContext(tx.ctx, `SELECT EXISTS(SELECT 1 FROM nabar_layer WHERE name=?1 AND id<>?2)
  OR EXISTS(SELECT 1 FROM gpkg_contents WHERE identifier=?1 AND table_name NOT IN (SELECT table_name FROM nabar_layer WHERE id=?2))`,
		name, except).Scan(&taken)
	if err == nil && taken {
		return i18n.Errorf("project.layer_exists", name)
	}
	return err
}

// insertLayer writes the description of a new layer.
func (tx *Tx) insertLayer(l *model.Layer) error {
	mapping, source, err := encodeLayer(l)
	if err != nil {
		return err
	}
	side := boundArgs(l.Bounds)
	result, err := tx.conn.ExecContext(tx.ctx, `INSERT INTO nabar_layer(name,table_name,role,geometry,fields,mapping,features,
  min_x,min_y,max_x,max_y,visible,opacity,position,style,source,revision) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		l.Name, l.Table, string(l.Role), string(l.Geometry), encodeFields(l.Fields), mapping, l.Features,
		side[0], side[1], side[2], side[3], l.Visible, l.Opacity, l.Position, styleText(l.Style), source, l.Revision)
	if err != nil {
		return err
	}
	if l.ID, err = result.LastInsertId(); err != nil {
		return err
	}
	if err := tx.exec(`INSERT INTO nabar_table(table_name) VALUES(?)`, l.Table); err != nil {
		return err
	}
	return tx.mention(l.Table)
}

// mention keeps a table in the file for as long as this step is in the history.
func (tx *Tx) mention(table string) error {
	return tx.exec(`INSERT INTO nabar_step_table(step,table_name) VALUES(?,?) ON CONFLICT DO NOTHING`, tx.step, table)
}

// encodeLayer gives the parts of a layer that are kept as JSON.
func encodeLayer(l *model.Layer) (mapping, source string, err error) {
	m, err := json.Marshal(l.Mapping)
	if err != nil {
		return "", "", err
	}
	s, err := json.Marshal(importRow(l.Source))
	return string(m), string(s), err
}

// styleText keeps a style as text; nil, the role's own style, as NULL.
func styleText(style []byte) any {
	if style == nil {
		return nil
	}
	return string(style)
}

// UpdateLayer writes a layer's Name, Role, Mapping, Visible, Opacity, Position, Style and Source. Its table, fields and
// features are not touched. A new role or mapping gives a new revision.
func (tx *Tx) UpdateLayer(l model.Layer) error {
	old, err := tx.layer(l.ID, l.Name)
	if err != nil {
		return err
	}
	l.Name = cleanName(l.Name)
	if l.Name != old.Name {
		if err := tx.nameFree(l.Name, l.ID); err != nil {
			return err
		}
		if err := tx.exec(`UPDATE gpkg_contents SET identifier=? WHERE table_name=?`, l.Name, old.Table); err != nil {
			return err
		}
	}
	revision := old.Revision
	if l.Role != old.Role || !maps.Equal(l.Mapping, old.Mapping) {
		if revision, err = nextRevision(tx.ctx, tx.conn); err != nil {
			return err
		}
	}
	mapping, source, err := encodeLayer(&l)
	if err != nil {
		return err
	}
	return tx.exec(`UPDATE nabar_layer SET name=?,role=?,mapping=?,visible=?,opacity=?,position=?,style=?,source=?,revision=? WHERE id=?`,
		l.Name, string(l.Role), mapping, l.Visible, l.Opacity, l.Position, styleText(l.Style), source, revision, l.ID)
}

// layer reads a layer as it is in the file now.
func (tx *Tx) layer(id int64, name string) (model.Layer, error) {
	if tx.done {
		return model.Layer{}, errors.New("the edit has ended")
	}
	l, err := layerByID(tx.ctx, tx.conn, id)
	if errors.Is(err, sql.ErrNoRows) {
		return l, i18n.Errorf("project.no_layer", name)
	}
	return l, err
}

// Layers lists the layers in drawing order, with the changes of this edit. Counts, bounds and revisions of layers
// whose features were edited follow when the edit ends.
func (tx *Tx) Layers() ([]model.Layer, error) { return listLayers(tx.ctx, tx.conn) }

// SetQGISStyle keeps the style that QGIS shows a layer with, as QML and as SLD; two empty texts remove it.
func (tx *Tx) SetQGISStyle(id int64, qml, sld string) error {
	l, err := tx.layer(id, "")
	if err != nil {
		return err
	}
	return putQGISStyle(tx.ctx, tx.conn, l.Table, l.Name, qml, sld)
}

// RemoveLayer takes a layer out of the project. Its table stays in the file, unregistered, for as long as the step can
// be undone.
func (tx *Tx) RemoveLayer(id int64) error {
	l, err := tx.layer(id, "")
	if err != nil {
		return err
	}
	if err := unregister(tx.ctx, tx.conn, l.Table); err != nil {
		return err
	}
	if err := tx.exec(`DELETE FROM nabar_layer WHERE id=?`, id); err != nil {
		return err
	}
	return tx.mention(l.Table)
}

// isConstraint tells whether a rule of the table was broken, such as that of unique ids.
func isConstraint(err error) bool {
	var fault *sqlite.Error
	return errors.As(err, &fault) && fault.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}
