package route

import (
	"context"
	"slices"

	"nabar/analysis/network"
)

// Order is an order in which a network's nodes are taken out one by one: what a Hierarchy is built from. It depends on
// which nodes the edges join and on nothing else, so that it outlives every change of lengths, speeds, directions and
// closed ferries, and may be kept with the project.
//
// Any order gives the right answers; a good one gives them fast, because few pairs of neighbours have to be linked when
// a node goes.
type Order struct {
	identity [identityLength]byte
	nodes    []int32 // nodes in the order they are taken out
}

// NewOrder finds a good order by minimum degree (Tinney and Walker 1967; Rose 1970): always take out a node with the
// fewest neighbours, and link these. Among nodes with equally many the one goes first that has waited longest, which
// keeps the hierarchy flat. Roads have chains and dead ends, so that most nodes go at no cost. The context's error is the
// only one.
func NewOrder(ctx context.Context, n *network.Network) (*Order, error) {
	e := newElimination(n)
	for len(e.order) < len(e.neighbours) {
		if len(e.order)&0x3fff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		v := e.next()
		if len(e.neighbours[v]) == len(e.neighbours)-len(e.order)-1 {
			e.finish() // all that is left is linked with all
			break
		}
		e.take(v)
	}
	return &Order{identity: identity(n), nodes: e.order}, nil
}

// elimination is the state of NewOrder: what is left of the network, as sorted lists of neighbours.
type elimination struct {
	neighbours [][]int32
	gone       []bool
	queued     []int32   // the degree that a node is queued by
	waiting    [][]int32 // nodes by degree, oldest first; some have another degree by now
	first      []int     // first entry of each list that has not come out
	least      int       // no list below it has an entry
	order      []int32
	scratch    []int32
}

// newElimination begins with the whole network.
func newElimination(n *network.Network) *elimination {
	first, others := neighbours(n)
	e := &elimination{
		neighbours: make([][]int32, n.Topology.Nodes), gone: make([]bool, n.Topology.Nodes),
		queued: make([]int32, n.Topology.Nodes), order: make([]int32, 0, n.Topology.Nodes),
	}
	for v := range e.neighbours {
		e.neighbours[v] = others[first[v]:first[v+1]:first[v+1]]
		e.queue(int32(v))
	}
	return e
}

// neighbours lists the neighbours of each node, without regard to direction, each once and sorted: those of v are
// others[first[v]:first[v+1]]. Closed ferries count.
func neighbours(n *network.Network) (first []int32, others []int32) {
	count := make([]int32, n.Topology.Nodes+1)
	for i := range n.Edges {
		if e := &n.Edges[i]; e.From != e.To {
			count[e.From+1]++
			count[e.To+1]++
		}
	}
	for v := range n.Topology.Nodes {
		count[v+1] += count[v]
	}
	all := make([]int32, count[n.Topology.Nodes])
	next := slices.Clone(count)
	for i := range n.Edges {
		if e := &n.Edges[i]; e.From != e.To {
			all[next[e.From]], all[next[e.To]] = e.To, e.From
			next[e.From]++
			next[e.To]++
		}
	}
	first, others = make([]int32, 1, n.Topology.Nodes+1), all[:0]
	for v := range n.Topology.Nodes {
		list := all[count[v]:count[v+1]]
		slices.Sort(list)
		others = append(others, slices.Compact(list)...) // never writes past what has been read
		first = append(first, int32(len(others)))
	}
	return first, others
}

// queue puts a node behind the others of its degree.
func (e *elimination) queue(v int32) {
	d := len(e.neighbours[v])
	for len(e.waiting) <= d {
		e.waiting, e.first = append(e.waiting, nil), append(e.first, 0)
	}
	e.waiting[d] = append(e.waiting[d], v)
	e.queued[v] = int32(d)
	e.least = min(e.least, d)
}

// next gives the node that has waited longest among those of least degree. There is one.
func (e *elimination) next() int32 {
	for ; ; e.least++ {
		for list := e.waiting[e.least]; e.first[e.least] < len(list); {
			v := list[e.first[e.least]]
			e.first[e.least]++
			if !e.gone[v] && e.queued[v] == int32(e.least) {
				return v
			}
		}
	}
}

// take takes a node out and links its neighbours.
func (e *elimination) take(v int32) {
	e.gone[v] = true
	e.order = append(e.order, v)
	clique := e.neighbours[v]
	e.neighbours[v] = nil
	for _, u := range clique {
		e.scratch = merged(e.scratch[:0], e.neighbours[u], clique, u, v)
		if len(e.scratch) > cap(e.neighbours[u]) {
			e.neighbours[u] = make([]int32, 0, len(e.scratch)+len(e.scratch)/2)
		}
		e.neighbours[u] = append(e.neighbours[u][:0], e.scratch...)
		if int32(len(e.scratch)) != e.queued[u] {
			e.queue(u)
		}
	}
}

// merged appends the union of two sorted lists without u and v.
func merged(to, a, b []int32, u, v int32) []int32 {
	for len(a) > 0 || len(b) > 0 {
		var next int32
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			next, a = a[0], a[1:]
		case len(a) == 0 || b[0] < a[0]:
			next, b = b[0], b[1:]
		default:
			next, a, b = a[0], a[1:], b[1:]
		}
		if next != u && next != v {
			to = append(to, next)
		}
	}
	return to
}

// finish takes out the rest in the order of their numbers.
func (e *elimination) finish() {
	for v := range e.neighbours {
		if !e.gone[v] {
			e.order = append(e.order, int32(v))
		}
	}
}
