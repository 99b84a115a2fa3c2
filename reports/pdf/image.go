package pdf

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"nabar/mapview/render"
)

// images are the pictures made of pixels in a document, each once.
type images struct{ list []image.Image }

// number gives the number of a picture, which is taken up where it is new.
func (s *images) number(img image.Image) int {
	for i, have := range s.list {
		if have == img {
			return i
		}
	}
	s.list = append(s.list, img)
	return len(s.list) - 1
}

// Image implements render.Imager. The unit square that PDF draws pictures in stands upside down here.
func (c *canvas) Image(img image.Image, x, y, w, h float64) {
	if c.page.images == nil || img.Bounds().Empty() {
		return
	}
	c.setAlpha([2]uint8{255, 255})
	fmt.Fprintf(&c.page.buf, "q %s 0 0 -%s %s %s cm /I%d Do Q\n", number(w*canvasScale), number(h*canvasScale),
		number(x*canvasScale), number((y+h)*canvasScale), c.page.images.number(img))
}

// writeImages writes the pictures and gives their part of the resources, "" for none.
func (f *finisher) writeImages() string {
	if len(f.layout.images.list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("/XObject<<")
	for i, img := range f.layout.images.list {
		fmt.Fprintf(&b, "/I%d %d 0 R", i, f.writeImage(img))
	}
	b.WriteString(">>")
	return b.String()
}

// writeImage writes a picture, and a mask beside it where it lets something through.
func (f *finisher) writeImage(img image.Image) int {
	size := img.Bounds()
	if data, ok := render.Photo(img); ok {
		return f.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
			size.Dx(), size.Dy()), data)
	}
	rgb := make([]byte, 0, 3*size.Dx()*size.Dy())
	alpha := make([]byte, 0, size.Dx()*size.Dy())
	clear := false
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			rgb, alpha = append(rgb, c.R, c.G, c.B), append(alpha, c.A)
			clear = clear || c.A < 255
		}
	}
	form := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", size.Dx(), size.Dy())
	mask := ""
	if clear {
		mask = fmt.Sprintf("/SMask %d 0 R", f.packedStream(form+"/ColorSpace/DeviceGray", alpha))
	}
	return f.packedStream(form+"/ColorSpace/DeviceRGB"+mask, rgb)
}
