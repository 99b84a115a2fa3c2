package tour

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
)

// savings puts rounds together, those first that save most by being one (Clarke & Wright 1964).
func (p *Problem) savings() [][]int {
	n := p.stops()
	type saving struct {
		worth int64
		i, j  int
	}
	var all []saving
	rounds, of := make([][]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		rounds[i], of[i] = []int{i}, i
		for j := 1; j <= n; j++ {
			if s := p.Cost[i][0] + p.Cost[0][j] - p.Cost[i][j]; i != j && s > 0 {
				all = append(all, saving{s, i, j})
			}
		}
	}
	slices.SortFunc(all, func(a, b saving) int { return cmp.Or(cmp.Compare(b.worth, a.worth), a.i-b.i, a.j-b.j) })
	for _, s := range all {
		a, b := of[s.i], of[s.j]
		if a == b {
			continue
		}
		one := joined(rounds[a], rounds[b], s.i, s.j)
		if one == nil || p.cost(one) > p.cost(rounds[a])+p.cost(rounds[b]) || !p.fits(one) {
			continue
		}
		for _, stop := range rounds[b] {
			of[stop] = a
		}
		rounds[a], rounds[b] = one, nil
	}
	return compact(rounds)
}

// joined is two rounds as one in which j follows i, either turned about where it must; nil where i or j lies within.
func joined(a, b []int, i, j int) []int {
	a, b = slices.Clone(a), slices.Clone(b)
	if a[len(a)-1] != i {
		slices.Reverse(a)
	}
	if b[0] != j {
		slices.Reverse(b)
	}
	if a[len(a)-1] != i || b[0] != j {
		return nil
	}
	return append(a, b...)
}

// compact leaves empty rounds out.
func compact(rounds [][]int) [][]int {
	return slices.DeleteFunc(rounds, func(r []int) bool { return len(r) == 0 })
}

// improve changes rounds for as long as they get cheaper.
func (p *Problem) improve(ctx context.Context, rounds [][]int) {
	for ctx.Err() == nil {
		for _, r := range rounds {
			for ctx.Err() == nil && (p.turn(r) || p.shift(r)) {
				continue
			}
		}
		if !p.exchange(ctx, rounds) {
			return
		}
	}
}

// sums are the costs of going along a round, with the start at both ends, from its beginning: there and back.
type sums struct {
	at          []int // with the start first and last
	there, back []int64
}

func (p *Problem) sums(round []int) sums {
	s := sums{at: slices.Concat([]int{0}, round, []int{0})}
	s.there, s.back = make([]int64, len(s.at)), make([]int64, len(s.at))
	for k := 1; k < len(s.at); k++ {
		s.there[k] = s.there[k-1] + p.Cost[s.at[k-1]][s.at[k]]
		s.back[k] = s.back[k-1] + p.Cost[s.at[k]][s.at[k-1]]
	}
	return s
}

// turned is what it costs more to go from a to b the other way about.
func (s *sums) turned(a, b int) int64 { return s.back[b] - s.back[a] - s.there[b] + s.there[a] }

// turn turns a part of a round about where that is cheaper (2-opt), and tells whether it did.
func (p *Problem) turn(round []int) bool {
	s := p.sums(round)
	for a := 1; a < len(s.at)-1; a++ {
		for b := a + 1; b < len(s.at)-1; b++ {
			before, after := s.at[a-1], s.at[b+1]
			more := p.Cost[before][s.at[b]] + p.Cost[s.at[a]][after] - p.Cost[before][s.at[a]] - p.Cost[s.at[b]][after] + s.turned(a, b)
			if more < 0 {
				slices.Reverse(round[a-1 : b])
				return true
			}
		}
	}
	return false
}

// orStops is how many stops are moved together.
const orStops = 3

// shift moves up to three stops to another part of a round where that is cheaper (Or 1976), and tells whether it did.
func (p *Problem) shift(round []int) bool {
	s := p.sums(round)
	for a := 1; a < len(s.at)-1; a++ {
		for b := a; b < min(a+orStops, len(s.at)-1); b++ {
			out := p.Cost[s.at[a-1]][s.at[b+1]] - p.Cost[s.at[a-1]][s.at[a]] - p.Cost[s.at[b]][s.at[b+1]]
			for k := 0; k < len(s.at)-1; k++ {
				if k >= a-1 && k <= b {
					continue
				}
				from, to := s.at[k], s.at[k+1]
				as := out + p.Cost[from][s.at[a]] + p.Cost[s.at[b]][to] - p.Cost[from][to]
				about := out + p.Cost[from][s.at[b]] + p.Cost[s.at[a]][to] - p.Cost[from][to] + s.turned(a, b)
				if min(as, about) < 0 {
					p.place(round, a-1, b-1, k, about < as)
					return true
				}
			}
		}
	}
	return false
}

