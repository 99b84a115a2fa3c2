package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/testdata"
)

// texts are the modifications of a scenario, with plain spaces.
func texts(scenario any) []string {
	var out []string
	for _, m := range scenario.(map[string]any)["modifications"].([]any) {
		out = append(out, strings.ReplaceAll(m.(string), "\u00a0", " "))
	}
	return out
}

// part is an object in an answer.
func part(t *testing.T, v map[string]any, key string) map[string]any {
	t.Helper()
	p, ok := v[key].(map[string]any)
	if !ok {
		t.Fatalf("no %s in %v", key, v)
	}
	return p
}

func TestScenariosOfTheVillage(t *testing.T) {
	project := village(t)
	if s := answer(t, "info", project)["scenarios"].([]any); len(s) != 0 {
		t.Errorf("a new project has %v", s)
	}
	added := answer(t, "scenario", "add", project, "Allt på en gång", "--open", "post+apotek@502000,6700000", "--close", "A",
		"--move", "B@505000.5,6700000", "--convert", "C=post", "--close-road", "vägar:2", "--ferries", "off", "--close", "B", "--people", "-10")
	want := []string{
		"Öppna post och paket och apotek vid N 6 700 000, E 502 000", "Stäng Ahandeln", "Flytta Bboden till N 6 700 000, E 505 001",
		"Gör om Pumpen till post och paket", "Stäng vägen mellan Aby och Bby (5,0 km)", "Ställ in färjorna", "Stäng Bboden",
		"Minska antalet invånare med 10,0 % överallt",
	}
	if got := texts(added); !slices.Equal(got, want) {
		t.Errorf("modifications %q", got)
	}
	answer(t, "scenario", "add", project, "Utan A", "--close=A")
	answer(t, "scenario", "add", "--parent", "utan a", project, "Utan A, flyttad B", "--move", "B@505000,6700000")
	for _, args := range [][]string{{"info", project}, {"scenario", "list", project}} {
		var got []string
		for _, s := range answer(t, args...)["scenarios"].([]any) {
			m := s.(map[string]any)
			got = append(got, m["name"].(string)+" < "+m["parent"].(string))
		}
		if want := []string{"Allt på en gång < nuläge", "Utan A < nuläge", "Utan A, flyttad B < Utan A"}; !slices.Equal(got, want) {
			t.Errorf("%v: %q", args, got)
		}
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "utan a, flyttad b")
	near(t, "mean", r["mean"], (100*4500+50*3500)/150.0)
	if r["scenario"] != "Utan A, flyttad B" {
		t.Errorf("scenario %v", r["scenario"])
	}
	base := answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "nuläge")
	near(t, "mean", base["mean"], (100*510+50*500)/150.0)
	if _, said := base["scenario"]; said {
		t.Error("the baseline is called a scenario")
	}
	ranked := answer(t, "rank", project, "--service", "dagligvaror", "--scenario", "Utan A")["facilities"].([]any)
	if len(ranked) != 1 || ranked[0].(map[string]any)["id"] != "B" {
		t.Errorf("ranked %v", ranked)
	}
}

