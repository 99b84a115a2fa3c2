package render

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/symbology"
)

// compose decides what is drawn in a view, and how: the one place for pixels and vectors alike.
func (s *Scene) compose(v View) *picture {
	p := &picture{view: v}
	s.ground(p)
	s.addBasemaps(p)
	s.areas(p, symbology.GroundKind, anyLayer)
	s.areas(p, symbology.BuiltUpKind, anyLayer)
	s.areas(p, symbology.WaterKind, anyLayer)
	if s.roleShown(model.RolePopulation, v) {
		s.addSquares(p)
		s.addPeopleCircles(p)
	}
	s.classLayers(p)
	s.areas(p, symbology.AreaKind, filledLayer)
	p.add(groupItem{"roads"})
	if s.roleShown(model.RoleRoads, v) {
		for _, r := range s.roadItems(v) {
			p.add(r)
		}
	}
	p.add(groupItem{})
	s.areas(p, symbology.AreaKind, plainLayer)
	s.areas(p, symbology.LineKind, anyLayer)
	s.addZones(p)
	s.border(p)
	s.points(p)
	s.addPlannedRoads(p)
	s.addClosed(p)
	s.addSelected(p)
	s.addRoutes(p)
	s.foreground(p)
	s.addPins(p)
	return p
}

// roleShown tells whether any layer of a role is shown at the view's scale; a role that is not listed is.
func (s *Scene) roleShown(role model.Role, v View) bool {
	listed := false
	for _, l := range s.in.Layers {
		if l.Role != role || !l.Visible {
			continue
		}
		style, err := symbology.ParseStyle(l.Style)
		if err != nil || style.ShownAt(v.Denominator()) {
			return true
		}
		listed = true
	}
	return !listed
}

// ground lays the land: within the border in one colour, beyond it in another.
func (s *Scene) ground(p *picture) {
	v, border := p.view, s.in.Snapshot.Border
	if s.hasLand() { // and so sea
		p.add(backgroundItem{s.palette.Water, v.Width, v.Height})
		s.areas(p, symbology.LandKind, anyLayer)
		return
	}
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
	g := &groundItem{items: []item{backgroundItem{s.palette.Outside, v.Width, v.Height}}}
	if !land.Empty() {
		g.items = append(g.items, newPathItem(land, Paint{Fill: s.palette.Land}))
	}
	p.add(g)
}

// covered tells whether a path is nothing but the rectangle of the frame: the view lies within the polygon.
func (s *shaper) covered(p *Path) bool {
	return len(p.XY) == 8 && math.Abs(signedArea(p.XY)/2-(s.frame.x1-s.frame.x0)*(s.frame.y1-s.frame.y0)) < 1e-6
}

// areas draws the extra layers of one kind that have a fill or an outline.
func (s *Scene) areas(p *picture, kind symbology.Kind, which func(*shownLayer) bool) {
	for i := range s.layers {
		if l := &s.layers[i]; l.kind == kind && which(l) && l.style.ShownAt(p.view.Denominator()) {
			l.add(p, string(kind))
		}
	}
}

// anyLayer, filledLayer and plainLayer choose among the layers of a kind: areas in classes lie under the roads, outlines above.
func anyLayer(*shownLayer) bool      { return true }
func filledLayer(l *shownLayer) bool { return l.style.Classed() }
func plainLayer(l *shownLayer) bool  { return !l.style.Classed() }

// widthSteps is how many widths the lines of a layer have whose width is by a number.
const widthSteps = 8

