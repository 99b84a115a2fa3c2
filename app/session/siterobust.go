package session

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"

	"nabar/analysis/access"
	"nabar/analysis/locate"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// Whether a choice of sites stands; see package locate.
type (
	LocateTried      = locate.Tried
	LocateSteady     = locate.Steadiness
	LocateSteadySite = locate.SteadySite
)

// RobustSites tries an answer of Locate under the circumstances that Robust tries rankings under: what the sites come to then, what
// the best choice would be, and how much better that is. It stores nothing. A cancelled context ends it within half a
// second, with the context's error.
func (s *Session) RobustSites(ctx context.Context, r *LocateResult, progress model.Progress) (*LocateSteady, error) {
	progress = orSilent(progress)
	q := model.Query{
		Service: r.Service, Impedance: r.Impedance, Scenario: r.Scenario, Profile: r.Profile, Date: r.Date, Demand: r.Demand,
	}
	if r.Within > 0 {
		q.Bands = []float64{r.Within}
	}
	ready, err := s.ready(ctx, q, part(progress, 0, 0.1))
	if err != nil {
		return nil, err
	}
	all, err := s.trials(ctx, ready, q)
	if err != nil {
		return nil, err
	}
	var tried []LocateTried
	for i, t := range all {
		from, to := 0.1+0.9*share(i, len(all)), 0.1+0.9*share(i+1, len(all))
		progress(i18n.M("more.progress_trial", t.Varied), from)
		one, err := s.trySites(ctx, t, r, part(func(_ i18n.Message, at float64) { progress(i18n.M("more.progress_trial", t.Varied), at) }, from, to))
		if err != nil {
			return nil, err
		}
		tried = append(tried, *one)
	}
	return locate.Steady(r, tried), nil
}

// trySites measures an answer under one set of circumstances, and finds the best choice under these.
func (s *Session) trySites(ctx context.Context, t trial, r *LocateResult, progress model.Progress) (*LocateTried, error) {
	p, q, err := t.prepare(ctx)
	if err != nil {
		return nil, err
	}
	out := &LocateTried{Trial: t.Trial, Value: math.NaN(), Mean: math.NaN(), Farthest: math.NaN(), People: make([]int, len(r.Sites))}
	if err := measureSites(ctx, p, q, r, out); err != nil {
		return nil, err
	}
	best, err := locate.OnRoads(ctx, p, askedIn(p.Snapshot(), r.Query), progress, nil)
	var none *i18n.Problem
	switch {
	case err == nil:
		out.Best = best
	case ctx.Err() != nil || !errors.As(err, &none):
		return nil, err
	}
	return out, nil
}

// askedIn is a query in a snapshot that may lack some of the places that it names.
func askedIn(snapshot *model.Snapshot, q LocateQuery) LocateQuery {
	gone := func(id string) bool { return id != AllPlaces && !hasFacility(snapshot, id) }
	q.Movable = slices.DeleteFunc(slices.Clone(q.Movable), gone)
	q.Forbidden = slices.DeleteFunc(slices.Clone(q.Forbidden), gone)
	q.Capacity = maps.Clone(q.Capacity)
	maps.DeleteFunc(q.Capacity, func(id string, _ int) bool { return gone(id) })
	return q
}

// hasFacility tells whether a snapshot has a facility.
func hasFacility(snapshot *model.Snapshot, id string) bool {
	return slices.ContainsFunc(snapshot.Facilities, func(f model.Facility) bool { return f.ID == id })
}

// siteID is the id of a site of an answer while it is tried.
func siteID(k int) string { return "\x00" + strconv.Itoa(k) }

// measureSites gives the figures of the chosen sites by the engine of the figures.
func measureSites(ctx context.Context, p *access.Prepared, q model.Query, r *LocateResult, out *LocateTried) error {
	var steps []scenario.Modification
	for _, place := range r.Given {
		for _, id := range place.IDs {
			if hasFacility(p.Snapshot(), id) {
				steps = append(steps, scenario.ClosePlace{ID: id})
			}
		}
	}
	for k, site := range r.Sites {
		steps = append(steps, scenario.OpenPlace{ID: siteID(k), Types: []string{r.Service}, At: site.At, Name: siteID(k)})
	}
	changed, err := scenario.Apply(p.Snapshot(), []scenario.Scenario{{Steps: stepsOf(steps)}})
	if err != nil {
		return err
	}
	with, err := p.Derive(ctx, changed, nil)
	if err != nil {
		return err
	}
	f, err := with.Figures(ctx, q, model.FigureOptions{Of: r.Group, Detail: true})
	var none *i18n.Problem
	if errors.As(err, &none) && ctx.Err() == nil {
		return nil // nobody reaches anything: there are no figures
	}
	if err != nil {
		return err
	}
	out.Mean, out.Farthest, out.Reached = f.All.Mean, f.All.Max, f.All.Reached
	if r.Within > 0 {
		out.Covered = f.All.Bands[0].People
	}
	switch r.Objective {
	case PMedian:
		out.Value = f.All.PersonCost
	case Coverage:
		out.Value = float64(out.Covered)
	case PCenter:
		out.Value = f.All.Max
	}
	for _, place := range f.Places {
		for k := range r.Sites {
			if place.ID == siteID(k) {
				out.People[k] = place.PeopleNearest
			}
		}
	}
	return nil
}
