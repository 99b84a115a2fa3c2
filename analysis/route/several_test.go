package route

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/model"
)

// several reads the nearest places of a square off the matrix, None where there are no more.
func (x matrix) several(w world, m *network.Metric, cell, count int, limit int64) []Label {
	best := map[int32]Label{}
	for rank, s := range w.sources {
		d := x.d[x.nodes+cell][x.nodes+len(w.cells)+rank]
		if math.IsInf(d, 1) {
			continue
		}
		cost := int64(d) + m.Connector(w.cells[cell].Connector) + m.Connector(s.Join.Connector)
		if held, has := best[s.Place]; cost <= limit && (!has || NewLabel(cost, rank) < held) {
			best[s.Place] = NewLabel(cost, rank)
		}
	}
	var all []Label
	for _, l := range best {
		all = append(all, l)
	}
	slices.Sort(all)
	for len(all) < count {
		all = append(all, None)
	}
	return all[:count]
}

func TestSeveralAgreesWithFloydWarshall(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	found := [MaxSeveral + 1]int{}
	for round := range 2000 {
		w := newWorld(t, r)
		for range r.IntN(8) {
			w.sources = append(w.sources, Source{Join: randomJoin(w.net, r), Place: int32(r.IntN(8))})
		}
		count := 1 + round%MaxSeveral
		limit := []int64{MaxCost, 300}[round/5%2]
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			m := w.net.Metric(imp)
			field, err := NewSeveralSearch(w.net, m, count).Run(context.Background(), w.sources, limit)
			if err != nil {
				t.Fatal(err)
			}
			x := newMatrix(w, m)
			for c, join := range w.cells {
				got, want := field.At(join, nil), x.several(w, m, c, count, limit)
				if !slices.Equal(got, want) {
					t.Fatalf("round %d %s cell %d: got %v, want %v", round, imp, c, got, want)
				}
				n := slices.Index(append(got, None), None)
				found[n]++
			}
		}
	}
	for n, cases := range found {
		if cases < 200 {
			t.Errorf("only %d cases with %d places", cases, n)
		}
	}
}

// TestSeveralContainsThePair searches for two in both ways, and for more.
func TestSeveralContainsThePair(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 300 {
		w := newWorld(t, r)
		pairs := run(t, w.net, w.sources)
		for count := range MaxSeveral + 2 {
			field, err := NewSeveralSearch(w.net, w.net.Metric(model.Distance), count).Run(t.Context(), w.sources, MaxCost)
			if err != nil {
				t.Fatal(err)
			}
			for _, join := range w.cells {
				pair, list := pairs.At(join), field.At(join, []Label{7})
				if list[0] != 7 || len(list) != 1+min(max(count, 1), MaxSeveral) {
					t.Fatalf("%d places wanted: list %v", count, list)
				}
				if n := min(len(list)-1, 2); !slices.Equal(pair[:n], list[1:1+n]) {
					t.Fatalf("pair %v, list %v", pair, list)
				}
			}
		}
	}
}

func TestInsert(t *testing.T) {
	places := []int32{0, 0, 1, 2, 3}
	labels := []Label{NewLabel(9, 0), NewLabel(4, 1), NewLabel(4, 2), NewLabel(7, 3), NewLabel(1, 4)}
	for count := 1; count <= MaxSeveral; count++ {
		var want []Label
		for _, order := range permutations(labels) {
			list := slices.Repeat([]Label{None}, count)
			for _, l := range order {
				insert(list, l, places)
				if insert(list, l, places) {
					t.Fatalf("%v was taken twice", l)
				}
			}
			if want == nil {
				want = []Label{labels[4], labels[1], labels[2], labels[3], None}[:count]
			}
			if !slices.Equal(list, want) || !slices.IsSortedFunc(list, cmp.Compare) {
				t.Fatalf("%d places: %v, want %v", count, list, want)
			}
		}
	}
}

func TestSeveralSearchIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	n := straightRoad(t, 0)
	if _, err := NewSeveralSearch(n, n.Metric(model.Distance), 3).Run(ctx, nil, MaxCost); err == nil {
		t.Error("a cancelled search answers")
	}
}

func ExampleSeveralSearch_Run() {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {1000, 0}}})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		fmt.Println(err)
		return
	}
	var sources []Source
	for place, cm := range []int32{0, 30_000, 90_000} {
		sources = append(sources, Source{Join: network.Join{Position: cm}, Place: int32(place)})
	}
	m := n.Metric(model.Distance)
	field, err := NewSeveralSearch(n, m, 3).Run(context.Background(), sources, MaxCost)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range field.At(network.Join{Position: 40_000}, nil) {
		fmt.Println(l.Facility(), m.Value(l.Cost()), "m")
	}
	// Output:
	// 1 100 m
	// 0 400 m
	// 2 500 m
}
