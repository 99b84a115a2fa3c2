package pdf

import (
	"fmt"
	"math"

	"nabar/mapview/render"
	"nabar/reports"
)

// The watermark: how much of what lies below it shows through, and the part of the page's diagonal that it fills.
const (
	waterAlpha = 22 // of 255
	waterSpan  = 0.56
)

// watermark lays the document's word over a page from corner to corner, pale enough to read what lies below. It belongs to
// the page, not to what is read.
func (l *layout) watermark(p *page) {
	word := l.fonts.clean(l.doc.Watermark)
	if word == "" {
		return
	}
	in := inked(render.Bold, 100, reports.Quiet)
	if p.index < l.covers() {
		in.colour = reports.White
	}
	in.Size *= waterSpan * math.Hypot(p.width, p.height) / l.fonts.width(in.Font, word)
	in.Size = min(in.Size, p.height/4)
	width := l.fonts.width(in.Font, word)
	sin, cos := math.Sincos(math.Atan2(p.height, p.width))
	// The middle of the letters stands in the middle of the page.
	x := p.width/2 - cos*width/2 + sin*in.Size*render.CapHeight/2
	y := p.height/2 - sin*width/2 - cos*in.Size*render.CapHeight/2
	p.furnish(waterArtifact)
	if p.screen != nil {
		in.colour.A = waterAlpha
		c := render.Turned(p.screen, x, p.height-y, -math.Atan2(p.height, p.width))
		c.Text(render.Text{Text: word, Font: in.Font, Colour: in.colour})
		return
	}
	p.alphas[waterAlpha] = true
	fmt.Fprintf(&p.buf, "q /A%d gs ", waterAlpha)
	p.fill(in.colour)
	fmt.Fprintf(&p.buf, "BT %s %s %s %s %s %s Tm %s ET Q\n", trimmed(cos, 5), trimmed(sin, 5), trimmed(-sin, 5), trimmed(cos, 5),
		number(x), number(y), p.fonts.show(in.Font, word))
}
