package project

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"nabar/model"
)

// logged describes a table whose every change is written to the undo log.
type logged struct {
	table string
	since int      // version of the schema that brought the table; 0 for tables of layers
	key   []string // identify a row; compared with IS, so that NULL is a value
	rest  []string // all other columns that an undo must restore
	quiet []string // columns that come back with a deleted row, but whose change alone is not logged
}

// systemTables are the tables of fixed columns that take part in undo. Rows are found by their natural keys, never by
// rowid: a result that is stored between an undo and a redo may have taken the rowid. The column last_change is
// quiet: other programs touch it at every visit.
var systemTables = []logged{
	{table: "gpkg_contents", since: 1, key: []string{"table_name"}, rest: []string{"data_type", "identifier", "description", "min_x", "min_y", "max_x", "max_y", "srs_id"}, quiet: []string{"last_change"}},
	{table: "gpkg_geometry_columns", since: 1, key: []string{"table_name", "column_name"}, rest: []string{"geometry_type_name", "srs_id", "z", "m"}},
	{table: "gpkg_extensions", since: 1, key: []string{"table_name", "column_name", "extension_name"}, rest: []string{"definition", "scope"}},
	{table: "layer_styles", since: 1, key: []string{"id"}, rest: []string{
		"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML",
		"styleSLD", "useAsDefault", "description", "owner", "ui", "update_time",
	}},
	{table: "nabar_layer", since: 1, key: []string{"id"}, rest: []string{
		"name", "table_name", "role", "geometry", "fields", "mapping", "features", "min_x", "min_y", "max_x", "max_y",
		"visible", "opacity", "position", "style", "source", "revision",
	}},
	{table: "nabar_setting", since: 1, key: []string{"key"}, rest: []string{"value"}},
	{table: "nabar_scenario", since: 2, key: []string{"id"}, rest: []string{"name", "parent", "position"}},
	{table: "nabar_scenario_step", since: 2, key: []string{"scenario", "position"}, rest: []string{"kind", "off", "content"}},
	{table: "nabar_plan_entry", since: 4, key: []string{"id"}, rest: []string{"kind", "position", "content"}},
	{table: "nabar_version", since: 5, key: []string{"id"}, rest: []string{"content"}},
	{table: "nabar_manuscript", since: 6, key: []string{"id"}, rest: []string{"position", "content"}},
	{table: "nabar_chapter", since: 6, key: []string{"id"}, rest: []string{"manuscript", "position", "content"}},
	{table: "nabar_block", since: 6, key: []string{"id"}, rest: []string{"chapter", "position", "content"}},
}

// layerLog describes a layer's table.
func layerLog(l *model.Layer) logged {
	t := logged{table: l.Table, key: []string{idColumn}}
	if l.Geometry != model.NoGeometry {
		t.rest = append(t.rest, geomColumn)
	}
	for _, f := range l.Fields {
		t.rest = append(t.rest, f.Name)
	}
	return t
}

// triggerName is the name of a table's log trigger for an operation.
func triggerName(table, operation string) string { return "nabar_undo_" + table + "_" + operation }

// createLog writes the three triggers of a table, which log how each change is taken back. They use nothing but
// SQLite's own functions, so that they also work in other programs.
func createLog(ctx context.Context, c *sql.Conn, t logged) error {
	columns := slices.Concat(t.key, t.rest, t.quiet)
	values := make([]string, len(columns))
	names := make([]string, len(columns))
	changes := make([]string, len(columns))
	for i, column := range columns {
		q := ident(column)
		names[i] = q
		values[i] = `quote(OLD.` + q + `)`
		if i > 0 {
			values[i] = `','||` + values[i]
		}
		changes[i] = `CASE WHEN OLD.` + q + ` IS NOT NEW.` + q + ` THEN ` + text(","+q+"=") + `||quote(OLD.` + q + `) ELSE '' END`
	}
	table := ident(t.table)
	remove := text("DELETE FROM "+table+" WHERE ") + "||" + where("NEW", t.key)
	restore := text("INSERT INTO "+table+"("+strings.Join(names, ",")+") VALUES(") + "||" + joined(values) + "||')'"
	change := text("UPDATE "+table+" SET ") + "||substr(s,2)||" + text(" WHERE ") + "||" + where("NEW", t.key)
	for _, trigger := range []struct{ operation, event, statement, source string }{
		{"insert", "INSERT", remove, ""},
		{"delete", "DELETE", restore, ""},
		{"update", "UPDATE", change, " FROM (SELECT " + joined(changes[:len(columns)-len(t.quiet)]) + " AS s) WHERE s<>''"},
	} {
		_, err := c.ExecContext(ctx, `CREATE TRIGGER `+ident(triggerName(t.table, trigger.operation))+
			` AFTER `+trigger.event+` ON `+table+` WHEN (SELECT step FROM nabar_state)>=0 BEGIN
  INSERT INTO nabar_log(step,table_name,sql) SELECT (SELECT step FROM nabar_state),`+text(t.table)+`,`+trigger.statement+trigger.source+`;
END`)
		if err != nil {
			return err
		}
	}
	return nil
}

// dropLog removes what createLog made.
func dropLog(ctx context.Context, c *sql.Conn, table string) error {
	for _, operation := range []string{"insert", "delete", "update"} {
		if _, err := c.ExecContext(ctx, `DROP TRIGGER IF EXISTS `+ident(triggerName(table, operation))); err != nil {
			return err
		}
	}
	return nil
}

// where is the SQL expression whose value is the condition that finds a row by its key.
func where(row string, key []string) string {
	parts := make([]string, len(key))
	for i, column := range key {
		parts[i] = text(ident(column)+" IS ") + "||quote(" + row + "." + ident(column) + ")"
	}
	return strings.Join(parts, "||' AND '||")
}

// joined concatenates expressions as a balanced tree: SQLite allows a depth of 1 000, tables have up to 2 000 columns.
func joined(parts []string) string {
	switch len(parts) {
	case 0:
		return "''"
	case 1:
		return parts[0]
	}
	half := len(parts) / 2
	return "(" + joined(parts[:half]) + "||" + joined(parts[half:]) + ")"
}
