package cli_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/app/cli"
	"nabar/internal/testdata"
)

// call runs one call and gives its exit status and what it printed.
func call(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = cli.Main(context.Background(), args, &o, &e)
	return status, o.String(), e.String()
}

// done runs a call that must succeed and gives what it printed.
func done(t *testing.T, args ...string) string {
	t.Helper()
	status, out, errOut := call(t, args...)
	if status != 0 {
		t.Fatalf("nabar %s: status %d, %s", strings.Join(args, " "), status, errOut)
	}
	return out
}

// answer runs a call with --json and reads its object.
func answer(t *testing.T, args ...string) map[string]any {
	t.Helper()
	out := done(t, append(args, "--json")...)
	var v map[string]any
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatalf("nabar %s: not one JSON object: %v\n%s", strings.Join(args, " "), err, out)
	}
	return v
}

// village makes a project of the test's village and gives its path.
func village(t *testing.T) string {
	t.Helper()
	project := filepath.Join(t.TempDir(), "by å.gpkg")
	done(t, "new", project, "--kommun", "980")
	for _, path := range testdata.Village(t).All() {
		done(t, "import", project, path)
	}
	return project
}

func TestVillageFromFilesToPlan(t *testing.T) {
	project := village(t)

	t.Run("info", func(t *testing.T) {
		info := answer(t, "info", project)
		if info["kommun"] != "0980" || info["name"] != "Gotland" {
			t.Errorf("kommun %v %v", info["kommun"], info["name"])
		}
		features := map[string]float64{}
		for _, l := range info["layers"].([]any) {
			layer := l.(map[string]any)
			features[layer["as"].(string)] = layer["features"].(float64)
			if len(layer["sha256"].(string)) != 64 || layer["source"] == "" {
				t.Errorf("layer %v without provenance", layer["name"])
			}
		}
		for role, want := range map[string]float64{"roads": 2, "population": 2, "services": 3, "area": 1} {
			if features[role] != want {
				t.Errorf("%s: %v features, want %v", role, features[role], want)
			}
		}
	})
	t.Run("check", func(t *testing.T) {
		network := answer(t, "check", project)["network"].(map[string]any)
		if network["nodes"] != 3.0 || network["edges"] != 2.0 || network["components"] != 1.0 || network["length_m"] != 10000.0 {
			t.Errorf("network %v", network)
		}
	})
	t.Run("distance", func(t *testing.T) { checkDistance(t, project) })
	t.Run("time", func(t *testing.T) {
		// 60 km/h: 500 m take 30 s, connectors no time
		r := answer(t, "analyse", project, "--service", "dagligvaror", "--impedance", "time", "--bands", "29,30")
		near(t, "mean", r["mean"], 30)
		bands := r["bands"].([]any)
		near(t, "within 29 s", bands[0].(map[string]any)["people"], 0)
		near(t, "within 30 s", bands[1].(map[string]any)["people"], 150)
	})
	t.Run("documents", func(t *testing.T) { checkDocuments(t, project) })
}

// checkDistance holds groceries by distance to the figures worked out by hand.
func checkDistance(t *testing.T, project string) {
	cells := filepath.Join(t.TempDir(), "rutor.csv")
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--bands", "510,505", "--cells", cells)
	near(t, "people", r["people"], 150)
	near(t, "reached", r["reached"], 150)
	near(t, "facilities", r["facilities"], 2)
	near(t, "mean", r["mean"], (100*510+50*500)/150.0)
	near(t, "median", r["median"], 510)
	near(t, "max", r["max"], 510)
	near(t, "second", r["second"].(map[string]any)["mean"], (100*8500+50*7510)/150.0)
	bands := r["bands"].([]any)
	near(t, "within 505", bands[0].(map[string]any)["people"], 50)
	near(t, "within 510, inclusive", bands[1].(map[string]any)["people"], 150)

	file, err := os.Open(cells)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"cell", "people", "nearest", "cost", "second", "second_cost"},
		{"5000006699500", "100", "A", "510", "B", "8500"},
		{"5080006699500", "50", "B", "500", "A", "7510"},
	}
	if len(rows) != len(want) {
		t.Fatalf("cells %v", rows)
	}
	for i := range want {
		if strings.Join(rows[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("row %d: %v, want %v", i, rows[i], want[i])
		}
	}
}

