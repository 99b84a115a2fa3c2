package render

import (
	"bytes"
	"image"
	"testing"

	"nabar/model/symbology"
)

// sketch draws a bit of everything with lengths in units of by.
func sketch(c Canvas, by float64) {
	ink := symbology.RGB(0x0f4c5c)
	var clip, p Path
	clip.Rect(2*by, 2*by, 60*by, 30*by)
	c.Begin(Group{Clip: &clip})
	p.Circle(10*by, 10*by, 8*by)
	c.Path(&p, Paint{Fill: ink, Stroke: symbology.RGB(0xcc4a12), Width: 2 * by})
	p.Reset()
	p.Line(5*by, 25*by, 70*by, 28*by)
	c.Path(&p, Paint{Stroke: ink, Width: by, Dash: []float64{4 * by, 2 * by}})
	c.Text(Text{X: 30 * by, Y: 15 * by, Text: "Åre", Font: Font{Size: 12 * by}, Colour: ink, Halo: symbology.RGB(0xffffff), HaloWidth: by, Anchor: Middle})
	c.End()
}

func TestScaledIsAsIfDrawnLarger(t *testing.T) {
	a, b := image.NewRGBA(image.Rect(0, 0, 160, 80)), image.NewRGBA(image.Rect(0, 0, 160, 80))
	sketch(Scaled(NewRaster(a), 2), 1)
	sketch(NewRaster(b), 2)
	if !bytes.Equal(a.Pix, b.Pix) {
		t.Error("the pictures differ")
	}
	plain := NewRaster(a)
	if Scaled(plain, 1) != Canvas(plain) {
		t.Error("a scale of 1 needs no canvas of its own")
	}
}
