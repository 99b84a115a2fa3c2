package writing

import (
	"context"
	"slices"

	"nabar/model/manuscript"
)

// job is something that is to be kept: one piece, or all pieces of a sheet as they were then.
type job struct {
	sheet  *sheet
	piece  *Piece           // nil for all
	block  manuscript.Block // of the piece
	pieces []*Piece
	blocks []manuscript.Block
}

// keep puts a piece in the queue. What waits for the same piece gives way to it.
func (d *Desk) keep(p *Piece) {
	if n := len(d.queue); n > 0 && d.queue[n-1].piece == p && !d.shut {
		d.queue[n-1].block = p.Block.Copy()
		return
	}
	d.put(job{sheet: d.sheet, piece: p, block: p.Block.Copy()})
}

// keepAll puts the pieces of the sheet in the queue.
func (d *Desk) keepAll() {
	j := job{sheet: d.sheet, pieces: slices.Clone(d.sheet.pieces)}
	for _, p := range j.pieces {
		j.blocks = append(j.blocks, p.Block.Copy())
	}
	d.put(j)
}

// awaited tells whether a piece without an id will get one by what waits.
func (d *Desk) awaited(p *Piece) bool {
	return slices.ContainsFunc(d.queue, func(j job) bool {
		i := slices.Index(j.pieces, p)
		return i >= 0 && !blank(&j.blocks[i])
	})
}

// put lets a job wait, and begins to work where nobody does.
func (d *Desk) put(j job) {
	if d.shut {
		return
	}
	d.queue = append(d.queue, j)
	if !d.busy {
		d.busy = true
		go d.work()
	}
}

// work keeps what waits, in its order.
func (d *Desk) work() {
	for {
		d.mu.Lock()
		if len(d.queue) == 0 {
			d.busy = false
			d.calm.Broadcast()
			d.mu.Unlock()
			return
		}
		j := d.queue[0]
		d.queue = d.queue[1:]
		d.mu.Unlock()
		err := d.do(context.Background(), &j)
		d.mu.Lock()
		d.err = err
		d.mu.Unlock()
		if err != nil {
			d.failed(err)
		}
	}
}

// do keeps what a job says.
func (d *Desk) do(ctx context.Context, j *job) error {
	if j.piece == nil {
		return d.doAll(ctx, j)
	}
	d.mu.Lock()
	j.block.ID = j.piece.Block.ID
	d.mu.Unlock()
	if j.block.ID != 0 {
		err := d.store.UpdateBlock(ctx, j.sheet.document, j.block)
		if err == nil {
			return nil
		}
		m, e := d.store.Manuscript(ctx, j.sheet.document)
		if e != nil || m.Block(j.block.ID) != nil {
			return err
		}
	}
	// It was taken away somewhere else while it was being written: it comes back with what was written.
	d.mu.Lock()
	j.piece.Block.ID = 0
	all := job{sheet: j.sheet, pieces: slices.Clone(j.sheet.pieces)}
	for _, p := range all.pieces {
		all.blocks = append(all.blocks, p.Block.Copy())
	}
	d.mu.Unlock()
	return d.doAll(ctx, &all)
}

// doAll keeps all pieces and learns the ids of the new ones.
func (d *Desk) doAll(ctx context.Context, j *job) error {
	d.mu.Lock()
	for i, p := range j.pieces {
		j.blocks[i].ID = p.Block.ID
	}
	d.mu.Unlock()
	if err := d.store.SetBlocks(ctx, j.sheet.document, j.sheet.chapter, j.blocks); err != nil {
		return err
	}
	m, err := d.store.Manuscript(ctx, j.sheet.document)
	if err != nil {
		return err
	}
	i := m.Find(j.sheet.chapter)
	if i < 0 {
		return nil
	}
	ids := m.Chapters[i].Blocks
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, p := range j.pieces {
		switch {
		case blank(&j.blocks[i]):
			p.Block.ID = 0
		case len(ids) > 0:
			p.Block.ID, ids = ids[0].ID, ids[1:]
		}
	}
	return nil
}

// Flush waits until all that has been written is kept, or the context ends. The error tells that the last of it could not be.
func (d *Desk) Flush(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.calm.Broadcast()
	})
	defer stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.busy && ctx.Err() == nil {
		d.calm.Wait()
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return d.err
}

// Shut waits as Flush does and then keeps nothing more: what is written later would end up in another project.
func (d *Desk) Shut(ctx context.Context) error {
	err := d.Flush(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
	return err
}

// Edits counts what has been written here. Adopt takes a text that was read when it stood at a number only while it still does.
func (d *Desk) Edits() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.edits
}

// Adopt lays a chapter on the desk as it is kept now, where something else than the desk has changed it: an undo, an update of
// figures, another window. Pieces that are as before keep their keys. It says false, and changes nothing, where something has been
// written since edits was told or is still to be kept, or where all is as it lies here.
func (d *Desk) Adopt(c *manuscript.Chapter, edits int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.busy || d.edits != edits || c.ID != d.sheet.chapter || d.lies(c.Blocks) {
		return false
	}
	var pieces []*Piece
	for i := range c.Blocks {
		b := c.Blocks[i].Copy()
		at := slices.IndexFunc(d.sheet.pieces, func(p *Piece) bool { return p.Block.ID == b.ID })
		if at < 0 {
			pieces = append(pieces, d.piece(b))
			continue
		}
		pieces = append(pieces, &Piece{d.sheet.pieces[at].Key, b})
	}
	d.sheet.pieces = pieces
	return true
}

// lies tells whether the pieces on the desk are those blocks, but for empty ones.
func (d *Desk) lies(blocks []manuscript.Block) bool {
	i := 0
	for _, p := range d.sheet.pieces {
		if p.Block.ID == 0 && blank(&p.Block) {
			continue
		}
		if i == len(blocks) || p.Block.ID != blocks[i].ID || !same(&p.Block, &blocks[i]) {
			return false
		}
		i++
	}
	return i == len(blocks)
}
