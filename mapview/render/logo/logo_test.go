package logo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect x="0" y="0" width="100" height="100" fill="#ff0000"/></svg>`

func TestDecode(t *testing.T) {
	var p, j bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, 30, 20))
	if err := png.Encode(&p, img); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&j, img, nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"png": p.Bytes(), "jpeg": j.Bytes()} {
		if got, err := Decode(data); err != nil || got.Bounds().Size() != img.Rect.Size() {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Decode(data[:len(data)/2]); err == nil && name == "png" {
			t.Errorf("half a %s was read", name)
		}
	}
	got, err := Decode([]byte(mark))
	if err != nil {
		t.Fatal(err)
	}
	if size := got.Bounds().Size(); size.X != 2*size.Y {
		t.Errorf("drawn %v, want twice as wide as high", size)
	}
	if c := color.RGBAModel.Convert(got.At(100, 100)).(color.RGBA); c != (color.RGBA{255, 0, 0, 255}) {
		t.Errorf("the red half is %v", c)
	}
	if c := color.RGBAModel.Convert(got.At(1200, 100)).(color.RGBA); c.A != 0 {
		t.Errorf("the empty half is %v", c)
	}
	if small := Shrunk(got, 100).Bounds().Size(); small != (image.Point{100, 50}) {
		t.Errorf("shrunk to %v", small)
	}
}

func TestDecodeRefuses(t *testing.T) {
	huge := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x06\x00\x00\x00")
	for name, data := range map[string][]byte{
		"nothing":      nil,
		"text":         []byte("hej"),
		"huge":         huge,
		"too large":    bytes.Repeat([]byte{0xff, 0xd8, 0xff}, Limit/3+1),
		"itself":       []byte(`<svg viewBox="0 0 1 1"><defs><g id="a"><use href="#a"/></g></defs><use href="#a"/></svg>`),
		"elsewhere":    []byte(`<svg viewBox="0 0 1 1"><image href="http://example.com/a.png"/></svg>`),
		"empty":        []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"></svg>`),
		"no size":      []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"><rect width="1" height="1"/></svg>`),
		"cut":          []byte(mark[:60]),
		"a tower":      []byte("<svg>" + strings.Repeat("<g>", 200)),
		"many":         []byte("<svg>" + strings.Repeat("<g/>", 30000)),
		"a long strip": []byte(`<svg viewBox="0 0 100000 1"><rect width="9" height="1"/></svg>`),
	} {
		if img, err := Decode(data); err == nil {
			t.Errorf("%s: read as %v", name, img.Bounds())
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(mark))
	f.Add([]byte(`<svg viewBox="0 0 9 9"><path d="M0 0 L9 9 A 3 3 0 0 1 2 2 Z" transform="scale(1e30)"/></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if img, err := Decode(data); err == nil && img.Bounds().Empty() {
			t.Error("an empty picture")
		}
	})
}
