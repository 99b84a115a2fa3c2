package project

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

var gotland = model.Kommun{Code: "0980", Name: "Gotland"}

// create makes a project in a folder of its own.
func newProject(t testing.TB) *Project {
	t.Helper()
	return newProjectAt(t, filepath.Join(t.TempDir(), "p.gpkg"))
}

func newProjectAt(t testing.TB, path string) *Project {
	t.Helper()
	p, err := Create(t.Context(), path, gotland)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// reopen closes a project and opens its file again.
func reopen(t testing.TB, p *Project) *Project {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, p.Path())
}

func open(t testing.TB, path string) *Project {
	t.Helper()
	p, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// edit runs an edit that must succeed.
func edit(t testing.TB, p *Project, name string, fn func(*Tx) error) {
	t.Helper()
	if err := p.Edit(t.Context(), i18n.Plain(name), fn); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func undo(t testing.TB, p *Project) Step {
	t.Helper()
	step, err := p.Undo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return step
}

func redo(t testing.TB, p *Project) Step {
	t.Helper()
	step, err := p.Redo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return step
}

// shops is a small point layer with a column of every type.
var shops = model.Layer{
	Name: "Butiker på Gotland", Role: model.RoleServices, Geometry: model.PointType, Visible: true,
	Fields: []model.Field{
		{Name: "Namn", Type: model.Text},
		{Name: "antal", Type: model.Integer},
		{Name: "yta", Type: model.Real},
		{Name: "öppen", Type: model.Boolean},
		{Name: "sedan", Type: model.DateType},
		{Name: "ändrad", Type: model.DateTime},
		{Name: "bild", Type: model.Blob},
	},
	Mapping: model.Mapping{model.PartName: "Namn", model.PartOpened: "sedan"},
	Source: model.Import{
		File: "butiker.csv", Size: 123, SHA256: "ab12", Format: "csv", CRS: "EPSG:3006", Encoding: "utf-8",
		Date: "2024-05-06", Read: 4, Imported: 3, Skipped: []model.Skipped{{Row: 3, Reason: "saknar läge"}}, Warnings: []string{"obs"},
	},
}

func shopRows() []model.Feature {
	return []model.Feature{
		{ID: 1, Geometry: orb.Point{697456, 6390123}, Values: []any{"Hemse Livs", int64(3), 250.5, true, "2010-01-02", "2024-05-06T07:08:09.000Z", []byte{1, 0, 2}}},
		{ID: 2, Geometry: orb.Point{700000.125, 6400000}, Values: []any{"L'Östers \"bod\"", int64(-1), 0.1, false, nil, nil, nil}},
		{ID: 7, Geometry: nil, Values: []any{nil, nil, nil, nil, nil, nil, nil}},
	}
}

// feed gives features to AddLayer.
func feed(features []model.Feature) func(func(model.Feature) error) error {
	return func(yield func(model.Feature) error) error {
		for _, f := range features {
			if err := yield(f); err != nil {
				return err
			}
		}
		return nil
	}
}

// addShops adds the small layer.
func addShops(t testing.TB, p *Project) model.Layer {
	t.Helper()
	return addLayer(t, p, shops, shopRows())
}

func addLayer(t testing.TB, p *Project, def model.Layer, rows []model.Feature) model.Layer {
	t.Helper()
	var l model.Layer
	edit(t, p, "Importera "+def.Name, func(tx *Tx) (err error) {
		l, err = tx.AddLayer(def, feed(rows))
		return err
	})
	return l
}

// all reads the features of a layer.
func all(t testing.TB, p *Project, l model.Layer) []model.Feature {
	t.Helper()
	var out []model.Feature
	if err := p.Features(t.Context(), l, func(f model.Feature) error { out = append(out, f); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// roads makes n lines of ten vertices, with NVDB-like columns, that fill an area of 100 km by 100 km.
func roads(n int) (model.Layer, func(func(model.Feature) error) error) {
	def := model.Layer{Name: "Vägnät", Role: model.RoleRoads, Geometry: model.LineStringType, Fields: []model.Field{
		{Name: "extlen", Type: model.Real},
		{Name: "f_hogst_225", Type: model.Integer},
		{Name: "b_hogst_225", Type: model.Integer},
		{Name: "klass_181", Type: model.Integer},
		{Name: "F_ForbjudenFardriktning", Type: model.Boolean},
		{Name: "B_ForbjudenFardriktning", Type: model.Boolean},
		{Name: "Farjeled", Type: model.Boolean},
		{Name: "typ_41", Type: model.Integer},
		{Name: "route_id", Type: model.Text},
	}}
	return def, func(yield func(model.Feature) error) error {
		for i := range n {
			line := make(orb.LineString, 10)
			e, north := 650000+float64(i*7919%100000), 6350000+float64(i*104729%100000)
			for j := range line {
				line[j] = orb.Point{e + float64(j*20), north + float64(j*j)}
			}
			err := yield(model.Feature{ID: int64(i + 1), Geometry: line, Values: []any{
				180.25 + float64(i%100), int64(70), int64(50), int64(i % 10), false, i%50 == 0, false, int64(0), fmt.Sprintf("1000:%d", i),
			}})
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// bytesOf reads a file.
func bytesOf(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// wantProblem makes sure that an error is the Problem of a key, with a sentence in both languages.
func wantProblem(t testing.TB, err error, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", key)
	}
	problem, ok := errorsAs(err)
	if !ok || problem.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	for _, lang := range []string{i18n.Swedish, i18n.English} {
		if !i18n.For(lang).Has(key) {
			t.Errorf("%s has no sentence in %s", key, lang)
		}
	}
}
