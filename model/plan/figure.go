package plan

import (
	"nabar/internal/i18n"
)

// Bound tells whether an indicator is bound to a figure of the program.
func (i *Indicator) Bound() bool { return i.Measure != "" }

// sound makes sure that an indicator that is bound says which figure.
func (i *Indicator) sound() error {
	if !i.Bound() {
		return nil
	}
	field := func(key string) i18n.Message {
		f, _ := FindField(KindAction, key)
		return f.Label()
	}
	switch {
	case i.Service == "":
		return i18n.Errorf("action.measure_needs", field("service"))
	case i.NeedsLimit() && (i.Within == nil || *i.Within <= 0):
		return i18n.Errorf("action.measure_needs", field("within"))
	case i.Aim != nil && i.Op == "":
		return i18n.Errorf("action.measure_needs", field("op"))
	}
	return nil
}

// NeedsLimit tells whether the measure is of those within a limit.
func (i *Indicator) NeedsLimit() bool {
	return i.Measure == "share" || i.Measure == "within" || i.Measure == "beyond"
}

// Limit is the limit in metres or seconds.
func (i *Indicator) Limit() float64 {
	if i.Within == nil {
		return 0
	}
	return *i.Within * i.scale()
}

// scale is what a kilometre or a minute holds of metres or seconds.
func (i *Indicator) scale() float64 {
	if i.Impedance == "time" {
		return 60
	}
	return 1000
}

// Values are the figures of a result that a measure can be of: costs in metres or seconds, counts of people.
type Values struct {
	Mean, Median, P90, Max    float64
	People, Within, Unreached int
	Facilities                int
}

// Value is what the figure is now, in the unit of the aim: km, minutes, per cent, people or places. It is NaN where
// nobody reaches the service, and where nobody lives.
func (i *Indicator) Value(v Values) float64 {
	switch i.Measure {
	case "mean":
		return v.Mean / i.scale()
	case "median":
		return v.Median / i.scale()
	case "p90":
		return v.P90 / i.scale()
	case "max":
		return v.Max / i.scale()
	case "share":
		return 100 * float64(v.Within) / float64(v.People)
	case "within":
		return float64(v.Within)
	case "beyond":
		return float64(v.People - v.Within)
	case "unreached":
		return float64(v.Unreached)
	}
	return float64(v.Facilities)
}

// Amount writes a value of the figure with its unit.
func (i *Indicator) Amount(v float64) i18n.Message {
	switch i.Measure {
	case "mean", "median", "p90", "max":
		if i.Impedance == "time" {
			return i18n.M("action.amount.min", v)
		}
		return i18n.M("action.amount.km", v)
	case "share":
		return i18n.M("action.amount.percent", v)
	case "facilities":
		return i18n.M("action.amount.places", int64(v))
	}
	return i18n.M("action.amount.people", int64(v))
}

// Meets tells whether a value is as the aim wants it; without an aim there is nothing to meet. The aim itself meets it.
func (i *Indicator) Meets(v float64) bool {
	if i.Aim == nil {
		return false
	}
	if i.Op == "at_most" {
		return v <= *i.Aim
	}
	return v >= *i.Aim
}

// Indicated are the entries that have an indicator.
type Indicated interface {
	Item
	Measured() *Indicator
	Due() string // last day, "" where none is set
}

// Measured is the goal's indicator.
func (g *Goal) Measured() *Indicator { return &g.Indicator }

// Due is "": a goal has no time of its own.
func (g *Goal) Due() string { return "" }

// Measured is the action's indicator.
func (a *Action) Measured() *Indicator { return &a.Indicator }

// Due is the last day of the action.
func (a *Action) Due() string { return LastDay(a.To) }
