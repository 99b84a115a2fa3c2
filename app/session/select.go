package session

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/shape"
	"nabar/model/where"
)

// Choice chooses among the features of a layer. Its zero value chooses all.
type Choice struct {
	Where string           // a condition on the columns, as where.Parse reads it; "" for none
	Area  orb.MultiPolygon // that a feature must have something in common with; nil for none
}

// Select finds the features of a layer that a choice is about, by their ids in order. What the spatial index can leave out is not
// read. A condition that can't be read gives its Problem.
func (s *Session) Select(ctx context.Context, l model.Layer, c Choice) ([]int64, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	holds := func([]any) bool { return true }
	if c.Where != "" {
		condition, err := where.Parse(l.Fields, c.Where)
		if err != nil {
			return nil, err
		}
		holds = condition.Holds
	}
	ids := []int64{}
	take := func(f model.Feature) error {
		if holds(f.Values) && (c.Area == nil || shape.Meets(f.Geometry, c.Area)) {
			ids = append(ids, f.ID)
		}
		return ctx.Err()
	}
	if c.Area == nil {
		err = p.Features(ctx, l, take)
	} else {
		err = p.FeaturesIn(ctx, l, c.Area.Bound(), take)
	}
	return ids, err
}

// Box is a rectangle as an area to choose by.
func Box(b orb.Bound) orb.MultiPolygon { return orb.MultiPolygon{b.ToPolygon()} }

// Invert gives the ids of a layer's features that are not among some.
func (s *Session) Invert(ctx context.Context, l model.Layer, ids []int64) ([]int64, error) {
	all, err := s.Select(ctx, l, Choice{})
	if err != nil {
		return nil, err
	}
	in := set(ids)
	return slices.DeleteFunc(all, func(id int64) bool { return in[id] }), nil
}

// set makes a set of ids.
func set(ids []int64) map[int64]bool {
	out := make(map[int64]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// FeatureAt is the feature of a layer that lies nearest a position, within reach in metres on the grid; found is false for none. Of
// equally near ones, such as areas in each other, the one drawn last is on top.
func (s *Session) FeatureAt(ctx context.Context, l model.Layer, at orb.Point, reach float64) (f model.Feature, found bool, err error) {
	p, err := s.current()
	if err != nil {
		return f, false, err
	}
	best := reach
	err = p.FeaturesIn(ctx, l, orb.Bound{Min: at, Max: at}.Pad(reach), func(one model.Feature) error {
		if d := shape.Distance(one.Geometry, at); d <= best {
			best, f, found = d, one, true
		}
		return nil
	})
	return f, found, err
}

// FeatureHit is the feature of a layer that lies under a position.
type FeatureHit struct {
	Layer   model.Layer
	Feature model.Feature
	Area    bool        // it has a surface
	AreaID  string      // of an area, as profiles name it
	Name    string      // "" where nothing names it
	Around  *FeatureHit // the surface that a point or a line lies in, nil for none
}

// HitAt is the feature under a position in the layers that are shown and have no part in the figures: points and lines within reach
// first, with the surface that they lie in, else that surface alone; of each the topmost. nil for none. The kommun's own border is none.
func (s *Session) HitAt(ctx context.Context, at orb.Point, reach float64) (*FeatureHit, error) {
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	var small, surface *FeatureHit
	for _, l := range slices.Backward(layers) {
		plain := l.Role == model.RoleLayer || l.Role == model.RoleResult || l.Role == model.RoleArea && l.Features > 1
		if !l.Visible || !plain || l.Geometry == model.NoGeometry || surface != nil && onlySurfaces(l) {
			continue
		}
		f, found, err := s.FeatureAt(ctx, l, at, reach)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		hit := s.hit(l, f)
		switch {
		case !hit.Area && small == nil:
			small = hit
		case hit.Area && surface == nil && shape.Distance(f.Geometry, at) == 0:
			surface = hit
		}
	}
	if small != nil {
		small.Around = surface
		return small, nil
	}
	return surface, nil
}

// hit describes a feature that was found.
func (s *Session) hit(l model.Layer, f model.Feature) *FeatureHit {
	h := &FeatureHit{Layer: l, Feature: f}
	switch f.Geometry.(type) {
	case orb.Polygon, orb.MultiPolygon:
		codes, names := areaColumns(l)
		h.Area = true
		h.AreaID, h.Name = s.areaName(f, codes, names)
	default:
		h.Name = cellText(f, labelColumn(l, s.StyleOf(l)))
	}
	return h
}

// onlySurfaces tells whether a layer holds nothing but areas.
func onlySurfaces(l model.Layer) bool {
	return l.Geometry == model.PolygonType || l.Geometry == model.MultiPolygonType
}

// fewFeatures is how many features are read one by one; more are read with their whole layer.
const fewFeatures = 300

// FeaturesOf reads the features of a layer with some ids, in the order of their ids. Those that are gone are left out.
func (s *Session) FeaturesOf(ctx context.Context, l model.Layer, ids []int64) ([]model.Feature, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	in := set(ids)
	out := make([]model.Feature, 0, len(in))
	take := func(f model.Feature) error {
		if in[f.ID] {
			out = append(out, f)
		}
		return ctx.Err()
	}
	if len(in) > fewFeatures {
		err = p.Features(ctx, l, take)
		return out, err
	}
	for _, id := range slices.Sorted(maps.Keys(in)) {
		if err := p.FeaturesFrom(ctx, l, id-1, 1, take); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SelectedTable is the table of some features of a layer, with the frame around their shapes; the zero frame where none has any.
func (s *Session) SelectedTable(ctx context.Context, l model.Layer, ids []int64) (model.Table, orb.Bound, error) {
	t := s.RowsHead(l)
	features, err := s.FeaturesOf(ctx, l, ids)
	if err != nil {
		return t, orb.Bound{}, err
	}
	var frame orb.Bound
	for _, f := range features {
		t.Rows = append(t.Rows, s.tableRow(l, f))
		switch {
		case f.Geometry == nil:
		case frame == (orb.Bound{}):
			frame = f.Geometry.Bound()
		default:
			frame = frame.Union(f.Geometry.Bound())
		}
	}
	return t, frame, nil
}

// ShapesNear are the shapes of the visible layers within a frame, the topmost first: what a drawn vertex can snap to. What the
// program has made is none of it. more is true where there are more vertices than limit, and the rest was left out.
func (s *Session) ShapesNear(ctx context.Context, frame orb.Bound, limit int) (shapes []orb.Geometry, more bool, err error) {
	p, err := s.current()
	if err != nil {
		return nil, false, err
	}
	layers, err := p.Layers(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, l := range slices.Backward(layers) {
		if !l.Visible || l.Geometry == model.NoGeometry || l.Role == model.RoleResult || l.Role == model.RoleBasemap || l.Role == model.RoleComments {
			continue
		}
		err := p.FeaturesIn(ctx, l, frame, func(f model.Feature) error {
			if limit -= shape.Count(f.Geometry); limit < 0 {
				return errEnough
			}
			shapes = append(shapes, f.Geometry)
			return ctx.Err()
		})
		if errors.Is(err, errEnough) {
			return shapes, true, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
	return shapes, false, nil
}
