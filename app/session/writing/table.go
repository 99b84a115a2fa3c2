package writing

import (
	"slices"

	"nabar/model/manuscript"
)

// NewTable is a table with a header row and rows under it, all empty.
func NewTable(rows, columns int) *manuscript.Table {
	t := &manuscript.Table{}
	for range rows {
		t.Rows = append(t.Rows, make([][]manuscript.Run, columns))
	}
	return t
}

// AddRow puts an empty row before the one at an index, or last. Nothing comes before the header.
func AddRow(t *manuscript.Table, at int) {
	at = min(max(at, 1), len(t.Rows))
	t.Rows = slices.Insert(t.Rows, at, make([][]manuscript.Run, len(t.Rows[0])))
}

// RemoveRow takes a row away; the header and the last one stay.
func RemoveRow(t *manuscript.Table, at int) bool {
	if at < 1 || at >= len(t.Rows) || len(t.Rows) < 3 {
		return false
	}
	t.Rows = slices.Delete(t.Rows, at, at+1)
	return true
}

// AddColumn puts an empty column before the one at an index, or last.
func AddColumn(t *manuscript.Table, at int) {
	n := len(t.Rows[0])
	at = min(max(at, 0), n)
	for i := range t.Rows {
		t.Rows[i] = slices.Insert(t.Rows[i], at, []manuscript.Run(nil))
	}
	t.Right = slices.Insert(wide(t.Right, n), at, false)
}

// RemoveColumn takes a column away; the last one stays.
func RemoveColumn(t *manuscript.Table, at int) bool {
	n := len(t.Rows[0])
	if at < 0 || at >= n || n < 2 {
		return false
	}
	for i := range t.Rows {
		t.Rows[i] = slices.Delete(t.Rows[i], at, at+1)
	}
	t.Right = slices.Delete(wide(t.Right, n), at, at+1)
	return true
}

// AlignColumn lets a column stand to the right, or to the left where it did.
func AlignColumn(t *manuscript.Table, at int) {
	n := len(t.Rows[0])
	if at < 0 || at >= n {
		return
	}
	t.Right = wide(t.Right, n)
	t.Right[at] = !t.Right[at]
}

// wide is a copy with a value for every column.
func wide(right []bool, n int) []bool {
	out := make([]bool, n)
	copy(out, right)
	return out
}
