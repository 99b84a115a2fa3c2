package mapview

import (
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/mapview/render"
)

const (
	margin      = 0.25   // of the viewport, drawn beyond it so that a pan has something to show
	homeMargin  = 24     // units kept free about the home area
	minScale    = 0.1    // metres a unit
	maxScale    = 3000.0 // metres a unit
	keyPan      = 0.25   // of the viewport, an arrow key
	buttonZoom  = 1.6    // a press of + or −
	doubleZoom  = 2.0    // a double click
	doubleTap   = 400 * time.Millisecond
	doubleReach = 6 // units between the two clicks of a double click
)

// Map is the map widget. The zero value is not usable: see New.
type Map struct {
	widget.BaseWidget

	// OnViewChanged is told the visible view, in device pixels, after every pan, zoom and resize.
	OnViewChanged func(render.View)
	// OnPointer is told where the pointer is, nil when it has left. It answers whether there is something to choose
	// there, which the cursor then shows.
	OnPointer func(*Pointer) bool
	// OnTapped is told of a click.
	OnTapped func(Pointer)
	// OnError is told when a picture could not be drawn.
	OnError func(error)
	// OnShown is told which renderer's picture has just been put on the map.
	OnShown func(Renderer)
	// OnGrab is asked where a drag begins whether what lies there is carried along with the pointer, rather than the map
	// moved. OnCarry is then told where it is, and OnDrop where it is let go; given is false where Escape ended it. OnCarry
	// answers whether PlaceCarried will be called once all that follows from the move is ready: the window is then painted
	// once for a move and not twice, which is what a slow screen has time for.
	OnGrab  func(Pointer) bool
	OnCarry func(Pointer) (placed bool)
	OnDrop  func(p Pointer, given bool)
	// OnBox, where there is one, is told the area of a box that is dragged with the main button; without it only a drag with Shift
	// draws a box, and that zooms.
	OnBox func(b orb.Bound, held fyne.KeyModifier)
	// OnKey is offered every key before the map takes it, and tells whether it was of use.
	OnKey func(*fyne.KeyEvent) bool
	// OnFirstPicture is told once, when the first picture is on the screen.
	OnFirstPicture func()

	frames *frames
	now    func() time.Time

	centre orb.Point
	scale  float64 // metres a unit
	home   orb.Bound
	trail  trail
	moved  bool // the user has gone elsewhere: a new size or home area no longer brings the map home

	shown   frame
	image   *canvas.Image
	marks   marks
	sketch  sketch
	tether  tether
	drawn   drawn
	band    *canvas.Rectangle
	focus   *canvas.Rectangle
	buttons *fyne.Container
	plate   *canvas.Rectangle // under the buttons

	press    fyne.Position
	held     fyne.KeyModifier // at the press
	lastTap  time.Time
	lastAt   fyne.Position
	boxing   bool
	dragging bool
	carrying carrying
	carried  *canvas.Image
	hand     fyne.Position // where what is carried is
	over     bool          // the pointer is over something to choose
	focused  bool          // the frame that shows the focus is wanted
	byMouse  bool          // the focus comes from a click
}

// Pointer is a place on the map.
type Pointer struct {
	At   orb.Point   // SWEREF 99 TM
	View render.View // the visible view
	X, Y float64     // device pixels in View

	Modifier fyne.KeyModifier // the keys that were held down at the press
}

var (
	_ fyne.Widget        = (*Map)(nil)
	_ fyne.Draggable     = (*Map)(nil)
	_ fyne.Scrollable    = (*Map)(nil)
	_ fyne.Focusable     = (*Map)(nil)
	_ fyne.Tappable      = (*Map)(nil)
	_ desktop.Mouseable  = (*Map)(nil)
	_ desktop.Hoverable  = (*Map)(nil)
	_ desktop.Cursorable = (*Map)(nil)
)

