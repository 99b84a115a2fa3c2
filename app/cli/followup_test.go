package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Jämtland's follow-up of 2025 as facts: count and kronor of each form of support.
var support2025 = []struct {
	form  string
	count int
	sum   int
}{{"hemsandningsbidrag", 7, 1407970}, {"servicebidrag", 2, 275000}, {"investeringsbidrag", 20, 8196150}, {"sarskilt_driftstod", 20, 3706552}}

// sums gives what the ledger's follow-up says of a year, form by form, with the year before.
func sums(answer map[string]any) map[string][4]float64 {
	out := map[string][4]float64{}
	for _, s := range answer["support"].([]any) {
		row := s.(map[string]any)
		out[row["form"].(string)] = [4]float64{row["last_count"].(float64), row["last_granted"].(float64), row["count"].(float64), row["granted"].(float64)}
	}
	return out
}

func TestFollowUpComparesYearPlanAndLedger(t *testing.T) {
	project := sound(t)
	done(t, "action", "add", project, "--kind", "area", "--set", "number=1", "--set", "title=Tillgång")
	done(t, "action", "add", project, "--kind", "goal", "--set", "area=1", "--set", "number=1.1", "--set", "text=Nära till mat", "--set", "baseline=5 km",
		"--set", "measure=mean", "--set", "service=dagligvaror", "--set", "op=at_most", "--set", "aim=1")
	for _, action := range []struct{ title, to string }{{"Kartlägg", "2025-06"}, {"Bygg", "2024"}, {"Anordna", "2029"}} {
		done(t, "action", "add", project, "--set", "area=1", "--set", "title="+action.title, "--set", "goals=1.1", "--set", "parties=Kommunen | x", "--set", "to="+action.to)
	}
	done(t, "grant", "add", project, "--set", "form=servicebidrag", "--set", "year=2024", "--set", "granted=100000", "--set", "name=Lanthandeln", "--set", "date=2024-03-01")
	done(t, "plan", "keep", project, "--stage", "adopted", "--name", "Plan", "--date", "2024-12-20", "--despite", "--period", "2025–2029", "--responsible", "KS",
		"--body", "Kommunfullmäktige", "--decided", "2024-12-16", "--paragraph", "§ 7", "--case", "KS 2024/7")
	done(t, "action", "set", project, "1 A", "--set", "status=done", "--set", "progress=Tre orter kartlagda.")
	for _, s := range support2025 {
		for i := range s.count {
			amount := s.sum / s.count
			if i == 0 {
				amount += s.sum % s.count
			}
			done(t, "grant", "add", project, "--set", "form="+s.form, "--set", "year=2025", "--set", "granted="+itoa(amount), "--set", "name=Butik "+itoa(i), "--set", "date=2025-05-01")
		}
	}
	shut(t, project)
	out := filepath.Join(t.TempDir(), "uppfoljning.html")
	got := answer(t, "follow-up", project, "--year", "2025", "--out", out)
	if got["plan"] != "Plan" || !slices.Equal(names(got["closed"]), []string{"Gamla boden"}) || len(names(got["opened"])) != 0 {
		t.Errorf("followed up %v, closed %v, opened %v", got["plan"], got["closed"], got["opened"])
	}
	var fates []string
	for _, a := range got["actions"].([]any) {
		row := a.(map[string]any)
		fates = append(fates, row["code"].(string)+" "+row["fate"].(string))
	}
	if want := []string{"1 A done", "1 B late", "1 C planned"}; !slices.Equal(fates, want) {
		t.Errorf("actions %q, want %q", fates, want)
	}
	if goal := got["goals"].([]any)[0].(map[string]any); goal["met"] != true || goal["value"] == nil {
		t.Errorf("goal %v", goal)
	}
	ledger := sums(got)
	for _, s := range support2025 {
		if l := ledger[s.form]; l[2] != float64(s.count) || l[3] != float64(s.sum) {
			t.Errorf("%s: %v, want %d of %d kr", s.form, l, s.count, s.sum)
		}
	}
	if l := ledger[""]; l != [4]float64{1, 100000, 49, 13585672} {
		t.Errorf("in all %v", l)
	}
	access := got["access"].([]any)[0].(map[string]any)
	last, this := access["last"].(map[string]any), access["this"].(map[string]any)
	if last["facilities"].(float64) != this["facilities"].(float64)+1 || access["decided"].(map[string]any)["people"] != 520.0 {
		t.Errorf("access %v", access)
	}
	text, err := os.ReadFile(out)
	for _, want := range []string{"Uppföljning av", "1&nbsp;407&nbsp;970", "8&nbsp;196&nbsp;150", "Tre orter kartlagda", "Gamla boden", "Försenad", "Till nästa plan"} {
		plain := strings.ReplaceAll(string(text), "\u00a0", "&nbsp;")
		if err != nil || !strings.Contains(plain, want) {
			t.Errorf("the follow-up does not say %q (%v)", want, err)
		}
	}
	for _, file := range []string{"u.pdf", "u.docx", "u.xlsx"} {
		done(t, "follow-up", project, "--year", "2025", "--out", filepath.Join(t.TempDir(), file))
	}
}

