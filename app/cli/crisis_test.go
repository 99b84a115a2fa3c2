package cli_test

import (
	"strings"
	"testing"
)

// TestPowerCutOfTheVillage has reserve power in the shop B alone: the 100 people who have A nearest turn to B, 8 500 m
// off, and nobody reaches the pump, so nobody has all services.
func TestPowerCutOfTheVillage(t *testing.T) {
	project := village(t)
	places := answer(t, "reserve-power", project, "--set", "B=yes", "--set", "A=no")["places"].([]any)
	if len(places) != 3 {
		t.Fatalf("places %v", places)
	}
	for i, want := range []any{false, true, nil} {
		if got := places[i].(map[string]any)["reserve_power"]; got != want {
			t.Errorf("place %v, want %v", places[i], want)
		}
	}
	r := answer(t, "crisis", project, "--power", "--save", "Mörkt")
	reserve := r["reserve_power"].(map[string]any)
	near(t, "with reserve power", reserve["yes"], 1)
	near(t, "without", reserve["no"], 1)
	near(t, "unknown", reserve["unknown"], 1)
	if len(r["remarks"].([]any)) != 1 || r["scenario"] != "Mörkt" {
		t.Errorf("answer %v", r)
	}
	groceries, fuel := r["services"].([]any)[0].(map[string]any), r["services"].([]any)[1].(map[string]any)
	near(t, "lose their nearest shop", groceries["nearest_lost"], 100)
	near(t, "farther", groceries["worse"], 100)
	near(t, "by", groceries["mean_extra"], 7990)
	near(t, "without a shop", groceries["newly_unreached"], 0)
	near(t, "without fuel", fuel["newly_unreached"], 150)
	near(t, "all services before", r["all_services"].([]any)[0].(map[string]any)["unreached_before"], 0)
	near(t, "all services", r["all_services"].([]any)[0].(map[string]any)["unreached"], 150)
	same := answer(t, "compare", project, "nuläge", "Mörkt", "--service", "dagligvaror")
	near(t, "the saved scenario", same["worse"].(map[string]any)["people"], 100)
	done(t, "undo", project) // the scenario
	done(t, "undo", project) // what was said
	for _, place := range answer(t, "reserve-power", project)["places"].([]any) {
		if place.(map[string]any)["reserve_power"] != nil {
			t.Errorf("after undo %v", place)
		}
	}
}

func TestRoadCutInWords(t *testing.T) {
	project := village(t)
	out := strings.ReplaceAll(done(t, "crisis", project, "--road", "vägar:1"), "\u00a0", " ")
	for _, say := range []string{"Avskuren: väg mellan Aby och Bby.", "Dagligvaror: 100 mister sitt närmaste ställe, 100 får längre, 0 når inget längre", "Alla servicetyper tillsammans"} {
		if !strings.Contains(out, say) {
			t.Errorf("does not say %q:\n%s", say, out)
		}
	}
	if strings.ContainsAny(out, "⟦{") {
		t.Errorf("words are missing:\n%s", out)
	}
	if out := done(t, "crisis", project, "--ferries", "--lang", "en"); !strings.Contains(out, "Nobody has farther") {
		t.Errorf("without ferries:\n%s", out)
	}
	for _, c := range []struct {
		args   []string
		status int
	}{{nil, 2}, {[]string{"--power", "--ferries"}, 2}, {[]string{"--road", "vägar"}, 2}, {[]string{"--road", "vägar:99"}, 1}, {[]string{"--ferry", "vägar:1"}, 1}} {
		if status, _, errOut := call(t, append([]string{"crisis", project}, c.args...)...); status != c.status || errOut == "" {
			t.Errorf("%v: status %d, %s", c.args, status, errOut)
		}
	}
	for _, set := range []string{"A=kanske", "finns inte=yes"} {
		if status, _, errOut := call(t, "reserve-power", project, "--set", set); status == 0 || errOut == "" {
			t.Errorf("%s: status %d, %s", set, status, errOut)
		}
	}
}
