package session

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"nabar/internal/i18n"
	"nabar/model"
)

// Job is work in the background: it shows progress and can be cancelled.
type Job struct {
	Name   i18n.Message
	cancel context.CancelFunc
	done   chan struct{}

	mu    sync.Mutex
	what  i18n.Message
	share float64
	err   error
}

// Start runs fn in the background. Subscribers hear of its start, its progress and its end; fn's context ends when
// the job is cancelled or the session closed.
func (s *Session) Start(name i18n.Message, fn func(ctx context.Context, progress model.Progress) error) *Job {
	ctx, cancel := context.WithCancel(context.Background())
	job := &Job{Name: name, cancel: cancel, done: make(chan struct{}), share: -1}
	s.mu.Lock()
	s.jobs[job] = struct{}{}
	s.mu.Unlock()
	s.events.send(Event{Kind: JobStarted, Job: job})
	go s.run(ctx, job, fn)
	return job
}

// run does the job's work and tells how it ended. A panic in the work is an error of the job, not the program's end.
func (s *Session) run(ctx context.Context, job *Job, fn func(context.Context, model.Progress) error) {
	defer job.cancel()
	err := guarded(func() error {
		return fn(ctx, func(what i18n.Message, share float64) {
			if job.setProgress(what, share) {
				s.events.send(Event{Kind: JobProgress, Job: job})
			}
		})
	})
	if errors.Is(err, context.Canceled) {
		err = i18n.Errorf("error.cancelled", err)
	}
	job.mu.Lock()
	job.err = err
	job.mu.Unlock()
	s.mu.Lock()
	delete(s.jobs, job)
	s.mu.Unlock()
	close(job.done)
	s.events.send(Event{Kind: JobDone, Job: job})
}

// guarded turns a panic into an error, so that one broken file can't take the window down.
func guarded(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return fn()
}

// setProgress keeps the news and tells whether they are worth an event: another step, or a percent more.
func (j *Job) setProgress(what i18n.Message, share float64) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	worth := what.Key != j.what.Key || share < j.share || share-j.share >= 0.01 || share >= 1
	if worth {
		j.what, j.share = what, share
	}
	return worth
}

// Progress is what the job is doing and how far it is, 0 to 1; below 0 is unknown.
func (j *Job) Progress() (what i18n.Message, share float64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.what, j.share
}

// Cancel asks the job to end.
func (j *Job) Cancel() { j.cancel() }

// Wait waits for the job's end and gives its error.
func (j *Job) Wait() error {
	<-j.done
	return j.Err()
}

// Err is the job's error once it is done.
func (j *Job) Err() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// Cancelled tells whether the job ended because it was cancelled.
func (j *Job) Cancelled() bool { return errors.Is(j.Err(), context.Canceled) }

// cancelJobs ends all jobs and waits for them.
func (s *Session) cancelJobs() {
	s.mu.Lock()
	var running []*Job
	for job := range s.jobs {
		running = append(running, job)
	}
	s.mu.Unlock()
	for _, job := range running {
		job.Cancel()
	}
	for _, job := range running {
		<-job.done
	}
}

// noProgress is the Progress of callers who don't ask for any.
func noProgress(i18n.Message, float64) {}

// orSilent gives a Progress that can be called.
func orSilent(p model.Progress) model.Progress {
	if p == nil {
		return noProgress
	}
	return p
}

// part maps the progress of one step onto its part of the whole.
func part(p model.Progress, from, to float64) model.Progress {
	return func(what i18n.Message, share float64) {
		if share < 0 {
			share = 0
		}
		p(what, from+(to-from)*share)
	}
}
