package ui

import (
	"os"

	"fyne.io/fyne/v2"

	"nabar/internal/i18n"
)

// prefs are the user's own choices, kept for the next time. They belong to the user, not to a project.
type prefs struct{ p fyne.Preferences }

const (
	keyLanguage = "language"
	keyDark     = "dark"
	keyLeft     = "panel.left"
	keyRight    = "panel.right"
	keyLegend   = "legend"
	keyLast     = "last_project"
	keyFolder   = "last_folder"
	keyAuthor   = "author"
)

// Language is the language that the user has chosen; Swedish until another is.
func Language(a fyne.App) string {
	return a.Preferences().StringWithFallback(keyLanguage, i18n.Swedish)
}

func (p prefs) setLanguage(lang string) { p.p.SetString(keyLanguage, lang) }

func (p prefs) dark() bool         { return p.p.Bool(keyDark) }
func (p prefs) setDark(on bool)    { p.p.SetBool(keyDark, on) }
func (p prefs) left() bool         { return p.p.BoolWithFallback(keyLeft, true) }
func (p prefs) setLeft(on bool)    { p.p.SetBool(keyLeft, on) }
func (p prefs) right() bool        { return p.p.BoolWithFallback(keyRight, true) }
func (p prefs) setRight(on bool)   { p.p.SetBool(keyRight, on) }
func (p prefs) legend() bool       { return p.p.BoolWithFallback(keyLegend, true) }
func (p prefs) setLegend(on bool)  { p.p.SetBool(keyLegend, on) }
func (p prefs) folder() string     { return p.p.String(keyFolder) }
func (p prefs) author() string     { return p.p.String(keyAuthor) }
func (p prefs) setAuthor(n string) { p.p.SetString(keyAuthor, n) }
func (p prefs) setFolder(d string) { p.p.SetString(keyFolder, d) }

// lastProject is the project that was open last, "" where it is no longer there.
func (p prefs) lastProject() string {
	path := p.p.String(keyLast)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

func (p prefs) setLastProject(path string) { p.p.SetString(keyLast, path) }
