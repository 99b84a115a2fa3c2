package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/shape"
)

// NewLayer makes an empty layer to draw in, as one step: of points, lines or areas, with columns. Without columns it gets one for
// names. It gives a Problem for a name that is empty or taken, and for columns of the same or no name.
func (s *Session) NewLayer(ctx context.Context, name string, kind model.GeometryType, fields []model.Field) (model.Layer, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return model.Layer{}, i18n.Errorf("session.name_empty")
	}
	if kind != model.PointType && kind != model.LineStringType && kind != model.PolygonType {
		return model.Layer{}, i18n.Errorf("tools.layer_kind")
	}
	if len(fields) == 0 {
		fields = []model.Field{{Name: "namn", Type: model.Text}}
	}
	for i, f := range fields {
		fields[i].Name = strings.TrimSpace(f.Name)
		if fields[i].Name == "" {
			return model.Layer{}, i18n.Errorf("tools.column_no_name", i+1)
		}
		if slices.ContainsFunc(fields[:i], func(o model.Field) bool { return strings.EqualFold(o.Name, fields[i].Name) }) {
			return model.Layer{}, i18n.Errorf("tools.column_twice", fields[i].Name)
		}
		if !slices.Contains(DrawnTypes, f.Type) {
			return model.Layer{}, i18n.Errorf("tools.column_type", fields[i].Name)
		}
	}
	def := model.Layer{Name: name, Role: model.RoleLayer, Geometry: kind, Visible: true, Fields: fields, Mapping: model.Mapping{}}
	if i := slices.IndexFunc(fields, func(f model.Field) bool { return f.Type == model.Text }); i >= 0 {
		part := model.PartName
		if kind == model.PolygonType {
			part = model.PartAreaName
		}
		def.Mapping[part] = fields[i].Name
	}
	var made model.Layer
	err := s.edit(ctx, i18n.M("tools.step_layer", name), func(tx *project.Tx) (err error) {
		made, err = tx.AddLayer(def, func(func(model.Feature) error) error { return nil })
		return err
	})
	return made, err
}

// DrawnTypes are the types that a column of a drawn layer can have.
var DrawnTypes = []model.FieldType{model.Text, model.Integer, model.Real, model.Boolean, model.DateType}

// Editability tells what editing the shapes of a layer means for the project's figures, before it is done; zero for nothing. Where the
// shapes of a layer can't be edited it gives a Problem that says why, and what to do instead.
func (s *Session) Editability(l model.Layer) (i18n.Message, error) {
	switch {
	case l.Geometry == model.NoGeometry || l.Role == model.RoleBasemap:
		return i18n.Message{}, i18n.Errorf("tools.edit_no_shapes", l.Name)
	case l.Role == model.RoleResult:
		return i18n.Message{}, i18n.Errorf("tools.edit_result", l.Name)
	case l.Role == model.RoleComments:
		return i18n.Message{}, i18n.Errorf("tools.edit_comments", l.Name)
	case l.Role == model.RolePopulation:
		return i18n.Message{}, i18n.Errorf("tools.edit_squares", l.Name)
	case l.Role == model.RoleRoads || l.Role == model.RoleServices:
		return i18n.M("tools.means_"+string(l.Role), l.Name), nil
	case l.Role == model.RoleArea && (l.Features == 1 || l.Mapping[model.PartAreaCode] != ""):
		return i18n.M("tools.means_border", l.Name), nil
	}
	return i18n.Message{}, nil
}

