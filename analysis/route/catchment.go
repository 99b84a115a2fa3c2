package route

import (
	"cmp"
	"context"
	"slices"

	"nabar/analysis/network"
)

// Spots are points that have joined a network, sorted so that searches back from facilities find them. They are immutable
// and safe for concurrent use.
type Spots struct {
	net    *network.Network
	metric *network.Metric
	joins  []network.Join
	first  []int32 // by node: the exits by way of node v are those from first[v] up to first[v+1]
	exits  []exit
	onEdge []int32 // the spots, sorted by edge
}

// exit is a way from a spot to a node.
type exit struct {
	spot int32
	cost int64 // with the spot's connector
}

// NewSpots sorts points by where they leave their edges. Spot i is joins[i]. Time and memory O(nodes + points).
func NewSpots(n *network.Network, m *network.Metric, joins []network.Join) *Spots {
	s := &Spots{net: n, metric: m, joins: joins, first: make([]int32, n.Topology.Nodes+1), onEdge: make([]int32, len(joins))}
	for i := range joins {
		s.onEdge[i] = int32(i)
		leave(n, m, joins[i], func(node int32, _ int64) { s.first[node+1]++ })
	}
	for v := 1; v < len(s.first); v++ {
		s.first[v] += s.first[v-1]
	}
	s.exits = make([]exit, s.first[n.Topology.Nodes])
	next := slices.Clone(s.first)
	for i := range joins {
		connector := m.Connector(joins[i].Connector)
		leave(n, m, joins[i], func(node int32, cost int64) {
			s.exits[next[node]] = exit{int32(i), connector + cost}
			next[node]++
		})
	}
	slices.SortFunc(s.onEdge, func(a, b int32) int { return cmp.Or(cmp.Compare(joins[a].Edge, joins[b].Edge), cmp.Compare(a, b)) })
	return s
}

// Reached is a spot with what it costs from there to a place.
type Reached struct {
	Spot int32
	Cost int64
}

// Catchment finds the spots from which a place is reached within a limit. It keeps its working memory from one search to
// the next and is not safe for concurrent use; many may share the same Spots. Between searches it holds 8 bytes a node and
// a spot.
type Catchment struct {
	spots *Spots
	mean  int64
	queue queue
	cost  []int64 // of each node, -1 where not reached
	seen  []int32 // the nodes with a cost
	best  []int64 // of each spot, likewise
	found []int32
}

// NewCatchment makes a search for the given spots.
func NewCatchment(s *Spots) *Catchment {
	return &Catchment{
		spots: s, mean: meanCost(s.metric),
		cost: slices.Repeat([]int64{-1}, s.net.Topology.Nodes), best: slices.Repeat([]int64{-1}, len(s.joins)),
	}
}

// Around appends to list the spots from which any of a place's facilities is reached at a cost up to a limit, which is
// included, with the least such cost, both connectors counted; in the order of the spots. Travel is from spot to facility.
// The search touches no node beyond the limit. The context's error is the only one.
func (c *Catchment) Around(ctx context.Context, place []network.Join, limit int64, list []Reached) ([]Reached, error) {
	n, m := c.spots.net, c.spots.metric
	limit = min(limit, MaxCost)
	c.reset()
	for _, j := range place {
		seed(n, m, j, func(node int32, cost int64) { c.offer(node, cost, limit) })
	}
	if err := c.spread(ctx, limit); err != nil {
		return list, err
	}
	for _, v := range c.seen {
		for _, e := range c.spots.exits[c.spots.first[v]:c.spots.first[v+1]] {
			c.reach(e.spot, c.cost[v]+e.cost, limit)
		}
	}
	for _, j := range place {
		c.straight(j, limit)
	}
	slices.Sort(c.found)
	for _, spot := range c.found {
		list = append(list, Reached{spot, c.best[spot]})
	}
	return list, nil
}

// reset forgets the search before.
func (c *Catchment) reset() {
	for _, v := range c.seen {
		c.cost[v] = -1
	}
	for _, s := range c.found {
		c.best[s] = -1
	}
	c.seen, c.found = c.seen[:0], c.found[:0]
	c.queue.reset(c.mean)
}

// spread searches back along the arcs.
func (c *Catchment) spread(ctx context.Context, limit int64) error {
	in, cost := &c.spots.net.Topology.In, c.spots.metric.In
	for turn := 0; ; turn++ {
		if turn&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e, ok := c.queue.pop()
		if !ok {
			return nil
		}
		at := e.label.Cost()
		if at != c.cost[e.node] {
			continue
		}
		for a := in.First[e.node]; a < in.First[e.node+1]; a++ {
			c.offer(in.Node[a], at+int64(cost[a]), limit)
		}
	}
}

// offer reaches a node at a cost.
func (c *Catchment) offer(node int32, cost, limit int64) {
	if cost > limit || c.cost[node] >= 0 && c.cost[node] <= cost {
		return
	}
	if c.cost[node] < 0 {
		c.seen = append(c.seen, node)
	}
	c.cost[node] = cost
	c.queue.push(NewLabel(cost, 0), node)
}

// reach reaches a spot at a cost.
func (c *Catchment) reach(spot int32, cost, limit int64) {
	if cost > limit || c.best[spot] >= 0 && c.best[spot] <= cost {
		return
	}
	if c.best[spot] < 0 {
		c.found = append(c.found, spot)
	}
	c.best[spot] = cost
}

// straight reaches the spots on a facility's own edge without leaving it.
func (c *Catchment) straight(to network.Join, limit int64) {
	s := c.spots
	at, _ := slices.BinarySearchFunc(s.onEdge, to.Edge, func(spot, edge int32) int { return cmp.Compare(s.joins[spot].Edge, edge) })
	for _, spot := range s.onEdge[at:] {
		from := s.joins[spot]
		if from.Edge != to.Edge {
			return
		}
		if cost, ok := direct(s.net, s.metric, from, to); ok {
			c.reach(spot, cost+s.metric.Connector(from.Connector)+s.metric.Connector(to.Connector), limit)
		}
	}
}

// leave calls visit for the nodes by which one leaves a point's edge, with the cost from where the point joins it.
func leave(n *network.Network, m *network.Metric, j network.Join, visit func(node int32, cost int64)) {
	e := &n.Edges[j.Edge]
	if node, at := atNode(e, j.Position); at {
		visit(node, 0)
		return
	}
	if e.Has(network.OpenForward) {
		visit(e.To, m.Whole(j.Edge, false)-m.FromStart(j.Edge, j.Position))
	}
	if e.Has(network.OpenBackward) {
		visit(e.From, m.Whole(j.Edge, true)-m.FromEnd(j.Edge, j.Position))
	}
}

// direct is the cost from one point of an edge to another of the same edge without leaving it, connectors not counted;
// ok is false where that is not allowed.
func direct(n *network.Network, m *network.Metric, from, to network.Join) (cost int64, ok bool) {
	e := &n.Edges[from.Edge]
	switch {
	case to.Position == from.Position:
		return 0, true
	case to.Position > from.Position && e.Has(network.OpenForward):
		return m.FromStart(from.Edge, to.Position) - m.FromStart(from.Edge, from.Position), true
	case to.Position < from.Position && e.Has(network.OpenBackward):
		return m.FromEnd(from.Edge, to.Position) - m.FromEnd(from.Edge, from.Position), true
	}
	return 0, false
}
