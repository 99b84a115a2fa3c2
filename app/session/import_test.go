package session_test

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/project"
)

// empty opens a new project without layers.
func empty(t *testing.T) *session.Session {
	t.Helper()
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), "0980"))
	return s
}

// file writes a file of the test's own.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// key is the code of a Problem, or the error's words.
func key(err error) string {
	var p *i18n.Problem
	if errors.As(err, &p) {
		return p.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// keys are the codes of messages.
func keys(messages []i18n.Message) []string {
	var out []string
	for _, m := range messages {
		out = append(out, m.Key)
	}
	return out
}

// collection is GeoJSON in the project's system.
func collection(features ...string) string {
	return `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` +
		strings.Join(features, ",") + `]}`
}

const (
	placed   = `{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[600000,6500000]}}`
	unplaced = `{"type":"Feature","properties":{"n":2},"geometry":null}`
)

func TestRowsWithoutPositions(t *testing.T) {
	tests := []struct {
		name, text string
		role       model.Role
		rows       int
		kind       model.GeometryType
		warning    string
		problem    string
	}{
		{"table", collection(unplaced, unplaced), "", 2, model.NoGeometry, "session.no_positions", ""},
		{"some", collection(placed, unplaced, unplaced), "", 3, model.PointType, "session.some_without_position", ""},
		{"all placed", collection(placed), "", 1, model.PointType, "", ""},
		{"no rows", collection(), "", 0, "", "", "session.layer_empty"},
		{"as roads", collection(unplaced), model.RoleRoads, 0, "", "", "import.need_lines"},
		{"as area", collection(unplaced), model.RoleArea, 0, "", "", "import.need_polygons"},
		{"as squares", collection(unplaced), model.RolePopulation, 0, "", "", "import.need_people"},
		{"as services", collection(unplaced), model.RoleServices, 0, "", "", "import.need_type"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := empty(t)
			reports, err := s.Import(ctx, file(t, "tabell.geojson", tt.text), session.ImportOptions{Role: tt.role}, nil)
			if key(err) != tt.problem {
				t.Fatalf("got %v, want %q", err, tt.problem)
			}
			if err != nil {
				return
			}
			r := reports[0]
			if r.Role != model.RoleLayer || r.Imported != tt.rows || r.Features != tt.rows || len(r.Skipped) != 0 {
				t.Errorf("report %+v", r)
			}
			got := slices.DeleteFunc(keys(r.Warnings), func(k string) bool { return !strings.Contains(k, "position") })
			if strings.Join(got, " ") != tt.warning {
				t.Errorf("warnings %s, want %s", got, tt.warning)
			}
			if l := layer(t, s, model.RoleLayer); l.Geometry != tt.kind || l.Features != tt.rows {
				t.Errorf("layer of %q with %d rows", l.Geometry, l.Features)
			}
		})
	}
}

// A system that is guessed is told of once, and a finished import does not ask.
func TestGuessedSystemIsToldOnce(t *testing.T) {
	const at = `{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[700000,6400000]}}`
	without := `{"type":"FeatureCollection","features":[` + at + `]}`
	foreign := strings.Replace(collection(at), "EPSG::3006", "EPSG::2154", 1)
	tests := []struct{ name, file, text, told, want string }{
		{"metres in GeoJSON", "a.geojson", without, "", "table.geojson_metres_likely"},
		{"unknown system in GeoJSON", "a.geojson", foreign, "", "table.geojson_crs_likely"},
		{"told", "a.geojson", foreign, "EPSG:3006", ""},
		{"stated", "a.geojson", collection(at), "", ""},
		{"table", "a.csv", "namn;X;Y\nÅby;167000;6400000\n", "", "table.crs_likely"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := empty(t)
			reports, err := s.Import(ctx, file(t, tt.file, tt.text), session.ImportOptions{CRS: tt.told}, nil)
			must(t, err)
			r := reports[0]
			if got := strings.Join(keys(r.Warnings), " "); got != tt.want {
				t.Errorf("warnings %s, want %s", got, tt.want)
			}
			for _, w := range r.Warnings {
				for _, lang := range []string{"sv", "en"} {
					text := i18n.For(lang).Text(w)
					if !strings.Contains(text, r.CRS) || strings.Contains(text, "bekräfta") || strings.Contains(text, "confirm") {
						t.Errorf("%s (used: %s)", text, r.CRS)
					}
				}
			}
		})
	}
}

