package route

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/model"
)

// TestPathsAgreeWithFloydWarshall asks for the way from every square to every facility of random networks.
func TestPathsAgreeWithFloydWarshall(t *testing.T) {
	r := rand.New(rand.NewPCG(101, 102))
	found, missing := 0, 0
	for round := range 2000 {
		w := newWorld(t, r)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			m := w.net.Metric(imp)
			s := NewPathSearch(w.net, m)
			x := newMatrix(w, m)
			for c, from := range w.cells {
				for f, to := range w.sources {
					d := x.d[x.nodes+c][x.nodes+len(w.cells)+f]
					path, ok, err := s.Find(context.Background(), from, to.Join)
					if err != nil || ok != !math.IsInf(d, 1) {
						t.Fatalf("round %d %s: %v %v, want cost %v", round, imp, ok, err, d)
					}
					if !ok {
						missing++
						continue
					}
					found++
					connectors := m.Connector(from.Connector) + m.Connector(to.Join.Connector)
					if want := int64(d) + connectors; path.Cost != want || driven(t, w.net, m, path)+connectors != want {
						t.Fatalf("round %d %s: cost %d, driven %d, want %d: %+v", round, imp, path.Cost, driven(t, w.net, m, path)+connectors, want, path)
					}
					if imp == model.Distance && path.Length() != path.Cost {
						t.Fatalf("round %d: length %d, cost %d", round, path.Length(), path.Cost)
					}
				}
			}
		}
	}
	if found < 40_000 || missing < 5_000 {
		t.Errorf("too few cases of a kind: %d found, %d missing", found, missing)
	}
}

// driven follows a path leg by leg: each begins where the one before ended, may be driven, and costs what the metric
// says. None of these networks has a wait.
func driven(t *testing.T, n *network.Network, m *network.Metric, p *Path) int64 {
	t.Helper()
	spot := func(edge, position int32) [2]int32 {
		if node, at := atNode(&n.Edges[edge], position); at {
			return [2]int32{-1, node}
		}
		return [2]int32{edge, position}
	}
	at, cost := spot(p.From.Edge, p.From.Position), int64(0)
	for _, l := range p.Legs {
		e := &n.Edges[l.Edge]
		begin, end := spot(l.Edge, l.From), spot(l.Edge, l.To)
		if e.Length == 0 && l.Backward {
			begin, end = [2]int32{-1, e.To}, [2]int32{-1, e.From}
		}
		if begin != at {
			t.Fatalf("a leg begins at %v, the one before ended at %v: %+v", begin, at, p)
		}
		at = end
		switch {
		case l.Backward && e.Has(network.OpenBackward) && l.From >= l.To:
			cost += m.FromEnd(l.Edge, l.To) - m.FromEnd(l.Edge, l.From)
		case !l.Backward && e.Has(network.OpenForward) && l.From <= l.To:
			cost += m.FromStart(l.Edge, l.To) - m.FromStart(l.Edge, l.From)
		default:
			t.Fatalf("leg %+v may not be driven: %+v", l, e)
		}
	}
	if want := spot(p.To.Edge, p.To.Position); at != want {
		t.Fatalf("the path ends at %v, not %v", at, want)
	}
	return cost
}

func TestPathLine(t *testing.T) {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {40, 0}, {100, 0}}})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{200, 0}, {150, 50}, {100, 0}}}) // drawn the other way
	set.Add(model.Road{FID: 3, Line: orb.LineString{{200, 0}, {300, 0}}, Length: 500})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		from, to orb.Point
		want     orb.LineString
	}{
		"over three edges":   {orb.Point{10, 5}, orb.Point{250, 5}, orb.LineString{{10, 0}, {40, 0}, {100, 0}, {150, 50}, {200, 0}, {250, 0}}},
		"and back":           {orb.Point{250, 5}, orb.Point{10, 5}, orb.LineString{{250, 0}, {200, 0}, {150, 50}, {100, 0}, {40, 0}, {10, 0}}},
		"on one edge":        {orb.Point{10, 5}, orb.Point{60, 5}, orb.LineString{{10, 0}, {40, 0}, {60, 0}}},
		"on one edge, back":  {orb.Point{60, 5}, orb.Point{10, 5}, orb.LineString{{60, 0}, {40, 0}, {10, 0}}},
		"between vertices":   {orb.Point{60, 5}, orb.Point{80, 5}, orb.LineString{{60, 0}, {80, 0}}},
		"the same spot":      {orb.Point{60, 5}, orb.Point{60, -5}, orb.LineString{{60, 0}}},
		"from node to node":  {orb.Point{100, -5}, orb.Point{200, -5}, orb.LineString{{100, 0}, {150, 50}, {200, 0}}},
		"drawn, not counted": {orb.Point{220, 0}, orb.Point{280, 0}, orb.LineString{{220, 0}, {280, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			from, _ := n.Snap(c.from, 100)
			to, _ := n.Snap(c.to, 100)
			path, ok, err := NewPathSearch(n, n.Metric(model.Distance)).Find(context.Background(), from, to)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			if got := path.Line(n); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestPathWaitsForAFerry goes from shore to shore and counts the wait once.
func TestPathWaitsForAFerry(t *testing.T) {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {100, 0}}, SpeedF: 36, SpeedB: 36})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{100, 0}, {200, 0}}, SpeedF: 36, SpeedB: 36, Flags: model.Ferry})
	set.Add(model.Road{FID: 3, Line: orb.LineString{{200, 0}, {300, 0}}, SpeedF: 36, SpeedB: 36})
	p := model.DefaultParams()
	p.FerryWait = 60
	n, err := network.Build(context.Background(), set, p)
	if err != nil {
		t.Fatal(err)
	}
	path, ok, err := NewPathSearch(n, n.Metric(model.Time)).Find(context.Background(),
		network.Join{Edge: 0, Position: 5000}, network.Join{Edge: 2, Position: 5000})
	if err != nil || !ok || path.Cost != 80_000 || path.Length() != 20_000 {
		t.Errorf("%v %v %+v, want 20 s and a wait of a minute", ok, err, path)
	}
}

// TestPathSearchStopsEarly counts the nodes that a short way on a long road touches.
func TestPathSearchStopsEarly(t *testing.T) {
	set := &model.RoadSet{}
	for i := range 5000 {
		set.Add(model.Road{FID: int64(i + 1), Line: orb.LineString{{10 * float64(i), 0}, {10*float64(i) + 10, 0}}})
	}
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	s := NewPathSearch(n, n.Metric(model.Distance))
	for range 2 {
		path, ok, err := s.Find(context.Background(), network.Join{Edge: 2500}, network.Join{Edge: 2510})
		if err != nil || !ok || path.Cost != 10_000 || len(s.seen) > 40 {
			t.Fatalf("%v %v %+v, %d nodes seen", ok, err, path, len(s.seen))
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := NewPathSearch(n, n.Metric(model.Distance)).Find(ctx, network.Join{}, network.Join{Edge: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func ExamplePathSearch_Find() {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {3000, 0}}})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{3000, 0}, {3000, 2000}}})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		fmt.Println(err)
		return
	}
	home, _ := n.Snap(orb.Point{2000, 100}, 5000)
	shop, _ := n.Snap(orb.Point{3010, 500}, 5000)
	path, _, err := NewPathSearch(n, n.Metric(model.Distance)).Find(context.Background(), home, shop)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(path.Length(), "cm by", path.Line(n))
	// Output:
	// 161000 cm by [[2000 0] [3000 0] [3000 500]]
}
