package session_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/scenario"
)

// timeOf computes the time to groceries by a way of travelling.
func timeOf(t *testing.T, s *session.Session, q model.Query) *model.Result {
	t.Helper()
	q.Service, q.Impedance = "dagligvaror", model.Time
	r, err := s.Analyse(ctx, q, nil)
	must(t, err)
	return r
}

// TestWaysOfTheVillage holds the built-in ways of travelling to times worked out by hand. Roads are driven at 60 km/h, a
// metre in 60 ms; 100 people have 500 m of road and a connector of 10 m, 50 people 500 m of road.
func TestWaysOfTheVillage(t *testing.T) {
	s := village(t)
	for _, c := range []struct {
		profile string
		mean    float64
	}{
		{"", 30},
		{"bil", 30},
		{"Vinter", 37.5},
		{"cykel", (100*(500+10) + 50*500) * 0.24 / 150},
		{"Gång", (100*(500+10) + 50*500) * 0.72 / 150},
	} {
		r := timeOf(t, s, model.Query{Profile: c.profile})
		if math.Abs(r.Mean-c.mean) > 0.0005 {
			t.Errorf("%q: mean %.3f s, want %.3f", c.profile, r.Mean, c.mean)
		}
		named := slices.ContainsFunc(r.Inputs, func(in model.InputRef) bool { return in.Role == model.RoleProfile })
		if usual := c.profile == "" || c.profile == "bil"; named == usual || (r.Query.Profile == "") != usual {
			t.Errorf("%q: query %+v, inputs %+v", c.profile, r.Query, r.Inputs)
		}
		if stored, err := s.Stored(ctx, r.Query); err != nil || stored == nil || stored.Stale {
			t.Errorf("%q: stored %+v, %v", c.profile, stored, err)
		}
	}
	// on foot with shop A closed: 8 000 m + 500 m for all of the west
	add(t, s, plan("Utan A", scenario.ClosePlace{ID: "A"}))
	if r := timeOf(t, s, model.Query{Profile: "gang", Scenario: "Utan A"}); math.Abs(r.Mean-(100*8500+50*500)*0.72/150) > 0.0005 {
		t.Errorf("on foot without A: %.3f s", r.Mean)
	}
	// a road that a scenario closes is closed to those who walk, too
	add(t, s, plan("Utan väg", scenario.CloseRoad{Layer: "vägar", FID: 2}))
	if r := timeOf(t, s, model.Query{Profile: "gang", Scenario: "Utan väg"}); math.Abs(r.Mean-(100*510+50*(3500+4000+3500+500))*0.72/150) < 1 {
		t.Errorf("on foot along a road that is closed: %.3f s", r.Mean)
	}
}

// TestOwnProfiles follows a profile through adding, changing, undo and removal, and its results with it.
func TestOwnProfiles(t *testing.T) {
	s := village(t)
	p := model.CarProfile()
	p.ID, p.Name, p.Cap = "moped", "Moped", 30
	must(t, s.SetProfile(ctx, p))
	q := model.Query{Service: "dagligvaror", Impedance: model.Time, Profile: "moped"}
	if r := timeOf(t, s, q); r.Mean != 60 {
		t.Errorf("moped: %v s", r.Mean)
	}
	stale := func() bool {
		t.Helper()
		r, err := s.Stored(ctx, q)
		must(t, err)
		return r == nil || r.Stale
	}
	p.Cap = 45
	must(t, s.SetProfile(ctx, p))
	if !stale() {
		t.Error("a result of other rules is fresh")
	}
	if r := timeOf(t, s, q); r.Mean != 40 {
		t.Errorf("moped at 45: %v s", r.Mean)
	}
	_, err := s.Undo(ctx)
	must(t, err)
	if r := timeOf(t, s, q); r.Mean != 60 {
		t.Errorf("after undo: %v s", r.Mean)
	}
	if step, ok := s.CanRedo(ctx); !ok || s.Printer().Text(step) != "Ändra färdsättet Moped" {
		t.Errorf("the step is called %q", s.Printer().Text(step))
	}
	must(t, s.RemoveProfile(ctx, "Moped"))
	if _, err := s.Analyse(ctx, q, nil); problem(err) != "profile.unknown" {
		t.Errorf("%v", err)
	}
	p.ID = "annan"
	p.Name = "Cykel"
	if err := s.SetProfile(ctx, p); problem(err) != "profile.name_taken" {
		t.Errorf("two of the same name: %v", err)
	}
}

