package write

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// editor is the text of the chosen chapter, piece by piece.
type editor struct {
	w       *Panel
	desk    *writing.Desk
	bar     *bar
	title   *widgets.Entry
	head    fyne.CanvasObject // the title with the room around it
	titled  string            // as it is kept
	rows    []*row
	box     *fyne.Container
	height  float32 // that the rows took together when they were laid out
	scroll  *container.Scroll
	empty   fyne.CanvasObject // what is seen where there is no document
	begin   *fyne.Container   // the documents that can be made
	now     *field            // that was written in last
	at      int               // key of the piece that was worked on last
	suggest *suggest
	object  fyne.CanvasObject
}

func newEditor(w *Panel, desk *writing.Desk) *editor {
	e := &editor{w: w, desk: desk, box: container.New(&columnLayout{}), begin: container.NewVBox()}
	e.empty = widgets.Inset(look.Step4, look.Step4, container.NewVBox(widgets.Wrapped(w.p.T("write.nothing")), container.NewHBox(e.begin)))
	e.bar = newBar(e)
	e.suggest = newSuggest(e)
	e.title = widgets.NewEntry("")
	e.title.TextStyle.Bold = true
	e.title.SetPlaceHolder(w.p.T("write.chapter_title"))
	e.title.OnSubmitted = func(string) {
		e.retitle()
		e.focusFirst()
	}
	e.title.OnEscape = func() { e.title.SetText(e.titled) }
	e.scroll = container.NewVScroll(widgets.Inset(look.Step2, look.Step3, e.box))
	e.head = widgets.Inset(look.Step1, look.Step3, container.NewThemeOverride(e.title, &paper{20}))
	e.object = container.NewBorder(container.NewVBox(e.bar.object, widget.NewSeparator(), e.head), nil, nil, nil, container.NewStack(e.scroll, e.empty))
	return e
}

// readOnly tells whether nothing can be written.
func (e *editor) readOnly() bool { return e.w.state.ReadOnly || e.w.state.Chapter == 0 }

// retitle gives the chapter the title that stands above the text.
func (e *editor) retitle() {
	if title := e.title.Text; title != e.titled && !e.readOnly() {
		e.titled = title
		e.w.actions.Rename(e.w.state.Chapter, title)
	}
}

// set shows another state; other tells that another chapter is to be seen.
func (e *editor) set(other bool) {
	title := ""
	if i := e.w.outline.chosen(); i >= 0 {
		title = e.w.state.Chapters[i].Title
	}
	if other {
		e.rows, e.now, e.at = nil, nil, 0
		e.suggest.hide()
		e.scroll.ScrollToTop()
	}
	if other || title != e.titled {
		e.titled = title
		e.title.SetText(title)
	}
	enable(e.title, !e.readOnly())
	widgets.Show(e.empty, e.w.state.Document == 0)
	widgets.Show(e.head, e.w.state.Chapter != 0)
	if len(e.begin.Objects) == 0 && e.w.state.Document == 0 && !e.w.state.ReadOnly {
		for _, item := range e.w.actions.New() {
			e.begin.Add(widget.NewButton(item.Label, item.Action))
		}
	}
	widgets.Show(e.scroll, e.w.state.Chapter != 0)
	e.sync()
	e.bar.follow()
}

// sync shows the pieces as they lie on the desk. Rows of pieces that are the same stay, with the caret in them.
func (e *editor) sync() {
	old := map[int]*row{}
	for _, r := range e.rows {
		old[r.key] = r
	}
	var rows []*row
	for _, p := range e.desk.Pieces() {
		r := old[p.Key]
		if r == nil || !r.follow(p) {
			r = newRow(e, p)
		}
		rows = append(rows, r)
	}
	changed := len(rows) != len(e.rows)
	for i := range rows {
		changed = changed || rows[i] != e.rows[i]
		rows[i].mark()
	}
	e.rows = rows
	if changed {
		e.lay()
	}
}

// lay puts the rows into the column, and the button that adds one behind them.
func (e *editor) lay() {
	e.box.Objects = nil
	for _, r := range e.rows {
		e.box.Objects = append(e.box.Objects, r.object)
	}
	if !e.readOnly() {
		add := widget.NewButtonWithIcon(e.w.p.T("write.add_paragraph"), theme.ContentAddIcon(), func() { e.insertBehind(e.lastKey()) })
		add.Importance = widget.LowImportance
		e.box.Objects = append(e.box.Objects, container.NewHBox(add))
	}
	e.box.Refresh()
}

func (e *editor) lastKey() int {
	if n := len(e.rows); n > 0 {
		return e.rows[n-1].key
	}
	return 0
}

// grown lays the column out anew after a row has got another height.
func (e *editor) grown() {
	if height := e.box.MinSize().Height; height != e.height {
		e.height = height
		e.box.Layout.Layout(e.box.Objects, e.box.Size())
		e.scroll.Refresh()
	}
}

// row finds the row of a piece.
func (e *editor) row(key int) *row {
	if i := e.find(key); i >= 0 {
		return e.rows[i]
	}
	return nil
}

