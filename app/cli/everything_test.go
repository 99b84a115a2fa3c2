package cli_test

import (
	"reflect"
	"strings"
	"testing"
)

// TestAnalyseAllIsWhatEachCallGives compares everything at once with a call for each service, measure and kind of figure.
func TestAnalyseAllIsWhatEachCallGives(t *testing.T) {
	project := village(t)
	results := answer(t, "analyse", project, "--all")["results"].([]any)
	if stored := answer(t, "info", project)["results"].([]any); len(stored) != 4 {
		t.Errorf("%d results are stored, want 4", len(stored))
	}
	asked := [][2]string{{"dagligvaror", "distance"}, {"drivmedel", "distance"}, {"dagligvaror", "time"}, {"drivmedel", "time"}}
	if len(results) != len(asked) {
		t.Fatalf("%d results", len(results))
	}
	for i, ask := range asked {
		got := results[i].(map[string]any)
		call := []string{project, "--service", ask[0], "--impedance", ask[1]}
		more := []string{"--by", "sex", "--by", "age", "--equity"}
		if i%2 == 0 {
			more = append(more, "--joint")
		}
		want := answer(t, append(append([]string{"analyse"}, call...), more...)...)
		want["ranking"] = answer(t, append([]string{"rank"}, call...)...)
		delete(got, "timings_ms")
		delete(want, "timings_ms")
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v:\n%v, want\n%v", ask, got, want)
		}
	}
}

func TestAnalyseAllInWords(t *testing.T) {
	project := village(t)
	text := done(t, "analyse", project, "--all")
	for _, want := range []string{"Dagligvaror", "Drivmedel", "Störst följd om de stänger (2 av 2)", "Ahandeln"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not told in\n%s", want, text)
		}
	}
	for _, more := range [][]string{{"--service", "dagligvaror"}, {"--bands", "1000"}, {"--cells", "x.csv"}} {
		if status, _, said := call(t, append([]string{"analyse", project, "--all"}, more...)...); status != 2 || !strings.Contains(said, "--all") {
			t.Errorf("%v: status %d, %s", more, status, said)
		}
	}
}
