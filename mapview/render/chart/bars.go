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

// Bar is one bar: a part of a whole. The value stands in the bar where it fits, else behind it; where bars are made of
// parts, all values stand in a column to the right.
type Bar struct {
	Label, Value string
	Note         string  // under the bar, for those that are compared with it; "" for none
	Share        float64 // of the track; what lies outside 0 to 1 is cut
	Colour       symbology.Colour
	Parts        []Part // that make up the bar, from the left; nil for one in Colour
}

// Part is a piece of a bar.
type Part struct {
	Share  float64 // of the track
	Colour symbology.Colour
}

// The measures of bars in canvas units.
const (
	barTop   = 4.0
	barGap   = 8.0  // between label and track
	valueGap = 5.0  // between a value and the end of its bar
	mostBar  = 20.0 // how thick a bar is at most
	leastBar = 1.5  // how long the bar is of what is more than nothing
)

// Paint draws the chart into a box of w by h with its upper left corner at the origin.
func (b *Bars) Paint(c render.Canvas, w, h float64) {
	label, noted := b.Look.font(render.Regular), false
	left := 0.0
	for _, row := range b.Rows {
		left = max(left, label.Width(row.Label))
		noted = noted || row.Note != ""
	}
	left += barGap
	column := b.column()
	step := (h - barTop) / float64(len(b.Rows))
	room := step
	if noted {
		room -= b.Look.Size * 1.2
	}
	thick := min(room*0.72, mostBar)
	for i := range b.Rows {
		y := barTop + step*float64(i) + (room-thick)/2
		b.paint(c, &b.Rows[i], left, y, w-column, thick)
		if column > 0 {
			c.Text(render.Text{
				X: w, Y: y + thick/2 + b.Look.halfCap(), Text: b.Rows[i].Value, Font: b.Look.font(render.Semibold), Anchor: render.End, Colour: b.Look.Ink,
			})
		}
	}
}

// column is the room of a column of values, 0 where they stand at their bars: no ink stands out on all parts of a bar.
func (b *Bars) column() float64 {
	parted, room := false, 0.0
	for _, row := range b.Rows {
		parted, room = parted || row.Parts != nil, max(room, b.Look.font(render.Semibold).Width(row.Value))
	}
	if !parted {
		return 0
	}
	return room + barGap
}

// paint draws one bar on a track from left to right.
func (b *Bars) paint(c render.Canvas, row *Bar, left, y, right, thick float64) {
	label, value := b.Look.font(render.Regular), b.Look.font(render.Semibold)
	middle := y + thick/2 + b.Look.halfCap()
	c.Text(render.Text{X: left - barGap, Y: middle, Text: row.Label, Font: label, Anchor: render.End, Colour: b.Look.Ink})
	var p render.Path
	p.Rect(left, y, right-left, thick)
	c.Path(&p, render.Paint{Fill: b.Look.Tint})
	parts := row.Parts
	if parts == nil {
		parts = []Part{{row.Share, row.Colour}}
	}
	x, last := left, b.Look.Tint
	for _, part := range parts {
		length := min((right-left)*max(part.Share, 0), right-x)
		if part.Share <= 0 || length <= 0 {
			continue
		}
		length = min(max(length, leastBar), right-x)
		p.Reset()
		p.Rect(x, y, length, thick)
		c.Path(&p, render.Paint{Fill: part.Colour})
		x, last = x+length, part.Colour
	}
	if row.Note != "" {
		small := render.Font{Size: b.Look.Size * 0.9}
		c.Text(render.Text{X: left, Y: y + thick + b.Look.Size, Text: row.Note, Font: small, Colour: b.Look.Quiet})
	}
	if b.column() > 0 {
		return
	}
	t := render.Text{X: x + valueGap, Y: middle, Text: row.Value, Font: value, Colour: b.Look.Ink}
	if value.Width(row.Value)+2*valueGap < x-left {
		t.X, t.Anchor, t.Colour = x-valueGap, render.End, b.Look.on(last)
	}
	c.Text(t)
}
