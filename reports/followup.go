package reports

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
	"nabar/model/symbology"
	"nabar/model/version"
)

// FollowUp builds the year's follow-up of the plan: what has changed since the year before and since the plan was decided, in
// access, openings and closings, goals, actions, support and register, and what goes on to the next plan. in.FollowUp must
// be set.
func FollowUp(in Input) *Document {
	b := newBuilder(&in)
	in.Decision = followUpDecision(&in)
	b.doc = newDocument(&in)
	b.doc.Add(Contents{Title: b.p.T("report.contents")})
	b.part("report.summary", b.followSummary)
	b.part("followup.access", b.followAccess)
	if blocks := b.capture(b.followTrends); len(blocks) > 0 {
		b.doc.Section(b.p.T("followup.trends"))
		b.doc.Add(blocks...)
	}
	b.doc.Section(b.p.T("followup.places"))
	b.followPlaces()
	b.part("followup.goals", b.followGoals)
	b.part("followup.actions", b.followActions)
	b.part("followup.support", b.followSupport)
	b.part("followup.register", b.followRegister)
	b.part("followup.next", b.followNext)
	b.doc.runOn()
	b.method()
	return b.doc
}

// part is a chapter of what fn adds; there is none where it adds nothing.
func (b *builder) part(title string, fn func()) {
	if blocks := b.capture(fn); len(blocks) > 0 {
		b.doc.Chapter(b.p.T(title))
		b.doc.Add(blocks...)
	}
}

// livingYear shows one part of a year's follow-up.
func (b *builder) livingYear(l *manuscript.Living) {
	found := b.in.Bound[yearScope(l)]
	if found == nil || found.Year == nil {
		return
	}
	in := *b.in
	in.FollowUp = found.Year
	c := *b
	c.in = &in
	switch l.What {
	case "summary":
		c.followSummary()
	case "access":
		c.followAccess()
	case "trends":
		c.followTrends()
	case "places":
		c.followPlaces()
	case "goals":
		c.followGoals()
	case "actions":
		c.followActions()
	case "support":
		c.followSupport()
	case "register":
		c.followRegister()
	case "next":
		c.followNext()
	}
}

// runOn lets the chapters so far follow each other without new pages, but for the first.
func (d *Document) runOn() {
	first := true
	for i, b := range d.Blocks {
		if h, ok := b.(Heading); ok && h.Level == 1 {
			h.NewPage, first = first, false
			d.Blocks[i] = h
		}
	}
}

// followUpDecision is the cover of a follow-up: what it follows up, and no decision of its own.
func followUpDecision(in *Input) model.Decision {
	p, d, f := in.Printer, in.Decision, in.FollowUp
	out := model.Decision{Title: p.T("followup.title"), Period: yearText(f.Year), Responsible: d.Responsible, Status: p.T("followup.status")}
	if f.Plan != nil {
		v := &f.Plan.Decision
		out.Subtitle = p.T("followup.subtitle", strings.TrimSpace(or(v.Title, p.T("report.title"))+" "+v.Period))
	}
	return out
}

// yearText writes a year without thousands.
func yearText(year int64) string { return strconv.FormatInt(year, 10) }

// year writes a year for sentences.
func year(y int64) i18n.Message { return i18n.Plain(yearText(y)) }

// planName is what the columns of the plan are called.
func (b *builder) planName() string {
	if v := b.in.FollowUp.Plan; v != nil && v.Decision.Date != "" {
		return b.p.T("followup.col.plan_of", i18n.Date(v.Decision.Date))
	}
	return b.p.T("followup.col.plan")
}

// followSummary says the year in a list of sentences.
func (b *builder) followSummary() {
	p, f := b.p, b.in.FollowUp
	if f.Plan == nil {
		b.doc.Para(Note, p.T("followup.no_plan"))
	}
	var items [][]Run
	for i := range f.Access {
		if s := b.accessSentence(&f.Access[i]); s != "" {
			items = append(items, Plain(s))
		}
	}
	places := p.T("followup.places.none", year(f.Year))
	if len(f.Opened)+len(f.Closed) > 0 {
		places = p.T("followup.say.places", len(f.Opened), len(f.Closed))
	}
	items = append(items, Plain(places))
	if len(f.Actions) > 0 {
		items = append(items, Plain(p.T("followup.say.actions", len(f.Actions), f.Count(version.Done), f.Count(version.Ongoing), f.Count(version.Late))))
	}
	if n := len(f.Support); n > 0 {
		s := &f.Support[n-1]
		items = append(items, Plain(p.T("followup.say.support", s.This.Count, s.This.Granted, year(f.Year-1), s.Last.Count, s.Last.Granted)))
	}
	b.doc.Add(List{Items: items})
}

