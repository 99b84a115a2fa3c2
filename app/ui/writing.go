package ui

import (
	"context"
	"maps"
	"os/user"
	"slices"
	"sync"
	"time"

	"nabar/app/session"
	"nabar/app/session/writing"
	"nabar/app/ui/write"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

// writingTab is the tab where documents are written.
type writingTab struct {
	w     *Window
	panel *write.Panel
	desk  *writing.Desk
	proof *session.Proof

	doc       *manuscript.Manuscript // the chosen one as it was read last, nil for none
	docs      []write.Document
	wanted    int64 // the document that is to be chosen, 0 for the one that is
	chapter   int64
	names     *manuscript.Names
	numbers   map[int64]string // of the chapters as printed
	stale     []write.Stale
	remarks   []string
	missing   []manuscript.Chapter    // parts of the standard document that this one lacks
	templates []manuscript.Manuscript // the project's own

	loading, again  bool
	drawing, redraw bool
	looking, relook bool
	page            int  // that is shown
	turned          bool // by the user; else it follows the caret
	waiting         *time.Timer
	cancel          context.CancelFunc
	editing         sync.Mutex // one edit reads what the one before has made
	leave           func()
	life            context.Context
}

// typingRest is how long the list of chapters and what is stale wait for the next letter.
const typingRest = 250 * time.Millisecond

// openWriting shows the tab, and reads what stands in it the first time.
func (w *Window) openWriting() {
	if !w.state.open {
		return
	}
	if w.writing == nil {
		w.writing = newWritingTab(w)
		w.writing.load()
	}
	w.showWriting(true)
}

// newWritingTab makes the tab.
func newWritingTab(w *Window) *writingTab {
	t := &writingTab{w: w}
	t.life, t.cancel = context.WithCancel(context.Background())
	t.desk = writing.NewDesk(w.session, func(err error) { w.dispatch(func() { w.fail(err) }) })
	t.leave = w.session.BeforeLeaving(func() { t.desk.Shut(context.Background()) })
	t.proof = w.session.NewProof()
	t.panel = write.New(w.win, w.printer, t.desk, write.Actions{
		Document: t.chooseDocument, Menu: t.menu, New: t.kinds, Chapter: t.chooseChapter,
		Add: t.addChapter, PutBack: t.putBack, Rename: t.rename, Move: t.move, Level: t.level, Hide: t.hide, Number: t.number,
		Page: t.paper, Remove: t.removeChapter,
		Changed: t.changed, Caret: t.caret, Undo: w.undoText, Redo: w.redoText, Update: t.update, Value: t.value, Turn: t.turn, Resized: t.draw,
		Author: t.author, SetAuthor: func(name string) { w.prefs.setAuthor(name) },
	})
	return t
}

// closeWriting takes the tab away when all that was written is kept. What can't be kept is told.
func (w *Window) closeWriting() {
	t := w.writing
	if t == nil {
		return
	}
	w.writing = nil
	t.panel.Front(false)
	t.cancel()
	if t.waiting != nil {
		t.waiting.Stop()
	}
	t.panel.Settle()
	if err := t.desk.Flush(context.Background()); err != nil {
		w.fail(err)
	}
	t.leave()
	t.proof.Close()
	w.showWriting(false)
}

// author is who writes comments: as the user has said, or else as the computer knows the user.
func (t *writingTab) author() string {
	if name := t.w.prefs.author(); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Name
	}
	return ""
}

// loaded is what the tab reads at a time.
type loaded struct {
	all       []manuscript.Manuscript
	names     *manuscript.Names
	missing   []manuscript.Chapter
	templates []manuscript.Manuscript
	edits     int
}

// load reads the documents in the background; calls that come meanwhile are answered by one more.
func (t *writingTab) load() {
	if t.loading {
		t.again = true
		return
	}
	t.loading = true
	if t.wanted == 0 {
		t.wanted = t.document()
	}
	wanted, w := t.wanted, t.w
	go func() {
		in := loaded{edits: t.desk.Edits()}
		err := in.read(t.life, w.session, wanted)
		w.dispatch(func() {
			t.loading = false
			if w.writing != t {
				return
			}
			if err != nil {
				w.fail(err)
				return
			}
			t.apply(&in)
			if t.again {
				t.again = false
				t.load()
			}
		})
	}()
}

// read reads the documents, and for the wanted one what it is written with.
func (in *loaded) read(ctx context.Context, s *session.Session, wanted int64) (err error) {
	if in.templates, err = s.Templates(ctx); err != nil {
		return err
	}
	if in.all, err = s.Manuscripts(ctx); err != nil || len(in.all) == 0 {
		return err
	}
	m := &in.all[in.find(wanted)]
	if in.names, err = s.Names(ctx, m.Lang); err != nil {
		return err
	}
	in.missing, err = s.MissingChapters(ctx, m)
	return err
}

