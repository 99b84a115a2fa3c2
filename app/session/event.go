package session

import (
	"maps"
	"slices"
	"sync"
)

// Kind tells what an Event is about.
type Kind int

// The kinds of events.
const (
	ProjectOpened Kind = iota
	ProjectClosed
	LayersChanged  // layers, features, styles or settings: figures may be stale
	HistoryChanged // undo and redo have another name
	ResultsChanged
	JobStarted
	JobProgress
	JobDone
	ScenariosChanged // one was added, changed or removed
	TextChanged      // of the documents: no figure is another for it
	TilesArrived     // tiles of a basemap have come that the map was drawn without
)

// Event is one thing that happened. Job is set for the job kinds.
type Event struct {
	Kind Kind
	Job  *Job
}

// hub hands events to those who asked for them.
type hub struct {
	mu   sync.Mutex
	next int
	subs map[int]func(Event)
}

// Subscribe calls fn for every event from now on, until cancel is called. fn runs on the goroutine that caused the
// event and must return at once; a window hands over to its own thread.
func (s *Session) Subscribe(fn func(Event)) (cancel func()) {
	h := &s.events
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs == nil {
		h.subs = map[int]func(Event){}
	}
	id := h.next
	h.next++
	h.subs[id] = fn
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.subs, id)
	}
}

// send tells every subscriber, in the order in which they came.
func (h *hub) send(events ...Event) {
	h.mu.Lock()
	ids := slices.Sorted(maps.Keys(h.subs))
	fns := make([]func(Event), len(ids))
	for i, id := range ids {
		fns[i] = h.subs[id]
	}
	h.mu.Unlock()
	for _, e := range events {
		for _, fn := range fns {
			fn(e)
		}
	}
}
