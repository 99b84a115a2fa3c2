package plan

import (
	"cmp"
	"slices"

	"nabar/internal/i18n"
	"nabar/model/support"
)

// Limits are the limits of de minimis aid, in euro, with the rate that they are compared at. They are the project's to change.
type Limits struct {
	General float64 `json:"general"` // euro over Years, under (EU) 2023/2831
	SGEI    float64 `json:"sgei"`    // euro over Years, under (EU) 2023/2832
	Years   int     `json:"years"`   // that are summed, back from each decision
	Rate    float64 `json:"rate"`    // kronor for a euro
	Rated   string  `json:"rated"`   // what the rate is of: a date, a bank
	Warn    float64 `json:"warn"`    // share of a limit from which the sum is near it
	Source  string  `json:"source"`
}

// DefaultLimits are those of the regulations in force from 2024, with a rate of our own choice that the user should replace.
func DefaultLimits() Limits {
	return Limits{General: 300000, SGEI: 750000, Years: 3, Rate: 11.5, Warn: 0.8, Source: "(EU) 2023/2831 art. 3.2, (EU) 2023/2832 art. 3.2"}
}

// Sound makes sure that limits can be reckoned with, else it gives a *i18n.Problem.
func (l *Limits) Sound() error {
	if l.General > 0 && l.SGEI > 0 && l.Rate > 0 && l.Years >= 1 && l.Years <= 10 && l.Warn > 0 && l.Warn <= 1 {
		return nil
	}
	return i18n.Errorf("ledger.limits_wrong")
}

// Kronor is the limit of a sort of aid, 0 for one without a limit.
func (l *Limits) Kronor(aid string) float64 {
	switch aid {
	case "general":
		return l.General * l.Rate
	case "sgei":
		return l.SGEI * l.Rate
	}
	return 0
}

// Who is the name of whom a grant is about.
func (g *Grant) Who() string { return cmp.Or(g.Name, g.Facility, g.Recipient) }

// place tells grants of one shop from those of others.
func (g *Grant) place() string { return cmp.Or(g.Facility, g.Name, g.Recipient) }

// receiver is who gets the aid: the company where it is told, else the shop.
func (g *Grant) receiver() string { return cmp.Or(g.Recipient, g.Facility, g.Name) }

// Sort is the sort of de minimis aid that a grant is: what has been said, else general, but for home delivery, which the
// kommun receives.
func (g *Grant) Sort() string {
	if g.Aid == "" && g.Form == "hemsandningsbidrag" {
		return "none"
	}
	return cmp.Or(g.Aid, "general")
}

// Day is when a grant counts: its decision's last possible day, else the last of its year.
func (g *Grant) Day() string {
	if day := LastDay(g.Date); day != "" {
		return day
	}
	return LastDay(yearText(*g.Year))
}

// Sum is count and kronor of one form of support in one year.
type Sum struct {
	Form                         string
	Year                         int64
	Count                        int   // that were granted something
	Applied, Granted, Paid       int64 // kronor
	AppliedSaid, PaidSaid, Given int   // rows that tell the amount; Given are all rows of the form and year
}

// formOrder is the order of the forms in a follow-up, as regions report them.
var formOrder = []string{"hemsandningsbidrag", "servicebidrag", "investeringsbidrag", "investeringslan", "sarskilt_driftstod"}

// orderForms sorts forms as they are reported; forms of the user's own come last, by name.
func orderForms(a, b string) int {
	rank := func(s string) int {
		if i := slices.Index(formOrder, s); i >= 0 {
			return i
		}
		return len(formOrder)
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b))
}

// FollowUp sums the ledger by year, the newest first, and form; year is 0 for all years.
func (b Book) FollowUp(year int64) []Sum {
	var out []Sum
	for _, g := range Of[*Grant](b) {
		if year != 0 && *g.Year != year {
			continue
		}
		i := slices.IndexFunc(out, func(s Sum) bool { return s.Form == g.Form && s.Year == *g.Year })
		if i < 0 {
			i, out = len(out), append(out, Sum{Form: g.Form, Year: *g.Year})
		}
		out[i].add(g)
	}
	slices.SortStableFunc(out, func(a, b Sum) int { return cmp.Or(cmp.Compare(b.Year, a.Year), orderForms(a.Form, b.Form)) })
	return out
}

