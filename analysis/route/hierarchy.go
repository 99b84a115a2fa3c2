package route

import (
	"context"
	"math"
	"slices"

	"nabar/analysis/network"
)

// Hierarchy is a network's topology prepared for sweeps: a contraction hierarchy that fits any metric (Dibbelt, Strasser
// and Wagner 2016). Each node is linked with the neighbours that it had when the Order took it out, all of which went later;
// these links and those of the network together hold a cheapest way up and down between any two nodes.
//
// Nodes are numbered anew, by position: the last one taken out is 0, and every node stands behind all that
// it is linked with, right before those that hang below it. A sweep thus goes through its arrays from front to back, and
// what lies below one node can be swept apart from what lies below another.
type Hierarchy struct {
	net   *network.Network
	at    []int32 // position of each node
	first []int32 // links of each position, and their number at the end
	up    []int32 // position at the other end of each link, lower than its own; sorted for each position
	size  []int32 // positions below each one, itself counted; they follow on it
	top   []int32 // positions with much below them
	tasks []span  // all other positions, the longest stretch first
}

// mostLinks bounds the links of a hierarchy, so that a bad order can't fill the memory. Road networks need two or three
// links a node; a town of nothing but square blocks a hundred.
func mostLinks(nodes int) int { return min(512*nodes+1<<16, math.MaxInt32) }

// NewHierarchy links the nodes of a network by an order. It gives ErrOrder where the order belongs to another
// network or would need too many links, and else only the context's error.
func NewHierarchy(ctx context.Context, n *network.Network, o *Order) (*Hierarchy, error) {
	if o.identity != identity(n) || len(o.nodes) != n.Topology.Nodes {
		return nil, ErrOrder
	}
	l := newLinking(n, o)
	for v := range l.parent {
		if v&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !l.link(int32(v)) {
			return nil, ErrOrder
		}
	}
	h := l.hierarchy(n, o)
	h.share()
	return h, nil
}

// linking is the state of NewHierarchy. It numbers nodes by rank, their place in the order.
type linking struct {
	firstOf, others []int32 // the network's neighbours, by node
	nodes, rank     []int32
	first, higher   []int32 // the links of each rank, sorted
	parent          []int32 // the least of a rank's links, -1 where it has none
	child, sibling  []int32 // ranks by parent, -1 at the end
	mark            []int32 // the rank that last saw another, plus 1
	most            int     // links
}

func newLinking(n *network.Network, o *Order) *linking {
	l := &linking{nodes: o.nodes, most: mostLinks(len(o.nodes)), rank: make([]int32, len(o.nodes)), first: make([]int32, 1, len(o.nodes)+1)}
	l.firstOf, l.others = neighbours(n)
	for r, v := range o.nodes {
		l.rank[v] = int32(r)
	}
	l.higher = make([]int32, 0, 2*len(l.others))
	l.parent, l.sibling = make([]int32, len(o.nodes)), make([]int32, len(o.nodes))
	l.child, l.mark = slices.Repeat([]int32{-1}, len(o.nodes)), make([]int32, len(o.nodes))
	return l
}

// link finds what a rank is linked with: its own neighbours and those of its children, as far as they go later. It
// tells false where there are too many links.
func (l *linking) link(r int32) bool {
	begin := len(l.higher)
	add := func(h int32) {
		if h > r && l.mark[h] != r+1 {
			l.mark[h] = r + 1
			l.higher = append(l.higher, h)
		}
	}
	v := l.nodes[r]
	for _, u := range l.others[l.firstOf[v]:l.firstOf[v+1]] {
		add(l.rank[u])
	}
	for c := l.child[r]; c >= 0; c = l.sibling[c] {
		for _, h := range l.higher[l.first[c]:l.first[c+1]] {
			add(h)
		}
	}
	if len(l.higher) > l.most {
		return false
	}
	slices.Sort(l.higher[begin:])
	l.first = append(l.first, int32(len(l.higher)))
	l.parent[r] = -1
	if len(l.higher) > begin {
		p := l.higher[begin]
		l.parent[r], l.sibling[r], l.child[p] = p, l.child[p], r
	}
	return true
}

// hierarchy numbers the ranks by position.
func (l *linking) hierarchy(n *network.Network, o *Order) *Hierarchy {
	count := len(l.nodes)
	below := make([]int32, count)
	for r := range below {
		below[r]++
		if p := l.parent[r]; p >= 0 {
			below[p] += below[r]
		}
	}
	h := &Hierarchy{net: n, at: make([]int32, count), size: make([]int32, count), first: make([]int32, count+1), up: make([]int32, len(l.higher))}
	position, next := make([]int32, count), l.mark // where a rank stands, and where its next child will
	roots, ranks := int32(0), make([]int32, count)
	for r := count - 1; r >= 0; r-- {
		slot := &roots
		if p := l.parent[r]; p >= 0 {
			slot = &next[p]
		}
		position[r] = *slot
		*slot += below[r]
		next[r] = position[r] + 1
		ranks[position[r]] = int32(r)
	}
	links := int32(0)
	for p, r := range ranks {
		h.first[p], h.size[p], h.at[o.nodes[r]] = links, below[r], int32(p)
		list := h.up[links : links+l.first[r+1]-l.first[r]]
		for i, higher := range l.higher[l.first[r]:l.first[r+1]] {
			list[i] = position[higher]
		}
		slices.Sort(list)
		links += int32(len(list))
	}
	h.first[count] = links
	return h
}
