package sheet

import (
	"strings"

	"nabar/model/format/csv"
	"nabar/reports"
)

// column is a column of a sheet.
type column struct {
	head  string
	cells []cell
}

// cell is a text, a number with the format that shows it, or nothing.
type cell struct {
	text   string
	number float64
	format string        // "" for text
	runs   []reports.Run // of a text with styles, nil for one without
}

// columns makes the columns of a table.
func (w *writer) columns(t reports.Table) []column {
	var out []column
	for c := range t.Columns {
		out = append(out, w.column(&t, c)...)
	}
	return out
}

// column makes the columns that one column of a table becomes: one, or as many as its cells have lines with a number each.
func (w *writer) column(t *reports.Table, c int) []column {
	printed := make([]string, len(t.Rows))
	for r, row := range t.Rows {
		if c < len(row) {
			printed[r] = row[c]
		}
	}
	head := t.Columns[c].Head
	if c == 0 || t.Columns[c].Align != reports.Right {
		out := texts(head, printed)
		for r := range printed {
			if runs, ok := t.Rich[reports.Spot{Row: r, Column: c}]; ok && out.cells[r].text == printed[r] {
				out.cells[r].runs = runs
			}
		}
		return []column{out}
	}
	parts := w.parts(printed)
	out := make([]column, len(parts))
	for i, numbers := range parts {
		out[i] = w.figures(head, i, printed, numbers)
	}
	return out
}

// texts makes a column of text.
func texts(head string, printed []string) column {
	out := column{head: csv.Harmless(head)}
	for _, s := range printed {
		out.cells = append(out.cells, cell{text: csv.Harmless(s)})
	}
	return out
}

// parts reads the numbers of a column, line by line of its cells; nil stands for a cell without a number. A column whose
// cells have different counts of lines, or more than one without being all numbers, is one part.
func (w *writer) parts(printed []string) [][]*number {
	lines := 1
	for _, s := range printed {
		lines = max(lines, strings.Count(s, "\n")+1)
	}
	out := make([][]*number, lines)
	for i := range out {
		out[i] = make([]*number, len(printed))
	}
	for r, s := range printed {
		if s == dash || s == "" {
			continue
		}
		pieces := strings.Split(s, "\n")
		for i, piece := range pieces {
			n, ok := w.reader.read(piece)
			if lines > 1 && (!ok || len(pieces) != lines) {
				return [][]*number{make([]*number, len(printed))}
			}
			if ok {
				out[i][r] = &n
			}
		}
	}
	return out
}

// figures makes a column of numbers. Where all are of one kind the head tells their unit; else each cell shows its own.
func (w *writer) figures(head string, part int, printed []string, numbers []*number) column {
	unit, uniform := commonUnit(printed, numbers)
	out := column{head: csv.Harmless(w.partHead(head, part, unit, uniform))}
	for r, n := range numbers {
		switch {
		case n == nil && (printed[r] == dash || printed[r] == ""):
			out.cells = append(out.cells, cell{})
		case n == nil:
			out.cells = append(out.cells, cell{text: csv.Harmless(printed[r])})
		case uniform:
			out.cells = append(out.cells, n.in(unit))
		default:
			out.cells = append(out.cells, n.in(n.unit).labelled(n.unit))
		}
	}
	return out
}

// partHead names a column with its unit. A share shows its sign in the cells.
func (w *writer) partHead(head string, part int, unit string, uniform bool) string {
	p := w.doc.Printer
	head = strings.ReplaceAll(head, "\n", " ")
	switch {
	case part > 0 && unit == "%":
		return p.T("export.sheet.share", head)
	case part > 0:
		head = p.T("export.sheet.part", head, part+1)
	}
	if uniform && unit != "" && unit != "%" {
		return p.T("export.sheet.part", head, unit)
	}
	return head
}

// commonUnit gives the unit that all numbers of a column can be shown in. uniform is false where there is none, or where
// a cell holds words.
func commonUnit(printed []string, numbers []*number) (unit string, uniform bool) {
	first := true
	for r, n := range numbers {
		switch {
		case n == nil && printed[r] != dash && printed[r] != "":
			return "", false
		case n == nil:
		case first:
			unit, first = n.unit, false
		case kinds[n.unit] != kinds[unit]:
			return "", false
		case n.unit == "km":
			unit = "km"
		}
	}
	return unit, !first
}

// in shows a number in a unit of its kind.
func (n *number) in(unit string) cell {
	switch {
	case unit == "%":
		return cell{number: n.value(-2), format: "0" + zeros(n.decimals) + "%"}
	case unit == "km" && n.unit == "m":
		return cell{number: n.value(-3), format: "#,##0.0##"}
	}
	return cell{number: n.value(0), format: "#,##0" + zeros(n.decimals)}
}

// labelled shows the unit behind the number.
func (c cell) labelled(unit string) cell {
	if unit != "" && unit != "%" {
		c.format += `" ` + unit + `"`
	}
	return c
}

// zeros is the part of a format for a fixed count of decimals.
func zeros(n int) string {
	if n == 0 {
		return ""
	}
	return "." + strings.Repeat("0", n)
}
