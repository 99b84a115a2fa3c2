package mapview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/paulmach/orb"
)

const (
	tetherWidth = 2
	tetherDot   = 8  // units across, on the road
	tetherAway  = 18 // units that the word stands beside the point
	tetherPad   = 4
)

// tether is a line from a point to the road that it would join, with a word beside the point.
type tether struct {
	on         bool
	from       orb.Point
	to         *orb.Point // nil for no road
	halo, line *canvas.Line
	dot        *canvas.Circle
	plate      *canvas.Rectangle
	word       *canvas.Text
	box        *fyne.Container
}

func newTether() tether {
	t := tether{halo: canvas.NewLine(color.White), line: canvas.NewLine(color.Black), dot: canvas.NewCircle(color.Black)}
	t.halo.StrokeWidth, t.line.StrokeWidth = tetherWidth+2, tetherWidth
	t.dot.StrokeColor, t.dot.StrokeWidth = color.White, 1
	t.dot.Resize(fyne.NewSquareSize(tetherDot))
	t.plate, t.word = canvas.NewRectangle(color.White), canvas.NewText("", color.Black)
	t.plate.CornerRadius = plateRound
	t.box = container.NewWithoutLayout(t.halo, t.line, t.dot, t.plate, t.word)
	t.box.Hide()
	return t
}

// ShowTether draws a line from a point to the road that it would join, nil for none, and a word beside the point.
func (m *Map) ShowTether(from orb.Point, to *orb.Point, word string) {
	t := &m.tether
	t.on, t.from, t.to = true, from, to
	t.word.Text = word
	m.placeTether()
}

// HideTether takes the line away.
func (m *Map) HideTether() {
	m.tether.on = false
	m.placeTether()
}

// Tether is the word of the line that is shown, "" for none.
func (m *Map) Tether() string {
	if !m.tether.on {
		return ""
	}
	return m.tether.word.Text
}

// placeTether draws the line where its ends are on the screen now.
func (m *Map) placeTether() {
	t := &m.tether
	setVisible(t.box, t.on)
	if !t.on {
		return
	}
	at := m.screen(t.from)
	setVisible(t.halo, t.to != nil)
	setVisible(t.line, t.to != nil)
	setVisible(t.dot, t.to != nil)
	if t.to != nil {
		end := m.screen(*t.to)
		for _, l := range []*canvas.Line{t.halo, t.line} {
			l.Position1, l.Position2 = at, end
		}
		t.line.StrokeColor, t.dot.FillColor = m.marks.colour, m.marks.colour
		t.dot.Move(end.SubtractXY(tetherDot/2, tetherDot/2))
	}
	t.plate.FillColor, t.word.Color = theme.Color(theme.ColorNameOverlayBackground), theme.Color(theme.ColorNameForeground)
	t.word.TextSize = theme.Size(theme.SizeNameCaptionText)
	size := t.word.MinSize()
	corner := at.AddXY(tetherAway, tetherAway)
	if corner.X+size.Width+2*tetherPad > m.Size().Width {
		corner.X = at.X - tetherAway - size.Width
	}
	if corner.Y+size.Height+2*tetherPad > m.Size().Height {
		corner.Y = at.Y - tetherAway - size.Height
	}
	t.word.Move(corner)
	t.word.Resize(size)
	t.plate.Move(corner.SubtractXY(tetherPad, tetherPad))
	t.plate.Resize(size.AddWidthHeight(2*tetherPad, 2*tetherPad))
	t.box.Refresh()
}
