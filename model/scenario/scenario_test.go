package scenario_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// village is a small snapshot: two shops, a pump at the first shop, a road in two layers and a ferry, three squares.
func village() *model.Snapshot {
	s := &model.Snapshot{
		Roads: &model.RoadSet{}, Types: append(model.DefaultServiceTypes(), model.ServiceType{ID: "bad", Name: "Badplats"}),
		Params: model.DefaultParams(),
		Facilities: []model.Facility{
			{ID: "A", Name: "Ahandeln", Type: "dagligvaror", Form: "Dagligvarubutik", FullRange: true, Town: "Aby", Layer: "service", FID: 1, At: orb.Point{501000, 6700010}},
			{ID: "B", Name: "Bboden", Type: "dagligvaror", At: orb.Point{509000, 6700000}},
			{ID: "C", Name: "Pumpen", Type: "drivmedel", At: orb.Point{501000, 6700010}},
		},
		Cells: []model.Cell{
			{ID: "1", Centre: orb.Point{500500, 6700000}, People: 5, Women: 2, Men: 3, Ages: []model.AgeCount{{From: 0, To: 69, People: 3, Women: 1, Men: 2}, {From: 70, To: -1, People: 2, Women: 1, Men: 1}}},
			{ID: "2", Centre: orb.Point{501500, 6700000}, People: 5, Women: -1, Men: -1, Ages: []model.AgeCount{{From: 70, To: -1, People: 4, Women: -1, Men: -1}}},
			{ID: "3", Centre: orb.Point{508500, 6700000}, People: 5, Women: 5, Men: 0},
		},
	}
	line := func(from, to float64) orb.LineString { return orb.LineString{{from, 6700000}, {to, 6700000}} }
	s.Roads.Begin("Vägar")
	s.Roads.Add(model.Road{FID: 1, Line: line(500000, 505000)})
	s.Roads.Add(model.Road{FID: 2, Line: line(505000, 510000), Flags: model.Motorway})
	s.Roads.Add(model.Road{FID: 2, Line: line(510000, 511000)})
	s.Roads.Begin("Skogsvägar")
	s.Roads.Add(model.Road{FID: 1, Line: line(511000, 512000)})
	return s
}

// steps makes a scenario of modifications.
func steps(name string, all ...scenario.Modification) scenario.Scenario {
	s := scenario.Scenario{ID: 1, Name: name}
	for _, m := range all {
		s.Steps = append(s.Steps, scenario.Step{Modification: m})
	}
	return s
}

// apply applies one scenario that must be sound, and makes sure that the base is as it was.
func apply(t *testing.T, all ...scenario.Modification) *model.Snapshot {
	t.Helper()
	base := village()
	out, err := scenario.Apply(base, []scenario.Scenario{steps("prov", all...)})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(base, village()) {
		t.Fatal("the base was changed")
	}
	return out
}

// facilities writes the facilities as short lines.
func facilities(s *model.Snapshot) string {
	var out []string
	for _, f := range s.Facilities {
		out = append(out, fmt.Sprintf("%s %s %s %.0f", f.ID, f.Name, f.Type, f.At[0]))
	}
	return strings.Join(out, "; ")
}

var near = orb.Point{502000, 6700000}

