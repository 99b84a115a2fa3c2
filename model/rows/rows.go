// Package rows puts the rows of a table in order, leaves out those that are not sought, and sums up its columns. Window and
// command line show the same rows for the same choice.
//
// Invariants: no input or output; rows that are alike keep the order in which they came; words go in Swedish order, numbers within
// them by size; what is no number, or empty, comes last whichever way; a table is never changed.
package rows

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"nabar/internal/i18n"
	"nabar/model"
)

// View chooses which rows of a table are shown, and in which order. Its zero value but for By −1 shows all as they came.
type View struct {
	By      int // column that they are sorted by, -1 for none
	Down    bool
	Search  string         // that a row's cells must contain, in any of them and any case
	Filters map[int]Filter // by column; all must hold
}

// Filter is what a cell must be.
type Filter struct {
	Text     string  // of a column of texts: contained in any case
	From, To float64 // of a column of numbers: inclusive; infinite where there is no limit
	Empty    bool    // has no value
}

// emptyWord asks for cells without a value.
const emptyWord = "="

// ParseFilter reads what a user writes for a column: a text that is contained, or for numbers "10", "10-50", ">=10", "<50";
// "=" alone asks for empty cells. Empty text is no filter.
func ParseFilter(c model.TableColumn, text string) (f Filter, none bool, err error) {
	text = strings.TrimSpace(text)
	f = Filter{From: math.Inf(-1), To: math.Inf(1)}
	switch {
	case text == "":
		return f, true, nil
	case text == emptyWord:
		f.Empty = true
	case !c.Number:
		f.Text = text
	default:
		f.From, f.To, err = parseRange(text)
		if err != nil {
			return f, false, i18n.Errorf("rows.bad_filter", text, c.Head)
		}
	}
	return f, false, nil
}

// parseRange reads the limits of numbers.
func parseRange(text string) (from, to float64, err error) {
	from, to = math.Inf(-1), math.Inf(1)
	for _, op := range []string{">=", "<=", "≥", "≤", ">", "<"} {
		rest, ok := strings.CutPrefix(text, op)
		if !ok {
			continue
		}
		v, err := ParseNumber(rest)
		switch op {
		case ">=", "≥":
			from = v
		case "<=", "≤":
			to = v
		case ">":
			from = math.Nextafter(v, math.Inf(1))
		default:
			to = math.Nextafter(v, math.Inf(-1))
		}
		return from, to, err
	}
	for _, dash := range []string{"–", "..", "-"} {
		at := strings.Index(text[1:], dash) // not the first letter: that is a minus
		if at < 0 || len(text) < 2 {
			continue
		}
		var bad error
		if from, err = ParseNumber(text[:at+1]); err == nil {
			to, bad = ParseNumber(text[at+1+len(dash):])
		}
		return from, to, cmp.Or(err, bad)
	}
	from, err = ParseNumber(text)
	return from, from, err
}

// holds tells whether a cell passes.
func (f *Filter) holds(c *model.TableColumn, cell model.TableCell) bool {
	switch {
	case f.Empty && c.Number:
		return math.IsNaN(cell.Number)
	case f.Empty:
		return cell.Text == ""
	case c.Number:
		return cell.Number >= f.From && cell.Number <= f.To
	}
	return contains(cell.Text, f.Text)
}

// contains tells whether a text holds another in any case.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// Order gives the indexes of the rows to be shown, in their order. It ends early, with the context's error, when the context
// does. p writes numbers for the search.
func (v View) Order(ctx context.Context, p *i18n.Printer, t *model.Table) ([]int, error) {
	order := make([]int, 0, len(t.Rows))
	search := strings.ToLower(strings.TrimSpace(v.Search))
	for i := range t.Rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if v.passes(t, i) && (search == "" || found(p, t, i, search)) {
			order = append(order, i)
		}
	}
	if v.By < 0 || v.By >= len(t.Columns) {
		return order, ctx.Err()
	}
	if t.Columns[v.By].Number {
		v.byNumber(t, order)
		return order, ctx.Err()
	}
	return order, v.byWords(ctx, t, order)
}

// passes tells whether a row passes all filters.
func (v *View) passes(t *model.Table, row int) bool {
	for c, f := range v.Filters {
		if c < len(t.Columns) && !f.holds(&t.Columns[c], Cell(t, row, c)) {
			return false
		}
	}
	return true
}

// found tells whether any cell of a row contains what is sought, in small letters.
func found(p *i18n.Printer, t *model.Table, row int, search string) bool {
	for c := range t.Columns {
		text := t.Columns[c].Write(p, Cell(t, row, c))
		if strings.Contains(strings.ToLower(text), search) || t.Columns[c].Number && strings.Contains(plain(text), search) {
			return true
		}
	}
	return false
}

// plain is a written number without what parts its thousands.
func plain(text string) string {
	return strings.NewReplacer(i18n.NBSP, "", "\u2212", "-", " ", "").Replace(text)
}

// Cell is a cell of a table; none where the row is short.
func Cell(t *model.Table, row, column int) model.TableCell {
	if cells := t.Rows[row].Cells; column < len(cells) {
		return cells[column]
	}
	return model.TableCell{Number: math.NaN()}
}

// byNumber sorts by a column of numbers.
func (v *View) byNumber(t *model.Table, order []int) {
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := Cell(t, a, v.By).Number, Cell(t, b, v.By).Number
		switch {
		case math.IsNaN(x) || math.IsNaN(y):
			return cmp.Compare(truth(math.IsNaN(x)), truth(math.IsNaN(y)))
		case v.Down:
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	})
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// byWords sorts by a column of texts in Swedish order, whatever the language of the program is: the names are Swedish. Each
// different text gets its key once.
func (v *View) byWords(ctx context.Context, t *model.Table, order []int) error {
	c := collate.New(language.Swedish, collate.Numeric)
	var buf collate.Buffer
	rank := map[string][]byte{}
	keys := make([][]byte, len(t.Rows))
	for n, i := range order {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		text := Cell(t, i, v.By).Text
		key, known := rank[text]
		if !known {
			key = bytes.Clone(c.KeyFromString(&buf, text))
			buf.Reset()
			rank[text] = key
		}
		keys[i] = key
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := Cell(t, a, v.By).Text == "", Cell(t, b, v.By).Text == ""
		if x || y {
			return cmp.Compare(truth(x), truth(y))
		}
		if v.Down {
			a, b = b, a
		}
		return bytes.Compare(keys[a], keys[b])
	})
	return ctx.Err()
}
