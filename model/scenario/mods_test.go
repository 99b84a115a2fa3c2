package scenario_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

func yes(v bool) *bool { return &v }

func number(v int) *int { return &v }

// westArea holds the first two squares of the village.
var westArea = orb.MultiPolygon{{{{500000, 6699000}, {502000, 6699000}, {502000, 6701000}, {500000, 6701000}, {500000, 6699000}}}}

// everyMod is one sound modification of each later kind.
func everyMod() []scenario.Modification {
	return []scenario.Modification{
		scenario.AddServices{ID: "A", Types: []string{"apotek"}, Form: "Apoteksombud", Name: "Ahandeln"},
		scenario.SetHours{ID: "A", Hours: "mån–fre 10–18", Staffed: yes(false)},
		scenario.ParcelLocker{ID: "p", At: near, Name: "Lådan"},
		scenario.MobileShop{ID: "m", Name: "Bussen", Types: []string{"dagligvaror", "post"}, Stops: []scenario.Stop{
			{At: near, Name: "Torget", Days: []int{1, 4}, Hours: "9–11"}, {At: orb.Point{503000, 6700000}, Days: []int{2}},
		}},
		scenario.DeliveryZone{ID: "z", Types: []string{"dagligvaror"}, Area: westArea, Where: "Aby", Days: 2},
		scenario.ChangeRoad{Layer: "Vägar", FID: 2, Speed: 80, Direction: scenario.Forward},
		scenario.NewRoad{ID: "v", Line: orb.LineString{{501000, 6700050}, {501000, 6703000}}, Speed: 70, OneWay: true, Length: 3100, Reach: 60},
		scenario.AddPeople{ID: "b", At: near, People: 100, Women: number(60), Ages: []scenario.AgePeople{{From: 0, To: 19, People: 30}, {From: 20, To: -1, People: 70}}},
		scenario.Forecast{ID: "f", Layer: "prognos", Column: "2035", Areas: []scenario.AreaPeople{{Name: "Aby", Area: westArea, People: 21}, {Box: &[4]float64{1, 2, 3, 4}, People: 0}}},
	}
}

func TestModsComeBackAsTheyWere(t *testing.T) {
	for _, m := range append(everyMod(), scenario.CloseFerry{Layer: "x", FID: 3, Name: "Fåröfärjan"}, scenario.CloseRoad{Layer: "x", FID: 1, Name: "Bron"}) {
		content, err := scenario.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := scenario.Decode(m.Kind(), content)
		if err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%#v came back as %#v, %v", m, back, err)
		}
	}
}

func TestModsOfPlaces(t *testing.T) {
	s := apply(t, everyMod()[:4]...)
	want := "A Ahandeln dagligvaror 501000; B Bboden dagligvaror 509000; C Pumpen drivmedel 501000; A/apotek Ahandeln apotek 501000; " +
		"m.1 Bussen, Torget dagligvaror 502000; m.1/post Bussen, Torget post 502000; m.2 Bussen 2 dagligvaror 503000; m.2/post Bussen 2 post 503000; p Lådan post 502000"
	if got := facilities(s); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	f := s.Facilities
	if f[0].Hours != "mån–fre 10–18" || f[0].Staffed || f[3].Form != "Apoteksombud" || f[3].FullRange || f[3].Town != "Aby" {
		t.Errorf("shop %+v, pharmacy point %+v", f[0], f[3])
	}
	if stop := f[4]; stop.Days != 2 || stop.Vehicle != "m" || stop.Hours != "9–11" || f[6].Days != 1 || f[8].Form != "Paketautomat" || f[8].Staffed {
		t.Errorf("stop %+v, locker %+v", stop, f[8])
	}
}

