package legend

import (
	"image"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/mapview/render"
	"nabar/model/symbology"
)

// The lower right corner of the map: scale bar and sources on a ground that makes them legible over any basemap, and the north arrow
// above them, as on a sheet.
const (
	creditShare = 0.6 // of the map's width, at most, for a line of sources
	creditRow   = 15
	creditAir   = 6 // beside the lines
	northWidth  = 34
	northHeight = 50
	groundFade  = 0.82
)

// ground is an image filled with what words over the map stand on.
func (o *Overlay) ground(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	fill := symbology.PaletteOf(o.theme).Paper.Fade(groundFade).NRGBA()
	draw.Draw(img, img.Rect, image.NewUniform(fill), image.Point{}, draw.Src)
	return img
}

// paintCredits paints the sources for a map of some width, on as many lines as they need.
func (o *Overlay) paintCredits(width float32) {
	o.creditsFor = width
	if o.said == "" || width <= 0 {
		o.credits.Image, o.creditSize = nil, fyne.Size{}
		return
	}
	font := render.Font{Face: render.Regular, Size: creditSize * o.unit}
	lines := font.Wrap(o.said, math.Max(float64(width)*creditShare, 160)*o.unit)
	widest := 0.0
	for _, line := range lines {
		widest = math.Max(widest, font.Width(line))
	}
	air := creditAir * o.unit
	img := o.ground(int(math.Ceil(widest+2*air)), int(math.Ceil((float64(len(lines))*creditRow+3)*o.unit)))
	c := render.NewRaster(img)
	for i, line := range lines {
		c.Text(render.Text{
			X: float64(img.Rect.Dx()) - air, Y: (float64(i)*creditRow + creditRow*0.78 + 1) * o.unit, Text: line, Font: font, Anchor: render.End,
			Colour: symbology.PaletteOf(o.theme).Muted,
		})
	}
	o.credits.Image = img
	o.creditSize = fyne.NewSize(float32(float64(img.Rect.Dx())/o.unit), float32(float64(img.Rect.Dy())/o.unit))
	o.credits.Refresh()
}

// setCredits shows sources; the same ones again cost nothing.
func (o *Overlay) setCredits(said string, same bool) {
	if same && said == o.said && o.north.Image != nil {
		return
	}
	o.said = said
	o.paintCredits(o.object.Size().Width)
	img := image.NewRGBA(image.Rect(0, 0, int(northWidth*o.unit), int(northHeight*o.unit)))
	render.NorthArrow(render.NewRaster(img), northWidth/2*o.unit, 33*o.unit, o.unit, o.printer, symbology.PaletteOf(o.theme))
	o.north.Image = img
	o.north.Refresh()
}

// layoutCorner lays the lower right corner out.
func (c *corners) layoutCorner(size fyne.Size) {
	o := (*Overlay)(c)
	if o.creditsFor != size.Width {
		o.paintCredits(size.Width)
		widgets.Show(o.credits, o.credits.Image != nil)
	}
	credit := o.creditSize
	c.credits.Resize(credit)
	c.credits.Move(fyne.NewPos(size.Width-credit.Width, size.Height-credit.Height))
	bar := fyne.NewPos(size.Width-c.barW, size.Height-credit.Height-barHeight)
	c.bar.Resize(fyne.NewSize(c.barW, barHeight))
	c.bar.Move(bar)
	c.north.Resize(fyne.NewSize(northWidth, northHeight))
	c.north.Move(fyne.NewPos(size.Width-look.Step2-northWidth, bar.Y-look.Step1-northHeight))
}
