package pdf

import (
	"io"
	"runtime"
	"sync"

	"nabar/internal/i18n"
	"nabar/reports"
)

// Outcome tells what was written.
type Outcome struct{ Pages int }

// Write writes the document. Equal documents give equal bytes. A reference that leads nowhere, a character that no font
// has and a footnote that no page has room for are Problems, told before anything is written.
func Write(w io.Writer, d *reports.Document) error {
	_, err := Render(w, d)
	return err
}

// Render writes the document and tells what came out.
func Render(w io.Writer, d *reports.Document) (Outcome, error) {
	l, err := layOut(d)
	if err != nil {
		return Outcome{}, err
	}
	pages := make([]*page, l.count())
	for i := range pages {
		pages[i] = l.page(i)
		l.drawPage(pages[i])
	}
	return l.write(w, pages)
}

// layOut makes the layout of a document and parts it into pages, without drawing them.
func layOut(d *reports.Document) (*layout, error) {
	d, err := d.Resolved()
	if err != nil {
		return nil, err
	}
	l := newLayout(d)
	l.front = l.root.child("Sect")
	l.chapter = l.root
	if l.doc.Cover.Letter {
		l.letterhead()
	}
	for _, b := range l.doc.Blocks {
		l.block(b)
	}
	l.leaves = paginate(chooseCharts(l.boxes))
	for i, leaf := range l.leaves {
		if err := l.settle(i+l.covers(), leaf); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// settle notes where the anchors of a page have come to stand.
func (l *layout) settle(page int, leaf leaf) error {
	for _, b := range leaf.boxes {
		for _, a := range b.anchors {
			l.pageOf[a] = place{page, b.y}
		}
	}
	y := leaf.end() + noteGap
	for _, n := range leaf.notes {
		if n.height() > leaf.frame.room()/2 {
			return i18n.Errorf("out.note_long", n.element.id[1:])
		}
		l.pageOf[n.anchor()] = place{page, y}
		y += n.height()
	}
	return nil
}

// newLayout makes the layout of a document in which nothing is laid out yet.
func newLayout(d *reports.Document) *layout {
	return &layout{
		doc: d, fonts: loadFonts(), root: &element{role: "Document"}, pageOf: map[string]place{}, alphas: map[uint8]bool{},
	}
}

// covers is how many pages come before the leaves: the cover, where there is one.
func (l *layout) covers() int {
	if l.doc.Cover.Letter {
		return 0
	}
	return 1
}

// count is the number of pages, the cover among them.
func (l *layout) count() int { return len(l.leaves) + l.covers() }

// page makes an empty page: the cover is page 0.
func (l *layout) page(i int) *page {
	var f frame
	if i >= l.covers() {
		f = l.leaves[i-l.covers()].frame
	}
	w, h := f.size()
	return &page{fonts: l.fonts, index: i, width: w, height: h, alphas: l.alphas, images: &l.images}
}

// drawPage draws a page that page has made.
func (l *layout) drawPage(p *page) {
	if p.index < l.covers() {
		l.cover(p)
	} else {
		leaf := l.leaves[p.index-l.covers()]
		l.furnishing(p, l.count())
		for _, b := range leaf.boxes {
			b.draw(p, b.y, b.height)
		}
		p.drawNotes(leaf.notes, leaf.end())
	}
	l.watermark(p)
	p.endMark()
}

// write makes the file of drawn pages.
func (l *layout) write(w io.Writer, pages []*page) (Outcome, error) {
	if err := l.fonts.fault(); err != nil {
		return Outcome{}, err
	}
	f, err := finish(l, pages)
	if err != nil {
		return Outcome{}, err
	}
	if _, err := w.Write(f); err != nil {
		return Outcome{}, err
	}
	return Outcome{Pages: len(pages)}, nil
}

// packed gives the content streams of pages compressed; several are packed at once.
func packed(pages []*page) [][]byte {
	out := make([][]byte, len(pages))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				out[i] = deflate(pages[i].buf.Bytes())
			}
		})
	}
	for i := range pages {
		next <- i
	}
	close(next)
	workers.Wait()
	return out
}
