package session_test

import (
	"errors"
	"fmt"
	"image"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/scenario"
)

// plan makes a scenario of modifications.
func plan(name string, all ...scenario.Modification) scenario.Scenario {
	s := scenario.Scenario{Name: name}
	for _, m := range all {
		s.Steps = append(s.Steps, scenario.Step{Modification: m})
	}
	return s
}

// add adds a scenario that must be sound.
func add(t *testing.T, s *session.Session, sc scenario.Scenario) scenario.Scenario {
	t.Helper()
	sc, err := s.AddScenario(ctx, sc)
	must(t, err)
	return sc
}

// problem is the key of an error's Problem.
func problem(err error) string {
	var p *i18n.Problem
	if errors.As(err, &p) {
		return p.Key
	}
	return fmt.Sprint(err)
}

// TestScenariosOfTheVillage holds each modification to the figures worked out by hand. In the village 100 people live
// 500 m from shop A, which stands 10 m beside the road, and 50 people 500 m from shop B, 8 km farther on.
func TestScenariosOfTheVillage(t *testing.T) {
	at := func(e float64) orb.Point { return orb.Point{e, 6700000} }
	cases := []struct {
		name  string
		steps []scenario.Modification
		mean  float64
	}{
		{"nothing", nil, (100*510 + 50*500) / 150.0},
		{"close A", []scenario.Modification{scenario.ClosePlace{ID: "A"}}, (100*8500 + 50*500) / 150.0},
		{"open where people live", []scenario.Modification{scenario.OpenPlace{Types: []string{"dagligvaror"}, At: at(500500)}}, 50 * 500 / 150.0},
		{"move B to the road's middle", []scenario.Modification{scenario.MovePlace{ID: "B", At: at(505000)}}, (100*510 + 50*3500) / 150.0},
		{"make a pharmacy of B", []scenario.Modification{scenario.Convert{ID: "B", Types: []string{"apotek", "post"}}}, (100*510 + 50*7510) / 150.0},
		// the second square and shop B then join the end of the western road, 3 500 and 4 000 m from it
		{"close the eastern road", []scenario.Modification{scenario.CloseRoad{Layer: "vägar", FID: 2}}, (100*510 + 50*(3500+4000)) / 150.0},
		{"no ferries to stop", []scenario.Modification{scenario.FerriesOff{}}, (100*510 + 50*500) / 150.0},
		{"half the people: 50 and 25", []scenario.Modification{scenario.ChangePeople{Percent: -50}}, (100*510 + 50*500) / 150.0},
	}
	s := village(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			add(t, s, plan(c.name, c.steps...))
			q := groceries
			q.Scenario = c.name
			r, err := s.Analyse(ctx, q, nil)
			must(t, err)
			if math.Abs(r.Mean-c.mean) > 0.005 {
				t.Errorf("mean %.2f, want %.2f", r.Mean, c.mean)
			}
			if r.Query.Scenario != c.name || r.Inputs[len(r.Inputs)-1].Role != model.RoleScenario {
				t.Errorf("query %+v, inputs %+v", r.Query, r.Inputs)
			}
		})
	}
	results, err := s.Info(ctx)
	must(t, err)
	if len(results.Scenarios) != len(cases) || len(results.Results) != len(cases) {
		t.Errorf("%d scenarios, %d results, want %d", len(results.Scenarios), len(results.Results), len(cases))
	}
}

func TestEmptyScenarioEqualsItsParent(t *testing.T) {
	s := village(t)
	parent := add(t, s, plan("Utan A", scenario.ClosePlace{ID: "A"}))
	for name, parentID := range map[string]int64{"": 0, "utan a": parent.ID} {
		child := scenario.Scenario{Name: "Tomt " + name, Parent: parentID}
		add(t, s, child)
		var texts [2]string
		for i, of := range []string{name, child.Name} {
			q := groceries
			q.Scenario = of
			r, err := s.Compute(ctx, q, nil)
			must(t, err)
			r.Query.Scenario, r.Inputs, r.Timings = "", nil, model.Timings{}
			texts[i] = fmt.Sprintf("%+v", *r)
		}
		if texts[0] != texts[1] {
			t.Errorf("%q: %s\nits empty child: %s", name, texts[0], texts[1])
		}
	}
}

