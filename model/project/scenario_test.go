package project

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// planned is a scenario with a step of every kind, one of them switched off.
func planned(name string, parent int64) scenario.Scenario {
	return scenario.Scenario{Name: name, Parent: parent, Steps: []scenario.Step{
		{Modification: scenario.ClosePlace{ID: "A'b", Name: "Å \"bod\""}},
		{Modification: scenario.OpenPlace{ID: "n+1", Types: []string{"post", "apotek"}, At: orb.Point{712100.25, 6406145}, Name: "Ny"}, Off: true},
		{Modification: scenario.MovePlace{ID: "B", At: orb.Point{0.1, 2}}},
		{Modification: scenario.Convert{ID: "B", Types: []string{"post"}}},
		{Modification: scenario.CloseRoad{Layer: "Vägnät", FID: 7}},
		{Modification: scenario.FerriesOff{}},
		{Modification: scenario.ChangePeople{Percent: -2.5, Ages: &scenario.AgeSpan{From: 70, To: -1}}},
	}}
}

// addScenario adds a scenario that must be sound.
func addScenario(t testing.TB, p *Project, s scenario.Scenario) scenario.Scenario {
	t.Helper()
	edit(t, p, "Skapa "+s.Name, func(tx *Tx) (err error) {
		s, err = tx.AddScenario(s)
		return err
	})
	return s
}

