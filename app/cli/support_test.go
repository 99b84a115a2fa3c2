package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sound makes a project of a mainland road with two shops 20 km apart and an island with one over a ferry.
func sound(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	line := func(coordinates, ferry string) string {
		return `{"type":"Feature","properties":{"farja":` + ferry + `},"geometry":{"type":"LineString","coordinates":` + coordinates + `}}`
	}
	roads := write("vagar.geojson", `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[`+strings.Join([]string{
		line(`[[700000,6400000],[720000,6400000]]`, "0"), line(`[[720000,6400000],[721000,6400000]]`, "1"), line(`[[721000,6400000],[722000,6400000]]`, "0"),
	}, ",")+`]}`)
	people := write("rutor.csv", "cell;people;x;y\na;500;700000;6400000\nb;20;722000;6400000\n")
	shops := write("butiker.csv", "id;namn;typ;fullsortiment;x;y\nA;Lanthandeln;dagligvaror;ja;700000;6400000\nB;Affären;dagligvaror;ja;720000;6400000\nO;Öboden;dagligvaror;ja;722000;6400000\n")
	project := filepath.Join(dir, "sund.gpkg")
	done(t, "new", project, "--kommun", "980")
	done(t, "import", project, roads, "--as", "roads", "--map", "ferry=farja")
	done(t, "import", project, people, "--as", "population", "--crs", "EPSG:3006", "--map", "cell=cell", "--map", "people=people", "--map", "x=x", "--map", "y=y")
	done(t, "import", project, shops, "--as", "services", "--crs", "EPSG:3006", "--map", "id=id", "--map", "name=namn", "--map", "type=typ", "--map", "full_range=fullsortiment", "--map", "x=x", "--map", "y=y")
	return project
}

// statuses gives for each place what a rule says.
func statuses(report map[string]any, rule string) map[string]string {
	out := map[string]string{}
	for _, p := range report["places"].([]any) {
		place := p.(map[string]any)
		for _, o := range place["outcomes"].([]any) {
			if outcome := o.(map[string]any); outcome["rule"] == rule {
				out[place["id"].(string)] = outcome["status"].(string)
			}
		}
	}
	return out
}

// wantStatuses fails where a rule says something else of the places, in the order A, B, O.
func wantStatuses(t *testing.T, when string, report map[string]any, rule string, want ...string) {
	t.Helper()
	got := statuses(report, rule)
	if all := []string{got["A"], got["B"], got["O"]}; !slices.Equal(all, want) {
		t.Errorf("%s: %s says %q, want %q", when, rule, all, want)
	}
}

func TestSupportFromRulesAndFacts(t *testing.T) {
	project := sound(t)
	const rule = "sarskilt_driftstod"
	report := answer(t, "support", project)
	wantStatuses(t, "without facts", report, rule, "borderline", "not", "borderline") // B has 2 km to the island's shop
	if rules := report["rules"].(map[string]any); rules["id"] != "se-2000-284" || rules["edition"] != "SFS 2018:150" || rules["changed"] != false {
		t.Errorf("rules %v", rules)
	}

	done(t, "support", "facts", project, "--facility", "*", "--set", "year_round=ja", "--set", "fixed_premises=ja")
	done(t, "support", "facts", project, "--facility", "A", "--set", "turnover=8000000", "--source", "årsredovisning 2025", "--date", "2026-03-01")
	done(t, "support", "facts", project, "--facility", "O", "--set", "turnover=12500000")
	report = answer(t, "support", project)
	wantStatuses(t, "with facts", report, rule, "eligible", "not", "not")
	checkEvidence(t, project)

	// 25 km in the project's own edition; the program's stays beside it.
	done(t, "support", "rules", "set", project, "--rules", "se-2000-284", "--as", "egen", "--edition", "2027", "--set", rule+".avstand>=25000")
	wantStatuses(t, "own edition", answer(t, "support", project, "--rules", "egen"), rule, "not", "not", "not")
	wantStatuses(t, "the program's", answer(t, "support", project), rule, "eligible", "not", "not")
	sets := answer(t, "support", "rules", "list", project)["sets"].([]any)
	if own := sets[len(sets)-1].(map[string]any); own["id"] != "egen" || own["edition"] != "2027" || own["changed"] != true {
		t.Errorf("last set %v", own["id"])
	}
	done(t, "undo", project)
	if status, _, errOut := call(t, "support", project, "--rules", "egen"); status != 1 || !strings.Contains(errOut, "egen") {
		t.Errorf("after undo: status %d, %s", status, errOut)
	}
}

