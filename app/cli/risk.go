package cli

import (
	"context"
	"math"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// riskFlags are the flags of road-risk.
type riskFlags struct {
	query                  queryFlags
	services, table, layer string
	limit                  float64
	top                    int
}

// roadRiskCommand closes every road, one at a time, and ranks them by what people lose.
func roadRiskCommand() command {
	var f riskFlags
	return command{
		name: "road-risk", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&f.services, "services", "", "")
			c.flags.StringVar(&f.query.impedance, "impedance", string(model.Distance), "")
			c.flags.Float64Var(&f.limit, "limit", 0, "")
			c.flags.IntVar(&f.top, "top", 20, "")
			c.flags.StringVar(&f.layer, "layer", "", "")
			c.flags.StringVar(&f.table, "table", "", "")
			f.query.way.add(c)
			f.query.addScenario(c)
		},
		run: func(ctx context.Context, c *call) error { return f.run(ctx, c) },
	}
}

// run closes the roads, keeps and writes the answer, and tells it.
func (f *riskFlags) run(ctx context.Context, c *call) error {
	q, err := f.query.anyService()
	if err != nil {
		return err
	}
	if !(f.limit >= 0) || math.IsInf(f.limit, 0) || f.top < 0 {
		return usage("prep.numbers_wrong")
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	r, err := c.session.RoadRisks(ctx, q, words(strings.ToLower(f.services)), f.limit, c.progress())
	if err != nil {
		return err
	}
	if f.table != "" {
		t, err := c.session.RoadRisksTable(ctx, q, r, 0)
		if err != nil {
			return err
		}
		if err := c.session.WriteTable(f.table, t); err != nil {
			return err
		}
	}
	kept := ""
	if f.layer != "" {
		if kept, err = c.session.SaveRoadRisks(ctx, q, r, f.layer); err != nil {
			return err
		}
	}
	snapshot, err := c.session.QuerySnapshot(ctx, q, nil)
	if err != nil {
		return err
	}
	names, err := c.session.RoadNames(ctx, snapshot)
	if err != nil {
		return err
	}
	shown := r.Roads
	if f.top > 0 {
		shown = shown[:min(f.top, len(shown))]
	}
	if c.json {
		out := roadRisksToJSON(r, shown, snapshot, kept)
		for i := range out.Roads {
			out.Roads[i].Name = c.printer.Text(names(shown[i].Layer, shown[i].FID))
		}
		return c.answer(out)
	}
	c.sayRoadRisks(ctx, r, shown, snapshot, kept, names)
	return nil
}

// serviceRiskJSON is what the closing of a road means for one type: person-metres or person-seconds, metres or seconds.
type serviceRiskJSON struct {
	Service   string  `json:"service"`
	Lost      int     `json:"lost"`
	Unreached int     `json:"unreached"`
	Worse     int     `json:"worse"`
	Extra     float64 `json:"extra"`
	MaxExtra  float64 `json:"max_extra"`
}

// roadRiskJSON is the closing of one road. E and N are half way along it, in SWEREF 99 TM.
type roadRiskJSON struct {
	Layer    string            `json:"layer"`
	FID      int64             `json:"fid"`
	Name     string            `json:"name"` // in words
	Length   float64           `json:"length"`
	Class    *int              `json:"class"` // null where unknown
	Ferry    bool              `json:"ferry"`
	E        float64           `json:"e"`
	N        float64           `json:"n"`
	Near     string            `json:"near"`
	People   int               `json:"people"`
	Worse    int               `json:"worse"`
	Extra    float64           `json:"extra"`
	Rejoined int               `json:"rejoined"`
	Services []serviceRiskJSON `json:"services"`
}

// roadRisksJSON is the answer of road-risk.
type roadRisksJSON struct {
	Impedance string   `json:"impedance"`
	Limit     float64  `json:"limit"`
	Services  []string `json:"services"`
	Scenario  string   `json:"scenario,omitempty"`
	wayJSON
	People   int            `json:"people"`
	Tried    int            `json:"tried"`
	Anew     int            `json:"prepared_anew"`
	Touching int            `json:"touching"` // roads whose closing changes anything
	Roads    []roadRiskJSON `json:"roads"`
	Kept     string         `json:"kept,omitempty"` // layer
	Timings  struct {
		Load   float64 `json:"load"`
		Search float64 `json:"search"`
		Total  float64 `json:"total"`
	} `json:"timings_ms"`
}

// roadRisksToJSON turns the worst roads into their JSON form.
func roadRisksToJSON(r *model.RoadRisks, shown []model.RoadRisk, snapshot *model.Snapshot, kept string) roadRisksJSON {
	out := roadRisksJSON{
		Impedance: string(r.Query.Impedance), Limit: r.Limit, Services: r.Services, Scenario: r.Query.Scenario, wayJSON: wayToJSON(r.Query),
		People: r.People, Tried: r.Tried, Anew: r.Anew, Touching: len(r.Roads), Roads: []roadRiskJSON{}, Kept: kept,
	}
	out.Timings.Load, out.Timings.Search, out.Timings.Total = r.Timings.Load, r.Timings.Search, r.Timings.Total
	for i := range shown {
		one := &shown[i]
		row := roadRiskJSON{
			Layer: one.Layer, FID: one.FID, Length: *number(one.Length), Ferry: one.Ferry, E: *number(one.At[0]), N: *number(one.At[1]),
			Near: session.Near(snapshot, one.At), People: one.People, Worse: one.Worse, Extra: *number(one.Extra), Rejoined: one.Rejoined,
			Services: []serviceRiskJSON{},
		}
		if one.Class >= 0 {
			row.Class = &one.Class
		}
		for _, s := range one.Services {
			row.Services = append(row.Services, serviceRiskJSON{s.Service, s.Lost, s.Unreached, s.Worse, *number(s.Extra), *number(s.MaxExtra)})
		}
		out.Roads = append(out.Roads, row)
	}
	return out
}

// sayRoadRisks prints the worst roads for people to read.
func (c *call) sayRoadRisks(ctx context.Context, r *model.RoadRisks, shown []model.RoadRisk, snapshot *model.Snapshot, kept string,
	names func(layer string, fid int64) i18n.Message,
) {
	c.sayWay(ctx, r.Query)
	cost := costIn(r.Query.Impedance)
	c.say("prep.head", r.Tried, len(r.Roads), cost(r.Limit))
	for n := range shown {
		one := &shown[n]
		c.say("prep.row", n+1, names(one.Layer, one.FID), i18n.Metres(one.Length), session.Near(snapshot, one.At), one.People, session.RoadName(one.Layer, one.FID))
		for i := range one.Services {
			s := &one.Services[i]
			if s.Lost == 0 && s.Worse == 0 {
				continue
			}
			c.say("prep.row_service", c.session.ServiceLabel(ctx, s.Service), s.Lost, s.Unreached, s.Worse, cost(s.MaxExtra))
		}
		c.say("prep.row_extra", personCost(r.Query.Impedance, one.Extra))
	}
	if kept != "" {
		c.say("prep.kept", kept)
	}
}
