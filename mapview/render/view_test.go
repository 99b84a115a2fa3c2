package render

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/crs"
)

// randomView gives a view anywhere in Sweden at any scale that Zoom allows.
func randomView(r *rand.Rand) View {
	return View{
		Centre: orb.Point{250000 + 700000*r.Float64(), 6100000 + 1600000*r.Float64()},
		Scale:  MinScale * math.Pow(MaxScale/MinScale, r.Float64()),
		Width:  1 + r.IntN(4000), Height: 1 + r.IntN(4000), Unit: []float64{0, 0.75, 1, 2}[r.IntN(4)],
	}
}

func TestScreenAndWorldAreInverse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		v := randomView(r)
		x, y := (3*r.Float64()-1)*float64(v.Width), (3*r.Float64()-1)*float64(v.Height)
		gx, gy := v.ToScreen(v.ToWorld(x, y))
		if math.Abs(gx-x) > 0.01 || math.Abs(gy-y) > 0.01 {
			t.Fatalf("%+v: (%v, %v) came back as (%v, %v)", v, x, y, gx, gy)
		}
	}
}

func TestZoomKeepsThePointUnderThePointer(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		v := randomView(r)
		x, y := r.Float64()*float64(v.Width), r.Float64()*float64(v.Height)
		before := v.ToWorld(x, y)
		zoomed := v.Zoom(math.Pow(2, 8*r.Float64()-4), x, y)
		gx, gy := zoomed.ToScreen(before)
		if math.Abs(gx-x) > 0.01 || math.Abs(gy-y) > 0.01 {
			t.Fatalf("%+v zoomed about (%v, %v): it moved to (%v, %v)", v, x, y, gx, gy)
		}
		if zoomed.Scale < MinScale || zoomed.Scale > MaxScale {
			t.Fatalf("scale %v", zoomed.Scale)
		}
	}
	v := View{Scale: 10, Width: 100, Height: 100}
	if v.Zoom(0, 5, 5) != v || v.Zoom(math.NaN(), 5, 5) != v {
		t.Error("a factor that is none changed the view")
	}
}

func TestPanMovesTheContent(t *testing.T) {
	v := View{Centre: at(0, 0), Scale: 7, Width: 300, Height: 200}
	x, y := v.Pan(12, -5).ToScreen(v.ToWorld(100, 100))
	if math.Abs(x-112) > 1e-6 || math.Abs(y-95) > 1e-6 {
		t.Errorf("moved to (%v, %v), want (112, 95)", x, y)
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		w, h          float64
		width, height int
		margin        int
		scale         float64
	}{
		{10000, 2000, 1000, 1000, 0, 10},
		{2000, 10000, 1000, 500, 0, 20},
		{8000, 1, 1000, 500, 100, 10},
		{0, 0, 200, 100, 0, 20},
		{1000, 1000, 10, 10, 50, 100},
		{1e9, 1e9, 100, 100, 0, MaxScale},
	} {
		b := orb.Bound{Min: at(0, 0), Max: at(c.w, c.h)}
		v := Fit(b, c.width, c.height, c.margin)
		if math.Abs(v.Scale-c.scale) > 1e-9 || v.Centre != b.Center() {
			t.Errorf("%+v: scale %v at %v", c, v.Scale, v.Centre)
		}
	}
}

func TestBoundIsWhatTheCornersShow(t *testing.T) {
	v := View{Centre: at(0, 0), Scale: 2, Width: 100, Height: 50}
	if b := v.Bound(); b.Min != at(-100, -50) || b.Max != at(100, 50) {
		t.Errorf("%v", b)
	}
}

func TestDenominator(t *testing.T) {
	// On the central meridian one pixel of 0.0254/96 m at 1:50 000 is 13.2292 m of ground, 13.2239 m of grid.
	v := View{Centre: orb.Point{500000, 6500000}, Scale: 50000 * 0.0254 / 96 * 0.9996, Width: 100, Height: 100}
	if d := v.Denominator(); math.Abs(d-50000) > 1e-6 {
		t.Errorf("screen: 1:%v", d)
	}
	v.Unit = 0.75 // in points, an inch is 72 units
	v.Scale = 50000 * 0.0254 / 72 * 0.9996
	if d := v.Denominator(); math.Abs(d-50000) > 1e-6 {
		t.Errorf("paper: 1:%v", d)
	}
	if d := v.AtDenominator(20000).Denominator(); math.Abs(d-20000) > 1e-6 {
		t.Errorf("AtDenominator(20000) is 1:%v", d)
	}
}

func TestScaleBar(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		v := randomView(r)
		b := ScaleBar(v)
		ground := b.Length * v.Scale / crs.GridFactor(v.Centre)
		if math.Abs(ground-b.Metres) > 1e-6*b.Metres {
			t.Fatalf("%+v: the bar says %v m and is %v m", v, b.Metres, ground)
		}
		if b.Length > 160*v.unit()+1e-6 || b.Length < 60*v.unit() {
			t.Fatalf("%+v: the bar is %v units long", v, b.Length)
		}
		lead := b.Metres / math.Pow(10, math.Floor(math.Log10(b.Metres)+1e-9))
		if math.Abs(lead-math.Round(lead)) > 1e-9 {
			t.Fatalf("%v m is no round length", b.Metres)
		}
	}
	for metres, want := range map[float64]string{0.5: "0,5 m", 20: "20 m", 500: "500 m", 2000: "2 km", 10000: "10 km"} {
		if got := (Bar{Metres: metres}).Label(i18n.For("sv")); got != replaceSpace(want) {
			t.Errorf("%v m is written %q", metres, got)
		}
	}
}

func ExampleFit() {
	v := Fit(orb.Bound{Min: orb.Point{690000, 6380000}, Max: orb.Point{700000, 6390000}}, 800, 600, 50)
	x, y := v.ToScreen(orb.Point{695000, 6390000})
	fmt.Printf("%.0f m a pixel, the northern edge at (%.0f, %.0f)\n", v.Scale, x, y)
	// Output: 20 m a pixel, the northern edge at (400, 50)
}
