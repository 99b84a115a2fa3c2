package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Block is a text of several lines that tells when Escape is pressed in it.
type Block struct {
	widget.Entry
	escape func()
}

// NewBlock makes a block that holds a text and is so many lines high.
func NewBlock(text string, lines int, escape func()) *Block {
	b := &Block{escape: escape}
	b.MultiLine, b.Wrapping = true, fyne.TextWrapWord
	b.ExtendBaseWidget(b)
	b.SetMinRowsVisible(lines)
	b.SetText(text)
	return b
}

// TypedKey tells of Escape and leaves the other keys to the entry.
func (b *Block) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape && b.escape != nil {
		b.escape()
		return
	}
	b.Entry.TypedKey(ev)
}
