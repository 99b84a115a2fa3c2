package render

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"golang.org/x/image/vector"

	"nabar/model"
	"nabar/model/symbology"
)

// TestLineCoverage compares the ink of single lines with their width times length: the raster must neither fatten nor
// thin them, at any angle and for widths under a pixel too.
func TestLineCoverage(t *testing.T) {
	for _, width := range []float64{0.4, 0.8, 1, 2, 5} {
		for degrees := 0.0; degrees < 180; degrees += 7.5 {
			sin, cos := math.Sincos(degrees * math.Pi / 180)
			const shifts = 8 // across, in parts of a pixel: the mean of all counts
			sum := 0.0
			for k := range shifts {
				m := newMask(120, 120)
				x, y := 60-sin*float64(k)/shifts, 60+cos*float64(k)/shifts
				m.segment(x-40*cos, y-40*sin, x+40*cos, y+40*sin, width/2, true)
				for _, c := range m.cover {
					sum += float64(c) / 255 / shifts
				}
			}
			if want := width * 80; math.Abs(sum-want) > 0.06*want {
				t.Errorf("width %v at %v°: ink %.1f, want %.1f", width, degrees, sum, want)
			}
		}
	}
}

// TestLineByBruteForce compares each pixel with the distance of its middle from the line.
func TestLineByBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		m := newMask(40, 30)
		m.top = r.IntN(20)
		x0, y0, x1, y1 := 80*r.Float64()-20, 80*r.Float64()-20, 80*r.Float64()-20, 80*r.Float64()-20
		half := 0.3 + 4*r.Float64()
		m.segment(x0, y0, x1, y1, half, false)
		for i, got := range m.cover {
			px, py := float64(i%40)+0.5, float64(i/40+m.top)+0.5
			c := math.Min(math.Max(half+0.5-distance(px, py, x0, y0, x1, y1), 0), math.Min(1, 2*half))
			if math.Abs(c*255-float64(got)) > 1.01 {
				t.Fatalf("pixel (%v, %v): %d, want %.1f", px, py, got, c*255)
			}
		}
	}
}

// distance of a point from a line segment.
func distance(px, py, x0, y0, x1, y1 float64) float64 {
	dx, dy := x1-x0, y1-y0
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = math.Min(math.Max(((px-x0)*dx+(py-y0)*dy)/l, 0), 1)
	}
	return math.Hypot(px-x0-t*dx, py-y0-t*dy)
}

func TestFillCoversItsArea(t *testing.T) {
	var z vector.Rasterizer
	m := newMask(100, 100)
	var p Path
	p.Circle(50.3, 49.1, 31)
	var hole Path
	hole.Rect(45, 45, 10, 8)
	reversePairs(hole.XY)
	p.Verbs, p.XY = append(p.Verbs, hole.Verbs...), append(p.XY, hole.XY...)
	m.fill(&p, &z)
	sum := 0.0
	for _, c := range m.cover {
		sum += float64(c) / 255
	}
	if want := math.Pi*31*31 - 80; math.Abs(sum-want) > 0.05*2*math.Pi*31 { // a twentieth of a pixel all round
		t.Errorf("area %.1f, want %.1f", sum, want)
	}
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	m.flush(img, symbology.RGB(0xff0000), nil)
	if img.RGBAAt(50, 30).A != 255 || img.RGBAAt(50, 49).A != 0 || img.RGBAAt(2, 2).A != 0 {
		t.Error("inside, hole or outside is painted wrongly")
	}
	for i, c := range m.cover {
		if c != 0 {
			t.Fatalf("pixel %d of the mask is left at %d", i, c)
		}
	}
}

func TestDashes(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 100, 9))
	var p Path
	p.Line(0, 4.5, 50, 4.5, 100, 4.5) // the pattern runs on over the joint
	NewRaster(img).Path(&p, Paint{Stroke: symbology.RGB(0), Width: 3, Dash: []float64{20, 10}})
	for x := range 100 {
		want := uint8(0)
		if x%30 < 20 {
			want = 255
		}
		if got := img.RGBAAt(x, 4).A; got != want {
			t.Errorf("x = %d: %d, want %d", x, got, want)
		}
	}
}

