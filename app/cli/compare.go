package cli

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
)

// compareCommand tells who wins and who loses between two scenarios or more, any of which may be the baseline.
func compareCommand() command {
	var q queryFlags
	var cells string
	var inPlan bool
	var by []string
	return command{
		name: "compare", args: []string{"P.gpkg", "A", "B", "C..."},
		flags: func(c *call) {
			q.add(c)
			q.addPipos(c)
			c.flags.StringVar(&cells, "cells", "", "")
			c.flags.BoolVar(&inPlan, "in-plan", false, "")
			c.flags.Func("by", "", func(text string) error {
				by = append(by, text)
				return nil
			})
		},
		run: func(ctx context.Context, c *call) error {
			query, err := q.query()
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if inPlan {
				chosen := session.PlanScenarios{Names: slices.Clone(c.args[1:]), Service: query.Service, Impedance: query.Impedance}
				if err := c.session.SetPlanScenarios(ctx, chosen); err != nil {
					return err
				}
			}
			if len(c.args) > 3 {
				if cells != "" || by != nil {
					return usage("live.cells_two")
				}
				return c.contrast(ctx, query)
			}
			from, to := inState(query, c.args[1]), inState(query, c.args[2])
			comparison, err := c.session.Change(ctx, from, to, c.progress())
			if err != nil {
				return err
			}
			if cells != "" {
				if err := writeShifts(cells, comparison); err != nil {
					return err
				}
			}
			before, err := c.session.ServedOtherwise(ctx, comparison.A)
			if err != nil {
				return err
			}
			after, err := c.session.ServedOtherwise(ctx, comparison.B)
			if err != nil {
				return err
			}
			groups, _, err := c.session.ShiftGroups(ctx, comparison, by)
			if err != nil {
				return err
			}
			if c.json {
				out := c.comparisonToJSON(comparison)
				out.Groups = c.shiftsToJSON(groups)
				out.A.otherwiseJSON, out.B.otherwiseJSON = otherwiseToJSON(before), otherwiseToJSON(after)
				return c.answer(out)
			}
			c.sayComparison(ctx, comparison)
			c.sayOtherwise(after, query.Impedance)
			c.sayShifts(ctx, comparison, groups)
			return nil
		},
	}
}

// comparisonJSON is a comparison as scripts read it: metres or seconds; null where there is nobody.
type comparisonJSON struct {
	A      sideJSON `json:"a"`
	B      sideJSON `json:"b"`
	People int      `json:"people"`
	Worse  struct {
		People    int      `json:"people"`
		MeanExtra *float64 `json:"mean_extra"`
		MaxExtra  float64  `json:"max_extra"`
	} `json:"worse"`
	Better struct {
		People   int      `json:"people"`
		MeanLess *float64 `json:"mean_less"`
		MaxLess  float64  `json:"max_less"`
	} `json:"better"`
	Unchanged      peopleJSON      `json:"unchanged"`
	Added          peopleJSON      `json:"added_squares"` // that B alone has
	Gone           peopleJSON      `json:"gone_squares"`  // that A alone has; A's people
	NewlyUnreached peopleJSON      `json:"newly_unreached"`
	NewlyReached   peopleJSON      `json:"newly_reached"`
	Bands          []bandShiftJSON `json:"bands"`
	Cost           struct {
		PersonKm    *float64 `json:"person_km"`
		PersonHours *float64 `json:"person_hours"`
	} `json:"cost"`
	Groups  []shiftJSON `json:"groups,omitempty"` // everybody first
	Summary string      `json:"summary"`
}

// sideJSON is one side of a comparison.
type sideJSON struct {
	resultJSON
	otherwiseJSON
}

// peopleJSON is a group of people.
type peopleJSON struct {
	People int `json:"people"`
}

// bandShiftJSON counts the people at or under a limit before and after.
type bandShiftJSON struct {
	To     float64 `json:"to"`
	A      int     `json:"a"`
	B      int     `json:"b"`
	Beyond int     `json:"newly_beyond"`
	Within int     `json:"newly_within"`
}

