package reports

import (
	"strings"

	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
)

// bar is one bar of a chart: a part of a whole.
type bar struct {
	label, value string
	share        float64
	colour       symbology.Colour
}

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
	var bars []bar
	var said []string
	add := func(label string, people int, c symbology.Colour) {
		part := float64(people) / float64(r.People)
		value := p.T("report.chart.value", people, share(p, people, r.People))
		bars = append(bars, bar{label, value, part, c})
		said = append(said, label+": "+value)
	}
	for _, band := range r.Bands {
		add(p.T("report.col.within", limitLabel(p, i, band.To)), band.People, Petrol)
	}
	if r.Unreached > 0 {
		add(p.T("report.chart.unreached"), r.Unreached, Accent)
	}
	caption := p.T("report.chart."+string(i), s.nearest)
	return Figure{
		Caption: caption, Alt: caption + ". " + strings.Join(said, "; ") + ".",
		Width: 471, Height: 12 + barStep*float64(len(bars)), Stretch: 1.6,
		Paint: func(c render.Canvas, w, h float64) { paintBars(c, w, h, bars) },
	}
}

// barStep is the natural height of a bar with its air, in points.
const barStep = 19.0

// paintBars draws horizontal bars. The value stands in the bar where it fits, else behind it.
func paintBars(c render.Canvas, w, h float64, bars []bar) {
	label := render.Font{Face: render.Regular, Size: 8.8}
	value := render.Font{Face: render.Semibold, Size: 8.8}
	left := 0.0
	for _, b := range bars {
		left = max(left, label.Width(b.label))
	}
	left += 8
	step := (h - 4) / float64(len(bars))
	thick := min(step*0.72, 20)
	var p render.Path
	for i, b := range bars {
		y := 4 + step*float64(i) + (step-thick)/2
		middle := y + thick/2 + label.Size*render.CapHeight/2
		c.Text(render.Text{X: left - 8, Y: middle, Text: b.label, Font: label, Anchor: render.End, Colour: Ink})
		p.Reset()
		p.Rect(left, y, w-left, thick)
		c.Path(&p, render.Paint{Fill: Tint})
		length := (w - left) * min(max(b.share, 0), 1)
		p.Reset()
		p.Rect(left, y, length, thick)
		c.Path(&p, render.Paint{Fill: b.colour})
		t := render.Text{X: left + length + 5, Y: middle, Text: b.value, Font: value, Colour: Ink}
		if value.Width(b.value)+10 < length {
			t.X, t.Anchor, t.Colour = left+length-5, render.End, White
		}
		c.Text(t)
	}
}
