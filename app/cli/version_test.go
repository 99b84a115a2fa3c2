package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// printed writes a version and gives the file's bytes.
func printed(t *testing.T, project, version, ending string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "plan."+ending)
	done(t, "plan", "print", project, version, "--out", out)
	content, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// changes gives the rows of a comparison's tables, by the tables' order: cover, figures, places, entries, text.
func changes(t *testing.T, args ...string) [5][][]any {
	t.Helper()
	var out [5][][]any
	for i, table := range answer(t, args...)["tables"].([]any) {
		for _, row := range table.(map[string]any)["rows"].([]any) {
			out[i] = append(out[i], row.([]any))
		}
	}
	return out
}

func TestDecidedVersionStaysAsItWasDecided(t *testing.T) {
	project := sound(t)
	done(t, "action", "add", project, "--kind", "area", "--set", "number=1", "--set", "title=Tillgång")
	done(t, "plan", "keep", project, "--stage", "consultation", "--name", "Samråd", "--date", "2026-04-01")
	decision := []string{
		"plan", "keep", project, "--stage", "adopted", "--name", "Plan 2026", "--date", "2026-06-12", "--period", "2026–2030",
		"--responsible", "Kommunstyrelsen", "--body", "Kommunfullmäktige", "--decided", "2026-06-12", "--case", "KS 2026/41",
	}
	if code, _, text := call(t, decision...); code != 1 || !strings.Contains(text, "Paragraf") {
		t.Errorf("without a paragraph: %d, %s", code, text)
	}
	decision = append(decision, "--paragraph", "§ 45")
	if code, _, text := call(t, decision...); code != 1 || !strings.Contains(text, "inte färdig") {
		t.Errorf("with faults: %d, %s", code, text)
	}
	codes := found(t, "plan", "check", project, "--date", "2026-06-12")
	for _, want := range []string{"fact", "no_goal", "no_action", "area_without_goal", "support_untried"} {
		if !slices.Contains(codes, want) {
			t.Errorf("%s is not among %q", want, codes)
		}
	}
	if slices.Contains(codes, "no_consultation") || slices.Contains(codes, "no_area") {
		t.Errorf("what there is, is said to lack: %q", codes)
	}
	made := answer(t, append(decision, "--despite")...)
	if made["number"] != 2.0 || made["stage"] != "adopted" || len(made["files"].([]any)) != 4 {
		t.Errorf("made %v", made)
	}
	pdf, html := printed(t, project, "Plan 2026", "pdf"), printed(t, project, "2", "html")
	if !strings.Contains(string(html), "§") || !strings.Contains(string(html), "KS 2026/41") || strings.Contains(string(html), "SAMRÅDSHANDLING") {
		t.Error("the decision does not stand in the plan")
	}
	if before := printed(t, project, "1", "html"); !strings.Contains(string(before), "Samrådshandling") {
		t.Error("the version for consultation does not say so")
	}
	if got := changes(t, "plan", "compare", project, "2"); len(got[0])+len(got[2])+len(got[3])+len(got[4]) != 0 {
		t.Errorf("nothing has changed, but %v", got)
	}
	addShop(t, project)
	done(t, "action", "set", project, "1", "--set", "title=Nära till service")
	got := changes(t, "plan", "compare", project, "Plan 2026")
	if len(got[2]) != 1 || got[2][0][0] != "Nya handeln" || got[2][0][2] != "Tillkommit" {
		t.Errorf("places %v", got[2])
	}
	if len(got[3]) != 1 || got[3][0][3] != "Tillgång" || got[3][0][4] != "Nära till service" {
		t.Errorf("entries %v", got[3])
	}
	if row := got[1][0]; row[1] != "Serviceställen" || row[4].(float64) != row[3].(float64)+1 || row[5] != 1.0 {
		t.Errorf("figures begin with %v", row)
	}
	if len(got[4]) == 0 {
		t.Error("the text has not changed")
	}
	if !bytes.Equal(printed(t, project, "2", "pdf"), pdf) || !bytes.Equal(printed(t, project, "2", "html"), html) {
		t.Error("the decided plan is not what it was")
	}
	out := filepath.Join(t.TempDir(), "skillnad.xlsx")
	done(t, "plan", "compare", project, "1", "--with", "2", "--out", out)
	if code, _, _ := call(t, "plan", "remove", project, "2"); code != 1 {
		t.Errorf("a decided version was removed: %d", code)
	}
	done(t, "plan", "remove", project, "2", "--decided")
	done(t, "undo", project)
	if !bytes.Equal(printed(t, project, "Plan 2026", "pdf"), pdf) {
		t.Error("after undo the decided plan is not what it was")
	}
}

// addShop imports one more shop.
func addShop(t *testing.T, project string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ny.csv")
	if err := os.WriteFile(path, []byte("id;namn;typ;x;y\nNY;Nya handeln;dagligvaror;500100;6700000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, path, "--as", "services")
}
