package cli_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSupplyInVillage(t *testing.T) {
	project := grouped(t)
	cells := filepath.Join(t.TempDir(), "rutor.csv")
	r := answer(t, "supply", project, "--service", "dagligvaror,drivmedel", "--method", "cumulative", "--limit", "8000", "--cells", cells, "--keep")
	all := r["all"].(map[string]any)
	// shop A, at whose pump all can fuel, lies within 8 km of both squares, shop B within 500 m of the fifty alone
	near(t, "people", all["people"], 150)
	near(t, "mean", all["mean"], (100*2+50*3)/150.0)
	near(t, "median", all["median"], 2)
	near(t, "places", r["places"], 3)
	if r["unit"] != "platser" || r["layer"] == nil || len(r["definition"].([]any)) != 2 {
		t.Errorf("%v", r)
	}
	women := r["groups"].([]any)[0].(map[string]any)
	near(t, "mean of women", women["mean"], (60*2+20*3)/80.0)
	types := r["by_types"].([]any)[2].(map[string]any)
	near(t, "people with both types", types["people"], 150)
	text, err := os.ReadFile(cells)
	if want := "cell,people,value,places,types\n5000006699500,100,2,2,2\n5080006699500,50,3,3,2\n"; err != nil || string(text) != want {
		t.Errorf("squares %q, %v", text, err)
	}
	kept := answer(t, "supply", project, "--list")["kept"].([]any)
	if len(kept) != 1 || kept[0].(map[string]any)["layer"] != r["layer"] || kept[0].(map[string]any)["stale"] != false {
		t.Errorf("kept %v", kept)
	}
	out := filepath.Join(t.TempDir(), "lager.csv")
	done(t, "export", project, "--layer", r["layer"].(string), "--out", out)
	if text, _ := os.ReadFile(out); !strings.Contains(string(text), "5080006699500,50,3,3,2") {
		t.Errorf("the layer: %s", text)
	}
}

func TestSupplyByTheMethods(t *testing.T) {
	project := village(t)
	for _, c := range []struct {
		args []string
		mean float64
	}{
		// 510 and 8 500 m; 7 510 and 500 m
		{[]string{"--decay", "exponential", "--half", "1000"}, (100*(half(.51)+half(8.5)) + 50*(half(7.51)+half(.5))) / 150},
		{[]string{"--method", "2sfca", "--limit", "8000"}, (100*(1000/150.0) + 50*(1000/150.0+20)) / 150},
		{[]string{"--method", "e2sfca", "--zones", "1000:1,8000:0.5"}, 2000 / 150.0}, // all that there is, shared by all
		{[]string{"--method", "cumulative", "--impedance", "time", "--limit", "60", "--capacity", "4"}, 4},
		{[]string{"--method", "cumulative", "--limit", "600", "--capacity", "X"}, (100*501000 + 50*509000) / 150.0},
	} {
		r := answer(t, append([]string{"supply", project, "--service", "dagligvaror"}, c.args...)...)
		if got := r["all"].(map[string]any)["mean"].(float64); math.Abs(got-c.mean) > 1e-6 {
			t.Errorf("%v: mean %v, want %v", c.args, got, c.mean)
		}
	}
	for _, lang := range []string{"sv", "en"} {
		out := done(t, "supply", project, "--service", "dagligvaror,drivmedel", "--method", "e2sfca", "--decay", "logistic", "--lang", lang, "--keep")
		if !strings.Contains(out, "Luo") || strings.ContainsAny(out, "⟦{") {
			t.Errorf("for people: %s", out)
		}
	}
}

// half is the weight that is halved for each unit.
func half(times float64) float64 { return math.Pow(2, -times) }

func TestSupplyFaults(t *testing.T) {
	project := village(t)
	for name, c := range map[string]struct {
		args   []string
		status int
		word   string
	}{
		"service":  {nil, 2, "--service"},
		"unknown":  {[]string{"--service", "bio"}, 1, "bio"},
		"method":   {[]string{"--service", "post", "--method", "bäst"}, 2, "bäst"},
		"decay":    {[]string{"--service", "post", "--decay", "rak"}, 2, "rak"},
		"zones":    {[]string{"--service", "post", "--zones", "5"}, 2, "Zonerna"},
		"limit":    {[]string{"--service", "post", "--limit", "-1"}, 2, "Gränsen"},
		"power":    {[]string{"--service", "post", "--method", "2sfca", "--decay", "gaussian"}, 2, "e2sfca"},
		"column":   {[]string{"--service", "dagligvaror", "--capacity", "yta"}, 1, "yta"},
		"group":    {[]string{"--service", "dagligvaror", "--group", "women"}, 1, "women"},
		"nothing":  {[]string{"--service", "post"}, 1, "Post"},
		"no limit": {[]string{"--service", "dagligvaror", "--limit", "100"}, 1, "större gräns"},
	} {
		status, out, errOut := call(t, append([]string{"supply", project}, c.args...)...)
		if status != c.status || out != "" || !strings.Contains(errOut, c.word) || strings.Contains(errOut, "⟦") {
			t.Errorf("%s: status %d, %q, %q", name, status, out, errOut)
		}
	}
}