// find is the index of the wanted document, or of the first.
func (in *loaded) find(wanted int64) int {
	return max(slices.IndexFunc(in.all, func(m manuscript.Manuscript) bool { return m.ID == wanted }), 0)
}

// document is the chosen document, 0 for none.
func (t *writingTab) document() int64 {
	if t.doc == nil {
		return 0
	}
	return t.doc.ID
}

// apply takes up what has been read.
func (t *writingTab) apply(in *loaded) {
	t.docs, t.names, t.missing, t.templates = nil, in.names, in.missing, in.templates
	for i := range in.all {
		t.docs = append(t.docs, write.Document{ID: in.all[i].ID, Title: in.all[i].Title})
	}
	if len(in.all) == 0 {
		t.doc, t.chapter = nil, 0
		t.desk.Open(nil, 0, &manuscript.Chapter{})
		t.show()
		return
	}
	m := &in.all[in.find(t.wanted)]
	t.wanted = 0
	other := t.doc == nil || t.doc.ID != m.ID
	if other {
		t.chapter, t.stale, t.remarks, t.numbers, t.page, t.turned = 0, nil, nil, nil, 0, false
	}
	t.doc = m
	if len(m.Chapters) == 0 {
		t.chapter = 0
	} else if m.Find(t.chapter) < 0 {
		t.chapter = m.Chapters[0].ID
	}
	adopted := false
	if i := m.Find(t.chapter); i < 0 {
		t.desk.Open(t.names, m.ID, &manuscript.Chapter{})
	} else if t.desk.Chapter() != t.chapter {
		t.desk.Open(t.names, m.ID, &m.Chapters[i])
	} else {
		adopted = t.desk.Adopt(&m.Chapters[i], in.edits)
	}
	t.show()
	if adopted {
		t.panel.Refresh()
	}
	if other && t.w.writes {
		t.panel.Focus()
	}
	t.draw()
	t.look()
}

// show shows what the tab knows.
func (t *writingTab) show() {
	s := write.State{
		Documents: t.docs, Document: t.document(), Chapter: t.chapter, ReadOnly: t.w.state.readOnly, Names: t.names,
		Stale: t.stale, Remarks: t.remarks,
	}
	if t.doc != nil {
		stale := map[int64]int{}
		for _, st := range t.stale {
			stale[st.Chapter]++
		}
		for i := range t.doc.Chapters {
			c := &t.doc.Chapters[i]
			row := write.Chapter{ID: c.ID, Number: t.numbers[c.ID], Title: c.Title, Level: c.Level, Hidden: c.Hidden, Plain: c.Plain, Page: c.Page, Stale: stale[c.ID]}
			for k := range c.Blocks {
				for _, n := range writing.Notes(&c.Blocks[k]) {
					if !n.Resolved {
						row.Comments++
					}
				}
			}
			s.Chapters = append(s.Chapters, row)
		}
	}
	t.panel.Set(s)
}

// present is the document as it stands in memory, whether kept or not.
func present(doc *manuscript.Manuscript, desk *writing.Desk) *manuscript.Manuscript {
	out := *doc
	out.Chapters = slices.Clone(doc.Chapters)
	if i := out.Find(desk.Chapter()); i >= 0 {
		out.Chapters[i].Blocks = nil
		for _, p := range desk.Pieces() {
			if p.Block.Normalise() {
				out.Chapters[i].Blocks = append(out.Chapters[i].Blocks, p.Block)
			}
		}
	}
	return &out
}

// present is the chosen document as it stands in memory.
func (t *writingTab) present() *manuscript.Manuscript { return present(t.doc, t.desk) }

// changed follows what is typed: the page at once, what else depends on it when the typing rests.
func (t *writingTab) changed() {
	t.turned = false
	t.draw()
}

// caret follows the caret to another piece.
func (t *writingTab) caret() {
	t.turned = false
	t.draw()
}

// turn shows a page that the user wants to see.
func (t *writingTab) turn(page int) {
	t.page, t.turned = page, true
	t.draw()
}

