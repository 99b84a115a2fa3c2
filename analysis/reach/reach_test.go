package reach

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// limitsOf are limits that part a town.
func limitsOf(r *rand.Rand, i model.Impedance) []int64 {
	limits := []int64{int64(20_000 + r.IntN(40_000)), int64(70_000 + r.IntN(60_000))}
	if i == model.Time {
		limits[0], limits[1] = limits[0]*7/10, limits[1]*7/10
	}
	return limits
}

// TestPartsAgreeWithSearch asks the search that is held to Floyd–Warshall at positions all along every road.
func TestPartsAgreeWithSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 1))
	reached, beyond := 0, 0
	for round := range 200 {
		w := newTown(t, r)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			limits := limitsOf(r, imp)
			parts, err := Parts(context.Background(), route.NewAreaSearch(w.net, w.net.Metric(imp)), w.sources, limits)
			if err != nil {
				t.Fatal(err)
			}
			field, err := route.NewSearch(w.net, w.net.Metric(imp)).Run(context.Background(), w.sources, route.MaxCost)
			if err != nil {
				t.Fatal(err)
			}
			byEdge := map[int32][]Part{}
			for _, p := range parts {
				byEdge[p.Edge] = append(byEdge[p.Edge], p)
			}
			for e := range w.net.Edges {
				for range 20 {
					x := 1 + r.Int32N(w.net.Edges[e].Length-1)
					label := field.At(network.Join{Edge: int32(e), Position: x})[0]
					var at *Part // one that holds the position not just as its end
					ends := false
					for i, p := range byEdge[int32(e)] {
						ends = ends || p.From == x || p.To == x
						if p.From < x && x < p.To {
							at = &byEdge[int32(e)][i]
						}
					}
					want := len(limits)
					for k := len(limits) - 1; k >= 0 && label != route.None && label.Cost() <= limits[k]; k-- {
						want = k
					}
					switch {
					case ends:
					case want == len(limits):
						beyond++
						if at != nil {
							t.Fatalf("round %d %s: edge %d at %d is no part, but %+v", round, imp, e, x, *at)
						}
					case at == nil || int(at.Band) != want || int(at.Source) != label.Facility():
						t.Fatalf("round %d %s: edge %d at %d: %+v, want band %d of %d", round, imp, e, x, at, want, label.Facility())
					default:
						reached++
					}
				}
			}
		}
	}
	if reached < 10_000 || beyond < 10_000 {
		t.Errorf("too few cases of a kind: %d reached, %d beyond", reached, beyond)
	}
}

// TestAreasHoldExactlyTheParts looks at points along all roads of random towns: in the area if and only if they are reached.
func TestAreasHoldExactlyTheParts(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 2))
	inside, outside, crossings := 0, 0, 0
	for round := range 60 {
		w := newTown(t, r)
		imp := []model.Impedance{model.Distance, model.Time}[round%2]
		q := Request{Limits: limitsOf(r, imp), Sharing: []Sharing{All, Split}[round/2%2], Rings: round/4%2 == 0, Buffer: []float64{500, 60}[round/8%2]}
		out := w.request(t, q, imp)
		crossings += len(out.Crossings)
		in, not := checkPoints(t, fmt.Sprintf("round %d %+v", round, q), w.net, q, out, r, 60)
		inside, outside = inside+in, outside+not
		for _, a := range out.Areas {
			checkValid(t, a.Shape)
		}
	}
	if inside < 10_000 || outside < 10_000 || crossings == 0 {
		t.Errorf("too few cases of a kind: %d inside, %d outside, %d crossings", inside, outside, crossings)
	}
	t.Logf("%d inside, %d outside, %d crossings", inside, outside, crossings)
}

