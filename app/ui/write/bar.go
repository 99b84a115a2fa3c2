package write

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model/manuscript"
)

// kind is a type of text that a piece can be.
type kind struct {
	key     string
	block   manuscript.Block
	ordered bool
}

// kinds are those that a piece can be turned into.
var kinds = []kind{
	{"write.type_", manuscript.Block{Type: manuscript.Paragraph}, false},
	{"write.type_heading1", manuscript.Block{Type: manuscript.Heading, Level: 1}, false},
	{"write.type_heading2", manuscript.Block{Type: manuscript.Heading, Level: 2}, false},
	{"write.type_heading3", manuscript.Block{Type: manuscript.Heading, Level: 3}, false},
	{"write.type_bullets", manuscript.Block{Type: manuscript.List}, false},
	{"write.type_numbers", manuscript.Block{Type: manuscript.List}, true},
	{"write.type_quote", manuscript.Block{Type: manuscript.Quote}, false},
	{"write.type_lead", manuscript.Block{Type: manuscript.Paragraph, Style: manuscript.Lead}, false},
	{"write.type_note", manuscript.Block{Type: manuscript.Paragraph, Style: manuscript.Remark}, false},
	{"write.type_fine", manuscript.Block{Type: manuscript.Paragraph, Style: manuscript.Fine}, false},
	{"write.type_proposal", manuscript.Block{Type: manuscript.Paragraph, Style: manuscript.Proposal}, false},
}

func (k *kind) title(p *i18n.Printer) string { return p.T(k.key) }

// is tells whether a block is of the kind.
func (k *kind) is(b *manuscript.Block) bool {
	if b.Type != k.block.Type || b.Style != k.block.Style || b.Type == manuscript.Heading && b.Level != k.block.Level {
		return false
	}
	return b.Type != manuscript.List || len(b.Items) > 0 && b.Items[0].Ordered == k.ordered
}

// command is something that can be done at the caret.
type command struct {
	name string
	key  fyne.KeyName
	more fyne.KeyModifier
	do   func()
}

// bar is the row of buttons above the text.
type bar struct {
	e        *editor
	kind     *widget.Select
	buttons  []*widget.Button
	commands []command
	quiet    bool
	object   fyne.CanvasObject
}

const kindWidth = 150

func newBar(e *editor) *bar {
	b := &bar{e: e}
	p := e.w.p
	var names []string
	for i := range kinds {
		names = append(names, kinds[i].title(p))
	}
	b.kind = widget.NewSelect(names, func(string) {
		i := b.kind.SelectedIndex()
		if r := e.row(e.at); !b.quiet && i >= 0 && r != nil {
			r.turn(kinds[i])
		}
	})
	b.kind.PlaceHolder = p.T("write.kind")
	b.commands = []command{
		{"write.bold", fyne.KeyB, 0, func() { b.style(writing.Bold) }},
		{"write.italic", fyne.KeyI, 0, func() { b.style(writing.Italic) }},
		{"write.link", fyne.KeyK, 0, b.askLink},
		{"write.footnote", fyne.KeyF, fyne.KeyModifierAlt, b.askFootnote},
		{"write.comment", fyne.KeyM, fyne.KeyModifierAlt, b.askComment},
		{"write.living_add", fyne.KeyJ, 0, func() { e.pick(nil) }},
		{"write.table_add", fyne.KeyT, fyne.KeyModifierAlt, func() {
			e.put(manuscript.Block{Type: manuscript.TableType, Table: writing.NewTable(3, 3)})
		}},
		{"write.break_add", fyne.KeyReturn, 0, func() { e.put(manuscript.Block{Type: manuscript.PageBreak}) }},
	}
	room := container.New(&flowLayout{}, widgets.MinWidth(kindWidth, b.kind))
	for i, c := range b.commands {
		button := widget.NewButton(p.T(c.name), c.do)
		button.Importance = widget.LowImportance
		if c.name == "write.living_add" {
			button.SetIcon(theme.ContentAddIcon())
		}
		if i < 2 {
			room.Add(emphasised(button, i == 0))
		} else {
			room.Add(button)
		}
		b.buttons = append(b.buttons, button)
	}
	b.object = widgets.Inset(look.Step1, look.Step2, room)
	return b
}