// accessSentence says how the way to a service has changed over the year; "" where it is not known.
func (b *builder) accessSentence(a *version.Access) string {
	if a.This == nil || math.IsNaN(a.This.Mean) {
		return ""
	}
	key := "same"
	switch was := a.Last; {
	case was == nil || math.IsNaN(was.Mean):
		key = "new"
	case b.p.Distance(was.Mean) == b.p.Distance(a.This.Mean):
	case was.Mean < a.This.Mean:
		key = "longer"
	default:
		key = "shorter"
	}
	before := ""
	if a.Last != nil {
		before = b.p.Distance(a.Last.Mean)
	}
	return b.p.T("followup.say."+key, b.nearestOf(a.Service), before, b.p.Distance(a.This.Mean))
}

// nearestOf names the nearest place of a type.
func (b *builder) nearestOf(service string) string {
	for i := range b.all {
		if b.all[i].ID == service {
			return b.all[i].nearest
		}
	}
	return service
}

// followAccess sets how far people have at the decision and in the two years beside each other.
func (b *builder) followAccess() {
	p, f := b.p, b.in.FollowUp
	if len(f.Access) == 0 {
		return
	}
	b.doc.Para(Body, p.T("followup.access.text", year(f.Year), year(f.Year-1)))
	b.doc.Add(b.accessTable())
}

// followTrends are the charts of mean distances over the years, side by side.
func (b *builder) followTrends() {
	f := b.in.FollowUp
	var figures []Figure
	for i := range f.Trends {
		if figure, ok := b.trend(f.Trends[i], &f.Access[i]); ok {
			figures = append(figures, figure)
		}
	}
	for pair := range slices.Chunk(figures, 2) {
		b.doc.Add(Charts{Figures: pair})
	}
}

// followPlaces tells what opened and closed in the year.
func (b *builder) followPlaces() {
	p, f := b.p, b.in.FollowUp
	if len(f.Opened)+len(f.Closed) == 0 {
		b.doc.Para(Body, p.T("followup.places.none", year(f.Year)))
		return
	}
	b.doc.Add(b.eventTable())
}

// accessTable has four rows for each service: the plan, the year before, the year, and the change in the year.
func (b *builder) accessTable() Table {
	p, f := b.p, b.in.FollowUp
	t := Table{Caption: p.T("followup.access.caption", year(f.Year)), Columns: []Column{
		{Head: p.T("followup.col.service"), Weight: 1},
		{Head: p.T("followup.col.figure"), Weight: 1},
		{Head: b.planName(), Align: Right},
		{Head: yearText(f.Year - 1), Align: Right},
		{Head: yearText(f.Year), Align: Right},
	}}
	for i := range f.Access {
		a := &f.Access[i]
		add := func(label string, write func(m *version.Moment) string) {
			row := []string{a.Name, label}
			for _, m := range []*version.Moment{a.Decided, a.Last, a.This} {
				if m == nil {
					row = append(row, "–")
				} else {
					row = append(row, write(m))
				}
			}
			t.Rows = append(t.Rows, row)
		}
		add(p.T("followup.figure.places"), func(m *version.Moment) string { return p.Int(int64(m.Facilities)) })
		add(p.T("followup.figure.mean"), func(m *version.Moment) string { return cost(p, model.Distance, m.Mean) })
		add(p.T("report.col.within", limitLabel(p, model.Distance, a.Limit)), func(m *version.Moment) string { return share(p, m.Within, m.People) })
		add(p.T("report.col.unreached"), func(m *version.Moment) string { return p.Int(int64(m.Unreached)) })
	}
	return t
}

// trend is the chart of a service's mean distance over the years; there is none where it is known of one year alone.
func (b *builder) trend(s *model.Series, a *version.Access) (Figure, bool) {
	var said []string
	var points [][2]string
	for i := range s.Points {
		if at := &s.Points[i]; at.All.Reached > 0 {
			points = append(points, [2]string{at.Date[:4], b.p.Distance(at.All.Mean)})
			said = append(said, b.p.T("followup.trend.point", i18n.Plain(at.Date[:4]), b.p.Distance(at.All.Mean)))
		}
	}
	if len(said) < 2 {
		return Figure{}, false
	}
	caption := b.p.T("followup.trend.caption", b.nearestOf(a.Service))
	line := chart.OfSeries(b.p, s, chart.Measure{Kind: chart.Mean}, chartLook(8.8), symbology.Light)
	return Figure{
		Caption: caption, Alt: caption + ". " + strings.Join(said, "; ") + ".", Width: 225, Height: 130, Stretch: 1.3, Paint: line.Paint,
		Data: b.pointsData(b.p.T("report.col.mean"), points),
	}, true
}

