package render

import (
	"math"

	"nabar/model/symbology"
)

// roadsItem are the roads of one tier, as casing or as core.
type roadsItem struct {
	view   View
	roads  *Roads
	tier   symbology.RoadTier
	level  int
	lines  []int32 // those that the view touches
	colour symbology.Colour
	width  float64
	dash   []float64
}

// roadItems gives the roads of a view in drawing order: for each tier the casing, then the core.
func (s *Scene) roadItems(v View) []*roadsItem {
	if s.look.roads == 0 {
		return nil
	}
	if s.in.StyledRoads != nil {
		return s.in.StyledRoads.items(s, v)
	}
	var out []*roadsItem
	for tier := range symbology.RoadTiers {
		style := symbology.RoadStyleOf(tier, v.reference(), s.in.Theme)
		if style.Width == 0 {
			continue
		}
		core := roadsItem{
			view: v, roads: s.roads, tier: tier, level: level(v.Scale), colour: style.Colour.Fade(s.look.roads),
			width: style.Width * v.unit(), dash: scaled(style.Dash, v.unit()),
		}
		core.lines = s.roads.visible(tier, v, (style.Width+style.CasingWidth)*v.unit()+1)
		if len(core.lines) == 0 {
			continue
		}
		if style.CasingWidth > 0 {
			casing := core
			casing.colour, casing.width = style.Casing.Fade(s.look.roads), style.CasingWidth*v.unit()
			out = append(out, &casing)
		}
		out = append(out, &core)
	}
	return out
}

// scaled multiplies the lengths of a dash pattern.
func scaled(dash []float64, by float64) []float64 {
	var out []float64
	for _, d := range dash {
		out = append(out, d*by)
	}
	return out
}

// visible lists the lines of a tier whose box comes within margin output units of the view. The boxes of a kommun are
// looked through in a tenth of a millisecond.
func (r *Roads) visible(tier symbology.RoadTier, v View, margin float64) []int32 {
	seen := v.Bound()
	margin *= v.Scale
	x0, y0 := float32(seen.Min[0]-r.origin[0]-margin), float32(seen.Min[1]-r.origin[1]-margin)
	x1, y1 := float32(seen.Max[0]-r.origin[0]+margin), float32(seen.Max[1]-r.origin[1]+margin)
	boxes := r.tiers[tier].boxes
	var out []int32
	for i := 0; i+3 < len(boxes); i += 4 {
		if boxes[i] <= x1 && boxes[i+2] >= x0 && boxes[i+1] <= y1 && boxes[i+3] >= y0 {
			out = append(out, int32(i/4))
		}
	}
	return out
}

// raster lays the lines into the band's mask straight from the packed arrays.
func (i *roadsItem) raster(r *Raster) {
	t := &i.roads.tiers[i.tier]
	packed := &t.levels[i.level]
	inv := 1 / i.view.Scale
	ox, oy := i.view.ToScreen(i.roads.origin)
	reach := i.width/2 + 1
	top, bottom := float64(r.mask.top)-reach, float64(r.mask.top+r.mask.h)+reach
	var scratch []float64
	for _, k := range i.lines {
		if oy-float64(t.boxes[4*k+1])*inv < top || oy-float64(t.boxes[4*k+3])*inv > bottom {
			continue
		}
		xy := packed.line(int(k))
		if i.dash != nil {
			scratch = toScreen(scratch[:0], xy, ox, oy, inv)
			r.dashes(scratch, i.width/2, i.dash)
			continue
		}
		x0, y0 := ox+float64(xy[0])*inv, oy-float64(xy[1])*inv
		for j := 2; j+1 < len(xy); j += 2 {
			x1, y1 := ox+float64(xy[j])*inv, oy-float64(xy[j+1])*inv
			r.mask.segment(x0, y0, x1, y1, i.width/2, false)
			x0, y0 = x1, y1
		}
	}
	r.flush(i.colour)
}

// toScreen appends a packed line in output units.
func toScreen(out []float64, xy []float32, ox, oy, inv float64) []float64 {
	for j := 0; j+1 < len(xy); j += 2 {
		out = append(out, ox+float64(xy[j])*inv, oy-float64(xy[j+1])*inv)
	}
	return out
}

// vector gives all lines as one path: cut by the frame and simplified to a seventh of a unit, without those shorter
// than that.
func (i *roadsItem) vector(c Canvas) {
	var p Path
	var scratch simplifier
	var xy, simple []float64
	ox, oy := i.view.ToScreen(i.roads.origin)
	tolerance := i.view.unit() / 7
	frame := i.view.frame().grow(i.width)
	packed := &i.roads.tiers[i.tier].levels[i.level]
	for _, k := range i.lines {
		xy = toScreen(xy[:0], packed.line(int(k)), ox, oy, 1/i.view.Scale)
		simple = simplify(simple[:0], xy, tolerance, &scratch)
		b := bounds(simple)
		switch {
		case math.Max(b.x1-b.x0, b.y1-b.y0) < tolerance:
		case frame.holds(b):
			p.Line(simple...)
		default:
			frame.lines(&p, simple)
		}
	}
	if !p.Empty() {
		c.Path(&p, Paint{Stroke: i.colour, Width: i.width, Dash: i.dash})
	}
}