// emphasised shows a button in the style that it gives.
func emphasised(b *widget.Button, bold bool) fyne.CanvasObject {
	return container.NewThemeOverride(b, &lettered{bold: bold})
}

// lettered is the window's look in one style of letters.
type lettered struct {
	paper
	bold bool
}

// Font is that of the style.
func (l *lettered) Font(s fyne.TextStyle) fyne.Resource {
	s.Bold, s.Italic = l.bold, !l.bold
	return l.paper.Font(s)
}

// follow shows which kind of text the caret stands in, and what can be done there.
func (b *bar) follow() {
	can := !b.e.readOnly()
	for _, button := range b.buttons {
		enable(button, can)
	}
	r := b.e.row(b.e.at)
	b.quiet = true
	defer func() { b.quiet = false }()
	enable(b.kind, can && r != nil && r.field != nil && writing.Textual(&r.block))
	b.kind.ClearSelected()
	if r == nil {
		return
	}
	for i := range kinds {
		if kinds[i].is(&r.block) {
			b.kind.SetSelectedIndex(i)
		}
	}
}

// field is the text that was written in last, nil for none.
func (b *bar) field() *field {
	if b.e.now == nil || b.e.readOnly() || b.e.rowOf(b.e.now) == nil {
		return nil
	}
	return b.e.now
}

// back shows a text after something has been done to it, and gives it the keyboard again.
func (b *bar) back(f *field, p writing.Passage) {
	b.e.w.win.Canvas().Focus(f)
	f.show(p)
}

// style turns a style on or off.
func (b *bar) style(mark string) {
	if f := b.field(); f != nil {
		b.back(f, f.passage().Toggle(mark))
	}
}

// askLink asks where what is selected leads.
func (b *bar) askLink() {
	f, p := b.field(), b.e.w.p
	if f == nil {
		return
	}
	of := f.passage().Word()
	ask.Line(b.e.w.win, p, p.T("write.link"), p.T("write.link_address"), "https://", p.T("write.insert"), func(address string) {
		b.back(f, of.Link(address))
	})
}

// askFootnote asks what the footnote says.
func (b *bar) askFootnote() {
	f, p := b.field(), b.e.w.p
	if f == nil {
		return
	}
	of := f.passage()
	ask.Line(b.e.w.win, p, p.T("write.footnote"), p.T("write.footnote_text"), "", p.T("write.insert"), func(text string) {
		if text != "" {
			b.back(f, of.Footnote(b.e.w.state.Names, text))
		}
	})
}

// askComment asks for a comment on what is selected.
func (b *bar) askComment() {
	f, p, w := b.field(), b.e.w.p, b.e.w
	if f == nil {
		return
	}
	of := f.passage().Word()
	s := ask.NewSheet(w.win, p.T("write.comment"))
	author, text := widgets.NewEntry(w.actions.Author()), widget.NewMultiLineEntry()
	text.Wrapping = fyne.TextWrapWord
	done := func() {
		s.Hide()
		w.actions.SetAuthor(author.Text)
		if text.Text != "" {
			b.back(f, of.Remark(w.state.Names, manuscript.Comment{Author: author.Text, Text: text.Text}))
		}
	}
	author.OnEscape = s.Hide
	s.Set(widgets.MinWidth(420, widgets.Stack(look.Step1, widgets.NewCaption(p.T("write.comment_about", of.Selected())),
		text, widgets.NewCaption(p.T("write.comment_author")), author)), s.Hide,
		widget.NewButton(p.T("ui.cancel"), s.Hide), ask.Primary(p.T("write.insert"), done))
	s.Show(fyne.Size{}, text)
}
