package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Entry is a line of text that tells when Escape is pressed in it.
type Entry struct {
	widget.Entry
	OnEscape func()
}

// NewEntry makes an entry that holds a text.
func NewEntry(text string) *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.SetText(text)
	return e
}

// TypedKey tells of Escape and leaves the other keys to the entry.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape && e.OnEscape != nil {
		e.OnEscape()
		return
	}
	e.Entry.TypedKey(ev)
}