// place moves the stops from a to b of a round behind its k first, or turned about.
func (p *Problem) place(round []int, a, b, k int, about bool) {
	part := slices.Clone(round[a : b+1])
	if about {
		slices.Reverse(part)
	}
	rest := slices.Delete(slices.Clone(round), a, b+1)
	if k > a {
		k -= len(part)
	}
	copy(round, slices.Insert(rest, k, part...))
}

// exchange moves a stop to another round, or swaps two, where that is cheaper and keeps the limits; it tells whether it did.
func (p *Problem) exchange(ctx context.Context, rounds [][]int) bool {
	for a := range rounds {
		for b := range rounds {
			for i := 0; i < len(rounds[a]) && a != b && ctx.Err() == nil; i++ {
				if p.moved(rounds, a, b, i) || a < b && p.swapped(rounds, a, b, i) {
					return true
				}
			}
		}
	}
	return false
}

// moved puts stop i of round a where it costs least in round b.
func (p *Problem) moved(rounds [][]int, a, b, i int) bool {
	s := rounds[a][i]
	less := slices.Delete(slices.Clone(rounds[a]), i, i+1)
	now := p.cost(rounds[a]) + p.cost(rounds[b])
	left := int64(0)
	if len(less) > 0 {
		left = p.cost(less)
	}
	for k := 0; k <= len(rounds[b]); k++ {
		more := slices.Insert(slices.Clone(rounds[b]), k, s)
		if left+p.cost(more) < now && p.fits(more) && (len(less) == 0 || p.fits(less)) {
			rounds[a], rounds[b] = less, more
			return true
		}
	}
	return false
}

// swapped swaps stop i of round a for one of round b.
func (p *Problem) swapped(rounds [][]int, a, b, i int) bool {
	now := p.cost(rounds[a]) + p.cost(rounds[b])
	for k := range rounds[b] {
		one, two := slices.Clone(rounds[a]), slices.Clone(rounds[b])
		one[i], two[k] = two[k], one[i]
		if p.cost(one)+p.cost(two) < now && p.fits(one) && p.fits(two) {
			rounds[a], rounds[b] = one, two
			return true
		}
	}
	return false
}

const (
	seed   = 0x746f7572 // of all random numbers: any number would do, always the same one
	shakes = 300        // how often rounds are shaken; fewer for many stops
)

// shaken takes stops out of good rounds and puts them back elsewhere, improves that, and keeps the best (iterated local
// search, Lourenço, Martin & Stützle 2003).
func (p *Problem) shaken(ctx context.Context, best [][]int, progress func(float64)) [][]int {
	r := rand.New(rand.NewPCG(seed, uint64(p.stops())))
	times := min(shakes, 20_000/p.stops())
	cost := p.total(best)
	for k := range times {
		if ctx.Err() != nil {
			break
		}
		tried := p.shake(r, best)
		p.improve(ctx, tried)
		tried = compact(tried)
		if c := p.total(tried); c < cost {
			best, cost = tried, c
		}
		progress(float64(k+1) / float64(times))
	}
	return best
}

// shake swaps two neighbouring parts of one round (the double bridge of Martin, Otto & Felten 1991), where that keeps
// the limits.
func (p *Problem) shake(r *rand.Rand, rounds [][]int) [][]int {
	out := make([][]int, len(rounds))
	for k := range rounds {
		out[k] = slices.Clone(rounds[k])
	}
	k := r.IntN(len(out))
	n := len(out[k])
	if n < 4 {
		return out
	}
	cut := []int{r.IntN(n + 1), r.IntN(n + 1), r.IntN(n + 1)}
	slices.Sort(cut)
	one := slices.Concat(out[k][:cut[0]], out[k][cut[1]:cut[2]], out[k][cut[0]:cut[1]], out[k][cut[2]:])
	if p.fits(one) {
		out[k] = one
	}
	return out
}

// total is the cost of rounds.
func (p *Problem) total(rounds [][]int) (sum int64) {
	for _, r := range rounds {
		sum += p.cost(r)
	}
	return sum
}
