package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Pressable is the base of a widget that is pressed by a click, or by Space or Enter when it is focused, and that shows
// when the pointer or the focus is on it. Embed it in place of widget.BaseWidget.
type Pressable struct {
	widget.BaseWidget
	OnPress        func()
	hover, focused bool
}

// Tapped presses.
func (p *Pressable) Tapped(*fyne.PointEvent) {
	if p.OnPress != nil {
		p.OnPress()
	}
}

// TypedKey presses.
func (p *Pressable) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	}
}

// TypedRune is Fyne's hook.
func (p *Pressable) TypedRune(rune) {}

// Cursor shows that there is something to click.
func (p *Pressable) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is Fyne's hook.
func (p *Pressable) MouseIn(*desktop.MouseEvent) { p.mark(true, p.focused) }

// MouseMoved is Fyne's hook.
func (p *Pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's hook.
func (p *Pressable) MouseOut() { p.mark(false, p.focused) }

// FocusGained is Fyne's hook.
func (p *Pressable) FocusGained() { p.mark(p.hover, true) }

// FocusLost is Fyne's hook.
func (p *Pressable) FocusLost() { p.mark(p.hover, false) }

func (p *Pressable) mark(hover, focused bool) {
	p.hover, p.focused = hover, focused
	p.Refresh()
}

// Marked tells whether the pointer or the focus is on the widget.
func (p *Pressable) Marked() bool { return p.hover || p.focused }

// Ground is the colour that belongs behind the widget.
func (p *Pressable) Ground() color.Color {
	switch {
	case p.focused:
		return theme.Color(theme.ColorNameFocus)
	case p.hover:
		return theme.Color(theme.ColorNameHover)
	}
	return color.Transparent
}
