package write

import (
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// documents is the choice of the document, with what can be done with it.
type documents struct {
	w      *Panel
	choice *widget.Select
	more   *widget.Button
	quiet  bool
	object fyne.CanvasObject
}

func newDocuments(w *Panel) *documents {
	d := &documents{w: w}
	d.choice = widget.NewSelect(nil, func(string) {
		if i := d.choice.SelectedIndex(); !d.quiet && i >= 0 {
			w.actions.Document(w.state.Documents[i].ID)
		}
	})
	d.choice.PlaceHolder = w.p.T("write.no_document")
	d.more = widget.NewButtonWithIcon(w.p.T("write.documents"), theme.MenuIcon(), nil)
	d.more.Importance = widget.LowImportance
	d.more.OnTapped = func() { popUp(w.win, d.more, w.actions.Menu()) }
	d.object = widgets.Inset(look.Step2, look.Step2, container.NewVBox(
		container.NewBorder(nil, nil, widgets.NewHeading(w.p.T("write.document")), d.more), d.choice))
	return d
}

func (d *documents) set() {
	s := &d.w.state
	var titles []string
	chosen := -1
	for i, doc := range s.Documents {
		titles = append(titles, doc.Title)
		if doc.ID == s.Document {
			chosen = i
		}
	}
	d.quiet = true
	d.choice.SetOptions(titles)
	if chosen >= 0 {
		d.choice.SetSelectedIndex(chosen)
	} else {
		d.choice.ClearSelected()
	}
	d.quiet = false
}

// popUp shows a menu under something.
func popUp(win fyne.Window, under fyne.CanvasObject, m *fyne.Menu) {
	widget.ShowPopUpMenuAtRelativePosition(m, win.Canvas(), fyne.NewPos(0, under.Size().Height), under)
}

// outline is the list of chapters: chosen by click or arrows, dragged or moved by Alt and arrows.
type outline struct {
	widget.BaseWidget
	w       *Panel
	rows    []*outlineRow
	focused bool
	dragged float32 // how far the chosen chapter has been dragged
	from    int     // row that is dragged, -1 for none
	scroll  *container.Scroll
	buttons fyne.CanvasObject
	edits   []*widget.Button
}

const outlineHeight = 28

func newOutline(w *Panel) *outline {
	o := &outline{w: w, from: -1}
	o.ExtendBaseWidget(o)
	o.scroll = container.NewVScroll(o)
	button := func(icon fyne.Resource, fn func()) *widget.Button {
		b := small(icon, fn)
		o.edits = append(o.edits, b)
		return b
	}
	more := button(theme.MoreHorizontalIcon(), nil)
	more.OnTapped = func() { popUp(w.win, more, o.menu()) }
	add := widget.NewButtonWithIcon(w.p.T("write.chapter_add"), theme.ContentAddIcon(), func() { w.actions.Add(w.state.Chapter) })
	add.Importance = widget.LowImportance
	o.edits = append(o.edits, add)
	o.buttons = container.NewVBox(widget.NewSeparator(), container.NewHBox(add,
		button(theme.MoveUpIcon(), func() { o.move(-1) }), button(theme.MoveDownIcon(), func() { o.move(1) }), more))
	return o
}

// set shows the chapters of the state.
func (o *outline) set() {
	o.rows = nil
	for i := range o.w.state.Chapters {
		o.rows = append(o.rows, newOutlineRow(o, &o.w.state.Chapters[i]))
	}
	for _, b := range o.edits {
		enable(b, !o.w.state.ReadOnly && o.w.state.Document != 0)
	}
	o.Refresh()
	o.scroll.Refresh()
}

// chosen is the index of the chosen chapter, -1 for none.
func (o *outline) chosen() int {
	return slices.IndexFunc(o.w.state.Chapters, func(c Chapter) bool { return c.ID == o.w.state.Chapter })
}

// choose opens the chapter of a row.
func (o *outline) choose(i int) {
	if all := o.w.state.Chapters; i >= 0 && i < len(all) && all[i].ID != o.w.state.Chapter {
		o.w.actions.Chapter(all[i].ID)
	}
}

// family is how many chapters from a row on belong together.
func (o *outline) family(i int) int {
	all := o.w.state.Chapters
	n := 1
	for i+n < len(all) && all[i+n].Level > all[i].Level {
		n++
	}
	return n
}

// move moves the chosen chapter, with those under it, past its neighbours of the same level.
func (o *outline) move(by int) {
	i, all := o.chosen(), o.w.state.Chapters
	if i < 0 || o.w.state.ReadOnly {
		return
	}
	if by > 0 {
		next := i + o.family(i)
		if next < len(all) {
			o.w.actions.Move(all[i].ID, i+o.family(next))
		}
		return
	}
	to := i - 1
	for to > 0 && all[to].Level > all[i].Level {
		to--
	}
	if i > 0 {
		o.w.actions.Move(all[i].ID, to)
	}
}

// level makes the chosen chapter a part of the one before, or lifts it out.
func (o *outline) level(by int) {
	if i := o.chosen(); i >= 0 && !o.w.state.ReadOnly {
		o.w.actions.Level(o.w.state.Chapters[i].ID, by)
	}
}

// rename asks for another title.
func (o *outline) rename() {
	i := o.chosen()
	if i < 0 || o.w.state.ReadOnly {
		return
	}
	c, p := o.w.state.Chapters[i], o.w.p
	ask.Line(o.w.win, p, p.T("write.chapter_rename"), p.T("write.chapter_title"), c.Title, p.T("write.rename_yes"), func(title string) {
		o.w.actions.Rename(c.ID, title)
	})
}

// menu is what can be done with the chosen chapter.
func (o *outline) menu() *fyne.Menu {
	p, a := o.w.p, &o.w.actions
	m := fyne.NewMenu("")
	i := o.chosen()
	item := func(key string, fn func()) *fyne.MenuItem {
		it := fyne.NewMenuItem(p.T(key), fn)
		it.Disabled = i < 0
		m.Items = append(m.Items, it)
		return it
	}
	var c Chapter
	if i >= 0 {
		c = o.w.state.Chapters[i]
	}
	item("write.chapter_rename", o.rename)
	item("write.chapter_in", func() { o.level(1) })
	item("write.chapter_out", func() { o.level(-1) })
	hide := item("write.chapter_hide", func() { a.Hide(c.ID, !c.Hidden) })
	hide.Checked = c.Hidden
	plain := item("write.chapter_plain", func() { a.Number(c.ID, !c.Plain) })
	plain.Checked = c.Plain
	page := item("write.chapter_page", nil)
	page.ChildMenu = fyne.NewMenu("")
	for _, of := range []manuscript.Page{manuscript.Portrait, manuscript.Landscape, manuscript.A3} {
		it := fyne.NewMenuItem(p.T("write.page_"+string(of)), func() { a.Page(c.ID, of) })
		it.Checked = c.Page == of
		page.ChildMenu.Items = append(page.ChildMenu.Items, it)
	}
	m.Items = append(m.Items, fyne.NewMenuItemSeparator())
	back := item("write.put_back", nil)
	back.ChildMenu = fyne.NewMenu("")
	for _, it := range a.PutBack() {
		back.ChildMenu.Items = append(back.ChildMenu.Items, &it)
	}
	back.Disabled = len(back.ChildMenu.Items) == 0
	if back.Disabled {
		back.ChildMenu = nil
	}
	item("write.chapter_remove", func() { a.Remove(c.ID) })
	return m
}

// FocusGained is Fyne's hook.
func (o *outline) FocusGained() { o.light(true) }

// FocusLost is Fyne's hook.
func (o *outline) FocusLost() { o.light(false) }

func (o *outline) light(on bool) {
	o.focused = on
	o.Refresh()
}

// TypedRune is Fyne's hook.
func (o *outline) TypedRune(rune) {}

// TypedKey goes from chapter to chapter.
func (o *outline) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		o.choose(o.chosen() - 1)
	case fyne.KeyDown:
		o.choose(o.chosen() + 1)
	case fyne.KeyHome:
		o.choose(0)
	case fyne.KeyEnd:
		o.choose(len(o.rows) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		o.w.editor.focusFirst()
	case fyne.KeyF2:
		o.rename()
	case fyne.KeyDelete:
		if i := o.chosen(); i >= 0 && !o.w.state.ReadOnly {
			o.w.actions.Remove(o.w.state.Chapters[i].ID)
		}
	}
}

