package pdf

// placed is a box at its place on a page.
type placed struct {
	box
	y float64
}

// paginate parts boxes into pages. A page is never begun between boxes that keep together, unless they are higher than
// a page; what repeats is drawn again at the head of a page that it continues on.
func paginate(boxes []box) [][]placed {
	var pages [][]placed
	var now []placed
	y, gap := topOfText, 0.0
	turn := func() {
		if len(now) > 0 {
			pages = append(pages, now)
		}
		now, y, gap = nil, topOfText, 0
	}
	for i := 0; i < len(boxes); {
		if boxes[i].newPage {
			turn()
		}
		n := together(boxes[i:])
		if len(now) > 0 && y+heightOf(boxes[i:i+n], gap) > endOfText+0.01 {
			turn()
		}
		for _, b := range boxes[i : i+n] {
			if len(now) == 0 && b.repeat != nil {
				now = append(now, placed{*b.repeat, y})
				y += b.repeat.height
			}
			if len(now) > 0 {
				y += max(gap, b.before)
			}
			if len(now) > 0 && y+b.height > endOfText+0.01 {
				turn()
			}
			if b.fill {
				b.height = endOfText - y
			}
			if b.draw != nil {
				now = append(now, placed{b, y})
			}
			y += b.height
			gap = b.after
		}
		i += n
	}
	turn()
	for i := range pages {
		if i+1 == len(pages) || pages[i+1][0].newPage {
			stretchPage(pages[i])
		}
	}
	return pages
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