// checkPoints looks at points along the edges near what is reached, each in every area. Within two centimetres of an end of a part nothing is
// asked, as positions are whole centimetres.
func checkPoints(t *testing.T, name string, n *network.Network, q Request, out *Outcome, r *rand.Rand, each int) (inside, outside int) {
	t.Helper()
	byEdge := map[int32][]Part{}
	for _, p := range out.Parts {
		byEdge[p.Edge] = append(byEdge[p.Edge], p)
	}
	bounds := make([]orb.Bound, len(out.Areas))
	for i, a := range out.Areas {
		bounds[i] = a.Shape.Bound()
	}
	for e := range n.Edges {
		edge := &n.Edges[e]
		if edge.Has(network.Ferry) || edge.Length < 10 {
			continue
		}
		slack := 2 + 2*float64(edge.Length)/100/edge.Drawn
		for range each {
			x := r.Float64() * float64(edge.Length)
			if r.IntN(2) == 0 && len(byEdge[int32(e)]) > 0 { // near an end of a part, where it is hardest
				p := byEdge[int32(e)][r.IntN(len(byEdge[int32(e)]))]
				x = min(max(float64([]int32{p.From, p.To}[r.IntN(2)])+[]float64{3, 10, 100, 1000}[r.IntN(4)]*slack*(r.Float64()-0.5), 0), float64(edge.Length))
			}
			at := pointAt(n, int32(e), x)
			part, ends := (*Part)(nil), x < slack || x > float64(edge.Length)-slack
			for i, p := range byEdge[int32(e)] {
				if float64(p.From)-slack < x && x < float64(p.From)+slack || float64(p.To)-slack < x && x < float64(p.To)+slack {
					ends = true
				}
				if float64(p.From) < x && x < float64(p.To) {
					part = &byEdge[int32(e)][i]
				}
			}
			if ends {
				continue
			}
			for i, a := range out.Areas {
				want := part != nil && (int(part.Source) == a.Source || a.Source < 0) && (int(part.Band) == a.Band || !q.Rings && int(part.Band) < a.Band)
				got := bounds[i].Contains(at) && shapeHolds(a.Shape, at)
				switch {
				case got == want:
				case near(out.Crossings, at):
					continue
				default:
					t.Fatalf("%s: edge %d at %v (%v): in area %d %v, want %v", name, e, x, at, i, got, want)
				}
				if want {
					inside++
				} else {
					outside++
				}
			}
		}
	}
	return inside, outside
}

// TestLargerLimitHoldsSmaller compares the areas of two limits, drawn together.
func TestLargerLimitHoldsSmaller(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 3))
	points := 0
	for range 20 {
		w := newTown(t, r)
		out := w.request(t, Request{Limits: limitsOf(r, model.Distance), Sharing: All}, model.Distance)
		if len(out.Areas) < 2 {
			continue
		}
		small, large := out.Areas[0].Shape, out.Areas[1].Shape
		b := small.Bound()
		for range 1000 {
			p := orb.Point{b.Min[0] + r.Float64()*(b.Max[0]-b.Min[0]), b.Min[1] + r.Float64()*(b.Max[1]-b.Min[1])}
			if shapeHolds(small, p) {
				points++
				if !shapeHolds(large, p) {
					t.Fatalf("%v lies in the smaller area alone", p)
				}
			}
		}
	}
	if points < 5000 {
		t.Errorf("only %d points", points)
	}
}

// TestBridgeNeverTakesAway adds a road and compares the stretches.
func TestBridgeNeverTakesAway(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		roads := townRoads(r)
		before := build(t, roads)
		a, b := before.Points[r.IntN(len(before.Points))], before.Points[r.IntN(len(before.Points))]
		if a == b {
			continue
		}
		after := build(t, append(roads, model.Road{Line: orb.LineString{a, b}, SpeedF: 50, SpeedB: 50}))
		join, ok := before.Snap(before.Points[0], 5000)
		if !ok || before.Edges[join.Edge].Component != 0 {
			continue
		}
		sources := []route.Source{{Join: join}}
		cover := func(n *network.Network) map[int32][]Part {
			parts, err := Parts(context.Background(), route.NewAreaSearch(n, n.Metric(model.Distance)), sources, []int64{80_000})
			if err != nil {
				t.Fatal(err)
			}
			out := map[int32][]Part{}
			for _, p := range parts {
				out[p.Edge] = append(out[p.Edge], p)
			}
			return out
		}
		now := cover(after)
		for e, parts := range cover(before) {
			for _, p := range parts {
				left := p.From
				for _, q := range now[e] {
					if q.From <= left {
						left = max(left, q.To)
					}
				}
				if left < p.To {
					t.Fatalf("seed %d: edge %d lost %d to %d: %+v", seed, e, left, p.To, now[e])
				}
			}
		}
	}
}

// TestSameAreasEveryTime asks twice, once after another question.
func TestSameAreasEveryTime(t *testing.T) {
	w := newTown(t, rand.New(rand.NewPCG(15, 5)))
	q := Request{Limits: []int64{30_000, 90_000}, Sharing: Each}
	first := w.request(t, q, model.Distance)
	w.request(t, Request{Limits: []int64{40_000}, Sharing: Split}, model.Distance)
	if !reflect.DeepEqual(first, w.request(t, q, model.Distance)) {
		t.Error("the same question has two answers")
	}
	if len(first.Areas) < len(w.sources) {
		t.Errorf("%d areas of %d places", len(first.Areas), len(w.sources))
	}
}

// TestCancel stops before anything is drawn.
func TestCancel(t *testing.T) {
	w := newTown(t, rand.New(rand.NewPCG(15, 6)))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, sharing := range []Sharing{All, Split, Each} {
		_, err := Areas(ctx, route.NewAreaSearch(w.net, w.net.Metric(model.Distance)), Request{Sources: w.sources, Limits: []int64{50_000}, Sharing: sharing, Buffer: 500}, func(float64) {})
		if err == nil {
			t.Errorf("%s: a cancelled request is answered", sharing)
		}
	}
}
