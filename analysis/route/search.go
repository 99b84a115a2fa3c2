package route

import (
	"cmp"
	"context"
	"slices"

	"nabar/analysis/network"
)

// Source is a facility that has joined the network. Its rank is its index among the sources of a search.
type Source struct {
	Join  network.Join
	Place int32 // facilities of the same place are no alternatives to each other; 0 or more
}

// Search finds the nearest facilities. It keeps its working memory from one run to the next and is not safe for
// concurrent use; many may share one network.
type Search struct {
	net    *network.Network
	metric *network.Metric
	mean   int64
	queue  queue
}

// NewSearch makes a search on a network by one of its metrics.
func NewSearch(n *network.Network, m *network.Metric) *Search {
	return &Search{net: n, metric: m, mean: meanCost(m)}
}

// meanCost is the mean cost of an arc.
func meanCost(m *network.Metric) int64 {
	sum := int64(0)
	for _, c := range m.Out {
		sum += int64(c)
	}
	return sum / int64(max(len(m.Out), 1))
}

// Field is the outcome of a search or sweep: what every node, and through At every point, has near.
type Field struct {
	nodes []Pair // of a search, for each node; else nil
	swept lane   // of a sweep

	net     *network.Network
	metric  *network.Metric
	limit   Label // labels above it are not held
	sources []Source
	places  []int32
	onEdge  []int32 // ranks of the sources, sorted by edge
}

// Run searches from all sources at once up to a cost, which is included; MaxCost is no limit. There may be
// MaxFacilities sources. The context is asked now and then; its error is the only one.
//
// Each node keeps the least label of each of at most two places. A label is passed on when its turn comes and it is
// still one of the node's two; adding an arc's cost keeps the order of labels, so the two that remain are the two
// least over all routes. Time O((n + m) · corrections), where buckets much shorter than an arc keep corrections rare.
func (s *Search) Run(ctx context.Context, sources []Source, limit int64) (*Field, error) {
	f := newField(s.net, s.metric, sources, limit)
	f.nodes = slices.Repeat([]Pair{{None, None}}, s.net.Topology.Nodes)
	s.queue.reset(s.mean)
	for rank := range sources {
		seed(s.net, s.metric, sources[rank].Join, func(node int32, cost int64) { s.offer(f, node, NewLabel(cost, rank)) })
	}
	in, cost := &s.net.Topology.In, s.metric.In
	for turn := 0; ; turn++ {
		if turn&0xffff == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		e, ok := s.queue.pop()
		if !ok {
			return f, nil
		}
		if pair := &f.nodes[e.node]; pair[0] != e.label && pair[1] != e.label {
			continue
		}
		for a := in.First[e.node]; a < in.First[e.node+1]; a++ {
			s.offer(f, in.Node[a], e.label+Label(cost[a])<<facilityBits)
		}
	}
}

// newField makes a field without labels.
func newField(n *network.Network, m *network.Metric, sources []Source, limit int64) *Field {
	f := &Field{
		net: n, metric: m,
		limit: NewLabel(min(limit, MaxCost), MaxFacilities-1), sources: sources,
		places: make([]int32, len(sources)), onEdge: make([]int32, len(sources)),
	}
	for rank := range sources {
		f.places[rank], f.onEdge[rank] = sources[rank].Place, int32(rank)
	}
	slices.SortFunc(f.onEdge, func(a, b int32) int {
		return cmp.Or(cmp.Compare(sources[a].Join.Edge, sources[b].Join.Edge), cmp.Compare(a, b))
	})
	return f
}

// seed offers the ends of a facility's edge, as far as one may drive from them to the facility, what that costs with
// the connector: two costs of 31 bits, far below MaxCost.
func seed(n *network.Network, m *network.Metric, j network.Join, offer func(node int32, cost int64)) {
	e := &n.Edges[j.Edge]
	connector := m.Connector(j.Connector)
	if node, at := atNode(e, j.Position); at {
		offer(node, connector)
		return
	}
	if e.Has(network.OpenForward) {
		offer(e.From, connector+m.FromStart(j.Edge, j.Position))
	}
	if e.Has(network.OpenBackward) {
		offer(e.To, connector+m.FromEnd(j.Edge, j.Position))
	}
}

// atNode tells whether a position is an end of its edge. Whoever joins there stands at the node and may go any way
// from it, even where the edge itself is one-way.
func atNode(e *network.Edge, position int32) (node int32, at bool) {
	switch position {
	case 0:
		return e.From, true
	case e.Length:
		return e.To, true
	}
	return 0, false
}

// offer gives a node a label, to be passed on if it is taken.
func (s *Search) offer(f *Field, node int32, l Label) {
	pair := &f.nodes[node]
	if l < pair[1] && l <= f.limit && pair.add(l, f.places) {
		s.queue.push(l, node)
	}
}

// Node gives the nearest facility and the nearest at another place from a node.
func (f *Field) Node(v int32) Pair {
	if f.nodes != nil {
		return f.nodes[v]
	}
	pair := f.swept.pair(v)
	for i := range pair {
		if pair[i] > f.limit {
			pair[i] = None
		}
	}
	return pair
}

// At gives the nearest facility and the nearest at another place from a point that has joined the network, its
// connector counted. It is safe for concurrent use.
func (f *Field) At(j network.Join) Pair {
	pair := Pair{None, None}
	connector := f.metric.Connector(j.Connector)
	offer := func(l Label, cost int64) {
		if l == None {
			return
		}
		if l += Label(cost) << facilityBits; l <= f.limit { // MaxCost and a few costs of 31 bits: no overflow
			pair.add(l, f.places)
		}
	}
	through := func(node int32, cost int64) {
		for _, l := range f.Node(node) {
			offer(l, connector+cost)
		}
	}
	leave(f.net, f.metric, j, through)
	f.straight(j, func(cost int64, rank int) { offer(NewLabel(0, rank), connector+cost) })
	if f.swept.nearestOnly {
		pair[1] = None
	}
	return pair
}

// straight calls offer for the facilities on the point's own edge that can be driven to without leaving it.
func (f *Field) straight(j network.Join, offer func(cost int64, rank int)) {
	at, _ := slices.BinarySearchFunc(f.onEdge, j.Edge, func(rank, edge int32) int {
		return cmp.Compare(f.sources[rank].Join.Edge, edge)
	})
	for _, rank := range f.onEdge[at:] {
		to := f.sources[rank].Join
		if to.Edge != j.Edge {
			return
		}
		if cost, ok := direct(f.net, f.metric, j, to); ok {
			offer(cost+f.metric.Connector(to.Connector), int(rank))
		}
	}
}
