package render

import (
	"math"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// compose decides what is drawn in a view, and how: the one place for pixels and vectors alike.
func (s *Scene) compose(v View) *picture {
	p := &picture{view: v}
	s.ground(p)
	s.areas(p, symbology.BuiltUpKind)
	s.areas(p, symbology.WaterKind)
	s.addSquares(p)
	s.classLayers(p)
	p.add(groupItem{"roads"})
	for _, r := range s.roadItems(v) {
		p.add(r)
	}
	p.add(groupItem{})
	s.areas(p, symbology.AreaKind)
	s.areas(p, symbology.LineKind)
	s.border(p)
	s.points(p)
	s.addClosed(p)
	s.addRoutes(p)
	s.foreground(p)
	return p
}

// ground lays the land: within the border in one colour, beyond it in another.
func (s *Scene) ground(p *picture) {
	v, border := p.view, s.in.Snapshot.Border
	if len(border) == 0 {
		p.add(backgroundItem{s.palette.Land, v.Width, v.Height})
		return
	}
	shaper := newShaper(v, 4*v.unit())
	var land Path
	for _, polygon := range border {
		shaper.area(&land, polygon)
	}
	if shaper.covered(&land) {
		p.add(backgroundItem{s.palette.Land, v.Width, v.Height})
		return
	}
	p.add(backgroundItem{s.palette.Outside, v.Width, v.Height})
	if !land.Empty() {
		p.add(newPathItem(land, Paint{Fill: s.palette.Land}))
	}
}

// covered tells whether a path is nothing but the rectangle of the frame: the view lies within the polygon.
func (s *shaper) covered(p *Path) bool {
	return len(p.XY) == 8 && math.Abs(signedArea(p.XY)/2-(s.frame.x1-s.frame.x0)*(s.frame.y1-s.frame.y0)) < 1e-6
}

// areas draws the extra layers of one kind that have a fill or an outline.
func (s *Scene) areas(p *picture, kind symbology.Kind) {
	unit := p.view.unit()
	for i := range s.layers {
		l := &s.layers[i]
		if l.kind != kind {
			continue
		}
		shaper := newShaper(p.view, (l.style.Width+2)*unit)
		var line Path
		fills := make([]Path, len(l.style.Fills)+1)
		for k, g := range l.Geometries {
			shaper.geometry(&fills[l.class(k)], &line, g)
		}
		p.add(groupItem{string(kind)})
		for class := len(fills) - 1; class >= 0; class-- {
			if c := l.fill(class).Fade(l.opacity); !fills[class].Empty() && !c.IsZero() {
				p.add(newPathItem(fills[class], Paint{Fill: c}))
			}
		}
		if c := l.style.Stroke.Fade(l.opacity); !line.Empty() && !c.IsZero() && l.style.Width > 0 {
			p.add(newPathItem(line, Paint{Stroke: c, Width: l.style.Width * unit, Dash: scaled(l.style.Dash, unit)}))
		}
		p.add(groupItem{})
	}
}

// class is the index of a geometry's fill among the style's, or their number where it has the plain one.
func (l *shownLayer) class(geometry int) int {
	if geometry < len(l.Values) && !math.IsNaN(l.Values[geometry]) {
		return min(symbology.Classify(l.style.Breaks, l.Values[geometry]), len(l.style.Fills))
	}
	return len(l.style.Fills)
}

// fill is the colour of a class.
func (l *shownLayer) fill(class int) symbology.Colour {
	if class < len(l.style.Fills) {
		return l.style.Fills[class]
	}
	return *l.style.Fill
}

// geometry appends the fill and the lines of any geometry; points have neither.
func (s *shaper) geometry(fill, line *Path, g orb.Geometry) {
	switch g := g.(type) {
	case orb.LineString:
		s.line(line, g)
	case orb.MultiLineString:
		for _, l := range g {
			s.line(line, l)
		}
	case orb.Ring:
		s.geometry(fill, line, orb.Polygon{g})
	case orb.Polygon:
		s.area(fill, g)
		s.outline(line, g)
	case orb.MultiPolygon:
		for _, polygon := range g {
			s.geometry(fill, line, polygon)
		}
	case orb.Bound:
		s.geometry(fill, line, g.ToPolygon())
	case orb.Collection:
		for _, part := range g {
			s.geometry(fill, line, part)
		}
	}
}

// addSquares draws the squares and the hatching of those classes that have one.
func (s *Scene) addSquares(p *picture) {
	if s.look.cells == 0 {
		return
	}
	squares := s.squares(p.view)
	if len(squares.squares) == 0 {
		return
	}
	p.add(groupItem{"squares"})
	p.add(squares)
	for class, f := range s.fills {
		if f.hatch.IsZero() {
			continue
		}
		if lines := s.hatching(p.view, squares, class); !lines.Empty() {
			p.add(newPathItem(lines, Paint{Stroke: f.hatch.Fade(s.look.cells), Width: p.view.unit()}))
		}
	}
	p.add(groupItem{})
}

// borderDash is the pattern of the border in reference pixels.
var borderDash = []float64{9, 3, 2, 3}

// border draws the kommun's border: a soft band with a dash-dotted line on it, as on a printed map.
func (s *Scene) border(p *picture) {
	if len(s.in.Snapshot.Border) == 0 || s.look.border == 0 {
		return
	}
	unit := p.view.unit()
	shaper := newShaper(p.view, 8*unit)
	var line Path
	for _, polygon := range s.in.Snapshot.Border {
		shaper.outline(&line, polygon)
	}
	if line.Empty() {
		return
	}
	colour := s.palette.Border.Fade(s.look.border)
	p.add(groupItem{"border"})
	p.add(newPathItem(line, Paint{Stroke: colour.Fade(0.16), Width: 5 * unit}))
	p.add(newPathItem(line, Paint{Stroke: colour, Width: 1.3 * unit, Dash: scaled(borderDash, unit)}))
	p.add(groupItem{})
}

// points draws the extra layers of points.
func (s *Scene) points(p *picture) {
	unit := p.view.unit()
	for i := range s.layers {
		l := &s.layers[i]
		if l.kind != symbology.PointKind {
			continue
		}
		look := symbology.Symbol{Shape: l.style.Shape, Colour: l.style.Fill.Fade(l.opacity)}
		cache := sprites{}
		frame := p.view.frame().grow(l.style.Size * unit)
		for _, g := range l.Geometries {
			for _, at := range pointsOf(g) {
				x, y := p.view.ToScreen(at)
				if !frame.overlaps(box{x, y, x, y}.grow(1e-6)) {
					continue
				}
				d := drawnSymbol{x: x, y: y, size: l.style.Size * unit, opacity: 1, look: look}
				p.add(&symbolItem{d, *l.style.Stroke, cache.get(look, d.size, *l.style.Stroke)})
			}
		}
	}
}

// pointsOf gives the points of a point geometry.
func pointsOf(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return []orb.Point{g}
	case orb.MultiPoint:
		return g
	}
	return nil
}

// foreground draws the services and all names.
func (s *Scene) foreground(p *picture) {
	symbols := s.fan(p.view)
	cache := sprites{}
	halo := s.palette.Halo
	s.addDiscs(p)
	p.add(groupItem{"services"})
	for _, d := range symbols {
		faded := d.look
		faded.Colour = faded.Colour.Fade(d.opacity)
		p.add(&symbolItem{d, halo, cache.get(faded, d.size, halo)})
	}
	p.add(groupItem{})
	p.add(groupItem{"names"})
	for _, t := range s.labels(p.view, symbols) {
		p.add(textItem{t})
	}
	p.add(groupItem{})
}
