package pdf

import (
	"nabar/mapview/render"
	"nabar/reports"
)

// The letterhead of a document without a cover, in points.
const (
	letterTitle   = 24.0 // size
	letterLeading = 29.0
	letterLabel   = 132.0 // width of the labels of facts
)

// letterhead sets kommun, title and facts over the text, on the first page.
func (l *layout) letterhead() {
	c := l.doc.Cover
	l.fonts.where = l.doc.Title
	l.headLine("P", c.Kommun, inked(render.Semibold, 13, reports.Petrol), 18, 2)
	if c.Notice != "" {
		l.headLine("P", c.Notice, inked(render.Semibold, 10.2, reports.Accent), bodyLeading, 2)
	}
	title := c.Title
	if c.Period != "" {
		title += " " + c.Period
	}
	l.headLine("H1", title, inked(render.Semibold, letterTitle, reports.Petrol), letterLeading, 6)
	if c.Subtitle != "" {
		l.headLine("P", c.Subtitle, inked(render.Regular, 12, reports.Ink), 17, 6)
	}
	for i, f := range c.Facts {
		l.letterFact(f, i == len(c.Facts)-1)
	}
	if n := len(l.boxes); n > 0 {
		l.boxes[n-1].after = 18
	}
}

// headLine sets one line of the letterhead, wrapped where it must be.
func (l *layout) headLine(role, text string, in ink, leading, after float64) {
	lines := l.fonts.wrap([]span{{text: l.fonts.clean(text), ink: in}}, textWidth)
	l.flow(l.front.child(role), lines, margin, leading, after)
	l.boxes[len(l.boxes)-1].keep = true
}

// letterFact sets a fact: its label and, beside it, what it says.
func (l *layout) letterFact(f reports.Fact, last bool) {
	e := l.front.child("P")
	label := l.fonts.wrap([]span{{text: l.fonts.clean(f.Label), ink: boldInk}}, letterLabel-12)
	value := l.fonts.wrap([]span{{text: l.fonts.clean(f.Value), ink: bodyInk}}, textWidth-letterLabel)
	l.add(box{
		height: bodyLeading * float64(max(len(label), len(value))), after: 3, keep: !last,
		draw: func(p *page, y, _ float64) {
			p.stack(e, margin, y, bodyLeading, spaced(label))
			p.stack(e, margin+letterLabel, y, bodyLeading, value)
		},
	})
}