func TestScenarioEditsAreUndoneAndTold(t *testing.T) {
	s := village(t)
	told := 0
	defer s.Subscribe(func(e session.Event) {
		if e.Kind == session.ScenariosChanged {
			told++
		}
	})()
	names := func() string {
		all, err := s.Scenarios(ctx)
		must(t, err)
		var out []string
		for _, sc := range all {
			out = append(out, fmt.Sprintf("%s:%d", sc.Name, len(sc.Steps)))
		}
		return strings.Join(out, " ")
	}
	a := add(t, s, plan(" Ett  prov ", scenario.ClosePlace{ID: "A"}, scenario.OpenPlace{Types: []string{"post"}, At: orb.Point{502000, 6700000}}))
	states := []string{"", names()}
	a.Name, a.Steps = "Två", a.Steps[:1]
	must(t, s.UpdateScenario(ctx, a))
	states = append(states, names())
	_, err := s.CopyScenario(ctx, "två", "Tre")
	must(t, err)
	states = append(states, names())
	must(t, s.RemoveScenario(ctx, "TVÅ"))
	states = append(states, names())
	if want := []string{"", "Ett prov:2", "Två:1", "Två:1 Tre:1", "Tre:1"}; !slices.Equal(states, want) {
		t.Fatalf("states %q, want %q", states, want)
	}
	said := []string{"Ta bort scenariot Två", "Skapa scenariot Tre", "Döp om scenariot Ett prov till Två", "Skapa scenariot Ett prov"}
	for i, want := range said {
		step, err := s.Undo(ctx)
		must(t, err)
		if got := s.Printer().Text(step); got != want {
			t.Errorf("undid %q, want %q", got, want)
		}
		if got := names(); got != states[len(states)-2-i] {
			t.Errorf("undone to %q, want %q", got, states[len(states)-2-i])
		}
	}
	for i := range said {
		_, err := s.Redo(ctx)
		must(t, err)
		if got := names(); got != states[i+1] {
			t.Errorf("redone to %q, want %q", got, states[i+1])
		}
	}
	if told != 12 {
		t.Errorf("told %d times, want 12", told)
	}
}

func TestScenarioKnowsItsPlaces(t *testing.T) {
	s := village(t)
	first := add(t, s, plan("Ny", scenario.OpenPlace{Types: []string{"post", "apotek"}, At: orb.Point{502000, 6700000}}, scenario.ClosePlace{ID: "A"}))
	second := plan("Vidare", scenario.ClosePlace{ID: "Ny+1/apotek"}, scenario.OpenPlace{Types: []string{"post"}, At: orb.Point{503000, 6700000}})
	second.Parent = first.ID
	second = add(t, s, second)
	var lines []string
	for _, sc := range []scenario.Scenario{first, second} {
		sc.Steps[0].Off = sc.Name == "Vidare"
		for _, m := range s.DescribeScenario(ctx, sc) {
			lines = append(lines, strings.ReplaceAll(s.Printer().Text(m), i18n.NBSP, " "))
		}
	}
	want := []string{
		"Öppna post och paket och apotek vid N 6 700 000, E 502 000", "Stäng Ahandeln",
		"Stäng Ny+1 (avstängd)", "Öppna post och paket vid N 6 700 000, E 503 000",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%q", lines)
	}
	if id := second.Steps[1].Modification.(scenario.OpenPlace).ID; id != "Vidare+1" {
		t.Errorf("id %s", id)
	}
	first.Name = "Annat namn"
	must(t, s.UpdateScenario(ctx, first))
	snapshot, err := s.ScenarioSnapshot(ctx, "vidare", nil)
	must(t, err)
	if len(snapshot.Facilities) != 4 { // B, C, Ny+1, Vidare+1
		t.Errorf("%+v", snapshot.Facilities)
	}
}

