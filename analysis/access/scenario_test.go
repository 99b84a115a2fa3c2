package access

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/scenario"
)

// with applies modifications to a snapshot.
func with(t testing.TB, s *model.Snapshot, all ...scenario.Modification) *model.Snapshot {
	t.Helper()
	sc := scenario.Scenario{Name: "prov"}
	for _, m := range all {
		sc.Steps = append(sc.Steps, scenario.Step{Modification: m})
	}
	out, err := scenario.Apply(s, []scenario.Scenario{sc})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// derived prepares a snapshot from that of another, and makes sure that this gives what Prepare does.
func derived(t testing.TB, base *Prepared, s *model.Snapshot) *Prepared {
	t.Helper()
	p, err := base.Derive(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		if got, want := figuresText(p, i), figuresText(prepare(t, s), i); got != want {
			t.Fatalf("derived %s\nprepared %s", got, want)
		}
	}
	return p
}

// figuresText writes all figures about groceries, or why there are none.
func figuresText(p *Prepared, i model.Impedance) string {
	r, err := p.Analyse(context.Background(), model.Query{Service: "dagligvaror", Impedance: i})
	if err != nil {
		return err.Error()
	}
	r.Timings = model.Timings{}
	return fmt.Sprintf("%+v", *r)
}

// costs are the squares' costs, infinite where unreached or where there are no figures at all.
func costs(p *Prepared, i model.Impedance) []float64 {
	q := model.Query{Service: "dagligvaror", Impedance: i}
	r, err := p.Analyse(context.Background(), q)
	if err != nil {
		r, err = p.Unreached(q, err)
	}
	if err != nil {
		return nil
	}
	out := make([]float64, len(r.Cells))
	for k, c := range r.Cells {
		if out[k] = c.Cost; math.IsNaN(c.Cost) {
			out[k] = math.Inf(1)
		}
	}
	return out
}

// neverLess fails where a square has become nearer.
func neverLess(t *testing.T, what string, before, after []float64) {
	t.Helper()
	for i := range before {
		if after[i] < before[i] {
			t.Fatalf("%s: square %d had %v and has %v", what, i, before[i], after[i])
		}
	}
}

// spotIn is a position in a random kommun.
func spotIn(r *rand.Rand) orb.Point {
	return orb.Point{700000 + 1800*r.Float64(), 6400000 + 1200*r.Float64()}
}

// TestScenariosOnRandomNetworks holds what must be true of every scenario on every network.
func TestScenariosOnRandomNetworks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 12))
	for round := range 120 {
		s := randomKommun(r)
		base, err := Prepare(t.Context(), s, nil, WithClock(still))
		if err != nil {
			continue // no roads came of it
		}
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			if got, want := figuresText(derived(t, base, with(t, s)), i), figuresText(base, i); got != want {
				t.Fatalf("round %d: an empty scenario has %s\nits parent has %s", round, got, want)
			}
			before := costs(base, i)
			open := scenario.OpenPlace{ID: "ny+1", Types: []string{"dagligvaror", "post"}, At: spotIn(r)}
			neverLess(t, "opening", costs(derived(t, base, with(t, s, open)), i), before)
			shut := scenario.ClosePlace{ID: s.Facilities[r.IntN(len(s.Facilities))].ID}
			neverLess(t, "closing", before, costs(derived(t, base, with(t, s, shut)), i))
			neverLess(t, "converting to another type", before,
				costs(derived(t, base, with(t, s, scenario.Convert{ID: shut.ID, Types: []string{"post"}})), i))
		}
		there := spotIn(r)
		move := scenario.MovePlace{ID: "S1", At: there}
		moved := derived(t, base, with(t, s, move))
		anew := with(t, s, scenario.ClosePlace{ID: "S1"})
		anew = with(t, anew, scenario.OpenPlace{ID: "S1b", Types: []string{"dagligvaror"}, At: there})
		if a, b := costs(moved, model.Distance), costs(prepare(t, anew), model.Distance); !slices.Equal(a, b) {
			t.Fatalf("round %d: moved %v, closed and opened %v", round, a, b)
		}
		home := with(t, s, move, scenario.MovePlace{ID: "S1", At: s.Facilities[0].At})
		if a, b := figuresText(derived(t, base, home), model.Time), figuresText(base, model.Time); a != b {
			t.Fatalf("round %d: there and back %s\nat home %s", round, a, b)
		}
	}
}

// TestOrderOfIndependentModifications does the same things in every order that it tries.
func TestOrderOfIndependentModifications(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 40 {
		s := randomKommun(r)
		for len(s.Facilities) < 4 {
			s.Facilities = append(s.Facilities, model.Facility{ID: fmt.Sprint("T", len(s.Facilities)), Type: "dagligvaror", At: spotIn(r)})
		}
		all := []scenario.Modification{
			scenario.ClosePlace{ID: s.Facilities[0].ID},
			scenario.MovePlace{ID: s.Facilities[1].ID, At: spotIn(r)},
			scenario.Convert{ID: s.Facilities[2].ID, Types: []string{"post", "dagligvaror"}},
			scenario.OpenPlace{ID: "x", Types: []string{"dagligvaror"}, At: spotIn(r)},
			scenario.OpenPlace{ID: "a", Types: []string{"dagligvaror"}, At: spotIn(r)},
			scenario.CloseRoad{Layer: s.Roads.LayerName, FID: 1},
			scenario.CloseRoad{Layer: s.Roads.LayerName, FID: 3},
			scenario.FerriesOff{},
			scenario.ChangePeople{Percent: 30},
		}
		want := ""
		for range 6 {
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			p, err := Prepare(t.Context(), with(t, s, all...), nil, WithClock(still))
			if err != nil {
				break
			}
			got := figuresText(p, model.Distance)
			if want != "" && got != want {
				t.Fatalf("in another order %s\nwas %s", got, want)
			}
			want = got
		}
	}
}

// TestAClosedRoadIsNoRoad closes roads and takes them out of the set.
func TestAClosedRoadIsNoRoad(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	compared := 0
	for range 80 {
		s := randomKommun(r)
		road := r.IntN(s.Roads.Len())
		without := *s
		without.Roads = &model.RoadSet{}
		for i := range s.Roads.Len() {
			if i != road {
				without.Roads.Add(roadOf(s.Roads, i))
			}
		}
		base, err := Prepare(t.Context(), s, nil, WithClock(still))
		if err != nil {
			continue
		}
		closed := with(t, s, scenario.CloseRoad{Layer: s.Roads.LayerName, FID: s.Roads.FID[road]})
		p, err := base.Derive(t.Context(), closed, nil)
		other, bad := Prepare(t.Context(), &without, nil, WithClock(still))
		if (err == nil) != (bad == nil) {
			t.Fatalf("closed %v, left out %v", err, bad)
		}
		if err != nil {
			continue
		}
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			if a, b := figuresText(p, i), figuresText(other, i); a != b {
				t.Fatalf("closed %s\nleft out %s", a, b)
			}
		}
		compared++
	}
	if compared < 40 {
		t.Errorf("only %d networks were compared", compared)
	}
}
