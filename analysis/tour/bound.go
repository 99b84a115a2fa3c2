package tour

import (
	"context"
	"math"
)

const (
	priceUnit  = 256 // prices are whole multiples of 1/priceUnit
	boundSteps = 400
)

// bound is a cost that no rounds go below, of those that begin at the start and call at every stop. By the triangle
// inequality one round through all stops costs no more than several, so a bound for it holds for them.
func (p *Problem) bound(ctx context.Context, cost int64, progress func(float64)) int64 {
	t := &oneTree{p: p, price: make([]int64, p.stops()+1), degree: make([]int, p.stops()+1)}
	best, step := int64(0), 2.0
	since := 0
	for k := 0; k < boundSteps && ctx.Err() == nil; k++ {
		value := t.value()
		if b := ceilDiv(value, priceUnit); b > best {
			best, since = b, 0
		} else if since++; since > 15 {
			step, since = step/2, 0
		}
		length := t.away()
		if length == 0 || best >= cost || step < 1e-3 {
			break
		}
		t.move(step * float64(cost*priceUnit-value) / float64(length))
		progress(float64(k+1) / boundSteps)
	}
	return max(best, p.straight())
}

// straight is the way straight to each stop and back by its share of a full load (Haimovich & Rinnooy Kan 1985).
func (p *Problem) straight() int64 {
	if p.Capacity == 0 {
		return 0
	}
	sum := 0.0 // times Capacity; a float that is rounded down stays a bound
	for i := 1; i <= p.stops(); i++ {
		sum += float64(p.load(i)) * float64(p.Cost[0][i]+p.Cost[i][0])
	}
	return int64(math.Floor(sum / float64(p.Capacity) * (1 - 1e-9)))
}

// oneTree is the cheapest tree over the stops with two more ways to the start: every round is such a 1-tree, so none is cheaper
// (Held & Karp 1970). A price on a stop counts once for each way there; in a round there are two, so they are taken off
// again. Costs are those of the cheaper direction.
type oneTree struct {
	p      *Problem
	price  []int64 // in 1/priceUnit
	degree []int
}

// way is the priced cost between two.
func (t *oneTree) way(i, j int) int64 {
	return priceUnit*min(t.p.Cost[i][j], t.p.Cost[j][i]) + t.price[i] + t.price[j]
}

// value is the bound that the prices give, in 1/priceUnit (Prim's tree, 1957).
func (t *oneTree) value() int64 {
	n := t.p.stops()
	sum := int64(0)
	clear(t.degree)
	near, by := make([]int64, n+1), make([]int, n+1)
	in := make([]bool, n+1)
	for j := 2; j <= n; j++ {
		near[j], by[j] = t.way(1, j), 1
	}
	in[1] = true
	for range n - 1 {
		next := 0
		for j := 2; j <= n; j++ {
			if !in[j] && (next == 0 || near[j] < near[next]) {
				next = j
			}
		}
		in[next] = true
		sum += near[next]
		t.degree[next]++
		t.degree[by[next]]++
		for j := 2; j <= n; j++ {
			if w := t.way(next, j); !in[j] && w < near[j] {
				near[j], by[j] = w, next
			}
		}
	}
	first, second := 0, 0
	for j := 1; j <= n; j++ {
		switch {
		case first == 0 || t.way(0, j) < t.way(0, first):
			first, second = j, first
		case second == 0 || t.way(0, j) < t.way(0, second):
			second = j
		}
	}
	sum += t.way(0, first) + t.way(0, second)
	t.degree[0] = 2
	t.degree[first]++
	t.degree[second]++
	for _, price := range t.price {
		sum -= 2 * price
	}
	return sum
}

// away is the square of how far the tree is from a round.
func (t *oneTree) away() (sum int) {
	for _, d := range t.degree {
		sum += (d - 2) * (d - 2)
	}
	return sum
}

// move raises the prices of stops with too many ways and lowers those of stops with too few.
func (t *oneTree) move(by float64) {
	for i := 1; i < len(t.price); i++ {
		t.price[i] += int64(by * float64(t.degree[i]-2))
	}
}

// ceilDiv divides and rounds up.
func ceilDiv(a, b int64) int64 {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}
