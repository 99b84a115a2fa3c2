package cli

import (
	"context"
	"math"
	"path/filepath"
	"strconv"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model/version"
)

// momentJSON are the figures of a service on one day.
type momentJSON struct {
	Facilities int      `json:"facilities"`
	People     int      `json:"people"`
	Unreached  int      `json:"unreached"`
	Mean       *float64 `json:"mean"`
	Within     int      `json:"within"`
}

// accessJSON is how far people have to a service at the decision, in the year before and in the year.
type accessJSON struct {
	Service string      `json:"service"`
	Limit   float64     `json:"limit"`
	Decided *momentJSON `json:"decided"`
	Last    *momentJSON `json:"last"`
	This    *momentJSON `json:"this"`
}

// fateJSON is what has become of an action.
type fateJSON struct {
	Code string       `json:"code"`
	Fate version.Fate `json:"fate"`
}

// goalStateJSON is how it goes with a goal.
type goalStateJSON struct {
	Code  string   `json:"code"`
	Value *float64 `json:"value"`
	Met   bool     `json:"met"`
}

// supportStateJSON is a form of support in two years; "" is the sum.
type supportStateJSON struct {
	Form        string `json:"form"`
	LastCount   int    `json:"last_count"`
	LastGranted int64  `json:"last_granted"`
	Count       int    `json:"count"`
	Granted     int64  `json:"granted"`
}

// followUpJSON is a follow-up as scripts read it.
type followUpJSON struct {
	Year    int64              `json:"year"`
	Plan    string             `json:"plan"` // name of the version that is followed up, "" for none
	Access  []accessJSON       `json:"access"`
	Opened  []string           `json:"opened"`
	Closed  []string           `json:"closed"`
	Actions []fateJSON         `json:"actions"`
	Goals   []goalStateJSON    `json:"goals"`
	Support []supportStateJSON `json:"support"`
	File    string             `json:"file"`
}

// followUpCommand writes the year's follow-up.
func followUpCommand() command {
	var o session.FollowUpOptions
	var out string
	return command{
		name: "follow-up", args: []string{"P.gpkg"},
		flags: func(c *call) {
			yearFlag(c, &o.Year)
			c.flags.StringVar(&o.Plan, "plan", "", "")
			c.flags.IntVar(&o.Years, "years", 0, "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if out == "" {
				return usage("cli.out_missing", i18n.M("cli.usage_follow-up"))
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if o.Year == 0 {
				var err error
				if o.Year, err = c.session.FollowUpYear(ctx); err != nil {
					return err
				}
			}
			f, err := c.session.WriteFollowUp(ctx, out, o, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answerFollowUp(ctx, f, out)
			}
			c.say("cli.follow_up_written", i18n.Plain(strconv.FormatInt(f.Year, 10)), filepath.Base(out))
			return nil
		},
	}
}

// answerFollowUp answers with a follow-up as JSON.
func (c *call) answerFollowUp(ctx context.Context, f *version.FollowUp, file string) error {
	b, err := c.session.PlanBook(ctx)
	if err != nil {
		return err
	}
	out := followUpJSON{
		Year: f.Year, File: file, Access: []accessJSON{}, Opened: eventNames(f.Opened), Closed: eventNames(f.Closed),
		Actions: []fateJSON{}, Goals: []goalStateJSON{}, Support: []supportStateJSON{},
	}
	if f.Plan != nil {
		out.Plan = f.Plan.Name
	}
	for _, a := range f.Access {
		out.Access = append(out.Access, accessJSON{a.Service, a.Limit, momentToJSON(a.Decided), momentToJSON(a.Last), momentToJSON(a.This)})
	}
	for _, a := range f.Actions {
		out.Actions = append(out.Actions, fateJSON{b.Code(a.Action.ID), a.Fate})
	}
	for _, g := range f.Goals {
		out.Goals = append(out.Goals, goalStateJSON{g.Goal.Code, g.Value, g.Met})
	}
	for _, s := range f.Support {
		out.Support = append(out.Support, supportStateJSON{s.Form, s.Last.Count, s.Last.Granted, s.This.Count, s.This.Granted})
	}
	return c.answer(out)
}

// eventNames are the names of what opened or closed.
func eventNames(all []version.Event) []string {
	out := []string{}
	for _, e := range all {
		out = append(out, e.Name)
	}
	return out
}

// momentToJSON turns figures into their JSON form; null for none.
func momentToJSON(m *version.Moment) *momentJSON {
	if m == nil {
		return nil
	}
	out := momentJSON{Facilities: m.Facilities, People: m.People, Unreached: m.Unreached, Within: m.Within}
	if !math.IsNaN(m.Mean) {
		out.Mean = number(m.Mean)
	}
	return &out
}

// planNextCommand begins the next plan with what is left of this one.
func planNextCommand() command {
	var period string
	return command{
		name: "plan next", args: []string{"P.gpkg"},
		flags: func(c *call) { c.flags.StringVar(&period, "period", "", "") },
		run: func(ctx context.Context, c *call) error {
			if period == "" {
				return usage("cli.plan_period_missing")
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			gone, err := c.session.NextPlan(ctx, period, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"period": period, "gone": gone})
			}
			c.say("cli.plan_next", i18n.Plain(period), gone)
			return nil
		},
	}
}
