package cli_test

import (
	"strings"
	"testing"

	"nabar/model/method"
)

func TestExplain(t *testing.T) {
	project := grouped(t)
	list := answer(t, "explain", project)["figures"].([]any)
	if len(list) != len(method.Figures()) {
		t.Errorf("%d figures are listed", len(list))
	}
	mean := answer(t, "explain", project, "--service", "dagligvaror", "--figure", "mean")
	numbers := mean["numbers"].(map[string]any)
	near(t, "sum", numbers["sum"], 100*510+50*500)
	near(t, "reached", numbers["reached"], 150)
	near(t, "mean", numbers["mean"], (100*510+50*500)/150.0)
	if !strings.Contains(mean["definition"].(string), "Σ pᵢ·d₁(i) / R") || len(mean["lines"].([]any)) == 0 || len(mean["rules"].([]any)) == 0 {
		t.Errorf("the mean is explained by %v", mean)
	}
	if in := mean["inputs"].([]any)[0].(map[string]any); len(in["sha256"].(string)) != 64 || in["layer"] == "" || mean["engine"] == "" {
		t.Errorf("the inputs are %v", mean["inputs"])
	}
	band := answer(t, "explain", project, "--service", "dagligvaror", "--figure", "band:505", "--of", "women")
	near(t, "women within 505 m", band["numbers"].(map[string]any)["people"], 20)
	if squares := band["squares"].([]any); len(squares) != 2 {
		t.Errorf("the squares on both sides of the limit are %v", squares)
	}
	cell := answer(t, "explain", project, "--service", "dagligvaror", "--cell", "5000006699500")
	near(t, "way", cell["numbers"].(map[string]any)["cost"], 510)
	if len(cell["way"].([]any)) < 2 {
		t.Errorf("the way is %v", cell["way"])
	}
	for _, id := range method.Figures() {
		if e := answer(t, "explain", project, "--service", "dagligvaror", "--figure", id); e["name"] == "" || e["value"] == "" || len(e["lines"].([]any)) == 0 {
			t.Errorf("%s is explained by %v", id, e)
		}
	}
	if text := done(t, "explain", project, "--service", "dagligvaror", "--figure", "loss_mean"); !strings.Contains(text, "närmast") || strings.Contains(text, "⟦") {
		t.Errorf("says %q", text)
	}
}
