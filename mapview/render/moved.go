package render

import "image"

// moved paints on another canvas with its origin elsewhere.
type moved struct {
	to   Canvas
	x, y float64
	path Path
}

// Moved gives a canvas whose origin is at x, y of c.
func Moved(c Canvas, x, y float64) Canvas { return &moved{to: c, x: x, y: y} }

// shifted gives a path at its place on the other canvas. It holds until the next call.
func (m *moved) shifted(p *Path) *Path {
	m.path.Verbs = p.Verbs
	m.path.XY = m.path.XY[:0]
	for i := 0; i+1 < len(p.XY); i += 2 {
		m.path.XY = append(m.path.XY, p.XY[i]+m.x, p.XY[i+1]+m.y)
	}
	return &m.path
}

// Image implements Imager, where the other canvas does.
func (m *moved) Image(img image.Image, x, y, w, h float64) {
	if i, ok := m.to.(Imager); ok {
		i.Image(img, x+m.x, y+m.y, w, h)
	}
}

// Begin implements Canvas.
func (m *moved) Begin(g Group) {
	if g.Clip != nil {
		clip := *m.shifted(g.Clip)
		clip.XY = append([]float64(nil), clip.XY...)
		g.Clip = &clip
	}
	m.to.Begin(g)
}

// End implements Canvas.
func (m *moved) End() { m.to.End() }

// Path implements Canvas.
func (m *moved) Path(p *Path, how Paint) { m.to.Path(m.shifted(p), how) }

// Text implements Canvas.
func (m *moved) Text(t Text) {
	t.X, t.Y = t.X+m.x, t.Y+m.y
	m.to.Text(t)
}
