package support

import (
	"slices"

	"nabar/internal/i18n"
)

// The facts that conditions ask about.
const (
	NextDistance   = "next_distance"  // metres of road to the next place; computed
	Island         = "island"         // no fixed link to where most people live; computed, may be overruled
	OtherServices  = "other_services" // other service types at the place; computed
	HasFullRange   = "full_range"     // a full range of groceries; from the data, may be overruled
	Turnover       = "turnover"       // of groceries in the latest year, in the set's currency
	YearRound      = "year_round"     // open all year
	FixedPremises  = "fixed_premises" // premises that don't move
	Articles       = "articles"       // kinds of goods
	HoursWeek      = "hours_week"     // opening hours a week
	Households     = "households"     // that the shop serves
	MunicipalPlan  = "municipal_plan" // the kommun has planned its service
	Delivers       = "delivers"       // goods are brought home, paid by the kommun
	DeliveryRules  = "delivery_rules" // the kommun has guidelines for that, and keeps records
	DeliveryCost   = "delivery_cost"  // the kommun's net cost of it in a year
	NeedsSupport   = "needs_support"  // the business needs support to go on
	LastYearBooked = "accounts_year"  // the year that turnover is of
)

// Unit is what a fact is counted in.
type Unit string

// The units.
const (
	Metres Unit = "m"
	Money  Unit = "money" // the currency of the set
	Count  Unit = "count"
	Hours  Unit = "h"
	Truth  Unit = "yes_no"
	Year   Unit = "year"
)

// FactType is a fact that is computed, entered, or both.
type FactType struct {
	ID       string
	Unit     Unit
	Entered  bool // the user may say it
	Computed bool // the program can tell
	Exact    bool // a margin around a threshold makes no sense
}

// FactTypes are all facts, in the order in which they are asked for.
func FactTypes() []FactType {
	return []FactType{
		{ID: NextDistance, Unit: Metres, Computed: true},
		{ID: Island, Unit: Truth, Computed: true, Entered: true},
		{ID: HasFullRange, Unit: Truth, Computed: true, Entered: true},
		{ID: OtherServices, Unit: Count, Computed: true, Exact: true},
		{ID: Turnover, Unit: Money, Entered: true},
		{ID: LastYearBooked, Unit: Year, Entered: true, Exact: true},
		{ID: YearRound, Unit: Truth, Entered: true},
		{ID: FixedPremises, Unit: Truth, Entered: true},
		{ID: Articles, Unit: Count, Entered: true},
		{ID: HoursWeek, Unit: Hours, Entered: true},
		{ID: Households, Unit: Count, Entered: true},
		{ID: NeedsSupport, Unit: Truth, Entered: true},
		{ID: MunicipalPlan, Unit: Truth, Entered: true},
		{ID: Delivers, Unit: Truth, Entered: true},
		{ID: DeliveryRules, Unit: Truth, Entered: true},
		{ID: DeliveryCost, Unit: Money, Entered: true},
	}
}

// FindFact finds a fact by its id.
func FindFact(id string) (FactType, bool) {
	all := FactTypes()
	i := slices.IndexFunc(all, func(f FactType) bool { return f.ID == id })
	if i < 0 {
		return FactType{}, false
	}
	return all[i], true
}

// Everyone is the place id of facts that hold for all places of the project.
const Everyone = "*"

// Facts are what the user has said about places: by the place's id, then by the fact's. Yes is 1 and no 0.
type Facts map[string]map[string]Fact

// Fact is one value with where it comes from.
type Fact struct {
	Value  float64 `json:"value"`
	Source string  `json:"source,omitempty"` // "årsredovisning 2025"
	Date   string  `json:"date,omitempty"`   // ISO
}

// Of is a fact about a place: its own, else what holds for everyone.
func (f Facts) Of(place, fact string) (Fact, bool) {
	if v, ok := f[place][fact]; ok {
		return v, true
	}
	v, ok := f[Everyone][fact]
	return v, ok
}

// With is a copy in which a fact is said, or unsaid where value is nil.
func (f Facts) With(place, fact string, value *Fact) Facts {
	out := Facts{}
	for id, facts := range f {
		out[id] = map[string]Fact{}
		for name, v := range facts {
			out[id][name] = v
		}
	}
	if out[place] == nil {
		out[place] = map[string]Fact{}
	}
	delete(out[place], fact)
	if value != nil {
		out[place][fact] = *value
	}
	if len(out[place]) == 0 {
		delete(out, place)
	}
	return out
}

// Amount writes a fact's value with its unit.
func Amount(fact string, v float64, currency string) i18n.Message {
	t, _ := FindFact(fact)
	switch t.Unit {
	case Metres:
		return i18n.M("support.amount.metres", i18n.Metres(v))
	case Money:
		return i18n.M("support.amount.money", int64(v), currency)
	case Hours:
		return i18n.M("support.amount.hours", int64(v))
	case Truth:
		if v != 0 {
			return i18n.M("support.yes")
		}
		return i18n.M("support.no")
	case Year:
		return i18n.M("support.amount.year", i18n.Plain(yearText(v)))
	}
	return i18n.M("support.amount.count", int64(v))
}
