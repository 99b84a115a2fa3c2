package supply

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/model"
)

// town is a random network whose squares and shops stand at its crossings, so that a table of all pairs of crossings tells
// every cost.
type town struct {
	s     *model.Snapshot
	cell  []int       // crossing of each square
	shop  []int       // crossing of each shop
	metre [][]float64 // between crossings, by Floyd and Warshall (1962)
}

// newTown makes one-way streets, parallel ones, loops, ones of hardly any length, and islands. The first crossing has a
// long dead end, so that its part of the network is the largest.
func newTown(r *rand.Rand) *town {
	n := 3 + r.IntN(8)
	at := func(i int) orb.Point { return orb.Point{1000 * float64(i), 500 * float64(i*i%7)} }
	w := &town{}
	for i := range n {
		w.metre = append(w.metre, make([]float64, n))
		for j := range n {
			if i != j {
				w.metre[i][j] = math.Inf(1)
			}
		}
	}
	largest := make([]bool, n)
	largest[0] = true
	roads := []model.Road{road(0, 1e6, at(0), orb.Point{-50_000, 0})}
	for range n + r.IntN(2*n) {
		a, b := r.IntN(n), r.IntN(n)
		flags := []model.RoadFlags{0, 0, 0, model.ForbiddenForward, model.ForbiddenBackward}[r.IntN(5)]
		length := []float64{0.01, float64(1 + r.IntN(60)*100), float64(1 + r.IntN(6000))}[r.IntN(3)]
		one := road(flags, length, at(a), at(b))
		one.Line = orb.LineString{at(a), {at(a)[0] + 313.7, 4003.1 + 100*float64(r.IntN(9))}, at(b)} // passes no crossing nearby
		roads = append(roads, one)
		if flags != model.ForbiddenForward {
			w.metre[a][b] = min(w.metre[a][b], length)
		}
		if flags != model.ForbiddenBackward {
			w.metre[b][a] = min(w.metre[b][a], length)
		}
	}
	for range n { // weakly connected with the first crossing
		for i := range n {
			for j := range n {
				if (!math.IsInf(w.metre[i][j], 1) || !math.IsInf(w.metre[j][i], 1)) && largest[i] {
					largest[j] = true
				}
			}
		}
	}
	w.table(largest)
	w.fill(r, roads, at)
	return w
}

// table fills in all pairs; crossings on islands are not joined.
func (w *town) table(largest []bool) {
	for k := range w.metre {
		for i := range w.metre {
			for j := range w.metre {
				w.metre[i][j] = min(w.metre[i][j], w.metre[i][k]+w.metre[k][j])
			}
		}
	}
	for i := range w.metre {
		for j := range w.metre {
			if !largest[i] || !largest[j] {
				w.metre[i][j] = math.Inf(1)
			}
		}
	}
}

// fill puts squares and shops at crossings, no two shops at one.
func (w *town) fill(r *rand.Rand, roads []model.Road, at func(int) orb.Point) {
	n := len(w.metre)
	var cells []model.Cell
	for range 1 + r.IntN(8) {
		v := r.IntN(n)
		c := square(r.IntN(50), at(v)[0], at(v)[1])
		c.Inside = r.IntN(4) > 0
		cells, w.cell = append(cells, c), append(w.cell, v)
	}
	var shops []model.Facility
	for _, v := range r.Perm(n)[:1+r.IntN(min(n, 5))] {
		shops, w.shop = append(shops, shop("dagligvaror", at(v)[0], at(v)[1])), append(w.shop, v)
	}
	w.s = kommun(roads, cells, shops...)
}

// weight is a decay in the library's functions.
func weight(d Decay, cost float64) float64 {
	switch d.Form {
	case Exponential:
		return math.Pow(0.5, cost/d.Half)
	case Gaussian:
		return math.Pow(0.5, math.Pow(cost/d.Half, 2))
	case Logistic:
		return 1 / (1 + math.Exp((cost-d.Half)/d.Width))
	case Power:
		return math.Pow(max(cost, d.From)/d.From, -d.Exponent)
	}
	for _, z := range d.Zones {
		if cost <= z.To {
			return z.Weight
		}
	}
	return 0
}

