package write

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// comments lists what has been said about the text of the chapter. It is never printed.
type comments struct {
	w      *Panel
	box    *fyne.Container
	count  int
	shown  []said
	object fyne.CanvasObject
}

// said is a comment where it stands.
type said struct {
	key, number int
	note        writing.Note
}

func newComments(w *Panel) *comments {
	c := &comments{w: w, box: container.NewVBox()}
	c.object = container.NewVScroll(widgets.Inset(look.Step2, look.Step2, c.box))
	return c
}

// open is how many are not answered.
func (c *comments) open() int { return c.count }

// set lists the comments as they are now.
func (c *comments) set() {
	var all []said
	if c.w.state.Chapter != 0 {
		c.w.editor.desk.Remarks(func(key, number int, n writing.Note) { all = append(all, said{key, number, n}) })
	}
	same := len(all) == len(c.shown) && len(c.box.Objects) > 0
	for i := range all {
		same = same && all[i] == c.shown[i]
	}
	if same {
		return
	}
	c.shown, c.count = all, 0
	c.box.Objects = nil
	for _, s := range all {
		if !s.note.Resolved {
			c.count++
		}
		c.box.Add(c.line(s))
	}
	if len(all) == 0 {
		c.box.Add(widgets.Note(c.w.p.T("write.no_comments")))
	}
	c.box.Refresh()
}

// line shows a comment with what can be done about it.
func (c *comments) line(s said) fyne.CanvasObject {
	p, e := c.w.p, c.w.editor
	author := s.note.Author
	if author == "" {
		author = p.T("write.nobody")
	}
	head := widgets.NewText(author)
	head.Style.Bold = true
	text := widgets.Wrapped(s.note.Text)
	change := func(to *manuscript.Comment) {
		e.desk.Change(s.key, func(_ *manuscript.Names, b *manuscript.Block) { writing.Answer(b, s.number, to) })
		e.rebuilt(s.key, -1)
	}
	answer := "write.resolve"
	if s.note.Resolved {
		answer = "write.reopen"
		text.Importance = widget.LowImportance
	}
	turned := s.note.Comment
	turned.Resolved = !turned.Resolved
	button := func(key string, fn func()) *widget.Button {
		b := widget.NewButton(p.T(key), fn)
		b.Importance = widget.LowImportance
		enable(b, key == "write.go_to" || !c.w.state.ReadOnly)
		return b
	}
	return container.NewVBox(head, widgets.Note(p.T("write.quoted", s.note.About)), text, container.NewHBox(
		button("write.go_to", func() { e.focus(s.key, -1) }),
		button(answer, func() { change(&turned) }),
		button("write.comment_remove", func() { change(nil) })), widget.NewSeparator())
}

// review lists what in the document is not as the figures say, and what can't be printed as it is written.
type review struct {
	w      *Panel
	box    *fyne.Container
	all    *widget.Button
	object fyne.CanvasObject
}

func newReview(w *Panel) *review {
	r := &review{w: w, box: container.NewVBox()}
	r.all = widget.NewButton(w.p.T("write.update_all"), func() { w.actions.Update(nil) })
	r.object = container.NewBorder(widgets.Inset(look.Step2, look.Step2, container.NewHBox(r.all)), nil, nil, nil,
		container.NewVScroll(widgets.Inset(0, look.Step2, r.box)))
	return r
}

// set lists it.
func (r *review) set() {
	p := r.w.p
	r.box.Objects = nil
	some := false
	for _, s := range r.w.state.Stale {
		some = some || !s.Edited
		r.box.Add(r.line(s))
	}
	enable(r.all, some && !r.w.state.ReadOnly)
	for _, text := range r.w.state.Remarks {
		label := widgets.Wrapped(text)
		label.Importance = widget.WarningImportance
		r.box.Add(label)
	}
	if len(r.box.Objects) == 0 {
		r.box.Add(widgets.Note(p.T("write.all_fresh")))
	}
	r.box.Refresh()
}

// line shows something stale with its old and new value.
func (r *review) line(s Stale) fyne.CanvasObject {
	p := r.w.p
	name := widgets.Wrapped(capital(s.Name))
	name.TextStyle.Bold = true
	yes, was, now := "write.update_one", "write.was", "write.now"
	if s.Edited {
		yes, was, now = "write.take_draft", "write.draft_was", "write.draft_now"
	}
	take := widget.NewButton(p.T(yes), func() { r.w.actions.Update([]Stale{s}) })
	take.Importance = widget.LowImportance
	enable(take, !r.w.state.ReadOnly)
	to := widget.NewButton(p.T("write.go_to"), func() { r.w.goTo(s.Chapter, s.Block) })
	to.Importance = widget.LowImportance
	return container.NewVBox(name, widgets.NewCaption(s.Where), widgets.Wrapped(p.T(was, clipped(s.Old))), widgets.Wrapped(p.T(now, clipped(s.New))),
		container.NewHBox(to, take), widget.NewSeparator())
}

// goTo puts the caret into a block, in another chapter when that has been opened.
func (w *Panel) goTo(chapter, block int64) {
	w.goal = block
	if chapter != w.state.Chapter {
		w.actions.Chapter(chapter)
		return
	}
	w.arrive()
}

// arrive puts the caret into the block that is to be gone to, where it is there.
func (w *Panel) arrive() {
	for _, r := range w.editor.rows {
		if w.goal == 0 || r.block.ID != w.goal {
			continue
		}
		w.goal, w.editor.at = 0, r.key
		if !r.focus(-1) {
			w.editor.reveal(r)
			w.actions.Caret()
		}
	}
}
