// Package chart draws charts on a render.Canvas, for the window and for documents alike.
//
// Invariants: a chart draws values and words that it is given and computes none; it keeps to the box that it is painted
// into; same input, same display list. Series and parts are told apart by more than their colour: by their marks, their
// dashes or the words at them.
package chart

import (
	"nabar/mapview/render"
	"nabar/model/symbology"
)

// Look is the letters and colours of a chart.
type Look struct {
	Size   float64          // of letters, in canvas units for each em
	Ink    symbology.Colour // text
	Quiet  symbology.Colour // axes and what is said beside
	Rule   symbology.Colour // the lines of the scale
	Tint   symbology.Colour // the track of bars
	Ground symbology.Colour // what the chart lies on; alpha 0 is taken for white
}

// LookOf is the look of a theme's charts with letters of a size.
func LookOf(t symbology.Theme, size float64) Look {
	p := symbology.PaletteOf(t)
	return Look{Size: size, Ink: p.Ink, Quiet: p.Muted, Rule: p.Rule, Tint: p.Panel, Ground: p.Paper}
}

// font is the chart's letters in a face.
func (l *Look) font(face render.Face) render.Font { return render.Font{Face: face, Size: l.Size} }

// halfCap is how far under its middle a line of text has its baseline.
func (l *Look) halfCap() float64 { return l.Size * render.CapHeight / 2 }

// on is the ink that stands out on a colour.
func (l *Look) on(fill symbology.Colour) symbology.Colour {
	ground := l.Ground
	if ground.IsZero() {
		ground = symbology.RGB(0xffffff)
	}
	if symbology.Contrast(ground, fill) >= symbology.Contrast(l.Ink, fill) {
		return ground
	}
	return l.Ink
}

// widest is the width of the widest of some words.
func widest(f render.Font, words []string) float64 {
	w := 0.0
	for _, s := range words {
		w = max(w, f.Width(s))
	}
	return w
}
