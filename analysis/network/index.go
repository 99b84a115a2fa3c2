package network

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

const (
	runLength = 8  // segments of one edge in a leaf
	fanOut    = 16 // children of an inner box
)

// Index finds the nearest road that points may join: those of the largest component, no ferry, no motorway and
// none that the profile bars.
//
// It is a packed tree of boxes. A leaf is a run of up to eight segments that follow each other on one edge, so that
// a whole road costs one or two boxes; leaves lie in Hilbert order and sixteen neighbours at a time share a box.
// Unlike a grid it needs no cell size, and a stray road far away does not spoil it.
type Index struct {
	net    *Network
	leaves []leaf
	levels [][]box // levels[0] holds the leaves' boxes, the last level at most fanOut of them
}

// leaf is a run of segments: vertices first to first+count of the edge's road.
type leaf struct {
	edge, first, count int32
}

// box is the extent of what it holds, in metres.
type box struct {
	minE, minN, maxE, maxN float64
}

// Join is where a point meets the network.
type Join struct {
	Edge      int32
	Position  int32     // centimetres from the edge's start, as its share of the drawn length
	Connector int32     // centimetres, straight from the point to the road
	At        orb.Point // on the road
}

// newIndex packs the segments that points may join.
func newIndex(n *Network) *Index {
	x := &Index{net: n}
	var boxes []box
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Component != 0 || e.Flags&(Ferry|Motorway|Closed) != 0 {
			continue
		}
		xy := n.Roads.Vertices(int(e.Road))
		segments := len(xy)/2 - 1
		for s := 0; s < segments; s += runLength {
			count := min(runLength, segments-s)
			x.leaves = append(x.leaves, leaf{int32(i), int32(s), int32(count)})
			boxes = append(boxes, boxOf(xy[2*s:2*(s+count+1)]))
		}
	}
	x.sortLeaves(boxes)
	for level := x.levels[0]; len(level) > fanOut; {
		level = parents(level)
		x.levels = append(x.levels, level)
	}
	return x
}

// sortLeaves puts leaves and boxes in Hilbert order of the boxes' middles.
func (x *Index) sortLeaves(boxes []box) {
	middles := make([]orb.Point, len(boxes))
	for i, b := range boxes {
		middles[i] = orb.Point{(b.minE + b.maxE) / 2, (b.minN + b.maxN) / 2}
	}
	leaves, sorted := make([]leaf, len(boxes)), make([]box, len(boxes))
	for i, r := range curveRank(middles) {
		leaves[r], sorted[r] = x.leaves[i], boxes[i]
	}
	x.leaves, x.levels = leaves, [][]box{sorted}
}

// parents boxes each fanOut neighbours together.
func parents(level []box) []box {
	up := make([]box, 0, (len(level)+fanOut-1)/fanOut)
	for part := range slices.Chunk(level, fanOut) {
		b := part[0]
		for _, o := range part[1:] {
			b = box{min(b.minE, o.minE), min(b.minN, o.minN), max(b.maxE, o.maxE), max(b.maxN, o.maxN)}
		}
		up = append(up, b)
	}
	return up
}

// boxOf is the extent of a line.
func boxOf(xy []float64) box {
	b := box{xy[0], xy[1], xy[0], xy[1]}
	for i := 2; i < len(xy); i += 2 {
		b.minE, b.maxE = min(b.minE, xy[i]), max(b.maxE, xy[i])
		b.minN, b.maxN = min(b.minN, xy[i+1]), max(b.maxN, xy[i+1])
	}
	return b
}

// distance is the squared distance from a point to the box, 0 inside it.
func (b *box) distance(p orb.Point) float64 {
	dx := max(b.minE-p[0], 0, p[0]-b.maxE)
	dy := max(b.minN-p[1], 0, p[1]-b.maxN)
	return squared(dx, dy)
}

// Snap joins a point to the nearest point on the nearest road within limit metres, the limit included. Of roads
// equally near the one with the lower id in its layer is taken, then the one that comes first, then the lower
// position. ok is false where no road lies that near, and for what is no position.
func (n *Network) Snap(p orb.Point, limit float64) (j Join, ok bool) {
	return n.SnapBeside(p, limit, nil)
}

