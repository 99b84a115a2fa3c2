package cli

import (
	"context"
	"math"
	"slices"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// locateFlags are the flags of locate.
type locateFlags struct {
	service, impedance, objective, graph string
	count                                int
	within                               float64
	sites                                siteFlags
	trade                                tradeoffFlags
	way                                  wayFlags
}

// locateCommand finds where to put new places, in a project or on a graph.
func locateCommand() command {
	var f locateFlags
	return command{
		name: "locate", args: []string{"P.gpkg?"},
		flags: func(c *call) {
			c.flags.StringVar(&f.service, "service", "", "")
			c.flags.StringVar(&f.impedance, "impedance", string(model.Distance), "")
			c.flags.StringVar(&f.objective, "objective", string(session.PMedian), "")
			c.flags.StringVar(&f.graph, "graph", "", "")
			c.flags.IntVar(&f.count, "new", 1, "")
			c.flags.Float64Var(&f.within, "within", 0, "")
			f.sites.add(c)
			f.trade.add(c)
			f.way.add(c)
		},
		run: func(ctx context.Context, c *call) error {
			if err := f.check(c); err != nil {
				return err
			}
			if f.graph != "" {
				return c.locateOnGraph(ctx, f)
			}
			if f.trade.kinds != "" {
				return c.tradeoffs(ctx, &f)
			}
			return c.locate(ctx, f)
		},
	}
}

// check finds faults of the call.
func (f *locateFlags) check(c *call) error {
	objective := session.LocateObjective(f.objective)
	if err := f.way.check(); err != nil {
		return err
	}
	switch {
	case f.graph == "" && len(c.args) == 0:
		return usage("cli.argument_missing", "P.gpkg", i18n.M("cli.usage_locate"))
	case f.graph != "" && len(c.args) > 0:
		return usage("cli.argument_extra", c.args[0], i18n.M("cli.usage_locate"))
	case f.graph == "" && f.service == "":
		return usage("cli.service_missing")
	case f.impedance != string(model.Distance) && f.impedance != string(model.Time):
		return usage("cli.impedance_wrong", f.impedance)
	case !slices.Contains(session.LocateObjectives(), objective):
		return usage("locate.objective_unknown", f.objective)
	case f.count < 0 || f.count == 0 && objective != session.Fewest && f.sites.movable == "":
		return usage("locate.new_wrong")
	case (objective == session.Coverage || objective == session.Fewest) && !(f.within > 0 && f.within < math.MaxInt32/1000):
		return usage("locate.within_wrong")
	}
	return nil
}

// siteJSON is a new place: SWEREF 99 TM, the name of a listed position, and who have it nearest.
type siteJSON struct {
	E      float64 `json:"e"`
	N      float64 `json:"n"`
	Name   string  `json:"name,omitempty"`
	People int     `json:"people"`
}

// vertexJSON is a chosen vertex.
type vertexJSON struct {
	Node int `json:"node"`
}

// locateJSON is the answer for a project. Value, Before and Bound are person-metres or person-seconds (p-median), people
// (coverage), metres or seconds (p-center) or places (least).
type locateJSON struct {
	Objective string `json:"objective"`
	Service   string `json:"service"`
	Impedance string `json:"impedance"`
	wayJSON
	Chosen     []siteJSON `json:"chosen"`
	Value      float64    `json:"value"`
	Before     float64    `json:"before"`
	Bound      float64    `json:"bound"`
	Gap        float64    `json:"gap"`
	Optimal    bool       `json:"optimal"`
	People     int        `json:"people"`
	Unreached  int        `json:"unreached"`
	Mean       *float64   `json:"mean"`
	MeanBefore *float64   `json:"mean_before"`
	Candidates int        `json:"candidates"`

	Farthest       float64           `json:"farthest"`
	FarthestBefore float64           `json:"farthest_before"`
	Group          string            `json:"group,omitempty"`
	Kept           []placeJSON       `json:"kept,omitempty"`
	Given          []placeJSON       `json:"given_up,omitempty"`
	Unjoined       []string          `json:"unjoined,omitempty"`
	Loads          []loadJSON        `json:"capacities,omitempty"`
	Saved          string            `json:"saved,omitempty"`
	Robust         *steadyRobustJSON `json:"robust,omitempty"`

	Timings struct {
		Load   float64 `json:"load"`
		Build  float64 `json:"build"`
		Costs  float64 `json:"costs"`
		Search float64 `json:"search"`
		Total  float64 `json:"total"`
	} `json:"timings_ms"`
}

// graphJSON is the answer for a graph, in the file's unit.
type graphJSON struct {
	Objective string       `json:"objective"`
	Chosen    []vertexJSON `json:"chosen"`
	Value     int64        `json:"value"`
	Bound     int64        `json:"bound"`
	Gap       float64      `json:"gap"`
	Optimal   bool         `json:"optimal"`
	Unreached int64        `json:"unreached"`
	Timings   struct {
		Costs  float64 `json:"costs"`
		Search float64 `json:"search"`
		Total  float64 `json:"total"`
	} `json:"timings_ms"`
}

// locate answers for a project.
func (c *call) locate(ctx context.Context, f locateFlags) error {
	if err := c.open(ctx); err != nil {
		return err
	}
	q, err := f.query(ctx, c)
	if err != nil {
		return err
	}
	r, err := c.session.Locate(ctx, q, c.progress())
	if err != nil {
		return err
	}
	saved, err := c.saveLocated(ctx, &r.LocateResult, f.sites.save)
	if err != nil {
		return err
	}
	if f.sites.layer != "" {
		if _, err := c.session.KeepSites(ctx, &r.LocateResult, f.sites.layer); err != nil {
			return err
		}
	}
	var steady *session.LocateSteady
	if f.sites.robust {
		if steady, err = c.session.RobustSites(ctx, &r.LocateResult, c.progress()); err != nil {
			return err
		}
	}
	if !c.json {
		c.sayLocated(r)
		c.saySteady(r, steady)
		if saved != "" {
			c.say("siting.saved", saved)
		}
		return nil
	}
	out := locateJSON{
		Objective: f.objective, Service: r.Service, Impedance: f.impedance, wayJSON: wayJSON{r.Profile, r.Date, r.Demand},
		Value: r.Value, Before: r.Before, Bound: r.Bound, Gap: r.Gap, Optimal: r.Optimal, People: r.People,
		Unreached: r.People - r.Reached, Mean: number(r.Mean), MeanBefore: number(r.MeanBefore), Candidates: r.Candidates,
		Farthest: r.Farthest, FarthestBefore: r.FarthestBefore, Group: r.Group, Unjoined: r.Unjoined, Saved: saved,
		Chosen: sitesJSON(r.Sites), Kept: placesJSON(r.Kept), Given: placesJSON(r.Given), Loads: loadsJSON(r.Loads),
	}
	out.Robust = c.steadyToJSON(steady)
	t := r.Timings
	out.Timings.Load, out.Timings.Build, out.Timings.Costs = t.Load, t.Build, r.Costs
	out.Timings.Search, out.Timings.Total = t.Search, t.Total
	return c.answer(out)
}

// sayLocated prints where, and how good it is, for people to read.
func (c *call) sayLocated(r *session.Located) {
	cost := costIn(r.Impedance)
	c.say("cli.locate_head", c.session.ServiceLabel(context.Background(), r.Service), len(r.Sites), i18n.M("locate.objective."+string(r.Objective)))
	for i, s := range r.Sites {
		c.say("cli.locate_site", i+1, int(math.Round(s.At[1])), int(math.Round(s.At[0])))
		if s.Name != "" {
			c.say("siting.site_named", s.Name, s.People)
		} else {
			c.say("siting.site", s.People)
		}
	}
	c.sayPlaces(&r.LocateResult)
	switch r.Objective {
	case session.Coverage:
		c.say("cli.locate_coverage", cost(r.Within), int(r.Value), int(r.Before))
	case session.PCenter:
		c.say("cli.locate_center", cost(r.Value), cost(r.Before))
	case session.Fewest:
		c.say("siting.least", cost(r.Within), int(r.Value), r.Covered, r.CoveredBefore)
	}
	c.say("cli.locate_mean", cost(r.Mean), cost(r.MeanBefore))
	if r.Reached < r.People {
		c.say("cli.locate_unreached", r.People-r.Reached)
	}
	c.sayProof(r.Optimal, r.Gap)
}

// sayProof tells how good a choice is.
func (c *call) sayProof(optimal bool, gap float64) {
	if optimal {
		c.say("cli.locate_optimal")
		return
	}
	c.say("cli.locate_gap", i18n.Share(math.Ceil(gap*1000)/1000))
}

// locateOnGraph answers for a graph file.
func (c *call) locateOnGraph(ctx context.Context, f locateFlags) error {
	r, err := session.LocateOnGraph(ctx, f.graph, session.LocateObjective(f.objective), int32(f.within), c.progress())
	if err != nil {
		return err
	}
	s := &r.Choice
	if !c.json {
		c.say("cli.locate_graph", i18n.M("locate.objective."+f.objective), s.Value, s.Bound)
		for _, v := range r.Nodes {
			c.say("cli.locate_vertex", v)
		}
		c.sayProof(s.Optimal(), s.Gap())
		return nil
	}
	out := graphJSON{
		Objective: f.objective, Chosen: []vertexJSON{}, Value: s.Value, Bound: s.Bound, Gap: s.Gap(), Optimal: s.Optimal(),
		Unreached: s.Unreached,
	}
	for _, v := range r.Nodes {
		out.Chosen = append(out.Chosen, vertexJSON{v})
	}
	out.Timings.Costs, out.Timings.Search, out.Timings.Total = r.Costs, r.Search, r.Total
	return c.answer(out)
}
