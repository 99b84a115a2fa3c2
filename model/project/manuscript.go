package project

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"nabar/internal/i18n"
	"nabar/model/manuscript"
)

// Manuscripts reads the project's documents, in the user's order.
func (p *Project) Manuscripts(ctx context.Context) (all []manuscript.Manuscript, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		all, err = readManuscripts(ctx, db)
		return err
	})
	return all, err
}

// Manuscripts reads the project's documents, with the changes of this edit.
func (tx *Tx) Manuscripts() ([]manuscript.Manuscript, error) { return readManuscripts(tx.ctx, tx.conn) }

// Manuscript finds a document by its id. One that is gone gives a *i18n.Problem.
func (tx *Tx) Manuscript(id int64) (*manuscript.Manuscript, error) {
	all, err := tx.Manuscripts()
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
	}
	return nil, i18n.Errorf("text.gone")
}

// AddManuscript keeps a new document after the others, with all that it holds, and gives everything in it an id.
func (tx *Tx) AddManuscript(m *manuscript.Manuscript) error {
	content, err := headOf(m)
	if err != nil {
		return err
	}
	if m.ID, err = tx.insert(`INSERT INTO nabar_manuscript(position,content) SELECT coalesce(max(position)+1,0),? FROM nabar_manuscript`, content); err != nil {
		return err
	}
	for i := range m.Chapters {
		if err := tx.putChapter(m.ID, i, &m.Chapters[i]); err != nil {
			return err
		}
	}
	return nil
}

// UpdateManuscript changes a document's kind, title and language, and nothing that it holds.
func (tx *Tx) UpdateManuscript(m *manuscript.Manuscript) error {
	content, err := headOf(m)
	if err != nil {
		return err
	}
	return tx.exec(`UPDATE nabar_manuscript SET content=? WHERE id=? AND content<>?`, content, m.ID, content)
}