// checkDocuments writes every kind of document twice: same project, same bytes.
func checkDocuments(t *testing.T, project string) {
	magic := map[string]string{"plan.pdf": "%PDF-", "plan.html": "<!", "karta.png": "\x89PNG", "karta.pdf": "%PDF-"}
	for name, head := range magic {
		t.Run(name, func(t *testing.T) {
			var all [2][]byte
			for i := range all {
				path := filepath.Join(t.TempDir(), name)
				args := []string{"report", project, "--out", path}
				if strings.HasPrefix(name, "karta") {
					args = []string{"render", project, "--out", path, "--service", "dagligvaror", "--size", "800x600"}
				}
				done(t, args...)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				all[i] = data
			}
			if !bytes.HasPrefix(all[0], []byte(head)) {
				t.Errorf("begins with %q", all[0][:min(8, len(all[0]))])
			}
			if !bytes.Equal(all[0], all[1]) {
				t.Error("two exports of the same project differ")
			}
		})
	}
}

// near fails where a JSON number is not the wanted one to the hundredth.
func near(t *testing.T, what string, got any, want float64) {
	t.Helper()
	v, ok := got.(float64)
	if !ok || math.Abs(v-want) > 0.01 {
		t.Errorf("%s %v, want %.2f", what, got, want)
	}
}

func TestUndoOutlivesTheProgram(t *testing.T) {
	project := village(t)
	roles := func() string {
		var all []string
		for _, l := range answer(t, "info", project)["layers"].([]any) {
			all = append(all, l.(map[string]any)["as"].(string))
		}
		return strings.Join(all, " ")
	}
	before := roles()
	done(t, "undo", project)
	if after := roles(); after == before {
		t.Fatal("undo changed nothing")
	}
	done(t, "redo", project)
	if again := roles(); again != before {
		t.Errorf("after redo %q, want %q", again, before)
	}
	for range 4 {
		done(t, "undo", project)
	}
	if status, _, errOut := call(t, "undo", project); status != 1 || errOut == "" {
		t.Errorf("undo beyond the beginning: status %d, %q", status, errOut)
	}
}

