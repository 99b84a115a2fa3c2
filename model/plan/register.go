package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// states are the types of facts that hold from a date on, events those that happen on it.
var (
	states = []string{"servicepunkt", "sot", "fibre", "post", "parcels", "plan", "partnership"}
	events = []string{"visit", "survey", "meeting", "contact", "opening", "closing", "other"}
)

// timesAWeek is how often post and parcels shall come, by goal 2.3 of Jämtland's plan.
const timesAWeek = 3

// FactTypes are the types of facts, those that hold before those that happen.
func FactTypes() []string { return slices.Concat(states, events) }

// Holds tells whether facts of a type hold from a date on.
func Holds(factType string) bool { return slices.Contains(states, factType) }

// Yes tells whether a fact that holds says yes. Post and parcels that tell how often they come say yes from three times a
// week on, whatever else is said.
func (f *Fact) Yes() bool {
	if f.Value != nil && (f.Type == "post" || f.Type == "parcels") {
		return *f.Value >= timesAWeek
	}
	return f.Answer != "no"
}

// subject is what a fact is about.
func (f *Fact) subject() string { return strings.ToLower(cmp.Or(f.Facility, f.Name, f.Kommun)) }

// YearFacts is what the register says of a type and a year.
type YearFacts struct {
	Type       string
	Happened   int      // events of the year: the sum of their values, one for each that has none
	New        int      // of what holds: first said to hold in the year
	Yes, No    int      // of what holds at the end of the year: by the last word on each subject
	Exceptions []*Fact  // of those that don't hold, the ones with a reason
	Kommuner   []string // where the facts counted are, sorted
}

// Year sums the register for a year, a row for each type that says something.
func (b Book) Year(year int64) []YearFacts {
	first, last := FirstDay(yearText(year)), LastDay(yearText(year))
	var out []YearFacts
	for _, t := range FactTypes() {
		facts := slices.DeleteFunc(Of[*Fact](b), func(f *Fact) bool { return f.Type != t || FirstDay(f.Date) > last })
		slices.SortStableFunc(facts, func(a, b *Fact) int { return cmp.Compare(FirstDay(a.Date), FirstDay(b.Date)) })
		y := YearFacts{Type: t}
		if Holds(t) {
			y.state(facts, first, last)
		} else {
			y.happened(facts, first)
		}
		slices.Sort(y.Kommuner)
		y.Kommuner = slices.Compact(y.Kommuner)
		if y.Happened+y.Yes+y.No > 0 {
			out = append(out, y)
		}
	}
	return out
}

// happened counts the events from the first day of the year on.
func (y *YearFacts) happened(facts []*Fact, first string) {
	for _, f := range facts {
		if LastDay(f.Date) < first {
			continue
		}
		n := 1
		if f.Value != nil {
			n = int(*f.Value)
		}
		y.Happened += n
		y.where(f)
	}
}

// state takes the last word on each subject, in the order of their first.
func (y *YearFacts) state(facts []*Fact, first, last string) {
	latest, began := map[string]*Fact{}, map[string]string{}
	var subjects []string
	for _, f := range facts {
		s := f.subject()
		if latest[s] == nil {
			subjects = append(subjects, s)
		}
		if latest[s] = f; f.Yes() && began[s] == "" {
			began[s] = FirstDay(f.Date)
		}
	}
	for _, s := range subjects {
		f := latest[s]
		if f.Until != "" && LastDay(f.Until) < last || !f.Yes() {
			y.No++
			if f.Exception != "" {
				y.Exceptions = append(y.Exceptions, f)
			}
			continue
		}
		y.Yes++
		if began[s] >= first {
			y.New++
		}
		y.where(f)
	}
}

func (y *YearFacts) where(f *Fact) {
	if f.Kommun != "" {
		y.Kommuner = append(y.Kommuner, f.Kommun)
	}
}

// Years are the years that facts and grants are of, the newest first.
func (b Book) Years() []int64 {
	var out []int64
	for _, item := range b {
		switch item := item.(type) {
		case *Fact:
			if day := FirstDay(item.Date); day != "" {
				n, _ := strconv.ParseInt(day[:4], 10, 64)
				out = append(out, n)
			}
		case *Grant:
			out = append(out, *item.Year)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	slices.Reverse(out)
	return out
}

// yearText writes a year.
func yearText(year int64) string { return strconv.FormatInt(year, 10) }
