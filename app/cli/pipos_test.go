package cli_test

import (
	"strings"
	"testing"
)

// TestAnalyseByPiposRules leaves the connectors out of the cost, says so, and keeps the project's own result.
func TestAnalyseByPiposRules(t *testing.T) {
	project := village(t)
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--pipos")
	near(t, "mean", r["mean"], 500)
	near(t, "second", r["second"].(map[string]any)["mean"], (100*8500+50*7500)/150.0)
	if r["rules"] != "pipos" {
		t.Errorf("rules %v", r["rules"])
	}
	if own := answer(t, "analyse", project, "--service", "dagligvaror"); own["rules"] != nil || own["mean"] == r["mean"] {
		t.Errorf("own rules: %v, mean %v", own["rules"], own["mean"])
	}
	if results := answer(t, "info", project)["results"].([]any); len(results) != 1 || results[0].(map[string]any)["stale"] != false {
		t.Errorf("results %v", results)
	}
	for _, command := range []string{"analyse", "rank"} {
		if out := done(t, command, project, "--service", "dagligvaror", "--pipos"); !strings.Contains(out, "Pipos regler") {
			t.Errorf("%s does not tell of the rules:\n%s", command, out)
		}
	}
	if c := answer(t, "compare", project, "nuläge", "nuläge", "--service", "dagligvaror", "--pipos"); c["a"].(map[string]any)["rules"] != "pipos" {
		t.Errorf("compare: %v", c["a"])
	}
}
