package locate

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"nabar/internal/i18n"
	"nabar/model/format/graph"
)

// TestGraphCosts holds the shortest paths to Floyd and Warshall's, on graphs that may fall apart.
func TestGraphCosts(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		g := &graph.Graph{Nodes: 2 + r.IntN(30), Choose: 1}
		want := make([][]int64, g.Nodes)
		for v := range want {
			want[v] = slices.Repeat([]int64{1 << 40}, g.Nodes)
			want[v][v] = 0
		}
		for range g.Nodes + r.IntN(20) {
			a, b, l := r.IntN(g.Nodes), r.IntN(g.Nodes), r.Int32N(50)
			if a < b && want[a][b] == 1<<40 {
				g.Edges = append(g.Edges, graph.Edge{From: int32(a), To: int32(b), Length: l})
				want[a][b], want[b][a] = int64(l), int64(l)
			}
		}
		for k := range want {
			for i := range want {
				for j := range want {
					want[i][j] = min(want[i][j], want[i][k]+want[k][j])
				}
			}
		}
		p := onGraph(t, g)
		for v, near := range p.Near {
			got := slices.Repeat([]int64{1 << 40}, g.Nodes)
			for _, o := range near {
				got[o.Candidate] = int64(o.Cost)
			}
			if !slices.Equal(got, want[v]) {
				t.Fatalf("%d: from %d %v, want %v", seed, v, got, want[v])
			}
		}
	}
}

