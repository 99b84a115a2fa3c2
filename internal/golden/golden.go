// Package golden compares pictures that tests draw with those that are kept beside them.
package golden

import (
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden images anew")

// Image compares a picture with testdata/name.png: at most one channel in two hundred may be more than 6 of 255 off,
// which leaves room for another processor's rounding and for nothing that the eye sees.
func Image(t *testing.T, name string, img *image.RGBA) {
	t.Helper()
	file := filepath.Join("testdata", name+".png")
	if *update {
		write(t, file, img)
		return
	}
	want := read(t, file)
	if want.Rect != img.Rect {
		t.Fatalf("%s is %v, want %v", name, img.Rect, want.Rect)
	}
	off := 0
	for i, v := range img.Pix {
		if d := int(v) - int(want.Pix[i]); d > 6 || d < -6 {
			off++
		}
	}
	if off > len(img.Pix)/200 {
		t.Errorf("%s differs in %d of %d channels (-update writes it anew)", name, off, len(img.Pix))
	}
}

// write keeps a picture.
func write(t *testing.T, file string, img *image.RGBA) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// read gives the picture that is kept.
func read(t *testing.T, file string) *image.RGBA {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	decoded, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(decoded.Bounds())
	draw.Draw(img, img.Rect, decoded, image.Point{}, draw.Src)
	return img
}
