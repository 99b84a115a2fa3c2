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

// TestCircles draws one by two clicks and one in a drag, with the radius told on the way.
func TestCircles(t *testing.T) {
	centre, rim := fyne.NewPos(200, 150), fyne.NewPos(300, 150)
	want := [][]orb.Point{{{700000, 6400000}, {701000, 6400000}}}
	for name, do := range map[string]func(b *sketchBench){
		"two clicks": func(b *sketchBench) { b.click(centre, rim) },
		"a drag": func(b *sketchBench) {
			b.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: centre}, Button: desktop.MouseButtonPrimary})
			b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(250, 150)}})
			b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: rim}})
			b.DragEnd()
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newSketchBench()
			var told []float64
			b.Draw(Sketch{
				Shape: CircleShape,
				Done:  func(p []orb.Point) { b.got = append(b.got, p) },
				Changed: func(p []orb.Point, at *orb.Point) {
					if len(p) > 0 && at != nil {
						told = append(told, at[0]-p[0][0])
					}
				},
			})
			do(b)
			if !reflect.DeepEqual(b.got, want) || b.Sketching() {
				t.Errorf("got %v, want %v", b.got, want)
			}
			if b.centre != (orb.Point{700000, 6400000}) {
				t.Error("the map moved with the drag")
			}
			if name == "a drag" && !reflect.DeepEqual(told, []float64{500, 1000}) {
				t.Errorf("radii told on the way: %v", told)
			}
		})
	}
}

// TestPointsSnap draws the pointer to a vertex: the mark is shown before the click, and the click goes there.
func TestPointsSnap(t *testing.T) {
	b := newSketchBench()
	vertex := orb.Point{701003, 6400002}
	b.Draw(Sketch{
		Shape: LineShape,
		Done:  func(p []orb.Point) { b.got = append(b.got, p) },
		Snap: func(p orb.Point) (Snap, bool) {
			return Snap{At: vertex, Vertex: true}, p[0] > 700900
		},
	})
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, 150)}})
	if n := len(b.sketch.lines.Objects); n != 2 {
		t.Errorf("%d objects, want a mark with its edge", n)
	}
	b.click(fyne.NewPos(300, 150), fyne.NewPos(200, 150))
	b.key(fyne.KeyReturn)
	if want := [][]orb.Point{{vertex, {700000, 6400000}}}; !reflect.DeepEqual(b.got, want) {
		t.Errorf("got %v, want %v", b.got, want)
	}
}

// TestDrawnByKeys sets points in the middle of the map.
func TestDrawnByKeys(t *testing.T) {
	b := newSketchBench()
	b.begin(LineShape)
	b.key(fyne.KeySpace)
	b.key(fyne.KeyRight)
	b.key(fyne.KeySpace)
	b.key(fyne.KeyReturn)
	if len(b.got) != 1 || len(b.got[0]) != 2 || b.got[0][0] != (orb.Point{700000, 6400000}) || b.got[0][1][0] <= 700000 {
		t.Errorf("got %v", b.got)
	}
}

// TestBoxesAreGiven drags a box where somebody asks for it, with Shift held; without that Shift zooms.
func TestBoxesAreGiven(t *testing.T) {
	b := newSketchBench()
	drag := func() {
		b.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 100)}, Button: desktop.MouseButtonPrimary, Modifier: fyne.KeyModifierShift})
		b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}})
		b.DragEnd()
	}
	var got orb.Bound
	var held fyne.KeyModifier
	b.OnBox = func(box orb.Bound, k fyne.KeyModifier) { got, held = box, k }
	drag()
	if want := (orb.Bound{Min: orb.Point{699000, 6400000}, Max: orb.Point{700000, 6400500}}); got != want || held != fyne.KeyModifierShift || b.scale != 10 {
		t.Errorf("got %v with %v, want %v", got, held, want)
	}
	b.OnBox = nil
	drag()
	if b.scale >= 10 {
		t.Error("Shift no longer zooms")
	}
}

// TestWhatIsShownFollowsTheMap pans under handles and a line, most of which lies beyond the map.
func TestWhatIsShownFollowsTheMap(t *testing.T) {
	b := newSketchBench()
	b.SetDrawn(Drawn{
		Lines:   [][]orb.Point{{{690000, 6400000}, {700000, 6400000}, {700000.5, 6400000}, {710000, 6400000}}},
		Handles: []Handle{{At: orb.Point{700000, 6400000}}, {At: orb.Point{750000, 6400000}}},
	})
	objects := b.drawn.objects.Objects
	if len(objects) != 5 { // two pieces with their edges, and one handle
		t.Fatalf("%d objects", len(objects))
	}
	at := objects[4].Position()
	b.pan(30, 10)
	if moved := b.drawn.objects.Objects[4].Position(); moved != at.AddXY(30, 10) {
		t.Errorf("the handle went from %v to %v", at, moved)
	}
	b.SetDrawn(Drawn{})
	if n := len(b.drawn.objects.Objects); n != 0 {
		t.Errorf("%d objects stay", n)
	}
}
