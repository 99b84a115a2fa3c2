package route

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/internal/roadgen"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// prepared is a network with its hierarchy and both metrics laid on it.
func prepared(t testing.TB, n *network.Network) map[model.Impedance]*Weights {
	t.Helper()
	order, err := NewOrder(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	return weights(t, n, order)
}

func weights(t testing.TB, n *network.Network, order *Order) map[model.Impedance]*Weights {
	t.Helper()
	h, err := NewHierarchy(context.Background(), n, order)
	if err != nil {
		t.Fatal(err)
	}
	out := map[model.Impedance]*Weights{}
	for _, imp := range []model.Impedance{model.Distance, model.Time} {
		if out[imp], err = h.Customise(context.Background(), n.Metric(imp)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// agree compares the sweeps of several types, on one worker and on many, with a search for each. It returns the number
// of nodes that have a second nearest.
func agree(t testing.TB, n *network.Network, w *Weights, types [][]Source, limit int64) (seconds int) {
	t.Helper()
	ctx := context.Background()
	var pairs, singles [][]*Field
	for _, workers := range []int{1, 7} {
		s := NewSweep(w, workers)
		p, err := s.Pairs(ctx, types, limit, new(Labels))
		if err != nil {
			t.Fatal(err)
		}
		first, err := s.Nearest(ctx, types, limit, new(Labels))
		if err != nil {
			t.Fatal(err)
		}
		pairs, singles = append(pairs, p), append(singles, first)
	}
	search := NewSearch(n, w.metric)
	for i, sources := range types {
		want, err := search.Run(ctx, sources, limit)
		if err != nil {
			t.Fatal(err)
		}
		for v := range int32(n.Topology.Nodes) {
			for k := range pairs {
				if got := pairs[k][i].Node(v); got != want.Node(v) {
					t.Fatalf("%s type %d of %d node %d: %v, want %v", w.metric.Impedance, i, len(types), v, show(got), show(want.Node(v)))
				}
				if got := singles[k][i].Node(v); got != (Pair{want.Node(v)[0], None}) {
					t.Fatalf("%s type %d of %d node %d: nearest %v, want %v", w.metric.Impedance, i, len(types), v, show(got), show(want.Node(v)))
				}
			}
			if want.Node(v)[1] != None {
				seconds++
			}
		}
	}
	return seconds
}

// TestSweepAgreesWithSearch runs both on thousands of small networks full of ties, one-way streets, loops, edges of no
// length and islands.
func TestSweepAgreesWithSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(201, 202))
	seconds := 0
	for round := range 3000 {
		w := newWorld(t, r)
		limit := []int64{MaxCost, 300}[round%2]
		types := [][]Source{w.sources}
		for range r.IntN(13) {
			types = append(types, randomSources(w.net, r, r.IntN(5), 3))
		}
		for _, laid := range prepared(t, w.net) {
			seconds += agree(t, w.net, laid, types, limit)
			checkPoints(t, w, laid, limit)
		}
	}
	if seconds < 50_000 {
		t.Errorf("only %d nodes with a second nearest", seconds)
	}
}

// checkPoints compares what points on edges have near.
func checkPoints(t *testing.T, w world, laid *Weights, limit int64) {
	t.Helper()
	swept, err := NewSweep(laid, 1).Pairs(context.Background(), [][]Source{w.sources}, limit, new(Labels))
	if err != nil {
		t.Fatal(err)
	}
	single, err := NewSweep(laid, 1).Nearest(context.Background(), [][]Source{w.sources}, limit, new(Labels))
	if err != nil {
		t.Fatal(err)
	}
	want, err := NewSearch(w.net, laid.metric).Run(context.Background(), w.sources, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, join := range w.cells {
		if swept[0].At(join) != want.At(join) || single[0].At(join) != (Pair{want.At(join)[0], None}) {
			t.Fatalf("at %+v: %v and %v, want %v", join, show(swept[0].At(join)), show(single[0].At(join)), show(want.At(join)))
		}
	}
}

// randomSources puts facilities on random edges, at up to so many places.
func randomSources(n *network.Network, r *rand.Rand, count, places int) []Source {
	var out []Source
	for range count {
		out = append(out, Source{Join: randomJoin(n, r), Place: int32(r.IntN(places))})
	}
	return out
}

// TestSweepOnLargerNetworks has networks that are cut into tasks, with few and many facilities.
func TestSweepOnLargerNetworks(t *testing.T) {
	r := rand.New(rand.NewPCG(211, 212))
	for seed := range uint64(12) {
		box := orb.Bound{Max: orb.Point{9_000, 7_000}}
		n := built(t, roadgen.Generate(seed, 400+int(seed)*500, box), nil)
		for _, laid := range prepared(t, n) {
			var types [][]Source
			for i := range 11 {
				types = append(types, randomSources(n, r, i*i*int(seed), 1+i*9))
			}
			agree(t, n, laid, types, MaxCost)
		}
	}
}

// TestSweepOfGotland has ten types of 1 to 500 facilities on a real network, with its ferries and without.
func TestSweepOfGotland(t *testing.T) {
	r := rand.New(rand.NewPCG(221, 222))
	roads := gotland.Snapshot(t).Roads
	n := built(t, roads, nil)
	order, err := NewOrder(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	var types [][]Source
	for i := range 10 {
		types = append(types, randomSources(n, r, 1+i*55, 1+i*40))
	}
	off := built(t, roads, func(p *model.Params) { p.FerriesOff = true })
	for _, net := range []*network.Network{n, off} { // one order serves both
		for _, laid := range weights(t, net, order) {
			agree(t, net, laid, types, MaxCost)
			agree(t, net, laid, types[:3], 5_000_00)
		}
	}
}

// built builds a network or fails.
func built(t testing.TB, roads *model.RoadSet, change func(*model.Params)) *network.Network {
	t.Helper()
	p := model.DefaultParams()
	if change != nil {
		change(&p)
	}
	n, err := network.Build(context.Background(), roads, p)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAnyOrderGivesTheRightAnswers takes the nodes out at random.
func TestAnyOrderGivesTheRightAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(231, 232))
	for range 500 {
		w := newWorld(t, r)
		order := &Order{identity: identity(w.net)}
		for _, v := range r.Perm(w.net.Topology.Nodes) {
			order.nodes = append(order.nodes, int32(v))
		}
		for _, laid := range weights(t, w.net, order) {
			agree(t, w.net, laid, [][]Source{w.sources, w.sources[:1]}, MaxCost)
		}
	}
}

// TestLabelsServeAgain runs one sweep after another in the same memory.
func TestLabelsServeAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(241, 242))
	n := built(t, roadgen.Generate(3, 2000, orb.Bound{Max: orb.Point{9_000, 7_000}}), nil)
	laid := prepared(t, n)[model.Time]
	sweep, labels := NewSweep(laid, 2), new(Labels)
	for range 10 {
		types := [][]Source{randomSources(n, r, 1+r.IntN(40), 9), randomSources(n, r, r.IntN(4), 9)}
		got, err := sweep.Pairs(context.Background(), types, MaxCost, labels)
		if err != nil {
			t.Fatal(err)
		}
		for i := range types {
			want, _ := NewSearch(n, laid.metric).Run(context.Background(), types[i], MaxCost)
			for v := range int32(n.Topology.Nodes) {
				if got[i].Node(v) != want.Node(v) {
					t.Fatalf("node %d: %v, want %v", v, show(got[i].Node(v)), show(want.Node(v)))
				}
			}
		}
	}
}

func TestHierarchyHoldsToItsPromises(t *testing.T) {
	n := built(t, roadgen.Generate(5, 3000, orb.Bound{Max: orb.Point{9_000, 7_000}}), nil)
	order, err := NewOrder(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	h, err := NewHierarchy(context.Background(), n, order)
	if err != nil {
		t.Fatal(err)
	}
	for p := range int32(len(h.at)) {
		links := h.up[h.first[p]:h.first[p+1]]
		if !slices.IsSorted(links) || len(slices.Compact(slices.Clone(links))) != len(links) {
			t.Fatalf("links of %d: %v", p, links)
		}
		for i, a := range links {
			if a >= p || p >= a+h.size[a] {
				t.Fatalf("%d is linked with %d, which has %d below it", p, a, h.size[a])
			}
			for _, b := range links[:i] {
				if _, ok := slices.BinarySearch(h.up[h.first[a]:h.first[a+1]], b); !ok {
					t.Fatalf("%d is linked with %d and %d, which are not linked", p, a, b)
				}
			}
		}
	}
	covered := make([]int, len(h.at))
	for _, p := range h.top {
		covered[p]++
	}
	for _, task := range h.tasks {
		for p := task.from; p < task.to; p++ {
			covered[p]++
			for _, a := range h.up[h.first[p]:h.first[p+1]] {
				if a < task.from && !slices.Contains(h.top, a) {
					t.Fatalf("%d looks out of its task to %d", p, a)
				}
			}
		}
	}
	if slices.Min(covered) != 1 || slices.Max(covered) != 1 || len(h.tasks) < 20 {
		t.Errorf("%d tasks, positions are swept %d to %d times", len(h.tasks), slices.Min(covered), slices.Max(covered))
	}
}

// TestLinksAreBounded lets a hierarchy have one link less than it needs.
func TestLinksAreBounded(t *testing.T) {
	n := built(t, roadgen.Generate(5, 300, orb.Bound{Max: orb.Point{9_000, 7_000}}), nil)
	h := prepared(t, n)[model.Time].hierarchy
	order, err := NewOrder(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int]bool{len(h.up): true, len(h.up) - 1: false} {
		l := newLinking(n, order)
		l.most = most
		enough := true
		for r := range l.parent {
			enough = enough && l.link(int32(r))
		}
		if enough != want {
			t.Errorf("%d links are enough: %v, want %v", most, enough, want)
		}
	}
}

func TestSweepRefuses(t *testing.T) {
	set := &model.RoadSet{}
	for i := range 40 { // a ring of roads that are each longer than the Earth's radius
		from, to := 2*math.Pi*float64(i)/40, 2*math.Pi*float64((i+1)%40)/40
		line := orb.LineString{{1000 * math.Cos(from), 1000 * math.Sin(from)}, {1000 * math.Cos(to), 1000 * math.Sin(to)}}
		set.Add(model.Road{FID: int64(i + 1), Line: line, Length: 9_000_000})
	}
	n := built(t, set, nil)
	order, err := NewOrder(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	h, err := NewHierarchy(context.Background(), n, order)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Customise(context.Background(), n.Metric(model.Distance)); !errors.Is(err, ErrCosts) {
		t.Errorf("roads of 9 000 km: %v", err)
	}
	short := straightRoad(t, 0)
	laid := prepared(t, short)[model.Distance]
	crowd := []Source{{Place: 1 << 30}, {Place: 0}, {Place: 3}}
	if _, err := NewSweep(laid, 1).Pairs(context.Background(), [][]Source{crowd}, MaxCost, new(Labels)); !errors.Is(err, ErrCosts) {
		t.Errorf("places beyond counting: %v", err)
	}
	if _, err := NewHierarchy(context.Background(), short, order); !errors.Is(err, ErrOrder) {
		t.Errorf("the order of another network: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewSweep(laid, 1).Nearest(ctx, [][]Source{{{}}}, MaxCost, new(Labels)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := NewOrder(ctx, short); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled order: %v", err)
	}
	if _, err := h.Customise(ctx, n.Metric(model.Time)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled metric: %v", err)
	}
}

func ExampleSweep_Pairs() {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {3000, 0}}})
	set.Add(model.Road{FID: 2, Line: orb.LineString{{3000, 0}, {8000, 0}}})
	ctx := context.Background()
	n, err := network.Build(ctx, set, model.DefaultParams())
	if err != nil {
		fmt.Println(err)
		return
	}
	order, _ := NewOrder(ctx, n) // once for a network; may be kept
	hierarchy, _ := NewHierarchy(ctx, n, order)
	laid, _ := hierarchy.Customise(ctx, n.Metric(model.Distance)) // once for a metric

	groceries := []Source{{Join: network.Join{Edge: 0, Position: 50000}, Place: 0}, {Join: network.Join{Edge: 1, Position: 400000}, Place: 1}}
	fuel := []Source{{Join: network.Join{Edge: 1, Position: 0}}}
	fields, err := NewSweep(laid, 0).Pairs(ctx, [][]Source{groceries, fuel}, MaxCost, new(Labels))
	if err != nil {
		fmt.Println(err)
		return
	}
	home := network.Join{Edge: 0, Position: 200000}
	fmt.Println("groceries", fields[0].At(home)[0].Cost(), "and", fields[0].At(home)[1].Cost(), "cm; fuel", fields[1].At(home)[0].Cost(), "cm")
	// Output:
	// groceries 150000 and 500000 cm; fuel 100000 cm
}
