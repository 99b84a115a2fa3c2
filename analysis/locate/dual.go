package locate

import (
	"context"
	"slices"
)

// dual is the Lagrangian relaxation of a p-median: that each demand point is served once is no longer demanded but
// priced, at lambda for each demand point, in 1/scale units of weighted cost. For given prices the best choice is
// simply the candidates with the least
//
//	rho(j) = Σ min(0, weight(i)·cost(i, j) − lambda(i))
//
// and the sum of all prices and of the least rho is a bound for every choice. Subgradient steps move the prices so that
// it rises. All sums are whole numbers: the bound is exact whatever the prices are, and the steps alone use floats.
type dual struct {
	c      *core
	base   []int64 // of each demand point, at most the core's
	closed []bool  // candidates that may not be chosen any more
	choose int     // how many of the others are to be chosen

	lambda []int64
	rho    []int64
	order  []int32 // the candidates that may be chosen; the first choose of them are the chosen ones
	in     []bool  // chosen
	last   int64   // greatest rho of the chosen
	next   int64   // least rho of the others
	share  []float64
	move   []float64 // the direction of the last step
	slope  []float64 // the subgradient
	bound  int64     // the best bound yet, in 1/scale
	prices []int64   // the lambda that gave it
	work   int64
}

// newDual starts from given prices.
func newDual(c *core, base []int64, closed []bool, choose int, lambda []int64) *dual {
	d := &dual{
		c: c, base: base, closed: closed, choose: choose, lambda: slices.Clone(lambda), rho: make([]int64, c.candidates()),
		in: make([]bool, c.candidates()), share: make([]float64, c.candidates()), move: make([]float64, c.demand()),
		slope:  make([]float64, c.demand()),
		prices: slices.Clone(lambda), bound: -infinite,
	}
	d.sweep()
	return d
}

// sweep takes the candidates that have been closed out of the order.
func (d *dual) sweep() {
	d.order = d.order[:0]
	for j := range d.closed {
		if !d.closed[j] {
			d.order = append(d.order, int32(j))
		}
	}
}

// prices that suit a choice: half-way between what serves a demand point and what would serve it next.
func (c *core) prices(s *choice) []int64 {
	lambda := make([]int64, c.demand())
	for i := range lambda {
		far := min(s.d2[i], max(s.d1[i], int64(c.row.cost[c.row.first[i+1]-1])))
		lambda[i] = c.weight[i] * c.scale * (s.d1[i] + far) / 2
	}
	return lambda
}

// clamp keeps a price where it can matter: no less than the least cost, no more than what the base costs.
func (d *dual) clamp(i int) {
	unit := d.c.weight[i] * d.c.scale
	low := unit * int64(d.c.row.cost[d.c.row.first[i]])
	d.lambda[i] = min(max(d.lambda[i], low), unit*d.base[i])
}

// evaluate gives the bound of the prices, in 1/scale, and chooses.
func (d *dual) evaluate() int64 {
	clear(d.rho)
	sum, row := int64(0), &d.c.row
	for i := range d.lambda {
		d.clamp(i)
		price, unit := d.lambda[i], d.c.weight[i]*d.c.scale
		sum += price
		k, end := row.first[i], row.first[i+1]
		d.work -= int64(k)
		for ; k < end; k++ {
			cost := unit * int64(row.cost[k])
			if cost >= price {
				break
			}
			d.rho[row.at[k]] += cost - price
		}
		d.work += int64(k)
	}
	clear(d.in)
	d.last, d.next = -infinite, infinite
	d.divide()
	for k, j := range d.order {
		if k < d.choose {
			d.in[j] = true
			sum += d.rho[j]
			d.last = max(d.last, d.rho[j])
		} else {
			d.next = min(d.next, d.rho[j])
		}
	}
	d.work += int64(3*len(d.order) + 8*len(d.lambda))
	return sum
}

