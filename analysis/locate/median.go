package locate

import (
	"context"
	"errors"
	"slices"
)

// Median finds the choice with the least sum of weight times cost (the p-median of Hakimi 1964). Where a choice can't
// reach everybody, it reaches as much weight as can be first, and then as cheaply as can be. Solution.Value is the sum
// over what is reached.
//
// It gives a Problem where there are too few candidates, and the context's error when that is cancelled. A deadline is no
// error: see Solution.Stopped.
func Median(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	b, err := p.ready()
	if err != nil {
		return nil, err
	}
	for i, w := range p.Weight {
		if cancelled(ctx) {
			return nil, ctx.Err()
		}
		b.add(i, w, p.base(i), func(cost int32) int32 { return cost })
	}
	c := b.core(p.open())
	s := &solver{c: c, goal: goodEnough, effort: o.effort(), progress: o.Progress}
	s.solve(ctx)
	if cancelled(ctx) {
		return nil, ctx.Err()
	}
	out := &Solution{Chosen: c.callers(s.best.chosen), Unreached: b.lost, Stopped: ctx.Err() != nil && !s.settled()}
	unserved := s.unserved(b.penalty)
	out.Unreached += unserved
	out.Value = s.best.value + c.constant - unserved*b.penalty
	out.Bound = min(max(s.bound+c.constant-unserved*b.penalty, 0), out.Value)
	return out, nil
}

// cancelled tells whether nobody waits for the answer any more; at a deadline somebody does.
func cancelled(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }

// effort is the number of steps that a search may take.
func (o *Options) effort() int64 {
	if o.Effort > 0 {
		return o.Effort
	}
	return usualEffort
}

// callers gives the caller's numbers of candidates.
func (c *core) callers(chosen []int32) []int32 {
	out := make([]int32, len(chosen))
	for k, j := range chosen {
		out[k] = c.ids[j]
	}
	slices.Sort(out)
	return out
}

// unserved is the weight that the best choice leaves at the penalty.
func (s *solver) unserved(penalty int64) int64 {
	near := s.c.opened(s.c.base, s.best.chosen)
	sum := int64(0)
	for i, d := range near {
		if d == penalty {
			sum += s.c.weight[i]
		}
	}
	return sum
}
