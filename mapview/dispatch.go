package mapview

import "fyne.io/fyne/v2"

// Dispatcher runs a function on the thread that may touch the window, soon and in the order of the calls. It may be
// called from any goroutine but that thread's own need not wait for it.
type Dispatcher func(func())

// OnWindowThread is the program's one way from a goroutine to the window. Tests put a queue in its place.
func OnWindowThread(fn func()) { fyne.Do(fn) }