// SnapBeside is Snap on the roads that are not shut, by edge; nil shuts none.
func (n *Network) SnapBeside(p orb.Point, limit float64, shut []bool) (j Join, ok bool) {
	if len(n.index.leaves) == 0 || !(math.Abs(p[0]) <= maxCoordinate && math.Abs(p[1]) <= maxCoordinate) {
		return Join{}, false
	}
	limit = min(limit, maxReach)
	reach := limit + 0.01
	near := nearest{index: n.index, p: p, d2: reach * reach, edge: -1, shut: shut}
	near.search(len(n.index.levels)-1, 0, len(n.index.levels[len(n.index.levels)-1]))
	if near.edge < 0 {
		return Join{}, false
	}
	j = near.join()
	return j, int64(j.Connector) <= n.distance.Limit(limit)
}

// nearest is the state of one search for the nearest road.
type nearest struct {
	index   *Index
	p       orb.Point
	d2      float64 // the best so far, squared
	edge    int32   // -1: none yet
	segment int32
	share   float64 // along the segment
	shut    []bool  // by edge; nil for none
}

// slack widens the bound of the search so that rounding in the boxes never hides an equally near road.
const slack = 1 + 1e-9

// search goes through the boxes from first up to end of one level, nearest first.
func (q *nearest) search(level, first, end int) {
	var order [fanOut]int
	var dist [fanOut]float64
	k := 0
	for i := first; i < end; i++ {
		d := q.index.levels[level][i].distance(q.p)
		if d > q.d2*slack {
			continue
		}
		at := k
		for ; at > 0 && dist[at-1] > d; at-- {
			dist[at], order[at] = dist[at-1], order[at-1]
		}
		dist[at], order[at] = d, i
		k++
	}
	for i := range k {
		if dist[i] > q.d2*slack {
			return
		}
		if level == 0 {
			q.leaf(&q.index.leaves[order[i]])
			continue
		}
		low := order[i] * fanOut
		q.search(level-1, low, min(low+fanOut, len(q.index.levels[level-1])))
	}
}

// leaf tries the segments of a run.
func (q *nearest) leaf(l *leaf) {
	if q.shut != nil && q.shut[l.edge] {
		return
	}
	xy := q.index.net.Roads.Vertices(int(q.index.net.Edges[l.edge].Road))
	for s := l.first; s < l.first+l.count; s++ {
		a, b := orb.Point{xy[2*s], xy[2*s+1]}, orb.Point{xy[2*s+2], xy[2*s+3]}
		at, share := closest(q.p, a, b)
		d2 := squared(at[0]-q.p[0], at[1]-q.p[1])
		if d2 < q.d2 || d2 == q.d2 && q.comesFirst(l.edge, s, share) {
			q.d2, q.edge, q.segment, q.share = d2, l.edge, s, share
		}
	}
}

// comesFirst breaks a tie.
func (q *nearest) comesFirst(edge, segment int32, share float64) bool {
	if q.edge < 0 {
		return true
	}
	if edge != q.edge {
		n := q.index.net
		a, b := n.Roads.FID[n.Edges[edge].Road], n.Roads.FID[n.Edges[q.edge].Road]
		return a < b || a == b && edge < q.edge
	}
	return segment < q.segment || segment == q.segment && share < q.share
}

// closest is the point of the segment ab nearest to p, and its share of the segment. Ends are given exactly, so that
// roads that meet in a point are equally near to whoever joins there.
func closest(p, a, b orb.Point) (at orb.Point, share float64) {
	dx, dy := b[0]-a[0], b[1]-a[1]
	along := float64((p[0]-a[0])*dx) + float64((p[1]-a[1])*dy)
	whole := squared(dx, dy)
	switch {
	case along <= 0 || whole == 0:
		return a, 0
	case along >= whole:
		return b, 1
	}
	share = along / whole
	return orb.Point{a[0] + float64(share*dx), a[1] + float64(share*dy)}, share
}

// join makes the Join of what was found.
func (q *nearest) join() Join {
	e := &q.index.net.Edges[q.edge]
	xy := q.index.net.Roads.Vertices(int(e.Road))
	before, _ := drawnLength(xy[:2*q.segment+2])
	a := orb.Point{xy[2*q.segment], xy[2*q.segment+1]}
	b := orb.Point{xy[2*q.segment+2], xy[2*q.segment+3]}
	share := 0.0
	if e.Drawn > 0 {
		share = min((before+float64(q.share*math.Sqrt(squared(b[0]-a[0], b[1]-a[1]))))/e.Drawn, 1)
	}
	at, _ := closest(q.p, a, b)
	return Join{
		Edge:      q.edge,
		Position:  int32(math.Round(share * float64(e.Length))),
		Connector: int32(math.Round(math.Sqrt(q.d2) * 100)),
		At:        at,
	}
}
