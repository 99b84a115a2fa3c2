package mapview

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/paulmach/orb"
)

const (
	wheelDoubling = 100 // scrolled units that double the scale: four notches of a wheel
	minBox        = 8   // units; a smaller box was a slip of the hand
)

// Scrolled zooms about the pointer; a sideways swipe of a touchpad pans.
func (m *Map) Scrolled(ev *fyne.ScrollEvent) {
	dx, dy := float64(ev.Scrolled.DX), float64(ev.Scrolled.DY)
	if math.Abs(dx) > math.Abs(dy) {
		m.pan(dx, 0)
		return
	}
	m.zoomAbout(math.Exp2(min(max(dy/wheelDoubling, -1), 1)), ev.Position)
}

// MouseDown takes the keyboard and notes where a drag would begin, and whether it would draw a box.
func (m *Map) MouseDown(ev *desktop.MouseEvent) {
	m.press, m.held = ev.Position, ev.Modifier
	m.boxing = ev.Button == desktop.MouseButtonPrimary && (ev.Modifier&fyne.KeyModifierShift != 0 || m.OnBox != nil)
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(m); c != nil {
			m.byMouse = true
			c.Focus(m)
			m.byMouse = false
		}
	}
}

// Held are the keys that were held down at the last press.
func (m *Map) Held() fyne.KeyModifier { return m.held }

// MouseUp ends a press that was no drag.
func (m *Map) MouseUp(*desktop.MouseEvent) {
	if !m.dragging {
		m.boxing = false
	}
}

// Dragged moves the map with the pointer, or draws the zoom box where shift was held at the press.
func (m *Map) Dragged(ev *fyne.DragEvent) {
	first := !m.dragging
	m.dragging = true
	if m.sketchDrag(first, ev.Position) || m.carry(first, ev.Position) {
		return
	}
	if m.boxing {
		m.showBand(m.press, ev.Position)
		return
	}
	m.pan(float64(ev.Dragged.DX), float64(ev.Dragged.DY))
}

// DragEnd zooms to the box that was drawn, or gives it to the one who asked for it.
func (m *Map) DragEnd() {
	m.sketchDrop()
	m.drop()
	box := m.boxing && m.band.Visible()
	m.dragging, m.boxing = false, false
	if !box {
		return
	}
	m.band.Hide()
	at, size := m.band.Position(), m.band.Size()
	if size.Width < minBox || size.Height < minBox {
		return
	}
	a, b := m.world(at), m.world(at.AddXY(size.Width, size.Height))
	bound := orb.Bound{Min: orb.Point{a[0], b[1]}, Max: orb.Point{b[0], a[1]}}
	if m.OnBox != nil {
		m.OnBox(bound, m.held)
		return
	}
	w, h := float64(m.Size().Width), float64(m.Size().Height)
	m.goTo(bound.Center(), max((b[0]-a[0])/w, (a[1]-b[1])/h))
}

// showBand draws the zoom box between two positions.
func (m *Map) showBand(a, b fyne.Position) {
	m.band.Move(fyne.NewPos(min(a.X, b.X), min(a.Y, b.Y)))
	m.band.Resize(fyne.NewSize(float32(math.Abs(float64(a.X-b.X))), float32(math.Abs(float64(a.Y-b.Y)))))
	m.band.Show()
	m.band.Refresh()
}

// Tapped tells of a click at once; a second one close by zooms in. Fyne's own double click would hold every single
// click back for as long as a second one may come.
func (m *Map) Tapped(ev *fyne.PointEvent) {
	now := m.now()
	near := math.Hypot(float64(ev.Position.X-m.lastAt.X), float64(ev.Position.Y-m.lastAt.Y)) <= doubleReach
	second := near && now.Sub(m.lastTap) <= doubleTap
	if m.sketchTap(ev.Position, second) {
		m.lastTap, m.lastAt = now, ev.Position
		return
	}
	if second {
		m.lastTap = now.Add(-2 * doubleTap)
		m.zoomAbout(doubleZoom, ev.Position)
		return
	}
	m.lastTap, m.lastAt = now, ev.Position
	if m.OnTapped != nil {
		m.OnTapped(m.pointer(ev.Position))
	}
}

// MouseIn follows the pointer.
func (m *Map) MouseIn(ev *desktop.MouseEvent) { m.MouseMoved(ev) }

// MouseMoved follows the pointer.
func (m *Map) MouseMoved(ev *desktop.MouseEvent) {
	m.sketchMove(ev.Position)
	if m.OnPointer != nil {
		p := m.pointer(ev.Position)
		m.over = m.OnPointer(&p)
	}
}

// MouseOut tells that the pointer has left.
func (m *Map) MouseOut() {
	m.over = false
	if m.OnPointer != nil {
		m.OnPointer(nil)
	}
}

// Cursor shows what a click would do.
func (m *Map) Cursor() desktop.Cursor {
	switch {
	case m.boxing, m.sketch.on, m.OnBox != nil:
		return desktop.CrosshairCursor
	case m.over:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained shows that the keys now move the map; who has clicked on the map knows.
func (m *Map) FocusGained() {
	m.focused = !m.byMouse
	m.Refresh()
}

// FocusLost shows that they no longer do.
func (m *Map) FocusLost() {
	m.focused = false
	m.Refresh()
}

// TypedRune zooms with + and −.
func (m *Map) TypedRune(r rune) {
	switch r {
	case '+', '=':
		m.ZoomIn()
	case '-', '−':
		m.ZoomOut()
	}
}

// TypedKey pans with the arrows and goes home with Home.
func (m *Map) TypedKey(ev *fyne.KeyEvent) {
	if m.sketchKey(ev.Name) || ev.Name == fyne.KeyEscape && m.letGo() || m.OnKey != nil && m.OnKey(ev) {
		return
	}
	w, h := float64(m.Size().Width)*keyPan, float64(m.Size().Height)*keyPan
	switch ev.Name {
	case fyne.KeyLeft:
		m.pan(w, 0)
	case fyne.KeyRight:
		m.pan(-w, 0)
	case fyne.KeyUp:
		m.pan(0, h)
	case fyne.KeyDown:
		m.pan(0, -h)
	case fyne.KeyPageUp:
		m.ZoomIn()
	case fyne.KeyPageDown:
		m.ZoomOut()
	case fyne.KeyHome:
		m.Home()
	case fyne.KeyEscape:
		m.band.Hide()
		m.boxing = false
	}
}
