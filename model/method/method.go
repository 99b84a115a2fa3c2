// Package method is the catalogue of figures: what each is called, what it means in plain words, and its definition with
// formula and source.
//
// Invariants: a definition stands here alone, in the translations under "explain."; the tables of docs/method.md are
// written from it (a test that -update makes anew), and the window and the command line show the same words.
package method

import (
	"slices"
	"strings"

	"nabar/internal/i18n"
)

// Section is one table of definitions in docs/method.md, between the comments <!-- ID --> and <!-- end -->.
type Section struct {
	ID      string
	Figures []string // IDs, in their order
}

// Sections are the tables of docs/method.md.
func Sections() []Section {
	return []Section{
		{"figures", []string{"people", "reached", "mean", "median", "p90", "max", "second", "kth", "band", "parts", "nearest", "connector"}},
		{"groups", []string{"person_cost", "need", "joint", "counts", "distribution"}},
		{"spread", []string{"curve", "index", "palma"}},
		{Losses, []string{
			"loss_people", "loss_without", "loss_extra", "loss_mean", "loss_max", "loss_beyond", "loss_services", "loss_town", "loss_kommun",
		}},
	}
}

// Losses is the section of what the closing of a service place means.
const Losses = "losses"

// Cell is what explains the way from one square. It is no figure of a table.
const Cell = "cell"

// Figures are the IDs of all figures, in the order of the tables.
func Figures() []string {
	var out []string
	for _, s := range Sections() {
		out = append(out, s.Figures...)
	}
	return out
}

// Known tells whether there is a figure or a square's way with an ID.
func Known(id string) bool { return id == Cell || slices.Contains(Figures(), id) }

// IsLoss tells whether a figure is about the closing of a service place.
func IsLoss(id string) bool { return strings.HasPrefix(id, "loss_") }

// Name is what a figure is called.
func Name(id string) i18n.Message { return i18n.M("explain." + id + ".name") }

// Definition is a figure's definition with formula and source, as docs/method.md has it.
func Definition(id string) i18n.Message { return i18n.M("explain." + id + ".text") }

// Plain says in everyday words what a figure tells; ok is false where it needs none.
func Plain(p *i18n.Printer, id string) (i18n.Message, bool) {
	key := "explain.plain." + id
	return i18n.M(key), p.Has(key)
}

// Symbols tells what the letters in the definitions stand for.
func Symbols() i18n.Message { return i18n.M("explain.symbols") }

// Unmarked takes the marks of emphasis out of a definition, for where it is not set as Markdown.
func Unmarked(text string) string { return strings.ReplaceAll(text, "*", "") }

// Table writes a section as docs/method.md has it.
func (s Section) Table(p *i18n.Printer) string {
	var b strings.Builder
	b.WriteString("| " + p.T("explain.column.figure") + " | " + p.T("explain.column.definition") + " |\n|---|---|\n")
	for _, id := range s.Figures {
		b.WriteString("| " + p.Text(Name(id)) + " | " + p.Text(Definition(id)) + " |\n")
	}
	return b.String()
}
