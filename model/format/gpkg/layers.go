package gpkg

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
)

// layer is one table or view that can be read.
type layer struct {
	info     format.LayerInfo
	table    string
	view     bool
	id       string // column of the feature id; "" where rows are counted
	geometry string // column of the geometry; "" for none
	columns  []string
	dropped  int // geometries with Z or M, once the layer has been read
}

// maxLayers bounds how many entries of gpkg_contents are looked at.
const maxLayers = 5000

// patience is how long trying and counting all the layers of a file may take.
const patience = 3 * time.Second

// content is one row of gpkg_contents.
type content struct {
	table, kind string
	bounds      [4]sql.NullFloat64
	srs         sql.NullInt64
}

// examine lists the layers.
func (s *source) examine(ctx context.Context, opt format.Options) error {
	tables, err := s.tables(ctx)
	if err != nil {
		return err
	}
	if !tables["gpkg_contents"].known {
		if tables["tiles"].known && tables["metadata"].known {
			return i18n.Errorf("import.is_basemap", s.name)
		}
		return i18n.Errorf("import.not_gpkg", s.name)
	}
	contents, err := s.contents(ctx)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var warnings []i18n.Message
	tiles := false
	for _, c := range contents {
		if bookkeeping(c.table) {
			continue
		}
		switch c.kind {
		case "features", "attributes", "aspatial":
		default:
			tiles = tiles || strings.Contains(c.kind, "tiles") || strings.Contains(c.kind, "coverage")
			continue
		}
		l, warning, err := s.layer(ctx, limited, c, tables[strings.ToLower(c.table)], opt)
		if err != nil {
			return err
		}
		if warning != nil {
			warnings = append(warnings, *warning)
			continue
		}
		s.layers = append(s.layers, l)
	}
	if err := s.refuse(opt.Layer); err != nil {
		return err
	}
	if len(s.layers) == 0 {
		return s.noLayers(warnings, tiles)
	}
	for _, l := range s.layers {
		l.info.Warnings = append(l.info.Warnings, warnings...)
	}
	return nil
}

// maxNamed is how many layers a sentence names.
const maxNamed = 5

// refuse gives the Problem of a file with views that call functions that are not allowed: it was made to do harm, so
// none of it is read – unless the user names another layer in it.
func (s *source) refuse(named string) error {
	if len(s.forbidden) == 0 || named != "" && !slices.Contains(s.forbidden, named) {
		return nil
	}
	views := slices.Clone(s.forbidden[:min(len(s.forbidden), maxNamed)])
	if len(s.forbidden) > maxNamed {
		views = append(views, "…")
	}
	return i18n.Errorf("import.gpkg_forbidden", s.name, len(s.forbidden), strings.Join(views, ", "))
}

// callsForbidden tells whether SQLite refused a view for what it calls: something that reaches outside the database, or
// a function that only some programs have. Functions of geometry are such too, but there is nothing wrong with those.
func callsForbidden(err error) bool {
	var p *i18n.Problem
	if errors.As(err, &p) && p.Cause != nil {
		err = p.Cause
	}
	text := err.Error()
	if strings.Contains(text, "unsafe use of ") {
		return true
	}
	_, function, unknown := strings.Cut(text, "no such function: ")
	return unknown && !strings.HasPrefix(strings.ToLower(function), "st_")
}

// noLayers is the Problem of a file without a layer that can be read: why, where that is known.
func (s *source) noLayers(warnings []i18n.Message, tiles bool) error {
	switch {
	case len(warnings) > 0:
		return i18n.Errorf("import.gpkg_no_layer_because", s.name, warnings[0])
	case tiles:
		return i18n.Errorf("base.gpkg_tiles", s.name)
	}
	return i18n.Errorf("import.gpkg_no_layer", s.name)
}

// entry tells what the database's schema says of a name.
type entry struct{ known, view bool }

