package reports

import (
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
)

// mapMargin is the room between the kommun and the map's frame, in points.
const mapMargin = 14

// paperUnit is a reference pixel of 1/96 inch in points.
const paperUnit = 0.75

// mapFigure adds the full-page map of a result.
func (b *builder) mapFigure(s *service, r *model.Result) {
	if b.in.Scene == nil {
		return
	}
	scene := b.in.Scene(r)
	if scene == nil {
		return
	}
	p := b.p
	bound, _ := extent(b.in.Snapshot)
	if bound.IsZero() {
		bound = scene.Bounds()
	}
	b.doc.Add(Figure{
		Caption: p.T("report.map."+string(r.Query.Impedance), s.nearest),
		Alt:     b.mapAlt(s, r),
		Source:  sentences(p.T("report.map.explain."+string(r.Query.Impedance)), ended(scene.Credits()), p.T("report.map.source")),
		Width:   471, Height: 420, Fill: true,
		Paint: func(c render.Canvas, w, h float64) { paintMap(c, scene, bound, p, w, h) },
		Holds: holdsBands(r), Data: b.bandsData(r),
	})
}

// mapAlt says what the map shows, for those who don't see it.
func (b *builder) mapAlt(s *service, r *model.Result) string {
	p, i := b.p, r.Query.Impedance
	parts := []string{p.T("report.map.alt."+string(i), b.in.Kommun.Name, s.nearest, r.Facilities)}
	var said []string
	for _, band := range r.Bands {
		said = append(said, p.T("report.map.alt.band", band.People, limitLabel(p, i, band.To)))
	}
	if len(said) > 0 {
		parts = append(parts, upperFirst(strings.Join(said, ", "))+".")
	}
	return sentences(append(parts, unreachedSentence(p, r), p.T("report.map.alt.table"))...)
}

// paintMap draws the map with its legend and scale bar in a strip below it, where they hide nothing; its sources stand
// under the caption.
func paintMap(c render.Canvas, scene *render.Scene, bound orb.Bound, p *i18n.Printer, w, h float64) {
	strip := newLegendStrip(scene.Legend().Items, w)
	h -= strip.height
	view := render.Fit(bound, int(w), int(h), mapMargin)
	view.Unit = paperUnit
	scene.Paint(c, view)
	scene.PaintFurniture(c, view, render.SheetOptions{NoLegend: true, NoScale: true, NoSource: true})
	palette := symbology.PaletteOf(symbology.Light)
	render.NorthArrow(c, w-20, 38, paperUnit, p, palette)
	var frame render.Path
	frame.Rect(0.25, 0.25, float64(view.Width)-0.5, float64(view.Height)-0.5)
	c.Path(&frame, render.Paint{Stroke: Rule, Width: 0.5})
	strip.paint(c, h+stripAir)
	bar := render.ScaleBar(view)
	bar.Paint(c, w-bar.Length-14, h+strip.height-0.5, paperUnit, p, palette)
}

// The legend's strip, in points: the air above it, the height of a row, the width of a sample and of the gap behind it,
// and the room for the scale bar at its right end.
const (
	stripAir    = 7.0
	stripRow    = 14.0
	stripSample = 17.0
	stripGap    = 12.0
	scaleRoom   = 158.0
)

// legendStrip is a legend set in rows.
type legendStrip struct {
	items  []render.LegendItem
	x, y   []float64 // of each item, from the strip's upper left
	height float64   // with the air above
}

var stripFont = render.Font{Face: render.Regular, Size: 8.6}

// newLegendStrip places items in rows no wider than width. What is no square begins a row, and leaves room for the scale
// bar at its right.
func newLegendStrip(items []render.LegendItem, width float64) legendStrip {
	s := legendStrip{items: items}
	x, row := 0.0, 0.0
	for i, item := range items {
		need := stripSample + 5 + stripFont.Width(item.Label)
		room := width
		if item.Kind != render.SquareSample {
			room -= scaleRoom
		}
		parted := i > 0 && items[i-1].Kind == render.SquareSample && item.Kind != render.SquareSample
		if x > 0 && (x+need > room || parted) {
			x, row = 0, row+1
		}
		s.x, s.y = append(s.x, x), append(s.y, row*stripRow)
		x += need + stripGap
	}
	s.height = stripAir + max(row+1, 2)*stripRow + 3
	return s
}

// paint draws the strip with its upper edge at y.
func (s legendStrip) paint(c render.Canvas, y float64) {
	palette := symbology.PaletteOf(symbology.Light)
	for i, item := range s.items {
		middle := y + s.y[i] + stripRow/2
		item.Paint(c, s.x[i], middle, stripSample, 0.6, palette)
		c.Text(render.Text{
			X: s.x[i] + stripSample + 5, Y: middle + stripFont.Size*render.CapHeight/2, Text: item.Label, Font: stripFont, Colour: Ink,
		})
	}
}

// ended puts a full stop behind a text that says something.
func ended(text string) string {
	if text == "" {
		return ""
	}
	return strings.TrimRight(text, ".") + "."
}
