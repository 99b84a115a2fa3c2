package mapview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/paulmach/orb"
)

const (
	handleSize = 11 // units across
	middleSize = 7
	mostMarks  = 400 // handles in sight; of more none is shown, as they would hide what they are of
)

// Handle is a mark that can be taken hold of.
type Handle struct {
	At     orb.Point
	Middle bool // of a segment: where a vertex can be put in
	Chosen bool
}

// Drawn is what a tool shows over the map: lines and circles with a white edge, handles, and what a vertex is drawn to.
type Drawn struct {
	Lines   [][]orb.Point
	Circles [][2]orb.Point // centre and a point on the rim
	Dots    []orb.Point
	Handles []Handle
	Snap    *Snap
}

// SetDrawn shows something over the map in place of what was shown before; the zero Drawn shows nothing. It is for little: each piece of a
// line is an object of its own.
func (m *Map) SetDrawn(d Drawn) {
	m.drawn.Drawn = d
	m.placeDrawn()
}

// drawn is what a tool shows, with its objects.
type drawn struct {
	Drawn
	objects *fyne.Container
}

// placeDrawn puts what a tool shows where it is on the screen now.
func (m *Map) placeDrawn() {
	d := &m.drawn
	if d.objects == nil {
		d.objects = container.NewWithoutLayout()
	}
	empty := len(d.Lines)+len(d.Circles)+len(d.Dots)+len(d.Handles) == 0 && d.Snap == nil
	if empty && len(d.objects.Objects) == 0 {
		return
	}
	d.objects.RemoveAll()
	for _, line := range d.Lines {
		m.addLine(d.objects, line)
	}
	for _, c := range d.Circles {
		m.addCircle(d.objects, c[0], c[1])
	}
	for _, p := range d.Dots {
		d.objects.Add(m.dot(p, m.marks.colour, color.White, sketchDot))
	}
	m.addHandles()
	m.addMagnet(d.objects, d.Snap)
	d.objects.Refresh()
}

// addHandles draws the handles in sight.
func (m *Map) addHandles() {
	size := m.Size()
	var seen []Handle
	for _, h := range m.drawn.Handles {
		if p := m.screen(h.At); p.X >= 0 && p.Y >= 0 && p.X <= size.Width && p.Y <= size.Height {
			seen = append(seen, h)
		}
	}
	if len(seen) > mostMarks {
		return
	}
	for _, h := range seen {
		switch {
		case h.Middle:
			m.drawn.objects.Add(m.dot(h.At, color.White, m.marks.colour, middleSize))
		case h.Chosen:
			m.drawn.objects.Add(m.dot(h.At, m.marks.colour, color.White, handleSize+4))
		default:
			m.drawn.objects.Add(m.dot(h.At, color.White, m.marks.colour, handleSize))
		}
	}
}
