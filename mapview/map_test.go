package mapview

import (
	"context"
	"errors"
	"image"
	"math"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"

	"nabar/mapview/render"
)

// queue is a window's thread for tests: what goroutines send is run when the test asks for it.
type queue struct{ jobs chan func() }

func newQueue() *queue { return &queue{make(chan func(), 100)} }

func (q *queue) dispatch(fn func()) { q.jobs <- fn }

// step runs the next job, and fails where none comes.
func (q *queue) step(t *testing.T) {
	t.Helper()
	select {
	case fn := <-q.jobs:
		fn()
	case <-time.After(5 * time.Second):
		t.Fatal("nothing was handed to the window's thread")
	}
}

// settle runs jobs until the drawing has come to rest.
func (q *queue) settle(m *Map) {
	for {
		select {
		case fn := <-q.jobs:
			fn()
		case <-time.After(time.Millisecond):
			m.frames.mu.Lock()
			idle := !m.frames.drawing
			m.frames.mu.Unlock()
			if idle && len(q.jobs) == 0 {
				return
			}
		}
	}
}

// recorder is a Renderer that notes the views it is asked for.
type recorder struct {
	mu    sync.Mutex
	views []render.View
	bufs  map[*image.RGBA]bool
	gate  chan struct{} // where set, each picture waits for it
	began chan struct{} // where set, told when a picture is begun
	err   error
}

func (r *recorder) Draw(ctx context.Context, dst *image.RGBA, v render.View) error {
	r.mu.Lock()
	r.views = append(r.views, v)
	if r.bufs == nil {
		r.bufs = map[*image.RGBA]bool{}
	}
	r.bufs[dst] = true
	r.mu.Unlock()
	if r.began != nil {
		r.began <- struct{}{}
	}
	if r.gate != nil {
		select {
		case <-r.gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return r.err
}

func (r *recorder) last() render.View {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.views[len(r.views)-1]
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.views)
}

var home = orb.Bound{Min: orb.Point{500000, 6400000}, Max: orb.Point{550000, 6440000}}

// newMap makes a map of 800 x 600 in a window, with its first picture on the screen.
func newMap(t *testing.T) (*Map, *recorder, *queue, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	q, r := newQueue(), &recorder{}
	m := New(q.dispatch)
	w := test.NewTempWindow(t, m)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 600))
	m.SetHome(home)
	m.SetRenderer(r)
	q.settle(m)
	if r.count() == 0 || m.image.Image == nil {
		t.Fatal("no picture was drawn")
	}
	return m, r, q, w
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func TestHomeShowsTheWholeArea(t *testing.T) {
	m, r, _, _ := newMap(t)
	v := m.View()
	if b := v.Bound(); !b.Contains(home.Min) || !b.Contains(home.Max) {
		t.Errorf("view %v does not hold the home area", b)
	}
	if v.Width != 800 || v.Height != 600 {
		t.Errorf("view is %d x %d, want 800 x 600", v.Width, v.Height)
	}
	drawn := r.last()
	if drawn.Width != 1000 || drawn.Height != 750 {
		t.Errorf("picture is %d x %d, want the viewport and a quarter: 1000 x 750", drawn.Width, drawn.Height)
	}
}

func TestPictureFillsTheViewAndItsMargin(t *testing.T) {
	m, _, _, _ := newMap(t)
	if pos, want := m.image.Position(), fyne.NewPos(-100, -75); pos != want {
		t.Errorf("picture lies at %v, want %v", pos, want)
	}
	if size, want := m.image.Size(), fyne.NewSize(1000, 750); size != want {
		t.Errorf("picture is %v, want %v", size, want)
	}
}

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

