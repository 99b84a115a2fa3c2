package locate

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"nabar/internal/i18n"
)

// Limits bound the catchments of the chosen candidates: the weight of the demand points that have each as their nearest.
// What serves anyway, a base or a locked candidate, is nearest where it is as near; it has no limits but for those of Fixed.
// Of chosen candidates equally near the one with the lower number is nearest.
type Limits struct {
	Objective   Objective // PMedian, Coverage or PCenter
	Within      int32     // for Coverage
	Least, Most int64
	MostOf      map[int32]int64 // of candidates that have a greatest catchment of their own; without any Most holds for all

	// What serves anyway may have room for so many: of each demand point the number of what its base cost is to, -1 for
	// what takes all who come, and how many each takes at most. nil for no such limits.
	Fixed     []int32
	FixedMost []int64
}

// triedWhole is how many values of demand points may be looked at to try every choice; above, choices are improved by swaps.
const triedWhole = 60_000_000

// Limited finds the best choice of an objective where everybody goes to the nearest place and each chosen candidate has a
// catchment within limits: a shop that must have a basis to live on, or can serve so many; and where a place that stays can
// serve so many that the new ones must relieve it. It is solved without the limits
// first, which gives the bound; a choice that keeps them is then the best. Else every choice is tried where they are few,
// and the outcome is proven; where they are many, swaps look first for a choice that keeps the limits and then for better
// ones, and the gap to the bound tells what is not known.
//
// Beside the errors of Median it gives a Problem where no choice that keeps the limits exists or was found.
func Limited(ctx context.Context, p *Problem, l Limits, o Options) (*Solution, error) {
	relaxed, err := l.relax(ctx, p, o)
	if err != nil {
		return nil, err
	}
	s := newLimited(p, l)
	if s.score(relaxed.Chosen).over == 0 {
		return relaxed, nil
	}
	if s.few() {
		best := s.every(ctx)
		if cancelled(ctx) {
			return nil, ctx.Err()
		}
		if ctx.Err() == nil {
			if best.chosen == nil {
				return nil, i18n.Errorf("siting.limits_none")
			}
			out := s.solution(best)
			out.Bound = out.Value
			return out, nil
		}
	}
	best := s.improve(ctx, relaxed.Chosen, o)
	if cancelled(ctx) {
		return nil, ctx.Err()
	}
	if best.over > 0 {
		return nil, i18n.Errorf("siting.limits_not_found")
	}
	out := s.solution(best)
	out.Stopped = ctx.Err() != nil
	out.Bound = s.bound(relaxed, out)
	return out, nil
}

// relax solves without the limits.
func (l Limits) relax(ctx context.Context, p *Problem, o Options) (*Solution, error) {
	switch l.Objective {
	case Coverage:
		return Covering(ctx, p, l.Within, o)
	case PCenter:
		return Center(ctx, p, o)
	}
	return Median(ctx, p, o)
}

// bound is that of the relaxed choice, where it says anything: a choice that reaches fewer may have less to sum.
func (s *limited) bound(relaxed, out *Solution) int64 {
	switch {
	case s.l.Objective == Coverage:
		return max(relaxed.Bound, out.Value)
	case out.Unreached > relaxed.Unreached:
		return 0
	}
	return min(relaxed.Bound, out.Value)
}

// scored is a choice: how far beyond the limits it is, the weight that it does not reach, and its value; less is better.
type scored struct {
	chosen            []int32
	over, lost, value int64
}

func (a scored) less(b scored) bool {
	switch {
	case a.over != b.over:
		return a.over < b.over
	case a.lost != b.lost:
		return a.lost < b.lost
	}
	return a.value < b.value
}

// limited is one search.
type limited struct {
	p      *Problem
	l      Limits
	choose int
	free   []int32 // candidates that may be chosen
	base   []int32 // of each demand point, with the locked
	col    lists   // by candidate: demand points
	most   []int64 // of each candidate
	fixed  []int32 // of each demand point what its base is to, as in Limits; -1 where a locked candidate is nearer
	near   []int32 // working memory
	by     []int32
	work   int64
}

// newLimited lays the offers out by candidate.
func newLimited(p *Problem, l Limits) *limited {
	s := &limited{p: p, l: l, choose: p.open(), near: make([]int32, len(p.Weight)), by: make([]int32, len(p.Weight))}
	b := newBuilder(p)
	s.free = b.ids
	row := lists{first: make([]int32, 1, len(p.Near)+1)}
	for i, offers := range p.Near {
		base, fixed := p.base(i), int32(-1)
		if l.Fixed != nil {
			fixed = l.Fixed[i]
		}
		for _, o := range offers {
			if b.locked[o.Candidate] && o.Cost < base {
				base, fixed = o.Cost, -1
			}
		}
		s.base, s.fixed = append(s.base, base), append(s.fixed, fixed)
		for _, o := range offers {
			if b.number[o.Candidate] >= 0 && o.Cost < base && p.Weight[i] > 0 {
				row.at, row.cost = append(row.at, o.Candidate), append(row.cost, o.Cost)
			}
		}
		row.first = append(row.first, int32(len(row.at)))
	}
	s.col = row.turned(p.Candidates)
	s.most = slices.Repeat([]int64{l.Most}, p.Candidates)
	for c, most := range l.MostOf {
		s.most[c] = most
	}
	return s
}

