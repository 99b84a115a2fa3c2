package results

import (
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/symbology"
)

// Chart is a drawing with words that say the same. Without a Paint there is nothing to show.
type Chart struct {
	Paint  func(c render.Canvas, w, h float64)
	Alt    string
	Height float32
}

const (
	letters     = 12.5
	barStep     = 40 // units of a bar with what stands under it
	plainStep   = 27 // of one with nothing under it
	curveHeight = 180
)

// bars are the people within each limit, each bar made of the map's classes up to there, and those beyond.
func (d *describer) bars() Chart {
	all := &d.f.All
	if all.People == 0 || len(all.Bands) == 0 {
		return Chart{}
	}
	colours := symbology.Ramp(len(all.Bands)+1, d.Theme)
	b := chart.Bars{Look: chart.LookOf(d.Theme, letters)}
	var said []string
	add := func(label string, of func(*model.Group) int, parts []chart.Part) {
		n := of(all)
		row := chart.Bar{Label: label, Value: d.p.T("panel.bar", n, i18n.Share(share(n, all.People))), Parts: parts}
		row.Note = d.beside(func(g *model.Group) string { return d.share(of(g), g.People) })
		b.Rows = append(b.Rows, row)
		said = append(said, strings.TrimSpace(label+": "+row.Value+" "+row.Note))
	}
	var parts []chart.Part
	within := 0
	for i, band := range all.Bands {
		parts = append(parts, chart.Part{Share: share(band.People-within, all.People), Colour: colours[i]})
		within = band.People
		add(d.p.T("ui.results.within", Limit(d.p, d.f.Query.Impedance, band.To)), func(g *model.Group) int { return g.Bands[i].People }, parts[:i+1:i+1])
	}
	last := len(all.Bands) - 1
	beyond := func(g *model.Group) int { return g.Reached - g.Bands[last].People }
	if n := beyond(all); n > 0 {
		add(d.p.T("ui.results.beyond", Limit(d.p, d.f.Query.Impedance, all.Bands[last].To)), beyond, []chart.Part{{Share: share(n, all.People), Colour: colours[last+1]}})
	}
	if all.Unreached > 0 {
		add(d.p.T("ui.results.not_reached"), func(g *model.Group) int { return g.Unreached },
			[]chart.Part{{Share: share(all.Unreached, all.People), Colour: symbology.UnreachableHatch(d.Theme)}})
	}
	step := float32(barStep)
	if d.women == nil {
		step = plainStep
	}
	return Chart{b.Paint, strings.Join(said, ". ") + ".", step*float32(len(b.Rows)) + 4}
}

// curve is the share of people who have at most each distance, women and men beside each other.
func (d *describer) curve() Chart {
	all := &d.f.All
	if len(all.Curve) == 0 {
		return Chart{}
	}
	size, unit := d.unit()
	l := &chart.Line{Look: chart.LookOf(d.Theme, letters), Unit: d.p.T("panel.curve_y"), Y: d.percents()}
	groups := []*model.Group{all}
	if d.Group == "" && d.women != nil && d.men != nil {
		groups = append(groups, d.women, d.men)
	}
	for i, g := range groups {
		s := chart.Series{Name: d.p.Text(g.Name), Mark: chart.NoMark}
		s.Colour, _, _ = chart.Styles(i, d.Theme)
		s.Dash = [][]float64{nil, {0.7, 0.35}, {0.2, 0.3}}[i]
		for _, at := range g.Curve {
			s.Points = append(s.Points, chart.Point{X: at.Cost / size, Y: 100 * at.People})
		}
		l.Series = append(l.Series, s)
	}
	last := all.Curve[len(all.Curve)-1].Cost / size
	l.X = chart.Scale(0, last, 6, d.p.Float)
	l.X[len(l.X)-1].Label += i18n.NBSP + unit
	return Chart{l.Paint, d.p.T("panel.curve_alt", d.cost(all.Median), d.cost(all.P90), d.cost(all.Max)), curveHeight}
}

// spread is the concentration curve beside the line of all having equally far.
func (d *describer) spread() Chart {
	e := &d.f.Equity
	if len(e.Curve) == 0 {
		return Chart{}
	}
	l := &chart.Line{Look: chart.LookOf(d.Theme, letters), Unit: d.p.T("panel.spread_y"), Y: d.percents()}
	here := chart.Series{Name: d.p.T("panel.spread_here"), Mark: chart.Disc}
	alike := chart.Series{Name: d.p.T("panel.spread_alike"), Mark: chart.NoMark, Dash: []float64{0.4, 0.4}, Points: []chart.Point{{}, {X: 100, Y: 100}}}
	here.Colour, _, _ = chart.Styles(0, d.Theme)
	alike.Colour = l.Look.Quiet
	for _, at := range e.Curve {
		here.Points = append(here.Points, chart.Point{X: 100 * at.People, Y: 100 * at.Cost})
	}
	l.Series = []chart.Series{here, alike}
	l.X = d.percents()
	return Chart{l.Paint, d.p.T("panel.spread_alt", i18n.Share(e.Curve[5].Cost), i18n.Share(e.FarShare)), curveHeight}
}

// percents is an axis from nothing to all.
func (d *describer) percents() []chart.Tick {
	var out []chart.Tick
	for _, v := range []float64{0, 25, 50, 75, 100} {
		label := d.p.Float(v, 0)
		if v == 100 {
			label += i18n.NBSP + "%"
		}
		out = append(out, chart.Tick{At: v, Label: label})
	}
	return out
}

// unit is what costs are shown in: how many metres or seconds it is, and its sign.
func (d *describer) unit() (size float64, sign string) {
	if d.f.Query.Impedance == model.Time {
		return 60, "min"
	}
	return 1000, "km"
}
