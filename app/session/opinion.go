package session

import (
	"nabar/model"
)

// OpinionTable sums the opinions from the consultation by sender and by what came of them.
func (w *Words) OpinionTable() model.Table {
	p := w.printer
	number := func(key string) model.TableColumn { return model.TableColumn{Head: p.T(key), Number: true} }
	t := model.Table{Name: p.T("consult.table.sums"), Columns: []model.TableColumn{
		{Head: p.T("consult.field.sort")},
		number("consult.column.count"),
		number("consult.choice.outcome.followed"), number("consult.choice.outcome.partly"), number("consult.choice.outcome.not"),
		number("consult.choice.outcome.noted"), number("consult.column.open"),
	}}
	for _, sum := range w.book.Opinions() {
		name := p.T("consult.unsaid")
		if sum.Sort != "" {
			name = p.T("consult.choice.sender." + sum.Sort)
		}
		row := model.TableRow{ID: "sender " + sum.Sort, Cells: []model.TableCell{model.Words(name), model.Amount(float64(sum.Count))}}
		for _, o := range []string{"followed", "partly", "not", "noted", ""} {
			row.Cells = append(row.Cells, model.Amount(float64(sum.Outcomes[o])))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
