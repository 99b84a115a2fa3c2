// Package ask holds the small dialogs: an error in one sentence, a question, a line of text. All are in the user's
// words, with buttons that say what they do.
package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// width is that of a small dialog's text, in units: about 65 letters a line.
const width = 440

// Error shows what went wrong and what to do.
func Error(w fyne.Window, p *i18n.Printer, err error) {
	if err == nil {
		return
	}
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.WarningIcon()))
	text := widgets.Wrapped(p.Error(err))
	text.Selectable = true
	body := container.NewBorder(nil, nil, container.NewVBox(widgets.Pad(look.Step1, icon)), nil, text)
	dialog.NewCustom(p.T("ui.ask.error"), p.T("ui.close"), widgets.MinWidth(width, body), w).Show()
}

// Tell shows something worth knowing.
func Tell(w fyne.Window, p *i18n.Printer, title, text string) {
	dialog.NewCustom(title, p.T("ui.close"), widgets.MinWidth(width, widgets.Wrapped(text)), w).Show()
}

// Show shows content of any size that scrolls where it does not fit.
func Show(w fyne.Window, p *i18n.Printer, title string, size fyne.Size, content fyne.CanvasObject) {
	d := dialog.NewCustom(title, p.T("ui.close"), container.NewVScroll(widgets.Inset(0, look.Step2, content)), w)
	d.Resize(size)
	d.Show()
}

// Confirm asks before something is done; yes says what.
func Confirm(w fyne.Window, p *i18n.Printer, title, text, yes string, fn func()) {
	body := widgets.MinWidth(width, widgets.Wrapped(text))
	dialog.NewCustomConfirm(title, yes, p.T("ui.cancel"), body, func(ok bool) {
		if ok {
			fn()
		}
	}, w).Show()
}

// Line asks for a line of text.
func Line(w fyne.Window, p *i18n.Printer, title, label, value, yes string, fn func(string)) {
	entry := widget.NewEntry()
	entry.SetText(value)
	var d *dialog.ConfirmDialog
	body := widgets.MinWidth(width, widgets.Stack(look.Step1, widgets.NewCaption(label), entry))
	d = dialog.NewCustomConfirm(title, yes, p.T("ui.cancel"), body, func(ok bool) {
		if ok {
			fn(entry.Text)
		}
	}, w)
	entry.OnSubmitted = func(string) { d.Confirm() }
	d.Show()
	w.Canvas().Focus(entry)
}
