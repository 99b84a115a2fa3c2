package render

import (
	"math"

	"nabar/model/symbology"
)

// Canvas is what pictures are drawn on: a display list of paths and texts. Coordinates are in the canvas's own units
// (pixels, points) with the origin in the upper left corner and Y downwards. Later items cover earlier ones.
//
// A canvas does not keep the *Path it is given: the caller may use it again.
type Canvas interface {
	// Begin opens a group, End closes the last one opened. Groups nest.
	Begin(g Group)
	End()
	// Path fills, strokes, or fills and then strokes a path.
	Path(p *Path, how Paint)
	// Text draws one line of text.
	Text(t Text)
}

// Group names a part of a picture, for readers of the file and for SVG's ids, and may clip it. The clip of an inner group
// works together with that of the outer ones.
type Group struct {
	Name string
	Clip *Path // nil: not clipped. Filled by the same rule as every path
}

// Paint says how a path is drawn. A colour with alpha 0 paints nothing. Areas are filled by the non-zero winding rule.
// Lines have round joins and ends; the dashes of a dashed line have flat ends.
type Paint struct {
	Fill   symbology.Colour
	Stroke symbology.Colour
	Width  float64   // of the stroke, in canvas units
	Dash   []float64 // lengths of dash, gap, dash, gap …; nil for a whole line
}

// Anchor tells which part of a text stands at its X.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is one line of text. The halo is drawn under the letters: an outline that reaches HaloWidth beyond their edge.
type Text struct {
	X, Y      float64 // Y is that of the baseline
	Text      string
	Font      Font
	Anchor    Anchor
	Colour    symbology.Colour
	Halo      symbology.Colour
	HaloWidth float64
}

// Verb is one step of a path.
type Verb uint8

// The verbs. Each takes its coordinates, as X, Y pairs, from Path.XY in turn: one pair for MoveTo and LineTo, three for
// CurveTo (two control points and the end), none for Close.
const (
	MoveTo Verb = iota
	LineTo
	CurveTo
	Close
)

// Path is a sequence of lines and cubic curves, possibly many unconnected ones. The zero Path is empty.
type Path struct {
	Verbs []Verb
	XY    []float64
}

// MoveTo starts a new line at a point.
func (p *Path) MoveTo(x, y float64) {
	p.Verbs = append(p.Verbs, MoveTo)
	p.XY = append(p.XY, x, y)
}

// LineTo draws a straight line from the last point.
func (p *Path) LineTo(x, y float64) {
	p.Verbs = append(p.Verbs, LineTo)
	p.XY = append(p.XY, x, y)
}

// CurveTo draws a cubic Bézier curve from the last point.
func (p *Path) CurveTo(x1, y1, x2, y2, x, y float64) {
	p.Verbs = append(p.Verbs, CurveTo)
	p.XY = append(p.XY, x1, y1, x2, y2, x, y)
}

// Close draws a straight line back to where the current line started.
func (p *Path) Close() { p.Verbs = append(p.Verbs, Close) }

// Reset empties the path and keeps its memory.
func (p *Path) Reset() { p.Verbs, p.XY = p.Verbs[:0], p.XY[:0] }

// Empty tells whether there is nothing to draw.
func (p *Path) Empty() bool { return len(p.Verbs) == 0 }

// Rect adds a rectangle.
func (p *Path) Rect(x, y, w, h float64) {
	p.Polygon(x, y, x+w, y, x+w, y+h, x, y+h)
}

// Polygon adds a closed ring of X, Y pairs.
func (p *Path) Polygon(xy ...float64) {
	p.Line(xy...)
	p.Close()
}

// Line adds an open line through X, Y pairs.
func (p *Path) Line(xy ...float64) {
	for i := 0; i+1 < len(xy); i += 2 {
		if i == 0 {
			p.MoveTo(xy[0], xy[1])
			continue
		}
		p.LineTo(xy[i], xy[i+1])
	}
}

// arc is the distance of the control points that makes a cubic curve follow a quarter circle of radius 1 within 0.03 %.
const arc = 4 * (math.Sqrt2 - 1) / 3

// Circle adds a circle, clockwise on the screen.
func (p *Path) Circle(x, y, r float64) {
	k := r * arc
	p.MoveTo(x+r, y)
	p.CurveTo(x+r, y+k, x+k, y+r, x, y+r)
	p.CurveTo(x-k, y+r, x-r, y+k, x-r, y)
	p.CurveTo(x-r, y-k, x-k, y-r, x, y-r)
	p.CurveTo(x+k, y-r, x+r, y-k, x+r, y)
	p.Close()
}

// RoundRect adds a rectangle with rounded corners of radius r.
func (p *Path) RoundRect(x, y, w, h, r float64) {
	r = math.Min(r, math.Min(w, h)/2)
	k := r * (1 - arc)
	p.MoveTo(x+r, y)
	p.LineTo(x+w-r, y)
	p.CurveTo(x+w-k, y, x+w, y+k, x+w, y+r)
	p.LineTo(x+w, y+h-r)
	p.CurveTo(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	p.LineTo(x+r, y+h)
	p.CurveTo(x+k, y+h, x, y+h-k, x, y+h-r)
	p.LineTo(x, y+r)
	p.CurveTo(x, y+k, x+k, y, x+r, y)
	p.Close()
}

// Bounds gives the box around all points and control points; ok is false for an empty path.
func (p *Path) Bounds() (minX, minY, maxX, maxY float64, ok bool) {
	minX, minY = math.Inf(1), math.Inf(1)
	maxX, maxY = math.Inf(-1), math.Inf(-1)
	for i := 0; i+1 < len(p.XY); i += 2 {
		minX, maxX = math.Min(minX, p.XY[i]), math.Max(maxX, p.XY[i])
		minY, maxY = math.Min(minY, p.XY[i+1]), math.Max(maxY, p.XY[i+1])
	}
	return minX, minY, maxX, maxY, len(p.XY) > 0
}
