package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

func TestDrawingIsDrawnForTheScreensPixels(t *testing.T) {
	themedApp(t)
	d := NewDrawing()
	w := test.NewTempWindow(t, d)
	w.SetPadded(false)
	w.Canvas().(software.WindowlessCanvas).SetScale(2)
	var sizes [][2]float64
	red := symbology.RGB(0xff0000)
	d.Set(func(c render.Canvas, w, h float64) {
		sizes = append(sizes, [2]float64{w, h})
		var p render.Path
		p.Rect(0, 0, w/2, h)
		c.Path(&p, render.Paint{Fill: red})
	}, "En halv ruta.", 50)
	w.Resize(fyne.NewSize(200, 50))
	img := test.WidgetRenderer(d).Objects()[0].(*canvas.Image).Image
	if b := img.Bounds(); b.Dx() != 400 || b.Dy() != 100 {
		t.Fatalf("the picture is %v for 200 by 50 units of 2 pixels", b)
	}
	if got := sizes[len(sizes)-1]; got != [2]float64{200, 50} {
		t.Errorf("painted into %v units", got)
	}
	if r, _, _, a := img.At(190, 50).RGBA(); r != 0xffff || a != 0xffff {
		t.Error("nothing is drawn in the left half")
	}
	if _, _, _, a := img.At(210, 50).RGBA(); a != 0 {
		t.Error("the right half is drawn too")
	}
	if d.AccessibilityLabel() != "En halv ruta." || d.MinSize().Height != 50 {
		t.Errorf("says %q, %g high", d.AccessibilityLabel(), d.MinSize().Height)
	}
	d.Set(nil, "", 50)
	if test.WidgetRenderer(d).Objects()[0].(*canvas.Image).Image != nil || d.MinSize().Height != 0 {
		t.Error("what is taken away is still seen")
	}
}
