package reports

import (
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model/plan"
	"nabar/model/support"
)

// mostInCell is how many letters a cell of an action's row holds; what is more stands in a row that goes on, so that no
// row is higher than a page.
const mostInCell = 900

// planChapter shows the action plan: for each prioritised area its goals, the actions with the lead in bold, and how they are
// paid for. It is left out where no area has been entered.
func (b *builder) planChapter() {
	areas := plan.Of[*plan.Area](b.in.Plan)
	if len(areas) == 0 {
		return
	}
	b.doc.Chapter(b.p.T("action.report.title"))
	b.doc.Para(Lead, b.p.T("action.report.lead_bold"))
	for _, area := range areas {
		b.areaSection(area)
	}
}

// areaSection shows one prioritised area.
func (b *builder) areaSection(area *plan.Area) {
	p := b.p
	b.doc.Section(p.T("action.report.section", area.Code, area.Title))
	for _, text := range strings.Split(area.Text, "\n") {
		b.doc.Para(Body, strings.TrimSpace(text))
	}
	var goals [][]Run
	for _, g := range plan.Of[*plan.Goal](b.in.Plan) {
		if g.Area == area.ID {
			goals = append(goals, append([]Run{{Text: g.Code + " ", Bold: true}}, Plain(oneLine(g.Text)+b.indicator(&g.Indicator))...))
		}
	}
	if goals != nil {
		b.doc.Para(Body, p.T("action.report.goals")+":")
		b.doc.Add(List{Items: goals})
	}
	actions := b.actionTable(area)
	if len(actions.Rows) == 0 {
		return
	}
	b.doc.Add(actions)
	if t := b.financeTable(area); len(t.Rows) > 0 {
		b.doc.Add(t)
	}
	if items := b.actionNotes(area); items != nil {
		b.doc.Add(List{Items: items})
	}
}

// oneLine joins the lines of a text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// indicator writes what an indicator says in words, "" where it says nothing.
func (b *builder) indicator(i *plan.Indicator) string {
	out := ""
	if i.Words != "" {
		out += " " + b.p.T("action.report.indicator", i.Words)
	}
	if i.Bound() && i.Aim != nil {
		out += " " + b.p.T("action.report.bound", i18n.M("action.choice.measure."+i.Measure), i18n.M("action.aim."+i.Op, i.Amount(*i.Aim)))
	}
	if i.Baseline+i.Target+i.Outcome != "" {
		dash := func(s string) string {
			if s == "" {
				return "–"
			}
			return s
		}
		out += " " + b.p.T("action.report.target", dash(i.Baseline), dash(i.Target), dash(i.Outcome))
	}
	return out
}

// areaActions are the actions of an area.
func (b *builder) areaActions(area *plan.Area) []*plan.Action {
	var out []*plan.Action
	for _, a := range plan.Of[*plan.Action](b.in.Plan) {
		if a.Area == area.ID {
			out = append(out, a)
		}
	}
	return out
}

// actionTable has a row for each action, and more where one says much.
func (b *builder) actionTable(area *plan.Area) Table {
	p := b.p
	t := Table{Caption: p.T("action.report.actions", area.Code), Source: p.T("action.report.lead_note"), Columns: []Column{
		{Head: p.T("action.report.column.action"), Weight: 2},
		{Head: p.T("action.field.milestones"), Weight: 2},
		{Head: p.T("action.report.goals")},
		{Head: p.T("action.field.activities"), Weight: 3},
		{Head: p.T("action.report.column.parties"), Weight: 2},
	}}
	for _, a := range b.areaActions(area) {
		var goals []string
		for _, id := range a.Goals {
			goals = append(goals, b.in.Plan.Code(id))
		}
		cells := [][][]Run{
			pieces(Plain(a.Letter + ". " + oneLine(a.Title))), pieces(Plain(strings.Join(a.Milestones, "\n"))),
			{Plain(strings.Join(goals, ",\n"))},
			pieces(Plain(strings.Join(a.Activities, "\n"))), pieces(partyRuns(p, a.Parties)),
		}
		most := 1
		for _, c := range cells {
			most = max(most, len(c))
		}
		for k := range most {
			row := len(t.Rows)
			t.Rows = append(t.Rows, make([]string, len(cells)))
			if k > 0 {
				t.Rows[row][0] = p.T("action.report.continued", a.Letter)
			}
			for c := range cells {
				if k < len(cells[c]) {
					t.put(row, c, cells[c][k])
				}
			}
		}
	}
	return t
}

