package cli

import (
	"context"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// tradeoffFlags are the flags of locate that set objectives side by side.
type tradeoffFlags struct {
	kinds, chart, measure, frontChart string
	most, steps                       int
}

// add makes the flags known to a call.
func (f *tradeoffFlags) add(c *call) {
	c.flags.StringVar(&f.kinds, "kinds", "", "")
	c.flags.StringVar(&f.chart, "chart", "", "")
	c.flags.StringVar(&f.measure, "chart-of", string(session.TradeoffMean), "")
	c.flags.StringVar(&f.frontChart, "front-chart", "", "")
	c.flags.IntVar(&f.most, "most", 0, "")
	c.flags.IntVar(&f.steps, "front", 0, "")
}

// choiceJSON is one choice among several.
type choiceJSON struct {
	Objective string      `json:"objective,omitempty"` // "" as it is
	New       int         `json:"new"`
	Chosen    []siteJSON  `json:"chosen"`
	Given     []placeJSON `json:"given_up,omitempty"`
	Value     float64     `json:"value"`
	Bound     float64     `json:"bound"`
	Gap       float64     `json:"gap"`
	Optimal   bool        `json:"optimal"`
	Mean      *float64    `json:"mean"`
	Farthest  float64     `json:"farthest"`
	Covered   int         `json:"covered,omitempty"`
	Unreached int         `json:"unreached"`
}

// tradeoffJSON is the answer.
type tradeoffJSON struct {
	Service string       `json:"service"`
	Within  float64      `json:"within,omitempty"`
	People  int          `json:"people"`
	Curves  []choiceJSON `json:"curves"`
	Front   []choiceJSON `json:"front"`
	Saved   []string     `json:"saved,omitempty"`
}

// tradeoffs answers what several objectives cost in each other.
func (c *call) tradeoffs(ctx context.Context, f *locateFlags) error {
	if err := c.open(ctx); err != nil {
		return err
	}
	q := session.TradeoffQuery{Most: max(f.trade.most, f.count), Steps: f.trade.steps}
	for _, kind := range listed(f.trade.kinds) {
		if kind != session.AllPlaces {
			q.Kinds = append(q.Kinds, session.LocateObjective(kind))
		}
	}
	var err error
	if q.Query, err = f.query(ctx, c); err != nil {
		return err
	}
	t, err := c.session.Tradeoffs(ctx, q, c.progress())
	if err != nil {
		return err
	}
	if f.trade.chart != "" {
		if err := c.session.WriteTradeoffChart(f.trade.chart, t, session.TradeoffMeasure(f.trade.measure)); err != nil {
			return err
		}
	}
	if f.trade.frontChart != "" {
		if err := c.session.WriteTradeoffChart(f.trade.frontChart, t, ""); err != nil {
			return err
		}
	}
	var saved []string
	if f.sites.save != "" {
		all, err := c.session.SaveTradeoffs(ctx, t, f.sites.save)
		if err != nil {
			return err
		}
		for _, sc := range all {
			saved = append(saved, sc.Name)
		}
	}
	return c.answerTradeoffs(ctx, t, saved)
}

// answerTradeoffs prints the answer.
func (c *call) answerTradeoffs(ctx context.Context, t *session.Tradeoffs, saved []string) error {
	if c.json {
		return c.answer(tradeoffJSON{t.Service, t.Within, t.Curves[0].People, choicesJSON(t.Curves), choicesJSON(t.Front), saved})
	}
	c.say("siting.tradeoff_head", c.session.ServiceLabel(ctx, t.Service), t.Most)
	for i := range t.Curves {
		c.sayChoice(&t.Curves[i])
	}
	if len(t.Front) > 0 {
		c.say("siting.front_head", t.New)
		for i := range t.Front {
			c.sayChoice(&t.Front[i])
		}
	}
	for _, name := range saved {
		c.say("siting.saved", name)
	}
	return nil
}

// sayChoice prints one choice on a line.
func (c *call) sayChoice(r *session.LocateResult) {
	cost := costIn(r.Impedance)
	name := i18n.M("siting.today")
	if r.Objective != "" {
		name = i18n.M("siting.kind." + string(r.Objective))
	}
	proof := i18n.M("siting.proven")
	if !r.Optimal {
		proof = i18n.M("siting.gap", i18n.Share(r.Gap))
	}
	if r.Objective == "" {
		proof = i18n.Plain("")
	}
	if r.Within > 0 {
		c.say("siting.choice_within", r.New, name, cost(r.Mean), cost(r.Farthest), r.Covered, cost(r.Within), proof)
		return
	}
	c.say("siting.choice", r.New, name, cost(r.Mean), cost(r.Farthest), proof)
}

// choicesJSON are choices as scripts read them.
func choicesJSON(all []session.LocateResult) []choiceJSON {
	out := []choiceJSON{}
	for i := range all {
		r := &all[i]
		out = append(out, choiceJSON{
			Objective: string(r.Objective), New: r.New, Chosen: sitesJSON(r.Sites), Given: placesJSON(r.Given), Value: r.Value, Bound: r.Bound,
			Gap: r.Gap, Optimal: r.Optimal && r.Objective != "", Mean: number(r.Mean), Farthest: r.Farthest, Covered: r.Covered, Unreached: r.People - r.Reached,
		})
	}
	return out
}
