package render

import "image"

// larger paints on another canvas with all lengths multiplied.
type larger struct {
	to   Canvas
	by   float64
	path Path
}

// Scaled gives a canvas whose every unit is as many units of c: what is laid out in points or in units of the screen is
// painted on pixels.
func Scaled(c Canvas, by float64) Canvas {
	if by == 1 {
		return c
	}
	return &larger{to: c, by: by}
}

// times gives a path with all coordinates multiplied. It holds until the next call.
func (s *larger) times(p *Path) *Path {
	s.path.Verbs = p.Verbs
	s.path.XY = s.path.XY[:0]
	for _, v := range p.XY {
		s.path.XY = append(s.path.XY, v*s.by)
	}
	return &s.path
}

// Image implements Imager, where the other canvas does.
func (s *larger) Image(img image.Image, x, y, w, h float64) {
	if i, ok := s.to.(Imager); ok {
		i.Image(img, x*s.by, y*s.by, w*s.by, h*s.by)
	}
}

// Begin implements Canvas.
func (s *larger) Begin(g Group) {
	if g.Clip != nil {
		clip := *s.times(g.Clip)
		clip.XY = append([]float64(nil), clip.XY...)
		g.Clip = &clip
	}
	s.to.Begin(g)
}

// End implements Canvas.
func (s *larger) End() { s.to.End() }

// Path implements Canvas.
func (s *larger) Path(p *Path, how Paint) {
	how.Width *= s.by
	dash := make([]float64, len(how.Dash))
	for i, d := range how.Dash {
		dash[i] = d * s.by
	}
	how.Dash = dash
	s.to.Path(s.times(p), how)
}

// Text implements Canvas.
func (s *larger) Text(t Text) {
	t.X, t.Y, t.Font.Size, t.HaloWidth = t.X*s.by, t.Y*s.by, t.Font.Size*s.by, t.HaloWidth*s.by
	s.to.Text(t)
}