// few tells whether every choice can be tried.
func (s *limited) few() bool {
	number := 1.0
	for k := range s.choose {
		number *= float64(len(s.free)-k) / float64(k+1)
	}
	return number*float64(len(s.base)+1) <= triedWhole
}

// score measures a choice, which is ascending.
func (s *limited) score(chosen []int32) scored {
	copy(s.near, s.base)
	for i := range s.by {
		s.by[i] = -1
	}
	for k, j := range chosen {
		for at := s.col.first[j]; at < s.col.first[j+1]; at++ {
			if i := s.col.at[at]; s.col.cost[at] < s.near[i] {
				s.near[i], s.by[i] = s.col.cost[at], int32(k)
			}
		}
		s.work += int64(s.col.first[j+1] - s.col.first[j])
	}
	s.work += int64(3 * len(s.base))
	catch, fixed := make([]int64, len(chosen)), make([]int64, len(s.l.FixedMost))
	out := scored{chosen: chosen}
	for i, w := range s.p.Weight {
		if w == 0 {
			continue
		}
		if s.by[i] >= 0 {
			catch[s.by[i]] += w
		} else if f := s.fixed[i]; f >= 0 {
			fixed[f] += w
		}
		s.add(&out, w, s.near[i])
	}
	for k, c := range catch {
		out.over += max(0, s.l.Least-c) + max(0, c-s.most[chosen[k]])
	}
	for f, c := range fixed {
		out.over += max(0, c-s.l.FixedMost[f])
	}
	return out
}

// add counts a demand point in the objective.
func (s *limited) add(out *scored, weight int64, cost int32) {
	switch {
	case s.l.Objective == Coverage:
		if cost > s.l.Within {
			out.lost += weight
		}
	case cost == None:
		out.lost += weight
	case s.l.Objective == PCenter:
		out.value = max(out.value, int64(cost))
	default:
		out.value += weight * int64(cost)
	}
}

// every tries all choices and gives the best that keeps the limits; one without chosen where none does.
func (s *limited) every(ctx context.Context) scored {
	best := scored{over: 0, lost: math.MaxInt64}
	var add func(from int, chosen []int32)
	add = func(from int, chosen []int32) {
		if ctx.Err() != nil {
			return
		}
		if len(chosen) == s.choose {
			if c := s.score(chosen); c.over == 0 && (best.chosen == nil || c.less(best)) {
				best = c
				best.chosen = slices.Clone(chosen)
			}
			return
		}
		for at := from; at <= len(s.free)-(s.choose-len(chosen)); at++ {
			add(at+1, append(chosen, s.free[at]))
		}
	}
	add(0, make([]int32, 0, s.choose))
	return best
}

// limitedStarts is how many choices are improved: the relaxed one, and others by seed.
const limitedStarts = 6

// improve swaps for as long as that brings less beyond the limits or a better value, from some starts.
func (s *limited) improve(ctx context.Context, from []int32, o Options) scored {
	effort := o.effort() / 4
	best := s.score(slices.Clone(from))
	for start := range limitedStarts {
		if start > 0 {
			r := rand.New(rand.NewPCG(seed, uint64(start)))
			chosen := make([]int32, 0, s.choose)
			for _, k := range r.Perm(len(s.free))[:s.choose] {
				chosen = append(chosen, s.free[k])
			}
			slices.Sort(chosen)
			from = chosen
		}
		if c := s.descend(ctx, from, effort*int64(start+1)/limitedStarts, o.Progress); c.less(best) {
			best = c
		}
	}
	return best
}

// descend takes the best swap for one candidate after another until none helps or the work is done.
func (s *limited) descend(ctx context.Context, from []int32, effort int64, progress func(float64)) scored {
	best := s.score(slices.Clone(from))
	for better := true; better && s.work < effort; {
		better = false
		for k := 0; k < s.choose && s.work < effort; k++ {
			rest := slices.Delete(slices.Clone(best.chosen), k, k+1)
			for _, j := range s.free {
				at, in := slices.BinarySearch(rest, j)
				if in || s.work >= effort || ctx.Err() != nil {
					continue
				}
				if c := s.score(slices.Insert(slices.Clone(rest), at, j)); c.less(best) {
					best, better = c, true
				}
			}
			if progress != nil {
				progress(min(float64(s.work)/float64(effort), 1))
			}
			if better {
				break
			}
		}
	}
	return best
}

// solution is a choice as its objective is told.
func (s *limited) solution(c scored) *Solution {
	out := &Solution{Chosen: c.chosen, Value: c.value, Unreached: c.lost}
	if s.l.Objective == Coverage {
		for _, w := range s.p.Weight {
			out.Value += w
		}
		out.Value -= c.lost
	}
	return out
}
