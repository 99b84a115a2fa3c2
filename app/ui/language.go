package ui

import (
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"nabar/internal/i18n"
)

// fyneKeys are the words of Fyne's own widgets, as Fyne names them. Ours are under "ui.fyne." with the same name.
var fyneKeys = []string{
	"Advanced", "Cancel", "Confirm", "Copy", "Create Folder", "Cut", "Enter filename", "Error", "Favourites", "File",
	"Folder", "New Folder", "No", "OK", "Open", "Paste", "Quit", "Redo", "Save", "Select all", "Show Hidden Files",
	"Undo", "Yes", "file.name", "file.parent",
}

// speak makes Fyne's own words follow the program's language. Fyne has no call for it but picks a language from the
// system's settings, so the words are laid over whichever one it has picked.
func speak(p *i18n.Printer) {
	words := map[string]string{}
	for _, key := range fyneKeys {
		words[key] = p.T("ui.fyne." + key)
	}
	data, err := json.Marshal(words)
	if err != nil {
		fyne.LogError("words for Fyne", err)
		return
	}
	for _, locale := range []fyne.Locale{lang.SystemLocale(), i18n.English, i18n.Swedish} {
		if err := lang.AddTranslationsForLocale(data, locale); err != nil {
			fyne.LogError("words for Fyne", err)
		}
	}
}

// setLanguage makes the whole window speak another language at once.
func (w *Window) setLanguage(tag string) {
	if tag == w.printer.Lang() {
		return
	}
	w.prefs.setLanguage(tag)
	w.session.SetLanguage(tag)
	w.printer = w.session.Printer()
	speak(w.printer)
	w.word = ""
	w.build()
	w.reload()
}
