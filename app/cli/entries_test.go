package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// entries gives the codes of the entries that a list answers with.
func entries(t *testing.T, args ...string) []string {
	t.Helper()
	var out []string
	for _, e := range answer(t, args...)["entries"].([]any) {
		out = append(out, e.(map[string]any)["code"].(string))
	}
	return out
}

// found gives the codes of findings, in their order.
func found(t *testing.T, args ...string) []string {
	t.Helper()
	var out []string
	for _, f := range answer(t, args...)["findings"].([]any) {
		out = append(out, f.(map[string]any)["code"].(string))
	}
	return out
}

func TestActionPlanFromTheCommandLine(t *testing.T) {
	project := sound(t)
	done(t, "action", "add", project, "--kind", "area", "--set", "number=1", "--set", "title=Tillgång")
	done(t, "action", "add", project, "--kind", "goal", "--set", "area=1", "--set", "number=1.1", "--set", "text=Nära till mat",
		"--set", "measure=share", "--set", "service=dagligvaror", "--set", "within=5", "--set", "op=at_least", "--set", "aim=90")
	done(t, "action", "add", project, "--kind", "goal", "--set", "area=1", "--set", "number=1.2", "--set", "text=Fler ombud")
	added := answer(t, "action", "add", project, "--set", "area=1", "--set", "title=Kartlägg", "--set", "goals=1.1",
		"--set", `parties=Kommunen | x\nRegionen | | medel`, "--set", `financing=Ordinarie medel / Regionalt projekt Tillväxtverket | 150 000 | 120000`,
		"--set", "sites=A", "--set", "to=2026-06")
	fields := added["fields"].(map[string]any)
	if added["code"] != "1 A" || fields["parties"] != "Kommunen | x\nRegionen |  | medel" || fields["financing"] != "Ordinarie medel / Regionalt projekt Tillväxtverket | 150000 | 120000" {
		t.Errorf("added %v", added)
	}
	if got := entries(t, "action", "list", project); !slices.Equal(got, []string{"1 A", "1.1", "1.2", "1"}) {
		t.Errorf("listed %q", got)
	}
	// All 520 people live at a shop, so the share is 100 per cent and the target is met.
	if got := found(t, "action", "check", project, "--date", "2026-07-01"); !slices.Equal(got, []string{"target_met", "goal_without_action", "date_passed"}) {
		t.Errorf("found %q", got)
	}
	done(t, "action", "set", project, "1a", "--set", "goals=1.1,1.2", "--set", "status=done", "--set", "parties=Kommunen")
	if got := found(t, "action", "check", project, "--date", "2026-07-01"); !slices.Equal(got, []string{"target_met", "action_without_lead"}) {
		t.Errorf("after the change found %q", got)
	}
	done(t, "undo", project)
	if got := found(t, "action", "check", project, "--date", "2026-06-30"); !slices.Equal(got, []string{"target_met", "goal_without_action"}) {
		t.Errorf("after undo found %q", got)
	}
	done(t, "action", "set", project, "1.2", "--position", "1")
	if got := entries(t, "action", "list", project, "--kind", "goal"); !slices.Equal(got, []string{"1.2", "1.1"}) {
		t.Errorf("after the move %q", got)
	}
	out := filepath.Join(t.TempDir(), "insatser.csv")
	done(t, "action", "list", project, "--out", out)
	if text, err := os.ReadFile(out); err != nil || !strings.Contains(string(text), "Kommunen (huvudansvarig)") || !strings.Contains(string(text), "Lanthandeln") {
		t.Errorf("the file holds %s (%v)", text, err)
	}
	done(t, "action", "remove", project, "1.2")
	for _, wrong := range [][]string{
		{"action", "remove", project, "1.1"}, {"action", "add", project, "--set", "area=7", "--set", "title=x"}, {"action", "set", project, "9 Z"},
	} {
		if code, _, errText := call(t, wrong...); code != 1 || errText == "" {
			t.Errorf("%v gave %d, %s", wrong, code, errText)
		}
	}
	if code, _, _ := call(t, "action", "add", project, "--set", "okänt=x"); code != 2 {
		t.Errorf("an unknown field gave %d", code)
	}
}

