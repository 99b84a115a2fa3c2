package cli_test

import (
	"encoding/csv"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"nabar/internal/testdata"
)

// rowsByGDAL reads a layer with GDAL, the library under QGIS: its columns and rows, the geometry as text first.
func rowsByGDAL(t *testing.T, file, layer string) [][]string {
	t.Helper()
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		t.Skip("ogr2ogr is not installed: scripts/setup test installs it")
	}
	cmd := exec.Command("ogr2ogr", "-f", "CSV", "/vsistdout/", file, layer, "-lco", "GEOMETRY=AS_WKT", "-lco", "STRING_QUOTING=ALWAYS")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("ogr2ogr %s %s: %v", file, layer, err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestOtherProgramsSeeTheProject opens the village's project as QGIS does: the result squares with their figures.
func TestOtherProgramsSeeTheProject(t *testing.T) {
	project := village(t)
	done(t, "analyse", project, "--service", "dagligvaror")
	rows := rowsByGDAL(t, project, "resultat_dagligvaror_avstand")
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"WKT", "cell", "people", "nearest", "cost_m", "second", "second_cost_m"} {
		if _, ok := column[name]; !ok {
			t.Fatalf("no column %s in %v", name, rows[0])
		}
	}
	if len(rows) != 3 {
		t.Fatalf("%d squares, want 2", len(rows)-1)
	}
	first := rows[1]
	want := map[string]string{"cell": "5000006699500", "people": "100", "nearest": "A", "second": "B"}
	for name, value := range want {
		if first[column[name]] != value {
			t.Errorf("%s %q, want %q", name, first[column[name]], value)
		}
	}
	for name, value := range map[string]float64{"cost_m": 510, "second_cost_m": 8500} {
		if v, err := strconv.ParseFloat(first[column[name]], 64); err != nil || v != value {
			t.Errorf("%s %q, want %v", name, first[column[name]], value)
		}
	}
	if !strings.HasPrefix(first[column["WKT"]], "POLYGON ((500000 6699500") {
		t.Errorf("square %q", first[column["WKT"]])
	}
	styles := rowsByGDAL(t, project, "layer_styles")
	if len(styles) < 2 || !strings.Contains(strings.Join(styles[1], " "), "<qgis") {
		t.Error("no style for QGIS beside the result")
	}
}

// TestGotlandAsImported compares every row of every imported layer, as GDAL reads it, with the file it came from.
func TestGotlandAsImported(t *testing.T) {
	dir := testdata.Dir(t, "gotland")
	project := filepath.Join(t.TempDir(), "g.gpkg")
	done(t, "new", project, "--kommun", "0980")
	for file, layer := range map[string]string{
		"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg": "tillganglighetsvagnat_240101",
		"scb_befolkning_1km_gotland_2024.gpkg":             "befolkning_1km_2024",
	} {
		t.Run(layer, func(t *testing.T) {
			path := filepath.Join(dir, file)
			done(t, "import", project, path)
			want, got := rowsByGDAL(t, path, layer), rowsByGDAL(t, project, layer)
			if len(got) != len(want) {
				t.Fatalf("%d rows, want %d", len(got)-1, len(want)-1)
			}
			for i := range want {
				if a, b := strings.Join(got[i], "|"), strings.Join(want[i], "|"); a != b {
					t.Fatalf("row %d:\n%.200s\nwant\n%.200s", i, a, b)
				}
			}
		})
	}
}