// twoLayers makes a GeoPackage with two layers of points, of two and three rows, and an entry in
// its list of contents that names no table; the statements come on top.
func twoLayers(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "två.gpkg")
	p, err := project.Create(ctx, path, model.Kommun{Code: "0980", Name: "Gotland"})
	must(t, err)
	must(t, p.Edit(ctx, i18n.Plain("lager"), func(tx *project.Tx) error {
		for i, name := range []string{"butiker", "parker"} {
			def := model.Layer{Name: name, Role: model.RoleLayer, Geometry: model.PointType, Fields: []model.Field{{Name: "n", Type: model.Integer}}}
			_, err := tx.AddLayer(def, func(yield func(model.Feature) error) error {
				for j := range 2 + i {
					if err := yield(model.Feature{Geometry: orb.Point{700000, 6400000}, Values: []any{int64(j)}}); err != nil {
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
	}))
	must(t, p.Close())
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	for _, s := range append(statements, "INSERT INTO gpkg_contents(table_name, data_type, identifier) VALUES ('spöke', 'features', 'spöke')") {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%v in %s", err, s)
		}
	}
	return path
}

// What is true of the file as a whole is told once, and a layer that gives nothing does not stop the others.
func TestSeveralLayers(t *testing.T) {
	tests := []struct {
		name     string
		sql      []string
		layer    string
		imported []int
		warnings []string // of each report, by key
		problem  string
	}{
		{"both", nil, "", []int{2, 3}, []string{"import.layer_ghost", ""}, ""},
		{"one named", nil, "parker", []int{3}, []string{"import.layer_ghost"}, ""},
		{"one empty", []string{"DELETE FROM butiker"}, "", []int{3}, []string{"import.layer_ghost session.left_out"}, ""},
		{"the empty one named", []string{"DELETE FROM butiker"}, "butiker", nil, nil, "session.layer_empty"},
		{"both empty", []string{"DELETE FROM butiker", "DELETE FROM parker"}, "", nil, nil, "session.layer_empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := twoLayers(t, tt.sql...)
			reports, err := empty(t).Import(ctx, path, session.ImportOptions{Layer: tt.layer}, nil)
			if key(err) != tt.problem || len(reports) != len(tt.imported) {
				t.Fatalf("%d reports, %v", len(reports), err)
			}
			for i, r := range reports {
				if got := strings.Join(keys(r.Warnings), " "); r.Imported != tt.imported[i] || got != tt.warnings[i] {
					t.Errorf("%s: %d rows, warnings %s", r.Layer, r.Imported, got)
				}
			}
		})
	}
	p, err := empty(t).Preview(ctx, twoLayers(t), session.ImportOptions{})
	must(t, err)
	if len(p.Warnings) != 1 || len(p.Layers) != 2 || len(p.Layers[0].Info.Warnings) != 0 || len(p.Layers[1].Info.Warnings) != 0 {
		t.Errorf("preview warns %v, layers %v", p.Warnings, p.Layers)
	}
}

// A table stands beside the layers of the map in all that the program and other programs do with a project.
func TestTableInProject(t *testing.T) {
	s := village(t)
	_, err := s.Import(ctx, file(t, "tabell.csv", "namn;antal\nÅby;3\nÖby;4\n"), session.ImportOptions{Role: model.RoleLayer}, nil)
	must(t, err)
	table := layer(t, s, model.RoleLayer)
	info, err := s.Info(ctx)
	must(t, err)
	if i := slices.IndexFunc(info.Layers, func(l model.Layer) bool { return l.ID == table.ID }); i < 0 || info.Layers[i].Features != 2 {
		t.Errorf("info tells of %+v", info.Layers)
	}
	without := village(t)
	bounds, err := s.Bounds(ctx)
	must(t, err)
	want, err := without.Bounds(ctx)
	must(t, err)
	if bounds != want {
		t.Errorf("the map shows %v with the table and %v without", bounds, want)
	}
	must(t, s.RenderSheet(ctx, filepath.Join(t.TempDir(), "karta.png"), session.Sheet{Query: groceries, Width: 400, Height: 300}, nil))
	for _, ext := range []string{"csv", "geojson", "gpkg"} {
		out := filepath.Join(t.TempDir(), "ut."+ext)
		_, err := s.Export(ctx, table.Name, out, nil)
		must(t, err)
		reports, err := empty(t).Import(ctx, out, session.ImportOptions{Role: model.RoleLayer}, nil)
		must(t, err)
		if reports[0].Imported != 2 || !slices.Contains(keys(reports[0].Warnings), "session.no_positions") {
			t.Errorf("%s reads back as %+v", ext, reports[0])
		}
	}
	path := s.Path()
	must(t, s.Close())
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("ogrinfo is not installed: scripts/setup test installs it")
	}
	out, err := exec.Command("ogrinfo", "-ro", path, table.Name).CombinedOutput()
	if text := string(out); err != nil || !strings.Contains(text, "Geometry: None") || !strings.Contains(text, "Feature Count: 2") || !strings.Contains(text, "Öby") {
		t.Errorf("%v: %s", err, out)
	}
}

// A GeoPackage tells only while it is read which of its geometries have heights: the report must have it nonetheless.
func TestHeightsInTheReport(t *testing.T) {
	path := filepath.Join(testdata.Dir(t, "corpus"), "odd", "gpkg", "line_zm.gpkg")
	s := empty(t)
	reports, err := s.Import(ctx, path, session.ImportOptions{}, nil)
	must(t, err)
	if got := keys(reports[0].Warnings); !slices.Equal(got, []string{"import.heights_dropped"}) {
		t.Errorf("warnings %v", got)
	}
	if kept := layer(t, s, model.RoleLayer).Source.Warnings; len(kept) != 1 {
		t.Errorf("kept with the layer: %v", kept)
	}
}
