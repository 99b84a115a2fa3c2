package cli_test

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/testdata"
)

// datedVillage makes a project of the village whose eastern shop B opened on the first of May 2017 and whose western shop A
// closed at the end of 2019, as other tables write it.
func datedVillage(t *testing.T) string {
	t.Helper()
	files := testdata.Village(t)
	services := "Servicetyp;Serviceplatsid;Namn;Öppningsdatum;Stängningsdatum;X;Y\n" +
		"Dagligvaror;A;Ahandeln;;31 december 2019;501000;6700010\n" +
		"Dagligvaror;B;Bboden;1 maj 2017;;509000;6700000\n"
	if err := os.WriteFile(files.Services, []byte(services), 0o644); err != nil {
		t.Fatal(err)
	}
	project := filepath.Join(t.TempDir(), "by.gpkg")
	done(t, "new", project, "--kommun", "980")
	for _, path := range files.All() {
		done(t, "import", project, path)
	}
	return project
}

func TestSeriesOfTheVillage(t *testing.T) {
	project := datedVillage(t)
	table, picture := filepath.Join(t.TempDir(), "serie.csv"), filepath.Join(t.TempDir(), "serie.png")
	s := answer(t, "series", project, "--service", "dagligvaror", "--years", "2016-2019", "--dates", "2017-04-30,2017-05-01", "--bands", "510", "--table", table, "--chart", picture)
	points := s["points"].([]any)
	// A stands 10 m beside the road at 1 km, B on it at 9 km; 100 people live at 0.5 km and 50 at 8.5 km
	onlyA, both, onlyB := (100*510+50*7510)/150.0, (100*510+50*500)/150.0, (100*8500+50*500)/150.0
	want := []struct {
		date           string
		mean           float64
		within         float64
		opened, closed string
	}{
		{"2016-12-31", onlyA, 100, "", ""},
		{"2017-04-30", onlyA, 100, "", ""},
		{"2017-05-01", both, 150, "B", ""},
		{"2017-12-31", both, 150, "", ""},
		{"2018-12-31", both, 150, "", ""},
		{"2019-12-31", onlyB, 50, "", "A"}, // the closing day is the first without the shop
	}
	if len(points) != len(want) {
		t.Fatalf("%d points, want %d", len(points), len(want))
	}
	for i, w := range want {
		p := points[i].(map[string]any)
		near(t, w.date, p["mean"], w.mean)
		near(t, w.date+" within 510 m", p["bands"].([]any)[0].(map[string]any)["people"], w.within)
		if p["date"] != w.date || ids(p["opened"]) != w.opened || ids(p["closed"]) != w.closed {
			t.Errorf("point %v, want %+v", p, w)
		}
		alone := answer(t, "analyse", project, "--service", "dagligvaror", "--date", w.date, "--bands", "510")
		near(t, w.date+" alone", alone["mean"], w.mean)
	}
	if remarks := s["remarks"].([]any); len(remarks) != 1 || !strings.Contains(remarks[0].(string), "saknar öppningsdatum") {
		t.Errorf("remarks %v", s["remarks"])
	}
	text, err := os.ReadFile(table)
	if err != nil || !strings.Contains(string(text), "2017-05-01;Alla;2;2;150;150;0,506667;") || !strings.Contains(string(text), "Bboden") {
		t.Errorf("table %v:\n%s", err, text)
	}
	f, err := os.Open(picture)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := png.Decode(f); err != nil {
		t.Error(err)
	}
	if out := done(t, "series", project, "--service", "dagligvaror", "--years", "2017-2019"); !strings.Contains(out, "stängde 2019-12-31: Ahandeln") && !strings.Contains(out, "Ahandeln") {
		t.Errorf("said %s", out)
	}
}

// ids joins the ids of what opened or closed.
func ids(v any) string {
	var out []string
	for _, e := range v.([]any) {
		out = append(out, e.(map[string]any)["id"].(string))
	}
	return strings.Join(out, " ")
}

