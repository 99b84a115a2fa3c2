package network

import (
	"slices"

	"github.com/paulmach/orb"
)

// Closing tells what the closing of roads does to a network: which edges points can no longer join. It keeps working
// memory from one call to the next and is not safe for concurrent use.
type Closing struct {
	net   *Network
	first []int32 // edges at each node, whichever way they run: those at v are edge[first[v]:first[v+1]]
	edge  []int32
	seen  [2][]int32 // by node the number of the walk that has come there, for each of two walks
	walk  int32
	front [2][]int32 // the nodes that each of the two walks has come to, in order
	alone []bool     // by edge, all false between two calls
	list  []int32
}

// NewClosing makes ready to close roads of a network. Time and memory in proportion to its edges.
func NewClosing(n *Network) *Closing {
	c := &Closing{net: n, first: make([]int32, n.Topology.Nodes+1), edge: make([]int32, 2*len(n.Edges))}
	for i := range n.Edges {
		c.first[n.Edges[i].From+1]++
		c.first[n.Edges[i].To+1]++
	}
	for v := 1; v < len(c.first); v++ {
		c.first[v] += c.first[v-1]
	}
	next := slices.Clone(c.first)
	for i := range n.Edges {
		e := &n.Edges[i]
		for _, v := range [2]int32{e.From, e.To} {
			c.edge[next[v]] = int32(i)
			next[v]++
		}
	}
	for i := range c.seen {
		c.seen[i] = make([]int32, n.Topology.Nodes)
	}
	return c
}

// Shut gives, by edge, which ones nobody can join once some are closed in both directions: these, and those that then hang
// together with the largest part no longer. Everything else is as in a network that is built without the closed roads;
// ok is false where that can't be said, and such a network has to be built.
//
// That is so where another part becomes the largest, where road ends are one node only by way of an end of a closed road,
// where a ferry's quay may have lost its road, and by the rules of other programs.
func (c *Closing) Shut(closed []int32) (shut []bool, ok bool) {
	if c.net.Params.Rules != 0 {
		return nil, false
	}
	shut = make([]bool, len(c.net.Edges))
	for _, e := range closed {
		shut[e] = true
	}
	whole := true
	for _, e := range closed {
		edge := &c.net.Edges[e]
		if !c.holds(edge.From, shut) || !c.holds(edge.To, shut) {
			return nil, false
		}
		whole = whole && c.joined(edge.From, edge.To, shut)
	}
	if !whole {
		c.leaveOut(shut)
	}
	return shut, c.staysLargest(shut)
}

// staysLargest tells whether the largest part is still one of what was the largest: the index knows no other roads.
func (c *Closing) staysLargest(shut []bool) bool {
	left := int64(0)
	for i := range c.net.Edges {
		if e := &c.net.Edges[i]; e.Component == 0 && !shut[i] {
			left += int64(e.Length)
		}
	}
	return left > 0 && (len(c.net.Components) == 1 || left > c.net.Components[1].Length)
}

// holds tells whether a node is still one node without the closed roads, and no quay.
func (c *Closing) holds(v int32, shut []bool) bool {
	var ends []orb.Point
	for _, e := range c.edge[c.first[v]:c.first[v+1]] {
		edge := &c.net.Edges[e]
		if edge.Has(Ferry) && c.net.Params.FerryWait > 0 {
			return false
		}
		if shut[e] {
			continue
		}
		xy := c.net.Roads.Vertices(int(edge.Road))
		if edge.From == v {
			ends = append(ends, orb.Point{xy[0], xy[1]})
		}
		if edge.To == v {
			ends = append(ends, orb.Point{xy[len(xy)-2], xy[len(xy)-1]})
		}
	}
	_, groups := c.net.groupEnds(ends)
	return groups < 2
}

// Alone is Shut for one edge, as a list that is the Closing's own until the next call. It takes the time of a walk around
// the edge and of what is cut off, not of the whole network.
func (c *Closing) Alone(edge int32) (shut []int32, ok bool) {
	e := &c.net.Edges[edge]
	if c.net.Params.Rules != 0 {
		return nil, false
	}
	c.list = append(c.list[:0], edge)
	if e.Component != 0 {
		return c.list, true
	}
	if c.alone == nil {
		c.alone = make([]bool, len(c.net.Edges))
	}
	c.alone[edge] = true
	defer func() { c.alone[edge] = false }()
	if !c.holds(e.From, c.alone) || !c.holds(e.To, c.alone) {
		return nil, false
	}
	left := c.net.Components[0].Length - int64(e.Length)
	if !c.joined(e.From, e.To, c.alone) {
		cut := c.cutOff()
		if left -= cut; cut >= left {
			return nil, false
		}
	}
	return c.list, left > 0 && (len(c.net.Components) == 1 || left > c.net.Components[1].Length)
}

// cutOff lists the edges of the side that a walk has seen all of, and gives their length.
func (c *Closing) cutOff() (length int64) {
	side := c.front[c.ended()]
	for _, v := range side {
		for _, e := range c.edge[c.first[v]:c.first[v+1]] {
			if edge := &c.net.Edges[e]; edge.From == v && !c.alone[e] { // each edge once
				c.list = append(c.list, e)
				length += int64(edge.Length)
			}
		}
	}
	return length
}

// joined tells whether one can get from one node to another on open edges, whichever way they run. It walks from both
// sides in turn, so that it is done as soon as they meet or the smaller side has no more; front then holds what ended has
// come to.
func (c *Closing) joined(a, b int32, shut []bool) bool {
	if a == b {
		return true
	}
	c.walk++
	c.front[0], c.front[1] = append(c.front[0][:0], a), append(c.front[1][:0], b)
	c.seen[0][a], c.seen[1][b] = c.walk, c.walk
	var done [2]int
	for {
		for side := range c.front {
			end := len(c.front[side])
			if done[side] == end {
				c.front[1-side] = c.front[1-side][:0]
				return false
			}
			for ; done[side] < end; done[side]++ {
				if c.step(side, c.front[side][done[side]], shut) {
					return true
				}
			}
		}
	}
}

// step goes on from a node of one side and tells whether it has met the other.
func (c *Closing) step(side int, v int32, shut []bool) (met bool) {
	for _, e := range c.edge[c.first[v]:c.first[v+1]] {
		w := c.net.Edges[e].From + c.net.Edges[e].To - v
		switch {
		case shut[e] || c.seen[side][w] == c.walk:
			continue
		case c.seen[1-side][w] == c.walk:
			return true
		}
		c.seen[side][w] = c.walk
		c.front[side] = append(c.front[side], w)
	}
	return false
}

// ended is the side that a walk has seen all of, where the two have not met.
func (c *Closing) ended() int {
	if len(c.front[0]) > 0 {
		return 0
	}
	return 1
}

// leaveOut marks the edges that are not of the largest part.
func (c *Closing) leaveOut(shut []bool) {
	sets := newDisjoint(c.net.Topology.Nodes)
	for i := range c.net.Edges {
		if !shut[i] {
			sets.union(c.net.Edges[i].From, c.net.Edges[i].To)
		}
	}
	_, place := rankParts(c.net, sets, shut)
	for i := range c.net.Edges {
		shut[i] = shut[i] || place[i] != 0
	}
}