// TestEditedCar is what all figures are computed by, and older ones go stale; restored, they are fresh again.
func TestEditedCar(t *testing.T) {
	s := village(t)
	before := timeOf(t, s, model.Query{})
	car := model.CarProfile()
	car.Factor = 0.5
	must(t, s.SetProfile(ctx, car))
	if old, err := s.Stored(ctx, before.Query); err != nil || old == nil || !old.Stale {
		t.Errorf("%+v, %v", old, err)
	}
	if r := timeOf(t, s, model.Query{}); r.Mean != 60 || r.Query.Profile != "" {
		t.Errorf("%v s", r.Mean)
	}
	if r := timeOf(t, s, model.Query{Profile: "vinter"}); r.Mean != 37.5 || len(r.Inputs) != len(before.Inputs)+1 {
		t.Errorf("winter %v s by %+v", r.Mean, r.Inputs)
	}
	must(t, s.RemoveProfile(ctx, "bil"))
	if r := timeOf(t, s, model.Query{}); r.Mean != 30 {
		t.Errorf("restored: %v s", r.Mean)
	}
}

// TestCarByAnotherName gives the very same figures as the car.
func TestCarByAnotherName(t *testing.T) {
	s := village(t)
	p := model.CarProfile()
	p.ID, p.Name = "min", "Min bil"
	must(t, s.SetProfile(ctx, p))
	var texts []string
	for _, profile := range []string{"", "min"} {
		r := timeOf(t, s, model.Query{Profile: profile})
		r.ID, r.Query.Profile, r.Timings = 0, "", model.Timings{}
		r.Inputs = slices.DeleteFunc(r.Inputs, func(in model.InputRef) bool { return in.Role == model.RoleProfile })
		texts = append(texts, fmt.Sprintf("%+v", *r))
	}
	if texts[0] != texts[1] {
		t.Errorf("%s\n%s", texts[0], texts[1])
	}
}

// summer opens the village with a second layer of population: holiday homes in the western square and in one of its own.
func summer(t *testing.T) *session.Session {
	t.Helper()
	s := empty(t)
	files := testdata.Village(t)
	for _, path := range []string{files.Roads, files.Services, files.Border, files.Cells} {
		_, err := s.Import(ctx, path, session.ImportOptions{}, nil)
		must(t, err)
	}
	homes := file(t, "stugor.csv", "rutid_scb;rutstorl;beftotalt;dagbef\n5000006699500;1000;10;1\n5040006699500;1000;20;3\n")
	_, err := s.Import(ctx, homes, session.ImportOptions{Role: model.RolePopulation, Beside: true}, nil)
	must(t, err)
	return s
}

// TestDemandOfTheVillage holds demand sets to figures worked out by hand: 100 people 510 m from shop A, 50 people 500 m from
// shop B, and holiday homes in the first square and 3 510 m from A.
func TestDemandOfTheVillage(t *testing.T) {
	s := summer(t)
	all := model.Query{Service: "dagligvaror", Impedance: model.Distance}
	r, err := s.Analyse(ctx, all, nil)
	must(t, err)
	if r.People != 150 {
		t.Errorf("homes beside the population make it %d people", r.People)
	}
	must(t, s.SetDemandSet(ctx, model.DemandSet{Name: "bofast", Parts: []model.DemandPart{{Layer: "rutor", Weight: 1}}}, true))
	must(t, s.SetDemandSet(ctx, model.DemandSet{Name: " Sommar  25 ", Parts: []model.DemandPart{{Layer: "Rutor", Weight: 1}, {Layer: "stugor", Weight: 2.5}}}, false))
	must(t, s.SetDemandSet(ctx, model.DemandSet{Name: "dag", Parts: []model.DemandPart{{Layer: "stugor", Column: "DagBef", Weight: 1}}}, false))
	if old, err := s.Stored(ctx, all); err != nil || old == nil || !old.Stale {
		t.Errorf("a result of other people is fresh: %+v, %v", old, err)
	}
	for _, c := range []struct {
		demand string
		people int
		mean   float64
	}{
		{"", 150, (100*510 + 50*500) / 150.0},
		{"Bofast", 150, (100*510 + 50*500) / 150.0},
		{"sommar 25", 225, (125*510 + 50*500 + 50*3510) / 225.0},
		{"dag", 4, (1*510 + 3*3510) / 4.0},
	} {
		q := all
		q.Demand = c.demand
		r, err := s.Analyse(ctx, q, nil)
		must(t, err)
		if r.People != c.people || math.Abs(r.Mean-c.mean) > 0.005 {
			t.Errorf("%q: %d people, mean %.2f, want %d and %.2f", c.demand, r.People, r.Mean, c.people, c.mean)
		}
		if stored, err := s.Stored(ctx, q); err != nil || stored == nil || stored.Stale {
			t.Errorf("%q: stored %+v, %v", c.demand, stored, err)
		}
	}
}

