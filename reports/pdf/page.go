package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"nabar/mapview/render"
	"nabar/model/symbology"
	"nabar/reports"
)

// page is one page while it is drawn. Positions are points from the upper left corner, Y downwards; the content stream
// has PDF's own axes.
type page struct {
	fonts    *fonts
	index    int
	width    float64
	height   float64
	screen   render.Canvas // for a preview: what is drawn goes here, in points, and no mark or link is kept
	buf      bytes.Buffer
	owners   []*element // by MCID
	links    []link
	alphas   map[uint8]bool // of the whole document
	images   *images        // of the whole document; nil where there can be none
	open     *element       // whose mark is open
	artifact string         // properties of the open artifact, "" for none
}

// link is a link annotation to another place of the document, or to an address.
type link struct {
	x, y, w, h float64
	anchor     string
	url        string // "" for a place of the document
	contents   string
	element    *element
}

// link lays a link over a box and makes it the element's.
func (p *page) link(l link) {
	if p.screen != nil {
		return
	}
	p.links = append(p.links, l)
	l.element.kids = append(l.element.kids, annotation{p.index, len(p.links) - 1})
}

// The properties of artifacts.
const (
	layoutArtifact = "<</Type /Layout>>"
	headerArtifact = "<</Type /Pagination /Subtype /Header>>"
	footerArtifact = "<</Type /Pagination /Subtype /Footer>>"
	waterArtifact  = "<</Type /Pagination /Subtype /Watermark>>"
)

// tag makes what is drawn next belong to e.
func (p *page) tag(e *element) {
	if p.open == e || p.screen != nil {
		return
	}
	p.endMark()
	p.open = e
	mcid := len(p.owners)
	p.owners = append(p.owners, e)
	e.kids = append(e.kids, content{p.index, mcid})
	fmt.Fprintf(&p.buf, "/%s <</MCID %d>> BDC\n", e.role, mcid)
}

// furnish makes what is drawn next an artifact.
func (p *page) furnish(properties string) {
	if p.artifact == properties || p.screen != nil {
		return
	}
	p.endMark()
	p.artifact = properties
	p.buf.WriteString("/Artifact " + properties + " BDC\n")
}

// endMark closes the open mark.
func (p *page) endMark() {
	if p.open != nil || p.artifact != "" {
		p.buf.WriteString("EMC\n")
	}
	p.open, p.artifact = nil, ""
}

// text draws clean text with its baseline at y.
func (p *page) text(x, y float64, in ink, text string) {
	if text == "" {
		return
	}
	y -= in.rise
	if p.screen != nil {
		p.screen.Text(render.Text{X: x, Y: y, Text: text, Font: in.Font, Colour: in.colour})
		return
	}
	p.fill(in.colour)
	fmt.Fprintf(&p.buf, "BT %s %s Td %s ET\n", number(x), number(p.height-y), p.fonts.show(in.Font, text))
}

// line draws a set line of text as a part of e.
func (p *page) line(e *element, x, y float64, l line) {
	for _, s := range l.spans {
		w := p.fonts.width(s.ink.Font, s.text)
		if s.run == nil {
			if e != nil {
				p.tag(e)
			}
			p.text(x, y, s.ink, s.text)
		} else {
			p.inline(e, x, y, w, s)
		}
		x += w
	}
}

// rect fills a rectangle.
func (p *page) rect(x, y, w, h float64, c symbology.Colour) {
	if p.screen != nil {
		var path render.Path
		path.Rect(x, y, w, h)
		p.screen.Path(&path, render.Paint{Fill: c})
		return
	}
	p.fill(c)
	fmt.Fprintf(&p.buf, "%s %s %s %s re f\n", number(x), number(p.height-y-h), number(w), number(h))
}

// rule draws a thin line.
func (p *page) rule(x1, y1, x2, y2, width float64, c symbology.Colour) {
	if p.screen != nil {
		var path render.Path
		path.Line(x1, y1, x2, y2)
		p.screen.Path(&path, render.Paint{Stroke: c, Width: width})
		return
	}
	fmt.Fprintf(&p.buf, "%s RG %s w %s %s m %s %s l S\n", colour(c), number(width),
		number(x1), number(p.height-y1), number(x2), number(p.height-y2))
}

// dots draws a dotted line along the baseline, in step on all lines.
func (p *page) dots(from, to, y float64) {
	const step = 4.0
	start := margin + step*float64(int((from-margin)/step)+1)
	if start >= to {
		return
	}
	if p.screen != nil {
		for x := start; x < to; x += step {
			p.rect(x-0.4, y-0.4, 0.8, 0.8, reports.Rule)
		}
		return
	}
	p.buf.WriteString("q " + colour(reports.Rule) + " RG 0.8 w 1 J [0 " + number(step) + "] 0 d ")
	p.buf.WriteString(number(start) + " " + number(p.height-y) + " m " + number(to) + " " + number(p.height-y) + " l S Q\n")
}

// fill sets the colour of areas and letters.
func (p *page) fill(c symbology.Colour) { p.buf.WriteString(colour(c) + " rg\n") }

// picture draws what paint draws into a box, clipped to it.
func (p *page) picture(x, y, w, h float64, paint func(c render.Canvas, w, h float64)) {
	if paint == nil {
		return
	}
	clip := &render.Path{}
	clip.Rect(0, 0, w, h)
	if p.screen != nil {
		c := render.Moved(p.screen, x, y)
		c.Begin(render.Group{Clip: clip})
		paint(c, w, h)
		c.End()
		return
	}
	c := newCanvas(p)
	fmt.Fprintf(&p.buf, "q %s 0 0 -%s %s %s cm\n", number(1/canvasScale), number(1/canvasScale), number(x), number(p.height-y))
	c.Begin(render.Group{Clip: clip})
	paint(c, w, h)
	c.closeAll()
	p.buf.WriteString("Q\n")
}

// colour writes an RGB colour's operands.
func colour(c symbology.Colour) string {
	channel := func(v uint8) string { return trimmed(float64(v)/255, 3) }
	return channel(c.R) + " " + channel(c.G) + " " + channel(c.B)
}

// number writes a length with two decimals at most.
func number(v float64) string { return trimmed(v, 2) }

// trimmed writes v with at most the given decimals, without trailing zeros.
func trimmed(v float64, decimals int) string {
	b := strconv.AppendFloat(nil, v, 'f', decimals, 64)
	if bytes.IndexByte(b, '.') >= 0 {
		b = bytes.TrimRight(b, "0")
		b = bytes.TrimSuffix(b, []byte{'.'})
	}
	if len(b) == 0 || string(b) == "-0" {
		return "0"
	}
	return string(b)
}
