package project

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// Layers lists the project's layers in drawing order, the lowest first. Layers of results are listed by ResultLayers.
func (p *Project) Layers(ctx context.Context) (layers []model.Layer, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		layers, err = listLayers(ctx, db)
		return err
	})
	return layers, err
}

// LayerByName gives the layer, or the result's layer, of a name. Upper and lower case count only where two layers
// differ by nothing else.
func (p *Project) LayerByName(ctx context.Context, name string) (layer model.Layer, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		layers, err := listLayers(ctx, db)
		if err != nil {
			return err
		}
		results, err := listResultLayers(ctx, db)
		if err != nil {
			return err
		}
		layer, err = pickLayer(append(layers, results...), name)
		return err
	})
	return layer, err
}

// pickLayer finds a layer by name.
func pickLayer(layers []model.Layer, name string) (model.Layer, error) {
	want := cleanName(name)
	for _, same := range []func(string) bool{
		func(s string) bool { return cleanName(s) == want },
		func(s string) bool { return strings.EqualFold(cleanName(s), want) },
	} {
		if i := slices.IndexFunc(layers, func(l model.Layer) bool { return same(l.Name) }); i >= 0 {
			return layers[i], nil
		}
	}
	return model.Layer{}, i18n.Errorf("project.no_layer", name)
}

// layerColumns are what scanLayer reads.
const layerColumns = `id,name,table_name,role,geometry,fields,mapping,features,min_x,min_y,max_x,max_y,visible,opacity,position,style,source,revision`

// listLayers reads all layers in drawing order.
func listLayers(ctx context.Context, q querier) ([]model.Layer, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+layerColumns+` FROM nabar_layer ORDER BY position,id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var layers []model.Layer
	for rows.Next() {
		layer, err := scanLayer(rows)
		if err != nil {
			return nil, err
		}
		layers = append(layers, layer)
	}
	return layers, rows.Err()
}

// layerByID reads one layer.
func layerByID(ctx context.Context, q querier, id int64) (model.Layer, error) {
	return scanLayer(q.QueryRowContext(ctx, `SELECT `+layerColumns+` FROM nabar_layer WHERE id=?`, id))
}

// scanLayer reads a row of layerColumns.
func scanLayer(row interface{ Scan(...any) error }) (model.Layer, error) {
	var l model.Layer
	var fields, mapping, source string
	var style sql.NullString
	var side [4]sql.NullFloat64
	err := row.Scan(&l.ID, &l.Name, &l.Table, &l.Role, &l.Geometry, &fields, &mapping, &l.Features,
		&side[0], &side[1], &side[2], &side[3], &l.Visible, &l.Opacity, &l.Position, &style, &source, &l.Revision)
	if err != nil {
		return l, err
	}
	if side[0].Valid {
		l.Bounds = orb.Bound{Min: orb.Point{side[0].Float64, side[1].Float64}, Max: orb.Point{side[2].Float64, side[3].Float64}}
	}
	if style.Valid {
		l.Style = []byte(style.String)
	}
	var in importRow
	if err := errors.Join(json.Unmarshal([]byte(mapping), &l.Mapping), json.Unmarshal([]byte(source), &in)); err != nil {
		return l, fmt.Errorf("layer %q: %w", l.Name, err)
	}
	l.Source = in.toImport()
	l.Fields, err = decodeFields(fields)
	return l, err
}

// fieldRow is how a field is kept.
type fieldRow struct {
	Name string          `json:"name"`
	Type model.FieldType `json:"type"`
}

// encodeFields writes fields as JSON.
func encodeFields(fields []model.Field) string {
	rows := make([]fieldRow, len(fields))
	for i, f := range fields {
		rows[i] = fieldRow(f)
	}
	out, _ := json.Marshal(rows) // strings always can
	return string(out)
}

// decodeFields reads what encodeFields wrote.
func decodeFields(s string) ([]model.Field, error) {
	var rows []fieldRow
	if err := json.Unmarshal([]byte(s), &rows); err != nil {
		return nil, err
	}
	fields := make([]model.Field, len(rows))
	for i, r := range rows {
		fields[i] = model.Field(r)
	}
	return fields, nil
}

// fieldType is the field type of a column's declared type, also of those that only other programs use.
func fieldType(declared string) model.FieldType {
	base, _, _ := strings.Cut(strings.ToUpper(declared), "(")
	switch base {
	case "BOOLEAN":
		return model.Boolean
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER":
		return model.Integer
	case "FLOAT", "DOUBLE", "REAL":
		return model.Real
	case "DATE":
		return model.DateType
	case "DATETIME":
		return model.DateTime
	case "BLOB":
		return model.Blob
	}
	return model.Text
}

// importRow is how the provenance of a layer is kept.
type importRow struct {
	File        string          `json:"file,omitempty"`
	Path        string          `json:"path,omitempty"`
	Size        int64           `json:"size,omitempty"`
	SHA256      string          `json:"sha256,omitempty"`
	Format      string          `json:"format,omitempty"`
	Layer       string          `json:"layer,omitempty"`
	CRS         string          `json:"crs,omitempty"`
	Encoding    string          `json:"encoding,omitempty"`
	Date        string          `json:"date,omitempty"`
	Edition     string          `json:"edition,omitempty"`
	Read        int             `json:"read,omitempty"`
	Imported    int             `json:"imported,omitempty"`
	Skipped     []model.Skipped `json:"skipped,omitempty"`
	Warnings    []string        `json:"warnings,omitempty"`
	Attribution string          `json:"attribution,omitempty"`
	Made        []string        `json:"made,omitempty"`
}

// toImport gives the model's form.
func (r importRow) toImport() model.Import { return model.Import(r) }

// sortedKeys gives the keys of a map in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
