package render

import "math"

// turned draws text at an angle.
type turned struct {
	to       Canvas
	x, y     float64
	sin, cos float64
}

// Turned gives a canvas whose origin is at x, y of c and whose axes are turned clockwise by an angle in radians. Its texts
// are drawn as paths, without halo.
func Turned(c Canvas, x, y, angle float64) Canvas {
	sin, cos := math.Sincos(angle)
	return &turned{to: c, x: x, y: y, sin: sin, cos: cos}
}

// turn gives a path at its place on the other canvas.
func (t *turned) turn(p *Path) *Path {
	out := &Path{Verbs: p.Verbs, XY: make([]float64, len(p.XY))}
	for i := 0; i+1 < len(p.XY); i += 2 {
		x, y := p.XY[i], p.XY[i+1]
		out.XY[i], out.XY[i+1] = t.x+x*t.cos-y*t.sin, t.y+x*t.sin+y*t.cos
	}
	return out
}

// Begin implements Canvas.
func (t *turned) Begin(g Group) {
	if g.Clip != nil {
		g.Clip = t.turn(g.Clip)
	}
	t.to.Begin(g)
}

// End implements Canvas.
func (t *turned) End() { t.to.End() }

// Path implements Canvas.
func (t *turned) Path(p *Path, how Paint) { t.to.Path(t.turn(p), how) }

// Text implements Canvas.
func (t *turned) Text(text Text) {
	var p Path
	text.outlines(&p)
	t.to.Path(t.turn(&p), Paint{Fill: text.Colour})
}