// scenarios reads all scenarios.
func scenarios(t testing.TB, p *Project) []scenario.Scenario {
	t.Helper()
	all, err := p.Scenarios(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestScenariosComeBackAsTheyWere(t *testing.T) {
	p := newProject(t)
	if all := scenarios(t, p); len(all) != 0 {
		t.Fatalf("a new project has %v", all)
	}
	first := addScenario(t, p, planned("  Utan\tÅbod ", 0))
	second := addScenario(t, p, scenario.Scenario{Name: "Vinter", Parent: first.ID})
	if first.Name != "Utan Åbod" || first.ID == 0 || second.ID == first.ID {
		t.Errorf("%+v %+v", first, second)
	}
	p = reopen(t, p)
	if all := scenarios(t, p); !reflect.DeepEqual(all, []scenario.Scenario{first, second}) {
		t.Errorf("got  %+v\nwant %+v", all, []scenario.Scenario{first, second})
	}
}

func TestScenarioEditsAreUndone(t *testing.T) {
	p := newProject(t)
	var s scenario.Scenario
	states := []string{dump(t, p)}
	steps := []func(*Tx) error{
		func(tx *Tx) (err error) { s, err = tx.AddScenario(planned("s", 0)); return err },
		func(tx *Tx) error { s.Steps[1].Off, s.Name = false, "döpt om"; return tx.UpdateScenario(s) },
		func(tx *Tx) error { slices.Reverse(s.Steps); return tx.UpdateScenario(s) },
		func(tx *Tx) error { s.Steps = s.Steps[2:]; return tx.UpdateScenario(s) },
		func(tx *Tx) error {
			_, err := tx.AddScenario(scenario.Scenario{Name: "barn", Parent: s.ID})
			return err
		},
		func(tx *Tx) error {
			all, err := tx.Scenarios()
			if err != nil {
				return err
			}
			return tx.RemoveScenario(all[1].ID)
		},
		func(tx *Tx) error { return tx.RemoveScenario(s.ID) },
	}
	for _, step := range steps {
		edit(t, p, "steg", step)
		states = append(states, dump(t, p))
	}
	for range 2 {
		for i := len(steps) - 1; i >= 0; i-- {
			undo(t, p)
			sameDump(t, "undo", dump(t, p), states[i])
		}
		p = reopen(t, p)
		for i := range steps {
			redo(t, p)
			sameDump(t, "redo", dump(t, p), states[i+1])
		}
	}
	unchanged := scenario.Scenario{}
	edit(t, p, "lägg till", func(tx *Tx) (err error) { unchanged, err = tx.AddScenario(planned("u", 0)); return err })
	before, err := p.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	edit(t, p, "ingenting", func(tx *Tx) error { return tx.UpdateScenario(unchanged) })
	if after, err := p.History(t.Context()); err != nil || len(after) != len(before) {
		t.Errorf("an edit that changes nothing made a step: %v %v", after, err)
	}
}

// TestRandomScenarioEdits makes random edits of scenarios and takes them all back.
func TestRandomScenarioEdits(t *testing.T) {
	p := newProject(t)
	r := rand.New(rand.NewPCG(3, 3))
	states := []string{dump(t, p)}
	for range 60 {
		err := p.Edit(t.Context(), i18n.Plain("steg"), func(tx *Tx) error { return randomScenarioEdit(r, tx) })
		if err != nil {
			t.Fatal(err)
		}
		if now := dump(t, p); now != states[len(states)-1] {
			states = append(states, now)
		}
	}
	if len(states) < 30 {
		t.Fatalf("only %d edits changed anything", len(states))
	}
	for i := len(states) - 2; i >= 0; i-- {
		undo(t, p)
		sameDump(t, "undo", dump(t, p), states[i])
	}
	for _, want := range states[1:] {
		redo(t, p)
		sameDump(t, "redo", dump(t, p), want)
	}
}

// randomScenarioEdit adds, changes or removes a scenario.
func randomScenarioEdit(r *rand.Rand, tx *Tx) error {
	all, err := tx.Scenarios()
	if err != nil {
		return err
	}
	name := strings.Repeat("x", 1+r.IntN(40))
	if _, taken := scenario.Find(all, name); taken {
		return nil
	}
	if len(all) == 0 || r.IntN(3) == 0 {
		_, err := tx.AddScenario(planned(name, 0))
		return err
	}
	s := all[r.IntN(len(all))]
	switch r.IntN(4) {
	case 0:
		if len(scenario.Children(all, s.ID)) == 0 {
			return tx.RemoveScenario(s.ID)
		}
		return nil
	case 1:
		s.Name = name
	case 2:
		s.Steps = append(s.Steps[:r.IntN(len(s.Steps)+1)], planned("", 0).Steps[r.IntN(7)])
	case 3:
		r.Shuffle(len(s.Steps), func(i, j int) { s.Steps[i], s.Steps[j] = s.Steps[j], s.Steps[i] })
	}
	return tx.UpdateScenario(s)
}

func TestScenarioFaults(t *testing.T) {
	p := newProject(t)
	first := addScenario(t, p, planned("Först", 0))
	second := addScenario(t, p, planned("Sedan", first.ID))
	circle := first
	circle.Parent = second.ID
	cases := []struct {
		key string
		do  func(*Tx) error
	}{
		{"scenario.no_name", func(tx *Tx) error { _, err := tx.AddScenario(scenario.Scenario{Name: " \n"}); return err }},
		{"scenario.name_kept", func(tx *Tx) error { _, err := tx.AddScenario(scenario.Scenario{Name: "NULÄGE"}); return err }},
		{"scenario.exists", func(tx *Tx) error { _, err := tx.AddScenario(scenario.Scenario{Name: "FÖRST"}); return err }},
		{"scenario.no_parent", func(tx *Tx) error { _, err := tx.AddScenario(scenario.Scenario{Name: "x", Parent: 99}); return err }},
		{"scenario.circle", func(tx *Tx) error { return tx.UpdateScenario(circle) }},
		{"scenario.exists", func(tx *Tx) error { s := second; s.Name = "först"; return tx.UpdateScenario(s) }},
		{"scenario.gone", func(tx *Tx) error { return tx.UpdateScenario(scenario.Scenario{ID: 99, Name: "x"}) }},
		{"scenario.gone", func(tx *Tx) error { return tx.RemoveScenario(99) }},
		{"scenario.has_children", func(tx *Tx) error { return tx.RemoveScenario(first.ID) }},
	}
	before := dump(t, p)
	for _, c := range cases {
		t.Run(c.key, func(t *testing.T) {
			wantProblem(t, p.Edit(t.Context(), i18n.Plain("x"), c.do), c.key)
			sameDump(t, c.key, dump(t, p), before)
		})
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	execIn(t, p.Path(), `UPDATE nabar_scenario_step SET kind='framtid' WHERE position=0`)
	_, err := open(t, p.Path()).Scenarios(t.Context())
	wantProblem(t, err, "scenario.unreadable")
}

// save stores figures for a scenario as they would be computed now.
func save(t testing.TB, p *Project, l model.Layer, name string) {
	t.Helper()
	q := groceries
	q.Scenario = name
	r := figures(q, l)
	if name != "" {
		all := scenarios(t, p)
		s, _ := scenario.Find(all, name)
		chain, err := scenario.Chain(all, s)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := scenario.Checksum(chain)
		if err != nil {
			t.Fatal(err)
		}
		r.Params = scenario.ParamsOf(chain, r.Params)
		r.Inputs = append(r.Inputs, model.InputRef{Layer: name, Role: model.RoleScenario, SHA256: sum})
	}
	if err := p.SaveResult(t.Context(), r, resultCells); err != nil {
		t.Fatal(err)
	}
}

func TestResultsOfScenarios(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	parent := addScenario(t, p, planned("Grund", 0))
	child := addScenario(t, p, scenario.Scenario{Name: "Barn", Parent: parent.ID})
	for _, name := range []string{"", "Grund", "Barn"} {
		save(t, p, l, name)
	}
	stale := func() string {
		results, err := p.Results(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, r := range results {
			word := r.Query.Scenario + " fresh"
			if r.Stale {
				word = r.Query.Scenario + " stale"
			}
			out = append(out, word)
		}
		return strings.Join(out, ",")
	}
	const fresh = " fresh,Grund fresh,Barn fresh"
	if got := stale(); got != fresh {
		t.Fatal(got)
	}
	changes := []struct {
		name, want string
		do         func(*Tx) error
	}{
		{"parent changed", " fresh,Grund stale,Barn stale", func(tx *Tx) error {
			s := planned("Grund", 0)
			s.ID, s.Steps = parent.ID, s.Steps[1:]
			return tx.UpdateScenario(s)
		}},
		{"step that was off removed", fresh, func(tx *Tx) error {
			s := planned("Grund", 0)
			s.ID, s.Steps = parent.ID, slices.Delete(s.Steps, 1, 2)
			return tx.UpdateScenario(s)
		}},
		{"ferries run again", " fresh,Grund stale,Barn stale", func(tx *Tx) error {
			s := planned("Grund", 0)
			s.ID, s.Steps[5].Off = parent.ID, true
			return tx.UpdateScenario(s)
		}},
		{"another parent", " fresh,Grund fresh,Barn stale", func(tx *Tx) error {
			return tx.UpdateScenario(scenario.Scenario{ID: child.ID, Name: "Barn"})
		}},
		{"another name", " fresh,Grund fresh,Liten stale", func(tx *Tx) error {
			return tx.UpdateScenario(scenario.Scenario{ID: child.ID, Name: "Liten", Parent: parent.ID})
		}},
		{"ferries off everywhere", " stale,Grund fresh,Barn fresh", func(tx *Tx) error {
			params := model.DefaultParams()
			params.FerriesOff = true
			return tx.SetSetting(SettingParams, params)
		}},
		{"layer changed", " stale,Grund stale,Barn stale", func(tx *Tx) error { return tx.DeleteFeature(l, 1) }},
	}
	for _, c := range changes {
		edit(t, p, c.name, c.do)
		if got := stale(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		undo(t, p)
		if got := stale(); got != fresh {
			t.Errorf("undone %s: %s", c.name, got)
		}
	}
}

func TestResultLayersFollowScenarios(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	s := addScenario(t, p, scenario.Scenario{Name: "Liten"})
	save(t, p, l, "")
	save(t, p, l, "liten")
	names := func() string {
		layers, err := p.ResultLayers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, l := range layers {
			out = append(out, strings.ReplaceAll(l.Name, i18n.NBSP, " "))
		}
		return strings.Join(out, "; ")
	}
	const base = "Resultat dagligvaror avstånd"
	if got := names(); got != base+"; "+base+", liten" {
		t.Fatal(got)
	}
	s.Name = "Stor"
	edit(t, p, "döp om", func(tx *Tx) error { return tx.UpdateScenario(s) })
	save(t, p, l, "Stor")
	if got := names(); got != base+"; "+base+", Stor" {
		t.Fatal(got)
	}
	if _, found, err := p.Result(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance, Bands: []float64{1000, 2000}, Scenario: "stor"}); !found || err != nil {
		t.Error(found, err)
	}
	_, _, err := p.Result(t.Context(), model.Query{Service: "dagligvaror", Impedance: model.Distance, Scenario: "Liten"})
	wantProblem(t, err, "scenario.unknown_none")
	// Taken back, the scenario's results wait; made again, they are there. Removed, they go.
	undo(t, p)
	undo(t, p)
	if got := names(); got != base {
		t.Fatal(got)
	}
	redo(t, p)
	redo(t, p)
	if got := names(); got != base+"; "+base+", Stor" {
		t.Fatal(got)
	}
	edit(t, p, "ta bort", func(tx *Tx) error { return tx.RemoveScenario(s.ID) })
	undo(t, p)
	if got := names(); got != base {
		t.Error(got)
	}
	if slices.Contains(tablesOf(t, p), "resultat_dagligvaror_avstand_stor") {
		t.Error("the table of a removed result is still there")
	}
}

// TestSecondVersion brings a project of the first version, with a result and a step to undo, to the present one.
func TestSecondVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gammalt.gpkg")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	steps, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	old := &Project{path: path, gate: newGate(), lang: i18n.Swedish}
	if err := old.openWriter(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := old.migrate(t.Context(), steps[:1], 0); err != nil {
		t.Fatal(err)
	}
	err = old.transaction(t.Context(), func(c *sql.Conn) error {
		_, err := c.ExecContext(context.Background(), `INSERT INTO nabar_setting VALUES('decision','1');
CREATE TABLE resultat(fid INTEGER PRIMARY KEY, geom BLOB, cell TEXT, people INTEGER, nearest TEXT, cost_m REAL, second TEXT, second_cost_m REAL);
INSERT INTO resultat VALUES(1,NULL,'ruta',3,'A',12.5,NULL,NULL);
INSERT INTO nabar_result VALUES(4,'post','distance','[1000]','Resultat','resultat',1,3,3,0,12.5,12.5,12.5,12.5,NULL,'{}','[]','1','{}');
INSERT INTO nabar_result_band VALUES(4,0,1000,3);
INSERT INTO nabar_result_place VALUES(4,0,'A','Handeln',3,1);`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	p := open(t, path)
	r, found, err := p.Result(t.Context(), model.Query{Service: "post", Impedance: model.Distance, Bands: []float64{1000}})
	if err != nil || !found {
		t.Fatal(found, err)
	}
	if r.ID != 4 || r.Mean != 12.5 || len(r.Bands) != 1 || len(r.Places) != 1 || len(r.Cells) != 1 || r.Cells[0].Cost != 12.5 {
		t.Errorf("%+v", r)
	}
	addScenario(t, p, planned("s", 0))
	for range 2 {
		undo(t, p)
	}
	if _, can := p.CanUndo(t.Context()); can {
		t.Error("the migration is an undo step")
	}
	if slices.ContainsFunc(tablesOf(t, p), func(name string) bool {
		return strings.HasPrefix(name, "nabar_result") && strings.HasSuffix(name, "_1")
	}) {
		t.Error("old tables are left")
	}
	execIn(t, path, `PRAGMA foreign_key_check; DELETE FROM nabar_result`)
}
