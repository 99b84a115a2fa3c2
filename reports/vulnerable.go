package reports

import (
	"cmp"
	"math"
	"slices"

	"nabar/model"
)

// vulnerable is the chapter on what the second nearest place tells.
func (b *builder) vulnerable() {
	rows := b.resultsOf(model.Distance)
	if len(rows) == 0 {
		rows = b.resultsOf(model.Time)
	}
	if len(rows) == 0 {
		return
	}
	p := b.p
	b.doc.Chapter(p.T("report.weak"))
	b.doc.Para(Body, p.T("report.weak.text"))
	b.doc.Add(b.secondTable(rows))
	var most []dependence
	var types []string
	for _, r := range rows {
		top := dependences(r.Result)
		top = top[:min(len(top), 5)]
		for range top {
			types = append(types, r.name)
		}
		most = append(most, top...)
	}
	if len(most) == 0 {
		return
	}
	b.doc.Section(p.T("report.weak.places"))
	b.doc.Para(Body, p.T("report.weak.places.text"))
	b.doc.Add(b.dependenceTable(rows[0].Query.Impedance, types, most))
}

// secondTable compares nearest and second nearest by service type.
func (b *builder) secondTable(rows []row) Table {
	p := b.p
	t := Table{Caption: p.T("report.weak.caption"), Columns: []Column{{Head: p.T("report.col.service"), Weight: 1}}}
	for _, key := range []string{"nearest_mean", "second_mean", "difference", "one_only"} {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col." + key), Align: Right, Weight: 0.4})
	}
	for _, r := range rows {
		i := r.Query.Impedance
		s := sumOf(r.Cells)
		t.Rows = append(t.Rows, []string{
			r.name, cost(p, i, s.nearest()), cost(p, i, s.second()), cost(p, i, s.second()-s.nearest()), p.Int(int64(s.alone)),
		})
	}
	t.Source = p.T("report.weak.source")
	return t
}

// dependenceTable lists the places that people depend on most, by service type.
func (b *builder) dependenceTable(i model.Impedance, types []string, most []dependence) Table {
	p := b.p
	t := Table{Caption: p.T("report.weak.places.caption"), Source: p.T("report.weak.source"), Columns: []Column{
		{Head: p.T("report.col.place"), Weight: 2},
		{Head: p.T("report.col.service"), Weight: 1},
	}}
	for _, key := range []string{"people_nearest", "to_nearest", "to_second", "difference"} {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col." + key), Align: Right})
	}
	for k, d := range most {
		t.Rows = append(t.Rows, []string{
			d.name, types[k], p.Int(int64(d.people + d.alone)), cost(p, i, d.nearest()), cost(p, i, d.second()), cost(p, i, d.second()-d.nearest()),
		})
	}
	return t
}

// sum adds up the stored figures of squares. People who reach only one place are counted apart: they have no second
// cost to add.
type sum struct {
	people         int // who reach a second place
	alone          int // who reach a place but no second one
	first, further float64
}

// add takes up one square.
func (s *sum) add(c *model.CellCost) {
	switch {
	case math.IsNaN(c.Cost):
	case math.IsNaN(c.SecondCost):
		s.alone += c.People
	default:
		s.people += c.People
		s.first += float64(c.People) * c.Cost
		s.further += float64(c.People) * c.SecondCost
	}
}

// nearest is the mean cost to the nearest place, over the people who reach a second one; NaN where nobody does.
func (s *sum) nearest() float64 { return s.first / float64(s.people) }

// second is the mean cost to the second nearest place; NaN where nobody reaches one.
func (s *sum) second() float64 { return s.further / float64(s.people) }

// sumOf adds up all squares.
func sumOf(cells []model.CellCost) sum {
	var s sum
	for i := range cells {
		s.add(&cells[i])
	}
	return s
}

// dependence is the sum over the squares that have one place nearest.
type dependence struct {
	name, id string
	sum
}

// dependences sums the squares by their nearest place, those with the largest total difference first. Places that
// nobody depends on are left out.
func dependences(r *model.Result) []dependence {
	index := map[string]int{}
	var out []dependence
	for _, p := range r.Places {
		index[p.ID] = len(out)
		out = append(out, dependence{name: or(p.Name, p.ID), id: p.ID})
	}
	for i := range r.Cells {
		if k, ok := index[r.Cells[i].Nearest]; ok {
			out[k].add(&r.Cells[i])
		}
	}
	out = slices.DeleteFunc(out, func(d dependence) bool { return d.people == 0 })
	slices.SortStableFunc(out, func(a, b dependence) int {
		return cmp.Or(cmp.Compare(b.further-b.first, a.further-a.first), cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
	})
	return out
}