// ParseValues reads what a user wrote for columns, by their names; columns that are not named keep their value in values, which may
// be nil for a new feature. It gives a Problem for what a column can't hold.
func (s *Session) ParseValues(l model.Layer, values []any, texts map[string]string) ([]any, error) {
	out := make([]any, len(l.Fields))
	copy(out, values)
	left := len(texts)
	for i, f := range l.Fields {
		text, named := texts[f.Name]
		if !named {
			continue
		}
		left--
		v, err := s.cellValue(l, f, text)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	if left == 0 {
		return out, nil
	}
	for name := range texts {
		if !slices.ContainsFunc(l.Fields, func(f model.Field) bool { return f.Name == name }) {
			return nil, i18n.Errorf("style.no_column", name, l.Name, strings.Join(columnNames(l), ", "))
		}
	}
	return out, nil
}

// AddFeature draws a feature in a layer, as one step, and gives its id. A shape that is not sound, that the layer can't hold or that its
// role can't use is refused with a Problem.
func (s *Session) AddFeature(ctx context.Context, l model.Layer, g orb.Geometry, texts map[string]string) (int64, error) {
	if _, err := s.Editability(l); err != nil {
		return 0, err
	}
	if err := shape.Check(g); err != nil {
		return 0, err
	}
	values, err := s.ParseValues(l, nil, texts)
	if err != nil {
		return 0, err
	}
	f := model.Feature{Geometry: g, Values: values}
	if err := s.usable(ctx, l, f); err != nil {
		return 0, err
	}
	err = s.edit(ctx, i18n.M("tools.step_add", l.Name), func(tx *project.Tx) error { return tx.InsertFeature(l, &f) })
	return f.ID, err
}

// ChangeValues changes columns of a feature, by their names, as one step.
func (s *Session) ChangeValues(ctx context.Context, l model.Layer, id int64, texts map[string]string) error {
	f, err := s.feature(ctx, l, id)
	if err != nil {
		return err
	}
	if f.Values, err = s.ParseValues(l, f.Values, texts); err != nil {
		return err
	}
	if err := s.usable(ctx, l, f); err != nil {
		return err
	}
	return s.edit(ctx, i18n.M("tools.step_values", l.Name), func(tx *project.Tx) error { return putRow(tx, l, &f) })
}

// Reshape gives a feature another shape, as one step. change gets the present one. A road's length in the register follows its drawn
// length in proportion. The remarks tell what the edit has loosened: road ends that no longer meet others.
func (s *Session) Reshape(ctx context.Context, l model.Layer, id int64, change func(orb.Geometry) (orb.Geometry, error)) ([]i18n.Message, error) {
	if _, err := s.Editability(l); err != nil {
		return nil, err
	}
	f, err := s.feature(ctx, l, id)
	if err != nil {
		return nil, err
	}
	if !shape.Editable(f.Geometry) {
		return nil, i18n.Errorf("tools.edit_mixture", l.Name, id)
	}
	before := f.Geometry
	if f.Geometry, err = change(before); err != nil {
		return nil, err
	}
	if err := shape.Check(f.Geometry); err != nil {
		return nil, err
	}
	var remarks []i18n.Message
	if l.Role == model.RoleRoads {
		stretch(l, &f, shape.Total(f.Geometry)/shape.Total(before))
		if remarks, err = s.loosened(ctx, l, id, before, f.Geometry); err != nil {
			return nil, err
		}
	}
	if err := s.usable(ctx, l, f); err != nil {
		return nil, err
	}
	return remarks, s.edit(ctx, i18n.M("tools.step_reshape", l.Name), func(tx *project.Tx) error { return tx.UpdateFeature(l, &f) })
}

// DeleteFeatures removes features of a layer, as one step.
func (s *Session) DeleteFeatures(ctx context.Context, l model.Layer, ids []int64) error {
	if l.Role == model.RoleResult {
		return i18n.Errorf("tools.edit_result", l.Name)
	}
	return s.edit(ctx, i18n.M("tools.step_delete", len(ids), l.Name), func(tx *project.Tx) error {
		for _, id := range ids {
			if err := tx.DeleteFeature(l, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// feature reads one feature.
func (s *Session) feature(ctx context.Context, l model.Layer, id int64) (model.Feature, error) {
	p, err := s.current()
	if err != nil {
		return model.Feature{}, err
	}
	return p.Feature(ctx, l, id)
}

// putRow writes a feature. The day that a layer of service places is of follows to today, so that a place with an earlier closing
// date counts as closed.
func putRow(tx *project.Tx, l model.Layer, f *model.Feature) error {
	if err := tx.UpdateFeature(l, f); err != nil {
		return err
	}
	if today := time.Now().Format(time.DateOnly); l.Role == model.RoleServices && l.Source.Date < today {
		l.Source.Date = today
		return tx.UpdateLayer(l)
	}
	return nil
}

// stretch lets the register's length of a road follow the drawn one, whatever unit the column is in.
func stretch(l model.Layer, f *model.Feature, by float64) {
	i := fieldIndex(l, model.PartLength)
	if i < 0 {
		return
	}
	switch v := f.Values[i].(type) {
	case float64:
		f.Values[i] = v * by
	case int64:
		f.Values[i] = int64(float64(v)*by + 0.5)
	}
}

// meetReach is how near each other road ends are one node, in metres, with room for what rounding does.
const meetReach = 1.001

// loosened tells of the ends of a road that met others and no longer do.
func (s *Session) loosened(ctx context.Context, l model.Layer, id int64, before, after orb.Geometry) ([]i18n.Message, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	near := func(a, b orb.Point) bool { return shape.Distance(a, b) <= meetReach }
	var out []i18n.Message
	for _, old := range ends(before) {
		if slices.ContainsFunc(ends(after), func(now orb.Point) bool { return near(now, old) }) {
			continue
		}
		others := 0
		err := p.FeaturesIn(ctx, l, old.Bound().Pad(meetReach), func(f model.Feature) error {
			if f.ID != id && slices.ContainsFunc(ends(f.Geometry), func(e orb.Point) bool { return near(e, old) }) {
				others++
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if others > 0 {
			out = append(out, i18n.M("tools.loosened", others))
		}
	}
	return out, nil
}

// ends are the first and last positions of the lines of a shape.
func ends(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case orb.LineString:
		if len(g) > 0 {
			return []orb.Point{g[0], g[len(g)-1]}
		}
	case orb.MultiLineString:
		var out []orb.Point
		for _, line := range g {
			out = append(out, ends(line)...)
		}
		return out
	}
	return nil
}
