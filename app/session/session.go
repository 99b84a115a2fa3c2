// Package session is the open project as the window and the command line see it: opening, importing, editing with
// undo, analysing in the background, and writing maps and plans. It holds no Fyne and draws nothing.
//
// Invariants: the project file is the only state that lasts, and an edit that a subscriber has heard of is on disk;
// everything else here is a cache that can be thrown away. Methods may be called from any goroutine. Events are
// delivered one after the other, on the goroutine that caused them, never while the session's lock is held.
package session

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
	"nabar/model/format/all"
	"nabar/model/kommuner"
	"nabar/model/project"
)

// Version is the program's version, printed in documents and stored with nothing.
const Version = "0.1.0"

// Session is one open project, or none.
type Session struct {
	printer atomic.Pointer[i18n.Printer]
	formats *format.Registry

	life       context.Context // ends when the session is closed
	end        context.CancelFunc
	background sync.WaitGroup
	keeping    sync.WaitGroup // of those, the ones that will write what they have prepared into the project

	mu      sync.Mutex
	project *project.Project
	cache   cache
	jobs    map[*Job]struct{}
	texts   *textCache
	typing  typing // the last change of a block of text
	leavers []*leaver

	now    func() time.Time // nil for the clock; only bursts of typing are told by it
	bases  basemapFiles
	events hub
}

// New makes a session without a project that speaks the language of a tag such as "sv" or "en-GB".
func New(lang string) *Session {
	s := &Session{formats: all.Registry(), jobs: map[*Job]struct{}{}}
	s.printer.Store(i18n.For(lang))
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// Printer writes in the session's language.
func (s *Session) Printer() *i18n.Printer { return s.printer.Load() }

// SetLanguage makes the session speak another language from now on.
func (s *Session) SetLanguage(tag string) {
	s.printer.Store(i18n.For(tag))
	if p, err := s.current(); err == nil {
		p.SetLanguage(s.Printer().Lang())
	}
}

// Create makes a new project file for the kommun with an SCB code such as "0980" or "980" and opens it. It refuses a
// file that exists and a code that no kommun has.
func (s *Session) Create(ctx context.Context, path, code string) error {
	code = kommuner.Pad(code)
	name, known := kommuner.Name(code)
	if !known {
		return i18n.Errorf("session.kommun_unknown", code)
	}
	p, err := project.Create(ctx, path, model.Kommun{Code: code, Name: name})
	if err != nil {
		return err
	}
	s.adopt(p)
	return nil
}

// Open opens a project file. A project that can't be written is opened for reading: see ReadOnly.
func (s *Session) Open(ctx context.Context, path string) error {
	p, err := project.Open(ctx, path)
	if err != nil {
		return err
	}
	s.adopt(p)
	return nil
}

// adopt makes p the session's project in place of the one before.
func (s *Session) adopt(p *project.Project) {
	p.SetLanguage(s.Printer().Lang())
	s.sayLeaving()
	s.mu.Lock()
	old := s.project
	s.project, s.cache, s.typing, s.texts = p, cache{}, typing{}, nil
	s.mu.Unlock()
	s.bases.close()
	if old != nil {
		old.Close()
	}
	s.events.send(Event{Kind: ProjectOpened})
}

// Close ends all work and closes the project. A closed session is not used again.
func (s *Session) Close() error {
	s.sayLeaving()
	s.end()
	s.cancelJobs()
	s.background.Wait()
	s.bases.close()
	s.mu.Lock()
	p := s.project
	s.project, s.cache = nil, cache{}
	s.mu.Unlock()
	if p == nil {
		return nil
	}
	err := p.Close()
	s.events.send(Event{Kind: ProjectClosed})
	return err
}

// Settle waits until what is being prepared in the background is kept in the project, so that the next who opens it need not
// do it again. It gives up when the context ends.
func (s *Session) Settle(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		s.keeping.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// current gives the open project, or a Problem where there is none.
func (s *Session) current() (*project.Project, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.project == nil {
		return nil, i18n.Errorf("session.no_project")
	}
	return s.project, nil
}

// HasProject tells whether a project is open.
func (s *Session) HasProject() bool {
	_, err := s.current()
	return err == nil
}

// Path is the open project's file, "" where there is none.
func (s *Session) Path() string {
	p, err := s.current()
	if err != nil {
		return ""
	}
	return p.Path()
}

// Kommun is the open project's kommun.
func (s *Session) Kommun() model.Kommun {
	p, err := s.current()
	if err != nil {
		return model.Kommun{}
	}
	return p.Kommun()
}

// ReadOnly tells why the project can't be changed; yes is false where it can.
func (s *Session) ReadOnly() (reason i18n.Message, yes bool) {
	p, err := s.current()
	if err != nil {
		return i18n.Message{}, false
	}
	return p.ReadOnly()
}

// Warnings are what the user should know about where the project lies, such as a synchronised folder.
func (s *Session) Warnings() []i18n.Message {
	p, err := s.current()
	if err != nil {
		return nil
	}
	return p.Warnings()
}
