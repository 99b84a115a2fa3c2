package render

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/symbology"
)

// name is a text that belongs to a position of the world.
type name struct {
	at       orb.Point
	text     string
	priority float64 // higher is placed first
	kind     nameKind
	until    float64 // shown at this scale (metres for each reference pixel) and nearer
	place    int     // whose symbols the name stands beside, -1 for none
	layer    *shownLayer
}

// nameKind decides the letters of a name.
type nameKind uint8

const (
	townName nameKind = iota
	villageName
	areaName
	waterName
	serviceName
)

// serviceNamesFrom is the scale from which services are named, in metres for each reference pixel.
const serviceNamesFrom = 14

// labelsFrom is the scale from which the things of a layer are named by a column that the user has chosen.
const labelsFrom = 120

// gatherNames collects all names that the map may show, the most important first.
func gatherNames(s *Scene) []name {
	var out []name
	places := s.named() // a basemap of pictures bears names already
	for i := range s.layers {
		places = places || (s.layers[i].kind == symbology.PlaceKind && len(s.layers[i].Labels) > 0)
	}
	for i := range s.layers {
		// built-up areas bear the names of their places: once is enough
		if !places || s.layers[i].kind != symbology.BuiltUpKind {
			out = append(out, layerNames(&s.layers[i])...)
		}
		places = places || (s.layers[i].kind == symbology.BuiltUpKind && len(s.layers[i].Labels) > 0)
	}
	if !places {
		out = append(out, townNames(s.in.Snapshot.Facilities)...)
	}
	out = append(out, serviceNames(s)...)
	slices.SortStableFunc(out, func(a, b name) int {
		return cmp.Or(cmp.Compare(b.priority, a.priority), cmp.Compare(a.text, b.text),
			cmp.Compare(a.at[0], b.at[0]), cmp.Compare(a.at[1], b.at[1]))
	})
	return out
}

// layerNames gives the names of an extra layer.
func layerNames(l *shownLayer) []name {
	var out []name
	top := 0.0
	for _, r := range l.Ranks {
		top = max(top, r)
	}
	for i, text := range l.Labels {
		if text == "" || i >= len(l.Geometries) || l.Geometries[i] == nil {
			continue
		}
		rank := 0.0
		if i < len(l.Ranks) && top > 0 {
			rank = l.Ranks[i] / top
		}
		n := name{at: labelPoint(l.Geometries[i]), text: text, until: 1e9, place: -1, layer: l}
		switch l.kind {
		case symbology.PlaceKind, symbology.BuiltUpKind:
			n.kind, n.priority = villageName, 1000+rank
			if rank >= 0.25 {
				n.kind = townName
			}
		case symbology.WaterKind:
			n.kind, n.priority, n.until = waterName, 100+rank, sizeScale(l.Geometries[i])
		case symbology.AreaKind:
			n.kind, n.priority, n.until = areaName, 200+rank, sizeScale(l.Geometries[i])
		default:
			n.kind, n.priority, n.until = serviceName, 10+rank, serviceNamesFrom
			if l.style.Label != "" { // asked for, not guessed
				n.until = labelsFrom
			}
		}
		out = append(out, n)
	}
	return out
}

// sizeScale is the scale at which a geometry is about 60 reference pixels wide: its name is shown from there on.
func sizeScale(g orb.Geometry) float64 {
	b := g.Bound()
	return max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) / 60
}

// labelPoint is where a geometry's name stands: a point itself, a polygon at the middle of its widest stretch on its
// middle latitude, all else in the middle of its box.
func labelPoint(g orb.Geometry) orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return g
	case orb.Polygon:
		return insidePoint(g)
	case orb.MultiPolygon:
		best, width := orb.Point{}, -1.0
		for _, p := range g {
			if b := p.Bound(); b.Max[0]-b.Min[0] > width {
				best, width = insidePoint(p), b.Max[0]-b.Min[0]
			}
		}
		return best
	}
	return g.Bound().Center()
}

