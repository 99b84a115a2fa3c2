package mapview

import (
	"time"

	"github.com/paulmach/orb"
)

const (
	pause      = 700 * time.Millisecond // without a movement: the next one begins at a view of its own
	longestWay = 100                    // views that can be gone back through
)

// spot is a view that the map has shown.
type spot struct {
	centre orb.Point
	scale  float64
}

// trail is where the map has been. Movements that follow each other without a pause lead from one view to the next.
type trail struct {
	back, forward []spot
	last          time.Time
}

// remember notes the present view before the user leaves it.
func (m *Map) remember() {
	now := m.now()
	t := &m.trail
	if m.Size().Width > 0 && now.Sub(t.last) > pause {
		t.back = append(t.back, spot{m.centre, m.scale})
		t.back = t.back[max(len(t.back)-longestWay, 0):]
		t.forward = nil
	}
	t.last = now
}

// Back shows the view before this one, as far as there is one.
func (m *Map) Back() { m.step(&m.trail.back, &m.trail.forward) }

// Forward shows the view that Back left.
func (m *Map) Forward() { m.step(&m.trail.forward, &m.trail.back) }

// step shows the last view of from and puts the present one on to.
func (m *Map) step(from, to *[]spot) {
	n := len(*from)
	if n == 0 {
		return
	}
	next := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, spot{m.centre, m.scale})
	m.trail.last = time.Time{}
	m.moved = true
	m.put(next.centre, next.scale)
}

// ShowBound shows an area exactly, without room about it: a view that was kept.
func (m *Map) ShowBound(b orb.Bound) {
	size := m.Size()
	if size.Width < 1 || size.Height < 1 {
		return
	}
	m.goTo(b.Center(), max((b.Max[0]-b.Min[0])/float64(size.Width), (b.Max[1]-b.Min[1])/float64(size.Height)))
}
