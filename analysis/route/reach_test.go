package route

import (
	"math"
	"math/rand/v2"
	"testing"

	"nabar/model"
)

// TestWithinAgreesWithFloydWarshall asks for all nodes within a limit of the squares of random networks.
func TestWithinAgreesWithFloydWarshall(t *testing.T) {
	r := rand.New(rand.NewPCG(201, 202))
	within, beyond := 0, 0
	for round := range 1000 {
		w := newWorld(t, r)
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			m := w.net.Metric(imp)
			s, x := NewPathSearch(w.net, m), newMatrix(w, m)
			for c, from := range w.cells {
				limit := []int64{MaxCost, 700, 250, 0}[r.IntN(4)]
				got := map[int32]int64{}
				s.Within(from, limit, func(node int32, cost int64) { got[node] = cost })
				for v := range x.nodes {
					d := x.d[x.nodes+c][v] + float64(m.Connector(from.Connector))
					cost, ok := got[int32(v)]
					switch {
					case math.IsInf(d, 1) || d > float64(limit):
						beyond++
						if ok {
							t.Fatalf("round %d %s: node %d at %d, but it lies at %v, limit %d", round, imp, v, cost, d, limit)
						}
					case !ok || cost != int64(d):
						t.Fatalf("round %d %s: node %d at %d (%v), want %v", round, imp, v, cost, ok, d)
					default:
						within++
					}
				}
			}
		}
	}
	if within < 10_000 || beyond < 10_000 {
		t.Errorf("too few cases of a kind: %d within, %d beyond", within, beyond)
	}
}