// put fills a cell; runs without style are plain text.
func (t *Table) put(row, column int, runs []Run) {
	for _, r := range runs {
		if r.Bold || r.Italic {
			t.Style(row, column, runs)
			return
		}
	}
	t.Rows[row][column] = Text(runs)
}

// partyRuns writes those who answer for an action and those who take part, a line each, leads in bold.
func partyRuns(p *i18n.Printer, parties []plan.Party) []Run {
	var out []Run
	for i, party := range parties {
		text := party.Name
		if party.Role != "" {
			text = p.T("action.party_role", party.Name, party.Role)
		}
		if i < len(parties)-1 {
			text += "\n"
		}
		out = append(out, Run{Text: text, Bold: party.Lead})
	}
	return out
}

// pieces parts runs so that none is longer than mostInCell, at line ends or blanks.
func pieces(runs []Run) [][]Run {
	var out [][]Run
	var now []Run
	room := mostInCell
	flush := func() {
		if now != nil {
			out = append(out, now)
		}
		now, room = nil, mostInCell
	}
	for _, r := range runs {
		for r.Text != "" {
			letters := []rune(r.Text)
			if len(letters) <= room {
				now, room = append(now, r), room-len(letters)
				break
			}
			cut := strings.LastIndexAny(string(letters[:room]), " \n")
			if cut <= 0 && now != nil {
				flush() // the word goes on in the next piece
				continue
			}
			if cut <= 0 {
				cut = len(string(letters[:room])) - 1
			}
			part := r
			part.Text, part.Note = strings.TrimRight(r.Text[:cut+1], " \n"), nil // a note stays with the last piece
			now = append(now, part)
			r.Text = r.Text[cut+1:]
			flush()
		}
	}
	flush()
	return out
}

// financeTable has a row for each source of each action, with time and status of the action.
func (b *builder) financeTable(area *plan.Area) Table {
	p := b.p
	t := Table{Caption: p.T("action.report.finance", area.Code), Columns: []Column{
		{Head: p.T("action.report.column.action")},
		{Head: p.T("action.field.financing"), Weight: 3},
		{Head: p.T("action.field.budget") + " (kr)", Align: Right},
		{Head: p.T("action.field.outcome") + " (kr)", Align: Right},
		{Head: p.T("action.report.column.time"), Weight: 1},
	}}
	for _, a := range b.areaActions(area) {
		when := b.when(a)
		for i, f := range a.Financing {
			if i > 0 {
				when = ""
			}
			t.Rows = append(t.Rows, []string{a.Letter, f.Source, kronor(p, f.Budget), kronor(p, f.Outcome), when})
		}
		if len(a.Financing) == 0 && when != "" {
			t.Rows = append(t.Rows, []string{a.Letter, "–", "–", "–", when})
		}
	}
	return t
}

// kronor writes an amount without its unit, a dash where none has been said.
func kronor(p *i18n.Printer, n *int64) string {
	if n == nil {
		return "–"
	}
	return p.Int(*n)
}

// when writes an action's time and status.
func (b *builder) when(a *plan.Action) string {
	var out []string
	switch {
	case a.From != "" && a.To != "" && a.From != a.To:
		out = append(out, b.p.T("action.report.period", a.From, a.To))
	case a.From+a.To != "":
		out = append(out, max(a.From, a.To))
	}
	if a.Status != "" {
		out = append(out, b.p.T("action.choice.status."+a.Status))
	}
	return strings.Join(out, "\n")
}

// actionNotes tell indicators, what has happened, places and solutions of the actions that have any.
func (b *builder) actionNotes(area *plan.Area) [][]Run {
	var out [][]Run
	for _, a := range b.areaActions(area) {
		text := b.indicator(&a.Indicator)
		if a.Progress != "" {
			text += " " + oneLine(a.Progress)
		}
		var sites, solutions []string
		for _, s := range a.Sites {
			sites = append(sites, b.siteName(s))
		}
		for _, id := range a.Solutions {
			if s := b.in.Plan.Solution(id); s != nil {
				solutions = append(solutions, b.p.Text(s.Say("title")))
			}
		}
		if sites != nil {
			text += " " + b.p.T("action.report.sites", strings.Join(sites, ", "))
		}
		if solutions != nil {
			text += " " + b.p.T("action.report.solutions", strings.Join(solutions, ", "))
		}
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, []Run{{Text: a.Letter + ". ", Bold: true}, {Text: text}})
		}
	}
	return out
}

// siteName is what a place of an action is called.
func (b *builder) siteName(s plan.Site) string {
	switch {
	case s.Name != "":
		return s.Name
	case s.E != nil && s.N != nil:
		return b.p.T("action.at", "", i18n.Plain(b.p.Float(*s.N, 0)), i18n.Plain(b.p.Float(*s.E, 0)))
	}
	for i := range b.in.Snapshot.Facilities {
		if f := &b.in.Snapshot.Facilities[i]; f.ID == s.Facility {
			return f.Name
		}
	}
	return s.Facility
}

