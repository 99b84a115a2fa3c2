package crs

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// tolerance is what the package promises against PROJ, in metres.
func tolerance(epsg int) float64 {
	if epsg == 3021 {
		return 1
	}
	return 0.001
}

func TestAgainstPROJ(t *testing.T) {
	worst := map[int]float64{}
	for _, v := range projValues {
		c, ok := ByEPSG(v.epsg)
		if !ok {
			t.Fatalf("EPSG:%d is unknown", v.epsg)
		}
		got := c.def.fromGeographic(orb.Point{v.lon, v.lat})
		off := math.Hypot(got[0]-v.e, got[1]-v.n)
		worst[v.epsg] = math.Max(worst[v.epsg], off)
		if !(off < tolerance(v.epsg)) {
			t.Errorf("EPSG:%d of %v, %v is %v, PROJ says %v, %v", v.epsg, v.lon, v.lat, got, v.e, v.n)
		}
		back := c.def.toGeographic(orb.Point{v.e, v.n})
		// a degree is at most 112 km
		if off := math.Hypot(back[0]-v.lon, back[1]-v.lat) * 112_000; !(off < tolerance(v.epsg)) {
			t.Errorf("EPSG:%d back from %v, %v is %v, PROJ says %v, %v", v.epsg, v.e, v.n, back, v.lon, v.lat)
		}
	}
	t.Logf("farthest from PROJ, metres: %v", worst)
}

