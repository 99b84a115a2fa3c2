package write

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
)

// field is the text of one piece. It grows with what is written in it, and asks its owner about the keys that reach beyond it.
type field struct {
	widget.Entry
	label string // what it is, in words
	owner owner
	shift bool
	quiet bool              // the program writes, not the user
	fixed bool              // it can be read and copied, and not changed
	lines fyne.CanvasObject // what is scrolled within the entry: its lines
}

// owner answers for the keys that a field does not know by itself.
type owner interface {
	typed(f *field)                                   // its text is another
	entered(f *field)                                 // the keyboard has come to it
	moved(f *field)                                   // the caret stands elsewhere
	key(f *field, name fyne.KeyName, shift bool) bool // true where the key has been of use
	shortcut(f *field, s fyne.Shortcut) bool
	tab(f *field) bool // whether Tab is of use within the text
	undo()
	redo()
}

// newField makes the field of a text.
func newField(o owner, label, text string) *field {
	f := &field{label: label, owner: o}
	f.MultiLine, f.Wrapping, f.Scroll = true, fyne.TextWrapWord, fyne.ScrollNone
	f.SetMinRowsVisible(1)
	f.ExtendBaseWidget(f)
	f.Text = text
	f.OnChanged = func(string) {
		if !f.quiet {
			f.owner.typed(f)
		}
	}
	return f
}

// AccessibilityLabel says what the text is.
func (f *field) AccessibilityLabel() string { return f.label + ": " + f.Text }

// AccessibilityRole is Fyne's hook.
func (f *field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer finds the lines within the entry.
func (f *field) CreateRenderer() fyne.WidgetRenderer {
	r := f.Entry.CreateRenderer()
	for _, o := range r.Objects() {
		if scroll, ok := o.(*container.Scroll); ok {
			f.lines = scroll.Content
		}
	}
	return r
}

// MinSize is as high as all lines are: an entry that wraps its lines would scroll them instead.
func (f *field) MinSize() fyne.Size {
	size := f.Entry.MinSize()
	if f.lines != nil {
		size.Height = max(size.Height, f.lines.MinSize().Height+2*f.Theme().Size(theme.SizeNameInputBorder))
	}
	return size
}

// Resize measures the text anew where its lines get another length.
func (f *field) Resize(size fyne.Size) {
	other := size.Width != f.Size().Width
	f.Entry.Resize(size)
	if other {
		f.Refresh()
	}
}

// Undo takes the project's last step back: what is written is one of its steps.
func (f *field) Undo() { f.owner.undo() }

// Redo does it again.
func (f *field) Redo() { f.owner.redo() }

// AcceptsTab lets Tab go on to the next part of the window, but where it moves an item of a list.
func (f *field) AcceptsTab() bool { return f.owner.tab(f) }

// FocusGained is Fyne's hook.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	f.owner.entered(f)
}

// KeyDown remembers whether Shift is down.
func (f *field) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		f.shift = true
	}
	f.Entry.KeyDown(ev)
}

// KeyUp is its end.
func (f *field) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		f.shift = false
	}
	f.Entry.KeyUp(ev)
}

// FocusLost lets go of Shift too, whose end nobody tells then.
func (f *field) FocusLost() {
	f.shift = false
	f.Entry.FocusLost()
}

// TypedKey offers the key to the owner first. An arrow that moves nothing within the text is the owner's too.
func (f *field) TypedKey(ev *fyne.KeyEvent) {
	if f.owner.key(f, ev.Name, f.shift) {
		return
	}
	if f.fixed && !reading[ev.Name] {
		return
	}
	if f.shift && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter) {
		f.put("\n")
		return
	}
	f.Entry.TypedKey(ev)
	f.owner.moved(f)
}

// MouseUp follows the caret to where it is put.
func (f *field) MouseUp(ev *desktop.MouseEvent) {
	f.Entry.MouseUp(ev)
	f.owner.moved(f)
}

// reading are the keys that change nothing.
var reading = map[fyne.KeyName]bool{
	fyne.KeyUp: true, fyne.KeyDown: true, fyne.KeyLeft: true, fyne.KeyRight: true, fyne.KeyHome: true, fyne.KeyEnd: true,
	fyne.KeyPageUp: true, fyne.KeyPageDown: true,
}

