package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Squares of the village with sex and ages: the school's pupils are shared out from classes of five years.
const (
	groupCells = "rutid_scb;rutstorl;beftotalt;kvinna;man;ald0_5;ald5_10;ald10_15;ald15_20;ald20_100;ald100w\n" +
		"5000006699500;1000;100;60;40;10;10;10;10;60;0\n5080006699500;1000;50;20;31;5;0;5;0;0;40\n"
	groupAreas = `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[
{"type":"Feature","properties":{"tatortskod":"T1","tatort":"Västby"},"geometry":{"type":"Polygon","coordinates":[[[499000,6699000],[502000,6699000],[502000,6701000],[499000,6701000],[499000,6699000]]]}}]}`
)

// grouped is the village with squares that tell sex and age, and a settlement around the western square.
func grouped(t *testing.T) string {
	t.Helper()
	project := village(t)
	for _, f := range []struct{ name, text, as string }{{"grupper.csv", groupCells, "population"}, {"Tätorter.geojson", groupAreas, "layer"}} {
		path := filepath.Join(t.TempDir(), f.name)
		if err := os.WriteFile(path, []byte(f.text), 0o644); err != nil {
			t.Fatal(err)
		}
		done(t, "import", project, path, "--as", f.as)
	}
	return project
}

func TestFiguresByGroup(t *testing.T) {
	project := grouped(t)
	plain := answer(t, "analyse", project, "--service", "dagligvaror")
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--by", "sex", "--by", "age", "--by", "Tätorter", "--need", "510", "--equity", "--joint")
	for key := range plain {
		if _, has := r[key]; !has {
			t.Errorf("%s is gone", key)
		}
	}
	parts := plain["in_bands"].([]any)
	first, last := parts[0].(map[string]any), parts[len(parts)-1].(map[string]any)
	near(t, "within the first band", first["people"], 150)
	near(t, "share within the first band", first["share"], 1)
	near(t, "beyond the last", last["people"], 0)
	near(t, "share unreached", plain["unreached_share"], 0)
	if last["to"] != nil || last["from"] != 20000.0 || len(parts) != len(plain["bands"].([]any))+1 {
		t.Errorf("parts %v", parts)
	}
	if plain["groups"] != nil || plain["equity"] != nil || plain["joint"] != nil {
		t.Error("groups that nobody asked for")
	}
	groups := map[string]map[string]any{}
	for _, g := range r["groups"].([]any) {
		group := g.(map[string]any)
		groups[group["by"].(string)+" "+group["group"].(string)] = group
	}
	// 510 m in the west, 500 m in the east; of 6 to 15 years 8 + 10 + 2 and 0 + 5 + 0
	for id, want := range map[string]struct{ people, mean, needed, needKM float64 }{
		"sex women":    {80, (60*510 + 20*500) / 80.0, 60, 30.6},
		"sex men":      {71, (40*510 + 31*500) / 71.0, 40, 20.4},
		"age 6-15":     {25, (20*510 + 5*500) / 25.0, 20, 10.2},
		"age 16-19":    {8, 510, 8, 4.08},
		"area T1":      {100, 510, 100, 51},
		"area inside":  {100, 510, 100, 51},
		"area outside": {50, 500, 0, 0},
	} {
		g := groups[id]
		if g == nil {
			t.Fatalf("no group %q among %v", id, groups)
		}
		need := g["transport_need"].(map[string]any)
		near(t, id+" people", g["people"], want.people)
		near(t, id+" mean", g["mean"], want.mean)
		near(t, id+" in need", need["people"], want.needed)
		near(t, id+" need", need["person_km"], want.needKM)
		if g["approximate"] != strings.HasPrefix(id, "age") {
			t.Errorf("%s approximate: %v", id, g["approximate"])
		}
	}
	if groups["area T1"]["name"] != "Västby" || len(r["remarks"].([]any)) < 2 {
		t.Errorf("area %v, remarks %v", groups["area T1"]["name"], r["remarks"])
	}
	joint := r["joint"].(map[string]any)
	if services := joint["services"].([]any); len(services) != 2 || len(joint["missing"].([]any)) != 3 {
		t.Errorf("joint measure of %v without %v", services, joint["missing"])
	}
	within1km := joint["counts"].([]any)[0].(map[string]any)["people"].([]any)
	if within1km[0] != 0.0 || within1km[1] != 50.0 || within1km[2] != 100.0 {
		t.Errorf("within 1 km by number of services: %v", within1km)
	}
	if e := r["equity"].(map[string]any); e["palma"].(float64) < 0.25 || len(e["curve"].([]any)) != 11 || len(e["text"].([]any)) != 4 {
		t.Errorf("equity %v", e)
	}
}

func TestFiguresInWords(t *testing.T) {
	project := grouped(t)
	for _, c := range []struct {
		args, say []string
	}{
		{[]string{"--by", "age", "--equity", "--joint"}, []string{"cirka 6–15 år", "Palmakvoten", "100 invånare har alla", "saknar serviceställen", "lika många invånare"}},
		{[]string{"--by", "sex", "--impedance", "time", "--lang", "en"}, []string{"Women", "person-hours", "Women and men are 151 together"}},
		{[]string{"--by", "Tätorter"}, []string{"Västby", "Utanför områdena", "Kvinnor", "Män"}},
		{[]string{"--bands", "505,1000"}, []string{"längre än 1,0 km: 0 invånare (0,0 %)", "når inte: 0 invånare (0,0 %)"}},
		{[]string{"--by", "sex", "--bands", "505"}, []string{"Andel av gruppen", "75,0 %"}},
	} {
		out := done(t, append([]string{"analyse", project, "--service", "dagligvaror"}, c.args...)...)
		for _, say := range c.say {
			if !strings.Contains(strings.ReplaceAll(out, "\u00a0", " "), say) {
				t.Errorf("%v does not say %q:\n%s", c.args, say, out)
			}
		}
		if strings.ContainsAny(out, "⟦{") {
			t.Errorf("words are missing in %s", out)
		}
	}
	for _, c := range []struct {
		status int
		args   []string
		say    string
	}{
		{1, []string{"--by", "Måne"}, "Måne"},
		{1, []string{"--by", "vägar"}, "ytor"},
		{2, []string{"--need", "-1"}, "--need"},
	} {
		before, _ := os.ReadFile(project)
		status, _, errOut := call(t, append([]string{"analyse", project, "--service", "dagligvaror"}, c.args...)...)
		after, _ := os.ReadFile(project)
		if status != c.status || !strings.Contains(errOut, c.say) || string(before) != string(after) {
			t.Errorf("%v: status %d, %s", c.args, status, errOut)
		}
	}
}

func TestFiguresOfAGroupInAnArea(t *testing.T) {
	project := grouped(t)
	for _, tt := range []struct {
		flags        []string
		people, mean float64
	}{
		{[]string{"--of", "women"}, 80, (60*510 + 20*500) / 80.0},
		{[]string{"--of", "women", "--by", "Tätorter", "--within", "T1"}, 60, 510},
		{[]string{"--by", "Tätorter", "--within", "outside"}, 50, 500},
	} {
		r := answer(t, append([]string{"analyse", project, "--service", "dagligvaror"}, tt.flags...)...)
		chosen := r["chosen"].(map[string]any)
		near(t, strings.Join(tt.flags, " ")+" people", chosen["people"], tt.people)
		near(t, strings.Join(tt.flags, " ")+" mean", chosen["mean"], tt.mean)
		near(t, "all people", r["people"], 150)
	}
}