// add draws the fills and lines of a layer.
func (l *shownLayer) add(p *picture, group string) {
	unit := p.view.unit()
	shaper := newShaper(p.view, (l.style.Width+2)*unit)
	fills := make([]Path, len(l.colours))
	lines := make([]Path, len(l.colours)*(widthSteps+1))
	for k, g := range l.Geometries {
		class, line := l.class(k), 0
		if l.kind == symbology.LineKind {
			line = class*(widthSteps+1) + l.widthStep(k)
		}
		shaper.geometry(&fills[class], &lines[line], g)
	}
	p.add(groupItem{group})
	for class := len(fills) - 1; class >= 0; class-- {
		if c := l.colours[class].Fade(l.opacity); !fills[class].Empty() && !c.IsZero() {
			p.add(newPathItem(fills[class], Paint{Fill: c}))
		}
	}
	for i := len(lines) - 1; i >= 0; i-- {
		c, width := *l.style.Stroke, l.style.Width
		if l.kind == symbology.LineKind {
			c, width = l.colours[i/(widthSteps+1)], l.stepWidth(i%(widthSteps+1))
		}
		if c = c.Fade(l.opacity); !lines[i].Empty() && !c.IsZero() && width > 0 {
			p.add(newPathItem(lines[i], Paint{Stroke: c, Width: width * unit, Dash: scaled(l.style.Dash, unit)}))
		}
	}
	p.add(groupItem{})
}

// widthStep is which of the widths a line has, the last one where width is not by a number.
func (l *shownLayer) widthStep(k int) int {
	if k >= len(l.Sizes) {
		return widthSteps
	}
	return int(math.Ceil(l.style.Share(l.Sizes[k], false) * widthSteps))
}

// hairline is the least width of a line that is seen, in reference pixels.
const hairline = 0.4

// stepWidth is the width of a step; step 0 is for what has no number.
func (l *shownLayer) stepWidth(step int) float64 {
	return max(hairline, l.style.Width*float64(step)/widthSteps)
}

// class is the index of a geometry's colour; the last one where it is in no class.
func (l *shownLayer) class(geometry int) int {
	last := len(l.colours) - 1
	switch {
	case geometry < len(l.Classes):
		if c := l.Classes[geometry]; c >= 0 {
			return min(c, last)
		}
	case geometry < len(l.Values) && !math.IsNaN(l.Values[geometry]):
		return min(symbology.Classify(l.style.Breaks, l.Values[geometry]), last)
	}
	return last
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
	for i := range s.layers {
		if l := &s.layers[i]; l.kind == symbology.PointKind && l.style.ShownAt(p.view.Denominator()) {
			l.addPoints(p)
		}
	}
}

// leastSymbol is the size across of the smallest symbol that is seen, in reference pixels.
const leastSymbol = 3

// addPoints draws the symbols of a layer, the larger ones first where their size is by a number.
func (l *shownLayer) addPoints(p *picture) {
	unit := p.view.unit()
	cache := sprites{}
	frame := p.view.frame().grow(l.style.Size * unit)
	for _, k := range l.bySize() {
		class, size := l.class(k), l.style.Size
		look := symbology.Symbol{Shape: l.style.Shape, Colour: l.colours[class].Fade(l.opacity)}
		if class < len(l.style.Categories) && l.style.Categories[class].Shape != "" {
			look.Shape = l.style.Categories[class].Shape
		}
		if k < len(l.Sizes) { // in half pixels, so that sprites are shared
			size = max(leastSymbol, math.Round(2*size*l.style.Share(l.Sizes[k], true))/2)
		}
		for _, at := range pointsOf(l.Geometries[k]) {
			x, y := p.view.ToScreen(at)
			if !frame.overlaps(box{x, y, x, y}.grow(1e-6)) {
				continue
			}
			d := drawnSymbol{x: x, y: y, size: size * unit, opacity: 1, look: look}
			p.add(&symbolItem{d, *l.style.Stroke, cache.get(look, d.size, *l.style.Stroke)})
		}
	}
}

// bySize is the order in which geometries are drawn: as they come, or the greatest first.
func (l *shownLayer) bySize() []int {
	order := make([]int, len(l.Geometries))
	for i := range order {
		order[i] = i
	}
	if len(l.Sizes) == len(order) {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(orZero(l.Sizes[b]), orZero(l.Sizes[a])) })
	}
	return order
}

// orZero is a number, 0 for none.
func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
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
	s.addShut(p)
	p.add(groupItem{"services"})
	s.addMarks(p, symbols)
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
