package render

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/paulmach/orb"

	"nabar/model/crs"
	"nabar/model/symbology"
)

// Template is the form of a printed map sheet.
type Template struct {
	ID            string  // as the command line says it
	Width, Height float64 // of the paper, in millimetres
	// Enlarge is how much larger letters, symbols and lines are than on A4: what hangs on a wall is read from afar.
	Enlarge float64
}

// Templates are the forms that sheets can have.
func Templates() []Template {
	return []Template{
		{"a4-portrait", 210, 297, 1},
		{"a4-landscape", 297, 210, 1},
		{"a3-portrait", 297, 420, 1.15},
		{"a3-landscape", 420, 297, 1.15},
		{"a1-poster", 594, 841, 2.3},
	}
}

// TemplateOf gives the template with an id.
func TemplateOf(id string) (Template, bool) {
	for _, t := range Templates() {
		if t.ID == id {
			return t, true
		}
	}
	return Template{}, false
}

// PaperSheet is a map on paper at a round scale, with what a printed map has beside it.
type PaperSheet struct {
	Template    Template
	Scene       *Scene
	Bound       orb.Bound   // what the map is about, in its middle
	Denominator float64     // of the scale on the ground at the map's centre; 0 for the largest round one that shows all of Bound
	Title       string      // above the map
	Date        string      // as it is to stand at the foot; "" for none
	Logo        image.Image // beside the title; nil for none
	Notes       []Note      // a list under the map
}

// PartRole tells what a part of a sheet is, for those who read the file without seeing it.
type PartRole uint8

// The parts of a sheet, in the order in which they are read.
const (
	TitlePart PartRole = iota
	LogoPart
	MapPart  // the map itself
	KeyPart  // legend, scale bar and north arrow: read together with the map
	NotePart // the list under the map
	FootPart // sources, coordinate system and date
)

// SheetPart is one part of a sheet with its box, in output units from the sheet's upper left corner.
type SheetPart struct {
	Role       PartRole
	X, Y, W, H int
	Paint      func(c Canvas) // in the part's own coordinates
}

// LaidSheet is a sheet laid out for a medium.
type LaidSheet struct {
	Width, Height int // output units
	View          View
	Denominator   float64
	Parts         []SheetPart
	scene         *Scene
}

// The sizes of a sheet's furniture in reference pixels, and of its margin in millimetres; all grow with the template.
const (
	paperMargin = 10.0
	paperGap    = 12.0 // between the parts
	paperInner  = 10.0 // kept free between what the map is about and its frame
	titleSize   = 22.0
	titleRow    = 28.0
	footSize    = 10.5
	footRow     = 14.0
	logoWidth   = 190.0 // at most
	logoHeight  = 52.0
	scaleWidth  = 232.0 // of scale bar and north arrow
	scaleHeight = 66.0
	sideShare   = 0.27 // of the paper's width, at most, for the legend beside the map
	bandShare   = 0.30 // of its height, at most, for the legend below the map
)

// pointsPerInch is the unit that sheets are laid out in, whatever they are drawn on.
const pointsPerInch = 72

// paperFrame is a sheet's layout in points.
type paperFrame struct {
	p                          *PaperSheet
	unit                       float64 // points of a reference pixel
	width, height              float64
	title, foot                []string
	head, logo, main, key, end box
	notes                      box
	noteLines                  []noteLine
	noteWidth                  float64 // of a column
	beside                     bool    // the legend stands beside the map, not below it
	legend                     []Legend
	legendUnit                 float64 // points
	denominator                float64
}

// Lay lays the sheet out for a medium of perInch output units an inch: 72 for points, the resolution for pixels. The
// scale does not depend on the medium.
func (p *PaperSheet) Lay(perInch float64) *LaidSheet {
	f := p.frame()
	k := perInch / pointsPerInch
	out := &LaidSheet{
		Width: int(math.Round(f.width * k)), Height: int(math.Round(f.height * k)), Denominator: f.denominator, scene: p.Scene,
	}
	part := func(role PartRole, b box, paint func(c Canvas, w, h float64)) SheetPart {
		x, y := math.Round(b.x0*k), math.Round(b.y0*k)
		w, h := math.Round(b.x1*k)-x, math.Round(b.y1*k)-y
		return SheetPart{role, int(x), int(y), int(w), int(h), func(c Canvas) { paint(c, w, h) }}
	}
	u := f.unit * k
	out.Parts = append(out.Parts, part(TitlePart, f.head, func(c Canvas, _, _ float64) { f.paintTitle(c, u) }))
	if p.Logo != nil {
		out.Parts = append(out.Parts, part(LogoPart, f.logo, func(c Canvas, w, h float64) { placeLogo(c, p.Logo, w, h) }))
	}
	m := part(MapPart, f.main, nil)
	centre := p.Bound.Center()
	out.View = View{
		Centre: centre, Width: m.W, Height: m.H, Unit: u,
		Scale: f.denominator * crs.GridFactor(centre) * metresPerInch / perInch,
	}
	m.Paint = func(c Canvas) {
		p.Scene.Paint(c, out.View)
		p.Scene.frameMap(c, out.View)
	}
	out.Parts = append(out.Parts, m, part(KeyPart, f.key, func(c Canvas, w, h float64) { f.paintKey(c, out.View, w, h, k) }))
	if len(f.noteLines) > 0 {
		out.Parts = append(out.Parts, part(NotePart, f.notes, func(c Canvas, _, _ float64) { f.paintNotes(c, k) }))
	}
	out.Parts = append(out.Parts, part(FootPart, f.end, func(c Canvas, w, _ float64) { f.paintFoot(c, u, w) }))
	return out
}

