package session

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/role"
	"nabar/model/symbology"
)

// styledRows is what the map needs of a layer of roads, squares or service places that the user has styled.
type styledRows struct {
	rows  render.RowStyle
	roads *render.StyledRoads // of a layer of roads
}

// addStyled adds the styles of the layers that have a part in the figures. They are read once for each revision and style.
func (s *Session) addStyled(ctx context.Context, in *render.SceneInput) error {
	for _, l := range in.Layers {
		style := s.StyleOf(l)
		if !l.Visible || !hasLook(l, style) {
			continue
		}
		key := fmt.Sprintf("%d/%d/%s/%s", l.ID, l.Revision, l.Name, l.Style)
		s.mu.Lock()
		v, known := s.cache.scenes.styled[key]
		s.mu.Unlock()
		if !known {
			var err error
			if v, err = s.styledRows(ctx, in.Snapshot, l, style); err != nil {
				return err
			}
			s.mu.Lock()
			if s.cache.snapshot == in.Snapshot {
				if s.cache.scenes.styled == nil {
					s.cache.scenes.styled = map[string]styledRows{}
				}
				s.cache.scenes.styled[key] = v
			}
			s.mu.Unlock()
		}
		v.rows.Layer = l
		if v.roads != nil {
			in.StyledRoads = v.roads
		} else {
			in.Styled = append(in.Styled, v.rows)
		}
	}
	return nil
}

// hasLook tells whether a layer with a part in the figures has a style that says how its things look.
func hasLook(l model.Layer, s symbology.Style) bool {
	looks := s.Classed() || s.Fill != nil || s.Stroke != nil || s.SizeBy != "" || s.Shape != "" || s.Width > 0
	switch l.Role {
	case model.RoleRoads:
		return looks
	case model.RoleServices:
		return looks || s.Label != ""
	case model.RolePopulation:
		return s.Classed() || s.Fill != nil || s.SizeBy != ""
	}
	return false
}

// styledRows reads a layer for its style.
func (s *Session) styledRows(ctx context.Context, snapshot *model.Snapshot, l model.Layer, style symbology.Style) (styledRows, error) {
	p, err := s.current()
	if err != nil {
		return styledRows{}, err
	}
	key, err := rowKey(l)
	if err != nil {
		return styledRows{}, err
	}
	v := styledRows{rows: render.RowStyle{Layer: l, Class: map[string]int{}, Size: map[string]float64{}, Name: map[string]string{}}}
	class, size, name := columnNamed(l, style.Column), columnNamed(l, style.SizeBy), -1
	if style.Label != symbology.NoLabel {
		name = columnNamed(l, style.Label)
	}
	err = p.Features(ctx, l, func(f model.Feature) error {
		k, ok := key(f)
		if !ok {
			return nil
		}
		if class >= 0 && style.Classed() {
			if c := classOf(style, f.Values[class]); c >= 0 {
				v.rows.Class[k] = c
			}
		}
		if size >= 0 {
			if n := orNaN(f.Values[size]); !math.IsNaN(n) {
				v.rows.Size[k] = n
			}
		}
		if name >= 0 && f.Values[name] != nil {
			v.rows.Name[k] = s.label(f.Values[name])
		}
		return nil
	})
	if err == nil && l.Role == model.RoleRoads {
		v.roads = render.PrepareStyledRoads(snapshot.Roads, v.rows)
	}
	return v, err
}

// classOf is the class or category of a value, -1 for none.
func classOf(style symbology.Style, value any) int {
	if len(style.Categories) > 0 {
		return style.CategoryOf(WriteValue(value))
	}
	return symbology.Classify(style.Breaks, orNaN(value))
}

// rowKey gives what the map knows a row by: the id of its square, or its own.
func rowKey(l model.Layer) (func(model.Feature) (string, bool), error) {
	if l.Role != model.RolePopulation {
		return func(f model.Feature) (string, bool) { return render.FeatureKey(f.ID), true }, nil
	}
	d, err := role.NewCellDecoder(l.Fields, l.Mapping)
	if err != nil {
		return nil, err
	}
	return func(f model.Feature) (string, bool) {
		cell, why := d.Decode(f)
		return cell.ID, why == nil
	}, nil
}

// groundColumn is the index of the column that tells what each area of a survey's map is, -1 for other layers and for one that the user
// has styled by a column.
func groundColumn(l model.Layer, style symbology.Style) int {
	if style.Classed() || cmp.Or(style.Kind, symbology.KindOf(l)) != symbology.GroundKind {
		return -1
	}
	return symbology.GroundColumn(l)
}
