package locate

import (
	"cmp"
	"context"
	"slices"
)

// Center finds the choice whose worst-off demand point is served at the least cost (the p-center of Hakimi 1964).
// Points of weight 0 do not count. Where a choice can't reach all weight, it reaches as much as can be first.
// Solution.Value is the greatest cost among the points that are reached. Errors are those of Median.
//
// A choice serves everybody within a cost exactly when it covers everybody there, so the least such cost is found by
// halving (Minieka 1970).
func Center(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	if _, err := p.ready(); err != nil {
		return nil, err
	}
	r := &center{p: p, q: question{o: o}}
	s := r.at(ctx, None-1, goodEnough)
	r.lost = s.best.value + s.c.constant
	r.keep(s)
	certain := s.bound >= s.best.value
	r.q.spent, r.q.high = s.work, int(r.value)
	r.q.halve(ctx, func(within int) (*solver, int) {
		s := r.at(ctx, int32(within), r.lost)
		if s.best.value <= s.goal {
			r.keep(s)
		}
		return s, int(r.value)
	})
	if cancelled(ctx) {
		return nil, ctx.Err()
	}
	out := &Solution{Chosen: r.chosen, Value: int64(r.value), Unreached: r.lost, Stopped: r.q.stopped}
	if certain {
		out.Bound = int64(r.q.low)
	}
	return out, nil
}

// center is one search for a p-center.
type center struct {
	p      *Problem
	lost   int64 // weight that no choice reaches
	q      question
	chosen []int32
	value  int32
}

// at searches for a choice that leaves no more weight beyond a cost than a goal; goodEnough asks for the least.
func (r *center) at(ctx context.Context, within int32, goal int64) *solver {
	b := newBuilder(r.p)
	for i, w := range r.p.Weight {
		if r.lost == 0 && goal != goodEnough {
			w = min(w, 1)
		}
		b.cover(i, w, within)
	}
	b.drop(r.lost == 0 && goal != goodEnough, r.p.open())
	c := b.core(r.p.open())
	if goal == goodEnough {
		s := &solver{c: c, goal: goodEnough, effort: r.q.o.effort() / 2}
		s.solve(ctx)
		return s
	}
	return r.q.search(ctx, c, goal-c.constant)
}

// keep takes the choice of a search and finds its value: it may be better than what was asked for.
func (r *center) keep(s *solver) {
	chosen := s.c.callers(s.best.chosen)
	if value := r.p.farthest(chosen, r.lost); r.chosen == nil || value < r.value {
		r.chosen, r.value = chosen, value
	}
}

// farthest is the greatest cost at which a choice serves a point, when the given weight may be left out.
func (p *Problem) farthest(chosen []int32, lost int64) int32 {
	open := make([]bool, p.Candidates)
	for _, c := range slices.Concat(chosen, p.Locked) {
		open[c] = true
	}
	type served struct {
		cost   int32
		weight int64
	}
	var all []served
	for i, offers := range p.Near {
		s := served{p.base(i), p.Weight[i]}
		for _, o := range offers {
			if open[o.Candidate] {
				s.cost = min(s.cost, o.Cost)
			}
		}
		if s.weight > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b served) int { return cmp.Compare(b.cost, a.cost) })
	for _, s := range all {
		if lost -= s.weight; lost < 0 {
			return s.cost
		}
	}
	return 0
}
