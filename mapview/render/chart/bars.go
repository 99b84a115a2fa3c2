package chart

import (
	"nabar/mapview/render"
	"nabar/model/symbology"
)

// Bars is a chart of horizontal bars under each other, each on a track that is the whole.
type Bars struct {
	Look Look
	Rows []Bar
}

// Bar is one bar: a part of a whole. The value stands in the bar where it fits, else behind it.
type Bar struct {
	Label, Value string
	Share        float64 // of the track; what lies outside 0 to 1 is cut
	Colour       symbology.Colour
}

// Paint draws the chart into a box of w by h with its upper left corner at the origin.
func (b *Bars) Paint(c render.Canvas, w, h float64) {
	label, value := b.Look.font(render.Regular), b.Look.font(render.Semibold)
	left := 0.0
	for _, row := range b.Rows {
		left = max(left, label.Width(row.Label))
	}
	left += 8
	step := (h - 4) / float64(len(b.Rows))
	thick := min(step*0.72, 20)
	var p render.Path
	for i, row := range b.Rows {
		y := 4 + step*float64(i) + (step-thick)/2
		middle := y + thick/2 + b.Look.halfCap()
		c.Text(render.Text{X: left - 8, Y: middle, Text: row.Label, Font: label, Anchor: render.End, Colour: b.Look.Ink})
		p.Reset()
		p.Rect(left, y, w-left, thick)
		c.Path(&p, render.Paint{Fill: b.Look.Tint})
		length := (w - left) * min(max(row.Share, 0), 1)
		p.Reset()
		p.Rect(left, y, length, thick)
		c.Path(&p, render.Paint{Fill: row.Colour})
		t := render.Text{X: left + length + 5, Y: middle, Text: row.Value, Font: value, Colour: b.Look.Ink}
		if value.Width(row.Value)+10 < length {
			t.X, t.Anchor, t.Colour = left+length-5, render.End, b.Look.on(row.Colour)
		}
		c.Text(t)
	}
}
