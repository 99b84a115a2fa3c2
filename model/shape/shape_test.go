package shape

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model/crs"
)

// geodesic is the length of the geodesic between two positions on GRS 80 in metres: Vincenty's inverse formula (1975), which
// shares nothing with the grid's scale.
func geodesic(a, b orb.Point) float64 {
	system, _ := crs.ByEPSG(4326)
	const major, flat = 6378137.0, 1 / 298.257222101
	p, q := system.FromProject(a), system.FromProject(b)
	rad := math.Pi / 180
	minor := major * (1 - flat)
	u1, u2 := math.Atan((1-flat)*math.Tan(p[1]*rad)), math.Atan((1-flat)*math.Tan(q[1]*rad))
	l := (q[0] - p[0]) * rad
	lambda := l
	var sinS, cosS, s, cos2a, cos2m float64
	for range 100 {
		sinL, cosL := math.Sincos(lambda)
		sinS = math.Hypot(math.Cos(u2)*sinL, math.Cos(u1)*math.Sin(u2)-math.Sin(u1)*math.Cos(u2)*cosL)
		if sinS == 0 {
			return 0
		}
		cosS = math.Sin(u1)*math.Sin(u2) + math.Cos(u1)*math.Cos(u2)*cosL
		s = math.Atan2(sinS, cosS)
		sinA := math.Cos(u1) * math.Cos(u2) * sinL / sinS
		cos2a = 1 - sinA*sinA
		cos2m = cosS - 2*math.Sin(u1)*math.Sin(u2)/cos2a
		c := flat / 16 * cos2a * (4 + flat*(4-3*cos2a))
		next := l + (1-c)*flat*sinA*(s+c*sinS*(cos2m+c*cosS*(-1+2*cos2m*cos2m)))
		if math.Abs(next-lambda) < 1e-13 {
			break
		}
		lambda = next
	}
	u := cos2a * (major*major - minor*minor) / (minor * minor)
	aa := 1 + u/16384*(4096+u*(-768+u*(320-175*u)))
	bb := u / 1024 * (256 + u*(-128+u*(74-47*u)))
	delta := bb * sinS * (cos2m + bb/4*(cosS*(-1+2*cos2m*cos2m)-bb/6*cos2m*(-3+4*sinS*sinS)*(-3+4*cos2m*cos2m)))
	return minor * aa * (s - delta)
}

// TestLegIsTheGeodesic compares legs all over Sweden with the geodesic.
func TestLegIsTheGeodesic(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	worst := 0.0
	for range 2000 {
		a := orb.Point{300000 + 550000*r.Float64(), 6150000 + 1450000*r.Float64()}
		length, angle := math.Exp(math.Log(100)+r.Float64()*math.Log(600)), 2*math.Pi*r.Float64()
		b := orb.Point{a[0] + length*math.Cos(angle), a[1] + length*math.Sin(angle)}
		got, want := Leg(a, b), geodesic(a, b)
		worst = max(worst, math.Abs(got-want)/want)
	}
	t.Logf("worst relative difference %.2g", worst)
	if worst > 2e-5 {
		t.Errorf("a leg differs by %.2g of its length", worst)
	}
}

// TestAreaIsThatOnTheGround compares with the grid's area over the square of the scale where that hardly changes, with hand-computed
// ones, and with orb's planar area.
func TestAreaIsThatOnTheGround(t *testing.T) {
	square := func(x, y, side float64) orb.Ring {
		return orb.Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
	}
	k := crs.GridFactor(orb.Point{700500, 6400500})
	p := orb.Polygon{square(700000, 6400000, 1000)}
	if got, want := Area(p), 1e6/(k*k); math.Abs(got-want) > 1 {
		t.Errorf("a square: %v, want %v", got, want)
	}
	if got, want := Total(p), 4000/k; math.Abs(got-want) > 0.01 {
		t.Errorf("round a square: %v, want %v", got, want)
	}
	hole := square(700100, 6400100, 100)
	p = append(p, hole)
	if got, want := Area(orb.MultiPolygon{p}), (1e6-1e4)/(k*k); math.Abs(got-want) > 1 {
		t.Errorf("with a hole: %v, want %v", got, want)
	}
	r := rand.New(rand.NewPCG(1, 9))
	for range 200 {
		ring := star(r, orb.Point{400000 + 400000*r.Float64(), 6600000}, 5+r.IntN(20), 500)
		k := crs.GridFactor(ring[0])
		if got, want := Area(orb.Polygon{ring}), math.Abs(planar.Area(ring))/(k*k); math.Abs(got-want) > want*1e-4 {
			t.Errorf("%v, planar over k² %v", got, want)
		}
		backwards := ring.Clone()
		backwards.Reverse()
		if a, b := Area(orb.Polygon{ring}), Area(orb.Polygon{backwards}); math.Abs(a-b) > 1e-6*a {
			t.Errorf("%v the other way %v", a, b)
		}
	}
	whole := square(300000, 6400000, 400000) // the scale changes a lot: slices of 100 m against it
	sum := 0.0
	for x := 300000.0; x < 700000; x += 100 {
		k := crs.GridFactor(orb.Point{x + 50, 0})
		sum += 100 * 400000 / (k * k)
	}
	if got := Area(orb.Polygon{whole}); math.Abs(got-sum) > sum*1e-6 {
		t.Errorf("%v, by slices %v", got, sum)
	}
}

