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
	for _, c := range catchments(p, chosen) {
		if c < l.Least || c > l.Most {
			return false
		}
	}
	return true
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