func (s *Sum) add(g *Grant) {
	s.Given++
	if g.Granted != nil && *g.Granted > 0 {
		s.Count++
		s.Granted += *g.Granted
	}
	if g.Applied != nil {
		s.AppliedSaid++
		s.Applied += *g.Applied
	}
	if g.Paid != nil {
		s.PaidSaid++
		s.Paid += *g.Paid
	}
}

// Aid is the de minimis aid that a receiver was given in the years up to a decision.
type Aid struct {
	Receiver, Sort string
	Date           string // of the decision whose years hold the greatest sum
	Kronor         int64
	Limit          float64 // kronor
	Entry          int64   // of that decision
}

// Over tells whether the sum is above the limit, Near whether it is near it.
func (a *Aid) Over() bool { return float64(a.Kronor) > a.Limit }

// Near tells whether the sum has come near the limit, and not above it.
func (a *Aid) Near(l *Limits) bool { return !a.Over() && float64(a.Kronor) >= l.Warn*a.Limit }

// Include adds another sum to this one.
func (s *Sum) Include(o *Sum) {
	s.Count, s.Given = s.Count+o.Count, s.Given+o.Given
	s.Applied, s.Granted, s.Paid = s.Applied+o.Applied, s.Granted+o.Granted, s.Paid+o.Paid
	s.AppliedSaid, s.PaidSaid = s.AppliedSaid+o.AppliedSaid, s.PaidSaid+o.PaidSaid
}

// DeMinimis gives for each receiver and sort of aid the greatest sum of the years that end with one of its decisions, by
// receiver. The years are rolling: from the day after the same date Years before, the decision's own day included. Grants
// without an amount count nothing.
func (b Book) DeMinimis(l *Limits) []Aid {
	var out []Aid
	grants := Of[*Grant](b)
	for _, g := range grants {
		if g.Granted == nil || *g.Granted == 0 || l.Kronor(g.Sort()) == 0 {
			continue
		}
		aid := Aid{Receiver: g.receiver(), Sort: g.Sort(), Date: g.Day(), Limit: l.Kronor(g.Sort()), Entry: g.ID}
		from := yearsBefore(aid.Date, l.Years)
		for _, o := range grants {
			if o.Granted != nil && o.receiver() == aid.Receiver && o.Sort() == aid.Sort && o.Day() > from && o.Day() <= aid.Date {
				aid.Kronor += *o.Granted
			}
		}
		i := slices.IndexFunc(out, func(a Aid) bool { return a.Receiver == aid.Receiver && a.Sort == aid.Sort })
		switch {
		case i < 0:
			out = append(out, aid)
		case aid.Kronor > out[i].Kronor:
			out[i] = aid
		}
	}
	slices.SortStableFunc(out, func(a, b Aid) int { return cmp.Or(cmp.Compare(a.Receiver, b.Receiver), cmp.Compare(a.Sort, b.Sort)) })
	return out
}

// CheckLedger finds what does not fit in the ledger: amounts that don't go together, ceilings and years of the rules,
// de minimis, support that is to be deducted from another, and, where a report of the conditions is given, support to
// places that don't meet them.
func (b Book) CheckLedger(set *support.Set, l *Limits, tried *support.Report) []Finding {
	var out []Finding
	add := func(level Level, code string, g *Grant, args ...any) {
		args = append([]any{g.Who(), i18n.Plain(yearText(*g.Year)), formLabel(set, g.Form)}, args...)
		out = append(out, Finding{level, code, g.ID, i18n.M("ledger.finding."+code, args...)})
	}
	grants := Of[*Grant](b)
	for i, g := range grants {
		checkAmounts(g, add)
		b.checkTerms(grants[:i+1], set, add)
		if code := doubt(g, tried); code != "" {
			add(Look, code, g)
		}
	}
	for _, a := range b.DeMinimis(l) {
		g, _ := b.Find(a.Entry).(*Grant)
		switch {
		case a.Over():
			add(Fault, "de_minimis_over", g, a.Receiver, a.Kronor, int64(a.Limit), i18n.Date(a.Date))
		case a.Near(l):
			add(Look, "de_minimis_near", g, a.Receiver, a.Kronor, int64(a.Limit), i18n.Date(a.Date))
		}
	}
	return out
}

