package render

import (
	"encoding/binary"
	"image"
	"math"
)

// meshStep is the side in pixels of the squares that positions are computed exactly at the corners of. In Sweden the straight
// line between is off by less than a fiftieth of a pixel, down to maps of the whole country.
const meshStep = 16

// corner is a position of the mesh in the pixels of the tiles' level.
type corner struct {
	x, y float64
	ok   bool
}

// corners are the positions of the mesh along the output row y.
func (b *basemapItem) corners(out []corner, y float64, width int) []corner {
	per := math.Exp2(float64(b.plan.z)) * float64(b.plan.side)
	out = out[:0]
	for i := 0; i*meshStep < width+meshStep; i++ {
		u, v, ok := inTiles(b.view.ToWorld(float64(i*meshStep), y))
		out = append(out, corner{u*per - 0.5, v*per - 0.5, ok})
	}
	return out
}

// rows looks the output rows from top to bottom up and lays them over pix, which begins at row top. top is on the mesh.
func (b *basemapItem) rows(pix []uint8, stride, width, top, bottom int, opacity float64) {
	if b.plan.none {
		return
	}
	strength := uint32(math.Round(opacity * 256))
	above := b.corners(nil, float64(top), width)
	var below []corner
	for y0 := top; y0 < bottom; y0 += meshStep {
		below = b.corners(below, float64(y0+meshStep), width)
		for y := y0; y < min(y0+meshStep, bottom); y++ {
			row := pix[(y-top)*stride:]
			share := (float64(y-y0) + 0.5) / meshStep
			for i := 0; i*meshStep < width; i++ {
				a, c := &above[i], &below[i]
				d, e := &above[i+1], &below[i+1]
				if !(a.ok && c.ok && d.ok && e.ok) {
					continue
				}
				x, z := a.x+(c.x-a.x)*share, a.y+(c.y-a.y)*share
				dx, dz := (d.x+(e.x-d.x)*share-x)/meshStep, (d.y+(e.y-d.y)*share-z)/meshStep
				n := min(meshStep, width-i*meshStep)
				b.span(row[4*i*meshStep:4*(i*meshStep+n)], x+dx/2, z+dz/2, dx, dz, strength)
			}
		}
		above, below = below, above
	}
}

// span looks a short run of pixels up, along a straight line through the level's pixels.
func (b *basemapItem) span(row []uint8, x, y, dx, dy float64, strength uint32) {
	side := b.plan.side
	originX, originY := int(b.plan.x0)*side, int(b.plan.y0)*side
	columns, lines := int(b.plan.x1-b.plan.x0)+1, int(b.plan.y1-b.plan.y0)+1
	x, y = x-float64(originX), y-float64(originY)
	var img *image.RGBA // that of the last pixel
	column, line := -1, -1
	for i := 0; i < len(row); i, x, y = i+4, x+dx, y+dy {
		if x < -1 || y < -1 || x >= float64(columns*side) || y >= float64(lines*side) {
			continue
		}
		fx, fy := math.Floor(x), math.Floor(y)
		ix, iy := int(fx), int(fy)
		wx, wy := uint32((x-fx)*256), uint32((y-fy)*256)
		if ix >= 0 && iy >= 0 {
			if c, l := ix/side, iy/side; c != column || l != line {
				column, line, img = c, l, b.grid[l*columns+c]
			}
			if lx, ly := ix-column*side, iy-line*side; lx < side-1 && ly < side-1 {
				if img == nil {
					continue
				}
				p := img.Pix[ly*img.Stride+4*lx:]
				q := img.Pix[(ly+1)*img.Stride+4*lx:]
				p, q = p[:8:8], q[:8:8]
				c := between4(binary.LittleEndian.Uint64(p), binary.LittleEndian.Uint64(q), wx, wy)
				if strength == 256 && c>>24 == 255 {
					binary.LittleEndian.PutUint32(row[i:i+4:i+4], c)
					continue
				}
				lay(row[i:i+4:i+4], uint8(c), uint8(c>>8), uint8(c>>16), uint8(c>>24), strength)
				continue
			}
		}
		b.seam(row[i:i+4:i+4], ix, iy, wx, wy, strength)
	}
}

// between4 mixes four neighbours, two beside each other in above and two in below, by weights in 1/256: as between does for each channel,
// two channels at a time, rounded once on the way.
func between4(above, below uint64, wx, wy uint32) uint32 {
	const even, half = 0x00ff00ff, 0x00800080
	a, b, c, d := uint32(above), uint32(above>>32), uint32(below), uint32(below>>32)
	left, up := 256-wx, 256-wy
	rb := (((a&even)*left+(b&even)*wx+half)>>8&even)*up + (((c&even)*left+(d&even)*wx+half)>>8&even)*wy + half
	ga := (((a>>8&even)*left+(b>>8&even)*wx+half)>>8&even)*up + (((c>>8&even)*left+(d>>8&even)*wx+half)>>8&even)*wy + half
	return rb>>8&even | ga&^even
}

// seam looks up a pixel whose neighbours lie in several tiles. Beyond the outermost tiles their edge goes on.
func (b *basemapItem) seam(pix []uint8, x, y int, wx, wy, strength uint32) {
	side := b.plan.side
	columns, lines := int(b.plan.x1-b.plan.x0)+1, int(b.plan.y1-b.plan.y0)+1
	at := func(x, y int) []uint8 {
		x, y = min(max(x, 0), columns*side-1), min(max(y, 0), lines*side-1)
		img := b.grid[y/side*columns+x/side]
		if img == nil {
			return clearPixel[:]
		}
		return img.Pix[y%side*img.Stride+4*(x%side):]
	}
	p, q, r, s := at(x, y), at(x+1, y), at(x, y+1), at(x+1, y+1)
	var c [4]uint8
	for k := range c {
		c[k] = between(p[k], q[k], r[k], s[k], wx, wy)
	}
	lay(pix, c[0], c[1], c[2], c[3], strength)
}

var clearPixel [4]uint8

// lay puts a premultiplied colour over a pixel with a strength in 1/256.
func lay(pix []uint8, r, g, b, a uint8, strength uint32) {
	if a == 255 && strength == 256 {
		pix[0], pix[1], pix[2], pix[3] = r, g, b, 255
		return
	}
	if a == 0 {
		return
	}
	rest := 255*256 - uint32(a)*strength
	for k, c := range [4]uint8{r, g, b, a} {
		pix[k] = uint8(min(255, (uint32(c)*strength*255+uint32(pix[k])*rest+255*128)/(255*256)))
	}
}
