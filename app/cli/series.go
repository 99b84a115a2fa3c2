package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// seriesFlags are the flags of a series.
type seriesFlags struct {
	query                 queryFlags
	years, dates          string
	by                    []string
	editions              bool
	measure, table, chart string
}

// seriesCommand follows the figures of a service type over years.
func seriesCommand() command {
	var f seriesFlags
	return command{
		name: "series", args: []string{"P.gpkg"},
		flags: func(c *call) {
			f.query.add(c)
			f.query.addScenario(c)
			c.flags.StringVar(&f.years, "years", "", "")
			c.flags.StringVar(&f.dates, "dates", "", "")
			c.flags.Func("by", "", func(by string) error {
				f.by = append(f.by, by)
				return nil
			})
			c.flags.BoolVar(&f.editions, "editions", false, "")
			c.flags.StringVar(&f.measure, "measure", "mean", "")
			c.flags.StringVar(&f.table, "table", "", "")
			c.flags.StringVar(&f.chart, "chart", "", "")
		},
		run: func(ctx context.Context, c *call) error { return f.run(ctx, c) },
	}
}

// run answers the call.
func (f *seriesFlags) run(ctx context.Context, c *call) error {
	query, err := f.query.query()
	if err != nil {
		return err
	}
	dates, err := f.when()
	if err != nil {
		return err
	}
	if query.Date != "" {
		return usage("series.date_twice")
	}
	measure, err := session.ParseMeasure(f.measure)
	if err != nil {
		return usage("series.measure_wrong", f.measure)
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	s, err := c.session.Series(ctx, query, session.SeriesOptions{Dates: dates, By: f.by, Editions: f.editions}, c.progress())
	if err != nil {
		return err
	}
	if f.table != "" {
		if err := c.session.WriteTable(f.table, c.session.SeriesTable(ctx, s)); err != nil {
			return err
		}
	}
	if f.chart != "" {
		if err := c.session.WriteSeriesChart(ctx, f.chart, s, measure); err != nil {
			return err
		}
	}
	if c.json {
		return c.answer(c.seriesToJSON(s))
	}
	c.saySeries(ctx, s)
	return nil
}

// when reads the dates of the call: the last day of each of the years, and the dates that are listed.
func (f *seriesFlags) when() ([]string, error) {
	var out []string
	if f.years != "" {
		from, to, _ := strings.Cut(f.years, "-")
		a, errA := strconv.Atoi(strings.TrimSpace(from))
		b, errB := a, error(nil)
		if to != "" {
			b, errB = strconv.Atoi(strings.TrimSpace(to))
		}
		if errA != nil || errB != nil || a < 1000 || b > 9999 || b < a {
			return nil, usage("series.years_wrong", f.years)
		}
		out = session.YearDates(a, b)
	}
	for _, d := range strings.FieldsFunc(f.dates, func(r rune) bool { return r == ',' || r == ' ' }) {
		if !model.IsDate(d) {
			return nil, usage("profile.bad_date", d)
		}
		out = append(out, d)
	}
	if out == nil {
		return nil, usage("series.no_dates")
	}
	return out, nil
}

// seriesJSON is a series as scripts read it: metres or seconds; null where nobody is reached.
type seriesJSON struct {
	Service   string `json:"service"`
	Impedance string `json:"impedance"`
	Scenario  string `json:"scenario,omitempty"`
	wayJSON
	Points  []pointJSON `json:"points"`
	Remarks []string    `json:"remarks"`
}

// pointJSON is one date of a series.
type pointJSON struct {
	Date       string `json:"date"`
	Edition    string `json:"edition,omitempty"`
	Demand     string `json:"demand,omitempty"`
	Facilities int    `json:"facilities"`
	Places     int    `json:"places"`
	groupJSON
	Groups []groupJSON `json:"groups,omitempty"`
	Opened []eventJSON `json:"opened"`
	Closed []eventJSON `json:"closed"`
}

// eventJSON is a facility that opened or closed.
type eventJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Date string `json:"date,omitempty"`
}

// seriesToJSON turns a series into its JSON form.
func (c *call) seriesToJSON(s *model.Series) seriesJSON {
	out := seriesJSON{
		Service: s.Query.Service, Impedance: string(s.Query.Impedance), Scenario: s.Query.Scenario, wayJSON: wayToJSON(s.Query),
		Points: []pointJSON{}, Remarks: []string{},
	}
	for _, m := range s.Remarks {
		out.Remarks = append(out.Remarks, c.printer.Text(m))
	}
	for i := range s.Points {
		at := &s.Points[i]
		p := pointJSON{
			Date: at.Date, Edition: at.Edition, Demand: at.Demand, Facilities: at.Facilities, Places: at.Places,
			groupJSON: c.groupToJSON(at.All, s.Query.Impedance), Groups: c.groupsToJSON(at.Groups, s.Query.Impedance),
			Opened: events(at.Opened), Closed: events(at.Closed),
		}
		out.Points = append(out.Points, p)
	}
	return out
}

// events turns what opened or closed into its JSON form.
func events(all []model.FacilityEvent) []eventJSON {
	out := []eventJSON{}
	for _, e := range all {
		out = append(out, eventJSON{e.ID, e.Name, e.Date})
	}
	return out
}

// saySeries prints a series for people to read.
func (c *call) saySeries(ctx context.Context, s *model.Series) {
	cost := costIn(s.Query.Impedance)
	c.sayWay(ctx, s.Query)
	c.say("series.say_head", c.session.ServiceLabel(ctx, s.Query.Service), i18n.M("impedance."+string(s.Query.Impedance)))
	for i := range s.Points {
		at := &s.Points[i]
		c.say("series.say_point", i18n.Date(at.Date), at.Facilities, at.All.Reached, at.All.People, cost(at.All.Mean), cost(at.All.Median), cost(at.All.P90))
		for k := range at.Groups {
			g := &at.Groups[k]
			c.say("series.say_group", g.Name, g.Reached, g.People, cost(g.Mean), cost(g.Median), cost(g.P90))
		}
		c.sayEvents("series.say_opened", at.Opened)
		c.sayEvents("series.say_closed", at.Closed)
	}
	for _, m := range s.Remarks {
		c.say("series.say_remark", m)
	}
}

// sayEvents prints what opened or closed, a line each.
func (c *call) sayEvents(key string, all []model.FacilityEvent) {
	for _, e := range all {
		name := e.Name
		if name == "" {
			name = e.ID
		}
		if e.Date == "" {
			c.say(key+"_undated", name)
			continue
		}
		c.say(key, name, i18n.Date(e.Date))
	}
}