// comparisonToJSON turns a comparison into its JSON form.
func (c *call) comparisonToJSON(m *model.Comparison) comparisonJSON {
	out := comparisonJSON{
		A: sideJSON{resultJSON: toJSON(m.A)}, B: sideJSON{resultJSON: toJSON(m.B)}, People: m.People, Unchanged: peopleJSON{m.Unchanged},
		Added: peopleJSON{m.Added}, Gone: peopleJSON{m.Gone},
		NewlyUnreached: peopleJSON{m.NewlyUnreached}, NewlyReached: peopleJSON{m.NewlyReached},
		Bands: []bandShiftJSON{}, Summary: c.printer.Text(m.Summary),
	}
	out.Worse.People, out.Worse.MeanExtra, out.Worse.MaxExtra = m.Worse.People, number(m.Worse.Mean), m.Worse.Max
	out.Better.People, out.Better.MeanLess, out.Better.MaxLess = m.Better.People, number(m.Better.Mean), m.Better.Max
	out.Cost.PersonKm, out.Cost.PersonHours = number(m.Cost.PersonKm), number(m.Cost.PersonHours)
	for _, b := range m.Bands {
		out.Bands = append(out.Bands, bandShiftJSON{b.To, b.Before, b.After, b.Beyond, b.Within})
	}
	return out
}

// sayComparison prints a comparison for people to read.
func (c *call) sayComparison(ctx context.Context, m *model.Comparison) {
	cost := costIn(m.B.Query.Impedance)
	c.say("cli.compare_head", c.session.StateLabel(m.A.Query), c.session.StateLabel(m.B.Query), c.session.ServiceLabel(ctx, m.B.Query.Service), i18n.M("impedance."+string(m.B.Query.Impedance)))
	c.sayRules(m.B.Params.Rules)
	c.say("cli.compare_summary", m.Summary)
	c.say("cli.compare_mean", cost(m.A.Mean), cost(m.B.Mean))
	if m.Worse.People > 0 {
		c.say("cli.compare_worse", m.Worse.People, cost(m.Worse.Mean), cost(m.Worse.Max))
	}
	if m.Better.People > 0 {
		c.say("cli.compare_better", m.Better.People, cost(m.Better.Mean), cost(m.Better.Max))
	}
	c.say("cli.compare_rest", m.Unchanged, m.NewlyUnreached, m.NewlyReached)
	if m.Added+m.Gone > 0 {
		c.say("series.say_squares", m.Added, m.Gone)
	}
	for _, b := range m.Bands {
		c.say("cli.compare_band", cost(b.To), b.Before, b.After, b.Beyond, b.Within)
	}
	c.say("cli.compare_cost", m.Cost.PersonKm, m.Cost.PersonHours)
}

// inState is a query as one side of a comparison: about a scenario, or at a date where the text is one; "date:", "scenario:",
// "demand:" and "profile:" before it say which it is.
func inState(q model.Query, states ...string) model.Query {
	for _, state := range states {
		kind, name, told := strings.Cut(state, ":")
		switch {
		case told && kind == "date":
			q.Date = name
		case told && kind == "demand":
			q.Demand = name
		case told && kind == "profile":
			q.Profile = name
		case told && kind == "scenario":
			q.Scenario = name
		case model.IsDate(state):
			q.Date = state
		default:
			q.Scenario = state
		}
	}
	return q
}

// writeShifts writes the squares of a comparison as CSV: comma, point, UTF-8; empty where unreachable.
func writeShifts(path string, m *model.Comparison) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		table := csv.NewWriter(w)
		rows := [][]string{{"cell", "people", "change", "before", "after"}}
		for _, s := range m.Cells {
			rows = append(rows, []string{s.Cell, strconv.Itoa(s.People), string(s.Kind), costText(s.Before), costText(s.After)})
		}
		return table.WriteAll(rows)
	})
}