// checkEvidence holds the evidence for one place to what was worked out by hand.
func checkEvidence(t *testing.T, project string) {
	t.Helper()
	place := answer(t, "support", project, "--facility", "A")["places"].([]any)[0].(map[string]any)
	outcome := place["outcomes"].([]any)[0].(map[string]any)
	next := outcome["next"].(map[string]any)
	if next["id"] != "B" || next["distance_m"] != 20000.0 {
		t.Errorf("next %v", next)
	}
	if route := outcome["route"].([]any); len(route) != 2 {
		t.Errorf("route %v", route)
	}
	for _, c := range outcome["checks"].([]any) {
		if check := c.(map[string]any); check["fact"] == "turnover" {
			if check["answer"] != "met" || check["fact_source"] != "årsredovisning 2025" || check["fact_date"] != "2026-03-01" || check["threshold"] != 11e6 {
				t.Errorf("turnover %v", check)
			}
		}
	}
	island := answer(t, "support", project, "--facility", "O")["places"].([]any)[0].(map[string]any)
	if island["island_people"] != 20.0 {
		t.Errorf("island %v", island["island_people"])
	}
	if text := done(t, "support", project, "--facility", "O"); !strings.Contains(text, "På en ö utan fast förbindelse – ja, uppfyllt") {
		t.Errorf("the text says %s", text)
	}
}

func TestSupportTable(t *testing.T) {
	project := sound(t)
	path := filepath.Join(t.TempDir(), "stöd.csv")
	done(t, "support", project, "--out", path)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+3*4 || !slices.Contains(rows[0], "Bedömning") || !slices.Contains(rows[1], "Stöd till kommersiell service, utgåva SFS 2018:150") {
		t.Errorf("%d rows, first %q", len(rows), rows[:2])
	}
	xlsx := filepath.Join(t.TempDir(), "stöd.xlsx")
	done(t, "support", project, "--out", xlsx)
	if info, err := os.Stat(xlsx); err != nil || info.Size() < 1000 {
		t.Errorf("workbook: %v %v", info, err)
	}
}

func TestSupportFaults(t *testing.T) {
	project := sound(t)
	for _, c := range []struct {
		status int
		args   []string
		says   string
	}{
		{1, []string{"support", project, "--rules", "okänd"}, "se-2000-284"},
		{1, []string{"support", project, "--facility", "Z"}, "Z"},
		{2, []string{"support", "rules", "set", project, "--set", "a.b=1"}, "--rules"},
		{2, []string{"support", "rules", "set", project, "--rules", "se-2000-284", "--set", "avstand=1"}, "avstand=1"},
		{2, []string{"support", "rules", "set", project, "--rules", "se-2000-284", "--set", "sarskilt_driftstod.avstand<>1"}, "<>"},
		{1, []string{"support", "rules", "set", project, "--rules", "se-2000-284", "--set", "sarskilt_driftstod.lokaler=1"}, "sarskilt_driftstod.avstand"},
		{1, []string{"support", "rules", "set", project, "--rules", "se-2000-284", "--from", "i våras"}, "i våras"},
		{1, []string{"support", "rules", "set", project, "--rules", "se-2000-284", "--reset"}, "följer med programmet"},
		{2, []string{"support", "facts", project, "--set", "turnover=1"}, "--facility"},
		{2, []string{"support", "facts", project, "--facility", "A", "--set", "turnover=många"}, "många"},
		{1, []string{"support", "facts", project, "--facility", "A", "--set", "next_distance=1"}, "turnover"},
		{1, []string{"support", "facts", project, "--facility", "Z", "--set", "turnover=1"}, "Z"},
	} {
		if status, _, errOut := call(t, c.args...); status != c.status || !strings.Contains(errOut, c.says) {
			t.Errorf("%q: status %d, %s", c.args, status, errOut)
		}
	}
	report := answer(t, "support", project)
	if report["rules"].(map[string]any)["changed"] != false {
		t.Error("a refused change has stuck")
	}
}
