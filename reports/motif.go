package reports

import (
	"math"

	"github.com/paulmach/orb"

	"nabar/mapview/render"
	"nabar/model"
)

// motif gives the cover's picture: the kommun's border and its larger roads as quiet lines, set to the right. It is nil
// where there is nothing to draw. A border far out at sea is left out, the roads then give the kommun's shape.
func motif(s *model.Snapshot) func(c render.Canvas, w, h float64) {
	bound, whole := extent(s)
	if bound.IsEmpty() || bound.IsZero() {
		return nil
	}
	return func(c render.Canvas, w, h float64) {
		scale := max((bound.Max[0]-bound.Min[0])/w, (bound.Max[1]-bound.Min[1])/h, 1)
		left := w - (bound.Max[0]-bound.Min[0])/scale
		m := motifPen{c: c, at: func(e, n float64) (x, y float64) {
			return left + (e-bound.Min[0])/scale, (bound.Max[1] - n) / scale
		}}
		if whole {
			m.roads(s.Roads, bound, 6)
			m.border(s.Border)
		} else {
			m.roads(s.Roads, bound, 7)
		}
	}
}

// motifPen draws world lines on the cover.
type motifPen struct {
	c    render.Canvas
	at   func(e, n float64) (x, y float64)
	path render.Path
}

// line adds a line, leaving out the points that lie within half a point of the last.
func (m *motifPen) line(xy []float64) {
	lastX, lastY := math.Inf(1), math.Inf(1)
	for i := 0; i+1 < len(xy); i += 2 {
		x, y := m.at(xy[i], xy[i+1])
		if i > 0 && i+2 < len(xy) && math.Hypot(x-lastX, y-lastY) < 0.5 {
			continue
		}
		if i == 0 {
			m.path.MoveTo(x, y)
		} else {
			m.path.LineTo(x, y)
		}
		lastX, lastY = x, y
	}
}

// draw strokes what has been gathered.
func (m *motifPen) draw(width, opacity float64) {
	m.c.Path(&m.path, render.Paint{Stroke: White.Fade(opacity), Width: width})
	m.path.Reset()
}

// roads draws the roads that touch the picture, down to a class of the register's 0 to 9; roads without a class count as
// larger than all.
func (m *motifPen) roads(set *model.RoadSet, within orb.Bound, largest int8) {
	if set == nil {
		return
	}
	for i := range set.Len() {
		xy := set.Vertices(i)
		if set.Class[i] > largest || len(xy) < 4 || !touches(xy, within) {
			continue
		}
		m.line(xy)
	}
	m.draw(0.5, 0.38)
}

// touches tells whether any vertex of a line lies in a rectangle.
func touches(xy []float64, within orb.Bound) bool {
	for i := 0; i+1 < len(xy); i += 2 {
		if within.Contains(orb.Point{xy[i], xy[i+1]}) {
			return true
		}
	}
	return false
}

// border draws the kommun's border.
func (m *motifPen) border(border orb.MultiPolygon) {
	var xy []float64
	for _, polygon := range border {
		for _, ring := range polygon {
			xy = xy[:0]
			for _, p := range ring {
				xy = append(xy, p[0], p[1])
			}
			m.line(xy)
		}
	}
	m.draw(0.9, 0.62)
}
