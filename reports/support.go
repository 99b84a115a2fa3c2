package reports

import "nabar/model/support"

// supportChapter shows which places meet the conditions for state support, by the rules that the project was tried by. It
// is left out where the project has not been tried.
func (b *builder) supportChapter() {
	if b.in.Support == nil || len(b.supportTable(b.in.Support).Rows) == 0 {
		return
	}
	b.doc.Chapter(b.p.T("support.report.title"))
	b.conditions()
}

// conditions shows which places meet the conditions; nothing where none has been tried.
func (b *builder) conditions() {
	r, p := b.in.Support, b.p
	if r == nil {
		return
	}
	t := b.supportTable(r)
	if len(t.Rows) == 0 {
		return
	}
	b.doc.Para(Body, p.T("support.report.text", r.Rules.Label()))
	if r.Stale {
		b.doc.Para(Note, p.T("report.stale"))
	}
	b.doc.Add(t)
	var remarks [][]Run
	for _, m := range r.Remarks() {
		remarks = append(remarks, Plain(p.Text(m)))
	}
	b.doc.Section(p.T("support.report.reading"))
	b.doc.Add(List{Items: remarks})
}

// supportTable has a row for each place in the kommun, and a column for each form of support.
func (b *builder) supportTable(r *support.Report) Table {
	p := b.p
	t := Table{
		Caption: p.T("support.report.caption", r.Rules.Label()), Source: p.T("support.source", r.Rules.Source),
		Columns: []Column{
			{Head: p.T("support.column.name"), Weight: 2},
			{Head: p.T("support.column.next"), Weight: 2},
			{Head: p.T("support.report.distance"), Align: Right},
		},
	}
	for i := range r.Rules.Rules {
		t.Columns = append(t.Columns, Column{Head: p.Text(r.Rules.Rules[i].Label()), Weight: 1})
	}
	for i := range r.Places {
		if place := &r.Places[i]; place.Inside {
			t.Rows = append(t.Rows, b.supportRow(r, place))
		}
	}
	return t
}

// supportRow is the row of one place; the next place is that of the first form of support that is about it.
func (b *builder) supportRow(r *support.Report, place *support.Place) []string {
	p := b.p
	next, far := "–", "–"
	if len(place.Outcomes) > 0 {
		if nearest, sure := place.Outcomes[0].Nearest(); nearest != nil {
			next, far = nearest.Name, p.Distance(nearest.Metres)
			if !sure {
				next = p.T("support.perhaps", next)
			}
		}
	}
	row := []string{place.Name, next, far}
	for i := range r.Rules.Rules {
		verdict := "–"
		if o := place.Of(r.Rules.Rules[i].ID); o != nil {
			verdict = p.T("support.verdict." + string(o.Verdict))
		}
		row = append(row, verdict)
	}
	return row
}
