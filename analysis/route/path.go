package route

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
)

// Leg is a stretch of one edge that is driven: from one position to another, in centimetres from the edge's start.
type Leg struct {
	Edge     int32
	From, To int32
	Backward bool // against the drawn direction; on an edge of no length From and To do not tell
}

// Path is the way from one point that has joined the network to another.
type Path struct {
	From, To network.Join
	Legs     []Leg // in the order they are driven; none where both points stand at one spot
	Cost     int64 // of legs, waits and both connectors, in the metric's units
}

// Length is the path's length in centimetres with both connectors: the cost by distance.
func (p *Path) Length() int64 {
	sum := int64(p.From.Connector) + int64(p.To.Connector)
	for _, l := range p.Legs {
		sum += int64(max(l.From-l.To, l.To-l.From))
	}
	return sum
}

// Line is the road that is driven, as drawn, from where the first point joins to where the last one does.
func (p *Path) Line(n *network.Network) orb.LineString {
	line := orb.LineString{p.From.At}
	add := func(at orb.Point) {
		if at != line[len(line)-1] {
			line = append(line, at)
		}
	}
	for _, l := range p.Legs {
		for _, at := range l.vertices(n) {
			add(at)
		}
	}
	add(p.To.At)
	return line
}

// vertices are the points of the edge's line that the leg passes, in the order it does.
func (l *Leg) vertices(n *network.Network) []orb.Point {
	e := &n.Edges[l.Edge]
	xy := n.Roads.Vertices(int(e.Road))
	low, high := min(l.From, l.To), max(l.From, l.To)
	var out []orb.Point
	before := 0.0
	for i := 0; i < len(xy); i += 2 {
		if i > 0 {
			before += math.Hypot(xy[i]-xy[i-2], xy[i+1]-xy[i-1])
		}
		position := 0.0
		if e.Drawn > 0 {
			position = before / e.Drawn * float64(e.Length)
		}
		first, last := i == 0 && low == 0, i == len(xy)-2 && high == e.Length
		if first || last || position > float64(low) && position < float64(high) {
			out = append(out, orb.Point{xy[i], xy[i+1]})
		}
	}
	if l.Backward {
		slices.Reverse(out)
	}
	return out
}

// PathSearch finds the way between two points. It keeps its working memory from one run to the next, touches only
// the nodes nearer than the goal, and is not safe for concurrent use.
type PathSearch struct {
	net    *network.Network
	metric *network.Metric
	mean   int64
	queue  queue
	cost   []int64 // of each node, -1 where not reached
	via    []int32 // the arc that each node was reached by, -1 at the start
	seen   []int32 // nodes with a cost
}

// NewPathSearch makes a search for single ways by one of the network's metrics.
func NewPathSearch(n *network.Network, m *network.Metric) *PathSearch {
	return &PathSearch{
		net: n, metric: m, mean: meanCost(m),
		cost: slices.Repeat([]int64{-1}, n.Topology.Nodes), via: make([]int32, n.Topology.Nodes),
	}
}

// goal is the best way to the target that is known.
type goal struct {
	cost     int64
	node     int32 // from which the target's edge is entered, -1 for the straight way on the common edge
	last     Leg
	straight bool // the last leg is all of the way
	none     bool // there is no last leg: the target stands at the node
}

// Find gives the cheapest way from one point to another, and false where there is none. Of equally cheap ways it
// gives the same one every time. The context's error is the only one.
//
// The search spreads from the start along the arcs and stops when all that is left lies beyond the goal.
func (s *PathSearch) Find(ctx context.Context, from, to network.Join) (*Path, bool, error) {
	s.reset()
	best := goal{cost: MaxCost + 1}
	s.straight(from, to, &best)
	for _, end := range s.ends(from, true) {
		s.offer(end.node, end.cost, -1)
	}
	targets := s.ends(to, false)
	out, cost := &s.net.Topology.Out, s.metric.Out
	for turn := 0; ; turn++ {
		if turn&0xffff == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		e, ok := s.queue.pop()
		if !ok || e.label.Cost()>>s.queue.shift > best.cost>>s.queue.shift {
			break
		}
		at := e.label.Cost()
		if at != s.cost[e.node] {
			continue
		}
		for _, t := range targets {
			if t.node == e.node && at+t.cost < best.cost {
				best = goal{cost: at + t.cost, node: t.node, last: t.leg, none: t.none}
			}
		}
		for a := out.First[e.node]; a < out.First[e.node+1]; a++ {
			s.offer(out.Node[a], at+int64(cost[a]), out.Arc[a])
		}
	}
	total := best.cost + s.metric.Connector(from.Connector) + s.metric.Connector(to.Connector)
	if best.cost > MaxCost || total > MaxCost {
		return nil, false, nil
	}
	return &Path{From: from, To: to, Legs: s.legs(from, &best), Cost: total}, true, nil
}

