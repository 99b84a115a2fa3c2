package render

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// themes are both looks, by the end of a golden image's name.
var themes = map[string]symbology.Theme{"light": symbology.Light, "dark": symbology.Dark}

// TestGoldenSymbols draws every shape at every size that the map uses, with every mark of a scenario, in both themes.
func TestGoldenSymbols(t *testing.T) {
	for end, theme := range themes {
		img, c := paper(40*len(symbology.Shapes()), 40*(len(symbolSizes)+3), theme)
		p := symbology.PaletteOf(theme)
		for i, shape := range symbology.Shapes() {
			look := symbology.Symbol{Shape: shape, Colour: symbology.CategoryColour(i, theme)}
			x := 20 + 40*float64(i)
			for k, size := range append([]float64{28}, symbolSizes...) {
				DrawSymbol(c, look, x, 20+40*float64(k), size, p.Halo)
			}
			item := LegendItem{Kind: SymbolSample, Symbol: look, Stroke: p.Accent, Mark: Mark(1 + i%3)}
			for k := range 2 {
				item.Mark = Mark(1 + (i+k)%3)
				item.Paint(c, x-12, 20+40*float64(len(symbolSizes)+1+k), 24, 1, p)
			}
		}
		golden.Image(t, "symbols-"+end, img)
	}
}

// TestGoldenRamps draws every ramp with every number of classes, both ways, and the colours of categories.
func TestGoldenRamps(t *testing.T) {
	for end, theme := range themes {
		names := symbology.RampNames()
		img, c := paper(20*symbology.MostClasses*2+20, 16*(symbology.MostClasses-1)*len(names)+40, theme)
		cell := func(x, y int, colour symbology.Colour) {
			var p Path
			p.Rect(float64(x), float64(y), 18, 14)
			c.Path(&p, Paint{Fill: colour})
		}
		y := 4
		for _, name := range names {
			for n := 2; n <= symbology.MostClasses; n++ {
				for i, colour := range name.Colours(n, theme, false) {
					cell(4+20*i, y, colour)
				}
				for i, colour := range name.Colours(n, theme, true) {
					cell(4+20*(symbology.MostClasses+i)+10, y, colour)
				}
				y += 16
			}
		}
		for i := range 12 {
			cell(4+20*i, y, symbology.CategoryColour(i, theme))
		}
		golden.Image(t, "ramps-"+end, img)
	}
}

// kindLayers are a layer of each kind with six things in a row, three rows of points, lines or areas.
func kindLayer(kind symbology.Kind, style symbology.Style) VectorLayer {
	style.Kind = kind
	g := map[symbology.Kind]model.GeometryType{
		symbology.LineKind: model.LineStringType, symbology.PointKind: model.PointType, symbology.PlaceKind: model.PointType,
	}[kind]
	if g == "" {
		g = model.PolygonType
	}
	out := VectorLayer{Layer: model.Layer{Name: "Lagret", Role: model.RoleLayer, Geometry: g, Visible: true, Opacity: 0.9, Style: style.JSON()}}
	for i := range 6 {
		x, y := 100+250*float64(i%3), 120+260*float64(i/3)
		var shape orb.Geometry = orb.Bound{Min: orb.Point{x - 90, y - 90}, Max: orb.Point{x + 90, y + 90}}.ToPolygon()
		switch g {
		case model.PointType:
			shape = orb.Point{x, y}
		case model.LineStringType:
			shape = orb.LineString{{x - 100, y - 60}, {x, y + 80}, {x + 100, y - 40}}
		}
		out.Geometries = append(out.Geometries, shape)
		out.Labels = append(out.Labels, []string{"Åsby", "Önnerud", "", "Ekfors", "Ätran", "Ho"}[i])
		out.Ranks = append(out.Ranks, []float64{100, 20, 5, 60, 1, 0}[i])
		if len(style.Categories) > 0 {
			out.Classes = append(out.Classes, []int{0, 1, 2, -1, 1, 0}[i])
		} else if style.Column != "" {
			out.Values = append(out.Values, []float64{-50, -5, 0, 5, 50, math.NaN()}[i])
		}
		if style.SizeBy != "" {
			out.Sizes = append(out.Sizes, []float64{100, 60, 30, 10, 0, math.NaN()}[i])
		}
	}
	return out
}

