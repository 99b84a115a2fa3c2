package pdf

import (
	"nabar/reports"
)

// contents sets the table of contents as links, and below it the list of figures and tables, or of the maps alone, if
// that fits on the same page. The page numbers are read when the boxes are drawn: every place is known then.
func (l *layout) contents(c reports.Contents) {
	l.heading(reports.Heading{Level: 1, Text: c.Title, NewPage: true})
	from := len(l.boxes)
	var entries []entry
	for _, h := range l.doc.Headings() {
		e := entry{label: h.Number, text: h.Text, anchor: h.Anchor, ink: contentsTwo, indent: 20, labelWidth: 28, leading: 15}
		if h.Level == 1 {
			e.ink, e.indent, e.labelWidth, e.leading, e.before = contentsOne, 0, 20, 16, 6
		}
		entries = append(entries, e)
	}
	l.entries(entries)
	used := heightOf(l.boxes[from:], 0) + chapterLeading + 12
	figures, tables, maps := l.illustrations()
	for _, choice := range []struct {
		title   string
		entries []entry
	}{{"report.contents.lists", append(figures, tables...)}, {"report.contents.maps", maps}} {
		height := 22 + sectionLeading + 5
		for _, e := range choice.entries {
			height += e.before + e.leading
		}
		if len(choice.entries) > 0 && used+height <= textHeight {
			l.heading(reports.Heading{Level: 2, Text: l.doc.Printer.T(choice.title)})
			l.entries(choice.entries)
			return
		}
	}
}

// illustrations lists figures, tables, and the figures that are maps.
func (l *layout) illustrations() (figures, tables, maps []entry) {
	line := func(label, text, anchor string) entry {
		return entry{label: label, text: text, anchor: anchor, ink: contentsTwo, labelWidth: 52, leading: 14.5}
	}
	for _, f := range l.doc.Figures() {
		e := line(f.Label(l.doc), f.Caption, f.Anchor)
		figures = append(figures, e)
		if f.Fill {
			maps = append(maps, e)
		}
	}
	for i, t := range l.doc.Tables() {
		e := line(t.Label(l.doc), t.Caption, t.Anchor)
		if i == 0 {
			e.before = 7
		}
		tables = append(tables, e)
	}
	return figures, tables, maps
}

// entry is a line of the contents.
type entry struct {
	label, text, anchor         string
	ink                         ink
	indent, labelWidth, leading float64
	before                      float64
}

// entries adds a list of lines of the contents.
func (l *layout) entries(list []entry) {
	toc := l.chapter.child("TOC")
	for _, e := range list {
		l.entry(toc, e)
	}
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
