package session

import (
	"context"
	"runtime"
	"sync"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
)

// Everything is all that is computed of one service type by one measure.
type Everything struct {
	Result  *model.Result
	Figures *model.Figures // by sex, age and the areas asked for
	Ranking *model.Ranking
}

// impedances are the measures that everything is computed by, in the order in which it is told.
var impedances = []model.Impedance{model.Distance, model.Time}

// Everything computes all indicators of every service type that has a place, by distance and by time, in the project's order,
// distance before time: result, figures by sex and age and the areas of the options, and ranking. q tells the scenario and
// the like; its service, measure and limits do not matter. The joint measure is the same for all types and stands with the
// first of each measure. The results are stored like those of Compute.
//
// All types are searched for together, then the processors share the types, and the first are stored while the others
// are still computed. Nothing depends on which is ready first.
func (s *Session) Everything(ctx context.Context, q model.Query, o FigureOptions, progress model.Progress) ([]Everything, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	progress = orSilent(progress)
	start := time.Now()
	ready, err := s.readyForAll(ctx, q, part(progress, 0, 0.3))
	if err != nil {
		return nil, err
	}
	queries, err := s.searchAll(ctx, ready, q, part(progress, 0.3, 0.5))
	if err != nil {
		return nil, err
	}
	o.By = append([]string{string(model.BySex), string(model.ByAge)}, o.By...)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := make([]everyJob, len(queries))
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	gate := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range jobs {
		job := &jobs[i]
		job.done = make(chan struct{})
		options := o
		options.Joint = i%(len(queries)/len(impedances)) == 0
		all.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			defer close(job.done)
			job.out, job.err = s.everythingOf(ctx, ready, queries[i], options)
		})
	}
	var out []Everything
	for i := range jobs {
		<-jobs[i].done
		if jobs[i].err != nil {
			return nil, jobs[i].err
		}
		r := jobs[i].out.Result
		progress(i18n.M("session.progress_write", s.ServiceLabel(ctx, r.Query.Service)), 0.5+0.5*share(i, len(jobs)))
		r.Timings.Total = milliseconds(time.Since(start))
		if err := s.store(ctx, p, ready, r); err != nil {
			return nil, err
		}
		out = append(out, jobs[i].out)
	}
	return out, nil
}

// everyJob is one type by one measure under way.
type everyJob struct {
	out  Everything
	err  error
	done chan struct{}
}

// readyForAll makes the engine for queries about any of the service types.
func (s *Session) readyForAll(ctx context.Context, q model.Query, progress model.Progress) (engine, error) {
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return engine{}, err
	}
	if len(types) == 0 {
		return engine{}, i18n.Errorf("session.no_services")
	}
	q.Service, q.Impedance, q.Bands = types[0].ID, model.Distance, nil
	ready, err := s.ready(ctx, q, progress)
	if err != nil {
		return engine{}, err
	}
	if ready.plain() {
		s.awaitSwift(ctx, ready.base)
	}
	return ready, ctx.Err()
}

// awaitSwift waits until the faster search is ready or can't be: for many searches that is sooner than the plain one.
func (s *Session) awaitSwift(ctx context.Context, base *model.Snapshot) {
	s.mu.Lock()
	swift := s.cache.swift
	if s.cache.snapshot != base {
		swift = nil
	}
	s.mu.Unlock()
	if swift == nil {
		return
	}
	select {
	case <-swift:
	case <-ctx.Done():
	}
}

// searchAll searches for all types that have a place, and gives the queries in the order in which they are told.
func (s *Session) searchAll(ctx context.Context, ready engine, q model.Query, progress model.Progress) ([]model.Query, error) {
	var services []string
	for _, t := range ready.snapshot.Types {
		if len(ready.Open(t.ID)) > 0 {
			services = append(services, t.ID)
		}
	}
	if len(services) == 0 {
		return nil, i18n.Errorf("session.no_services")
	}
	var queries []model.Query
	for i, impedance := range impedances {
		progress(i18n.M("national.progress_search", i18n.M("impedance."+string(impedance))), share(i, len(impedances)))
		if err := ready.Ahead(ctx, impedance, services); err != nil {
			return nil, err
		}
		for _, service := range services {
			one := q
			one.Service, one.Impedance, one.Bands = service, impedance, nil
			queries = append(queries, ready.query(one))
		}
	}
	return queries, nil
}

// everythingOf computes one type by one measure.
func (s *Session) everythingOf(ctx context.Context, ready engine, q model.Query, o FigureOptions) (e Everything, err error) {
	if err := ctx.Err(); err != nil {
		return e, err
	}
	if e.Result, err = ready.analyse(ctx, q); err != nil {
		return e, err
	}
	if e.Figures, err = s.figuresOf(ctx, ready, q, o); err != nil {
		return e, err
	}
	if e.Ranking, err = ready.Rank(ctx, q); err != nil {
		return e, err
	}
	e.Ranking.Inputs = append(e.Ranking.Inputs, ready.inputs...)
	return e, nil
}

// analyse answers a query that is settled.
func (e engine) analyse(ctx context.Context, q model.Query) (*model.Result, error) {
	result, err := e.Analyse(ctx, q)
	if err != nil {
		return nil, err
	}
	result.Inputs = append(result.Inputs, e.inputs...)
	result.Timings.Load = milliseconds(e.loaded)
	return result, nil
}

// store keeps a result where the project can be written. One by other rules than the project's would be stale at once, in
// place of one that is not.
func (s *Session) store(ctx context.Context, p *project.Project, ready engine, r *model.Result) error {
	if _, readOnly := p.ReadOnly(); readOnly || r.Params.Rules != ready.base.Params.Rules {
		return nil
	}
	if err := p.SaveResult(ctx, r, ready.snapshot.Cells, s.resultLook(ready.snapshot, r)); err != nil {
		return err
	}
	s.events.send(Event{Kind: ResultsChanged})
	return nil
}
