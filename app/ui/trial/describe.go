package trial

import (
	"math"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// Input is what a card is written from.
type Input struct {
	Printer *i18n.Printer
	Name    string         // of the service type
	Before  *session.Tried // without any try; nil until it is ready
	Tried   *session.Tried // nil for Before
	Steps   []i18n.Message // what is tried
	Road    *session.Road  // under the pointer; nil for none
	Shut    bool           // that road is closed by the try
	Fault   string         // why the newest try has no figures
	OnMap   bool           // the map is coloured by the change
	Changes bool           // there is something to keep
}

// View is what a card shows, in the user's words.
type View struct {
	Title, Note        string
	Mean, MeanIs       string
	Difference, DiffIs string
	Rows               []Row
	Steps              []string
	OnMap, Keep        bool
}

// Row is a figure with its meaning.
type Row struct{ Meaning, Value string }

// Describe writes a card.
func Describe(in Input) View {
	p := in.Printer
	v := View{Title: p.T("live.title", strings.ToLower(in.Name)), Note: note(in), OnMap: in.OnMap, Keep: in.Changes}
	for _, m := range in.Steps {
		v.Steps = append(v.Steps, p.Text(m))
	}
	t := in.Tried
	if t == nil {
		t = in.Before
	}
	if t == nil {
		return v
	}
	cost := costs(p, t.Result.Query.Impedance)
	c := t.Change
	v.Mean, v.MeanIs = cost(t.Result.Mean), p.T("live.mean")
	v.Difference, v.DiffIs = signed(cost, t.Result.Mean-in.Before.Result.Mean), p.T("live.mean_change")
	v.add(p.T("live.worse"), people(p, c.Worse.People, signed(cost, c.Worse.Mean)))
	v.add(p.T("live.better"), people(p, c.Better.People, signed(cost, -c.Better.Mean)))
	v.add(p.T("live.most"), most(p, cost, c))
	v.add(p.T("live.lost"), p.Int(int64(c.NewlyUnreached)))
	if c.NewlyReached > 0 {
		v.add(p.T("live.gained"), p.Int(int64(c.NewlyReached)))
	}
	for k, label := range symbology.BandLimits(p, t.Result.Query.Bands, t.Result.Query.Impedance) {
		b := c.Bands[k]
		v.add(p.T("live.within", label), p.T("live.band", b.After, moved(p, b.Within, b.Beyond)))
	}
	v.sexes(p, in.Before, t, cost)
	return v
}

// add adds a row.
func (v *View) add(meaning, value string) { v.Rows = append(v.Rows, Row{meaning, value}) }

// sexes adds the means of women and men, where the squares tell them.
func (v *View) sexes(p *i18n.Printer, before, after *session.Tried, cost func(float64) string) {
	for _, id := range []string{"women", "men"} {
		a, b := group(before.Figures, id), group(after.Figures, id)
		if b == nil || math.IsNaN(b.Mean) {
			continue
		}
		text := cost(b.Mean)
		if a != nil {
			text = p.T("live.with_change", text, signed(cost, b.Mean-a.Mean))
		}
		v.add(p.T("live."+id), text)
	}
}

// group finds a group by its id, nil where there is none.
func group(f *model.Figures, id string) *model.Group {
	if f == nil {
		return nil
	}
	for i := range f.Groups {
		if f.Groups[i].ID == id {
			return &f.Groups[i]
		}
	}
	return nil
}

// note is the line under the title: what is wrong, what a click would do, or how to begin.
func note(in Input) string {
	p := in.Printer
	switch {
	case in.Fault != "":
		return in.Fault
	case in.Before == nil:
		return p.T("live.preparing")
	case in.Road != nil:
		key := "live.road_close"
		if in.Shut {
			key = "live.road_open"
		}
		return p.T(key, RoadName(in.Road), i18n.Metres(in.Road.Metres))
	}
	return p.T("live.hint")
}

// RoadName says what kind of road it is.
func RoadName(r *session.Road) i18n.Message {
	switch {
	case r.Ferry:
		return i18n.M("live.ferry")
	case r.Class < 0:
		return i18n.M("live.road")
	case r.Class <= 3:
		return i18n.M("live.road_large", r.Class)
	case r.Class <= 6:
		return i18n.M("live.road_middle", r.Class)
	}
	return i18n.M("live.road_small", r.Class)
}

// costs writes metres or seconds.
func costs(p *i18n.Printer, i model.Impedance) func(float64) string {
	if i == model.Time {
		return p.Time
	}
	return p.Distance
}

// signed writes a difference with its sign; one that is not there is a dash.
func signed(cost func(float64) string, d float64) string {
	switch {
	case math.IsNaN(d):
		return "–"
	case d < 0:
		return "−" + cost(-d)
	case d > 0:
		return "+" + cost(d)
	}
	return "±0"
}

// people writes a count and how much it concerns them; a count of 0 stands alone.
func people(p *i18n.Printer, n int, change string) string {
	if n == 0 {
		return p.Int(0)
	}
	return p.T("live.people", n, change)
}

// most writes the greatest change of a single square, for the worse where both are equally great.
func most(p *i18n.Printer, cost func(float64) string, c *model.Comparison) string {
	if c.Worse.Max == 0 && c.Better.Max == 0 {
		return "–"
	}
	if c.Better.Max > c.Worse.Max {
		return signed(cost, -c.Better.Max)
	}
	return signed(cost, c.Worse.Max)
}

// moved writes how many came within a limit and how many got beyond it.
func moved(p *i18n.Printer, within, beyond int) string {
	switch {
	case within == 0 && beyond == 0:
		return "±0"
	case within == 0:
		return "−" + p.Int(int64(beyond))
	case beyond == 0:
		return "+" + p.Int(int64(within))
	}
	return "+" + p.Int(int64(within)) + " −" + p.Int(int64(beyond))
}
