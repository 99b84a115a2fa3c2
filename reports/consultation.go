package reports

import "nabar/model/plan"

// consultationChapter lists what was said of the plan at consultation, with the answers. It is left out where nothing was.
func (b *builder) consultationChapter() {
	opinions := plan.Of[*plan.Opinion](b.in.Plan)
	if len(opinions) == 0 {
		return
	}
	b.doc.Chapter(b.p.T("consult.report.title"))
	b.opinions(opinions)
}

// opinions shows what was said, by sort of sender and one by one.
func (b *builder) opinions(opinions []*plan.Opinion) {
	if len(opinions) == 0 {
		return
	}
	b.doc.Para(Body, b.p.T("consult.report.text", len(opinions)))
	b.doc.Add(b.opinionSums(), b.opinionTable(opinions))
}

// outcomes are what can come of an opinion, those that nobody has considered last.
var outcomes = []string{"followed", "partly", "not", "noted", ""}

// outcome is what came of opinions.
func (b *builder) outcome(id string) string {
	if id == "" {
		return b.p.T("consult.report.open")
	}
	return b.p.T("consult.choice.outcome." + id)
}

// opinionSums has a row for each sort of sender.
func (b *builder) opinionSums() Table {
	p := b.p
	t := Table{Caption: p.T("consult.report.sum_caption"), Columns: []Column{
		{Head: p.T("consult.field.sort"), Weight: 1}, {Head: p.T("consult.column.count"), Align: Right},
	}}
	for _, o := range outcomes {
		t.Columns = append(t.Columns, Column{Head: b.outcome(o), Align: Right})
	}
	for _, sum := range b.in.Plan.Opinions() {
		row := []string{p.T("consult.unsaid"), p.Int(int64(sum.Count))}
		if sum.Sort != "" {
			row[0] = p.T("consult.choice.sender." + sum.Sort)
		}
		for _, o := range outcomes {
			row = append(row, p.Int(int64(sum.Outcomes[o])))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// opinionTable has a row for each opinion, with the answer.
func (b *builder) opinionTable(opinions []*plan.Opinion) Table {
	p := b.p
	t := Table{Caption: p.T("consult.report.caption"), Columns: []Column{
		{Head: p.T("consult.field.from"), Weight: 1},
		{Head: p.T("consult.field.text"), Weight: 2},
		{Head: p.T("consult.field.outcome")},
		{Head: p.T("consult.field.answer"), Weight: 2},
	}}
	for _, o := range opinions {
		from := o.From + "\n" + p.Date(o.Date)
		if o.Case != "" {
			from += "\n" + o.Case
		}
		text := o.Text
		if about := or(o.About, b.siteName(plan.Site{Facility: o.Facility})); about != "" {
			text = about + ": " + text
		}
		t.Rows = append(t.Rows, []string{from, text, b.outcome(o.Outcome), or(o.Answer, "–")})
	}
	return t
}
