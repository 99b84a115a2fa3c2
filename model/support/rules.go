// Package support is what a project knows of state support to service in sparsely populated areas: sets of rules, each
// an edition with its source and date, the facts about shops that only people know, and the outcome of trying a shop by a
// set. It holds no computing: analysis/support tries, this says what is tried and what came of it.
//
// Invariants: rules and conditions are found by ids that stay the same from edition to edition, so that a ledger of given
// support can point at them; a value that no source confirmed is marked Own; what nobody has entered is unknown, never a
// number.
package support

import (
	"slices"

	"nabar/internal/i18n"
)

// Op compares a fact with a condition's value. The empty Op asks for a yes.
type Op string

// The comparisons: "more than 10 km" leaves 10 km out, "at least 10 km" does not.
const (
	Over    Op = ">"
	AtLeast Op = ">="
	Under   Op = "<"
	AtMost  Op = "<="
	Yes     Op = ""
)

// Against says which places count as the next one in a rule.
type Against string

// The next place is one with a full range of groceries, or any of the rule's own service type.
const (
	FullRange Against = "full_range"
	Same      Against = "same"
)

// Condition is one thing that a rule asks for.
type Condition struct {
	ID    string  `json:"id"`   // unique in its rule
	Fact  string  `json:"fact"` // id of a FactType
	Op    Op      `json:"op,omitempty"`
	Value float64 `json:"value,omitempty"` // in the fact's unit
	// Group makes alternatives: of the conditions of a rule with the same non-empty Group one is enough.
	Group string `json:"group,omitempty"`
	// GreyFrom and GreyTo, both inclusive, are where the authority decides from case to case; both 0 where the rules' own
	// margin around the value is taken.
	GreyFrom float64 `json:"grey_from,omitempty"`
	GreyTo   float64 `json:"grey_to,omitempty"`
	// Guide marks practice that is shown and decides nothing.
	Guide  bool   `json:"guide,omitempty"`
	Own    bool   `json:"own,omitempty"` // no source confirms the value
	Source string `json:"source,omitempty"`
}

// Term is what a form of support may pay, for those who keep account of it. Terms decide nothing here.
type Term struct {
	ID     string  `json:"id"` // "max_year", "years", "share", "per_household"
	Value  float64 `json:"value"`
	Source string  `json:"source,omitempty"`
	Own    bool    `json:"own,omitempty"`
}

// Rule is one form of support and what it takes.
type Rule struct {
	ID         string      `json:"id"` // the form of support, the same in every edition: "sarskilt_driftstod"
	Name       string      `json:"name,omitempty"`
	Service    string      `json:"service"` // type of the places that it is for
	Against    Against     `json:"against"`
	Source     string      `json:"source"`
	Conditions []Condition `json:"conditions"`
	Terms      []Term      `json:"terms,omitempty"`
}

// Set is one edition of rules.
type Set struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	Edition  string `json:"edition"`
	From     string `json:"from,omitempty"` // ISO date, "" unknown
	To       string `json:"to,omitempty"`   // last day, "" still in force
	Source   string `json:"source"`
	Currency string `json:"currency"` // of turnover and terms
	// Margin is the share of a value within which a place is borderline: 0.1 for ±10 %.
	Margin float64 `json:"margin"`
	// AssumeFull counts shops whose range nobody has told as having a full one.
	AssumeFull bool   `json:"assume_full,omitempty"`
	Rules      []Rule `json:"rules"`
	BuiltIn    bool   `json:"-"` // as the program has it
}

// Label is what the set is called, with its edition.
func (s *Set) Label() i18n.Message {
	name := i18n.Plain(s.Name)
	if s.Name == "" {
		name = i18n.M("support.set." + s.ID)
	}
	return i18n.M("support.set_edition", name, s.Edition)
}

// Rule finds a rule by its id, nil where there is none.
func (s *Set) Rule(id string) *Rule {
	if i := slices.IndexFunc(s.Rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return &s.Rules[i]
	}
	return nil
}

// Label is what the form of support is called.
func (r *Rule) Label() i18n.Message {
	if r.Name != "" {
		return i18n.Plain(r.Name)
	}
	return i18n.M("support.rule." + r.ID)
}

// Condition finds a condition by its id, nil where there is none.
func (r *Rule) Condition(id string) *Condition {
	if i := slices.IndexFunc(r.Conditions, func(c Condition) bool { return c.ID == id }); i >= 0 {
		return &r.Conditions[i]
	}
	return nil
}

// Text says the condition in words: "mer än 10,0 km till nästa butik med fullsortiment".
func (c *Condition) Text(r *Rule, currency string) i18n.Message {
	if c.Op == Yes {
		return i18n.M("support.asks." + c.Fact)
	}
	fact := i18n.M("support.fact." + c.Fact)
	if c.Fact == NextDistance {
		fact = i18n.M("support.fact.next_" + string(r.Against))
	}
	return i18n.M("support.asks_op."+c.Op.Word(), fact, Amount(c.Fact, c.Value, currency))
}

// Word is the comparison as it stands in keys, "" for Yes and for what is none.
func (o Op) Word() string {
	return map[Op]string{Over: "over", AtLeast: "at_least", Under: "under", AtMost: "at_most"}[o]
}

// Valid tells whether a comparison is one of those that there are.
func (o Op) Valid() bool { return o == Yes || o.Word() != "" }

// Clone is a copy of the set that shares nothing with it.
func (s *Set) Clone() Set {
	out := *s
	out.Rules = slices.Clone(s.Rules)
	for i := range out.Rules {
		out.Rules[i].Conditions = slices.Clone(out.Rules[i].Conditions)
		out.Rules[i].Terms = slices.Clone(out.Rules[i].Terms)
	}
	return out
}
