package session

import (
	"cmp"
	"context"
	"image"
	"math"
	"sync"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/reports"
	"nabar/reports/pdf"
)

// Proof is a document as it will print while it is being written. Figures are gathered once until data change, pictures are
// drawn once for each size, and of the pages only the one that is looked at is drawn. It may be used from any goroutine, by one
// at a time; the others wait.
type Proof struct {
	s     *Session
	leave func()

	mu      sync.Mutex
	m       *manuscript.Manuscript
	in      reports.Input
	pages   *pdf.Pages
	heads   map[int64]reports.Heading // of the chapters that are printed
	pixels  float64                   // of a point, while a page is drawn
	drawnMu sync.Mutex
	drawn   map[drawnKey]*image.RGBA
}

// drawnKey tells pictures apart: what they are called and say, and how large they are drawn. nth counts those that are alike.
type drawnKey struct {
	caption, alt string
	w, h, nth    int
}

// mostDrawn is how many pictures are kept.
const mostDrawn = 120

// NewProof makes a proof without pages.
func (s *Session) NewProof() *Proof {
	p := &Proof{s: s}
	p.leave = s.Subscribe(func(e Event) {
		switch e.Kind {
		case LayersChanged, ResultsChanged, ScenariosChanged, ProjectOpened, ProjectClosed:
			p.drawnMu.Lock()
			p.drawn = nil
			p.drawnMu.Unlock()
		}
	})
	return p
}

// Close lets go of the session.
func (p *Proof) Close() { p.leave() }

// Lay composes and lays out a document as it stands in memory, kept or not. It tells what its writer should know. After an
// error the pages are those of the last time.
func (p *Proof) Lay(ctx context.Context, m *manuscript.Manuscript, progress model.Progress) ([]i18n.Message, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in, err := p.s.textInput(ctx, m, progress)
	if err != nil {
		return nil, err
	}
	doc, remarks := reports.Compose(in, m)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.lend(doc)
	pages, err := pdf.NewPages(doc)
	if err != nil {
		return nil, err
	}
	p.m, p.in, p.pages, p.heads = m, in, pages, headsOf(doc, m)
	return remarks, nil
}

// headsOf finds the headings of a document that are chapters' own.
func headsOf(doc *reports.Document, m *manuscript.Manuscript) map[int64]reports.Heading {
	all, out := doc.Headings(), map[int64]reports.Heading{}
	for i := range m.Chapters {
		c := &m.Chapters[i]
		if c.Hidden || c.Title == "" {
			continue
		}
		for k, h := range all {
			if h.Text == c.Title && h.Level == c.Level {
				out[c.ID], all = h, all[k+1:]
				break
			}
		}
	}
	return out
}

// Count is the number of pages, 0 before the first Lay.
func (p *Proof) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count()
}

func (p *Proof) count() int {
	if p.pages == nil {
		return 0
	}
	return p.pages.Count()
}

// Numbers are the numbers that the chapters are printed with, by their ids; those without are left out.
func (p *Proof) Numbers() map[int64]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[int64]string{}
	for id, h := range p.heads {
		if h.Number != "" {
			out[id] = h.Number
		}
	}
	return out
}

// Page is the page that a block of a chapter ends on, by its index; pages count from 0. A chapter that is not printed has the
// page of the one before.
func (p *Proof) Page(chapter int64, block int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pages == nil {
		return 0
	}
	i := p.m.Find(chapter)
	from, _ := p.pageOf(i)
	to := p.pages.Count() - 1
	for k := i + 1; k < len(p.m.Chapters); k++ {
		if page, ok := p.pageOf(k); ok {
			to = page
			break
		}
	}
	if from >= to || i < 0 || block <= 0 || p.m.Chapters[i].Hidden {
		return from
	}
	return min(max(p.lastPageOf(i, block), from), to)
}

// pageOf is the page that a chapter begins on, or the one before it where it is not printed.
func (p *Proof) pageOf(i int) (page int, ok bool) {
	for k := i; k >= 0; k-- {
		if h, printed := p.heads[p.m.Chapters[k].ID]; printed {
			if page, _, found := p.pages.Find(h.Anchor); found {
				return page, k == i
			}
		}
	}
	return 0, false
}

// lastPageOf lays out what stands before a block and the block itself: their last page is the block's.
func (p *Proof) lastPageOf(i, block int) int {
	short := *p.m
	short.Chapters = append([]manuscript.Chapter(nil), p.m.Chapters[:i+1]...)
	c := &short.Chapters[i]
	c.Blocks = c.Blocks[:min(block+1, len(c.Blocks))]
	doc, _ := reports.Compose(p.in, &short)
	pages, err := pdf.NewPages(doc)
	if err != nil {
		return 0
	}
	return pages.Count() - 1
}