func TestScenarioFaultsInTheSession(t *testing.T) {
	s := village(t)
	_, err := s.AddScenario(ctx, plan("Fel", scenario.ClosePlace{ID: "X"}, scenario.CloseRoad{Layer: "stigar", FID: 1}, scenario.MovePlace{ID: "A", At: orb.Point{6700000, 502000}}))
	var broken *scenario.Broken
	if !errors.As(err, &broken) || len(broken.Faults) != 3 {
		t.Fatalf("got %v", err)
	}
	if all, err := s.Scenarios(ctx); err != nil || len(all) != 0 {
		t.Errorf("a broken scenario was kept: %v %v", all, err)
	}
	// A scenario that breaks later is refused when it is computed, and can be mended step by step.
	sound := add(t, s, plan("Helt", scenario.ClosePlace{ID: "A"}))
	sound.Steps = append(sound.Steps, scenario.Step{Modification: scenario.ClosePlace{ID: "X"}})
	must(t, s.UpdateScenario(ctx, sound))
	q := groceries
	q.Scenario = "helt"
	if _, err := s.Analyse(ctx, q, nil); problem(err) != "scenario.broken" {
		t.Errorf("got %v", err)
	}
	q.Scenario = "saknas"
	for what, err := range map[string]error{
		"scenario.unknown":   func() error { _, err := s.Compute(ctx, q, nil); return err }(),
		"scenario.exists":    func() error { _, err := s.AddScenario(ctx, plan("HELT")); return err }(),
		"scenario.no_parent": func() error { _, err := s.AddScenario(ctx, scenario.Scenario{Name: "x", Parent: 77}); return err }(),
		"scenario.name_kept": func() error { _, err := s.CopyScenario(ctx, "helt", "Baseline"); return err }(),
		"session.no_project": func() error { _, err := session.New("sv").Scenarios(ctx); return err }(),
		"session.service_unknown": func() error {
			_, err := s.Compare(ctx, "", "", model.Query{Service: "bio"}, nil)
			return err
		}(),
	} {
		if problem(err) != what {
			t.Errorf("got %v, want %s", err, what)
		}
	}
}

func TestResultsOfAScenarioGoStale(t *testing.T) {
	s := village(t)
	parent := add(t, s, plan("Grund", scenario.ClosePlace{ID: "A"}))
	child := plan("Barn")
	child.Parent = parent.ID
	add(t, s, child)
	q := groceries
	q.Scenario = "Barn"
	first, err := s.Analyse(ctx, q, nil)
	must(t, err)
	parent.Steps[0].Off = true
	must(t, s.UpdateScenario(ctx, parent))
	stored, err := s.Stored(ctx, q)
	must(t, err)
	if !stored.Stale {
		t.Error("the result of a child does not know that its parent changed")
	}
	again, err := s.Analyse(ctx, q, nil)
	must(t, err)
	if again.Mean == first.Mean {
		t.Error("the old figure was given")
	}
	for range 2 { // back to the closed shop and forth to the open one
		_, err = s.Undo(ctx)
		must(t, err)
		if r, err := s.Analyse(ctx, q, nil); err != nil || r.Mean != first.Mean {
			t.Errorf("undone: %v %v", r, err)
		}
		_, err = s.Redo(ctx)
		must(t, err)
		if r, err := s.Analyse(ctx, q, nil); err != nil || r.Mean != again.Mean {
			t.Errorf("redone: %v %v", r, err)
		}
	}
}

func TestRoadLayerThatIsRenamed(t *testing.T) {
	s := village(t)
	add(t, s, plan("Avstängd", scenario.CloseRoad{Layer: "VÄGAR", FID: 2}))
	must(t, s.RenameLayer(ctx, layer(t, s, model.RoleRoads), "NVDB 2026"))
	if _, err := s.ScenarioSnapshot(ctx, "Avstängd", nil); err != nil {
		t.Error(err)
	}
	_, err := s.Undo(ctx)
	must(t, err)
	if _, err := s.ScenarioSnapshot(ctx, "Avstängd", nil); err != nil {
		t.Error(err)
	}
}

