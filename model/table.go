package model

import (
	"math"
	"strings"

	"nabar/internal/i18n"
)

// Table is figures in rows and columns, in the user's words, as the window shows them and files keep them.
type Table struct {
	Name    string // what it holds; a file or sheet is named by it
	Columns []TableColumn
	Rows    []TableRow
}

// TableColumn is a column of texts or of numbers.
type TableColumn struct {
	Head     string
	Unit     string // of the numbers; "" for none
	Number   bool
	Decimals int // that are shown; a file keeps more
}

// TableRow is one row.
type TableRow struct {
	ID    string // what the row is of, unique in the table; it is not shown
	Cells []TableCell
}

// TableCell is a text in a column of texts; else a number, NaN for none.
type TableCell struct {
	Text   string
	Number float64
}

// Words is a cell of a column of texts.
func Words(text string) TableCell { return TableCell{Text: text} }

// Amount is a cell of a column of numbers.
func Amount(v float64) TableCell { return TableCell{Number: v} }

// Heading is the column's head with its unit, as a file names it.
func (c *TableColumn) Heading() string {
	if c.Unit == "" {
		return c.Head
	}
	return c.Head + " (" + c.Unit + ")"
}

// Write writes a cell as it is shown: a number with its thousands, without the unit, which stands in the head.
func (c *TableColumn) Write(p *i18n.Printer, cell TableCell) string {
	if !c.Number {
		return cell.Text
	}
	return p.Float(cell.Number, c.Decimals)
}

// TSV writes the table as spreadsheets take it from the clipboard: a line with the headings, then a line for each row in
// the given order, tabs between. Numbers have the language's decimal mark and nothing at the thousands; no number is an
// empty cell. harmless is asked for every text.
func (t *Table) TSV(p *i18n.Printer, harmless func(string) string) string {
	var b strings.Builder
	text := func(s string) {
		b.WriteString(harmless(strings.NewReplacer("\t", " ", "\r", " ", "\n", " ").Replace(s)))
	}
	for i := range t.Columns {
		if i > 0 {
			b.WriteByte('\t')
		}
		text(t.Columns[i].Heading())
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		for i := range t.Columns {
			if i > 0 {
				b.WriteByte('\t')
			}
			switch {
			case i >= len(row.Cells):
			case !t.Columns[i].Number:
				text(row.Cells[i].Text)
			case !math.IsNaN(row.Cells[i].Number):
				b.WriteString(p.Bare(row.Cells[i].Number, t.Columns[i].Decimals))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
