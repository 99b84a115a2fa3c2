package pdf

import (
	"image"
	"image/draw"
	"math"

	"nabar/mapview/render"
	"nabar/reports"
)

// Pages is a document laid out as the file will be, of which any page can be shown as a picture: the preview beside the
// text. Laying out is the work for every change, drawing is for the page that is looked at. A Pages is for one goroutine
// at a time.
type Pages struct{ layout *layout }

// NewPages lays a document out. The error is the one that Write would give, but for characters that no font has, which show
// as question marks.
func NewPages(d *reports.Document) (*Pages, error) {
	l, err := layOut(d)
	if err != nil {
		return nil, err
	}
	return &Pages{l}, nil
}

// Count is the number of pages, the cover among them.
func (p *Pages) Count() int { return p.layout.count() }

// Size gives width and height of a page in points; pages count from 0.
func (p *Pages) Size(page int) (w, h float64) {
	of := p.layout.page(page)
	return of.width, of.height
}

// Find gives the page that the anchor of a heading, figure or table stands on, and how far below its upper edge in points.
func (p *Pages) Find(anchor string) (page int, y float64, ok bool) {
	at, ok := p.layout.pageOf[anchor]
	return at.page, at.y, ok
}

// Image draws a page at a fineness in dots an inch.
func (p *Pages) Image(page int, dpi float64) *image.RGBA {
	k := dpi / 72
	on := p.layout.page(page)
	img := image.NewRGBA(image.Rect(0, 0, int(math.Round(on.width*k)), int(math.Round(on.height*k))))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	on.screen = render.Scaled(render.NewRaster(img), k)
	p.layout.drawPage(on)
	return img
}

// Missing tells which characters no font has and where the first stands, as a Problem; nil where there are none. Pages that
// have not been drawn are not looked at but for their running text.
func (p *Pages) Missing() error { return p.layout.fonts.fault() }
