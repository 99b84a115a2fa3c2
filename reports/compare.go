package reports

import (
	"nabar/model"
)

// comparison is the chapter that sets the service types side by side.
func (b *builder) comparison() {
	b.doc.Chapter(b.p.T("report.compare"))
	b.doc.Para(Body, b.p.T("report.compare.text"))
	first := true
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		rows := b.resultsOf(i)
		if len(rows) == 0 {
			continue
		}
		if !first {
			b.doc.Add(PageBreak{})
		}
		first = false
		b.doc.Section(b.p.T("report.compare." + string(i)))
		b.doc.Add(b.figuresTable(i, rows), b.classChart(i, rows), b.bandsTable(i, rows))
	}
	b.joint()
	b.missing()
}

// row is a result with the name of its service type.
type row struct {
	name string
	*model.Result
}

// resultsOf lists the results of one impedance.
func (b *builder) resultsOf(i model.Impedance) []row {
	var out []row
	for k := range b.have {
		s := &b.have[k]
		r := s.distance
		if i == model.Time {
			r = s.time
		}
		if r != nil {
			out = append(out, row{s.name, r})
		}
	}
	return out
}

// figuresTable compares means and spread.
func (b *builder) figuresTable(i model.Impedance, rows []row) Table {
	p := b.p
	t := Table{Caption: p.T("report.compare.figures." + string(i)), Columns: []Column{{Head: p.T("report.col.service"), Weight: 1}}}
	for _, key := range []string{"places", "reached", "unreached", "mean", "median", "p90", "max", "second"} {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col." + key), Align: Right, Weight: 0.5})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, []string{
			r.name, p.Int(int64(r.Facilities)), p.Int(int64(r.Reached)), p.Int(int64(r.Unreached)),
			cost(p, i, r.Mean), cost(p, i, r.Median), cost(p, i, r.P90), cost(p, i, r.Max), cost(p, i, r.SecondMean),
		})
	}
	return t
}

// bandsTable compares how many live within each limit, people over share.
func (b *builder) bandsTable(i model.Impedance, rows []row) Table {
	p := b.p
	limits := limitsOf(rows)
	t := Table{
		Caption: p.T("report.compare.bands."+string(i), rows[0].People), Holds: bandsName(i, ""),
		Columns: []Column{{Head: p.T("report.col.service"), Weight: 1}},
	}
	for _, to := range limits {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col.within", limitLabel(p, i, to)), Align: Right, Weight: 0.5})
	}
	t.Columns = append(t.Columns, Column{Head: p.T("report.col.unreached"), Align: Right, Weight: 0.5})
	for _, r := range rows {
		cells := []string{r.name}
		for _, to := range limits {
			cells = append(cells, b.peopleAndShare(bandAt(r.Result, to), r.People))
		}
		t.Rows = append(t.Rows, append(cells, b.peopleAndShare(r.Unreached, r.People)))
	}
	return t
}

// peopleAndShare writes a count with its share on the next line; a count below 0 is one that the result does not hold.
func (b *builder) peopleAndShare(n, whole int) string {
	if n < 0 {
		return "–"
	}
	return b.p.Int(int64(n)) + "\n" + share(b.p, n, whole)
}

// limitsOf gives the limits of the first result: those of the same impedance have the same unless the user has chosen
// others for some.
func limitsOf(rows []row) []float64 {
	var out []float64
	for _, band := range rows[0].Bands {
		out = append(out, band.To)
	}
	return out
}

// bandAt gives the people within a limit, -1 where the result has no such band.
func bandAt(r *model.Result, to float64) int {
	for _, band := range r.Bands {
		if band.To == to {
			return band.People
		}
	}
	return -1
}
