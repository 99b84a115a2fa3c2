package cli

import (
	"context"
	"math"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// tourFlags are the flags of tour.
type tourFlags struct {
	query session.TourQuery
	keep  string
}

// tourCommand finds round trips for a mobile shop or deliveries.
func tourCommand() command {
	var q queryFlags
	var f tourFlags
	return command{
		name: "tour", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			c.flags.StringVar(&f.query.From, "from", "", "")
			c.flags.StringVar(&f.query.Stops, "stops", "", "")
			c.flags.StringVar(&f.keep, "keep", "", "")
			c.flags.Float64Var(&f.query.Beyond, "beyond", 0, "")
			c.flags.Float64Var(&f.query.Longest, "longest", 0, "")
			c.flags.Int64Var(&f.query.Capacity, "capacity", 0, "")
		},
		run: func(ctx context.Context, c *call) error { return c.tour(ctx, &q, &f) },
	}
}

// tour answers a call.
func (c *call) tour(ctx context.Context, q *queryFlags, f *tourFlags) error {
	if f.query.From == "" {
		return usage("tour.from_missing")
	}
	if (f.query.Stops == "") == (f.query.Beyond == 0) || f.query.Beyond < 0 || f.query.Longest < 0 || f.query.Capacity < 0 {
		return usage("tour.stops_missing")
	}
	named := *q
	if named.service == "" && f.query.Stops != "" {
		named.service = "-" // the stops are listed: no service counts
	}
	base, err := named.query()
	if err != nil {
		return err
	}
	if base.Service == "-" {
		base.Service = ""
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	r, err := c.session.Tour(ctx, base, f.query, c.progress())
	if err != nil {
		return err
	}
	layer := ""
	if f.keep != "" {
		if layer, err = c.session.SaveTour(ctx, r, f.keep); err != nil {
			return err
		}
	}
	if c.json {
		return c.answer(tourToJSON(r, layer))
	}
	c.sayTour(r)
	if layer != "" {
		c.say("supply.kept", layer)
	}
	return nil
}

// stopJSON is a stop: SWEREF 99 TM.
type stopJSON struct {
	Name string  `json:"name"`
	E    float64 `json:"e"`
	N    float64 `json:"n"`
	Load int64   `json:"load"`
}

// tripJSON is a round; its cost is in metres or seconds.
type tripJSON struct {
	Stops []stopJSON `json:"stops"`
	Cost  float64    `json:"cost"`
	Load  int64      `json:"load"`
}

// tourJSON is the answer.
type tourJSON struct {
	Impedance string     `json:"impedance"`
	Trips     []tripJSON `json:"trips"`
	Stops     int        `json:"stops"`
	Cost      float64    `json:"cost"`
	Bound     float64    `json:"bound"`
	Gap       float64    `json:"gap"`
	Optimal   bool       `json:"optimal"`
	LeftOut   []stopJSON `json:"left_out"`
	Layer     string     `json:"layer,omitempty"`
}

// tourToJSON is an answer as scripts read it.
func tourToJSON(r *session.TourResult, layer string) tourJSON {
	stops := func(all []session.TourStop) []stopJSON {
		out := []stopJSON{}
		for _, s := range all {
			out = append(out, stopJSON{s.Name, math.Round(s.At[0]*1000) / 1000, math.Round(s.At[1]*1000) / 1000, s.Load})
		}
		return out
	}
	out := tourJSON{
		Impedance: string(r.Impedance), Trips: []tripJSON{}, Stops: r.Stations, Cost: r.Cost, Bound: r.Bound, Gap: r.Gap,
		Optimal: r.Optimal, LeftOut: stops(r.LeftOut), Layer: layer,
	}
	for _, t := range r.Trips {
		out.Trips = append(out.Trips, tripJSON{stops(t.Stops), t.Cost, t.Load})
	}
	return out
}

// sayTour prints rounds for people to read.
func (c *call) sayTour(r *session.TourResult) {
	cost := costIn(r.Impedance)
	c.say("tour.head", r.Start.Name, r.Stations, len(r.Trips), cost(r.Cost))
	for i, t := range r.Trips {
		c.say("tour.trip", i+1, cost(t.Cost), len(t.Stops), t.Load)
		for k, s := range t.Stops {
			c.say("tour.stop", k+1, s.Name)
		}
	}
	if len(r.LeftOut) > 0 {
		c.say("tour.left_out", len(r.LeftOut))
		for _, s := range r.LeftOut {
			c.say("tour.left", s.Name)
		}
	}
	if r.Optimal {
		c.say("tour.optimal")
	} else {
		c.say("tour.gap", i18n.Share(math.Ceil(r.Gap*1000)/1000))
	}
}