func (e *editor) find(key int) int {
	return slices.IndexFunc(e.rows, func(r *row) bool { return r.key == key })
}

// index is the place of the piece that was worked on last.
func (e *editor) index() int { return max(e.find(e.at), 0) }

// focusFirst gives the keyboard to the piece that was written in last, or else the first.
func (e *editor) focusFirst() {
	if r := e.row(e.at); r != nil && r.focus(-1) {
		return
	}
	for _, r := range e.rows {
		at := -1
		if r.grid != nil {
			at = 0
		}
		if r.focus(at) {
			return
		}
	}
	if len(e.rows) == 0 && !e.readOnly() && e.w.state.Chapter != 0 {
		e.insertBehind(0)
	}
}

// focus gives the keyboard to a piece, with the caret at a letter; below 0 is the end.
func (e *editor) focus(key, at int) {
	if r := e.row(key); r != nil {
		r.focus(at)
	}
}

// changed tells that the text is another.
func (e *editor) changed() {
	e.w.actions.Changed()
	e.w.comments.set()
	e.w.titles()
}

// rebuilt shows what has been done to the pieces, and puts the caret there.
func (e *editor) rebuilt(key, at int) {
	e.sync()
	e.focus(key, at)
	e.changed()
}

// insertBehind begins a new paragraph.
func (e *editor) insertBehind(key int) {
	if e.readOnly() {
		return
	}
	made := e.desk.Insert(key, manuscript.Block{Type: manuscript.Paragraph})
	e.sync()
	e.focus(made, 0)
}

// put puts a block behind the piece that was worked on last; an empty paragraph gives way to it.
func (e *editor) put(b manuscript.Block) {
	if e.readOnly() {
		return
	}
	key := e.at
	if e.find(key) < 0 {
		key = e.lastKey()
	}
	made := e.desk.InsertAll(key, []manuscript.Block{b})
	e.at = made
	e.rebuilt(made, 0)
}

// typed takes up what has been written in the text of a piece.
func (e *editor) typed(f *field) {
	r := e.rowOf(f)
	if r == nil || e.readOnly() {
		return
	}
	if r.block.Type == manuscript.Paragraph && f == r.field {
		if to, rest, ok := writing.Opening(f.Text); ok {
			e.desk.Turn(r.key, to, rest)
			e.rebuilt(r.key, -1)
			return
		}
	}
	r.keep(f)
	e.suggest.follow(f)
	e.grown()
	e.changed()
}

// rowOf is the row that a field belongs to.
func (e *editor) rowOf(f *field) *row {
	for _, r := range e.rows {
		if r.holds(f) {
			return r
		}
	}
	return nil
}

// entered follows the keyboard to a field.
func (e *editor) entered(f *field) {
	r := e.rowOf(f)
	if r == nil {
		return
	}
	other := e.at != r.key
	e.now, e.at = f, r.key
	e.bar.follow()
	e.reveal(r)
	if other {
		e.suggest.hide()
		e.w.actions.Caret()
	}
}

// reveal scrolls so far that a row is seen.
func (e *editor) reveal(r *row) {
	top, height, view := r.object.Position().Y, r.object.Size().Height, e.scroll.Size().Height
	y := e.scroll.Offset.Y
	switch {
	case top < y || height > view:
		y = min(top, max(y, top+height-view))
	case top+height > y+view:
		y = top + height - view + look.Step4
	default:
		return
	}
	e.scroll.ScrollToOffset(fyne.NewPos(0, max(y, 0)))
}

// moved follows the caret.
func (e *editor) moved(f *field) { e.suggest.follow(f) }

// tab tells whether Tab moves an item of a list.
func (e *editor) tab(f *field) bool {
	r := e.rowOf(f)
	return e.suggest.open() || r != nil && r.block.Type == manuscript.List && f.SelectedText() == "" && writing.AtItem(f.passage())
}

// key does what a key does that reaches beyond a text.
func (e *editor) key(f *field, name fyne.KeyName, shift bool) bool {
	if e.suggest.key(f, name) {
		return true
	}
	r := e.rowOf(f)
	if r == nil {
		return false
	}
	switch name {
	case fyne.KeyEscape:
		e.w.win.Canvas().Focus(e.w.outline)
		return true
	case fyne.KeyUp, fyne.KeyDown:
		return !shift && e.step(r, f, name == fyne.KeyDown)
	case fyne.KeyReturn, fyne.KeyEnter:
		return !shift && !e.readOnly() && e.enter(r, f)
	case fyne.KeyTab:
		if r.block.Type == manuscript.List && !e.readOnly() {
			f.show(writing.Indent(f.passage(), !shift))
			return true
		}
	case fyne.KeyBackspace:
		return !e.readOnly() && f == r.field && f.SelectedText() == "" && f.CursorTextOffset() == 0 && e.back(r)
	case fyne.KeyDelete:
		if f == r.field && !e.readOnly() && f.SelectedText() == "" && f.CursorTextOffset() == len([]rune(f.Text)) {
			return e.forward(r)
		}
	}
	return false
}

