package mapview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

const (
	ringSize  = 30 // units across
	ringWidth = 3
	haloWidth = 6 // white under the ring, so that it is seen on any ground
)

// marks are the few objects that show the selection: a ring about a point or a frame about a square, never both.
type marks struct {
	halo, ring *canvas.Circle
	frame      *canvas.Rectangle
	at         *orb.Point
	square     *orb.Bound
	colour     color.Color
}

func newMarks() marks {
	mk := marks{halo: canvas.NewCircle(color.Transparent), ring: canvas.NewCircle(color.Transparent), frame: hollow(ringWidth)}
	mk.colour = symbology.PaletteOf(symbology.Light).Accent.NRGBA()
	mk.halo.StrokeWidth, mk.ring.StrokeWidth = haloWidth, ringWidth
	mk.halo.StrokeColor = color.White
	mk.halo.Resize(fyne.NewSquareSize(ringSize + haloWidth - ringWidth))
	mk.ring.Resize(fyne.NewSquareSize(ringSize))
	mk.halo.Hide()
	mk.ring.Hide()
	return mk
}

// MarkPoint puts the ring about a place, and takes any other mark away.
func (m *Map) MarkPoint(p orb.Point) {
	m.marks.at, m.marks.square = &p, nil
	m.placeMarks()
}

// MarkSquare puts a frame about an area, and takes any other mark away.
func (m *Map) MarkSquare(b orb.Bound) {
	m.marks.at, m.marks.square = nil, &b
	m.placeMarks()
}

// Unmark takes the mark away.
func (m *Map) Unmark() {
	m.marks.at, m.marks.square = nil, nil
	m.placeMarks()
}

// placeMarks puts the mark where its place is on the screen now.
func (m *Map) placeMarks() {
	mk := &m.marks
	setVisible(mk.halo, mk.at != nil)
	setVisible(mk.ring, mk.at != nil)
	setVisible(mk.frame, mk.square != nil)
	if mk.at != nil {
		at := m.screen(*mk.at)
		for _, c := range []*canvas.Circle{mk.halo, mk.ring} {
			half := c.Size().Width / 2
			c.Move(at.SubtractXY(half, half))
		}
	}
	if mk.square != nil {
		a := m.screen(orb.Point{mk.square.Min[0], mk.square.Max[1]})
		b := m.screen(orb.Point{mk.square.Max[0], mk.square.Min[1]})
		mk.frame.Move(a)
		mk.frame.Resize(fyne.NewSize(max(b.X-a.X, ringWidth*2), max(b.Y-a.Y, ringWidth*2)))
	}
}

// setVisible shows or hides, and says nothing to the canvas where nothing changes.
func setVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// SetMarkColour gives the marks and the zoom box another colour than the light map's accent.
func (m *Map) SetMarkColour(c color.Color) {
	m.marks.colour = c
	m.paint()
}

// paint gives the overlays their colours.
func (m *Map) paint() {
	mark := m.marks.colour
	m.marks.ring.StrokeColor, m.marks.frame.StrokeColor, m.band.StrokeColor = mark, mark, mark
	m.band.FillColor = theme.Color(theme.ColorNameHover)
	m.focus.StrokeColor = theme.Color(theme.ColorNameFocus)
	m.plate.FillColor, m.plate.StrokeColor = theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNameSeparator)
	setVisible(m.focus, m.focused)
	for _, o := range []fyne.CanvasObject{m.marks.ring, m.marks.frame, m.band, m.focus, m.plate} {
		o.Refresh()
	}
}
