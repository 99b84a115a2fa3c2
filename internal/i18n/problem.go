package i18n

import (
	"errors"
	"io/fs"
	"syscall"
)

// Problem is an error that the user can act on: one sentence that says what, where and what to do. Its key is the
// machine's code for the fault, its cause is for the log.
type Problem struct {
	Message
	Cause error
}

// Errorf makes a Problem. The first error among the arguments becomes its cause too.
func Errorf(key string, args ...any) *Problem {
	p := &Problem{Message: M(key, args...)}
	for _, a := range args {
		if err, ok := a.(error); ok {
			p.Cause = err
			break
		}
	}
	return p
}

// Error gives the sentence in English, for logs and tests; the edges use Printer.Error.
func (e *Problem) Error() string { return For(English).Text(e.Message) }

// Unwrap gives the cause.
func (e *Problem) Unwrap() error { return e.Cause }

// Is holds for two Problems of the same key.
func (e *Problem) Is(target error) bool {
	t, ok := target.(*Problem)
	return ok && t.Key == e.Key
}

// Error gives the sentence that a user sees for err. An error that is no Problem is a fault of ours: it gets the
// general sentence, with the driver's words behind it for the report.
func (p *Printer) Error(err error) string {
	var problem *Problem
	if errors.As(err, &problem) {
		return p.Text(problem.Message)
	}
	return p.T("error.internal", err.Error())
}

// cause writes an error that stands inside a sentence: the reasons that the system gives in the user's words, others as
// the system gives them.
func (p *Printer) cause(err error) string {
	var problem *Problem
	switch {
	case errors.As(err, &problem):
		return p.Text(problem.Message)
	case errors.Is(err, fs.ErrNotExist):
		return p.T("error.cause_missing")
	case errors.Is(err, fs.ErrPermission):
		return p.T("error.cause_permission")
	case errors.Is(err, syscall.ENOSPC):
		return p.T("error.cause_full")
	}
	return err.Error()
}
