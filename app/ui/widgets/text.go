package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

// Text is one line in a rank of the look, without the padding of a label. It follows the theme.
type Text struct {
	widget.BaseWidget
	Content string
	Color   fyne.ThemeColorName
	Rank    fyne.ThemeSizeName
	Style   fyne.TextStyle
	Align   fyne.TextAlign
}

// NewText makes a line in the theme's text size and colour.
func NewText(content string) *Text {
	t := &Text{Content: content, Color: theme.ColorNameForeground, Rank: theme.SizeNameText}
	t.ExtendBaseWidget(t)
	return t
}

// NewHeading makes the heading of a panel.
func NewHeading(content string) *Text {
	t := NewText(content)
	t.Rank, t.Color, t.Style.Bold = theme.SizeNameSubHeadingText, theme.ColorNamePrimary, true
	return t
}

// NewCaption makes a line of the second rank.
func NewCaption(content string) *Text {
	t := NewText(content)
	t.Rank, t.Color = theme.SizeNameCaptionText, look.ColorNameMuted
	return t
}

// NewNumber makes a line that ends at its right edge, as numbers do.
func NewNumber(content string) *Text {
	t := NewText(content)
	t.Align = fyne.TextAlignTrailing
	return t
}

// SetText shows another text.
func (t *Text) SetText(content string) {
	if content == t.Content {
		return
	}
	t.Content = content
	t.Refresh()
}

// CreateRenderer is Fyne's hook.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewText(t.Content, theme.Color(t.Color))
	r := &textRenderer{t: t, line: line}
	r.apply()
	return r
}

type textRenderer struct {
	t    *Text
	line *canvas.Text
}

func (r *textRenderer) apply() {
	r.line.Text, r.line.Color, r.line.TextStyle = r.t.Content, theme.Color(r.t.Color), r.t.Style
	r.line.TextSize, r.line.Alignment = theme.Size(r.t.Rank), r.t.Align
}

func (r *textRenderer) Layout(size fyne.Size)        { r.line.Resize(size) }
func (r *textRenderer) MinSize() fyne.Size           { return r.line.MinSize() }
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}

func (r *textRenderer) Refresh() {
	r.apply()
	r.line.Refresh()
}

// Fit ends a text with an ellipsis where the room ends. A width of 0 or less is not known yet and cuts nothing.
func Fit(text string, rank fyne.ThemeSizeName, width float32) string {
	if width <= 0 {
		return text
	}
	wide := func(s string) bool { return fyne.MeasureText(s, theme.Size(rank), fyne.TextStyle{}).Width > width }
	letters, out := []rune(text), text
	for n := len(letters) - 1; n > 0 && wide(out); n-- {
		out = string(letters[:n]) + "…"
	}
	return out
}
