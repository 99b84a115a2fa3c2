package project

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestResultsOfWaysAndDays keeps results by profile, date and demand beside each other, each with a layer of its own.
func TestResultsOfWaysAndDays(t *testing.T) {
	p := newProject(t)
	queries := []model.Query{groceries, groceries, groceries, groceries}
	queries[1].Date = "2020-01-01"
	queries[2].Profile, queries[2].Demand = "cykel", "sommar"
	queries[3].Profile = "cykel"
	for i, q := range queries {
		r := figures(q)
		r.People = 100 + i
		r.Params.Date = q.Date
		if err := p.SaveResult(t.Context(), r, nil, ResultLook{Profile: "Cykel"}); err != nil {
			t.Fatal(err)
		}
	}
	for i, q := range queries {
		r, found, err := p.Result(t.Context(), q)
		if err != nil || !found || r.People != 100+i || r.Query.Profile != q.Profile || r.Query.Date != q.Date || r.Query.Demand != q.Demand {
			t.Errorf("%+v: %+v, %v", q, r, err)
		}
	}
	layers, err := p.ResultLayers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ends []string
	for _, l := range layers {
		_, end, _ := strings.Cut(strings.ReplaceAll(l.Name, i18n.NBSP, " "), ", ")
		ends = append(ends, end)
	}
	if want := []string{"", "2020-01-01", "Cykel, sommar", "Cykel"}; !slices.Equal(ends[1:], want[1:]) {
		t.Errorf("layers are told apart by %q, want %q", ends, want)
	}
	if err := p.RemoveResult(t.Context(), queries[3]); err != nil {
		t.Fatal(err)
	}
	if all, err := p.Results(t.Context()); err != nil || len(all) != 3 {
		t.Errorf("%d results, %v", len(all), err)
	}
}

// TestThirdVersion brings a project of the second version, with results of the baseline and of a scenario, to the present
// one: what was computed still holds.
func TestThirdVersion(t *testing.T) {
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
	if err := old.migrate(t.Context(), steps[:2], 0); err != nil {
		t.Fatal(err)
	}
	err = old.transaction(t.Context(), func(c *sql.Conn) error {
		_, err := c.ExecContext(t.Context(), `UPDATE nabar_state SET step=-1;
INSERT INTO nabar_scenario VALUES(7,'s',0,0);
CREATE TABLE r1(fid INTEGER PRIMARY KEY, geom BLOB, cell TEXT, people INTEGER, nearest TEXT, cost_m REAL, second TEXT, second_cost_m REAL);
CREATE TABLE r2 AS SELECT * FROM r1;
INSERT INTO nabar_result VALUES(4,0,'post','distance','[1000]','Resultat','r1',1,3,3,0,12.5,12.5,12.5,12.5,NULL,'{}','[]','1','{}');
INSERT INTO nabar_result VALUES(9,7,'post','distance','[1000]','Resultat s','r2',1,3,3,0,13.5,12.5,12.5,12.5,NULL,'{}','[]','1','{}');
INSERT INTO nabar_result_band VALUES(4,0,1000,3),(9,0,1000,2);
INSERT INTO nabar_result_place VALUES(4,0,'A','Handeln',3,1);
UPDATE nabar_state SET step=0;`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	p := open(t, path)
	q := model.Query{Service: "post", Impedance: model.Distance, Bands: []float64{1000}}
	r, found, err := p.Result(t.Context(), q)
	if err != nil || !found || r.ID != 4 || r.Mean != 12.5 || len(r.Bands) != 1 || len(r.Places) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	q.Scenario = "s"
	if r, found, err = p.Result(t.Context(), q); err != nil || !found || r.ID != 9 || r.Mean != 13.5 || r.Bands[0].People != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, can := p.CanUndo(t.Context()); can {
		t.Error("the migration is an undo step")
	}
	for _, name := range tablesOf(t, p) {
		if strings.HasPrefix(name, "nabar_result") && strings.HasSuffix(name, "_2") {
			t.Errorf("%s is left", name)
		}
	}
}
