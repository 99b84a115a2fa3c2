package mapview

import (
	"context"
	"errors"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"

	"nabar/mapview/render"
)

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