// tables lists the tables and views by lower-case name.
func (s *source) tables(ctx context.Context) (map[string]entry, error) {
	out := map[string]entry{}
	err := s.query(ctx, "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')", func(rows *sql.Rows) error {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return err
		}
		out[strings.ToLower(name)] = entry{known: true, view: kind == "view"}
		return nil
	})
	return out, err
}

// bookkeeping tells whether a table is a program's own: QGIS keeps styles and projects beside the data, and so do we.
func bookkeeping(table string) bool {
	name := strings.ToLower(table)
	return name == "layer_styles" || name == "qgis_projects" || strings.HasPrefix(name, "nabar_")
}

// contents lists gpkg_contents in the order of its rows.
func (s *source) contents(ctx context.Context) ([]content, error) {
	var out []content
	err := s.query(ctx, "SELECT table_name, data_type, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents LIMIT ?", func(rows *sql.Rows) error {
		var c content
		var box [4]any
		var srs any
		if err := rows.Scan(&c.table, &c.kind, &box[0], &box[1], &box[2], &box[3], &srs); err != nil {
			return err
		}
		for i, v := range box {
			if f, ok := v.(float64); ok {
				c.bounds[i] = sql.NullFloat64{Float64: f, Valid: true}
			}
		}
		if n, ok := srs.(int64); ok {
			c.srs = sql.NullInt64{Int64: n, Valid: true}
		}
		out = append(out, c)
		return nil
	}, maxLayers)
	return out, err
}

// query runs a statement on the file's own tables and calls scan for each row.
func (s *source) query(ctx context.Context, statement string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := s.conn.QueryContext(ctx, statement, args...)
	if err != nil {
		return s.fail(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return s.fail(ctx, err)
		}
	}
	if err := rows.Err(); err != nil {
		return s.fail(ctx, err)
	}
	return nil
}

// layer examines one entry; what may take long keeps to limited. What can't be read gives a warning in place of a layer.
func (s *source) layer(ctx, limited context.Context, c content, e entry, opt format.Options) (*layer, *i18n.Message, error) {
	warn := func(key string) (*layer, *i18n.Message, error) {
		m := i18n.M(key, c.table)
		return nil, &m, nil
	}
	if !e.known {
		return warn("import.layer_ghost")
	}
	l := &layer{table: c.table, view: e.view, info: format.LayerInfo{Name: c.table, Features: -1}}
	if err := s.geometryColumn(ctx, l, &c); err != nil {
		return nil, nil, err
	}
	if err := s.columns(ctx, l); err != nil {
		if ctx.Err() != nil {
			return nil, nil, err
		}
		if callsForbidden(err) {
			s.forbidden = append(s.forbidden, c.table)
		}
		return warn("import.layer_unreadable")
	}
	if len(l.columns) > format.MaxColumns {
		return warn("import.layer_columns")
	}
	if err := s.try(limited, l); err != nil {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		return warn("import.layer_unreadable")
	}
	l.setBounds(c.bounds)
	if l.geometry != "" {
		if err := s.settleCRS(ctx, limited, l, c.srs, opt); err != nil {
			return nil, nil, err
		}
	}
	return l, nil, nil
}

// geometryColumn finds the layer's geometry column and its type. The system stated there wins over gpkg_contents'.
func (s *source) geometryColumn(ctx context.Context, l *layer, c *content) error {
	return s.query(ctx, "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?) LIMIT 1", func(rows *sql.Rows) error {
		var kind string
		var srs any
		if err := rows.Scan(&l.geometry, &kind, &srs); err != nil {
			return err
		}
		if n, ok := srs.(int64); ok {
			c.srs = sql.NullInt64{Int64: n, Valid: true}
		}
		l.info.Geometry = geometryType(kind)
		return nil
	}, c.table)
}

