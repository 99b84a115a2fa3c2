package network

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// roundedGroups makes one group of the points that have the same coordinates in whole metres. Coordinates are first held to
// 32 bits and halves go to the even metre, as Pipos does it (GeoPackageImport in tvv-pipos/Pipos.GeoLib). Groups are
// numbered by their first point.
func roundedGroups(points []orb.Point) (group []int32, groups int) {
	group = make([]int32, len(points))
	known := make(map[[2]float64]int32, len(points))
	for i, p := range points {
		at := [2]float64{wholeMetres(p[0]), wholeMetres(p[1])}
		g, ok := known[at]
		if !ok {
			g = int32(len(known))
			known[at] = g
		}
		group[i] = g
	}
	return group, len(known)
}

// wholeMetres rounds a coordinate.
func wholeMetres(v float64) float64 { return math.RoundToEven(float64(float32(v))) }

// addCountedParts finds the parts of the network as Pipos marks them (CalculateDisconnectedIslands in
// tvv-pipos/Pipos.GeoLib): from each road that has no part yet, in the order of the roads, all roads at the end of a road
// that one may drive to are of its part. The part with the most roads is the largest, of equal ones the first. A road that
// others can only be driven to from may thus be a part of its own. Ferries that don't run are no edges here.
func (n *Network) addCountedParts() {
	part := n.spread()
	var parts []Component
	for i, p := range part {
		e := &n.Edges[i]
		if int(p) == len(parts) {
			xy := n.Roads.Vertices(int(e.Road))
			parts = append(parts, Component{At: orb.Point{xy[0], xy[1]}})
		}
		parts[p].Edges++
		parts[p].Length += int64(e.Length)
	}
	order := make([]int32, len(parts))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(parts[b].Edges, parts[a].Edges) })
	place := make([]int32, len(parts))
	n.Components = make([]Component, len(parts))
	for at, p := range order {
		n.Components[at], place[p] = parts[p], int32(at)
	}
	for i := range n.Edges {
		n.Edges[i].Component = place[part[i]]
	}
	n.countNodes()
}

// spread gives each edge its part, numbered in the order in which they are found.
func (n *Network) spread() []int32 {
	at := n.star(leaving, 0)
	other := n.star(func(e *Edge) (int32, int32) { return e.To, e.From }, 0)
	part := slices.Repeat([]int32{-1}, len(n.Edges))
	found := int32(0)
	var queue []int32
	take := func(edge int32) {
		if part[edge] < 0 {
			part[edge] = found
			queue = append(queue, edge)
		}
	}
	visit := func(node int32) { // all edges that touch the node, whichever way they may be driven
		for _, star := range []*Star{&at, &other} {
			for a := star.First[node]; a < star.First[node+1]; a++ {
				take(star.Arc[a] >> 1)
			}
		}
	}
	for i := range n.Edges {
		if part[i] >= 0 {
			continue
		}
		take(int32(i))
		for len(queue) > 0 {
			e := &n.Edges[queue[len(queue)-1]]
			queue = queue[:len(queue)-1]
			if e.Has(OpenForward) {
				visit(e.To)
			}
			if e.Has(OpenBackward) {
				visit(e.From)
			}
		}
		found++
	}
	return part
}

// countNodes counts the nodes of each part. A node where parts meet is counted in the larger.
func (n *Network) countNodes() {
	of := slices.Repeat([]int32{math.MaxInt32}, n.Topology.Nodes)
	for i := range n.Edges {
		e := &n.Edges[i]
		of[e.From], of[e.To] = min(of[e.From], e.Component), min(of[e.To], e.Component)
	}
	for _, c := range of {
		n.Components[c].Nodes++
	}
}
