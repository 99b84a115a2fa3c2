package route

import (
	"context"
	"errors"
	"math"
	"slices"

	"nabar/analysis/network"
)

// never is the cost of a link that can't be driven.
const never = math.MaxUint32

// maxWeight is the largest cost of a link. Sums of two stay below never.
const maxWeight = math.MaxInt32

// ErrCosts tells that a metric's costs are too large for a hierarchy: two nodes lie more than 21 000 km or 590 hours apart.
// A Search takes them.
var ErrCosts = errors.New("route: the costs are too large for a hierarchy")

// Weights is a metric laid on a hierarchy: what each link costs upwards and downwards, as cheap as the nodes below allow.
// It is immutable and safe for concurrent use.
type Weights struct {
	hierarchy *Hierarchy
	metric    *network.Metric
	bound     int64 // no cheapest way between two nodes costs more

	first []int32 // the links of a sweep, by position: see needed
	links []sweepLink
	down  []uint32 // what each link of the hierarchy costs downwards, from the higher position
}

// sweepLink is a link with what it costs from the lower position to the higher.
type sweepLink struct {
	up   int32
	cost uint32
}

// Customise lays a metric on the hierarchy. It gives ErrCosts where the costs are too large, and else only the
// context's error. Time in proportion to the hierarchy's triangles.
func (h *Hierarchy) Customise(ctx context.Context, m *network.Metric) (*Weights, error) {
	c := customising{h: h, up: slices.Repeat([]uint32{never}, len(h.up)), down: slices.Repeat([]uint32{never}, len(h.up))}
	bound := c.lay(m)
	for p := int32(len(h.at)) - 1; p >= 0; p-- {
		if p&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.shorten(p)
	}
	for i := range c.up {
		if c.up[i] > maxWeight && c.up[i] != never || c.down[i] > maxWeight && c.down[i] != never {
			return nil, ErrCosts
		}
	}
	w := &Weights{hierarchy: h, metric: m, bound: bound, down: c.down}
	w.first, w.links = c.needed()
	return w, nil
}

// customising is the state of Customise.
type customising struct {
	h        *Hierarchy
	up, down []uint32 // the cost of each link, from and to the lower position
}

// lay gives each link the cost of the cheapest arc between its ends, and bounds the cost of any way without a detour: it
// leaves each node once.
func (c *customising) lay(m *network.Metric) (bound int64) {
	out := &c.h.net.Topology.Out
	for v := range c.h.at {
		dearest := int64(0)
		for a := out.First[v]; a < out.First[v+1]; a++ {
			dearest = max(dearest, int64(m.Out[a]))
			from, to, cost := c.h.at[v], c.h.at[out.Node[a]], c.up
			if from == to {
				continue
			}
			if from < to {
				from, to, cost = to, from, c.down
			}
			begin := c.h.first[from]
			i, _ := slices.BinarySearch(c.h.up[begin:c.h.first[from+1]], to)
			cost[begin+int32(i)] = min(cost[begin+int32(i)], uint32(m.Out[a]))
		}
		bound += dearest
	}
	return bound
}

// shorten takes the way by p between any two that it is linked with, where that is cheaper. Both have a link of their own,
// because p is below them.
func (c *customising) shorten(p int32) {
	h := c.h
	begin := h.first[p]
	list, up, down := h.up[begin:h.first[p+1]], c.up[begin:h.first[p+1]], c.down[begin:h.first[p+1]]
	for i := 1; i < len(list); i++ {
		k := h.first[list[i]]
		there, back := uint64(down[i]), uint64(up[i]) // between p and the lower of the two
		for j, higher := range list[:i] {
			for h.up[k] != higher {
				k++
			}
			if cost := there + uint64(up[j]); cost < uint64(c.up[k]) {
				c.up[k] = uint32(cost)
			}
			if cost := uint64(down[j]) + back; cost < uint64(c.down[k]) {
				c.down[k] = uint32(cost)
			}
		}
	}
}

// needed lists the links that a sweep follows: those that can be driven upwards at no more than the cheapest cost between
// their ends. A way over a dearer link is not a cheapest one. It uses the upward costs up.
func (c *customising) needed() (first []int32, links []sweepLink) {
	first = make([]int32, len(c.h.first))
	links = make([]sweepLink, 0, len(c.up))
	var before []uint32
	for p := range int32(len(c.h.at)) {
		begin, end := c.h.first[p], c.h.first[p+1]
		before = append(before[:0], c.up[begin:end]...)
		c.compare(p)
		for i, cost := range before {
			if cost != never && c.up[begin+int32(i)] == cost {
				links = append(links, sweepLink{c.h.up[begin+int32(i)], cost})
			}
		}
		first[p+1] = int32(len(links))
	}
	return first, slices.Clip(slices.Clone(links))
}

// compare lowers the upward costs of p's links to those of the ways by another of them. The links above are done.
func (c *customising) compare(p int32) {
	h := c.h
	begin := h.first[p]
	list, up := h.up[begin:h.first[p+1]], c.up[begin:h.first[p+1]]
	for i := len(list) - 1; i > 0; i-- {
		k := h.first[list[i]]
		for j, higher := range list[:i] {
			for h.up[k] != higher {
				k++
			}
			if cost := uint64(up[i]) + uint64(c.up[k]); cost < uint64(up[j]) {
				up[j] = uint32(cost)
			}
			if cost := uint64(up[j]) + uint64(c.down[k]); cost < uint64(up[i]) {
				up[i] = uint32(cost)
			}
		}
	}
}
