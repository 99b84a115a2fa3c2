package render

import (
	"context"
	"image"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/symbology"
)

// TestClassLayer draws two squares of a layer: one in its first class, one without a number.
func TestClassLayer(t *testing.T) {
	style := symbology.Style{Kind: symbology.ClassKind, Column: "value", Breaks: []float64{1, 2}, Labels: []string{"högst 1", "över 1 till 2", "över 2", "inget"}}
	layer := VectorLayer{
		Layer:  model.Layer{Name: "Tillgång", Visible: true, Opacity: 1, Style: style.JSON(), Geometry: model.PolygonType},
		Values: []float64{0.5, math.NaN()},
	}
	for i := range 2 {
		layer.Geometries = append(layer.Geometries, orb.Bound{Min: orb.Point{float64(i) * 1000, 0}, Max: orb.Point{float64(i+1) * 1000, 1000}}.ToPolygon())
	}
	s := NewScene(SceneInput{Extra: []VectorLayer{layer}})
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	if err := s.Draw(context.Background(), img, Fit(orb.Bound{Max: orb.Point{2000, 1000}}, 200, 100, 0)); err != nil {
		t.Fatal(err)
	}
	first, none := symbology.Ramp(3, symbology.Light)[0], symbology.UnreachableFill(symbology.Light)
	for x, want := range map[int]symbology.Colour{50: first, 150: none} {
		if got := img.RGBAAt(x, 50); got.R != want.R || got.G != want.G || got.B != want.B {
			t.Errorf("at %d: %v, want %v", x, got, want)
		}
	}
	items := s.Legend().Items
	if n := len(items); n < 5 || items[n-5].Label != "Tillgång" || items[n-1].Label != "inget" || items[n-4].Fill != first {
		t.Errorf("legend %+v", items)
	}
}
