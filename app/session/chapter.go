package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"nabar/internal/i18n"
	"nabar/model/manuscript"
	"nabar/model/project"
)

// AddChapter puts a new chapter before the one at an index, or last, and gives its id. It gets the level that its place allows.
func (s *Session) AddChapter(ctx context.Context, id int64, at int, c manuscript.Chapter) (chapter int64, err error) {
	c.Title = strings.Join(strings.Fields(c.Title), " ")
	if c.Title == "" {
		c.Title = s.Printer().T("text.untitled")
	}
	c.ID = 0
	err = s.editText(ctx, i18n.M("text.step_add_chapter", c.Title), func(tx *project.Tx) error {
		m, err := tx.Manuscript(id)
		if err != nil {
			return err
		}
		at = min(max(at, 0), len(m.Chapters))
		m.Chapters = slices.Insert(m.Chapters, at, c)
		m.Levels()
		if err := tx.SetChapters(id, m.Chapters); err != nil {
			return err
		}
		chapter = m.Chapters[at].ID
		return nil
	})
	return chapter, err
}

// UpdateChapter changes what a chapter's heading says, but not its text. A level that its place does not allow gives a
// Problem; the chapters under it follow it.
func (s *Session) UpdateChapter(ctx context.Context, id int64, c manuscript.Chapter) error {
	c.Title = strings.Join(strings.Fields(c.Title), " ")
	return s.editChapters(ctx, id, c.ID, "text.step_chapter", func(m *manuscript.Manuscript, i int) error {
		deepest := 1
		if i > 0 {
			deepest = min(m.Chapters[i-1].Level+1, 3)
		}
		if c.Level < 1 || c.Level > deepest {
			return i18n.Errorf("text.level_wrong")
		}
		for k := i + 1; k < i+m.Family(i); k++ {
			m.Chapters[k].Level += c.Level - m.Chapters[i].Level
		}
		c.Blocks = m.Chapters[i].Blocks
		m.Chapters[i] = c
		return nil
	})
}

// MoveChapter gives a chapter, with those under it, another place: before the chapter that is at an index when it has been taken
// out, or last.
func (s *Session) MoveChapter(ctx context.Context, id, chapter int64, to int) error {
	return s.editChapters(ctx, id, chapter, "text.step_move_chapter", func(m *manuscript.Manuscript, i int) error {
		n := m.Family(i)
		family := slices.Clone(m.Chapters[i : i+n])
		m.Chapters = slices.Delete(m.Chapters, i, i+n)
		m.Chapters = slices.Insert(m.Chapters, min(max(to, 0), len(m.Chapters)), family...)
		return nil
	})
}

// RemoveChapter takes a chapter away, with those under it; undo brings them back.
func (s *Session) RemoveChapter(ctx context.Context, id, chapter int64) error {
	return s.editChapters(ctx, id, chapter, "text.step_remove_chapter", func(m *manuscript.Manuscript, i int) error {
		m.Chapters = slices.Delete(m.Chapters, i, i+m.Family(i))
		return nil
	})
}

// MissingChapters are the parts of a standard document of the kind that a document does not have.
func (s *Session) MissingChapters(ctx context.Context, m *manuscript.Manuscript) ([]manuscript.Chapter, error) {
	names, err := s.standardNames(ctx, m)
	if err != nil {
		return nil, err
	}
	return manuscript.MissingParts(m, names.Standard(m.Kind)), nil
}

// standardNames are the names that a document's standard is made with.
func (s *Session) standardNames(ctx context.Context, m *manuscript.Manuscript) (*manuscript.Names, error) {
	types, err := s.Present(ctx)
	if err != nil || len(types) == 0 {
		return s.Names(ctx, m.Lang)
	}
	return manuscript.NewNames(i18n.For(m.Lang), types), nil
}

// PutBackChapter puts a part of the standard document, by its key, where it belongs in a document that does not have it.
func (s *Session) PutBackChapter(ctx context.Context, m *manuscript.Manuscript, key string) (int64, error) {
	names, err := s.standardNames(ctx, m)
	if err != nil {
		return 0, err
	}
	standard := names.Standard(m.Kind)
	missing := manuscript.MissingParts(m, standard)
	keys := make([]string, len(missing))
	for i, c := range missing {
		if keys[i] = c.Key; c.Key == key {
			return s.AddChapter(ctx, m.ID, manuscript.PlaceOf(m, standard, key), c)
		}
	}
	if len(keys) == 0 {
		keys = []string{s.Printer().T("text.nothing_missing")}
	}
	return 0, i18n.Errorf("text.part_unknown", key, strings.Join(keys, ", "))
}

// editChapters changes the chapters of a document as a step that names one of them.
func (s *Session) editChapters(ctx context.Context, id, chapter int64, step string, fn func(m *manuscript.Manuscript, i int) error) error {
	m, err := s.Manuscript(ctx, id)
	if err != nil {
		return err
	}
	i := m.Find(chapter)
	if i < 0 {
		return i18n.Errorf("text.chapter_gone")
	}
	return s.editText(ctx, i18n.M(step, m.Chapters[i].Title), func(tx *project.Tx) error {
		now, err := tx.Manuscript(id)
		if err != nil {
			return err
		}
		if i := now.Find(chapter); i >= 0 {
			if err := fn(now, i); err != nil {
				return err
			}
			now.Levels()
			return tx.SetChapters(id, now.Chapters)
		}
		return i18n.Errorf("text.chapter_gone")
	})
}

