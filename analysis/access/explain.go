package access

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"nabar/model"
)

// explain gives the causes why a square's distance differs from the reference's, none where it does not. theirs is in the
// reference's unit.
//
// What is tried, in this order; the first that fits is the cause. Each is tried as told, and then all once more with room for
// the reference's rounding.
//
//  1. the project's own figure
//  2. each of Pipos' rules alone: connector, nodes, component
//  3. all of Pipos' rules; the causes are then those without which it would not fit
//  4. ferries turned about, by the project's rules and by Pipos'
//
// After both rounds: the square in another unit, the way to another of the five nearest facilities, and at last only what
// the difference looks like.
func (d *differ) explain(i int, theirs float64) ([]model.Cause, error) {
	metres := hundredth(theirs * d.metres)
	for _, room := range []float64{0, d.step / 2} {
		causes, fits, err := d.byRules(i, metres, d.tolerance+room)
		if err != nil {
			return nil, err
		}
		if fits && room > 0 {
			causes = append(causes, model.CauseRounding)
		}
		if fits {
			return causes, nil
		}
	}
	causes, fits, err := d.byUnit(i, theirs)
	if err != nil || fits {
		return causes, err
	}
	if causes, fits, err = d.byFacility(i, metres); err != nil || fits {
		return causes, err
	}
	return d.byLooks(i, metres)
}

// fits tells whether two distances are equal within a tolerance; unreached is equal to unreached alone.
func fits(a, b, tolerance float64) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.IsNaN(a) && math.IsNaN(b)
	}
	return math.Abs(a-b) <= tolerance+1e-6
}

// costBy is the distance of a square by a choice.
func (d *differ) costBy(i int, c choice) (float64, error) {
	r, err := d.read(c)
	if err != nil {
		return 0, err
	}
	return r.cost(i), nil
}

// tried are the rules that change distances; the speed of ferries changes times alone.
var tried = (model.PiposRules &^ model.SetFerries).Single()

// byRules tries the project's figure, single rules, all rules, and ferries.
func (d *differ) byRules(i int, metres, tolerance float64) (causes []model.Cause, ok bool, err error) {
	if own, err := d.costBy(i, choice{}); err != nil || fits(own, metres, tolerance) {
		return nil, err == nil, err
	}
	for _, rule := range tried {
		if cost, err := d.costBy(i, choice{rules: rule}); err != nil {
			return nil, false, err
		} else if fits(cost, metres, tolerance) {
			return []model.Cause{model.CauseOf(rule)}, true, nil
		}
	}
	if all, err := d.costBy(i, choice{rules: model.PiposRules}); err != nil {
		return nil, false, err
	} else if fits(all, metres, tolerance) {
		causes, err := d.needed(i, metres, tolerance)
		return causes, true, err
	}
	return d.byFerries(i, metres, tolerance)
}

// needed are the rules without which all of Pipos' would not fit; where each can be done without, those that alone change
// the square's figure, and at least the first.
func (d *differ) needed(i int, metres, tolerance float64) (causes []model.Cause, err error) {
	for _, rule := range tried {
		cost, err := d.costBy(i, choice{rules: model.PiposRules &^ rule})
		if err != nil {
			return nil, err
		}
		if !fits(cost, metres, tolerance) {
			causes = append(causes, model.CauseOf(rule))
		}
	}
	if len(causes) > 0 {
		return causes, nil
	}
	return d.changing(i)
}

// changing are the rules that alone change a square's figure.
func (d *differ) changing(i int) (causes []model.Cause, err error) {
	own, err := d.costBy(i, choice{})
	if err != nil {
		return nil, err
	}
	for _, rule := range tried {
		cost, err := d.costBy(i, choice{rules: rule})
		if err != nil {
			return nil, err
		}
		if !fits(cost, own, 0.005) {
			causes = append(causes, model.CauseOf(rule))
		}
	}
	return causes, nil
}

// byFerries tries the ferries the other way: closed where the project has them open.
func (d *differ) byFerries(i int, metres, tolerance float64) (causes []model.Cause, ok bool, err error) {
	if !d.hasFerries() {
		return nil, false, nil
	}
	for _, rules := range []model.Rules{0, model.PiposRules} {
		cost, err := d.costBy(i, choice{rules: rules, ferries: true})
		if err != nil {
			return nil, false, err
		}
		if !fits(cost, metres, tolerance) {
			continue
		}
		causes = []model.Cause{model.CauseFerry}
		if rules != 0 {
			more, err := d.changing(i)
			return append(causes, more...), true, err
		}
		return causes, true, nil
	}
	return nil, false, nil
}

