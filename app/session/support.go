package session

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	assess "nabar/analysis/support"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/support"
)

// The keys of what a project keeps about support: the rules and facts with undo, the reports as what was shown last.
const (
	settingSupportRules = "support_rules"
	settingSupportFacts = "support_facts"
	viewSupportReport   = "support_report."
	viewSupportLast     = "support_last"
)

// SupportSets are the rules of support: the program's, with the project's own in their place or after them.
func (s *Session) SupportSets(ctx context.Context) ([]support.Set, error) {
	var own []support.Set
	if err := s.setting(ctx, settingSupportRules, &own); err != nil {
		return nil, err
	}
	return support.Merge(own), nil
}

// SupportSet finds a set of rules by its id; "" is the first.
func (s *Session) SupportSet(ctx context.Context, id string) (support.Set, error) {
	sets, err := s.SupportSets(ctx)
	if err != nil {
		return support.Set{}, err
	}
	var ids []string
	for _, set := range sets {
		if id == "" || strings.EqualFold(set.ID, id) {
			return set, nil
		}
		ids = append(ids, set.ID)
	}
	return support.Set{}, i18n.Errorf("support.rules_unknown", id, strings.Join(ids, ", "))
}

// KeepSupportSet keeps a set of rules in the project, in place of the one with its id or as another edition.
func (s *Session) KeepSupportSet(ctx context.Context, set support.Set) error {
	set.ID = strings.TrimSpace(set.ID)
	for _, date := range []string{set.From, set.To} {
		if !validDate(date) {
			return i18n.Errorf("support.date_wrong", date)
		}
	}
	if err := assess.Check(&set); err != nil {
		return err
	}
	return s.editSupportSets(ctx, i18n.M("support.step_rules", set.Label()), func(own []support.Set) []support.Set {
		if i := slices.IndexFunc(own, func(o support.Set) bool { return o.ID == set.ID }); i >= 0 {
			own[i] = set
			return own
		}
		return append(own, set)
	})
}

// RemoveSupportSet takes the project's own set of rules away; where the program has one of the same id, that holds again.
func (s *Session) RemoveSupportSet(ctx context.Context, id string) error {
	set, err := s.SupportSet(ctx, id)
	if err != nil {
		return err
	}
	if set.BuiltIn {
		return i18n.Errorf("support.built_in_stays", set.Label())
	}
	return s.editSupportSets(ctx, i18n.M("support.step_rules_remove", set.Label()), func(own []support.Set) []support.Set {
		return slices.DeleteFunc(own, func(o support.Set) bool { return o.ID == set.ID })
	})
}

// editSupportSets changes the project's own sets as one step.
func (s *Session) editSupportSets(ctx context.Context, step i18n.Message, change func([]support.Set) []support.Set) error {
	var own []support.Set
	if err := s.setting(ctx, settingSupportRules, &own); err != nil {
		return err
	}
	own = change(own)
	return s.edit(ctx, step, func(tx *project.Tx) error { return tx.SetSetting(settingSupportRules, own) })
}

// SupportFacts are what the user has said about places.
func (s *Session) SupportFacts(ctx context.Context) (support.Facts, error) {
	var facts support.Facts
	return facts, s.setting(ctx, settingSupportFacts, &facts)
}

// SetSupportFacts says facts about a place, or about all where place is support.Everyone, as one step. A nil value takes
// a fact back.
func (s *Session) SetSupportFacts(ctx context.Context, place string, values map[string]*support.Fact) error {
	facts, err := s.SupportFacts(ctx)
	if err != nil {
		return err
	}
	name := i18n.Plain(place)
	for fact, value := range values {
		t, known := support.FindFact(fact)
		if !known || !t.Entered {
			return i18n.Errorf("support.fact_unknown", fact, strings.Join(enteredFacts(), ", "))
		}
		if value != nil && !(value.Value >= 0) {
			return i18n.Errorf("support.fact_value", value.Value, i18n.M("support.fact."+fact), i18n.M("support.value_number"))
		}
		if value != nil && !validDate(value.Date) {
			return i18n.Errorf("support.date_wrong", value.Date)
		}
		facts = facts.With(place, fact, value)
		if len(values) == 1 {
			name = i18n.M("support.fact." + fact)
		}
	}
	return s.edit(ctx, i18n.M("support.step_fact", name), func(tx *project.Tx) error { return tx.SetSetting(settingSupportFacts, facts) })
}

// validDate tells whether a text is an ISO date, or empty.
func validDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return text == "" || err == nil
}

