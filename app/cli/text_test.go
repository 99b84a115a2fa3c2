package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// chapters are the titles of the chapters of the first document that a call answers with.
func chapters(t *testing.T, args ...string) []string {
	t.Helper()
	var out []string
	document := answer(t, args...)["documents"].([]any)[0].(map[string]any)
	for _, c := range document["chapters"].([]any) {
		out = append(out, c.(map[string]any)["title"].(string))
	}
	return out
}

func TestADocumentIsWrittenFromTheCommandLine(t *testing.T) {
	project, dir := sound(t), t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if got := chapters(t, "text", "new", project, "--kind", "tjansteskrivelse", "--title", "Antagande"); got[0] != "Förslag till beslut" {
		t.Errorf("a memorandum begins with %q", got)
	}
	done(t, "text", "new", project, "--kind", "own", "--title", "Eget")
	text := "= Läget\n\nDet bor {{antal invånare}} här, och det är {{medelavstånd dagligvaror}} till butik.\n\n== Mer\n\n- **ett**\n- två\n"
	done(t, "text", "write", project, "--document", "Eget", "--file", file("eget.txt", text))
	if code, out, _ := call(t, "text", "show", project, "--document", "eget"); code != 0 || out != text {
		t.Errorf("%d, shown\n%s", code, out)
	}
	done(t, "text", "write", project, "--document", "Eget", "--chapter", "Mer", "--file", file("mer.txt", "Bara {{okänt}}.\n"))
	if _, _, errText := call(t, "text", "write", project, "--document", "Eget", "--chapter", "2", "--file", filepath.Join(dir, "mer.txt")); !strings.Contains(errText, "okänt") {
		t.Errorf("an unknown name is not told: %s", errText)
	}
	done(t, "text", "add", project, "Sist", "--document", "Eget")
	done(t, "text", "chapter", project, "Sist", "--document", "Eget", "--title", "Först", "--position", "1", "--plain", "yes")
	if got := chapters(t, "text", "drop", project, "Mer", "--document", "Eget"); !slices.Equal(got, []string{"Först", "Läget"}) {
		t.Errorf("chapters %q", got)
	}
	out := filepath.Join(dir, "eget.html")
	done(t, "report", project, "--document", "Eget", "--out", out)
	page, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(page), "Det bor 520 här") {
		t.Errorf("the document says %s (%v)", page, err)
	}
	living := answer(t, "text", "stale", project, "--document", "Eget", "--all")["living"].([]any)
	if len(living) != 2 || living[0].(map[string]any)["status"] != "fresh" || living[0].(map[string]any)["now"] != "520" {
		t.Errorf("living %v", living)
	}
	template := filepath.Join(dir, "mall.nabarmall")
	done(t, "text", "template", project, "--document", "Eget", "--out", template, "--headings")
	other := sound(t)
	if got := chapters(t, "text", "new", other, "--from", template, "--title", "Ny"); !slices.Equal(got, []string{"Först", "Läget"}) {
		t.Errorf("from the template %q", got)
	}
	done(t, "text", "template", project, "--document", "Eget", "--title", "Vår mall")
	done(t, "text", "new", project, "--from", "vår mall", "--title", "Av mallen")
	done(t, "text", "head", project, "--document", "Av mallen", "--set", "case_number=KS 2026/41", "--set", "contact=Anna\\nanna@example.se")
	if names := answer(t, "text", "names", project, "medelavst", "dagl")["names"].([]any); len(names) == 0 || names[0] != "medelavstånd dagligvaror" {
		t.Errorf("names %v", names)
	}
	for _, wrong := range [][]string{
		{"text", "new", project, "--kind", "roman"},
		{"text", "show", project, "--document", "finns inte"},
		{"text", "drop", project, "finns inte", "--document", "Eget"},
		{"text", "new", project, "--from", "finns inte"},
		{"text", "write", project, "--document", "Eget", "--file", filepath.Join(dir, "borta.txt")},
	} {
		if code, _, errText := call(t, wrong...); code != 1 || errText == "" || strings.Contains(errText, "⟦") {
			t.Errorf("%v gave %d, %s", wrong, code, errText)
		}
	}
}
