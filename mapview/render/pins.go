package render

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// Pin is a comment on the map, told by its number in a list.
type Pin struct {
	At     orb.Point
	Number int
	Done   bool // it has been handled: the pin is hollow
}

// The sizes of a pin in reference pixels.
const (
	pinHead   = 11.0 // radius
	pinHeight = 27.0 // of the head's middle over the point
	pinLetter = 11.5
)

// WithPins is the same map with its pins, or without them. The scene itself is unchanged.
func (s *Scene) WithPins(shown bool) *Scene {
	out := *s
	out.in.HidePins = !shown
	return &out
}

// Pins are the pins that the map shows.
func (s *Scene) Pins() []Pin {
	if s.in.HidePins {
		return nil
	}
	return s.in.Pins
}

// pinOrder is the order in which pins are drawn: those farther down cover the others, of two at one place the later one.
func (s *Scene) pinOrder() []Pin {
	pins := slices.Clone(s.Pins())
	slices.SortStableFunc(pins, func(a, b Pin) int { return cmp.Or(cmp.Compare(b.At[1], a.At[1]), cmp.Compare(a.Number, b.Number)) })
	return pins
}

// addPins draws the pins above everything else.
func (s *Scene) addPins(p *picture) {
	pins := s.pinOrder()
	if len(pins) == 0 {
		return
	}
	unit := p.view.unit()
	frame := p.view.frame().grow((pinHeight + 2*pinHead) * unit)
	p.add(groupItem{"comments"})
	for _, pin := range pins {
		x, y := p.view.ToScreen(pin.At)
		if !frame.overlaps(box{x, y, x, y}.grow(1e-6)) {
			continue
		}
		shape, text := s.pin(pin, x, y, unit)
		p.add(newPathItem(shape.path, Paint{Stroke: s.palette.Halo, Width: 5 * unit}))
		p.add(shape)
		p.add(textItem{text})
	}
	p.add(groupItem{})
}

// pinBoxes is the room of the pins in a view, which no name should take.
func (s *Scene) pinBoxes(v View) (out []box) {
	unit := v.unit()
	for _, pin := range s.Pins() {
		x, y := v.ToScreen(pin.At)
		out = append(out, box{x - pinHead*unit, y - (pinHeight+pinHead)*unit, x + pinHead*unit, y})
	}
	return out
}

// pin is the shape of a pin whose point is at (x, y), and its number.
func (s *Scene) pin(pin Pin, x, y, unit float64) (shape *pathItem, number Text) {
	how, ink := pinPaint(pin.Done, s.palette, unit)
	var path Path
	pinShape(&path, x, y, unit)
	text := strconv.Itoa(pin.Number)
	size := pinLetter
	if len(text) > 2 {
		size *= 2.4 / float64(len(text))
	}
	return newPathItem(path, how), Text{
		X: x, Y: y - pinHeight*unit + CapHeight*size*unit/2, Text: text, Font: Font{Semibold, size * unit}, Anchor: Middle, Colour: ink,
	}
}

// pinPaint is how a pin and its number are painted: full where the comment waits, hollow where it is handled.
func pinPaint(done bool, p symbology.Palette, unit float64) (how Paint, ink symbology.Colour) {
	if done {
		return Paint{Fill: p.Paper, Stroke: p.Petrol, Width: 1.8 * unit}, p.Petrol
	}
	return Paint{Fill: p.Petrol, Stroke: p.Petrol, Width: 1.8 * unit}, p.Paper
}

// pinShape adds a round head that runs out into a point at (x, y).
func pinShape(p *Path, x, y, unit float64) {
	r, cy := pinHead*unit, y-pinHeight*unit
	k := r * arc
	p.MoveTo(x, y)
	p.CurveTo(x-0.25*r, y-0.9*r, x-r, cy+0.95*r, x-r, cy)
	p.CurveTo(x-r, cy-k, x-k, cy-r, x, cy-r)
	p.CurveTo(x+k, cy-r, x+r, cy-k, x+r, cy)
	p.CurveTo(x+r, cy+0.95*r, x+0.25*r, y-0.9*r, x, y)
	p.Close()
}

// PinAt gives the number of the pin whose head or point lies at (x, y), the one drawn on top where there are several.
func (s *Scene) PinAt(v View, x, y float64) (number int, ok bool) {
	unit := v.unit()
	for _, pin := range s.pinOrder() {
		px, py := v.ToScreen(pin.At)
		if math.Hypot(x-px, y-(py-pinHeight*unit)) <= (pinHead+2)*unit || math.Abs(x-px) <= 4*unit && y <= py+2*unit && y >= py-pinHeight*unit {
			number, ok = pin.Number, true
		}
	}
	return number, ok
}

// pinItems are the samples of the legend: comments that wait, and those that are handled.
func (s *Scene) pinItems() []LegendItem {
	var out []LegendItem
	for _, done := range []bool{false, true} {
		if slices.ContainsFunc(s.Pins(), func(p Pin) bool { return p.Done == done }) {
			out = append(out, LegendItem{Kind: PinSample, Label: s.in.Printer.T(map[bool]string{false: "spot.legend_new", true: "spot.legend_done"}[done]), Done: done})
		}
	}
	return out
}

// paintPin draws the sample of a pin with its middle at (x, y).
func (i LegendItem) paintPin(c Canvas, x, y, unit float64, p symbology.Palette) {
	const small = 0.42
	how, _ := pinPaint(i.Done, p, unit)
	var path Path
	pinShape(&path, x, y+7*unit, small*unit)
	how.Width = unit
	c.Path(&path, how)
}
