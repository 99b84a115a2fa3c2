package mapview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/paulmach/orb"
)

const (
	sketchWidth = 3
	sketchDot   = 9 // units across
)

// Shape is what a sketch on the map makes.
type Shape int

// The shapes: a single point, a line, and an area whose first and last corners are joined.
const (
	PointShape Shape = iota
	LineShape
	AreaShape
)

// fewest is how many points a shape needs.
func (s Shape) fewest() int { return [...]int{1, 2, 3}[s] }

// sketch is what is being drawn by clicks. The zero value is none.
type sketch struct {
	on     bool
	shape  Shape
	points []orb.Point
	at     *orb.Point // the pointer, where the rubber band ends
	done   func([]orb.Point)
	lines  *fyne.Container
}

// Sketch lets clicks set the points of a shape, with a rubber band from the last to the pointer. A point ends it; a line or an
// area ends at a double click or Return. Backspace takes the last point back. done gets the points in SWEREF 99 TM, nil where
// Escape was pressed. A sketch that was under way ends with nil.
func (m *Map) Sketch(shape Shape, done func([]orb.Point)) {
	m.endSketch(nil)
	m.sketch.on, m.sketch.shape, m.sketch.points, m.sketch.at, m.sketch.done = true, shape, nil, nil, done
	m.placeSketch()
}

// Sketching tells whether something is being drawn.
func (m *Map) Sketching() bool { return m.sketch.on }

// endSketch ends the sketch and hands its points on.
func (m *Map) endSketch(points []orb.Point) {
	if !m.sketch.on {
		return
	}
	done := m.sketch.done
	m.sketch.on, m.sketch.points, m.sketch.at, m.sketch.done = false, nil, nil, nil
	m.placeSketch()
	done(points)
}

// finishSketch ends the sketch where it has points enough.
func (m *Map) finishSketch() {
	if len(m.sketch.points) >= m.sketch.shape.fewest() {
		m.endSketch(m.sketch.points)
	}
}

// sketchTap sets a point, or ends the shape where the click is the second of two. It tells whether something is drawn.
func (m *Map) sketchTap(pos fyne.Position, second bool) bool {
	s := &m.sketch
	if !s.on {
		return false
	}
	if second && s.shape != PointShape {
		m.finishSketch()
		return true
	}
	s.points = append(s.points, m.world(pos))
	if s.shape == PointShape {
		m.finishSketch()
		return true
	}
	m.placeSketch()
	return true
}

// sketchMove lets the rubber band follow the pointer.
func (m *Map) sketchMove(pos fyne.Position) {
	if m.sketch.on {
		at := m.world(pos)
		m.sketch.at = &at
		m.placeSketch()
	}
}

// sketchKey takes the keys of a sketch.
func (m *Map) sketchKey(name fyne.KeyName) bool {
	s := &m.sketch
	if !s.on {
		return false
	}
	switch name {
	case fyne.KeyEscape:
		m.endSketch(nil)
	case fyne.KeyReturn, fyne.KeyEnter:
		m.finishSketch()
	case fyne.KeyBackspace:
		if n := len(s.points); n > 0 {
			s.points = s.points[:n-1]
			m.placeSketch()
		}
	default:
		return false
	}
	return true
}

// placeSketch draws the sketch where its points are on the screen now.
func (m *Map) placeSketch() {
	s := &m.sketch
	if s.lines == nil {
		s.lines = container.NewWithoutLayout()
	}
	if !s.on && len(s.lines.Objects) == 0 {
		return
	}
	s.lines.RemoveAll()
	if s.on {
		corners := append([]orb.Point(nil), s.points...)
		if s.at != nil && len(corners) > 0 {
			corners = append(corners, *s.at)
		}
		if s.shape == AreaShape && len(corners) > 2 {
			corners = append(corners, corners[0])
		}
		for i := 1; i < len(corners); i++ {
			s.lines.Add(m.sketchLine(corners[i-1], corners[i], color.White, sketchWidth+2))
			s.lines.Add(m.sketchLine(corners[i-1], corners[i], m.marks.colour, sketchWidth))
		}
		for _, p := range s.points {
			dot := canvas.NewCircle(m.marks.colour)
			dot.StrokeColor, dot.StrokeWidth = color.White, 1
			dot.Resize(fyne.NewSquareSize(sketchDot))
			dot.Move(m.screen(p).SubtractXY(sketchDot/2, sketchDot/2))
			s.lines.Add(dot)
		}
	}
	s.lines.Refresh()
}

// sketchLine is a line between two places.
func (m *Map) sketchLine(a, b orb.Point, c color.Color, width float32) *canvas.Line {
	l := canvas.NewLine(c)
	l.StrokeWidth = width
	l.Position1, l.Position2 = m.screen(a), m.screen(b)
	return l
}