// geometryType gives the type of a GeoPackage name; collections and whatever is not told are a mixture.
func geometryType(name string) model.GeometryType {
	t := model.GeometryType(strings.ToUpper(strings.TrimSpace(name)))
	switch t {
	case model.PointType, model.MultiPointType, model.LineStringType, model.MultiLineStringType, model.PolygonType, model.MultiPolygonType:
		return t
	}
	return model.AnyGeometry
}

// columns lists the attribute columns, and which column holds the feature id.
func (s *source) columns(ctx context.Context, l *layer) error {
	found := false
	first := true
	err := s.query(ctx, "SELECT name, type, pk FROM pragma_table_info(?)", func(rows *sql.Rows) error {
		var name, declared string
		var key int
		if err := rows.Scan(&name, &declared, &key); err != nil {
			return err
		}
		head := first
		first = false
		switch {
		case strings.EqualFold(name, l.geometry):
			l.geometry, found = name, true
			return nil
		case key == 1 && strings.EqualFold(declared, "integer"), l.view && head && isIDName(name):
			l.id = name
			return nil
		}
		l.columns = append(l.columns, name)
		l.info.Fields = append(l.info.Fields, model.Field{Name: name, Type: fieldType(declared)})
		return nil
	}, l.table)
	if !found {
		l.geometry, l.info.Geometry = "", model.NoGeometry
	}
	if err == nil && first {
		return s.damaged(nil) // a table without columns: its definition can't be read
	}
	return err
}

// isIDName tells whether a view's first column is by its name the feature id.
func isIDName(name string) bool {
	return slices.Contains([]string{"fid", "ogc_fid", "id", "objectid", "gid"}, strings.ToLower(name))
}

// fieldType gives the type of a declared column type: GeoPackage's own, else by SQLite's rules of affinity.
func fieldType(declared string) model.FieldType {
	d := strings.ToUpper(declared)
	switch {
	case strings.HasPrefix(d, "BOOL"):
		return model.Boolean
	case strings.HasPrefix(d, "DATETIME"), strings.HasPrefix(d, "TIMESTAMP"):
		return model.DateTime
	case strings.HasPrefix(d, "DATE"):
		return model.DateType
	case strings.Contains(d, "INT"):
		return model.Integer
	case strings.Contains(d, "CHAR"), strings.Contains(d, "CLOB"), strings.Contains(d, "TEXT"):
		return model.Text
	case strings.Contains(d, "BLOB"):
		return model.Blob
	case strings.Contains(d, "REAL"), strings.Contains(d, "FLOA"), strings.Contains(d, "DOUB"),
		strings.Contains(d, "NUMERIC"), strings.Contains(d, "DECIMAL"):
		return model.Real
	}
	return model.Text
}

// try runs the layer's statement for one row, which shows what a view really does, and counts the rows. What takes
// too long to count stays uncounted, and once the time is used up nothing is tried any more.
func (s *source) try(limited context.Context, l *layer) error {
	if limited.Err() != nil {
		return nil
	}
	if err := s.first(limited, l); err != nil && !tooBig(err) { // a row that is too big is listed when it is read
		return err
	}
	n := -1
	if err := s.conn.QueryRowContext(limited, "SELECT count(*) FROM "+quote(l.table)).Scan(&n); err != nil {
		if limited.Err() == nil {
			return err
		}
		n = -1
	}
	l.info.Features = n
	return nil
}

// first fetches one row and forgets it.
func (s *source) first(ctx context.Context, l *layer) error {
	rows, err := s.conn.QueryContext(ctx, l.statement("LIMIT 1"))
	if err != nil {
		return err
	}
	defer rows.Close()
	rows.Next()
	return rows.Err()
}

// setBounds takes the stated bounds where they are numbers in order.
func (l *layer) setBounds(b [4]sql.NullFloat64) {
	for _, v := range b {
		if !v.Valid || math.IsNaN(v.Float64) || math.IsInf(v.Float64, 0) {
			return
		}
	}
	if b[0].Float64 <= b[2].Float64 && b[1].Float64 <= b[3].Float64 {
		l.info.Bounds = orb.Bound{Min: orb.Point{b[0].Float64, b[1].Float64}, Max: orb.Point{b[2].Float64, b[3].Float64}}
	}
}

