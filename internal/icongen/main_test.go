package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing"

	"golang.org/x/image/vector"

	"nabar/assets"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := assets.Icons.ReadFile("icons/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFilesAreUpToDate(t *testing.T) {
	if !bytes.Equal(read(t, "nabar.svg"), drawing(icon)) {
		t.Error("nabar.svg is not what icongen draws: run go generate ./assets")
	}
	got, err := png.Decode(bytes.NewReader(read(t, "nabar.png")))
	if err != nil {
		t.Fatal(err)
	}
	again, err := raster(icon)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(again))
	if err != nil {
		t.Fatal(err)
	}
	for y := range size {
		for x := range size {
			if got.At(x, y) != want.At(x, y) {
				t.Fatalf("nabar.png differs at %d, %d: run go generate ./assets", x, y)
			}
		}
	}
}

func TestIconShowsItsParts(t *testing.T) {
	picture, err := png.Decode(bytes.NewReader(read(t, "nabar.png")))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		part string
		x, y int
		want color.RGBA
	}{
		{"outside the tile", 9, 9, color.RGBA{}},
		{"tile", 30, 60, petrol},
		{"pin", 128, 50, paper},
		{"place", 128, 92, accent},
		{"inner ring", 73, 190, light},
		{"outer ring", 33, 190, dim},
		{"between the rings", 52, 190, petrol},
	}
	for _, test := range tests {
		t.Run(test.part, func(t *testing.T) {
			if got := color.RGBAModel.Convert(picture.At(test.x, test.y)); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

func TestTraceRefusesBadPaths(t *testing.T) {
	for _, bad := range []string{"X 1 2", "M 1", "M a b", "C 1 2 3 4 5"} {
		if err := trace(vector.NewRasterizer(4, 4), bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// The window colours the toolbar icons itself: they are black on nothing, of one size, with fills alone.
func TestToolbarIcons(t *testing.T) {
	names, err := fs.Glob(assets.Icons, "icons/*.svg")
	if err != nil || len(names) != 10 {
		t.Fatalf("%d icons, %v", len(names), err)
	}
	for _, name := range names {
		if path.Base(name) == "nabar.svg" {
			continue
		}
		t.Run(path.Base(name), func(t *testing.T) { checkToolbarIcon(t, read(t, path.Base(name))) })
	}
}

func checkToolbarIcon(t *testing.T, data []byte) {
	t.Helper()
	if !strings.Contains(string(data), `viewBox="0 0 24 24"`) {
		t.Error("not on the grid of 24")
	}
	shapes := 0
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local == "svg" {
			continue
		}
		shapes++
		for _, a := range start.Attr {
			if a.Name.Local == "fill" && a.Value != "#000000" || a.Name.Local == "stroke" || a.Name.Local == "fill-rule" {
				t.Errorf("%s has %s=%q", start.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
	if shapes == 0 {
		t.Error("nothing is drawn")
	}
}
