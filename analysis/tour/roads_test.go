package tour

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// street is one straight road of 10 km with ends at 0 and 10 000 m east of a corner, and one that hangs apart.
func street(t *testing.T) *access.Prepared {
	t.Helper()
	s := &model.Snapshot{Roads: &model.RoadSet{}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}
	at := func(x, y float64) orb.Point { return orb.Point{500000 + x, 6500000 + y} }
	for x := 0.0; x < 10000; x += 1000 {
		s.Roads.Add(model.Road{FID: int64(s.Roads.Len() + 1), Line: orb.LineString{at(x, 0), at(x+1000, 0)}, Length: 1000, SpeedF: 50, SpeedB: 50})
	}
	p, err := access.Prepare(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestOnAStreet computes rounds by hand: out to the farthest stop and back, and, where a van holds two, the farthest two
// together.
func TestOnAStreet(t *testing.T) {
	p := street(t)
	stop := func(name string, x float64) Stop { return Stop{name, orb.Point{500000 + x, 6500000}, 1} }
	q := Query{
		Impedance: model.Distance, Start: stop("butik", 2000),
		Stops: []Stop{stop("a", 3000), stop("b", 5000), stop("c", 9000), stop("d", 0), {"hav", orb.Point{600000, 6600000}, 1}},
	}
	one, err := OnRoads(context.Background(), p, q, nil)
	if err != nil || one.Cost != 2*7000+2*2000 || !one.Optimal || one.Stations != 4 || len(one.LeftOut) != 1 || one.LeftOut[0].Name != "hav" {
		t.Fatalf("%+v, %v", one, err)
	}
	length := 0.0
	line := one.Trips[0].Line
	for k := 1; k < len(line); k++ {
		length += math.Hypot(line[k][0]-line[k-1][0], line[k][1]-line[k-1][1])
	}
	if math.Abs(length-one.Cost) > 0.01 || line[0] != q.Start.At || line[len(line)-1] != q.Start.At {
		t.Errorf("drawn %v m of %v", length, one.Cost)
	}
	q.Capacity = 2
	two, err := OnRoads(context.Background(), p, q, nil)
	if err != nil || len(two.Trips) != 2 || two.Cost != 2*7000+2*2000+2*1000 || !two.Optimal { // c with b, and d with a
		t.Errorf("%+v, %v", two, err)
	}
	q.Capacity, q.Longest = 0, 13000
	if _, err := OnRoads(context.Background(), p, q, nil); !errors.Is(err, i18n.Errorf("tour.stop_named")) {
		t.Errorf("c alone is 14 km: %v", err)
	}
	q.Start.At = orb.Point{600000, 6600000}
	if _, err := OnRoads(context.Background(), p, q, nil); !errors.Is(err, i18n.Errorf("tour.start_far")) {
		t.Errorf("a start at sea: %v", err)
	}
}
