package reports

import (
	"nabar/model"
)

// Contrast is scenarios set beside each other for the plan, in the user's words.
type Contrast struct {
	Sentences []string      // one for each scenario but the first
	Tables    []model.Table // a column or a row for each scenario
}

// contrastColumns is how many columns of a table fit on a page.
const contrastColumns = 9

// contrast is the chapter that sets the chosen scenarios beside each other; there is none unless some are chosen.
func (b *builder) contrast() {
	if b.in.Contrast == nil {
		return
	}
	b.doc.Chapter(b.p.T("live.report"))
	b.contrastFigures()
}

// contrastFigures sets the chosen scenarios beside each other; there are none unless some are chosen.
func (b *builder) contrastFigures() {
	if b.in.Contrast == nil {
		return
	}
	b.doc.Para(Body, b.p.T("live.report_text"))
	for _, s := range b.in.Contrast.Sentences {
		b.doc.Para(Body, s)
	}
	for i := range b.in.Contrast.Tables {
		b.doc.Add(b.contrastTable(&b.in.Contrast.Tables[i]))
	}
	b.doc.Para(Body, b.p.T("live.report_factors"))
}

// contrastTable is a table as the page has room for it: what does not fit is left to the program's own tables.
func (b *builder) contrastTable(t *model.Table) Table {
	out := Table{Caption: t.Name}
	n := min(len(t.Columns), contrastColumns)
	for i := range n {
		c := &t.Columns[i]
		column := Column{Head: c.Heading(), Weight: 0.6}
		if c.Number {
			column.Align = Right
		}
		if i == 0 {
			column.Weight = 1.2
		}
		out.Columns = append(out.Columns, column)
	}
	for _, r := range t.Rows {
		row := make([]string, n)
		for i := range n {
			row[i] = t.Columns[i].Write(b.p, r.Cells[i])
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
