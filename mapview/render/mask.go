package render

import (
	"encoding/binary"
	"image"
	"image/draw"
	"math"
	"slices"

	"golang.org/x/image/vector"

	"nabar/model/symbology"
)

// mask is the coverage of one horizontal band of the picture, 0 to 255 for each pixel. Lines are laid down by the
// largest coverage, so that joints and crossings of one colour are not painted twice, and the order of lines does not
// matter. Between uses it is all zero.
type mask struct {
	w, h  int     // pixels
	top   int     // the picture's row of the mask's first
	cover []uint8 // w*h
	dirty image.Rectangle
	area  []uint8   // scratch for fill
	flat  []float64 // scratch for fill
}

func newMask(w, h int) *mask { return &mask{w: w, h: h, cover: make([]uint8, w*h)} }

// touch widens the dirty part by rows [y0, y1) and columns [x0, x1) of the mask.
func (m *mask) touch(x0, y0, x1, y1 int) {
	m.dirty = m.dirty.Union(image.Rect(x0, y0, x1, y1))
}

// segment lays down a line of half width r from (x0, y0) to (x1, y1) in picture coordinates, with round ends, or flat
// ones. Coverage is by the distance of a pixel's middle from the line; lines thinner than a pixel are fainter instead.
// The language's own min and max are instructions here, those of package math are calls.
func (m *mask) segment(x0, y0, x1, y1, r float64, flat bool) {
	y0 -= float64(m.top)
	y1 -= float64(m.top)
	reach := r + 0.5
	if max(y0, y1)+reach < 0 || min(y0, y1)-reach > float64(m.h) ||
		max(x0, x1)+reach < 0 || min(x0, x1)-reach > float64(m.w) {
		return
	}
	dx, dy := x1-x0, y1-y0
	length := math.Sqrt(dx*dx + dy*dy)
	if length < 1e-9 {
		dx, dy, length = 1, 0, 0
	} else {
		dx /= length
		dy /= length
	}
	l := strip{m: m, x: x0, y: y0, dx: dx, dy: dy, length: length, reach: reach, flat: flat}
	l.peak = min(1, 2*r)
	l.minX, l.maxX = min(x0, x1)-reach, max(x0, x1)+reach
	l.rows(min(y0, y1)-reach, max(y0, y1)+reach)
}

// strip is one line segment on its way into the mask: it starts at (x, y) and goes length along (dx, dy).
type strip struct {
	m            *mask
	x, y, dx, dy float64
	length       float64
	reach, peak  float64
	minX, maxX   float64
	flat         bool
}

// rows covers the pixels between two heights, and only those columns of each row that the line can reach.
func (l *strip) rows(low, high float64) {
	from, to := max(0, int(math.Floor(low))), min(l.m.h, int(math.Ceil(high)))
	left, right := l.m.w, 0
	slope, half := 0.0, math.Inf(1)
	if math.Abs(l.dy) > 1e-6 {
		slope, half = l.dx/l.dy, l.reach/math.Abs(l.dy)
	}
	for row := from; row < to; row++ {
		lo, hi := l.minX, l.maxX
		py := float64(row) + 0.5 - l.y
		if !math.IsInf(half, 1) {
			middle := l.x + py*slope
			lo, hi = max(lo, middle-half), min(hi, middle+half)
		}
		if lo >= float64(l.m.w) || hi < 0 || lo > hi {
			continue
		}
		x0, x1 := max(0, int(lo)), min(l.m.w, int(hi)+1)
		l.pixels(row, x0, x1, py)
		left, right = min(left, x0), max(right, x1)
	}
	if left < right && from < to {
		l.m.touch(left, from, right, to)
	}
}

// pixels covers columns [x0, x1) of one row; py is the row's height over the line's start.
func (l *strip) pixels(row, x0, x1 int, py float64) {
	cover := l.m.cover[row*l.m.w+x0 : row*l.m.w+x1]
	px := float64(x0) + 0.5 - l.x
	along, across := px*l.dx+py*l.dy, px*l.dy-py*l.dx
	for i := range cover {
		c := l.reach - math.Abs(across)
		if along < 0 || along > l.length {
			beyond := max(-along, along-l.length)
			if l.flat {
				c = min(c, 0.5-beyond)
			} else {
				c = l.reach - math.Sqrt(across*across+beyond*beyond)
			}
		}
		if c > l.peak {
			c = l.peak
		}
		if c > 0 {
			if v := uint8(c*255 + 0.5); v > cover[i] {
				cover[i] = v
			}
		}
		along += l.dx
		across += l.dy
	}
}