// checkAmounts compares the amounts of one grant.
func checkAmounts(g *Grant, add func(Level, string, *Grant, ...any)) {
	if g.Applied != nil && g.Granted != nil && *g.Granted > *g.Applied {
		add(Look, "granted_over", g, *g.Granted, *g.Applied)
	}
	if g.Paid != nil && (g.Granted == nil || *g.Paid > *g.Granted) {
		granted := int64(0)
		if g.Granted != nil {
			granted = *g.Granted
		}
		add(Fault, "paid_over", g, *g.Paid, granted)
	}
	if g.Granted != nil && *g.Granted > 0 && (g.Date == "" || g.Case == "") {
		add(Look, "undated", g)
	}
}

// checkTerms tries the last of some grants by the terms of its form, together with those before it of the same shop: the most
// in a year, the most years, and what the special operating support takes from the service grant of the same year.
func (b Book) checkTerms(grants []*Grant, set *support.Set, add func(Level, string, *Grant, ...any)) {
	g := grants[len(grants)-1]
	if g.Granted == nil || *g.Granted == 0 {
		return
	}
	sum := map[string]int64{} // of the shop's forms in the year
	years := []int64{}
	for _, o := range grants {
		if o.place() != g.place() || o.Granted == nil || *o.Granted == 0 {
			continue
		}
		if *o.Year == *g.Year {
			sum[o.Form] += *o.Granted
		}
		if o.Form == g.Form && !slices.Contains(years, *o.Year) {
			years = append(years, *o.Year)
		}
	}
	if most := term(set, g.Form, "max_year"); most > 0 && float64(sum[g.Form]) > most {
		add(Fault, "ceiling", g, sum[g.Form], int64(most))
	}
	if most := term(set, g.Form, "years"); most > 0 && float64(len(years)) > most {
		add(Look, "years", g, int64(len(years)), int64(most))
	}
	operating, service := sum["sarskilt_driftstod"], sum["servicebidrag"]
	if operating == 0 || service == 0 || g.Form != "sarskilt_driftstod" && g.Form != "servicebidrag" {
		return
	}
	left := max(0, term(set, "servicebidrag", "max_year")-float64(operating))
	if float64(service) > left {
		add(Fault, "deduct_over", g, operating, service, int64(left))
	} else {
		add(Look, "deduct", g, operating, service, int64(left))
	}
}

// term is a term of a form of support, 0 where the rules have none.
func term(set *support.Set, form, id string) float64 {
	if rule := set.Rule(form); rule != nil {
		for _, t := range rule.Terms {
			if t.ID == id {
				return t.Value
			}
		}
	}
	return 0
}

// formLabel is what a form of support is called.
func formLabel(set *support.Set, form string) i18n.Message {
	if rule := set.Rule(form); rule != nil {
		return rule.Label()
	}
	return i18n.Plain(form)
}

// Verdict is what a report of the conditions says of a place and form, "" where it says nothing.
func Verdict(tried *support.Report, facility, form string) support.Verdict {
	if tried == nil || facility == "" {
		return ""
	}
	for i := range tried.Places {
		if tried.Places[i].ID != facility {
			continue
		}
		if o := tried.Places[i].Of(form); o != nil {
			return o.Verdict
		}
	}
	return ""
}

// doubt is the finding on a grant that the conditions speak against.
func doubt(g *Grant, tried *support.Report) string {
	if g.Granted == nil || *g.Granted == 0 {
		return ""
	}
	switch Verdict(tried, g.Facility, g.Form) {
	case support.Not:
		return "not_eligible"
	case support.Borderline:
		return "borderline"
	}
	return ""
}
