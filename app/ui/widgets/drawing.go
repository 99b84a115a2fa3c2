package widgets

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"nabar/mapview/render"
)

// Drawing shows what is painted on a render.Canvas, such as a chart, as the documents do: drawn for the screen's own
// pixels, with words that say the same.
type Drawing struct {
	widget.BaseWidget
	paint  func(c render.Canvas, w, h float64)
	alt    string
	height float32
}

// NewDrawing makes a drawing without a picture.
func NewDrawing() *Drawing {
	d := &Drawing{}
	d.ExtendBaseWidget(d)
	return d
}

// Set shows what paint draws into a box of w by h units, as high as is said; alt says it in words. A nil paint shows
// nothing.
func (d *Drawing) Set(paint func(c render.Canvas, w, h float64), alt string, height float32) {
	d.paint, d.alt, d.height = paint, alt, height
	if paint == nil {
		d.height = 0
	}
	d.Refresh()
}

// AccessibilityLabel says in words what is drawn, for readers of the screen.
func (d *Drawing) AccessibilityLabel() string { return d.alt }

// AccessibilityRole is Fyne's hook.
func (d *Drawing) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's hook.
func (d *Drawing) CreateRenderer() fyne.WidgetRenderer {
	return &drawingRenderer{d: d, picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}}
}

type drawingRenderer struct {
	d       *Drawing
	picture *canvas.Image
	drawn   fyne.Size
}

// scale is how many pixels of the screen a unit is.
func (r *drawingRenderer) scale() float64 {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(r.d); c != nil && c.Scale() > 0 {
			return float64(c.Scale())
		}
	}
	return 1
}

func (r *drawingRenderer) Layout(size fyne.Size) {
	r.picture.Resize(size)
	if size != r.drawn {
		r.draw()
	}
}

// draw paints the picture for the present size.
func (r *drawingRenderer) draw() {
	size := r.d.Size()
	r.drawn = size
	unit := r.scale()
	w, h := int(math.Round(float64(size.Width)*unit)), int(math.Round(float64(size.Height)*unit))
	if r.d.paint == nil || w <= 0 || h <= 0 {
		r.picture.Image = nil
	} else {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		r.d.paint(render.Scaled(render.NewRaster(img), unit), float64(w)/unit, float64(h)/unit)
		r.picture.Image = img
	}
	r.picture.Refresh()
}

func (r *drawingRenderer) MinSize() fyne.Size { return fyne.NewSize(120, r.d.height) }
func (r *drawingRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.picture}
}
func (r *drawingRenderer) Destroy() {}

func (r *drawingRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.d)
}
