package render

import (
	"image"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
)

// Imager is a Canvas that can show pictures made of pixels. One that can't shows sheets without their logo.
type Imager interface {
	// Image draws a picture into a box.
	Image(img image.Image, x, y, w, h float64)
}

// Image implements Imager, without regard to the clips of open groups.
func (r *Raster) Image(img image.Image, x, y, w, h float64) {
	at := image.Rect(round(x), round(y), int(math.Round(x+w)), int(math.Round(y+h))).Add(r.dst.Rect.Min)
	band := r.dst.Rect
	band.Min.Y += r.mask.top
	band.Max.Y = min(band.Max.Y, band.Min.Y+r.mask.h)
	dst, ok := r.dst.SubImage(band).(draw.Image)
	if ok {
		xdraw.CatmullRom.Scale(dst, at, img, img.Bounds(), xdraw.Over, nil)
	}
}
