package ui

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/mapview"
	"nabar/model/shape"
)

const (
	snapReach  = 10     // units from the pointer to what it is drawn to
	snapAround = 150    // units about the pointer that shapes are read in
	snapMost   = 20_000 // vertices; where there are more none is drawn to, as too many lie under the pointer
)

// magnet draws the pointer to the vertices and lines of the visible layers. The shapes about the pointer are read in the background as it
// moves, so that drawing to them takes no time.
type magnet struct {
	w      *Window
	frame  orb.Bound // that the shapes are of
	shapes []orb.Geometry
	turn   int
	asked  orb.Bound // that is being read; zero for none
}

// forget has the shapes read anew: the layers are others.
func (m *magnet) forget() {
	m.turn++
	m.frame, m.asked, m.shapes = orb.Bound{}, orb.Bound{}, nil
}

// unit is how many metres a unit of the screen is.
func (m *magnet) unit() float64 {
	v := m.w.view.View()
	return v.Scale * v.Unit
}

// look reads the shapes about a place, where they are not read yet.
func (m *magnet) look(at orb.Point) {
	near := at.Bound().Pad(snapReach * m.unit())
	if covers(m.frame, near) || covers(m.asked, near) {
		return
	}
	m.turn++
	turn := m.turn
	m.asked = at.Bound().Pad(snapAround * m.unit())
	frame, s := m.asked, m.w.session
	go func() {
		shapes, more, err := s.ShapesNear(context.Background(), frame, snapMost)
		m.w.dispatch(func() {
			if turn != m.turn {
				return
			}
			m.asked, m.frame, m.shapes = orb.Bound{}, frame, shapes
			if err != nil || more {
				m.shapes = nil
			}
		})
	}()
}

// covers tells whether a frame holds another.
func covers(frame, inner orb.Bound) bool {
	return frame.Contains(inner.Min) && frame.Contains(inner.Max)
}

// snap is what a place is drawn to: the vertices and lines within reach, but for those of a shape itself.
func (m *magnet) snap(at orb.Point, but orb.Geometry) (mapview.Snap, bool) {
	m.look(at)
	shapes := m.shapes
	if but != nil {
		shapes = nil
		for _, g := range m.shapes {
			if !orb.Equal(g, but) {
				shapes = append(shapes, g)
			}
		}
	}
	hit, ok := shape.Snap(shapes, at, snapReach*m.unit())
	return mapview.Snap{At: hit.At, Vertex: hit.OnVertex}, ok
}