// New makes a map without a picture: give it a home area and a Renderer. dispatch brings finished pictures to the
// window's thread.
func New(dispatch Dispatcher) *Map {
	m := &Map{scale: 100, now: time.Now, image: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}}
	m.frames = &frames{dispatch: dispatch, show: m.show, fail: m.fail}
	m.marks = newMarks()
	m.tether = newTether()
	m.carried = &canvas.Image{FillMode: canvas.ImageFillContain}
	m.carried.Hide()
	m.band = hollow(1)
	m.focus = hollow(2)
	m.buttons = m.newButtons()
	m.plate = hollow(1)
	m.plate.CornerRadius = plateRound
	m.plate.Show()
	m.ExtendBaseWidget(m)
	return m
}

// hollow is a frame without a fill, hidden until it is wanted.
func hollow(stroke float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeWidth = stroke
	r.Hide()
	return r
}

// SetRenderer makes r draw the map from now on. The last picture stays until the new one is ready.
func (m *Map) SetRenderer(r Renderer) {
	m.frames.setSource(r)
	m.redraw()
}

// RenewRenderer makes r draw the map from now on, as SetRenderer does, but a picture that has been begun is finished and
// shown. It is for renderers that follow each other fast.
func (m *Map) RenewRenderer(r Renderer) {
	m.frames.renewSource(r)
	m.redraw()
}

// Close ends the drawing in the background.
func (m *Map) Close() { m.frames.close() }

// SetHome tells which area Home shows. It is shown at once, unless the user has gone elsewhere.
func (m *Map) SetHome(b orb.Bound) {
	if b == m.home {
		return
	}
	m.home = b
	if !m.moved {
		m.Home()
	}
}

// Home shows the whole home area.
func (m *Map) Home() {
	if m.home.IsEmpty() || m.home.Min == m.home.Max {
		return
	}
	if m.moved {
		m.remember()
	}
	m.moved = false
	m.fit(m.home)
}

// FitBound shows a whole area, with some room about it.
func (m *Map) FitBound(b orb.Bound) {
	m.remember()
	m.moved = true
	m.fit(b)
}

// fit shows a whole area as soon as the map has a size to show it in.
func (m *Map) fit(b orb.Bound) {
	size := m.Size()
	w, h := float64(size.Width)-2*homeMargin, float64(size.Height)-2*homeMargin
	if w < 1 || h < 1 {
		return
	}
	scale := max((b.Max[0]-b.Min[0])/w, (b.Max[1]-b.Min[1])/h, minScale)
	m.put(b.Center(), scale)
}

// Centre moves the map so that p is in its middle, at the same scale. Does nothing where p is well inside the view.
func (m *Map) Centre(p orb.Point) {
	v := m.View()
	x, y := v.ToScreen(p)
	inner := 0.1
	if x > inner*float64(v.Width) && x < (1-inner)*float64(v.Width) && y > inner*float64(v.Height) && y < (1-inner)*float64(v.Height) {
		return
	}
	m.goTo(p, m.scale)
}

// View is what the map shows, in device pixels.
func (m *Map) View() render.View {
	k := m.pixels()
	size := m.Size()
	return render.View{
		Centre: m.centre, Scale: m.scale / k, Unit: k,
		Width: int(math.Round(float64(size.Width) * k)), Height: int(math.Round(float64(size.Height) * k)),
	}
}

// pixels is the scale of the canvas that the map lies on.
func (m *Map) pixels() float64 {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(m); c != nil && c.Scale() > 0 {
			return float64(c.Scale())
		}
	}
	return 1
}

// ZoomIn and ZoomOut zoom about the middle of the map.
func (m *Map) ZoomIn() { m.zoomAbout(buttonZoom, m.middle()) }

// ZoomOut shows more.
func (m *Map) ZoomOut() { m.zoomAbout(1/buttonZoom, m.middle()) }

// middle is the middle of the widget.
func (m *Map) middle() fyne.Position {
	return fyne.NewPos(m.Size().Width/2, m.Size().Height/2)
}

