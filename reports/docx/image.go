package docx

import (
	"image"

	"nabar/mapview/render"
)

// Image implements render.Imager, where the other canvas does.
func (p *placed) Image(img image.Image, x, y, w, h float64) {
	if i, ok := p.to.(render.Imager); ok {
		i.Image(img, x*p.k+p.x, y*p.k+p.y, w*p.k, h*p.k)
	}
}