// values are the measure of every square by its definition, over the whole table of pairs.
func (w *town) values(q Query) (values []float64, places []int) {
	for _, from := range w.cell {
		sum, n := 0.0, 0
		for _, to := range w.shop {
			d := w.metre[from][to]
			if d > q.Limit {
				continue
			}
			n++
			supply := q.Capacity
			if q.Method == TwoStep || q.Method == Enhanced {
				demand := 0.0
				for k, other := range w.cell {
					if far := w.metre[other][to]; far <= q.Limit {
						demand += float64(w.s.Cells[k].People) * weight(q.Decay, far)
					}
				}
				if demand == 0 {
					continue
				}
				supply *= 1000 / demand
			}
			sum += supply * weight(q.Decay, d)
		}
		values, places = append(values, sum), append(places, n)
	}
	return values, places
}

// queries are one of each method and decay, with limits and parameters at random.
func queries(r *rand.Rand) []Query {
	var out []Query
	for _, method := range Methods() {
		for _, form := range Forms() {
			q := Query{
				Services: []string{"dagligvaror"}, Method: method, Limit: 500 + float64(r.IntN(12_000)), Capacity: float64(1 + r.IntN(3)),
				Decay: Decay{Form: form, Half: 200 + 5000*r.Float64(), Width: 100 + 1000*r.Float64(), Exponent: 0.5 + 2*r.Float64(), From: 50 + 500*r.Float64()},
			}
			if q, err := q.Complete(); err == nil {
				out = append(out, q)
			}
		}
	}
	return out
}

// seeded makes the towns of a test; a failure names the number to make the town again.
func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

