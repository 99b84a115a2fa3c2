package docx

import "nabar/mapview/render"

// placed is a canvas on a part of another: its units are k of the other's, its origin lies at x, y there.
type placed struct {
	to      render.Canvas
	k, x, y float64
	path    render.Path // scratch
}

// Begin implements render.Canvas.
func (p *placed) Begin(g render.Group) {
	if g.Clip != nil {
		g.Clip = p.moved(g.Clip, &render.Path{})
	}
	p.to.Begin(g)
}

// End implements render.Canvas.
func (p *placed) End() { p.to.End() }

// Path implements render.Canvas.
func (p *placed) Path(path *render.Path, how render.Paint) {
	how.Width *= p.k
	dash := make([]float64, len(how.Dash))
	for i, d := range how.Dash {
		dash[i] = d * p.k
	}
	how.Dash = dash
	p.to.Path(p.moved(path, &p.path), how)
}

// Text implements render.Canvas.
func (p *placed) Text(t render.Text) {
	t.X, t.Y = t.X*p.k+p.x, t.Y*p.k+p.y
	t.Font.Size *= p.k
	t.HaloWidth *= p.k
	p.to.Text(t)
}

// moved makes into the path in the other canvas's coordinates.
func (p *placed) moved(path, into *render.Path) *render.Path {
	into.Reset()
	into.Verbs = append(into.Verbs, path.Verbs...)
	for i, v := range path.XY {
		into.XY = append(into.XY, v*p.k+[2]float64{p.x, p.y}[i%2])
	}
	return into
}