func TestSimplifyStaysWithinTolerance(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var scratch simplifier
	for range 200 {
		var xy []float64
		x, y := 0.0, 0.0
		for range 2 + r.IntN(60) {
			x, y = x+20*r.Float64()-5, y+20*r.Float64()-10
			xy = append(xy, x, y)
		}
		tolerance := 8 * r.Float64()
		out := simplify(nil, xy, tolerance, &scratch)
		if !slices.Equal(out[:2], xy[:2]) || !slices.Equal(out[len(out)-2:], xy[len(xy)-2:]) {
			t.Fatal("an end was lost")
		}
		for i := 0; i < len(xy); i += 2 {
			nearest := math.Inf(1)
			for j := 0; j+3 < len(out); j += 2 {
				nearest = math.Min(nearest, distance(xy[i], xy[i+1], out[j], out[j+1], out[j+2], out[j+3]))
			}
			if nearest > tolerance+1e-9 {
				t.Fatalf("a point lies %.3f off, tolerance %.3f", nearest, tolerance)
			}
		}
	}
	line := []float64{0, 0, 1, 0, 2, 0, 3, 0}
	if out := simplify(nil, line, 0, &scratch); len(out) != len(line) {
		t.Error("tolerance 0 lost points")
	}
	if out := simplify(nil, line, 0.1, &scratch); len(out) != 4 {
		t.Errorf("a straight line kept %d points", len(out)/2)
	}
}

// TestChainsKeepEverySegment: joined roads hold the same segments as the roads, each once.
func TestChainsKeepEverySegment(t *testing.T) {
	set := syntheticRoads()
	var members []int
	for i := range set.Len() {
		members = append(members, i)
	}
	count := func(n map[[4]float64]int, xy []float64) {
		for i := 0; i+3 < len(xy); i += 2 {
			k := [4]float64{xy[i], xy[i+1], xy[i+2], xy[i+3]}
			if k[0] > k[2] || (k[0] == k[2] && k[1] > k[3]) {
				k = [4]float64{k[2], k[3], k[0], k[1]}
			}
			n[k]++
		}
	}
	want, got := map[[4]float64]int{}, map[[4]float64]int{}
	for i := range set.Len() {
		count(want, set.Vertices(i))
	}
	lines := chains(set, members)
	for _, xy := range lines {
		count(got, xy)
	}
	if len(lines) > set.Len()/2 {
		t.Errorf("%d roads became %d lines: hardly any joined", set.Len(), len(lines))
	}
	if len(got) != len(want) {
		t.Fatalf("%d segments, want %d", len(got), len(want))
	}
	for k, n := range want {
		if got[k] != n {
			t.Fatalf("segment %v: %d times, want %d", k, got[k], n)
		}
	}
}

func TestChainStopsAtJunctionsAndClosesLoops(t *testing.T) {
	set := &model.RoadSet{}
	for _, l := range []orb.LineString{
		{at(0, 0), at(100, 0)},
		{at(200, 0), at(100.4, 0)}, // turned the other way, its end 0.4 m off: still the same node
		{at(200, 0), at(300, 0)},
		{at(200, 0), at(200, 90)},
		{at(0, 500), at(50, 550), at(100, 500)}, // a loop of two
		{at(100, 500), at(50, 450), at(0, 500)},
	} {
		set.Add(model.Road{Line: l, Class: 7})
	}
	lines := chains(set, []int{0, 1, 2, 3, 4, 5})
	var counts []int
	for _, xy := range lines {
		counts = append(counts, len(xy)/2)
	}
	if !slices.Equal(counts, []int{3, 2, 2, 5}) {
		t.Errorf("lines of %v points, want 3, 2, 2 and 5", counts)
	}
}

