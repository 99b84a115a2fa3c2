package locate

import (
	"container/heap"
	"context"
	"slices"

	"nabar/internal/i18n"
	"nabar/model/format/graph"
)

// maxVertices keeps the matrix of a graph within memory: 5 000 vertices need some 400 MB.
const maxVertices = 5000

// OnGraph makes the problem of a graph: every vertex has the weight 1 and may be chosen, the costs are the lengths of the
// shortest paths, and as many are to be chosen as the file says. It gives a Problem for graphs that are too large and
// for paths that are too long, and the context's error when that ends. Time O(n·m·log n).
func OnGraph(ctx context.Context, g *graph.Graph) (*Problem, error) {
	if g.Nodes > maxVertices {
		return nil, i18n.Errorf("locate.graph_large", g.Nodes, maxVertices)
	}
	p := &Problem{Weight: slices.Repeat([]int64{1}, g.Nodes), Near: make([][]Offer, g.Nodes), Candidates: g.Nodes, New: g.Choose}
	arcs := make([][]Offer, g.Nodes) // here an offer is a neighbour and the edge's length
	for _, e := range g.Edges {
		arcs[e.From] = append(arcs[e.From], Offer{e.To, e.Length})
		arcs[e.To] = append(arcs[e.To], Offer{e.From, e.Length})
	}
	long := make([]bool, g.Nodes)
	parallel(g.Nodes, func(v int) {
		if ctx.Err() == nil {
			p.Near[v], long[v] = spread(arcs, int32(v))
		}
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if slices.Contains(long, true) {
		return nil, i18n.Errorf("locate.graph_long")
	}
	return p, nil
}

// spread finds the lengths of the shortest paths from one vertex to all that it reaches (Dijkstra 1959). long tells that
// one is longer than a cost can be.
func spread(arcs [][]Offer, from int32) (near []Offer, long bool) {
	cost := slices.Repeat([]int64{infinite}, len(arcs))
	cost[from] = 0
	queue := reaches{{0, from}}
	for len(queue) > 0 {
		at := heap.Pop(&queue).(reach)
		if at.cost > cost[at.node] {
			continue
		}
		if at.cost >= int64(None) {
			return nil, true
		}
		near = append(near, Offer{at.node, int32(at.cost)})
		for _, a := range arcs[at.node] {
			if c := at.cost + int64(a.Cost); c < cost[a.Candidate] {
				cost[a.Candidate] = c
				heap.Push(&queue, reach{c, a.Candidate})
			}
		}
	}
	return near, false
}

// reach is a vertex that was reached at a cost.
type reach struct {
	cost int64
	node int32
}

// reaches is a heap of them, least cost first.
type reaches []reach

func (h reaches) Len() int           { return len(h) }
func (h reaches) Less(a, b int) bool { return h[a].cost < h[b].cost }
func (h reaches) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *reaches) Push(r any)        { *h = append(*h, r.(reach)) }
func (h *reaches) Pop() any {
	r := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return r
}
