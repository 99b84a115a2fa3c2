// Package ask holds the program's dialogs: their one form, the Sheet, and the small ones made of it – an error in one
// sentence, a question, a line of text. All are in the user's words, with buttons that say what they do.
package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// width is that of a small dialog's text, in units: about 65 letters a line.
const width = 440

// Primary is the button that goes on.
func Primary(text string, fn func()) *widget.Button {
	b := widget.NewButton(text, fn)
	b.Importance = widget.HighImportance
	return b
}

// Error shows what went wrong and what to do.
func Error(w fyne.Window, p *i18n.Printer, err error) {
	if err == nil {
		return
	}
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.WarningIcon()))
	text := widgets.Wrapped(p.Error(err))
	text.Selectable = true
	body := container.NewBorder(nil, nil, container.NewVBox(widgets.Pad(look.Step1, icon)), nil, text)
	tell(w, p, p.T("ui.ask.error"), widgets.MinWidth(width, body), fyne.Size{})
}

// Tell shows something worth knowing.
func Tell(w fyne.Window, p *i18n.Printer, title, text string) {
	tell(w, p, title, widgets.MinWidth(width, widgets.Wrapped(text)), fyne.Size{})
}

// Show shows content of any size that scrolls where it does not fit.
func Show(w fyne.Window, p *i18n.Printer, title string, size fyne.Size, content fyne.CanvasObject) {
	tell(w, p, title, container.NewVScroll(widgets.Inset(0, look.Step2, content)), size)
}

// tell shows a sheet that can only be closed.
func tell(w fyne.Window, p *i18n.Printer, title string, body fyne.CanvasObject, size fyne.Size) {
	s := NewSheet(w, title)
	s.Set(body, s.Hide, Primary(p.T("ui.close"), s.Hide))
	s.Show(size, nil)
}

// Confirm asks before something is done; yes says what.
func Confirm(w fyne.Window, p *i18n.Printer, title, text, yes string, fn func()) {
	s := NewSheet(w, title)
	s.Set(widgets.MinWidth(width, widgets.Wrapped(text)), s.Hide,
		widget.NewButton(p.T("ui.cancel"), s.Hide),
		Primary(yes, func() {
			s.Hide()
			fn()
		}))
	s.Show(fyne.Size{}, nil)
}

// Line asks for a line of text.
func Line(w fyne.Window, p *i18n.Printer, title, label, value, yes string, fn func(string)) {
	s := NewSheet(w, title)
	entry := widgets.NewEntry(value)
	done := func() {
		s.Hide()
		fn(entry.Text)
	}
	entry.OnEscape = s.Hide
	entry.OnSubmitted = func(string) { done() }
	s.Set(widgets.MinWidth(width, widgets.Stack(look.Step1, widgets.NewCaption(label), entry)), s.Hide,
		widget.NewButton(p.T("ui.cancel"), s.Hide), Primary(yes, done))
	s.Show(fyne.Size{}, entry)
}
