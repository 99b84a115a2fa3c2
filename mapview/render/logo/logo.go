// Package logo turns a kommun's logo, as PNG, JPEG or SVG, into a picture for map sheets.
//
// Invariants: the format is known by content; nothing that the file points to is followed; a file is refused before it
// costs more than Limit bytes read and maxPixels drawn, and a damaged one is an error, never a panic.
package logo

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/draw"

	"nabar/internal/i18n"
)

// Limit is the size of the largest file, in bytes.
const Limit = 1 << 20

const (
	maxSide   = 6000 // pixels of a picture's side
	maxPixels = 16e6
	drawn     = 1600  // pixels of the longer side of a drawn SVG
	maxParts  = 20000 // elements of an SVG
	maxDepth  = 100
)

// Decode reads a logo. What can't be read or is too large gives a Problem that says what to do.
func Decode(data []byte) (image.Image, error) {
	if len(data) > Limit {
		return nil, i18n.Errorf("sheet.logo_large", i18n.Plain("1 MB"))
	}
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return pixels(data, png.DecodeConfig, png.Decode)
	case bytes.HasPrefix(data, []byte{0xff, 0xd8, 0xff}):
		return pixels(data, jpeg.DecodeConfig, jpeg.Decode)
	case bytes.Contains(data[:min(len(data), 4096)], []byte("<svg")):
		return drawing(data)
	}
	return nil, i18n.Errorf("sheet.logo_format")
}

// pixels reads a picture whose size is looked at first.
func pixels(data []byte, config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) (image.Image, error) {
	c, err := config(bytes.NewReader(data))
	if err != nil {
		return nil, i18n.Errorf("sheet.logo_damaged", err)
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > maxPixels {
		return nil, i18n.Errorf("sheet.logo_pixels", c.Width, c.Height)
	}
	img, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, i18n.Errorf("sheet.logo_damaged", err)
	}
	return img, nil
}

// refused are elements that would not be drawn as they are meant, or that point elsewhere.
var refused = map[string]bool{"use": true, "image": true, "text": true, "script": true, "foreignObject": true, "pattern": true, "symbol": true}

// inspect reads an SVG through and refuses what is not drawn truly.
func inspect(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, parts := 0, 0
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return i18n.Errorf("sheet.logo_damaged", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			parts++
			if refused[t.Name.Local] {
				return i18n.Errorf("sheet.logo_element", t.Name.Local)
			}
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth || parts > maxParts {
			return i18n.Errorf("sheet.logo_complex")
		}
	}
}

// drawing draws an SVG in its own proportions.
func drawing(data []byte) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, i18n.Errorf("sheet.logo_damaged", i18n.Plain("SVG"))
		}
	}()
	if err := inspect(data); err != nil {
		return nil, err
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, i18n.Errorf("sheet.logo_damaged", err)
	}
	w, h := icon.ViewBox.W, icon.ViewBox.H
	ratio := w / h
	if !(w > 0 && h > 0) || math.IsInf(ratio, 0) || ratio > 50 || ratio < 1.0/50 {
		return nil, i18n.Errorf("sheet.logo_damaged", i18n.Plain("viewBox"))
	}
	k := drawn / max(w, h)
	size := image.Rect(0, 0, max(int(math.Round(w*k)), 1), max(int(math.Round(h*k)), 1))
	out := image.NewRGBA(size)
	icon.SetTarget(0, 0, float64(size.Dx()), float64(size.Dy()))
	scanner := rasterx.NewScannerGV(size.Dx(), size.Dy(), out, size)
	icon.Draw(rasterx.NewDasher(size.Dx(), size.Dy(), scanner), 1)
	if blank(out) {
		return nil, i18n.Errorf("sheet.logo_empty")
	}
	return out, nil
}

// blank tells whether nothing was drawn.
func blank(img *image.RGBA) bool {
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != 0 {
			return false
		}
	}
	return true
}

// Shrunk gives a picture with at most side pixels on its longer side, as pixels that can be drawn anywhere.
func Shrunk(img image.Image, side int) image.Image {
	size := img.Bounds()
	k := math.Min(1, float64(side)/float64(max(size.Dx(), size.Dy())))
	out := image.NewRGBA(image.Rect(0, 0, max(int(float64(size.Dx())*k), 1), max(int(float64(size.Dy())*k), 1)))
	draw.CatmullRom.Scale(out, out.Rect, img, size, draw.Src, nil)
	return out
}
