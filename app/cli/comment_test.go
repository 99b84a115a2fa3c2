package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestCommentsFromTheCommandLine pins comments, answers, lists, exports and prints them.
func TestCommentsFromTheCommandLine(t *testing.T) {
	project, dir := village(t), t.TempDir()
	a := answer(t, "comment", "add", project, "Bussen går för sällan", "--at", "505000,6700000", "--author", "Byalaget", "--theme", "Buss", "--date", "2026-03-01")
	if a["number"] != 1.0 || a["status"] != "ny" || a["theme"] != "Buss" {
		t.Errorf("added: %v", a)
	}
	if a := answer(t, "comment", "add", project, "Behåll boden", "--place", "B"); a["e"] != 509000.0 || a["place"] != "B" {
		t.Errorf("on a place: %v", a)
	}
	if a := answer(t, "comment", "answer", project, "1", "Tas upp med regionen", "--by", "Kommunen", "--date", "2026-04-01"); a["status"] != "behandlad" {
		t.Errorf("answered: %v", a)
	}
	if a := answer(t, "comment", "edit", project, "2", "--theme", "Butik", "--at", "508000,6700000"); a["theme"] != "Butik" || a["e"] != 508000.0 || a["text"] != "Behåll boden" {
		t.Errorf("edited: %v", a)
	}
	count := func(args ...string) int {
		return len(answer(t, append([]string{"comment", "list", project}, args...)...)["comments"].([]any))
	}
	if count() != 2 || count("--status", "ny") != 1 || count("--theme", "buss") != 1 || count("--search", "regionen") != 1 || count("--place", "B") != 1 {
		t.Error("the filters don't choose")
	}
	table := filepath.Join(dir, "kommentarer.xlsx")
	done(t, "comment", "list", project, "--out", table)
	done(t, "export", project, "--layer", "Kommentarer", "--out", filepath.Join(dir, "kommentarer.gpkg"))
	var pictures [][]byte
	for _, args := range [][]string{{"--comments"}, {}} {
		out := filepath.Join(dir, "karta.png")
		done(t, append([]string{"render", project, "--out", out, "--template", "a4-landscape", "--dpi", "60"}, args...)...)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		pictures = append(pictures, data)
	}
	if bytes.Equal(pictures[0], pictures[1]) {
		t.Error("--comments changes nothing on the sheet")
	}
	done(t, "render", project, "--out", filepath.Join(dir, "karta.pdf"), "--template", "a3-portrait", "--comments")
	file := filepath.Join(dir, "workshop.csv")
	if err := os.WriteFile(file, []byte("E;N;text\n501000;6700000;Lång väg\n;;Utan läge\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if a := answer(t, "comment", "import", project, file); len(a["comments"].([]any)) != 1 || a["total"] != 3.0 || len(a["problems"].([]any)) != 1 {
		t.Errorf("imported: %v", a)
	}
	if a := answer(t, "comment", "remove", project, "2"); a["removed"] != 2.0 || count() != 2 {
		t.Errorf("removed: %v", a)
	}
	done(t, "undo", project)
	if count() != 3 {
		t.Error("undo does not bring the comment back")
	}
	refused(t, 2, "--at", "comment", "add", project, "Var?")
	refused(t, 2, "heltal", "comment", "remove", project, "ett")
	refused(t, 1, "nummer 9", "comment", "answer", project, "9", "svar")
	refused(t, 2, "Status", "comment", "edit", project, "1", "--status", "klar")
	refused(t, 1, "tom", "comment", "add", project, " ", "--at", "505000,6700000")
}
