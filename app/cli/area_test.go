package cli_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// areasFile writes rectangles as GeoJSON: each with properties and west, south, east, north.
func areasFile(t *testing.T, name string, rows ...[2]string) string {
	t.Helper()
	var features []string
	for _, row := range rows {
		v := strings.Split(row[1], " ")
		ring := "[[" + v[0] + "," + v[1] + "],[" + v[2] + "," + v[1] + "],[" + v[2] + "," + v[3] + "],[" + v[0] + "," + v[3] + "],[" + v[0] + "," + v[1] + "]]"
		features = append(features, `{"type":"Feature","properties":{`+row[0]+`},"geometry":{"type":"Polygon","coordinates":[`+ring+`]}}`)
	}
	path := filepath.Join(t.TempDir(), name+".geojson")
	content := `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` + strings.Join(features, ",") + `]}`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// west holds the 500 people of the sound, east the 20, and middle nobody.
const (
	west   = "699000 6399000 701000 6401000"
	middle = "705000 6399000 706000 6401000"
	east   = "721500 6399000 723000 6401000"
)

// peopleBy gives the people of each group of a breakdown.
func peopleBy(t *testing.T, project, by string) (map[string]float64, map[string]any) {
	t.Helper()
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--by", by)
	out := map[string]float64{}
	for _, g := range r["groups"].([]any) {
		group := g.(map[string]any)
		out[group["group"].(string)] = group["people"].(float64)
	}
	divisions, _ := r["divisions"].([]any)
	if len(divisions) == 0 {
		t.Fatalf("--by %s: no division in %v", by, r)
	}
	return out, divisions[0].(map[string]any)
}

func TestGroupsByColumnAndTable(t *testing.T) {
	project := sound(t)
	areas := areasFile(t, "kommuner", [2]string{`"kommunkod":"0980","del":"kust"`, west}, [2]string{`"kommunkod":"0981","del":"inland"`, middle}, [2]string{`"kommunkod":"0982","del":"kust"`, east})
	done(t, "import", project, areas, "--as", "layer")
	got, division := peopleBy(t, project, "Kommuner.DEL")
	if want := map[string]float64{"kust": 520, "inland": 0, "inside": 520, "outside": 0}; !reflect.DeepEqual(got, want) || division["column"] != "del" {
		t.Errorf("by column: %v, %v", got, division)
	}

	table := filepath.Join(t.TempDir(), "typer.csv")
	write := func(content string) {
		if err := os.WriteFile(table, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("kommunkod;typ\n980;Landsbygd\n981;Stad\n")
	done(t, "import", project, table, "--as", "layer", "--edition", "2023")
	got, division = peopleBy(t, project, "typer.typ")
	if want := map[string]float64{"Landsbygd": 500, "Stad": 0, "none": 20, "inside": 520, "outside": 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("by table: %v", got)
	}
	if division["edition"] != "2023" || division["table"] != "typer" || division["layer"] != "kommuner" || len(division["sha256"].(string)) != 64 {
		t.Errorf("division %v", division)
	}
	if text := done(t, "analyse", project, "--service", "dagligvaror", "--by", "typer.typ"); !strings.Contains(text, "2023") || !strings.Contains(text, "1 kommun saknar värde i tabellen typer") {
		t.Errorf("the text does not tell the edition and what is missing: %s", text)
	}

	write("kommunkod;typ\n0980;Landsbygd\n980;Stad\n")
	done(t, "import", project, table, "--as", "layer", "--name", "dubbel")
	if status, _, errOut := call(t, "analyse", project, "--service", "dagligvaror", "--by", "dubbel.typ"); status != 1 || !strings.Contains(errOut, "0980") {
		t.Errorf("two values: status %d, %s", status, errOut)
	}
}

func TestGroupsBySettlement(t *testing.T) {
	project := sound(t)
	done(t, "import", project, areasFile(t, "tatorter", [2]string{`"tatortskod":"T1","tatort":"Stan"`, west}), "--as", "layer")
	if status, _, errOut := call(t, "analyse", project, "--service", "dagligvaror", "--by", "ort"); status != 1 || !strings.Contains(errOut, "småorter") {
		t.Errorf("without smaller ones: status %d, %s", status, errOut)
	}
	done(t, "import", project, areasFile(t, "smaorter", [2]string{`"smaort":"S1"`, middle}), "--as", "layer")
	got, _ := peopleBy(t, project, "ort")
	if want := map[string]float64{"tatort": 500, "smaort": 0, "outside": 20}; !reflect.DeepEqual(got, want) {
		t.Errorf("by settlement: %v", got)
	}
}

func TestAreaProfile(t *testing.T) {
	project := sound(t)
	check := func(when string, profile map[string]any, people float64, inside int) {
		t.Helper()
		shop := profile["services"].([]any)[0].(map[string]any)
		if profile["people"] != people || profile["people_kommun"] != 520.0 || len(profile["places"].([]any)) != inside || shop["facilities_inside"] != float64(inside) {
			t.Errorf("%s: %v", when, profile)
		}
	}
	circle := answer(t, "area", project, "--circle", "722000,6400000,1500", "--keep", "Ön")
	check("circle", circle, 20, 1)
	if all := circle["services"].([]any)[0].(map[string]any)["all"].(map[string]any); all["mean"] != 0.0 || circle["share_of_kommun"] != 0.038462 {
		t.Errorf("circle: %v of the kommun, %v", circle["share_of_kommun"], all)
	}
	check("kept", answer(t, "area", project, "--layer", "Egna områden:Ön"), 20, 1)
	check("polygon", answer(t, "area", project, "--polygon", "699000,6399000 721000,6399000 721000,6401000 699000,6401000"), 500, 2)
	done(t, "area", project, "--circle", "700000,6400000,500", "--keep", "Stan")
	check("both kept", answer(t, "area", project, "--layer", "Egna områden"), 520, 2)
	done(t, "undo", project)
	check("after undo", answer(t, "area", project, "--layer", "Egna områden"), 20, 1)
	if text := done(t, "area", project, "--circle", "700000,6400000,500"); !strings.Contains(text, "Lanthandeln") || !strings.Contains(text, "96,2\u00a0% av kommunen") {
		t.Errorf("the text says %s", text)
	}
	for _, c := range []struct {
		status int
		args   []string
	}{
		{2, nil},
		{2, []string{"--circle", "1,2,3", "--layer", "x"}},
		{2, []string{"--circle", "1,2"}},
		{1, []string{"--circle", "1,2,-3"}},
		{2, []string{"--polygon", "1,2 3"}},
		{1, []string{"--polygon", "1,2 3,4"}},
		{1, []string{"--layer", "finns inte"}},
		{1, []string{"--layer", "Egna områden:finns inte"}},
	} {
		if status, _, errOut := call(t, append([]string{"area", project}, c.args...)...); status != c.status || errOut == "" {
			t.Errorf("%q: status %d, %s", c.args, status, errOut)
		}
	}
}
