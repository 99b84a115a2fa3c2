package ui

import (
	"context"
	"image"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/decision"
	"nabar/app/ui/files"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
)

// valueWidth is how wide the small picture of a map or chart is drawn, in pixels.
const valueWidth = 640

// value finds what something living shows now.
func (t *writingTab) value(l *manuscript.Living, done func(text string, picture image.Image)) {
	lang, w := "", t.w
	if t.doc != nil {
		lang = t.doc.Lang
	}
	go func() {
		text, img, err := t.proof.Value(t.life, lang, l, valueWidth)
		w.dispatch(func() {
			if w.writing != t || err != nil {
				return
			}
			if text == "" {
				text = w.printer.T("write.nothing_now")
			}
			if img == nil {
				done(text, nil)
			} else {
				done(text, img)
			}
		})
	}()
}

// chooseDocument opens another document when what has been written is on its way.
func (t *writingTab) chooseDocument(id int64) {
	if t.document() != id {
		t.panel.Settle()
		t.wanted = id
		t.load()
	}
}

// chooseChapter opens another chapter of the document.
func (t *writingTab) chooseChapter(id int64) {
	if t.doc == nil || t.chapter == id || t.doc.Find(id) < 0 {
		return
	}
	t.panel.Settle()
	t.doc = t.present()
	t.chapter, t.turned = id, false
	t.desk.Open(t.names, t.doc.ID, &t.doc.Chapters[t.doc.Find(id)])
	t.show()
	t.draw()
	t.heardText(true)
}

// addChapter asks for the title of a new chapter, and puts it behind another with those under it.
func (t *writingTab) addChapter(below int64) {
	w := t.w
	if t.doc == nil || !w.writable() {
		return
	}
	p := w.printer
	at, level, doc := len(t.doc.Chapters), 1, t.doc.ID
	if i := t.doc.Find(below); i >= 0 {
		at, level = i+t.doc.Family(i), t.doc.Chapters[i].Level
	}
	ask.Line(w.win, p, p.T("write.chapter_add"), p.T("write.chapter_title"), "", p.T("write.add_yes"), func(title string) {
		t.edit(func(ctx context.Context, s *session.Session) error {
			id, err := s.AddChapter(ctx, doc, at, manuscript.Chapter{Title: title, Level: level})
			if err == nil {
				w.dispatch(func() { t.arrive(id) })
			}
			return err
		})
	})
}

// arrive opens a chapter that has just been made.
func (t *writingTab) arrive(id int64) {
	t.panel.Settle()
	t.chapter = id
	t.load()
}

// putBack are the parts of the standard document that can be put back.
func (t *writingTab) putBack() []fyne.MenuItem {
	var out []fyne.MenuItem
	doc := t.doc
	for _, c := range t.missing {
		out = append(out, *fyne.NewMenuItem(c.Title, func() {
			t.edit(func(ctx context.Context, s *session.Session) error {
				id, err := s.PutBackChapter(ctx, doc, c.Key)
				if err == nil {
					t.w.dispatch(func() { t.arrive(id) })
				}
				return err
			})
		}))
	}
	return out
}

// head changes what a chapter's heading says.
func (t *writingTab) head(id int64, fn func(c *manuscript.Chapter)) {
	if t.doc == nil {
		return
	}
	doc := t.doc.ID
	t.edit(func(ctx context.Context, s *session.Session) error {
		m, err := s.Manuscript(ctx, doc)
		if err != nil {
			return err
		}
		i := m.Find(id)
		if i < 0 {
			return i18n.Errorf("text.chapter_gone")
		}
		c := m.Chapters[i]
		fn(&c)
		return s.UpdateChapter(ctx, doc, c)
	})
}

func (t *writingTab) rename(id int64, title string) {
	t.head(id, func(c *manuscript.Chapter) { c.Title = title })
}

func (t *writingTab) level(id int64, by int) {
	t.head(id, func(c *manuscript.Chapter) { c.Level += by })
}

func (t *writingTab) hide(id int64, hidden bool) {
	t.head(id, func(c *manuscript.Chapter) { c.Hidden = hidden })
}

