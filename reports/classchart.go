package reports

import (
	"strings"

	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
)

// stack is one bar of parts that make a whole.
type stack struct {
	name  string
	parts []float64 // shares, in the order of the classes
	words []string  // of the shares
}

// classChart sets the service types under each other as bars of equal length, parted by the classes of the map and in
// its colours.
func (b *builder) classChart(i model.Impedance, rows []row) Figure {
	p := b.p
	limits := limitsOf(rows)
	labels := symbology.BandLabels(p, limits, i)
	colours := append(symbology.Ramp(len(limits)+1, symbology.Light), symbology.UnreachableFill(symbology.Light))
	var bars []stack
	var said []string
	used := make([]bool, len(labels))
	for _, r := range rows {
		bar := stack{name: r.name}
		var words []string
		for k, n := range classCounts(r.Result, limits) {
			used[k] = used[k] || n > 0
			bar.parts = append(bar.parts, float64(n)/float64(max(r.People, 1)))
			bar.words = append(bar.words, share(p, n, r.People))
			words = append(words, labels[k]+" "+bar.words[k])
		}
		bars = append(bars, bar)
		said = append(said, r.name+": "+strings.Join(words, ", "))
	}
	caption := p.T("report.chart.classes." + string(i))
	data := b.bandsTable(i, rows)
	return Figure{
		Caption: caption, Alt: caption + ". " + strings.Join(said, ". ") + ".",
		Width: 471, Height: 28 + 24*float64(len(bars)), Stretch: 1.7,
		Paint: func(c render.Canvas, w, h float64) { paintStacks(c, w, h, bars, labels, colours, used) },
		Holds: []string{bandsName(i, "")}, Data: &data,
	}
}

// classCounts parts the people of a result by its limits: each class, those beyond the last limit, those not reached.
// The sum is all people.
func classCounts(r *model.Result, limits []float64) []int {
	out := make([]int, 0, len(limits)+2)
	below := 0
	for _, to := range limits {
		n := max(bandAt(r, to), below)
		out = append(out, n-below)
		below = n
	}
	return append(out, r.Reached-below, r.Unreached)
}

// paintStacks draws a key above the bars. A share is written in its part where there is room for it.
func paintStacks(c render.Canvas, w, h float64, bars []stack, labels []string, colours []symbology.Colour, used []bool) {
	name := render.Font{Face: render.Regular, Size: 8.8}
	value := render.Font{Face: render.Semibold, Size: 8}
	left := 0.0
	for _, b := range bars {
		left = max(left, name.Width(b.name))
	}
	left += 8
	paintKey(c, labels, colours, used)
	const top = 24.0
	step := (h - top) / float64(len(bars))
	thick := min(step*0.74, 26)
	for i, b := range bars {
		y := top + step*float64(i) + (step-thick)/2
		middle := y + thick/2 + name.Size*render.CapHeight/2
		c.Text(render.Text{X: left - 8, Y: middle, Text: b.name, Font: name, Anchor: render.End, Colour: Ink})
		x := left
		for k, part := range b.parts {
			width := (w - left) * part
			var p render.Path
			p.Rect(x, y, width, thick)
			c.Path(&p, render.Paint{Fill: colours[k], Stroke: White, Width: 0.6})
			if value.Width(b.words[k])+6 < width {
				c.Text(render.Text{
					X: x + width/2, Y: middle, Text: b.words[k], Font: value, Anchor: render.Middle, Colour: readable(colours[k]),
				})
			}
			x += width
		}
	}
}

// paintKey draws the classes that occur, from the left.
func paintKey(c render.Canvas, labels []string, colours []symbology.Colour, used []bool) {
	font := render.Font{Face: render.Regular, Size: 8.4}
	x := 0.0
	for k, label := range labels {
		if !used[k] {
			continue
		}
		var p render.Path
		p.Rect(x, 4, 14, 9)
		c.Path(&p, render.Paint{Fill: colours[k], Stroke: Quiet, Width: 0.3})
		c.Text(render.Text{X: x + 18, Y: 11.6, Text: label, Font: font, Colour: Ink})
		x += 18 + font.Width(label) + 12
	}
}

// readable is the ink that stands out on a colour.
func readable(on symbology.Colour) symbology.Colour {
	if symbology.Contrast(White, on) >= symbology.Contrast(Ink, on) {
		return White
	}
	return Ink
}
