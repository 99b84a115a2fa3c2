package render

import (
	"image"
	"math"

	"golang.org/x/image/vector"

	"nabar/model/symbology"
)

// Raster is the Canvas that paints on an image; its units are pixels. It is for one goroutine at a time.
type Raster struct {
	dst   *image.RGBA
	mask  *mask
	z     vector.Rasterizer
	clips [][]uint8  // of the open groups, nil where nothing is clipped
	texts *textMasks // nil where texts are not drawn again
	flat  []float64  // scratch for strokes
}

// NewRaster gives a canvas on the whole of dst. What dst holds stays below.
func NewRaster(dst *image.RGBA) *Raster { return newBand(dst, 0, dst.Rect.Dy()) }

// newBand gives a canvas on the rows [from, to) of dst; coordinates are those of the whole image.
func newBand(dst *image.RGBA, from, to int) *Raster {
	r := &Raster{dst: dst, mask: newMask(dst.Rect.Dx(), to-from)}
	r.mask.top = from
	return r
}

// move makes the canvas paint the rows [from, to) from now on. The band must not be higher than at the start.
func (r *Raster) move(from, to int) {
	r.mask.top, r.mask.h = from, to-from
}

// clip gives the coverage that limits all painting, nil for none.
func (r *Raster) clip() []uint8 {
	if len(r.clips) == 0 {
		return nil
	}
	return r.clips[len(r.clips)-1]
}

// Begin implements Canvas.
func (r *Raster) Begin(g Group) {
	outer := r.clip()
	if g.Clip == nil {
		r.clips = append(r.clips, outer)
		return
	}
	m := newMask(r.mask.w, r.mask.h)
	m.top = r.mask.top
	m.fill(g.Clip, &r.z)
	for i, c := range outer {
		m.cover[i] = uint8(uint32(m.cover[i]) * uint32(c) / 255)
	}
	r.clips = append(r.clips, m.cover)
}

// End implements Canvas.
func (r *Raster) End() { r.clips = r.clips[:len(r.clips)-1] }

// Path implements Canvas.
func (r *Raster) Path(p *Path, how Paint) {
	if !how.Fill.IsZero() {
		r.mask.fill(p, &r.z)
		r.flush(how.Fill)
	}
	if !how.Stroke.IsZero() && how.Width > 0 {
		r.stroke(p, how.Width/2, how.Dash)
		r.flush(how.Stroke)
	}
}

// Text implements Canvas.
func (r *Raster) Text(t Text) {
	reach := t.Font.Size + t.HaloWidth
	if t.Y+reach < float64(r.mask.top) || t.Y-reach > float64(r.mask.top+r.mask.h) {
		return
	}
	m := r.texts.get(t, r.mask.w)
	if m.halo != nil {
		r.mask.lay(m.box, m.halo)
		r.flush(t.Halo)
	}
	r.mask.lay(m.box, m.letters)
	r.flush(t.Colour)
}

// flush paints what lies in the mask.
func (r *Raster) flush(c symbology.Colour) { r.mask.flush(r.dst, c, r.clip()) }

// stroke lays all lines of a path into the mask.
func (r *Raster) stroke(p *Path, half float64, dash []float64) {
	eachLine(p, &r.flat, func(xy []float64) {
		if len(dash) > 0 {
			r.dashes(xy, half, dash)
			return
		}
		for i := 0; i+3 < len(xy); i += 2 {
			r.mask.segment(xy[i], xy[i+1], xy[i+2], xy[i+3], half, false)
		}
		if len(xy) == 2 {
			r.mask.segment(xy[0], xy[1], xy[0], xy[1], half, false)
		}
	})
}

// dashes lays the dashes of one line into the mask. They run on round the corners.
func (r *Raster) dashes(xy []float64, half float64, dash []float64) {
	period := 0.0
	for _, d := range dash {
		period += d
	}
	if period <= 0 {
		return
	}
	k, left := 0, dash[0]
	for i := 0; i+3 < len(xy); i += 2 {
		x, y := xy[i], xy[i+1]
		dx, dy := xy[i+2]-x, xy[i+3]-y
		length := math.Hypot(dx, dy)
		for at := 0.0; at < length; {
			step := math.Min(left, length-at)
			if k%2 == 0 {
				a, b := at/length, (at+step)/length
				r.mask.segment(x+dx*a, y+dy*a, x+dx*b, y+dy*b, half, true)
			}
			at += step
			left -= step
			if left <= 1e-9 {
				k++
				left = dash[k%len(dash)]
			}
		}
	}
}

// eachLine calls yield with the X, Y pairs of each line of a path, curves broken into short straight pieces. The slice
// is scratch: it holds until the next call.
func eachLine(p *Path, scratch *[]float64, yield func(xy []float64)) {
	xy := (*scratch)[:0]
	emit := func() {
		if len(xy) > 0 {
			yield(xy)
		}
		xy = xy[:0]
	}
	i := 0
	for _, verb := range p.Verbs {
		switch verb {
		case MoveTo:
			emit()
			xy = append(xy, p.XY[i], p.XY[i+1])
			i += 2
		case LineTo:
			xy = append(xy, p.XY[i], p.XY[i+1])
			i += 2
		case CurveTo:
			xy = flatten(xy, p.XY[i:i+6])
			i += 6
		case Close:
			if len(xy) > 2 {
				xy = append(xy, xy[0], xy[1])
			}
			emit()
		}
	}
	emit()
	*scratch = xy
}

// flatten appends a cubic curve from the last point of xy as straight pieces that leave it by less than a twentieth of
// a unit: the distance falls with the square of their number, starting at 3/4 of the control polygon's second difference.
func flatten(xy, c []float64) []float64 {
	x, y := xy[len(xy)-2], xy[len(xy)-1]
	bend := math.Max(math.Hypot(x-2*c[0]+c[2], y-2*c[1]+c[3]), math.Hypot(c[0]-2*c[2]+c[4], c[1]-2*c[3]+c[5]))
	n := min(1+int(math.Sqrt(bend*0.75/0.05)), 100)
	for k := 1; k <= n; k++ {
		t := float64(k) / float64(n)
		s := 1 - t
		a, b, d, e := s*s*s, 3*s*s*t, 3*s*t*t, t*t*t
		xy = append(xy, a*x+b*c[0]+d*c[2]+e*c[4], a*y+b*c[1]+d*c[3]+e*c[5])
	}
	return xy
}
