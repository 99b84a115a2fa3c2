package render

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"math"

	xdraw "golang.org/x/image/draw"
)

// Imager is a Canvas that can show pictures made of pixels. One that can't shows sheets without their logo.
type Imager interface {
	// Image draws a picture into a box.
	Image(img image.Image, x, y, w, h float64)
}

// photoPixels is the number of pixels from which a picture that lets nothing through is handed on as JPEG.
const photoPixels = 200_000

// Photo gives a picture as JPEG, for files that hold pictures: one of a map is a tenth as large as without loss. ok is false for small
// pictures, such as logos, and for those that let something through.
func Photo(img image.Image) (data []byte, ok bool) {
	rgba, is := img.(*image.RGBA)
	if !is || rgba.Rect.Dx()*rgba.Rect.Dy() < photoPixels || !rgba.Opaque() {
		return nil, false
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, rgba, &jpeg.Options{Quality: 88})
	return out.Bytes(), err == nil
}

// Image implements Imager, without regard to the clips of open groups. A picture that is as large as its box is shown pixel by
// pixel.
func (r *Raster) Image(img image.Image, x, y, w, h float64) {
	at := image.Rect(round(x), round(y), int(math.Round(x+w)), int(math.Round(y+h))).Add(r.dst.Rect.Min)
	band := r.dst.Rect
	band.Min.Y += r.mask.top
	band.Max.Y = min(band.Max.Y, band.Min.Y+r.mask.h)
	dst, ok := r.dst.SubImage(band).(draw.Image)
	switch {
	case ok && at.Size() == img.Bounds().Size():
		draw.Draw(dst, at, img, img.Bounds().Min, draw.Over)
	case ok:
		xdraw.CatmullRom.Scale(dst, at, img, img.Bounds(), xdraw.Over, nil)
	}
}
