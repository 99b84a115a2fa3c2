package cli

import (
	"math"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// steadyRobustJSON tells whether a choice of sites stands. Bands are the least and greatest figure, the usual among them.
type steadyRobustJSON struct {
	Trials   []siteTrialJSON  `json:"trials"`
	Sites    []steadySiteJSON `json:"sites"` // in the order of chosen
	Mean     [2]*float64      `json:"mean_band"`
	Farthest [2]*float64      `json:"farthest_band"`
	Covered  *[2]int          `json:"covered_band,omitempty"`
	LossMax  *float64         `json:"loss_max"`
}

// siteTrialJSON is one trial: what the chosen sites come to, what the best choice then would, and how much worse they are, as a
// share; null where that is not known.
type siteTrialJSON struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind,omitempty"`
	Varied string     `json:"varied"`
	Value  *float64   `json:"value"`
	Best   *float64   `json:"best"`
	Bound  *float64   `json:"bound"`
	Loss   *float64   `json:"loss"`
	Same   int        `json:"same"` // chosen sites that the best choice has too
	Mean   *float64   `json:"mean"`
	Chosen []siteJSON `json:"best_chosen"`
}

// steadySiteJSON is one site in all trials.
type steadySiteJSON struct {
	Same   int    `json:"same"`
	Tried  int    `json:"tried"`
	People [2]int `json:"people_band"`
}

// steadyToJSON turns trials into their JSON form; nil where none were asked for.
func (c *call) steadyToJSON(s *session.LocateSteady) *steadyRobustJSON {
	if s == nil {
		return nil
	}
	out := &steadyRobustJSON{
		Trials: []siteTrialJSON{}, Sites: []steadySiteJSON{}, Mean: [2]*float64{number(s.MeanMin), number(s.MeanMax)},
		Farthest: [2]*float64{number(s.FarthestMin), number(s.FarthestMax)}, LossMax: number(s.LossMax),
	}
	if s.CoveredMax > 0 {
		out.Covered = &[2]int{s.CoveredMin, s.CoveredMax}
	}
	for i := range s.Trials {
		t := &s.Trials[i]
		row := siteTrialJSON{
			ID: t.ID, Kind: t.Kind, Varied: c.printer.Text(t.Varied), Value: number(t.Value), Loss: number(t.Loss), Same: t.Same, Mean: number(t.Mean),
		}
		if t.Best != nil {
			row.Best, row.Bound, row.Chosen = number(t.Best.Value), number(t.Best.Bound), sitesJSON(t.Best.Sites)
		}
		out.Trials = append(out.Trials, row)
	}
	for _, site := range s.Sites {
		out.Sites = append(out.Sites, steadySiteJSON{site.Same, site.Tried, [2]int{site.PeopleMin, site.PeopleMax}})
	}
	return out
}

// saySteady prints whether a choice of sites stands, for people to read.
func (c *call) saySteady(r *session.Located, s *session.LocateSteady) {
	if s == nil {
		return
	}
	cost := costIn(r.Impedance)
	c.say("more.steady_head")
	c.say("more.steady_mean", cost(s.MeanMin), cost(s.MeanMax))
	if r.Within > 0 {
		c.say("more.steady_covered", cost(r.Within), s.CoveredMin, s.CoveredMax)
	}
	for k, site := range s.Sites {
		c.say("more.steady_site", k+1, site.Same, site.Tried, site.PeopleMin, site.PeopleMax)
	}
	for i := range s.Trials {
		t := &s.Trials[i]
		switch {
		case t.Best == nil:
			c.say("more.steady_none", t.Varied)
		case math.IsNaN(t.Loss):
			c.say("more.steady_same", t.Varied, t.Same, len(s.Sites))
		case t.Loss < 0.0005:
			c.say("more.steady_best", t.Varied, t.Same, len(s.Sites))
		default:
			c.say("more.steady_trial", t.Varied, t.Same, len(s.Sites), i18n.Plain(c.printer.Percent(t.Loss)))
		}
	}
}
