package access

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata/gotland"
	"nabar/model"
	"nabar/model/scenario"
)

// coast is a road of 10 km along the coast with a shop at its eastern end, people at its western end and an inland road that
// begins in its middle, at 36 km/h.
func coast() *model.Snapshot {
	return kommun([]model.Road{
		road(0, 700000, 6400000, 705000, 6400000), road(0, 705000, 6400000, 710000, 6400000), road(0, 705000, 6400000, 705000, 6405000),
		road(model.Ferry, 710000, 6400000, 712000, 6400000), road(0, 712000, 6400000, 713000, 6400000),
	}, []model.Cell{square(10, 700000, 6400000), square(20, 705000, 6405000), square(5, 713000, 6400000)}, orb.Point{710000, 6400000})
}

// far is the distance or time of each square.
func far(t *testing.T, i model.Impedance, all ...scenario.Modification) (out []float64) {
	t.Helper()
	for _, c := range analyse(t, with(t, coast(), all...), i).Cells {
		out = append(out, c.Cost)
	}
	return out
}

func TestFiguresOfMods(t *testing.T) {
	cases := []struct {
		name string
		i    model.Impedance
		m    []scenario.Modification
		want []float64
	}{
		{"as it is", model.Distance, nil, []float64{10000, 10000, 3000}},
		{"a road from the far inland to the way of the coast road", model.Distance, []scenario.Modification{
			scenario.NewRoad{ID: "v", Line: orb.LineString{{705000, 6405010}, {707000, 6405010}, {707000, 6400050}}, Length: 7000},
		}, []float64{10000, 10000, 3000}}, // 7 000 and 3 000
		{"the same shorter", model.Distance, []scenario.Modification{
			scenario.NewRoad{ID: "v", Line: orb.LineString{{705000, 6405010}, {707000, 6400050}}, Length: 5500.5},
		}, []float64{10000, 8500.5, 3000}},
		{"one-way the wrong way", model.Distance, []scenario.Modification{
			scenario.NewRoad{ID: "v", Line: orb.LineString{{707000, 6400050}, {705000, 6405010}}, Length: 5500.5, OneWay: true},
		}, []float64{10000, 10000, 3000}},
		{"one-way the right way, and closed by a later step", model.Distance, []scenario.Modification{
			scenario.NewRoad{ID: "v", Line: orb.LineString{{705000, 6405010}, {707000, 6400050}}, OneWay: true}, scenario.CloseRoad{Layer: "v", FID: 1},
		}, []float64{10000, 10000, 3000}},
		{"its time", model.Time, []scenario.Modification{
			scenario.NewRoad{ID: "v", Line: orb.LineString{{705000, 6405010}, {707000, 6400050}}, Length: 5500, Speed: 72},
		}, []float64{1000, 275 + 300, 100 + 200}},
		{"a slower road", model.Time, []scenario.Modification{scenario.ChangeRoad{Layer: "vägar", FID: 1, Speed: 18}}, []float64{1000 + 500, 1000, 300}},
		{"one-way against those who come from inland", model.Distance, []scenario.Modification{
			scenario.ChangeRoad{Layer: "vägar", FID: 3, Direction: scenario.Forward},
		}, []float64{10000, math.NaN(), 3000}},
		{"the ferry stops: the island keeps what it has, and that is nothing", model.Distance, []scenario.Modification{
			scenario.CloseFerry{Layer: "vägar", FID: 4},
		}, []float64{10000, 10000, math.NaN()}},
		{"the ferry stops and a mobile shop is on the island", model.Distance, []scenario.Modification{
			scenario.CloseFerry{Layer: "vägar", FID: 4},
			scenario.MobileShop{ID: "m", Types: []string{"dagligvaror"}, Stops: []scenario.Stop{{At: orb.Point{712400, 6400000}, Days: []int{2}}, {At: orb.Point{701000, 6400000}, Days: []int{2, 5}}}},
		}, []float64{1000, 9000, 600}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := far(t, c.i, c.m...)
			for k, want := range c.want {
				if math.IsNaN(want) != math.IsNaN(got[k]) || math.Abs(got[k]-want) > 0.011 {
					t.Errorf("got %v, want %v", got, c.want)
					break
				}
			}
		})
	}
}

