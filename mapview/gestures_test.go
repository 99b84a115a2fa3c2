package mapview

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestDragMovesThePictureAtOnce(t *testing.T) {
	m, r, q, w := newMap(t)
	before, drawn, at := m.View(), r.count(), m.image.Position()
	test.Drag(w.Canvas(), fyne.NewPos(400, 300), 30, -20)
	if got, want := m.image.Position(), at.AddXY(30, -20); got != want {
		t.Errorf("picture lies at %v before anything is drawn, want %v", got, want)
	}
	after := m.View()
	if !near(after.Centre[0], before.Centre[0]-30*before.Scale, 1e-6) || !near(after.Centre[1], before.Centre[1]-20*before.Scale, 1e-6) {
		t.Errorf("centre went from %v to %v", before.Centre, after.Centre)
	}
	q.settle(m)
	if r.count() != drawn {
		t.Errorf("%d pictures were drawn for a drag that the margin covers", r.count()-drawn)
	}
	test.Drag(w.Canvas(), fyne.NewPos(400, 300), 200, 0)
	q.settle(m)
	if r.count() == drawn {
		t.Error("no new picture after a drag beyond the margin")
	}
	if got := r.last().Centre; got != m.centre {
		t.Errorf("last picture is of %v, the map is at %v", got, m.centre)
	}
}

func TestWheelZoomsAboutThePointer(t *testing.T) {
	m, _, q, _ := newMap(t)
	pos := fyne.NewPos(100, 500)
	scroll := func(dy float32) { // the test driver's own scroll does not tell where
		m.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: pos}, Scrolled: fyne.NewDelta(0, dy)})
	}
	under, before := m.world(pos), m.scale
	scroll(25)
	if m.scale >= before {
		t.Errorf("scale went from %g to %g, want a zoom in", before, m.scale)
	}
	if now := m.world(pos); !near(now[0], under[0], 1e-6) || !near(now[1], under[1], 1e-6) {
		t.Errorf("the place under the pointer went from %v to %v", under, now)
	}
	if got := m.image.Size().Width; got <= 1000 {
		t.Errorf("the old picture is %g wide, want it enlarged at once", got)
	}
	q.settle(m)
	if got := m.image.Size().Width; !near(float64(got), 1000, 1e-3) {
		t.Errorf("the new picture is %g wide, want 1000", got)
	}
	scroll(-25)
	if !near(m.scale, before, 1e-9*before) {
		t.Errorf("zoom in and out gives scale %g, want %g", m.scale, before)
	}
}

func TestSidewaysSwipePans(t *testing.T) {
	m, _, _, w := newMap(t)
	before := m.View()
	test.Scroll(w.Canvas(), fyne.NewPos(400, 300), 40, 5)
	if after := m.View(); after.Scale != before.Scale || !near(after.Centre[0], before.Centre[0]-40*before.Scale, 1e-6) {
		t.Errorf("view went from %+v to %+v", before, after)
	}
}

func TestZoomStopsAtItsLimits(t *testing.T) {
	m, _, _, _ := newMap(t)
	for range 100 {
		m.ZoomIn()
	}
	if m.scale != minScale {
		t.Errorf("closest scale is %g, want %g", m.scale, minScale)
	}
	for range 100 {
		m.ZoomOut()
	}
	if m.scale != maxScale {
		t.Errorf("farthest scale is %g, want %g", m.scale, maxScale)
	}
}

func TestKeys(t *testing.T) {
	tests := []struct {
		name string
		key  fyne.KeyName
		rune rune
		dx   float64 // expected move of the centre, in widths or heights
		dy   float64
		zoom float64
	}{
		{name: "left", key: fyne.KeyLeft, dx: -0.25, zoom: 1},
		{name: "right", key: fyne.KeyRight, dx: 0.25, zoom: 1},
		{name: "up", key: fyne.KeyUp, dy: 0.25, zoom: 1},
		{name: "down", key: fyne.KeyDown, dy: -0.25, zoom: 1},
		{name: "plus", rune: '+', zoom: buttonZoom},
		{name: "minus", rune: '-', zoom: 1 / buttonZoom},
		{name: "page up", key: fyne.KeyPageUp, zoom: buttonZoom},
		{name: "page down", key: fyne.KeyPageDown, zoom: 1 / buttonZoom},
		{name: "other rune", rune: 'x', zoom: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, _, _, w := newMap(t)
			w.Canvas().Focus(m)
			c, s := m.centre, m.scale
			if tt.rune != 0 {
				m.TypedRune(tt.rune)
			} else {
				m.TypedKey(&fyne.KeyEvent{Name: tt.key})
			}
			if !near(m.centre[0]-c[0], tt.dx*800*s, 1e-6) || !near(m.centre[1]-c[1], tt.dy*600*s, 1e-6) {
				t.Errorf("centre moved by %g, %g", m.centre[0]-c[0], m.centre[1]-c[1])
			}
			if !near(s/m.scale, tt.zoom, 1e-9) {
				t.Errorf("zoomed by %g, want %g", s/m.scale, tt.zoom)
			}
		})
	}
}

func TestHomeKeyGoesHome(t *testing.T) {
	m, _, _, _ := newMap(t)
	want := m.View()
	m.ZoomIn()
	m.pan(500, 400)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if got := m.View(); got != want {
		t.Errorf("home shows %+v, want %+v", got, want)
	}
}

