package render

import (
	"image"

	"nabar/model/symbology"
)

// picture is a map decided: what is drawn, where and how, in order. It has two hands to be drawn with.
type picture struct {
	view  View
	items []item
}

// item is one thing in a picture. raster paints its part in the band of r; vector gives it to a canvas.
type item interface {
	raster(r *Raster)
	vector(c Canvas)
}

// add appends an item.
func (p *picture) add(i item) { p.items = append(p.items, i) }

// groupItem opens a named group for the canvas, or closes one where the name is empty. Pixels have no groups.
type groupItem struct{ name string }

func (groupItem) raster(*Raster) {}

func (g groupItem) vector(c Canvas) {
	if g.name == "" {
		c.End()
		return
	}
	c.Begin(Group{Name: g.name})
}

// backgroundItem covers the whole picture.
type backgroundItem struct {
	colour        symbology.Colour
	width, height int
}

func (b backgroundItem) raster(r *Raster) {
	for y := range r.mask.h {
		fillRow(r.row(y+r.mask.top), 0, r.mask.w, b.colour)
	}
}

func (b backgroundItem) vector(c Canvas) {
	var p Path
	p.Rect(0, 0, float64(b.width), float64(b.height))
	c.Path(&p, Paint{Fill: b.colour})
}

// row gives the pixels of one row of the picture.
func (r *Raster) row(y int) []uint8 {
	from := r.dst.PixOffset(r.dst.Rect.Min.X, r.dst.Rect.Min.Y+y)
	return r.dst.Pix[from : from+4*r.mask.w]
}

// fillRow paints the pixels [x0, x1) of a row.
func fillRow(row []uint8, x0, x1 int, c symbology.Colour) {
	if c.A < 255 {
		for x := x0; x < x1; x++ {
			blend(row[4*x:4*x+4:4*x+4], c, uint32(c.A)*255)
		}
		return
	}
	part, solid := row[4*x0:4*x1], solidOf(c)
	for n := copy(part, solid[:]); n < len(part); n *= 2 {
		copy(part[n:], part[:n])
	}
}

// pathItem is a path with its box, so that bands that it does not touch need not look at it.
type pathItem struct {
	path Path
	how  Paint
	box  box
}

// newPathItem wraps a path.
func newPathItem(p Path, how Paint) *pathItem {
	x0, y0, x1, y1, _ := p.Bounds()
	return &pathItem{p, how, box{x0, y0, x1, y1}.grow(how.Width/2 + 1)}
}

func (i *pathItem) raster(r *Raster) {
	if i.box.y1 < float64(r.mask.top) || i.box.y0 > float64(r.mask.top+r.mask.h) {
		return
	}
	r.Path(&i.path, i.how)
}

func (i *pathItem) vector(c Canvas) { c.Path(&i.path, i.how) }

// textItem is a line of text.
type textItem struct{ Text }

func (t textItem) raster(r *Raster) { r.Text(t.Text) }
func (t textItem) vector(c Canvas)  { c.Text(t.Text) }

// symbolItem is a service's symbol; on pixels it is a copy of a sprite drawn beforehand.
type symbolItem struct {
	drawnSymbol
	halo   symbology.Colour
	sprite *image.RGBA // premultiplied; its middle goes to the symbol's
}

func (s *symbolItem) vector(c Canvas) {
	look := s.look
	look.Colour = look.Colour.Fade(s.opacity)
	DrawSymbol(c, look, s.x, s.y, s.size, s.halo)
}

func (s *symbolItem) raster(r *Raster) {
	side := s.sprite.Rect.Dx()
	left, top := round(s.x)-side/2, round(s.y)-side/2
	for y := max(top, r.mask.top); y < min(top+side, r.mask.top+r.mask.h); y++ {
		row := r.row(y)
		from := s.sprite.Pix[(y-top)*s.sprite.Stride:]
		for x := max(left, 0); x < min(left+side, r.mask.w); x++ {
			over(row[4*x:4*x+4:4*x+4], from[4*(x-left):])
		}
	}
}

// over lays a premultiplied pixel over another.
func over(pix, src []uint8) {
	rest := 255 - uint32(src[3])
	for k := range 4 {
		pix[k] = uint8(min(255, uint32(src[k])+(uint32(pix[k])*rest+127)/255))
	}
}

// sprites draws each symbol that a picture needs once.
type sprites map[spriteKey]*image.RGBA

type spriteKey struct {
	look symbology.Symbol
	size float64
	halo symbology.Colour
}

// get gives the sprite of a symbol. Its side is odd, so that there is a middle pixel.
func (s sprites) get(look symbology.Symbol, size float64, halo symbology.Colour) *image.RGBA {
	key := spriteKey{look, size, halo}
	if img, ok := s[key]; ok {
		return img
	}
	side := int(size*1.6)/2*2 + 3
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	DrawSymbol(NewRaster(img), look, float64(side)/2, float64(side)/2, size, halo)
	s[key] = img
	return img
}
