package access

import (
	"math"
	"math/bits"

	"nabar/internal/i18n"
	"nabar/model"
)

// equity tells how travel is spread over the people who reach the service.
//
// The concentration index is that of Wagstaff, van Doorslaer and Paci (1989) with the people ranked by their own cost;
// the ratio of the farthest tenth to the nearest four is Palma's (2011), who gave it for incomes. People of one square
// are alike, so that the shares at tenths may cut a square in two.
func (r *reach) equity(w weights) model.Equity {
	e := model.Equity{Index: math.NaN(), Palma: math.NaN(), FarShare: math.NaN(), NearShare: math.NaN()}
	people, total := r.totals(w)
	near, most := r.borneByNearest(w, people, 4), r.borneByNearest(w, people, 9)
	far := 10*total - most
	e.FarMean = r.metric.Value(far) / float64(people)
	e.NearMean = r.metric.Value(near) / float64(4*people)
	if total == 0 {
		e.Text = []i18n.Message{i18n.M("figures.equity_none")}
		return e
	}
	whole := float64(10 * total)
	for tenth := range int64(11) {
		e.Curve = append(e.Curve, model.CurvePoint{
			People: float64(tenth) / 10, Cost: float64(r.borneByNearest(w, people, tenth)) / whole,
		})
	}
	half := e.Curve[5].Cost
	e.Index = r.index(w, people, total)
	e.FarShare, e.NearShare = float64(far)/whole, float64(near)/whole
	cost := unit(r.metric.Impedance)
	e.Text = []i18n.Message{i18n.M("figures.equity_shares", i18n.Share(e.FarShare), cost(e.FarMean), i18n.Share(e.NearShare), cost(e.NearMean))}
	if near > 0 {
		e.Palma = float64(far) / float64(near)
		e.Text = append(e.Text, i18n.M("figures.equity_palma", e.Palma))
	} else {
		e.Text = append(e.Text, i18n.M("figures.equity_no_palma"))
	}
	e.Text = append(e.Text, i18n.M("figures.equity_index", 100*e.Index), i18n.M("supply.equity_curve", i18n.Share(half)))
	return e
}

// unit writes a cost in words.
func unit(i model.Impedance) func(float64) any {
	if i == model.Time {
		return func(v float64) any { return i18n.Seconds(v) }
	}
	return func(v float64) any { return i18n.Metres(v) }
}

// totals are the people reached and what they travel, in whole units.
func (r *reach) totals(w weights) (people, cost int64) {
	for _, i := range r.order {
		if r.costs[i] == notReached {
			break
		}
		people += w.of[i]
		cost += w.of[i] * r.costs[i]
	}
	return people, cost
}

// borneByNearest is ten times what the given tenths of the people with the nearest to go travel. Ten times, so that it
// is whole.
func (r *reach) borneByNearest(w weights, people, tenths int64) int64 {
	left, sum := tenths*people, int64(0)
	for _, i := range r.order {
		if left == 0 {
			break
		}
		take := min(10*w.of[i], left)
		sum += take * r.costs[i]
		left -= take
	}
	return sum
}

// index is the concentration index: 2/(n·total) · Σ people·cost·(rank of their middle) − 1. The sum is held in 128 bits,
// since it exceeds 64 for a country.
func (r *reach) index(w weights, people, total int64) float64 {
	var high, low, before uint64
	for _, i := range r.order {
		if r.costs[i] == notReached {
			break
		}
		part := uint64(w.of[i])
		h, l := bits.Mul64(part*uint64(r.costs[i]), 2*before+part)
		var carry uint64
		low, carry = bits.Add64(low, l, 0)
		high, _ = bits.Add64(high, h, carry)
		before += part
	}
	sum := math.Ldexp(float64(high), 64) + float64(low)
	return sum/float64(people)/float64(total) - 1
}
