package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

// themed is a colour of the current theme.
func themed(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

// KeyFigure is a number that is read from afar, with what it means under it.
type KeyFigure struct {
	widget.BaseWidget
	value, meaning *Text
}

// NewKeyFigure makes a key figure of a number, written with its unit, and its meaning.
func NewKeyFigure(value, meaning string) *KeyFigure {
	k := &KeyFigure{value: NewText(value), meaning: NewCaption(meaning)}
	k.value.Rank, k.value.Color, k.value.Style.Bold = look.SizeNameFigure, theme.ColorNamePrimary, true
	k.ExtendBaseWidget(k)
	return k
}

// Set shows another number.
func (k *KeyFigure) Set(value, meaning string) {
	k.value.SetText(value)
	k.meaning.SetText(meaning)
}

// Value is the number as it is shown.
func (k *KeyFigure) Value() string { return k.value.Content }

// CreateRenderer is Fyne's hook.
func (k *KeyFigure) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Stack(0, k.value, k.meaning))
}