// step goes on to the text above or below where the caret is at the edge of this one.
func (e *editor) step(r *row, f *field, down bool) bool {
	if down && !f.last() || !down && !f.first() || f.SelectedText() != "" {
		return false
	}
	if r.step(f, down) {
		return true
	}
	for i := e.find(r.key); ; {
		if down {
			i++
		} else {
			i--
		}
		if i < 0 {
			e.w.win.Canvas().Focus(e.title)
			return true
		}
		if i >= len(e.rows) {
			return true
		}
		at := -1
		if down {
			at = 0
		}
		if e.rows[i].focus(at) {
			return true
		}
	}
}

// enter begins a new piece behind the caret, or a new item of a list.
func (e *editor) enter(r *row, f *field) bool {
	if f != r.field {
		return r.enter(f)
	}
	p := f.passage()
	if r.block.Type == manuscript.List {
		next, done := writing.NextItem(p)
		if done {
			e.desk.Type(r.key, next.Text)
			made := e.desk.Insert(r.key, manuscript.Block{Type: manuscript.Paragraph})
			if next.Text == "" {
				e.desk.Remove(r.key)
			}
			e.rebuilt(made, 0)
			return true
		}
		f.show(next)
		return true
	}
	if p.From != p.To {
		p = p.Replace("")
		e.desk.Type(r.key, p.Text)
	}
	e.rebuilt(e.desk.Split(r.key, p), 0)
	return true
}

// back joins a piece with the one before it. A heading or list becomes a paragraph first.
func (e *editor) back(r *row) bool {
	if r.block.Type != manuscript.Paragraph || r.block.Style != manuscript.Body {
		e.desk.Turn(r.key, manuscript.Block{Type: manuscript.Paragraph}, writing.Recast(r.field.Text, r.block.Type, manuscript.Paragraph, false))
		e.rebuilt(r.key, 0)
		return true
	}
	if key, at := e.desk.Join(r.key); key != 0 {
		e.rebuilt(key, at)
		return true
	}
	if r.field.Text == "" && len(e.rows) > 1 {
		e.rebuilt(e.desk.Remove(r.key), -1)
	}
	return true
}

// forward joins a piece with the one behind it.
func (e *editor) forward(r *row) bool {
	i := e.find(r.key)
	if i+1 >= len(e.rows) {
		return true
	}
	if key, at := e.desk.Join(e.rows[i+1].key); key != 0 {
		e.rebuilt(key, at)
	}
	return true
}

// shortcut does what keys with Ctrl or Alt do.
func (e *editor) shortcut(f *field, s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		e.undo()
		return true
	case *fyne.ShortcutRedo:
		e.redo()
		return true
	case *fyne.ShortcutPaste:
		return !e.readOnly() && e.paste(f, s.Clipboard.Content())
	case *desktop.CustomShortcut:
		return !e.readOnly() && e.command(s)
	}
	return false
}

// command does what a key with Ctrl or Alt stands for.
func (e *editor) command(s *desktop.CustomShortcut) bool {
	if s.Modifier == fyne.KeyModifierAlt && (s.KeyName == fyne.KeyUp || s.KeyName == fyne.KeyDown) {
		by := 1
		if s.KeyName == fyne.KeyUp {
			by = -1
		}
		e.move(e.at, by)
		return true
	}
	for _, c := range e.bar.commands {
		if c.key == s.KeyName && s.Modifier == fyne.KeyModifierShortcutDefault|c.more && c.key != "" {
			c.do()
			return true
		}
	}
	return false
}

// move moves a piece past its neighbour.
func (e *editor) move(key, by int) {
	at := -1
	if e.now != nil {
		at = e.now.CursorTextOffset()
	}
	e.desk.Move(key, by)
	e.rebuilt(key, at)
}

// paste takes a text from elsewhere: one of several lines becomes pieces of its own.
func (e *editor) paste(f *field, text string) bool {
	blocks := writing.Pasted(e.w.state.Names, text)
	r := e.rowOf(f)
	if r == nil || f != r.field || r.block.Type == manuscript.List || len(blocks) < 2 {
		return false
	}
	key := r.key
	if p := f.passage(); p.To < len([]rune(p.Text)) && p.To > 0 {
		e.desk.Split(key, p)
	}
	made := e.desk.InsertAll(key, blocks)
	e.rebuilt(made, -1)
	return true
}

// remove takes a piece away.
func (e *editor) remove(key int) {
	e.rebuilt(e.desk.Remove(key), -1)
}

func (e *editor) undo() { e.w.actions.Undo() }
func (e *editor) redo() { e.w.actions.Redo() }

// columnLayout puts the rows under each other, each as high as it needs at the column's width.
type columnLayout struct{ width float32 }

func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, h))
		if fresh := o.MinSize().Height; fresh != h { // text that is wrapped knows its height when it knows its width
			h = fresh
			o.Resize(fyne.NewSize(size.Width, h))
		}
		y += h + look.Step1
	}
}

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(200, 0)
	for _, o := range objects {
		if o.Visible() {
			size.Height += o.MinSize().Height + look.Step1
		}
	}
	return size
}