// TypedShortcut moves the chosen chapter by Alt and arrows.
func (o *outline) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutUndo:
		o.w.editor.undo()
	case *fyne.ShortcutRedo:
		o.w.editor.redo()
	}
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return
	}
	if c.Modifier != fyne.KeyModifierAlt {
		if !o.w.editor.readOnly() {
			o.w.editor.command(c)
		}
		return
	}
	switch c.KeyName {
	case fyne.KeyUp:
		o.move(-1)
	case fyne.KeyDown:
		o.move(1)
	case fyne.KeyRight:
		o.level(1)
	case fyne.KeyLeft:
		o.level(-1)
	}
}

// at is the row at a height.
func (o *outline) at(y float32) int { return int(y / outlineHeight) }

// Tapped chooses a chapter.
func (o *outline) Tapped(ev *fyne.PointEvent) {
	o.w.win.Canvas().Focus(o)
	o.choose(o.at(ev.Position.Y))
}

// DoubleTapped gives it another title.
func (o *outline) DoubleTapped(*fyne.PointEvent) { o.rename() }

// TappedSecondary shows what can be done with a chapter.
func (o *outline) TappedSecondary(ev *fyne.PointEvent) {
	o.choose(o.at(ev.Position.Y))
	if !o.w.state.ReadOnly {
		widget.ShowPopUpMenuAtPosition(o.menu(), o.w.win.Canvas(), ev.AbsolutePosition)
	}
}

