package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/widgets"
)

// keys are the keys worth knowing, with what they do; both are texts of the catalogue.
var keys = []string{"move", "zoom", "home", "box", "double", "escape", "undo", "redo", "open", "new", "import", "plan", "sheet", "save_view", "back", "full", "present", "comments", "tools", "points", "write", "write_style", "write_add", "write_chapter"}

// showKeys lists the keys and what the mouse does on the map.
func (w *Window) showKeys() {
	var rows []fyne.CanvasObject
	for _, k := range keys {
		key := widget.NewLabel(w.printer.T("ui.key." + k))
		key.TextStyle.Bold = true
		rows = append(rows, key, widgets.Wrapped(w.printer.T("ui.key."+k+"_does")))
	}
	ask.Show(w.win, w.printer, w.printer.T("ui.key.title"), fyne.NewSize(560, 560), widgets.Facts(200, rows...))
}

// showAbout tells what program this is.
func (w *Window) showAbout() {
	p := w.printer
	ask.Tell(w.win, p, p.T("ui.program.title"), p.T("ui.program.text", session.Version))
}

// showWarnings tells why the project can't be changed, or what is worth knowing about where it lies.
func (w *Window) showWarnings() {
	p := w.printer
	var lines []string
	if reason, readOnly := w.session.ReadOnly(); readOnly {
		lines = append(lines, p.Text(reason))
	}
	for _, m := range w.session.Warnings() {
		lines = append(lines, p.Text(m))
	}
	if len(lines) > 0 {
		ask.Tell(w.win, p, p.T("ui.status.notice"), strings.Join(lines, "\n\n"))
	}
}
