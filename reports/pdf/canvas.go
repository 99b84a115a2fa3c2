package pdf

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

// canvasScale is how many units of the picture's coordinate system make a point: whole numbers then place a line to a
// tenth of a point, which no printer shows, in the fewest bytes.
const canvasScale = 10.0

// fine is the number of vertices up to which a path is written with one more decimal: small symbols keep their shape.
const fine = 200

// canvas draws a picture into the content stream of a page. Inside, Y grows downwards.
type canvas struct {
	page  *page
	state []state // one for each open group, the last is the current
}

// state is what the graphics state holds, so that nothing is set twice.
type state struct {
	fill, stroke symbology.Colour
	width        float64
	dash         string
	alpha        [2]uint8 // of fill and stroke
	set          bool     // line ends and joins are set
}

func newCanvas(p *page) *canvas {
	return &canvas{page: p, state: []state{{alpha: [2]uint8{255, 255}, width: -1}}}
}

func (c *canvas) now() *state { return &c.state[len(c.state)-1] }

// Begin opens a group.
func (c *canvas) Begin(g render.Group) {
	c.page.buf.WriteString("q\n")
	c.state = append(c.state, *c.now())
	if g.Clip != nil {
		c.path(g.Clip)
		c.page.buf.WriteString("W n\n")
	}
}

// End closes the last group.
func (c *canvas) End() {
	if len(c.state) > 1 {
		c.state = c.state[:len(c.state)-1]
		c.page.buf.WriteString("Q\n")
	}
}

// closeAll ends every group that is still open.
func (c *canvas) closeAll() {
	for len(c.state) > 1 {
		c.End()
	}
}

// Path fills and strokes a path.
func (c *canvas) Path(p *render.Path, how render.Paint) {
	fills, strokes := !how.Fill.IsZero(), !how.Stroke.IsZero() && how.Width > 0
	if p.Empty() || (!fills && !strokes) {
		return
	}
	if fills {
		c.setFill(how.Fill)
	}
	if strokes {
		c.setStroke(how)
	}
	c.path(p)
	switch {
	case fills && strokes:
		c.page.buf.WriteString("B\n")
	case fills:
		c.page.buf.WriteString("f\n")
	default:
		c.page.buf.WriteString("S\n")
	}
}

func (c *canvas) setFill(fill symbology.Colour) {
	s := c.now()
	c.setAlpha([2]uint8{fill.A, s.alpha[1]})
	fill.A = 255
	if s.fill != fill {
		s.fill = fill
		c.page.fill(fill)
	}
}

func (c *canvas) setStroke(how render.Paint) {
	s := c.now()
	c.setAlpha([2]uint8{s.alpha[0], how.Stroke.A})
	stroke := how.Stroke
	stroke.A = 255
	b := &c.page.buf
	if !s.set {
		s.set = true
		b.WriteString("1 j\n")
	}
	if s.stroke != stroke {
		s.stroke = stroke
		b.WriteString(colour(stroke) + " RG\n")
	}
	if s.width != how.Width {
		s.width = how.Width
		b.WriteString(number(how.Width*canvasScale) + " w\n")
	}
	if dash := dashes(how.Dash); s.dash != dash {
		s.dash = dash
		b.WriteString(dash)
	}
}

// dashes gives the operators for a line's dashes and ends.
func dashes(lengths []float64) string {
	if len(lengths) == 0 {
		return "1 J [] 0 d\n"
	}
	out := "0 J ["
	for i, l := range lengths {
		if i > 0 {
			out += " "
		}
		out += number(l * canvasScale)
	}
	return out + "] 0 d\n"
}

// setAlpha chooses the opacity of areas and lines.
func (c *canvas) setAlpha(alpha [2]uint8) {
	s := c.now()
	if s.alpha == alpha {
		return
	}
	if s.alpha[0] != alpha[0] {
		fmt.Fprintf(&c.page.buf, "/A%d gs\n", alpha[0])
		c.page.alphas[alpha[0]] = true
	}
	if s.alpha[1] != alpha[1] {
		fmt.Fprintf(&c.page.buf, "/S%d gs\n", alpha[1])
		c.page.alphas[alpha[1]] = true
	}
	s.alpha = alpha
}

// path writes a path's construction. Points that fall on the one before are left out.
func (c *canvas) path(p *render.Path) {
	decimals := 0
	if len(p.XY) <= 2*fine {
		decimals = 1
	}
	unit := canvasScale * math.Pow10(decimals)
	buf := c.page.buf.AvailableBuffer()
	at := func(v float64) int64 { return int64(math.Round(v * unit)) }
	var lastX, lastY int64
	i := 0
	for k, verb := range p.Verbs {
		switch verb {
		case render.MoveTo, render.LineTo:
			x, y := at(p.XY[i]), at(p.XY[i+1])
			i += 2
			// A line that is nothing but a point still shows as a dot, so the last point of a line is kept.
			last := k+1 == len(p.Verbs) || p.Verbs[k+1] == render.MoveTo
			if verb == render.LineTo && x == lastX && y == lastY && !last {
				continue
			}
			buf = appendPoint(buf, x, y, decimals)
			buf = append(buf, map[render.Verb]byte{render.MoveTo: 'm', render.LineTo: 'l'}[verb], '\n')
			lastX, lastY = x, y
		case render.CurveTo:
			for j := 0; j < 6; j += 2 {
				lastX, lastY = at(p.XY[i+j]), at(p.XY[i+j+1])
				buf = appendPoint(buf, lastX, lastY, decimals)
			}
			i += 6
			buf = append(buf, 'c', '\n')
		case render.Close:
			buf = append(buf, 'h', '\n')
		}
	}
	c.page.buf.Write(buf)
}

// appendPoint writes two coordinates that are whole numbers of the last decimal.
func appendPoint(b []byte, x, y int64, decimals int) []byte {
	b = appendFixed(b, x, decimals)
	b = append(b, ' ')
	b = appendFixed(b, y, decimals)
	return append(b, ' ')
}

func appendFixed(b []byte, v int64, decimals int) []byte {
	if decimals == 0 || v%10 == 0 {
		if decimals > 0 {
			v /= 10
		}
		return strconv.AppendInt(b, v, 10)
	}
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	b = strconv.AppendInt(b, v/10, 10)
	return append(b, '.', byte('0'+v%10))
}

// Text draws one line of text, with its halo beneath.
func (c *canvas) Text(t render.Text) {
	text := strings.ReplaceAll(c.page.fonts.clean(t.Text), "\n", " ")
	if text == "" || t.Colour.IsZero() {
		return
	}
	width := c.page.fonts.width(t.Font, text)
	x := t.X - [...]float64{render.Start: 0, render.Middle: 0.5, render.End: 1}[t.Anchor]*width
	show := c.page.fonts.show(t.Font, text)
	set := fmt.Sprintf("BT %g 0 0 -%g %s %s Tm", canvasScale, canvasScale,
		number(x*canvasScale), number(t.Y*canvasScale))
	if !t.Halo.IsZero() && t.HaloWidth > 0 {
		c.setStroke(render.Paint{Stroke: t.Halo, Width: 2 * t.HaloWidth})
		fmt.Fprintf(&c.page.buf, "%s 1 Tr %s 0 Tr ET\n", set, show)
	}
	c.setFill(t.Colour)
	fmt.Fprintf(&c.page.buf, "%s %s ET\n", set, show)
}
