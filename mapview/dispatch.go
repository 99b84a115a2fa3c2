package mapview

import (
	"sync"

	"fyne.io/fyne/v2"
)

// Dispatcher runs a function on the thread that may touch the window, soon and in the order of the calls. It may be
// called from any goroutine but that thread's own need not wait for it.
type Dispatcher func(func())

// OnWindowThread is the program's one way from a goroutine to the window. Tests put a queue in its place.
func OnWindowThread(fn func()) { fyne.Do(fn) }

// Latest hands the newest of many calls to the window's thread: while one waits there, a later one takes its place.
// It is for news that come faster than a window can show them, such as progress.
type Latest struct {
	dispatch Dispatcher
	mu       sync.Mutex
	fn       func()
}

// NewLatest makes a Latest that hands over by d.
func NewLatest(d Dispatcher) *Latest { return &Latest{dispatch: d} }

// Do has fn run on the window's thread soon, unless a later call comes first.
func (l *Latest) Do(fn func()) {
	l.mu.Lock()
	waiting := l.fn != nil
	l.fn = fn
	l.mu.Unlock()
	if waiting {
		return
	}
	l.dispatch(func() {
		l.mu.Lock()
		fn := l.fn
		l.fn = nil
		l.mu.Unlock()
		fn()
	})
}
