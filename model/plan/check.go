package plan

import (
	"math"
	"slices"

	"nabar/internal/i18n"
)

// Level says how much a finding matters.
type Level string

// The levels: something is wrong, something is to be looked at, something is as it should be.
const (
	Fault Level = "fault"
	Look  Level = "look"
	Good  Level = "good"
)

// Finding is what a check has to say of an entry.
type Finding struct {
	Level Level
	Code  string // the same for the same sort of finding: "goal_without_action"
	Entry int64
	Text  i18n.Message
}

// Figures are the values of the figures that indicators are bound to, by the entry's id. An entry whose figure could not be
// told has none.
type Figures map[int64]float64

// Check finds what is missing in the plan and what the figures say of it: areas without goals, goals without actions,
// actions without a lead, dates that have passed at the given ISO date, and targets that are met or not.
func (b Book) Check(date string, figures Figures) []Finding {
	var out []Finding
	add := func(level Level, code string, item Item, args ...any) {
		args = append([]any{b.Name(item)}, args...)
		out = append(out, Finding{level, code, item.Number(), i18n.M("action.finding."+code, args...)})
	}
	actions := Of[*Action](b)
	for _, area := range Of[*Area](b) {
		if !slices.ContainsFunc(Of[*Goal](b), func(g *Goal) bool { return g.Area == area.ID }) {
			add(Fault, "area_without_goal", area)
		}
	}
	for _, g := range Of[*Goal](b) {
		if !slices.ContainsFunc(actions, func(a *Action) bool { return a.Status != "dropped" && slices.Contains(a.Goals, g.ID) }) {
			add(Fault, "goal_without_action", g)
		}
		b.checkTarget(g, date, figures, add)
	}
	for _, a := range actions {
		b.checkAction(a, date, add)
		b.checkTarget(a, date, figures, add)
	}
	return out
}

// checkAction finds what one action lacks.
func (b Book) checkAction(a *Action, date string, add func(Level, string, Item, ...any)) {
	if len(a.Leads()) == 0 {
		add(Fault, "action_without_lead", a)
	}
	if len(a.Goals) == 0 {
		add(Fault, "action_without_goal", a)
	}
	if len(a.Financing) == 0 {
		add(Look, "action_without_money", a)
	}
	for _, f := range a.Financing {
		if f.Budget != nil && f.Outcome != nil && *f.Outcome > *f.Budget {
			add(Look, "money_over", a, f.Source, *f.Outcome, *f.Budget)
		}
	}
	if a.Over() || date == "" {
		return
	}
	if due := a.Due(); due != "" && due < date {
		add(Fault, "date_passed", a, i18n.Date(due))
	} else if a.Status == "planned" && a.From != "" && LastDay(a.From) < date {
		add(Look, "not_begun", a, i18n.Date(FirstDay(a.From)))
	}
}

// checkTarget compares a target with the figure that it is bound to.
func (b Book) checkTarget(item Indicated, date string, figures Figures, add func(Level, string, Item, ...any)) {
	i := item.Measured()
	if !i.Bound() || i.Aim == nil {
		return
	}
	v, known := figures[item.Number()]
	aim := i18n.M("action.aim."+i.Op, i.Amount(*i.Aim))
	switch due := item.Due(); {
	case !known || math.IsNaN(v):
		add(Look, "figure_unknown", item)
	case i.Meets(v):
		add(Good, "target_met", item, aim, i.Amount(v))
	case due != "" && date != "" && due < date:
		add(Fault, "target_missed", item, aim, i.Amount(v), i18n.Date(due))
	default:
		add(Look, "target_not_met", item, aim, i.Amount(v))
	}
}