// insidePoint is the middle of the widest stretch that a polygon has on the middle northing of its box.
func insidePoint(p orb.Polygon) orb.Point {
	y := p.Bound().Center()[1]
	var cuts []float64
	for _, ring := range p {
		for i := 0; i+1 < len(ring); i++ {
			a, b := ring[i], ring[i+1]
			if (a[1] <= y) != (b[1] <= y) {
				cuts = append(cuts, a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]))
			}
		}
	}
	slices.Sort(cuts)
	best, width := p.Bound().Center(), -1.0
	for i := 0; i+1 < len(cuts); i += 2 {
		if w := cuts[i+1] - cuts[i]; w > width {
			best, width = orb.Point{(cuts[i] + cuts[i+1]) / 2, y}, w
		}
	}
	return best
}

// townSpread is how far, in metres, half of a post town's facilities may lie from its middle for it to be a place
// on the map: post towns that are written for a whole district are not.
const townSpread = 8000

// townNames makes names of places from the post towns of the facilities, for projects that have no layer of place
// names: each at the middle (median) of its facilities, the more of them the more important.
func townNames(facilities []model.Facility) []name {
	at := map[string][]orb.Point{} // by the name in capitals: registers write both ways
	text := map[string]string{}
	var order []string
	for i := range facilities {
		f := &facilities[i]
		if f.Town == "" || f.Closed != "" {
			continue
		}
		key := strings.ToUpper(f.Town)
		if at[key] == nil {
			order = append(order, key)
		}
		if text[key] == "" || text[key] == key {
			text[key] = f.Town
		}
		at[key] = append(at[key], f.At)
	}
	top := 0
	for _, points := range at {
		top = max(top, len(points))
	}
	var out []name
	for _, key := range order {
		points := at[key]
		n := name{at: medianPoint(points), text: townCase(text[key]), kind: villageName, until: 1e9, place: -1}
		if medianDistance(points, n.at) > townSpread {
			continue
		}
		n.priority = 1000 + float64(len(points))/float64(top)
		if 2*len(points) >= top {
			n.kind = townName
		}
		out = append(out, n)
	}
	return out
}

// townCase writes a name that stands in capitals as names are written.
func townCase(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		words[i] = w[:size] + strings.ToLower(w[size:])
	}
	return strings.Join(words, " ")
}

// medianDistance is the lower median of the distances of points from one.
func medianDistance(points []orb.Point, from orb.Point) float64 {
	d := make([]float64, len(points))
	for i, p := range points {
		d[i] = math.Hypot(p[0]-from[0], p[1]-from[1])
	}
	slices.Sort(d)
	return d[(len(d)-1)/2]
}

// medianPoint takes the lower median of eastings and northings apart.
func medianPoint(points []orb.Point) orb.Point {
	axis := func(k int) float64 {
		v := make([]float64, len(points))
		for i, p := range points {
			v[i] = p[k]
		}
		slices.Sort(v)
		return v[(len(v)-1)/2]
	}
	return orb.Point{axis(0), axis(1)}
}

// serviceNames names the places of the chosen service by its first facility there, or of all services by the first.
func serviceNames(s *Scene) []name {
	var out []name
	for i := range s.places {
		sym := &s.places[i].symbols[0]
		text := s.serviceLabel(&s.in.Snapshot.Facilities[sym.facilities[0]])
		if text == "" || !sym.chosen {
			continue
		}
		out = append(out, name{
			at: s.places[i].at, text: text, kind: serviceName, until: serviceNamesFrom, place: i,
			priority: 500 + float64(min(len(s.places[i].symbols), 9)),
		})
	}
	return out
}

// label writes a name in its letters at the canvas origin.
func (s *Scene) label(n *name, unit float64) Text {
	t := Text{
		Text: n.text, Anchor: Middle, Colour: s.palette.Place, Halo: s.palette.Halo.Fade(0.88), HaloWidth: 1.9 * unit,
		Font: Font{Regular, 11.5 * unit},
	}
	switch n.kind {
	case townName:
		t.Font = Font{Semibold, 15 * unit}
	case villageName:
		t.Font = Font{Semibold, 12 * unit}
	case areaName:
		t.Font, t.Colour = Font{Italic, 13 * unit}, s.palette.Area
	case waterName:
		t.Font, t.Colour, t.Halo = Font{Italic, 12 * unit}, s.waterInk(), s.palette.Water.Fade(0.7)
	}
	return t
}

