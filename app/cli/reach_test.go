package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/testdata"
)

// TestReachInVillage draws areas of the village's shop, keeps them, takes them back, and writes them to files.
func TestReachInVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "reach", project, "--service", "dagligvaror", "--limits", "300,505,2000", "--together", "--layer", "Nära affären")
	areas := r["areas"].([]any)
	if len(areas) != 3 || r["layer"] != "Nära affären" || r["sharing"] != "all" {
		t.Fatalf("%v", r)
	}
	for i, people := range []float64{0, 50, 150} { // the squares lie at 500 and 510 m
		a := areas[i].(map[string]any)
		near(t, "people", a["people"], people)
		if a["facility"] != nil || a["road_km"].(float64) <= 0 || a["area_km2"].(float64) <= 0 {
			t.Errorf("%v", a)
		}
	}
	info := answer(t, "info", project)
	if layer := info["layers"].([]any); layer[len(layer)-1].(map[string]any)["as"] != "result" {
		t.Errorf("layers %v", layer)
	}
	out := filepath.Join(t.TempDir(), "nära.geojson")
	done(t, "export", project, "--layer", "Nära affären", "--out", out)
	checkAreas(t, out, 3)
	done(t, "undo", project)
	if len(answer(t, "info", project)["layers"].([]any)) != len(info["layers"].([]any))-1 {
		t.Error("undo leaves the layer")
	}
	before, err := os.ReadFile(project)
	if err != nil {
		t.Fatal(err)
	}
	done(t, "reach", project, "--service", "dagligvaror", "--limits", "300,505", "--rings", "--split", "--facility", "A", "--out", out)
	checkAreas(t, out, 2)
	if after, err := os.ReadFile(project); err != nil || string(after) != string(before) {
		t.Errorf("writing a file changes the project: %v", err)
	}
	say := done(t, "reach", project, "--service", "dagligvaror", "--impedance", "time", "--lang", "en")
	if !strings.Contains(say, "Service areas of") || !strings.Contains(say, "people") || strings.ContainsAny(say, "⟦{") {
		t.Errorf("for people: %s", say)
	}
}

// checkAreas reads a GeoJSON file of areas.
func checkAreas(t *testing.T, path string, want int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Features []struct {
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates [][][][2]float64
			}
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Features) != want {
		t.Fatalf("%d areas, want %d", len(file.Features), want)
	}
	for _, f := range file.Features {
		if f.Geometry.Type != "MultiPolygon" || len(f.Geometry.Coordinates[0][0]) < 10 || f.Properties["grans_m"] == nil {
			t.Errorf("%v %v", f.Geometry.Type, f.Properties)
		}
	}
}

// TestCatchmentInVillage compares with what analyse says of the same places.
func TestCatchmentInVillage(t *testing.T) {
	project := grouped(t)
	cells := filepath.Join(t.TempDir(), "rutor.csv")
	r := answer(t, "catchment", project, "--service", "dagligvaror", "--by", "sex,age", "--cells", cells)
	near(t, "people", r["people"], 150)
	sum := 0.0
	for _, c := range r["catchments"].([]any) {
		c := c.(map[string]any)
		sum += c["people"].(float64)
		near(t, "share", c["share"], c["people"].(float64)/150)
		if groups := c["groups"].([]any); groups[0].(map[string]any)["group"] != "women" || len(groups) < 4 {
			t.Errorf("groups %v", groups)
		}
		inSquares := 0.0
		for _, s := range c["squares"].([]any) {
			inSquares += s.(map[string]any)["people"].(float64)
		}
		near(t, "people in squares", inSquares, c["people"].(float64))
	}
	near(t, "all catchments", sum, 150)
	if text, err := os.ReadFile(cells); err != nil || !strings.HasPrefix(string(text), "facility,cell,people,cost\n") || strings.Count(string(text), "\n") != 3 {
		t.Errorf("%v %s", err, text)
	}
	within := answer(t, "catchment", project, "--service", "dagligvaror", "--within", "505")
	near(t, "within 505 m", within["reached"], 50)
	near(t, "beyond", within["unreached"], 100)
	say := done(t, "catchment", project, "--service", "dagligvaror", "--by", "sex")
	if !strings.Contains(say, "Kvinnor") || strings.ContainsAny(say, "⟦{") {
		t.Errorf("for people: %s", say)
	}
}

func TestReachFaults(t *testing.T) {
	project := village(t)
	for name, c := range map[string]struct {
		args   []string
		status int
		word   string
	}{
		"no service":  {[]string{"reach", project}, 2, "--service"},
		"both":        {[]string{"reach", project, "--service", "dagligvaror", "--split", "--together"}, 2, "--split"},
		"buffer":      {[]string{"reach", project, "--service", "dagligvaror", "--buffer", "1"}, 2, "20"},
		"limits":      {[]string{"reach", project, "--service", "dagligvaror", "--limits", "0,5"}, 2, "--limits"},
		"facility":    {[]string{"reach", project, "--service", "dagligvaror", "--facility", "X9"}, 1, "X9"},
		"taken name":  {[]string{"reach", project, "--service", "dagligvaror", "--layer", "vägar"}, 1, "vägar"},
		"format":      {[]string{"reach", project, "--service", "dagligvaror", "--out", filepath.Join(t.TempDir(), "x.pdf")}, 1, ".pdf"},
		"unknown":     {[]string{"reach", project, "--service", "bio"}, 1, "bio"},
		"by":          {[]string{"catchment", project, "--service", "dagligvaror", "--by", "hår"}, 1, "hår"},
		"within":      {[]string{"catchment", project, "--service", "dagligvaror", "--within", "-1"}, 2, "--within"},
		"no facility": {[]string{"catchment", project, "--service", "apotek"}, 1, "Apotek"},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(project)
			status, out, errOut := call(t, c.args...)
			after, _ := os.ReadFile(project)
			if status != c.status || out != "" || !strings.Contains(errOut, c.word) || strings.Contains(errOut, "⟦") || string(before) != string(after) {
				t.Errorf("status %d, %q, %q", status, out, errOut)
			}
		})
	}
}

// TestReachOnGotland draws all grocery shops' areas, split at the nearest, and counts everybody once.
func TestReachOnGotland(t *testing.T) {
	project := filepath.Join(t.TempDir(), "g.gpkg")
	dir := testdata.Dir(t, "gotland")
	done(t, "new", project, "--kommun", "0980")
	for _, file := range []string{"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg", "scb_befolkning_1km_gotland_2024.gpkg", "servicestallen_gotland.csv"} {
		done(t, "import", project, filepath.Join(dir, file))
	}
	r := answer(t, "reach", project, "--service", "dagligvaror", "--limits", "10000", "--split", "--layer", "10 km")
	people := 0.0
	for _, a := range r["areas"].([]any) {
		people += a.(map[string]any)["people"].(float64)
	}
	within(t, "people within 10 km", people, 53553, 30)
	if len(r["areas"].([]any)) != 28 {
		t.Errorf("%d areas", len(r["areas"].([]any)))
	}
}
