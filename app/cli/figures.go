package cli

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// figureFlags are the flags that ask for figures by group and more.
type figureFlags struct {
	by            []string
	of, within    string
	need          float64
	equity, joint bool
}

// add makes the flags known to a call.
func (f *figureFlags) add(c *call) {
	c.flags.Func("by", "", func(by string) error {
		f.by = append(f.by, by)
		return nil
	})
	c.flags.StringVar(&f.of, "of", "", "")
	c.flags.StringVar(&f.within, "within", "", "")
	c.flags.Float64Var(&f.need, "need", 0, "")
	c.flags.BoolVar(&f.equity, "equity", false, "")
	c.flags.BoolVar(&f.joint, "joint", false, "")
}

// check refuses a limit that is none.
func (f *figureFlags) check() error {
	if f.within != "" && len(f.by) == 0 {
		return usage("panel.within_needs_layer")
	}
	if !(f.need >= 0) || math.IsInf(f.need, 0) {
		return usage("cli.need_wrong", fmt.Sprint(f.need))
	}
	return nil
}

// figures computes what the flags ask for, nil where they ask for nothing.
func (f *figureFlags) figures(ctx context.Context, c *call, q model.Query) (*model.Figures, error) {
	if f.by == nil && !f.equity && !f.joint && f.of == "" {
		return nil, nil
	}
	o := f.options()
	if f.by != nil && !c.json && !slices.Contains(f.by, string(model.BySex)) {
		o.By = append([]string{string(model.BySex)}, f.by...) // whatever else people are parted by, women and men stand beside it
	}
	return c.session.Figures(ctx, q, o, c.progress())
}

// options are what the flags ask for.
func (f *figureFlags) options() session.FigureOptions {
	return session.FigureOptions{By: f.by, NeedFrom: f.need, Joint: f.joint, Of: f.of, Within: f.within}
}

// figuresJSON is what the flags add to a result's JSON.
type figuresJSON struct {
	Chosen  *groupJSON  `json:"chosen,omitempty"` // those whom --of and --within choose
	Groups  []groupJSON `json:"groups,omitempty"`
	Equity  *equityJSON `json:"equity,omitempty"`
	Joint   *jointJSON  `json:"joint,omitempty"`
	Remarks []string    `json:"remarks,omitempty"`
	// Divisions say by which layers, columns and editions people are parted into areas.
	Divisions []divisionJSON `json:"divisions,omitempty"`
}

// groupJSON is a group as scripts read it: metres or seconds; person-kilometres by distance, person-hours by time.
type groupJSON struct {
	By             string         `json:"by,omitempty"`
	Group          string         `json:"group,omitempty"`
	Name           string         `json:"name,omitempty"`
	Approximate    bool           `json:"approximate"`
	Unknown        int            `json:"unknown"`
	People         int            `json:"people"`
	Reached        int            `json:"reached"`
	Unreached      int            `json:"unreached"`
	Mean           *float64       `json:"mean"`
	Median         *float64       `json:"median"`
	P90            *float64       `json:"p90"`
	Max            *float64       `json:"max"`
	Bands          []bandJSON     `json:"bands"`
	InBands        []bandPartJSON `json:"in_bands"` // each by itself, and beyond the last
	UnreachedShare *float64       `json:"unreached_share"`
	PersonKM       *float64       `json:"person_km,omitempty"`
	PersonHours    *float64       `json:"person_hours,omitempty"`
	Need           needJSON       `json:"transport_need"`
}

// needJSON is the need of transport.
type needJSON struct {
	From        float64  `json:"from"`
	People      int      `json:"people"`
	PersonKM    *float64 `json:"person_km,omitempty"`
	PersonHours *float64 `json:"person_hours,omitempty"`
}

// equityJSON tells how evenly travel is spread.
type equityJSON struct {
	Index     *float64    `json:"concentration_index"`
	Palma     *float64    `json:"palma"`
	FarShare  *float64    `json:"farthest_tenth_share"`
	FarMean   *float64    `json:"farthest_tenth_mean"`
	NearShare *float64    `json:"nearest_40_percent_share"`
	NearMean  *float64    `json:"nearest_40_percent_mean"`
	Curve     []curveJSON `json:"curve"`
	Text      []string    `json:"text"`
}

// curveJSON is a point of the concentration curve.
type curveJSON struct {
	People float64 `json:"people"`
	Cost   float64 `json:"cost"`
}

// jointJSON is the joint measure.
type jointJSON struct {
	Services []string    `json:"services"`
	Missing  []string    `json:"missing"`
	All      groupJSON   `json:"all"`
	Groups   []groupJSON `json:"groups,omitempty"`
	Counts   []countJSON `json:"counts"`
}

// countJSON parts the people by the number of service types at or under To.
type countJSON struct {
	To     float64 `json:"to"`
	People []int   `json:"people"`
}