// draw has the page drawn in the background; calls that come meanwhile are answered by one more. The page that is seen stays
// until the new one is there.
func (t *writingTab) draw() {
	if t.doc == nil || !t.w.writes {
		return
	}
	if t.drawing {
		t.redraw = true
		return
	}
	t.drawing = true
	doc, chapter, block, page, turned, pixels := t.doc, t.chapter, t.panel.Writing(), t.page, t.turned, t.panel.Pixels()
	w := t.w
	if t.proof.Count() == 0 {
		t.panel.Busy(true)
	}
	go func() {
		shown := write.Preview{}
		remarks, err := t.proof.Lay(t.life, present(doc, t.desk), nil)
		if err == nil {
			if !turned {
				page = t.proof.Page(chapter, block)
			}
			shown.Pages = t.proof.Count()
			shown.Page = min(max(page, 0), shown.Pages-1)
			if img := t.proof.Picture(shown.Page, pixels); img != nil {
				shown.Image = img
			}
		}
		numbers := t.proof.Numbers()
		w.dispatch(func() { t.drawn(doc, shown, numbers, remarks, err) })
	}()
}

// drawn shows a page that has been drawn.
func (t *writingTab) drawn(doc *manuscript.Manuscript, shown write.Preview, numbers map[int64]string, remarks []i18n.Message, err error) {
	t.drawing = false
	if t.w.writing != t {
		return
	}
	if t.doc != nil && t.doc.ID == doc.ID {
		if err != nil {
			shown.Fault = t.w.printer.Error(err)
		} else {
			t.page = shown.Page
		}
		t.panel.Show(shown)
		var said []string
		for _, r := range remarks {
			said = append(said, t.w.printer.Text(r))
		}
		if err == nil && (!maps.Equal(numbers, t.numbers) || !slices.Equal(said, t.remarks)) {
			t.numbers, t.remarks = numbers, said
			t.show()
		}
	}
	if t.redraw {
		t.redraw = false
		t.draw()
	}
}

// look finds what is stale, in the background, and notes what is shown for the first time.
func (t *writingTab) look() {
	if t.doc == nil || !t.w.writes {
		return
	}
	if t.looking {
		t.relook = true
		return
	}
	t.looking = true
	doc, w := t.doc, t.w
	go func() {
		states, noted, err := w.session.Review(t.life, doc, nil)
		w.dispatch(func() {
			t.looking = false
			if w.writing != t {
				return
			}
			if err == nil && t.doc != nil && t.doc.ID == doc.ID {
				t.review(states)
			}
			if noted {
				t.load()
			} else if t.relook {
				t.look()
			}
			t.relook = false
		})
	}()
}

// review takes up what is stale.
func (t *writingTab) review(states []session.LivingState) {
	var stale []write.Stale
	for _, st := range states {
		if st.Status != session.LivingStale {
			continue
		}
		s := write.Stale{Chapter: st.Chapter, Block: st.Block, Index: st.Index, Where: st.Title, Name: st.Name, Edited: st.Edited}
		if st.Was != nil {
			s.Old = st.Was.Text
		}
		s.New = t.w.printer.T("write.nothing_now")
		if st.Now != nil {
			s.New = st.Now.Text
		}
		s.Old, s.New = writing.Difference(s.Old, s.New)
		stale = append(stale, s)
	}
	if !slices.Equal(stale, t.stale) {
		t.stale = stale
		t.show()
	}
}

// heardText follows the session's events: text that is being typed may rest first, all else is shown at once.
func (t *writingTab) heardText(rest bool) {
	if t.waiting != nil {
		t.waiting.Stop()
	}
	if !rest {
		t.load()
		return
	}
	t.waiting = time.AfterFunc(typingRest, func() {
		t.w.dispatch(func() {
			if t.w.writing == t {
				t.load()
			}
		})
	})
}

// edit changes the document when all that has been written is kept, off the window's thread.
func (t *writingTab) edit(fn func(ctx context.Context, s *session.Session) error) {
	if t.w.writable() {
		t.w.edit(func(ctx context.Context) error {
			t.editing.Lock()
			defer t.editing.Unlock()
			if err := t.desk.Flush(ctx); err != nil {
				return err
			}
			return fn(ctx, t.w.session)
		})
	}
}

// update lets what is chosen show what the figures say now, or with nil all that is stale.
func (t *writingTab) update(chosen []write.Stale) {
	doc, w := t.document(), t.w
	if doc == 0 || !w.writable() {
		return
	}
	var choices []session.LivingChoice
	for _, s := range chosen {
		choices = append(choices, session.LivingChoice{Block: s.Block, Index: s.Index, Draft: s.Edited})
	}
	w.work(i18n.M("write.job_update"), func(ctx context.Context, progress model.Progress) error {
		if err := t.desk.Flush(ctx); err != nil {
			return err
		}
		m, err := w.session.Manuscript(ctx, doc)
		if err != nil {
			return err
		}
		_, err = w.session.UpdateLiving(ctx, m, choices, progress)
		return err
	}, func() {})
}
