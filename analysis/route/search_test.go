package route

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/model"
)

// straightRoad is a road of 100 m from 0 to 100 east, and a way round of 300 m, with flags for the first.
func straightRoad(t testing.TB, flags model.RoadFlags) *network.Network {
	t.Helper()
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {100, 0}}, Flags: flags})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{0, 0}, {0, 100}, {100, 100}, {100, 0}}})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSearchOnOneEdge(t *testing.T) {
	for name, c := range map[string]struct {
		flags    model.RoadFlags
		from, to int32 // centimetres on the straight road
		want     int64
	}{
		"straight forward":                  {0, 2000, 7000, 5000},
		"straight backward":                 {0, 7000, 2000, 5000},
		"one-way, with the traffic":         {model.ForbiddenBackward, 2000, 7000, 5000},
		"one-way, round the block":          {model.ForbiddenBackward, 7000, 2000, 3000 + 30000 + 2000},
		"one-way back, round the block":     {model.ForbiddenForward, 2000, 7000, 2000 + 30000 + 3000},
		"the same spot of a one-way":        {model.ForbiddenBackward, 5000, 5000, 0},
		"from the start of a one-way back":  {model.ForbiddenForward, 0, 4000, 30000 + 6000},
		"from the end of a one-way forward": {model.ForbiddenBackward, 10000, 4000, 30000 + 4000},
		"to the end of a one-way forward":   {model.ForbiddenBackward, 4000, 10000, 6000},
		"to the start of a one-way forward": {model.ForbiddenBackward, 4000, 0, 6000 + 30000},
	} {
		t.Run(name, func(t *testing.T) {
			n := straightRoad(t, c.flags)
			field := run(t, n, []Source{{Join: network.Join{Edge: 0, Position: c.to, Connector: 100}}})
			got := field.At(network.Join{Edge: 0, Position: c.from, Connector: 20})
			if got[0].Cost() != c.want+120 || got[1] != None {
				t.Errorf("got %v, want %d", show(got), c.want+120)
			}
		})
	}
}

// TestTheWayRoundMayBeShorter has a register's length that makes the straight way the longer one.
func TestTheWayRoundMayBeShorter(t *testing.T) {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {100, 0}}, Length: 1000})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{0, 0}, {50, 50}, {100, 0}}, Length: 150})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	field := run(t, n, []Source{{Join: network.Join{Edge: 0, Position: 90000}}})
	if got := field.At(network.Join{Edge: 0, Position: 10000}); got[0].Cost() != 10000+15000+10000 {
		t.Errorf("got %v, want 350 m round the straight 800 m", show(got))
	}
}

func TestPairKeepsTheNearestOfTwoPlaces(t *testing.T) {
	places := []int32{0, 0, 1, 2}
	for name, c := range map[string]struct {
		offers []Label
		want   Pair
	}{
		"one":                    {[]Label{NewLabel(5, 0)}, Pair{NewLabel(5, 0), None}},
		"same place is no other": {[]Label{NewLabel(5, 0), NewLabel(6, 1)}, Pair{NewLabel(5, 0), None}},
		"better of one place":    {[]Label{NewLabel(6, 1), NewLabel(5, 0)}, Pair{NewLabel(5, 0), None}},
		"another place":          {[]Label{NewLabel(5, 0), NewLabel(6, 2)}, Pair{NewLabel(5, 0), NewLabel(6, 2)}},
		"nearer place":           {[]Label{NewLabel(5, 0), NewLabel(4, 2)}, Pair{NewLabel(4, 2), NewLabel(5, 0)}},
		"third place":            {[]Label{NewLabel(5, 0), NewLabel(6, 2), NewLabel(4, 3)}, Pair{NewLabel(4, 3), NewLabel(5, 0)}},
		"second becomes first":   {[]Label{NewLabel(5, 0), NewLabel(6, 2), NewLabel(4, 2)}, Pair{NewLabel(4, 2), NewLabel(5, 0)}},
		"second gets better":     {[]Label{NewLabel(3, 0), NewLabel(6, 2), NewLabel(4, 2)}, Pair{NewLabel(3, 0), NewLabel(4, 2)}},
		"ties by rank":           {[]Label{NewLabel(5, 3), NewLabel(5, 2), NewLabel(5, 1)}, Pair{NewLabel(5, 1), NewLabel(5, 2)}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, offers := range permutations(c.offers) {
				pair := Pair{None, None}
				for _, l := range offers {
					pair.add(l, places)
				}
				if pair != c.want {
					t.Errorf("%v: got %v, want %v", offers, show(pair), show(c.want))
				}
			}
		})
	}
}

