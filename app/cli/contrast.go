package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// contrastJSON is a comparison of three states or more: that of the first two as comparing these alone gives it, and each of
// the states.
type contrastJSON struct {
	comparisonJSON
	States []stateJSON `json:"states"`
	Areas  string      `json:"areas,omitempty"` // the layer of the groups by area
}

// stateJSON is one state, compared with the first; the first has no comparison.
type stateJSON struct {
	Name    string          `json:"name"`
	Result  resultJSON      `json:"result"`
	Groups  []groupJSON     `json:"groups"`
	Against *comparisonJSON `json:"against_first,omitempty"`
	Cost    *closureJSON    `json:"cost_a_year,omitempty"`
}

// closureJSON is what a change costs in a year; null where that is not known.
type closureJSON struct {
	PersonKm   *float64 `json:"person_km"`
	Hours      *float64 `json:"person_hours"`
	VehicleKm  *float64 `json:"vehicle_km"`
	CO2        *float64 `json:"co2_t"`
	People     *float64 `json:"people_newly_beyond"`
	Deliveries *float64 `json:"deliveries"`
	Price      *float64 `json:"deliveries_kr"`
	StatePays  *float64 `json:"state_pays_kr"`
}

// contrast compares all states that the call names with the first.
func (c *call) contrast(ctx context.Context, q model.Query) error {
	queries := make([]model.Query, len(c.args)-1)
	for i, state := range c.args[1:] {
		queries[i] = inState(q, state)
	}
	all, err := c.session.Contrast(ctx, queries, "", c.progress())
	if err != nil {
		return err
	}
	if !c.json {
		for i, change := range all.Changes {
			if change != nil {
				c.say("live.say_sentence", all.Labels[i], change.Summary)
			}
		}
		for _, t := range c.session.ContrastTables(ctx, all) {
			c.sayTable(t)
		}
		return nil
	}
	out := contrastJSON{comparisonJSON: c.comparisonToJSON(all.Changes[1]), Areas: all.Areas}
	for i, r := range all.Results {
		state := stateJSON{Name: c.printer.Text(all.Labels[i]), Result: toJSON(r), Groups: []groupJSON{}}
		if f := all.Figures[i]; f != nil {
			state.Groups = c.groupsToJSON(f.Groups, r.Query.Impedance)
		}
		if change := all.Changes[i]; change != nil {
			against, cost := c.comparisonToJSON(change), closureToJSON(all.Costs[i])
			against.Groups = c.shiftsToJSON(all.Shifts[i])
			state.Against, state.Cost = &against, &cost
		}
		out.States = append(out.States, state)
	}
	return c.answer(out)
}

// closureToJSON turns a cost into its JSON form.
func closureToJSON(m model.ClosureCost) closureJSON {
	return closureJSON{
		number(m.PersonKm), number(m.Hours), number(m.VehicleKm), number(m.CO2), number(m.People), number(m.Deliveries), number(m.Price),
		number(m.StatePays),
	}
}

// sayTable prints a table for people to read.
func (c *call) sayTable(t model.Table) {
	c.say("live.say_table", t.Name)
	head := make([]string, len(t.Columns))
	for i := range t.Columns {
		head[i] = t.Columns[i].Heading()
	}
	rows := [][]string{head}
	for _, r := range t.Rows {
		row := make([]string, len(t.Columns))
		for i := range t.Columns {
			row[i] = t.Columns[i].Write(c.printer, r.Cells[i])
		}
		rows = append(rows, row)
	}
	c.columns(rows)
}

// factorsCommand shows the factors of what longer ways cost, or sets some.
func factorsCommand() command {
	var set []string
	var reset bool
	return command{
		name: "factors", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.Func("set", "", func(text string) error {
				set = append(set, text)
				return nil
			})
			c.flags.BoolVar(&reset, "reset", false, "")
		},
		run: func(ctx context.Context, c *call) error {
			values, err := factorValues(set)
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if reset {
				if err := c.session.ResetCostFactors(ctx); err != nil {
					return err
				}
			}
			if len(values) > 0 {
				if err := c.session.SetCostFactors(ctx, values); err != nil {
					return err
				}
			}
			f, err := c.session.CostFactors(ctx)
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(f)
			}
			for _, name := range model.CostFactorNames() {
				c.say("live.say_factor", name, i18n.M("live.factor."+name), strconv.FormatFloat(*f.Factor(name), 'f', -1, 64))
			}
			return nil
		},
	}
}

// factorValues reads NAME=VALUE; a decimal comma is a point.
func factorValues(set []string) (map[string]float64, error) {
	values := map[string]float64{}
	for _, text := range set {
		name, value, told := strings.Cut(text, "=")
		v, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
		if !told || err != nil {
			return nil, usage("live.factor_call", text)
		}
		values[strings.TrimSpace(name)] = v
	}
	return values, nil
}