// eventTable lists what opened and closed in the year.
func (b *builder) eventTable() Table {
	p := b.p
	t := Table{Caption: p.T("followup.places.caption", year(b.in.FollowUp.Year)), Columns: []Column{
		{Head: p.T("followup.col.place"), Weight: 2},
		{Head: p.T("followup.col.service"), Weight: 1},
		{Head: p.T("followup.col.event")},
		{Head: p.T("followup.col.date")},
	}}
	for _, of := range []struct {
		key string
		all []version.Event
	}{{"opened", b.in.FollowUp.Opened}, {"closed", b.in.FollowUp.Closed}} {
		for _, e := range of.all {
			name := e.Name
			if e.Town != "" && !strings.Contains(name, e.Town) {
				name += ", " + e.Town
			}
			date := "–"
			if e.Date != "" {
				date = p.Date(e.Date)
			}
			t.Rows = append(t.Rows, []string{name, b.typeName(e.Service), p.T("followup." + of.key), date})
		}
	}
	return t
}

// typeName is the name of a service type.
func (b *builder) typeName(id string) string {
	for i := range b.all {
		if b.all[i].ID == id {
			return b.all[i].name
		}
	}
	return id
}

// followGoals tells of each goal where it began, where it should be, and where it is.
func (b *builder) followGoals() {
	p, f := b.p, b.in.FollowUp
	if len(f.Goals) == 0 {
		return
	}
	t := Table{Caption: p.T("followup.goals.caption", year(f.Year)), Columns: []Column{
		{Head: p.T("followup.col.goal"), Weight: 3},
		{Head: p.T("action.field.baseline")},
		{Head: p.T("action.field.target")},
		{Head: p.T("followup.col.now")},
		{Head: p.T("followup.col.actions"), Align: Right},
		{Head: p.T("followup.col.state")},
	}}
	for i := range f.Goals {
		g := &f.Goals[i]
		goal := g.Goal
		target, now, state := or(goal.Target, "–"), or(goal.Outcome, "–"), "–"
		if goal.Bound() && goal.Aim != nil {
			target = p.Text(i18n.M("action.aim."+goal.Op, goal.Amount(*goal.Aim)))
		}
		if g.Value != nil {
			now = p.Text(goal.Amount(*g.Value))
			state = p.T(map[bool]string{true: "followup.met", false: "followup.not_met"}[g.Met])
		}
		t.Rows = append(t.Rows, []string{
			goal.Code + " " + oneLine(goal.Text), or(goal.Baseline, "–"), target, now, p.T("followup.of", g.Actions[0], g.Actions[1]), state,
		})
	}
	b.doc.Add(t)
}

// followActions lists the actions by what has become of them.
func (b *builder) followActions() {
	p, f := b.p, b.in.FollowUp
	if len(f.Actions) == 0 {
		return
	}
	t := Table{Caption: p.T("followup.actions.caption", year(f.Year)), Columns: []Column{
		{Head: p.T("followup.col.action"), Weight: 2},
		{Head: p.T("followup.col.lead"), Weight: 1},
		{Head: p.T("followup.col.due")},
		{Head: b.planName()},
		{Head: yearText(f.Year)},
		{Head: p.T("followup.col.progress"), Weight: 2},
	}}
	for _, fate := range version.Fates() {
		for i := range f.Actions {
			if s := &f.Actions[i]; s.Fate == fate {
				t.Rows = append(t.Rows, b.followAction(s))
			}
		}
	}
	b.doc.Add(t)
}

// followAction is the row of an action.
func (b *builder) followAction(s *version.ActionState) []string {
	p, a := b.p, s.Action
	var leads []string
	for _, l := range a.Leads() {
		leads = append(leads, l.Name)
	}
	was := p.T("followup.later")
	switch {
	case b.in.FollowUp.Plan == nil:
		was = "–"
	case s.Was != nil:
		was = b.status(s.Was.Status)
	}
	due := "–"
	if a.To != "" {
		due = p.Date(a.To)
	}
	return []string{
		b.in.Plan.Code(a.ID) + " " + oneLine(a.Title), or(strings.Join(leads, ", "), "–"), due, was, p.T("followup.fate." + string(s.Fate)),
		or(oneLine(a.Progress), "–"),
	}
}

// status is what a status of an action is called.
func (b *builder) status(id string) string {
	if id == "" {
		return "–"
	}
	return b.p.T("action.choice.status." + id)
}

