package cli_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestForecastByAge gives the demo kommun a forecast with ages: the ages have the told shares.
func TestForecastByAge(t *testing.T) {
	dir := t.TempDir()
	done(t, "demo", "--out", dir)
	project, file := filepath.Join(dir, "demo.gpkg"), filepath.Join(dir, "prognos.geojson")
	content := `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` +
		`{"type":"Feature","properties":{"namn":"Alla","2040":9000,"2040_0_19":1500,"2040_20_64":4500,"2040_65-":3000},"geometry":{"type":"Polygon","coordinates":` +
		`[[[200000,6100000],[1000000,6100000],[1000000,7700000],[200000,7700000],[200000,6100000]]]}}]}`
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, file, "--as", "layer", "--name", "prognos")
	added := answer(t, "scenario", "add", project, "2040", "--forecast", "prognos.2040")
	if got := texts(added); !strings.Contains(got[0], "efter ålder") {
		t.Errorf("%q", got)
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "2040", "--by", "age")
	of := map[string]float64{}
	for _, g := range r["groups"].([]any) {
		g := g.(map[string]any)
		of[g["group"].(string)] = g["people"].(float64)
	}
	// the area holds squares beyond the border too, so that the kommun has its part of each age: a third are 65 and over, not 28 %
	people := r["people"].(float64)
	young := of["0-5"] + of["6-15"] + of["16-19"]
	if people < 7000 || people > 9000 || math.Abs(of["65-"]/people-1.0/3) > 0.02 || math.Abs(of["20-64"]/people-0.5) > 0.02 || math.Abs(young/people-1.0/6) > 0.02 {
		t.Errorf("%v people, by age %v", people, of)
	}
}
