package render

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// squaresItem are the squares in their classes. Their edges lie on whole pixels, computed from the same world
// coordinate for both neighbours, so that there is neither seam nor overlap.
type squaresItem struct {
	view    View
	colours []symbology.Colour // of the classes
	squares []square
	inset   float64 // output units left open at the right and lower edge, so that single squares are seen
}

// square is one square on the screen with its class.
type square struct {
	box
	class int
}

// insetFrom is the side of a square, in reference pixels, from which a hair of ground is left open between squares.
const insetFrom = 14

// dimmed is how strongly squares are drawn that lie outside the focus.
const dimmed = 0.22

// squares collects the visible squares. The colours of those in focus come first, then those of the others.
func (s *Scene) squares(v View) *squaresItem {
	item := &squaresItem{view: v}
	for _, strength := range []float64{1, dimmed} {
		for _, f := range s.fills {
			item.colours = append(item.colours, f.fill.Fade(s.look.cells*strength))
		}
	}
	item.collect(s.cells.boxes, func(i int) int {
		class := int(s.classes[i])
		switch of := s.focus.of(s.cells.index[i]); {
		case of == Nobody:
			return noClass
		case of == Outside && class != noClass:
			return class + len(s.fills)
		}
		return class
	})
	return item
}

// collect adds the visible ones of the squares that have a class; class gives the index of its colour.
func (s *squaresItem) collect(boxes []orb.Bound, class func(i int) int) {
	v := s.view
	seen := v.Bound()
	beyond := func(b *orb.Bound) bool {
		return b.Max[0] < seen.Min[0] || b.Min[0] > seen.Max[0] || b.Max[1] < seen.Min[1] || b.Min[1] > seen.Max[1]
	}
	visible := 0
	for i := range boxes {
		if !beyond(&boxes[i]) {
			visible++
		}
	}
	s.squares = slices.Grow(s.squares, visible)
	for i := range boxes {
		b := &boxes[i]
		if beyond(b) {
			continue
		}
		c := class(i)
		if c == noClass {
			continue
		}
		x0, y0 := v.ToScreen([2]float64{b.Min[0], b.Max[1]})
		x1, y1 := v.ToScreen([2]float64{b.Max[0], b.Min[1]})
		if x1-x0 >= insetFrom*v.unit() {
			s.inset = math.Max(1, math.Round(v.unit()))
		}
		s.squares = append(s.squares, square{box{x0, y0, x1, y1}, c})
	}
}

// classLayers draws the extra layers whose squares are coloured by a column. A square that has no number there is drawn as
// one that nothing is reached from.
func (s *Scene) classLayers(p *picture) {
	for i := range s.layers {
		l := &s.layers[i]
		if l.kind != symbology.ClassKind || !l.style.ShownAt(p.view.Denominator()) {
			continue
		}
		item := &squaresItem{view: p.view}
		for _, c := range l.colours {
			item.colours = append(item.colours, c.Fade(l.opacity))
		}
		boxes := make([]orb.Bound, len(l.Geometries))
		for k, g := range l.Geometries {
			boxes[k] = g.Bound()
		}
		item.collect(boxes, l.class)
		p.add(groupItem{string(symbology.ClassKind)})
		p.add(item)
		p.add(groupItem{})
	}
}

// round is the nearest whole number, halves up, the same on both sides of zero.
func round(v float64) int { return int(math.Floor(v + 0.5)) }

func (s *squaresItem) raster(r *Raster) {
	gap := int(s.inset)
	for _, q := range s.squares {
		y0 := round(q.y0)
		y1 := max(round(q.y1)-gap, y0+1)
		y0, y1 = max(y0, r.mask.top), min(y1, r.mask.top+r.mask.h)
		if y0 >= y1 {
			continue // as most squares of a country are in most bands
		}
		x0 := round(q.x0)
		x1 := max(round(q.x1)-gap, x0+1)
		x0, x1 = max(x0, 0), min(x1, r.mask.w)
		if x0 >= x1 {
			continue
		}
		for y := y0; y < y1; y++ {
			fillRow(r.row(y), x0, x1, s.colours[q.class])
		}
	}
}

// vector draws a path for each class. Neighbours of one class in a row become one rectangle, where no gap parts them.
// On paper the edges lie where they belong, not on whole units.
func (s *squaresItem) vector(c Canvas) {
	paths := make([]Path, len(s.colours))
	frame := s.view.frame().grow(1)
	for i := 0; i < len(s.squares); i++ {
		q := s.squares[i]
		for s.inset == 0 && i+1 < len(s.squares) && s.squares[i+1].follows(q) {
			i++
			q.x1 = s.squares[i].x1
		}
		b := box{q.x0, q.y0, q.x1 - s.inset, q.y1 - s.inset}.cut(frame)
		paths[q.class].Rect(b.x0, b.y0, b.x1-b.x0, b.y1-b.y0)
	}
	for i := range paths {
		if !paths[i].Empty() {
			c.Path(&paths[i], Paint{Fill: s.colours[i]})
		}
	}
}

// follows tells whether q stands directly to the right of p, in the same class.
func (q square) follows(p square) bool {
	const same = 1e-6
	return q.class == p.class && math.Abs(q.x0-p.x1) < same && math.Abs(q.y0-p.y0) < same && math.Abs(q.y1-p.y1) < same
}

// hatch adds slanting lines, period apart across, to the part of a path that lies in a rectangle. The lines of all
// rectangles of a picture lie on the same grid, which starts at phase.
func hatch(p *Path, b box, period, phase float64) {
	first := math.Ceil((b.x0 + b.y0 - phase) / period)
	for k := first; ; k++ {
		sum := k*period + phase // the line x + y = sum
		if sum >= b.x1+b.y1 {
			return
		}
		x0, y0, x1, y1, ok := b.segment(sum-b.y0, b.y0, sum-b.y1, b.y1)
		if ok {
			p.MoveTo(x0, y0)
			p.LineTo(x1, y1)
		}
	}
}

// hatchPeriod is the distance of the lines on hatched squares along an edge, in reference pixels.
const hatchPeriod = 6.0

// hatching is the hatching of all visible squares of a class, fixed to the ground.
func (s *Scene) hatching(v View, squares *squaresItem, class int) (p Path) {
	period := hatchPeriod * v.unit()
	x, y := v.ToScreen([2]float64{0, 0})
	phase := math.Mod(x+y, period)
	for _, q := range squares.squares {
		b := box{q.x0, q.y0, q.x1 - squares.inset, q.y1 - squares.inset}.grow(-0.5 * v.unit()).cut(v.frame())
		if q.class == class && b.x0 < b.x1 {
			hatch(&p, b, period, phase)
		}
	}
	return p
}
