package chart

import (
	"cmp"
	"math"
	"slices"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

// Line is a chart of values over time or any other ordered quantity: a line for each series, named at its right end.
type Line struct {
	Look   Look
	Title  string // over the chart; "" for none
	Unit   string // what the upright axis measures, written over it
	X, Y   []Tick // ascending; the chart reaches from the first to the last of each, and X further where points do
	Series []Series
}

// Series is one line with a mark at each point.
type Series struct {
	Name   string
	Points []Point // ascending by X
	Colour symbology.Colour
	Mark   Mark
	Dash   []float64 // in parts of the letters' size; nil for a whole line
}

// Point is one value; where Y is NaN the line has a gap.
type Point struct{ X, Y float64 }

// Mark is the shape at a point.
type Mark uint8

// The marks.
const (
	Disc Mark = iota
	Diamond
	Square
	Triangle
	marks
	NoMark // for curves of many points
)

// Styles are the colours, marks and dashes of the series of a chart, told apart without colour too. Beyond the last they
// begin anew with another dash.
func Styles(i int, t symbology.Theme) (c symbology.Colour, m Mark, dash []float64) {
	colours := [...][4]symbology.Colour{
		symbology.Light: {symbology.RGB(0x0f4c5c), symbology.RGB(0xcc4a12), symbology.RGB(0x7a5195), symbology.RGB(0x8a6d00)},
		symbology.Dark:  {symbology.RGB(0x7fc3d2), symbology.RGB(0xff8a4c), symbology.RGB(0xc9a6e0), symbology.RGB(0xe0c463)},
	}
	dashes := [][]float64{nil, {0.6, 0.4}, {0.15, 0.3}, {1.2, 0.4, 0.2, 0.4}}
	return colours[t&1][i%4], Mark(i % int(marks)), dashes[i/4%len(dashes)]
}

// frame is where the chart's plane lies in its box, and what it shows.
type frame struct {
	x0, y0, x1, y1         float64
	lowX, highX, lowY, top float64
}

// at gives the position of a point.
func (f *frame) at(p Point) (x, y float64) {
	return f.x0 + (f.x1-f.x0)*part(p.X, f.lowX, f.highX), f.y1 - (f.y1-f.y0)*part(p.Y, f.lowY, f.top)
}

// part is where v lies between two values, the middle where they are the same.
func part(v, low, high float64) float64 {
	if !(low < high) {
		return 0.5
	}
	return (v - low) / (high - low)
}

// frame lays out the plane: room for the words of both axes and for the names at the right.
func (l *Line) frame(w, h float64) frame {
	font := l.Look.font(render.Regular)
	words := make([]string, len(l.Y))
	for i, t := range l.Y {
		words[i] = t.Label
	}
	f := frame{x0: widest(font, words) + l.Look.Size*0.8, y0: l.head() + l.Look.Size*2, x1: w - l.names() - l.Look.Size*0.5, y1: h - l.Look.Size*1.8}
	f.lowX, f.highX = math.Inf(1), math.Inf(-1)
	span := func(v float64) { f.lowX, f.highX = min(f.lowX, v), max(f.highX, v) }
	for _, t := range l.X {
		span(t.At)
	}
	for _, s := range l.Series {
		for _, p := range s.Points {
			span(p.X)
		}
	}
	if len(l.Y) > 0 {
		f.lowY, f.top = l.Y[0].At, l.Y[len(l.Y)-1].At
	}
	return f
}

// head is the height of the title.
func (l *Line) head() float64 {
	if l.Title == "" {
		return 0
	}
	return l.Look.Size * 2.2
}

// names is the width of the names at the right. A single line needs none: the chart's caption says what it is.
func (l *Line) names() float64 {
	if len(l.Series) < 2 {
		return l.Look.Size * 0.5
	}
	words := make([]string, len(l.Series))
	for i, s := range l.Series {
		words[i] = s.Name
	}
	return widest(l.Look.font(render.Semibold), words) + l.Look.Size*0.8
}

// Paint draws the chart into a box of w by h with its upper left corner at the origin.
func (l *Line) Paint(c render.Canvas, w, h float64) {
	f := l.frame(w, h)
	if l.Title != "" {
		font := render.Font{Face: render.Semibold, Size: l.Look.Size * 1.3}
		c.Text(render.Text{X: 0, Y: l.Look.Size * 1.4, Text: l.Title, Font: font, Colour: l.Look.Ink})
	}
	l.paintUpright(c, &f)
	l.paintLevel(c, &f)
	for i := range l.Series {
		l.paintSeries(c, &f, &l.Series[i])
	}
	if len(l.Series) > 1 {
		l.paintNames(c, &f)
	}
}

// paintUpright draws the values with their lines across.
func (l *Line) paintUpright(c render.Canvas, f *frame) {
	font := l.Look.font(render.Regular)
	var lines render.Path
	for _, t := range l.Y {
		_, y := f.at(Point{f.lowX, t.At})
		lines.Line(f.x0, y, f.x1, y)
		c.Text(render.Text{X: f.x0 - l.Look.Size*0.5, Y: y + l.Look.halfCap(), Text: t.Label, Font: font, Anchor: render.End, Colour: l.Look.Quiet})
	}
	c.Path(&lines, render.Paint{Stroke: l.Look.Rule, Width: l.Look.Size * 0.07})
	c.Text(render.Text{X: 0, Y: l.head() + l.Look.Size, Text: l.Unit, Font: font, Colour: l.Look.Quiet})
}

// paintLevel draws the words under the plane; those without room are left out, never the last.
func (l *Line) paintLevel(c render.Canvas, f *frame) {
	font := l.Look.font(render.Regular)
	var lines render.Path
	room := math.Inf(1)
	for _, t := range slices.Backward(l.X) {
		x, _ := f.at(Point{t.At, f.lowY})
		lines.Line(x, f.y1, x, f.y1+l.Look.Size*0.35)
		half := font.Width(t.Label) / 2
		if x+half > room {
			continue
		}
		room = x - half - l.Look.Size*0.6
		c.Text(render.Text{X: x, Y: f.y1 + l.Look.Size*1.4, Text: t.Label, Font: font, Anchor: render.Middle, Colour: l.Look.Quiet})
	}
	c.Path(&lines, render.Paint{Stroke: l.Look.Rule, Width: l.Look.Size * 0.07})
}

// paintSeries draws a line and its marks.
func (l *Line) paintSeries(c render.Canvas, f *frame, s *Series) {
	var line, dots render.Path
	gap := true
	for _, p := range s.Points {
		if math.IsNaN(p.Y) {
			gap = true
			continue
		}
		x, y := f.at(p)
		if gap {
			line.MoveTo(x, y)
		} else {
			line.LineTo(x, y)
		}
		gap = false
		s.Mark.add(&dots, x, y, l.Look.Size*0.3)
	}
	dash := make([]float64, len(s.Dash))
	for i, d := range s.Dash {
		dash[i] = d * l.Look.Size
	}
	c.Path(&line, render.Paint{Stroke: s.Colour, Width: l.Look.Size * 0.18, Dash: dash})
	c.Path(&dots, render.Paint{Fill: s.Colour})
}

// add puts a mark of radius r into a path.
func (m Mark) add(p *render.Path, x, y, r float64) {
	switch m {
	case NoMark:
	case Diamond:
		p.Polygon(x, y-1.25*r, x+1.25*r, y, x, y+1.25*r, x-1.25*r, y)
	case Square:
		p.Rect(x-0.9*r, y-0.9*r, 1.8*r, 1.8*r)
	case Triangle:
		p.Polygon(x, y-1.2*r, x+1.15*r, y+0.9*r, x-1.15*r, y+0.9*r)
	default:
		p.Circle(x, y, r)
	}
}

// nameAt is a name with the height of its middle.
type nameAt struct {
	series int
	y      float64
}

// paintNames writes each name where its line ends, moved apart where they would lie on each other.
func (l *Line) paintNames(c render.Canvas, f *frame) {
	var names []nameAt
	for i, s := range l.Series {
		for _, p := range slices.Backward(s.Points) {
			if !math.IsNaN(p.Y) {
				_, y := f.at(p)
				names = append(names, nameAt{i, y})
				break
			}
		}
	}
	apart(names, l.Look.Size*1.15, f.y1)
	for _, n := range names {
		s := &l.Series[n.series]
		c.Text(render.Text{X: f.x1 + l.Look.Size*0.7, Y: n.y + l.Look.halfCap(), Text: s.Name, Font: l.Look.font(render.Semibold), Colour: s.Colour})
	}
}

// apart moves names so that their middles are at least step apart and none lies under the foot of the plane.
func apart(names []nameAt, step, foot float64) {
	slices.SortStableFunc(names, func(a, b nameAt) int { return cmp.Compare(a.y, b.y) })
	for i := 1; i < len(names); i++ {
		names[i].y = max(names[i].y, names[i-1].y+step)
	}
	for i := len(names) - 1; i >= 0; i-- {
		names[i].y = min(names[i].y, foot-step*float64(len(names)-1-i))
	}
}

// Near finds the point whose mark lies nearest (x, y) in a chart painted into w by h, within reach; ok is false where
// none does. The window shows its value there.
func (l *Line) Near(x, y, w, h, reach float64) (series, point int, ok bool) {
	f := l.frame(w, h)
	best := reach
	for i, s := range l.Series {
		for k, p := range s.Points {
			if math.IsNaN(p.Y) {
				continue
			}
			px, py := f.at(p)
			if d := math.Hypot(px-x, py-y); d <= best {
				best, series, point, ok = d, i, k, true
			}
		}
	}
	return series, point, ok
}
