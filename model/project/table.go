package project

import (
	"context"
	"database/sql"
	"regexp"
	"strings"

	"nabar/model"
)

// indexName is the R-tree of a layer's geometry column, named as the standard wants it.
func indexName(table string) string { return "rtree_" + table + "_" + geomColumn }

// freeTable gives a table name for a layer's name that nothing in the file has yet.
func freeTable(ctx context.Context, c *sql.Conn, name string) (string, error) {
	return numbered(slug(name), "_", func(table string) (taken bool, err error) {
		err = c.QueryRowContext(ctx, `SELECT EXISTS(SELECT 1 FROM sqlite_master WHERE name IN (?1,?2) COLLATE NOCASE)
  OR EXISTS(SELECT 1 FROM gpkg_contents WHERE table_name=?1 COLLATE NOCASE)`, table, indexName(table)).Scan(&taken)
		return taken, err
	})
}

// createTable makes the empty table of a layer. Its index and triggers come when it has been filled.
func createTable(ctx context.Context, c *sql.Conn, l *model.Layer) error {
	columns := []string{ident(idColumn) + " INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}
	if l.Geometry != model.NoGeometry {
		columns = append(columns, ident(geomColumn)+" "+string(l.Geometry))
	}
	for _, f := range l.Fields {
		columns = append(columns, ident(f.Name)+" "+columnType(f.Type))
	}
	_, err := c.ExecContext(ctx, `CREATE TABLE `+ident(l.Table)+` (`+strings.Join(columns, ", ")+`)`)
	return err
}

// dropTable drops a layer's table and all that goes with it.
func dropTable(ctx context.Context, c *sql.Conn, table string) error {
	for _, statement := range []string{
		`DROP TABLE IF EXISTS ` + ident(indexName(table)),
		`DROP TABLE IF EXISTS ` + ident(table),
	} {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	_, err := c.ExecContext(ctx, `DELETE FROM nabar_table WHERE table_name=?`, table)
	return err
}

// indexTriggers keep the R-tree right when rows change, in this program and in others: they are those of the
// standard (OGC 12-128r19, annex F.3), with %t for the table, %r for the index, and the two column names written out.
var indexTriggers = []struct{ name, body string }{
	{"insert", `AFTER INSERT ON %t WHEN (NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN INSERT OR REPLACE INTO %r VALUES (NEW."fid", %b); END`},
	{"update2", `AFTER UPDATE OF "geom" ON %t WHEN OLD."fid" = NEW."fid" AND (NEW."geom" IS NULL OR ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM %r WHERE id = OLD."fid"; END`},
	{"update4", `AFTER UPDATE ON %t WHEN OLD."fid" != NEW."fid" AND (NEW."geom" IS NULL OR ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM %r WHERE id IN (OLD."fid", NEW."fid"); END`},
	{"update5", `AFTER UPDATE ON %t WHEN OLD."fid" != NEW."fid" AND (NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM %r WHERE id = OLD."fid"; INSERT OR REPLACE INTO %r VALUES (NEW."fid", %b); END`},
	{"update6", `AFTER UPDATE OF "geom" ON %t WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
AND (OLD."geom" NOT NULL AND NOT ST_IsEmpty(OLD."geom"))
BEGIN UPDATE %r SET minx = ST_MinX(NEW."geom"), maxx = ST_MaxX(NEW."geom"), miny = ST_MinY(NEW."geom"), maxy = ST_MaxY(NEW."geom") WHERE id = NEW."fid"; END`},
	{"update7", `AFTER UPDATE OF "geom" ON %t WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
AND (OLD."geom" IS NULL OR ST_IsEmpty(OLD."geom"))
BEGIN INSERT INTO %r VALUES (NEW."fid", %b); END`},
	{"delete", `AFTER DELETE ON %t WHEN OLD."geom" NOT NULL
BEGIN DELETE FROM %r WHERE id = OLD."fid"; END`},
}

// createIndex makes a layer's R-tree, fills it with the bounds of the rows that are in the table, and adds the triggers.
func createIndex(ctx context.Context, c *sql.Conn, table string, boxes []box) error {
	index := indexName(table)
	if _, err := c.ExecContext(ctx, `CREATE VIRTUAL TABLE `+ident(index)+` USING rtree(id, minx, maxx, miny, maxy)`); err != nil {
		return err
	}
	if err := fillIndex(ctx, c, index, boxes); err != nil {
		return err
	}
	fill := strings.NewReplacer("%t", ident(table), "%r", ident(index),
		"%b", `ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")`)
	for _, trigger := range indexTriggers {
		if _, err := c.ExecContext(ctx, `CREATE TRIGGER `+ident(index+"_"+trigger.name)+` `+fill.Replace(trigger.body)); err != nil {
			return err
		}
	}
	return nil
}

// isoDate finds out whether an import's date can stand in a timestamp.
var isoDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

// lastChange is a layer's timestamp in gpkg_contents: the day of its import as the caller tells it. The clock is not
// asked, so that equal projects have equal bytes.
func lastChange(date string) string {
	if !isoDate.MatchString(date) {
		date = "1970-01-01"
	}
	return date + "T00:00:00.000Z"
}

// register tells the standard's tables about a layer's table.
func register(ctx context.Context, c *sql.Conn, l *model.Layer, description string) error {
	kind, srs := "attributes", any(nil)
	if l.Geometry != model.NoGeometry {
		kind, srs = "features", model.ProjectSRID
	}
	args := append([]any{l.Table, kind, l.Name, description, lastChange(l.Source.Date)}, boundArgs(l.Bounds)...)
	_, err := c.ExecContext(ctx, `INSERT INTO gpkg_contents(table_name,data_type,identifier,description,last_change,min_x,min_y,max_x,max_y,srs_id)
  VALUES(?,?,?,?,?,?,?,?,?,?)`, append(args, srs)...)
	if err != nil || l.Geometry == model.NoGeometry {
		return err
	}
	_, err = c.ExecContext(ctx, `INSERT INTO gpkg_geometry_columns(table_name,column_name,geometry_type_name,srs_id,z,m) VALUES(?,?,?,?,0,0)`,
		l.Table, geomColumn, string(l.Geometry), model.ProjectSRID)
	if err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, `INSERT INTO gpkg_extensions(table_name,column_name,extension_name,definition,scope)
  VALUES(?,?,'gpkg_rtree_index','http://www.geopackage.org/spec131/#extension_rtree','write-only')`, l.Table, geomColumn)
	return err
}

// unregister takes back what register did, and the layer's styles for QGIS.
func unregister(ctx context.Context, c *sql.Conn, table string) error {
	for _, statement := range []string{
		`DELETE FROM layer_styles WHERE f_table_name=?`,
		`DELETE FROM gpkg_extensions WHERE table_name=?`,
		`DELETE FROM gpkg_geometry_columns WHERE table_name=?`,
		`DELETE FROM gpkg_contents WHERE table_name=?`,
	} {
		if _, err := c.ExecContext(ctx, statement, table); err != nil {
			return err
		}
	}
	return nil
}

// putQGISStyle makes a style the one that QGIS shows a table with; two empty texts remove it. The time of the style is
// fixed, as the clock takes no part in what is stored.
func putQGISStyle(ctx context.Context, c *sql.Conn, table, name, qml, sld string) error {
	if _, err := c.ExecContext(ctx, `DELETE FROM layer_styles WHERE f_table_name=?`, table); err != nil || qml == "" && sld == "" {
		return err
	}
	_, err := c.ExecContext(ctx, `INSERT INTO layer_styles(f_table_catalog,f_table_schema,f_table_name,f_geometry_column,
  styleName,styleQML,styleSLD,useAsDefault,description,owner,ui,update_time) VALUES('','',?,?,?,?,?,1,?,'',NULL,'1970-01-01T00:00:00.000Z')`,
		table, geomColumn, name, qml, sld, name)
	return err
}
