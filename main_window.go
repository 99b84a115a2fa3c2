//go:build !headless

package main

import (
	"fyne.io/fyne/v2/app"

	"nabar/app/session"
	"nabar/app/ui"
)

// hasWindow tells that this build can open the window.
const hasWindow = true

// appID is the program's name in the user's settings; it must never change.
const appID = "se.nabar.planering"

// window opens the project that args names, the last one, or the demo kommun, and runs until the window is closed.
func window(args []string) int {
	a := app.NewWithID(appID)
	s := session.New(ui.Language(a))
	defer s.Close()
	path := ""
	if len(args) > 0 {
		path = args[0]
	}
	ui.New(a, s).Start(path)
	a.Run()
	return 0
}
