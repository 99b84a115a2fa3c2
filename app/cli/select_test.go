package cli_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// numbers are the selected ids of an answer.
func numbers(r map[string]any) string { return strings.Trim(fmt.Sprint(r["fids"]), "[]") }

func TestSelectFromTheCommandLine(t *testing.T) {
	project := village(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--layer", "rutor"}, "2 3"},
		{[]string{"--layer", "rutor", "--where", "beftotalt > 60"}, "2"},
		{[]string{"--layer", "rutor", "--where", "beftotalt > 60", "--invert"}, "3"},
		{[]string{"--layer", "service", "--where", "Servicetyp = dagligvaror och Namn börjar med a"}, "2"},
		{[]string{"--layer", "service", "--box", "500500,6699500,502000,6700500"}, "2 4"},
		{[]string{"--layer", "service", "--box", "500500,6699500,502000,6700500", "--where", "servicetyp = Drivmedel"}, "4"},
		{[]string{"--layer", "vägar", "--polygon", "504000,6699990 506000,6699990 506000,6700010"}, "1 2"},
		{[]string{"--layer", "vägar", "--at", "507000,6700004"}, "2"},
		{[]string{"--layer", "vägar", "--at", "507000,6700014"}, ""},
		{[]string{"--layer", "vägar", "--at", "507000,6700014", "--within", "20"}, "2"},
	} {
		r := answer(t, append([]string{"select", project}, c.args...)...)
		if got := numbers(r); got != c.want || r["selected"].(float64) != float64(len(strings.Fields(c.want))) {
			t.Errorf("%v: %q, want %q", c.args, got, c.want)
		}
	}
	r := answer(t, "select", project, "--layer", "rutor", "--stats", "beftotalt", "--limit", "1")
	if stats := part(t, r, "stats"); stats["sum"] != 150.0 || len(r["rows"].([]any)) != 1 || fmt.Sprint(r["bounds"]) != "[500000 6.6995e+06 509000 6.7005e+06]" {
		t.Errorf("%v", r)
	}
	out := filepath.Join(t.TempDir(), "valda.csv")
	done(t, "select", project, "--layer", "rutor", "--where", "beftotalt < 60", "--out", out)
	if data, err := os.ReadFile(out); err != nil || strings.Count(string(data), "\n") != 2 {
		t.Errorf("%s %v", data, err)
	}
	if text := done(t, "select", project, "--layer", "rutor", "--where", "beftotalt < 60"); !strings.Contains(text, "1 av 2 objekt i rutor") {
		t.Errorf("%s", text)
	}
	refused(t, 1, "tecken 11: hundra är inget tal", "select", project, "--layer", "rutor", "--where", "beftotalt>hundra")
	refused(t, 2, "--layer", "select", project)
	refused(t, 2, "ruta", "select", project, "--layer", "rutor", "--box", "1,2,3")
	refused(t, 2, "högst en", "select", project, "--layer", "rutor", "--box", "1,2,3,4", "--at", "1,2")
}

func TestMeasureFromTheCommandLine(t *testing.T) {
	project := village(t)
	const factor = 0.9996 // of the grid near its central meridian
	r := answer(t, "measure", project, "--line", "501000,6700000 504000,6704000 504000,6705000")
	near(t, "metres", r["metres"], 6000/factor)
	near(t, "first leg", r["legs"].([]any)[0].(map[string]any)["metres"], 5000/factor)
	r = answer(t, "measure", project, "--polygon", "501000,6700000 502000,6700000 502000,6701000 501000,6701000")
	if got, want := r["area_m2"].(float64), 1e6/factor/factor; math.Abs(got-want) > 1 {
		t.Errorf("%v m², want %v", got, want)
	}
	near(t, "perimeter", r["perimeter_m"], 4000/factor)
	r = answer(t, "measure", project, "--line", "501000,6700010 506000,6700000 504000,6700000", "--road")
	near(t, "road", r["metres"], 7010)
	near(t, "road", r["seconds"], 420)
	r = answer(t, "measure", project, "--line", "501000,6700010 501000,6790000", "--road")
	if r["metres"] != nil {
		t.Errorf("a way where there is none: %v", r)
	}
	if text := done(t, "measure", project, "--line", "501000,6700010 506000,6700000", "--road"); !strings.Contains(text, "5\u00a0010\u00a0m") || !strings.Contains(text, "5,0\u00a0min") {
		t.Errorf("%s", text)
	}
	refused(t, 1, "korsar sig själv", "measure", project, "--polygon", "501000,6700000 502000,6701000 502000,6700000 501000,6701000")
	refused(t, 2, "antingen", "measure", project)
	refused(t, 2, "position", "measure", project, "--line", "här")
}

func TestDrawFromTheCommandLine(t *testing.T) {
	project := village(t)
	done(t, "draw", "new", project, "Busshållplatser", "--type", "point", "--column", "namn:text", "--column", "turer:integer")
	r := answer(t, "draw", "add", project, "Busshållplatser", "--point", "501500,6700020", "--set", "namn=Kyrkan", "--set", "turer=12")
	if r["fid"] != 1.0 {
		t.Errorf("%v", r)
	}
	done(t, "draw", "add", project, "Busshållplatser", "--point", "501600,6700020")
	answer(t, "draw", "shape", project, "Busshållplatser", "1", "--by", "100,0")
	answer(t, "draw", "set", project, "Busshållplatser", "2", "--set", "namn=Skolan", "--set", "turer=3")
	if got := numbers(answer(t, "select", project, "--layer", "Busshållplatser", "--box", "501590,6700000,501610,6700100", "--where", "turer > 5")); got != "1" {
		t.Errorf("after a move %q", got)
	}
	done(t, "draw", "remove", project, "Busshållplatser", "1", "2")
	if got := answer(t, "select", project, "--layer", "Busshållplatser")["selected"]; got != 0.0 {
		t.Errorf("%v are left", got)
	}
	done(t, "undo", project)
	if got := answer(t, "select", project, "--layer", "Busshållplatser")["selected"]; got != 2.0 {
		t.Errorf("%v after undo", got)
	}

	done(t, "draw", "new", project, "Ytor", "--type", "polygon")
	answer(t, "draw", "add", project, "Ytor", "--polygon", "501000,6700000 502000,6700000 502000,6701000 501000,6701000")
	refused(t, 1, "korsar sig själv", "draw", "shape", project, "Ytor", "1", "--move", "1:500000,6700500")
	answer(t, "draw", "shape", project, "Ytor", "1", "--insert", "0:501500,6699900")
	answer(t, "draw", "shape", project, "Ytor", "1", "--remove", "0/0/1")
	refused(t, 1, "brytpunkten finns inte", "draw", "shape", project, "Ytor", "1", "--remove", "9")
	refused(t, 2, "brytpunkt", "draw", "shape", project, "Ytor", "1", "--move", "x:1,2")
	refused(t, 2, "en ändring", "draw", "shape", project, "Ytor", "1")
	refused(t, 2, "point, line eller polygon", "draw", "new", project, "B", "--type", "cirkel")

	r = answer(t, "draw", "shape", project, "vägar", "1", "--move", "1:504000,6700000")
	if remarks := fmt.Sprint(r["remarks"]); !strings.Contains(remarks, "vägnät") || !strings.Contains(remarks, "möter inte längre") {
		t.Errorf("%s", remarks)
	}
	if after := answer(t, "check", project); part(t, after, "network")["components"] != 2.0 {
		t.Errorf("the road still hangs together: %v", after["network"])
	}
	refused(t, 1, "kan inte ritas om", "draw", "shape", project, "rutor", "1", "--by", "10,0")
}
