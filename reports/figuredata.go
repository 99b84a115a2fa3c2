package reports

import (
	"nabar/model"
)

// bandsName names the figures of a service by an impedance, and "" for the service that of all services: what charts, maps
// and tables of people within limits have in common.
func bandsName(i model.Impedance, service string) string {
	name := "bands-" + string(i)
	if service != "" {
		name += "-" + service
	}
	return name
}

// holdsBands are the names of what a chart or map of one result shows.
func holdsBands(r *model.Result) []string {
	return []string{bandsName(r.Query.Impedance, r.Query.Service), bandsName(r.Query.Impedance, "")}
}

// bandsData is the table behind a chart or map of one result: how many live within each limit.
func (b *builder) bandsData(r *model.Result) *Table {
	p := b.p
	t := &Table{Columns: []Column{
		{Head: p.T("out.col_limit"), Weight: 1},
		{Head: p.T("out.col_people"), Align: Right},
		{Head: p.T("report.col.share"), Align: Right},
	}}
	add := func(label string, people int) {
		t.Rows = append(t.Rows, []string{label, p.Int(int64(people)), share(p, people, r.People)})
	}
	for _, band := range r.Bands {
		add(p.T("report.col.within", limitLabel(p, r.Query.Impedance, band.To)), band.People)
	}
	add(p.T("report.col.unreached"), r.Unreached)
	return t
}

// pointsData is the table behind a curve: a row for each point.
func (b *builder) pointsData(head string, points [][2]string) *Table {
	t := &Table{Columns: []Column{{Head: b.p.T("out.col_year"), Weight: 1}, {Head: head, Align: Right}}}
	for _, at := range points {
		t.Rows = append(t.Rows, []string{at[0], at[1]})
	}
	return t
}
