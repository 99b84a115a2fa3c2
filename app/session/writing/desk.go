package writing

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sync"

	"nabar/model/manuscript"
)

// Store keeps what is written: the session.
type Store interface {
	Manuscript(ctx context.Context, id int64) (*manuscript.Manuscript, error)
	UpdateBlock(ctx context.Context, id int64, b manuscript.Block) error
	SetBlocks(ctx context.Context, id, chapter int64, blocks []manuscript.Block) error
}

// Piece is a block as it lies on the desk. Its key is its own as long as it lies there, whatever happens to it.
type Piece struct {
	Key   int
	Block manuscript.Block // with id 0 until it is kept
}

// sheet is the chapter that lies on a desk.
type sheet struct {
	document, chapter int64
	pieces            []*Piece
}

// Desk holds the chapter that is being written. Its methods return at once, but for Flush, and may be called from any
// goroutine.
type Desk struct {
	store  Store
	failed func(error) // told when something could not be kept, from another goroutine

	mu    sync.Mutex
	names *manuscript.Names
	sheet *sheet
	keys  int
	edits int // counts what has been written here
	queue []job
	busy  bool
	shut  bool // the project is another one by now
	calm  *sync.Cond
	err   error // of the last time that something could not be kept
}

// NewDesk makes an empty desk.
func NewDesk(store Store, failed func(error)) *Desk {
	d := &Desk{store: store, failed: failed, sheet: &sheet{}}
	d.calm = sync.NewCond(&d.mu)
	return d
}

// Open lays a chapter on the desk in place of the one before. What was written there is kept all the same.
func (d *Desk) Open(n *manuscript.Names, document int64, c *manuscript.Chapter) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names, d.sheet = n, &sheet{document: document, chapter: c.ID}
	for i := range c.Blocks {
		d.sheet.pieces = append(d.sheet.pieces, d.piece(c.Blocks[i].Copy()))
	}
}

// piece gives a block its key.
func (d *Desk) piece(b manuscript.Block) *Piece {
	d.keys++
	return &Piece{d.keys, b}
}

// Chapter is the chapter on the desk, 0 for none.
func (d *Desk) Chapter() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sheet.chapter
}

// Pieces are copies of the pieces on the desk, in order.
func (d *Desk) Pieces() []Piece {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]Piece, len(d.sheet.pieces))
	for i, p := range d.sheet.pieces {
		out[i] = Piece{p.Key, p.Block.Copy()}
	}
	return out
}

// Remarks calls fn for every comment on the desk, in reading order, with the key of its piece and its number there.
func (d *Desk) Remarks(fn func(key, number int, n Note)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.sheet.pieces {
		for i, n := range Notes(&p.Block) {
			fn(p.Key, i, n)
		}
	}
}

// Piece is a copy of the piece with a key.
func (d *Desk) Piece(key int) (Piece, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i := d.find(key); i >= 0 {
		p := d.sheet.pieces[i]
		return Piece{p.Key, p.Block.Copy()}, true
	}
	return Piece{}, false
}

func (d *Desk) find(key int) int {
	return slices.IndexFunc(d.sheet.pieces, func(p *Piece) bool { return p.Key == key })
}

// Text is a piece's text as it stands in the editor.
func (d *Desk) Text(key int) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i := d.find(key); i >= 0 {
		return Plain(d.names, &d.sheet.pieces[i].Block)
	}
	return ""
}

// Type makes a piece say what a text of the editor says.
func (d *Desk) Type(key int, text string) {
	d.Change(key, func(n *manuscript.Names, b *manuscript.Block) { Read(n, b, text) })
}

// Change changes what a piece holds. A piece that holds the same as before is not kept anew.
func (d *Desk) Change(key int, fn func(n *manuscript.Names, b *manuscript.Block)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.find(key)
	if i < 0 {
		return
	}
	p := d.sheet.pieces[i]
	fresh := p.Block.Copy()
	fn(d.names, &fresh)
	fresh = merged(&p.Block, fresh)
	if same(&p.Block, &fresh) {
		return
	}
	p.Block = fresh
	d.edits++
	if p.Block.ID == 0 && !d.awaited(p) {
		d.keepAll()
		return
	}
	d.keep(p)
}

// merged hands on what the living things of a block have shown, and its id.
func merged(old *manuscript.Block, fresh manuscript.Block) manuscript.Block {
	id := old.ID
	out := manuscript.Merge([]manuscript.Block{*old}, []manuscript.Block{fresh})[0]
	out.ID = id
	return out
}

// same tells whether two blocks are kept as the same.
func same(a, b *manuscript.Block) bool { return bytes.Equal(kept(a), kept(b)) }

// kept is a block as it is kept.
func kept(b *manuscript.Block) []byte {
	c := b.Copy()
	c.Normalise()
	out, _ := json.Marshal(&c)
	return out
}

// blank tells whether a block holds nothing that is kept.
func blank(b *manuscript.Block) bool {
	c := b.Copy()
	return !c.Normalise()
}

// edit changes which pieces there are, and keeps the chapter.
func (d *Desk) edit(fn func(s *sheet)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fn(d.sheet)
	d.edits++
	d.keepAll()
}