func TestCompareInTheVillage(t *testing.T) {
	s := village(t)
	add(t, s, plan("Utan A", scenario.ClosePlace{ID: "A"}))
	add(t, s, plan("Utan butik", scenario.ClosePlace{ID: "A"}, scenario.ClosePlace{ID: "B"}))
	c, err := s.Compare(ctx, "Nuläge", "utan a", groceries, nil)
	must(t, err)
	// 100 people get 8 500 − 510 m more; at 60 km/h 8 000 m more take 480 s
	if c.Worse.People != 100 || c.Worse.Mean != 7990 || c.Unchanged != 50 || c.Better.People != 0 || c.Cost.PersonKm != 799 {
		t.Errorf("%+v", c)
	}
	if want := 100 * 480 / 3600.0; math.Abs(c.Cost.PersonHours-want) > 1e-9 {
		t.Errorf("%v person-hours, want %v", c.Cost.PersonHours, want)
	}
	if text := s.Printer().Text(c.Summary); text != "Dagligvaror: 100 invånare får i medel 8,0"+i18n.NBSP+"km längre." {
		t.Error(text)
	}
	byTime, err := s.Compare(ctx, "utan A", "", model.Query{Service: "dagligvaror", Impedance: model.Time}, nil)
	must(t, err)
	if byTime.Better.People != 100 || byTime.Better.Mean != 480 || byTime.Cost.PersonKm != -799 {
		t.Errorf("%+v", byTime)
	}
	none, err := s.Compare(ctx, "", "Utan butik", groceries, nil)
	must(t, err)
	if none.NewlyUnreached != 150 || none.Worse.People != 0 || none.B.Unreached != 150 {
		t.Errorf("%+v", none)
	}
	if _, err := s.Compare(ctx, "Utan butik", "Utan butik", groceries, nil); problem(err) != "analysis.no_facilities" {
		t.Errorf("got %v", err)
	}
}

func TestManyScenariosAndAReadOnlyProject(t *testing.T) {
	s := village(t)
	for i := range 15 {
		name := fmt.Sprint("Plan ", i)
		add(t, s, plan(name, scenario.MovePlace{ID: "A", At: orb.Point{501000 + float64(i), 6700000}}))
		c, err := s.Compare(ctx, "", name, groceries, nil)
		must(t, err)
		// straight on the road 10 m nearer, and i metres farther off
		if got := c.B.Cells[0].Cost; got != 500+float64(i) {
			t.Errorf("%s: %v", name, got)
		}
	}
	path := s.Path()
	again := session.New("en")
	defer again.Close()
	must(t, again.Open(ctx, path)) // the first session holds it
	if _, readOnly := again.ReadOnly(); !readOnly {
		t.Fatal("two sessions may write", filepath.Base(path))
	}
	if c, err := again.Compare(ctx, "plan 3", "plan 4", groceries, nil); err != nil || c.Worse.Mean != 1 {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := again.AddScenario(ctx, plan("Ny")); problem(err) != "project.read_only" {
		t.Errorf("got %v", err)
	}
}

func TestSceneShowsThePlacesOfTheScenario(t *testing.T) {
	s := village(t)
	add(t, s, plan("Tomt"))
	add(t, s, plan("Utan B", scenario.ClosePlace{ID: "B"}))
	picture := func(name string) string {
		q := groceries
		q.Scenario = name
		scene, err := s.Scene(ctx, session.SceneChoice{Query: q})
		must(t, err)
		img := image.NewRGBA(image.Rect(0, 0, 400, 300))
		must(t, scene.Draw(ctx, img, render.Fit(scene.Bounds(), 400, 300, 10)))
		return string(img.Pix)
	}
	if picture("") != picture("tomt") {
		t.Error("an empty scenario looks otherwise")
	}
	if picture("") == picture("Utan B") {
		t.Error("the closed shop is still on the map")
	}
}
