// Command icongen draws the program's icon, a map pin that stands in its reach: assets/icons/nabar.svg, and the same
// shapes as assets/icons/nabar.png for the systems that want pixels. It is run by go generate in the folder assets.
//
// Invariant: one list of shapes makes both files, so that they never differ; a test says when they are out of date.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/vector"
)

// size is the side of the icon in both files.
const size = 256

// shape is one filled path in the window's colours. The path holds the commands M, L, C and Z of SVG with absolute
// coordinates; a part that turns the other way is a hole.
type shape struct {
	fill color.RGBA
	path string
}

// The petrol, the light petrol, the paper and the accent of the program's palette.
var (
	petrol = color.RGBA{0x0f, 0x4c, 0x5c, 0xff}
	light  = color.RGBA{0x7f, 0xc3, 0xd2, 0xff}
	dim    = color.RGBA{0x3f, 0x83, 0x94, 0xff}
	paper  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	accent = color.RGBA{0xcc, 0x4a, 0x12, 0xff}
)

// icon is the drawing, from the ground up: tile, two rings of reach, pin, and the place.
var icon = []shape{
	{petrol, roundedTile(8, 248, 54)},
	{dim, ring(128, 190, 100, 40, 10)},
	{light, ring(128, 190, 60, 24, 10)},
	{paper, "M 128 194 C 112 162 68 136 68 92 C 68 58 95 32 128 32 C 161 32 188 58 188 92 C 188 136 144 162 128 194 Z"},
	{accent, oval(128, 92, 28, 28, false)},
}

// bow is the handle length of a cubic curve for a quarter of a circle of radius 1.
const bow = 0.5522847498

// oval is an ellipse by four curves, clockwise on the screen unless turned.
func oval(x, y, rx, ry float64, turned bool) string {
	bx, by := bow*rx, bow*ry
	if turned {
		return fmt.Sprintf("M %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f Z",
			x, y-ry, x-bx, y-ry, x-rx, y-by, x-rx, y, x-rx, y+by, x-bx, y+ry, x, y+ry,
			x+bx, y+ry, x+rx, y+by, x+rx, y, x+rx, y-by, x+bx, y-ry, x, y-ry)
	}
	return fmt.Sprintf("M %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f Z",
		x, y-ry, x+bx, y-ry, x+rx, y-by, x+rx, y, x+rx, y+by, x+bx, y+ry, x, y+ry,
		x-bx, y+ry, x-rx, y+by, x-rx, y, x-rx, y-by, x-bx, y-ry, x, y-ry)
}

// ring is an ellipse with a hole, the band narrower up and down as if it lay on the ground.
func ring(x, y, rx, ry, band float64) string {
	return oval(x, y, rx, ry, false) + " " + oval(x, y, rx-band, ry-0.7*band, true)
}

// roundedTile is a square from low to high in both directions with round corners of radius r.
func roundedTile(low, high, r float64) string {
	h := r * (1 - bow)
	return fmt.Sprintf("M %.1f %.1f L %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f L %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f L %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f L %.1f %.1f C %.1f %.1f %.1f %.1f %.1f %.1f Z",
		low+r, low, high-r, low, high-h, low, high, low+h, high, low+r, high, high-r, high, high-h, high-h, high, high-r, high,
		low+r, high, low+h, high, low, high-h, low, high-r, low, low+r, low, low+h, low+h, low, low+r, low)
}

func main() {
	folder := filepath.Join("..", "assets", "icons")
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	pixels, err := raster(icon)
	if err != nil {
		log.Fatal(err)
	}
	for name, data := range map[string][]byte{"nabar.svg": drawing(icon), "nabar.png": pixels} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// drawing is the icon as SVG.
func drawing(shapes []shape) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", size, size, size, size)
	for _, s := range shapes {
		fmt.Fprintf(&b, "  <path fill=\"#%02x%02x%02x\" d=\"%s\"/>\n", s.fill.R, s.fill.G, s.fill.B, s.path)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// raster is the icon as PNG.
func raster(shapes []shape) ([]byte, error) {
	picture := image.NewRGBA(image.Rect(0, 0, size, size))
	for _, s := range shapes {
		r := vector.NewRasterizer(size, size)
		if err := trace(r, s.path); err != nil {
			return nil, err
		}
		r.Draw(picture, picture.Bounds(), image.NewUniform(s.fill), image.Point{})
	}
	var b bytes.Buffer
	err := png.Encode(&b, picture)
	return b.Bytes(), err
}

// trace draws a path's commands.
func trace(r *vector.Rasterizer, path string) error {
	words := strings.Fields(path)
	for len(words) > 0 {
		command := words[0]
		count, known := map[string]int{"M": 2, "L": 2, "C": 6, "Z": 0}[command]
		if !known || len(words) <= count {
			return fmt.Errorf("path ends or goes astray at %q", words)
		}
		var v [6]float32
		for k := range count {
			if _, err := fmt.Sscanf(words[k+1], "%g", &v[k]); err != nil {
				return fmt.Errorf("number %q: %w", words[k+1], err)
			}
		}
		switch command {
		case "M":
			r.MoveTo(v[0], v[1])
		case "L":
			r.LineTo(v[0], v[1])
		case "C":
			r.CubeTo(v[0], v[1], v[2], v[3], v[4], v[5])
		case "Z":
			r.ClosePath()
		}
		words = words[count+1:]
	}
	return nil
}
