package reports

import (
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
)

// capture gives the blocks that fn adds, which then stand in no document.
func (b *builder) capture(fn func()) []Block {
	doc := b.doc
	b.doc = &Document{Printer: b.p}
	fn()
	blocks := b.doc.Blocks
	b.doc = doc
	return blocks
}

// livingBlocks are what a living block shows of the figures at hand; none where there is nothing to show.
func (b *builder) livingBlocks(l *manuscript.Living) []Block {
	return b.capture(func() {
		switch l.Kind {
		case manuscript.Sentence:
			b.doc.Para(Body, b.draft(l))
		case manuscript.Grid:
			b.livingTable(l)
		case manuscript.KeyRow, manuscript.Map, manuscript.Chart, manuscript.Ranking:
			b.livingPicture(l)
		case manuscript.Scenarios:
			b.contrastFigures()
		case manuscript.Support:
			b.conditions()
		case manuscript.Method, manuscript.Sources:
			b.livingMethod(l)
		case manuscript.Followed:
			b.livingYear(l)
		default:
			b.livingEntries(l)
		}
	})
}

// serviceOf is the service type that something living is about, with the result that it is bound to; nil where it has none.
func (b *builder) serviceOf(l *manuscript.Living) *service {
	for i := range b.all {
		s := b.all[i]
		if s.ID != l.Service {
			continue
		}
		if l.Scenario != "" {
			s.distance, s.time = nil, nil
			if r := b.bound(l.Binding).Result; r != nil && r.Query.Impedance == model.Time {
				s.time = r
			} else if r != nil {
				s.distance = r
			}
		} else if l.Measure() == model.Time {
			s.distance = nil
		}
		if s.main() == nil {
			return nil
		}
		return &s
	}
	return nil
}

// livingPicture shows key figures, a map, a chart or a ranking.
func (b *builder) livingPicture(l *manuscript.Living) {
	s := b.serviceOf(l)
	switch {
	case l.Kind == manuscript.KeyRow && l.Service == "" && len(b.have) > 0:
		b.doc.Add(b.summaryFigures(&b.have[0]))
	case l.Kind == manuscript.Ranking:
		b.rankings(l)
	case l.Kind == manuscript.Chart && l.What == "classes":
		if rows := b.resultsOf(l.Measure()); len(rows) > 0 {
			b.doc.Add(b.classChart(l.Measure(), rows))
		}
	case s == nil:
	case l.Kind == manuscript.KeyRow:
		b.doc.Add(b.keyFigures(s))
	case l.Kind == manuscript.Map:
		b.mapFigure(s, s.main())
	case l.Kind == manuscript.Chart:
		if c := b.bandCharts(s); len(c.Figures) > 0 {
			b.doc.Add(c)
		}
	}
}

// rankings lists the places whose closing would mean most, of one service type or of all.
func (b *builder) rankings(l *manuscript.Living) {
	rows := b.resultsOf(model.Distance)
	if l.Service != "" {
		var of []row
		for _, r := range rows {
			if r.Query.Service == l.Service {
				of = append(of, r)
			}
		}
		rows = of
	}
	if t := b.weakPlaces(rows); len(t.Rows) > 0 {
		b.doc.Add(t)
	}
}

// livingTable shows a table.
func (b *builder) livingTable(l *manuscript.Living) {
	rows := b.resultsOf(l.Measure())
	s := b.serviceOf(l)
	switch {
	case l.What == "brief":
		if len(b.all) > 0 {
			b.doc.Add(b.brief())
		}
	case l.What == "missing":
		b.missing()
	case l.What == "joint":
		for k := range b.in.Figures {
			if f := &b.in.Figures[k]; f.Joint != nil && len(f.Joint.Services) > 1 {
				b.jointFigures(f)
				return
			}
		}
	case l.What == "places" && s != nil:
		b.placesTable(s, s.main())
	case l.What == "groups" && s != nil:
		b.groups(s)
	case len(rows) == 0:
	case l.What == "figures":
		b.doc.Add(b.figuresTable(l.Measure(), rows))
	case l.What == "bands":
		b.doc.Add(b.bandsTable(l.Measure(), rows))
	case l.What == "second":
		b.doc.Add(b.secondTable(rows))
	}
}

// livingMethod tells how the figures came about.
func (b *builder) livingMethod(l *manuscript.Living) {
	switch {
	case l.Kind == manuscript.Sources:
		b.sources()
		b.madeBy()
	case l.What == "params":
		b.doc.Add(b.paramsTable())
	case l.What == "network":
		b.doc.Add(b.networkTable())
		b.findings()
	case l.What == "left_out":
		b.leftOutSection()
	default:
		b.howFigured()
		b.networkSection()
		b.leftOutSection()
	}
}

// livingEntries shows what has been entered.
func (b *builder) livingEntries(l *manuscript.Living) {
	switch l.Kind {
	case manuscript.Actions:
		for _, area := range plan.Of[*plan.Area](b.in.Plan) {
			if l.Area == "" || l.Area == area.Code {
				b.areaSection(area)
			}
		}
	case manuscript.Ledger:
		b.grants(b.in.Plan.FollowUp(l.Year))
	case manuscript.Register:
		b.facts(l.Year)
	case manuscript.Opinions:
		b.opinions(plan.Of[*plan.Opinion](b.in.Plan))
	case manuscript.Outcome:
		b.goalOutcomes()
	case manuscript.Bank:
		if t := b.bankTable(); len(t.Rows) > 0 {
			b.doc.Add(t)
		}
	}
}