// TestNewRoadPartsTheRoadThatItJoins has a road end on the way of a road of 5 km: it is parted 1 km from its start.
func TestNewRoadPartsTheRoadThatItJoins(t *testing.T) {
	s := apply(t, scenario.NewRoad{ID: "v", Line: orb.LineString{{501000, 6700050}, {501000, 6703000}}, Speed: 70})
	var got []string
	for i := range s.Roads.Len() {
		xy := s.Roads.Vertices(i)
		got = append(got, fmt.Sprint(s.Roads.FID[i], " ", xy[0], " ", xy[len(xy)-2], " ", s.Roads.Length[i]))
	}
	want := []string{
		"1 500000 501000 1000", "1 501000 505000 4000", "2 505000 510000 0", "2 510000 511000 0", "1 511000 512000 0", "1 501000 501000 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if xy := s.Roads.Vertices(5); xy[1] != 6700000 || xy[3] != 6703000 || s.Roads.SpeedB[5] != 70 {
		t.Errorf("the new road is %v", xy)
	}
	layers := s.Roads.ByLayer()
	if len(layers) != 3 || layers[0].To != 4 || layers[2].Layer != "v" || layers[2].From != 5 {
		t.Errorf("layers %+v", layers)
	}
	cases := []struct {
		name  string
		end   orb.Point
		roads int // with the new one, of 4
		at    orb.Point
	}{
		{"at the end of a road", orb.Point{500019, 6700030}, 5, orb.Point{500000, 6700000}},
		{"beyond the end", orb.Point{499950, 6700000}, 5, orb.Point{500000, 6700000}},
		{"on the way", orb.Point{500021, 6700030}, 6, orb.Point{500021, 6700000}},
		{"a motorway is not joined, the road before it is, at its end", orb.Point{505050, 6700000}, 5, orb.Point{505000, 6700000}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := apply(t, scenario.NewRoad{ID: "v", Line: orb.LineString{{501000, 6703000}, c.end}})
			xy := s.Roads.Vertices(s.Roads.Len() - 1)
			if s.Roads.Len() != c.roads || xy[2] != c.at[0] || xy[3] != c.at[1] {
				t.Errorf("%d roads, the end at %v, want %d and %v", s.Roads.Len(), xy[2:], c.roads, c.at)
			}
		})
	}
}

func TestLaterStepsSeeNewRoads(t *testing.T) {
	first := scenario.NewRoad{ID: "v", Line: orb.LineString{{501000, 6700050}, {501000, 6703000}}, Speed: 70}
	s := apply(t, first,
		scenario.NewRoad{ID: "w", Line: orb.LineString{{501040, 6701500}, {503000, 6701500}}},
		scenario.ChangeRoad{Layer: "V", FID: 1, Speed: 40, Direction: scenario.Backward},
		scenario.CloseRoad{Layer: "w", FID: 1})
	n := s.Roads.Len()
	if n != 8 {
		t.Fatalf("%d roads, want 4 + 1 part, and the new one in 2 and 1", n)
	}
	if s.Roads.SpeedF[5] != 40 || s.Roads.Flags[6] != model.ForbiddenForward || s.Roads.Flags[7] != model.ForbiddenForward|model.ForbiddenBackward|model.Gone || s.Roads.Length[5] != 1500 {
		t.Errorf("%+v", s.Roads)
	}
}

func TestRoadsChange(t *testing.T) {
	s := apply(t, scenario.ChangeRoad{Layer: "vägar", FID: 2, Speed: 80, Direction: scenario.Forward}, scenario.ChangeRoad{Layer: "vägar", FID: 1, Speed: 30})
	if !slices.Equal(s.Roads.SpeedF, []uint8{30, 80, 80, 0}) || !slices.Equal(s.Roads.SpeedB, []uint8{30, 80, 80, 0}) {
		t.Errorf("speeds %v %v", s.Roads.SpeedF, s.Roads.SpeedB)
	}
	if want := []model.RoadFlags{0, model.Motorway | model.ForbiddenBackward, model.ForbiddenBackward, 0}; !slices.Equal(s.Roads.Flags, want) {
		t.Errorf("flags %v, want %v", s.Roads.Flags, want)
	}
	again := apply(t, scenario.ChangeRoad{Layer: "vägar", FID: 2, Direction: scenario.Forward}, scenario.ChangeRoad{Layer: "vägar", FID: 2, Direction: scenario.BothWays})
	if again.Roads.Flags[1] != model.Motorway {
		t.Errorf("opened again: %v", again.Roads.Flags)
	}
}

func TestHousingAndForecast(t *testing.T) {
	s := apply(t, scenario.AddPeople{ID: "b", At: near, People: 100, Women: number(60), Ages: []scenario.AgePeople{{From: 0, To: 19, People: 30}, {From: 20, To: -1, People: 70}}})
	c := s.Cells[3]
	if c.ID != "b" || c.People != 100 || c.Women != 60 || c.Men != 40 || len(c.Ages) != 2 || c.Ages[1].People != 70 || !c.Inside {
		t.Errorf("new homes %+v", c)
	}
	// No square of the village lies inside a border, for none is told: nobody has an average. With all inside it has.
	base := village()
	for i := range base.Cells {
		base.Cells[i].Inside = true
	}
	s, err := scenario.Apply(base, []scenario.Scenario{steps("prov", scenario.AddPeople{ID: "b", At: near, People: 20, Average: true})})
	if err != nil {
		t.Fatal(err)
	}
	// Women 2 + 5 of 10 whose sex is told, so 14 of 20; ages 0–69: 3 and 70–: 2 + 4, so 7 and 13.
	if c := s.Cells[3]; c.Women != 14 || c.Men != 6 || len(c.Ages) != 2 || c.Ages[0].People != 7 || c.Ages[1].People != 13 {
		t.Errorf("an average of %+v", c)
	}
	box := func(e float64) *[4]float64 { return &[4]float64{e, 6699900, e + 1000, 6700100} }
	s = apply(t, scenario.Forecast{ID: "f", Layer: "p", Column: "2035", Areas: []scenario.AreaPeople{
		{Area: westArea, People: 21}, {Box: box(500000), People: 7}, // the second is the first's already: homes of its own
		{Box: box(508000), People: 0}, {Box: box(520000), People: 3}, {Box: box(530000), People: 0},
	}})
	var got []string
	for _, c := range s.Cells {
		got = append(got, fmt.Sprint(c.ID, " ", c.People, " ", c.Women, " ", len(c.Ages)))
	}
	// 10 people become 21: 10.5 and 21 so far, so 11 and 10; women 2 · 11/5.
	if want := []string{"1 11 4 2", "2 10 -1 1", "3 0 0 0", "f.2 7 -1 0", "f.4 3 -1 0"}; !slices.Equal(got, want) {
		t.Errorf("squares %q, want %q", got, want)
	}
}

