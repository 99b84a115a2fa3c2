package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/testdata"
)

// fids are the row numbers of an answer of layer rows, in order.
func fids(r map[string]any) string {
	var out []string
	for _, row := range r["rows"].([]any) {
		out = append(out, row.(map[string]any)["values"].(map[string]any)["namn"].(string))
	}
	return strings.Join(out, "|")
}

func TestRowsFromTheCommandLine(t *testing.T) {
	project := schools(t)
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"by name", []string{"--sort", "namn"}, "Berg|Gymnasiet|Utan|Åskolan|Östra"},
		{"by number, empty last", []string{"--sort", "elever", "--descending"}, "Gymnasiet|Berg|Åskolan|Östra|Utan"},
		{"range", []string{"--filter", "elever:100-400"}, "Åskolan|Berg"},
		{"two filters", []string{"--filter", "stadium:f-6", "--filter", "elever:<100"}, "Östra"},
		{"search", []string{"--search", "gy"}, "Gymnasiet"},
		{"limit", []string{"--limit", "2"}, "Åskolan|Östra"},
	}
	for _, tt := range tests {
		if got := fids(answer(t, append([]string{"layer", "rows", project, "Skolor"}, tt.args...)...)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	stats := answer(t, "layer", "rows", project, "Skolor", "--stats", "elever")["stats"].(map[string]any)
	for name, want := range map[string]float64{"count": 5, "empty": 1, "min": 80, "max": 900, "sum": 1400, "mean": 350, "median": 210} {
		if stats[name] != want {
			t.Errorf("%s is %v, want %v", name, stats[name], want)
		}
	}
	refused(t, 1, "ingen kolumn", "layer", "rows", project, "Skolor", "--sort", "saknas")
	refused(t, 1, "går inte att söka", "layer", "rows", project, "Skolor", "--filter", "elever:många")
	refused(t, 2, "--filter", "layer", "rows", project, "Skolor", "--filter", "elever")
}

func TestCellsAreEdited(t *testing.T) {
	project := schools(t)
	answer(t, "layer", "set", project, "Skolor", "3", "elever", "1 081")
	if r := answer(t, "layer", "rows", project, "Skolor", "--filter", "elever:1081"); fids(r) != "Östra" {
		t.Errorf("after the edit: %v", r)
	}
	done(t, "undo", project)
	if r := answer(t, "layer", "rows", project, "Skolor", "--filter", "elever:80"); fids(r) != "Östra" {
		t.Errorf("after undo: %v", r)
	}
	answer(t, "layer", "set", project, "Skolor", "3", "elever", "")
	if r := answer(t, "layer", "rows", project, "Skolor", "--filter", "elever:="); fids(r) != "Östra|Utan" {
		t.Errorf("empty: %v", r)
	}
	refused(t, 1, "heltal", "layer", "set", project, "Skolor", "3", "elever", "1,5")
	refused(t, 1, "Rad 99", "layer", "set", project, "Skolor", "99", "elever", "1")
	refused(t, 2, "radnummer", "layer", "set", project, "Skolor", "två", "elever", "1")
}

// TestClosingInTheTable closes the village's nearest shop in its row: the layer's day follows, and the figures with it.
func TestClosingInTheTable(t *testing.T) {
	project := filepath.Join(t.TempDir(), "p.gpkg")
	done(t, "new", project, "--kommun", "980")
	for _, path := range testdata.Village(t).All() {
		if !strings.Contains(filepath.Base(path), "service") {
			done(t, "import", project, path)
		}
	}
	file := filepath.Join(t.TempDir(), "butiker.csv")
	text := "id;Namn;Servicetyp;Stängd;X;Y\nA;Affären;Dagligvaror;;500500;6700000\nB;Butiken;Dagligvaror;2099-01-01;509000;6700000\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, file, "--as", "services", "--name", "Butiker", "--map", "closed=Stängd")
	const services, column = "Butiker", "Stängd"
	before := answer(t, "analyse", project, "--service", "dagligvaror")
	if before["facilities"] != 2.0 {
		t.Fatalf("%v places are open", before["facilities"])
	}
	refused(t, 1, "inget datum", "layer", "set", project, services, "2", column, "i våras")
	answer(t, "layer", "set", project, services, "2", column, "2026-01-15")
	after := answer(t, "analyse", project, "--service", "dagligvaror")
	if after["facilities"].(float64) != before["facilities"].(float64)-1 {
		t.Errorf("%v places are open, were %v", after["facilities"], before["facilities"])
	}
	refused(t, 1, "Bageri", "layer", "set", project, services, "2", "Servicetyp", "Bageri")
	answer(t, "layer", "set", project, services, "2", "Servicetyp", "Drivmedel")
	answer(t, "layer", "set", project, services, "2", "Namn", "Macken")
	done(t, "undo", project)
	done(t, "undo", project)
	done(t, "undo", project)
	if again := answer(t, "analyse", project, "--service", "dagligvaror"); again["facilities"] != before["facilities"] {
		t.Errorf("after undo %v places", again["facilities"])
	}
}
