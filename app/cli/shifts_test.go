package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestCompareTellsWhoLosesAndWhoGains compares two scenarios of the demo by sex and age: everybody first with the comparison's own
// figures, and women and men who lose are together those who lose, within the counts' noise.
func TestCompareTellsWhoLosesAndWhoGains(t *testing.T) {
	dir := t.TempDir()
	done(t, "demo", "--out", dir)
	project := filepath.Join(dir, "demo.gpkg")
	ranked := answer(t, "rank", project, "--service", "dagligvaror")["facilities"].([]any)
	id := ranked[0].(map[string]any)["id"].(string)
	done(t, "scenario", "add", project, "Utan", "--close", id)
	r := answer(t, "compare", project, "nuläge", "Utan", "--service", "dagligvaror", "--by", "sex", "--by", "age")
	of := map[string]map[string]any{}
	for _, g := range r["groups"].([]any) {
		g := g.(map[string]any)
		of[g["group"].(string)] = g
	}
	all := of[""]
	worse := part(t, r, "worse")
	near(t, "everybody worse", all["worse"], worse["people"].(float64))
	near(t, "everybody mean", all["mean_extra"], worse["mean_extra"].(float64))
	lose := of["women"]["lose"].(float64) + of["men"]["lose"].(float64)
	if total := all["lose"].(float64); total < 50 || lose < 0.97*total || lose > 1.03*total || len(of) < 6 {
		t.Errorf("women and men lose %v of %v, in %d groups", lose, total, len(of))
	}
	out := done(t, "compare", project, "nuläge", "Utan", "--service", "dagligvaror")
	for _, want := range []string{"Förlorar", "Vinner", "kvinnor", "Förlorar: får längre väg"} {
		if !strings.Contains(strings.ToLower(out), strings.ToLower(want)) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if status, _, errOut := call(t, "compare", project, "nuläge", "Utan", "--service", "dagligvaror", "--by", "hår"); status != 1 || !strings.Contains(errOut, "hår") {
		t.Errorf("%d %s", status, errOut)
	}
	three := answer(t, "compare", project, "nuläge", "Utan", "nuläge", "--service", "dagligvaror")
	against := three["states"].([]any)[1].(map[string]any)["against_first"].(map[string]any)
	near(t, "in three", against["groups"].([]any)[0].(map[string]any)["lose"], all["lose"].(float64))
}
