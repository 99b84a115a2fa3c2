package cli

import (
	"context"
	"errors"
	"math"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// reachFlags are the flags of reach.
type reachFlags struct {
	query           queryFlags
	facilities      []string
	split, together bool
	rings           bool
	buffer          float64
	out, layer      string
}

// reachCommand draws the areas from where a service is reached.
func reachCommand() command {
	var f reachFlags
	return command{
		name: "reach", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&f.query.service, "service", "", "")
			c.flags.StringVar(&f.query.impedance, "impedance", string(model.Distance), "")
			c.flags.StringVar(&f.query.bands, "limits", "", "")
			f.query.way.add(c)
			f.query.addScenario(c)
			f.query.addPipos(c)
			c.flags.Func("facility", "", func(id string) error {
				f.facilities = append(f.facilities, id)
				return nil
			})
			c.flags.BoolVar(&f.split, "split", false, "")
			c.flags.BoolVar(&f.together, "together", false, "")
			c.flags.BoolVar(&f.rings, "rings", false, "")
			c.flags.Float64Var(&f.buffer, "buffer", session.ReachBuffer, "")
			c.flags.StringVar(&f.out, "out", "", "")
			c.flags.StringVar(&f.layer, "layer", "", "")
		},
		run: func(ctx context.Context, c *call) error { return f.run(ctx, c) },
	}
}

// asked reads the flags.
func (f *reachFlags) asked() (session.ReachQuery, error) {
	q, err := f.query.query()
	switch {
	case errors.Is(err, i18n.Errorf("cli.bands_wrong")): // the flag has another name here
		return session.ReachQuery{}, usage("cli.limits_wrong", f.query.bands)
	case err != nil:
		return session.ReachQuery{}, err
	}
	out := session.ReachQuery{Query: q, Facilities: f.facilities, Sharing: session.ReachEach, Rings: f.rings, Buffer: f.buffer}
	switch {
	case f.split && f.together:
		return out, usage("cli.reach_sharing_wrong")
	case f.split:
		out.Sharing = session.ReachSplit
	case f.together:
		out.Sharing = session.ReachAll
	}
	if !(f.buffer >= session.ReachLeastBuffer && f.buffer <= session.ReachMostBuffer) {
		return out, usage("reach.buffer_wrong", i18n.Metres(session.ReachLeastBuffer), i18n.Metres(session.ReachMostBuffer))
	}
	return out, nil
}

