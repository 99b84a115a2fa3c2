package network

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
)

// addComponents finds the connected parts and orders them by length.
//
// Connected means weakly connected: directions are not asked. A part that one-way roads only lead into, or only out
// of, is mostly a fault in the data or a short ramp, and must not tear the network apart; whoever stands there and
// can't get on is counted as unreached, and Check of package access lists the places. Roads closed both ways do
// not connect. Ferries do, also when the parameters close them: an island stays a part of the network, its squares
// join its own roads and its shop serves it, and nothing on it joins the mainland across the water because the ferry is
// closed. The longest component is the largest; of two equally long ones the one with more nodes,
// then the one whose first road comes first.
func (n *Network) addComponents() {
	if n.Params.Rules.Has(model.CountedPart) {
		n.addCountedParts()
		return
	}
	sets := newDisjoint(n.Topology.Nodes)
	for i := range n.Edges {
		sets.union(n.Edges[i].From, n.Edges[i].To)
	}
	parts, place := rankParts(n, sets, nil)
	n.Components = parts
	for i := range n.Edges {
		n.Edges[i].Component = place[i]
	}
}

// rankParts lists the parts that sets of nodes are, the largest first, and tells which of them each edge is of. Edges that
// are left out, by edge, are of none and count for nothing; nil leaves none out.
func rankParts(n *Network, sets *disjoint, without []bool) (ranked []Component, place []int32) {
	group, groups := sets.number()
	parts := make([]Component, groups)
	first := make([]int32, groups)
	for i := range n.Edges {
		if without != nil && without[i] {
			continue
		}
		e := &n.Edges[i]
		part := &parts[group[e.From]]
		if part.Edges == 0 {
			xy := n.Roads.Vertices(int(e.Road))
			part.At = orb.Point{xy[0], xy[1]}
			first[group[e.From]] = int32(i)
		}
		part.Edges++
		part.Length += int64(e.Length)
	}
	for _, g := range group {
		parts[g].Nodes++
	}
	order := make([]int32, groups)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(parts[b].Length, parts[a].Length), cmp.Compare(parts[b].Nodes, parts[a].Nodes),
			cmp.Compare(first[a], first[b]))
	})
	ranked = make([]Component, groups)
	at := make([]int32, groups)
	for i, g := range order {
		ranked[i] = parts[g]
		at[g] = int32(i)
	}
	place = make([]int32, len(n.Edges))
	for i := range n.Edges {
		place[i] = at[group[n.Edges[i].From]]
	}
	return ranked, place
}

// addTopology lists the arcs at each node, forward and reverse.
func (n *Network) addTopology() {
	n.Topology.Out = n.star(leaving, Closed)
	n.Topology.In = n.star(func(e *Edge) (at, other int32) { return e.To, e.From }, Closed)
}

// leaving gives the node that an edge's forward arc leaves, and where it leads.
func leaving(e *Edge) (at, other int32) { return e.From, e.To }

// star lists the arcs by the node that ends gives for an edge's forward arc; for the backward arc the two change
// places. Edges with one of the flags without have no arcs.
func (n *Network) star(ends func(*Edge) (at, other int32), without EdgeFlags) Star {
	first := make([]int32, n.Topology.Nodes+1)
	n.eachArc(ends, without, func(at, _, _ int32) { first[at+1]++ })
	for v := 1; v < len(first); v++ {
		first[v] += first[v-1]
	}
	arcs := make([]uint64, first[n.Topology.Nodes]) // neighbour<<32 | arc, so that sorting is plain
	next := slices.Clone(first[:n.Topology.Nodes])
	n.eachArc(ends, without, func(at, other, arc int32) {
		arcs[next[at]] = uint64(other)<<32 | uint64(arc)
		next[at]++
	})
	s := Star{First: first, Node: make([]int32, len(arcs)), Arc: make([]int32, len(arcs))}
	for v := range n.Topology.Nodes {
		slices.Sort(arcs[first[v]:first[v+1]])
	}
	for i, a := range arcs {
		s.Node[i], s.Arc[i] = int32(a>>32), int32(uint32(a))
	}
	return s
}

// eachArc calls f for the one or two arcs of each edge that has none of the flags without.
func (n *Network) eachArc(ends func(*Edge) (at, other int32), without EdgeFlags, f func(at, other, arc int32)) {
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Flags&without != 0 {
			continue
		}
		at, other := ends(e)
		if e.Has(OpenForward) {
			f(at, other, int32(i)<<1)
		}
		if e.Has(OpenBackward) {
			f(other, at, int32(i)<<1|1)
		}
	}
}
