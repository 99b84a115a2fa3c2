package locate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// measured is what a choice gives: weight left out first, then the objective; less is better.
type measured struct{ lost, value int64 }

func (m measured) less(o measured) bool {
	return m.lost < o.lost || m.lost == o.lost && m.value < o.value
}

// served gives the least cost at each demand point with a set of open candidates, locked ones included.
func served(p *Problem, open []int32) []int32 {
	out := make([]int32, len(p.Weight))
	for i := range out {
		out[i] = p.base(i)
		for _, o := range p.Near[i] {
			if slices.Contains(open, o.Candidate) || slices.Contains(p.Locked, o.Candidate) {
				out[i] = min(out[i], o.Cost)
			}
		}
	}
	return out
}

// median, farthest and beyond value a choice by the objectives' definitions alone.
func median(p *Problem, open []int32, _ int32) (m measured) {
	for i, c := range served(p, open) {
		if c == None {
			m.lost += p.Weight[i]
		} else {
			m.value += p.Weight[i] * int64(c)
		}
	}
	return m
}

func farthest(p *Problem, open []int32, _ int32) (m measured) {
	for i, c := range served(p, open) {
		if p.Weight[i] == 0 {
			continue
		}
		if c == None {
			m.lost += p.Weight[i]
		} else {
			m.value = max(m.value, int64(c))
		}
	}
	return m
}

func beyond(p *Problem, open []int32, within int32) (m measured) {
	for i, c := range served(p, open) {
		if c > within {
			m.lost += p.Weight[i]
		} else {
			m.value -= p.Weight[i]
		}
	}
	return m
}

// choices calls f for every set of k of the candidates that may be chosen.
func choices(p *Problem, k int, f func(open []int32)) {
	var free []int32
	for c := range int32(p.Candidates) {
		if !slices.Contains(p.Forbidden, c) && !slices.Contains(p.Locked, c) {
			free = append(free, c)
		}
	}
	var add func(from int, open []int32)
	add = func(from int, open []int32) {
		if len(open) == k {
			f(open)
			return
		}
		for at := from; at < len(free); at++ {
			add(at+1, append(open, free[at]))
		}
	}
	add(0, nil)
}

// small makes a random problem of all kinds: with and without bases, with points that few candidates or none reach,
// equal costs, zero weights, locked, movable and forbidden candidates.
func small(r *rand.Rand) *Problem {
	n, m := 1+r.IntN(20), 4+r.IntN(9)
	p := &Problem{Candidates: m, New: 1 + r.IntN(4)}
	spread := int32(1 + r.IntN(60))
	reach := []int{1, 2, 5, 100}[r.IntN(4)]
	bases := r.IntN(3)
	for range n {
		p.Weight = append(p.Weight, int64(r.IntN(5)))
		var offers []Offer
		for c := range m {
			if reach == 100 || r.IntN(reach+1) > 0 {
				offers = append(offers, Offer{int32(c), r.Int32N(spread)})
			}
			if r.IntN(10) == 0 {
				offers = append(offers, Offer{int32(c), r.Int32N(spread)})
			}
		}
		r.Shuffle(len(offers), func(a, b int) { offers[a], offers[b] = offers[b], offers[a] })
		p.Near = append(p.Near, offers)
		switch {
		case bases == 1 || bases == 2 && r.IntN(2) == 0:
			p.Base = append(p.Base, r.Int32N(spread+10))
		case bases == 2:
			p.Base = append(p.Base, None)
		}
	}
	for c := range int32(m) {
		switch r.IntN(12) {
		case 0:
			p.Forbidden = append(p.Forbidden, c)
		case 1:
			p.Locked = append(p.Locked, c)
		case 2:
			if len(p.Movable) == 0 {
				p.Movable = append(p.Movable, c)
			}
		}
	}
	if free := m - len(p.Forbidden) - len(p.Locked); p.open() > free {
		p.New, p.Movable = 1, nil
		p.Forbidden, p.Locked = nil, nil
	}
	return p
}

func TestMedianAgainstAllChoices(t *testing.T) {
	against(t, median, func(p *Problem, _ int32) (*Solution, error) { return Median(context.Background(), p, Options{}) },
		func(s *Solution) measured { return measured{s.Unreached, s.Value} })
}

func TestCenterAgainstAllChoices(t *testing.T) {
	against(t, farthest, func(p *Problem, _ int32) (*Solution, error) { return Center(context.Background(), p, Options{}) },
		func(s *Solution) measured { return measured{s.Unreached, s.Value} })
}

func TestCoveringAgainstAllChoices(t *testing.T) {
	against(t, beyond, func(p *Problem, within int32) (*Solution, error) {
		return Covering(context.Background(), p, within, Options{})
	}, func(s *Solution) measured { return measured{s.Unreached, -s.Value} })
}

// against holds an objective to the best of all choices on a thousand small problems.
func against(t *testing.T, value func(*Problem, []int32, int32) measured, solve func(*Problem, int32) (*Solution, error), of func(*Solution) measured) {
	t.Helper()
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 7))
		p, within := small(r), r.Int32N(40)
		want := measured{math.MaxInt64, 0}
		choices(p, p.open(), func(open []int32) {
			if m := value(p, open, within); m.less(want) {
				want = m
			}
		})
		got, err := solve(p, within)
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		if of(got) != want || !got.Optimal() || got.Gap() != 0 || got.Stopped {
			t.Fatalf("%d: %+v, best of all choices %+v, problem %+v within %d", seed, got, want, p, within)
		}
		if m := value(p, got.Chosen, within); m != want || len(got.Chosen) != p.open() || !slices.IsSorted(got.Chosen) {
			t.Fatalf("%d: %v gives %+v, want %+v", seed, got.Chosen, m, want)
		}
		for _, c := range got.Chosen {
			if slices.Contains(p.Forbidden, c) || slices.Contains(p.Locked, c) {
				t.Fatalf("%d: %d may not be chosen", seed, c)
			}
		}
	}
}

func TestLeastAgainstAllChoices(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 8))
		p, within := small(r), r.Int32N(40)
		free := p.Candidates - len(p.Forbidden) - len(p.Locked)
		lost, want := int64(0), -1
		choices(p, free, func(open []int32) { lost = beyond(p, open, within).lost })
		for k := 0; k <= free && want < 0; k++ {
			choices(p, k, func(open []int32) {
				if beyond(p, open, within).lost == lost {
					want = k
				}
			})
		}
		got, err := Least(context.Background(), p, within, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Value != int64(want) || !got.Optimal() || got.Unreached != lost || len(got.Chosen) != want || beyond(p, got.Chosen, within).lost != lost {
			t.Fatalf("%d: %+v, want %d places that leave %d; %+v within %d", seed, got, want, lost, p, within)
		}
	}
}

func ExampleMedian() {
	// three villages on a road of 10 km, with 100, 50 and 10 people; each may have the shop
	p := &Problem{
		Weight:     []int64{100, 50, 10},
		Near:       [][]Offer{{{0, 0}, {1, 4}, {2, 10}}, {{0, 4}, {1, 0}, {2, 6}}, {{0, 10}, {1, 6}, {2, 0}}},
		Candidates: 3, New: 1,
	}
	s, err := Median(context.Background(), p, Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Chosen, s.Value, s.Optimal())
	// Output: [0] 300 true
}