// waterInk is the colour of names on water.
func (s *Scene) waterInk() symbology.Colour {
	if s.in.Theme == symbology.Dark {
		return symbology.RGB(0x8fbccb)
	}
	return symbology.RGB(0x3b7088)
}

// labels places the names of a view: in order of importance, each at the first of its positions where it covers no
// symbol and no name before it; a name that finds none is left out.
func (s *Scene) labels(v View, symbols []drawnSymbol) []Text {
	unit, scale := v.unit(), v.reference()
	taken := make([]box, 0, len(symbols)+64)
	around := map[int]box{} // of each place's symbols
	for i := range symbols {
		b := symbols[i].box()
		taken = append(taken, b)
		if before, ok := around[symbols[i].place]; ok {
			b = b.union(before)
		}
		around[symbols[i].place] = b
	}
	if s.in.Planned != nil { // a name would hide that a place closes
		for _, at := range s.in.Planned.Shut {
			x, y := v.ToScreen(at)
			taken = append(taken, box{x, y, x, y}.grow(shutSize/2*unit))
		}
	}
	taken = append(taken, s.pinBoxes(v)...)
	taken = append(taken, s.pointBoxes(v)...)
	near := v.frame().grow(60 * unit)
	var out []Text
	for i := range s.names {
		n := &s.names[i]
		x, y := v.ToScreen(n.at)
		at := box{x, y, x, y}
		if scale > n.until || !near.overlaps(at.grow(1e-6)) {
			continue
		}
		if n.layer != nil && !n.layer.style.ShownAt(v.Denominator()) {
			continue
		}
		if b, ok := around[n.place]; ok {
			at = b
		} else if n.layer != nil && n.layer.kind == symbology.PointKind {
			at = at.grow(n.layer.style.Size / 2 * unit)
		}
		t := s.label(n, unit)
		if b, ok := settle(&t, at, n.kind, unit, v.frame(), taken); ok {
			taken = append(taken, b)
			out = append(out, t)
		}
	}
	return out
}

// settle moves a text to the first free of its positions around a box and gives the room that it takes there.
func settle(t *Text, at box, kind nameKind, unit float64, frame box, taken []box) (box, bool) {
	width, capital := t.Font.Width(t.Text), CapHeight*t.Font.Size
	pad := 3 * unit
	for _, spot := range spots(at, kind, width, capital, unit) {
		cx, cy := spot[0], spot[1]
		b := box{cx - width/2, cy - capital/2, cx + width/2, cy + capital/2}.grow(pad)
		if !frame.holds(b) || slices.ContainsFunc(taken, b.overlaps) {
			continue
		}
		t.X, t.Y = cx, cy+capital/2
		return b, true
	}
	return box{}, false
}

// spots are the positions, best first, that the middle of a text of some width and height may take around a box.
func spots(at box, kind nameKind, width, height, unit float64) [][2]float64 {
	cx, cy := (at.x0+at.x1)/2, (at.y0+at.y1)/2
	beside := func(gap float64) [][2]float64 { // right, left, above, below
		gap = gap*unit + 3.5*unit
		return [][2]float64{
			{at.x1 + gap + width/2, cy},
			{at.x0 - gap - width/2, cy},
			{cx, at.y0 - gap - height/2},
			{cx, at.y1 + gap + height/2},
		}
	}
	switch kind {
	case serviceName:
		return beside(0)
	case areaName, waterName:
		return [][2]float64{{cx, cy}, {cx, cy - 14*unit}, {cx, cy + 14*unit}}
	}
	out := [][2]float64{{cx, cy}}
	for _, gap := range []float64{8, 16, 28, 44, 64} {
		b := beside(gap)
		out = append(out, b[2], b[3], b[0], b[1])
	}
	return out
}
