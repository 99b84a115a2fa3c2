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
