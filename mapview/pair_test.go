package mapview

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"
)

// newPair is two maps in a window of 800 by 400 units.
func newPair(t *testing.T) *Pair {
	t.Helper()
	test.NewTempApp(t)
	p := NewPair(func(fn func()) { fn() })
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 400))
	p.A.FitBound(orb.Bound{Min: orb.Point{700000, 6380000}, Max: orb.Point{720000, 6400000}})
	return p
}

func TestBothMapsShowTheSamePlace(t *testing.T) {
	p := newPair(t)
	same := func(what string) {
		t.Helper()
		a, b := p.A.View(), p.B.View()
		if a.Centre != b.Centre || a.Scale != b.Scale {
			t.Errorf("%s: %v at %g and %v at %g", what, a.Centre, a.Scale, b.Centre, b.Scale)
		}
	}
	same("at first")
	before := p.A.View()
	p.B.pan(40, -25)
	same("after panning the right one")
	p.A.ZoomIn()
	same("after zooming the left one")
	p.SetSwipe(true)
	same("under a swipe")
	p.B.ZoomOut()
	p.B.pan(-10, 25)
	same("after going back")
	if p.A.View().Centre == before.Centre {
		t.Error("the maps have not moved")
	}
}

func TestSwipeShowsAPartOfTheLeftMap(t *testing.T) {
	p := newPair(t)
	if p.A.Size().Width != 400 || p.B.Size().Width > 400 {
		t.Errorf("beside each other the maps are %g and %g wide", p.A.Size().Width, p.B.Size().Width)
	}
	p.SetSwipe(true)
	if p.A.Size() != p.Size() || p.B.Size() != p.Size() || p.clip.Size().Width != 400 {
		t.Errorf("under a swipe the maps are %v and %v, %g of the left one is seen", p.A.Size(), p.B.Size(), p.clip.Size().Width)
	}
	p.handle.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(100, 0)})
	if got := p.clip.Size().Width; got != 500 || p.A.Size() != p.Size() {
		t.Errorf("after dragging 100 units %g are seen", got)
	}
	for _, far := range []float32{2000, -4000} {
		p.handle.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(far, 0)})
		if got := p.clip.Size().Width; got < leastSeen-1 || got > 800-leastSeen+1 {
			t.Errorf("dragged far, %g units of the left map are seen", got)
		}
	}
	p.SetSwipe(false)
	p.handle.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(100, 0)})
	if p.clip.Size().Width != 400 {
		t.Error("the divider between two maps can be dragged")
	}
}
