package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

// Pad puts the same room on all sides of o.
func Pad(step float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(step, step, step, step), o)
}

// Inset puts room above and below, and to the left and right.
func Inset(vertical, horizontal float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(vertical, vertical, horizontal, horizontal), o)
}

// Stack puts objects under each other with the same gap between them.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Line puts objects beside each other with the same gap between them.
func Line(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Ends puts one object at the left edge, one at the right, and lets the left one have all the room between.
func Ends(left, right fyne.CanvasObject) *fyne.Container {
	return container.NewBorder(nil, nil, nil, right, left)
}

// MinWidth gives o at least a width.
func MinWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&minLayout{fyne.NewSize(width, 0)}, o)
}

// MinSize gives o at least a size.
func MinSize(size fyne.Size, o ...fyne.CanvasObject) *fyne.Container {
	return container.New(&minLayout{size}, o...)
}

// minLayout fills its objects into all of the room and asks for at least a size.
type minLayout struct{ size fyne.Size }

func (l *minLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}

func (l *minLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := l.size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// Columns lays objects out side by side: a fixed width each, and what is left for those whose width is 0.
func Columns(widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{widths}, objects...)
}

type columns struct{ widths []float32 }

func (c *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, flexible := size.Width-look.Step2*float32(len(objects)-1), 0
	for i := range objects {
		left -= c.widths[i]
		if c.widths[i] == 0 {
			flexible++
		}
	}
	x := float32(0)
	for i, o := range objects {
		w := c.widths[i]
		if w == 0 {
			w = max(left/float32(flexible), 0)
		}
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		x += w + look.Step2
	}
}

func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
		size.Width += c.widths[i]
	}
	size.Width += look.Step2 * float32(len(objects)-1)
	return size
}

// Cut makes a label that ends in an ellipsis where the room ends.
func Cut(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// Wrapped makes a label of several lines.
func Wrapped(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// Note makes a text of the second rank, of several lines where it needs them.
func Note(text string) *widget.RichText {
	t := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{ColorName: look.ColorNameMuted}})
	t.Wrapping = fyne.TextWrapWord
	return t
}

// Ground is a plane in one of the theme's colours, to put things on.
type Ground struct {
	widget.BaseWidget
	color fyne.ThemeColorName
}

// NewGround makes a plane in a colour of the theme.
func NewGround(name fyne.ThemeColorName) *Ground {
	g := &Ground{color: name}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is Fyne's hook.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	r := &groundRenderer{g: g, plane: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}}
	r.paint()
	return r
}

// groundRenderer shows a picture of one pixel: where OpenGL runs on the processor, as on many office computers, it is painted
// in half the time of a rectangle.
type groundRenderer struct {
	g     *Ground
	plane *canvas.Image
}

// paint gives the plane the theme's colour.
func (r *groundRenderer) paint() {
	pixel := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	pixel.Set(0, 0, themed(r.g.color))
	r.plane.Image = pixel
}

func (r *groundRenderer) Layout(size fyne.Size)        { r.plane.Resize(size) }
func (r *groundRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *groundRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.plane} }
func (r *groundRenderer) Destroy()                     {}

func (r *groundRenderer) Refresh() {
	r.paint()
	r.plane.Refresh()
}

// Facts lays pairs of a label and a value out in two columns, the first of a fixed width. Values may wrap.
func Facts(labelWidth float32, pairs ...fyne.CanvasObject) *fyne.Container {
	return container.New(&factsLayout{labelWidth}, pairs...)
}

type factsLayout struct{ label float32 }

func (l *factsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i := 0; i+1 < len(objects); i += 2 {
		label, value := objects[i], objects[i+1]
		value.Resize(fyne.NewSize(size.Width-l.label, value.MinSize().Height))
		h := max(label.MinSize().Height, value.MinSize().Height)
		label.Resize(fyne.NewSize(l.label, label.MinSize().Height))
		value.Resize(fyne.NewSize(size.Width-l.label, h))
		label.Move(fyne.NewPos(0, y))
		value.Move(fyne.NewPos(l.label, y))
		y += h
	}
}

func (l *factsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(l.label, 0)
	for i := 0; i+1 < len(objects); i += 2 {
		v := objects[i+1].MinSize()
		size.Height += max(objects[i].MinSize().Height, v.Height)
		size.Width = max(size.Width, l.label+v.Width)
	}
	return size
}

// Frame lays a window out without any gaps: top and bottom over the whole width, left and right between them, and the
// middle in what is left. Any of the four may be nil or hidden.
func Frame(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	f := &frameLayout{top, bottom, left, right, middle}
	c := container.New(f)
	for _, o := range []fyne.CanvasObject{middle, left, right, top, bottom} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

type frameLayout struct{ top, bottom, left, right, middle fyne.CanvasObject }

// taken is the size that an edge needs.
func taken(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	return o.MinSize()
}

func (f *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top, bottom, left, right := taken(f.top).Height, taken(f.bottom).Height, taken(f.left).Width, taken(f.right).Width
	height := size.Height - top - bottom
	put(f.top, 0, 0, size.Width, top)
	put(f.bottom, 0, size.Height-bottom, size.Width, bottom)
	put(f.left, 0, top, left, height)
	put(f.right, size.Width-right, top, right, height)
	put(f.middle, left, top, size.Width-left-right, height)
}

// put moves and resizes an object that may be nil.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	if o != nil {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
}

func (f *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	top, bottom, left, right, middle := taken(f.top), taken(f.bottom), taken(f.left), taken(f.right), taken(f.middle)
	return fyne.NewSize(
		max(top.Width, bottom.Width, left.Width+middle.Width+right.Width),
		top.Height+bottom.Height+max(left.Height, middle.Height, right.Height))
}

// Gap is room that nothing stands in.
func Gap(width float32) fyne.CanvasObject {
	return MinSize(fyne.NewSize(width, 0))
}

// Show shows an object or hides it.
func Show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