func TestFaultsOfMods(t *testing.T) {
	sc := steps("prov",
		scenario.AddServices{ID: "A", Types: []string{"dagligvaror"}},
		scenario.AddServices{ID: "Q", Types: []string{"bio"}},
		scenario.SetHours{ID: "A"},
		scenario.SetHours{ID: "Q", Hours: "9–10"},
		scenario.ParcelLocker{ID: "p", At: orb.Point{0, 0}},
		scenario.MobileShop{ID: "m", Types: []string{"post"}},
		scenario.MobileShop{ID: "n", Types: []string{"post"}, Stops: []scenario.Stop{{At: near, Days: []int{1, 1}}, {At: near}, {At: near, Days: []int{8}}}},
		scenario.MovePlace{ID: "n.1", At: near}, // no fault of its own
		scenario.DeliveryZone{ID: "z", Types: []string{"post"}, Days: 9},
		scenario.ChangeRoad{Layer: "Vägar", FID: 1},
		scenario.ChangeRoad{Layer: "Vägar", FID: 9, Speed: 300},
		scenario.ChangeRoad{Layer: "Vägar", FID: 1, Direction: "up"},
		scenario.CloseFerry{Layer: "Vägar", FID: 1},
		scenario.NewRoad{ID: "v", Line: orb.LineString{{501000, 6700050}}},
		scenario.CloseRoad{Layer: "v", FID: 1}, // no fault of its own
		scenario.NewRoad{ID: "w", Line: orb.LineString{{501000, 6702000}, {501000, 6703000}}, Speed: 4},
		scenario.NewRoad{ID: "x", Line: orb.LineString{{501000, 6702000}, {501000, 6703000}}},
		scenario.NewRoad{ID: "y", Line: orb.LineString{{501000, 6700050}, {501000, 6700060}}},
		scenario.NewRoad{ID: "vägar", Line: orb.LineString{{501000, 6700050}, {501000, 6703000}}, Length: 1, Reach: -1},
		scenario.AddPeople{ID: "1", At: near, People: 5},
		scenario.AddPeople{ID: "b", At: near, People: -5},
		scenario.AddPeople{ID: "b", At: near, People: 5, Women: number(6)},
		scenario.AddPeople{ID: "b", At: near, People: 5, Ages: []scenario.AgePeople{{From: 0, To: -1, People: 1}, {From: 3, To: 4, People: 1}}},
		scenario.Forecast{ID: "f", Layer: "p", Column: "2035"},
		scenario.Forecast{ID: "f", Layer: "p", Column: "2035", Areas: []scenario.AreaPeople{{People: 1}}},
		scenario.ChangePeople{Percent: 1, Where: "Ingenstans"},
	)
	_, err := scenario.Resolve(village(), []scenario.Scenario{sc})
	var broken *scenario.Broken
	if !errors.As(err, &broken) {
		t.Fatalf("got %v", err)
	}
	var keys []string
	for _, f := range broken.Faults {
		keys = append(keys, strings.NewReplacer("scenario.fault_", "", "mods.fault_", "").Replace(f.What.Key))
	}
	want := []string{
		"has", "type", "facility", "hours", "facility", "position", "no_stops", "days", "days", "days", "week", "area", "speed", "road", "speed",
		"direction", "no_ferry", "line", "speed", "no_join", "short", "road_id", "length", "reach", "cell", "people", "profile", "profile",
		"no_forecast", "forecast", "area",
	}
	if !slices.Equal(keys, want) {
		t.Errorf("faults %q\nwant   %q", keys, want)
	}
	for _, lang := range []string{"sv", "en"} {
		if said := i18n.For(lang).Error(err); strings.ContainsAny(said, "⟦{") {
			t.Errorf("%s: %s", lang, said)
		}
	}
}