// star is a ring around a position that does not cross itself.
func star(r *rand.Rand, at orb.Point, n int, radius float64) orb.Ring {
	var ring orb.Ring
	for i := range n {
		d, angle := radius*(0.2+r.Float64()), 2*math.Pi*float64(i)/float64(n)
		ring = append(ring, orb.Point{at[0] + d*math.Cos(angle), at[1] + d*math.Sin(angle)})
	}
	return append(ring, ring[0])
}

var origin = orb.Point{600000, 6600000}

// at is a position by metres from the origin.
func at(x, y float64) orb.Point { return orb.Point{origin[0] + x, origin[1] + y} }

// ring is a closed ring of x, y pairs from the origin.
func ring(xy ...float64) orb.Ring {
	var out orb.Ring
	for i := 0; i < len(xy); i += 2 {
		out = append(out, at(xy[i], xy[i+1]))
	}
	return append(out, out[0])
}

func TestCheck(t *testing.T) {
	outer := ring(0, 0, 100, 0, 100, 100, 0, 100)
	for name, c := range map[string]struct {
		g    orb.Geometry
		says string // "" for sound
	}{
		"a point":                 {at(0, 0), ""},
		"no numbers":              {orb.Point{math.NaN(), 0}, "långt utanför Sverige"},
		"far away":                {orb.Point{6600000, 600000}, "långt utanför Sverige"},
		"a line":                  {orb.LineString{at(0, 0), at(1, 1)}, ""},
		"a line that crosses":     {orb.LineString{at(0, 0), at(10, 10), at(10, 0), at(0, 10)}, ""},
		"a line at one spot":      {orb.LineString{at(0, 0), at(0, 0)}, "ingen längd"},
		"a square":                {orb.Polygon{outer}, ""},
		"a triangle":              {orb.Polygon{ring(0, 0, 10, 0, 5, 9)}, ""},
		"a corner twice":          {orb.Polygon{ring(0, 0, 100, 0, 100, 0, 100, 100)}, ""},
		"a straight corner":       {orb.Polygon{ring(0, 0, 50, 0, 100, 0, 100, 100)}, ""},
		"two corners":             {orb.Polygon{ring(0, 0, 100, 0)}, "minst tre hörn"},
		"all on a line":           {orb.Polygon{ring(0, 0, 50, 50, 100, 100)}, "tom"},
		"an hourglass":            {orb.Polygon{ring(0, 0, 100, 100, 100, 0, 0, 100)}, "korsar sig själv vid N 6 600 050, E 600 050"},
		"a spike":                 {orb.Polygon{ring(0, 0, 100, 0, 150, 0, 100, 0, 100, 100, 0, 100)}, "korsar sig själv"},
		"a corner on a side":      {orb.Polygon{ring(0, 0, 100, 0, 100, 100, 50, 0, 0, 100)}, "korsar sig själv vid N 6 600 000, E 600 050"},
		"a hole":                  {orb.Polygon{outer, ring(10, 10, 20, 10, 20, 20)}, ""},
		"a hole outside":          {orb.Polygon{outer, ring(110, 10, 120, 10, 120, 20)}, "hål"},
		"a hole across":           {orb.Polygon{outer, ring(90, 10, 120, 10, 120, 20)}, "korsar"},
		"nothing":                 {orb.MultiPolygon{}, "inget ritat"},
		"the second part crosses": {orb.MultiPolygon{{outer}, {ring(0, 0, 100, 100, 100, 0, 0, 100)}}, "korsar"},
	} {
		err := Check(c.g)
		got := ""
		if err != nil {
			got = strings.ReplaceAll(i18n.For("sv").Error(err), i18n.NBSP, " ")
		}
		if (err == nil) != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
}

// TestCrossingsAgreeWithTryingAllPairs compares the sweep with a search of all pairs of sides on made rings.
func TestCrossingsAgreeWithTryingAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	crossing := 0
	for range 3000 {
		var points orb.Ring
		for range 3 + r.IntN(7) {
			points = append(points, at(float64(r.IntN(12)), float64(r.IntN(12))))
		}
		points = append(points, points[0])
		var sides []side
		clean := orb.LineString(points)
		var compact []orb.Point
		for i, p := range clean {
			if i == 0 || p != compact[len(compact)-1] {
				compact = append(compact, p)
			}
		}
		if len(compact) < 4 {
			continue
		}
		for i := 1; i < len(compact); i++ {
			sides = append(sides, side{a: compact[i-1], b: compact[i], index: i - 1, last: len(compact) - 2})
		}
		want := false
		for i := range sides {
			for k := i + 1; k < len(sides); k++ {
				_, hit := clash(&sides[i], &sides[k])
				want = want || hit
			}
		}
		if _, got := firstCrossing(orb.Polygon{points}); got != want {
			t.Fatalf("%v: crosses %v, all pairs say %v", points, got, want)
		}
		if want {
			crossing++
		}
	}
	if crossing < 100 || crossing > 2900 {
		t.Errorf("%d of the rings cross: the test tries one kind alone", crossing)
	}
	for range 300 {
		if p, hit := firstCrossing(orb.Polygon{star(r, origin, 3+r.IntN(60), 400)}); hit {
			t.Errorf("a star crosses itself at %v", p)
		}
	}
}

