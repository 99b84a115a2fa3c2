package render

import (
	"context"
	"image"
	"math"

	"nabar/model/symbology"
)

// SheetOptions choose what stands on a map sheet beside the map itself. The mark of a fictional kommun always does.
type SheetOptions struct {
	Title    string // in the upper left corner; "" for none
	NoLegend bool
	NoScale  bool // neither scale bar nor north arrow
	NoSource bool // no line with sources and coordinate system
}

// DrawSheet draws the view with legend, scale bar, north arrow and sources, as a picture to hand on. The picture has
// the view's size.
func DrawSheet(ctx context.Context, s *Scene, v View, opt SheetOptions) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, v.Width, v.Height))
	if err := s.Draw(ctx, img, v); err != nil {
		return nil, err
	}
	s.PaintFurniture(NewRaster(img), v, opt)
	return img, nil
}

// PaintSheet is DrawSheet on any canvas.
func PaintSheet(c Canvas, s *Scene, v View, opt SheetOptions) {
	s.Paint(c, v)
	s.PaintFurniture(c, v, opt)
}

// PaintFurniture draws what stands on a sheet over its map.
func (s *Scene) PaintFurniture(c Canvas, v View, opt SheetOptions) {
	c.Begin(Group{Name: "furniture"})
	defer c.End()
	unit := v.unit()
	margin := 14 * unit
	foot := float64(v.Height)
	if !opt.NoSource {
		foot -= s.sourceLine(c, v)
	}
	s.titlePanel(c, margin, opt.Title, unit)
	if !opt.NoLegend {
		s.legendPanel(c, v, margin, foot)
	}
	if !opt.NoScale {
		s.scalePanel(c, v, float64(v.Width)-margin, foot-margin)
		NorthArrow(c, float64(v.Width)-margin-16*unit, margin+36*unit, unit, s.in.Printer, s.palette)
	}
}

// panel draws the ground that furniture stands on.
func (s *Scene) panel(c Canvas, b box, unit float64) {
	var p Path
	p.RoundRect(b.x0, b.y0, b.x1-b.x0, b.y1-b.y0, 4*unit)
	c.Path(&p, Paint{Fill: s.palette.Paper.Fade(0.94), Stroke: s.palette.Rule, Width: 0.8 * unit})
}

// titlePanel draws the sheet's title and, on its own ground in the accent colour, the mark of a fictional kommun.
func (s *Scene) titlePanel(c Canvas, margin float64, title string, unit float64) {
	y := margin
	if title != "" {
		font := Font{Semibold, 19 * unit}
		s.panel(c, box{margin, y, margin + font.Width(title) + 28*unit, y + 40*unit}, unit)
		c.Text(Text{X: margin + 14*unit, Y: y + 26.5*unit, Text: title, Font: font, Colour: s.palette.Petrol})
		y += 48 * unit
	}
	if mark := s.Mark(); mark != "" {
		font := Font{Semibold, 12.5 * unit}
		var p Path
		p.RoundRect(margin, y, font.Width(mark)+20*unit, 24*unit, 4*unit)
		c.Path(&p, Paint{Fill: symbology.PaletteOf(symbology.Light).Accent})
		c.Text(Text{X: margin + 10*unit, Y: y + 16.2*unit, Text: mark, Font: font, Colour: symbology.RGB(0xffffff)})
	}
}

// legendPanel draws the legend in the lower left corner.
func (s *Scene) legendPanel(c Canvas, v View, margin, foot float64) {
	unit := v.unit()
	legend, pad := s.Legend(), 12*unit
	width, height := legend.Size(unit)
	b := box{margin, foot - margin - height - 2*pad, margin + width + 2*pad, foot - margin}
	s.panel(c, b, unit)
	legend.Paint(c, b.x0+pad, b.y0+pad, unit, s.in.Theme)
}

// scalePanel draws the scale bar with the lower right corner of its ground at (right, bottom).
func (s *Scene) scalePanel(c Canvas, v View, right, bottom float64) {
	unit, bar := v.unit(), ScaleBar(v)
	left := right - bar.Length - 42*unit
	s.panel(c, box{left, bottom - 34*unit, right, bottom}, unit)
	bar.Paint(c, left+14*unit, bottom-9*unit, unit, s.in.Printer, s.palette)
}

// sourceLine draws the line at the foot of the sheet and gives its height. What does not fit on one line is set in
// smaller letters, down to a limit, and then broken.
func (s *Scene) sourceLine(c Canvas, v View) float64 {
	unit := v.unit()
	text := s.in.Printer.T("map.grid", s.in.Printer.Int(int64(roundScale(v.Denominator()))))
	if credits := s.Credits(); credits != "" {
		text = credits + ". " + text
	}
	font := Font{Regular, 10.5 * unit}
	lines := font.Wrap(text, float64(v.Width)-20*unit)
	height := float64(len(lines))*14*unit + 6*unit
	var p Path
	p.Rect(0, float64(v.Height)-height, float64(v.Width), height)
	c.Path(&p, Paint{Fill: s.palette.Paper.Fade(0.9)})
	for i, line := range lines {
		y := float64(v.Height) - height + 14*unit + float64(i)*14*unit
		c.Text(Text{X: 10 * unit, Y: y, Text: line, Font: font, Colour: s.palette.Muted})
	}
	return height
}

// roundScale rounds a scale's denominator to two figures that matter: nobody measures finer on a sheet.
func roundScale(d float64) float64 {
	step := math.Pow(10, math.Floor(math.Log10(math.Max(d, 1)))-1)
	return math.Round(d/step) * step
}
