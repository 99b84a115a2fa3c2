package reports

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
	"nabar/model/support"
)

func (b *builder) sayDevelopment(l *manuscript.Living) string {
	s := b.bound(l.Binding).Series
	if s == nil || len(s.Points) < 2 {
		return ""
	}
	first, last := &s.Points[0], &s.Points[len(s.Points)-1]
	i := s.Query.Impedance
	if math.IsNaN(first.All.Mean) || math.IsNaN(last.All.Mean) {
		return ""
	}
	from, to := b.cost(i, first.All.Mean), b.cost(i, last.All.Mean)
	key := "text.say.grown"
	switch {
	case from == to:
		key = "text.say.unchanged"
	case last.All.Mean < first.All.Mean:
		key = "text.say.shrunk"
	}
	return b.p.T(key, i18n.Date(first.Date), i18n.Date(last.Date), from, to, b.nearestTo(l.Service))
}

func (b *builder) sayOpened(l *manuscript.Living) string {
	s := b.bound(l.Binding).Series
	if s == nil || len(s.Points) < 2 {
		return ""
	}
	opened, closed := 0, 0
	for i := range s.Points[1:] {
		opened += len(s.Points[i+1].Opened)
		closed += len(s.Points[i+1].Closed)
	}
	since, noun := i18n.Date(s.Points[0].Date), b.nounOf(l.Service)
	if opened+closed == 0 {
		return b.p.T("text.say.none_opened", since, count(b.p, noun, 0))
	}
	return b.p.T("text.say.opened", since, count(b.p, noun, opened), count(b.p, noun, closed))
}

// changeOf is what a scenario changes, nil where it was not compared.
func (b *builder) changeOf(l *manuscript.Living) *model.Comparison { return b.bound(l.Binding).Change }

func (b *builder) sayScenario(l *manuscript.Living) string {
	c := b.changeOf(l)
	if c == nil {
		return ""
	}
	return b.p.T("text.say.scenario", l.Scenario, lowerFirst(b.p.Text(c.Summary)))
}

func (b *builder) sayLosers(l *manuscript.Living) string {
	c := b.changeOf(l)
	if c == nil {
		return ""
	}
	i := l.Measure()
	if c.Worse.People+c.Better.People == 0 {
		return b.p.T("text.say.nobody_moves", l.Scenario)
	}
	var said []string
	if c.Worse.People > 0 {
		said = append(said, b.p.T("text.say.farther", people(b.p, c.Worse.People), b.cost(i, c.Worse.Mean)))
	}
	if c.Better.People > 0 {
		said = append(said, b.p.T("text.say.nearer", people(b.p, c.Better.People), b.cost(i, math.Abs(c.Better.Mean))))
	}
	return b.p.T("text.say.losers", l.Scenario, listed(b.p, said), b.nearestTo(l.Service))
}

func (b *builder) sayNewlyUnreached(l *manuscript.Living) string {
	c := b.changeOf(l)
	switch {
	case c == nil:
		return ""
	case c.NewlyUnreached == 0:
		return b.p.T("text.say.nobody_lost", l.Scenario, b.nearestTo(l.Service))
	}
	return b.p.T("text.say.lost", l.Scenario, people(b.p, c.NewlyUnreached), b.nearestTo(l.Service))
}

func (b *builder) saySupport(*manuscript.Living) string {
	var years []int64
	var sum plan.Sum
	for _, s := range b.in.Plan.FollowUp(0) {
		if s.Count > 0 {
			years = append(years, s.Year)
		}
		sum.Include(&s)
	}
	if sum.Count == 0 {
		return ""
	}
	first, last := slices.Min(years), slices.Max(years)
	if first == last {
		return b.p.T("text.say.support_year", year(first), count(b.p, "grant", sum.Count), money(b.p, sum.Granted))
	}
	return b.p.T("text.say.support", year(first), year(last), count(b.p, "grant", sum.Count), money(b.p, sum.Granted))
}

// grantYear is the year that a sentence is about: what it is bound to, else the latest that the ledger tells of.
func (b *builder) grantYear(l *manuscript.Living) int64 {
	if l.Year != 0 {
		return l.Year
	}
	for _, s := range b.in.Plan.FollowUp(0) {
		return s.Year
	}
	return 0
}

func (b *builder) sayGrants(l *manuscript.Living) string {
	y := b.grantYear(l)
	if y == 0 {
		return ""
	}
	sum := b.grantSum(y, l.Form)
	if sum.Count == 0 {
		return b.p.T("text.say.grants_none", year(y))
	}
	return b.p.T("text.say.grants", year(y), count(b.p, "grant", sum.Count), money(b.p, sum.Granted))
}

func (b *builder) sayForms(l *manuscript.Living) string {
	y := b.grantYear(l)
	var said []string
	for _, s := range b.in.Plan.FollowUp(y) {
		if y != 0 && s.Count > 0 && (l.Form == "" || s.Form == l.Form) {
			said = append(said, b.p.T("text.say.form", strings.ToLower(b.p.Text(formName(b.in.Forms, s.Form))), s.Count, money(b.p, s.Granted)))
		}
	}
	if said == nil {
		return ""
	}
	return b.p.T("text.say.forms", year(y), listed(b.p, said))
}

