package pdf

import (
	"fmt"

	"nabar/reports"
)

// rowShrink is how much lower a row may become to save a page, in points.
const rowShrink = 1.8

// cellPad is the room between two columns.
const cellPad = 10.0

// table is a table while it is laid out.
type table struct {
	reports.Table
	layout *layout
	width  float64 // of the text on the page
	widths []float64
	left   []float64
	heads  []*element // the header cells
}

// table sets a table: caption, header row, rows. Numbers stand to the right. A page break repeats the header, as an
// artifact: the structure has it once.
func (l *layout) table(t reports.Table) {
	e := l.chapter.child("Table")
	s := &table{Table: t, layout: l, width: l.frame.text()}
	s.measure()
	caption := l.caption(t.Label(l.doc), t.Caption, s.width)
	l.add(s.captionBox(e.child("Caption"), caption))
	head := s.headBox(e)
	head.keep = true
	l.add(head)
	repeat := s.repeatedHead()
	body := e.child("TBody")
	for i := range t.Rows {
		b := s.rowBox(body.child("TR"), i)
		b.keep = i < 2 || i == len(t.Rows)-2
		if i == len(t.Rows)-1 {
			b.keep, b.after = t.Source != "", 14
		}
		b.repeat = &repeat
		l.add(b)
	}
	if t.Source == "" {
		return
	}
	note := l.chapter.child("P")
	lines := l.fonts.wrap([]span{{text: l.fonts.clean(t.Source), ink: captionInk}}, measure+40)
	l.boxes[len(l.boxes)-1].after = 4
	l.flow(note, lines, margin, fineLeading, 14)
	for i := len(l.boxes) - len(lines); i < len(l.boxes)-1; i++ {
		l.boxes[i].keep = true
	}
}

// measure shares the width among the columns: each gets the width of its longest line where there is room for that, else
// columns of text are narrowed, but not below their longest word.
func (s *table) measure() {
	least, wanted := make([]float64, len(s.Columns)), make([]float64, len(s.Columns))
	for c := range s.Columns {
		least[c], wanted[c] = s.needs(c)
	}
	room := s.width - cellPad*float64(len(s.Columns)-1)
	s.widths = share(least, wanted, s.weights(), room)
	s.left = make([]float64, len(s.Columns))
	x := margin
	for c, w := range s.widths {
		s.left[c] = x
		x += w + cellPad
	}
}

// needs gives the least and the wanted width of a column.
func (s *table) needs(c int) (least, wanted float64) {
	fs := s.layout.fonts
	word, whole := fs.widest(fs.clean(s.Columns[c].Head), headInk)
	least, wanted = word, min(whole, max(word, 64))
	for r, row := range s.Rows {
		in := s.ink(c)
		if _, rich := s.Rich[reports.Spot{Row: r, Column: c}]; rich {
			in = rowInk // the widest that its runs can be
		}
		word, whole := fs.widest(fs.clean(row[c]), in)
		if s.Columns[c].Align == reports.Right {
			word = whole
		}
		least, wanted = max(least, min(word, 150)), max(wanted, whole)
	}
	return least, max(least, wanted)
}

// weights gives the columns' shares of spare room; where none has one, the first takes all.
func (s *table) weights() []float64 {
	out := make([]float64, len(s.Columns))
	sum := 0.0
	for c, col := range s.Columns {
		out[c] = col.Weight
		sum += col.Weight
	}
	if sum == 0 {
		out[0] = 1
	}
	return out
}

// share divides room among columns.
func share(least, wanted, weights []float64, room float64) []float64 {
	out := make([]float64, len(least))
	sumLeast, sumWanted, sumWeights := total(least), total(wanted), total(weights)
	for c := range out {
		switch {
		case sumWanted <= room:
			out[c] = wanted[c] + (room-sumWanted)*weights[c]/sumWeights
		case sumLeast < room:
			out[c] = least[c] + (wanted[c]-least[c])*(room-sumLeast)/(sumWanted-sumLeast)
		default:
			out[c] = least[c] * room / sumLeast
		}
	}
	return out
}

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// ink is that of a column's cells: the first names the row.
func (s *table) ink(c int) ink {
	if c == 0 {
		return rowInk
	}
	return cellInk
}

