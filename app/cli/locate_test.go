package cli_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/testdata"
)

// graphFile writes a graph: a path of five vertices, 10 apart, with a pair given twice of which the last counts.
func graphFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graf.txt")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const pathGraph = " 5 5 2\n1 2 99\n 2 3 10\n3 4 10\n4 5 10\n2 1 10\n"

func TestLocateOnGraph(t *testing.T) {
	path := graphFile(t, pathGraph)
	for _, c := range []struct {
		objective string
		value     float64
	}{{"p-median", 30}, {"p-center", 10}, {"coverage", 5}} {
		t.Run(c.objective, func(t *testing.T) {
			r := answer(t, "locate", "--graph", path, "--objective", c.objective, "--within", "10")
			near(t, "value", r["value"], c.value)
			near(t, "bound", r["bound"], c.value)
			near(t, "gap", r["gap"], 0)
			chosen := r["chosen"].([]any)
			if len(chosen) != 2 || r["objective"] != c.objective || r["optimal"] != true || r["timings_ms"].(map[string]any)["total"] == nil {
				t.Errorf("%v", r)
			}
			for _, v := range chosen {
				if node := v.(map[string]any)["node"].(float64); node < 1 || node > 5 {
					t.Errorf("vertex %v", node)
				}
			}
		})
	}
	if out := done(t, "locate", "--graph", path, "--lang", "en"); !strings.Contains(out, "value 30, bound 30") || !strings.Contains(out, "proven") {
		t.Errorf("for people: %s", out)
	}
}

func TestLocateInVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "locate", project, "--service", "dagligvaror", "--objective", "p-median", "--new", "1")
	near(t, "before", r["before"], 100*510+50*500)
	near(t, "value", r["value"], 100*500+50*500) // at the road's end: 500 m for the hundred instead of 510
	near(t, "mean_before", r["mean_before"], (100*510+50*500)/150.0)
	site := r["chosen"].([]any)[0].(map[string]any)
	near(t, "easting", site["e"], 500000)
	near(t, "northing", site["n"], 6700000)
	near(t, "gap", r["gap"], 0)

	r = answer(t, "locate", project, "--service", "dagligvaror", "--objective", "coverage", "--new", "1", "--within", "505")
	near(t, "covered before", r["before"], 50)
	near(t, "covered", r["value"], 150)
	r = answer(t, "locate", project, "--service", "dagligvaror", "--objective", "p-center", "--new", "1")
	near(t, "farthest before", r["before"], 510)
	near(t, "farthest", r["value"], 500)
	out := done(t, "locate", project, "--service", "dagligvaror")
	if !strings.Contains(out, "Dagligvaror") || !strings.Contains(out, "bevisat") {
		t.Errorf("for people: %s", out)
	}
}

func TestLocateFaults(t *testing.T) {
	project, path := village(t), graphFile(t, pathGraph)
	bad := graphFile(t, "5 2 2\n1 2 3\n1 9 3\n")
	for name, c := range map[string]struct {
		args   []string
		status int
		word   string
	}{
		"nothing":      {[]string{"locate"}, 2, "P.gpkg"},
		"both":         {[]string{"locate", project, "--graph", path}, 2, "för mycket"},
		"no service":   {[]string{"locate", project}, 2, "--service"},
		"objective":    {[]string{"locate", "--graph", path, "--objective", "best"}, 2, "best"},
		"none":         {[]string{"locate", project, "--service", "dagligvaror", "--new", "0"}, 2, "minst 1"},
		"no limit":     {[]string{"locate", "--graph", path, "--objective", "coverage"}, 2, "--within"},
		"impedance":    {[]string{"locate", project, "--service", "dagligvaror", "--impedance", "mil"}, 2, "mil"},
		"too many":     {[]string{"locate", project, "--service", "dagligvaror", "--new", "9"}, 1, "Välj färre"},
		"vertex":       {[]string{"locate", "--graph", bad}, 1, "Rad 3 "},
		"missing file": {[]string{"locate", "--graph", filepath.Join(t.TempDir(), "x")}, 1, "finns inte"},
		"folder":       {[]string{"locate", "--graph", t.TempDir()}, 1, "läsa grafen"},
		"unknown":      {[]string{"locate", project, "--service", "bio"}, 1, "bio"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errOut := call(t, c.args...)
			if status != c.status || out != "" || !strings.Contains(errOut, c.word) || strings.Contains(errOut, "⟦") {
				t.Errorf("status %d, %q, %q", status, out, errOut)
			}
		})
	}
}