// Between projected systems the project's coordinates are reached by way of the ellipsoid; PROJ's values of the same
// place in both systems must agree.
func TestToProjectAgainstPROJ(t *testing.T) {
	project := map[orb.Point]orb.Point{}
	for _, v := range projValues {
		if v.epsg == 3006 {
			project[orb.Point{v.lon, v.lat}] = orb.Point{v.e, v.n}
		}
	}
	for _, v := range projValues {
		c, _ := ByEPSG(v.epsg)
		want := project[orb.Point{v.lon, v.lat}]
		got := c.ToProject(orb.Point{v.e, v.n})
		if off := math.Hypot(got[0]-want[0], got[1]-want[1]); !(off < tolerance(v.epsg)) {
			t.Errorf("%v: %v, %v is %v, want %v", c, v.e, v.n, got, want)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	box := Extent()
	for i := range definitions {
		c := CRS{&definitions[i]}
		t.Run(c.String(), func(t *testing.T) {
			for range 2000 {
				p := orb.Point{
					box.Min[0] + rnd.Float64()*(box.Max[0]-box.Min[0]),
					box.Min[1] + rnd.Float64()*(box.Max[1]-box.Min[1]),
				}
				back := c.ToProject(c.FromProject(p))
				if off := math.Hypot(back[0]-p[0], back[1]-p[1]); !(off < 1e-6) {
					t.Fatalf("%v came back as %v", p, back)
				}
			}
		})
	}
}

// Metres on the ground: one kilometre along a meridian is one kilometre times the scale, by GRS 80's own radius.
func TestMeridianDistance(t *testing.T) {
	for _, lat := range []float64{55, 60, 65, 69} {
		e2 := flattening * (2 - flattening)
		sin := math.Sin(lat / degrees)
		radius := majorAxis * (1 - e2) / math.Pow(1-e2*sin*sin, 1.5)
		const step = 1e-4
		a := project.forward(orb.Point{15, lat - step})
		b := project.forward(orb.Point{15, lat + step})
		want := 0.9996 * radius * 2 * step / degrees
		if got := b[1] - a[1]; math.Abs(got-want) > 1e-6 || a[0] != 500000 {
			t.Errorf("at %v: %v m north, want %v (easting %v)", lat, got, want, a[0])
		}
	}
}

func TestZeroCRS(t *testing.T) {
	var c CRS
	p := orb.Point{1, 2}
	if c.ToProject(p) != p || c.FromProject(p) != p || c.EPSG() != 0 || c.Name() != "" || c.String() != "" || c.WKT() != "" || !c.IsZero() || c.Geographic() {
		t.Error("the zero CRS is not neutral")
	}
}

func TestSupported(t *testing.T) {
	all := Supported()
	if len(all) != 16 || all[0] != SWEREF99TM || all[1] != WGS84 {
		t.Errorf("offers %v", all)
	}
	seen := map[CRS]bool{}
	for _, c := range all {
		if seen[c] || c.Name() == "" {
			t.Errorf("%v stands twice or has no name", c)
		}
		seen[c] = true
		if again, ok := ByEPSG(c.EPSG()); !ok || again != c {
			t.Errorf("%v is not found by its code", c)
		}
	}
}

// Values far outside Sweden must come back, whatever they are; nothing may hang or panic.
func TestAbsurdPositions(t *testing.T) {
	values := []float64{0, -1, 90, -90, 180, 1e9, -1e300, math.Inf(1), math.NaN(), math.MaxFloat64}
	for i := range definitions {
		c := CRS{&definitions[i]}
		for _, x := range values {
			for _, y := range values {
				c.ToProject(orb.Point{x, y})
				c.FromProject(orb.Point{x, y})
			}
		}
	}
}

func TestToProjectGeometries(t *testing.T) {
	p := orb.Point{18.0686, 59.3293}
	want := WGS84.ToProject(p)
	ring := orb.Ring{p, {18, 59}, {18.1, 59}, p}
	for _, g := range []orb.Geometry{
		p,
		orb.MultiPoint{p},
		orb.LineString{p, p},
		orb.MultiLineString{{p, p}},
		ring,
		orb.Polygon{ring},
		orb.MultiPolygon{{ring}},
		orb.Collection{p},
		orb.Bound{Min: p, Max: p},
	} {
		t.Run(g.GeoJSONType(), func(t *testing.T) {
			before := orb.Clone(g)
			out := ToProject(g, WGS84)
			if !orb.Equal(g, before) {
				t.Error("the given geometry was changed")
			}
			if out.GeoJSONType() != g.GeoJSONType() {
				t.Errorf("a %s became a %s", g.GeoJSONType(), out.GeoJSONType())
			}
			if !near(out.Bound().Max[1], want[1], 1e-6) {
				t.Errorf("got %v, want northing %v", out, want[1])
			}
			if back := FromProject(out, WGS84); !near(back.Bound().Max[1], p[1], 1e-9) {
				t.Errorf("came back as %v", back)
			}
			if same := ToProject(g, SWEREF99TM); !orb.Equal(same, g) {
				t.Error("the project's own system is not left alone")
			}
		})
	}
	if ToProject(nil, WGS84) != nil {
		t.Error("nil did not stay nil")
	}
}

// A box's sides bend: the box around the moved box must hold every moved inner point.
func TestToProjectBound(t *testing.T) {
	b := orb.Bound{Min: orb.Point{11, 57}, Max: orb.Point{19, 63}}
	got := ToProject(b, WGS84).(orb.Bound)
	for i := range 101 {
		for j := range 101 {
			p := WGS84.ToProject(orb.Point{11 + 8*float64(i)/100, 57 + 6*float64(j)/100})
			if !got.Pad(200).Contains(p) {
				t.Fatalf("%v lies outside %v", p, got)
			}
		}
	}
}

func BenchmarkToProject(b *testing.B) {
	zone, _ := ByEPSG(3011)
	for _, c := range []CRS{WGS84, zone} {
		b.Run(c.String(), func(b *testing.B) {
			p := c.FromProject(orb.Point{697456, 6390123})
			b.ReportAllocs()
			for b.Loop() {
				c.ToProject(p)
			}
		})
	}
}

func ExampleCRS_ToProject() {
	p := WGS84.ToProject(orb.Point{18.2948, 57.6389}) // Visby
	fmt.Printf("E %.0f  N %.0f\n", p[0], p[1])
	// Output: E 696663  N 6393287
}

func ExampleParse() {
	for _, s := range []string{"3006", "urn:ogc:def:crs:EPSG::3011", "SWEREF99_TM", "RT 90 2,5 gon V"} {
		c, err := Parse(s)
		fmt.Println(c, c.Name(), err)
	}
	// Output:
	// EPSG:3006 SWEREF 99 TM <nil>
	// EPSG:3011 SWEREF 99 18 00 <nil>
	// EPSG:3006 SWEREF 99 TM <nil>
	// EPSG:3021 RT 90 2.5 gon V <nil>
}

func ExampleGuess() {
	fmt.Println(Guess(orb.Bound{Min: orb.Point{692579, 6325471}, Max: orb.Point{738000, 6427000}}))
	// Output: [EPSG:3006]
}
