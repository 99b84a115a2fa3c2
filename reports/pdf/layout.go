package pdf

import (
	"math"
	"strings"

	"nabar/mapview/render"
	"nabar/reports"
)

// box is a piece of a page that is not parted: a line of text, a row of a table, a figure.
type box struct {
	height        float64
	before, after float64  // room to the neighbours; of two that meet the larger counts; none at the top of a page
	keep          bool     // stays on the page of the next box
	newPage       bool     // starts a page
	fill          bool     // takes the height that is left on the page
	stretch       float64  // how much higher it may become where a page would stay empty
	shrink        float64  // how much lower it may become to save a page
	repeat        *box     // drawn above this box where it starts a page: the header of a table
	anchors       []string // that links lead to
	charts        *charts  // a group of figures whose form is not chosen yet
	notes         []*note  // that stand at the foot of the box's page
	frame         frame    // the page's format
	draw          func(p *page, y, height float64)
}

// frame is the format of a page, in points. The zero frame is upright A4.
type frame struct{ width, height float64 }

// paper gives the frame of a page's format.
func paper(p reports.Page) frame {
	if p == (reports.Page{}) {
		return frame{}
	}
	w, h := p.Points()
	return frame{w, h}
}

// size gives width and height.
func (f frame) size() (w, h float64) {
	if f == (frame{}) {
		return pageWidth, pageHeight
	}
	return f.width, f.height
}

// text is the width between the margins, end the lower edge of the text, and room its height.
func (f frame) text() float64 {
	w, _ := f.size()
	return w - 2*margin
}

func (f frame) end() float64 {
	_, h := f.size()
	return h - footMargin
}

func (f frame) room() float64 { return f.end() - topOfText }

// layout turns the blocks of a document into boxes and structure elements.
type layout struct {
	doc     *reports.Document
	fonts   *fonts
	root    *element
	chapter *element // that blocks are put in
	boxes   []box
	pageOf  map[string]place // set by paginate, read when the contents are drawn
	images  images           // that the pages show
	frame   frame            // of the pages that blocks come to stand on
	notes   int              // footnotes so far
	pending []*note          // those of the block that is laid out
	front   *element         // of the cover
	leaves  []leaf           // the pages behind the cover
	alphas  map[uint8]bool   // opacities that the pages use
}

// place is where an anchor has come to stand.
type place struct {
	page int
	y    float64
}

func (l *layout) add(b box) {
	b.frame = l.frame
	l.boxes = append(l.boxes, b)
}

// block lays one block out, and puts its footnotes behind it in the reading order.
func (l *layout) block(b reports.Block) {
	l.name(b)
	l.lay(b)
	l.flushNotes()
}

// name tells what is being set, for the error about a missing character.
func (l *layout) name(b reports.Block) {
	switch b := b.(type) {
	case reports.Heading:
		l.fonts.where = b.Text
	case reports.Table:
		l.fonts.where = b.Label(l.doc)
	case reports.Figure:
		l.fonts.where = b.Label(l.doc)
	}
}

func (l *layout) lay(b reports.Block) {
	switch b := b.(type) {
	case reports.Heading:
		l.heading(b)
	case reports.Paragraph:
		l.paragraph(b)
	case reports.List:
		l.list(b)
	case reports.KeyFigures:
		l.keyFigures(b)
	case reports.Table:
		l.table(b)
	case reports.Figure:
		l.add(l.figure(b, l.frame.text()))
	case reports.Charts:
		l.charts(b)
	case reports.Contents:
		l.contents(b)
	case reports.PageBreak:
		l.add(box{newPage: true})
	case reports.Page:
		l.frame = paper(b)
	}
}

