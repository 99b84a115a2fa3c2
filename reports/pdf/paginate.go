package pdf

// placed is a box at its place on a page.
type placed struct {
	box
	y float64
}

// pager fills pages from the top.
type pager struct {
	pages [][]placed
	now   []placed
	y     float64 // foot of the last box
	gap   float64 // that the last box asks for below it
}

// paginate parts boxes into pages. A page is never begun between boxes that keep together, unless they are higher than
// a page; what repeats is drawn again at the head of a page that it continues on.
func paginate(boxes []box) [][]placed {
	p := &pager{y: topOfText}
	for i := 0; i < len(boxes); {
		n := together(boxes[i:])
		if boxes[i].newPage || !p.fits(heightOf(boxes[i:i+n], p.gap)) {
			p.turn()
		}
		for _, b := range boxes[i : i+n] {
			p.place(b)
		}
		i += n
	}
	p.turn()
	for i := range p.pages {
		if i+1 == len(p.pages) || p.pages[i+1][0].newPage {
			stretchPage(p.pages[i])
		}
	}
	return p.pages
}

// fits tells whether there is room left for a height; an empty page takes anything.
func (p *pager) fits(height float64) bool { return len(p.now) == 0 || p.y+height <= endOfText+0.01 }

// turn begins a page, unless the current one is empty.
func (p *pager) turn() {
	if len(p.now) > 0 {
		p.pages = append(p.pages, p.now)
	}
	p.now, p.y, p.gap = nil, topOfText, 0
}

// place puts a box below the last one, or on a new page where it does not fit.
func (p *pager) place(b box) {
	if !p.fits(max(p.gap, b.before) + b.height) {
		p.turn()
	}
	if len(p.now) == 0 && b.repeat != nil {
		p.now = append(p.now, placed{*b.repeat, p.y})
		p.y += b.repeat.height
	}
	if len(p.now) > 0 {
		p.y += max(p.gap, b.before)
	}
	if b.fill {
		b.height = endOfText - p.y
	}
	if b.draw != nil {
		p.now = append(p.now, placed{b, p.y})
	}
	p.y += b.height
	p.gap = b.after
}

// together counts the boxes from the first that must stand on one page.
func together(boxes []box) int {
	for i, b := range boxes {
		if !b.keep {
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

// stretchPage lets the boxes of a page that can grow take what is left at its foot, in proportion.
func stretchPage(page []placed) {
	last := page[len(page)-1]
	left := endOfText - (last.y + last.height)
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
