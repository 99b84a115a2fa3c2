package write

import (
	"bytes"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// row is a piece as it is seen and edited.
type row struct {
	e       *editor
	key     int
	block   manuscript.Block
	field   *field // nil where the piece has no text of its own
	grid    *grid  // of a table
	offered *fyne.Container
	stale   *fyne.Container
	object  fyne.CanvasObject
}

// gutter is the room before the text, with the button of what can be done with a piece.
const gutter = 30

func newRow(e *editor, p writing.Piece) *row {
	r := &row{e: e, key: p.Key, block: p.Block, offered: container.NewVBox(), stale: container.NewVBox()}
	r.offered.Hide()
	more := small(theme.MoreVerticalIcon(), nil)
	more.OnTapped = func() { popUp(e.w.win, more, r.menu()) }
	enable(more, !e.readOnly())
	edge := widgets.MinWidth(gutter, container.NewVBox(more))
	r.object = container.NewBorder(nil, nil, edge, nil, container.NewVBox(r.content(), r.offered, r.stale))
	return r
}

// content makes what is edited of the piece.
func (r *row) content() fyne.CanvasObject {
	p := r.e.w.p
	switch b := &r.block; b.Type {
	case manuscript.TableType:
		r.grid = newGrid(r)
		return r.grid.object
	case manuscript.LivingOne:
		return r.card()
	case manuscript.PageBreak:
		return widgets.Inset(look.Step1, 0, container.NewBorder(nil, nil, widgets.NewCaption(p.T("write.break")), nil, container.NewCenter(widgets.MinWidth(200, widget.NewSeparator()))))
	case manuscript.Heading:
		return r.text(p.T("write.type_heading", b.Level), []float32{18, 16.5, 15}[min(max(b.Level, 1), 3)-1], fyne.TextStyle{Bold: true})
	case manuscript.Quote:
		bar := widgets.MinSize(fyne.NewSize(3, 0), widgets.NewGround(theme.ColorNameInputBorder))
		return container.NewBorder(nil, nil, bar, nil, r.text(p.T("write.type_quote"), 0, fyne.TextStyle{Italic: true}))
	case manuscript.List:
		return r.text(p.T("write.type_list"), 0, fyne.TextStyle{})
	default:
		text := r.text(p.T("write.type_"+string(b.Style)), styleSize[b.Style], fyne.TextStyle{})
		if b.Style == manuscript.Body {
			return text
		}
		return container.NewVBox(widgets.Inset(0, look.Step2, widgets.NewCaption(p.T("write.type_"+string(b.Style)))), text)
	}
}

// styleSize are the sizes of letters that tell the styles of paragraphs apart.
var styleSize = map[manuscript.Style]float32{manuscript.Lead: 17, manuscript.Fine: 13}

// text makes the field of the piece's text.
func (r *row) text(label string, size float32, style fyne.TextStyle) fyne.CanvasObject {
	r.field = newField(r.e, label, r.e.desk.Text(r.key))
	r.field.TextStyle = style
	if r.block.Type == manuscript.Paragraph {
		r.field.PlaceHolder = r.e.w.p.T("write.placeholder")
	}
	r.field.fixed = r.e.readOnly()
	return container.NewThemeOverride(r.field, &paper{size})
}

// content of a living block without what the piece's own words are.
func bare(b *manuscript.Block) []byte {
	c := *b
	c.ID, c.Runs = 0, nil
	out, _ := json.Marshal(&c)
	return out
}

// follow shows a piece as it is by now. It says false where the row is of another form.
func (r *row) follow(p writing.Piece) bool {
	old := r.block
	if old.Type != p.Block.Type || old.Level != p.Block.Level || old.Style != p.Block.Style || old.Edited() != p.Block.Edited() {
		return false
	}
	if p.Block.Type == manuscript.LivingOne && !bytes.Equal(bare(&old), bare(&p.Block)) {
		return false
	}
	if r.grid != nil && !r.grid.follow(p.Block.Table) {
		return false
	}
	r.block = p.Block
	if r.field != nil && !same(&old, &p.Block) {
		r.field.replace(writing.Plain(r.e.w.state.Names, &p.Block))
	}
	return true
}

// same tells whether two blocks say the same.
func same(a, b *manuscript.Block) bool {
	x, y := *a, *b
	x.ID, y.ID = 0, 0
	return encode(&x) == encode(&y)
}

func encode(b *manuscript.Block) string {
	out, _ := json.Marshal(b)
	return string(out)
}

// holds tells whether a field is one of the row's.
func (r *row) holds(f *field) bool { return f == r.field || r.grid != nil && r.grid.holds(f) }

// keep takes up what has been written in a field.
func (r *row) keep(f *field) {
	if f == r.field {
		r.e.desk.Type(r.key, f.Text)
	} else if r.grid != nil {
		r.grid.keep(f)
	}
	r.refer()
}

// refer takes up the piece as it lies on the desk.
func (r *row) refer() {
	if p, ok := r.e.desk.Piece(r.key); ok {
		r.block = p.Block
	}
}

// focus gives the keyboard to the row, where it has something to write in.
func (r *row) focus(at int) bool {
	f := r.field
	if f == nil && r.grid != nil {
		f = r.grid.first(at < 0)
	}
	if f == nil {
		return false
	}
	r.e.w.win.Canvas().Focus(f)
	f.place(at)
	return true
}

// step goes to the cell above or below.
func (r *row) step(f *field, down bool) bool { return r.grid != nil && r.grid.step(f, down) }

// enter goes to the next row of a table.
func (r *row) enter(f *field) bool { return r.grid != nil && r.grid.enter(f) }

// offer shows something under the text, nil for nothing.
func (r *row) offer(o fyne.CanvasObject) {
	r.offered.Objects = nil
	if o != nil {
		r.offered.Objects = []fyne.CanvasObject{o}
	}
	if was := r.offered.Visible(); was != (o != nil) || o != nil {
		widgets.Show(r.offered, o != nil)
		r.e.grown()
	}
}

// mark shows what of the piece is stale, with the old and the new value.
func (r *row) mark() {
	var lines []fyne.CanvasObject
	p := r.e.w.p
	for _, s := range r.e.w.state.Stale {
		if s.Block != r.block.ID || s.Block == 0 {
			continue
		}
		key, yes := "write.stale_line", "write.update_one"
		if s.Edited {
			key, yes = "write.draft_line", "write.take_draft"
		}
		if !s.Edited && len(s.Old)+len(s.New) > shortLine {
			key = "write.stale_lines"
		}
		text := widgets.Wrapped(p.T(key, capital(s.Name), clipped(s.Old), clipped(s.New)))
		if s.Edited {
			text.SetText(p.T(key, s.New))
		}
		text.Importance = widget.WarningImportance
		take := widget.NewButton(p.T(yes), func() { r.e.w.actions.Update([]Stale{s}) })
		take.Importance = widget.LowImportance
		enable(take, !r.e.readOnly())
		lines = append(lines, container.NewBorder(nil, nil, nil, take, text))
	}
	if len(lines) == 0 && len(r.stale.Objects) == 0 {
		return
	}
	r.stale.Objects = lines
	r.stale.Refresh()
	r.e.grown()
}

// shortLine is how much of an old and a new value stands on one line, in bytes, and mostClipped how many letters of a value are told.
const (
	shortLine   = 60
	mostClipped = 160
)

// clipped ends a long text with an ellipsis.
func clipped(text string) string {
	if letters := []rune(text); len(letters) > mostClipped {
		return string(letters[:mostClipped-1]) + "…"
	}
	return text
}

// menu is what can be done with the piece.
func (r *row) menu() *fyne.Menu {
	p := r.e.w.p
	m := fyne.NewMenu("")
	item := func(key string, fn func()) *fyne.MenuItem {
		it := fyne.NewMenuItem(p.T(key), fn)
		m.Items = append(m.Items, it)
		return it
	}
	if writing.Textual(&r.block) {
		turn := item("write.turn", nil)
		turn.ChildMenu = fyne.NewMenu("")
		for _, k := range kinds {
			it := fyne.NewMenuItem(k.title(p), func() { r.turn(k) })
			it.Checked = k.is(&r.block)
			turn.ChildMenu.Items = append(turn.ChildMenu.Items, it)
		}
	}
	if r.block.Living != nil {
		item("write.replace_living", func() { r.e.pick(r) })
	}
	item("write.add_below", func() { r.e.insertBehind(r.key) })
	item("write.move_up", func() { r.e.move(r.key, -1) })
	item("write.move_down", func() { r.e.move(r.key, 1) })
	m.Items = append(m.Items, fyne.NewMenuItemSeparator())
	item("write.remove_piece", func() { r.e.remove(r.key) })
	return m
}

// turn makes the piece another type of text.
func (r *row) turn(k kind) {
	if r.field == nil || r.e.readOnly() {
		return
	}
	text := writing.Recast(r.field.Text, r.block.Type, k.block.Type, k.ordered)
	r.e.desk.Turn(r.key, k.block, text)
	r.e.rebuilt(r.key, -1)
}
