package render

import (
	"math"

	"github.com/paulmach/orb"

	"nabar/model/crs"
)

// View is the part of the world that a picture shows: Width x Height output units around Centre.
type View struct {
	Centre orb.Point // SWEREF 99 TM
	Scale  float64   // metres on the grid for each output unit
	Width  int       // output units: pixels on a screen, points on paper
	Height int
	// Unit is how many output units one reference pixel (1/96 inch) is; it sets how large symbols, lines and letters
	// are drawn. 1 for a plain screen, 2 for a fine one, 0.75 for paper measured in points. 0 means 1.
	Unit float64
}

// The nearest and farthest scale that Zoom goes to, in metres for each output unit.
const (
	MinScale = 0.05
	MaxScale = 5000
)

// unit is Unit with its zero value resolved.
func (v View) unit() float64 {
	if v.Unit <= 0 {
		return 1
	}
	return v.Unit
}

// reference is the scale in metres for each reference pixel: what the choice of widths and details goes by.
func (v View) reference() float64 { return v.Scale * v.unit() }

// ToScreen gives the output position of a world position.
func (v View) ToScreen(p orb.Point) (x, y float64) {
	return (p[0]-v.Centre[0])/v.Scale + float64(v.Width)/2, (v.Centre[1]-p[1])/v.Scale + float64(v.Height)/2
}

// ToWorld gives the world position of an output position.
func (v View) ToWorld(x, y float64) orb.Point {
	return orb.Point{v.Centre[0] + (x-float64(v.Width)/2)*v.Scale, v.Centre[1] - (y-float64(v.Height)/2)*v.Scale}
}

// Bound gives the world rectangle that the view shows.
func (v View) Bound() orb.Bound {
	low := v.ToWorld(0, float64(v.Height))
	high := v.ToWorld(float64(v.Width), 0)
	return orb.Bound{Min: low, Max: high}
}

// Zoom gives the view enlarged by factor (2 shows half as much), with the world position under (aboutX, aboutY) kept
// where it is. It stops at MinScale and MaxScale.
func (v View) Zoom(factor, aboutX, aboutY float64) View {
	if factor <= 0 || math.IsNaN(factor) {
		return v
	}
	about := v.ToWorld(aboutX, aboutY)
	scale := math.Min(math.Max(v.Scale/factor, MinScale), MaxScale)
	ratio := scale / v.Scale
	v.Centre = orb.Point{about[0] + (v.Centre[0]-about[0])*ratio, about[1] + (v.Centre[1]-about[1])*ratio}
	v.Scale = scale
	return v
}

// Pan gives the view after its content has been moved by (dx, dy) output units.
func (v View) Pan(dx, dy float64) View {
	v.Centre[0] -= dx * v.Scale
	v.Centre[1] += dy * v.Scale
	return v
}

// Fit gives the view of width x height that shows all of a world rectangle, with a margin in output units on all sides.
// An empty rectangle is shown with 1 km around it; margins that leave nothing are ignored.
func Fit(b orb.Bound, width, height, margin int) View {
	inner := func(size int) float64 {
		if size > 2*margin {
			return float64(size - 2*margin)
		}
		return math.Max(float64(size), 1)
	}
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	if w <= 0 && h <= 0 {
		w, h = 2000, 2000
	}
	scale := math.Max(w/inner(width), h/inner(height))
	return View{
		Centre: orb.Point{(b.Min[0] + b.Max[0]) / 2, (b.Min[1] + b.Max[1]) / 2},
		Scale:  math.Min(math.Max(scale, MinScale), MaxScale),
		Width:  width, Height: height,
	}
}

// referencePixel is 1/96 inch in metres.
const referencePixel = 0.0254 / 96

// Denominator gives the map's scale at the centre as the D of 1:D, true to the ground, on a screen of 96 pixels an
// inch or on paper.
func (v View) Denominator() float64 {
	return v.reference() / crs.GridFactor(v.Centre) / referencePixel
}

// AtDenominator gives the view at scale 1:d around the same centre.
func (v View) AtDenominator(d float64) View {
	v.Scale *= d / v.Denominator()
	return v
}
