package scenario

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// island is three roads in a row, a ferry, and two shops.
func island() *model.Snapshot {
	s := &model.Snapshot{Roads: &model.RoadSet{LayerName: "vägar"}, Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}
	for i := range 3 {
		e := 600000 + 2000*float64(i)
		s.Roads.Add(model.Road{FID: int64(i + 1), Line: orb.LineString{{e, 6600000}, {e + 2000, 6600000}}, SpeedF: 70, SpeedB: 70})
	}
	s.Roads.Add(model.Road{FID: 9, Line: orb.LineString{{606000, 6600000}, {609000, 6600000}}, Flags: model.Ferry})
	for i, id := range []string{"A", "B"} {
		s.Facilities = append(s.Facilities, model.Facility{ID: id, Name: id, Type: "dagligvaror", At: orb.Point{601000 + 3000*float64(i), 6600000}})
	}
	s.Cells = []model.Cell{{ID: "ruta", Centre: orb.Point{601000, 6600000}, Size: 1000, People: 5, Inside: true}}
	return s
}

// TestDifferByHand tells what each kind of modification changes on the map.
func TestDifferByHand(t *testing.T) {
	south := orb.LineString{{601000, 6600000}, {603000, 6598000}}
	field := orb.MultiPolygon{{{{600500, 6599500}, {601500, 6599500}, {601500, 6600500}, {600500, 6600500}, {600500, 6599500}}}}
	for name, c := range map[string]struct {
		steps                                       []Modification
		placed, shut, fresh, closed, changed, zones int
		kind                                        Placed
	}{
		"nothing":        {},
		"close":          {steps: []Modification{ClosePlace{ID: "A"}}, shut: 1},
		"open":           {steps: []Modification{OpenPlace{ID: "x", Types: []string{"post", "apotek"}, At: orb.Point{602000, 6600000}}}, placed: 2, kind: PlacedHere},
		"move":           {steps: []Modification{MovePlace{ID: "A", At: orb.Point{602000, 6600000}}}, placed: 1, kind: PlacedHere},
		"there and back": {steps: []Modification{MovePlace{ID: "A", At: orb.Point{602000, 6600000}}, MovePlace{ID: "A", At: orb.Point{601000, 6600000}}}},
		"locker":         {steps: []Modification{ParcelLocker{ID: "x", At: orb.Point{602000, 6600000}}}, placed: 1, kind: PlacedLocker},
		"stops":          {steps: []Modification{MobileShop{ID: "x", Types: []string{"dagligvaror"}, Stops: []Stop{{At: orb.Point{602000, 6600000}, Days: []int{1}}, {At: orb.Point{603000, 6600000}, Days: []int{2}}}}}, placed: 2, kind: PlacedStop},
		"road":           {steps: []Modification{CloseRoad{Layer: "vägar", FID: 2}}, closed: 1},
		"ferry":          {steps: []Modification{CloseFerry{Layer: "vägar", FID: 9}}, closed: 1},
		"ferries":        {steps: []Modification{FerriesOff{}}, closed: 1},
		"speed":          {steps: []Modification{ChangeRoad{Layer: "vägar", FID: 1, Speed: 50}}, changed: 1},
		"same speed":     {steps: []Modification{ChangeRoad{Layer: "vägar", FID: 1, Speed: 70}}},
		"direction":      {steps: []Modification{ChangeRoad{Layer: "vägar", FID: 3, Direction: Forward}}, changed: 1},
		// the new road parts road 1 in two, which are still road 1
		"new road":            {steps: []Modification{NewRoad{ID: "ny", Line: south}}, fresh: 1},
		"parted and closed":   {steps: []Modification{NewRoad{ID: "ny", Line: south}, CloseRoad{Layer: "vägar", FID: 1}}, fresh: 1, closed: 2},
		"built and closed":    {steps: []Modification{NewRoad{ID: "ny", Line: south}, CloseRoad{Layer: "ny", FID: 1}}, closed: 1},
		"new road and slower": {steps: []Modification{NewRoad{ID: "ny", Line: south}, ChangeRoad{Layer: "vägar", FID: 3, Speed: 30}}, fresh: 1, changed: 1},
		"deliveries":          {steps: []Modification{DeliveryZone{ID: "x", Types: []string{"dagligvaror"}, Area: field}}, zones: 1},
	} {
		t.Run(name, func(t *testing.T) {
			base := island()
			var steps []Step
			for _, m := range c.steps {
				steps = append(steps, Step{Modification: m})
			}
			with, err := Apply(base, []Scenario{{Name: "s", Steps: steps}})
			if err != nil {
				t.Fatal(err)
			}
			d := Differ(base, with)
			if len(d.Placed) != c.placed || len(d.Shut) != c.shut || len(d.New) != c.fresh || len(d.Closed) != c.closed || len(d.Changed) != c.changed || len(d.Zones) != c.zones {
				t.Errorf("%+v", d)
			}
			for id, kind := range d.Placed {
				if kind != c.kind {
					t.Errorf("%s is %d", id, kind)
				}
			}
		})
	}
}

// TestDifferOfTheSame finds nothing between a snapshot and a copy of it, whatever roads stand in it.
func TestDifferOfTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 36))
	for range 100 {
		base := island()
		for k := range r.IntN(8) {
			e := 600000 + 6000*r.Float64()
			base.Roads.Add(model.Road{FID: int64(1 + r.IntN(4)), Line: orb.LineString{{e, 6600000}, {e, 6601000 + float64(k)}}, Flags: model.RoadFlags(r.IntN(64))})
		}
		roads := *base.Roads
		with := *base
		with.Roads = &roads
		if d := Differ(base, &with); len(d.Placed)+len(d.Shut)+len(d.New)+len(d.Closed)+len(d.Changed)+len(d.Zones) != 0 {
			t.Fatalf("%+v", d)
		}
	}
}