func TestVertices(t *testing.T) {
	line := orb.LineString{at(0, 0), at(10, 0), at(20, 0)}
	poly := orb.MultiPolygon{{ring(0, 0, 10, 0, 10, 10, 0, 10), ring(2, 2, 4, 2, 4, 4)}}
	if n, m := len(Vertices(poly)), len(Middles(poly)); n != 7 || m != 7 {
		t.Errorf("%d vertices and %d middles, want 7 and 7", n, m)
	}
	if n, m := len(Vertices(line)), len(Middles(line)); n != 3 || m != 2 {
		t.Errorf("%d vertices and %d middles, want 3 and 2", n, m)
	}
	moved, err := Move(poly, Vertex{0, 0, 0}, at(-5, -5))
	if err != nil || moved.(orb.MultiPolygon)[0][0][0] != at(-5, -5) || moved.(orb.MultiPolygon)[0][0][4] != at(-5, -5) {
		t.Errorf("a ring's first corner: %v %v", moved, err)
	}
	if poly[0][0][0] != at(0, 0) {
		t.Error("the shape itself was changed")
	}
	more, err := Insert(line, Vertex{0, 0, 1}, at(15, 5))
	if want := (orb.LineString{at(0, 0), at(10, 0), at(15, 5), at(20, 0)}); err != nil || !reflect.DeepEqual(more, orb.Geometry(want)) {
		t.Errorf("insert: %v %v", more, err)
	}
	back, err := Remove(more, Vertex{0, 0, 2})
	if err != nil || !reflect.DeepEqual(back, orb.Geometry(line)) {
		t.Errorf("remove undoes insert: %v %v", back, err)
	}
	closing, err := Insert(poly, Vertex{0, 0, 3}, at(-1, 5))
	if err != nil || len(closing.(orb.MultiPolygon)[0][0]) != 6 {
		t.Errorf("on the closing side: %v %v", closing, err)
	}
	for name, err := range map[string]error{
		"a hole's third corner": second(Remove(poly, Vertex{0, 1, 0})),
		"a point's only":        second(Remove(at(0, 0), Vertex{})),
		"one that is not there": second(Move(line, Vertex{0, 0, 3}, at(0, 0))),
		"another part":          second(Move(line, Vertex{1, 0, 0}, at(0, 0))),
		"into a point":          second(Insert(orb.MultiPoint{at(0, 0)}, Vertex{}, at(0, 0))),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	for _, g := range []orb.Geometry{at(1, 2), line, poly, orb.MultiLineString{line}, orb.MultiPoint{at(3, 3)}} {
		there := Shift(Shift(g, 5, -7), -5, 7)
		if !reflect.DeepEqual(there, g) || !reflect.DeepEqual(Shift(g, 5, 0).Bound().Min, Vertices(Shift(g.Bound().Min, 5, 0))[0].At) {
			t.Errorf("%v there and back is %v", g, there)
		}
	}
}

func second(_ orb.Geometry, err error) error { return err }

func TestSnap(t *testing.T) {
	shapes := []orb.Geometry{orb.LineString{at(0, 0), at(100, 0)}, at(50, 8), orb.Polygon{ring(200, 0, 300, 0, 300, 100)}}
	for name, c := range map[string]struct {
		at     orb.Point
		want   orb.Point
		vertex bool
		none   bool
	}{
		"a vertex goes before a nearer edge": {at: at(50, 1), want: at(50, 8), vertex: true},
		"an end of a line":                   {at: at(-3, 4), want: at(0, 0), vertex: true},
		"an edge":                            {at: at(25, 6), want: at(25, 0)},
		"the closing side of a ring":         {at: at(250, 50), want: at(250, 50)},
		"nothing within reach":               {at: at(25, 11), none: true},
		"inside an area is no edge":          {at: at(280, 40), none: true},
	} {
		hit, ok := Snap(shapes, c.at, 10)
		if ok == c.none || ok && (hit.At != c.want || hit.OnVertex != c.vertex) {
			t.Errorf("%s: %+v %v", name, hit, ok)
		}
	}
}

// TestSnapIsNearest compares with walking along the lines in small steps.
func TestSnapIsNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		line := orb.LineString{at(100*r.Float64(), 100*r.Float64()), at(100*r.Float64(), 100*r.Float64()), at(100*r.Float64(), 100*r.Float64())}
		p := at(100*r.Float64(), 100*r.Float64())
		want := math.Inf(1)
		for i := 1; i < len(line); i++ {
			for s := 0.0; s <= 1; s += 1.0 / 4096 {
				want = min(want, math.Hypot(line[i-1][0]+s*(line[i][0]-line[i-1][0])-p[0], line[i-1][1]+s*(line[i][1]-line[i-1][1])-p[1]))
			}
		}
		hit, ok := Nearest(line, p)
		if !ok || math.Abs(hit.Distance-want) > 0.05 || math.Abs(math.Hypot(hit.At[0]-p[0], hit.At[1]-p[1])-hit.Distance) > 1e-6 {
			t.Errorf("%v, walking finds %v", hit, want)
		}
	}
}