// TestLocateOnGotland finds three new grocery shops among all nodes of a real kommun.
func TestLocateOnGotland(t *testing.T) {
	project := filepath.Join(t.TempDir(), "g.gpkg")
	dir := testdata.Dir(t, "gotland")
	done(t, "new", project, "--kommun", "0980")
	for _, file := range []string{
		"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg", "scb_befolkning_1km_gotland_2024.gpkg",
		"servicestallen_gotland.csv", "kommungrans_gotland.geojson",
	} {
		done(t, "import", project, filepath.Join(dir, file))
	}
	r := answer(t, "locate", project, "--service", "dagligvaror", "--objective", "p-median", "--new", "3")
	within(t, "mean before", r["mean_before"], 3893.8, 1)
	if r["gap"].(float64) > 0.01 || r["value"].(float64) >= r["before"].(float64) || len(r["chosen"].([]any)) != 3 {
		t.Errorf("%v", r)
	}
	sites := []string{}
	for i, v := range r["chosen"].([]any) {
		site := v.(map[string]any)
		sites = append(sites, fmt.Sprintf("DAGLIGVAROR@%v,%v", site["e"], site["n"]))
		if e := site["e"].(float64); e < 680000 || e > 760000 || math.IsNaN(e) {
			t.Errorf("site %d at %v", i, sites[i])
		}
	}
}

// TestLocateSaves finds the fewest, moves the shop, keeps the choice as a scenario, and holds what was said to the
// scenario's own figures.
func TestLocateSaves(t *testing.T) {
	project := village(t)
	r := answer(t, "locate", project, "--service", "dagligvaror", "--objective", "least", "--within", "505", "--save", "Alla inom 505")
	near(t, "places", r["value"], 1)
	if r["saved"] != "Alla inom 505" || r["optimal"] != true {
		t.Errorf("%v", r)
	}
	moved := answer(t, "locate", project, "--service", "dagligvaror", "--new", "0", "--movable", "all", "--save", "Flytta")
	if len(moved["chosen"].([]any)) == 1 != (moved["given_up"] != nil) {
		t.Errorf("%v", moved)
	}
	after := answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "Flytta")
	near(t, "mean in the scenario", after["mean"], moved["mean"].(float64))
	listed := answer(t, "locate", project, "--service", "dagligvaror", "--candidates", "500000,6700000", "--scenario", "Flytta")
	if site := listed["chosen"].([]any)[0].(map[string]any); site["name"] != "500000,6700000" {
		t.Errorf("%v", listed)
	}
	kept := answer(t, "locate", project, "--service", "dagligvaror", "--keep", "1")
	if len(kept["kept"].([]any)) != 1 || len(kept["chosen"].([]any)) != 0 {
		t.Errorf("%v", kept)
	}
	if status, _, errOut := call(t, "locate", project, "--service", "dagligvaror", "--movable", "x"); status != 1 || !strings.Contains(errOut, "x") {
		t.Errorf("unknown place: %d %s", status, errOut)
	}
}

// TestLocateTradeoffs sets objectives side by side, draws the curves, and keeps the choices as scenarios.
func TestLocateTradeoffs(t *testing.T) {
	project, dir := village(t), t.TempDir()
	r := answer(t, "locate", project, "--service", "dagligvaror", "--kinds", "all", "--new", "1", "--within", "505", "--front", "3",
		"--chart", filepath.Join(dir, "a.png"), "--front-chart", filepath.Join(dir, "b.png"), "--save", "Avvägning")
	if curves := r["curves"].([]any); len(curves) != 4 || curves[1].(map[string]any)["optimal"] != true {
		t.Errorf("%v", r)
	}
	if len(r["front"].([]any)) == 0 || len(r["saved"].([]any)) != 3+len(r["front"].([]any)) {
		t.Errorf("%v", r)
	}
	for _, name := range []string{"a.png", "b.png"} {
		if file, err := os.Stat(filepath.Join(dir, name)); err != nil || file.Size() < 2000 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if out := done(t, "locate", project, "--service", "dagligvaror", "--kinds", "p-median", "--most", "1"); !strings.Contains(out, "bevisat bäst") {
		t.Errorf("for people: %s", out)
	}
	if status, _, errOut := call(t, "locate", project, "--service", "dagligvaror", "--kinds", "least"); status != 1 || !strings.Contains(errOut, "least") {
		t.Errorf("%d %s", status, errOut)
	}
}