func TestMeasuresAgreeWithBruteForce(t *testing.T) {
	with, without := 0, 0
	for seed := range uint64(500) {
		r := seeded(seed)
		w := newTown(r)
		p, err := access.Prepare(context.Background(), w.s, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range queries(r) {
			want, places := w.values(q)
			got, err := OnRoads(context.Background(), p, q, nil)
			if err != nil {
				continue // nobody inside has any place within the limit: the next query may
			}
			for _, c := range got.Cells {
				v, n := want[c.Index], places[c.Index]
				if c.Places != n || (n == 0) != math.IsNaN(c.Value) || n > 0 && math.Abs(c.Value-v) > 1e-9*(1+v) {
					t.Fatalf("seed %d, %+v: square %+v, want %v with %d places\nroads %+v", seed, q, c, v, n, w.s.Roads)
				}
				if n > 0 {
					with++
				} else {
					without++
				}
			}
		}
	}
	if with < 10_000 || without < 1500 {
		t.Errorf("%d squares with a place and %d without: the towns are no test", with, without)
	}
}

// TestSharedSupplyIsConserved: what all people have of it adds up to what all places have, where somebody reaches them.
func TestSharedSupplyIsConserved(t *testing.T) {
	cases := 0
	for seed := range uint64(500) {
		r := seeded(seed)
		w := newTown(r)
		for i := range w.s.Cells {
			w.s.Cells[i].Inside = true
		}
		p, err := access.Prepare(context.Background(), w.s, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range queries(r) {
			if !q.Method.Shares() {
				continue
			}
			got, err := OnRoads(context.Background(), p, q, nil)
			if err != nil {
				continue
			}
			had, shared := 0.0, 0.0
			for _, c := range got.Cells {
				if c.Places > 0 {
					had += c.Value * float64(c.People)
				}
			}
			for _, to := range w.shop {
				for k, from := range w.cell {
					d := w.metre[from][to]
					if d <= q.Limit && w.s.Cells[k].People > 0 && weight(q.Decay, d) > 0 {
						shared += 1000 * q.Capacity
						break
					}
				}
			}
			if cases++; math.Abs(had-shared) > 1e-9*shared {
				t.Fatalf("seed %d, %+v: people have %v of %v", seed, q, had, shared)
			}
		}
	}
	if cases < 2000 {
		t.Errorf("only %d cases", cases)
	}
}

// TestMoreSupplyIsNeverLess: for each method that does not share, a larger limit and one more place never lower a value.
func TestMoreSupplyIsNeverLess(t *testing.T) {
	for seed := range uint64(250) {
		r := seeded(seed)
		w := newTown(r)
		more := *w.s
		more.Facilities = append(more.Facilities[:len(w.shop):len(w.shop)], model.Facility{ID: "ny", Type: "dagligvaror", At: w.s.Cells[0].Centre})
		before, err := access.Prepare(context.Background(), w.s, nil)
		if err != nil {
			t.Fatal(err)
		}
		after, err := before.Derive(context.Background(), &more, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range queries(r) {
			a, err := OnRoads(context.Background(), before, q, nil)
			if q.Method.Shares() || err != nil {
				continue
			}
			wide := q
			if q.Decay.Form != Step {
				wide.Limit *= 1.5
			}
			b, err := OnRoads(context.Background(), after, wide, nil)
			if err != nil {
				t.Fatal(seed, err)
			}
			for i := range a.Cells {
				if x, y := a.Cells[i], b.Cells[i]; x.Places > y.Places || x.Places > 0 && !(x.Value <= y.Value*(1+1e-12)) {
					t.Fatalf("seed %d, %+v: %+v became %+v", seed, q, x, y)
				}
			}
		}
	}
}

// TestWorkersDoNotMatter measures on 1 and 16 processors, to the last bit.
func TestWorkersDoNotMatter(t *testing.T) {
	s := large(400, 300)
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	for _, method := range Methods() {
		q := Query{Services: []string{"dagligvaror", "post"}, Method: method, Limit: 4000}
		runtime.GOMAXPROCS(1)
		one := measure(t, s, q)
		runtime.GOMAXPROCS(16)
		many := measure(t, s, q)
		for i := range one.Cells {
			if a, b := one.Cells[i], many.Cells[i]; math.Float64bits(a.Value) != math.Float64bits(b.Value) || a.Places != b.Places {
				t.Fatalf("%s: %+v on one, %+v on sixteen", method, a, b)
			}
		}
		if a, b := fmt.Sprintf("%+v", one), fmt.Sprintf("%+v", many); a != b {
			t.Errorf("%s: %s, and on sixteen %s", method, a, b)
		}
	}
}

// large is a grid of 30 by 30 blocks with many squares and places of two types.
func large(cells, shops int) *model.Snapshot { return grid(30, cells, shops) }

// grid is streets 300 m apart, so many each way, with squares and places of two types spread over them.
func grid(side, cells, shops int) *model.Snapshot {
	var roads []model.Road
	for x := range side {
		for y := range side {
			e, n := 300*float64(x), 300*float64(y)
			roads = append(roads, road(0, 0, orb.Point{e, n}, orb.Point{e + 300, n}), road(0, 0, orb.Point{e, n}, orb.Point{e, n + 300}))
		}
	}
	var squares []model.Cell
	for i := range cells {
		squares = append(squares, square(i%30, float64(i*7919%(300*side)), float64(i*104729%(300*side))))
	}
	var places []model.Facility
	for i := range shops {
		places = append(places, shop([]string{"dagligvaror", "post"}[i%2], float64(i*6151%(300*side)), float64(i*3571%(300*side))))
	}
	s := kommun(roads, squares, places...)
	s.Params.SnapLimit = 500
	return s
}

func TestMeasureIsCancelled(t *testing.T) {
	p, err := access.Prepare(context.Background(), large(50, 300), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := OnRoads(ctx, p, Query{Services: []string{"post"}}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