// everyStyle are the ways that a layer can be styled in, in the order in which they are drawn beside each other.
var everyStyle = []symbology.Style{
	{},
	{Fill: &someBlue, Stroke: &someBlue, Width: 3, Dash: []float64{6, 3}, Shape: symbology.Hexagon, Size: 18},
	{Column: "slag", Categories: threeCategories},
	{Column: "tal", Method: symbology.Quantile, Breaks: []float64{-10, 10}, Ramp: symbology.Lagoon},
	{Column: "tal", Method: symbology.Own, Breaks: []float64{-10, -1, 1, 10}, Ramp: symbology.PurpleLeaf, Reversed: true},
	{SizeBy: "tal", SizeTop: 100, Size: 28, Width: 9},
	{Column: "slag", Categories: threeCategories, SizeBy: "tal", SizeTop: 100, Size: 28, Width: 9, Label: symbology.NoLabel},
}

// TestGoldenKinds draws layers of every kind in every style, side by side, in both themes.
func TestGoldenKinds(t *testing.T) {
	const w, h = 160, 110
	for _, kind := range []symbology.Kind{
		symbology.ClassKind, symbology.WaterKind, symbology.BuiltUpKind, symbology.AreaKind, symbology.LineKind, symbology.PlaceKind, symbology.PointKind,
	} {
		for end, theme := range themes {
			t.Run(fmt.Sprintf("%s-%s", kind, end), func(t *testing.T) {
				img := image.NewRGBA(image.Rect(0, 0, w*len(everyStyle), h))
				for i, style := range everyStyle {
					scene := NewScene(SceneInput{Extra: []VectorLayer{kindLayer(kind, style)}, Printer: i18n.For("sv"), Theme: theme})
					part := shownIn(t, scene, View{Centre: orb.Point{350, 250}, Scale: 5, Width: w, Height: h})
					draw.Draw(img, image.Rect(w*i, 0, w*i+w, h), part, image.Point{}, draw.Src)
				}
				golden.Image(t, fmt.Sprintf("kind-%s-%s", kind, end), img)
			})
		}
	}
}

// TestGoldenRoadsAtNight draws roads at four scales on the dark map.
func TestGoldenRoadsAtNight(t *testing.T) {
	s := testSnapshot()
	s.Cells, s.Facilities, s.Border = nil, nil, nil
	scene := NewScene(SceneInput{Snapshot: s, Theme: symbology.Dark})
	img := image.NewRGBA(image.Rect(0, 0, 480, 200))
	for i, scale := range []float64{2, 8, 25, 60} {
		v := View{Centre: at(3000, 3600), Scale: scale, Width: 120, Height: 200}
		if scale < 20 {
			v.Centre = at(2650, 3450)
		}
		draw.Draw(img, image.Rect(120*i, 0, 120*i+120, 200), shownIn(t, scene, v), image.Point{}, draw.Src)
	}
	golden.Image(t, "roads-dark", img)
}

// TestScreenAndWorldAtEveryZoom goes through all scales in steps of 3 %, at the corners of the country and of the largest screen: no
// position is off by a hundredth of a pixel.
func TestScreenAndWorldAtEveryZoom(t *testing.T) {
	steps := 0
	for scale := MinScale; scale <= MaxScale; scale *= 1.03 {
		steps++
		for _, centre := range []orb.Point{{260000, 6130000}, {917000, 7270000}, {500000, 7680000}, {697456.123, 6390123.987}} {
			for _, unit := range []float64{0.75, 1, 2} {
				v := View{Centre: centre, Scale: scale, Width: 3840, Height: 2160, Unit: unit}
				for _, p := range [][2]float64{{0, 0}, {3840, 0}, {0, 2160}, {3840, 2160}, {1920, 1080}, {-1000, 5000}, {1234.56, 7.89}} {
					x, y := v.ToScreen(v.ToWorld(p[0], p[1]))
					if math.Abs(x-p[0]) > 0.01 || math.Abs(y-p[1]) > 0.01 {
						t.Fatalf("%+v: %v came back as (%v, %v)", v, p, x, y)
					}
				}
			}
		}
	}
	if steps < 380 {
		t.Errorf("only %d scales", steps)
	}
}
