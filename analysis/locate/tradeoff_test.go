package locate

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestTradeoffs holds the curves to the single questions, to never worsening with more places, and the front to every pair
// of nodes: no pair is better in both than a point that is proven.
func TestTradeoffs(t *testing.T) {
	for seed := range uint64(25) {
		s := town(rand.New(rand.NewPCG(seed, 41)), 1)
		p := prepare(t, s)
		q := TradeoffQuery{Query: Query{Service: "dagligvaror", Impedance: model.Distance, New: 1, Within: 1200}, Most: 3, Steps: 6}
		got, err := Compare(context.Background(), p, q, nil)
		if err != nil || len(got.Curves) != 1+3*3 || len(got.Front) == 0 {
			t.Fatalf("%d: %+v, %v", seed, got, err)
		}
		last := map[Objective]Result{}
		for _, r := range got.Curves[1:] {
			one := r.Query
			alone, err := OnRoads(context.Background(), p, one, nil, nil)
			if err != nil || alone.Value != r.Value || !r.Optimal {
				t.Errorf("%d %s %d: %v beside others, %v alone, %v", seed, r.Objective, r.New, r.Value, alone.Value, err)
			}
			before, has := last[r.Objective]
			if has && (r.Reached < before.Reached || r.Reached == before.Reached && (r.Objective == Coverage) == (r.Value < before.Value) && r.Value != before.Value) {
				t.Errorf("%d %s: %v with %d, %v with one less", seed, r.Objective, r.Value, r.New, before.Value)
			}
			last[r.Objective] = r
		}
		for i, f := range got.Front {
			if i > 0 && (f.Mean <= got.Front[i-1].Mean || f.Farthest >= got.Front[i-1].Farthest) {
				t.Errorf("%d: the front %+v", seed, got.Front)
			}
			for node, at := range p.Network().Points {
				r := analysedAs(t, afterwards(s, &Result{Query: q.Query, Sites: []Site{{Node: int32(node), At: at}}}), q.Query)
				if r == nil || r.Reached < f.Reached || !f.Optimal {
					continue
				}
				if r.Max <= f.Farthest && r.Mean < f.Mean-0.01 {
					t.Errorf("%d: node %d has mean %v and farthest %v, the front %v and %v", seed, node, r.Mean, r.Max, f.Mean, f.Farthest)
				}
			}
		}
	}
	p := prepare(t, town(rand.New(rand.NewPCG(1, 41)), 1))
	if _, err := Compare(context.Background(), p, TradeoffQuery{Query: Query{Service: "dagligvaror", Impedance: model.Distance, New: 1}, Most: 99}, nil); !errors.Is(err, i18n.Errorf("siting.tradeoff_wrong")) {
		t.Errorf("too many: %v", err)
	}
}