func TestCompareScenarios(t *testing.T) {
	project := village(t)
	done(t, "scenario", "add", project, "Utan A", "--close", "A")
	done(t, "scenario", "add", project, "Utan alla", "--close", "A", "--close", "B")
	cells := filepath.Join(t.TempDir(), "skillnad.csv")
	for _, baseline := range []string{"nuläge", "NULÄGE", "nulage", "baseline"} {
		c := answer(t, "compare", project, baseline, "Utan A", "--service", "dagligvaror", "--bands", "510,9000", "--cells", cells)
		near(t, "a", part(t, c, "a")["mean"], (100*510+50*500)/150.0)
		near(t, "b", part(t, c, "b")["mean"], (100*8500+50*500)/150.0)
		near(t, "worse", part(t, c, "worse")["people"], 100)
		near(t, "extra", part(t, c, "worse")["mean_extra"], 7990)
		near(t, "better", part(t, c, "better")["people"], 0)
		near(t, "unchanged", part(t, c, "unchanged")["people"], 50)
		near(t, "unreached", part(t, c, "newly_unreached")["people"], 0)
		near(t, "reached", part(t, c, "newly_reached")["people"], 0)
		near(t, "person-kilometres", part(t, c, "cost")["person_km"], 799)
		near(t, "person-hours", part(t, c, "cost")["person_hours"], 100*480/3600.0)
		band := c["bands"].([]any)[0].(map[string]any)
		if band["a"] != 150.0 || band["b"] != 50.0 || band["newly_beyond"] != 100.0 || band["newly_within"] != 0.0 {
			t.Errorf("band %v", band)
		}
		if less, said := part(t, c, "better")["mean_less"]; !said || less != nil {
			t.Errorf("nobody comes nearer, by %v", less)
		}
	}
	file, err := os.Open(cells)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != 3 || strings.Join(rows[1], " ") != "5000006699500 100 worse 510 8500" || strings.Join(rows[2], " ") != "5080006699500 50 unchanged 500 500" {
		t.Errorf("squares %q %v", rows, err)
	}
	c := answer(t, "compare", project, "Utan A", "nuläge", "--service", "dagligvaror", "--impedance", "time")
	near(t, "better", part(t, c, "better")["people"], 100)
	near(t, "less", part(t, c, "better")["mean_less"], 480)
	c = answer(t, "compare", project, "nuläge", "Utan alla", "--service", "dagligvaror")
	near(t, "newly unreached", part(t, c, "newly_unreached")["people"], 150)
	if b := part(t, c, "b"); b["mean"] != nil || b["unreached"] != 150.0 || b["facilities"] != 0.0 {
		t.Errorf("without shops %v", b)
	}
	for lang, want := range map[string]string{"sv": "100 invånare får i medel", "en": "100 people get a longer way"} {
		out := done(t, "compare", project, "nuläge", "Utan A", "--service", "dagligvaror", "--lang", lang)
		if !strings.Contains(out, want) || strings.ContainsAny(out, "⟦{") {
			t.Errorf("%s: %s", lang, out)
		}
	}
}

func TestScenarioIsUndoneFromTheCommandLine(t *testing.T) {
	project := village(t)
	done(t, "scenario", "add", project, "Utan A", "--close", "A")
	done(t, "scenario", "remove", project, "utan a")
	list := func() string { return done(t, "scenario", "list", project) }
	if got := list(); !strings.Contains(got, "inga scenarier") {
		t.Error(got)
	}
	if said := done(t, "undo", project); !strings.Contains(said, "Ta bort scenariot Utan A") {
		t.Error(said)
	}
	if got := list(); !strings.Contains(got, "Stäng Ahandeln") || !strings.Contains(got, "bygger på nuläge") {
		t.Error(got)
	}
	done(t, "undo", project)
	done(t, "redo", project)
	out := done(t, "info", project)
	if !strings.Contains(out, "Scenario Utan A: 1 ändring") {
		t.Error(out)
	}
}

