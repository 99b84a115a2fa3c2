package render

import (
	"image"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// styled are three layers with every kind of style: areas in graduated classes, lines by width, and points in categories whose
// size is by a number, with names.
func styled() []VectorLayer {
	layer := func(name string, g model.GeometryType, s symbology.Style) model.Layer {
		return model.Layer{Name: name, Role: model.RoleLayer, Geometry: g, Visible: true, Opacity: 1, Style: s.JSON()}
	}
	areas := VectorLayer{Layer: layer("Andel 65+", model.PolygonType, symbology.Style{
		Column: "andel", Method: symbology.Own, Breaks: []float64{10, 20, 30}, Ramp: symbology.Plum,
	})}
	for i := range 6 {
		x := 200 * float64(i)
		areas.Geometries = append(areas.Geometries, orb.Bound{Min: orb.Point{x, 0}, Max: orb.Point{x + 190, 300}}.ToPolygon())
		areas.Values = append(areas.Values, []float64{5, 10, 15, 25, 40, math.NaN()}[i])
	}
	lines := VectorLayer{Layer: layer("Trafik", model.LineStringType, symbology.Style{
		Column: "klass", Categories: []symbology.Category{{Value: "E"}, {Value: "K"}}, SizeBy: "adt", SizeTop: 100, Width: 10,
	})}
	points := VectorLayer{Layer: layer("Skolor", model.PointType, symbology.Style{
		Column: "stadium", SizeBy: "elever", SizeTop: 100, Size: 26, Label: "namn",
		Categories: []symbology.Category{
			{Value: "F-6", Shape: symbology.Circle}, {Value: "7-9", Shape: symbology.Triangle}, {Value: "Gy", Shape: symbology.Star},
		},
	})}
	for i := range 4 {
		y := 350 + 60*float64(i)
		lines.Geometries = append(lines.Geometries, orb.LineString{{0, y}, {1150, y}})
		lines.Classes = append(lines.Classes, []int{0, 1, -1, 0}[i])
		lines.Sizes = append(lines.Sizes, []float64{100, 50, 25, math.NaN()}[i])
		x := 150 + 280*float64(i)
		points.Geometries = append(points.Geometries, orb.Point{x, 650})
		points.Classes = append(points.Classes, []int{0, 1, 2, -1}[i])
		points.Sizes = append(points.Sizes, []float64{100, 60, 30, 5}[i])
		points.Labels = append(points.Labels, []string{"Åskolan", "Östra skolan", "Gymnasiet", "Förskolan"}[i])
	}
	return []VectorLayer{areas, lines, points}
}

func TestGoldenStyles(t *testing.T) {
	for name, theme := range map[string]symbology.Theme{"styles-light": symbology.Light, "styles-dark": symbology.Dark} {
		scene := NewScene(SceneInput{Extra: styled(), Printer: i18n.For("sv"), Theme: theme})
		v := View{Centre: orb.Point{460, 360}, Scale: 2.2, Width: 700, Height: 380}
		img, err := DrawSheet(t.Context(), scene, v, SheetOptions{NoSource: true})
		if err != nil {
			t.Fatal(err)
		}
		golden.Image(t, name, img)
	}
}

// TestClassesAreExplained reads the legend: each class once, what is in none only where there is such.
func TestClassesAreExplained(t *testing.T) {
	labels := func(layers ...VectorLayer) map[string]int {
		out := map[string]int{}
		for _, item := range NewScene(SceneInput{Extra: layers, Printer: i18n.For("sv")}).Legend().Items {
			out[item.Label]++
		}
		return out
	}
	got := labels(styled()...)
	for _, want := range []string{"Andel 65+", "högst 10", "10–20", "20–30", "över 30", "utan värde", "E", "K", "F-6", "Gy"} {
		if got[want] != 1 {
			t.Errorf("%q stands %d times in %v", want, got[want], got)
		}
	}
	full := styled()[0]
	full.Geometries, full.Values = full.Geometries[:5], full.Values[:5]
	if got := labels(full); got["utan värde"] != 0 {
		t.Errorf("classes without anything in them: %v", got)
	}
}

// TestScaleRangeHidesLayers draws a layer within its range and beyond.
func TestScaleRangeHidesLayers(t *testing.T) {
	area := styled()[0]
	style, _ := symbology.ParseStyle(area.Layer.Style)
	style.ScaleFrom, style.ScaleTo = 5_000, 20_000
	area.Layer.Style = style.JSON()
	scene := NewScene(SceneInput{Extra: []VectorLayer{area}})
	for d, want := range map[float64]bool{4_900: false, 5_100: true, 19_900: true, 20_100: false} {
		v := View{Centre: orb.Point{285, 150}, Scale: 1, Width: 40, Height: 40}.AtDenominator(d)
		img := image.NewRGBA(image.Rect(0, 0, 40, 40))
		if err := scene.Draw(t.Context(), img, v); err != nil {
			t.Fatal(err)
		}
		land := symbology.PaletteOf(symbology.Light).Land
		if got := img.RGBAAt(20, 20); (got.R != land.R || got.G != land.G) != want {
			t.Errorf("1:%v: shown is %v (%v)", d, !want, got)
		}
	}
}

// TestPeopleInClasses colours squares by their people where their layer is styled so, and explains it.
func TestPeopleInClasses(t *testing.T) {
	s := testSnapshot()
	style := symbology.Style{Column: "bef", Method: symbology.Own, Breaks: []float64{10}, Ramp: symbology.Heat}
	l := model.Layer{Name: "Befolkning", Role: model.RolePopulation, Visible: true, Opacity: 1, Style: style.JSON()}
	scene := NewScene(SceneInput{Snapshot: s, Layers: []model.Layer{l}, Printer: i18n.For("sv")})
	for i := range s.Cells {
		people := float64(s.Cells[i].People)
		at := -1
		for k, id := range scene.cells.ids {
			if id == s.Cells[i].ID {
				at = k
			}
		}
		want := int8(noClass)
		if people > 0 {
			want = int8(symbology.Classify(style.Breaks, people))
		}
		if got := scene.classes[at]; got != want {
			t.Errorf("square of %v people has class %d, want %d", people, got, want)
		}
	}
	if got := scene.Legend().Items[0].Label; got != "högst 10 inv. per ruta" {
		t.Errorf("legend %q", got)
	}
}
