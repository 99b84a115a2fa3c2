package locate

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// afterwards is a town with what a result says: places given up are gone, sites are shops.
func afterwards(s *model.Snapshot, r *Result) *model.Snapshot {
	out := *s
	out.Facilities = nil
	for _, f := range s.Facilities {
		if !slices.ContainsFunc(r.Given, func(p Place) bool { return slices.Contains(p.IDs, f.ID) }) {
			out.Facilities = append(out.Facilities, f)
		}
	}
	for k, site := range r.Sites {
		out.Facilities = append(out.Facilities, model.Facility{ID: fmt.Sprint("ny", k), Type: r.Service, At: site.At})
	}
	return &out
}

// TestPlacesThatMayGo moves, closes and keeps places in random towns, and lets the engine of the figures measure what
// comes of it. More freedom never worsens the figure.
func TestPlacesThatMayGo(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 31))
		s := town(r, 3)
		p := prepare(t, s)
		base := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 1}
		solve := func(change func(*Query)) *Result {
			q := base
			change(&q)
			got, err := OnRoads(context.Background(), p, q, nil, nil)
			if err != nil {
				t.Fatalf("%d: %v", seed, err)
			}
			if !got.Optimal {
				t.Fatalf("%d: not proven: %+v", seed, got)
			}
			agree(t, fmt.Sprint(seed), analysedAs(t, afterwards(s, got), q), got.Value, got.Mean, PMedian)
			return got
		}
		locked := solve(func(*Query) {})
		movable := solve(func(q *Query) { q.Movable = []string{AllPlaces} })
		forbidden := solve(func(q *Query) { q.Forbidden = []string{"0"} })
		moved := solve(func(q *Query) { q.New, q.Movable = 0, []string{"0", "1"} })
		if movable.Reached < locked.Reached || movable.Reached == locked.Reached && movable.Value > locked.Value {
			t.Errorf("%d: with movable places %v, with all locked %v", seed, movable.Value, locked.Value)
		}
		if forbidden.Reached > locked.Reached || forbidden.Reached == locked.Reached && forbidden.Value < locked.Value {
			t.Errorf("%d: one closed %v, none %v", seed, forbidden.Value, locked.Value)
		}
		if len(moved.Sites) != len(moved.Given) || len(moved.Kept)+len(moved.Given) > 2 {
			t.Errorf("%d: two movable, none new: %+v", seed, moved)
		}
	}
}

// TestKeptPlaces holds the choice of two places that stay to every pair.
func TestKeptPlaces(t *testing.T) {
	for seed := range uint64(40) {
		s := town(rand.New(rand.NewPCG(seed, 33)), 5)
		p := prepare(t, s)
		places, err := p.Places("dagligvaror")
		if err != nil || len(places) < 3 {
			continue
		}
		q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, Keep: 2}
		got, err := OnRoads(context.Background(), p, q, nil, nil)
		if err != nil || len(got.Kept) != 2 || len(got.Given) != len(places)-2 || len(got.Sites) != 0 || !got.Optimal {
			t.Fatalf("%d: %+v, %v", seed, got, err)
		}
		of := func(stay ...[]int) (int, float64) {
			part := *s
			part.Facilities = nil
			for _, place := range stay {
				for _, f := range place {
					part.Facilities = append(part.Facilities, s.Facilities[f])
				}
			}
			r, err := prepare(t, &part).Analyse(context.Background(), model.Query{Service: "dagligvaror", Impedance: model.Distance})
			if err != nil {
				return 0, 0
			}
			return r.Reached, r.Mean * float64(r.Reached)
		}
		for a := range places {
			for b := range a {
				reached, sum := of(places[a], places[b])
				if reached > got.Reached || reached == got.Reached && sum < got.Value-0.5 {
					t.Errorf("%d: places %d and %d give %v for %d, the choice %v for %d", seed, a, b, sum, reached, got.Value, got.Reached)
				}
			}
		}
	}
}

// TestListedSpots takes new places from a list alone, says which spots no road is near, and finds the fewest.
func TestListedSpots(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 35))
		s := town(r, 1)
		p := prepare(t, s)
		spots := []Spot{{"fjärran", orb.Point{900000, 7000000}}}
		for i := range 4 {
			spots = append(spots, Spot{fmt.Sprint("ort ", i), orb.Point{500000 + 3000*r.Float64(), 6500000 + 2000*r.Float64()}})
		}
		q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 1, Spots: spots}
		got, err := OnRoads(context.Background(), p, q, nil, nil)
		if err != nil || len(got.Sites) != 1 || got.Sites[0].Node != -1 || !slices.Equal(got.Unjoined, []string{"fjärran"}) {
			t.Fatalf("%d: %+v, %v", seed, got, err)
		}
		best := measured{1 << 62, 0}
		for _, spot := range spots[1:] {
			if m, ok := atNode(t, s, q, Site{At: spot.At}); ok && m.less(best) {
				best = m
			}
		}
		if m, _ := atNode(t, s, q, got.Sites[0]); best.less(m) {
			t.Errorf("%d: %+v gives %+v, the best spot %+v", seed, got.Sites, m, best)
		}
		q.Objective, q.Within, q.New = Fewest, 1500, 0
		fewest, err := OnRoads(context.Background(), p, q, nil, nil)
		if err != nil || !fewest.Optimal || int(fewest.Value) != len(fewest.Sites) {
			t.Fatalf("%d: %+v, %v", seed, fewest, err)
		}
		everywhere := *s
		for _, spot := range spots[1:] {
			everywhere.Facilities = append(slices.Clone(everywhere.Facilities), model.Facility{ID: spot.Name, Type: q.Service, At: spot.At})
		}
		if with := analysedAs(t, &everywhere, q); fewest.Covered != with.Bands[0].People {
			t.Errorf("%d: the fewest have %d within, all spots %d", seed, fewest.Covered, with.Bands[0].People)
		}
	}
}