// zoomAbout zooms in by factor and keeps the place under pos where it is.
func (m *Map) zoomAbout(factor float64, pos fyne.Position) {
	scale := min(max(m.scale/factor, minScale), maxScale)
	at := m.world(pos)
	k := scale / m.scale
	m.goTo(orb.Point{at[0] + (m.centre[0]-at[0])*k, at[1] + (m.centre[1]-at[1])*k}, scale)
}

// pan moves the picture by units of the screen.
func (m *Map) pan(dx, dy float64) {
	m.remember()
	m.moved = true
	m.centre = orb.Point{m.centre[0] - dx*m.scale, m.centre[1] + dy*m.scale}
	m.follow(!m.covered())
}

// goTo shows another place or scale by the user's wish.
func (m *Map) goTo(centre orb.Point, scale float64) {
	m.remember()
	m.moved = true
	m.put(centre, scale)
}

// put shows another place or scale, by whoever's wish.
func (m *Map) put(centre orb.Point, scale float64) {
	m.centre, m.scale = centre, min(max(scale, minScale), maxScale)
	m.follow(true)
}

// follow puts the last picture where it belongs now, and asks for a new one where that is wanted.
func (m *Map) follow(redraw bool) {
	m.place()
	if redraw {
		m.redraw()
	}
	if m.OnViewChanged != nil {
		m.OnViewChanged(m.View())
	}
}

// redraw asks for a picture of what is visible and a margin about it.
func (m *Map) redraw() {
	v := m.View()
	v.Width = int(float64(v.Width) * (1 + margin))
	v.Height = int(float64(v.Height) * (1 + margin))
	m.frames.request(v)
}

// covered tells whether the last picture is of this scale and covers the view with a quarter of the margin to spare.
func (m *Map) covered() bool {
	have, want := m.shown.view, m.View()
	if m.shown.img == nil || have.Scale != want.Scale {
		return false
	}
	spareX := (float64(have.Width-want.Width)/2 - float64(want.Width)*margin/8) * want.Scale
	spareY := (float64(have.Height-want.Height)/2 - float64(want.Height)*margin/8) * want.Scale
	return math.Abs(have.Centre[0]-want.Centre[0]) <= spareX && math.Abs(have.Centre[1]-want.Centre[1]) <= spareY
}

// show swaps a finished picture in.
func (m *Map) show(f frame) {
	old := m.shown.img
	m.shown = f
	m.image.Image = f.img
	m.place()
	m.image.Refresh()
	if old == nil {
		m.Refresh()
		if m.OnFirstPicture != nil {
			m.OnFirstPicture()
		}
	}
	m.frames.release(old)
	if m.OnShown != nil {
		m.OnShown(f.source)
	}
}

// fail passes a drawing's error on.
func (m *Map) fail(err error) {
	if m.OnError != nil {
		m.OnError(err)
	}
}

// world is the place under a position of the widget.
func (m *Map) world(pos fyne.Position) orb.Point {
	mid := m.middle()
	return orb.Point{
		m.centre[0] + float64(pos.X-mid.X)*m.scale,
		m.centre[1] - float64(pos.Y-mid.Y)*m.scale,
	}
}

// screen is where a place lies in the widget.
func (m *Map) screen(p orb.Point) fyne.Position {
	mid := m.middle()
	return fyne.NewPos(
		mid.X+float32((p[0]-m.centre[0])/m.scale),
		mid.Y-float32((p[1]-m.centre[1])/m.scale),
	)
}

// pointer is the place under a position, as callbacks want it.
func (m *Map) pointer(pos fyne.Position) Pointer {
	k := m.pixels()
	return Pointer{At: m.world(pos), View: m.View(), X: float64(pos.X) * k, Y: float64(pos.Y) * k, Modifier: m.held}
}

// Forget makes the next home area be shown wherever the map is: another project has been opened.
func (m *Map) Forget() { m.moved, m.home, m.trail = false, orb.Bound{}, trail{} }

// HasPicture tells whether there is a picture on the map.
func (m *Map) HasPicture() bool { return m.shown.img != nil }

// plainCorner leaves the buttons out: another map has them.
func (m *Map) plainCorner() {
	m.buttons.Hide()
	m.plate.Hide()
}
