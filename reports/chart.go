package reports

import (
	"strings"

	"nabar/mapview/render/chart"
	"nabar/model"
	"nabar/model/symbology"
)

// bandCharts draws how many live within each limit, a chart for each result of the service.
func (b *builder) bandCharts(s *service) Charts {
	var out Charts
	for _, r := range s.results() {
		if len(r.Bands) > 0 && r.People > 0 {
			out.Figures = append(out.Figures, b.bandChart(s, r))
		}
	}
	return out
}

// bandChart draws one result's bands: a bar for each limit, on a track that is all people, with its number written out.
func (b *builder) bandChart(s *service, r *model.Result) Figure {
	p, i := b.p, r.Query.Impedance
	var bars []chart.Bar
	var said []string
	add := func(label string, people int, c symbology.Colour) {
		part := float64(people) / float64(r.People)
		value := p.T("report.chart.value", people, share(p, people, r.People))
		bars = append(bars, chart.Bar{Label: label, Value: value, Share: part, Colour: c})
		said = append(said, label+": "+value)
	}
	for _, band := range r.Bands {
		add(p.T("report.col.within", limitLabel(p, i, band.To)), band.People, Petrol)
	}
	if r.Unreached > 0 {
		add(p.T("report.chart.unreached"), r.Unreached, Accent)
	}
	caption := p.T("report.chart."+string(i), s.nearest)
	drawn := chart.Bars{Look: chartLook(8.8), Rows: bars}
	return Figure{
		Caption: caption, Alt: caption + ". " + strings.Join(said, "; ") + ".",
		Width: 471, Height: 12 + barStep*float64(len(bars)), Stretch: 1.6,
		Paint: drawn.Paint, Holds: holdsBands(r), Data: b.bandsData(r),
	}
}

// barStep is the natural height of a bar with its air, in points.
const barStep = 19.0

// chartLook is the letters and colours of the charts in documents.
func chartLook(size float64) chart.Look {
	return chart.Look{Size: size, Ink: Ink, Quiet: Quiet, Rule: Rule, Tint: Tint, Ground: White}
}
