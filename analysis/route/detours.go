package route

import (
	"context"
	"errors"
	"math"
	"slices"
)

// detours are weights that follow the roads of a Live as these are closed and opened, so that what reaches far can be swept
// also while roads are closed. A change is carried upwards from the links that the road is part of, each link found anew from
// what lies below it, and only as far as anything changes.
//
// All links are kept, with the costs of the cheapest way by lower nodes alone: which of them a sweep can do without
// (see needed) is another question for each set of closed roads.
type detours struct {
	live    *Live
	h       *Hierarchy
	up      []uint32 // the cost of each link from its lower position, as the roads were last followed
	w       Weights  // its down likewise
	sweep   *Sweep
	node    []int32 // by position
	first   []int32 // by position: the links from below are below[first[p]:first[p+1]]
	below   []lowerEnd
	closed  map[int32]bool // edges that the weights take for closed
	heap    []lowerEnd     // links to be found anew, the lowest first
	waiting []uint64       // a bit for each link in heap
	broken  bool           // a cost has become too large for a link
}

// errDetours tells that the costs with roads closed are too large for a sweep.
var errDetours = errors.New("route: the detours cost too much for a hierarchy")

// lowerEnd is a link with its lower position.
type lowerEnd struct{ position, link int32 }

// PrepareRoads makes changes of roads that reach far cheaper from now on, where the Live has a Sweep. It takes as long as laying
// a metric on the hierarchy and 28 bytes for each link, and is therefore not done for a Live whose roads don't change. The
// context's error is the only one.
func (l *Live) PrepareRoads(ctx context.Context) error {
	if l.sweep == nil || l.detours != nil {
		return nil
	}
	h := l.sweep.w.hierarchy
	c := customising{h: h, up: slices.Repeat([]uint32{never}, len(h.up)), down: slices.Repeat([]uint32{never}, len(h.up))}
	d := &detours{live: l, h: h, closed: map[int32]bool{}, waiting: make([]uint64, (len(h.up)+63)/64)}
	bound := c.lay(l.metric)
	for p := int32(len(h.at)) - 1; p >= 0; p-- {
		if p&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c.shorten(p)
	}
	d.up = c.up
	d.w = Weights{hierarchy: h, metric: l.metric, bound: bound, first: h.first, links: make([]sweepLink, len(h.up)), down: c.down}
	d.sweep = NewSweep(&d.w, l.sweep.workers)
	d.turn()
	l.detours = d
	return nil
}

// turn lists nodes by position and links by their upper ends, and writes the links of the sweep.
func (d *detours) turn() {
	h := d.h
	d.node = make([]int32, len(h.at))
	for v, p := range h.at {
		d.node[p] = int32(v)
	}
	d.first = make([]int32, len(h.at)+1)
	for _, to := range h.up {
		d.first[to+1]++
	}
	for p := range h.at {
		d.first[p+1] += d.first[p]
	}
	d.below = make([]lowerEnd, len(h.up))
	next := slices.Clone(d.first)
	for p := range int32(len(h.at)) {
		for k := h.first[p]; k < h.first[p+1]; k++ {
			d.below[next[h.up[k]]] = lowerEnd{p, k}
			next[h.up[k]]++
			d.write(p, k)
		}
	}
}

// write gives the sweep a link's cost. One that can't be driven leads a node to itself at no cost, which changes nothing.
func (d *detours) write(p, k int32) {
	if d.up[k] == never {
		d.w.links[k] = sweepLink{p, 0}
		return
	}
	d.w.links[k] = sweepLink{d.h.up[k], d.up[k]}
}

// link is the link between two positions, with the lower of them; -1 where there is none.
func (d *detours) link(a, b int32) lowerEnd {
	a, b = max(a, b), min(a, b)
	begin := d.h.first[a]
	if i, found := slices.BinarySearch(d.h.up[begin:d.h.first[a+1]], b); found {
		return lowerEnd{a, begin + int32(i)}
	}
	return lowerEnd{a, -1}
}

// follow takes in which roads are closed now, and gives the sweep; nil where the costs have become too large for one.
func (d *detours) follow() *Sweep {
	take := func(e int32) {
		edge := &d.live.net.Edges[e]
		if a, b := d.h.at[edge.From], d.h.at[edge.To]; a != b {
			if l := d.link(a, b); l.link >= 0 {
				d.push(l)
			}
		}
	}
	for e := range d.closed {
		if !d.live.closed[e] {
			delete(d.closed, e)
			take(e)
		}
	}
	for e := range d.live.closed {
		if !d.closed[e] {
			d.closed[e] = true
			take(e)
		}
	}
	for len(d.heap) > 0 {
		d.renew(d.pop())
	}
	if d.broken {
		return nil
	}
	return d.sweep
}