func (t *writingTab) number(id int64, plain bool) {
	t.head(id, func(c *manuscript.Chapter) { c.Plain = plain })
}

func (t *writingTab) paper(id int64, p manuscript.Page) {
	t.head(id, func(c *manuscript.Chapter) { c.Page = p })
}

// move gives a chapter another place.
func (t *writingTab) move(id int64, to int) {
	doc := t.document()
	t.edit(func(ctx context.Context, s *session.Session) error { return s.MoveChapter(ctx, doc, id, to) })
}

// removeChapter asks before a chapter is taken away.
func (t *writingTab) removeChapter(id int64) {
	w := t.w
	if t.doc == nil || !w.writable() {
		return
	}
	i, doc, p := t.doc.Find(id), t.doc.ID, w.printer
	if i < 0 {
		return
	}
	ask.Confirm(w.win, p, p.T("write.chapter_remove"), p.T("write.chapter_remove_text", t.doc.Chapters[i].Title), p.T("write.remove_yes"), func() {
		t.edit(func(ctx context.Context, s *session.Session) error { return s.RemoveChapter(ctx, doc, id) })
	})
}

// menu is what can be done with the documents.
func (t *writingTab) menu() *fyne.Menu {
	p, w := t.w.printer, t.w
	can, has := !w.state.readOnly, t.doc != nil
	item := func(key string, on bool, fn func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(p.T(key), fn)
		m.Disabled = !on
		return m
	}
	fresh := item("write.new", can, nil)
	fresh.ChildMenu = fyne.NewMenu("", t.kinds()...)
	for i := range t.templates {
		if i == 0 {
			fresh.ChildMenu.Items = append(fresh.ChildMenu.Items, fyne.NewMenuItemSeparator())
		}
		from := &t.templates[i]
		fresh.ChildMenu.Items = append(fresh.ChildMenu.Items, fyne.NewMenuItem(from.Title, func() { t.newDocument("", from) }))
	}
	return fyne.NewMenu("", fresh,
		item("write.new_file", can, t.askTemplate),
		fyne.NewMenuItemSeparator(),
		item("write.rename", can && has, t.askRename),
		item("write.head", has, t.askHead),
		item("write.keep_template", can && has, t.askKeepTemplate),
		item("write.export_template", has, t.askExportTemplate),
		fyne.NewMenuItemSeparator(),
		item("write.print", has && w.state.missing == "", w.askPlan),
		fyne.NewMenuItemSeparator(),
		item("write.remove", can && has, t.askRemove))
}

// kinds are the documents that can be made as the program proposes them.
func (t *writingTab) kinds() []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, k := range manuscript.Kinds() {
		out = append(out, fyne.NewMenuItem(t.w.printer.T("text.kind."+string(k)), func() { t.newDocument(k, nil) }))
	}
	return out
}

// newDocument makes a document as the program proposes it, or of a template.
func (t *writingTab) newDocument(k manuscript.Kind, from *manuscript.Manuscript) {
	t.make(func(ctx context.Context, s *session.Session) (*manuscript.Manuscript, error) {
		return s.NewText(ctx, k, from)
	})
}

// make makes a document and opens it.
func (t *writingTab) make(fn func(ctx context.Context, s *session.Session) (*manuscript.Manuscript, error)) {
	t.edit(func(ctx context.Context, s *session.Session) error {
		m, err := fn(ctx, s)
		if err == nil {
			t.w.dispatch(func() { t.chooseDocument(m.ID) })
		}
		return err
	})
}

// askTemplate asks for a template's file and makes a document of it.
func (t *writingTab) askTemplate() {
	w, p := t.w, t.w.printer
	opt := files.Options{Title: p.T("write.new_file"), Confirm: p.T("write.open_yes"), Kind: p.T("write.files"), Dir: w.beside(), Extensions: templateEndings}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) {
		t.make(func(ctx context.Context, s *session.Session) (*manuscript.Manuscript, error) {
			from, err := s.ReadTemplate(paths[0])
			if err != nil {
				return nil, err
			}
			return s.NewText(ctx, "", from)
		})
	})
}