// TestStopsAreNoAlternativesToEachOther has a mobile shop with two stops beside a shop: the second nearest place is never the
// other stop.
func TestStopsAreNoAlternativesToEachOther(t *testing.T) {
	s := with(t, coast(), scenario.MobileShop{ID: "m", Types: []string{"dagligvaror"}, Stops: []scenario.Stop{
		{At: orb.Point{701000, 6400000}, Days: []int{2}}, {At: orb.Point{702000, 6400000}, Days: []int{2, 5}},
	}})
	r := analyse(t, s, model.Distance, 1000, 20000)
	for k, want := range []string{"m.1 S1", "m.2 S1", "S1 m.2"} {
		if c := r.Cells[k]; c.Nearest+" "+c.Second != want {
			t.Errorf("square %d has %s and %s, want %s", k+1, c.Nearest, c.Second, want)
		}
	}
	served := ServedOtherwise(s, r)
	if want := []model.DaysPeople{{Days: 1, People: 10}, {Days: 2, People: 20}}; !reflect.DeepEqual(served.Days, want) || served.Home != 0 {
		t.Errorf("%+v", served)
	}
}

// TestServedAtHomeIsToldApart has two zones over each other: distances stay, and nobody is counted twice.
func TestServedAtHomeIsToldApart(t *testing.T) {
	zone := func(id string, west, east float64, types ...string) scenario.Modification {
		return scenario.DeliveryZone{ID: id, Types: types, Where: id, Days: 2, Area: orb.MultiPolygon{{{{west, 6399000}, {east, 6399000}, {east, 6406000}, {west, 6406000}, {west, 6399000}}}}}
	}
	s := with(t, coast(), zone("z1", 699000, 706000, "dagligvaror", "post"), zone("z2", 704000, 714000, "dagligvaror"), zone("z3", 699000, 720000, "post"),
		scenario.CloseFerry{Layer: "vägar", FID: 4})
	base := coast()
	r, plain := analyse(t, s, model.Distance, 10000), analyse(t, with(t, base, scenario.CloseFerry{Layer: "vägar", FID: 4}), model.Distance, 10000)
	if !reflect.DeepEqual(r.Bands, plain.Bands) || r.Mean != plain.Mean || r.Unreached != plain.Unreached {
		t.Error("home deliveries change figures of distance")
	}
	want := &model.ServedOtherwise{
		Home: 35, Unreached: 5, Bands: []model.Band{{To: 10000, People: 30}},
		Zones: []model.ZonePeople{{ID: "z1", Name: "z1", Days: 2, People: 30}, {ID: "z2", Name: "z2", Days: 2, People: 25}},
	}
	if got := ServedOtherwise(s, r); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if ServedOtherwise(base, plain) != nil {
		t.Error("nobody is served at home in the project as it is")
	}
}

// TestANewRoadNeverLengthens builds random roads in random networks. A square whose join stays has no longer way, but for the
// rounding where a road is parted: a centimetre or a millisecond for each of the two.
func TestANewRoadNeverLengthens(t *testing.T) {
	r := rand.New(rand.NewPCG(77, 78))
	built, shorter := 0, 0
	for range 150 {
		s := randomKommun(r)
		base := prepare(t, s)
		spot := func() orb.Point { // not at a square: it would stand equally near the road and what parts it
			at := s.Cells[r.IntN(len(s.Cells))].Centre
			return orb.Point{at[0] + 31 + 20*r.Float64(), at[1] + 23 + 20*r.Float64()}
		}
		out, err := scenario.Apply(s, []scenario.Scenario{{Steps: []scenario.Step{{Modification: scenario.NewRoad{
			ID: "v", Line: orb.LineString{spot(), spot()}, Speed: 50, OneWay: r.IntN(3) == 0, Reach: 200,
		}}}}})
		if err != nil {
			continue
		}
		built++
		next := prepare(t, out)
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			was, is := costs(base, i), costs(next, i)
			for k := range was {
				a, b := base.cells[k], next.cells[k]
				if a.ok != b.ok || b.ok && next.net.Edges[b.join.Edge].Road == int32(out.Roads.Len()-1) || a.ok && math.Abs(float64(a.join.Connector-b.join.Connector)) > 1 || joinsMoved(base, next) {
					continue // the square has joined the new road, or a shop has
				}
				if is[k] > was[k]+0.03 {
					t.Fatalf("%s: square %d from %v to %v", i, k, was[k], is[k])
				}
				if is[k] < was[k]-1 {
					shorter++
				}
			}
		}
	}
	if built < 50 || shorter < 50 {
		t.Errorf("only %d roads were built, and %d ways became shorter", built, shorter)
	}
}

