package cli

import (
	"math"

	"nabar/internal/i18n"
	"nabar/model"
)

// robustJSON tells whether a ranking stands.
type robustJSON struct {
	Trials []trialJSON  `json:"trials"`
	Places []steadyJSON `json:"places"`
}

// trialJSON is how the order of a trial agrees with the usual one; tau is null where one of them is all ties.
type trialJSON struct {
	ID     string   `json:"id"`
	Kind   string   `json:"kind,omitempty"` // "ages" or "areas" where one part of the people is varied
	Varied string   `json:"varied"`
	Places int      `json:"places"`
	Same   int      `json:"same"`
	Tau    *float64 `json:"tau"`
}

// steadyJSON is one facility in all trials: person-metres or person-seconds.
type steadyJSON struct {
	ID     string     `json:"id"`
	Rank   int        `json:"rank"`
	Ranks  [2]int     `json:"rank_band"`
	Extra  float64    `json:"extra"`
	Extras [2]float64 `json:"extra_band"`
	People [2]int     `json:"people_band"`
	Same   int        `json:"same"`
	Tried  int        `json:"tried"`
}

// robustToJSON turns trials into their JSON form; nil where none were asked for.
func (c *call) robustToJSON(r *model.Robustness) *robustJSON {
	if r == nil {
		return nil
	}
	out := &robustJSON{Trials: []trialJSON{}, Places: []steadyJSON{}}
	for _, t := range r.Trials {
		out.Trials = append(out.Trials, trialJSON{t.ID, t.Kind, c.printer.Text(t.Varied), t.Places, t.Same, number(t.Tau)})
	}
	for _, p := range r.Places {
		out.Places = append(out.Places, steadyJSON{
			p.ID, p.Rank,
			[2]int{p.RankMin, p.RankMax},
			*number(p.Extra),
			[2]float64{*number(p.ExtraMin), *number(p.ExtraMax)},
			[2]int{p.PeopleMin, p.PeopleMax},
			p.Same, p.Tried,
		})
	}
	return out
}

// ranks is a span of numbers, or the one number.
func ranks(from, to int) i18n.Message {
	if from == to {
		return i18n.M("more.rank_one", from)
	}
	return i18n.M("more.rank_span", from, to)
}

// sayRobust prints whether a ranking stands, for people to read.
func (c *call) sayRobust(r *model.Robustness) {
	if r == nil {
		return
	}
	c.say("prep.robust_head")
	for _, t := range r.Trials {
		switch {
		case t.Places == 0:
			c.say("prep.robust_none", t.Varied)
		case math.IsNaN(t.Tau):
			c.say("prep.robust_ties", t.Varied, t.Same, t.Places)
		default:
			c.say("prep.robust_trial", t.Varied, t.Same, t.Places, i18n.Plain(c.printer.Float(t.Tau, 2)))
		}
	}
	i := r.Query.Impedance
	for _, p := range r.Places {
		c.say("prep.robust_place", p.Rank, p.Name, personCost(i, p.ExtraMin), personCost(i, p.ExtraMax), p.Same, p.Tried, ranks(p.RankMin, p.RankMax))
	}
}