func TestScenarioFaults(t *testing.T) {
	project := village(t)
	done(t, "scenario", "add", project, "Finns", "--close", "A")
	done(t, "scenario", "add", project, "Barn", "--parent", "Finns")
	cases := []struct {
		name   string
		status int
		say    []string
		args   []string
	}{
		{"all broken references at once", 1, []string{"X9", "stigar", "bio", "utanför Sverige", "4 ändringar"}, []string{"scenario", "add", project, "Fel", "--close", "X9", "--close-road", "stigar:1", "--open", "bio@502000,6700000", "--move", "A@1,2"}},
		{"swapped position", 1, []string{"bytt plats"}, []string{"scenario", "add", project, "Fel", "--open", "post@6700000,502000"}},
		{"name taken", 1, []string{"finns redan"}, []string{"scenario", "add", project, "finns", "--close", "A"}},
		{"name kept", 1, []string{"Nuläge"}, []string{"scenario", "add", project, "Nuläge"}},
		{"no name", 2, []string{"NAMN"}, []string{"scenario", "add", project}},
		{"no such parent", 1, []string{"Okänt", "Finns, Barn"}, []string{"scenario", "add", project, "Ny", "--parent", "Okänt"}},
		{"no such word", 2, []string{"scenario flyg"}, []string{"scenario", "flyg", project}},
		{"no word", 2, []string{"scenario"}, []string{"scenario"}},
		{"open without a place", 2, []string{"dagligvaror", "--open"}, []string{"scenario", "add", project, "Ny", "--open", "dagligvaror"}},
		{"open nowhere", 2, []string{"--open"}, []string{"scenario", "add", project, "Ny", "--open", "dagligvaror@NaN,1"}},
		{"move without a place", 2, []string{"--move"}, []string{"scenario", "add", project, "Ny", "--move", "A"}},
		{"convert to nothing", 2, []string{"--convert"}, []string{"scenario", "add", project, "Ny", "--convert", "A="}},
		{"road without number", 2, []string{"--close-road"}, []string{"scenario", "add", project, "Ny", "--close-road", "vägar:ett"}},
		{"ferries on", 2, []string{"--ferries off"}, []string{"scenario", "add", project, "Ny", "--ferries", "on"}},
		{"people by words", 2, []string{"--people"}, []string{"scenario", "add", project, "Ny", "--people", "många"}},
		{"people of no age", 2, []string{"--people"}, []string{"scenario", "add", project, "Ny", "--people", "80:5"}},
		{"close nothing", 2, []string{"--close"}, []string{"scenario", "add", project, "Ny", "--close", ""}},
		{"remove a parent", 1, []string{"Barn"}, []string{"scenario", "remove", project, "Finns"}},
		{"remove what is not there", 1, []string{"Okänt"}, []string{"scenario", "remove", project, "Okänt"}},
		{"analyse what is not there", 1, []string{"Okänt"}, []string{"analyse", project, "--service", "dagligvaror", "--scenario", "Okänt"}},
		{"compare with one", 2, []string{"B"}, []string{"compare", project, "Finns", "--service", "dagligvaror"}},
		{"compare without service", 2, []string{"--service"}, []string{"compare", project, "nuläge", "Finns"}},
		{"compare what is not there", 1, []string{"Okänt"}, []string{"compare", project, "nuläge", "Okänt", "--service", "dagligvaror"}},
		{"compare a service that nobody has", 1, []string{"Post"}, []string{"compare", project, "nuläge", "Finns", "--service", "post"}},
	}
	before := done(t, "scenario", "list", project)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, out, errOut := call(t, c.args...)
			lines := strings.Split(strings.TrimSpace(errOut), "\n")
			sentence := strings.ReplaceAll(lines[len(lines)-1], "\u00a0", " ")
			if status != c.status || out != "" || strings.ContainsAny(sentence, "⟦{") {
				t.Errorf("status %d, want %d: %q %q", status, c.status, sentence, out)
			}
			for _, say := range c.say {
				if !strings.Contains(sentence, say) {
					t.Errorf("%q does not say %q", sentence, say)
				}
			}
		})
	}
	if after := done(t, "scenario", "list", project); after != before {
		t.Errorf("a call that failed changed the scenarios:\n%s\n%s", before, after)
	}
}

// TestGotlandWithoutAShop closes the only shop of a village in the north.
func TestGotlandWithoutAShop(t *testing.T) {
	dir := testdata.Dir(t, "gotland")
	project := filepath.Join(t.TempDir(), "g.gpkg")
	done(t, "new", project, "--kommun", "0980")
	for _, file := range []string{
		"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg", "scb_befolkning_1km_gotland_2024.gpkg", "servicestallen_gotland.csv", "kommungrans_gotland.geojson",
	} {
		done(t, "import", project, filepath.Join(dir, file))
	}
	added := answer(t, "scenario", "add", project, "Utan Stenkyrka", "--close", "SP-0026")
	if got := texts(added); !slices.Equal(got, []string{"Stäng Tempo Stenkyrka"}) {
		t.Errorf("modifications %q", got)
	}
	c := answer(t, "compare", project, "nuläge", "Utan Stenkyrka", "--service", "dagligvaror")
	ranked := answer(t, "rank", project, "--service", "dagligvaror")["facilities"].([]any)
	i := slices.IndexFunc(ranked, func(f any) bool { return f.(map[string]any)["id"] == "SP-0026" })
	loss := ranked[i].(map[string]any)
	worse := part(t, c, "worse")
	// the ranking finds the same by another way: from second nearest, without closing anything
	near(t, "people", worse["people"], loss["people_nearest"].(float64))
	near(t, "extra", worse["mean_extra"], loss["mean_extra"].(float64))
	near(t, "most", worse["max_extra"], loss["max_extra"].(float64))
	near(t, "better", part(t, c, "better")["people"], 0)
	near(t, "worse", worse["people"], 1716)
	within(t, "mean extra", worse["mean_extra"], 8306, 1)
	within(t, "a", part(t, c, "a")["mean"], 3893.8, 1)
	within(t, "b", part(t, c, "b")["mean"], 4128.1, 1)
	within(t, "person-kilometres", part(t, c, "cost")["person_km"], 14253, 2)
	people := worse["people"].(float64) + part(t, c, "unchanged")["people"].(float64)
	near(t, "people in all", people, 60857)
}
