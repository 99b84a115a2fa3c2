package locate

import (
	"context"
	"math/rand/v2"
	"testing"

	"nabar/model/format/graph"
)

// standard makes a graph as Beasley (1985) describes his: n vertices, n²/50 edges between random pairs with random lengths
// from 1 to 100, of which the first n − 1 join each vertex to an earlier one, so that the graph hangs together.
func standard(n, p int, seed uint64) *graph.Graph {
	r := rand.New(rand.NewPCG(seed, 1))
	g := &graph.Graph{Nodes: n, Choose: p}
	has := map[[2]int]bool{}
	add := func(a, b int) {
		if a > b {
			a, b = b, a
		}
		if a == b || has[[2]int{a, b}] {
			return
		}
		has[[2]int{a, b}] = true
		g.Edges = append(g.Edges, graph.Edge{From: int32(a), To: int32(b), Length: int32(1 + r.IntN(100))})
	}
	for v := 1; v < n; v++ {
		add(v, r.IntN(v))
	}
	for len(g.Edges) < n*n/50 {
		add(r.IntN(n), r.IntN(n))
	}
	return g
}

// onGraph makes the problem of a graph or fails.
func onGraph(t testing.TB, g *graph.Graph) *Problem {
	t.Helper()
	p, err := OnGraph(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sizes are n and p of the forty problems of the OR-Library.
var sizes = [][2]int{
	{100, 5},
	{100, 10},
	{100, 10},
	{100, 20},
	{100, 33},
	{200, 5},
	{200, 10},
	{200, 20},
	{200, 40},
	{200, 67},
	{300, 5},
	{300, 10},
	{300, 30},
	{300, 60},
	{300, 100},
	{400, 5},
	{400, 10},
	{400, 40},
	{400, 80},
	{400, 133},
	{500, 5},
	{500, 10},
	{500, 50},
	{500, 100},
	{500, 167},
	{600, 5},
	{600, 10},
	{600, 60},
	{600, 120},
	{600, 200},
	{700, 5},
	{700, 10},
	{700, 70},
	{700, 140},
	{800, 5},
	{800, 10},
	{800, 80},
	{900, 5},
	{900, 10},
	{900, 90},
}
