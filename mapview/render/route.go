package render

import (
	"github.com/paulmach/orb"
)

const (
	routeWidth = 4 // reference pixels
	routeHalo  = 8 // under it, so that it is seen on any ground
)

// WithRoutes is the same map with roads that are to be seen: lines in the accent colour with a halo, above all that is
// drawn but the services and the names. The scene itself stays as it is; the two share everything.
func (s *Scene) WithRoutes(lines ...orb.LineString) *Scene {
	out := *s
	out.routes = lines
	return &out
}

// addRoutes draws the roads that are to be seen.
func (s *Scene) addRoutes(p *picture) {
	if len(s.routes) == 0 {
		return
	}
	unit := p.view.unit()
	shaper := newShaper(p.view, routeHalo*unit)
	var path Path
	for _, line := range s.routes {
		shaper.line(&path, line)
	}
	if path.Empty() {
		return
	}
	p.add(groupItem{"routes"})
	p.add(newPathItem(path, Paint{Stroke: s.palette.Halo, Width: routeHalo * unit}))
	p.add(newPathItem(path, Paint{Stroke: s.palette.Accent, Width: routeWidth * unit}))
	p.add(groupItem{})
}
