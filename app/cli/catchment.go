package cli

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
)

// words parts a list at its commas.
func words(list string) []string {
	var out []string
	for _, w := range strings.Split(list, ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// catchmentJSON is the catchment of one place.
type catchmentJSON struct {
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	Joined  bool               `json:"joined"`
	People  int                `json:"people"`
	Share   float64            `json:"share"` // of all people that count
	Mean    *float64           `json:"mean"`
	Median  *float64           `json:"median"`
	P90     *float64           `json:"p90"`
	Max     *float64           `json:"max"`
	Bands   []bandJSON         `json:"bands"`
	Groups  []groupJSON        `json:"groups,omitempty"`
	Squares []catchmentSqrJSON `json:"squares"`
}

// catchmentSqrJSON is a square of a catchment: metres or seconds.
type catchmentSqrJSON struct {
	Cell   string  `json:"cell"`
	People int     `json:"people"`
	Cost   float64 `json:"cost"`
}

// catchmentsJSON is the answer of catchment.
type catchmentsJSON struct {
	Service    string          `json:"service"`
	Impedance  string          `json:"impedance"`
	Scenario   string          `json:"scenario,omitempty"`
	Within     *float64        `json:"within"` // null where each person belongs to the nearest place
	People     int             `json:"people"`
	Reached    int             `json:"reached"`
	Unreached  int             `json:"unreached"`
	Catchments []catchmentJSON `json:"catchments"`
	Remarks    []string        `json:"remarks,omitempty"`
}

// catchmentsToJSON turns catchments into their JSON form.
func (c *call) catchmentsToJSON(r *model.Catchments) catchmentsJSON {
	out := catchmentsJSON{
		Service: r.Query.Service, Impedance: string(r.Query.Impedance), Scenario: r.Query.Scenario,
		People: r.People, Reached: r.Reached, Unreached: r.Unreached, Catchments: []catchmentJSON{}, Remarks: c.texts(r.Remarks),
	}
	if r.Within > 0 {
		out.Within = &r.Within
	}
	for i := range r.Catchments {
		k := &r.Catchments[i]
		all := c.groupToJSON(k.All, r.Query.Impedance)
		one := catchmentJSON{
			ID: k.ID, Name: k.Name, Joined: k.Joined, People: k.All.People, Share: *share(k.Share), Mean: all.Mean, Median: all.Median, P90: all.P90,
			Max: all.Max, Bands: all.Bands, Groups: c.groupsToJSON(k.Groups, r.Query.Impedance), Squares: []catchmentSqrJSON{},
		}
		for _, s := range k.Cells {
			one.Squares = append(one.Squares, catchmentSqrJSON{s.Cell, s.People, *number(s.Cost)})
		}
		out.Catchments = append(out.Catchments, one)
	}
	return out
}

// sayCatchments prints catchments for people to read.
func (c *call) sayCatchments(ctx context.Context, r *model.Catchments) {
	cost := costIn(r.Query.Impedance)
	c.say("cli.catchment_head", c.session.ServiceLabel(ctx, r.Query.Service))
	for i := range r.Catchments {
		k := &r.Catchments[i]
		if k.All.People == 0 {
			c.say("cli.catchment_none", k.Name)
			continue
		}
		c.say("cli.catchment_row", k.Name, k.All.People, i18n.Share(k.Share), cost(k.All.Mean))
		for _, g := range k.Groups {
			c.say("cli.catchment_group", g.Name, g.People)
		}
	}
	if r.Unreached > 0 {
		c.say("cli.catchment_unreached", r.Unreached)
	}
	for _, text := range c.texts(r.Remarks) {
		c.say("cli.remark", text)
	}
}

// writeCatchmentCells writes the squares of catchments as CSV: comma, point, UTF-8.
func writeCatchmentCells(path string, r *model.Catchments) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		table := csv.NewWriter(w)
		rows := [][]string{{"facility", "cell", "people", "cost"}}
		for i := range r.Catchments {
			for _, s := range r.Catchments[i].Cells {
				rows = append(rows, []string{r.Catchments[i].ID, s.Cell, strconv.Itoa(s.People), strconv.FormatFloat(*number(s.Cost), 'f', -1, 64)})
			}
		}
		return table.WriteAll(rows)
	})
}