func TestGraphLimits(t *testing.T) {
	if _, err := OnGraph(context.Background(), &graph.Graph{Nodes: maxVertices + 1, Choose: 1}); !errors.Is(err, i18n.Errorf("locate.graph_large")) {
		t.Errorf("too large: %v", err)
	}
	long := &graph.Graph{Nodes: 4, Choose: 1, Edges: []graph.Edge{{From: 0, To: 1, Length: 1e9}, {From: 1, To: 2, Length: 1e9}, {From: 2, To: 3, Length: 1e9}}}
	if _, err := OnGraph(context.Background(), long); !errors.Is(err, i18n.Errorf("locate.graph_long")) {
		t.Errorf("too long: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := OnGraph(ctx, standard(100, 5, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestGraphAgainstAllChoices tries every choice of two and three vertices of graphs in the standard form.
func TestGraphAgainstAllChoices(t *testing.T) {
	for _, c := range []struct{ n, p int }{{100, 2}, {60, 3}, {70, 3}, {20, 6}} {
		p := onGraph(t, standard(c.n, c.p, uint64(c.n)))
		cost := make([][]int64, c.n)
		for v, near := range p.Near {
			cost[v] = make([]int64, c.n)
			for _, o := range near {
				cost[v][o.Candidate] = int64(o.Cost)
			}
		}
		least, nearest := int64(infinite), int64(infinite)
		choices(p, c.p, func(open []int32) {
			sum, far := int64(0), int64(0)
			for _, row := range cost {
				d := row[open[0]]
				for _, j := range open[1:] {
					d = min(d, row[j])
				}
				sum, far = sum+d, max(far, d)
			}
			least, nearest = min(least, sum), min(nearest, far)
		})
		m, err := Median(context.Background(), p, Options{})
		if err != nil || m.Value != least || !m.Optimal() {
			t.Errorf("n %d p %d: median %+v, %v, want %d", c.n, c.p, m, err, least)
		}
		f, err := Center(context.Background(), p, Options{})
		if err != nil || f.Value != nearest || !f.Optimal() {
			t.Errorf("n %d p %d: center %+v, %v, want %d", c.n, c.p, f, err, nearest)
		}
	}
}

// standards are problems of the standard form, one in four of the sizes in the OR-Library.
func standards() []*graph.Graph {
	var out []*graph.Graph
	for k, s := range sizes {
		if k%4 == 1 {
			out = append(out, standard(s[0], s[1], uint64(k)))
		}
	}
	// Two that once took a tree of 25 000 nodes without being proven, and five times as much work as any other.
	return append(out, standard(400, 133, 2019), standard(700, 10, 1031))
}

// TestStandardIsProven solves problems of all sizes of the OR-Library to proven optimality, and holds the proof against
// choices that a search of its own finds: none may be below the bound.
func TestStandardIsProven(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	for _, g := range standards() {
		p := onGraph(t, g)
		s, err := Median(context.Background(), p, Options{})
		if err != nil || !s.Optimal() {
			t.Errorf("n %d p %d: %+v %v", g.Nodes, g.Choose, s, err)
			continue
		}
		if m := median(p, s.Chosen, 0); m.value != s.Value || m.lost != 0 {
			t.Errorf("n %d p %d: value %d, the choice gives %+v", g.Nodes, g.Choose, s.Value, m)
		}
		r := rand.New(rand.NewPCG(uint64(g.Nodes), 5))
		for range 3 {
			if v := swapped(r, p, g.Choose); v < s.Bound {
				t.Errorf("n %d p %d: a choice of %d is below the bound %d", g.Nodes, g.Choose, v, s.Bound)
			}
		}
	}
}

// swapped improves a random choice by random swaps, by the definition of the value alone.
func swapped(r *rand.Rand, p *Problem, choose int) int64 {
	cost := make([][]int32, len(p.Near))
	for i, near := range p.Near {
		cost[i] = make([]int32, p.Candidates)
		for _, o := range near {
			cost[i][o.Candidate] = o.Cost
		}
	}
	value := func(open []int) (sum int64) {
		for _, row := range cost {
			least := row[open[0]]
			for _, j := range open {
				least = min(least, row[j])
			}
			sum += int64(least)
		}
		return sum
	}
	open := r.Perm(p.Candidates)[:choose]
	best := value(open)
	for range 300 {
		k, j := r.IntN(choose), r.IntN(p.Candidates)
		old := open[k]
		open[k] = j
		if v := value(open); v < best {
			best = v
		} else {
			open[k] = old
		}
	}
	return best
}

// TestSameAnswerWhateverTheMachine solves twice, and with the vertices numbered otherwise: the choice is the same, and the
// value of the optimum too.
func TestSameAnswerWhateverTheMachine(t *testing.T) {
	g := standard(200, 10, 11)
	first, err := Median(context.Background(), onGraph(t, g), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if again, _ := Median(context.Background(), onGraph(t, g), Options{}); !slices.Equal(again.Chosen, first.Chosen) || again.Bound != first.Bound {
			t.Errorf("%+v, then %+v", first, again)
		}
	}
	number := rand.New(rand.NewPCG(4, 4)).Perm(g.Nodes)
	other := &graph.Graph{Nodes: g.Nodes, Choose: g.Choose}
	for _, e := range g.Edges {
		a, b := int32(number[e.From]), int32(number[e.To])
		other.Edges = append(other.Edges, graph.Edge{From: min(a, b), To: max(a, b), Length: e.Length})
	}
	if s, _ := Median(context.Background(), onGraph(t, other), Options{}); s.Value != first.Value || s.Bound != first.Bound {
		t.Errorf("numbered otherwise: %d and %d, was %d and %d", s.Value, s.Bound, first.Value, first.Bound)
	}
}

// TestLittleEffortIsHonest cuts the search short by effort and by deadline: the bound still holds and nothing is called
// optimal that is not.
func TestLittleEffortIsHonest(t *testing.T) {
	p := onGraph(t, standard(300, 5, 5))
	whole, err := Median(context.Background(), p, Options{})
	if err != nil || !whole.Optimal() {
		t.Fatal(whole, err)
	}
	for _, effort := range []int64{1, 1e5, 1e6, 1e7} {
		t.Run(fmt.Sprint(effort), func(t *testing.T) {
			s, err := Median(context.Background(), p, Options{Effort: effort})
			if err != nil || s.Bound > whole.Value || s.Value < whole.Value || s.Stopped {
				t.Errorf("%+v, %v; the optimum is %d", s, err, whole.Value)
			}
		})
	}
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	s, err := Median(ctx, p, Options{})
	if err != nil || !s.Stopped || s.Bound > whole.Value || s.Value < whole.Value || len(s.Chosen) != 5 {
		t.Errorf("at the deadline: %+v, %v", s, err)
	}
}

func BenchmarkMedian(b *testing.B) {
	for _, s := range [][2]int{{100, 10}, {400, 40}, {900, 90}, {900, 5}} {
		b.Run(fmt.Sprintf("n%d_p%d", s[0], s[1]), func(b *testing.B) {
			b.ReportAllocs()
			p := onGraph(b, standard(s[0], s[1], 38))
			for b.Loop() {
				if s, err := Median(context.Background(), p, Options{}); err != nil || !s.Optimal() {
					b.Fatal(s, err)
				}
			}
		})
	}
}

func BenchmarkCenter(b *testing.B) {
	b.ReportAllocs()
	p := onGraph(b, standard(400, 40, 38))
	for b.Loop() {
		if s, err := Center(context.Background(), p, Options{}); err != nil || !s.Optimal() {
			b.Fatal(s, err)
		}
	}
}

func BenchmarkOnGraph(b *testing.B) {
	b.ReportAllocs()
	g := standard(900, 5, 38)
	for b.Loop() {
		onGraph(b, g)
	}
}
