package method

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
)

var update = flag.Bool("update", false, "write the tables of docs/method.md anew")

// page is the document that the definitions stand in too.
var page = filepath.Join("..", "..", "docs", "method.md")

// halves are the Swedish and the English part of the document.
func halves(t *testing.T) (string, [2]string) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	sv, en, ok := strings.Cut(string(data), "\n---\n")
	if !ok {
		t.Fatal("the document has no English half")
	}
	return string(data), [2]string{sv, en}
}

// TestTheDocumentHasTheCataloguesWords fails where a definition reads otherwise in docs/method.md than in the program.
func TestTheDocumentHasTheCataloguesWords(t *testing.T) {
	_, parts := halves(t)
	for i, lang := range []string{i18n.Swedish, i18n.English} {
		p := i18n.For(lang)
		for _, s := range Sections() {
			open, end := "<!-- "+s.ID+" -->\n", "<!-- end -->"
			from := strings.Index(parts[i], open)
			if from < 0 {
				t.Fatalf("%s: there is no %q", lang, open)
			}
			from += len(open)
			to := from + strings.Index(parts[i][from:], end)
			if have, want := parts[i][from:to], s.Table(p); have != want {
				if *update {
					parts[i] = parts[i][:from] + want + parts[i][to:]
					continue
				}
				t.Errorf("%s: the table %q differs (-update writes it anew):\n%s\nwant\n%s", lang, s.ID, have, want)
			}
		}
		if words := p.Text(Symbols()); !strings.Contains(joined(parts[i]), joined(words)) {
			t.Errorf("%s: the document does not say %q", lang, words)
		}
	}
	if *update {
		if err := os.WriteFile(page, []byte(parts[0]+"\n---\n"+parts[1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// joined writes a text without its line breaks.
func joined(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestEveryFigureHasWords(t *testing.T) {
	for _, lang := range []string{i18n.Swedish, i18n.English} {
		p := i18n.For(lang)
		for _, id := range Figures() {
			for _, m := range []i18n.Message{Name(id), Definition(id)} {
				if text := p.Text(m); strings.HasPrefix(text, "⟦") || len(text) < 3 || strings.Contains(text, "|") {
					t.Errorf("%s: %s is %q", lang, m.Key, text)
				}
			}
			if _, ok := Plain(p, id); !ok && !IsLoss(id) {
				t.Errorf("%s: %s has no plain words", lang, id)
			}
			if !Known(id) {
				t.Errorf("%s is not known", id)
			}
		}
	}
	all := Figures()
	slices.Sort(all)
	if len(slices.Compact(all)) != len(Figures()) || Known("x") {
		t.Error("a figure stands twice, or one that there is none of is known")
	}
	if got := Unmarked("ruta *i* är"); got != "ruta i är" {
		t.Errorf("unmarked %q", got)
	}
}
