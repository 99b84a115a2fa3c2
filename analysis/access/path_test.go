package access

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// TestRoutesCostWhatResultsSay asks for the way to the nearest and second nearest shop of every square.
func TestRoutesCostWhatResultsSay(t *testing.T) {
	r := rand.New(rand.NewPCG(91, 92))
	routes := 0
	for range 100 {
		routes += checkRoutes(t, randomKommun(r), 1)
	}
	if routes < 5000 {
		t.Errorf("only %d routes: the networks are no test", routes)
	}
}

func TestRoutesOfGotland(t *testing.T) {
	if routes := checkRoutes(t, gotland.Snapshot(t), 10); routes < 500 {
		t.Errorf("only %d routes", routes)
	}
}

// checkRoutes compares the routes of every nth square with its result and gives their number.
func checkRoutes(t *testing.T, s *model.Snapshot, nth int) int {
	t.Helper()
	p := prepare(t, s)
	routes := 0
	for _, imp := range []model.Impedance{model.Distance, model.Time} {
		result, err := p.Analyse(context.Background(), model.Query{Service: "dagligvaror", Impedance: imp})
		if err != nil {
			continue
		}
		for i := 0; i < len(result.Cells); i += nth { // all squares are inside: same index
			c := &result.Cells[i]
			for facility, want := range map[string]float64{c.Nearest: c.Cost, c.Second: c.SecondCost} {
				line, cost, ok := p.Route(i, facility, imp)
				if ok != (facility != "") || ok && cost != want {
					t.Fatalf("square %d to %q: %v %v, want %v", i, facility, cost, ok, want)
				}
				if !ok {
					continue
				}
				routes++
				f := slices.IndexFunc(s.Facilities, func(f model.Facility) bool { return f.ID == facility })
				if line[0] != s.Cells[i].Centre || line[len(line)-1] != s.Facilities[f].At {
					t.Fatalf("square %d to %q: the line goes from %v to %v", i, facility, line[0], line[len(line)-1])
				}
			}
		}
	}
	return routes
}

func TestRouteBetween(t *testing.T) {
	s := kommun([]model.Road{road(0, 0, 0, 1000, 0), road(model.ForbiddenBackward, 1000, 0, 1000, 500), road(0, 0, 9000, 10, 9000)},
		[]model.Cell{square(1, 100, 30), square(1, 0, 99999)}, orb.Point{1040, 200}, orb.Point{0, 99999})
	p := prepare(t, s)
	line, cost, ok := p.RouteBetween(orb.Point{100, 30}, orb.Point{1040, 200}, model.Distance)
	if want := (orb.LineString{{100, 30}, {100, 0}, {1000, 0}, {1000, 200}, {1040, 200}}); !ok || cost != 30+900+200+40 || !slices.Equal(line, want) {
		t.Errorf("%v %v %v", line, cost, ok)
	}
	if _, cost, ok := p.RouteBetween(orb.Point{100, 30}, orb.Point{1040, 200}, model.Time); !ok || cost != 110 {
		t.Errorf("%v s %v", cost, ok)
	}
	for name, route := range map[string]func() (orb.LineString, float64, bool){
		"against a one-way": func() (orb.LineString, float64, bool) {
			return p.RouteBetween(orb.Point{1040, 200}, orb.Point{}, model.Time)
		},
		"start far from road": func() (orb.LineString, float64, bool) {
			return p.RouteBetween(orb.Point{0, 1e5}, orb.Point{}, model.Time)
		},
		"end far from road": func() (orb.LineString, float64, bool) {
			return p.RouteBetween(orb.Point{}, orb.Point{0, 1e5}, model.Time)
		},
		"end at no position": func() (orb.LineString, float64, bool) {
			return p.RouteBetween(orb.Point{}, orb.Point{math.NaN(), 0}, model.Time)
		},
		"unknown measure": func() (orb.LineString, float64, bool) {
			return p.RouteBetween(orb.Point{}, orb.Point{}, "fågelvägen")
		},
		"unknown square":    func() (orb.LineString, float64, bool) { return p.Route(2, "S1", model.Time) },
		"negative square":   func() (orb.LineString, float64, bool) { return p.Route(-1, "S1", model.Time) },
		"square not joined": func() (orb.LineString, float64, bool) { return p.Route(1, "S1", model.Time) },
		"shop not joined":   func() (orb.LineString, float64, bool) { return p.Route(0, "S2", model.Time) },
		"unknown shop":      func() (orb.LineString, float64, bool) { return p.Route(0, "S3", model.Time) },
	} {
		if line, cost, ok := route(); ok {
			t.Errorf("%s: %v %v", name, line, cost)
		}
	}
}

// BenchmarkRoute asks for the way from a square to its nearest shop.
func BenchmarkRoute(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		r, err := p.Analyse(context.Background(), model.Query{Service: s.Types[0].ID, Impedance: model.Time})
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; b.Loop(); i++ {
			cell := i * 7919 % len(r.Cells)
			p.Route(cell, r.Cells[cell].Nearest, model.Time)
		}
	})
}

// TestDrivesAreMeasuredBothWaysAlongOneRoad compares drives with the routes of their own measure. By the other one they cost no less
// than the best there is, and what is both shortest and quickest costs the same.
func TestDrivesAreMeasuredBothWaysAlongOneRoad(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 4))
	drives, longer := 0, 0
	for range 40 {
		s := randomKommun(r)
		s.Params.FerryWait = 600
		p := prepare(t, s)
		for range 60 {
			a, b := s.Cells[r.IntN(len(s.Cells))].Centre, s.Cells[r.IntN(len(s.Cells))].Centre
			_, metres, ok := p.RouteBetween(a, b, model.Distance)
			_, seconds, _ := p.RouteBetween(a, b, model.Time)
			short, found := p.DriveBetween(a, b, model.Distance)
			if found != ok {
				t.Fatalf("a drive %v, a route %v", found, ok)
			}
			if !ok {
				continue
			}
			drives++
			quick, _ := p.DriveBetween(a, b, model.Time)
			if short.Metres != metres || quick.Seconds != seconds {
				t.Fatalf("drives of %v m and %v s, routes of %v and %v", short.Metres, quick.Seconds, metres, seconds)
			}
			if short.Seconds < seconds || quick.Metres < metres {
				t.Fatalf("the shortest takes %v s, the quickest %v; they are %v and %v m", short.Seconds, seconds, metres, quick.Metres)
			}
			if quick.Metres > metres {
				longer++
			}
			if slices.Equal(short.Line, quick.Line) && short.Metres != quick.Metres {
				t.Fatalf("one line of %v and %v m", short.Metres, quick.Metres)
			}
		}
	}
	if drives < 500 || longer < 20 {
		t.Errorf("%d drives, %d where the quickest is not the shortest: no test", drives, longer)
	}
}