func TestMarksFollowTheMap(t *testing.T) {
	m, _, _, _ := newMap(t)
	at := orb.Point{510000, 6410000}
	m.MarkPoint(at)
	check := func(when string) {
		t.Helper()
		mid := m.marks.ring.Position().AddXY(m.marks.ring.Size().Width/2, m.marks.ring.Size().Height/2)
		want := m.screen(at)
		if !m.marks.ring.Visible() || !near(float64(mid.X), float64(want.X), 0.01) || !near(float64(mid.Y), float64(want.Y), 0.01) {
			t.Errorf("%s: ring at %v, want %v", when, mid, want)
		}
	}
	check("at first")
	m.ZoomIn()
	check("after a zoom")
	m.pan(33, 12)
	check("after a pan")
	m.MarkSquare(orb.Bound{Min: at, Max: orb.Point{at[0] + 1000, at[1] + 1000}})
	if m.marks.ring.Visible() || !m.marks.frame.Visible() {
		t.Error("ring and frame at the same time")
	}
	m.Unmark()
	if m.marks.ring.Visible() || m.marks.frame.Visible() || m.marks.halo.Visible() {
		t.Error("a mark stays")
	}
}

func TestCentreMovesOnlyWhenNeeded(t *testing.T) {
	m, _, _, _ := newMap(t)
	want := m.View()
	m.Centre(m.world(fyne.NewPos(300, 300)))
	if m.View() != want {
		t.Error("moved for a place that is well inside the view")
	}
	far := orb.Point{600000, 6500000}
	m.Centre(far)
	if m.centre != far || m.View().Scale != want.Scale {
		t.Errorf("centre %v, want %v at the same scale", m.centre, far)
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

func TestHomeIsShownUntilTheUserGoesElsewhere(t *testing.T) {
	m, _, _, w := newMap(t)
	wide := orb.Bound{Min: home.Min, Max: orb.Point{700000, 6500000}}
	m.SetHome(wide)
	if b := m.View().Bound(); !b.Contains(wide.Max) {
		t.Error("a new home area is not shown")
	}
	w.Resize(fyne.NewSize(500, 400))
	if b := m.View().Bound(); !b.Contains(wide.Max) || !b.Contains(wide.Min) {
		t.Error("a smaller window does not show the whole home area")
	}
	m.ZoomIn()
	want := m.View()
	m.SetHome(home)
	if m.View() != want {
		t.Error("a new home area takes the user away")
	}
	m.Forget()
	m.SetHome(home)
	if m.centre != home.Center() {
		t.Error("another project's home area is not shown")
	}
}

func TestResizeKeepsTheMiddle(t *testing.T) {
	m, r, q, w := newMap(t)
	m.pan(40, 0)
	centre, scale := m.centre, m.scale
	w.Resize(fyne.NewSize(1000, 700))
	q.settle(m)
	if m.centre != centre || m.scale != scale {
		t.Error("a larger window moved the map")
	}
	if v := r.last(); v.Width != 1250 || v.Height != 875 {
		t.Errorf("picture is %d x %d after the resize, want 1250 x 875", v.Width, v.Height)
	}
}

func TestNewestWishWins(t *testing.T) {
	m, r, q, _ := newMap(t)
	r.gate, r.began = make(chan struct{}), make(chan struct{}, 10)
	drawn := r.count()
	m.goTo(orb.Point{510000, 6410000}, 50)
	<-r.began
	for i := range 20 {
		m.goTo(orb.Point{510000 + float64(i), 6410000}, 50)
	}
	r.gate <- struct{}{}
	q.step(t)
	<-r.began
	r.gate <- struct{}{}
	q.step(t)
	q.settle(m)
	if got := r.count() - drawn; got != 2 {
		t.Errorf("%d pictures for 21 wishes, want the first and the newest", got)
	}
	if got := m.shown.view.Centre[0]; got != 510019 {
		t.Errorf("shows %g, want the newest wish 510019", got)
	}
}

func TestNewRendererDropsTheOldOnesPicture(t *testing.T) {
	m, old, q, _ := newMap(t)
	old.gate, old.began = make(chan struct{}), make(chan struct{}, 1)
	m.goTo(orb.Point{510000, 6410000}, 50)
	<-old.began
	shown := m.image.Image
	fresh := &recorder{}
	m.SetRenderer(fresh)
	q.settle(m)
	if fresh.count() != 1 || m.image.Image == shown {
		t.Errorf("the new renderer drew %d pictures", fresh.count())
	}
}

func TestBuffersAreUsedAgain(t *testing.T) {
	m, r, q, _ := newMap(t)
	for i := range 50 {
		m.goTo(orb.Point{510000 + float64(i), 6410000}, 50)
		q.settle(m)
	}
	if n := len(r.bufs); n < 2 || n > 4 {
		t.Errorf("%d buffers for 50 pictures, want 2 to 4", n)
	}
}

func TestPictureOnScreenIsNotDrawnOver(t *testing.T) {
	m, _, q, _ := newMap(t)
	check := rendererFunc(func(_ context.Context, dst *image.RGBA, _ render.View) error {
		if dst == m.shown.img { // the test's thread waits meanwhile
			t.Error("drawn into the picture that is on the screen")
		}
		return nil
	})
	m.SetRenderer(check)
	for range 10 {
		q.step(t)
		m.redraw()
	}
}

type rendererFunc func(context.Context, *image.RGBA, render.View) error

func (f rendererFunc) Draw(ctx context.Context, dst *image.RGBA, v render.View) error {
	return f(ctx, dst, v)
}

func TestErrorsAreTold(t *testing.T) {
	m, r, q, _ := newMap(t)
	shown := m.image.Image
	var got error
	m.OnError = func(err error) { got = err }
	r.err = errors.New("no ink")
	m.redraw()
	q.settle(m)
	if !errors.Is(got, r.err) {
		t.Errorf("told %v, want %v", got, r.err)
	}
	if m.image.Image != shown {
		t.Error("a failed picture is shown")
	}
}

func TestClosedMapDrawsNoMore(t *testing.T) {
	m, r, q, _ := newMap(t)
	m.Close()
	before := r.count()
	m.ZoomIn()
	q.settle(m)
	if r.count() != before {
		t.Error("drew after it was closed")
	}
}

func TestViewChangesAreTold(t *testing.T) {
	m, _, _, _ := newMap(t)
	var got render.View
	m.OnViewChanged = func(v render.View) { got = v }
	m.ZoomIn()
	if got != m.View() {
		t.Errorf("told %+v, the view is %+v", got, m.View())
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

func TestFinePixels(t *testing.T) {
	m, r, q, w := newMap(t)
	w.Canvas().(software.WindowlessCanvas).SetScale(2)
	m.Home()
	q.settle(m)
	v := m.View()
	if v.Width != 1600 || v.Height != 1200 || v.Unit != 2 {
		t.Errorf("view is %d x %d with unit %g, want 1600 x 1200 and 2", v.Width, v.Height, v.Unit)
	}
	if d := r.last(); d.Width != 2000 || d.Height != 1500 {
		t.Errorf("picture is %d x %d, want 2000 x 1500", d.Width, d.Height)
	}
	if size := m.image.Size(); size != fyne.NewSize(1000, 750) {
		t.Errorf("picture takes %v on the screen, want 1000 x 750", size)
	}
}

func TestLatestKeepsTheNewest(t *testing.T) {
	q := newQueue()
	l := NewLatest(q.dispatch)
	var got []int
	for i := range 5 {
		l.Do(func() { got = append(got, i) })
	}
	q.step(t)
	l.Do(func() { got = append(got, 5) })
	q.step(t)
	if len(got) != 2 || got[0] != 4 || got[1] != 5 || len(q.jobs) != 0 {
		t.Errorf("ran %v, want the newest of the first five and the sixth", got)
	}
}

func BenchmarkPan(b *testing.B) {
	test.NewTempApp(b)
	m := New(func(fn func()) {})
	m.Resize(fyne.NewSize(1200, 800))
	m.SetHome(home)
	m.shown = frame{img: image.NewRGBA(image.Rect(0, 0, 1500, 1000)), view: m.View()}
	m.shown.view.Width, m.shown.view.Height = 1500, 1000
	b.ReportAllocs()
	for b.Loop() {
		m.pan(1, 1)
		m.pan(-1, -1)
	}
}
