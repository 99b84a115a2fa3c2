package render

import (
	"math"

	"nabar/model/symbology"
)

// DrawSymbol draws a service type's symbol with its middle at (x, y), about size wide and high, with a halo around it;
// a halo without alpha is left out. Map, legend, tables and buttons all draw it by this.
func DrawSymbol(c Canvas, s symbology.Symbol, x, y, size float64, halo symbology.Colour) {
	var p Path
	shape(&p, s.Shape, x, y, size)
	if !halo.IsZero() {
		c.Path(&p, Paint{Fill: halo, Stroke: halo, Width: size * haloShare})
	}
	c.Path(&p, Paint{Fill: s.Colour})
	mark := halo
	if mark.IsZero() {
		mark = symbology.RGB(0xffffff)
	}
	var inner Path
	switch s.Shape {
	case symbology.Envelope:
		inner.Line(x-0.52*size, y-0.36*size, x, y+0.06*size, x+0.52*size, y-0.36*size)
		c.Path(&inner, Paint{Stroke: mark, Width: size * 0.11})
	case symbology.Ring:
		inner.Circle(x, y, size*0.2)
		c.Path(&inner, Paint{Fill: mark})
	}
}

// haloShare is the width of the stroke that makes a symbol's halo, of its size; half of it lies outside the shape.
const haloShare = 0.3

// shape adds the outline of a symbol. Sizes are set so that all shapes look equally large.
func shape(p *Path, s symbology.Shape, x, y, size float64) {
	r := size / 2
	switch s {
	case symbology.Drop:
		drop(p, x, y, r)
	case symbology.Envelope:
		p.RoundRect(x-1.06*r, y-0.78*r, 2.12*r, 1.56*r, 0.16*r)
	case symbology.Cross:
		cross(p, x, y, 1.02*r, 0.36*r)
	case symbology.Diamond:
		regular(p, x, y, 1.16*r, 4, 0)
	case symbology.Triangle:
		regular(p, x, y+0.18*r, 1.2*r, 3, 0)
	case symbology.Wedge:
		regular(p, x, y-0.18*r, 1.2*r, 3, math.Pi)
	case symbology.Square:
		p.Rect(x-0.88*r, y-0.88*r, 1.76*r, 1.76*r)
	case symbology.Pentagon:
		regular(p, x, y+0.05*r, 1.08*r, 5, 0)
	case symbology.Hexagon:
		regular(p, x, y, 1.06*r, 6, math.Pi/6)
	case symbology.Star:
		star(p, x, y+0.06*r, 1.22*r, 0.52*r)
	default:
		p.Circle(x, y, r)
	}
}

// regular adds a regular polygon with a corner at the top, turned by angle.
func regular(p *Path, x, y, r float64, corners int, angle float64) {
	for i := range corners {
		a := angle + 2*math.Pi*float64(i)/float64(corners)
		point(p, i == 0, x+r*math.Sin(a), y-r*math.Cos(a))
	}
	p.Close()
}

// star adds a five-pointed star.
func star(p *Path, x, y, outer, inner float64) {
	for i := range 10 {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		a := math.Pi * float64(i) / 5
		point(p, i == 0, x+r*math.Sin(a), y-r*math.Cos(a))
	}
	p.Close()
}

func point(p *Path, first bool, x, y float64) {
	if first {
		p.MoveTo(x, y)
		return
	}
	p.LineTo(x, y)
}

// cross adds an upright cross whose arms reach r and are 2*w wide.
func cross(p *Path, x, y, r, w float64) {
	p.Polygon(x-w, y-r, x+w, y-r, x+w, y-w, x+r, y-w, x+r, y+w, x+w, y+w,
		x+w, y+r, x-w, y+r, x-w, y+w, x-r, y+w, x-r, y-w, x-w, y-w)
}

// drop adds a falling drop: a half circle below, and sides that meet in a point above.
func drop(p *Path, x, y, r float64) {
	b, k := 0.84*r, 0.84*r*arc
	cy := y + 0.34*r
	p.MoveTo(x, y-1.24*r)
	p.CurveTo(x+0.26*r, y-0.62*r, x+b, cy-k, x+b, cy)
	p.CurveTo(x+b, cy+k, x+k, cy+b, x, cy+b)
	p.CurveTo(x-k, cy+b, x-b, cy+k, x-b, cy)
	p.CurveTo(x-b, cy-k, x-0.26*r, y-0.62*r, x, y-1.24*r)
	p.Close()
}