func TestFaults(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	project := village(t)
	empty := filepath.Join(dir, "tom.gpkg")
	done(t, "new", empty, "--kommun", "0980")
	cases := []struct {
		name   string
		status int
		say    string // must stand in the sentence
		args   []string
	}{
		{"unknown command", 2, "flyg", []string{"flyg"}},
		{"missing argument", 2, "P.gpkg", []string{"info"}},
		{"extra argument", 2, "mer", []string{"info", project, "mer"}},
		{"unknown flag", 2, "frukt", []string{"info", project, "--frukt"}},
		{"no kommun", 2, "--kommun", []string{"new", filepath.Join(dir, "ny.gpkg")}},
		{"wrong kommun", 1, "9999", []string{"new", filepath.Join(dir, "ny.gpkg"), "--kommun", "9999"}},
		{"project exists", 1, "tom", []string{"new", empty, "--kommun", "0980"}},
		{"no project", 1, "saknas", []string{"info", filepath.Join(dir, "saknas.gpkg")}},
		{"text as project", 1, "text", []string{"info", write("text.gpkg", "hej")}},
		{"empty project file", 1, "noll", []string{"info", write("noll.gpkg", "")}},
		{"empty file", 1, "tom.csv", []string{"import", project, write("tom.csv", "")}},
		{"no such file", 1, "borta.csv", []string{"import", project, filepath.Join(dir, "borta.csv")}},
		{"wrong role", 1, "", []string{"import", project, write("rutor.csv", testdata.VillageCells), "--as", "roads"}},
		{"wrong as", 2, "moln", []string{"import", project, write("rutor2.csv", testdata.VillageCells), "--as", "moln"}},
		{"wrong crs", 1, "EPSG:1", []string{"import", project, write("r.geojson", testdata.VillageRoads), "--crs", "EPSG:1"}},
		{"wrong map", 2, "people", []string{"import", project, write("rutor3.csv", testdata.VillageCells), "--map", "people"}},
		{"unknown service", 1, "bio", []string{"analyse", project, "--service", "bio"}},
		{"service without facilities", 1, "Post", []string{"analyse", project, "--service", "post"}},
		{"no service", 2, "--service", []string{"analyse", project}},
		{"wrong impedance", 2, "ljus", []string{"analyse", project, "--service", "post", "--impedance", "ljus"}},
		{"wrong bands", 2, "nära", []string{"analyse", project, "--service", "post", "--bands", "nära"}},
		{"nothing imported", 1, "vägnät", []string{"analyse", empty, "--service", "dagligvaror"}},
		{"no such figure", 2, "lycka", []string{"explain", project, "--service", "dagligvaror", "--figure", "lycka"}},
		{"no such square", 1, "0815", []string{"explain", project, "--service", "dagligvaror", "--cell", "0815"}},
		{"no limit", 2, "nära", []string{"explain", project, "--service", "dagligvaror", "--figure", "band:nära"}},
		{"area without its layer", 2, "--within", []string{"analyse", project, "--service", "dagligvaror", "--within", "T1"}},
		{"no out", 2, "--out", []string{"report", project}},
		{"wrong out", 1, ".doc", []string{"report", project, "--out", filepath.Join(dir, "plan.doc")}},
		{"no folder", 1, "finns", []string{"report", project, "--out", filepath.Join(dir, "finns", "inte", "plan.pdf")}},
		{"no layer", 1, "sjöar", []string{"export", project, "--layer", "sjöar", "--out", filepath.Join(dir, "ut.csv")}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before, _ := os.ReadFile(project)
			status, out, errOut := call(t, c.args...)
			lines := strings.Split(strings.TrimSpace(errOut), "\n")
			sentence := lines[len(lines)-1]
			if status != c.status {
				t.Errorf("status %d, want %d (%s)", status, c.status, sentence)
			}
			if !strings.HasPrefix(sentence, "nabar: ") || !strings.Contains(sentence, c.say) || strings.ContainsAny(sentence, "⟦{") {
				t.Errorf("sentence %q should say %q", sentence, c.say)
			}
			if strings.Contains(sentence, "Något gick fel i programmet") {
				t.Errorf("the user's fault is told as the program's: %q", sentence)
			}
			if out != "" {
				t.Errorf("standard output carries %q", out)
			}
			if after, _ := os.ReadFile(project); !bytes.Equal(before, after) {
				t.Error("the project changed")
			}
		})
	}
}

func TestCancelLeavesTheProject(t *testing.T) {
	project := village(t)
	before, err := os.ReadFile(project)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "rutor.csv")
	if err := os.WriteFile(path, []byte(testdata.VillageCells), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errOut bytes.Buffer
	if status := cli.Main(ctx, []string{"import", project, path}, &out, &errOut); status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	if after, _ := os.ReadFile(project); !bytes.Equal(before, after) {
		t.Error("a cancelled import changed the project")
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		out := done(t, "help", "--lang", lang)
		for _, name := range []string{"demo", "new", "import", "info", "check", "analyse", "rank", "scenario add", "scenario list", "scenario remove", "compare", "render", "export", "report", "undo", "redo"} {
			if !strings.Contains(out, "nabar "+name) {
				t.Errorf("%s: help does not name %s", lang, name)
			}
		}
		if strings.Contains(out, "⟦") {
			t.Errorf("%s: missing words in %q", lang, out)
		}
	}
}