// reset forgets the search before.
func (s *PathSearch) reset() {
	for _, v := range s.seen {
		s.cost[v] = -1
	}
	s.seen = s.seen[:0]
	s.queue.reset(s.mean)
}

// offer reaches a node by an arc at a cost.
func (s *PathSearch) offer(node int32, cost int64, arc int32) {
	if cost > MaxCost || s.cost[node] >= 0 && s.cost[node] <= cost {
		return
	}
	if s.cost[node] < 0 {
		s.seen = append(s.seen, node)
	}
	s.cost[node], s.via[node] = cost, arc
	s.queue.push(NewLabel(cost, 0), node)
}

// end is a node by which a point's edge can be left or entered, and the stretch between.
type end struct {
	node int32
	cost int64
	leg  Leg
	none bool // the point stands at the node
}

// ends lists the nodes by which one leaves, or else enters, the edge that a point has joined.
func (s *PathSearch) ends(j network.Join, leave bool) []end {
	e := &s.net.Edges[j.Edge]
	if node, at := atNode(e, j.Position); at {
		return []end{{node: node, none: true}}
	}
	m, out := s.metric, []end(nil)
	forward, backward := e.Has(network.OpenForward), e.Has(network.OpenBackward)
	switch {
	case forward && leave:
		out = append(out, end{e.To, m.Whole(j.Edge, false) - m.FromStart(j.Edge, j.Position), Leg{j.Edge, j.Position, e.Length, false}, false})
	case forward:
		out = append(out, end{e.From, m.FromStart(j.Edge, j.Position), Leg{j.Edge, 0, j.Position, false}, false})
	}
	switch {
	case backward && leave:
		out = append(out, end{e.From, m.Whole(j.Edge, true) - m.FromEnd(j.Edge, j.Position), Leg{j.Edge, j.Position, 0, true}, false})
	case backward:
		out = append(out, end{e.To, m.FromEnd(j.Edge, j.Position), Leg{j.Edge, e.Length, j.Position, true}, false})
	}
	return out
}

// straight tries the way along the points' common edge.
func (s *PathSearch) straight(from, to network.Join, best *goal) {
	if from.Edge != to.Edge {
		return
	}
	if cost, ok := direct(s.net, s.metric, from, to); ok {
		leg := Leg{from.Edge, from.Position, to.Position, to.Position < from.Position}
		*best = goal{cost: cost, straight: true, last: leg, none: from.Position == to.Position}
	}
}

// legs walks back from the goal to the start.
func (s *PathSearch) legs(from network.Join, g *goal) []Leg {
	var legs []Leg
	if !g.none {
		legs = append(legs, g.last)
	}
	if g.straight {
		return legs
	}
	node := g.node
	for s.via[node] >= 0 {
		edge, backward := s.via[node]>>1, s.via[node]&1 == 1
		e := &s.net.Edges[edge]
		if backward {
			legs = append(legs, Leg{edge, e.Length, 0, true})
			node = e.To
		} else {
			legs = append(legs, Leg{edge, 0, e.Length, false})
			node = e.From
		}
	}
	for _, start := range s.ends(from, true) {
		if start.node == node && !start.none && start.cost == s.cost[node] {
			legs = append(legs, start.leg)
			break
		}
	}
	slices.Reverse(legs)
	return legs
}