// heading sets a chapter's or section's title. The document's own title is H1, chapters are H2.
func (l *layout) heading(h reports.Heading) {
	in, leading, before, after := sectionInk, sectionLeading, 22.0, 5.0
	switch h.Level {
	case 1:
		if !l.doc.Cover.Letter {
			in, leading, before, after = chapterInk, chapterLeading, 34, 12
		}
		l.chapter = l.root.child("Sect")
	case 3:
		in, leading, before, after = partInk, bodyLeading+1, 15, 3
	}
	e := l.chapter.child([]string{"H2", "H3", "H4"}[min(max(h.Depth, 1), 3)-1])
	text := h.Text
	if h.Number != "" {
		text = h.Number + "\u00a0\u00a0" + text
	}
	lines := l.fonts.wrap([]span{{text: l.fonts.clean(text), ink: in}}, l.frame.text())
	for i := range lines {
		b := l.lineBox(e, lines, i, margin, leading)
		b.keep = true
		if i == 0 {
			b.before, b.newPage, b.anchors = before, h.NewPage, []string{h.Anchor}
		}
		if i == len(lines)-1 {
			b.after = after
		}
		l.add(b)
	}
}

// lineBox makes the box of one of the lines of an element. A space is drawn at the end of all lines but the last, so
// that words stay apart when the text is read aloud or copied.
func (l *layout) lineBox(e *element, lines []line, i int, x, leading float64) box {
	b := box{height: leading, draw: func(p *page, y, _ float64) { p.line(e, x, y+baseline(lines[i], leading), lines[i]) }}
	b.carry(notesOf(lines[i]))
	return b
}

// carry gives a box footnotes, and the anchors that lead back to their signs.
func (b *box) carry(notes []*note) {
	b.notes = append(b.notes, notes...)
	for _, n := range notes {
		b.anchors = append(b.anchors, n.sign())
	}
}

// baseline is how far below the top of a line of the given leading its letters stand.
func baseline(l line, leading float64) float64 {
	size := 10.0
	if len(l.spans) > 0 {
		size = l.spans[0].ink.Size
	}
	return leading/2 + size*render.CapHeight/2 + 0.5
}

// paragraph sets running text. No single line is left alone at the foot or head of a page.
func (l *layout) paragraph(p reports.Paragraph) {
	in, leading, width, after := bodyInks, bodyLeading, measure, 7.0
	switch p.Style {
	case reports.Lead:
		in, leading, width, after = inks{leadInk, leadInk, leadInk}, leadLeading, min(l.frame.text(), leadMeasure), 10
	case reports.Fine:
		in, leading = inks{fineInk, labelInk, fineInk}, fineLeading
	case reports.Note:
		l.note(p)
		return
	}
	lines := l.fonts.wrap(l.styled(p.Runs, in), width)
	l.flow(l.chapter.child("P"), lines, margin, leading, after)
	if p.Style == reports.Lead || strings.HasSuffix(reports.Text(p.Runs), ":") {
		l.boxes[len(l.boxes)-1].keep = true
	}
}

// flow adds the lines of one element.
func (l *layout) flow(e *element, lines []line, x, leading, after float64) {
	for i := range lines {
		b := l.lineBox(e, lines, i, x, leading)
		b.keep = i < len(lines)-1 && (i == 0 || i == len(lines)-2)
		if i == len(lines)-1 {
			b.after = after
		}
		l.add(b)
	}
}

// note sets a paragraph beside a line in the accent colour.
func (l *layout) note(n reports.Paragraph) {
	const indent = 12.0
	e := l.chapter.child("P")
	lines := l.fonts.wrap(l.styled(n.Runs, bodyInks), measure)
	b := box{height: float64(len(lines))*bodyLeading + 6, before: 10, after: 12, draw: func(p *page, y, h float64) {
		p.furnish(layoutArtifact)
		p.rect(margin, y, 2.5, h, reports.Accent)
		p.stack(e, margin+indent, y+3, bodyLeading, lines)
	}}
	b.carry(notesOf(lines...))
	l.add(b)
}

// list sets items with a bullet or number.
func (l *layout) list(list reports.List) {
	l.listIn(l.chapter, list, margin)
	if n := len(l.boxes); n > 0 {
		l.boxes[n-1].after = 8
	}
}

