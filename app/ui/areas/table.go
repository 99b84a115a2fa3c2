package areas

import (
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
)

// Table sets out whom the places serve: people, share, women and men, ages, how far they have, and how many are within each
// limit. Only the places with the given ids are listed, all where none are given.
func Table(p *i18n.Printer, name string, c *model.Catchments, ids []string) model.Table {
	unit, size, decimals := "km", 1000.0, 1
	if c.Query.Impedance == model.Time {
		unit, size, decimals = "min", 60, 1
	}
	t := model.Table{Name: name, Columns: []model.TableColumn{
		{Head: p.T("reach.table.place")},
		{Head: p.T("reach.table.people"), Number: true},
		{Head: p.T("reach.table.share"), Unit: "%", Number: true, Decimals: 1},
	}}
	if len(c.Catchments) > 0 {
		for _, g := range c.Catchments[0].Groups {
			head := p.Text(g.Name)
			if slices.ContainsFunc(c.Catchments, func(k model.Catchment) bool { return isApproximate(&k, g.ID) }) {
				head = p.T("reach.table.about", head)
			}
			t.Columns = append(t.Columns, model.TableColumn{Head: head, Number: true})
		}
	}
	t.Columns = append(t.Columns, model.TableColumn{Head: p.T("reach.table.mean"), Unit: unit, Number: true, Decimals: decimals})
	for _, to := range c.Query.Bands {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("reach.table.within", p.Bare(to/size, 0)), Unit: unit, Number: true})
	}
	for i := range c.Catchments {
		k := &c.Catchments[i]
		if len(ids) > 0 && !slices.Contains(ids, k.ID) {
			continue
		}
		row := model.TableRow{ID: k.ID, Cells: []model.TableCell{model.Words(k.Name), model.Amount(float64(k.All.People)), model.Amount(100 * k.Share)}}
		for _, g := range k.Groups {
			row.Cells = append(row.Cells, model.Amount(float64(g.People)))
		}
		row.Cells = append(row.Cells, model.Amount(k.All.Mean/size))
		for _, b := range k.All.Bands {
			row.Cells = append(row.Cells, model.Amount(float64(b.People)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// isApproximate tells whether a group of a catchment shares age classes out.
func isApproximate(k *model.Catchment, id string) bool {
	return slices.ContainsFunc(k.Groups, func(g model.Group) bool { return g.ID == id && g.Approximate })
}
