package mapview

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/paulmach/orb"
)

const (
	sketchWidth = 3
	sketchDot   = 9 // units across
	magnetSize  = 15
)

// Shape is what a sketch on the map makes.
type Shape int

// The shapes: a single point, a line, an area whose first and last corners are joined, and a circle by its centre and a point on it.
const (
	PointShape Shape = iota
	LineShape
	AreaShape
	CircleShape
)

// fewest is how many points a shape needs.
func (s Shape) fewest() int { return [...]int{1, 2, 3, 2}[s] }

// full is how many points end a shape by themselves, 0 where it takes any number.
func (s Shape) full() int { return [...]int{1, 0, 0, 2}[s] }

// Snap is where a point is drawn to.
type Snap struct {
	At     orb.Point
	Vertex bool // a vertex, not a line
}

// Sketch is what is to be drawn by clicks.
type Sketch struct {
	Shape Shape
	// Band leaves the line between the points out, and draws but the band from the last one to the pointer: something else shows the
	// way between them.
	Band bool
	// Done gets the points in SWEREF 99 TM, nil where Escape was pressed or something else is begun.
	Done func([]orb.Point)
	// Changed, where there is one, is told the points so far and where the pointer is after every click and move; nil for a pointer
	// that is not on the map.
	Changed func(points []orb.Point, at *orb.Point)
	// Snap, where there is one, draws the pointer to what lies near. The map marks it.
	Snap func(orb.Point) (Snap, bool)
}

// sketch is what is being drawn by clicks. The zero value is none.
type sketch struct {
	Sketch
	on      bool
	dragged bool // a circle is being drawn in one drag
	points  []orb.Point
	at      *orb.Point // the pointer, where the rubber band ends
	snap    *Snap      // what the pointer is drawn to
	lines   *fyne.Container
}

// Sketch lets clicks set the points of a shape, as Draw.
func (m *Map) Sketch(shape Shape, done func([]orb.Point)) { m.Draw(Sketch{Shape: shape, Done: done}) }

// Draw lets clicks set the points of a shape, with a rubber band from the last to the pointer. A point ends it, and so do two of a
// circle, which can also be drawn in one drag; a line or an area ends at a double click or Return. Backspace takes the last point
// back, Space sets one in the middle of the map for those who draw by the keys. A sketch that was under way ends with nil.
func (m *Map) Draw(what Sketch) {
	m.endSketch(nil)
	m.sketch = sketch{Sketch: what, on: true, lines: m.sketch.lines}
	m.placeSketch()
}

// StopDrawing ends the sketch without a word to the one who began it.
func (m *Map) StopDrawing() {
	m.sketch = sketch{lines: m.sketch.lines}
	m.placeSketch()
}

// Sketching tells whether something is being drawn.
func (m *Map) Sketching() bool { return m.sketch.on }

// endSketch ends the sketch and hands its points on.
func (m *Map) endSketch(points []orb.Point) {
	if !m.sketch.on {
		return
	}
	done := m.sketch.Done
	m.StopDrawing()
	done(points)
}

// finishSketch ends the sketch where it has points enough.
func (m *Map) finishSketch() {
	if len(m.sketch.points) >= m.sketch.Shape.fewest() {
		m.endSketch(m.sketch.points)
	}
}

// sketchTap sets a point, or ends the shape where the click is the second of two. It tells whether something is drawn.
func (m *Map) sketchTap(pos fyne.Position, second bool) bool {
	s := &m.sketch
	if !s.on {
		return false
	}
	if second && s.Shape.full() == 0 {
		m.finishSketch()
		return true
	}
	m.addPoint(m.drawnTo(m.world(pos)))
	return true
}

// addPoint sets a point of the sketch.
func (m *Map) addPoint(at orb.Point) {
	s := &m.sketch
	s.points = append(s.points, at)
	s.at = &at
	if n := s.Shape.full(); n > 0 && len(s.points) >= n {
		m.finishSketch()
		return
	}
	m.sketchChanged()
}

// drawnTo is where a point goes: to what it snaps to, else where it is.
func (m *Map) drawnTo(at orb.Point) orb.Point {
	s := &m.sketch
	s.snap = nil
	if s.Snap != nil {
		if hit, ok := s.Snap(at); ok {
			s.snap = &hit
			return hit.At
		}
	}
	return at
}

// sketchChanged shows the sketch and tells of it.
func (m *Map) sketchChanged() {
	m.placeSketch()
	if s := &m.sketch; s.Changed != nil {
		s.Changed(s.points, s.at)
	}
}

// sketchMove lets the rubber band follow the pointer.
func (m *Map) sketchMove(pos fyne.Position) {
	if m.sketch.on {
		at := m.drawnTo(m.world(pos))
		m.sketch.at = &at
		m.sketchChanged()
	}
}

// sketchDrag draws a circle in one drag, from its centre to its rim. It tells whether the drag is dealt with.
func (m *Map) sketchDrag(first bool, pos fyne.Position) bool {
	s := &m.sketch
	if !s.on || s.Shape != CircleShape {
		return false
	}
	if first && len(s.points) == 0 {
		s.points, s.dragged = []orb.Point{m.drawnTo(m.world(m.press))}, true
	}
	m.sketchMove(pos)
	return true
}