// Dragged carries a chapter.
func (o *outline) Dragged(ev *fyne.DragEvent) {
	if o.w.state.ReadOnly {
		return
	}
	if o.from < 0 {
		if o.from = o.at(ev.Position.Y - ev.Dragged.DY); o.from >= len(o.rows) {
			o.from = -1
			return
		}
	}
	o.dragged += ev.Dragged.DY
	o.Refresh()
}

// DragEnd puts it down between two others.
func (o *outline) DragEnd() {
	from, to := o.from, o.target()
	o.from, o.dragged = -1, 0
	o.Refresh()
	if from < 0 || to < 0 {
		return
	}
	n := o.family(from)
	if to > from && to <= from+n {
		return
	}
	if to > from {
		to -= n
	}
	if to != from {
		o.w.actions.Move(o.w.state.Chapters[from].ID, to)
	}
}

// target is the row before which what is dragged would come to stand, -1 where nothing is dragged.
func (o *outline) target() int {
	if o.from < 0 {
		return -1
	}
	by := int(math.Round(float64(o.dragged / outlineHeight)))
	if by > 0 {
		by++
	}
	return min(max(o.from+by, 0), len(o.rows))
}

// AccessibilityLabel says what is chosen.
func (o *outline) AccessibilityLabel() string {
	if i := o.chosen(); i >= 0 {
		return o.w.p.T("write.outline_at", o.rows[i].words())
	}
	return o.w.p.T("write.outline")
}

// AccessibilityRole is Fyne's hook.
func (o *outline) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is Fyne's hook.
func (o *outline) CreateRenderer() fyne.WidgetRenderer {
	r := &outlineRenderer{o: o, mark: canvas.NewRectangle(nil), drop: canvas.NewRectangle(nil)}
	r.build()
	return r
}

// outlineRow is what is seen of a chapter.
type outlineRow struct {
	o                   *outline
	c                   Chapter
	number, title, note *canvas.Text
}

