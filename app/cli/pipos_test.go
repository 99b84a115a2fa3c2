package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnalyseByPiposRules leaves the connectors out of the cost, says so, and keeps the project's own result.
func TestAnalyseByPiposRules(t *testing.T) {
	project := village(t)
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--pipos")
	near(t, "mean", r["mean"], 500)
	near(t, "second", r["second"].(map[string]any)["mean"], (100*8500+50*7500)/150.0)
	if r["rules"] != "pipos" {
		t.Errorf("rules %v", r["rules"])
	}
	if own := answer(t, "analyse", project, "--service", "dagligvaror"); own["rules"] != nil || own["mean"] == r["mean"] {
		t.Errorf("own rules: %v, mean %v", own["rules"], own["mean"])
	}
	if results := answer(t, "info", project)["results"].([]any); len(results) != 1 || results[0].(map[string]any)["stale"] != false {
		t.Errorf("results %v", results)
	}
	for _, command := range []string{"analyse", "rank"} {
		if out := done(t, command, project, "--service", "dagligvaror", "--pipos"); !strings.Contains(out, "Pipos regler") {
			t.Errorf("%s does not tell of the rules:\n%s", command, out)
		}
	}
	if c := answer(t, "compare", project, "nuläge", "nuläge", "--service", "dagligvaror", "--pipos"); c["a"].(map[string]any)["rules"] != "pipos" {
		t.Errorf("compare: %v", c["a"])
	}
}

// TestPiposDifferences compares the village with a result in kilometres and with decimal commas: the connector explains one
// square, the other was altered, one is not in the project.
func TestPiposDifferences(t *testing.T) {
	project := village(t)
	dir := t.TempDir()
	result, out := filepath.Join(dir, "pipos.csv"), filepath.Join(dir, "skillnader.csv")
	text := "Rutid_SCB;Befolkning;Avstånd (km);Närmaste\n5000006699500;100;0,500;A\n5080006699500;51;2,000;B\n6000006699500;3;1,250;B\n5080006699500;1;1,000;B\n;1;1,000;B\n"
	if err := os.WriteFile(result, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d := answer(t, "pipos", project, "--result", result, "--service", "dagligvaror", "--tolerance", "5", "--out", out)
	for key, want := range map[string]float64{"compared": 2, "people": 150, "equal": 0, "differing": 3, "people_differing": 153, "tolerance_m": 5} {
		near(t, key, d[key], want)
	}
	r := d["result"].(map[string]any)
	if r["unit"] != "km" || r["step_m"] != 10.0 || r["twice"] != 1.0 || len(r["skipped"].([]any)) != 1 {
		t.Errorf("result %v", r)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want := `cell,people,result_people,own_m,by_pipos_rules_m,result_m,difference_m,nearest,nearest_by_pipos_rules,result_nearest,causes
5000006699500,100,100,510,500,500,-10,A,A,A,connector
5080006699500,50,51,500,500,2000,1500,B,B,B,longer+population
6000006699500,,3,,,1250,,,,B,only_there
`
	if string(data) != want {
		t.Errorf("squares:\n%s", data)
	}
	if text := done(t, "pipos", project, "--result", result, "--service", "dagligvaror"); !strings.Contains(text, "rutan saknas i projektet") {
		t.Errorf("said:\n%s", text)
	}
}

// TestPiposResultOfALayer imports a result as a layer and compares with that, and names the columns that nothing recognises.
func TestPiposResultOfALayer(t *testing.T) {
	project := village(t)
	cells := filepath.Join(t.TempDir(), "resultat.geojson")
	square := `{"type":"Feature","properties":{"ruta":"%s","sträcka":%s},"geometry":{"type":"Point","coordinates":[18.3,57.5]}}`
	text := `{"type":"FeatureCollection","features":[` + fmt.Sprintf(square, "CRS3006RES1000mN6699500E500000", "510") + `]}`
	if err := os.WriteFile(cells, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, cells, "--as", "layer")
	status, _, errOut := call(t, "pipos", project, "--result", "resultat", "--service", "dagligvaror")
	if status != 1 || !strings.Contains(errOut, "ruta, sträcka") {
		t.Errorf("status %d: %s", status, errOut)
	}
	d := answer(t, "pipos", project, "--result", "resultat", "--distance", "sträcka", "--unit", "m", "--service", "dagligvaror")
	near(t, "compared", d["compared"], 1)
	near(t, "equal", d["equal"], 1)
}

// TestPiposModeFromTheCommandLine turns the mode on and off, and refuses calls that make no sense.
func TestPiposModeFromTheCommandLine(t *testing.T) {
	project := village(t)
	if r := answer(t, "pipos", project, "--mode", "on"); r["rules"] != "pipos" {
		t.Errorf("on: %v", r)
	}
	near(t, "mean", answer(t, "analyse", project, "--service", "dagligvaror")["mean"], 500)
	if _, _, errOut := call(t, "check", project); !strings.Contains(errOut, "Pipos regler") {
		t.Errorf("check does not tell of the rules: %s", errOut)
	}
	if r := answer(t, "pipos", project, "--mode", "off"); r["rules"] != "" {
		t.Errorf("off: %v", r)
	}
	for _, args := range [][]string{
		{},
		{"--mode", "ja"},
		{"--mode", "on", "--result", "x"},
		{"--result", "x"},
		{"--result", "x", "--service", "post", "--unit", "mil"},
		{"--result", "x", "--service", "post", "--tolerance", "-1"},
	} {
		if status, _, errOut := call(t, append([]string{"pipos", project}, args...)...); status != 2 {
			t.Errorf("%v: status %d, %s", args, status, errOut)
		}
	}
	if status, _, errOut := call(t, "pipos", project, "--result", "finns inte.csv", "--service", "dagligvaror"); status != 1 || !strings.Contains(errOut, "finns inte.csv") {
		t.Errorf("status %d: %s", status, errOut)
	}
}

// TestPiposResultOfAGeoPackage reads the one layer of a file that can be a result, and asks where there are several.
func TestPiposResultOfAGeoPackage(t *testing.T) {
	project, other := village(t), village(t)
	done(t, "analyse", other, "--service", "dagligvaror")
	d := answer(t, "pipos", project, "--result", other, "--service", "dagligvaror")
	near(t, "equal", d["equal"], 2)
	if r := d["result"].(map[string]any); r["unit"] != "m" {
		t.Errorf("result %v", r)
	}
	done(t, "analyse", other, "--service", "dagligvaror", "--bands", "700")
	status, _, errOut := call(t, "pipos", project, "--result", other, "--service", "dagligvaror")
	if status != 1 || !strings.Contains(errOut, "--layer") {
		t.Errorf("status %d: %s", status, errOut)
	}
}