// TestDemandMeetsItsLayers: a set follows a layer's new name, holds it fast, and refuses what is not there.
func TestDemandMeetsItsLayers(t *testing.T) {
	s := summer(t)
	must(t, s.SetDemandSet(ctx, model.DemandSet{Name: "sommar", Parts: []model.DemandPart{{Layer: "stugor", Weight: 2}}}, false))
	layers, err := s.Layers(ctx)
	must(t, err)
	homes := layers[slices.IndexFunc(layers, func(l model.Layer) bool { return l.Name == "stugor" })]
	must(t, s.RenameLayer(ctx, homes, "Fritidshus"))
	homes.Name = "Fritidshus"
	q := model.Query{Service: "dagligvaror", Impedance: model.Distance, Demand: "sommar"}
	if r, err := s.Analyse(ctx, q, nil); err != nil || r.People != 60 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := s.RemoveLayer(ctx, homes); problem(err) != "profile.demand_uses" || !strings.Contains(s.Printer().Error(err), "sommar") {
		t.Errorf("%v", err)
	}
	for want, part := range map[string]model.DemandPart{
		"profile.demand_layer":  {Layer: "vägar", Weight: 1}, // of another role
		"profile.demand_column": {Layer: "rutor", Column: "hundar", Weight: 1},
		"profile.demand_weight": {Layer: "rutor"},
	} {
		if err := s.SetDemandSet(ctx, model.DemandSet{Name: "x", Parts: []model.DemandPart{part}}, false); problem(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	must(t, s.RemoveDemandSet(ctx, "Sommar"))
	if _, err := s.Analyse(ctx, q, nil); problem(err) != "profile.demand_unknown" {
		t.Errorf("%v", err)
	}
	must(t, s.RemoveLayer(ctx, homes))
}

// TestNewEditionOfTheUsualPeople counts from when it is imported; a set of another name keeps the old edition.
func TestNewEditionOfTheUsualPeople(t *testing.T) {
	s := summer(t)
	must(t, s.SetDemandSet(ctx, model.DemandSet{Name: "alla", Parts: []model.DemandPart{{Layer: "rutor", Weight: 1}, {Layer: "stugor", Weight: 1}}}, true))
	must(t, s.SetDemandSet(ctx, model.DemandSet{Name: "förr", Parts: []model.DemandPart{{Layer: "rutor", Weight: 1}}}, false))
	next := file(t, "nya.csv", "rutid_scb;rutstorl;beftotalt\n5000006699500;1000;200\n")
	_, err := s.Import(ctx, next, session.ImportOptions{Role: model.RolePopulation}, nil)
	must(t, err)
	for demand, people := range map[string]int{"": 230, "förr": 150} {
		r, err := s.Analyse(ctx, model.Query{Service: "dagligvaror", Impedance: model.Distance, Demand: demand}, nil)
		must(t, err)
		if r.People != people {
			t.Errorf("%q: %d people, want %d", demand, r.People, people)
		}
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if r, err := s.Analyse(ctx, groceries, nil); err != nil || r.People != 180 {
		t.Errorf("after undo: %+v, %v", r, err)
	}
}
