package support

import (
	"math"

	rules "nabar/model/support"
)

// truth is the logic of what may be unknown: alternatives take the greatest, demands the least.
type truth int

const (
	no truth = iota
	maybe
	yes
)

// truthOf is what an answer counts as.
func truthOf(a rules.Answer) truth {
	switch a {
	case rules.Met:
		return yes
	case rules.Unmet:
		return no
	}
	return maybe
}

// span is what is known of a value: it lies between low and high, which are the same where it is known.
type span struct{ low, high float64 }

// check tries one condition.
func (a *assessing) check(c *rules.Condition, f int, place *rules.Place, w way) rules.Check {
	out := rules.Check{Condition: c.ID, Answer: rules.Unknown}
	if said, ok := a.facts.Of(place.ID, c.Fact); ok && c.Fact != rules.NextDistance {
		out.Entered, out.Source, out.Dated = true, said.Source, said.Date
		a.answer(&out, c, span{said.Value, said.Value})
		return out
	}
	if v, ok := a.computed(c.Fact, f, place, w); ok {
		a.answer(&out, c, v)
	}
	return out
}

// computed is what the program knows of a fact. ok is false where it knows nothing.
func (a *assessing) computed(fact string, f int, place *rules.Place, w way) (v span, ok bool) {
	same := func(v float64) (span, bool) { return span{v, v}, true }
	switch fact {
	case rules.NextDistance:
		return distance(place, w)
	case rules.Island:
		island, _, joined := a.shores.Island(f)
		if !joined || place.Far && !island {
			return span{}, false
		}
		return same(number(island))
	case rules.HasFullRange:
		if full, known := a.fullRange(f); known {
			return same(number(full))
		}
	case rules.OtherServices:
		return same(float64(len(place.Others)))
	}
	return span{}, false
}

// distance is how far the next place lies. Where a nearer shop's range is not told, the way may be as short as to that;
// where no sure place can be reached, it may be any longer.
func distance(place *rules.Place, w way) (span, bool) {
	switch {
	case !place.Joined || w.next == nil && w.perhaps == nil:
		return span{}, false
	case w.perhaps == nil:
		return span{w.next.Metres, w.next.Metres}, true
	case w.next == nil:
		return span{w.perhaps.Metres, math.Inf(1)}, true
	}
	return span{w.perhaps.Metres, w.next.Metres}, true
}

// number is 1 for yes.
func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// answer tries a value by a condition: by its letter, then by the margin.
func (a *assessing) answer(out *rules.Check, c *rules.Condition, v span) {
	if v.high < math.Inf(1) {
		out.Value = &v.high
	}
	if v.low < v.high {
		out.Low = &v.low
	}
	low, high := holds(c, v.low), holds(c, v.high)
	if low != high {
		return // unknown
	}
	out.Holds = &low
	out.Answer = rules.Unmet
	if low {
		out.Answer = rules.Met
	}
	if from, to, some := a.grey(c); some && v.low <= to && v.high >= from && !(low && c.GreyTo > 0) {
		out.Answer = rules.Near
	}
}

// grey is where a value is too near the threshold to decide, both ends inclusive. What the rule itself leaves to the
// authority is so only where the condition is not met; the margin lies on both sides of the value.
func (a *assessing) grey(c *rules.Condition) (from, to float64, some bool) {
	t, _ := rules.FindFact(c.Fact)
	switch {
	case c.GreyTo > 0:
		return c.GreyFrom, c.GreyTo, true
	case t.Exact || t.Unit == rules.Truth || a.set.Margin == 0:
		return 0, 0, false
	}
	return hundredths(c.Value * (1 - a.set.Margin)), hundredths(c.Value * (1 + a.set.Margin)), true
}

// hundredths rounds to what costs are held to, so that 10 % of 10 km is 1 km and no hair less.
func hundredths(v float64) float64 { return math.Round(v*100) / 100 }

// holds tells whether a value meets a condition to the letter.
func holds(c *rules.Condition, v float64) bool {
	switch c.Op {
	case rules.Over:
		return v > c.Value
	case rules.AtLeast:
		return v >= c.Value
	case rules.Under:
		return v < c.Value
	case rules.AtMost:
		return v <= c.Value
	}
	return v != 0
}
