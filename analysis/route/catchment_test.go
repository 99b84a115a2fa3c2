package route

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"nabar/analysis/network"
	"nabar/model"
)

// around reads the catchment of the sources of one place off the matrix.
func (x matrix) around(w world, m *network.Metric, place int32, limit int64) []Reached {
	var out []Reached
	for cell := range w.cells {
		best := math.Inf(1)
		for rank, s := range w.sources {
			if s.Place == place {
				d := x.d[x.nodes+cell][x.nodes+len(w.cells)+rank]
				best = min(best, d+float64(m.Connector(w.cells[cell].Connector)+m.Connector(s.Join.Connector)))
			}
		}
		if best <= float64(limit) {
			out = append(out, Reached{int32(cell), int64(best)})
		}
	}
	return out
}

func TestCatchmentAgreesWithFloydWarshall(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	reached, beyond := 0, 0
	for round := range 2000 {
		w := newWorld(t, r)
		limit := []int64{MaxCost, 300, 90}[round%3]
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			m := w.net.Metric(imp)
			search := NewCatchment(NewSpots(w.net, m, w.cells))
			x := newMatrix(w, m)
			for place := range int32(4) {
				var joins []network.Join
				for _, s := range w.sources {
					if s.Place == place {
						joins = append(joins, s.Join)
					}
				}
				got, err := search.Around(context.Background(), joins, limit, []Reached{{7, 7}})
				if want := x.around(w, m, place, limit); err != nil || got[0] != (Reached{7, 7}) || !slices.Equal(got[1:], want) {
					t.Fatalf("seed 21 22, round %d %s place %d within %d: got %v, want %v\nedges %+v\nsources %+v", round, imp, place, limit,
						got, want, w.net.Edges, w.sources)
				}
				reached, beyond = reached+len(got)-1, beyond+len(w.cells)-len(got)+1
			}
		}
	}
	if reached < 10_000 || beyond < 10_000 {
		t.Errorf("%d reached and %d not: the networks are no test", reached, beyond)
	}
}

func TestCatchmentIsCancelled(t *testing.T) {
	w := newWorld(t, rand.New(rand.NewPCG(1, 1)))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	search := NewCatchment(NewSpots(w.net, w.net.Metric(model.Distance), w.cells))
	if _, err := search.Around(ctx, []network.Join{w.sources[0].Join}, MaxCost, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
