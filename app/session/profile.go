package session

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// circleSides is how many sides stand for a circle: at a radius of 10 km the drawn one lies within 10 cm of it.
const circleSides = 720

// Circle is the area within a radius, in metres, of a position. It gives a Problem for a radius that is none.
func (s *Session) Circle(at orb.Point, radius float64) (model.Area, error) {
	if !(radius > 0) || radius > 1e6 {
		return model.Area{}, i18n.Errorf("areas.radius_wrong", radius)
	}
	ring := make(orb.Ring, 0, circleSides+1)
	for i := range circleSides {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / circleSides)
		ring = append(ring, orb.Point{at[0] + float64(radius*cos), at[1] + float64(radius*sin)})
	}
	ring = append(ring, ring[0])
	name := s.Printer().T("areas.circle", i18n.Metres(radius))
	return model.Area{ID: name, Name: name, Shape: orb.MultiPolygon{{ring}}}, nil
}

// Polygon is the area within corners, which need not repeat the first at the end.
func (s *Session) Polygon(corners []orb.Point) (model.Area, error) {
	ring := slices.Clone(orb.Ring(corners))
	if n := len(ring); n > 1 && ring[0] == ring[n-1] {
		ring = ring[:n-1]
	}
	if len(ring) < 3 {
		return model.Area{}, i18n.Errorf("areas.too_few_corners", len(ring))
	}
	ring = append(ring, ring[0])
	name := s.Printer().T("areas.polygon")
	return model.Area{ID: name, Name: name, Shape: orb.MultiPolygon{{ring}}}, nil
}

// LayerAreas are the areas of a layer, in the order of its rows.
func (s *Session) LayerAreas(ctx context.Context, layer string) ([]model.Area, error) {
	return s.areas(ctx, layer)
}

// Union is several areas as one.
func Union(name string, areas []model.Area) model.Area {
	all := model.Area{ID: name, Name: name}
	for _, a := range areas {
		all.Shape = append(all.Shape, a.Shape...)
	}
	return all
}

// LayerArea is one area of a layer, by its code or name; "" is all of the layer together.
func (s *Session) LayerArea(ctx context.Context, layer, id string) (model.Area, error) {
	areas, err := s.areas(ctx, layer)
	if err != nil {
		return model.Area{}, err
	}
	if id == "" {
		return Union(layer, areas), nil
	}
	for _, same := range []func(model.Area) bool{
		func(a model.Area) bool { return a.ID == id },
		func(a model.Area) bool { return strings.EqualFold(a.Name, id) },
	} {
		if i := slices.IndexFunc(areas, same); i >= 0 {
			return areas[i], nil
		}
	}
	return model.Area{}, i18n.Errorf("areas.unknown", id, layer)
}

// AreaProfile tells of an area by the query's measure, limits and scenario; its service type does not count. layer names
// the layer that the area is of, "" for one that was drawn.
func (s *Session) AreaProfile(ctx context.Context, area model.Area, layer string, q model.Query, progress model.Progress) (*model.AreaProfile, error) {
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return nil, err
	}
	if len(types) == 0 {
		return nil, i18n.Errorf("session.no_services")
	}
	q.Service = types[0].ID
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	var services []string
	for _, t := range types {
		services = append(services, t.ID)
	}
	q = ready.query(q)
	q.Service = ""
	profile, err := ready.AreaProfile(ctx, area, q, services)
	if err != nil {
		return nil, err
	}
	profile.Inputs = append(profile.Inputs, ready.inputs...)
	if layer == "" {
		return profile, nil
	}
	l, err := s.layer(ctx, layer)
	if err != nil {
		return nil, err
	}
	profile.Divisions = []model.Division{division(l, "", l)}
	return profile, nil
}

// KeepArea keeps a drawn area under a name in the project's layer of own areas, which it makes where there is none. It
// gives the layer's name.
func (s *Session) KeepArea(ctx context.Context, area model.Area, name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", i18n.Errorf("session.name_empty")
	}
	title := s.Printer().T("areas.own_layer")
	feature := model.Feature{Geometry: area.Shape, Values: []any{name}}
	err := s.edit(ctx, i18n.M("areas.step_keep", name), func(tx *project.Tx) error {
		layers, err := tx.Layers()
		if err != nil {
			return err
		}
		for _, l := range layers {
			if strings.EqualFold(l.Name, title) && l.Geometry == model.MultiPolygonType && len(l.Fields) == 1 {
				return tx.InsertFeature(l, &feature)
			}
		}
		_, err = tx.AddLayer(model.Layer{
			Name: title, Role: model.RoleLayer, Geometry: model.MultiPolygonType, Visible: true,
			Fields:  []model.Field{{Name: "namn", Type: model.Text}},
			Mapping: model.Mapping{model.PartAreaName: "namn"},
		}, func(yield func(model.Feature) error) error { return yield(feature) })
		return err
	})
	return title, err
}