// captionBox sets the caption above the table.
func (s *table) captionBox(e *element, lines []line) box {
	height := float64(len(lines)) * fineLeading
	return box{height: height, before: 12, after: 5, keep: true, anchors: []string{s.Anchor}, draw: func(p *page, y, _ float64) {
		p.stack(e, margin, y, fineLeading, lines)
	}}
}

// cells sets one row of as many cells as there are columns.
func (s *table) cells(n int, spans func(c int) []span) (set [][]line, most int) {
	for c := range n {
		lines := s.layout.fonts.wrap(spans(c), s.widths[c]+0.01)
		set = append(set, lines)
		most = max(most, len(lines))
	}
	return set, most
}

// drawCell draws a cell's lines in its column, the first line at y, as parts of e.
func (s *table) drawCell(p *page, e *element, c int, y float64, lines []line) {
	for _, set := range lines {
		x := s.left[c]
		if s.Columns[c].Align == reports.Right {
			x += s.widths[c] - set.width
		}
		p.line(e, x, y+baseline(set, cellLeading), set)
		y += cellLeading
	}
}

// headBox makes the header row and its structure.
func (s *table) headBox(e *element) box {
	row := e.child("THead").child("TR")
	for c := range s.Columns {
		th := row.child("TH")
		th.id = fmt.Sprintf("t%d-c%d", s.Number, c)
		th.attrs = "<</O /Table /Scope /Column>>"
		s.heads = append(s.heads, th)
	}
	return s.bareHead()
}

// bareHead makes the header row; it belongs to the header cells if there are any, else it is an artifact.
func (s *table) bareHead() box {
	set, most := s.cells(len(s.Columns), func(c int) []span { return []span{{text: s.layout.fonts.clean(s.Columns[c].Head), ink: headInk}} })
	heads := s.heads
	height := float64(most)*cellLeading + 8
	return box{height: height, draw: func(p *page, y, h float64) {
		p.furnish(layoutArtifact)
		p.rect(margin-4, y, s.width+8, h, reports.Tint)
		p.rule(margin-4, y+h, margin+s.width+4, y+h, 0.8, reports.Petrol)
		for c, lines := range set {
			var e *element // none where the row is repeated
			if heads != nil {
				e = heads[c]
			}
			s.drawCell(p, e, c, y+h-4-float64(len(lines))*cellLeading, lines)
		}
	}}
}

// repeatedHead makes what stands above the rows on a following page.
func (s *table) repeatedHead() box {
	plain := *s
	plain.heads = nil
	head := plain.bareHead()
	fs := s.layout.fonts
	words := fs.clean(s.layout.doc.Printer.T("report.continued", s.Label(s.layout.doc)))
	return box{height: head.height + fineLeading + 5, draw: func(p *page, y, _ float64) {
		p.furnish(layoutArtifact)
		p.text(margin, y+baseline(line{}, fineLeading), fineInk, words)
		head.draw(p, y+fineLeading+5, head.height)
	}}
}

// rowBox makes a row of the body. Its first cell heads the row.
func (s *table) rowBox(tr *element, i int) box {
	set, most := s.cells(len(s.Rows[i]), func(c int) []span { return s.layout.styled(s.Runs(i, c), inks{s.ink(c), rowInk, s.ink(c)}) })
	height := max(rowHeight, float64(most)*cellLeading+3.8)
	var cells []*element
	rowID := fmt.Sprintf("t%d-r%d", s.Number, i)
	for c := range s.Rows[i] {
		if c == 0 {
			th := tr.child("TH")
			th.id, th.attrs = rowID, "<</O /Table /Scope /Row>>"
			cells = append(cells, th)
			continue
		}
		td := tr.child("TD")
		td.attrs = fmt.Sprintf("<</O /Table /Headers [(%s) (%s)]>>", s.heads[c].id, rowID)
		cells = append(cells, td)
	}
	b := box{height: height, shrink: rowShrink, draw: func(p *page, y, h float64) {
		for c, lines := range set {
			s.drawCell(p, cells[c], c, y+(h-float64(most)*cellLeading)/2, lines)
		}
		p.furnish(layoutArtifact)
		p.rule(margin-4, y+h, margin+s.width+4, y+h, 0.4, reports.Rule)
	}}
	for _, lines := range set {
		b.carry(notesOf(lines...))
	}
	return b
}