// Picture draws a page so many pixels wide, nil where there is no such page.
func (p *Proof) Picture(page, wide int) *image.RGBA {
	p.mu.Lock()
	defer p.mu.Unlock()
	if page < 0 || page >= p.count() || wide < 1 {
		return nil
	}
	w, _ := p.pages.Size(page)
	p.pixels = float64(wide) / w
	return p.pages.Image(page, p.pixels*72)
}

// lend lets the pictures of a document be drawn once for each size and then only be shown.
func (p *Proof) lend(doc *reports.Document) {
	seen := map[[2]string]int{}
	figure := func(f *reports.Figure) {
		name := [2]string{f.Caption, f.Alt}
		f.Paint = p.once(f.Paint, name, seen[name])
		seen[name]++
	}
	for i, b := range doc.Blocks {
		switch b := b.(type) {
		case reports.Figure:
			figure(&b)
			doc.Blocks[i] = b
		case reports.Charts:
			for k := range b.Figures {
				figure(&b.Figures[k])
			}
		}
	}
	doc.Cover.Motif = p.once(doc.Cover.Motif, [2]string{}, 0)
}

// once draws a picture for pixels the first time that it is asked for at a size.
func (p *Proof) once(paint func(render.Canvas, float64, float64), name [2]string, nth int) func(render.Canvas, float64, float64) {
	if paint == nil {
		return nil
	}
	return func(c render.Canvas, w, h float64) {
		k := p.pixels
		to, ok := c.(render.Imager)
		if !ok || k <= 0 {
			paint(c, w, h)
			return
		}
		key := drawnKey{name[0], name[1], int(math.Ceil(w * k)), int(math.Ceil(h * k)), nth}
		p.drawnMu.Lock()
		img := p.drawn[key]
		p.drawnMu.Unlock()
		if img == nil {
			img = image.NewRGBA(image.Rect(0, 0, key.w, key.h))
			paint(render.Scaled(render.NewRaster(img), k), w, h)
			p.keep(key, img)
		}
		to.Image(img, 0, 0, float64(key.w)/k, float64(key.h)/k)
	}
}

// keep remembers a picture.
func (p *Proof) keep(key drawnKey, img *image.RGBA) {
	p.drawnMu.Lock()
	defer p.drawnMu.Unlock()
	if p.drawn == nil || len(p.drawn) >= mostDrawn {
		p.drawn = map[drawnKey]*image.RGBA{}
	}
	p.drawn[key] = img
}

// The size that a living thing's picture is laid out for, in points.
const (
	valueWide = 480
	valueHigh = 280
)

// Value is what something living shows of the figures at hand: in words, and as a picture so many pixels wide where it is one. A
// living thing that has nothing to show has neither.
func (p *Proof) Value(ctx context.Context, lang string, l *manuscript.Living, wide int) (text string, picture *image.RGBA, err error) {
	bare := *l
	bare.Shown = nil
	m := &manuscript.Manuscript{Kind: manuscript.Memo, Lang: cmp.Or(lang, p.s.Printer().Lang()), Chapters: []manuscript.Chapter{
		{Level: 1, Plain: true, Blocks: []manuscript.Block{{Type: manuscript.LivingOne, Living: &bare}}},
	}}
	in, err := p.s.textInput(ctx, m, nil)
	if err != nil {
		return "", nil, err
	}
	if now := reports.Living(in, []*manuscript.Living{&bare})[0]; now != nil {
		text = now.Text
	}
	if bare.Kind != manuscript.Map && bare.Kind != manuscript.Chart {
		return text, nil, ctx.Err()
	}
	doc, _ := reports.Compose(in, m)
	all := doc.Figures()
	if len(all) == 0 || all[0].Paint == nil {
		return text, nil, ctx.Err()
	}
	k := float64(wide) / valueWide
	img := image.NewRGBA(image.Rect(0, 0, wide, int(valueHigh*k)))
	all[0].Paint(render.Scaled(render.NewRaster(img), k), valueWide, valueHigh)
	return text, img, ctx.Err()
}

// Review tells how the living things of a document stand to the project's figures, and notes what they show for the first time.
// noted tells whether anything was.
func (s *Session) Review(ctx context.Context, m *manuscript.Manuscript, progress model.Progress) (states []LivingState, noted bool, err error) {
	in, err := s.textInput(ctx, m, progress)
	if err != nil {
		return nil, false, err
	}
	if states, err = s.livingStates(ctx, m, in); err != nil {
		return nil, false, err
	}
	for _, st := range states {
		noted = noted || st.Status == LivingNew
	}
	if _, readOnly := s.ReadOnly(); !noted || readOnly {
		return states, false, nil
	}
	return states, true, s.noteShown(ctx, m, in)
}