func TestHilbertVisitsNeighbours(t *testing.T) {
	b := orb.Bound{Max: orb.Point{65536, 65536}}
	type cell struct {
		key  uint32
		x, y int
	}
	var cells []cell
	for x := range 32 {
		for y := range 32 {
			cells = append(cells, cell{hilbert(orb.Point{float64(x), float64(y)}, b), x, y})
		}
	}
	slices.SortFunc(cells, func(a, b cell) int { return int(a.key) - int(b.key) })
	for i := 1; i < len(cells); i++ {
		a, c := cells[i-1], cells[i]
		if step := max(a.x-c.x, c.x-a.x) + max(a.y-c.y, c.y-a.y); step != 1 || c.key != a.key+1 {
			t.Fatalf("from (%d, %d) the curve jumps to (%d, %d)", a.x, a.y, c.x, c.y)
		}
	}
}

func TestClipLines(t *testing.T) {
	b := box{0, 0, 10, 10}
	r := rand.New(rand.NewPCG(3, 3))
	for range 2000 {
		var xy []float64
		for range 2 + r.IntN(5) {
			xy = append(xy, 40*r.Float64()-15, 40*r.Float64()-15)
		}
		var p Path
		b.lines(&p, xy)
		length := 0.0
		var scratch []float64
		eachLine(&p, &scratch, func(part []float64) {
			for i := 0; i+3 < len(part); i += 2 {
				length += math.Hypot(part[i+2]-part[i], part[i+3]-part[i+1])
			}
		})
		want, steps := 0.0, 4000
		for i := 0; i+3 < len(xy); i += 2 {
			dx, dy := xy[i+2]-xy[i], xy[i+3]-xy[i+1]
			for k := range steps {
				f := (float64(k) + 0.5) / float64(steps)
				if x, y := xy[i]+f*dx, xy[i+1]+f*dy; x >= 0 && x <= 10 && y >= 0 && y <= 10 {
					want += math.Hypot(dx, dy) / float64(steps)
				}
			}
		}
		if math.Abs(length-want) > 0.15 {
			t.Fatalf("%v: %.3f inside, want %.3f", xy, length, want)
		}
	}
}

func TestClipRing(t *testing.T) {
	b := box{0, 0, 10, 10}
	diamond := []float64{5, -3, 13, 5, 5, 13, -3, 5}
	out := b.ring(diamond)
	// The square of 100 less four corners cut off: each a triangle with legs of 2.
	if area := math.Abs(signedArea(out)) / 2; math.Abs(area-92) > 1e-9 {
		t.Errorf("area %v, want 92", area)
	}
	if out := b.ring([]float64{20, 20, 30, 20, 25, 30}); len(out) != 0 {
		t.Errorf("a ring outside left %v", out)
	}
	if out := b.ring([]float64{-50, -50, 50, -50, 50, 50, -50, 50}); math.Abs(signedArea(out))/2 != 100 {
		t.Errorf("a ring around left %v", out)
	}
}

// TestHolesWhateverTheirDirection: rings come clockwise or not; a hole is a hole.
func TestHolesWhateverTheirDirection(t *testing.T) {
	outer := ring(at(0, 0), at(1000, 0), at(1000, 1000), at(0, 1000))
	inner := ring(at(300, 300), at(700, 300), at(700, 700), at(300, 700))
	for k := range 4 {
		p := orb.Polygon{outer.Clone(), inner.Clone()}
		if k&1 != 0 {
			p[0].Reverse()
		}
		if k&2 != 0 {
			p[1].Reverse()
		}
		v := View{Centre: at(500, 500), Scale: 10, Width: 120, Height: 120}
		var path Path
		newShaper(v, 2).area(&path, p)
		img := image.NewRGBA(image.Rect(0, 0, 120, 120))
		NewRaster(img).Path(&path, Paint{Fill: symbology.RGB(0)})
		if img.RGBAAt(60, 60).A != 0 || img.RGBAAt(20, 20).A != 255 || img.RGBAAt(2, 2).A != 0 {
			t.Errorf("directions %d: hole, area or outside is painted wrongly", k)
		}
	}
}

