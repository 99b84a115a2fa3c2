package cli_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// twoLayers makes a GeoPackage of road lines, one of them without a length, and of points.
func twoLayers(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "allt.gpkg")
	p, err := project.Create(context.Background(), path, model.Kommun{Code: "0980", Name: "Gotland"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	at := orb.Point{700000, 6400000}
	lines := []orb.Geometry{orb.LineString{at, {700100, 6400000}}, orb.LineString{at, at}}
	err = p.Edit(context.Background(), i18n.Plain("lager"), func(tx *project.Tx) error {
		for _, l := range []struct {
			name, field string
			kind        model.GeometryType
			rows        []orb.Geometry
		}{{"vagar", "f_hogst_225", model.LineStringType, lines}, {"parker", "n", model.PointType, []orb.Geometry{at, at, at}}} {
			def := model.Layer{Name: l.name, Role: model.RoleLayer, Geometry: l.kind, Fields: []model.Field{{Name: l.field, Type: model.Integer}, {Name: "klass_181", Type: model.Integer}}}
			_, err := tx.AddLayer(def, func(yield func(model.Feature) error) error {
				for _, g := range l.rows {
					if err := yield(model.Feature{Geometry: g, Values: []any{int64(50), int64(3)}}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// The answer of an import of several layers sums them up and has each by itself; that of one layer has no list.
func TestImportOfSeveralLayers(t *testing.T) {
	path := twoLayers(t)
	p := filepath.Join(t.TempDir(), "p.gpkg")
	done(t, "new", p, "--kommun", "0980")
	v := answer(t, "import", p, path)
	for field, want := range map[string]any{"layer": "vagar", "as": "roads", "format": "gpkg", "crs": "EPSG:3006", "read": 5.0, "imported": 4.0, "skipped": 1.0} {
		if v[field] != want {
			t.Errorf("%s is %v, want %v", field, v[field], want)
		}
	}
	if problems := v["problems"].([]any); len(problems) != 1 || problems[0].(map[string]any)["row"] != 2.0 {
		t.Errorf("problems %v", problems)
	}
	layers, _ := v["layers"].([]any)
	if len(layers) != 2 {
		t.Fatalf("layers %v", layers)
	}
	for i, want := range []map[string]any{
		{"layer": "vagar", "as": "roads", "crs": "EPSG:3006", "read": 2.0, "imported": 1.0, "skipped": 1.0},
		{"layer": "parker", "as": "layer", "crs": "EPSG:3006", "read": 3.0, "imported": 3.0, "skipped": 0.0},
	} {
		got := layers[i].(map[string]any)
		for field, value := range want {
			if got[field] != value {
				t.Errorf("layer %d: %s is %v, want %v", i, field, got[field], value)
			}
		}
	}
	info := answer(t, "info", p)["layers"].([]any)
	if len(info) != 2 {
		t.Errorf("the project has %d layers", len(info))
	}
	one := answer(t, "import", p, path, "--layer", "parker", "--name", "Gröna parker")
	if _, several := one["layers"]; several || one["layer"] != "Gröna parker" || one["imported"] != 3.0 {
		t.Errorf("one layer answers %v", one)
	}
	other := filepath.Join(t.TempDir(), "q.gpkg")
	done(t, "new", other, "--kommun", "0980")
	if out := done(t, "import", other, path); !strings.Contains(out, "1 av 2") || !strings.Contains(out, "3 av 3") || strings.Count(out, "EPSG:3006") != 2 {
		t.Errorf("for people: %s", out)
	}
}