func TestLedgerFromTheCommandLine(t *testing.T) {
	project := sound(t)
	for _, r := range []struct {
		form string
		n    int
		sum  int
	}{{"hemsandningsbidrag", 7, 1407970}, {"servicebidrag", 2, 275000}, {"investeringsbidrag", 4, 8196150}} {
		for i := range r.n {
			kronor := r.sum / r.n
			if i == 0 {
				kronor = r.sum - (r.n-1)*kronor
			}
			done(t, "grant", "add", project, "--set", "form="+r.form, "--set", "year=2025", "--set", "facility=A", "--set", "receiver=Företag "+strconv.Itoa(i), "--set", "granted="+strconv.Itoa(kronor), "--set", "date=2025", "--set", "case=1")
		}
	}
	table := answer(t, "grant", "table", project, "--year", "2025")
	rows := table["rows"].([]any)
	want := []struct {
		form           string
		count, granted float64
	}{{"hemsandningsbidrag", 7, 1407970}, {"servicebidrag", 2, 275000}, {"investeringsbidrag", 4, 8196150}}
	for i, w := range want {
		if r := rows[i].(map[string]any); r["form"] != w.form || r["count"] != w.count || r["granted"] != w.granted {
			t.Errorf("row %d is %v, want %v", i, r, w)
		}
	}
	if total := table["totals"].([]any)[0].(map[string]any); total["count"] != 13.0 || total["granted"] != 9879120.0 {
		t.Errorf("total %v", total)
	}
	_, text, _ := call(t, "grant", "table", project)
	if !strings.Contains(text, "Servicebidrag") || !strings.Contains(text, "1\u00a0407\u00a0970") {
		t.Errorf("the table reads %s", text)
	}
	// 2 000 000 and 137 500 to each at most: below 3 450 000, and above where the rate makes the limit 1 500 000.
	if got := found(t, "grant", "check", project); !slices.Contains(got, "ceiling") || slices.Contains(got, "de_minimis_over") {
		t.Errorf("found %q", got)
	}
	aid := answer(t, "grant", "deminimis", project, "--set", "rate=5")["aid"].([]any)
	if a := aid[0].(map[string]any); a["limit"] != 1500000.0 || a["over"] != true {
		t.Errorf("aid %v", a)
	}
	if got := found(t, "grant", "check", project); !slices.Contains(got, "de_minimis_over") {
		t.Errorf("with a low limit found %q", got)
	}
	done(t, "undo", project)
	if got := found(t, "grant", "check", project); slices.Contains(got, "de_minimis_over") {
		t.Errorf("after undo of the limit found %q", got)
	}
	// The shop B lies 2 km from the next one: the conditions say no.
	done(t, "support", project)
	done(t, "grant", "add", project, "--set", "form=sarskilt_driftstod", "--set", "year=2026", "--set", "facility=B", "--set", "granted=100000", "--set", "date=2026-02", "--set", "case=2")
	if got := found(t, "grant", "check", project); !slices.Contains(got, "not_eligible") {
		t.Errorf("of a shop that is not eligible found %q", got)
	}
}

