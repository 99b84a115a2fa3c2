package project

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

// tool runs another program, or skips the test where it isn't installed.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// outside is a closed project with a point layer, a line layer, a table and a result.
func outside(t *testing.T) (path string) {
	t.Helper()
	p := newProject(t)
	l := addShops(t, p)
	def, rows := roads(50)
	edit(t, p, "Importera vägar", func(tx *Tx) error {
		_, err := tx.AddLayer(def, rows)
		return err
	})
	addLayer(t, p, model.Layer{Name: "Tabell", Role: model.RoleLayer, Fields: []model.Field{{Name: "a", Type: model.Text}}}, []model.Feature{{Values: []any{"x"}}})
	removed := shops
	removed.Name = "Ångrat lager"
	addLayer(t, p, removed, shopRows())
	undo(t, p)
	if err := p.SaveResult(t.Context(), figures(groceries, l), resultCells, ResultLook{QML: "<qgis/>"}); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return p.Path()
}

func TestGDALReadsTheProject(t *testing.T) {
	path := outside(t)
	list := tool(t, "ogrinfo", "-ro", path)
	for _, want := range []string{"butiker_pa_gotland (Point)", "vagnat (Line String)", "tabell (None)", "resultat_dagligvaror_avstand (Polygon)", "layer_styles (None)"} {
		if !strings.Contains(list, want) {
			t.Errorf("%q is not in\n%s", want, list)
		}
	}
	for _, not := range []string{"nabar_", "angrat", "Warning", "ERROR"} {
		if strings.Contains(list, not) {
			t.Errorf("%q is in\n%s", not, list)
		}
	}
	for table, wants := range map[string][]string{
		"butiker_pa_gotland": {
			"Feature Count: 3", `ID["EPSG",3006]`, "FID Column = fid", "Geometry Column = geom", "Extent: (697456.000000, 6390123.000000) - (700000.125000, 6400000.000000)",
			"Namn: String", "antal: Integer64", "yta: Real", "öppen: Integer(Boolean)", "sedan: Date", "ändrad: DateTime", "bild: Binary",
			"Namn (String) = Hemse Livs", "sedan (Date) = 2010/01/02", "POINT (697456 6390123)", "IDENTIFIER=Butiker på Gotland",
		},
		"vagnat":                       {"Feature Count: 50", "extlen (Real) = 180.25", "B_ForbjudenFardriktning (Integer(Boolean)) = 1"},
		"resultat_dagligvaror_avstand": {"Feature Count: 3", "cost_m (Real) = 640.25", "people (Integer64) = 10", "POLYGON ((697000 6390000,698000 6390000"},
	} {
		info := tool(t, "ogrinfo", "-ro", path, table)
		for _, want := range wants {
			if !strings.Contains(info, want) {
				t.Errorf("%s: %q is not in\n%.3000s", table, want, info)
			}
		}
		if strings.Contains(info, "Warning") {
			t.Errorf("%.1000s", info)
		}
	}
	// A spatial filter goes through the R-tree.
	if out := tool(t, "ogrinfo", "-ro", "-so", "-spat", "697000", "6390000", "698000", "6391000", path, "butiker_pa_gotland"); !strings.Contains(out, "Feature Count: 1") {
		t.Error(out)
	}
	tool(t, "ogr2ogr", filepath.Join(t.TempDir(), "copy.gpkg"), path)
}

func TestSQLiteFindsTheFileSound(t *testing.T) {
	path := outside(t)
	out := tool(t, "sqlite3", path, `PRAGMA integrity_check; PRAGMA foreign_key_check; PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode; SELECT rtreecheck('rtree_vagnat_geom');`)
	if out != "ok\n1196444487\n10300\ndelete\nok\n" {
		t.Error(out)
	}
	// What the standard asks of the tables' contents.
	out = tool(t, "sqlite3", path, `
SELECT 'contents without table', table_name FROM gpkg_contents WHERE table_name NOT IN (SELECT name FROM sqlite_master);
SELECT 'features without geometry column', table_name FROM gpkg_contents WHERE data_type='features' AND table_name NOT IN (SELECT table_name FROM gpkg_geometry_columns);
SELECT 'unknown system', srs_id FROM gpkg_geometry_columns WHERE srs_id NOT IN (SELECT srs_id FROM gpkg_spatial_ref_sys);
SELECT 'no index', table_name FROM gpkg_geometry_columns g WHERE NOT EXISTS (SELECT 1 FROM gpkg_extensions e WHERE e.table_name=g.table_name AND e.column_name=g.column_name AND extension_name='gpkg_rtree_index');
SELECT 'extension without table', table_name FROM gpkg_extensions WHERE table_name IS NOT NULL AND table_name NOT IN (SELECT name FROM sqlite_master);
SELECT 'bad time', last_change FROM gpkg_contents WHERE last_change NOT GLOB '????-??-??T??:??:??.???Z';
SELECT 'bad system', srs_id FROM (SELECT -1 AS srs_id UNION SELECT 0 UNION SELECT 4326 UNION SELECT 3006) WHERE srs_id NOT IN (SELECT srs_id FROM gpkg_spatial_ref_sys);
SELECT 'unregistered', name FROM sqlite_master WHERE type='table' AND name LIKE 'nabar%' AND name NOT IN (SELECT table_name FROM gpkg_extensions WHERE extension_name='nabar_project');`)
	if out != "" {
		t.Error(out)
	}
}

