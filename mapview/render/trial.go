package render

import (
	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/symbology"
)

const (
	closedWidth = 5 // reference pixels
	closedDash  = 7
	closedGap   = 5
)

// Trial is what somebody tries out in a map.
type Trial struct {
	Snapshot   *model.Snapshot   // as it is with what is tried; its squares and roads are those of the map
	Result     *model.Result     // for it
	Comparison *model.Comparison // to colour the squares by, in place of the result; nil for the result
	Closed     []orb.LineString  // roads that are closed
	Routes     []orb.LineString  // roads that are to be seen
}

// WithTrial is the same map with something that is tried out: the places where they would be, the squares in the classes
// that they would have. Focus stays. The scene itself is unchanged, and roads, squares and other layers are prepared but once.
func (s *Scene) WithTrial(t Trial) *Scene {
	out := *s
	out.in.Snapshot, out.in.Result, out.in.Comparison, out.in.Ranking = t.Snapshot, t.Result, t.Comparison, nil
	out.fills, out.breaks, out.changes, out.discs = nil, nil, nil, nil
	out.routes, out.closed = t.Routes, t.Closed
	out.classify()
	out.places = gatherPlaces(&out)
	return &out
}

// addClosed draws the roads that are closed: broken lines in the colour of what is lost.
func (s *Scene) addClosed(p *picture) {
	closed := s.closed
	if s.in.Planned != nil {
		closed = append(closed[:len(closed):len(closed)], s.in.Planned.Closed...)
	}
	if len(closed) == 0 {
		return
	}
	unit := p.view.unit()
	shaper := newShaper(p.view, routeHalo*unit)
	var path Path
	for _, line := range closed {
		shaper.line(&path, line)
	}
	if path.Empty() {
		return
	}
	lost, _ := symbology.Lost(s.in.Theme)
	p.add(groupItem{"closed"})
	p.add(newPathItem(path, Paint{Stroke: s.palette.Halo, Width: (closedWidth + 4) * unit}))
	p.add(newPathItem(path, Paint{Stroke: lost, Width: closedWidth * unit, Dash: []float64{closedDash * unit, closedGap * unit}}))
	p.add(groupItem{})
}