func TestNextPlanTakesOverWhatIsLeft(t *testing.T) {
	project := sound(t)
	done(t, "action", "add", project, "--kind", "area", "--set", "number=1", "--set", "title=Tillgång")
	done(t, "action", "add", project, "--kind", "goal", "--set", "area=1", "--set", "number=1.1", "--set", "text=Nära", "--set", "baseline=få", "--set", "outcome=fler")
	done(t, "action", "add", project, "--set", "area=1", "--set", "title=Gjort", "--set", "goals=1.1", "--set", "status=done")
	done(t, "action", "add", project, "--set", "area=1", "--set", "title=Kvar", "--set", "goals=1.1", "--set", "status=ongoing")
	done(t, "bank", "add", project, "--set", "solution=servicepunkt", "--set", "action=1 A")
	done(t, "opinion", "add", project, "--set", "date=2025-05-02", "--set", "from=Byalaget", "--set", "text=Bra.")
	if code, _, text := call(t, "plan", "next", project, "--period", "2031–2035"); code != 1 || !strings.Contains(text, "ingen antagen version") {
		t.Errorf("without a decided plan: %d, %s", code, text)
	}
	done(t, "plan", "keep", project, "--stage", "adopted", "--name", "Plan", "--date", "2024-12-20", "--despite", "--body", "KF", "--decided", "2024-12-16", "--paragraph", "§ 7", "--case", "KS 1")
	if got := answer(t, "plan", "next", project, "--period", "2031–2035"); got["gone"] != 3.0 {
		t.Errorf("gone %v, want the action, what pointed at it alone, and the opinion", got["gone"])
	}
	if got := entries(t, "action", "list", project); !slices.Equal(got, []string{"1 B", "1.1", "1"}) {
		t.Errorf("left %q", got)
	}
	goal := answer(t, "action", "list", project, "--kind", "goal")["entries"].([]any)[0].(map[string]any)["fields"].(map[string]any)
	if goal["baseline"] != "fler" || goal["outcome"] != nil {
		t.Errorf("the goal begins with %v", goal)
	}
	done(t, "undo", project)
	if got := entries(t, "action", "list", project); len(got) != 4 {
		t.Errorf("after undo %q", got)
	}
}

// shut imports a shop that closed in 2025.
func shut(t *testing.T, project string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "boden.csv")
	if err := os.WriteFile(path, []byte("id;namn;typ;x;y;stängd\nG;Gamla boden;dagligvaror;700100;6400000;2025-09-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, path, "--as", "services", "--map", "id=id", "--map", "name=namn", "--map", "type=typ", "--map", "x=x", "--map", "y=y", "--map", "closed=stängd")
}

// names reads a list of names.
func names(v any) []string {
	var out []string
	for _, n := range v.([]any) {
		out = append(out, n.(string))
	}
	return out
}

// itoa writes a whole number.
func itoa(n int) string { return strconv.Itoa(n) }
