package mapview

import (
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/paulmach/orb"
)

// sketchBench is a map with a clock that each click moves on, and what sketches gave.
type sketchBench struct {
	*Map
	clock  time.Time
	got    [][]orb.Point
	tapped int
}

func newSketchBench() *sketchBench {
	b := &sketchBench{Map: New(func(fn func()) { fn() }), clock: time.Unix(100, 0)}
	b.Resize(fyne.NewSize(400, 300))
	b.centre, b.scale = orb.Point{700000, 6400000}, 10
	b.now = func() time.Time { return b.clock }
	b.OnTapped = func(Pointer) { b.tapped++ }
	return b
}

// begin begins a sketch.
func (b *sketchBench) begin(shape Shape) {
	b.Sketch(shape, func(points []orb.Point) { b.got = append(b.got, points) })
}

// click clicks at positions, slowly.
func (b *sketchBench) click(at ...fyne.Position) {
	for _, p := range at {
		b.clock = b.clock.Add(time.Second)
		b.Tapped(&fyne.PointEvent{Position: p})
	}
}

func (b *sketchBench) key(name fyne.KeyName) { b.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestSketches(t *testing.T) {
	east, middle, south := fyne.NewPos(300, 150), fyne.NewPos(200, 150), fyne.NewPos(200, 250)
	points := []orb.Point{{701000, 6400000}, {700000, 6400000}, {700000, 6399000}}
	cases := []struct {
		name  string
		shape Shape
		do    func(b *sketchBench)
		want  [][]orb.Point
	}{
		{"a point is one click", PointShape, func(b *sketchBench) { b.click(east) }, [][]orb.Point{points[:1]}},
		{"a line ends at Return", LineShape, func(b *sketchBench) { b.click(east, middle, south); b.key(fyne.KeyReturn) }, [][]orb.Point{points}},
		{"a line ends at a double click", LineShape, func(b *sketchBench) {
			b.click(east, middle)
			b.Tapped(&fyne.PointEvent{Position: middle})
		}, [][]orb.Point{points[:2]}},
		{"one point is no line", LineShape, func(b *sketchBench) { b.click(east); b.key(fyne.KeyReturn) }, nil},
		{"two points are no area", AreaShape, func(b *sketchBench) { b.click(east, middle); b.key(fyne.KeyReturn) }, nil},
		{"Backspace takes a point back", LineShape, func(b *sketchBench) {
			b.click(east, south)
			b.key(fyne.KeyBackspace)
			b.click(middle)
			b.key(fyne.KeyEnter)
		}, [][]orb.Point{points[:2]}},
		{"Escape gives nothing", AreaShape, func(b *sketchBench) { b.click(east, middle, south); b.key(fyne.KeyEscape) }, [][]orb.Point{nil}},
		{"another sketch ends the first", LineShape, func(b *sketchBench) { b.click(east); b.begin(PointShape); b.click(middle) }, [][]orb.Point{nil, points[1:2]}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newSketchBench()
			b.begin(c.shape)
			c.do(b)
			if !reflect.DeepEqual(b.got, c.want) || b.tapped > 0 {
				t.Errorf("got %v, want %v; %d clicks chose something", b.got, c.want, b.tapped)
			}
			if b.Sketching() != (c.want == nil) {
				t.Errorf("still sketching: %v", b.Sketching())
			}
		})
	}
}

func TestRubberBandFollowsThePointer(t *testing.T) {
	b := newSketchBench()
	b.begin(LineShape)
	b.click(fyne.NewPos(300, 150))
	if n := len(b.sketch.lines.Objects); n != 1 {
		t.Errorf("%d objects, want a dot", n)
	}
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 100)}})
	if n := len(b.sketch.lines.Objects); n != 3 || b.Cursor() != desktop.CrosshairCursor {
		t.Errorf("%d objects, want a dot and a line with its edge", n)
	}
	b.key(fyne.KeyEscape)
	if n := len(b.sketch.lines.Objects); n != 0 {
		t.Errorf("%d objects stay", n)
	}
	b.click(fyne.NewPos(10, 10))
	if b.tapped != 1 {
		t.Error("clicks no longer choose")
	}
}

// TestTetherFollowsTheMap shows how far a road is, and keeps its ends on their places while the map moves.
func TestTetherFollowsTheMap(t *testing.T) {
	b := newSketchBench()
	b.CreateRenderer()
	from, to := orb.Point{700100, 6400000}, orb.Point{700100, 6400500}
	b.ShowTether(from, &to, "500 m")
	check := func(what string) {
		t.Helper()
		if b.tether.line.Position1 != b.screen(from) || b.tether.line.Position2 != b.screen(to) || !b.tether.box.Visible() || b.Tether() != "500 m" {
			t.Errorf("%s: the line lies from %v to %v", what, b.tether.line.Position1, b.tether.line.Position2)
		}
	}
	check("at first")
	b.ZoomIn()
	b.pan(30, 20)
	check("moved")
	for _, corner := range []orb.Point{b.world(fyne.NewPos(399, 299)), b.world(fyne.NewPos(1, 1))} {
		b.ShowTether(corner, nil, "ingen väg")
		at, size := b.tether.word.Position(), b.tether.word.Size()
		if b.tether.line.Visible() || at.X < 0 || at.Y < 0 || at.X+size.Width > 400 || at.Y+size.Height > 300 {
			t.Errorf("at %v the word stands at %v, %v", corner, at, size)
		}
	}
	b.HideTether()
	if b.tether.box.Visible() || b.Tether() != "" {
		t.Error("the line is still there")
	}
}
