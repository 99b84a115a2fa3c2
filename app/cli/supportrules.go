package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model/support"
)

// supportRulesListCommand lists the sets of rules with their conditions.
func supportRulesListCommand() command {
	var id string
	return command{
		name: "support rules list", args: []string{"P.gpkg"},
		flags: func(c *call) { c.flags.StringVar(&id, "rules", "", "") },
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			sets, err := c.session.SupportSets(ctx)
			if err != nil {
				return err
			}
			if id != "" {
				set, err := c.session.SupportSet(ctx, id)
				if err != nil {
					return err
				}
				sets = []support.Set{set}
			}
			if c.json {
				return c.answer(map[string]any{"sets": c.setsToJSON(sets)})
			}
			for i := range sets {
				c.saySet(&sets[i])
			}
			return nil
		},
	}
}

// setJSON is a set of rules with its conditions.
type setJSON struct {
	rulesJSON
	Rules []ruleJSON `json:"rules"`
}

// ruleJSON is one form of support.
type ruleJSON struct {
	support.Rule
	Label string `json:"label"`
}

// setsToJSON turns sets into their JSON form.
func (c *call) setsToJSON(sets []support.Set) []setJSON {
	out := []setJSON{}
	for i := range sets {
		j := setJSON{rulesJSON: c.rulesToJSON(&sets[i])}
		for _, r := range sets[i].Rules {
			j.Rules = append(j.Rules, ruleJSON{r, c.printer.Text(r.Label())})
		}
		out = append(out, j)
	}
	return out
}

// saySet prints a set for people to read.
func (c *call) saySet(s *support.Set) {
	more := s.ID
	if !s.BuiltIn {
		more += ", " + c.printer.T("support.rules_changed")
	}
	c.say("support.rules_head", s.Label(), i18n.Plain(more))
	c.say("support.source", s.Source)
	for i := range s.Rules {
		rule := &s.Rules[i]
		c.say("support.rules_row", rule.Label(), rule.Source)
		for k := range rule.Conditions {
			condition := &rule.Conditions[k]
			text := c.printer.Text(condition.Text(rule, s.Currency))
			for _, note := range []struct {
				some bool
				key  string
			}{{condition.Own, "support.own"}, {condition.Guide, "support.guide"}} {
				if note.some {
					text += " (" + c.printer.T(note.key) + ")"
				}
			}
			c.say("support.rules_condition", rule.ID, condition.ID, text)
		}
	}
}

// setFlags are the changes that a call makes to a set of rules.
type setFlags struct {
	rules, as, assume, margin string
	text                      map[string]*string
	changes                   []string
	reset                     bool
}

// supportRulesSetCommand changes a set of rules or makes another edition of it.
func supportRulesSetCommand() command {
	f := setFlags{text: map[string]*string{}}
	return command{
		name: "support rules set", args: []string{"P.gpkg"},
		flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if f.rules == "" {
				return usage("cli.support_rules_missing")
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			set, err := c.session.SupportSet(ctx, f.rules)
			if err != nil {
				return err
			}
			if f.reset {
				return c.resetRules(ctx, set)
			}
			if err := f.apply(c, &set); err != nil {
				return err
			}
			if err := c.session.KeepSupportSet(ctx, set); err != nil {
				return err
			}
			if c.json {
				return c.answer(c.setsToJSON([]support.Set{set})[0])
			}
			c.say("support.rules_saved", set.Label())
			return nil
		},
	}
}

// add makes the flags known to a call.
func (f *setFlags) add(c *call) {
	c.flags.StringVar(&f.rules, "rules", "", "")
	c.flags.StringVar(&f.as, "as", "", "")
	c.flags.StringVar(&f.margin, "margin", "", "")
	c.flags.StringVar(&f.assume, "assume-full", "", "")
	c.flags.BoolVar(&f.reset, "reset", false, "")
	for _, name := range []string{"name", "edition", "source", "from", "to"} {
		c.flags.Func(name, "", func(value string) error {
			f.text[name] = &value
			return nil
		})
	}
	c.flags.Func("set", "", func(value string) error {
		f.changes = append(f.changes, value)
		return nil
	})
}

// resetRules takes the project's changes away.
func (c *call) resetRules(ctx context.Context, set support.Set) error {
	if err := c.session.RemoveSupportSet(ctx, set.ID); err != nil {
		return err
	}
	if c.json {
		return c.answer(map[string]string{"removed": set.ID})
	}
	c.say("support.rules_removed", set.Label())
	return nil
}

// apply makes the changes.
func (f *setFlags) apply(c *call, set *support.Set) error {
	*set = set.Clone()
	set.BuiltIn = false
	if set.Name == "" && f.as != "" {
		set.Name = c.printer.T("support.set." + set.ID)
	}
	if f.as != "" {
		set.ID = f.as
	}
	for name, into := range map[string]*string{"name": &set.Name, "edition": &set.Edition, "source": &set.Source, "from": &set.From, "to": &set.To} {
		if value := f.text[name]; value != nil {
			*into = *value
		}
	}
	if f.margin != "" {
		percent, ok := parseNumber(strings.TrimSuffix(f.margin, "%"))
		if !ok || percent < 0 || percent >= 100 {
			return usage("cli.support_margin_wrong", f.margin)
		}
		set.Margin = percent / 100
	}
	if f.assume != "" {
		yes, ok := parseYesNo(f.assume)
		if !ok {
			return usage("cli.support_yes_no_wrong", f.assume)
		}
		set.AssumeFull = yes
	}
	for _, change := range f.changes {
		if err := changeCondition(set, change); err != nil {
			return err
		}
	}
	return nil
}

