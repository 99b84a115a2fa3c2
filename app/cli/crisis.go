package cli

import (
	"context"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// crisisFlags are the flags of crisis.
type crisisFlags struct {
	query                    queryFlags
	power, ferries           bool
	ferry, road, save, table string
	cells, layer             string
}

// crisisCommand tells what a power cut, ferries that don't run or a closed road take from people.
func crisisCommand() command {
	var f crisisFlags
	return command{
		name: "crisis", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.BoolVar(&f.power, "power", false, "")
			c.flags.BoolVar(&f.ferries, "ferries", false, "")
			c.flags.StringVar(&f.ferry, "ferry", "", "")
			c.flags.StringVar(&f.road, "road", "", "")
			c.flags.StringVar(&f.save, "save", "", "")
			c.flags.StringVar(&f.table, "table", "", "")
			c.flags.StringVar(&f.cells, "cells", "", "")
			c.flags.StringVar(&f.layer, "layer", "", "")
			c.flags.StringVar(&f.query.impedance, "impedance", string(model.Distance), "")
			f.query.way.add(c)
			f.query.addScenario(c)
		},
		run: func(ctx context.Context, c *call) error { return f.run(ctx, c) },
	}
}

// asked reads which crisis is meant: exactly one.
func (f *crisisFlags) asked() (session.CrisisQuery, error) {
	q, err := f.query.anyService()
	out := session.CrisisQuery{Query: q}
	if err != nil {
		return out, err
	}
	asked := 0
	for _, one := range []struct {
		on   bool
		kind session.CrisisKind
	}{{f.power, session.PowerCut}, {f.ferries, session.FerriesStop}, {f.ferry != "", session.FerryStop}, {f.road != "", session.RoadCut}} {
		if one.on {
			asked++
			out.Kind = one.kind
		}
	}
	if asked != 1 {
		return out, usage("prep.one_crisis")
	}
	if name := f.ferry + f.road; name != "" {
		m, ok := parseCloseFerry(name)
		if !ok {
			return out, usage("prep.road_wrong", name)
		}
		out.Layer, out.FID = m.(scenario.CloseFerry).Layer, m.(scenario.CloseFerry).FID
	}
	return out, nil
}