// divide brings the candidates with the least rho to the front of the order (Hoare's selection, 1961).
func (d *dual) divide() {
	low, high := 0, len(d.order)-1
	for low < high {
		pivot := d.order[low+(high-low)/2]
		i, j := low, high
		for i <= j {
			for d.before(d.order[i], pivot) {
				i++
			}
			for d.before(pivot, d.order[j]) {
				j--
			}
			if i <= j {
				d.order[i], d.order[j] = d.order[j], d.order[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case d.choose-1 <= j:
			high = j
		case d.choose-1 >= i:
			low = i
		default:
			return
		}
	}
}

// before orders candidates by rho, then number.
func (d *dual) before(a, b int32) bool { return d.rho[a] < d.rho[b] || d.rho[a] == d.rho[b] && a < b }

// ceiling is the bound as a value: values are whole numbers.
func (d *dual) ceiling() int64 { return ceilDiv(d.bound, d.c.scale) }

// ceilDiv divides and rounds up.
func ceilDiv(a, b int64) int64 {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}

// fix closes the candidates that no choice better than value can hold, and lists those that each such choice must
// hold. bound is that of the present prices.
func (d *dual) fix(bound, value int64) (must []int32) {
	limit := (value - 1) * d.c.scale // in a better choice the bound is at most this
	closed := false
	for k, j := range d.order {
		switch {
		case k < d.choose && d.next < infinite && bound-d.rho[j]+d.next > limit:
			must = append(must, j)
		case k >= d.choose && bound-d.last+d.rho[j] > limit:
			d.closed[j], closed = true, true
		}
	}
	if closed {
		d.sweep()
	}
	return must
}

// climb are the settings of one ascent.
type climb struct {
	steps    int     // at most
	step     float64 // share of the gap that the first step aims at
	patience int     // steps without a better bound before the step is halved
	least    float64 // ends when the step is below it
}

// The ascents at the root, where prices start from a guess, on the core that is left of it, which is worth some care as a tree of
// thousands of nodes may be spared, and at the nodes of the tree, where prices are inherited.
var (
	rootClimb  = climb{steps: 1200, step: 1.5, patience: 20, least: 0.002}
	smallClimb = climb{steps: 500, step: 1, patience: 16, least: 0.003}
	nodeClimb  = climb{steps: 120, step: 1, patience: 16, least: 0.02}
)

// ascend moves the prices until the bound proves that value is best, or the climb's end. value must be the value of a
// known choice. found hears each choice that better prices give; it returns the least value known. The candidates that
// must be held in any better choice are returned.
func (d *dual) ascend(ctx context.Context, s climb, value int64, found func(chosen []int32) int64) (must []int32) {
	step, since := s.step, 0
	for range s.steps {
		bound := d.evaluate()
		d.remember()
		if len(d.order) < d.choose {
			d.bound = (value + 1) * d.c.scale // nothing better is left
			return nil
		}
		if bound > d.bound {
			d.bound = bound
			copy(d.prices, d.lambda)
			value = found(d.order[:d.choose])
			must, since = d.fix(bound, value), 0
		} else if since++; since > s.patience {
			step, since = step/2, 0
			copy(d.lambda, d.prices)
			clear(d.move)
		}
		if d.ceiling() >= value || step < s.least || ctx.Err() != nil || !d.step(step, bound, value) {
			return must
		}
	}
	return must
}

// shareWeight is how much the latest choice counts in share, the running mean of how often a candidate is chosen.
const shareWeight = 0.05

// step moves the prices along the subgradient, bent away from zigzag (Camerini, Fratta & Maffioli 1975). It gives false
// where the subgradient is zero: no prices are better.
func (d *dual) step(step float64, bound, value int64) bool {
	along, old := 0.0, 0.0
	d.subgradient()
	for i, g := range d.slope {
		along += g * d.move[i]
		old += d.move[i] * d.move[i]
	}
	bend := 0.0
	if along < 0 {
		bend = -1.5 * along / old
	}
	length := 0.0
	for i, g := range d.slope {
		d.move[i] = g + bend*d.move[i]
		length += d.move[i] * d.move[i]
	}
	if length == 0 {
		return false
	}
	t := step * float64(value*d.c.scale-bound) / length
	for i, m := range d.move {
		d.lambda[i] += int64(t * m)
	}
	return true
}

// subgradient tells for each demand point how many chosen candidates too few serve it at the present prices: 1 where none
// does, 0 where one does or where a higher price could not matter.
func (d *dual) subgradient() {
	row := &d.c.row
	for i, price := range d.lambda {
		unit := d.c.weight[i] * d.c.scale
		g := 1
		k, end := row.first[i], row.first[i+1]
		d.work -= int64(k)
		for ; k < end && unit*int64(row.cost[k]) < price; k++ {
			if d.in[row.at[k]] {
				g--
			}
		}
		d.work += int64(k)
		if g > 0 && price >= unit*d.base[i] {
			g = 0
		}
		d.slope[i] = float64(g)
	}
}

// remember counts the present choice in share.
func (d *dual) remember() {
	for _, j := range d.order {
		d.share[j] *= 1 - shareWeight
		if d.in[j] {
			d.share[j] += shareWeight
		}
	}
}
