package session

import (
	"context"
	"os"
	"time"

	"nabar/analysis/locate"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/graph"
)

// The question where to put new places, and its answer; see package locate.
type (
	LocateQuery     = locate.Query
	LocateResult    = locate.Result
	LocateObjective = locate.Objective
)

// The objectives of a LocateQuery.
const (
	PMedian  = locate.PMedian
	Coverage = locate.Coverage
	PCenter  = locate.PCenter
	Fewest   = locate.Fewest
)

// LocateObjectives lists the objectives.
func LocateObjectives() []LocateObjective { return locate.Objectives() }

// Located is the answer for a project: where, and how good that is.
type Located struct {
	LocateResult
	Timings model.Timings // milliseconds; Search is the siting alone, without measuring
	Costs   float64       // milliseconds that measuring took
}

// Locate finds where to put new places of a service, with those that are open as they are. It stores nothing. A cancelled
// context ends it within half a second, with the context's error; at a deadline the best that was found is given.
func (s *Session) Locate(ctx context.Context, q LocateQuery, progress model.Progress) (*Located, error) {
	start := time.Now()
	progress = orSilent(progress)
	if q.Impedance == "" {
		q.Impedance = model.Distance
	}
	ready, err := s.ready(ctx, model.Query{
		Service: q.Service, Impedance: q.Impedance, Scenario: q.Scenario, Profile: q.Profile, Date: q.Date, Demand: q.Demand,
	}, part(progress, 0, 0.3))
	if err != nil {
		return nil, err
	}
	built := time.Since(start)
	r, err := locate.OnRoads(ctx, ready.Prepared, q, part(progress, 0.3, 1), func() float64 { return milliseconds(time.Since(start)) })
	if err != nil {
		return nil, err
	}
	out := &Located{LocateResult: *r, Costs: r.CostsMS}
	out.Timings.Load, out.Timings.Build = milliseconds(ready.loaded), milliseconds(built-ready.loaded)
	out.Timings.Search, out.Timings.Total = r.FindMS, milliseconds(time.Since(start))
	return out, nil
}

// LocatedOnGraph is the answer for a graph. Costs are in the file's unit.
type LocatedOnGraph struct {
	Nodes  []int // from 1, ascending, as the file numbers them
	Choice locate.Solution
	Costs  float64 // milliseconds for reading and the lengths of all paths
	Search float64 // milliseconds
	Total  float64
}

// LocateOnGraph answers the question of a graph file: as many of its vertices as it says, each with the weight 1. It needs
// no project. within is a limit in the file's unit, for Coverage and Fewest.
func LocateOnGraph(ctx context.Context, path string, objective LocateObjective, within int32, progress model.Progress) (*LocatedOnGraph, error) {
	start := time.Now()
	progress = orSilent(progress)
	progress(i18n.M("locate.progress.graph"), 0)
	p, err := graphProblem(ctx, path)
	if err != nil {
		return nil, err
	}
	measured := time.Since(start)
	options := locate.Options{Progress: func(share float64) { progress(i18n.M("locate.progress.search"), share) }}
	var s *locate.Solution
	switch objective {
	case Coverage:
		s, err = locate.Covering(ctx, p, within, options)
	case PCenter:
		s, err = locate.Center(ctx, p, options)
	case PMedian:
		s, err = locate.Median(ctx, p, options)
	case Fewest:
		s, err = locate.Least(ctx, p, within, options)
	default:
		err = i18n.Errorf("locate.objective_unknown", string(objective))
	}
	if err != nil {
		return nil, err
	}
	out := &LocatedOnGraph{Choice: *s, Costs: milliseconds(measured)}
	for _, v := range s.Chosen {
		out.Nodes = append(out.Nodes, int(v)+1)
	}
	out.Total = milliseconds(time.Since(start))
	out.Search = out.Total - out.Costs
	return out, nil
}

// graphProblem reads a graph file and measures its paths.
func graphProblem(ctx context.Context, path string) (*locate.Problem, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, i18n.Errorf("locate.graph_unread", err)
	}
	defer file.Close()
	g, err := graph.Read(file)
	if err != nil {
		return nil, err
	}
	return locate.OnGraph(ctx, g)
}
