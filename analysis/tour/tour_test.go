package tour

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"nabar/internal/i18n"
)

// random makes stops in a plane with costs that differ there and back; shortest ways of those, so that the triangle
// inequality holds.
func random(r *rand.Rand, n int) *Problem {
	x, y := make([]float64, n+1), make([]float64, n+1)
	for i := range x {
		x[i], y[i] = 1000*r.Float64(), 1000*r.Float64()
	}
	p := &Problem{Load: make([]int64, n+1)}
	for i := range x {
		row := make([]int64, n+1)
		for j := range x {
			if i != j {
				row[j] = int64(math.Hypot(x[i]-x[j], y[i]-y[j]) * (1 + r.Float64()/3))
			}
		}
		p.Cost = append(p.Cost, row)
		p.Load[i] = r.Int64N(5)
	}
	for k := range x {
		for i := range x {
			for j := range x {
				p.Cost[i][j] = min(p.Cost[i][j], p.Cost[i][k]+p.Cost[k][j])
			}
		}
	}
	return p
}

// orders calls f with every order of the stops.
func orders(stops []int, k int, f func([]int)) {
	if k == len(stops) {
		f(stops)
		return
	}
	for i := k; i < len(stops); i++ {
		stops[k], stops[i] = stops[i], stops[k]
		orders(stops, k+1, f)
		stops[k], stops[i] = stops[i], stops[k]
	}
}

// cheapest tries every order of all stops, parted into rounds in every way.
func cheapest(p *Problem) int64 {
	best := int64(math.MaxInt64)
	var stops []int
	for i := 1; i <= p.stops(); i++ {
		stops = append(stops, i)
	}
	orders(stops, 0, func(all []int) {
		for cuts := range 1 << (len(all) - 1) {
			sum, from, fine := int64(0), 0, true
			for k := 1; k <= len(all); k++ {
				if k == len(all) || cuts>>(k-1)&1 == 1 {
					fine = fine && p.fits(all[from:k])
					sum += p.cost(all[from:k])
					from = k
				}
			}
			if fine {
				best = min(best, sum)
			}
		}
	})
	return best
}

// limit puts limits on a problem that every stop alone keeps.
func limit(r *rand.Rand, p *Problem) {
	if r.IntN(2) == 0 {
		p.Capacity = 4 + r.Int64N(8)
	}
	if r.IntN(2) == 0 {
		for i := range p.Cost {
			p.Longest = max(p.Longest, p.Cost[0][i]+p.Cost[i][0])
		}
		p.Longest += r.Int64N(1000)
	}
}

// calls fails unless every stop is called at once, within the limits, and the costs are what they say.
func calls(t *testing.T, p *Problem, s *Solution) {
	t.Helper()
	var all []int
	sum := int64(0)
	for _, r := range s.Rounds {
		all = append(all, r.Stops...)
		sum += r.Cost
		if !p.fits(r.Stops) || r.Cost != p.cost(r.Stops) {
			t.Errorf("%+v", r)
		}
	}
	slices.Sort(all)
	for k := range all {
		if all[k] != k+1 {
			t.Errorf("calls at %v", all)
		}
	}
	if len(all) != p.stops() || sum != s.Cost || s.Bound > s.Cost {
		t.Errorf("%+v", s)
	}
}

// TestAgainstAllOrders holds the outcome, and what the heuristic and the bound say of the same stops, to every order of up
// to six stops in every parting, on a thousand random problems.
func TestAgainstAllOrders(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := random(r, 1+r.IntN(6))
		limit(r, p)
		want := cheapest(p)
		got, err := Solve(context.Background(), p, nil)
		if err != nil || got.Cost != want || !got.Optimal() {
			t.Fatalf("%d: %+v, %v, want %d", seed, got, err, want)
		}
		calls(t, p, got)
		if p.stops() < 3 {
			continue
		}
		rounds := p.savings()
		p.improve(context.Background(), rounds)
		rounds = p.shaken(context.Background(), compact(rounds), func(float64) {})
		h := p.solution(rounds)
		calls(t, p, h)
		if b := p.bound(context.Background(), h.Cost, func(float64) {}); h.Cost < want || b > want {
			t.Fatalf("%d: heuristic %d, bound %d, want %d", seed, h.Cost, b, want)
		}
	}
}

// TestManyStops finds rounds for more stops than can be weighed whole, and how near the bound they are.
func TestManyStops(t *testing.T) {
	for _, n := range []int{11, 30, 80} {
		p := random(rand.New(rand.NewPCG(uint64(n), 2)), n)
		got, err := Solve(context.Background(), p, nil)
		if err != nil || got.Gap() > 0.2 || len(got.Rounds) != 1 {
			t.Errorf("%d stops: %d rounds, gap %v, %v", n, len(got.Rounds), got.Gap(), err)
		}
		calls(t, p, got)
		again, _ := Solve(context.Background(), p, nil)
		if fmt.Sprint(again) != fmt.Sprint(got) {
			t.Errorf("%d stops: another answer the second time", n)
		}
		p.Capacity = 12
		several, err := Solve(context.Background(), p, nil)
		if err != nil || several.Cost < got.Bound || len(several.Rounds) < 2 {
			t.Errorf("%d stops with a capacity: %+v, %v", n, several, err)
		}
		calls(t, p, several)
	}
}

func TestTourFaults(t *testing.T) {
	p := random(rand.New(rand.NewPCG(1, 3)), 12)
	far := *p
	far.Longest = 10
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Solve(ctx, p, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for key, bad := range map[string]*Problem{"tour.no_stops": {Cost: [][]int64{{0}}}, "tour.stop_alone": &far, "tour.many_stops": {Cost: make([][]int64, MostStops+2)}} {
		if _, err := Solve(context.Background(), bad, nil); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%v, want %s", err, key)
		}
	}
}

func ExampleSolve() {
	// a shop and three villages 10, 20 and 30 km along one road; a van that holds two villages' orders
	p := &Problem{Cost: [][]int64{{0, 10, 20, 30}, {10, 0, 10, 20}, {20, 10, 0, 10}, {30, 20, 10, 0}}, Capacity: 2}
	s, err := Solve(context.Background(), p, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Cost, len(s.Rounds), s.Optimal())
	// Output: 80 2 true
}

func BenchmarkSolve(b *testing.B) {
	b.ReportAllocs()
	p := random(rand.New(rand.NewPCG(1, 2)), 80)
	for b.Loop() {
		if _, err := Solve(context.Background(), p, nil); err != nil {
			b.Fatal(err)
		}
	}
}