// followUpChapter shows the support by year and form, and the latest year of the register. It is left out where neither has
// been entered.
func (b *builder) followUpChapter() {
	p := b.p
	sums := b.in.Plan.FollowUp(0)
	facts := plan.Of[*plan.Fact](b.in.Plan)
	if len(sums)+len(facts) == 0 {
		return
	}
	b.doc.Chapter(p.T("ledger.report.title"))
	b.grants(sums)
	b.facts(0)
}

// grants shows the support by year and form.
func (b *builder) grants(sums []plan.Sum) {
	if len(sums) > 0 {
		b.doc.Para(Body, b.p.T("ledger.report.text"))
		b.doc.Add(b.followUpTable(sums))
	}
}

// facts shows a year of the register, the latest that says anything for 0.
func (b *builder) facts(year int64) {
	for _, y := range b.in.Plan.Years() {
		if year != 0 && y != year {
			continue
		}
		if t := b.registerTable(y); len(t.Rows) > 0 {
			b.doc.Add(t)
			return
		}
	}
}

// followUpTable has a row for each form and year, and the sum of each year in bold.
func (b *builder) followUpTable(sums []plan.Sum) Table {
	p := b.p
	t := Table{Caption: p.T("ledger.report.caption"), Source: p.T("ledger.report.source"), Columns: []Column{
		{Head: p.T("ledger.field.form"), Weight: 2},
		{Head: p.T("ledger.field.year"), Align: Left},
		{Head: p.T("ledger.column.count"), Align: Right},
		{Head: p.T("ledger.field.granted") + " (kr)", Align: Right},
		{Head: p.T("ledger.field.paid") + " (kr)", Align: Right},
	}}
	add := func(name string, s *plan.Sum) {
		paid := "–"
		if s.PaidSaid > 0 {
			paid = p.Int(s.Paid)
		}
		t.Rows = append(t.Rows, []string{name, strconv.FormatInt(s.Year, 10), p.Int(int64(s.Count)), p.Int(s.Granted), paid})
	}
	for i := 0; i < len(sums); {
		total := plan.Sum{Year: sums[i].Year}
		for ; i < len(sums) && sums[i].Year == total.Year; i++ {
			add(p.Text(formName(b.in.Forms, sums[i].Form)), &sums[i])
			total.Include(&sums[i])
		}
		add(p.T("ledger.total"), &total)
		last := len(t.Rows) - 1
		for c := 1; c < len(t.Columns); c++ {
			t.Style(last, c, []Run{{Text: t.Rows[last][c], Bold: true}})
		}
	}
	return t
}

// formName is what a form of support is called.
func formName(set *support.Set, form string) i18n.Message {
	if set != nil {
		if rule := set.Rule(form); rule != nil {
			return rule.Label()
		}
	}
	return i18n.Plain(form)
}

// registerTable is the year of the register.
func (b *builder) registerTable(year int64) Table {
	p := b.p
	t := Table{Caption: p.T("ledger.report.facts", i18n.Plain(strconv.FormatInt(year, 10))), Columns: []Column{
		{Head: p.T("facts.field.type"), Weight: 2},
		{Head: p.T("facts.column.happened"), Align: Right},
		{Head: p.T("facts.column.new"), Align: Right},
		{Head: p.T("facts.column.yes"), Align: Right},
		{Head: p.T("facts.column.no"), Align: Right},
		{Head: p.T("facts.column.exceptions"), Weight: 2},
	}}
	for _, y := range b.in.Plan.Year(year) {
		row := []string{p.T("facts.choice.fact." + y.Type), "–", "–", "–", "–", "–"}
		if plan.Holds(y.Type) {
			row[2], row[3], row[4] = p.Int(int64(y.New)), p.Int(int64(y.Yes)), p.Int(int64(y.No))
		} else {
			row[1] = p.Int(int64(y.Happened))
		}
		var exceptions []string
		for _, f := range y.Exceptions {
			exceptions = append(exceptions, p.T("facts.exception", b.subject(f), f.Exception))
		}
		if exceptions != nil {
			row[5] = strings.Join(exceptions, "\n")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// subject is what a fact is about.
func (b *builder) subject(f *plan.Fact) string {
	if f.Name == "" && f.Facility == "" {
		return f.Kommun
	}
	return b.siteName(plan.Site{Name: f.Name, Facility: f.Facility})
}
