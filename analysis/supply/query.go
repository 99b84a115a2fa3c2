package supply

import (
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
)

// Method says what is summed.
type Method string

// The methods; see docs/method.md.
const (
	Gravity    Method = "gravity"    // Hansen 1959: Σ S·f(d)
	Cumulative Method = "cumulative" // the places within the limit, Σ S·f(d) with f = 1 unless a decay is chosen
	TwoStep    Method = "2sfca"      // Luo and Wang 2003: places for each person, all within the limit alike
	Enhanced   Method = "e2sfca"     // Luo and Qi 2009: likewise, the nearer the more
)

// Methods lists the methods.
func Methods() []Method { return []Method{Gravity, Cumulative, TwoStep, Enhanced} }

// Shares tells whether those who share a place count.
func (m Method) Shares() bool { return m == TwoStep || m == Enhanced }

// PerPeople is how many people the value of a method that shares is given for.
const PerPeople = 1000

// Query says what to measure. Zero fields mean the usual, see Complete.
type Query struct {
	Services  []string        `json:"services"`           // service types; their values are added
	Scenario  string          `json:"scenario,omitempty"` // name of the scenario; "" for the project as it is
	Impedance model.Impedance `json:"impedance"`
	Method    Method          `json:"method"`
	Decay     Decay           `json:"decay"`
	Limit     float64         `json:"limit"`           // metres or seconds, included; places beyond it do not count
	Group     string          `json:"group,omitempty"` // whose figures, and whose demand where a place is shared: "women", "65-"; "" for everybody
	Capacity  float64         `json:"capacity"`        // of a place, or of a facility that Capacities does not know
	// Capacities are those of facilities by the row that they come from, nil for none: a place has the sum of its own.
	Capacities map[Row]float64 `json:"-"`
}

// Row is a row of a layer.
type Row struct {
	Layer string
	FID   int64
}

// usual are the parameters that hold unless others are chosen.
type usual struct {
	limits     map[Method]float64
	half, from float64
}

var (
	usualDistance = usual{map[Method]float64{Gravity: 50_000, Cumulative: 10_000, TwoStep: 30_000, Enhanced: 30_000}, 5000, 1000}
	usualTime     = usual{map[Method]float64{Gravity: 3600, Cumulative: 900, TwoStep: 1800, Enhanced: 1800}, 600, 120}
)

// usualOf gives the usual parameters by distance or time.
func usualOf(i model.Impedance) usual {
	if i == model.Time {
		return usualTime
	}
	return usualDistance
}

// Complete gives the query with the usual for what is left out, and a Problem where it can't be answered: distance; an
// exponential decay for gravity and steps for the others; 50, 10 and 30 km or 60, 15 and 30 minutes for gravity, cumulative
// and those that share; one for each place.
func (q Query) Complete() (Query, error) {
	if q.Impedance == "" {
		q.Impedance = model.Distance
	}
	if q.Method == "" {
		q.Method = Gravity
	}
	if q.Decay.Form == "" {
		q.Decay.Form = Step
		if q.Method == Gravity {
			q.Decay.Form = Exponential
		}
	}
	q.Services = slices.Clone(q.Services)
	if err := q.check(); err != nil {
		return q, err
	}
	q.Limit = or(q.Limit, usualOf(q.Impedance).limits[q.Method])
	if zones := q.Decay.Zones; q.Decay.Form == Step && len(zones) > 0 {
		q.Limit = zones[len(zones)-1].To
	}
	q.Capacity = or(q.Capacity, 1)
	q.Decay = q.Decay.complete(&q)
	return q, nil
}

// check gives a Problem where something is asked for that there is not.
func (q *Query) check() error {
	switch {
	case len(q.Services) == 0:
		return i18n.Errorf("supply.no_service")
	case !slices.Contains(Methods(), q.Method):
		return i18n.Errorf("supply.method_unknown", string(q.Method))
	case q.Impedance != model.Distance && q.Impedance != model.Time:
		return i18n.Errorf("analysis.unknown_impedance", string(q.Impedance))
	case !(q.Limit >= 0) || math.IsInf(q.Limit, 0):
		return i18n.Errorf("supply.limit_wrong", i18n.Plain(plain(q.Limit)))
	case !(q.Capacity >= 0) || math.IsInf(q.Capacity, 0):
		return i18n.Errorf("supply.capacity_wrong", i18n.Plain(plain(q.Capacity)))
	}
	if err := q.Decay.check(); err != nil {
		return err
	}
	switch {
	case q.Method == TwoStep && (q.Decay.Form != Step || len(q.Decay.Zones) > 1):
		return i18n.Errorf("supply.no_decay")
	case q.Method != Gravity && q.Decay.Form == Power:
		return i18n.Errorf("supply.power_gravity")
	case slices.ContainsFunc(q.Services, func(s string) bool { return count(q.Services, s) > 1 }):
		return i18n.Errorf("supply.service_twice")
	}
	return nil
}

// count tells how often a list has a text.
func count(list []string, text string) int {
	n := 0
	for _, s := range list {
		if s == text {
			n++
		}
	}
	return n
}
