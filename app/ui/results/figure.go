package results

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
)

// keyFigure is a number that is read from afar, with what it means under it and women's and men's beside each other. A
// click, or Space, asks why it is what it is; a question mark says so.
type keyFigure struct {
	widgets.Pressable
	figure Figure
	onWhy  func(Figure)

	value, meaning, beside, mark *widgets.Text
	ground                       *canvas.Rectangle
}

const markSize = 16

// newKeyFigure makes a key figure that nobody has set yet.
func newKeyFigure(onWhy func(Figure)) *keyFigure {
	k := &keyFigure{
		onWhy: onWhy, value: widgets.NewText(""), meaning: widgets.NewCaption(""), beside: widgets.NewCaption(""), mark: widgets.NewCaption("?"),
		ground: canvas.NewRectangle(color.Transparent),
	}
	k.value.Rank, k.value.Color, k.value.Style.Bold = look.SizeNameFigure, theme.ColorNamePrimary, true
	k.meaning.Color = theme.ColorNameForeground
	k.mark.Align = fyne.TextAlignCenter
	k.OnPress = k.why
	k.ExtendBaseWidget(k)
	return k
}

// set shows a figure.
func (k *keyFigure) set(f Figure) {
	k.figure = f
	k.value.SetText(f.Value)
	k.meaning.SetText(f.Meaning)
	k.beside.SetText(f.Beside)
	k.Refresh()
}

// AccessibilityLabel says the figure in words.
func (k *keyFigure) AccessibilityLabel() string {
	return k.figure.Value + " " + k.figure.Meaning + ". " + k.figure.Beside
}

// AccessibilityRole is Fyne's hook.
func (k *keyFigure) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// why asks why the figure is what it is.
func (k *keyFigure) why() {
	if k.onWhy != nil && k.figure.ID != "" {
		k.onWhy(k.figure)
	}
}

// CreateRenderer is Fyne's hook.
func (k *keyFigure) CreateRenderer() fyne.WidgetRenderer { return &keyFigureRenderer{k} }

type keyFigureRenderer struct{ k *keyFigure }

// Layout puts the lines close under each other, the mark in the upper right corner.
func (r *keyFigureRenderer) Layout(size fyne.Size) {
	k := r.k
	k.ground.Resize(size)
	top := k.value.MinSize().Height
	k.value.Move(fyne.NewPos(look.Step1, 0))
	k.value.Resize(fyne.NewSize(size.Width-look.Step1, top))
	k.mark.Move(fyne.NewPos(size.Width-markSize, look.Step1))
	k.mark.Resize(fyne.NewSize(markSize, k.mark.MinSize().Height))
	k.meaning.Move(fyne.NewPos(look.Step1, top))
	k.meaning.Resize(fyne.NewSize(size.Width-look.Step1, k.meaning.MinSize().Height))
	k.beside.Move(fyne.NewPos(look.Step1, top+k.meaning.MinSize().Height))
	k.beside.Resize(fyne.NewSize(size.Width-look.Step1, k.beside.MinSize().Height))
}

func (r *keyFigureRenderer) MinSize() fyne.Size {
	k := r.k
	height := k.value.MinSize().Height + k.meaning.MinSize().Height + look.Step1
	if k.figure.Beside != "" {
		height += k.beside.MinSize().Height
	}
	return fyne.NewSize(120, height)
}

func (r *keyFigureRenderer) Objects() []fyne.CanvasObject {
	k := r.k
	return []fyne.CanvasObject{k.ground, k.value, k.meaning, k.beside, k.mark}
}

func (r *keyFigureRenderer) Destroy() {}

func (r *keyFigureRenderer) Refresh() {
	k := r.k
	k.ground.CornerRadius = theme.Size(theme.SizeNameButtonRadius)
	k.ground.FillColor = k.Ground()
	k.mark.Color = look.ColorNameMuted
	if k.Marked() {
		k.mark.Color = theme.ColorNamePrimary
	}
	widgets.Show(k.mark, k.figure.ID != "")
	widgets.Show(k.beside, k.figure.Beside != "")
	r.Layout(k.Size())
	k.ground.Refresh()
	k.mark.Refresh()
	canvas.Refresh(k)
}
