package session

import "slices"

// leaver is called before the session leaves its project.
type leaver struct{ fn func() }

// BeforeLeaving calls fn before the session lets go of its project, for another one or for good: what is still to be kept is
// kept then. fn runs on the goroutine that leaves, and may use the session. cancel takes it back.
func (s *Session) BeforeLeaving(fn func()) (cancel func()) {
	l := &leaver{fn}
	s.mu.Lock()
	s.leavers = append(s.leavers, l)
	s.mu.Unlock()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.leavers = slices.DeleteFunc(s.leavers, func(o *leaver) bool { return o == l })
	}
}

// sayLeaving calls those who want to know.
func (s *Session) sayLeaving() {
	s.mu.Lock()
	all := slices.Clone(s.leavers)
	s.mu.Unlock()
	for _, l := range all {
		l.fn()
	}
}
