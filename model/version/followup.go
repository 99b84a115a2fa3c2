package version

import (
	"slices"
	"strconv"

	"nabar/model"
	"nabar/model/plan"
)

// FollowUp is what a year's follow-up tells: the year beside the one before and beside the plan as it was decided.
type FollowUp struct {
	Year    int64
	Plan    *Version // that is followed up; nil where none has been made
	Access  []Access
	Opened  []Event
	Closed  []Event
	Actions []ActionState
	Goals   []GoalState
	Support []SupportState
	Facts   []FactState
	Trends  []*model.Series // of each service by distance, over the years
}

// Access is how far people have to a type of service at the decision, at the end of the year before, and at the end of the
// year; nil where it is not known.
type Access struct {
	Service, Name       string
	Limit               float64 // metres, that Within counts people of
	Decided, Last, This *Moment
}

// Moment are the figures of a service on one day.
type Moment struct {
	Facilities, People, Unreached int
	Mean                          float64 // metres; NaN where nobody reaches any
	Within                        int     // people at or under the limit
}

// Event is a service that opened or closed in the year.
type Event struct{ Service, Name, Town, Date string }

// Fate is what has become of an action.
type Fate string

// The fates, in the order in which they are told.
const (
	Done    Fate = "done" // since the plan
	Ongoing Fate = "ongoing"
	Late    Fate = "late" // its time has passed, and it is neither done nor dropped
	Planned Fate = "planned"
	Paused  Fate = "paused"
	Dropped Fate = "dropped"
	Before  Fate = "before" // was done or dropped when the plan was decided
)

// Fates are all fates, in the order in which they are told.
func Fates() []Fate { return []Fate{Done, Ongoing, Late, Planned, Paused, Dropped, Before} }

// ActionState is an action at the end of the year.
type ActionState struct {
	Action *plan.Action
	Was    *plan.Action // in the plan; nil for one that came later
	Fate   Fate
}

// GoalState is a goal at the end of the year.
type GoalState struct {
	Goal    *plan.Goal
	Value   *float64 // of the figure that it is bound to, in the unit of its target; nil where it is not known
	Met     bool     // Value meets the target
	Actions [2]int   // that serve it: those done, and all that were not dropped
}

// SupportState is a form of support in the year before and in the year; Form "" is the sum.
type SupportState struct {
	Form       string
	Last, This plan.Sum
}

// FactState is a type of facts in the year before and in the year.
type FactState struct {
	Type       string
	Last, This plan.YearFacts
}

// NewFollowUp compares the plan's entries with those of a version, nil for none, at the end of a year. figures are those that
// goals are bound to.
func NewFollowUp(now plan.Book, against *Version, year int64, figures plan.Figures) *FollowUp {
	f := &FollowUp{Year: year, Plan: against}
	var then plan.Book
	if against != nil {
		then, _ = against.Record.Book()
	}
	end := strconv.FormatInt(year, 10) + "-12-31"
	for _, a := range plan.Of[*plan.Action](now) {
		was, _ := then.Find(a.ID).(*plan.Action)
		f.Actions = append(f.Actions, ActionState{a, was, fate(a, was, end)})
	}
	for _, g := range plan.Of[*plan.Goal](now) {
		f.Goals = append(f.Goals, goalState(now, g, figures))
	}
	f.support(now)
	f.facts(now)
	return f
}

// fate tells what has become of an action at an ISO date.
func fate(a, was *plan.Action, date string) Fate {
	switch due := a.Due(); {
	case a.Over() && was != nil && was.Over():
		return Before
	case a.Status == "done":
		return Done
	case a.Status == "dropped":
		return Dropped
	case due != "" && due <= date:
		return Late
	case a.Status == "ongoing":
		return Ongoing
	case a.Status == "paused":
		return Paused
	}
	return Planned
}

// goalState tells how it goes with a goal.
func goalState(b plan.Book, g *plan.Goal, figures plan.Figures) GoalState {
	s := GoalState{Goal: g}
	if v, ok := figures[g.ID]; ok && v == v {
		s.Value, s.Met = &v, g.Meets(v)
	}
	for _, a := range plan.Of[*plan.Action](b) {
		if slices.Contains(a.Goals, g.ID) && a.Status != "dropped" {
			s.Actions[1]++
			if a.Status == "done" {
				s.Actions[0]++
			}
		}
	}
	return s
}

// support sets the sums of the two years beside each other, with their sum last.
func (f *FollowUp) support(b plan.Book) {
	total := SupportState{}
	for i, year := range []int64{f.Year, f.Year - 1} {
		for _, sum := range b.FollowUp(year) {
			k := slices.IndexFunc(f.Support, func(s SupportState) bool { return s.Form == sum.Form })
			if k < 0 {
				k = len(f.Support)
				f.Support = append(f.Support, SupportState{Form: sum.Form})
			}
			if i == 0 {
				f.Support[k].This = sum
				total.This.Include(&sum)
			} else {
				f.Support[k].Last = sum
				total.Last.Include(&sum)
			}
		}
	}
	if len(f.Support) > 0 {
		f.Support = append(f.Support, total)
	}
}

// facts sets the register of the two years beside each other.
func (f *FollowUp) facts(b plan.Book) {
	last, this := b.Year(f.Year-1), b.Year(f.Year)
	find := func(in []plan.YearFacts, t string) (y plan.YearFacts) {
		if i := slices.IndexFunc(in, func(y plan.YearFacts) bool { return y.Type == t }); i >= 0 {
			return in[i]
		}
		return y
	}
	for _, t := range plan.FactTypes() {
		if state := (FactState{t, find(last, t), find(this, t)}); state.Last.Type+state.This.Type != "" {
			f.Facts = append(f.Facts, state)
		}
	}
}

// Count counts the actions of a fate.
func (f *FollowUp) Count(of Fate) (n int) {
	for _, a := range f.Actions {
		if a.Fate == of {
			n++
		}
	}
	return n
}

// Left are the actions that the next plan takes over: all but those that are done or dropped.
func (f *FollowUp) Left() []ActionState {
	return slices.DeleteFunc(slices.Clone(f.Actions), func(a ActionState) bool { return a.Action.Over() })
}