// TestEditInAnotherProgram changes, adds and removes rows with GDAL: the change is seen, is an undo step, makes results
// stale, and can be taken back and done again.
func TestEditInAnotherProgram(t *testing.T) {
	path := outside(t)
	contents := func(p *Project) string { // but for the time that GDAL writes, and no undo takes back
		return regexp.MustCompile(`butiker.csv'\|text '[^']*'`).ReplaceAllString(dump(t, p), "")
	}
	before := contents(closing(t, path))
	for _, query := range []string{
		`UPDATE butiker_pa_gotland SET Namn='Ändrad''s', yta=3.5 WHERE fid=1`,
		`DELETE FROM butiker_pa_gotland WHERE fid=2`,
	} {
		tool(t, "ogrinfo", path, "-sql", query)
	}
	add := filepath.Join(t.TempDir(), "add.csv")
	if err := os.WriteFile(add, []byte("Namn,x,y\nNy,710000,6390000\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	tool(t, "ogr2ogr", "-append", "-oo", "X_POSSIBLE_NAMES=x", "-oo", "Y_POSSIBLE_NAMES=y", "-a_srs", "EPSG:3006", "-nln", "butiker_pa_gotland", path, add)
	p := open(t, path)
	if w := p.Warnings(); len(w) != 1 || w[0].Key != "project.warn_outside" {
		t.Errorf("%v", w)
	}
	l, err := p.LayerByName(t.Context(), shops.Name)
	if err != nil {
		t.Fatal(err)
	}
	rows := all(t, p, l)
	if l.Features != 3 || len(rows) != 3 || rows[0].Values[0] != "Ändrad's" || rows[0].Values[2] != 3.5 || rows[2].Values[0] != "Ny" || l.Bounds.Max[0] < 710000 {
		t.Errorf("%+v\n%+v", l, rows)
	}
	if r, _, err := p.Result(t.Context(), groceries); err != nil || !r.Stale {
		t.Error("the result is not stale", err)
	}
	after := contents(p)
	if step := undo(t, p); step.Name.Key != "project.step_outside" {
		t.Errorf("%+v", step)
	}
	sameDump(t, "undo", contents(p), before)
	if r, _, err := p.Result(t.Context(), groceries); err != nil || r.Stale {
		t.Error("the result is not fresh again", err)
	}
	redo(t, p)
	sameDump(t, "redo", contents(p), after)
	if step := undo(t, reopen(t, p)); step.Name.Key != "project.step_outside" {
		t.Errorf("%+v", step)
	}
}

// closing opens a project for a look, and closes it when the test is done with it or opens it itself.
func closing(t *testing.T, path string) *Project {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "look.gpkg")
	if err := os.WriteFile(copied, bytesOf(t, path), 0o666); err != nil {
		t.Fatal(err)
	}
	return open(t, copied)
}

// TestChangesThatCannotBeUndone deletes a layer and adds a column with GDAL.
func TestChangesThatCannotBeUndone(t *testing.T) {
	path := outside(t)
	tool(t, "ogrinfo", path, "-sql", `DELLAYER:vagnat`)
	tool(t, "ogrinfo", path, "-sql", `DELLAYER:resultat_dagligvaror_avstand`)
	tool(t, "ogrinfo", path, "-sql", `ALTER TABLE butiker_pa_gotland ADD COLUMN ort TEXT(30)`)
	tool(t, "ogrinfo", path, "-sql", `UPDATE butiker_pa_gotland SET ort='Hemse' WHERE fid=1`)
	p := open(t, path)
	var keys []string
	for _, w := range p.Warnings() {
		keys = append(keys, w.Key)
	}
	if got := strings.Join(keys, " "); got != "project.warn_layer_changed project.warn_layer_gone" {
		t.Error(got)
	}
	l, err := p.LayerByName(t.Context(), shops.Name)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Fields[len(l.Fields)-1]; got != (model.Field{Name: "ort", Type: model.Text}) {
		t.Errorf("%+v", l.Fields)
	}
	if rows := all(t, p, l); rows[0].Values[7] != "Hemse" {
		t.Errorf("%+v", rows[0])
	}
	_, err = p.LayerByName(t.Context(), "Vägnät")
	wantProblem(t, err, "project.no_layer")
	if steps, err := p.History(t.Context()); err != nil || len(steps) != 0 {
		t.Error(steps, err)
	}
	if results, err := p.Results(t.Context()); err != nil || len(results) != 0 {
		t.Error(results, err)
	}
	before := dump(t, p)
	edit(t, p, "delete", func(tx *Tx) error { return tx.DeleteFeature(l, 1) })
	undo(t, p)
	if dump(t, p) != before {
		t.Error("undo after a column was added")
	}
	def, rows := roads(3)
	edit(t, p, "roads again", func(tx *Tx) error { _, err := tx.AddLayer(def, rows); return err })
	if err := p.SaveResult(t.Context(), figures(groceries, l), resultCells); err != nil {
		t.Error(err)
	}
	if w := reopen(t, p).Warnings(); len(w) != 0 {
		t.Errorf("%v", i18n.For("sv").Text(w[0]))
	}
}