// TestGroupAndLimits weighs by a group, and keeps a new place's catchment within limits.
func TestGroupAndLimits(t *testing.T) {
	s := town(rand.New(rand.NewPCG(3, 37)), 1)
	p := prepare(t, s)
	q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 1, Group: "women"}
	if _, err := OnRoads(context.Background(), p, q, nil, nil); err == nil {
		t.Error("squares that don't tell of sex")
	}
	for i := range s.Cells {
		s.Cells[i].Women, s.Cells[i].Men = 0, s.Cells[i].People
	}
	s.Cells[len(s.Cells)-1].Women, s.Cells[len(s.Cells)-1].Men = 5, 0
	p = prepare(t, s)
	women, err := OnRoads(context.Background(), p, q, nil, nil)
	if err != nil || women.People != 5 {
		t.Fatalf("%+v, %v", women, err)
	}
	q.Group = ""
	free, err := OnRoads(context.Background(), p, q, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.MaxPeople = free.Sites[0].People - 1
	limited, err := OnRoads(context.Background(), p, q, nil, nil)
	if err != nil || limited.Sites[0].People > q.MaxPeople || limited.Value < free.Value || !limited.Optimal {
		t.Errorf("%+v, %v; without limits %+v", limited, err, free)
	}
	q.MinPeople, q.MaxPeople = 10_000, 0
	if _, err := OnRoads(context.Background(), p, q, nil, nil); !errors.Is(err, i18n.Errorf("siting.limits_none")) {
		t.Errorf("more people than there are: %v", err)
	}
	q.MinPeople, q.Movable = 0, []string{"finns inte"}
	if _, err := OnRoads(context.Background(), p, q, nil, nil); !errors.Is(err, i18n.Errorf("siting.place_unknown")) {
		t.Errorf("unknown place: %v", err)
	}
}

// TestRoomOfPlaces gives a place that stays room for fewer than have it nearest today: the new place must relieve it, which the
// engine of the figures confirms, and every spot that gives a better figure leaves it with too many.
func TestRoomOfPlaces(t *testing.T) {
	relieved := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 41))
		s := town(r, 2)
		p := prepare(t, s)
		var spots []Spot
		for i := range 6 {
			spots = append(spots, Spot{fmt.Sprint("ort ", i), orb.Point{500000 + 3000*r.Float64(), 6500000 + 2000*r.Float64()}})
		}
		nearest := func(s *model.Snapshot) map[string]int {
			out := map[string]int{}
			if today := analysedAs(t, s, Query{Service: "dagligvaror", Impedance: model.Distance}); today != nil {
				for _, f := range today.Places {
					out[f.ID] = f.PeopleNearest
				}
			}
			return out
		}
		most := nearest(s)["0"] / 2
		q := Query{Service: "dagligvaror", Impedance: model.Distance, Objective: PMedian, New: 1, Spots: spots, Capacity: map[string]int{"0": most}}
		if places, err := p.Places(q.Service); err != nil || len(places) != 2 {
			continue
		}
		got, err := OnRoads(context.Background(), p, q, nil, nil)
		best := measured{1 << 62, 0}
		for _, spot := range spots {
			with := *s
			with.Facilities = append(slices.Clone(s.Facilities), model.Facility{ID: "ny", Type: q.Service, At: spot.At})
			if m, ok := atNode(t, s, q, Site{At: spot.At}); ok && nearest(&with)["0"] <= most && m.less(best) {
				best = m
			}
		}
		if best == (measured{1 << 62, 0}) {
			if !errors.Is(err, i18n.Errorf("siting.limits_none")) {
				t.Errorf("%d: %+v, %v, where no spot relieves the place", seed, got, err)
			}
			continue
		}
		if err != nil || !got.Optimal || len(got.Loads) != 1 || got.Loads[0].People > most || got.Loads[0].Most != most {
			t.Fatalf("%d: %+v, %v", seed, got, err)
		}
		relieved++
		if now := nearest(afterwards(s, got))["0"]; now != got.Loads[0].People {
			t.Errorf("%d: the engine says %d, the siting %+v", seed, now, got.Loads)
		}
		if m, _ := atNode(t, s, q, got.Sites[0]); m != best {
			t.Errorf("%d: %+v, the best spot gives %+v", seed, m, best)
		}
	}
	if relieved < 10 {
		t.Errorf("only %d places were relieved", relieved)
	}
}

// analysedAs measures a town by the engine of the figures; nil where nobody reaches any place.
func analysedAs(t *testing.T, s *model.Snapshot, q Query) *model.Result {
	t.Helper()
	bands := []float64{q.Within}
	if q.Within == 0 {
		bands = nil
	}
	r, err := prepare(t, s).Analyse(context.Background(), model.Query{Service: q.Service, Impedance: q.Impedance, Bands: bands})
	if err != nil {
		return nil
	}
	return r
}