func (b *builder) sayEligible(*manuscript.Living) string {
	r := b.in.Support
	if r == nil {
		return ""
	}
	tried, eligible, near := 0, 0, 0
	for i := range r.Places {
		if !r.Places[i].Inside {
			continue
		}
		tried++
		best := support.Not
		for _, o := range r.Places[i].Outcomes {
			if o.Verdict == support.Eligible || o.Verdict == support.Borderline && best == support.Not {
				best = o.Verdict
			}
		}
		switch best {
		case support.Eligible:
			eligible++
		case support.Borderline:
			near++
		}
	}
	if tried == 0 {
		return ""
	}
	return b.p.T("text.say.eligible", count(b.p, "place", tried), number(b.p, eligible, true), number(b.p, near, true))
}

func (b *builder) sayGoals(*manuscript.Living) string {
	goals, areas := len(plan.Of[*plan.Goal](b.in.Plan)), len(plan.Of[*plan.Area](b.in.Plan))
	if goals == 0 {
		return ""
	}
	return b.p.T("text.say.goals", count(b.p, "goal", goals), count(b.p, "area", areas))
}

func (b *builder) sayActions(*manuscript.Living) string {
	actions := plan.Of[*plan.Action](b.in.Plan)
	if len(actions) == 0 {
		return ""
	}
	by := map[string]int{}
	for _, a := range actions {
		by[a.Status]++
	}
	var said []string
	for _, status := range []string{"done", "ongoing", "planned", "paused", "dropped"} {
		if n := by[status]; n > 0 {
			said = append(said, b.p.T("text.say.status."+status, number(b.p, n, false), n))
		}
	}
	text := b.p.T("text.say.actions", count(b.p, "action", len(actions)))
	if said == nil {
		return text
	}
	return b.p.T("text.say.actions_state", count(b.p, "action", len(actions)), listed(b.p, said))
}

func (b *builder) sayMoney(*manuscript.Living) string {
	var budget, outcome int64
	paid := false
	for _, a := range plan.Of[*plan.Action](b.in.Plan) {
		for _, f := range a.Financing {
			if f.Budget != nil {
				budget += *f.Budget
			}
			if f.Outcome != nil {
				outcome, paid = outcome+*f.Outcome, true
			}
		}
	}
	switch {
	case budget == 0 && outcome == 0:
		return ""
	case !paid:
		return b.p.T("text.say.budget", money(b.p, budget))
	}
	return b.p.T("text.say.money", money(b.p, budget), money(b.p, outcome))
}

func (b *builder) sayTargets(*manuscript.Living) string {
	met, all := 0, 0
	for _, g := range plan.Of[*plan.Goal](b.in.Plan) {
		v, told := b.in.Measured[g.ID]
		if g.Aim == nil || !told {
			continue
		}
		all++
		if g.Meets(v) {
			met++
		}
	}
	switch {
	case all == 0:
		return ""
	case met == all:
		return b.p.T("text.say.targets_all", count(b.p, "goal", all))
	case met == 0:
		return b.p.T("text.say.targets_none", count(b.p, "goal", all))
	}
	return b.p.T("text.say.targets", number(b.p, met, true), count(b.p, "goal", all))
}

func (b *builder) sayRegister(l *manuscript.Living) string {
	y := l.Year
	if y == 0 {
		for _, candidate := range b.in.Plan.Years() {
			if len(b.in.Plan.Year(candidate)) > 0 {
				y = candidate
				break
			}
		}
	}
	var said []string
	for _, facts := range b.in.Plan.Year(y) {
		n := facts.Happened
		if plan.Holds(facts.Type) {
			n = facts.Yes
		}
		if n > 0 {
			said = append(said, b.p.T("text.say.fact."+facts.Type, number(b.p, n, neuterFact(facts.Type)), n))
		}
	}
	if said == nil {
		return ""
	}
	return b.p.T("text.say.register", i18n.Plain(strconv.FormatInt(y, 10)), listed(b.p, said))
}

// neuterFact tells whether what facts of a type are counted in is neuter in Swedish.
func neuterFact(factType string) bool {
	return slices.Contains([]string{"visit", "meeting", "partnership"}, factType)
}

func (b *builder) sayBasis(*manuscript.Living) string {
	var said []string
	for _, role := range []model.Role{model.RolePopulation, model.RoleServices, model.RoleRoads} {
		for _, in := range b.in.Snapshot.Inputs {
			if in.Role != role {
				continue
			}
			name := or(in.Source, in.Layer)
			if in.Edition != "" {
				name = b.p.T("text.say.edition", name, in.Edition)
			}
			said = append(said, b.p.T("text.say.input."+string(role), name))
			break
		}
	}
	if said == nil {
		return ""
	}
	return b.p.T("text.say.basis", listed(b.p, said))
}
