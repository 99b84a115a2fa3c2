package locate

import (
	"container/heap"
	"context"
	"math"
	"slices"
)

// node is a part of all choices: those that hold the opened candidates and none of the closed.
type node struct {
	core   *core
	opened []int32 // candidates of core
	base   []int64 // of each demand point, with the opened
	closed []bool  // of each candidate, whether it is closed or opened
	choose int     // how many more to open
	lambda []int64 // prices to climb from
	bound  int64   // no choice in it has a lower value
	shift  int64   // what the core leaves out of values and bounds, beyond what the tree's core does
	number int     // nodes are numbered as they are made
	branch int32   // the candidate to part the node by; -1 where nothing is left to part
}

// outcome is what a climb at a node brought.
type outcome struct {
	found []found
	work  int64
}

// whole is the node of all choices.
func (c *core) whole(lambda []int64) *node {
	return &node{core: c, base: c.base, closed: make([]bool, c.candidates()), choose: c.choose, lambda: lambda, branch: -1}
}

// climb raises the node's bound, settles the candidates that a choice below cutoff must or can't hold, and picks the
// one to part the node by. Values and bounds here are without the core's constant; the cutoff is of the tree's core.
func (n *node) climb(ctx context.Context, settings climb, cutoff int64) outcome {
	n.shrink()
	cutoff -= n.shift
	if n.choose == 0 {
		return n.leaf()
	}
	d := newDual(n.core, n.base, n.closed, n.choose, n.lambda)
	best := found{value: infinite}
	must := d.ascend(ctx, settings, cutoff, func(chosen []int32) int64 {
		if v := n.core.valueWith(n.base, d.in); v < best.value {
			best = found{slices.Concat(n.opened, chosen), v}
		}
		return min(cutoff, best.value)
	})
	n.bound = max(n.bound, min(d.ceiling(), cutoff, best.value))
	n.lambda = d.prices
	out := outcome{work: d.work}
	if best.value < infinite {
		out.found = append(out.found, best)
		cutoff = min(cutoff, best.value)
	}
	if n.bound >= cutoff {
		return out
	}
	n.open(must)
	if n.choose == 0 {
		leaf := n.leaf()
		return outcome{append(out.found, leaf.found...), out.work + leaf.work}
	}
	n.branch = d.undecided()
	return out
}

// total is the bound as one of the tree's core.
func (n *node) total() int64 { return n.bound + n.shift }

// shrink gives a node of the tree a core of its own without what is settled, once that is most of it: all that is done at
// the node and below it is then the less.
func (n *node) shrink() {
	if n.core.given == nil || n.choose == 0 {
		return
	}
	left := 0
	for _, settled := range n.closed {
		if !settled {
			left++
		}
	}
	if 2*left > len(n.closed) || left < n.choose {
		return
	}
	core, kept := n.core.with(n.opened, n.closed)
	lambda := make([]int64, len(kept))
	for k, i := range kept {
		lambda[k] = n.lambda[i] / n.core.scale * core.scale
	}
	core.given = n.core.lifted(n.opened)
	for k, j := range core.ids {
		core.ids[k] = n.core.ids[j]
	}
	n.core, n.base, n.lambda, n.opened, n.closed = core, core.base, lambda, nil, make([]bool, core.candidates())
	n.shift += core.constant
	n.bound -= core.constant
}

// leaf values the one choice that is left.
func (n *node) leaf() outcome {
	v := n.core.value(n.opened)
	n.bound, n.branch = max(n.bound, v), -1
	return outcome{found: []found{{n.opened, v}}, work: int64(n.core.demand())}
}

// open opens candidates for good.
func (n *node) open(candidates []int32) {
	n.opened = slices.Concat(n.opened, candidates)
	n.base = n.core.opened(n.base, candidates)
	n.choose -= len(candidates)
	for _, j := range candidates {
		n.closed[j] = true
	}
}

// undecided is the candidate that the climb chose most nearly half of the time; of equals the one with the least rho.
func (d *dual) undecided() int32 {
	best, nearest := int32(-1), math.Inf(1)
	for _, j := range d.order {
		if d.closed[j] {
			continue
		}
		off := math.Abs(d.share[j] - 0.5)
		if off < nearest || off == nearest && d.before(j, best) {
			best, nearest = j, off
		}
	}
	return best
}

// part makes the two nodes of a node: with its branch candidate, and without.
func (n *node) part() [2]*node {
	var parts [2]*node
	for k := range parts {
		p := *n
		p.closed = slices.Clone(n.closed)
		p.branch = -1
		parts[k] = &p
	}
	parts[0].open([]int32{n.branch})
	parts[1].closed[n.branch] = true
	return parts
}

