package reports

import (
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render/chart"
	"nabar/model/plan"
	"nabar/model/symbology"
	"nabar/model/version"
)

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
