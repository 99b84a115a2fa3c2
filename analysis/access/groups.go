package access

import (
	"cmp"
	"math"
	"slices"

	"nabar/analysis/network"
	"nabar/model"
)

// notReached is the cost of a square that reaches nothing. It sorts last.
const notReached = math.MaxInt64

// reach is what one search tells of the squares that count.
type reach struct {
	metric *network.Metric
	bands  []float64
	need   float64
	costs  []int64 // of each square that counts
	second []int64 // likewise, to the nearest at another place; nil where it is not asked for
	order  []int32 // those squares, the nearest first, then by their order
}

// newReach orders the squares by cost.
func newReach(m *network.Metric, bands []float64, need float64, costs []int64) *reach {
	r := &reach{metric: m, bands: bands, need: need, costs: costs, order: make([]int32, len(costs))}
	for i := range r.order {
		r.order[i] = int32(i)
	}
	slices.SortFunc(r.order, func(a, b int32) int { return cmp.Or(cmp.Compare(costs[a], costs[b]), cmp.Compare(a, b)) })
	return r
}

// weights says how much of each square that counts belongs to a group, in parts of a person.
type weights struct {
	of    []int64
	parts int64 // in a person
}

// whole turns parts into whole people, rounded to the nearest.
func (w weights) whole(sum int64) int { return int((2*sum + w.parts) / (2 * w.parts)) }

// group figures out a group of people.
//
// All sums are whole parts of people, so that they don't depend on how squares are ordered.
func (r *reach) group(w weights) model.Group {
	var all, reached, cost, farPeople, farCost int64
	limits, within := r.limits()
	from := r.from()
	g := model.Group{Max: math.NaN(), SecondMean: r.secondMean(w)}
	for _, i := range r.order {
		part, c := w.of[i], r.costs[i]
		all += part
		if part == 0 || c == notReached {
			continue
		}
		reached += part
		cost += part * c
		g.Max = r.metric.Value(c)
		if c >= from {
			farPeople, farCost = farPeople+part, farCost+part*c
		}
		for k, limit := range limits {
			if c <= limit {
				within[k] += part
			}
		}
	}
	value := func(sum int64) float64 { return r.metric.Value(sum) / float64(w.parts) }
	g.People, g.Reached = w.whole(all), w.whole(reached)
	g.Unreached = g.People - g.Reached
	g.PersonCost, g.Mean = value(cost), r.metric.Value(cost)/float64(reached)
	g.Median, g.P90 = r.quantile(w, reached, 1, 2), r.quantile(w, reached, 9, 10)
	g.Need = model.Need{From: r.need, People: w.whole(farPeople), Cost: value(farCost)}
	for k, to := range r.bands {
		g.Bands = append(g.Bands, model.Band{To: to, People: w.whole(within[k])})
	}
	return g
}

// secondMean is the mean cost of the second nearest over those who reach one, NaN where nobody does.
func (r *reach) secondMean(w weights) float64 {
	var people, sum int64
	for i, c := range r.second {
		if c != notReached {
			people, sum = people+w.of[i], sum+w.of[i]*c
		}
	}
	return r.metric.Value(sum) / float64(people)
}

// limits are the bands in cost units, with room to count at each.
func (r *reach) limits() (limits, counts []int64) {
	for _, to := range r.bands {
		limits = append(limits, r.metric.Limit(to))
	}
	return limits, make([]int64, len(limits))
}

// from is the least cost at or over the limit of need.
func (r *reach) from() int64 {
	at := r.metric.Limit(r.need)
	if r.metric.Value(at) < r.need {
		at++
	}
	return at
}

// quantile is the least cost at which at least num/den of those reached are at or under it, NaN where nobody is.
func (r *reach) quantile(w weights, reached, num, den int64) float64 {
	sum := int64(0)
	for _, i := range r.order {
		if r.costs[i] == notReached {
			break
		}
		if sum += w.of[i]; w.of[i] > 0 && sum*den >= reached*num {
			return r.metric.Value(r.costs[i])
		}
	}
	return math.NaN()
}
