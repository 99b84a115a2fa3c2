package tour

import (
	"context"
	"errors"
	"math"
	"slices"

	"nabar/internal/i18n"
)

// Problem is a set of stops and what it costs to go between them. Costs obey the triangle inequality, as those of shortest
// ways do.
type Problem struct {
	Cost     [][]int64 // from, to; 0 is where all rounds begin and end, stops are numbered from 1; 0 or more
	Load     []int64   // of each stop, Load[0] is not used; nil: 1 each; 0 or more
	Capacity int64     // most load of a round; 0 for no limit
	Longest  int64     // most cost of a round; 0 for no limit
}

// Round is one round trip.
type Round struct {
	Stops []int // in the order in which they are called at
	Cost  int64
	Load  int64
}

// Solution are rounds that call at every stop once.
type Solution struct {
	Rounds []Round // by their first stops
	Cost   int64
	Bound  int64 // no rounds cost less; proven
}

// Optimal tells whether it is proven that no rounds cost less.
func (s *Solution) Optimal() bool { return s.Cost == s.Bound }

// Gap is the distance between cost and bound as a share of the cost: 0 is optimal.
func (s *Solution) Gap() float64 {
	if s.Optimal() {
		return 0
	}
	return float64(s.Cost-s.Bound) / float64(max(s.Cost, 1))
}

// MostStops is how many stops a problem may have, which keeps the work within seconds.
const MostStops = 400

const (
	wholeStops = 10 // up to here every order is weighed
	maxCost    = math.MaxInt64 / (2 * MostStops * priceUnit)
)

// Solve finds cheap rounds. It gives a Problem where there are no stops or too many, and where a stop alone is more than
// a round may hold or cost; and the context's error when that ends. progress may be nil.
func Solve(ctx context.Context, p *Problem, progress func(share float64)) (*Solution, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(float64) {}
	}
	if p.stops() <= wholeStops {
		out := p.whole()
		return out, ctx.Err()
	}
	rounds := p.savings()
	p.improve(ctx, rounds)
	rounds = p.shaken(ctx, compact(rounds), func(share float64) { progress(0.7 * share) })
	out := p.solution(rounds)
	out.Bound = min(p.bound(ctx, out.Cost, func(share float64) { progress(0.7 + 0.3*share) }), out.Cost)
	return out, ctx.Err()
}

// stops is their number.
func (p *Problem) stops() int { return len(p.Cost) - 1 }

// load is that of a stop.
func (p *Problem) load(stop int) int64 {
	if p.Load == nil {
		return 1
	}
	return p.Load[stop]
}

// check refuses what can't be answered.
func (p *Problem) check() error {
	n := p.stops()
	switch {
	case n < 1:
		return i18n.Errorf("tour.no_stops")
	case n > MostStops:
		return i18n.Errorf("tour.many_stops", n, MostStops)
	case p.Load != nil && len(p.Load) != n+1 || p.Capacity < 0 || p.Longest < 0:
		return errors.New("tour: loads and stops differ in number, or a limit is below 0")
	}
	for i, row := range p.Cost {
		if len(row) != n+1 || slices.Min(row) < 0 || slices.Max(row) > maxCost {
			return errors.New("tour: costs are out of range")
		}
		if i > 0 && (p.load(i) < 0 || !p.fits([]int{i})) {
			return i18n.Errorf("tour.stop_alone", i)
		}
	}
	return nil
}

// cost is that of one round.
func (p *Problem) cost(round []int) int64 {
	sum, at := int64(0), 0
	for _, s := range round {
		sum += p.Cost[at][s]
		at = s
	}
	return sum + p.Cost[at][0]
}

// fits tells whether a round keeps the limits.
func (p *Problem) fits(round []int) bool {
	load := int64(0)
	for _, s := range round {
		load += p.load(s)
	}
	return (p.Capacity == 0 || load <= p.Capacity) && (p.Longest == 0 || p.cost(round) <= p.Longest)
}

// solution tells of rounds.
func (p *Problem) solution(rounds [][]int) *Solution {
	out := &Solution{}
	for _, stops := range rounds {
		r := Round{Stops: stops, Cost: p.cost(stops)}
		for _, s := range stops {
			r.Load += p.load(s)
		}
		out.Rounds = append(out.Rounds, r)
		out.Cost += r.Cost
	}
	slices.SortFunc(out.Rounds, func(a, b Round) int { return a.Stops[0] - b.Stops[0] })
	return out
}

// whole weighs every order of every set of stops, and every parting of all stops into sets that may be a round.
func (p *Problem) whole() *Solution {
	n := p.stops()
	size := 1 << n
	order := make([][]int, size) // of each set the cheapest round; nil where it breaks a limit
	cost := slices.Repeat([]int64{math.MaxInt64}, size)
	cheapest, before := p.chains()
	for set := 1; set < size; set++ {
		last := -1
		for s := range n {
			if set>>s&1 == 1 {
				if c := cheapest[set][s] + p.Cost[s+1][0]; c < cost[set] {
					cost[set], last = c, s
				}
			}
		}
		for at, left := last, set; at >= 0; {
			order[set] = append(order[set], at+1)
			at, left = before[left][at], left&^(1<<at)
		}
		slices.Reverse(order[set])
		if !p.fits(order[set]) {
			cost[set], order[set] = math.MaxInt64, nil
		}
	}
	best, part := slices.Repeat([]int64{math.MaxInt64}, size), make([]int, size)
	best[0] = 0
	for set := 1; set < size; set++ {
		first := set & -set // the set's lowest stop is in some round of it
		for sub := set; sub > 0; sub = (sub - 1) & set {
			if sub&first != 0 && order[sub] != nil && best[set&^sub] < math.MaxInt64 && cost[sub]+best[set&^sub] < best[set] {
				best[set], part[set] = cost[sub]+best[set&^sub], sub
			}
		}
	}
	var rounds [][]int
	for set := size - 1; set > 0; set &^= part[set] {
		rounds = append(rounds, order[part[set]])
	}
	out := p.solution(rounds)
	out.Bound = out.Cost
	return out
}

// chains gives for every set of stops and every stop in it the cheapest way from the start through the set that ends there,
// and the stop before it, -1 for the start.
func (p *Problem) chains() (cost [][]int64, before [][]int) {
	n := p.stops()
	cost, before = make([][]int64, 1<<n), make([][]int, 1<<n)
	for set := 1; set < 1<<n; set++ {
		cost[set], before[set] = slices.Repeat([]int64{math.MaxInt64}, n), slices.Repeat([]int{-1}, n)
		for s := range n {
			rest := set &^ (1 << s)
			if rest == set {
				continue
			}
			if rest == 0 {
				cost[set][s] = p.Cost[0][s+1]
				continue
			}
			for t := range n {
				if rest>>t&1 == 1 && cost[rest][t]+p.Cost[t+1][s+1] < cost[set][s] {
					cost[set][s], before[set][s] = cost[rest][t]+p.Cost[t+1][s+1], t
				}
			}
		}
	}
	return cost, before
}
