package render

import (
	"bytes"
	"image"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// TestDrawnAgainIsTheSame draws a view again and again, so that what is kept of it is used, by one worker and by several, and
// between other views: the bytes are those of the first time.
func TestDrawnAgainIsTheSame(t *testing.T) {
	s, v := testScene(symbology.Light, "dagligvaror", true), testView()
	v.Scale *= 2 // what lies beyond the border is seen too
	draw := func(s *Scene, v View, workers int) []byte {
		img := image.NewRGBA(image.Rect(0, 0, v.Width, v.Height))
		if err := s.draw(t.Context(), img, v, workers); err != nil {
			t.Fatal(err)
		}
		return img.Pix
	}
	first := draw(s, v, 1)
	for i := range 5 {
		if !bytes.Equal(draw(s, v, 1+i%2), first) {
			t.Fatalf("time %d looks otherwise", i+2)
		}
	}
	if s.grounds.kept == nil || len(s.texts.known) == 0 {
		t.Fatal("nothing is kept: there is nothing to test")
	}
	other := v
	other.Centre = orb.Point{v.Centre[0] + 1234, v.Centre[1]}
	moved := draw(s, other, 2)
	if bytes.Equal(moved, first) {
		t.Fatal("another view looks the same")
	}
	if !bytes.Equal(draw(s, v, 2), first) || !bytes.Equal(draw(s, other, 2), moved) {
		t.Error("views that follow each other look otherwise")
	}
}
