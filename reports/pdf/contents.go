package pdf

import (
	"nabar/reports"
)

// contents sets the table of contents as links, chapters and sections, and below it the list of figures and tables. The
// page numbers are read when the boxes are drawn: every place is known then.
func (l *layout) contents(c reports.Contents) {
	l.heading(reports.Heading{Level: 1, Depth: 1, Text: c.Title, NewPage: true})
	var entries []entry
	for _, h := range l.doc.Headings() {
		if h.Level > 2 {
			continue
		}
		e := entry{label: h.Number, text: h.Text, anchor: h.Anchor, ink: contentsTwo, indent: 20, labelWidth: 28, leading: 15}
		if h.Level == 1 {
			e.ink, e.indent, e.labelWidth, e.leading, e.before = contentsOne, 0, 20, 16, 6
		}
		e.labelWidth = max(e.labelWidth, l.fonts.width(e.ink.Font, l.fonts.clean(e.label))+8)
		entries = append(entries, e)
	}
	from := len(l.boxes)
	l.entries(entries)
	figures, tables := l.illustrations()
	list := append(figures, tables...)
	if len(list) == 0 {
		return
	}
	// The lists stand below the contents where all fits on one page, else on a page of their own.
	height := chapterLeading + 12 + heightOf(l.boxes[from:], 0) + 22 + sectionLeading + 5
	for _, e := range list {
		height += e.before + e.leading
	}
	l.heading(reports.Heading{Level: 2, Depth: 2, Text: l.doc.Printer.T("report.contents.lists"), NewPage: height > l.frame.room()})
	l.entries(list)
}

// illustrations lists figures and tables.
func (l *layout) illustrations() (figures, tables []entry) {
	line := func(label, text, anchor string) entry {
		return entry{label: label, text: text, anchor: anchor, ink: contentsTwo, labelWidth: 52, leading: 14.5}
	}
	for _, f := range l.doc.Figures() {
		figures = append(figures, line(f.Label(l.doc), f.Caption, f.Anchor))
	}
	for i, t := range l.doc.Tables() {
		e := line(t.Label(l.doc), t.Caption, t.Anchor)
		if i == 0 {
			e.before = 7
		}
		tables = append(tables, e)
	}
	return figures, tables
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

// entryShrink is how much lower a line of the contents may become to save a page, in points.
const entryShrink = 2.6

// entry adds a line of the contents: label, text, dots, page number, and a link over all of it.
func (l *layout) entry(toc *element, e entry) {
	item := toc.child("TOCI").child("Reference").child("Link")
	label, text := l.fonts.clean(e.label), l.fonts.clean(e.text)
	x, width := margin+e.indent+e.labelWidth, l.frame.text()
	lines := l.fonts.wrap([]span{{text: text, ink: e.ink}}, margin+width-x-40)
	height := float64(len(lines)) * e.leading
	l.add(box{height: height, before: e.before, shrink: entryShrink, draw: func(p *page, y, h float64) {
		at := l.pageOf[e.anchor]
		number := l.doc.Printer.Int(int64(at.page + 1))
		foot := y + float64(len(lines)-1)*e.leading + baseline(lines[0], e.leading)
		last := lines[len(lines)-1]
		numberWidth := p.fonts.width(e.ink.Font, number)
		p.tag(item)
		p.text(margin+e.indent, y+baseline(lines[0], e.leading), e.ink, label+" ")
		p.stack(item, x, y, e.leading, spaced(lines))
		p.text(margin+width-numberWidth, foot, e.ink, number)
		p.furnish(layoutArtifact)
		p.dots(x+last.width+6, margin+width-numberWidth-6, foot)
		p.link(link{
			x: margin + e.indent, y: y, w: width - e.indent, h: h,
			anchor: e.anchor, contents: label + " " + text, element: item,
		})
	}})
}