// toJSON turns figures into their JSON form.
func (f *figureFlags) toJSON(c *call, v *model.Figures) figuresJSON {
	var out figuresJSON
	if v == nil {
		return out
	}
	i := v.Query.Impedance
	if f.of != "" || f.within != "" {
		chosen := c.groupToJSON(v.All, i)
		out.Chosen = &chosen
	}
	out.Groups, out.Remarks = c.groupsToJSON(v.Groups, i), c.texts(v.Remarks)
	out.Divisions = divisionsToJSON(v.Divisions)
	if f.equity {
		e := v.Equity
		out.Equity = &equityJSON{
			share(e.Index), share(e.Palma), share(e.FarShare), number(e.FarMean), share(e.NearShare), number(e.NearMean),
			[]curveJSON{},
			c.texts(e.Text),
		}
		for _, p := range e.Curve {
			out.Equity.Curve = append(out.Equity.Curve, curveJSON{p.People, *share(p.Cost)})
		}
	}
	if j := v.Joint; j != nil {
		out.Joint = &jointJSON{Services: j.Services, Missing: list(j.Missing), All: c.groupToJSON(j.All, i), Groups: c.groupsToJSON(j.Groups, i)}
		for _, n := range j.Counts {
			out.Joint.Counts = append(out.Joint.Counts, countJSON{n.To, n.People})
		}
	}
	return out
}

// share is a ratio held to the millionth, nil where there is none.
func share(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	v = math.Round(v*1e6) / 1e6
	return &v
}

// texts writes messages in the call's language.
func (c *call) texts(messages []i18n.Message) []string {
	var out []string
	for _, m := range messages {
		out = append(out, c.printer.Text(m))
	}
	return out
}

// groupsToJSON turns groups into their JSON form.
func (c *call) groupsToJSON(groups []model.Group, i model.Impedance) []groupJSON {
	var out []groupJSON
	for _, g := range groups {
		out = append(out, c.groupToJSON(g, i))
	}
	return out
}

// groupToJSON turns a group into its JSON form.
func (c *call) groupToJSON(g model.Group, i model.Impedance) groupJSON {
	out := groupJSON{
		By: string(g.By), Group: g.ID, Name: c.printer.Text(g.Name), Approximate: g.Approximate, Unknown: g.Unknown,
		People: g.People, Reached: g.Reached, Unreached: g.Unreached,
		Mean: number(g.Mean), Median: number(g.Median), P90: number(g.P90), Max: number(g.Max),
		Bands: []bandJSON{}, Need: needJSON{From: g.Need.From, People: g.Need.People},
	}
	for _, b := range g.Bands {
		out.Bands = append(out.Bands, bandJSON{b.To, b.People})
	}
	out.InBands, out.UnreachedShare = bandParts(g.Bands, g.Reached, g.People)
	if i == model.Time {
		out.PersonHours, out.Need.PersonHours = number(g.PersonCost/3600), number(g.Need.Cost/3600)
	} else {
		out.PersonKM, out.Need.PersonKM = number(g.PersonCost/1000), number(g.Need.Cost/1000)
	}
	return out
}

// say prints figures for people to read.
func (f *figureFlags) say(ctx context.Context, c *call, v *model.Figures) {
	if v == nil {
		return
	}
	i := v.Query.Impedance
	if len(v.Groups) > 0 || f.of != "" {
		c.say("cli.groups_head", costIn(i)(v.All.Need.From))
		groups := append([]model.Group{v.All}, v.Groups...)
		c.table(groups, i)
		c.bandShares(groups, i)
		c.sayDivisions(v.Divisions)
	}
	if f.equity {
		c.say("cli.equity_head")
		for _, text := range c.texts(v.Equity.Text) {
			c.say("cli.remark", text)
		}
	}
	if j := v.Joint; j != nil {
		c.say("cli.joint_head", c.serviceNames(ctx, j.Services))
		for k, n := range j.Counts {
			c.say("cli.joint_row", costIn(i)(n.To), j.All.Bands[k].People, i18n.Share(float64(j.All.Bands[k].People)/float64(max(j.All.People, 1))), n.People[0])
		}
		if len(j.Groups) > 0 {
			c.bandShares(append([]model.Group{j.All}, j.Groups...), i)
		}
		if len(j.Missing) > 0 {
			c.say("cli.joint_missing", c.serviceNames(ctx, j.Missing))
		}
	}
	for _, text := range c.texts(v.Remarks) {
		c.say("cli.remark", text)
	}
}

// table prints groups in columns, names to the left and numbers to the right.
func (c *call) table(groups []model.Group, i model.Impedance) {
	value := func(v any) string { return c.printer.Value(v) }
	cost := costIn(i)
	rows := [][]string{{}}
	for _, key := range []string{"group", "people", "unreached", "mean", "median", "p90", "max", "need_people", "need"} {
		rows[0] = append(rows[0], c.printer.T("cli.column_"+key))
	}
	for _, g := range groups {
		rows = append(rows, []string{
			c.groupName(g), value(g.People), value(g.Unreached), value(cost(g.Mean)), value(cost(g.Median)), value(cost(g.P90)), value(cost(g.Max)),
			value(g.Need.People), value(personCost(i, g.Need.Cost)),
		})
	}
	c.columns(rows)
}

// groupName is what a group is called, marked where its ages were shared out.
func (c *call) groupName(g model.Group) string {
	name := c.printer.Value(g.Name)
	if g.Approximate {
		return c.printer.T("cli.about_group", name)
	}
	return name
}

// columns prints rows under each other, the first column to the left and the others to the right.
func (c *call) columns(rows [][]string) {
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row[0]))
	}
	for _, row := range rows {
		fmt.Fprintf(t, "%-*s\t%s\t\n", width, row[0], strings.Join(row[1:], "\t"))
	}
	t.Flush()
}
