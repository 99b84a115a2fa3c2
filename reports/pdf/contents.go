package pdf

import (
	"nabar/reports"
)

// contents sets the table of contents, and below it the lists of figures and tables, all as links. The page numbers are
// read when the boxes are drawn: every place is known then.
func (l *layout) contents(c reports.Contents) {
	l.heading(reports.Heading{Level: 1, Text: c.Title, NewPage: true})
	toc := l.chapter.child("TOC")
	for _, h := range l.doc.Headings() {
		e := entry{label: h.Number, text: h.Text, anchor: h.Anchor, ink: contentsTwo, indent: 20, labelWidth: 28, leading: 16}
		if h.Level == 1 {
			e.ink, e.indent, e.labelWidth, e.leading, e.before = contentsOne, 0, 20, 17, 7
		}
		l.entry(toc, e)
	}
	figures, tables := l.doc.Figures(), l.doc.Tables()
	if len(figures)+len(tables) == 0 {
		return
	}
	l.heading(reports.Heading{Level: 2, Text: l.doc.Printer.T("report.contents.lists")})
	list := l.chapter.child("TOC")
	for i := range figures {
		f := &figures[i]
		l.entry(list, entry{label: f.Label(l.doc), text: f.Caption, anchor: f.Anchor, ink: contentsTwo, labelWidth: 52, leading: 14.5})
	}
	for i := range tables {
		t := &tables[i]
		e := entry{label: t.Label(l.doc), text: t.Caption, anchor: t.Anchor, ink: contentsTwo, labelWidth: 52, leading: 14.5}
		if i == 0 && len(figures) > 0 {
			e.before = 7
		}
		l.entry(list, e)
	}
}

// entry is a line of the contents.
type entry struct {
	label, text, anchor         string
	ink                         ink
	indent, labelWidth, leading float64
	before                      float64
}

// entry adds a line of the contents: label, text, dots, page number, and a link over all of it.
func (l *layout) entry(toc *element, e entry) {
	item := toc.child("TOCI").child("Reference").child("Link")
	label, text := l.fonts.clean(e.label), l.fonts.clean(e.text)
	x := margin + e.indent + e.labelWidth
	lines := l.fonts.wrap([]span{{text, e.ink}}, margin+textWidth-x-40)
	height := float64(len(lines)) * e.leading
	l.add(box{height: height, before: e.before, draw: func(p *page, y, h float64) {
		at := l.pageOf[e.anchor]
		number := l.doc.Printer.Int(int64(at.page + 1))
		foot := y + h - e.leading + baseline(lines[0], e.leading)
		last := lines[len(lines)-1]
		numberWidth := p.fonts.width(e.ink.Font, number)
		p.tag(item)
		p.text(margin+e.indent, y+baseline(lines[0], e.leading), e.ink, label+" ")
		p.stack(x, y, e.leading, spaced(lines))
		p.text(margin+textWidth-numberWidth, foot, e.ink, number)
		p.furnish(layoutArtifact)
		p.dots(x+last.width+6, margin+textWidth-numberWidth-6, foot)
		p.links = append(p.links, link{
			x: margin + e.indent, y: y, w: textWidth - e.indent, h: h,
			anchor: e.anchor, contents: label + " " + text, element: item,
		})
		item.kids = append(item.kids, annotation{p.index, len(p.links) - 1})
	}})
}

// dots draws a dotted line along the baseline, in step on all lines.
func (p *page) dots(from, to, y float64) {
	const step = 4.0
	start := margin + step*float64(int((from-margin)/step)+1)
	if start >= to {
		return
	}
	p.buf.WriteString("q " + colour(reports.Rule) + " RG 0.8 w 1 J [0 " + number(step) + "] 0 d ")
	p.buf.WriteString(number(start) + " " + number(p.height-y) + " m " + number(to) + " " + number(p.height-y) + " l S Q\n")
}