// run computes, keeps and tells.
func (f *crisisFlags) run(ctx context.Context, c *call) error {
	q, err := f.asked()
	if err != nil {
		return err
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	r, err := c.session.Crisis(ctx, q, c.progress())
	if err != nil {
		return err
	}
	if f.table != "" {
		if err := c.session.WriteTable(f.table, c.session.CrisisTable(ctx, r)); err != nil {
			return err
		}
	}
	if f.save != "" {
		if _, err := c.session.SaveCrisis(ctx, r, f.save); err != nil {
			return err
		}
	}
	if f.cells != "" {
		if err := c.session.WriteCrisisSquares(f.cells, r); err != nil {
			return err
		}
	}
	if f.layer != "" {
		if f.layer, err = c.session.SaveCrisisSquares(ctx, r, f.layer); err != nil {
			return err
		}
	}
	if c.json {
		return c.answer(c.crisisToJSON(r, f.save))
	}
	c.sayCrisis(ctx, r)
	if f.layer != "" {
		c.say("prep.kept", f.layer)
	}
	return nil
}

// crisisGroupJSON is a group before and during a crisis: metres or seconds; null where nobody is reached.
type crisisGroupJSON struct {
	By              string   `json:"by"` // "" for everybody
	ID              string   `json:"id"`
	People          int      `json:"people"`
	UnreachedBefore int      `json:"unreached_before"`
	Unreached       int      `json:"unreached"`
	MeanBefore      *float64 `json:"mean_before"`
	Mean            *float64 `json:"mean"`
}

// crisisSquareJSON is what one square loses: service types that are no longer reached, those that are farther away, and by how much
// at most, in metres or seconds.
type crisisSquareJSON struct {
	Cell     string   `json:"cell"`
	People   int      `json:"people"`
	Lost     []string `json:"lost"`
	Farther  []string `json:"farther"`
	MaxExtra float64  `json:"max_extra"`
}

// crisisServiceJSON is what is taken of one type.
type crisisServiceJSON struct {
	Service     string            `json:"service"`
	NearestLost int               `json:"nearest_lost"`
	Worse       int               `json:"worse"`
	MeanExtra   *float64          `json:"mean_extra"`
	MaxExtra    float64           `json:"max_extra"`
	Unreached   int               `json:"newly_unreached"`
	Groups      []crisisGroupJSON `json:"groups"`
}

// crisisJSON is the answer of crisis.
type crisisJSON struct {
	Crisis  string `json:"crisis"`
	Reserve struct {
		Yes     int `json:"yes"`
		No      int `json:"no"`
		Unknown int `json:"unknown"`
	} `json:"reserve_power"`
	Services []crisisServiceJSON `json:"services"`
	All      []crisisGroupJSON   `json:"all_services"`
	Squares  []crisisSquareJSON  `json:"squares"` // where anybody loses anything, the most people first
	Remarks  []string            `json:"remarks"`
	Summary  string              `json:"summary"`
	Scenario string              `json:"scenario,omitempty"`
}

// crisisToJSON turns a crisis into its JSON form.
func (c *call) crisisToJSON(r *session.Crisis, saved string) crisisJSON {
	out := crisisJSON{
		Crisis: string(r.Query.Kind), Services: []crisisServiceJSON{}, All: crisisGroupsToJSON(r.All), Squares: []crisisSquareJSON{}, Remarks: []string{},
		Summary: c.printer.Text(r.Summary), Scenario: saved,
	}
	out.Reserve.Yes, out.Reserve.No, out.Reserve.Unknown = r.Reserve, r.Without, r.Unknown
	for _, s := range r.Services {
		out.Services = append(out.Services, crisisServiceJSON{
			s.Service, s.NearestLost, s.Change.Worse.People, number(s.Change.Worse.Mean), *number(s.Change.Worse.Max), s.Change.NewlyUnreached,
			crisisGroupsToJSON(s.Groups),
		})
	}
	for _, square := range r.Squares {
		out.Squares = append(out.Squares, crisisSquareJSON{
			square.ID, square.People, append([]string{}, square.Lost...), append([]string{}, square.Farther...), *number(square.Most),
		})
	}
	for _, m := range r.Remarks {
		out.Remarks = append(out.Remarks, c.printer.Text(m))
	}
	return out
}

// crisisGroupsToJSON turns groups into their JSON form.
func crisisGroupsToJSON(all []session.CrisisGroup) []crisisGroupJSON {
	out := []crisisGroupJSON{}
	for _, g := range all {
		out = append(out, crisisGroupJSON{
			string(g.Before.By), g.Before.ID, g.Before.People, g.Before.Unreached, g.After.Unreached, number(g.Before.Mean), number(g.After.Mean),
		})
	}
	return out
}

// sayCrisis prints a crisis for people to read.
func (c *call) sayCrisis(ctx context.Context, r *session.Crisis) {
	cost := costIn(r.Query.Impedance)
	c.say("prep.crisis_summary", r.Summary)
	if r.Query.Kind == session.PowerCut {
		c.say("prep.crisis_reserve", r.Reserve, r.Without, r.Unknown)
	}
	for _, m := range r.Remarks {
		c.say("prep.crisis_remark", m)
	}
	groups := func(all []session.CrisisGroup) {
		for _, g := range all {
			c.say("prep.crisis_group", g.Before.Name, g.Before.People, g.Before.Unreached, g.After.Unreached, cost(g.Before.Mean), cost(g.After.Mean))
		}
	}
	for _, s := range r.Services {
		c.say("prep.crisis_row", c.session.ServiceLabel(ctx, s.Service), s.NearestLost, s.Change.Worse.People, s.Change.NewlyUnreached)
		groups(s.Groups)
	}
	c.say("prep.crisis_all")
	groups(r.All)
	c.sayCrisisSquares(ctx, r)
}

// squaresSaid is how many squares are told of one by one.
const squaresSaid = 10

// sayCrisisSquares prints the squares with the most people that lose something.
func (c *call) sayCrisisSquares(ctx context.Context, r *session.Crisis) {
	if len(r.Squares) == 0 {
		return
	}
	people := 0
	for _, square := range r.Squares {
		people += square.People
	}
	c.say("more.crisis.say_squares", len(r.Squares), people)
	t := c.session.CrisisSquaresTable(ctx, r)
	t.Rows = t.Rows[:min(squaresSaid, len(t.Rows))]
	c.sayTable(t)
}

// reserveCommand tells which places have reserve power, and takes down what the user knows.
func reserveCommand() command {
	values, wrong := map[string]model.Known{}, ""
	return command{
		name: "reserve-power", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.Func("set", "", func(value string) error {
				id, word, ok := cutLast(value, "=")
				known, right := map[string]model.Known{"yes": model.Yes, "no": model.No, "unknown": model.Untold}[strings.ToLower(word)]
				if !ok || !right {
					wrong = value
				}
				values[id] = known
				return nil
			})
		},
		run: func(ctx context.Context, c *call) error {
			if wrong != "" {
				return usage("prep.reserve_wrong", wrong)
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if len(values) > 0 {
				if err := c.session.SetReservePower(ctx, values); err != nil {
					return err
				}
			}
			return c.tellReserve(ctx)
		},
	}
}

// reservePlaceJSON is what is known of one place; null where nobody knows.
type reservePlaceJSON struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Service string `json:"service"`
	Reserve *bool  `json:"reserve_power"`
}

// tellReserve lists the open places.
func (c *call) tellReserve(ctx context.Context) error {
	snapshot, err := c.session.Snapshot(ctx, nil)
	if err != nil {
		return err
	}
	known, err := c.session.ReservePower(ctx, snapshot)
	if err != nil {
		return err
	}
	out := struct {
		Places []reservePlaceJSON `json:"places"`
	}{[]reservePlaceJSON{}}
	for i := range snapshot.Facilities {
		f := &snapshot.Facilities[i]
		is, open := known[f.ID]
		if !open {
			continue
		}
		row := reservePlaceJSON{ID: f.ID, Name: f.Name, Service: f.Type}
		if is != model.Untold {
			yes := is == model.Yes
			row.Reserve = &yes
		}
		out.Places = append(out.Places, row)
		if !c.json {
			c.say("prep.reserve_row", f.Name, i18n.Plain(f.ID), c.session.ServiceLabel(ctx, f.Type), session.ReserveWord(is))
		}
	}
	if c.json {
		return c.answer(out)
	}
	return nil
}
