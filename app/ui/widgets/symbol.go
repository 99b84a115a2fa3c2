package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

// symbolDetail is how many pixels are drawn for a unit, so that symbols are sharp on fine screens too.
const symbolDetail = 4

// SymbolImage draws a service type's symbol as the map does, for a square of size units.
func SymbolImage(s symbology.Symbol, size int) image.Image {
	side := size * symbolDetail
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	mid := float64(side) / 2
	render.DrawSymbol(render.NewRaster(img), s, mid, mid, float64(side)*0.78, symbology.Colour{})
	return img
}

// NewSymbol makes an object that shows a service type's symbol.
func NewSymbol(s symbology.Symbol, size int) *canvas.Image {
	i := canvas.NewImageFromImage(SymbolImage(s, size))
	i.FillMode = canvas.ImageFillContain
	i.SetMinSize(fyne.NewSquareSize(float32(size)))
	return i
}
