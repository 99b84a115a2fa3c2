// Package support tries service places by the rules of state support: how far the road is to the next place that counts,
// whether they stand where only a ferry leads, what the user has said about them, and what the rules make of that.
//
// Invariants: what is not known is unknown and makes a place borderline, never eligible and never refused, unless the rest
// decides alone; every outcome carries its evidence; same input, same report.
package support

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	rules "nabar/model/support"
)

// farConnector is the distance in metres from a place to the nearest road beyond which it may stand on an island whose
// roads the data lacks or leaves unconnected.
const farConnector = 200

// Assess tries every open place of the types that a set of rules is about. Places stand in the order of the rules' types
// and then of their ids. It gives a Problem where the set is faulty or no place is open, and the context's error.
func Assess(ctx context.Context, p *access.Prepared, set rules.Set, facts rules.Facts) (*rules.Report, error) {
	if err := Check(&set); err != nil {
		return nil, err
	}
	s := p.Snapshot()
	r := &rules.Report{
		Rules: set.Clone(), Date: s.Params.Date, Border: len(s.Border) > 0,
		Params: s.Params, Inputs: slices.Clone(s.Inputs), Engine: access.Version, Facts: facts,
	}
	a := &assessing{p: p, s: s, set: &r.Rules, facts: facts, shores: p.Shores(), inside: p.Inside(), report: r}
	r.People = a.shores.MainlandPeople()
	for _, service := range a.services() {
		if err := a.service(ctx, service); err != nil {
			return nil, err
		}
	}
	if len(r.Places) == 0 {
		return nil, i18n.Errorf("support.no_places", set.Label())
	}
	return r, nil
}

// assessing is the state of Assess.
type assessing struct {
	p      *access.Prepared
	s      *model.Snapshot
	set    *rules.Set
	facts  rules.Facts
	shores *access.Shores
	inside func(int) bool
	report *rules.Report
}

