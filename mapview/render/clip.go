package render

import (
	"math"

	"github.com/paulmach/orb"
)

// box is a rectangle in output units.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) grow(d float64) box { return box{b.x0 - d, b.y0 - d, b.x1 + d, b.y1 + d} }

func (b box) overlaps(c box) bool { return b.x0 < c.x1 && c.x0 < b.x1 && b.y0 < c.y1 && c.y0 < b.y1 }

func (b box) holds(c box) bool { return b.x0 <= c.x0 && c.x1 <= b.x1 && b.y0 <= c.y0 && c.y1 <= b.y1 }

func (b box) union(c box) box {
	return box{math.Min(b.x0, c.x0), math.Min(b.y0, c.y0), math.Max(b.x1, c.x1), math.Max(b.y1, c.y1)}
}

// cut is the part of b that lies in c; where they don't overlap, it is turned inside out.
func (b box) cut(c box) box {
	return box{math.Max(b.x0, c.x0), math.Max(b.y0, c.y0), math.Min(b.x1, c.x1), math.Min(b.y1, c.y1)}
}

// frame is the rectangle of the view.
func (v View) frame() box { return box{0, 0, float64(v.Width), float64(v.Height)} }

// lines appends to out the parts of a line of X, Y pairs that lie in the rectangle, each as a line of its own.
func (b box) lines(out *Path, xy []float64) {
	open := false
	for i := 0; i+3 < len(xy); i += 2 {
		x0, y0, x1, y1, ok := b.segment(xy[i], xy[i+1], xy[i+2], xy[i+3])
		if !ok {
			open = false
			continue
		}
		if !open {
			out.MoveTo(x0, y0)
		}
		out.LineTo(x1, y1)
		open = x1 == xy[i+2] && y1 == xy[i+3]
	}
}

// segment cuts one straight piece by the rectangle (Liang and Barsky 1984).
func (b box) segment(x0, y0, x1, y1 float64) (cx0, cy0, cx1, cy1 float64, ok bool) {
	from, to := 0.0, 1.0
	dx, dy := x1-x0, y1-y0
	for _, e := range [4][2]float64{{-dx, x0 - b.x0}, {dx, b.x1 - x0}, {-dy, y0 - b.y0}, {dy, b.y1 - y0}} {
		switch {
		case e[0] == 0 && e[1] < 0:
			return 0, 0, 0, 0, false
		case e[0] < 0:
			from = math.Max(from, e[1]/e[0])
		case e[0] > 0:
			to = math.Min(to, e[1]/e[0])
		}
	}
	if from > to {
		return 0, 0, 0, 0, false
	}
	cx0, cy0, cx1, cy1 = x0, y0, x1, y1
	if from > 0 {
		cx0, cy0 = x0+from*dx, y0+from*dy
	}
	if to < 1 {
		cx1, cy1 = x0+to*dx, y0+to*dy
	}
	return cx0, cy0, cx1, cy1, true
}

// ring cuts a closed ring of X, Y pairs by the rectangle, edge by edge (Sutherland and Hodgman 1974). Where the ring
// runs outside, the result follows the rectangle's edge.
func (b box) ring(xy []float64) []float64 {
	xy = cutRing(xy, 0, b.x0, 1)
	xy = cutRing(xy, 0, b.x1, -1)
	xy = cutRing(xy, 1, b.y0, 1)
	return cutRing(xy, 1, b.y1, -1)
}

// cutRing keeps what of a ring lies at or beyond limit on one axis, in the direction of sign.
func cutRing(xy []float64, axis int, limit, sign float64) []float64 {
	out := make([]float64, 0, len(xy)+4)
	n := len(xy)
	for i := 0; i+1 < n; i += 2 {
		p, q := xy[i:i+2], xy[(i+2)%n:(i+2)%n+2]
		inP, inQ := (p[axis]-limit)*sign >= 0, (q[axis]-limit)*sign >= 0
		if inP {
			out = append(out, p...)
		}
		if inP != inQ {
			t := (limit - p[axis]) / (q[axis] - p[axis])
			cut := [2]float64{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])}
			cut[axis] = limit
			out = append(out, cut[:]...)
		}
	}
	return out
}

// shaper turns world geometries into paths on the screen: simplified for the scale, cut by the frame.
type shaper struct {
	view    View
	frame   box
	scratch simplifier
	xy      []float64
	simple  []float64
}

// newShaper makes a shaper whose frame is grown by margin output units, so that lines at its edge are not seen.
func newShaper(v View, margin float64) *shaper {
	return &shaper{view: v, frame: v.frame().grow(margin)}
}

// project writes a line of world points in output units, simplified to a seventh of a reference pixel.
func (s *shaper) project(line []orb.Point) []float64 {
	s.xy = s.xy[:0]
	for _, p := range line {
		x, y := s.view.ToScreen(p)
		s.xy = append(s.xy, x, y)
	}
	s.simple = simplify(s.simple[:0], s.xy, s.view.unit()/7, &s.scratch)
	return s.simple
}

// bounds is the box around X, Y pairs.
func bounds(xy []float64) box {
	b := pairsBound(xy)
	return box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

// area appends the fill of a polygon: outer rings turn one way and holes the other, whatever way they came.
func (s *shaper) area(out *Path, polygon orb.Polygon) {
	for i, ring := range polygon {
		if len(ring) < 3 {
			continue
		}
		xy := s.project(ring)
		if len(xy) >= 2 && xy[0] == xy[len(xy)-2] && xy[1] == xy[len(xy)-1] {
			xy = xy[:len(xy)-2]
		}
		if !bounds(xy).overlaps(s.frame) {
			continue
		}
		if !s.frame.holds(bounds(xy)) {
			xy = s.frame.ring(xy)
		}
		if len(xy) < 6 {
			continue
		}
		if (signedArea(xy) < 0) != (i > 0) {
			reversePairs(xy)
		}
		out.Polygon(xy...)
	}
}

// outline appends the rings of a polygon as lines, without the frame's edge where they are cut.
func (s *shaper) outline(out *Path, polygon orb.Polygon) {
	for _, ring := range polygon {
		s.line(out, ring)
	}
}

// line appends a line.
func (s *shaper) line(out *Path, line []orb.Point) {
	xy := s.project(line)
	switch b := bounds(xy); {
	case len(xy) < 4 || !b.grow(1e-9).overlaps(s.frame):
	case s.frame.holds(b):
		out.Line(xy...)
	default:
		s.frame.lines(out, xy)
	}
}

// signedArea is twice the area of a ring, positive where it turns clockwise on the screen.
func signedArea(xy []float64) float64 {
	sum, n := 0.0, len(xy)
	for i := 0; i+1 < n; i += 2 {
		j := (i + 2) % n
		sum += xy[i]*xy[j+1] - xy[j]*xy[i+1]
	}
	return sum
}