func TestWidthHasKerningAndScales(t *testing.T) {
	f := Font{Regular, 10}
	if av := f.Width("AV"); av >= f.Width("A")+f.Width("V") {
		t.Errorf("AV is %.2f wide, as wide as its letters apart", av)
	}
	if a, b := f.Width("Räckvidd"), (Font{Regular, 30}).Width("Räckvidd"); math.Abs(3*a-b) > 1e-9 {
		t.Errorf("%v at 10, %v at 30", a, b)
	}
	for face := range Bold + 1 {
		if w := (Font{face, 10}).Width("åäö"); w <= 0 {
			t.Errorf("%s has no åäö", face.Name())
		}
	}
}

func TestWrap(t *testing.T) {
	f := Font{Regular, 10}
	lines := f.Wrap("en mening som ska brytas efter rätt ord 1\u00a0234 här", 60)
	for _, l := range lines {
		if f.Width(l) > 60 {
			t.Errorf("%q is too wide", l)
		}
	}
	if len(lines) < 3 || !slices.ContainsFunc(lines, func(l string) bool { return len(l) > 5 }) {
		t.Errorf("%q", lines)
	}
	if got := f.Wrap("ettlångtord", 3); !slices.Equal(got, []string{"ettlångtord"}) {
		t.Errorf("%q", got)
	}
}

// TestLettersThatTheFaceLacks are borrowed from another, and what none has is written as its number: no letter is a box.
func TestLettersThatTheFaceLacks(t *testing.T) {
	box := face(Regular).own(0).path
	for _, r := range "čđŋšŧžǩǨʒǯ😀🛒★☎" {
		for _, f := range []Face{Regular, Italic, Bold} {
			d := face(f)
			d.mu.Lock()
			g := d.glyph(r)
			d.mu.Unlock()
			if g.path.Empty() || slices.Equal(g.path.XY, box.XY) {
				t.Errorf("%c in %s is a box or nothing", r, f.Name())
			}
		}
	}
	f := Font{Regular, 10}
	if got, want := f.Width("中"), f.Width("[U+4E2D]"); got < want-1 || got > want+1 {
		t.Errorf("a letter that no font has is %g wide, its number %g", got, want)
	}
	if got, want := f.Width("a\ufe0f\u200db"), f.Width("ab"); got < want-0.5 || got > want+0.5 {
		t.Errorf("what is not drawn takes room: %g, want %g", got, want)
	}
}

func TestMovedAndTurned(t *testing.T) {
	var at []float64
	c := Moved(positions{&at}, 10, 20)
	var p Path
	p.MoveTo(1, 2)
	c.Begin(Group{Clip: &p})
	c.Path(&p, Paint{})
	c.Text(Text{X: 3, Y: 4})
	c.End()
	if want := []float64{11, 22, 11, 22, 13, 24}; !slices.Equal(at, want) {
		t.Errorf("moved to %v, want %v", at, want)
	}
	at = nil
	turned := Turned(positions{&at}, 10, 20, math.Pi/2)
	turned.Path(&p, Paint{})
	if math.Abs(at[0]-8) > 1e-9 || math.Abs(at[1]-21) > 1e-9 {
		t.Errorf("turned to %v, want 8, 21", at)
	}
}

// positions keeps the coordinates that it is given.
type positions struct{ at *[]float64 }

func (r positions) Begin(g Group) { *r.at = append(*r.at, g.Clip.XY...) }

func (r positions) End() {}

func (r positions) Path(p *Path, _ Paint) { *r.at = append(*r.at, p.XY...) }

func (r positions) Text(t Text) { *r.at = append(*r.at, t.X, t.Y) }
