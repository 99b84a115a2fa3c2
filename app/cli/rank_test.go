package cli_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestRankOfTheVillage closes the two shops of the village: 100 people turn from 510 m to 8 500 m, 50 from 500 m to
// 7 510 m.
func TestRankOfTheVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "rank", project, "--service", "dagligvaror", "--pairs")
	shops := r["facilities"].([]any)
	if len(shops) != 2 || len(r["places"].([]any)) != 2 || r["service"] != "dagligvaror" || r["impedance"] != "distance" {
		t.Fatalf("ranking %v", r)
	}
	want := []map[string]any{
		{
			"id": "A", "name": "Ahandeln", "people_nearest": 100.0, "extra": 799000.0, "mean_extra": 7990.0, "max_extra": 7990.0,
			"left_without": 0.0, "services_lost": []any{"drivmedel"}, "siblings": []any{}, "last_in_town": true, "last_in_kommun": false,
		},
		{
			"id": "B", "name": "Bboden", "people_nearest": 50.0, "extra": 350500.0, "mean_extra": 7010.0, "max_extra": 7010.0,
			"left_without": 0.0, "services_lost": []any{}, "siblings": []any{}, "last_in_town": true, "last_in_kommun": false,
		},
	}
	people := []float64{100, 50}
	for i, shop := range shops {
		got := shop.(map[string]any)
		for _, b := range got["newly_beyond"].([]any) {
			band := b.(map[string]any)
			beyond := 0.0
			if band["to"].(float64) < 7000 {
				beyond = people[i]
			}
			if band["to"].(float64) < 10000 && band["people"] != beyond {
				t.Errorf("%v: band %v", got["id"], band)
			}
		}
		delete(got, "newly_beyond")
		if !reflect.DeepEqual(got, want[i]) {
			t.Errorf("%v, want %v", got, want[i])
		}
	}
	pairs := r["pairs"].([]any)
	if len(pairs) != 1 {
		t.Fatalf("pairs %v", pairs)
	}
	pair := pairs[0].(map[string]any)
	near(t, "left without any shop", pair["left_without"], 150)
	near(t, "newly without", pair["newly_without"], 150)
	if _, has := answer(t, "rank", project, "--service", "dagligvaror")["pairs"]; has {
		t.Error("pairs that nobody asked for")
	}
}

func TestRankInWords(t *testing.T) {
	project := village(t)
	for _, c := range []struct {
		args []string
		say  []string
	}{
		{[]string{"--service", "dagligvaror"}, []string{"1. Ahandeln: närmast för 100 invånare", "8,0 km längre i medel", "799,0 personkilometer", "på samma plats finns Drivmedel", "sista av sin typ i Aby"}},
		{[]string{"--service", "drivmedel", "--impedance", "time", "--lang", "en"}, []string{"nearest for 150 people", "150 people reach no other", "last of its type in the kommun (Gotland)"}},
		{[]string{"--service", "dagligvaror", "--pairs"}, []string{"Ahandeln och Bboden", "150 invånare når inget annat"}},
	} {
		out := done(t, append([]string{"rank", project}, c.args...)...)
		for _, say := range c.say {
			if !strings.Contains(strings.ReplaceAll(out, "\u00a0", " "), say) {
				t.Errorf("%v does not say %q:\n%s", c.args, say, out)
			}
		}
		if strings.ContainsAny(out, "⟦{") {
			t.Errorf("words are missing in %s", out)
		}
	}
	if status, _, errOut := call(t, "rank", project, "--service", "post"); status != 1 || !strings.Contains(errOut, "Post") {
		t.Errorf("no facilities: status %d, %s", status, errOut)
	}
}

func TestRankAllServicesIntoATable(t *testing.T) {
	project := village(t)
	table := filepath.Join(t.TempDir(), "sårbarhet.csv")
	all := answer(t, "rank", project, "--service", "all", "--table", table)["services"].([]any)
	var types []string
	for _, r := range all {
		types = append(types, r.(map[string]any)["service"].(string))
	}
	if strings.Join(types, " ") != "dagligvaror drivmedel" {
		t.Errorf("ranked %v", types)
	}
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	// 100 people go from A, 510 m away, to B, 8 500 m away: 799 person-kilometres
	if lines := strings.Split(strings.TrimSpace(string(text)), "\n"); len(lines) != 4 || !strings.Contains(string(text), "Ahandeln;Dagligvaror;Aby;100;799;7,99;") {
		t.Errorf("table\n%s", text)
	}
	if status, _, errOut := call(t, "rank", project, "--service", "dagligvaror", "--table", "x.pdf"); status != 1 || errOut == "" {
		t.Errorf("a table as PDF: status %d, %s", status, errOut)
	}
}