// sketchDrop ends a circle that is drawn in a drag.
func (m *Map) sketchDrop() {
	if s := &m.sketch; s.on && s.dragged && s.at != nil {
		s.dragged = false
		m.addPoint(*s.at)
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
	case fyne.KeySpace:
		m.addPoint(m.drawnTo(m.centre))
	case fyne.KeyBackspace:
		if n := len(s.points); n > 0 {
			s.points = s.points[:n-1]
			m.sketchChanged()
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
		if s.Shape == CircleShape && len(corners) > 1 {
			m.addCircle(s.lines, corners[0], corners[1])
		}
		if s.Shape == AreaShape && len(corners) > 2 {
			corners = append(corners, corners[0])
		}
		if n := len(s.points); s.Band && n > 0 {
			corners = corners[n-1:]
		}
		m.addLine(s.lines, corners)
		for _, p := range s.points {
			s.lines.Add(m.dot(p, m.marks.colour, color.White, sketchDot))
		}
		m.addMagnet(s.lines, s.snap)
	}
	s.lines.Refresh()
}

// addLine draws a line with a white edge. What lies beyond the map, and steps too short to be seen, are left out.
func (m *Map) addLine(into *fyne.Container, points []orb.Point) {
	size := m.Size()
	var runs [][2]fyne.Position
	var last fyne.Position
	for i, p := range points {
		at := m.screen(p)
		if i == 0 {
			last = at
			continue
		}
		if i < len(points)-1 && math.Abs(float64(at.X-last.X))+math.Abs(float64(at.Y-last.Y)) < shortest {
			continue
		}
		if a, b, seen := clipped(last, at, size); seen && a != b {
			runs = append(runs, [2]fyne.Position{a, b})
		}
		last = at
	}
	for _, r := range runs {
		into.Add(straight(r, color.White, sketchWidth+2))
	}
	for _, r := range runs {
		into.Add(straight(r, m.marks.colour, sketchWidth))
	}
}

// shortest is the length in units of the shortest piece of a line that is drawn by itself.
const shortest = 2

// clipped is the part of a segment that lies within the map and a little beyond; seen is false where none does. What a line far
// outside costs the painter is not worth it.
func clipped(a, b fyne.Position, size fyne.Size) (from, to fyne.Position, seen bool) {
	const spare = 8
	t0, t1 := float32(0), float32(1)
	dx, dy := b.X-a.X, b.Y-a.Y
	for _, edge := range [4][2]float32{{-dx, a.X + spare}, {dx, size.Width + spare - a.X}, {-dy, a.Y + spare}, {dy, size.Height + spare - a.Y}} {
		p, q := edge[0], edge[1]
		switch {
		case p == 0 && q < 0:
			return a, b, false
		case p < 0:
			t0 = max(t0, q/p)
		case p > 0:
			t1 = min(t1, q/p)
		}
	}
	if t0 > t1 {
		return a, b, false
	}
	return a.AddXY(t0*dx, t0*dy), a.AddXY(t1*dx, t1*dy), true
}

// straight is a line between two positions on the screen.
func straight(r [2]fyne.Position, c color.Color, width float32) *canvas.Line {
	l := canvas.NewLine(c)
	l.StrokeWidth = width
	l.Position1, l.Position2 = r[0], r[1]
	return l
}

// addCircle draws a circle with a white edge.
func (m *Map) addCircle(into *fyne.Container, centre, rim orb.Point) {
	at := m.screen(centre)
	radius := float32(math.Hypot(rim[0]-centre[0], rim[1]-centre[1]) / m.scale)
	for _, ring := range []struct {
		colour color.Color
		width  float32
	}{{color.White, sketchWidth + 2}, {m.marks.colour, sketchWidth}} {
		c := canvas.NewCircle(color.Transparent)
		c.StrokeColor, c.StrokeWidth = ring.colour, ring.width
		c.Resize(fyne.NewSquareSize(2 * radius))
		c.Move(at.SubtractXY(radius, radius))
		into.Add(c)
	}
}

// dot is a round handle at a place.
func (m *Map) dot(p orb.Point, fill, edge color.Color, size float32) *canvas.Circle {
	dot := canvas.NewCircle(fill)
	dot.StrokeColor, dot.StrokeWidth = edge, 1.5
	dot.Resize(fyne.NewSquareSize(size))
	dot.Move(m.screen(p).SubtractXY(size/2, size/2))
	return dot
}

// addMagnet marks what a point is drawn to: a square about a vertex, a ring about a place on a line.
func (m *Map) addMagnet(into *fyne.Container, snap *Snap) {
	if snap == nil {
		return
	}
	at := m.screen(snap.At).SubtractXY(magnetSize/2, magnetSize/2)
	for _, ring := range []struct {
		colour color.Color
		width  float32
	}{{color.White, 5}, {m.marks.colour, 2.5}} {
		var o fyne.CanvasObject
		if snap.Vertex {
			r := canvas.NewRectangle(color.Transparent)
			r.StrokeColor, r.StrokeWidth = ring.colour, ring.width
			o = r
		} else {
			c := canvas.NewCircle(color.Transparent)
			c.StrokeColor, c.StrokeWidth = ring.colour, ring.width
			o = c
		}
		o.Resize(fyne.NewSquareSize(magnetSize))
		o.Move(at)
		into.Add(o)
	}
}
