package cli

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"strconv"

	"nabar/app/session"
	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
)

// nearestCommand tells how far it is to the nearest places, one after another: for a square with the roads, else as figures.
func nearestCommand() command {
	var q queryFlags
	var f nearestFlags
	return command{
		name: "nearest", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			c.flags.IntVar(&f.count, "k", session.MaxNearest, "")
			c.flags.StringVar(&f.cell, "cell", "", "")
			c.flags.StringVar(&f.cells, "cells", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			query, err := q.query()
			if err != nil {
				return err
			}
			if f.count < 1 || f.count > session.MaxNearest {
				return usage("nearest.count_wrong", f.count, session.MaxNearest)
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if f.cell != "" {
				return c.nearestTo(ctx, query, &f)
			}
			return c.nearest(ctx, query, &f)
		},
	}
}

// nearestFlags are the flags of nabar nearest beside those of a query.
type nearestFlags struct {
	count       int
	cell, cells string
}

// nearestJSON are the figures as scripts read them: metres or seconds.
type nearestJSON struct {
	Service   string `json:"service"`
	Impedance string `json:"impedance"`
	wayJSON
	Places  int        `json:"places"`
	Ranks   []rankJSON `json:"ranks"`
	Remarks []string   `json:"remarks"`
}

// rankJSON are the figures of the k-th nearest place; whoever does not reach so many is unreached.
type rankJSON struct {
	Rank   int         `json:"k"`
	All    groupJSON   `json:"all"`
	Groups []groupJSON `json:"groups"`
}

// nearest tells of all squares.
func (c *call) nearest(ctx context.Context, q model.Query, f *nearestFlags) error {
	n, err := c.session.Nearest(ctx, q, f.count, c.progress())
	if err != nil {
		return err
	}
	if f.cells != "" {
		if err := writeNearest(f.cells, n, f.count); err != nil {
			return err
		}
	}
	i := n.Query.Impedance
	if c.json {
		out := nearestJSON{
			Service: n.Query.Service, Impedance: string(i), wayJSON: wayToJSON(n.Query), Places: n.Places, Remarks: list(c.texts(n.Remarks)),
		}
		for _, r := range n.Ranks {
			out.Ranks = append(out.Ranks, rankJSON{r.Rank, c.groupToJSON(r.All, i), list(c.groupsToJSON(r.Groups, i))})
		}
		return c.answer(out)
	}
	c.say("nearest.head", c.session.ServiceLabel(ctx, n.Query.Service), i18n.M("impedance."+string(i)), n.Places)
	for _, r := range n.Ranks {
		c.say("nearest.rank", r.Rank)
		c.table(append([]model.Group{r.All}, r.Groups...), i)
	}
	for _, text := range c.texts(n.Remarks) {
		c.say("cli.remark", text)
	}
	return nil
}

// nearJSON is a place near a square; a figure is null where there is no such road. Route is E, N in metres.
type nearJSON struct {
	Rank     int          `json:"k"`
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Distance *float64     `json:"distance_m"`
	Time     *float64     `json:"time_s"`
	Route    [][2]float64 `json:"route"`
}

// nearestTo tells of one square.
func (c *call) nearestTo(ctx context.Context, q model.Query, f *nearestFlags) error {
	ways, known, err := c.session.NearestTo(ctx, q, f.cell, f.count)
	switch {
	case err != nil:
		return err
	case !known:
		return i18n.Errorf("nearest.no_cell", f.cell)
	}
	snapshot, err := c.session.QuerySnapshot(ctx, q, nil)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for i := range snapshot.Facilities {
		names[snapshot.Facilities[i].ID] = snapshot.Facilities[i].Name
	}
	if !c.json {
		c.sayNearestTo(ctx, q, f, ways, names)
		return nil
	}
	out := struct {
		Cell      string     `json:"cell"`
		Service   string     `json:"service"`
		Impedance string     `json:"impedance"`
		Nearest   []nearJSON `json:"nearest"`
	}{f.cell, q.Service, string(q.Impedance), []nearJSON{}}
	for k, w := range ways {
		near := nearJSON{Rank: k + 1, ID: w.Facility, Name: names[w.Facility], Distance: number(w.Metres), Time: number(w.Seconds)}
		for _, at := range w.Line {
			near.Route = append(near.Route, [2]float64{*number(at[0]), *number(at[1])})
		}
		out.Nearest = append(out.Nearest, near)
	}
	return c.answer(out)
}

// sayNearestTo prints the places near a square for people to read.
func (c *call) sayNearestTo(ctx context.Context, q model.Query, f *nearestFlags, ways []session.Way, names map[string]string) {
	c.say("nearest.cell", f.cell, c.session.ServiceLabel(ctx, q.Service))
	if len(ways) == 0 {
		c.say("nearest.cell_none")
	}
	for k, w := range ways {
		c.say("nearest.cell_row", k+1, names[w.Facility], i18n.Metres(w.Metres), i18n.Seconds(w.Seconds))
	}
}

// writeNearest writes the squares with their places as CSV: comma, point, UTF-8; empty where fewer are reached.
func writeNearest(path string, n *model.Nearest, count int) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		head := []string{"cell", "people"}
		for k := range count {
			head = append(head, "place_"+strconv.Itoa(k+1), "cost_"+strconv.Itoa(k+1))
		}
		rows := [][]string{head}
		for i := range n.Cells {
			cell := &n.Cells[i]
			row := []string{cell.Cell, strconv.Itoa(cell.People)}
			for k := range count {
				near := model.NearPlace{Cost: math.NaN()}
				if k < len(cell.Near) {
					near = cell.Near[k]
				}
				row = append(row, near.Facility, costText(near.Cost))
			}
			rows = append(rows, row)
		}
		return csv.NewWriter(w).WriteAll(rows)
	})
}
