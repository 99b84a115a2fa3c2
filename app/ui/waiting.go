package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// waiting is what stands where the map will be until there is one.
type waiting struct {
	text   *widgets.Text
	bar    *widgets.Progress
	object *fyne.Container
}

const waitingWidth = 320

func newWaiting(p *i18n.Printer) *waiting {
	w := &waiting{text: widgets.NewText(p.T("ui.wait.start")), bar: widgets.NewProgress()}
	w.text.Align = fyne.TextAlignCenter
	name := widgets.NewText(p.T("app.name"))
	name.Rank, name.Color, name.Style.Bold, name.Align = look.SizeNameFigure, theme.ColorNamePrimary, true, fyne.TextAlignCenter
	bar := widgets.MinWidth(waitingWidth, w.bar)
	w.object = container.NewCenter(widgets.Stack(look.Step3, name, w.text, bar))
	return w
}

// progress shows how far the work is that the window waits for.
func (w *waiting) progress(text string, share float64) {
	if !w.object.Visible() {
		return
	}
	w.text.SetText(text)
	w.bar.Set(share)
}

// hide takes it away.
func (w *waiting) hide() {
	w.bar.Stop()
	w.object.Hide()
}