func TestRegisterAndBankFromTheCommandLine(t *testing.T) {
	project := sound(t)
	for _, place := range []string{"Valsjöbyn", "Rötviken", "Hallen"} {
		done(t, "fact", "add", project, "--set", "type=sot", "--set", "date=2025", "--set", "name="+place)
	}
	done(t, "fact", "add", project, "--set", "type=visit", "--set", "date=2025", "--set", "value=20")
	done(t, "fact", "add", project, "--set", "type=post", "--set", "date=2025", "--set", "name=Fjällbyn", "--set", "value=2", "--set", "exception=Ingen farbar väg")
	summary := answer(t, "fact", "summary", project)
	types := summary["types"].([]any)
	if len(types) != 3 || summary["year"] != 2025.0 {
		t.Fatalf("the year is %v", summary)
	}
	if sot := types[0].(map[string]any); sot["type"] != "sot" || sot["new"] != 3.0 || sot["yes"] != 3.0 {
		t.Errorf("SOT %v", sot)
	}
	if post := types[1].(map[string]any); post["no"] != 1.0 || len(post["exceptions"].([]any)) != 1 {
		t.Errorf("post %v", post)
	}
	if visits := types[2].(map[string]any); visits["happened"] != 20.0 {
		t.Errorf("visits %v", visits)
	}

	done(t, "bank", "add", project, "--kind", "solution", "--set", "code=skolbuss", "--set", "title=Varor med skolbussen")
	done(t, "bank", "add", project, "--set", "solution=skolbuss", "--set", "facility=O", "--set", "status=wanted")
	solutions := answer(t, "bank", "list", project)["solutions"].([]any)
	last := solutions[len(solutions)-1].(map[string]any)
	if len(solutions) != 10 || last["id"] != "skolbuss" || last["uses"].([]any)[0] != "Öboden" {
		t.Errorf("the bank ends with %v", last)
	}
	if code, _, _ := call(t, "bank", "add", project, "--set", "solution=finns_ej", "--set", "facility=O"); code != 1 {
		t.Errorf("a solution that is none gave %d", code)
	}
	if suggestions := answer(t, "bank", "suggest", project)["suggestions"].([]any); len(suggestions) != 0 {
		t.Errorf("without towns suggested %v", suggestions) // no shop is the last of a town that nobody has told
	}
}

func TestBankSuggestsWhereTheFiguresCallForIt(t *testing.T) {
	project := sound(t)
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	people := write("fler.csv", "cell;people;x;y\nd;15;710000;6400000\n")
	shops := write("mitten.csv", "id;namn;typ;ort;x;y\nD;Mittens livs;dagligvaror;Mitten;710000;6400000\n")
	done(t, "import", project, people, "--as", "population", "--crs", "EPSG:3006", "--map", "cell=cell", "--map", "people=people", "--map", "x=x", "--map", "y=y")
	done(t, "import", project, shops, "--as", "services", "--crs", "EPSG:3006", "--map", "id=id", "--map", "name=namn", "--map", "type=typ", "--map", "town=ort", "--map", "x=x", "--map", "y=y")
	var got []string
	for _, s := range answer(t, "bank", "suggest", project)["suggestions"].([]any) {
		s := s.(map[string]any)
		got = append(got, s["solution"].(string)+" "+s["facility"].(string))
		if why := s["why"].(string); !strings.Contains(why, "Mitten") || strings.ContainsAny(why, "{⟦") {
			t.Errorf("a reason reads %q", why)
		}
	}
	// The last in Mitten, 15 people, nothing else there, and 10 km to the next shop.
	if want := []string{"obemannad_butik D", "bygdeagd_butik D", "ombud D", "servicepunkt D", "sot_punkt D"}; !slices.Equal(got, want) {
		t.Errorf("suggested %q, want %q", got, want)
	}
}

func TestOpinionsFromTheCommandLineReachThePlan(t *testing.T) {
	project := sound(t)
	done(t, "opinion", "add", project, "--set", "date=2026-05-02", "--set", "from=Byalaget", "--set", "sort=association", "--set", "text=Butiken behöver stöd.")
	id := strconv.FormatFloat(answer(t, "opinion", "list", project)["entries"].([]any)[0].(map[string]any)["id"].(float64), 'f', 0, 64)
	done(t, "opinion", "set", project, id, "--set", "outcome=followed", "--set", "answer=Stödet tas upp i handlingsplanen.")
	done(t, "analyse", project, "--service", "dagligvaror")
	out := filepath.Join(t.TempDir(), "plan.html")
	done(t, "report", project, "--out", out)
	text, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(text), "Samrådsredogörelse") || !strings.Contains(string(text), "Stödet tas upp") {
		t.Errorf("the plan does not answer (%v)", err)
	}
	done(t, "opinion", "remove", project, id)
	if code, _, _ := call(t, "opinion", "add", project, "--set", "date=2026-05-02", "--set", "from=B", "--set", "text=T", "--set", "outcome=kanske"); code != 1 {
		t.Errorf("an unknown outcome gave %d", code)
	}
}
