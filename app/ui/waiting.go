package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// waiting is what stands where the map will be until there is one.
type waiting struct {
	text   *widgets.Text
	bar    *widget.ProgressBar
	object *fyne.Container
}

const waitingWidth = 320

func newWaiting(p *i18n.Printer) *waiting {
	w := &waiting{text: widgets.NewText(p.T("ui.wait.start")), bar: widget.NewProgressBar()}
	w.text.Align = fyne.TextAlignCenter
	w.bar.TextFormatter = func() string { return "" }
	name := widgets.NewText(p.T("app.name"))
	name.Rank, name.Color, name.Style.Bold, name.Align = look.SizeNameFigure, theme.ColorNamePrimary, true, fyne.TextAlignCenter
	bar := widgets.MinSize(fyne.NewSize(waitingWidth, look.Step2), w.bar)
	w.object = container.NewCenter(widgets.Stack(look.Step3, name, w.text, bar))
	return w
}

// progress shows how far the work is that the window waits for.
func (w *waiting) progress(text string, share float64) {
	if !w.object.Visible() {
		return
	}
	w.text.SetText(text)
	w.bar.SetValue(max(share, 0))
}

// hide takes it away.
func (w *waiting) hide() { w.object.Hide() }

// show brings it back, for another project.
func (w *waiting) show(text string) {
	w.text.SetText(text)
	w.bar.SetValue(0)
	w.object.Show()
}
