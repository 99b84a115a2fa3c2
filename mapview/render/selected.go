package render

import (
	"github.com/paulmach/orb"
)

const (
	selectedWidth  = 2.5 // reference pixels
	selectedHalo   = 5   // under it, so that it is seen on any ground
	selectedRadius = 8   // of the ring about a point
	selectedFade   = 0.3 // opacity of the fill
	spotSize       = 3   // what is smaller is drawn as a spot
)

// WithSelected is the same map with shapes that are selected: in the accent colour, above all that is drawn but the services and the
// names. The scene itself stays as it is; the two share everything.
func (s *Scene) WithSelected(shapes []orb.Geometry) *Scene {
	out := *s
	out.selected = shapes
	return &out
}

// addSelected draws what is selected.
func (s *Scene) addSelected(p *picture) {
	if len(s.selected) == 0 {
		return
	}
	unit := p.view.unit()
	bound := p.view.Bound().Pad(selectedRadius * 2 * p.view.reference())
	shaper := newShaper(p.view, selectedHalo*unit)
	var fill, line Path
	seen := map[[2]int]bool{} // spots that are marked: what would lie on each other is drawn once
	spot := func(at orb.Point) (x, y float64, fresh bool) {
		x, y = p.view.ToScreen(at)
		key := [2]int{int(x / (spotSize * unit)), int(y / (spotSize * unit))}
		fresh, seen[key] = !seen[key], true
		return x, y, fresh
	}
	for _, g := range s.selected {
		if g == nil || !g.Bound().Intersects(bound) {
			continue
		}
		if points, ok := asPoints(g); ok {
			for _, at := range points {
				if x, y, fresh := spot(at); fresh {
					line.Circle(x, y, selectedRadius*unit)
				}
			}
			continue
		}
		if b := g.Bound(); max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) < spotSize*p.view.reference() {
			if x, y, fresh := spot(b.Center()); fresh {
				fill.Rect(x-spotSize*unit/2, y-spotSize*unit/2, spotSize*unit, spotSize*unit)
			}
			continue
		}
		shaper.geometry(&fill, &line, g)
	}
	if fill.Empty() && line.Empty() {
		return
	}
	p.add(groupItem{"selected"})
	if !fill.Empty() {
		p.add(newPathItem(fill, Paint{Fill: s.palette.Accent.Fade(selectedFade)}))
	}
	if !line.Empty() {
		p.add(newPathItem(line, Paint{Stroke: s.palette.Halo, Width: selectedHalo * unit}))
		p.add(newPathItem(line, Paint{Stroke: s.palette.Accent, Width: selectedWidth * unit}))
	}
	p.add(groupItem{})
}

// asPoints are the positions of points.
func asPoints(g orb.Geometry) ([]orb.Point, bool) {
	switch g := g.(type) {
	case orb.Point:
		return []orb.Point{g}, true
	case orb.MultiPoint:
		return g, true
	}
	return nil, false
}
