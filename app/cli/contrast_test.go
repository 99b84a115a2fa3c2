package cli_test

import "testing"

// TestCompareThreeScenarios has 100 people at 510 m from A and 8 500 m from B, and 50 at 500 m from B. Without A the 100 have
// 7 990 m more, one way; with one and a half round trips a week that is 100 · 7.99 · 3 · 52 person-kilometres a year.
func TestCompareThreeScenarios(t *testing.T) {
	project := village(t)
	done(t, "scenario", "add", project, "Utan A", "--close", "A")
	done(t, "scenario", "add", project, "Utan alla", "--close", "A", "--close", "B")
	two := answer(t, "compare", project, "nuläge", "Utan A", "--service", "dagligvaror")
	c := answer(t, "compare", project, "nuläge", "Utan A", "Utan alla", "--service", "dagligvaror")
	for _, key := range []string{"people", "summary"} {
		if c[key] != two[key] {
			t.Errorf("%s is %v with three and %v with two", key, c[key], two[key])
		}
	}
	states := c["states"].([]any)
	if len(states) != 3 {
		t.Fatalf("states %v", states)
	}
	first, second, third := states[0].(map[string]any), states[1].(map[string]any), states[2].(map[string]any)
	if first["against_first"] != nil || first["name"] != "Nuläge" && first["name"] != "nuläge" {
		t.Errorf("the first state is %v", first)
	}
	near(t, "worse", part(t, part(t, second, "against_first"), "worse")["people"], 100)
	near(t, "person-kilometres", part(t, second, "cost_a_year")["person_km"], 100*7.99*2*1.5*52)
	near(t, "unreached", part(t, part(t, third, "against_first"), "newly_unreached")["people"], 150)
	near(t, "beyond", part(t, third, "cost_a_year")["people_newly_beyond"], 150)
	done(t, "compare", project, "nuläge", "Utan A", "Utan alla", "--service", "dagligvaror")
	done(t, "factors", project, "--set", "trips=3")
	c = answer(t, "compare", project, "nuläge", "Utan A", "Utan alla", "--service", "dagligvaror")
	near(t, "twice the trips", part(t, c["states"].([]any)[1].(map[string]any), "cost_a_year")["person_km"], 100*7.99*2*3*52)
	done(t, "undo", project)
	near(t, "trips", answer(t, "factors", project)["trips"], 1.5)
	for _, call := range [][]string{{"--set", "trips"}, {"--set", "trips=x"}} {
		refused(t, 2, call[1], append([]string{"factors", project}, call...)...)
	}
	refused(t, 1, "", "factors", project, "--set", "state_share=2")
	refused(t, 1, "", "factors", project, "--set", "bensin=2")
}