func TestDescribeMods(t *testing.T) {
	want := []string{
		"Lägg till apotek (Apoteksombud) hos Ahandeln",
		"Ändra öppettiderna för A till mån–fre 10–18 och låt stället vara obemannat",
		"Ställ upp paketautomaten Lådan vid N 6 700 000, E 502 000",
		"Låt Bussen med dagligvaror och post och paket stanna på 2 platser 1–2 dagar i veckan",
		"Kör hem dagligvaror i Aby 2 dagar i veckan",
		"Enkelrikta vägen med nummer 2 i Vägar i ritriktningen och sätt hastigheten till 80 km/h",
		"Bygg en ny väg, 3,1 km, 70 km/h, enkelriktad",
		"Bygg bostäder för 100 invånare vid N 6 700 000, E 502 000",
		"Räkna med befolkningen enligt 2035 i prognos",
	}
	for i, m := range everyMod() {
		got := strings.ReplaceAll(i18n.For("sv").Text(m.Describe(village().Types)), i18n.NBSP, " ")
		if got != want[i] {
			t.Errorf("got  %q\nwant %q", got, want[i])
		}
		if en := i18n.For("en").Text(m.Describe(nil)); strings.ContainsAny(en, "⟦{") {
			t.Errorf("English: %q", en)
		}
	}
}

// TestIndependentStepsInAnyOrder shuffles steps that have nothing to do with each other.
func TestIndependentStepsInAnyOrder(t *testing.T) {
	all := append(everyMod()[2:8],
		scenario.ClosePlace{ID: "B"},
		scenario.NewRoad{ID: "u", Line: orb.LineString{{503000, 6700000}, {503000, 6698000}}},
		scenario.NewRoad{ID: "t", Line: orb.LineString{{502000, 6690000}, {502000.7, 6700000}}},
		scenario.ParcelLocker{ID: "o", At: near},
		scenario.AddPeople{ID: "a", At: near, People: 3},
		scenario.DeliveryZone{ID: "y", Types: []string{"post"}, Area: westArea},
	)
	want := apply(t, all...)
	r := rand.New(rand.NewPCG(21, 21))
	for range 50 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := apply(t, all...); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order, another project: %v", all)
		}
	}
}

// FuzzMods reads anything as any kind. What can be read comes back the same, is told in words, and is resolved to a
// snapshot or to faults.
func FuzzMods(f *testing.F) {
	for _, m := range everyMod() {
		content, err := scenario.Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(m.Kind()), content)
	}
	f.Add("close_ferry", []byte(`{"layer":"Vägar","fid":1}`))
	f.Add("people", []byte(`{"percent":1e300,"ages":{"from":-1,"to":-9}}`))
	f.Add("new_road", []byte(`{"id":"v","line":[[501000,6700050],[501000,6700050],[1e308,-1e308]],"length_m":1e-320}`))
	f.Fuzz(func(t *testing.T, kind string, content []byte) {
		m, err := scenario.Decode(scenario.Kind(kind), content)
		if err != nil {
			return
		}
		again, err := scenario.Encode(m)
		if err != nil {
			t.Fatalf("%#v can't be written: %v", m, err)
		}
		back, err := scenario.Decode(m.Kind(), again)
		if err != nil {
			t.Fatal(err)
		}
		if third, err := scenario.Encode(back); err != nil || string(third) != string(again) {
			t.Fatalf("%s became %s, %v", again, third, err)
		}
		i18n.For("sv").Text(m.Describe(nil))
		base := village()
		s, err := scenario.Apply(base, []scenario.Scenario{steps("prov", m)})
		if (s == nil) == (err == nil) {
			t.Fatalf("%v and %v", s, err)
		}
		if !reflect.DeepEqual(base, village()) {
			t.Fatal("the base was changed")
		}
	})
}

func TestRoadAt(t *testing.T) {
	for _, c := range []struct {
		at    orb.Point
		layer string
		fid   int64
		ok    bool
	}{
		{orb.Point{502000, 6700030}, "Vägar", 1, true},
		{orb.Point{507000, 6699990}, "Vägar", 2, true},
		{orb.Point{511500, 6700050}, "Skogsvägar", 1, true},
		{orb.Point{511500, 6700051}, "", 0, false},
	} {
		if layer, fid, ok := scenario.RoadAt(village(), c.at, 50); layer != c.layer || fid != c.fid || ok != c.ok {
			t.Errorf("%v: %s %d %v", c.at, layer, fid, ok)
		}
	}
}