func TestPlaces(t *testing.T) {
	const a, b, c = "A Ahandeln dagligvaror 501000", "B Bboden dagligvaror 509000", "C Pumpen drivmedel 501000"
	cases := []struct {
		name  string
		steps []scenario.Modification
		want  []string
	}{
		{"close leaves what stands under the same roof", []scenario.Modification{scenario.ClosePlace{ID: "A"}}, []string{b, c}},
		{"open", []scenario.Modification{scenario.OpenPlace{ID: "ny+1", Types: []string{"post"}, At: near}}, []string{a, b, c, "ny+1 ny+1 post 502000"}},
		{
			"open with a name and two types",
			[]scenario.Modification{scenario.OpenPlace{ID: "ny+1", Name: "Lanthandeln", Types: []string{"post", "apotek"}, At: near}},
			[]string{a, b, c, "ny+1 Lanthandeln post 502000", "ny+1/apotek Lanthandeln apotek 502000"},
		},
		{"move keeps the id", []scenario.Modification{scenario.MovePlace{ID: "A", At: near}}, []string{"A Ahandeln dagligvaror 502000", b, c}},
		{
			"convert to two",
			[]scenario.Modification{scenario.Convert{ID: "A", Types: []string{"apotek", "post"}}},
			[]string{"A Ahandeln apotek 501000", b, c, "A/post Ahandeln post 501000"},
		},
		{
			"later steps see earlier ones",
			[]scenario.Modification{
				scenario.OpenPlace{ID: "ny+1", Types: []string{"post"}, At: near},
				scenario.MovePlace{ID: "ny+1", At: orb.Point{503000, 6700000}},
				scenario.Convert{ID: "ny+1", Types: []string{"apotek", "bad"}},
				scenario.ClosePlace{ID: "ny+1"},
			},
			[]string{a, b, c, "ny+1/bad ny+1 bad 503000"},
		},
		{
			"new places stand in the order of their ids",
			[]scenario.Modification{
				scenario.OpenPlace{ID: "y", Types: []string{"post"}, At: near},
				scenario.OpenPlace{ID: "x", Types: []string{"post"}, At: near},
				scenario.ClosePlace{ID: "B"},
			},
			[]string{a, c, "x x post 502000", "y y post 502000"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, want := facilities(apply(t, c.steps...)), strings.Join(c.want, "; "); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestConvertForgetsWhatHeldForTheOldType(t *testing.T) {
	f := apply(t, scenario.Convert{ID: "A", Types: []string{"apotek", "dagligvaror"}}).Facilities
	if f[0].Form != "" || f[0].FullRange || f[0].Town != "Aby" || f[0].Layer != "service" {
		t.Errorf("the pharmacy is %+v", f[0])
	}
	if last := f[3]; last.ID != "A/dagligvaror" || last.Form != "Dagligvarubutik" || !last.FullRange || last.Layer != "" || last.FID != 0 {
		t.Errorf("the shop that stays is %+v", last)
	}
}

func TestRoadsAndFerries(t *testing.T) {
	const closed = model.ForbiddenForward | model.ForbiddenBackward | model.Gone
	s := apply(t, scenario.CloseRoad{Layer: "vägar", FID: 2})
	if want := []model.RoadFlags{0, model.Motorway | closed, closed, 0}; !slices.Equal(s.Roads.Flags, want) {
		t.Errorf("flags %v, want %v", s.Roads.Flags, want)
	}
	if s := apply(t, scenario.CloseRoad{Layer: "Skogsvägar", FID: 1}); s.Roads.Flags[0] != 0 || s.Roads.Flags[3] != closed {
		t.Errorf("the road of another layer was closed: %v", s.Roads.Flags)
	}
	if s := apply(t, scenario.FerriesOff{}); !s.Params.FerriesOff {
		t.Error("the ferries run")
	}
}

func TestSharesWhatIsUnchanged(t *testing.T) {
	base := village()
	off := steps("av", scenario.ClosePlace{ID: "saknas"})
	off.Steps[0].Off = true
	for _, chain := range [][]scenario.Scenario{nil, {steps("tomt")}, {off}, {steps("tomt"), off}} {
		if s, err := scenario.Apply(base, chain); err != nil || s != base {
			t.Errorf("%v: another snapshot, %v", chain, err)
		}
	}
	s, err := scenario.Apply(base, []scenario.Scenario{steps("x", scenario.ClosePlace{ID: "A"})})
	if err != nil {
		t.Fatal(err)
	}
	if s.Roads != base.Roads || &s.Cells[0] != &base.Cells[0] {
		t.Error("roads or squares were copied")
	}
	if s, err = scenario.Apply(base, []scenario.Scenario{steps("x", scenario.CloseRoad{Layer: "Vägar", FID: 1})}); err != nil {
		t.Fatal(err)
	}
	if &s.Roads.XY[0] != &base.Roads.XY[0] || &s.Facilities[0] != &base.Facilities[0] {
		t.Error("coordinates or facilities were copied")
	}
}

func TestPeople(t *testing.T) {
	people := func(s *model.Snapshot) (out []int) {
		for _, c := range s.Cells {
			out = append(out, c.People)
		}
		return out
	}
	old := &scenario.AgeSpan{From: 70, To: -1}
	west := orb.MultiPolygon{{{{500000, 6699000}, {502000, 6699000}, {502000, 6701000}, {500000, 6701000}, {500000, 6699000}}}}
	cases := []struct {
		name string
		m    scenario.ChangePeople
		want []int
	}{
		{"a tenth more: 5.5, 11 and 16.5 people so far", scenario.ChangePeople{Percent: 10}, []int{6, 5, 6}}, // 6, 11, 17
		{"nobody left", scenario.ChangePeople{Percent: -100}, []int{0, 0, 0}},
		{"in the west", scenario.ChangePeople{Percent: 20, Area: west}, []int{6, 6, 5}},
		{"the old twice as many", scenario.ChangePeople{Percent: 100, Ages: old}, []int{7, 9, 5}},
		{"no change", scenario.ChangePeople{}, []int{5, 5, 5}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := people(apply(t, c.m)); !slices.Equal(got, c.want) {
				t.Errorf("people %v, want %v", got, c.want)
			}
		})
	}
	first := apply(t, scenario.ChangePeople{Percent: 100, Ages: old}).Cells[0]
	want := []model.AgeCount{{From: 0, To: 69, People: 3, Women: 1, Men: 2}, {From: 70, To: -1, People: 4, Women: 2, Men: 2}}
	if first.Women != 3 || first.Men != 4 || !slices.Equal(first.Ages, want) {
		t.Errorf("the first square is %+v", first)
	}
	if second := apply(t, scenario.ChangePeople{Percent: 50}).Cells[1]; second.Women != -1 {
		t.Errorf("women that nobody counted became %d", second.Women)
	}
}

func TestBrokenReferencesAreToldTogether(t *testing.T) {
	parent := steps("grund", scenario.ClosePlace{ID: "B", Name: "Bboden"}, scenario.CloseRoad{Layer: "Stigar", FID: 1})
	child := steps("prov",
		scenario.ClosePlace{ID: "Q"},
		scenario.MovePlace{ID: "B", Name: "Bboden", At: near},
		scenario.OpenPlace{ID: "ny+1", Types: []string{"bio"}, At: near},
		scenario.ClosePlace{ID: "ny+1"}, // no fault of its own
		scenario.OpenPlace{ID: "ny+2", Types: []string{"post"}, At: orb.Point{6700000, 502000}},
		scenario.OpenPlace{ID: "ny+3", Types: nil, At: orb.Point{0, 0}},
		scenario.OpenPlace{ID: "C", Types: []string{"post", "post"}, At: near},
		scenario.OpenPlace{ID: "C", Types: []string{"post"}, At: orb.Point{math.NaN(), 6700000}},
		scenario.CloseRoad{Layer: "Vägar", FID: 99},
		scenario.Convert{ID: "A", Types: []string{"bad", "bio"}},
		scenario.ChangePeople{Percent: 2000},
		scenario.ChangePeople{Percent: math.NaN()},
		scenario.ChangePeople{Percent: 1, Ages: &scenario.AgeSpan{From: 65, To: -1}},
		scenario.ChangePeople{Percent: 1, Area: orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}},
		scenario.ClosePlace{ID: "A"},
	)
	child.Steps = append(child.Steps, scenario.Step{Modification: scenario.ClosePlace{ID: "R"}, Off: true})
	_, err := scenario.Resolve(village(), []scenario.Scenario{parent, child})
	var broken *scenario.Broken
	if !errors.As(err, &broken) {
		t.Fatalf("got %v", err)
	}
	var keys []string
	for _, f := range broken.Faults {
		keys = append(keys, f.Scenario+" "+strings.TrimPrefix(f.What.Key, "scenario.fault_"))
	}
	want := []string{
		"grund road_layer", "prov facility", "prov closed", "prov type", "prov swapped", "prov no_types", "prov position", "prov type_twice",
		"prov id", "prov position", "prov id", "prov road", "prov type", "prov percent", "prov percent", "prov ages", "prov area",
	}
	if !slices.Equal(keys, want) {
		t.Errorf("faults %q\nwant   %q", keys, want)
	}
	var problem *i18n.Problem
	if !errors.As(err, &problem) || problem.Key != "scenario.broken" {
		t.Fatalf("no Problem in %v", err)
	}
	for _, lang := range []string{"sv", "en"} {
		said := i18n.For(lang).Error(err)
		if strings.ContainsAny(said, "⟦{") || !strings.Contains(said, "Bboden") || !strings.Contains(said, "(i") {
			t.Errorf("%s: %s", lang, said)
		}
	}
}

func TestDescribe(t *testing.T) {
	at := orb.Point{712100.4, 6406145}
	cases := []struct {
		m      scenario.Modification
		sv, en string
	}{
		{scenario.ClosePlace{ID: "SP-0026", Name: "Tempo Stenkyrka"}, "Stäng Tempo Stenkyrka", "Close Tempo Stenkyrka"},
		{scenario.ClosePlace{ID: "SP-0026"}, "Stäng SP-0026", "Close SP-0026"},
		{scenario.OpenPlace{Types: []string{"dagligvaror"}, At: at}, "Öppna dagligvaror vid N 6 406 145, E 712 100", "Open groceries at N 6,406,145, E 712,100"},
		{scenario.OpenPlace{Name: "Lanthandeln", Types: []string{"post", "bad", "okänd"}, At: at}, "Öppna Lanthandeln med post och paket, Badplats och okänd vid N 6 406 145, E 712 100", "Open Lanthandeln with post and parcels, Badplats and okänd at N 6,406,145, E 712,100"},
		{scenario.MovePlace{ID: "A", Name: "Ahandeln", At: at}, "Flytta Ahandeln till N 6 406 145, E 712 100", "Move Ahandeln to N 6,406,145, E 712,100"},
		{scenario.Convert{ID: "A", Name: "Ahandeln", Types: []string{"apotek", "post"}}, "Gör om Ahandeln till apotek och post och paket", "Turn Ahandeln into pharmacy and post and parcels"},
		{scenario.CloseRoad{Layer: "Vägar", FID: 12345}, "Stäng vägen med nummer 12 345 i Vägar", "Close the road with number 12,345 in Vägar"},
		{scenario.FerriesOff{}, "Ställ in färjorna", "Stop the ferries"},
		{scenario.ChangePeople{Percent: -10}, "Minska antalet invånare med 10,0 % överallt", "Reduce the number of inhabitants by 10.0% everywhere"},
		{scenario.ChangePeople{Percent: 5, Ages: &scenario.AgeSpan{From: 80, To: -1}, Area: orb.MultiPolygon{{}}}, "Öka antalet invånare i åldern 80– år med 5,0 % inom ett område", "Increase the number of inhabitants aged 80– by 5.0% inside an area"},
	}
	plain := func(lang string, m i18n.Message) string {
		return strings.ReplaceAll(i18n.For(lang).Text(m), i18n.NBSP, " ")
	}
	for _, c := range cases {
		t.Run(c.sv, func(t *testing.T) {
			m := c.m.Describe(village().Types)
			if got := plain("sv", m); got != c.sv {
				t.Errorf("got %q", got)
			}
			if got := plain("en", m); got != c.en {
				t.Errorf("got %q, want %q", got, c.en)
			}
		})
	}
}

func TestEncodeAndDecode(t *testing.T) {
	all := []scenario.Modification{
		scenario.ClosePlace{ID: "Å+1", Name: "x"},
		scenario.OpenPlace{ID: "n", Types: []string{"post"}, At: near, Name: "y"},
		scenario.MovePlace{ID: "A", At: orb.Point{0.1, 1e7}},
		scenario.Convert{ID: "A", Types: []string{"a", "b"}},
		scenario.CloseRoad{Layer: "v:1", FID: 1 << 60},
		scenario.FerriesOff{},
		scenario.ChangePeople{Percent: 0.1, Ages: &scenario.AgeSpan{From: 1, To: -1}, Area: orb.MultiPolygon{{{{0, 0}, {1, 0.5}}}}},
	}
	for _, m := range all {
		content, err := scenario.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := scenario.Decode(m.Kind(), content)
		if err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%#v came back as %#v, %v", m, back, err)
		}
	}
	for kind, content := range map[scenario.Kind]string{"okänd": "{}", scenario.KindClose: "[", scenario.KindMove: `{"at":"x"}`} {
		if m, err := scenario.Decode(kind, []byte(content)); err == nil {
			t.Errorf("%s %s became %#v", kind, content, m)
		}
	}
}

func TestChain(t *testing.T) {
	all := []scenario.Scenario{{ID: 1, Name: "a"}, {ID: 2, Name: "b", Parent: 1}, {ID: 3, Name: "c", Parent: 2}, {ID: 4, Name: "d", Parent: 5}, {ID: 5, Name: "e", Parent: 4}, {ID: 6, Name: "f", Parent: 9}}
	chain, err := scenario.Chain(all, all[2])
	if err != nil || len(chain) != 3 || chain[0].Name != "a" || chain[2].Name != "c" {
		t.Errorf("%v %v", chain, err)
	}
	for i, key := range map[int]string{3: "scenario.circle", 5: "scenario.no_parent"} {
		var p *i18n.Problem
		if _, err := scenario.Chain(all, all[i]); !errors.As(err, &p) || p.Key != key {
			t.Errorf("%s: %v, want %s", all[i].Name, err, key)
		}
	}
	if got := scenario.Children(all, 1); !slices.Equal(got, []string{"b"}) {
		t.Errorf("children %v", got)
	}
	if s, ok := scenario.Find(all, " B "); !ok || s.ID != 2 {
		t.Errorf("found %v", s)
	}
	for name, want := range map[string]bool{"": true, "Nuläge": true, "nulage": true, "BASELINE": true, "nu": false} {
		if scenario.IsBaseline(name) != want {
			t.Errorf("%q", name)
		}
	}
}

func TestChecksumTellsWhatMatters(t *testing.T) {
	sum := func(chain ...scenario.Scenario) string {
		s, err := scenario.Checksum(chain)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one, parent := steps("s", scenario.ClosePlace{ID: "A"}, scenario.FerriesOff{}), steps("p", scenario.ClosePlace{ID: "B"})
	off := steps("s", scenario.ClosePlace{ID: "A"}, scenario.FerriesOff{})
	off.Steps = append(off.Steps, scenario.Step{Modification: scenario.ClosePlace{ID: "C"}, Off: true})
	renamedParent := parent
	renamedParent.Name, renamedParent.ID = "q", 7
	if sum(parent, one) != sum(renamedParent, off) {
		t.Error("what is switched off or called otherwise counts")
	}
	others := []string{
		sum(parent, one), sum(one), sum(parent), sum(steps("t", scenario.ClosePlace{ID: "A"}, scenario.FerriesOff{})),
		sum(steps("s", scenario.FerriesOff{}, scenario.ClosePlace{ID: "A"})), sum(steps("s")), sum(parent, steps("s")),
	}
	if slices.Sort(others); len(slices.Compact(slices.Clone(others))) != 7 {
		t.Errorf("different scenarios have one checksum: %q", others)
	}
}

func TestIDsAndNames(t *testing.T) {
	open := scenario.OpenPlace{Types: []string{"post", "apotek"}, At: near}
	given := scenario.OpenPlace{ID: "Ny+2", Types: []string{"post"}, At: near, Name: "Macken"}
	s := steps("Ny", open, given, open, scenario.ClosePlace{ID: "A"}, scenario.MovePlace{ID: "Ny+2"}, scenario.Convert{ID: "Ny+3/apotek", Name: "mitt"})
	s = s.WithIDs(func(id string) bool { return id == "Ny+1" })
	var ids []string
	for _, step := range s.Steps[:3] {
		ids = append(ids, step.Modification.(scenario.OpenPlace).ID)
	}
	if !slices.Equal(ids, []string{"Ny+3", "Ny+2", "Ny+4"}) {
		t.Errorf("ids %v", ids)
	}
	s = s.WithNames(village(), []scenario.Scenario{steps("p", open)})
	if s.Steps[3].Modification.(scenario.ClosePlace).Name != "Ahandeln" || s.Steps[4].Modification.(scenario.MovePlace).Name != "Macken" ||
		s.Steps[5].Modification.(scenario.Convert).Name != "mitt" {
		t.Errorf("names %+v", s.Steps[3:])
	}
}

func ExampleApply() {
	base := village()
	closed := scenario.Scenario{Name: "Utan Bboden", Steps: []scenario.Step{{Modification: scenario.ClosePlace{ID: "B", Name: "Bboden"}}}}
	after, err := scenario.Apply(base, []scenario.Scenario{closed})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(i18n.For("sv").Text(closed.Steps[0].Describe(base.Types)))
	fmt.Println(len(base.Facilities), len(after.Facilities))
	// Output:
	// Stäng Bboden
	// 3 2
}

func FuzzDecode(f *testing.F) {
	for _, kind := range []scenario.Kind{scenario.KindClose, scenario.KindOpen, scenario.KindMove, scenario.KindConvert, scenario.KindCloseRoad, scenario.KindFerries, scenario.KindPeople} {
		f.Add(string(kind), []byte(`{"id":"A","types":["post"],"at":[502000,6700000],"percent":3,"ages":{"from":70,"to":-1},"area":[[[[0,0],[1,1]]]]}`))
	}
	f.Fuzz(func(t *testing.T, kind string, content []byte) {
		m, err := scenario.Decode(scenario.Kind(kind), content)
		if err != nil {
			return
		}
		i18n.For("sv").Text(m.Describe(nil))
		s, err := scenario.Apply(village(), []scenario.Scenario{steps("x", m)})
		if (s == nil) == (err == nil) {
			t.Errorf("snapshot %v and error %v", s, err)
		}
	})
}