// hasFerries tells whether there are any ferries to close.
func (d *differ) hasFerries() bool {
	return slices.ContainsFunc(d.base.Roads.Flags, func(f model.RoadFlags) bool { return f&model.Ferry != 0 })
}

// byUnit tries whether the square alone is told in another unit than the others: metres among kilometres.
func (d *differ) byUnit(i int, theirs float64) ([]model.Cause, bool, error) {
	other := model.UnitKm.Metres()
	if d.metres == other {
		other = model.UnitMetre.Metres()
	}
	for _, rules := range []model.Rules{0, model.FreeConnectors, model.PiposRules} {
		cost, err := d.costBy(i, choice{rules: rules})
		if err != nil {
			return nil, false, err
		}
		if theirs > 0 && fits(cost, theirs*other, d.tolerance+d.step/d.metres*other/2) {
			return []model.Cause{model.CauseUnit}, true, nil
		}
	}
	return nil, false, nil
}

// byFacility tries the ways to the other near facilities.
func (d *differ) byFacility(i int, metres float64) ([]model.Cause, bool, error) {
	for _, rules := range []model.Rules{0, model.FreeConnectors, model.PiposRules} {
		r, err := d.read(choice{rules: rules})
		if err != nil {
			return nil, false, err
		}
		for k, f := range r.near[i] {
			if k == 0 || !fits(f.metres, metres, d.tolerance+d.step/2) {
				continue
			}
			causes := []model.Cause{model.CauseFacility}
			if rules == model.FreeConnectors {
				causes = append(causes, model.CauseConnector)
			} else if rules != 0 {
				more, err := d.changing(i)
				return append(causes, more...), true, err
			}
			return causes, true, nil
		}
	}
	return nil, false, nil
}

// byLooks says what a difference looks like that nothing explains.
func (d *differ) byLooks(i int, metres float64) ([]model.Cause, error) {
	low, high := math.Inf(1), math.Inf(-1)
	reached := false
	for _, c := range []choice{{}, {rules: model.PiposRules}} {
		cost, err := d.costBy(i, c)
		if err != nil {
			return nil, err
		}
		if !math.IsNaN(cost) {
			low, high, reached = min(low, cost), max(high, cost), true
		}
	}
	switch {
	case math.IsNaN(metres):
		return []model.Cause{model.CauseElsewhere}, nil
	case !reached && !d.joined[i]:
		return []model.Cause{model.CauseUnjoined}, nil
	case !reached:
		return []model.Cause{model.CauseUnreached}, nil
	case metres < low:
		return []model.Cause{model.CauseShorter}, nil
	case metres > high:
		return []model.Cause{model.CauseLonger}, nil
	}
	return []model.Cause{model.CauseBetween}, nil
}

// summarise sums the squares that differ by their causes, those of the most people first.
func (d *differ) summarise(out *model.Differences) {
	at := map[string]int{}
	counted := map[string]int{} // squares with a distance on both sides
	for i := range out.Squares {
		row := &out.Squares[i]
		names := make([]string, len(row.Causes))
		for k, c := range row.Causes {
			names[k] = string(c)
		}
		key := strings.Join(names, "+")
		k, ok := at[key]
		if !ok {
			k = len(out.Causes)
			at[key] = k
			out.Causes = append(out.Causes, model.CauseSum{Causes: row.Causes})
		}
		sum := &out.Causes[k]
		people := row.People
		if people < 0 {
			people = max(row.TheirPeople, 0)
		}
		sum.Squares++
		sum.People += people
		out.Concerned += people
		if gap := math.Abs(row.Theirs - row.Own); !math.IsNaN(gap) {
			counted[key]++
			sum.Mean += gap
			sum.Max = max(sum.Max, gap)
		}
	}
	for key, k := range at {
		out.Causes[k].Mean /= float64(counted[key]) // 0 by 0 is NaN
		if counted[key] == 0 {
			out.Causes[k].Max = math.NaN()
		}
	}
	out.Differing = len(out.Squares)
	slices.SortStableFunc(out.Causes, func(a, b model.CauseSum) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.Squares, a.Squares))
	})
}