// joinsMoved tells whether a facility stands at another road than before.
func joinsMoved(a, b *Prepared) bool {
	for i := range a.facilities {
		if a.facilities[i].ok != b.facilities[i].ok || a.facilities[i].ok && math.Abs(float64(a.facilities[i].join.Connector-b.facilities[i].join.Connector)) > 1 {
			return true
		}
	}
	return false
}

// TestLiveAndTheLaterKinds makes sure that what a Live does not follow is refused, and that what it follows is right.
func TestLiveAndTheLaterKinds(t *testing.T) {
	base := coast()
	p := prepare(t, base)
	for name, c := range map[string]struct {
		m    scenario.Modification
		want bool
	}{
		"speed":     {scenario.ChangeRoad{Layer: "vägar", FID: 1, Speed: 70}, false},
		"direction": {scenario.ChangeRoad{Layer: "vägar", FID: 3, Direction: scenario.Forward}, false},
		"new road":  {scenario.NewRoad{ID: "v", Line: orb.LineString{{705000, 6405010}, {707000, 6400050}}}, false},
		"ferry":     {scenario.CloseFerry{Layer: "vägar", FID: 4}, false},
		"locker":    {scenario.ParcelLocker{ID: "l", At: orb.Point{701000, 6400000}}, true},
		"mobile": {scenario.MobileShop{ID: "m", Types: []string{"dagligvaror"}, Stops: []scenario.Stop{
			{At: orb.Point{701000, 6400000}, Days: []int{2}}, {At: orb.Point{702000, 6400000}, Days: []int{2}},
		}}, true},
		"housing":  {scenario.AddPeople{ID: "b", At: orb.Point{701000, 6400000}, People: 7}, true},
		"services": {scenario.AddServices{ID: "S1", Types: []string{"post"}}, true},
		"forecast": {scenario.Forecast{ID: "f", Areas: []scenario.AreaPeople{{Box: &[4]float64{699000, 6399000, 701000, 6401000}, People: 99}}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, i := range []model.Impedance{model.Distance, model.Time} {
				live, err := p.Live(t.Context(), i)
				if err != nil {
					t.Fatal(err)
				}
				s := with(t, base, c.m)
				ok, err := live.Follow(t.Context(), s)
				if err != nil || ok != c.want {
					t.Fatalf("followed: %v %v", ok, err)
				}
				if !ok {
					s = base // it goes on answering for the one before
				}
				if got, want := liveText(t, live), plainText(t, prepare(t, s), i); got != want {
					t.Errorf("live %s\nanew %s", got, want)
				}
			}
		})
	}
}

// TestEmptyScenarioIsItsParentToTheLastBit compares the figures of a scenario and of one without changes that builds on it.
func TestEmptyScenarioIsItsParentToTheLastBit(t *testing.T) {
	base := coast()
	parent := scenario.Scenario{Name: "a", Steps: []scenario.Step{{Modification: scenario.NewRoad{ID: "v", Line: orb.LineString{{705000, 6405010}, {707000, 6400050}}}}}}
	off := scenario.Scenario{Name: "b", Steps: []scenario.Step{{Modification: scenario.ClosePlace{ID: "S1"}, Off: true}}}
	one, err := scenario.Apply(base, []scenario.Scenario{parent})
	if err != nil {
		t.Fatal(err)
	}
	two, err := scenario.Apply(base, []scenario.Scenario{parent, off})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		if a, b := figuresText(prepare(t, one), i), figuresText(prepare(t, two), i); a != b {
			t.Errorf("parent %s\nchild  %s", a, b)
		}
	}
}

// BenchmarkNewRoadOnGotland builds a road between two places of Gotland and makes its network ready.
func BenchmarkNewRoadOnGotland(b *testing.B) {
	base := gotland.Snapshot(b)
	sc := []scenario.Scenario{{Steps: []scenario.Step{{Modification: scenario.NewRoad{
		ID: "v", Line: orb.LineString{base.Facilities[0].At, base.Facilities[len(base.Facilities)/2].At}, Speed: 80, Reach: 2000,
	}}}}}
	b.Run("apply", func(b *testing.B) {
		for b.Loop() {
			if _, err := scenario.Apply(base, sc); err != nil {
				b.Fatal(err)
			}
		}
	})
	out, err := scenario.Apply(base, sc)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("prepare", func(b *testing.B) {
		for b.Loop() {
			if _, err := Prepare(b.Context(), out, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
