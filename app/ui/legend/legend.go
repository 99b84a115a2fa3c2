// Package legend is what lies over the map in the window: the legend, the scale bar, the north arrow, where the data comes from, and the
// words that mark a fictional kommun. Legend and bar are painted by the same code as in print.
package legend

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model/symbology"
)

const (
	padding     = 12 // units inside the legend's panel
	barMargin   = 24 // units beside the scale bar, for its numbers
	barHeight   = 26
	creditSize  = 11
	cornerRound = 4
)

// Overlay is laid over the map and lets all clicks through.
type Overlay struct {
	printer *i18n.Printer

	legend  *canvas.Image // with its panel: one picture is painted faster than a rounded rectangle below another
	bar     *canvas.Image
	credits *canvas.Image
	north   *canvas.Image
	mark    *canvas.Text
	markBox *canvas.Rectangle
	object  *fyne.Container

	theme   symbology.Theme
	unit    float64
	large   float64 // how much larger the legend is than usual
	painted float64 // the large that it was painted with
	shown   render.Legend
	known   bool
	drawn   render.Bar
	hidden  bool
	size    fyne.Size // of the legend with its panel, in units
	barW    float32   // of the bar's image, in units

	said       string    // the sources
	creditsFor float32   // width of the map that they were painted for
	creditSize fyne.Size // in units
}

// New makes an empty overlay.
func New(p *i18n.Printer) *Overlay {
	o := &Overlay{
		printer: p, unit: 1, large: 1, legend: picture(), bar: picture(),
		credits: picture(), north: picture(), mark: canvas.NewText("", nil), markBox: canvas.NewRectangle(nil),
	}
	o.legend.CornerRadius, o.markBox.CornerRadius = cornerRound, cornerRound
	o.mark.TextSize, o.mark.TextStyle.Bold = theme.TextSize(), true
	o.object = &fyne.Container{Layout: (*corners)(o)}
	o.object.Objects = []fyne.CanvasObject{o.legend, o.bar, o.credits, o.north, o.markBox, o.mark}
	o.hide(o.object.Objects...)
	return o
}

// picture is an image without a picture yet.
func picture() *canvas.Image {
	return &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}
}

func (o *Overlay) hide(objects ...fyne.CanvasObject) {
	for _, obj := range objects {
		obj.Hide()
	}
}

// Object is the overlay for the window's layout.
func (o *Overlay) Object() fyne.CanvasObject { return o.object }

// Enlarge makes the legend larger from the next Set on, for those who see it from afar.
func (o *Overlay) Enlarge(by float64) { o.large = by }

// ShowLegend shows the legend or hides it.
func (o *Overlay) ShowLegend(on bool) {
	o.hidden = !on
	o.arrange()
}

// Set shows the legend of a scene, for a screen of unit pixels a unit.
func (o *Overlay) Set(s *render.Scene, t symbology.Theme, unit float64) {
	next := s.Legend()
	same := o.known && o.theme == t && o.unit == unit && o.painted == o.large && reflect.DeepEqual(o.shown, next)
	plain := o.theme == t && o.unit == unit
	o.theme, o.unit, o.shown = t, unit, next
	o.known = len(o.shown.Items) > 0
	o.drawn = render.Bar{}
	palette := symbology.PaletteOf(t)
	o.markBox.FillColor = palette.Accent.NRGBA()
	o.setCredits(s.Credits(), plain)
	o.mark.Text, o.mark.Color = s.Mark(), palette.Paper.NRGBA()
	if !same { // while something is tried out it is the same again and again
		o.paintLegend(palette.Paper.Fade(0.93).NRGBA())
	}
	o.arrange()
}

// paintLegend paints the legend on its image, upon a panel of a colour.
func (o *Overlay) paintLegend(panel color.NRGBA) {
	w, h := o.shown.Size(o.unit * o.large)
	inset := padding * o.unit
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w+2*inset)), int(math.Ceil(h+2*inset))))
	draw.Draw(img, img.Rect, image.NewUniform(panel), image.Point{}, draw.Src)
	o.shown.Paint(render.NewRaster(img), inset, inset, o.unit*o.large, o.theme)
	o.legend.Image, o.painted = img, o.large
	o.size = fyne.NewSize(float32(float64(img.Rect.Dx())/o.unit), float32(float64(img.Rect.Dy())/o.unit))
	o.legend.Refresh()
}

// View shows the scale bar of a view.
func (o *Overlay) View(v render.View) {
	bar := render.ScaleBar(v)
	if math.IsNaN(bar.Length) || bar.Length <= 0 || (bar.Metres == o.drawn.Metres && math.Abs(bar.Length-o.drawn.Length) < 0.25) {
		return
	}
	o.drawn = bar
	w := int(math.Ceil(bar.Length + 2*barMargin*o.unit))
	img := o.ground(w, int(barHeight*o.unit))
	bar.Paint(render.NewRaster(img), barMargin*o.unit, (barHeight-5)*o.unit, o.unit, o.printer, symbology.PaletteOf(o.theme))
	o.bar.Image = img
	o.barW = float32(float64(w) / o.unit)
	o.bar.Refresh()
	o.arrange()
}

// arrange shows what there is to show, each in its corner.
func (o *Overlay) arrange() {
	widgets.Show(o.legend, o.known && !o.hidden)
	widgets.Show(o.bar, o.bar.Image != nil)
	widgets.Show(o.credits, o.credits.Image != nil)
	widgets.Show(o.north, o.bar.Image != nil)
	widgets.Show(o.mark, o.mark.Text != "")
	widgets.Show(o.markBox, o.mark.Text != "")
	o.object.Refresh()
}

// corners lays the overlay out: legend lower left, scale bar and sources lower right, the mark at
// the top beside the map's buttons, where the card of what is chosen does not cover it.
type corners Overlay

func (c *corners) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (c *corners) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const gap = look.Step3
	c.legend.Resize(c.size)
	c.legend.Move(fyne.NewPos(gap, size.Height-gap-c.size.Height))
	c.layoutCorner(size)
	mark := c.mark.MinSize()
	box := mark.AddWidthHeight(2*look.Step2, look.Step1)
	c.markBox.Resize(box)
	c.markBox.Move(fyne.NewPos(size.Width-box.Width-look.ButtonColumn, gap))
	c.mark.Resize(mark)
	c.mark.Move(c.markBox.Position().AddXY(look.Step2, look.Step1/2))
}
