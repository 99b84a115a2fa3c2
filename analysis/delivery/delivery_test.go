package delivery

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// street is a road of 40 km with a shop at either end, 400 people by the eastern one and 100 in two squares near it.
func street(t *testing.T) *access.Prepared {
	t.Helper()
	at := func(x float64) orb.Point { return orb.Point{500000 + x, 6500000} }
	s := &model.Snapshot{Roads: &model.RoadSet{}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}
	for x := 0.0; x < 40000; x += 1000 {
		s.Roads.Add(model.Road{FID: int64(s.Roads.Len() + 1), Line: orb.LineString{at(x), at(x + 1000)}, Length: 1000, SpeedF: 50, SpeedB: 50})
	}
	for id, c := range map[string]struct {
		x      float64
		people int
	}{"stad": {1000, 1000}, "by": {40000, 400}, "gård": {38000, 60}, "torp": {36000, 40}} {
		s.Cells = append(s.Cells, model.Cell{ID: id, Centre: at(c.x), People: c.people, Women: -1, Men: -1, Inside: true})
	}
	s.Facilities = []model.Facility{{ID: "v", Name: "Väst", Type: "dagligvaror", At: at(0)}, {ID: "o", Name: "Öst", Type: "dagligvaror", At: at(40000)}}
	p, err := access.Prepare(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestByHand computes the costs of one closing by hand: 500 people in 250 households, of which 50 order each week; two
// rounds of 25; the round is 80 km, and the second goes out and back to where they live on average, 39,44 km away.
func TestByHand(t *testing.T) {
	p := street(t)
	r, err := Compare(context.Background(), p, Query{Service: "dagligvaror", Within: 10000}, nil)
	if err != nil || len(r.Rows) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	var east Row
	for _, row := range r.Rows {
		if row.Name == "Öst" {
			east = row
		}
	}
	away := (400*40.0 + 60*38 + 40*36) / 500
	km := 80 + 2*away
	cost := 52*(km*25+(km/50+50*6/60.0)*350) + 2600*(40-50)
	want := Row{
		PeopleNearest: 500, People: 500, Households: 250, Deliveries: 2600, Round: 80000, From: "Väst", Rounds: 2,
		Cost: cost, Refund: min(cost/2, 100*2600), Kommun: cost - min(cost/2, 260000), Support: 250000, Outcome: Keep,
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-6*max(1, math.Abs(want)) {
			t.Errorf("%s %v, want %v", what, got, want)
		}
	}
	near("cost", east.Cost, want.Cost)
	near("refund", east.Refund, want.Refund)
	near("kommun", east.Kommun, want.Kommun)
	near("round", east.Round, want.Round)
	near("deliveries", east.Deliveries, want.Deliveries)
	if east.People != 500 || east.Rounds != 2 || east.From != "Väst" || east.Outcome != Keep || east.RoundGap != 0 {
		t.Errorf("%+v", east)
	}
	few, err := Compare(context.Background(), p, Query{Service: "dagligvaror", Within: 10000, Factors: map[string]float64{"users": 0.02, "least": 0}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range few.Rows {
		if row.Name == "Öst" {
			near("the cap", row.Refund, min(row.Cost/2, 100*260))
			if row.Outcome != Deliver || row.Rounds != 1 {
				t.Errorf("few who order: %+v", row)
			}
		}
	}
	none, err := Compare(context.Background(), p, Query{Service: "dagligvaror", Within: 50000}, nil)
	if err != nil || none.Rows[0].Outcome != Nobody || none.Rows[0].People != 0 {
		t.Errorf("nobody beyond: %+v, %v", none, err)
	}
}

func TestDeliveryFaults(t *testing.T) {
	p := street(t)
	for key, q := range map[string]Query{
		"delivery.factor_unknown": {Service: "dagligvaror", Within: 1000, Factors: map[string]float64{"häst": 1}},
		"delivery.factor_wrong":   {Service: "dagligvaror", Within: 1000, Factors: map[string]float64{"speed": 0}},
		"locate.within_wrong":     {Service: "dagligvaror"},
		"analysis.no_facilities":  {Service: "post", Within: 1000},
	} {
		if _, err := Compare(context.Background(), p, q, nil); !errors.Is(err, i18n.Errorf(key)) {
			t.Errorf("%v, want %s", err, key)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compare(ctx, p, Query{Service: "dagligvaror", Within: 1000}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