// services are the types that the rules are about, in their order.
func (a *assessing) services() []string {
	var out []string
	for i := range a.set.Rules {
		if s := a.set.Rules[i].Service; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// service tries the places of one type.
func (a *assessing) service(ctx context.Context, service string) error {
	open := a.p.Open(service)
	ways, err := a.ways(ctx, open)
	if err != nil {
		return err
	}
	for k, f := range open {
		if !a.inside(f) {
			a.report.Outside++
		}
		place := a.place(f)
		for i := range a.set.Rules {
			if rule := &a.set.Rules[i]; rule.Service == service {
				place.Outcomes = append(place.Outcomes, a.outcome(rule, f, &place, ways[rule.Against][k]))
			}
		}
		a.report.Places = append(a.report.Places, place)
	}
	return nil
}

// way is the road to the next place that surely counts and to a nearer one that perhaps does.
type way struct{ next, perhaps *rules.Next }

// ways finds the roads to the next place for the rules' ways to count places, for each open place of a type.
func (a *assessing) ways(ctx context.Context, open []int) (map[rules.Against][]way, error) {
	sure, perhaps := a.byRange(open)
	full, err := a.next(ctx, open, sure, perhaps)
	if err != nil {
		return nil, err
	}
	same, err := a.next(ctx, open, open, nil)
	if err != nil {
		return nil, err
	}
	return map[rules.Against][]way{rules.FullRange: full, rules.Same: same}, nil
}

// byRange lists the places that surely have a full range, and those that perhaps have: nobody has told.
func (a *assessing) byRange(open []int) (sure, perhaps []int) {
	for _, f := range open {
		switch full, known := a.fullRange(f); {
		case !known:
			perhaps = append(perhaps, f)
			if a.s.Facilities[f].Type == groceries {
				a.report.Untold++
			}
		case full:
			sure = append(sure, f)
		}
	}
	return sure, perhaps
}

// groceries is the type whose range is asked for.
const groceries = "dagligvaror"

// fullRange tells whether a place has a full range: what the user says goes before the data.
func (a *assessing) fullRange(f int) (full, known bool) {
	at := &a.s.Facilities[f]
	if said, ok := a.facts.Of(at.ID, rules.HasFullRange); ok {
		return said.Value != 0, true
	}
	if !at.RangeTold && a.set.AssumeFull {
		return true, true
	}
	return at.FullRange, at.RangeTold
}

// next finds the roads from each open place to the next that surely counts, and to a nearer one that perhaps does.
func (a *assessing) next(ctx context.Context, open, sure, perhaps []int) ([]way, error) {
	out := make([]way, len(open))
	first, err := a.p.Next(ctx, open, sure, model.Distance)
	if err != nil {
		return nil, err
	}
	for k := range open {
		out[k].next = a.named(first[k])
	}
	if len(perhaps) == 0 {
		return out, nil
	}
	second, err := a.p.Next(ctx, open, perhaps, model.Distance)
	for k := range second {
		if nearer := a.named(second[k]); nearer != nil && (out[k].next == nil || nearer.Metres < out[k].next.Metres) {
			out[k].perhaps = nearer
		}
	}
	return out, err
}

// named gives a way as it is told, nil where there is none.
func (a *assessing) named(n access.Next) *rules.Next {
	if n.Facility < 0 {
		return nil
	}
	f := &a.s.Facilities[n.Facility]
	return &rules.Next{ID: f.ID, Name: cmp.Or(strings.TrimSpace(f.Name), f.ID), Metres: n.Cost}
}

// place is the evidence about a place that all rules share.
func (a *assessing) place(f int) rules.Place {
	at := &a.s.Facilities[f]
	metres, joined := a.p.Connector(f)
	place := rules.Place{
		ID: at.ID, Name: cmp.Or(strings.TrimSpace(at.Name), at.ID), Town: at.Town, Kommun: at.Municipality, Service: at.Type, At: at.At,
		Inside: a.inside(f), Hours: at.Hours, Joined: joined, JoinM: metres, Far: !joined || metres > farConnector,
		Others: a.p.Services(f),
	}
	if island, people, ok := a.shores.Island(f); ok && island {
		place.IslandPeople = people
	}
	return place
}

// outcome tries a place by a rule: all groups of alternatives must answer yes.
func (a *assessing) outcome(rule *rules.Rule, f int, place *rules.Place, w way) rules.Outcome {
	o := rules.Outcome{Rule: rule.ID, Next: w.next, Perhaps: w.perhaps}
	groups := map[string]truth{}
	for i := range rule.Conditions {
		c := &rule.Conditions[i]
		check := a.check(c, f, place, w)
		o.Checks = append(o.Checks, check)
		if c.Guide {
			continue
		}
		group := cmp.Or(c.Group, "\x00"+c.ID)
		if t, known := groups[group]; !known || truthOf(check.Answer) > t {
			groups[group] = truthOf(check.Answer)
		}
	}
	all := yes
	for _, t := range groups {
		all = min(all, t)
	}
	o.Verdict = map[truth]rules.Verdict{no: rules.Not, maybe: rules.Borderline, yes: rules.Eligible}[all]
	return o
}

// Check refuses a set of rules that can't be tried.
func Check(set *rules.Set) error {
	if set.ID == "" || set.Edition == "" || set.Source == "" {
		return i18n.Errorf("support.set_unnamed")
	}
	if !(set.Margin >= 0) || set.Margin >= 1 {
		return i18n.Errorf("support.margin_wrong", set.Label())
	}
	for i := range set.Rules {
		for k := range set.Rules[i].Conditions {
			c := &set.Rules[i].Conditions[k]
			t, known := rules.FindFact(c.Fact)
			truth := t.Unit == rules.Truth
			if !known || !c.Op.Valid() || truth != (c.Op == rules.Yes) || math.IsNaN(c.Value) || math.IsInf(c.Value, 0) || c.Value < 0 || c.GreyFrom > c.GreyTo {
				return i18n.Errorf("support.condition_wrong", set.Rules[i].ID+"."+c.ID, set.Label())
			}
		}
	}
	return nil
}
