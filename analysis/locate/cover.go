package locate

import "context"

// Covering finds the choice that has the most weight within a cost, the limit included (maximal covering, Church &
// ReVelle 1974). Solution.Value is the weight within the limit, Bound the most that any choice can have, and Unreached the
// weight beyond it. Errors are those of Median.
func Covering(ctx context.Context, p *Problem, within int32, o Options) (*Solution, error) {
	b, err := p.ready()
	if err != nil {
		return nil, err
	}
	all := int64(0)
	for i, w := range p.Weight {
		b.cover(i, w, within)
		all += w
	}
	b.drop(false, p.open())
	s := &solver{c: b.core(p.open()), goal: goodEnough, effort: o.effort(), progress: o.Progress}
	s.solve(ctx)
	if cancelled(ctx) {
		return nil, ctx.Err()
	}
	beyond := s.best.value + s.c.constant
	return &Solution{
		Chosen: s.c.callers(s.best.chosen), Value: all - beyond, Bound: all - s.c.constant - min(s.bound, s.best.value),
		Unreached: beyond, Stopped: ctx.Err() != nil && !s.settled(),
	}, nil
}

// cover takes demand point i in at the cost 0 where it is served within a limit and 1 where it is not: the weighted sum
// is then the weight beyond the limit.
func (b *builder) cover(i int, weight int64, within int32) {
	cost := func(c int32) int32 {
		if c <= within {
			return 0
		}
		return 1
	}
	b.add(i, weight, cost(b.p.base(i)), cost)
}

// Least finds the least number of new candidates that has all weight within a cost that any choice could have there (set
// cover; Toregas & al. 1971). Problem.New does not count, and the movable are candidates like all others.
// Solution.Value is the number that is opened beside the locked, Bound the least that any choice can do with, and
// Unreached the weight that no choice has within the limit.
func Least(ctx context.Context, p *Problem, within int32, o Options) (*Solution, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	b := newBuilder(p)
	for i, w := range p.Weight {
		b.cover(i, min(w, 1), within)
	}
	out := &Solution{Chosen: []int32{}, Unreached: p.beyond(within)}
	b.drop(true, 0)
	whole := b.core(0)
	if whole.demand() == 0 {
		return out, nil
	}
	cover := whole.coverAll()
	q := question{o: o, low: 1, high: len(cover)}
	out.Chosen = whole.callers(cover)
	q.halve(ctx, func(number int) (*solver, int) {
		part := *whole
		part.choose = number
		s := q.search(ctx, &part, 0)
		if s.best.value == 0 {
			out.Chosen = whole.callers(s.best.chosen)
		}
		return s, number
	})
	if cancelled(ctx) {
		return nil, ctx.Err()
	}
	out.Value, out.Bound, out.Stopped = int64(q.high), int64(q.low), q.stopped
	return out, nil
}

// beyond is the weight that neither a base nor an allowed candidate serves within a cost.
func (p *Problem) beyond(within int32) int64 {
	forbidden := make([]bool, p.Candidates)
	for _, c := range p.Forbidden {
		forbidden[c] = true
	}
	for _, c := range p.Locked {
		forbidden[c] = false
	}
	sum := int64(0)
	for i, offers := range p.Near {
		served := p.base(i) <= within
		for _, o := range offers {
			served = served || o.Cost <= within && !forbidden[o.Candidate]
		}
		if !served {
			sum += p.Weight[i]
		}
	}
	return sum
}

// coverAll opens the candidate that covers most of what is left until nothing is (Chvátal 1979).
func (c *core) coverAll() []int32 {
	near := append([]int64(nil), c.base...)
	var chosen []int32
	for {
		best, most := int32(0), int64(0)
		for j := range int32(c.candidates()) {
			if g := c.saving(near, j); g > most {
				best, most = j, g
			}
		}
		if most == 0 {
			return chosen
		}
		chosen = append(chosen, best)
		for k := c.col.first[best]; k < c.col.first[best+1]; k++ {
			near[c.col.at[k]] = 0
		}
	}
}

// question is a search for the least number to which the answer is yes, by halving. From high on it is yes; below low it
// is proven to be no.
type question struct {
	o         Options
	low, high int
	unsure    int // the least number from low on that was asked for without an answer
	spent     int64
	stopped   bool
}

// halve asks until low and high meet, or the effort is spent. answer gives the search for a number, with its goal, and the
// least number to which it says yes if it does. A search that ends without an answer counts as a no that proves nothing;
// what lies below is then asked for the proof's sake.
func (q *question) halve(ctx context.Context, answer func(number int) (*solver, int)) {
	q.unsure = infinite
	for at := q.low; at < q.high && !q.stopped; {
		mid := at + (q.high-at)/2
		if q.ask(ctx, mid, answer) {
			continue
		}
		at = mid + 1
	}
	for q.low < min(q.unsure, q.high) && !q.stopped {
		q.ask(ctx, q.low+(min(q.unsure, q.high)-q.low)/2, answer)
	}
}

// ask asks for a number, keeps what that tells, and gives whether the answer was yes.
func (q *question) ask(ctx context.Context, number int, answer func(number int) (*solver, int)) bool {
	s, yes := answer(number)
	q.spent += s.work
	q.stopped = ctx.Err() != nil
	switch {
	case s.best.value <= s.goal:
		q.high = yes
		return true
	case s.bound <= s.goal:
		q.unsure = min(q.unsure, number)
	default:
		q.low = max(q.low, number+1) // with less it is no as well
		if q.unsure < q.low {
			q.unsure = infinite
		}
	}
	return false
}

// search searches a core for a choice at or below a goal with what is left of the effort.
func (q *question) search(ctx context.Context, c *core, goal int64) *solver {
	s := &solver{c: c, goal: goal, effort: max(q.o.effort()/2-q.spent/2, 1)}
	if q.o.Progress != nil {
		s.progress = func(share float64) {
			done := float64(q.spent) + share*float64(s.effort)
			q.o.Progress(min(done/float64(q.o.effort()), 1))
		}
	}
	s.solve(ctx)
	return s
}