// metresPerInch is what a printed inch measures.
const metresPerInch = 0.0254

// frame lays the sheet out in points.
func (p *PaperSheet) frame() *paperFrame {
	const pointsPerMM = pointsPerInch / 25.4
	t := p.Template
	f := &paperFrame{p: p, unit: 0.75 * max(t.Enlarge, 0.1), width: t.Width * pointsPerMM, height: t.Height * pointsPerMM}
	margin, gap := paperMargin*pointsPerMM*max(t.Enlarge, 0.1), paperGap*f.unit
	inner := box{margin, margin, f.width - margin, f.height - margin}
	f.head = inner
	if p.Logo != nil {
		f.logo = f.logoBox(inner)
		f.head.x1 = f.logo.x0 - gap
	}
	f.title = Font{Semibold, titleSize * f.unit}.Wrap(p.Title, f.head.x1-f.head.x0)
	f.head.y1 = f.head.y0 + float64(len(f.title))*titleRow*f.unit
	top := max(f.head.y1, f.logo.y1) + gap*0.8
	f.main = box{inner.x0, top, inner.x1, inner.y1}
	f.beside = f.width > f.height
	// The foot names the scale, whose number can be long: it is set with the widest and then with the true one.
	f.denominator = 1e7
	for range 2 {
		f.foot = Font{Regular, footSize * f.unit}.Wrap(f.footText(), inner.x1-inner.x0)
		f.end = box{inner.x0, inner.y1 - float64(len(f.foot))*footRow*f.unit, inner.x1, inner.y1}
		f.main.y1 = f.placeNotes(inner, gap)
		f.placeKey(inner, gap)
		f.denominator = f.scale()
	}
	return f
}

// logoBox is the room of the logo in the upper right corner, in its own proportions.
func (f *paperFrame) logoBox(inner box) box {
	size := f.p.Logo.Bounds().Size()
	k := min(logoWidth*f.unit/float64(max(size.X, 1)), logoHeight*f.unit/float64(max(size.Y, 1)))
	return box{inner.x1 - float64(size.X)*k, inner.y0, inner.x1, inner.y0 + float64(size.Y)*k}
}

// placeKey parts the room under the title between the map and its legend.
func (f *paperFrame) placeKey(inner box, gap float64) {
	legend := f.p.Scene.Legend()
	f.main.x1 = inner.x1
	f.key, f.legendUnit = f.main, f.unit
	if f.beside {
		w, h := legend.Size(f.unit)
		room := f.main.y1 - f.main.y0 - (scaleHeight+paperGap)*f.unit
		f.legendUnit *= min(1, sideShare*f.width/w, room/h)
		f.legend = []Legend{legend}
		w = max(w*f.legendUnit/f.unit, scaleWidth*f.unit)
		f.key.x0, f.main.x1 = inner.x1-w, inner.x1-w-gap
		return
	}
	room := inner.x1 - inner.x0 - scaleWidth*f.unit - gap
	w, h := 0.0, 0.0
	f.legend, w, h = legend.columns(room, f.unit)
	f.legendUnit *= min(1, room/w, bandShare*f.height/h)
	f.key.y0 = f.main.y1 - max(h*f.legendUnit/f.unit, scaleHeight*f.unit)
	f.main.y1 = f.key.y0 - gap
}

// columnAir is the room between the columns of a legend, in reference pixels.
const columnAir = 18.0

// columns parts a legend into columns of about the same height that fit beside each other in room, and gives their size. One
// that is wider than the room stands alone.
func (l Legend) columns(room, unit float64) (out []Legend, width, height float64) {
	for n := 4; n >= 1; n-- {
		out = nil
		rows := max((len(l.Items)+n-1)/n, 1)
		for from := 0; from == 0 || from < len(l.Items); from += rows {
			part := Legend{Items: l.Items[from:min(from+rows, len(l.Items))]}
			if from == 0 {
				part.Title, part.Subtitle = l.Title, l.Subtitle
			} else if l.Subtitle != "" {
				part.Subtitle = " " // the room of the first column's
			}
			out = append(out, part)
		}
		width, height = -columnAir*unit, 0
		for _, part := range out {
			w, h := part.Size(unit)
			width, height = width+w+columnAir*unit, max(height, h)
		}
		if width <= room {
			break
		}
	}
	return out, width, height
}

