package html

import (
	"html"
	"strconv"
	"strings"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

// picture draws into an SVG element. One with an alternative text is an image to readers, one without is decoration. The
// name makes the ids inside unique in the file.
func picture(alt, name string, w, h float64, paint func(c render.Canvas, w, h float64)) string {
	c := &canvas{name: name}
	c.b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + number(w) + " " + number(h) + `"`)
	if alt != "" {
		c.b.WriteString(` role="img" aria-label="` + html.EscapeString(alt) + `"`)
	} else {
		c.b.WriteString(` focusable="false"`)
	}
	c.b.WriteString(">")
	clip := &render.Path{}
	clip.Rect(0, 0, w, h)
	c.Begin(render.Group{Clip: clip})
	paint(c, w, h)
	for c.open > 0 {
		c.End()
	}
	c.b.WriteString("</svg>")
	return c.b.String()
}

// canvas writes SVG.
type canvas struct {
	b     strings.Builder
	name  string
	clips int
	open  int
}

// Begin opens a group.
func (c *canvas) Begin(g render.Group) {
	attrs := ""
	if g.Clip != nil {
		c.clips++
		id := c.name + "-" + strconv.Itoa(c.clips)
		c.b.WriteString(`<clipPath id="` + id + `"><path d="`)
		c.path(g.Clip)
		c.b.WriteString(`"/></clipPath>`)
		attrs = ` clip-path="url(#` + id + `)"`
	}
	c.b.WriteString("<g" + attrs + ">")
	c.open++
}

// End closes the last group.
func (c *canvas) End() {
	if c.open > 0 {
		c.open--
		c.b.WriteString("</g>\n")
	}
}

// Path fills and strokes a path.
func (c *canvas) Path(p *render.Path, how render.Paint) {
	strokes := !how.Stroke.IsZero() && how.Width > 0
	if p.Empty() || (how.Fill.IsZero() && !strokes) {
		return
	}
	c.b.WriteString("<path" + colour("fill", how.Fill))
	if strokes {
		c.b.WriteString(colour("stroke", how.Stroke) + ` stroke-width="` + number(how.Width) + `" stroke-linejoin="round"`)
		if len(how.Dash) == 0 {
			c.b.WriteString(` stroke-linecap="round"`)
		} else {
			c.b.WriteString(` stroke-dasharray="` + numbers(how.Dash) + `"`)
		}
	}
	c.b.WriteString(` d="`)
	c.path(p)
	c.b.WriteString("\"/>\n")
}

// Text writes a line of text; its letters stay text. It keeps the width that the picture was laid out for, also where
// the reader's computer lacks the typeface and another steps in.
func (c *canvas) Text(t render.Text) {
	if t.Text == "" || t.Colour.IsZero() {
		return
	}
	if t.Font.Borrows(t.Text) { // emoji and the like: the reader's computer may have no letters for them
		var letters render.Path
		t.Outline(&letters)
		if !t.Halo.IsZero() && t.HaloWidth > 0 {
			c.Path(&letters, render.Paint{Stroke: t.Halo, Width: 2 * t.HaloWidth})
		}
		c.Path(&letters, render.Paint{Fill: t.Colour})
		return
	}
	anchor := [...]string{render.Start: "start", render.Middle: "middle", render.End: "end"}[t.Anchor]
	weight := [...]string{render.Regular: "400", render.Light: "300", render.Italic: "400", render.Semibold: "600", render.Bold: "700"}[t.Font.Face]
	c.b.WriteString(`<text x="` + number(t.X) + `" y="` + number(t.Y) + `" font-size="` + number(t.Font.Size) +
		`" font-weight="` + weight + `" text-anchor="` + anchor + `"` + colour("fill", t.Colour))
	if t.Font.Face == render.Italic {
		c.b.WriteString(` font-style="italic"`)
	}
	if !t.Halo.IsZero() && t.HaloWidth > 0 {
		c.b.WriteString(colour("stroke", t.Halo) + ` stroke-width="` + number(2*t.HaloWidth) +
			`" stroke-linejoin="round" paint-order="stroke"`)
	}
	c.b.WriteString(` textLength="` + number(t.Font.Width(t.Text)) + `" lengthAdjust="spacingAndGlyphs">` +
		html.EscapeString(t.Text) + "</text>\n")
}

// colour writes a paint attribute with its opacity.
func colour(attribute string, c symbology.Colour) string {
	if c.IsZero() {
		return " " + attribute + `="none"`
	}
	out := " " + attribute + `="` + symbology.Colour{R: c.R, G: c.G, B: c.B, A: 255}.String() + `"`
	if c.A < 255 {
		out += " " + attribute + `-opacity="` + strconv.FormatFloat(float64(c.A)/255, 'f', 3, 64) + `"`
	}
	return out
}

// path writes path data to a tenth of a unit; points of a line that fall on the one before are left out.
func (c *canvas) path(p *render.Path) {
	i := 0
	last := ""
	for k, verb := range p.Verbs {
		switch verb {
		case render.MoveTo, render.LineTo:
			at := number(p.XY[i]) + " " + number(p.XY[i+1])
			i += 2
			ends := k+1 == len(p.Verbs) || p.Verbs[k+1] == render.MoveTo
			if verb == render.LineTo && at == last && !ends {
				continue
			}
			c.b.WriteString(map[render.Verb]string{render.MoveTo: "M", render.LineTo: "L"}[verb] + at)
			last = at
		case render.CurveTo:
			c.b.WriteString("C" + numbers(p.XY[i:i+6]))
			last = number(p.XY[i+4]) + " " + number(p.XY[i+5])
			i += 6
		case render.Close:
			c.b.WriteString("Z")
		}
	}
}

// number writes a coordinate to a tenth.
func number(v float64) string {
	s := strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
	if s == "-0" {
		return "0"
	}
	return s
}

func numbers(values []float64) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = number(v)
	}
	return strings.Join(out, " ")
}
