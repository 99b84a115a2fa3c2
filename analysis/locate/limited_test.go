package locate

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"nabar/internal/i18n"
)

// catchments gives the weight that has each chosen candidate as its nearest, by the definition alone.
func catchments(p *Problem, chosen []int32) map[int32]int64 {
	out := map[int32]int64{}
	for _, c := range chosen {
		out[c] = 0
	}
	for i, w := range p.Weight {
		least := p.base(i)
		for _, o := range p.Near[i] {
			if slices.Contains(p.Locked, o.Candidate) {
				least = min(least, o.Cost)
			}
		}
		by := int32(-1)
		for _, c := range chosen {
			for _, o := range p.Near[i] {
				if o.Candidate == c && o.Cost < least {
					least, by = o.Cost, c
				}
			}
		}
		if by >= 0 {
			out[by] += w
		}
	}
	return out
}

// keeps tells whether a choice keeps the limits.
func (l Limits) keeps(p *Problem, chosen []int32) bool {
	for j, c := range catchments(p, chosen) {
		most, own := l.MostOf[j]
		if !own {
			most = l.Most
		}
		if c < l.Least || c > most {
			return false
		}
	}
	for f, most := range l.FixedMost {
		if staying(p, l.Fixed, chosen, int32(f)) > most {
			return false
		}
	}
	return true
}

// staying is the weight that goes to what is fixed: nothing that is chosen or locked is nearer.
func staying(p *Problem, fixed, chosen []int32, which int32) (sum int64) {
	for i, w := range p.Weight {
		nearer := slices.ContainsFunc(p.Near[i], func(o Offer) bool {
			return o.Cost < p.base(i) && (slices.Contains(chosen, o.Candidate) || slices.Contains(p.Locked, o.Candidate))
		})
		if fixed[i] == which && !nearer {
			sum += w
		}
	}
	return sum
}

// roomy gives two things that are fixed, and some candidates, limits of their own.
func roomy(r *rand.Rand, p *Problem, l *Limits) {
	l.Fixed, l.MostOf = make([]int32, len(p.Weight)), map[int32]int64{}
	for i := range l.Fixed {
		l.Fixed[i] = -1
		if p.base(i) != None {
			l.Fixed[i] = r.Int32N(3) - 1
		}
	}
	l.FixedMost = []int64{r.Int64N(40), r.Int64N(40)}
	for c := range p.Candidates {
		if r.IntN(3) == 0 {
			l.MostOf[int32(c)] = l.Least + r.Int64N(25)
		}
	}
}

// TestLimitedAgainstAllChoices holds each objective with limits to the best of all choices that keep them, on a thousand
// small problems; and the swaps, which don't try all, to what they may say.
func TestLimitedAgainstAllChoices(t *testing.T) {
	values := map[Objective]func(*Problem, []int32, int32) measured{PMedian: median, PCenter: farthest, Coverage: beyond}
	feasible, hard := 0, 0
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 9))
		p := small(r)
		objective := []Objective{PMedian, PCenter, Coverage}[r.IntN(3)]
		l := Limits{Objective: objective, Within: r.Int32N(40), Least: r.Int64N(5), Most: math.MaxInt64}
		if r.IntN(2) == 0 {
			l.Most = l.Least + r.Int64N(25)
		}
		if seed%3 == 0 {
			roomy(r, p, &l)
		}
		best, none := measured{math.MaxInt64, 0}, measured{math.MaxInt64, 0}
		choices(p, p.open(), func(open []int32) {
			if m := values[objective](p, open, l.Within); l.keeps(p, open) && m.less(best) {
				best = m
			}
		})
		got, err := Limited(context.Background(), p, l, Options{})
		if best == none {
			if !errors.Is(err, i18n.Errorf("siting.limits_none")) {
				t.Fatalf("%d: %+v, %v, where no choice keeps the limits", seed, got, err)
			}
			continue
		}
		feasible++
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		if m := values[objective](p, got.Chosen, l.Within); m != best || !l.keeps(p, got.Chosen) || !got.Optimal() || got.Unreached != m.lost {
			t.Fatalf("%d: %+v gives %+v, best %+v; %+v of %+v", seed, got, m, best, l, p)
		}
		relaxed, err := l.relax(context.Background(), p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := newLimited(p, l)
		swapped := s.improve(context.Background(), relaxed.Chosen, Options{})
		if swapped.over > 0 {
			continue
		}
		hard++
		out := s.solution(swapped)
		m := values[objective](p, out.Chosen, l.Within)
		bound := s.bound(relaxed, out)
		if m.less(best) || !l.keeps(p, out.Chosen) || objective != Coverage && bound > best.value && m.lost == best.lost ||
			objective == Coverage && bound < -best.value {
			t.Fatalf("%d: swaps give %+v with the bound %d, best %+v", seed, m, bound, best)
		}
	}
	if feasible < 300 || hard < feasible*9/10 {
		t.Errorf("%d problems have a choice, swaps found one in %d", feasible, hard)
	}
}