// scale is the denominator of the sheet's scale: as wished, else the smallest round one that shows everything.
func (f *paperFrame) scale() float64 {
	if f.p.Denominator > 0 {
		return f.p.Denominator
	}
	b := f.p.Bound
	pad := 2 * paperInner * f.unit
	w, h := max(f.main.x1-f.main.x0-pad, 1), max(f.main.y1-f.main.y0-pad, 1)
	metres := max((b.Max[0]-b.Min[0])/w, (b.Max[1]-b.Min[1])/h) / crs.GridFactor(b.Center()) // on the ground for each point
	return RoundDenominator(metres * pointsPerInch / metresPerInch)
}

// RoundDenominator gives the smallest round number of a map's scale that is d or more: 1:10 000, 1:15 000, 1:20 000, 1:25 000 and
// so on. It is at least 500.
func RoundDenominator(d float64) float64 {
	d = math.Max(d, 500)
	step := math.Pow(10, math.Floor(math.Log10(d)))
	for _, lead := range []float64{1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5} {
		if lead*step >= d*(1-1e-12) {
			return lead * step
		}
	}
	return 10 * step
}

// footText is the line with sources, coordinate system, scale and date.
func (f *paperFrame) footText() string {
	p := f.p.Scene.in.Printer
	text := p.T("sheet.grid", p.Int(int64(math.Round(f.denominator))))
	if credits := f.p.Scene.Credits(); credits != "" {
		text = credits + ". " + text
	}
	if f.p.Date != "" {
		text += " " + p.T("sheet.date", f.p.Date)
	}
	return text
}

// paintTitle paints the sheet's name.
func (f *paperFrame) paintTitle(c Canvas, unit float64) {
	for i, line := range f.title {
		y := (float64(i)*titleRow + titleRow*0.76) * unit
		c.Text(Text{Y: y, Text: line, Font: Font{Semibold, titleSize * unit}, Colour: f.p.Scene.palette.Petrol})
	}
}

// paintFoot paints the line at the foot.
func (f *paperFrame) paintFoot(c Canvas, unit, width float64) {
	var rule Path
	rule.Line(0, 0.5*unit, width, 0.5*unit)
	c.Path(&rule, Paint{Stroke: f.p.Scene.palette.Rule, Width: 0.7 * unit})
	for i, line := range f.foot {
		y := (float64(i)*footRow + footRow*0.86) * unit
		c.Text(Text{Y: y, Text: line, Font: Font{Regular, footSize * unit}, Colour: f.p.Scene.palette.Muted})
	}
}

// paintKey paints legend, scale and north arrow, in a column beside the map or a band below it. k is output units a point.
func (f *paperFrame) paintKey(c Canvas, v View, w, h, k float64) {
	unit, x := f.legendUnit*k, 0.0
	for _, part := range f.legend {
		part.Paint(c, x, 0, unit, symbology.Light)
		width, _ := part.Size(unit)
		x += width + columnAir*unit
	}
	in, palette := f.p.Scene.in, f.p.Scene.palette
	u := v.unit()
	left := 0.0
	if !f.beside {
		left = w - scaleWidth*u
	}
	NorthArrow(c, left+12*u, h-26*u, u, in.Printer, palette)
	c.Text(Text{
		X: left + 36*u, Y: h - 32*u, Text: in.Printer.T("sheet.scale", in.Printer.Int(int64(math.Round(f.denominator)))),
		Font: Font{Semibold, 12.5 * u}, Colour: palette.Ink,
	})
	ScaleBar(v).Paint(c, left+38*u, h-2*u, u, in.Printer, palette)
}

// frameMap draws the frame around a map and, for a fictional kommun, the words that say so.
func (s *Scene) frameMap(c Canvas, v View) {
	u := v.unit()
	s.titlePanel(c, 14*u, "", u)
	var p Path
	p.Rect(0.5*u, 0.5*u, float64(v.Width)-u, float64(v.Height)-u)
	c.Path(&p, Paint{Stroke: s.palette.Ink, Width: u})
}

// placeLogo draws a logo over the whole of its box.
func placeLogo(c Canvas, logo image.Image, w, h float64) {
	if i, ok := c.(Imager); ok {
		i.Image(logo, 0, 0, w, h)
	}
}

// Draw paints the sheet over all of dst, whose size must be the sheet's, on white paper.
func (l *LaidSheet) Draw(ctx context.Context, dst *image.RGBA) error {
	draw.Draw(dst, dst.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	for _, part := range l.Parts {
		if part.W <= 0 || part.H <= 0 {
			continue
		}
		at := image.Rect(part.X, part.Y, part.X+part.W, part.Y+part.H).Add(dst.Rect.Min).Intersect(dst.Rect)
		sub := dst.SubImage(at).(*image.RGBA)
		if part.Role != MapPart {
			part.Paint(NewRaster(sub))
			continue
		}
		if err := l.scene.Draw(ctx, sub, l.View); err != nil {
			return err
		}
		l.scene.frameMap(NewRaster(sub), l.View)
	}
	return ctx.Err()
}
