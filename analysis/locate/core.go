package locate

import (
	"math"
	"slices"
)

// core is a problem made ready for searching: only candidates that may be chosen, only demand points that one of them
// can serve better than what serves them anyway, and offers in order of cost, both by demand point and by candidate.
type core struct {
	weight   []int64 // above 0
	base     []int64 // cost where no chosen candidate serves better
	row      lists   // by demand point: candidates, least cost first, all below base
	col      lists   // by candidate: demand points
	choose   int     // how many candidates to choose; no more than there are
	ids      []int32 // of each candidate, the caller's number, ascending
	constant int64   // cost of the demand points that are left out, weighted
	given    []int32 // in the core that this one is a part of: candidates that are open for good; nil for a core that is whole
	scale    int64   // the multipliers of the bound are whole multiples of 1/scale
}

// lists holds for each key its entries from first[key] to first[key+1].
type lists struct {
	first []int32
	at    []int32
	cost  []int32
}

// demand and candidates are the numbers of both.
func (c *core) demand() int     { return len(c.weight) }
func (c *core) candidates() int { return len(c.ids) }

// demandPoint is a demand point on its way into a core.
type demandPoint struct {
	weight, base int64
	offers       []uint64 // cost<<32 | candidate, ascending
}

// maxTotal keeps sums of weighted costs, and those times the scale, within 63 bits.
const maxTotal = 1 << 60

// builder makes a core of a Problem.
type builder struct {
	p       *Problem
	number  []int32 // of each candidate in the core, -1 where it may not be chosen
	locked  []bool
	seen    []int32 // the last demand point that had an offer from each candidate
	ids     []int32
	points  []demandPoint
	fixed   int64 // constant
	lost    int64 // weight that nothing can serve
	penalty int64 // cost of not being served, above all sums of costs
}

// newBuilder sorts the candidates into those that may be chosen and the others.
func newBuilder(p *Problem) *builder {
	b := &builder{p: p, number: make([]int32, p.Candidates), locked: make([]bool, p.Candidates), seen: make([]int32, p.Candidates)}
	for _, c := range p.Forbidden {
		b.number[c] = -1
	}
	for _, c := range p.Locked {
		b.number[c], b.locked[c] = -1, true
	}
	for c := range b.number {
		b.seen[c] = -1
		if b.number[c] == 0 {
			b.number[c] = int32(len(b.ids))
			b.ids = append(b.ids, int32(c))
		}
	}
	return b
}

// add takes demand point i in, with the costs that cost makes of those in the problem. What no candidate can serve
// better goes to the constant.
func (b *builder) add(i int, weight int64, base int32, cost func(int32) int32) {
	if weight == 0 {
		return
	}
	offers := make([]uint64, 0, len(b.p.Near[i]))
	for _, o := range b.p.Near[i] {
		c := cost(o.Cost)
		if b.locked[o.Candidate] {
			base = min(base, c)
		} else if b.number[o.Candidate] >= 0 {
			offers = append(offers, uint64(c)<<32|uint64(b.number[o.Candidate]))
		}
	}
	slices.Sort(offers)
	kept := offers[:0]
	for _, o := range offers {
		if c := uint32(o); int32(o>>32) < base && b.seen[c] != int32(i) {
			b.seen[c] = int32(i)
			kept = append(kept, o)
		}
	}
	switch {
	case len(kept) == 0 && base == None:
		b.lost += weight
	case len(kept) == 0:
		b.fixed += weight * int64(base)
	case base == None:
		b.points = append(b.points, demandPoint{weight, -1, kept})
	default:
		b.points = append(b.points, demandPoint{weight, int64(base), kept})
	}
}

// core puts it together. Where nothing serves a demand point, not serving it costs more than all costs together, so
// that a search reaches as many as can be first, and as cheaply as can be second.
func (b *builder) core(choose int) *core {
	total, open := int64(1), int64(0)
	for _, d := range b.points {
		if d.base < 0 {
			total += d.weight * int64(d.offers[len(d.offers)-1]>>32)
			open += d.weight
		} else {
			total += d.weight * d.base
		}
	}
	b.penalty = min(total, maxTotal/max(open, 1))
	for i := range b.points {
		if b.points[i].base < 0 {
			b.points[i].base = b.penalty
		}
	}
	return newCore(b.points, b.ids, choose, b.fixed)
}

