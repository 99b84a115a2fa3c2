package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLocateInTowns takes candidates from a layer of tätorter that is only shown, as the country's layer is read in, and leaves
// out those that lie where the project has no roads.
func TestLocateInTowns(t *testing.T) {
	project := village(t)
	towns := filepath.Join(t.TempDir(), "tatorter.geojson")
	point := func(name, at string) string {
		return `{"type":"Feature","properties":{"namn":"` + name + `"},"geometry":{"type":"Point","coordinates":[` + at + `]}}`
	}
	text := `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` +
		point("Mittby", "504000,6700020") + "," + point("Fjärran", "700000,6900000") + "," + point("Närby", "500100,6700000") + `]}`
	if err := os.WriteFile(towns, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, towns, "--as", "layer")
	r := answer(t, "locate", project, "--service", "dagligvaror", "--candidates", "orter")
	if site := r["chosen"].([]any)[0].(map[string]any); site["name"] != "Närby" || r["unjoined"] != nil || r["candidates"] != 2.0 {
		t.Errorf("%v", r)
	}
	many := answer(t, "locate", project, "--service", "dagligvaror", "--candidates", "tatorter")
	if lost := many["unjoined"].([]any); len(lost) != 1 || lost[0] != "Fjärran" {
		t.Errorf("%v", many)
	}
}

// TestLocateWithRoom gives the places that are there room for so many: of all, of one, by a column.
func TestLocateWithRoom(t *testing.T) {
	project := village(t)
	args := []string{"locate", project, "--service", "dagligvaror", "--candidates", "500200,6700000;508300,6700000", "--capacity"}
	today := answer(t, append(args, "1000")...)
	loads := today["capacities"].([]any)
	if len(loads) != 2 || loads[0].(map[string]any)["capacity"] != 1000.0 {
		t.Errorf("%v", today)
	}
	of := map[string]float64{}
	for _, l := range loads {
		l := l.(map[string]any)
		of[l["ids"].([]any)[0].(string)] = l["people_before"].(float64)
	}
	if of["A"] != 100 || of["B"] != 50 {
		t.Errorf("today %v", of)
	}
	relieved := answer(t, append(args, "B=49")...)
	if site := relieved["chosen"].([]any)[0].(map[string]any); site["name"] != "508300,6700000" {
		t.Errorf("%v", relieved)
	}
	for name, c := range map[string]struct{ room, word string }{
		"no place":  {"X=5", "X"},
		"no column": {"yta", "yta"},
		"too small": {"0", "från 1"},
		"no answer": {"A=1,B=1", "bevisat"},
	} {
		t.Run(name, func(t *testing.T) {
			if status, _, errOut := call(t, append(args, c.room)...); status != 1 || !strings.Contains(errOut, c.word) {
				t.Errorf("%d %s", status, errOut)
			}
		})
	}
	if out := done(t, append(args, "B=49")...); !strings.Contains(out, "Bboden har plats för 49") {
		t.Errorf("for people: %s", out)
	}
}
