package table

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sort puts the rows in order. Rows that are alike keep the order that they came in.
func (t *Table) sort() {
	t.order = make([]int, len(t.data.Rows))
	for i := range t.order {
		t.order[i] = i
	}
	if t.by < 0 || t.by >= len(t.data.Columns) {
		return
	}
	compare := t.byWords()
	if t.data.Columns[t.by].Number {
		compare = t.byNumber
	}
	slices.SortStableFunc(t.order, compare)
}

// byNumber compares two rows by a column of numbers; what is none comes last.
func (t *Table) byNumber(a, b int) int {
	x, y := t.number(a), t.number(b)
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return cmp.Compare(truth(math.IsNaN(x)), truth(math.IsNaN(y)))
	case t.down:
		return cmp.Compare(y, x)
	}
	return cmp.Compare(x, y)
}

// number is a row's number in the column that is sorted by.
func (t *Table) number(row int) float64 {
	if cells := t.data.Rows[row].Cells; t.by < len(cells) {
		return cells[t.by].Number
	}
	return math.NaN()
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// byWords compares two rows by a column of texts in Swedish order, whatever the window's language is: the names are
// Swedish. Numbers within texts go by their size. The empty text comes last.
func (t *Table) byWords() func(a, b int) int {
	c := collate.New(language.Swedish, collate.Numeric)
	var buf collate.Buffer
	keys := make([][]byte, len(t.cells))
	for i, row := range t.cells {
		keys[i] = bytes.Clone(c.KeyFromString(&buf, row[t.by]))
		buf.Reset()
	}
	empty := func(i int) int { return truth(t.cells[i][t.by] == "") }
	return func(a, b int) int {
		order := bytes.Compare(keys[a], keys[b])
		if t.down {
			order = -order
		}
		return cmp.Or(cmp.Compare(empty(a), empty(b)), order)
	}
}