// run draws, keeps and writes the areas, and tells of them.
func (f *reachFlags) run(ctx context.Context, c *call) error {
	q, err := f.asked()
	if err != nil {
		return err
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	r, err := c.session.Reach(ctx, q, c.progress())
	if err != nil {
		return err
	}
	if f.out != "" {
		remarks, err := c.session.ExportReach(ctx, r, f.out)
		if err != nil {
			return err
		}
		for _, m := range remarks {
			c.note(m)
		}
	}
	kept := ""
	if f.layer != "" {
		if kept, err = c.session.SaveReach(ctx, r, f.layer); err != nil {
			return err
		}
	}
	if c.json {
		return c.answer(reachToJSON(r, kept))
	}
	c.sayReach(ctx, r, kept)
	return nil
}

// reachAreaJSON is an area as scripts read it: metres or seconds.
type reachAreaJSON struct {
	Facility *string `json:"facility"` // null for one area of all
	Name     string  `json:"name"`
	Limit    float64 `json:"limit"`
	People   int     `json:"people"`
	Women    *int    `json:"women"` // null where the squares don't tell
	Men      *int    `json:"men"`
	RoadKM   float64 `json:"road_km"`
	AreaKM2  float64 `json:"area_km2"`
}

// reachCrossingJSON is a spot that an area can't tell apart: SWEREF 99 TM.
type reachCrossingJSON struct {
	E      float64 `json:"e"`
	N      float64 `json:"n"`
	Length float64 `json:"length_m"`
}

// reachJSON is the answer of reach.
type reachJSON struct {
	Service   string              `json:"service"`
	Impedance string              `json:"impedance"`
	Scenario  string              `json:"scenario,omitempty"`
	Sharing   string              `json:"sharing"` // "each", "split" or "all"
	Rings     bool                `json:"rings"`
	Buffer    float64             `json:"buffer_m"`
	Limits    []float64           `json:"limits"`
	Areas     []reachAreaJSON     `json:"areas"`
	Crossings []reachCrossingJSON `json:"crossings"`
	Layer     *string             `json:"layer"` // null where none was asked for
	Timings   struct {
		Load   float64 `json:"load"`
		Search float64 `json:"search"`
		Total  float64 `json:"total"`
	} `json:"timings_ms"`
}

// reachToJSON turns an answer into its JSON form.
func reachToJSON(r *session.Reached, kept string) reachJSON {
	q := &r.Query
	out := reachJSON{
		Service: q.Service, Impedance: string(q.Impedance), Scenario: q.Scenario, Sharing: string(q.Sharing), Rings: q.Rings, Buffer: q.Buffer,
		Limits: q.Bands, Areas: []reachAreaJSON{}, Crossings: []reachCrossingJSON{},
	}
	told := func(n int) *int {
		if n < 0 {
			return nil
		}
		return &n
	}
	for _, a := range r.Areas {
		one := reachAreaJSON{
			Name: a.Name, Limit: a.Limit, People: a.People, Women: told(a.Women), Men: told(a.Men), RoadKM: *number(a.RoadKM), AreaKM2: *number(a.AreaKM2),
		}
		if a.Facility != "" {
			one.Facility = &a.Facility
		}
		out.Areas = append(out.Areas, one)
	}
	for _, x := range r.Crossings {
		out.Crossings = append(out.Crossings, reachCrossingJSON{*number(x.At[0]), *number(x.At[1]), *number(x.Length)})
	}
	if kept != "" {
		out.Layer = &kept
	}
	out.Timings.Load, out.Timings.Search, out.Timings.Total = r.Timings.Load, r.Timings.Search, r.Timings.Total
	return out
}

// sayReach prints an answer for people to read.
func (c *call) sayReach(ctx context.Context, r *session.Reached, kept string) {
	cost := costIn(r.Query.Impedance)
	c.say("cli.reach_head", c.session.ServiceLabel(ctx, r.Query.Service), i18n.M("reach.by."+string(r.Query.Impedance)))
	for _, a := range r.Areas {
		var name any = a.Name
		if a.Facility == "" {
			name = i18n.M("reach.all_places")
		}
		c.say("cli.reach_row", name, cost(a.Limit), a.People, i18n.Metres(a.RoadKM*1000), i18n.Plain(c.printer.Float(a.AreaKM2, 1)))
	}
	if len(r.Areas) == 0 {
		c.say("reach.nothing")
	}
	if n := len(r.Crossings); n > 0 {
		c.say("reach.crossings", n)
	}
	if kept != "" {
		c.say("cli.reach_kept", kept)
	}
}

// catchmentCommand tells whom each service place serves.
func catchmentCommand() command {
	var q queryFlags
	var by, cells string
	var within float64
	return command{
		name: "catchment", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			q.addPipos(c)
			c.flags.StringVar(&by, "by", "", "")
			c.flags.Float64Var(&within, "within", 0, "")
			c.flags.StringVar(&cells, "cells", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			query, err := q.query()
			if err != nil {
				return err
			}
			if !(within >= 0) || math.IsInf(within, 0) {
				return usage("cli.within_wrong", i18n.Plain(c.flags.Lookup("within").Value.String()))
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			r, err := c.session.Catchments(ctx, query, words(by), within, c.progress())
			if err != nil {
				return err
			}
			if cells != "" {
				if err := writeCatchmentCells(cells, r); err != nil {
					return err
				}
			}
			if c.json {
				return c.answer(c.catchmentsToJSON(r))
			}
			c.sayCatchments(ctx, r)
			return nil
		},
	}
}