// RemoveManuscript takes a document out of the project.
func (tx *Tx) RemoveManuscript(id int64) error {
	for _, statement := range []string{
		`DELETE FROM nabar_block WHERE chapter IN (SELECT id FROM nabar_chapter WHERE manuscript=?)`,
		`DELETE FROM nabar_chapter WHERE manuscript=?`,
		`DELETE FROM nabar_manuscript WHERE id=?`,
	} {
		if err := tx.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// SetChapters makes the chapters of a document those given, in that order: those with an id stay with their blocks and
// get what their heading says now, those without are new with all that they hold, and those left out are taken away.
func (tx *Tx) SetChapters(id int64, chapters []manuscript.Chapter) error {
	keep := map[int64]bool{}
	for i := range chapters {
		c := &chapters[i]
		if c.ID == 0 {
			if err := tx.putChapter(id, i, c); err != nil {
				return err
			}
		} else {
			content, err := chapterHead(c)
			if err != nil {
				return err
			}
			if err := tx.exec(`UPDATE nabar_chapter SET position=?,content=? WHERE id=? AND manuscript=? AND (position<>? OR content<>?)`,
				i, content, c.ID, id, i, content); err != nil {
				return err
			}
		}
		keep[c.ID] = true
	}
	return tx.dropOthers("nabar_chapter", "manuscript", id, keep)
}

// SetBlocks makes the blocks of a chapter those given, in that order. Those without an id get one; those left out are
// taken away.
func (tx *Tx) SetBlocks(chapter int64, blocks []manuscript.Block) error {
	keep := map[int64]bool{}
	for i := range blocks {
		if err := tx.putBlock(chapter, i, &blocks[i]); err != nil {
			return err
		}
		keep[blocks[i].ID] = true
	}
	return tx.dropOthers("nabar_block", "chapter", chapter, keep)
}

// UpdateBlock changes what the block with an id holds.
func (tx *Tx) UpdateBlock(b *manuscript.Block) error {
	content, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return tx.exec(`UPDATE nabar_block SET content=? WHERE id=? AND content<>?`, string(content), b.ID, string(content))
}

// AmendBlock changes a block within a step that is already kept, so that a burst of typing is one step. It says false, and
// changes nothing, where the step is not the newest any more, has been undone, or is about other blocks.
func (p *Project) AmendBlock(ctx context.Context, step int64, b *manuscript.Block) (done bool, err error) {
	content, err := json.Marshal(b)
	if err != nil {
		return false, err
	}
	err = p.writing(ctx, func(c *sql.Conn) error {
		var newest, undone, holds int64
		err := c.QueryRowContext(ctx, `SELECT coalesce(max(id),0),coalesce(sum(undone),0) FROM nabar_step`).Scan(&newest, &undone)
		if err != nil || newest != step || undone > 0 {
			return err
		}
		// The step's log ends with how the row was before it: what stands there now needs no log of its own.
		err = c.QueryRowContext(ctx, `SELECT count(*) FROM nabar_log WHERE step=? AND table_name='nabar_block' AND sql LIKE ?`,
			step, fmt.Sprintf(`%%WHERE "id" IS %d`, b.ID)).Scan(&holds)
		if err != nil || holds == 0 {
			return err
		}
		done = true
		return unlogged(ctx, c, func() error {
			_, err := c.ExecContext(ctx, `UPDATE nabar_block SET content=? WHERE id=?`, string(content), b.ID)
			return err
		})
	})
	return done && err == nil, err
}

// NoteShown keeps what living things of blocks have shown, which is no step of the user's. before are the blocks as they
// were read: one that has changed since is left as it is.
func (p *Project) NoteShown(ctx context.Context, before, after []manuscript.Block) error {
	return p.writing(ctx, func(c *sql.Conn) error {
		return unlogged(ctx, c, func() error {
			for i := range before {
				was, err := json.Marshal(&before[i])
				if err != nil {
					return err
				}
				now, err := json.Marshal(&after[i])
				if err != nil {
					return err
				}
				if _, err := c.ExecContext(ctx, `UPDATE nabar_block SET content=? WHERE id=? AND content=?`, string(now), before[i].ID, string(was)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// putChapter keeps a new chapter with its blocks.
func (tx *Tx) putChapter(id int64, position int, c *manuscript.Chapter) error {
	content, err := chapterHead(c)
	if err != nil {
		return err
	}
	if c.ID, err = tx.insert(`INSERT INTO nabar_chapter(manuscript,position,content) VALUES(?,?,?)`, id, position, content); err != nil {
		return err
	}
	for i := range c.Blocks {
		c.Blocks[i].ID = 0
		if err := tx.putBlock(c.ID, i, &c.Blocks[i]); err != nil {
			return err
		}
	}
	return nil
}

// putBlock keeps a block at a place in a chapter, a new one where it has no id.
func (tx *Tx) putBlock(chapter int64, position int, b *manuscript.Block) error {
	content, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if b.ID == 0 {
		b.ID, err = tx.insert(`INSERT INTO nabar_block(chapter,position,content) VALUES(?,?,?)`, chapter, position, string(content))
		return err
	}
	return tx.exec(`UPDATE nabar_block SET chapter=?,position=?,content=? WHERE id=? AND (chapter<>? OR position<>? OR content<>?)`,
		chapter, position, string(content), b.ID, chapter, position, string(content))
}

// insert adds a row and gives its id.
func (tx *Tx) insert(query string, args ...any) (id int64, err error) {
	err = tx.conn.QueryRowContext(tx.ctx, query+` RETURNING id`, args...).Scan(&id)
	return id, err
}

// dropOthers takes away the rows of an owner that are not to be kept, chapters with their blocks.
func (tx *Tx) dropOthers(table, column string, owner int64, keep map[int64]bool) error {
	ids, err := collect(tx.ctx, tx.conn, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) },
		`SELECT id FROM `+table+` WHERE `+column+`=? ORDER BY id`, owner)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if keep[id] {
			continue
		}
		if table == "nabar_chapter" {
			if err := tx.exec(`DELETE FROM nabar_block WHERE chapter=?`, id); err != nil {
				return err
			}
		}
		if err := tx.exec(`DELETE FROM `+table+` WHERE id=?`, id); err != nil {
			return err
		}
	}
	return nil
}

// headOf writes what a document says of itself, without its chapters.
func headOf(m *manuscript.Manuscript) (string, error) {
	head := *m
	head.Chapters = nil
	out, err := json.Marshal(&head)
	return string(out), err
}

// chapterHead writes a chapter without its blocks.
func chapterHead(c *manuscript.Chapter) (string, error) {
	head := *c
	head.Blocks = nil
	out, err := json.Marshal(&head)
	return string(out), err
}

// owned is a row with the id of what it belongs to.
type owned[T any] struct {
	owner int64
	item  T
}

// readOwned reads rows of id, owner and content.
func readOwned[T any](ctx context.Context, q querier, query string, id func(*T, int64)) ([]owned[T], error) {
	return collect(ctx, q, func(rows *sql.Rows) (out owned[T], err error) {
		var n int64
		var content string
		if err = rows.Scan(&n, &out.owner, &content); err != nil {
			return out, err
		}
		if err = json.Unmarshal([]byte(content), &out.item); err != nil {
			return out, &i18n.Problem{Message: i18n.M("text.unreadable", n), Cause: err}
		}
		id(&out.item, n)
		return out, nil
	}, query)
}

// readManuscripts reads all documents with their chapters and blocks.
func readManuscripts(ctx context.Context, q querier) ([]manuscript.Manuscript, error) {
	heads, err := readOwned(ctx, q, `SELECT id,0,content FROM nabar_manuscript ORDER BY position,id`, func(m *manuscript.Manuscript, id int64) { m.ID = id })
	if err != nil {
		return nil, err
	}
	chapters, err := readOwned(ctx, q, `SELECT id,manuscript,content FROM nabar_chapter ORDER BY position,id`, func(c *manuscript.Chapter, id int64) { c.ID = id })
	if err != nil {
		return nil, err
	}
	blocks, err := readOwned(ctx, q, `SELECT id,chapter,content FROM nabar_block ORDER BY position,id`, func(b *manuscript.Block, id int64) { b.ID = id })
	if err != nil {
		return nil, err
	}
	under := map[int64][]manuscript.Block{}
	for _, b := range blocks {
		under[b.owner] = append(under[b.owner], b.item)
	}
	of := map[int64][]manuscript.Chapter{}
	for _, c := range chapters {
		c.item.Blocks = under[c.item.ID]
		of[c.owner] = append(of[c.owner], c.item)
	}
	var out []manuscript.Manuscript
	for _, m := range heads {
		m.item.Chapters = of[m.item.ID]
		out = append(out, m.item)
	}
	return out, nil
}
