package pdf

import (
	"strings"

	"nabar/reports"
)

// charts is a group of figures in its two forms.
type charts struct {
	beside []box // one box that holds all, side by side
	below  []box // a box for each
}

// figure makes the box of a picture with its caption below.
func (l *layout) figure(f reports.Figure, width float64) box {
	e, caption := l.figureElements()
	return l.figureBox(f, e, caption, margin, width)
}

// figureElements makes the structure of a figure: the picture, and its caption beside it, so that a reader who gets the
// picture's alternative text gets the caption too.
func (l *layout) figureElements() (picture, caption *element) {
	group := l.chapter.child("Div")
	return group.child("Figure"), group.child("Caption")
}

// figureBox makes the box of a picture at x for elements that are made already.
func (l *layout) figureBox(f reports.Figure, e, caption *element, x, width float64) box {
	e.alt = f.Alt
	label := f.Label(l.doc)
	lines := l.caption(label, f.Caption, width)
	if f.Source != "" {
		lines = append(spaced(lines), l.fonts.wrap([]span{{text: l.fonts.clean(f.Source), ink: captionInk}}, width)...)
	}
	under := 5 + fineLeading*float64(len(lines))
	b := box{height: f.Height + under, before: 8, after: 14, fill: f.Fill, anchors: []string{f.Anchor}}
	if f.Stretch > 1 {
		b.stretch = f.Height * (f.Stretch - 1)
		b.shrink = f.Height * chartShrink
	}
	b.draw = func(p *page, y, h float64) {
		picture := h - under
		e.attrs = "<</O /Layout /Placement /Block /BBox [" + strings.Join([]string{
			number(x), number(p.height - y - picture), number(x + width), number(p.height - y),
		}, " ") + "]>>"
		p.tag(e)
		p.fonts.where = label
		p.picture(x, y, width, picture, f.Paint)
		p.stack(caption, x, y+picture+5, fineLeading, lines)
	}
	return b
}

// caption sets "Figur 3." in semibold and the caption's words behind it.
func (l *layout) caption(label, text string, width float64) []line {
	return l.fonts.wrap([]span{
		{text: l.fonts.clean(label) + ". ", ink: labelInk},
		{text: l.fonts.clean(text), ink: captionInk},
	}, min(width, measure+40))
}

// charts keeps both forms of a group until the length of its section is known. Both share the structure.
func (l *layout) charts(c reports.Charts) {
	if len(c.Figures) == 0 {
		return
	}
	group := &charts{}
	n := float64(len(c.Figures))
	narrow := (l.frame.text() - gutter*(n-1)) / n
	row := box{before: 8, after: 14}
	var parts []box
	tallest, under := 0.0, 0.0 // of the pictures, and of what stands below them
	for i, f := range c.Figures {
		e, caption := l.figureElements()
		group.below = append(group.below, l.figureBox(f, e, caption, margin, l.frame.text()))
		part := l.figureBox(f, e, caption, margin+float64(i)*(narrow+gutter), narrow)
		tallest, under = max(tallest, f.Height), max(under, part.height-f.Height)
		row.anchors = append(row.anchors, f.Anchor)
		row.stretch, row.shrink = max(row.stretch, part.stretch), max(row.shrink, part.shrink)
		parts = append(parts, part)
	}
	row.height = tallest + under
	row.draw = func(p *page, y, h float64) {
		for i, part := range parts {
			part.draw(p, y, part.height-c.Figures[i].Height+tallest+h-row.height)
		}
	}
	row.frame = l.frame
	for i := range group.below {
		group.below[i].frame = l.frame
	}
	group.beside = []box{row}
	l.add(box{charts: group})
}

// chartShrink is the part of its height that a chart may lose to save a page.
const chartShrink = 0.2

// chooseCharts gives every group of charts its form: under each other where that takes no more pages than side by side.
// A section that side by side would still run over by a little is squeezed onto its page.
func chooseCharts(boxes []box) []box {
	var out []box
	for from := 0; from < len(boxes); {
		to := from + 1
		for to < len(boxes) && !boxes[to].newPage && boxes[to].frame == boxes[from].frame && !boxes[to-1].fill {
			to++
		}
		beside, below := squeeze(expand(boxes[from:to], false)), expand(boxes[from:to], true)
		if pagesOf(below) > pagesOf(beside) {
			below = beside
		}
		out = append(out, below...)
		from = to
	}
	return out
}

// squeeze lowers the boxes that can be lower, if that makes all fit on one page.
func squeeze(boxes []box) []box {
	over, room := footOf(notesIn(boxes))-boxes[0].frame.room(), 0.0
	for i, b := range boxes {
		if i > 0 {
			over += max(boxes[i-1].after, b.before)
		}
		over += b.height
		room += b.shrink
	}
	if over <= 0 || over > room || boxes[len(boxes)-1].fill {
		return boxes
	}
	for i := range boxes {
		boxes[i].height -= boxes[i].shrink * over / room
	}
	return boxes
}

// expand puts the chosen form of all groups into a sequence of boxes.
func expand(boxes []box, below bool) []box {
	var out []box
	for _, b := range boxes {
		switch {
		case b.charts == nil:
			out = append(out, b)
		case below:
			out = append(out, b.charts.below...)
		default:
			out = append(out, b.charts.beside...)
		}
	}
	return out
}

// pagesOf counts the pages that boxes take.
func pagesOf(boxes []box) int { return len(paginate(boxes)) }
