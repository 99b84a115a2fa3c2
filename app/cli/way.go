package cli

import (
	"context"

	"nabar/model"
)

// wayFlags are the flags that say how, when and for whom a query is computed.
type wayFlags struct{ profile, date, demand string }

// add makes the flags known to a call.
func (f *wayFlags) add(c *call) {
	c.flags.StringVar(&f.profile, "profile", "", "")
	c.flags.StringVar(&f.date, "date", "", "")
	c.flags.StringVar(&f.demand, "demand", "", "")
}

// check refuses a date that is none.
func (f *wayFlags) check() error {
	if f.date != "" && !model.IsDate(f.date) {
		return usage("profile.bad_date", f.date)
	}
	return nil
}

// wayJSON names what a query chooses; what is as usual is left out.
type wayJSON struct {
	Profile string `json:"profile,omitempty"`
	Date    string `json:"date,omitempty"`
	Demand  string `json:"demand,omitempty"`
}

// wayToJSON turns a query's choices into their JSON form.
func wayToJSON(q model.Query) wayJSON { return wayJSON{q.Profile, q.Date, q.Demand} }

// sayWay prints how, when and for whom a query was computed, where that is not as usual.
func (c *call) sayWay(_ context.Context, q model.Query) {
	if way := c.session.WayLabel(q); !way.IsZero() {
		c.say("profile.way_line", way)
	}
}
