package pdf

// placed is a box at its place on a page.
type placed struct {
	box
	y float64
}

// leaf is a page with its boxes and the notes at its foot.
type leaf struct {
	frame frame
	boxes []placed
	notes []*note
}

// foot is the height of the notes with the gap above them.
func (l *leaf) foot() float64 { return footOf(l.notes) }

// footOf is the room that notes take at the foot of a page.
func footOf(notes []*note) float64 {
	if len(notes) == 0 {
		return 0
	}
	sum := noteGap
	for _, n := range notes {
		sum += n.height()
	}
	return sum
}

// end is the lower edge of the room for boxes.
func (l *leaf) end() float64 { return l.frame.end() - l.foot() }

// pager fills pages from the top.
type pager struct {
	pages []leaf
	now   leaf
	y     float64 // foot of the last box
	gap   float64 // that the last box asks for below it
}

// paginate parts boxes into pages. A page is never begun between boxes that keep together, unless they are higher than
// a page; what repeats is drawn again at the head of a page that it continues on; footnotes stand on the page of their
// sign.
func paginate(boxes []box) []leaf {
	p := &pager{y: topOfText}
	for i := 0; i < len(boxes); {
		n := together(boxes[i:])
		group := boxes[i : i+n]
		if boxes[i].newPage || boxes[i].frame != p.now.frame || !p.fits(heightOf(group, p.gap), notesIn(group)) {
			p.turn()
		}
		for _, b := range group {
			p.place(b)
		}
		i += n
	}
	p.turn()
	for i := range p.pages {
		if i+1 == len(p.pages) || p.pages[i+1].boxes[0].newPage || p.pages[i+1].frame != p.pages[i].frame {
			p.pages[i].stretch()
		}
	}
	return p.pages
}

// notesIn gathers the notes of boxes.
func notesIn(boxes []box) []*note {
	var out []*note
	for _, b := range boxes {
		out = append(out, b.notes...)
	}
	return out
}

// fits tells whether there is room left for a height with its notes; an empty page takes anything.
func (p *pager) fits(height float64, notes []*note) bool {
	if len(p.now.boxes) == 0 {
		return true
	}
	foot := p.now.foot()
	if len(notes) > 0 {
		foot += footOf(notes)
		if len(p.now.notes) > 0 {
			foot -= noteGap
		}
	}
	return p.y+height <= p.now.frame.end()-foot+0.01
}

// turn begins a page, unless the current one is empty.
func (p *pager) turn() {
	if len(p.now.boxes) > 0 {
		p.pages = append(p.pages, p.now)
	}
	p.now, p.y, p.gap = leaf{}, topOfText, 0
}

// place puts a box below the last one, or on a new page where it does not fit.
func (p *pager) place(b box) {
	if len(p.now.boxes) > 0 && b.frame != p.now.frame || !p.fits(max(p.gap, b.before)+b.height, b.notes) {
		p.turn()
	}
	if len(p.now.boxes) == 0 {
		p.now.frame = b.frame
		if b.repeat != nil {
			p.now.boxes = append(p.now.boxes, placed{*b.repeat, p.y})
			p.y += b.repeat.height
		}
	}
	if len(p.now.boxes) > 0 {
		p.y += max(p.gap, b.before)
	}
	p.now.notes = append(p.now.notes, b.notes...)
	if b.fill {
		b.height = p.now.end() - p.y
	}
	if b.draw != nil {
		p.now.boxes = append(p.now.boxes, placed{b, p.y})
	}
	p.y += b.height
	p.gap = b.after
}

// together counts the boxes from the first that must stand on one page.
func together(boxes []box) int {
	for i, b := range boxes {
		if !b.keep || i+1 < len(boxes) && (boxes[i+1].newPage || boxes[i+1].frame != b.frame) {
			return i + 1
		}
	}
	return len(boxes)
}

// heightOf is the room that boxes take after a gap.
func heightOf(boxes []box, gap float64) float64 {
	sum := 0.0
	for _, b := range boxes {
		sum += max(gap, b.before) + b.height
		gap = b.after
	}
	return sum
}

// stretch lets the boxes of a page that can grow take what is left at its foot, in proportion.
func (l *leaf) stretch() {
	page := l.boxes
	last := page[len(page)-1]
	left := l.end() - (last.y + last.height)
	sum := 0.0
	for _, b := range page {
		sum += b.stretch
	}
	if sum == 0 || left <= 0 {
		return
	}
	share := min(1, left/sum)
	shift := 0.0
	for i := range page {
		page[i].y += shift
		more := page[i].stretch * share
		page[i].height += more
		shift += more
	}
}