// askRename asks for another title of the document.
func (t *writingTab) askRename() {
	w, p, doc := t.w, t.w.printer, t.doc
	ask.Line(w.win, p, p.T("write.rename"), p.T("write.title"), doc.Title, p.T("write.rename_yes"), func(title string) {
		t.edit(func(ctx context.Context, s *session.Session) error { return s.RenameManuscript(ctx, doc.ID, title) })
	})
}

// askHead shows the form of the first page.
func (t *writingTab) askHead() {
	w, doc := t.w, t.doc
	d := doc.Head.Decision
	if doc.Kind == manuscript.Serviceplan && d == (model.Decision{}) {
		w.askDetails() // a serviceplan has the project's own, until it is given another
		return
	}
	decision.Show(w.win, w.printer, d, w.state.readOnly, func(d model.Decision) {
		head := doc.Head
		head.Decision = d
		t.edit(func(ctx context.Context, s *session.Session) error { return s.SetManuscriptHead(ctx, doc.ID, head) })
	})
}

// askKeepTemplate asks what a template of the user's own is to be called, and keeps it.
func (t *writingTab) askKeepTemplate() {
	w, p, doc := t.w, t.w.printer, t.present()
	ask.Line(w.win, p, p.T("write.keep_template"), p.T("write.template_title"), doc.Title, p.T("write.keep_yes"), func(title string) {
		t.edit(func(ctx context.Context, s *session.Session) error { return s.SaveTemplate(ctx, doc, title, true) })
	})
}

// askExportTemplate asks where the document is written as a template, and writes it.
func (t *writingTab) askExportTemplate() {
	w, p, doc := t.w, t.w.printer, t.present()
	opt := files.Options{
		Title: p.T("write.export_template"), Confirm: p.T("ui.plan.write_yes"), Kind: p.T("write.files"), Dir: w.beside(),
		Name: doc.Title + templateEndings[0], Extensions: templateEndings,
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.edit(func(context.Context) error { return w.session.WriteTemplate(doc, path, true) })
	})
}

// askRemove asks before the document is taken away.
func (t *writingTab) askRemove() {
	w, p, doc := t.w, t.w.printer, t.doc
	ask.Confirm(w.win, p, p.T("write.remove"), p.T("write.remove_text", doc.Title), p.T("write.remove_yes"), func() {
		t.edit(func(ctx context.Context, s *session.Session) error { return s.RemoveManuscript(ctx, doc.ID) })
	})
}

// templateEndings are those of a template's file.
var templateEndings = []string{".nabarmall"}

// documentEndings are those of the files that a document can be written to.
var documentEndings = []string{".pdf", ".html", ".docx", ".xlsx"}

// askPrintDocument asks where the chosen document shall be written, and writes it.
func (w *Window) askPrintDocument(doc *manuscript.Manuscript) {
	p := w.printer
	opt := files.Options{
		Title: p.T("write.print"), Confirm: p.T("ui.plan.write_yes"), Kind: p.T("version.ui.files"), Dir: w.beside(),
		Name: p.T("write.file", doc.Title, w.state.kommun.Name) + documentEndings[0], Extensions: documentEndings,
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) { w.printDocument(doc, path) })
}

// printDocument writes a document to a file when all that has been written is kept, opens it, and tells what its writer should
// know.
func (w *Window) printDocument(doc *manuscript.Manuscript, path string) {
	p, t := w.printer, w.writing
	var said []i18n.Message
	w.work(i18n.M("write.job_print", doc.Title), func(ctx context.Context, progress model.Progress) (err error) {
		if t != nil {
			if err := t.desk.Flush(ctx); err != nil {
				return err
			}
		}
		said, err = w.session.ReportWith(ctx, path, session.ReportOptions{Document: strconv.FormatInt(doc.ID, 10)}, progress)
		return err
	}, func() {
		w.show(path, "ui.plan.done")
		if len(said) > 0 {
			var lines []string
			for _, m := range said {
				lines = append(lines, p.Text(m))
			}
			ask.Tell(w.win, p, p.T("write.remarks"), strings.Join(lines, "\n\n"))
		}
	})
}