// TypedRune writes a letter.
func (f *field) TypedRune(r rune) {
	if !f.fixed {
		f.Entry.TypedRune(r)
	}
}

// TypedShortcut offers the keys to the owner first.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if f.owner.shortcut(f, s) {
		return
	}
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutSelectAll:
	default:
		if f.fixed {
			return
		}
	}
	f.Entry.TypedShortcut(s)
}

// clip is a clipboard of the program's own, by which a text is put in place of what is selected.
type clip string

func (c clip) Content() string   { return string(c) }
func (c clip) SetContent(string) {}

// TappedSecondary shows what can be done with what is selected, where it can be changed.
func (f *field) TappedSecondary(ev *fyne.PointEvent) {
	if !f.fixed {
		f.Entry.TappedSecondary(ev)
	}
}

// put puts a text in place of what is selected, as if it had been pasted.
func (f *field) put(text string) {
	f.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip(text)})
}

// passage is the text with what is selected. Fyne does not tell where a selection begins: what is selected is put in its own
// place, and the caret then stands at its end.
func (f *field) passage() writing.Passage {
	at := f.CursorTextOffset()
	said := f.SelectedText()
	if said == "" {
		return writing.Passage{Text: f.Text, From: at, To: at}
	}
	f.hushed(func() { f.put(said) })
	at = f.CursorTextOffset()
	return writing.Passage{Text: f.Text, From: at - len([]rune(said)), To: at}
}

// hushed lets the program write without telling the owner.
func (f *field) hushed(fn func()) {
	was := f.quiet
	f.quiet = true
	fn()
	f.quiet = was
}

// show shows a text with the caret at the end of its selection, and tells the owner where it is another.
func (f *field) show(p writing.Passage) {
	other := p.Text != f.Text
	letters := []rune(p.Text)
	at := min(max(p.To, 0), len(letters))
	f.hushed(func() {
		f.SetText(string(letters[at:]))
		f.CursorRow, f.CursorColumn = 0, 0
		if at > 0 {
			f.put(string(letters[:at]))
		}
		if n := p.To - p.From; n > 0 {
			f.pick(n)
		}
	})
	f.Refresh()
	if other {
		f.owner.typed(f)
	}
	f.owner.moved(f)
}

// pick selects so many letters before the caret.
func (f *field) pick(n int) {
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	f.Entry.KeyDown(shift)
	for range n {
		f.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	f.Entry.KeyUp(shift)
}

// place puts the caret at a letter; one below 0 is the end.
func (f *field) place(at int) {
	n := len([]rune(f.Text))
	if at < 0 || at > n {
		at = n
	}
	f.show(writing.Passage{Text: f.Text, From: at, To: at})
}

// replace shows a text that something else has changed, with the caret as near to where it was as may be.
func (f *field) replace(text string) {
	if text == f.Text {
		return
	}
	at := min(f.CursorTextOffset(), len([]rune(text)))
	f.hushed(func() { f.show(writing.Passage{Text: text, From: at, To: at}) })
}

// first and last tell whether the caret stands in the first or the last line that is seen.
func (f *field) first() bool { return f.CursorRow == 0 }

func (f *field) last() bool {
	rest := []rune(f.Text)[f.CursorTextOffset():]
	if strings.ContainsRune(string(rest), '\n') {
		return false
	}
	row, column := f.CursorRow, f.CursorColumn
	var below bool
	f.hushed(func() {
		f.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		below = f.CursorRow != row
		f.CursorRow, f.CursorColumn = row, column
	})
	return !below
}

// paper is the look of a text that is written on the page and not into a box. Size is that of its letters, 0 for the usual.
type paper struct{ size float32 }

func (*paper) theme() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color lets the text stand on the page.
func (t *paper) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder:
		return color.Transparent
	}
	return t.theme().Color(name, v)
}

// Size is that of the letters.
func (t *paper) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameText && t.size > 0 {
		return t.size
	}
	return t.theme().Size(name)
}

// Font is that of the window.
func (t *paper) Font(s fyne.TextStyle) fyne.Resource { return t.theme().Font(s) }

// Icon is that of the window.
func (t *paper) Icon(name fyne.ThemeIconName) fyne.Resource { return t.theme().Icon(name) }
