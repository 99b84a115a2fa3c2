package render

import (
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// background are the layers of a quiet background: land in the sea, a survey's ground on it, a lake, a stream, built-up areas with their
// names, and places that crowd each other.
func background() []VectorLayer {
	area := func(x0, y0, x1, y1 float64) orb.Geometry {
		return orb.Bound{Min: at(x0, y0), Max: at(x1, y1)}.ToPolygon()
	}
	layer := func(name string, g model.GeometryType, shapes ...orb.Geometry) VectorLayer {
		return VectorLayer{Layer: model.Layer{Name: name, Role: model.RoleLayer, Geometry: g, Visible: true, Opacity: 1}, Geometries: shapes}
	}
	ground := layer("mark", model.PolygonType, area(700, 700, 4000, 7000), area(4000, 700, 7000, 3500), area(7000, 4500, 8200, 5500), area(8600, 1000, 10000, 2500))
	ground.Layer.Fields = []model.Field{{Name: "objekttyp", Type: model.Text}}
	for _, name := range []string{"Barr- och blandskog", "Åker", "Sluten bebyggelse", "Vattenyta"} {
		ground.Classes = append(ground.Classes, int(symbology.GroundOf(name)))
	}
	lakes := layer("Sjöar", model.PolygonType, area(4500, 4200, 6500, 6200))
	lakes.Labels = []string{"Storsjön"}
	towns := layer("Tätorter", model.PolygonType, area(2400, 2400, 3700, 3600))
	towns.Labels, towns.Ranks = []string{"Storby"}, []float64{5000}
	places := layer("Ortnamn", model.PointType)
	for i := range 24 {
		places.Geometries = append(places.Geometries, at(900+float64(i%6)*1600, 900+float64(i/6)*1700))
		places.Labels = append(places.Labels, []string{"Åby", "Östra Husby", "Ekeby", "Norrköping"}[i%4])
		places.Ranks = append(places.Ranks, float64(i*i))
	}
	return []VectorLayer{
		layer("land", model.PolygonType, area(400, 400, 10500, 7300)), ground, lakes,
		layer("vattendrag", model.LineStringType, orb.LineString{at(5500, 4200), at(6200, 2500), at(9000, 400)}), towns, places,
	}
}

func TestGoldenBackground(t *testing.T) {
	for end, theme := range themes {
		s := testSnapshot()
		s.Cells, s.Border = nil, nil
		scene := NewScene(SceneInput{Snapshot: s, Extra: background(), Printer: i18n.For("sv"), Theme: theme})
		golden.Image(t, "background-"+end, shownIn(t, scene, testView()))
	}
}

// TestBackgroundColours reads land, sea, wood and water where they are, and finds no name upon another or upon a symbol.
func TestBackgroundColours(t *testing.T) {
	s := testSnapshot()
	s.Cells, s.Border, s.Roads = nil, nil, &model.RoadSet{}
	scene := NewScene(SceneInput{Snapshot: s, Extra: background(), Printer: i18n.For("sv")})
	v := testView()
	img := shownIn(t, scene, v)
	p := symbology.PaletteOf(symbology.Light)
	for name, c := range map[string]struct {
		at   orb.Point
		want symbology.Colour
	}{
		"sea": {at(11600, 7500), p.Water}, "land": {at(10300, 6500), p.Land}, "wood": {at(1700, 6300), symbology.GroundColours(symbology.Light)[symbology.WoodGround]},
		"lake": {at(4700, 5900), p.Water}, "built-up": {at(7200, 4700), p.BuiltUp}, "survey's water": {at(9800, 2300), p.Water},
	} {
		x, y := v.ToScreen(c.at)
		if got := img.RGBAAt(int(x), int(y)); got.R != c.want.R || got.G != c.want.G || got.B != c.want.B {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	texts := scene.labels(v, scene.fan(v))
	if len(texts) < 10 {
		t.Errorf("only %d names", len(texts))
	}
	var taken []box
	for _, text := range texts {
		if text.HaloWidth <= 0 || text.Halo.IsZero() {
			t.Errorf("%s has no halo", text.Text)
		}
		half := text.Font.Width(text.Text) / 2
		b := box{text.X - half, text.Y - CapHeight*text.Font.Size, text.X + half, text.Y}
		for _, other := range taken {
			if b.overlaps(other) {
				t.Errorf("%s lies upon another name", text.Text)
			}
		}
		taken = append(taken, b)
	}
}