// fill lays down the inside of a path, by the area that it covers of each pixel. z is scratch memory.
func (m *mask) fill(p *Path, z *vector.Rasterizer) {
	minX, minY, maxX, maxY, ok := p.Bounds()
	if !ok || maxX <= 0 || minX >= float64(m.w) || maxY <= float64(m.top) || minY >= float64(m.top+m.h) {
		return
	}
	x0, x1 := max(0, int(math.Floor(minX))), min(m.w, int(math.Ceil(maxX)))
	y0, y1 := max(0, int(math.Floor(minY))-m.top), min(m.h, int(math.Ceil(maxY))-m.top)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	z.Reset(x1-x0, y1-y0)
	z.DrawOp = draw.Src
	trace(p, z, &m.flat, float64(x0), float64(y0+m.top))
	m.area = slices.Grow(m.area[:0], (x1-x0)*(y1-y0))[:(x1-x0)*(y1-y0)]
	area := image.Alpha{Pix: m.area, Stride: x1 - x0, Rect: image.Rect(0, 0, x1-x0, y1-y0)}
	z.Draw(&area, area.Rect, image.Opaque, image.Point{})
	for y := y0; y < y1; y++ {
		row := m.cover[y*m.w+x0 : y*m.w+x1]
		mostOf(row, m.area[(y-y0)*(x1-x0):(y-y0+1)*(x1-x0)])
	}
	m.touch(x0, y0, x1, y1)
}

// mostOf raises each byte of a row to that of another.
func mostOf(row, other []uint8) {
	for x := 0; x < len(row); {
		n := min(word, len(row)-x)
		if n == word && (binary.LittleEndian.Uint64(row[x:]) == 0 || binary.LittleEndian.Uint64(other[x:]) == 0) {
			binary.LittleEndian.PutUint64(row[x:], binary.LittleEndian.Uint64(row[x:])|binary.LittleEndian.Uint64(other[x:]))
			x += word
			continue
		}
		for end := x + n; x < end; x++ {
			row[x] = max(row[x], other[x])
		}
	}
}

// trace gives a path, moved by (-x, -y), to the polygon rasteriser, curves broken into straight pieces: its own
// breaking is made for letters and leaves large circles with corners.
func trace(p *Path, z *vector.Rasterizer, scratch *[]float64, x, y float64) {
	eachLine(p, scratch, func(xy []float64) {
		z.MoveTo(float32(xy[0]-x), float32(xy[1]-y))
		for i := 2; i+1 < len(xy); i += 2 {
			z.LineTo(float32(xy[i]-x), float32(xy[i+1]-y))
		}
		z.ClosePath()
	})
}

// word is how many bytes of coverage are looked at in one go: most of a band is empty, and most of an area full.
const word = 8

// flush paints the colour through the mask, and through clip where there is one, onto dst and empties the mask.
func (m *mask) flush(dst *image.RGBA, colour symbology.Colour, clip []uint8) {
	d := m.dirty
	m.dirty = image.Rectangle{}
	solid := solidOf(colour)
	opaque := colour.A == 255 && clip == nil
	for y := d.Min.Y; y < d.Max.Y; y++ {
		row := m.cover[y*m.w+d.Min.X : y*m.w+d.Max.X]
		pix := dst.Pix[dst.PixOffset(dst.Rect.Min.X+d.Min.X, dst.Rect.Min.Y+y+m.top):]
		var through []uint8
		if clip != nil {
			through = clip[y*m.w+d.Min.X : y*m.w+d.Max.X]
		}
		for x := 0; x < len(row); {
			n := min(word, len(row)-x)
			if n == word {
				switch binary.LittleEndian.Uint64(row[x:]) {
				case 0:
					x += word
					continue
				case math.MaxUint64:
					if opaque {
						clear(row[x : x+word])
						copy(pix[4*x:4*x+4*word], solid[:])
						x += word
						continue
					}
				}
			}
			flushPixels(pix[4*x:4*x+4*n], row[x:x+n], colour, through, x)
			x += n
		}
	}
}

// solidOf is a word's pixels in a colour that nothing shines through.
func solidOf(c symbology.Colour) (out [4 * word]uint8) {
	for i := 0; i < len(out); i += 4 {
		out[i], out[i+1], out[i+2], out[i+3] = c.R, c.G, c.B, 255
	}
	return out
}

// flushPixels is flush for a few pixels; clip, where there is one, has theirs from x on.
func flushPixels(pix, cover []uint8, colour symbology.Colour, clip []uint8, x int) {
	for i, c := range cover {
		if c == 0 {
			continue
		}
		cover[i] = 0
		alpha := uint32(c)
		if clip != nil {
			alpha = alpha * uint32(clip[x+i]) / 255
		}
		blend(pix[4*i:4*i+4:4*i+4], colour, alpha*uint32(colour.A))
	}
}

// blend paints a colour on one premultiplied pixel; alpha is 0 to 255*255.
func blend(pix []uint8, c symbology.Colour, alpha uint32) {
	const full = 255 * 255
	if alpha == full {
		pix[0], pix[1], pix[2], pix[3] = c.R, c.G, c.B, 255
		return
	}
	rest := full - alpha
	mix := func(over, under uint8) uint8 {
		return uint8((uint32(over)*alpha + uint32(under)*rest + full/2) / full)
	}
	pix[0], pix[1], pix[2], pix[3] = mix(c.R, pix[0]), mix(c.G, pix[1]), mix(c.B, pix[2]), mix(255, pix[3])
}
