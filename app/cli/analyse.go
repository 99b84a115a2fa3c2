package cli

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
)

// analyseCommand computes the figures of one service type.
func analyseCommand() command {
	var q queryFlags
	var more figureFlags
	var cells string
	var every bool
	return command{
		name: "analyse", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			q.addPipos(c)
			more.add(c)
			c.flags.StringVar(&cells, "cells", "", "")
			c.flags.BoolVar(&every, "all", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			if every {
				return c.analyseAll(ctx, &q, &more, cells)
			}
			query, err := q.query()
			if err != nil {
				return err
			}
			if err := more.check(); err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			figures, err := more.figures(ctx, c, query)
			if err != nil {
				return err
			}
			result, err := c.session.Compute(ctx, query, c.progress())
			if err != nil {
				return err
			}
			if cells != "" {
				if err := writeCells(cells, result); err != nil {
					return err
				}
			}
			otherwise, err := c.session.ServedOtherwise(ctx, result)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(struct {
					resultJSON
					otherwiseJSON
					figuresJSON
				}{toJSON(result), otherwiseToJSON(otherwise), more.toJSON(c, figures)})
			}
			c.sayResult(ctx, result)
			c.sayOtherwise(otherwise, result.Query.Impedance)
			more.say(ctx, c, figures)
			return nil
		},
	}
}

// queryFlags are the flags that make a query.
type queryFlags struct {
	service, impedance, bands, scenario string
	pipos                               bool
	way                                 wayFlags
}

// add makes the flags known to a call.
func (q *queryFlags) add(c *call) {
	c.flags.StringVar(&q.service, "service", "", "")
	c.flags.StringVar(&q.impedance, "impedance", string(model.Distance), "")
	c.flags.StringVar(&q.bands, "bands", "", "")
	q.way.add(c)
}

// addScenario makes the flag known that names a scenario.
func (q *queryFlags) addScenario(c *call) { c.flags.StringVar(&q.scenario, "scenario", "", "") }

// addPipos makes the flag known that asks for Pipos' rules.
func (q *queryFlags) addPipos(c *call) { c.flags.BoolVar(&q.pipos, "pipos", false, "") }

// query reads the flags.
func (q *queryFlags) query() (model.Query, error) {
	if q.service == "" {
		return model.Query{}, usage("cli.service_missing")
	}
	return q.anyService()
}

// anyService reads the flags of a call that may be about no service type or all of them.
func (q *queryFlags) anyService() (model.Query, error) {
	out := model.Query{
		Service: strings.ToLower(q.service), Impedance: model.Impedance(q.impedance), Scenario: q.scenario, Pipos: q.pipos,
	}
	if err := q.way.check(); err != nil {
		return model.Query{}, err
	}
	out.Profile, out.Date, out.Demand = q.way.profile, q.way.date, q.way.demand
	if out.Impedance != model.Distance && out.Impedance != model.Time {
		return model.Query{}, usage("cli.impedance_wrong", q.impedance)
	}
	if q.bands == "" {
		return out, nil
	}
	for _, text := range strings.Split(q.bands, ",") {
		to, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || to <= 0 || math.IsInf(to, 0) || math.IsNaN(to) {
			return model.Query{}, usage("cli.bands_wrong", text)
		}
		out.Bands = append(out.Bands, to)
	}
	return out, nil
}

// resultJSON is a result as scripts read it: metres or seconds; null where nobody is reached.
type resultJSON struct {
	Service   string `json:"service"`
	Impedance string `json:"impedance"`
	Scenario  string `json:"scenario,omitempty"` // left out for the project as it is
	Rules     string `json:"rules,omitempty"`    // "pipos"; left out for the program's own
	wayJSON
	Facilities int      `json:"facilities"`
	People     int      `json:"people"`
	Reached    int      `json:"reached"`
	Unreached  int      `json:"unreached"`
	Mean       *float64 `json:"mean"`
	Median     *float64 `json:"median"`
	P90        *float64 `json:"p90"`
	Max        *float64 `json:"max"`
	Second     struct {
		Mean *float64 `json:"mean"`
	} `json:"second"`
	Bands          []bandJSON     `json:"bands"`
	InBands        []bandPartJSON `json:"in_bands"` // each by itself, and beyond the last
	UnreachedShare *float64       `json:"unreached_share"`
	Timings        struct {
		Load   float64 `json:"load"`
		Build  float64 `json:"build"`
		Snap   float64 `json:"snap"`
		Search float64 `json:"search"`
		Total  float64 `json:"total"`
	} `json:"timings_ms"`
}

// bandJSON counts the people at or under To.
type bandJSON struct {
	To     float64 `json:"to"`
	People int     `json:"people"`
}

// toJSON turns a result into its JSON form.
func toJSON(r *model.Result) resultJSON {
	out := resultJSON{
		Service: r.Query.Service, Impedance: string(r.Query.Impedance), Scenario: r.Query.Scenario,
		wayJSON: wayToJSON(r.Query), Rules: r.Params.Rules.String(), Facilities: r.Facilities,
		People: r.People, Reached: r.Reached, Unreached: r.Unreached,
		Mean: number(r.Mean), Median: number(r.Median), P90: number(r.P90), Max: number(r.Max),
		Bands: []bandJSON{},
	}
	out.Second.Mean = number(r.SecondMean)
	for _, b := range r.Bands {
		out.Bands = append(out.Bands, bandJSON{b.To, b.People})
	}
	out.InBands, out.UnreachedShare = bandParts(r.Bands, r.Reached, r.People)
	t := r.Timings
	out.Timings.Load, out.Timings.Build, out.Timings.Snap = t.Load, t.Build, t.Snap
	out.Timings.Search, out.Timings.Total = t.Search, t.Total
	return out
}

// number is a figure held to the hundredth (a centimetre), nil where there is none.
func number(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	v = math.Round(v*100) / 100
	return &v
}

// sayResult prints a result for people to read.
func (c *call) sayResult(ctx context.Context, r *model.Result) {
	cost := costIn(r.Query.Impedance)
	if r.Query.Scenario != "" {
		c.say("cli.result_scenario", r.Query.Scenario)
	}
	c.sayWay(ctx, r.Query)
	c.say("cli.result_head", c.session.ServiceLabel(ctx, r.Query.Service), i18n.M("impedance."+string(r.Query.Impedance)), r.Facilities)
	c.sayRules(r.Params.Rules)
	c.say("cli.result_people", r.People, r.Reached, r.Unreached)
	c.say("cli.result_figures", cost(r.Mean), cost(r.Median), cost(r.P90), cost(r.Max), cost(r.SecondMean))
	c.sayBands(r.Bands, r.Query.Impedance, r.Reached, r.People)
}

// costIn gives the unit of an impedance.
func costIn(i model.Impedance) func(float64) any {
	if i == model.Time {
		return func(v float64) any { return i18n.Seconds(v) }
	}
	return func(v float64) any { return i18n.Metres(v) }
}

// writeCells writes the squares of a result as CSV: comma, point, UTF-8; empty where unreachable.
func writeCells(path string, r *model.Result) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		table := csv.NewWriter(w)
		rows := [][]string{{"cell", "people", "nearest", "cost", "second", "second_cost"}}
		for _, c := range r.Cells {
			rows = append(rows, []string{c.Cell, strconv.Itoa(c.People), c.Nearest, costText(c.Cost), c.Second, costText(c.SecondCost)})
		}
		return table.WriteAll(rows)
	})
}

// costText writes a cost with all that it is held to: centimetres or milliseconds.
func costText(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64)
}
