package mapview

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/paulmach/orb"
)

// carryBench is a map on which everything left of x = 100 can be carried, and what it told.
type carryBench struct {
	*Map
	carried, dropped []orb.Point
	given            bool
	late             bool // the picture is placed later
}

func newCarryBench() *carryBench {
	b := &carryBench{Map: New(func(fn func()) { fn() })}
	b.Resize(fyne.NewSize(400, 300))
	b.centre, b.scale = orb.Point{700000, 6400000}, 10
	b.OnGrab = func(p Pointer) bool { return p.X < 100 }
	b.OnCarry = func(p Pointer) bool {
		b.carried = append(b.carried, p.At)
		return b.late
	}
	b.OnDrop = func(p Pointer, given bool) { b.dropped, b.given = append(b.dropped, p.At), given }
	return b
}

// TestWhatIsCarriedIsPlacedWithWhatFollows: the picture waits for PlaceCarried where the window says so.
func TestWhatIsCarriedIsPlacedWithWhatFollows(t *testing.T) {
	b := newCarryBench()
	b.late = true
	b.ShowCarried(image.NewRGBA(image.Rect(0, 0, 8, 8)))
	b.drag(false, fyne.NewPos(50, 150), fyne.NewPos(60, 150))
	was := b.Map.carried.Position()
	b.PlaceCarried()
	if is := b.Map.carried.Position(); is == was || !b.Map.carried.Visible() {
		t.Errorf("at %v before and %v after it was placed", was, is)
	}
}

// drag presses at from, moves to each of the others in turn and, where asked, lets go.
func (b *carryBench) drag(release bool, from fyne.Position, to ...fyne.Position) {
	b.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: from}, Button: desktop.MouseButtonPrimary})
	for _, at := range to {
		b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(at.X-from.X, at.Y-from.Y)})
		from = at
	}
	if release {
		b.DragEnd()
		b.MouseUp(&desktop.MouseEvent{})
	}
}

func TestWhatIsGrabbedFollowsThePointerAndTheMapStays(t *testing.T) {
	b := newCarryBench()
	b.ShowCarried(image.NewRGBA(image.Rect(0, 0, 8, 8)))
	view := b.View()
	b.drag(false, fyne.NewPos(50, 150), fyne.NewPos(60, 150), fyne.NewPos(250, 140))
	if !b.Map.Carrying() || b.View() != view || !b.Map.carried.Visible() {
		t.Fatal("the map moves, or nothing is carried")
	}
	b.DragEnd()
	want := orb.Point{700000 + (250-200)*10, 6400000 + (150-140)*10}
	if len(b.carried) != 2 || b.carried[1] != want || len(b.dropped) != 1 || b.dropped[0] != want || !b.given {
		t.Errorf("carried %v, dropped %v, want the last at %v", b.carried, b.dropped, want)
	}
	if b.Map.Carrying() || b.Map.carried.Visible() {
		t.Error("still carried after the drop")
	}
}

func TestDragElsewherePans(t *testing.T) {
	b := newCarryBench()
	view := b.View()
	b.drag(true, fyne.NewPos(150, 150), fyne.NewPos(170, 150))
	if len(b.carried)+len(b.dropped) != 0 || b.View().Centre != (orb.Point{view.Centre[0] - 200, view.Centre[1]}) {
		t.Errorf("carried %v, the map is at %v", b.carried, b.View().Centre)
	}
}

func TestEscapeGivesUpWhatIsCarried(t *testing.T) {
	b := newCarryBench()
	view := b.View()
	offered := 0
	b.OnKey = func(*fyne.KeyEvent) bool { offered++; return false }
	b.drag(false, fyne.NewPos(50, 150), fyne.NewPos(60, 150))
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.drag(true, fyne.NewPos(60, 150), fyne.NewPos(160, 150))
	if len(b.carried) != 1 || len(b.dropped) != 1 || b.given || b.View() != view || offered != 0 {
		t.Errorf("carried %v, dropped %v (%v), %d keys offered; the map is at %v", b.carried, b.dropped, b.given, offered, b.View())
	}
	b.drag(true, fyne.NewPos(50, 150), fyne.NewPos(80, 150))
	if len(b.dropped) != 2 || !b.given {
		t.Error("nothing can be carried after Escape")
	}
}

func TestKeysAreOfferedFirst(t *testing.T) {
	b := newCarryBench()
	view := b.View()
	b.OnKey = func(ev *fyne.KeyEvent) bool { return ev.Name == fyne.KeyLeft }
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if b.View() != view {
		t.Error("a key that was of use moves the map")
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if b.View() == view {
		t.Error("a key that was of no use is lost")
	}
}