// listIn sets a list inside an element, its marks at x. A list inside an item stands behind its words.
func (l *layout) listIn(parent *element, list reports.List, x float64) {
	const indent = 14.0
	if len(list.Items) == 0 {
		return
	}
	e := parent.child("L")
	e.attrs = "<</O /List /ListNumbering /Disc>>"
	if list.Ordered {
		e.attrs = "<</O /List /ListNumbering /Decimal>>"
	}
	for i, item := range list.Items {
		li := e.child("LI")
		label, body := li.child("Lbl"), li.child("LBody")
		mark := "•"
		if list.Ordered {
			mark = l.doc.Printer.Int(int64(i+1)) + "."
		}
		below, deeper := list.Below[i]
		words := body
		if deeper {
			words = body.child("P") // so that the list inside stands behind the words
		}
		from := len(l.boxes)
		l.flow(words, l.fonts.wrap(l.styled(item, bodyInks), measure-indent-(x-margin)), x+indent, bodyLeading, 3)
		first := l.boxes[from].draw
		l.boxes[from].draw = func(p *page, y, h float64) {
			p.tag(label)
			p.text(x, y+baseline(line{}, bodyLeading), bodyInk, mark)
			first(p, y, h)
		}
		if deeper {
			l.listIn(body, below, x+indent)
		}
	}
}

// keyFigures sets large numbers on tinted cards of equal width.
func (l *layout) keyFigures(k reports.KeyFigures) {
	if len(k.Items) == 0 {
		return
	}
	n := float64(len(k.Items))
	width := (l.frame.text() - gutter*(n-1)) / n
	type card struct {
		element            *element
		value, label, note []line
	}
	var cards []card
	height := 0.0
	valueInk := l.valueInk(k, width-20)
	for _, item := range k.Items {
		c := card{
			element: l.chapter.child("P"),
			value:   l.fonts.wrap([]span{{text: l.fonts.clean(item.Value), ink: valueInk}}, width-20),
			label:   l.fonts.wrap([]span{{text: l.fonts.clean(item.Label), ink: labelInk}}, width-20),
		}
		if item.Note != "" {
			c.note = l.fonts.wrap([]span{{text: l.fonts.clean(item.Note), ink: fineInk}}, width-20)
		}
		height = max(height, 16+24*float64(len(c.value))+fineLeading*float64(len(c.label)+len(c.note)))
		cards = append(cards, c)
	}
	l.add(box{height: height, before: 6, after: 14, draw: func(p *page, y, h float64) {
		for i, c := range cards {
			x := margin + float64(i)*(width+gutter)
			p.furnish(layoutArtifact)
			p.rect(x, y, width, h, reports.Tint)
			p.rect(x, y, 2.5, h, reports.Petrol)
			at := p.stack(c.element, x+11, y+6, 24, spaced(c.value))
			at = p.stack(c.element, x+11, at, fineLeading, spaced(c.label))
			p.stack(c.element, x+11, at, fineLeading, c.note)
		}
	}})
}

// valueInk is the ink of key figures: as large as the widest of them allows.
func (l *layout) valueInk(k reports.KeyFigures, width float64) ink {
	in := inked(render.Semibold, 20, reports.Petrol)
	widest := 0.0
	for _, item := range k.Items {
		widest = max(widest, l.fonts.width(in.Font, l.fonts.clean(item.Value)))
	}
	if widest > width {
		in.Size = max(11, math.Floor(in.Size*width/widest*10)/10)
	}
	return in
}

// spaced gives lines with a space behind the last, so that what follows on the next line is another word.
func spaced(lines []line) []line {
	out := append([]line(nil), lines...)
	last := out[len(out)-1]
	if len(last.spans) == 0 {
		return out
	}
	last.spans = append([]span(nil), last.spans...)
	last.spans[len(last.spans)-1].text += " "
	out[len(out)-1] = last
	return out
}

// stack draws lines of an element under each other and gives the Y below them.
func (p *page) stack(e *element, x, y, leading float64, lines []line) float64 {
	for _, set := range lines {
		p.line(e, x, y+baseline(set, leading), set)
		y += leading
	}
	return y
}
