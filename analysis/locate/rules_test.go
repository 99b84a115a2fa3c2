package locate

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"nabar/internal/i18n"
)

// medianOf solves or fails.
func medianOf(t *testing.T, p *Problem) measured {
	t.Helper()
	s, err := Median(context.Background(), p, Options{})
	if err != nil || !s.Optimal() {
		t.Fatal(s, err)
	}
	return measured{s.Unreached, s.Value}
}

// TestMoreFreedomIsNeverWorse opens one more, locks, forbids and lets move: what may be chosen from more is never worse,
// and from less never better.
func TestMoreFreedomIsNeverWorse(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		p := small(r)
		p.Forbidden, p.Locked, p.Movable, p.New = nil, nil, nil, 1+r.IntN(2)
		plain := medianOf(t, p)
		more := *p
		more.New++
		if m := medianOf(t, &more); plain.less(m) {
			t.Errorf("%d: one more is worse: %+v, was %+v", seed, m, plain)
		}
		site := r.Int32N(int32(p.Candidates))
		locked := more
		locked.Locked, locked.New = []int32{site}, p.New
		if m := medianOf(t, &locked); m.less(medianOf(t, &more)) {
			t.Errorf("%d: locking is better than choosing freely: %+v", seed, m)
		}
		movable := more
		movable.Movable, movable.New = []int32{site}, p.New
		if m := medianOf(t, &movable); medianOf(t, &locked).less(m) {
			t.Errorf("%d: letting a place move is worse than locking it: %+v", seed, m)
		}
		forbidden := *p
		forbidden.Forbidden = []int32{site}
		if m := medianOf(t, &forbidden); m.less(plain) {
			t.Errorf("%d: forbidding is better: %+v, was %+v", seed, m, plain)
		}
	}
}

// TestCoveringOfLeast closes the circle: as many as Least finds cover all, and one fewer do not.
func TestCoveringOfLeast(t *testing.T) {
	const within = 60
	p := onGraph(t, standard(100, 1, 12))
	least, err := Least(context.Background(), p, within, Options{})
	if err != nil || !least.Optimal() || least.Value < 2 {
		t.Fatal(least, err)
	}
	for _, c := range []struct {
		number int
		all    bool
	}{{int(least.Value), true}, {int(least.Value) - 1, false}} {
		p.New = c.number
		s, err := Covering(context.Background(), p, within, Options{})
		if err != nil || !s.Optimal() || (s.Value == 100) != c.all || s.Value+s.Unreached != 100 {
			t.Errorf("%d places cover %+v, %v", c.number, s, err)
		}
		f, err := Center(context.Background(), p, Options{})
		if err != nil || !f.Optimal() || (f.Value <= within) != c.all {
			t.Errorf("%d places reach all at %+v, %v", c.number, f, err)
		}
	}
}

func TestFaults(t *testing.T) {
	sound := func() *Problem {
		return &Problem{Weight: []int64{1}, Near: [][]Offer{{{0, 5}, {1, 6}}}, Candidates: 2, New: 1}
	}
	for name, c := range map[string]struct {
		change func(*Problem)
		key    string // of the Problem; empty for a fault of the caller
	}{
		"none":             {func(p *Problem) { p.New = 0 }, "locate.new_wrong"},
		"below none":       {func(p *Problem) { p.New = -1 }, "locate.new_wrong"},
		"too many":         {func(p *Problem) { p.New = 3 }, "locate.too_few_candidates"},
		"too many allowed": {func(p *Problem) { p.New, p.Forbidden = 2, []int32{0} }, "locate.too_few_candidates"},
		"bases":            {func(p *Problem) { p.Base = []int32{1, 2} }, ""},
		"weights":          {func(p *Problem) { p.Weight = []int64{1, 2} }, ""},
		"negative":         {func(p *Problem) { p.Weight[0] = -1 }, ""},
		"offer":            {func(p *Problem) { p.Near[0][0].Candidate = 2 }, ""},
		"cost":             {func(p *Problem) { p.Near[0][0].Cost = None }, ""},
		"locked":           {func(p *Problem) { p.Locked = []int32{2} }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := sound()
			c.change(p)
			for objective, solve := range map[string]func() (*Solution, error){
				"median":   func() (*Solution, error) { return Median(context.Background(), p, Options{}) },
				"center":   func() (*Solution, error) { return Center(context.Background(), p, Options{}) },
				"covering": func() (*Solution, error) { return Covering(context.Background(), p, 5, Options{}) },
			} {
				_, err := solve()
				var problem *i18n.Problem
				if err == nil || errors.As(err, &problem) != (c.key != "") || c.key != "" && problem.Key != c.key {
					t.Errorf("%s: %v, want %q", objective, err, c.key)
				}
			}
		})
	}
}

// TestProgressRises hears of a search's progress: it never falls and never passes 1.
func TestProgressRises(t *testing.T) {
	p := onGraph(t, standard(100, 5, 3))
	for name, solve := range map[string]func(Options) (*Solution, error){
		"median": func(o Options) (*Solution, error) { return Median(context.Background(), p, o) },
		"center": func(o Options) (*Solution, error) { return Center(context.Background(), p, o) },
		"least":  func(o Options) (*Solution, error) { return Least(context.Background(), p, 150, o) },
	} {
		t.Run(name, func(t *testing.T) {
			var heard []float64
			if _, err := solve(Options{Progress: func(share float64) { heard = append(heard, share) }}); err != nil {
				t.Fatal(err)
			}
			if len(heard) == 0 || !slices.IsSorted(heard) || heard[0] < 0 || heard[len(heard)-1] > 1 {
				t.Errorf("heard %v", heard)
			}
		})
	}
}