// followSupport sets the support of the two years beside each other, and shows all years as a chart.
func (b *builder) followSupport() {
	p, f := b.p, b.in.FollowUp
	if len(f.Support) == 0 {
		return
	}
	last, this := yearText(f.Year-1), yearText(f.Year)
	t := Table{Caption: p.T("followup.support.caption", year(f.Year-1), year(f.Year)), Source: p.T("ledger.report.source"), Columns: []Column{
		{Head: p.T("ledger.field.form"), Weight: 2},
		{Head: p.T("followup.col.count", last), Align: Right},
		{Head: p.T("followup.col.kronor", last), Align: Right},
		{Head: p.T("followup.col.count", this), Align: Right},
		{Head: p.T("followup.col.kronor", this), Align: Right},
		{Head: p.T("followup.col.change"), Align: Right},
	}}
	for i := range f.Support {
		s := &f.Support[i]
		name := p.T("ledger.total")
		if s.Form != "" {
			name = p.Text(formName(b.in.Forms, s.Form))
		}
		t.Rows = append(t.Rows, []string{
			name, p.Int(int64(s.Last.Count)), p.Int(s.Last.Granted), p.Int(int64(s.This.Count)), p.Int(s.This.Granted),
			p.Int(s.This.Granted - s.Last.Granted),
		})
	}
	end := len(t.Rows) - 1
	for c := range t.Columns {
		t.Style(end, c, []Run{{Text: t.Rows[end][c], Bold: true}})
	}
	b.doc.Add(t)
	if figure, ok := b.supportTrend(); ok {
		b.doc.Add(figure)
	}
}

// supportTrend is the chart of kronor granted by year; there is none where the ledger has one year alone.
func (b *builder) supportTrend() (Figure, bool) {
	sums := b.in.Plan.FollowUp(0)
	var years []int64
	for i := range sums {
		years = append(years, sums[i].Year)
	}
	slices.Sort(years)
	if years = slices.Compact(years); len(years) < 2 {
		return Figure{}, false
	}
	p := b.p
	line := chart.Series{Name: p.T("ledger.total")}
	line.Colour, line.Mark, line.Dash = chart.Styles(0, symbology.Light)
	drawn := &chart.Line{Look: chartLook(8.8), Unit: p.T("followup.thousand_kronor")}
	var said []string
	var points [][2]string
	top := 0.0
	for _, y := range years {
		var granted int64
		for i := range sums {
			if sums[i].Year == y {
				granted += sums[i].Granted
			}
		}
		v := float64(granted) / 1000
		top = max(top, v)
		line.Points = append(line.Points, chart.Point{X: float64(y), Y: v})
		drawn.X = append(drawn.X, chart.Tick{At: float64(y), Label: yearText(y)})
		said = append(said, p.T("followup.support.point", year(y), granted))
		points = append(points, [2]string{yearText(y), p.T("out.kronor", granted)})
	}
	drawn.Y = chart.Scale(0, top, 6, p.Float)
	drawn.Series = []chart.Series{line}
	caption := p.T("followup.support.trend")
	return Figure{
		Caption: caption, Alt: caption + ". " + strings.Join(said, "; ") + ".", Width: 471, Height: 150, Stretch: 1.3, Paint: drawn.Paint,
		Data: b.pointsData(p.T("ledger.total"), points),
	}, true
}

// followRegister sets the register of the two years beside each other.
func (b *builder) followRegister() {
	p, f := b.p, b.in.FollowUp
	if len(f.Facts) == 0 {
		return
	}
	t := Table{Caption: p.T("followup.register.caption", year(f.Year-1), year(f.Year)), Columns: []Column{
		{Head: p.T("facts.field.type"), Weight: 2},
		{Head: p.T("followup.col.tells"), Weight: 2},
		{Head: yearText(f.Year - 1), Align: Right},
		{Head: yearText(f.Year), Align: Right},
	}}
	for i := range f.Facts {
		s := &f.Facts[i]
		row := func(key string, last, this int) {
			t.Rows = append(t.Rows, []string{p.T("facts.choice.fact." + s.Type), p.T(key), p.Int(int64(last)), p.Int(int64(this))})
		}
		if !plan.Holds(s.Type) {
			row("facts.column.happened", s.Last.Happened, s.This.Happened)
			continue
		}
		row("facts.column.new", s.Last.New, s.This.New)
		row("facts.column.yes", s.Last.Yes, s.This.Yes)
		if s.Last.No+s.This.No > 0 {
			row("facts.column.no", s.Last.No, s.This.No)
		}
	}
	b.doc.Add(t)
}

// followNext lists what goes on to the next plan.
func (b *builder) followNext() {
	left := b.in.FollowUp.Left()
	if len(left) == 0 {
		return
	}
	p := b.p
	b.doc.Para(Body, p.T("followup.next.text", len(left)))
	var items [][]Run
	for _, s := range left {
		items = append(items, Plain(b.in.Plan.Code(s.Action.ID)+" "+oneLine(s.Action.Title)+" ("+p.T("followup.fate."+string(s.Fate))+")"))
	}
	b.doc.Add(List{Items: items})
}
