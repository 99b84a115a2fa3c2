package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"nabar/mapview/render"
	"nabar/model/symbology"
)

// page is one page while it is drawn. Positions are points from the upper left corner, Y downwards; the content stream
// has PDF's own axes.
type page struct {
	fonts    *fonts
	index    int
	width    float64
	height   float64
	buf      bytes.Buffer
	owners   []*element // by MCID
	links    []link
	alphas   map[uint8]bool // of the whole document
	images   *images        // of the whole document; nil where there can be none
	open     *element       // whose mark is open
	artifact string         // properties of the open artifact, "" for none
}

// link is a link annotation to another place of the document.
type link struct {
	x, y, w, h float64
	anchor     string
	contents   string
	element    *element
}

// The properties of artifacts.
const (
	layoutArtifact = "<</Type /Layout>>"
	headerArtifact = "<</Type /Pagination /Subtype /Header>>"
	footerArtifact = "<</Type /Pagination /Subtype /Footer>>"
)

// tag makes what is drawn next belong to e.
func (p *page) tag(e *element) {
	if p.open == e {
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
	if p.artifact == properties {
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
	p.fill(in.colour)
	fmt.Fprintf(&p.buf, "BT /F%d %s Tf %s %s Td %s ET\n", in.Face, number(in.Size), number(x), number(p.height-y), p.fonts.show(in.Face, text))
}

// line draws a set line of text.
func (p *page) line(x, y float64, l line) {
	for _, s := range l.spans {
		p.text(x, y, s.ink, s.text)
		x += p.fonts.width(s.ink.Font, s.text)
	}
}

// rect fills a rectangle.
func (p *page) rect(x, y, w, h float64, c symbology.Colour) {
	p.fill(c)
	fmt.Fprintf(&p.buf, "%s %s %s %s re f\n", number(x), number(p.height-y-h), number(w), number(h))
}

// rule draws a thin line.
func (p *page) rule(x1, y1, x2, y2, width float64, c symbology.Colour) {
	fmt.Fprintf(&p.buf, "%s RG %s w %s %s m %s %s l S\n", colour(c), number(width),
		number(x1), number(p.height-y1), number(x2), number(p.height-y2))
}

// fill sets the colour of areas and letters.
func (p *page) fill(c symbology.Colour) { p.buf.WriteString(colour(c) + " rg\n") }

// picture draws what paint draws into a box, clipped to it.
func (p *page) picture(x, y, w, h float64, paint func(c render.Canvas, w, h float64)) {
	c := newCanvas(p)
	fmt.Fprintf(&p.buf, "q %s 0 0 -%s %s %s cm\n", number(1/canvasScale), number(1/canvasScale), number(x), number(p.height-y))
	clip := &render.Path{}
	clip.Rect(0, 0, w, h)
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