// renew finds the costs of a link anew and has those above it found anew that they may be part of.
func (d *detours) renew(l lowerEnd) {
	h, down := d.h, d.w.down
	up0, down0 := d.up[l.link], down[l.link]
	up1, down1 := d.costs(l)
	if up0 == up1 && down0 == down1 {
		return
	}
	other := h.up[l.link]
	for j := h.first[l.position]; j < h.first[l.position+1]; j++ {
		if j == l.link {
			continue
		}
		above := d.link(other, h.up[j])
		upT, downT := uint64(d.up[above.link]), uint64(down[above.link])
		there, back := uint64(d.up[j]), uint64(down[j])  // between the position and the third
		over := func(to, from uint32) (uint64, uint64) { // from the other to the third, and from the third to the other
			return uint64(from) + there, back + uint64(to)
		}
		wayOld, backOld := over(up0, down0)
		wayNew, backNew := over(up1, down1)
		if above.position != other { // the third is the lower one of the two
			wayOld, backOld, wayNew, backNew = backOld, wayOld, backNew, wayNew
		}
		if wayOld == upT || backOld == downT || wayNew < upT || backNew < downT {
			d.push(above)
		}
	}
	d.up[l.link], down[l.link] = up1, down1
	d.write(l.position, l.link)
}

// costs are what a link costs upwards and downwards: by the roads between its ends, or by a node below both.
func (d *detours) costs(l lowerEnd) (up, down uint32) {
	h, a, b := d.h, l.position, d.h.up[l.link]
	u, v := uint64(never), uint64(never)
	top := &d.live.net.Topology
	from, to := d.node[a], d.node[b]
	for _, arc := range d.live.out[top.Out.First[from]:top.Out.First[from+1]] {
		if arc.node == to && arc.cost != barred {
			u = min(u, uint64(arc.cost))
		}
	}
	for _, arc := range d.live.in[top.In.First[from]:top.In.First[from+1]] {
		if arc.node == to && arc.cost != barred {
			v = min(v, uint64(arc.cost))
		}
	}
	for _, low := range d.below[d.first[a]:d.first[a+1]] {
		begin := h.first[low.position]
		i, found := slices.BinarySearch(h.up[begin:h.first[low.position+1]], b)
		if !found {
			continue
		}
		k := begin + int32(i)
		u = min(u, uint64(d.w.down[low.link])+uint64(d.up[k]))
		v = min(v, uint64(d.w.down[k])+uint64(d.up[low.link]))
	}
	return d.held(u), d.held(v)
}

// held is a cost as a link holds it.
func (d *detours) held(cost uint64) uint32 {
	if cost >= never {
		return never
	}
	if cost > maxWeight {
		d.broken = true
	}
	return uint32(cost)
}

// push puts a link on the heap, once.
func (d *detours) push(l lowerEnd) {
	if word, bit := &d.waiting[l.link>>6], uint64(1)<<(l.link&63); *word&bit == 0 {
		*word |= bit
		d.heap = append(d.heap, l)
		for i := len(d.heap) - 1; i > 0 && d.heap[(i-1)/2].position < d.heap[i].position; i = (i - 1) / 2 {
			d.heap[i], d.heap[(i-1)/2] = d.heap[(i-1)/2], d.heap[i]
		}
	}
}

// pop takes the link with the lowest lower end, which is the greatest position: what it is found from is done.
func (d *detours) pop() lowerEnd {
	least, last := d.heap[0], len(d.heap)-1
	d.heap[0] = d.heap[last]
	d.heap = d.heap[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && d.heap[child+1].position > d.heap[child].position {
			child++
		}
		if d.heap[i].position >= d.heap[child].position {
			break
		}
		d.heap[i], d.heap[child] = d.heap[child], d.heap[i]
		i = child
	}
	d.waiting[least.link>>6] &^= 1 << (least.link & 63)
	return least
}

// most is how many nodes are mended where roads are closed before a type is swept instead.
func (d *detours) most() int {
	if d == nil || d.broken {
		return math.MaxInt
	}
	return mendMost(len(d.h.at))
}
