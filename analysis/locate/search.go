package locate

import (
	"cmp"
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

const (
	seed       = 0x6e61626172 // of all random numbers: any number would do, always the same one
	eliteSize  = 10           // good choices that are kept for path relinking
	batch      = 8            // starts, paths or nodes that are worked on at the same time
	goodEnough = -1           // no goal
)

// found is a choice and its value, without the constant.
type found struct {
	chosen []int32
	value  int64
}

// solver is one search on a core.
type solver struct {
	c        *core
	goal     int64 // the search ends when the value is this or less, or the bound is more; goodEnough: never
	effort   int64
	progress func(float64)

	best  found
	bound int64 // without the constant
	work  int64
	elite []found
	tries uint64 // starts so far
}

// over tells whether there is nothing more to do, or no more time or effort to do it with.
func (s *solver) over(ctx context.Context) bool {
	return s.settled() || s.work >= s.effort || ctx.Err() != nil
}

// settled tells whether the question is answered.
func (s *solver) settled() bool {
	return s.bound >= s.best.value || s.goal != goodEnough && (s.best.value <= s.goal || s.bound > s.goal)
}

// cutoff is the value that a choice must be below to be of use.
func (s *solver) cutoff() int64 {
	if s.goal != goodEnough {
		return min(s.best.value, s.goal+1)
	}
	return s.best.value
}

// spend counts work and tells of it.
func (s *solver) spend(work int64) {
	s.work += work
	if s.progress != nil {
		s.progress(min(float64(s.work)/float64(s.effort), 1))
	}
}

// keep takes a choice in among the best.
func (s *solver) keep(f found) {
	if f.value < s.best.value {
		s.best = f
	}
	same := func(e found) bool { return e.value == f.value && slices.Equal(e.chosen, f.chosen) }
	if slices.ContainsFunc(s.elite, same) {
		return
	}
	s.elite = append(s.elite, f)
	slices.SortStableFunc(s.elite, func(a, b found) int { return cmp.Compare(a.value, b.value) })
	s.elite = s.elite[:min(len(s.elite), eliteSize)]
}

// solve searches until the best choice is proven, the goal settled, the effort spent or the context ended.
func (s *solver) solve(ctx context.Context) {
	s.best, s.bound = found{value: infinite}, 0
	s.keep(found{s.c.filled(nil), s.c.value(s.c.filled(nil))})
	if s.c.choose == 0 || s.c.choose == s.c.candidates() {
		s.bound = s.best.value
	}
	if s.over(ctx) {
		return
	}
	s.starts(ctx, batch)
	if s.over(ctx) {
		return
	}
	root := s.root(ctx)
	for round := 0; round < rounds && !s.over(ctx); round++ {
		before := s.best.value
		s.starts(ctx, 2*batch)
		s.relink(ctx)
		if round > 0 && s.best.value == before {
			break
		}
	}
	if !s.over(ctx) {
		s.branch(ctx, root)
	}
}

// rounds of starts and path relinking before the tree, at most.
const rounds = 3

// starts makes n greedy starts and improves each by interchange. The first of all starts is greedy without a sample.
func (s *solver) starts(ctx context.Context, n int) {
	first := s.tries
	s.tries += uint64(n)
	s.each(ctx, n, func(k int) (found, int64) {
		r := rand.New(rand.NewPCG(seed, first+uint64(k)))
		chosen, work := s.c.greedy(r, first+uint64(k) == 0)
		t := newChoice(s.c, chosen)
		t.descend(ctx)
		return found{t.chosen(), t.value}, work + t.work
	})
}

// relink walks from each good choice to each other until that brings nothing new.
func (s *solver) relink(ctx context.Context) {
	for {
		before, pairs := s.best.value, [][2]found{}
		for i := range s.elite {
			for j := range i {
				pairs = append(pairs, [2]found{s.elite[j], s.elite[i]})
			}
		}
		s.each(ctx, len(pairs), func(k int) (found, int64) { return s.c.path(ctx, pairs[k][0], pairs[k][1]) })
		if s.best.value == before || s.over(ctx) {
			return
		}
	}
}

// path swaps its way from one choice to another and improves the best that it passes (path relinking, Glover 1996).
func (c *core) path(ctx context.Context, from, to found) (found, int64) {
	ins, outs := apart(to.chosen, from.chosen), apart(from.chosen, to.chosen)
	if len(ins) < 3 {
		return from, 0
	}
	t := newChoice(c, from.chosen)
	best := found{value: infinite}
	for len(ins) > 1 && ctx.Err() == nil {
		in, r := t.bestOf(ins, outs)
		out := t.open[r]
		t.swap(in, r)
		ins, outs = without(ins, in), without(outs, out)
		if t.value < best.value {
			best = found{slices.Clone(t.open), t.value}
		}
	}
	if best.value == infinite {
		return from, t.work
	}
	t.set(best.chosen)
	t.descend(ctx)
	return found{t.chosen(), t.value}, t.work
}

// apart lists what is in a and not in b; both ascend.
func apart(a, b []int32) []int32 {
	var out []int32
	for _, v := range a {
		if _, in := slices.BinarySearch(b, v); !in {
			out = append(out, v)
		}
	}
	return out
}

// without is the list without one value.
func without(list []int32, v int32) []int32 {
	return slices.DeleteFunc(list, func(o int32) bool { return o == v })
}

// each works on n things a batch at a time, on all processors, and keeps what comes of them in their order. What is
// kept depends on the batches alone, not on who was first.
func (s *solver) each(ctx context.Context, n int, do func(k int) (found, int64)) {
	for from := 0; from < n && !s.over(ctx); from += batch {
		size := min(batch, n-from)
		out, work := make([]found, size), make([]int64, size)
		parallel(size, func(k int) { out[k], work[k] = do(from + k) })
		for k, f := range out {
			s.keep(f)
			s.spend(work[k])
		}
	}
}

// parallel calls do for 0 up to n, on as many processors as there are.
func parallel(n int, do func(k int)) {
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for k := range n {
		gate <- struct{}{}
		all.Go(func() {
			do(k)
			<-gate
		})
	}
	all.Wait()
}