// nodes is a heap: least bound first, then the youngest.
type nodes []*node

func (h nodes) Len() int { return len(h) }
func (h nodes) Less(a, b int) bool {
	return h[a].total() < h[b].total() || h[a].total() == h[b].total() && h[a].number > h[b].number
}
func (h nodes) Swap(a, b int) { h[a], h[b] = h[b], h[a] }
func (h *nodes) Push(n any)   { *h = append(*h, n.(*node)) }
func (h *nodes) Pop() any {
	n := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return n
}

// root climbs from the best choice's prices.
func (s *solver) root(ctx context.Context) *node {
	t := newChoice(s.c, s.best.chosen)
	n := s.c.whole(s.c.prices(t))
	s.take(s.improved(ctx, n, n.climb(ctx, rootClimb, s.cutoff())))
	s.raise(n.bound)
	return n
}

// raise takes a better bound.
func (s *solver) raise(bound int64) { s.bound = max(s.bound, min(bound, s.cutoff())) }

// improved gives the choices of a climb at n in the terms of the solver's core, those that are nearly as good as the best
// improved by interchange.
func (s *solver) improved(ctx context.Context, n *node, o outcome) outcome {
	out := outcome{work: o.work}
	for _, f := range o.found {
		if n.core != s.c {
			f.chosen = n.core.lifted(f.chosen)
		}
		f.chosen = s.c.filled(f.chosen)
		f.value = s.c.value(f.chosen)
		if f.value > 0 && f.value-s.best.value <= s.best.value/nearlyAsGood {
			t := newChoice(s.c, f.chosen)
			t.descend(ctx)
			out.work += t.work
			f = found{t.chosen(), t.value}
		}
		out.found = append(out.found, f)
	}
	return out
}

// nearlyAsGood is the share of the best value, turned upside down, that a choice may be above it to be worth improving.
const nearlyAsGood = 300

// take keeps the choices of an outcome.
func (s *solver) take(o outcome) {
	s.spend(o.work)
	for _, f := range o.found {
		s.keep(f)
	}
}

// reduced is the root on a core without the candidates that are settled, which makes all nodes below it smaller.
func (s *solver) reduced(ctx context.Context, root *node) *node {
	s.take(s.improved(ctx, root, root.climb(ctx, nodeClimb, s.cutoff())))
	s.raise(root.bound)
	if root.choose == 0 || root.bound >= s.cutoff() {
		return root
	}
	core, kept := s.c.with(root.opened, root.closed)
	lambda := make([]int64, len(kept))
	for k, i := range kept {
		lambda[k] = root.lambda[i] / s.c.scale * core.scale
	}
	small := core.whole(lambda)
	s.take(s.improved(ctx, small, small.climb(ctx, smallClimb, s.cutoff()-core.constant)))
	s.raise(small.bound + core.constant)
	return small
}

// branch parts the choices until none below the best is left (branch and bound). Nodes are worked on a batch at a time;
// which ones depends on the batches alone.
func (s *solver) branch(ctx context.Context, root *node) {
	root = s.reduced(ctx, root)
	more := int64(0) // of values in the parts' core
	if root.core != s.c {
		more = root.core.constant
	}
	queue, made := nodes{root}, 1
	for !s.over(ctx) {
		parts := queue.parts(s.cutoff() - more)
		if len(parts) == 0 {
			s.raise(s.cutoff())
			return
		}
		out, cutoff := make([]outcome, len(parts)), s.cutoff()-more
		parallel(len(parts), func(k int) { out[k] = s.improved(ctx, parts[k], parts[k].climb(ctx, nodeClimb, cutoff)) })
		for k, n := range parts {
			s.take(out[k])
			if n.total() < s.cutoff()-more {
				n.number, made = made, made+1
				heap.Push(&queue, n)
			}
		}
		if len(queue) > 0 {
			s.raise(queue[0].total() + more)
		}
	}
}

// parts takes the most promising nodes of the queue, a batch of them, and parts each. Those whose bound is not below
// the cutoff are dropped.
func (h *nodes) parts(cutoff int64) []*node {
	var parts []*node
	for len(parts) < 2*batch && len(*h) > 0 {
		n := heap.Pop(h).(*node)
		if n.total() < cutoff && n.branch >= 0 {
			two := n.part()
			parts = append(parts, two[0], two[1])
		}
	}
	return parts
}
