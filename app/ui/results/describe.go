package results

import (
	"cmp"
	"image"
	"math"
	"slices"

	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// View is what the panel shows, in the user's words.
type View struct {
	Title    string
	Subtitle string
	Symbol   image.Image
	Notice   string // why there are no figures, or that they are old
	Warn     bool   // the notice is about figures that are shown
	Compute  string // label of the button that computes; "" for none
	Figures  []Figure
	BarsHead string
	Bars     []widgets.Bar
	RankHead string
	Places   []Place
}

// Figure is one key figure.
type Figure struct{ Value, Meaning string }

// Place is one row of the ranking.
type Place struct {
	ID, Name, Note, People string
}

// Input is what a View is made of.
type Input struct {
	Printer  *i18n.Printer
	Service  string // the type's name
	Symbol   image.Image
	Query    model.Query
	Result   *model.Result // nil where there is none
	Snapshot *model.Snapshot
	Theme    symbology.Theme
	Missing  string // why there is no result, "" where it only has not been computed
	Writable bool
}

// Describe puts a result into words and bars. It computes nothing: shares of people are all that is derived.
func Describe(in Input) View {
	p := in.Printer
	v := View{Title: in.Service, Symbol: in.Symbol, Subtitle: p.T("ui.results.by_" + string(in.Query.Impedance))}
	r := in.Result
	if r == nil {
		v.Subtitle = ""
		v.Notice = in.Missing
		if v.Notice == "" {
			v.Notice, v.Compute = p.T("ui.results.none"), p.T("ui.results.compute")
		}
		return v
	}
	if r.Params.Rules != 0 {
		v.Notice = p.T("pipos.note")
	}
	if r.Stale {
		v.Notice, v.Compute, v.Warn = p.T("ui.results.stale"), p.T("ui.results.again"), true
	}
	v.Figures = figures(p, r)
	v.BarsHead, v.Bars = p.T("ui.results.bands"), bars(p, r, in.Theme)
	v.RankHead, v.Places = p.T("ui.results.places"), ranking(p, r, in.Snapshot)
	return v
}

// Cost writes a distance or a time.
func Cost(p *i18n.Printer, i model.Impedance, v float64) string {
	if i == model.Time {
		return p.Time(v)
	}
	return p.Distance(v)
}

// figures are the key figures.
func figures(p *i18n.Printer, r *model.Result) []Figure {
	unit := r.Query.Impedance
	out := []Figure{
		{Cost(p, unit, r.Mean), p.T("ui.results.mean")},
		{Cost(p, unit, r.Median), p.T("ui.results.median")},
		{Cost(p, unit, r.P90), p.T("ui.results.p90")},
		{Cost(p, unit, r.Max), p.T("ui.results.max")},
		{Cost(p, unit, r.SecondMean), p.T("ui.results.second")},
		{p.Int(int64(r.Unreached)), p.T("ui.results.unreached", r.Unreached)},
	}
	return out
}

// bars are the people within each limit, each bar made of the map's classes up to there, and those beyond.
func bars(p *i18n.Printer, r *model.Result, theme symbology.Theme) []widgets.Bar {
	if r.People == 0 || len(r.Bands) == 0 {
		return nil
	}
	colours := symbology.Ramp(len(r.Bands)+1, theme)
	var parts []widgets.Part
	var out []widgets.Bar
	within := 0
	for i, b := range r.Bands {
		parts = append(parts, widgets.Part{Share: share(b.People-within, r.People), Color: colours[i].NRGBA()})
		within = b.People
		out = append(out, bar(p, p.T("ui.results.within", Limit(p, r.Query.Impedance, b.To)), b.People, r.People, slices.Clone(parts)))
	}
	last := r.Bands[len(r.Bands)-1]
	if beyond := r.Reached - last.People; beyond > 0 {
		piece := []widgets.Part{{Share: share(beyond, r.People), Color: colours[len(r.Bands)].NRGBA()}}
		out = append(out, bar(p, p.T("ui.results.beyond", Limit(p, r.Query.Impedance, last.To)), beyond, r.People, piece))
	}
	if r.Unreached > 0 {
		piece := []widgets.Part{{Share: share(r.Unreached, r.People), Color: symbology.UnreachableHatch(theme).NRGBA()}}
		out = append(out, bar(p, p.T("ui.results.not_reached"), r.Unreached, r.People, piece))
	}
	return out
}

// bar is one row of the chart.
func bar(p *i18n.Printer, label string, people, all int, parts []widgets.Part) widgets.Bar {
	return widgets.Bar{Label: label, Value: p.Int(int64(people)), Note: p.Percent(share(people, all)), Parts: parts}
}

// share is a part of a whole that is not nothing.
func share(part, whole int) float64 { return float64(part) / float64(whole) }

// Limit writes a band's limit without decimals that say nothing: "5 km", "10 min", "500 m".
func Limit(p *i18n.Printer, i model.Impedance, v float64) string {
	unit, size := "km", 1000.0
	switch {
	case i == model.Time:
		unit, size = "min", 60
	case v < 1000:
		unit, size = "m", 1
	}
	decimals := 0
	if v/size != math.Trunc(v/size) {
		decimals = 1
	}
	return p.Float(v/size, decimals) + i18n.NBSP + unit
}

// ranking are the places by the people whose nearest they are, most first; equal ones by name and id.
func ranking(p *i18n.Printer, r *model.Result, s *model.Snapshot) []Place {
	towns := map[string]string{}
	if s != nil {
		for i := range s.Facilities {
			towns[s.Facilities[i].ID] = s.Facilities[i].Town
		}
	}
	places := slices.Clone(r.Places)
	slices.SortStableFunc(places, func(a, b model.PlaceFigure) int {
		return cmp.Or(cmp.Compare(b.PeopleNearest, a.PeopleNearest), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	out := make([]Place, 0, len(places))
	for _, f := range places {
		note := towns[f.ID]
		if !f.Joined {
			note = p.T("ui.results.not_joined")
		}
		out = append(out, Place{ID: f.ID, Name: f.Name, Note: note, People: p.Int(int64(f.PeopleNearest))})
	}
	return out
}