// goalOutcomes shows the goals with what they are measured by, and the actions with what has come of them.
func (b *builder) goalOutcomes() {
	p := b.p
	goals := Table{Caption: p.T("text.outcome.goals"), Columns: []Column{
		{Head: p.T("text.outcome.goal"), Weight: 3},
		{Head: p.T("text.outcome.measure"), Weight: 2},
		{Head: p.T("action.field.baseline")},
		{Head: p.T("action.field.target")},
		{Head: p.T("action.field.outcome")},
	}}
	for _, g := range plan.Of[*plan.Goal](b.in.Plan) {
		now := g.Outcome
		if v, told := b.in.Measured[g.ID]; told && now == "" {
			now = p.Text(g.Amount(v))
		}
		target := g.Target
		if target == "" && g.Bound() && g.Aim != nil {
			target = p.T("action.aim."+g.Op, g.Amount(*g.Aim))
		}
		measure := g.Words
		if measure == "" && g.Bound() {
			measure = p.T("action.choice.measure." + g.Measure)
		}
		goals.Rows = append(goals.Rows, []string{g.Code + " " + oneLine(g.Text), or(measure, "–"), or(g.Baseline, "–"), or(target, "–"), or(now, "–")})
	}
	if len(goals.Rows) > 0 {
		b.doc.Add(goals)
	}
	actions := Table{Caption: p.T("text.outcome.actions"), Columns: []Column{
		{Head: p.T("action.report.column.action"), Weight: 3}, {Head: p.T("action.field.status"), Weight: 1}, {Head: p.T("text.outcome.progress"), Weight: 3},
	}}
	for _, a := range plan.Of[*plan.Action](b.in.Plan) {
		status := "–"
		if a.Status != "" {
			status = p.T("action.choice.status." + a.Status)
		}
		for k, piece := range pieces(Plain(or(oneLine(a.Progress), a.Outcome, "–"))) {
			row := []string{b.in.Plan.Code(a.ID) + " " + oneLine(a.Title), status, Text(piece)}
			if k > 0 {
				row[0], row[1] = p.T("action.report.continued", b.in.Plan.Code(a.ID)), ""
			}
			actions.Rows = append(actions.Rows, row)
		}
	}
	if len(actions.Rows) > 0 {
		b.doc.Add(actions)
	}
}

// bankTable lists the solutions that are used or wanted.
func (b *builder) bankTable() Table {
	p := b.p
	t := Table{Caption: p.T("text.bank.caption"), Columns: []Column{
		{Head: p.T("bank.field.title"), Weight: 2}, {Head: p.T("text.bank.where"), Weight: 2}, {Head: p.T("bank.field.status")}, {Head: p.T("bank.field.note"), Weight: 2},
	}}
	for _, at := range plan.Of[*plan.Placement](b.in.Plan) {
		solution := b.in.Plan.Solution(at.Solution)
		if solution == nil {
			continue
		}
		where := b.siteName(plan.Site{Facility: at.Facility, Name: at.Name, E: at.E, N: at.N})
		if where == "" {
			where = b.in.Plan.Code(at.Action)
		}
		status := "–"
		if at.Status != "" {
			status = p.T("bank.choice.placed." + at.Status)
		}
		t.Rows = append(t.Rows, []string{p.Text(solution.Say("title")), or(where, "–"), status, or(oneLine(at.Note), "–")})
	}
	return dropEmpty(t)
}

// shown is what something living shows of the figures at hand; nil where it shows nothing.
func (b *builder) shown(l *manuscript.Living) *manuscript.Shown {
	if l.Kind == manuscript.Figure {
		text, v, ok := b.figureText(l)
		if !ok {
			return nil
		}
		return &manuscript.Shown{Text: text, Value: &v, From: b.identity(l)}
	}
	blocks := b.livingBlocks(l)
	if len(blocks) == 0 {
		return nil
	}
	out := &manuscript.Shown{From: b.identity(l)}
	var said []string
	for _, part := range partsOf(blocks) {
		out.Parts = append(out.Parts, part)
		said = append(said, partText(&part))
	}
	out.Text = strings.Join(said, "\n")
	if l.Kind == manuscript.Sentence {
		out.Parts = nil
	}
	return out
}

// Living gives what living things show of the figures at hand, in their order; nil for those that show nothing.
func Living(in Input, all []*manuscript.Living) []*manuscript.Shown {
	b := newBuilder(&in)
	out := make([]*manuscript.Shown, len(all))
	for i, l := range all {
		if l.Known() {
			out[i] = b.shown(l)
		}
	}
	return out
}

// newBuilder makes the builder of an input, with what an input may leave out.
func newBuilder(in *Input) *builder {
	if in.Printer == nil {
		in.Printer = i18n.For(i18n.Swedish)
	}
	if in.Snapshot == nil {
		in.Snapshot = &model.Snapshot{Kommun: in.Kommun}
	}
	b := &builder{in: in, p: in.Printer, all: services(in)}
	b.have = computed(b.all)
	return b
}