// enteredFacts are the ids of the facts that the user may say.
func enteredFacts() []string {
	var ids []string
	for _, t := range support.FactTypes() {
		if t.Entered {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// Support tries the places of the project, or of a scenario, by a set of rules; "" is the first set. The report of the
// project as it is is kept, so that documents can show it.
func (s *Session) Support(ctx context.Context, rules, scenario string, progress model.Progress) (*support.Report, error) {
	set, err := s.SupportSet(ctx, rules)
	if err != nil {
		return nil, err
	}
	facts, err := s.SupportFacts(ctx)
	if err != nil {
		return nil, err
	}
	progress = orSilent(progress)
	v, prepared, err := s.supportEngine(ctx, scenario, progress)
	if err != nil {
		return nil, err
	}
	progress(i18n.M("support.progress"), 0.9)
	report, err := assess.Assess(ctx, prepared, set, facts)
	if err != nil {
		return nil, err
	}
	if !v.plain() {
		report.Scenario, report.Inputs = v.query.Scenario, append(report.Inputs, v.inputs...)
		return report, nil
	}
	return report, s.keepSupport(ctx, report)
}

// supportEngine makes the network ready. Unlike figures, rules of support need no squares.
func (s *Session) supportEngine(ctx context.Context, scenario string, progress model.Progress) (*variant, *access.Prepared, error) {
	v, err := s.variant(ctx, model.Query{Scenario: scenario}, part(progress, 0, 0.4))
	if err != nil {
		return nil, nil, err
	}
	switch {
	case v.base.Roads.Len() == 0:
		return nil, nil, i18n.Errorf("session.no_roads")
	case len(v.base.Facilities) == 0:
		return nil, nil, i18n.Errorf("support.no_services")
	}
	prepared, err := s.prepare(ctx, v, part(progress, 0.4, 0.9))
	return v, prepared, err
}

// keepSupport keeps a report, where the project can be written.
func (s *Session) keepSupport(ctx context.Context, r *support.Report) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	if _, readOnly := p.ReadOnly(); readOnly {
		return nil
	}
	if err := p.SetView(ctx, viewSupportLast, r.Rules.ID); err != nil {
		return err
	}
	return p.SetView(ctx, viewSupportReport+r.Rules.ID, r)
}

// StoredSupport is the kept report of a set of rules, "" for the set that was tried last. It is nil where there is none,
// and stale where rules, facts or data are not what they were.
func (s *Session) StoredSupport(ctx context.Context, rules string) (*support.Report, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	if rules == "" {
		if found, err := p.Setting(ctx, viewSupportLast, &rules); err != nil || !found {
			return nil, err
		}
	}
	var r support.Report
	if found, err := p.Setting(ctx, viewSupportReport+rules, &r); err != nil || !found {
		return nil, err
	}
	set, err := s.SupportSet(ctx, rules)
	if err != nil {
		r.Stale = true // the rules are gone: undone, or removed
		return &r, nil
	}
	facts, err := s.SupportFacts(ctx)
	if err != nil {
		return nil, err
	}
	now, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	r.Stale = supportKey(r.Rules, r.Facts, r.Inputs, r.Params, r.Engine) != supportKey(set, facts, now.Inputs, now.Params, access.Version)
	return &r, nil
}

// reportSupport is the report that documents show: that of the rules that were tried last, made anew where it is stale;
// nil where none have been tried, or where those rules are gone.
func (s *Session) reportSupport(ctx context.Context) (*support.Report, error) {
	r, err := s.StoredSupport(ctx, "")
	if err != nil || r == nil || !r.Stale {
		return r, err
	}
	if _, err := s.SupportSet(ctx, r.Rules.ID); err != nil {
		return nil, nil
	}
	return s.Support(ctx, r.Rules.ID, "", nil)
}

// supportKey tells reports apart by what they were made from.
func supportKey(of ...any) string {
	key, _ := json.Marshal(of) // plain data: can't fail
	return string(key)
}

// SupportWay is the road from a place to the next, as the report's scenario has it; nil where there is none.
func (s *Session) SupportWay(ctx context.Context, r *support.Report, from, to string) (orb.LineString, error) {
	v, prepared, err := s.supportEngine(ctx, r.Scenario, orSilent(nil))
	if err != nil {
		return nil, err
	}
	find := func(id string) int {
		return slices.IndexFunc(v.snapshot.Facilities, func(f model.Facility) bool { return f.ID == id })
	}
	a, b := find(from), find(to)
	if a < 0 || b < 0 {
		return nil, nil
	}
	line, _, _ := prepared.RouteBetween(v.snapshot.Facilities[a].At, v.snapshot.Facilities[b].At, model.Distance)
	return line, ctx.Err()
}