func newOutlineRow(o *outline, c *Chapter) *outlineRow {
	r := &outlineRow{o: o, c: *c}
	r.number, r.title, r.note = canvas.NewText(c.Number, nil), canvas.NewText(c.Title, nil), canvas.NewText("", nil)
	var said []string
	if c.Stale > 0 {
		said = append(said, o.w.p.T("write.stale_short", c.Stale))
	}
	if c.Comments > 0 {
		said = append(said, o.w.p.T("write.comments_short", c.Comments))
	}
	if c.Hidden {
		said = append(said, o.w.p.T("write.hidden_short"))
	}
	r.note.Text = strings.Join(said, " · ")
	r.note.Alignment = fyne.TextAlignTrailing
	return r
}

// words say the row.
func (r *outlineRow) words() string {
	return strings.TrimSpace(strings.Join([]string{r.c.Number, r.c.Title, r.note.Text}, " "))
}

type outlineRenderer struct {
	o          *outline
	mark, drop *canvas.Rectangle
	objects    []fyne.CanvasObject
}

// build gathers what is seen.
func (r *outlineRenderer) build() {
	r.objects = []fyne.CanvasObject{r.mark}
	for _, row := range r.o.rows {
		r.objects = append(r.objects, row.number, row.title, row.note)
	}
	r.objects = append(r.objects, r.drop)
}

func (r *outlineRenderer) Layout(size fyne.Size) {
	r.mark.Hide()
	chosen := r.o.chosen()
	for i, row := range r.o.rows {
		y := float32(i) * outlineHeight
		row.paint(i == chosen)
		x := look.Step2 + float32(row.c.Level-1)*look.Step4
		note := row.note.MinSize().Width
		number := float32(0)
		if row.c.Number != "" {
			number = row.number.MinSize().Width + look.Step2
		}
		middle(row.number, x, y, number)
		room := size.Width - x - number - note - look.Step4
		row.title.Text = widgets.Fit(row.c.Title, theme.SizeNameText, room)
		middle(row.title, x+number, y, room)
		middle(row.note, size.Width-note-look.Step2, y, note)
		if i == chosen {
			r.mark.Show()
			r.mark.Move(fyne.NewPos(look.Step1, y+1))
			r.mark.Resize(fyne.NewSize(size.Width-2*look.Step1, outlineHeight-2))
		}
	}
	r.mark.FillColor, r.mark.CornerRadius = theme.Color(theme.ColorNameSelection), 4
	r.mark.StrokeColor, r.mark.StrokeWidth = theme.Color(theme.ColorNamePrimary), 0
	if r.o.focused {
		r.mark.StrokeWidth = 1.5
	}
	to := r.o.target()
	widgets.Show(r.drop, to >= 0)
	r.drop.FillColor = theme.Color(theme.ColorNamePrimary)
	r.drop.Move(fyne.NewPos(look.Step2, float32(to)*outlineHeight-1))
	r.drop.Resize(fyne.NewSize(size.Width-2*look.Step2, 2))
}

// paint gives the texts of a row their colours.
func (r *outlineRow) paint(chosen bool) {
	r.title.Color, r.number.Color, r.note.Color = theme.Color(theme.ColorNameForeground), theme.Color(look.ColorNameMuted), theme.Color(look.ColorNameMuted)
	if r.c.Hidden {
		r.title.Color = theme.Color(theme.ColorNameDisabled)
	}
	if r.c.Stale > 0 {
		r.note.Color = theme.Color(theme.ColorNameWarning)
	}
	r.title.TextStyle.Bold = r.c.Level == 1
	for _, t := range []*canvas.Text{r.title, r.number} {
		t.TextSize = theme.Size(theme.SizeNameText)
	}
	r.note.TextSize = theme.Size(theme.SizeNameCaptionText)
}

// middle puts a text in the middle of its row.
func middle(t *canvas.Text, x, y, width float32) {
	h := t.MinSize().Height
	t.Move(fyne.NewPos(x, y+(outlineHeight-h)/2))
	t.Resize(fyne.NewSize(width, h))
}

func (r *outlineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, float32(len(r.o.rows))*outlineHeight)
}

func (r *outlineRenderer) Refresh() {
	r.build()
	r.Layout(r.o.Size())
	canvas.Refresh(r.o)
}

func (r *outlineRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *outlineRenderer) Destroy() {}
