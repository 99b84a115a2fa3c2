package mapview

import (
	"context"
	"image"
	"math"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
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

func TestViewChangesAreTold(t *testing.T) {
	m, _, _, _ := newMap(t)
	var got render.View
	m.OnViewChanged = func(v render.View) { got = v }
	m.ZoomIn()
	if got != m.View() {
		t.Errorf("told %+v, the view is %+v", got, m.View())
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