// permutations are all orders of up to three labels.
func permutations(l []Label) [][]Label {
	if len(l) < 2 {
		return [][]Label{l}
	}
	var out [][]Label
	for i := range l {
		for _, rest := range permutations(slices.Delete(slices.Clone(l), i, i+1)) {
			out = append(out, append([]Label{l[i]}, rest...))
		}
	}
	return out
}

// TestAFurtherFacilityNeverLengthens adds facilities one by one.
func TestAFurtherFacilityNeverLengthens(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 300 {
		w := newWorld(t, r)
		for i := range w.sources {
			w.sources[i].Place = int32(i)
		}
		before := run(t, w.net, w.sources[:len(w.sources)-1])
		after := run(t, w.net, w.sources)
		for v := range int32(w.net.Topology.Nodes) {
			if after.Node(v)[0] > before.Node(v)[0] || after.Node(v)[1] > before.Node(v)[1] {
				t.Fatalf("node %d: %v became %v", v, show(before.Node(v)), show(after.Node(v)))
			}
		}
	}
}

// TestASearchCanRunAgain checks that nothing is left over from the run before.
func TestASearchCanRunAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	w := newWorld(t, r)
	s := NewSearch(w.net, w.net.Metric(model.Time))
	first, _ := s.Run(context.Background(), w.sources, MaxCost)
	if _, err := s.Run(context.Background(), w.sources[:1], 50); err != nil {
		t.Fatal(err)
	}
	again, _ := s.Run(context.Background(), w.sources, MaxCost)
	if !reflect.DeepEqual(first.nodes, again.nodes) {
		t.Error("the second run differs")
	}
}

func TestSearchWithNothing(t *testing.T) {
	n := straightRoad(t, 0)
	field := run(t, n, nil)
	if got := field.At(network.Join{Edge: 0, Position: 50}); got != (Pair{None, None}) {
		t.Errorf("reached %v without facilities", show(got))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewSearch(n, n.Metric(model.Distance)).Run(ctx, nil, MaxCost); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestLongEdgesBesideShortOnes has costs that leave the queue's window many times over.
func TestLongEdgesBesideShortOnes(t *testing.T) {
	set := &model.RoadSet{}
	at := 0.0
	for i := range 2000 {
		length := 2.0
		if i%100 == 0 {
			length = 200_000
		}
		set.Add(model.Road{FID: int64(i + 1), Line: orb.LineString{{at, 0}, {at + 2, 0}}, Length: length})
		at += 2
	}
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	field := run(t, n, []Source{{}})
	last := int32(len(n.Edges) - 1)
	want := int64(20*20_000_000 + 1980*200)
	if got := field.At(network.Join{Edge: last, Position: n.Edges[last].Length}); got[0].Cost() != want {
		t.Errorf("got %v, want %d", show(got), want)
	}
}

// run searches by distance without a limit.
func run(t testing.TB, n *network.Network, sources []Source) *Field {
	t.Helper()
	f, err := NewSearch(n, n.Metric(model.Distance)).Run(context.Background(), sources, MaxCost)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ExampleSearch_Run() {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {3000, 0}}})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{3000, 0}, {8000, 0}}})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		fmt.Println(err)
		return
	}
	metric := n.Metric(model.Distance)
	var sources []Source
	for place, shop := range []orb.Point{{500, 20}, {7000, 0}} {
		join, _ := n.Snap(shop, 5000)
		sources = append(sources, Source{Join: join, Place: int32(place)})
	}
	field, err := NewSearch(n, metric).Run(context.Background(), sources, MaxCost)
	if err != nil {
		fmt.Println(err)
		return
	}
	home, _ := n.Snap(orb.Point{2000, 100}, 5000)
	for _, label := range field.At(home) {
		fmt.Println("shop", label.Facility(), metric.Value(label.Cost()), "m")
	}
	// Output:
	// shop 0 1620 m
	// shop 1 5100 m
}