func TestMeets(t *testing.T) {
	box := orb.MultiPolygon{{ring(0, 0, 100, 0, 100, 100, 0, 100)}}
	for name, c := range map[string]struct {
		g    orb.Geometry
		want bool
	}{
		"a point inside":            {at(50, 50), true},
		"a point outside":           {at(150, 50), false},
		"a point on the edge":       {at(100, 50), true},
		"a line across":             {orb.LineString{at(-10, 50), at(110, 50)}, true},
		"a line past a corner":      {orb.LineString{at(-10, 90), at(10, 120)}, false},
		"a line that touches":       {orb.LineString{at(100, 50), at(150, 50)}, true},
		"an area around":            {orb.Polygon{ring(-50, -50, 200, -50, 200, 200, -50, 200)}, true},
		"an area within":            {orb.Polygon{ring(10, 10, 20, 10, 20, 20)}, true},
		"an area whose hole it is":  {orb.Polygon{ring(-50, -50, 200, -50, 200, 200, -50, 200), ring(-10, -10, 110, -10, 110, 110, -10, 110)}, false},
		"an area that crosses it":   {orb.Polygon{ring(-50, 40, 200, 40, 200, 60, -50, 60)}, true},
		"an area beside":            {orb.Polygon{ring(101, 0, 200, 0, 200, 100)}, false},
		"several, one of them near": {orb.MultiPoint{at(900, 900), at(1, 1)}, true},
		"nothing":                   {nil, false},
	} {
		if got := Meets(c.g, box); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func ExampleLeg() {
	// From the middle of Visby to that of Hemse, as the crow flies on the ground.
	fmt.Printf("%.1f km\n", Leg(orb.Point{697456, 6390123}, orb.Point{703000, 6349000})/1000)
	// Output: 41.5 km
}