func TestWrongSeries(t *testing.T) {
	project := datedVillage(t)
	for _, c := range []struct {
		status int
		args   []string
	}{
		{2, []string{"--service", "dagligvaror"}},
		{2, []string{"--service", "dagligvaror", "--years", "2019-2015"}},
		{2, []string{"--service", "dagligvaror", "--years", "förr"}},
		{2, []string{"--service", "dagligvaror", "--dates", "2019-02-30"}},
		{2, []string{"--service", "dagligvaror", "--years", "2019", "--date", "2018-01-01"}},
		{2, []string{"--service", "dagligvaror", "--years", "2019", "--measure", "längst"}},
		{2, []string{"--years", "2019"}},
		{1, []string{"--service", "post", "--years", "2019"}},
		{1, []string{"--service", "dagligvaror", "--years", "1500-1900"}},
		{1, []string{"--service", "dagligvaror", "--years", "2019", "--table", "x.pdf"}},
		{1, []string{"--service", "dagligvaror", "--years", "2019", "--chart", "x.gif"}},
	} {
		if status, out, errOut := call(t, append([]string{"series", project}, c.args...)...); status != c.status || errOut == "" || strings.Contains(errOut, "⟦") {
			t.Errorf("%v: status %d, %s%s", c.args, status, out, errOut)
		}
	}
}

func TestChangeBetweenDates(t *testing.T) {
	project := datedVillage(t)
	c := answer(t, "compare", project, "2018-12-31", "2019-12-31", "--service", "dagligvaror", "--bands", "1000")
	// A closes: 100 people have 8 500 m in place of 510 m, the 50 by B what they had
	near(t, "worse", part(t, c, "worse")["people"], 100)
	near(t, "by", part(t, c, "worse")["mean_extra"], 7990)
	near(t, "unchanged", part(t, c, "unchanged")["people"], 50)
	near(t, "new squares", part(t, c, "added_squares")["people"], 0)
	if part(t, c, "a")["date"] != "2018-12-31" || part(t, c, "b")["date"] != "2019-12-31" {
		t.Errorf("of %v and %v", c["a"], c["b"])
	}
	same := answer(t, "compare", project, "2018-12-31", "date:2018-12-31", "--service", "dagligvaror")
	near(t, "compared with itself", part(t, same, "unchanged")["people"], 150)
	if out := done(t, "compare", project, "2016-12-31", "nuläge", "--service", "dagligvaror"); !strings.Contains(out, "2016-12-31") && !strings.Contains(out, "2016") {
		t.Errorf("said %s", out)
	}
	if stored := answer(t, "info", project)["results"].([]any); len(stored) > 1 {
		t.Errorf("%d results were stored: those at dates are not to be", len(stored))
	}
}

func TestMapsOfChangesAndLosses(t *testing.T) {
	project := datedVillage(t)
	dir := t.TempDir()
	done(t, "scenario", "add", project, "Utan B", "--close", "B")
	maps := map[string]int64{}
	for name, args := range map[string][]string{
		"now.png":      {"--date", "2018-12-31"},
		"change.png":   {"--date", "2019-12-31", "--change-from", "2018-12-31"},
		"change.pdf":   {"--date", "2019-12-31", "--change-from", "2018-12-31"},
		"scenario.png": {"--date", "2018-12-31", "--scenario", "Utan B", "--change-from", "nuläge"},
		"losses.png":   {"--date", "2018-12-31", "--losses"},
	} {
		path := filepath.Join(dir, name)
		done(t, append([]string{"render", project, "--service", "dagligvaror", "--size", "600x400", "--out", path}, args...)...)
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		maps[name] = info.Size()
	}
	if maps["now.png"] == maps["change.png"] || maps["now.png"] == maps["losses.png"] {
		t.Errorf("the maps are the same: %v", maps)
	}
	if status, _, errOut := call(t, "render", project, "--change-from", "2018-12-31", "--out", filepath.Join(dir, "x.png")); status != 2 || errOut == "" {
		t.Errorf("a change without a service: status %d, %s", status, errOut)
	}
}
