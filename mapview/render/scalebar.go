package render

import (
	"math"

	"nabar/internal/i18n"
	"nabar/model/crs"
	"nabar/model/symbology"
)

// Bar is a scale bar: a round length on the ground and how long it is in a view. It is true at the view's centre.
type Bar struct {
	Metres float64 // on the ground
	Length float64 // output units
	Parts  int     // equal parts, alternately filled
}

// ScaleBar gives the longest round bar that is at most 160 reference pixels long.
func ScaleBar(v View) Bar {
	const longest = 160
	ground := v.Scale / crs.GridFactor(v.Centre) // metres on the ground for each output unit
	limit := longest * v.unit() * ground
	bar := Bar{Metres: math.Pow(10, math.Floor(math.Log10(limit))), Parts: 2}
	switch lead := limit / bar.Metres; {
	case lead >= 5:
		bar.Metres, bar.Parts = bar.Metres*5, 5
	case lead >= 4:
		bar.Metres, bar.Parts = bar.Metres*4, 4
	case lead >= 2:
		bar.Metres, bar.Parts = bar.Metres*2, 4
	}
	bar.Length = bar.Metres / ground
	return bar
}

// Label writes the bar's length with its unit: "500 m", "10 km".
func (b Bar) Label(p *i18n.Printer) string {
	if b.Metres < 1000 {
		return p.Float(b.Metres, max(0, int(-math.Floor(math.Log10(b.Metres))))) + i18n.NBSP + p.T("map.unit.m")
	}
	return p.Float(b.Metres/1000, 0) + i18n.NBSP + p.T("map.unit.km")
}

// Paint draws the bar with its left end at x and its lower edge at y, with its numbers above it: 0, and its length.
func (b Bar) Paint(c Canvas, x, y, unit float64, p *i18n.Printer, palette symbology.Palette) {
	c.Begin(Group{Name: "scale"})
	defer c.End()
	height := 4 * unit
	var frame, filled Path
	frame.Rect(x, y-height, b.Length, height)
	c.Path(&frame, Paint{Fill: palette.Paper, Stroke: palette.Ink, Width: 0.9 * unit})
	for i := 0; i < b.Parts; i += 2 {
		part := b.Length / float64(b.Parts)
		filled.Rect(x+float64(i)*part, y-height, part, height)
	}
	c.Path(&filled, Paint{Fill: palette.Ink})
	t := Text{
		X: x, Y: y - height - 5*unit, Text: "0", Font: Font{Regular, 11.5 * unit}, Colour: palette.Ink,
		Halo: palette.Halo.Fade(0.9), HaloWidth: 1.8 * unit, Anchor: Middle,
	}
	c.Text(t)
	t.X, t.Text = x+b.Length, b.Label(p)
	c.Text(t)
}

// NorthArrow draws an arrow to the grid's north with its middle at (x, y) and the letter that the language has for it.
func NorthArrow(c Canvas, x, y, unit float64, p *i18n.Printer, palette symbology.Palette) {
	c.Begin(Group{Name: "north"})
	defer c.End()
	h, w := 15*unit, 7*unit
	var whole, half Path
	whole.Polygon(x, y-h, x+w, y+h*0.72, x, y+h*0.4, x-w, y+h*0.72)
	half.Polygon(x, y-h, x, y+h*0.4, x-w, y+h*0.72)
	c.Path(&whole, Paint{Fill: palette.Paper, Stroke: palette.Halo, Width: 4 * unit})
	c.Path(&whole, Paint{Fill: palette.Paper, Stroke: palette.Ink, Width: 1 * unit})
	c.Path(&half, Paint{Fill: palette.Ink})
	c.Text(Text{
		X: x, Y: y - h - 4*unit, Text: p.T("map.north"), Font: Font{Semibold, 12.5 * unit}, Colour: palette.Ink,
		Anchor: Middle, Halo: palette.Halo.Fade(0.9), HaloWidth: 1.8 * unit,
	})
}