// newCore lays the offers out by demand point and by candidate.
func newCore(points []demandPoint, ids []int32, choose int, constant int64) *core {
	c := &core{ids: ids, choose: choose, constant: constant}
	entries := 0
	for i := range points {
		entries += len(points[i].offers)
	}
	c.row = lists{make([]int32, 1, len(points)+1), make([]int32, 0, entries), make([]int32, 0, entries)}
	total := int64(1)
	for _, d := range points {
		c.weight, c.base = append(c.weight, d.weight), append(c.base, d.base)
		total += d.weight * d.base
		for _, o := range d.offers {
			c.row.at = append(c.row.at, int32(uint32(o)))
			c.row.cost = append(c.row.cost, int32(o>>32))
		}
		c.row.first = append(c.row.first, int32(len(c.row.at)))
	}
	c.col = c.row.turned(len(ids))
	c.scale = 1
	for c.scale < 1<<16 && total < maxTotal/(2*c.scale) {
		c.scale *= 2
	}
	return c
}

// turned gives the same entries by their other key, of which there are n.
func (l *lists) turned(n int) lists {
	t := lists{make([]int32, n+1), make([]int32, len(l.at)), make([]int32, len(l.at))}
	for _, j := range l.at {
		t.first[j+1]++
	}
	for j := range n {
		t.first[j+1] += t.first[j]
	}
	next := slices.Clone(t.first[:n])
	for i := range len(l.first) - 1 {
		for k := l.first[i]; k < l.first[i+1]; k++ {
			j := l.at[k]
			t.at[next[j]], t.cost[next[j]] = int32(i), l.cost[k]
			next[j]++
		}
	}
	return t
}

// value is the cost of choosing some candidates, without the constant.
func (c *core) value(chosen []int32) int64 {
	in := make([]bool, c.candidates())
	for _, j := range chosen {
		in[j] = true
	}
	return c.valueWith(c.base, in)
}

// valueWith is the cost where the base is what serves anyway and in tells which candidates are chosen.
func (c *core) valueWith(bases []int64, in []bool) int64 {
	sum, row := int64(0), &c.row
	for i, base := range bases {
		cost := base
		for k := row.first[i]; k < row.first[i+1] && int64(row.cost[k]) < base; k++ {
			if in[row.at[k]] {
				cost = int64(row.cost[k])
				break
			}
		}
		sum += c.weight[i] * cost
	}
	return sum
}

// with is the core that is left when some candidates are settled: opened ones serve as what serves anyway, closed ones
// are gone. Its ids are numbers of candidates in c; kept lists the demand points of c that are in it.
func (c *core) with(opened []int32, closed []bool) (left *core, kept []int32) {
	base := c.opened(c.base, opened)
	gone := slices.Clone(closed)
	for _, j := range opened {
		gone[j] = true
	}
	number := make([]int32, c.candidates())
	var ids []int32
	for j := range number {
		if !gone[j] {
			number[j] = int32(len(ids))
			ids = append(ids, int32(j))
		}
	}
	constant := int64(0)
	var points []demandPoint
	for i, w := range c.weight {
		var offers []uint64
		for k := c.row.first[i]; k < c.row.first[i+1] && int64(c.row.cost[k]) < base[i]; k++ {
			if j := c.row.at[k]; !gone[j] {
				offers = append(offers, uint64(c.row.cost[k])<<32|uint64(number[j]))
			}
		}
		if len(offers) == 0 {
			constant += w * base[i]
			continue
		}
		points = append(points, demandPoint{w, base[i], offers})
		kept = append(kept, int32(i))
	}
	left = newCore(points, ids, c.choose-len(opened), constant)
	left.given = append([]int32{}, opened...)
	return left, kept
}

// lifted is a choice in the terms of the core that this one is a part of.
func (c *core) lifted(chosen []int32) []int32 {
	out := slices.Clone(c.given)
	for _, j := range chosen {
		out = append(out, c.ids[j])
	}
	return out
}

// opened is a new base: the given one, or better where the opened candidates serve.
func (c *core) opened(base []int64, opened []int32) []int64 {
	base = slices.Clone(base)
	for _, j := range opened {
		for k := c.col.first[j]; k < c.col.first[j+1]; k++ {
			base[c.col.at[k]] = min(base[c.col.at[k]], int64(c.col.cost[k]))
		}
	}
	return base
}

// filled adds candidates that are not among the chosen, lowest number first, until there are as many as asked for.
func (c *core) filled(chosen []int32) []int32 {
	out := slices.Clone(chosen)
	has := make([]bool, c.candidates())
	for _, j := range out {
		has[j] = true
	}
	for j := 0; j < len(has) && len(out) < c.choose; j++ {
		if !has[j] {
			out = append(out, int32(j))
		}
	}
	slices.Sort(out)
	return out
}

// infinite is above every value and every bound.
const infinite = math.MaxInt64
