package cli_test

import (
	"math"
	"path/filepath"
	"testing"

	"nabar/internal/testdata"
)

// TestGotland carries the errand through on a whole kommun: the national road register, SCB's squares, real shops.
// The figures come from an independent calculation on the same files.
func TestGotland(t *testing.T) {
	dir := testdata.Dir(t, "gotland")
	project := filepath.Join(t.TempDir(), "g.gpkg")
	done(t, "new", project, "--kommun", "0980")
	imports := []struct {
		file, as string
		features float64
	}{
		{"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg", "roads", 28493},
		{"scb_befolkning_1km_gotland_2024.gpkg", "population", 1578},
		{"servicestallen_gotland.csv", "services", 77},
		{"kommungrans_gotland.geojson", "area", 1},
	}
	for _, i := range imports {
		r := answer(t, "import", project, filepath.Join(dir, i.file))
		if r["as"] != i.as || r["imported"] != i.features || r["skipped"] != 0.0 {
			t.Errorf("%s: as %v, imported %v, skipped %v; want %s, %v, 0", i.file, r["as"], r["imported"], r["skipped"], i.as, i.features)
		}
	}
	network := answer(t, "check", project)["network"].(map[string]any)
	if network["nodes"] != 25031.0 || network["edges"] != 28493.0 || network["components"] != 2.0 {
		t.Errorf("network %v", network)
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror")
	for key, want := range map[string]float64{"people": 60857, "reached": 60857, "unreached": 0, "facilities": 28} {
		near(t, key, r[key], want)
	}
	within(t, "mean", r["mean"], 3893.8, 1)
	within(t, "second", r["second"].(map[string]any)["mean"], 7192.0, 1)
	within(t, "max", r["max"], 21915, 1)
	people := map[float64]float64{}
	for _, b := range r["bands"].([]any) {
		band := b.(map[string]any)
		people[band["to"].(float64)] = band["people"].(float64)
	}
	within(t, "within 1 km", people[1000], 18124, 0)
	within(t, "within 5 km", people[5000], 41773, 100) // one square lies less than a metre from this limit
	within(t, "within 10 km", people[10000], 53553, 0)
	for _, service := range []string{"drivmedel", "apotek", "betaltjanster"} {
		for _, impedance := range []string{"distance", "time"} {
			r := answer(t, "analyse", project, "--service", service, "--impedance", impedance)
			if r["reached"].(float64)+r["unreached"].(float64) != 60857 {
				t.Errorf("%s by %s: reached %v and unreached %v", service, impedance, r["reached"], r["unreached"])
			}
		}
	}
}

// within fails where a JSON number is farther from the wanted one than the tolerance.
func within(t *testing.T, what string, got any, want, tolerance float64) {
	t.Helper()
	if v, ok := got.(float64); !ok || math.Abs(v-want) > tolerance {
		t.Errorf("%s %v, want %v within %v", what, got, want, tolerance)
	}
}
