package reports

import (
	"slices"
	"strings"

	"nabar/model"
)

// topPlaces is how many places of a service type the table of weak points lists.
const topPlaces = 5

// vulnerable is the chapter on what the second nearest place tells, and what the closing of a place would mean.
func (b *builder) vulnerable() {
	rows := b.resultsOf(model.Distance)
	if len(rows) == 0 {
		rows = b.resultsOf(model.Time)
	}
	if len(rows) == 0 {
		return
	}
	b.doc.Chapter(b.p.T("report.weak"))
	b.doc.Para(Body, b.p.T("report.weak.text"))
	b.doc.Add(b.secondTable(rows))
	places := b.weakPlaces(rows)
	if len(places.Rows) == 0 {
		return
	}
	b.doc.Section(b.p.T("report.weak.places"))
	b.doc.Para(Body, b.p.T("report.weak.places.text", topPlaces))
	b.doc.Add(places)
}

// secondTable compares nearest and second nearest by service type.
func (b *builder) secondTable(rows []row) Table {
	p := b.p
	t := Table{Caption: p.T("report.weak.caption"), Columns: []Column{{Head: p.T("report.col.service"), Weight: 1}}}
	for _, key := range []string{"nearest_mean", "second_mean"} {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col." + key), Align: Right, Weight: 0.4})
	}
	for _, r := range rows {
		i := r.Query.Impedance
		t.Rows = append(t.Rows, []string{r.name, cost(p, i, r.Mean), cost(p, i, r.SecondMean)})
	}
	return t
}

// weakPlaces lists for each service type the places whose closing would mean most.
func (b *builder) weakPlaces(rows []row) Table {
	p := b.p
	t := Table{Caption: p.T("report.weak.places.caption"), Source: p.T("report.weak.source"), Columns: []Column{
		{Head: p.T("report.col.place"), Weight: 2},
		{Head: p.T("report.col.service"), Weight: 1},
	}}
	for _, key := range []string{"people_nearest", "extra_mean", "extra_max", "left_without"} {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col." + key), Align: Right})
	}
	t.Columns = append(t.Columns, Column{Head: p.T("report.col.goes_with"), Weight: 1})
	for _, r := range rows {
		for _, place := range b.top(r.Query) {
			i := r.Query.Impedance
			t.Rows = append(t.Rows, []string{
				or(place.Name, place.IDs[0]), r.name, p.Int(int64(place.PeopleNearest)), cost(p, i, place.MeanExtra),
				cost(p, i, place.MaxExtra), p.Int(int64(place.LeftWithout)), b.typeNames(place.ServicesLost),
			})
		}
	}
	return t
}

// top gives the places of a query's ranking that somebody has nearest, the greatest loss first.
func (b *builder) top(q model.Query) []model.PlaceLoss {
	k := slices.IndexFunc(b.in.Rankings, func(r model.Ranking) bool {
		return r.Query.Service == q.Service && r.Query.Impedance == q.Impedance
	})
	if k < 0 {
		return nil
	}
	places := slices.DeleteFunc(slices.Clone(b.in.Rankings[k].Places), func(l model.PlaceLoss) bool { return l.PeopleNearest == 0 })
	return places[:min(len(places), topPlaces)]
}

// typeNames names service types; a dash where there are none.
func (b *builder) typeNames(ids []string) string {
	var names []string
	for _, s := range b.all {
		if slices.Contains(ids, s.ID) {
			names = append(names, s.name)
		}
	}
	if len(names) == 0 {
		return "–"
	}
	return strings.Join(names, ", ")
}
