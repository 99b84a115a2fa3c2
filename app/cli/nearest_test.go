package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNearestInVillage(t *testing.T) {
	project := grouped(t)
	cells := filepath.Join(t.TempDir(), "rutor.csv")
	r := answer(t, "nearest", project, "--service", "dagligvaror", "--k", "3", "--cells", cells)
	ranks := r["ranks"].([]any)
	if len(ranks) != 3 || r["places"] != 2.0 {
		t.Fatalf("%v", r)
	}
	second := ranks[1].(map[string]any)["all"].(map[string]any)
	near(t, "mean to the second", second["mean"], (100*8500+50*7510)/150.0)
	near(t, "unreached by a third", ranks[2].(map[string]any)["all"].(map[string]any)["unreached"], 150)
	women := ranks[0].(map[string]any)["groups"].([]any)[0].(map[string]any)
	near(t, "mean of women", women["mean"], (60*510+20*500)/80.0)
	want := "cell,people,place_1,cost_1,place_2,cost_2,place_3,cost_3\n5000006699500,100,A,510,B,8500,,\n5080006699500,50,B,500,A,7510,,\n"
	if text, err := os.ReadFile(cells); err != nil || string(text) != want {
		t.Errorf("squares %q, %v", text, err)
	}
	one := answer(t, "nearest", project, "--service", "dagligvaror", "--cell", "5080006699500")["nearest"].([]any)
	if len(one) != 2 {
		t.Fatalf("%v", one)
	}
	a := one[1].(map[string]any)
	near(t, "distance", a["distance_m"], 7510)
	near(t, "time", a["time_s"], 7500*3.6/60)
	if way := a["route"].([]any); a["id"] != "A" || a["name"] != "Ahandeln" || len(way) < 3 || way[0].([]any)[0] != 508500.0 {
		t.Errorf("%v", a)
	}
	for _, c := range []struct {
		args []string
		say  string
	}{
		{[]string{"--k", "2", "--lang", "en"}, "Nearest place number 2"},
		{[]string{"--k", "1"}, "Kvinnor"},
		{[]string{"--cell", "5000006699500"}, "1. Ahandeln: 510 m"},
	} {
		out := strings.ReplaceAll(done(t, append([]string{"nearest", project, "--service", "dagligvaror"}, c.args...)...), "\u00a0", " ")
		if !strings.Contains(out, c.say) || strings.ContainsAny(out, "⟦{") {
			t.Errorf("%v does not say %q:\n%s", c.args, c.say, out)
		}
	}
}

func TestNearestFaults(t *testing.T) {
	project := village(t)
	for name, c := range map[string]struct {
		args   []string
		status int
		word   string
	}{
		"service": {nil, 2, "--service"},
		"many":    {[]string{"--service", "post", "--k", "6"}, 2, "från 1 till 5"},
		"none":    {[]string{"--service", "post"}, 1, "Post"},
		"square":  {[]string{"--service", "dagligvaror", "--cell", "7"}, 1, "Rutan 7"},
	} {
		status, out, errOut := call(t, append([]string{"nearest", project}, c.args...)...)
		if status != c.status || out != "" || !strings.Contains(errOut, c.word) || strings.Contains(errOut, "⟦") {
			t.Errorf("%s: status %d, %q, %q", name, status, out, errOut)
		}
	}
}