// ChapterText is the text of a chapter in the plain form.
func (s *Session) ChapterText(ctx context.Context, m *manuscript.Manuscript, chapter int64) (string, error) {
	i := m.Find(chapter)
	if i < 0 {
		return "", i18n.Errorf("text.chapter_gone")
	}
	names, err := s.Names(ctx, m.Lang)
	if err != nil {
		return "", err
	}
	return names.Write(m.Chapters[i].Blocks), nil
}

// SetChapterText makes the text of a chapter what the plain form says. Blocks that are as before keep their ids and what they
// have shown.
func (s *Session) SetChapterText(ctx context.Context, m *manuscript.Manuscript, chapter int64, text string) error {
	names, err := s.Names(ctx, m.Lang)
	if err != nil {
		return err
	}
	return s.SetBlocks(ctx, m.ID, chapter, names.Parse(text))
}

// SetBlocks makes the blocks of a chapter those given, as one step. Blocks without an id that are as some were before get
// their ids, and living things what they have shown. Empty blocks are left out.
func (s *Session) SetBlocks(ctx context.Context, id, chapter int64, blocks []manuscript.Block) error {
	m, err := s.Manuscript(ctx, id)
	if err != nil {
		return err
	}
	i := m.Find(chapter)
	if i < 0 {
		return i18n.Errorf("text.chapter_gone")
	}
	fresh := normal(blocks)
	if !slices.ContainsFunc(fresh, func(b manuscript.Block) bool { return b.ID != 0 }) {
		fresh = manuscript.Merge(m.Chapters[i].Blocks, fresh)
	}
	return s.editText(ctx, i18n.M("text.step_write", m.Chapters[i].Title), func(tx *project.Tx) error {
		return tx.SetBlocks(chapter, fresh)
	})
}

// normal are copies of blocks in their one form, without the empty ones.
func normal(blocks []manuscript.Block) []manuscript.Block {
	var out []manuscript.Block
	for i := range blocks {
		if b := blocks[i].Copy(); b.Normalise() {
			out = append(out, b)
		}
	}
	return out
}

// typingPause is how long after a change of a block another one is still the same step.
const typingPause = 3 * time.Second

// typing is the last change of a block.
type typing struct {
	block, step int64
	at          time.Time
}

// UpdateBlock changes what the block with an id holds. Changes of one block that follow soon upon each other, and upon no
// other edit, are one step. An empty block is kept as it is being written.
func (s *Session) UpdateBlock(ctx context.Context, id int64, b manuscript.Block) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	b = b.Copy()
	b.Normalise()
	now := s.clock()
	s.mu.Lock()
	last := s.typing
	s.mu.Unlock()
	if last.block == b.ID && now.Sub(last.at) < typingPause {
		done, err := p.AmendBlock(ctx, last.step, &b)
		if err != nil {
			return err
		}
		if done {
			s.noteTyping(typing{b.ID, last.step, now})
			s.events.send(Event{Kind: TextChanged})
			return nil
		}
	}
	m, err := s.Manuscript(ctx, id)
	if err != nil {
		return err
	}
	title := ""
	for i := range m.Chapters {
		if slices.ContainsFunc(m.Chapters[i].Blocks, func(o manuscript.Block) bool { return o.ID == b.ID }) {
			title = m.Chapters[i].Title
		}
	}
	if title == "" && m.Block(b.ID) == nil {
		return i18n.Errorf("text.block_gone")
	}
	if err := s.editText(ctx, i18n.M("text.step_write", title), func(tx *project.Tx) error { return tx.UpdateBlock(&b) }); err != nil {
		return err
	}
	if step, ok := p.CanUndo(ctx); ok {
		s.noteTyping(typing{b.ID, step.ID, now})
	}
	return nil
}

// noteTyping remembers the last change of a block.
func (s *Session) noteTyping(t typing) {
	s.mu.Lock()
	s.typing = t
	s.mu.Unlock()
}

// clock tells the time, which decides nothing but what is one step of typing.
func (s *Session) clock() time.Time {
	if s.now != nil {
		return s.now()
	}
	return time.Now()
}

// ManuscriptText is a whole document in the plain form.
func (s *Session) ManuscriptText(ctx context.Context, m *manuscript.Manuscript) (string, error) {
	names, err := s.Names(ctx, m.Lang)
	if err != nil {
		return "", err
	}
	return names.WriteAll(m.Chapters), nil
}

// SetManuscriptText makes the chapters of a document what the plain form says, as one step. Chapters that are as before, by
// title and then by key, keep their ids.
func (s *Session) SetManuscriptText(ctx context.Context, m *manuscript.Manuscript, text string) error {
	names, err := s.Names(ctx, m.Lang)
	if err != nil {
		return err
	}
	fresh := &manuscript.Manuscript{Chapters: names.ParseAll(text)}
	fresh.Levels()
	return s.editManuscript(ctx, m.ID, "text.step_write_all", func(tx *project.Tx, now *manuscript.Manuscript) error {
		manuscript.MergeChapters(now.Chapters, fresh.Chapters)
		if err := tx.SetChapters(m.ID, fresh.Chapters); err != nil {
			return err
		}
		for i := range fresh.Chapters {
			if err := tx.SetBlocks(fresh.Chapters[i].ID, fresh.Chapters[i].Blocks); err != nil {
				return err
			}
		}
		return nil
	})
}