func TestTapTellsThePlaceAtOnce(t *testing.T) {
	m, _, _, w := newMap(t)
	var got []Pointer
	m.OnTapped = func(p Pointer) { got = append(got, p) }
	test.TapCanvas(w.Canvas(), fyne.NewPos(400, 300))
	if len(got) != 1 {
		t.Fatalf("%d taps were told, want 1", len(got))
	}
	p := got[0]
	if p.At != m.centre || p.X != 400 || p.Y != 300 {
		t.Errorf("tap in the middle told %+v, want the centre %v", p, m.centre)
	}
}

func TestDoubleTap(t *testing.T) {
	tests := []struct {
		name  string
		after time.Duration
		apart float32
		zoom  float64
		taps  int
	}{
		{"quick and close", 200 * time.Millisecond, 2, doubleZoom, 1},
		{"too late", 600 * time.Millisecond, 0, 1, 2},
		{"too far apart", 100 * time.Millisecond, 40, 1, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, _, _, _ := newMap(t)
			clock, taps := time.Unix(1000, 0), 0
			m.now = func() time.Time { return clock }
			m.OnTapped = func(Pointer) { taps++ }
			s := m.scale
			m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(200, 200)})
			clock = clock.Add(tt.after)
			m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(200+tt.apart, 200)})
			if got := s / m.scale; !near(got, tt.zoom, 1e-9) {
				t.Errorf("zoomed by %g, want %g", got, tt.zoom)
			}
			if taps != tt.taps {
				t.Errorf("%d single taps, want %d", taps, tt.taps)
			}
		})
	}
}

func TestTripleTapIsNoSecondDoubleTap(t *testing.T) {
	m, _, _, _ := newMap(t)
	clock := time.Unix(1000, 0)
	m.now = func() time.Time { return clock }
	s := m.scale
	for range 3 {
		m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(400, 300)})
		clock = clock.Add(100 * time.Millisecond)
	}
	if got := s / m.scale; !near(got, doubleZoom, 1e-9) {
		t.Errorf("three clicks zoomed by %g, want %g", got, doubleZoom)
	}
}

func press(m *Map, at fyne.Position, mod fyne.KeyModifier) {
	m.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: mod})
}

func TestShiftDragZoomsToTheBox(t *testing.T) {
	m, _, _, _ := newMap(t)
	a, b := m.world(fyne.NewPos(100, 100)), m.world(fyne.NewPos(300, 250))
	press(m, fyne.NewPos(300, 250), fyne.KeyModifierShift)
	if m.Cursor() != desktop.CrosshairCursor {
		t.Error("no crosshair while a box is drawn")
	}
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 100)}})
	if !m.band.Visible() || m.band.Position() != fyne.NewPos(100, 100) || m.band.Size() != fyne.NewSize(200, 150) {
		t.Errorf("band: visible %v at %v, %v", m.band.Visible(), m.band.Position(), m.band.Size())
	}
	m.DragEnd()
	if m.band.Visible() {
		t.Error("the band stays after the drag")
	}
	got := m.View().Bound()
	if !near(got.Min[0], a[0], 1e-6) || !near(got.Max[1], a[1], 1e-6) || !near(got.Max[0], b[0], 1e-6) || !near(got.Min[1], b[1], 1e-6) {
		t.Errorf("shows %v, want the box %v %v", got, a, b)
	}
}

func TestSmallBoxIsASlip(t *testing.T) {
	m, _, _, _ := newMap(t)
	want := m.View()
	press(m, fyne.NewPos(300, 250), fyne.KeyModifierShift)
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(303, 252)}})
	m.DragEnd()
	if m.View() != want {
		t.Error("a box of three units zoomed")
	}
	press(m, fyne.NewPos(300, 250), 0)
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(310, 250)}, Dragged: fyne.NewDelta(10, 0)})
	if m.View() == want || m.band.Visible() {
		t.Error("the drag after it did not pan")
	}
}

func TestPointerAndCursor(t *testing.T) {
	m, _, _, w := newMap(t)
	var last *Pointer
	m.OnPointer = func(p *Pointer) bool {
		last = p
		return p != nil && p.X < 100
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(50, 50))
	if last == nil || last.At != m.world(fyne.NewPos(50, 50)) || m.Cursor() != desktop.PointerCursor {
		t.Errorf("pointer %+v, cursor %v", last, m.Cursor())
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(400, 50))
	if m.Cursor() != desktop.DefaultCursor {
		t.Error("the hand stays where there is nothing to choose")
	}
	m.MouseOut()
	if last != nil {
		t.Error("the pointer's leaving was not told")
	}
}

func TestButtons(t *testing.T) {
	m, _, _, w := newMap(t)
	before := m.scale
	x := float32(800 - buttonGap - buttonSize/2)
	test.TapCanvas(w.Canvas(), fyne.NewPos(x, buttonGap+buttonSize/2))
	if !near(before/m.scale, buttonZoom, 1e-9) {
		t.Errorf("+ zoomed by %g", before/m.scale)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(x, buttonGap+buttonSize*2.7))
	if m.scale != before {
		t.Errorf("home gives scale %g, want %g", m.scale, before)
	}
}

func TestFocusFrameShowsWhereKeysGo(t *testing.T) {
	m, _, _, w := newMap(t)
	w.Canvas().Focus(m)
	if !m.focus.Visible() {
		t.Error("no frame about the focused map")
	}
	w.Canvas().Unfocus()
	if m.focus.Visible() {
		t.Error("the frame stays when the focus has gone")
	}
	press(m, fyne.NewPos(100, 100), 0)
	if w.Canvas().Focused() != m || m.focus.Visible() {
		t.Error("a click does not take the keys, or draws a frame about the map")
	}
}
