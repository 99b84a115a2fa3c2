// Command growthchart draws how time and memory grow with a road network, and prints the same as a table. It reads the lines
// that TestGrowth of analysis/access prints, and is run by scripts/bench-growth; it is no part of the program.
//
// Invariant: same lines, same picture.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"log"
	"math"
	"os"
	"strings"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/mapview/render/chart"
	"nabar/model/symbology"
)

// size is one line: processor seconds and megabytes.
type size struct {
	Edges, Nodes, Squares, Facilities int
	Build, Prepare, Analyse           float64
	Roads, Network, Hierarchy, Bytes  float64
}

// measure is one curve.
type measure struct {
	name string
	of   func(size) float64
}

var (
	times = []measure{
		{"bygga", func(s size) float64 { return s.Build }},
		{"förbereda", func(s size) float64 { return s.Prepare }},
		{"analysera allt", func(s size) float64 { return s.Analyse }},
	}
	memory = []measure{
		{"vägar", func(s size) float64 { return s.Roads }},
		{"vägnät", func(s size) float64 { return s.Network }},
		{"hierarki", func(s size) float64 { return s.Hierarchy }},
	}
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("growthchart OUT.png < lines")
	}
	sizes, err := read(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	if len(sizes) == 0 {
		log.Fatal("growthchart: no lines that begin with growth")
	}
	table(os.Stdout, sizes)
	file, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := png.Encode(file, picture(sizes)); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// read takes the lines that begin with "growth".
func read(r io.Reader) (sizes []size, err error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), "growth "); ok {
			var s size
			if err := json.Unmarshal([]byte(text), &s); err != nil {
				return nil, err
			}
			sizes = append(sizes, s)
		}
	}
	return sizes, lines.Err()
}

// table prints the sizes, and how each grows from one to the next beside the edges: the power, 1 where it grows alike.
func table(w io.Writer, sizes []size) {
	p := i18n.For(i18n.Swedish)
	fmt.Fprintln(w, "| länkar | knutpunkter | rutor | bygga, s | förbereda, s | analysera allt, s | vägar, MB | vägnät, MB | hierarki, MB |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, s := range sizes {
		fmt.Fprintf(w, "| %s | %s | %s |", p.Value(s.Edges), p.Value(s.Nodes), p.Value(s.Squares))
		for _, m := range times {
			fmt.Fprintf(w, " %s |", p.Float(m.of(s), 3))
		}
		for _, m := range memory {
			fmt.Fprintf(w, " %s |", p.Float(m.of(s), 1))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, "\nEn fördubbling av länkarna ger så många gånger mer, mellan varje par av rader:")
	for i := 1; i < len(sizes); i++ {
		fmt.Fprintf(w, "%s → %s:", p.Value(sizes[i-1].Edges), p.Value(sizes[i].Edges))
		for _, m := range append(append([]measure{}, times...), memory...) {
			power := math.Log(m.of(sizes[i])/m.of(sizes[i-1])) / math.Log(float64(sizes[i].Edges)/float64(sizes[i-1].Edges))
			fmt.Fprintf(w, " %s %s", m.name, p.Float(math.Pow(2, power), 2))
		}
		fmt.Fprintln(w)
	}
}

const (
	width, height = 1000, 360
	letters       = 13
)

// picture draws times to the left and memory to the right, both axes in powers of ten.
func picture(sizes []size) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	paper := image.NewUniform(symbology.PaletteOf(symbology.Light).Paper.NRGBA())
	for i, l := range []*chart.Line{curves(sizes, "processortid, s", times), curves(sizes, "minne, MB", memory)} {
		half := image.NewRGBA(image.Rect(0, 0, width/2, height))
		draw.Draw(half, half.Rect, paper, image.Point{}, draw.Src)
		l.Paint(render.NewRaster(half), width/2-letters, height)
		draw.Draw(img, half.Rect.Add(image.Pt(i*width/2, 0)), half, image.Point{}, draw.Src)
	}
	return img
}

// curves makes a chart of some measures.
func curves(sizes []size, unit string, of []measure) *chart.Line {
	l := &chart.Line{Look: chart.LookOf(symbology.Light, letters), Unit: unit}
	low, high := math.Inf(1), math.Inf(-1)
	for i, m := range of {
		s := chart.Series{Name: m.name}
		s.Colour, s.Mark, s.Dash = chart.Styles(i, symbology.Light)
		for _, size := range sizes {
			y := math.Log10(max(m.of(size), 1e-4))
			low, high = min(low, y), max(high, y)
			s.Points = append(s.Points, chart.Point{X: math.Log10(float64(size.Edges)), Y: y})
		}
		l.Series = append(l.Series, s)
	}
	l.X = decades(math.Log10(float64(sizes[0].Edges)), math.Log10(float64(sizes[len(sizes)-1].Edges)))
	l.Y = decades(low, high)
	return l
}

// decades are the powers of ten around a range of logarithms.
func decades(low, high float64) (ticks []chart.Tick) {
	p := i18n.For(i18n.Swedish)
	for at := math.Floor(low + 1e-9); at <= math.Ceil(high-1e-9); at++ {
		ticks = append(ticks, chart.Tick{At: at, Label: p.Float(math.Pow(10, at), int(max(-at, 0)))})
	}
	return ticks
}