// Insert puts a block behind the piece with a key, first for 0, and gives its key. An empty one is not kept until something
// is written in it.
func (d *Desk) Insert(after int, b manuscript.Block) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	b.ID = 0
	p := d.piece(b)
	at := d.find(after) + 1
	d.sheet.pieces = slices.Insert(d.sheet.pieces, at, p)
	d.edits++
	if !blank(&b) {
		d.keepAll()
	}
	return p.Key
}

// InsertAll puts blocks behind the piece with a key, as one step, and gives the key of the last. A piece with that key that
// holds nothing gives way.
func (d *Desk) InsertAll(after int, blocks []manuscript.Block) int {
	last := after
	d.edit(func(s *sheet) {
		at := d.find(after)
		if at >= 0 && Textual(&s.pieces[at].Block) && blank(&s.pieces[at].Block) {
			s.pieces = slices.Delete(s.pieces, at, at+1)
			at--
		}
		for _, b := range blocks {
			b.ID = 0
			p := d.piece(b)
			at++
			s.pieces = slices.Insert(s.pieces, at, p)
			last = p.Key
		}
	})
	return last
}

// Remove takes a piece away and gives the key of the one before it, or else behind it; 0 for none.
func (d *Desk) Remove(key int) (neighbour int) {
	d.edit(func(s *sheet) {
		i := d.find(key)
		if i < 0 {
			return
		}
		s.pieces = slices.Delete(s.pieces, i, i+1)
		if i > 0 {
			i--
		}
		if i < len(s.pieces) {
			neighbour = s.pieces[i].Key
		}
	})
	return neighbour
}

// Move moves a piece by so many places.
func (d *Desk) Move(key, by int) {
	d.mu.Lock()
	i := d.find(key)
	to := i + by
	n := len(d.sheet.pieces)
	d.mu.Unlock()
	if i < 0 || to < 0 || to >= n {
		return
	}
	d.edit(func(s *sheet) {
		p := s.pieces[i]
		s.pieces = slices.Insert(slices.Delete(s.pieces, i, i+1), to, p)
	})
}

// Turn makes a piece another type of block, with the text that is given.
func (d *Desk) Turn(key int, to manuscript.Block, text string) {
	d.Change(key, func(n *manuscript.Names, b *manuscript.Block) {
		b.Type, b.Level, b.Style, b.Items, b.Runs = to.Type, to.Level, to.Style, nil, nil
		if to.Type == manuscript.List && text == "" {
			text = "- "
		}
		Read(n, b, text)
	})
}

// Split parts a piece at the caret: what stands behind it becomes a piece of its own, a paragraph behind a heading. It gives
// the new piece's key.
func (d *Desk) Split(key int, p Passage) int {
	before, _, after := p.cut()
	made := 0
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.find(key)
	if i < 0 {
		return 0
	}
	old := d.sheet.pieces[i]
	was := old.Block
	fresh := manuscript.Block{Type: was.Type, Style: was.Style}
	if was.Type == manuscript.Heading || was.Type == manuscript.List {
		fresh.Type = manuscript.Paragraph
	}
	next := d.piece(fresh)
	made = next.Key
	d.sheet.pieces = slices.Insert(d.sheet.pieces, i+1, next)
	d.edits++
	if after == "" {
		return made // nothing is another than before
	}
	first := was.Copy()
	Read(d.names, &first, before)
	Read(d.names, &next.Block, after)
	old.Block, next.Block = merged(&was, first), merged(&was, next.Block)
	next.Block.ID = 0
	d.keepAll()
	return made
}

// Join puts a piece's text behind that of the one before. It gives that one's key and where in its text they meet; 0 where the
// one before has no text that can go on.
func (d *Desk) Join(key int) (before, at int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := d.find(key)
	if i < 1 {
		return 0, 0
	}
	first, second := d.sheet.pieces[i-1], d.sheet.pieces[i]
	if !Textual(&first.Block) || !Textual(&second.Block) {
		return 0, 0
	}
	text, more := Plain(d.names, &first.Block), Plain(d.names, &second.Block)
	if second.Block.Type == manuscript.List && first.Block.Type == manuscript.List && text != "" && more != "" {
		text += "\n"
	}
	at = len([]rune(text))
	was := first.Block
	fresh := was.Copy()
	Read(d.names, &fresh, text+more)
	fresh = merged(&was, fresh)
	handOn(&second.Block, &fresh)
	first.Block = fresh
	d.sheet.pieces = slices.Delete(d.sheet.pieces, i, i+1)
	d.edits++
	d.keepAll()
	return first.Key, at
}

// handOn gives living things of one block what those of another have shown.
func handOn(from, to *manuscript.Block) {
	var shown []*manuscript.Living
	from.EachLiving(func(l *manuscript.Living) { shown = append(shown, l) })
	to.EachLiving(func(l *manuscript.Living) {
		for _, o := range shown {
			if l.Shown == nil && o.Same(l) {
				l.Shown = o.Shown
			}
		}
	})
}

// SetWords gives a living sentence words of the user's own; with nil it says what the program says.
func (d *Desk) SetWords(key int, runs []manuscript.Run) {
	d.Change(key, func(_ *manuscript.Names, b *manuscript.Block) { b.Runs = runs })
}
