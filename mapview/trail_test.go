package mapview

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"
)

// TestScreenAndWorldAreInverse holds for the widget too, whose positions are float32, at every zoom that it allows.
func TestScreenAndWorldAreInverse(t *testing.T) {
	m, _, _, _ := newMap(t)
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		m.centre = orb.Point{250000 + 700000*r.Float64(), 6100000 + 1600000*r.Float64()}
		m.scale = minScale * math.Pow(maxScale/minScale, r.Float64())
		pos := fyne.NewPos(float32((3*r.Float64()-1)*800), float32((3*r.Float64()-1)*600))
		back := m.screen(m.world(pos))
		if !near(float64(back.X), float64(pos.X), 0.01) || !near(float64(back.Y), float64(pos.Y), 0.01) {
			t.Fatalf("at %g m a unit %v came back as %v", m.scale, pos, back)
		}
		p := m.pointer(pos)
		if x, y := p.View.ToScreen(p.At); !near(x, p.X, 0.01) || !near(y, p.Y, 0.01) {
			t.Fatalf("at %g m a unit the view has %v at (%g, %g)", m.scale, pos, x, y)
		}
	}
}

func TestBackAndForward(t *testing.T) {
	m, _, _, _ := newMap(t)
	clock := time.Now()
	m.now = func() time.Time { return clock }
	at := func() spot { return spot{m.centre, m.scale} }
	start := at()
	for range 20 { // one drag
		clock = clock.Add(16 * time.Millisecond)
		m.pan(5, 3)
	}
	panned := at()
	clock = clock.Add(2 * time.Second)
	m.ZoomIn()
	zoomed := at()
	m.Back()
	if at() != panned {
		t.Errorf("back leads to %v, want %v", at(), panned)
	}
	m.Back()
	m.Back() // there is no more
	if at() != start {
		t.Errorf("back leads to %v, want the beginning %v", at(), start)
	}
	m.Forward()
	m.Forward()
	m.Forward()
	if at() != zoomed {
		t.Errorf("forward leads to %v, want %v", at(), zoomed)
	}
	m.Back()
	clock = clock.Add(2 * time.Second)
	m.Home()
	m.Forward()
	if m.moved {
		t.Error("forward leads on although the user has gone another way")
	}
	m.Back()
	if at() != panned {
		t.Errorf("back from home leads to %v, want %v", at(), panned)
	}
	m.Forget()
	m.Back()
	if at() != panned {
		t.Error("another project, and back leads into the one before")
	}
}

func TestKeptViewIsShownExactly(t *testing.T) {
	m, _, _, _ := newMap(t)
	m.ZoomIn()
	want := m.View()
	m.pan(300, 200)
	m.ZoomOut()
	m.ShowBound(want.Bound())
	got := m.View()
	if !near(got.Scale/want.Scale, 1, 1e-6) || !near(got.Centre[0], want.Centre[0], 0.01) || !near(got.Centre[1], want.Centre[1], 0.01) {
		t.Errorf("shows %+v, want %+v", got, want)
	}
}