// changeCondition reads RULE.CONDITION, a comparison and a value; "=" leaves the comparison as it is. A value of one's own
// has no other source than the user.
func changeCondition(set *support.Set, change string) error {
	at := strings.IndexAny(change, "<>=")
	if at < 0 {
		return usage("cli.support_set_wrong", change)
	}
	path, rest := change[:at], change[at:]
	text := strings.TrimLeft(rest, "<>=")
	op := support.Op(rest[:len(rest)-len(text)])
	value, ok := parseNumber(text)
	ruleID, id, dotted := strings.Cut(strings.TrimSpace(path), ".")
	if !ok || !dotted || op != "=" && !op.Valid() {
		return usage("cli.support_set_wrong", change)
	}
	var condition *support.Condition
	if rule := set.Rule(ruleID); rule != nil {
		condition = rule.Condition(id)
	}
	if condition == nil || condition.Op == support.Yes {
		return i18n.Errorf("support.rule_unknown", set.Label(), path, strings.Join(thresholds(set), ", "))
	}
	if op != "=" {
		condition.Op = op
	}
	if value != condition.Value {
		condition.Value, condition.Own = value, true
	}
	return nil
}

// thresholds are the conditions of a set that have a value.
func thresholds(set *support.Set) []string {
	var out []string
	for _, rule := range set.Rules {
		for _, c := range rule.Conditions {
			if c.Op != support.Yes {
				out = append(out, rule.ID+"."+c.ID)
			}
		}
	}
	return out
}

// parseYesNo reads yes or no, in either language.
func parseYesNo(text string) (yes, ok bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "yes", "ja", "1", "true":
		return true, true
	case "no", "nej", "0", "false":
		return false, true
	}
	return false, false
}

// supportFactsCommand shows or says facts about places.
func supportFactsCommand() command {
	var facility, source, date string
	var sets []string
	return command{
		name: "support facts", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&facility, "facility", "", "")
			c.flags.StringVar(&source, "source", "", "")
			c.flags.StringVar(&date, "date", "", "")
			c.flags.Func("set", "", func(value string) error {
				sets = append(sets, value)
				return nil
			})
		},
		run: func(ctx context.Context, c *call) error {
			if len(sets) > 0 && facility == "" {
				return usage("cli.support_facility_missing")
			}
			values, err := parseFacts(c.printer, sets, source, date)
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if len(values) > 0 {
				if err := c.checkPlace(ctx, facility); err != nil {
					return err
				}
				if err := c.session.SetSupportFacts(ctx, facility, values); err != nil {
					return err
				}
			}
			return c.answerFacts(ctx, facility)
		},
	}
}

// checkPlace refuses facts about a place that is not there.
func (c *call) checkPlace(ctx context.Context, id string) error {
	snapshot, err := c.session.Snapshot(ctx, c.progress())
	if err != nil {
		return err
	}
	for i := range snapshot.Facilities {
		if snapshot.Facilities[i].ID == id {
			return nil
		}
	}
	if id == support.Everyone {
		return nil
	}
	return i18n.Errorf("support.place_unknown", id, snapshot.Kommun.Name)
}

// parseFacts reads FACT=VALUE; an empty value takes the fact back.
func parseFacts(p *i18n.Printer, sets []string, source, date string) (map[string]*support.Fact, error) {
	out := map[string]*support.Fact{}
	for _, set := range sets {
		id, text, ok := strings.Cut(set, "=")
		id = strings.TrimSpace(id)
		t, known := support.FindFact(id)
		switch {
		case !ok:
			return nil, usage("cli.support_fact_wrong", set)
		case text == "" || !known:
			out[id] = nil // what is not known is refused where facts are kept
			continue
		}
		value, ok := parseNumber(text)
		wanted := "support.value_number"
		if t.Unit == support.Truth {
			var yes bool
			yes, ok = parseYesNo(text)
			wanted, value = "support.value_yes_no", map[bool]float64{true: 1}[yes]
		}
		if !ok || value < 0 {
			return nil, usage("support.fact_value", text, i18n.M("support.fact."+id), i18n.M(wanted))
		}
		out[id] = &support.Fact{Value: value, Source: source, Date: date}
	}
	return out, nil
}

// answerFacts tells what is said about a place, or about all.
func (c *call) answerFacts(ctx context.Context, facility string) error {
	facts, err := c.session.SupportFacts(ctx)
	if err != nil {
		return err
	}
	if facility != "" {
		facts = support.Facts{facility: facts[facility]}
	}
	if c.json {
		if facts == nil {
			facts = support.Facts{}
		}
		return c.answer(map[string]any{"facts": facts})
	}
	said := false
	for _, id := range slices.Sorted(maps.Keys(facts)) {
		for _, t := range support.FactTypes() {
			if f, ok := facts[id][t.ID]; ok {
				said = true
				more := strings.TrimSpace(fmt.Sprintf("%s %s", f.Source, f.Date))
				c.say("support.facts_row", id, i18n.M("support.fact."+t.ID), i18n.Plain(strconv.FormatFloat(f.Value, 'f', -1, 64)), i18n.Plain(more))
			}
		}
	}
	if !said {
		c.say("support.facts_none")
	}
	return nil
}
