package pdf

import (
	"strings"

	"nabar/mapview/render"
	"nabar/reports"
)

// The cover, in points: a field of colour with the motif in its upper part and the title in its lower, where the motif
// does not reach; below it the decision block.
const (
	coverField = 566.0
	coverFoot  = 38.0 // from the field's end to the last line of the title
)

// cover draws the first page.
func (l *layout) cover(p *page) {
	c := l.doc.Cover
	l.fonts.where = l.doc.Title
	e := l.front
	p.furnish(layoutArtifact)
	p.rect(0, 0, p.width, coverField, reports.Petrol)
	p.rect(0, coverField, p.width, 5, reports.Accent)
	titles := l.titles(c)
	top := coverField - coverFoot
	for _, t := range titles {
		top -= t.height()
	}
	if c.Motif != nil {
		y := 100.0
		p.picture(margin, y, p.width-margin-36, top-y-34, c.Motif)
	}
	p.tag(e.child("P"))
	p.text(margin, 70, inked(render.Semibold, 13, reports.White), l.fonts.clean(c.Kommun))
	if c.Notice != "" {
		l.notice(p, e, c.Notice)
	}
	y := top
	for _, t := range titles {
		p.stack(e.child(t.role), margin, y, t.leading, t.lines)
		y += t.height()
	}
	l.facts(p, e, c.Facts)
}

// title is one of the lines of the cover.
type title struct {
	role    string
	lines   []line
	leading float64
	after   float64
}

func (t title) height() float64 { return t.leading*float64(len(t.lines)) + t.after }

// titles sets title, period and subtitle.
func (l *layout) titles(c reports.Cover) []title {
	set := func(role, text string, face render.Face, size, leading, after float64) title {
		lines := l.fonts.wrap([]span{{text: l.fonts.clean(text), ink: inked(face, size, reports.White)}}, textWidth)
		return title{role, lines, leading, after}
	}
	out := []title{set("H1", c.Title, render.Semibold, 46, 50, 0)}
	if c.Period != "" {
		out = append(out, set("P", c.Period, render.Light, 46, 50, 6))
	}
	if c.Subtitle != "" {
		out = append(out, set("P", c.Subtitle, render.Regular, 14, 20, 0))
	}
	return out
}

// notice says in a box of the accent colour that the kommun is not a real one.
func (l *layout) notice(p *page, e *element, text string) {
	in := inked(render.Semibold, 10.2, reports.White)
	text = l.fonts.clean(text)
	p.furnish(layoutArtifact)
	p.rect(margin, 80, l.fonts.width(in.Font, text)+16, 20, reports.Accent)
	p.tag(e.child("P"))
	p.text(margin+8, 93.6, in, text)
}

// facts sets the decision block as two columns.
func (l *layout) facts(p *page, e *element, facts []reports.Fact) {
	const labelWidth = 132.0
	y := coverField + 48
	for _, f := range facts {
		par := e.child("P")
		label := l.fonts.wrap([]span{{text: l.fonts.clean(f.Label), ink: boldInk}}, labelWidth-12)
		value := l.fonts.wrap([]span{{text: l.fonts.clean(f.Value), ink: bodyInk}}, textWidth-labelWidth)
		p.stack(par, margin, y, bodyLeading, spaced(label))
		below := p.stack(par, margin+labelWidth, y, bodyLeading, value)
		y = max(below, y+bodyLeading*float64(len(label))) + 5
	}
}

// furnishing draws the running header and footer of a page.
func (l *layout) furnishing(p *page, pages int) {
	d := l.doc
	p.furnish(headerArtifact)
	p.ends(46, d.Header[0], d.Header[1])
	p.rule(margin, 54, p.width-margin, 54, 0.5, reports.Rule)
	p.furnish(footerArtifact)
	p.ends(p.height-40, d.Footer, d.Printer.T("report.page", p.index+1, pages))
}

// ends draws one text to the left and one to the right of a line. The left one is cut where both have no room.
func (p *page) ends(y float64, left, right string) {
	room := p.width - 2*margin
	left, right = p.fonts.clean(left), p.fonts.cut(p.fonts.clean(right), furniture, room*0.7)
	width := p.fonts.width(furniture.Font, right)
	p.text(margin, y, furniture, p.fonts.cut(left, furniture, room-width-gutter))
	p.text(margin+room-width, y, furniture, right)
}

// cut shortens text that is wider than width, and marks the cut.
func (fs *fonts) cut(text string, in ink, width float64) string {
	if fs.width(in.Font, text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && fs.width(in.Font, string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}