// settleCRS decides the layer's coordinate system: what the user said, else what the file says, else a guess.
func (s *source) settleCRS(ctx, limited context.Context, l *layer, srs sql.NullInt64, opt format.Options) error {
	if opt.CRS != "" {
		c, err := crs.Parse(opt.CRS)
		if err != nil {
			return err
		}
		l.info.CRS, l.info.CRSKnown = c, true
		return nil
	}
	var unread string // the stated system where it can't be read
	var err error
	if srs.Valid && srs.Int64 > 0 {
		if l.info.CRS, unread, err = s.stated(ctx, srs.Int64); err != nil {
			return err
		}
		l.info.CRSKnown = !l.info.CRS.IsZero()
	}
	if l.info.Bounds.IsZero() {
		if err := s.measure(ctx, limited, l); err != nil {
			return err
		}
	}
	l.doubt(unread)
	return nil
}

// doubt takes back a stated system that the values can't be in, and guesses where nothing is known. Where a system was
// stated and can't be used, the warning says which one is used in its place.
func (l *layer) doubt(unread string) {
	b := l.info.Bounds
	key, args := "import.crs_unread", []any{l.info.Name, unread}
	metres := b.Max[0] > 360 || b.Min[0] < -360 || b.Max[1] > 180 || b.Min[1] < -180
	if !b.IsZero() && l.info.CRSKnown && l.info.CRS.Geographic() == metres {
		key, args = "import.crs_contradicts", []any{l.info.Name, l.info.CRS.Name()}
		l.info.CRS, l.info.CRSKnown = crs.CRS{}, false
	}
	if l.info.CRSKnown {
		return
	}
	guess := crs.Guess(b)
	if len(guess) > 0 {
		l.info.CRS = guess[0]
	}
	if args[1] == "" {
		return
	}
	l.info.CRSTold = true
	if len(guess) > 0 {
		key, args = key+"_likely", append(args, l.info.CRS.Name(), l.info.CRS.String())
	}
	l.info.Warnings = append(l.info.Warnings, i18n.M(key, args...))
}

// stated looks the system up in the file's own table: by its EPSG code, else by its definition. One that is there and
// can't be read gives its name.
func (s *source) stated(ctx context.Context, id int64) (c crs.CRS, unread string, err error) {
	err = s.query(ctx, "SELECT coalesce(organization, ''), coalesce(organization_coordsys_id, 0), coalesce(definition, ''), coalesce(srs_name, '') FROM gpkg_spatial_ref_sys WHERE srs_id = ?", func(rows *sql.Rows) error {
		var organization, definition, name string
		var code int
		if err := rows.Scan(&organization, &code, &definition, &name); err != nil {
			return err
		}
		if strings.EqualFold(organization, "EPSG") {
			c, _ = crs.ByEPSG(code)
		} else if parsed, err := crs.Parse(definition); err == nil {
			c = parsed
		}
		if c.IsZero() {
			unread = cmp.Or(name, organization+":"+strconv.Itoa(code))
		}
		return nil
	}, id)
	return c, unread, err
}

// measure computes the bounds of the first rows of a layer that does not state any.
func (s *source) measure(ctx, limited context.Context, l *layer) error {
	started := false
	err := s.query(limited, "SELECT "+quote(l.geometry)+" FROM "+quote(l.table)+" LIMIT 1000", func(rows *sql.Rows) error {
		var value any
		if err := rows.Scan(&value); err != nil {
			return err
		}
		blob, _ := value.([]byte)
		g, err := ReadGeometry(blob)
		if err != nil || g == nil {
			return nil // told when the row is read
		}
		if !started {
			l.info.Bounds, started = g.Bound(), true
			return nil
		}
		l.info.Bounds = l.info.Bounds.Union(g.Bound())
		return nil
	})
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}
