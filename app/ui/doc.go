// Package ui is the program's window: it shows the open project and turns what the user does into calls of the session.
//
// Invariants: the panels (a folder each) know neither each other nor the session, the window connects them; what the
// window shows is one state, loaded as a whole in the background and applied as a whole; there is one choice (service
// type, measure and scenario) and one selection, which all panels follow; every call from a goroutine to the window goes
// through Window.dispatch; edits and long work never run on the window's thread.
package ui
