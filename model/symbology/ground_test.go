package symbology

import (
	"testing"

	"nabar/model"
)

// TestKindOfBackground recognises the layers that a quiet background is made of.
func TestKindOfBackground(t *testing.T) {
	survey := []model.Field{{Name: "objekttyp", Type: model.Text}}
	for _, c := range []struct {
		name     string
		geometry model.GeometryType
		fields   []model.Field
		want     Kind
	}{
		{"mark", model.PolygonType, survey, GroundKind},
		{"Topografi 250 mark_sverige", model.MultiPolygonType, survey, GroundKind},
		{"Markytor", model.PolygonType, survey, GroundKind},
		{"mark", model.PolygonType, nil, AreaKind},
		{"Danmark", model.PolygonType, survey, AreaKind},
		{"vattenytor", model.PolygonType, survey, WaterKind},
		{"Sjöar", model.PolygonType, nil, WaterKind},
		{"land", model.PolygonType, nil, LandKind},
		{"ne_10m_land", model.MultiPolygonType, nil, LandKind},
		{"kommungrans_gotland", model.PolygonType, nil, AreaKind},
		{"Landskap", model.PolygonType, nil, AreaKind},
		{"Tatorter_2023", model.PolygonType, nil, BuiltUpKind},
		{"tatorter_2020", model.PointType, nil, PlaceKind},
		{"Ortnamn", model.PointType, nil, PlaceKind},
		{"bebyggelsenamn", model.PointType, nil, PlaceKind},
		{"text_punkt", model.PointType, []model.Field{{Name: "textstrang", Type: model.Text}}, PlaceKind},
		{"Skolor", model.PointType, nil, PointKind},
		{"vattendrag", model.LineStringType, nil, WaterKind},
		{"strandlinje", model.MultiLineStringType, nil, WaterKind},
		{"Ledningar", model.LineStringType, nil, LineKind},
	} {
		if got := KindOf(model.Layer{Name: c.name, Geometry: c.geometry, Fields: c.fields}); got != c.want {
			t.Errorf("%s of %s is %q, want %q", c.name, c.geometry, got, c.want)
		}
	}
	for name, want := range map[string]Ground{
		"Vattenyta": WaterGround, "Hav": WaterGround, "Sjö": WaterGround, "Barr- och blandskog": WoodGround, "Fjällbjörkskog": WoodGround,
		"Sluten bebyggelse": BuiltUpGround, "Låg bebyggelse": BuiltUpGround, "Industri- och handelsbebyggelse": BuiltUpGround,
		"Öppen mark": OpenGround, "Åker": OpenGround, "": OpenGround,
	} {
		if got := GroundOf(name); got != want {
			t.Errorf("%q is ground %d, want %d", name, got, want)
		}
	}
}
