package tour

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Stop is a position that is called at.
type Stop struct {
	Name string
	At   orb.Point // SWEREF 99 TM
	Load int64     // such as deliveries or people; 0 or more
}

// Query asks for round trips on a road network.
type Query struct {
	Impedance model.Impedance
	Start     Stop // where all rounds begin and end
	Stops     []Stop
	Capacity  int64   // most load of a round; 0 for no limit
	Longest   float64 // most metres or seconds of a round; 0 for no limit
}

// Result are the rounds. Costs are metres or seconds.
type Result struct {
	Query
	Trips    []Trip
	Cost     float64
	Bound    float64 // no rounds cost less; proven
	Gap      float64 // between cost and bound, as a share of the cost
	Optimal  bool    // it is proven that no rounds cost less
	LeftOut  []Stop  // no road is near, or none leads there and back
	Stations int     // stops that are called at
}

// Trip is one round.
type Trip struct {
	Stops []Stop // in order
	Cost  float64
	Load  int64
	Line  orb.LineString // along the roads, from the start back to it
}

// OnRoads finds round trips from a start to stops and back. Stops that can't be driven to and from are left out and told.
// It gives a Problem where the start is not near a road, those of Solve, and the context's error when that ends.
func OnRoads(ctx context.Context, p *access.Prepared, q Query, progress model.Progress) (*Result, error) {
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	if len(q.Stops) > MostStops {
		return nil, i18n.Errorf("tour.many_stops", len(q.Stops), MostStops)
	}
	r := &roads{p: p, metric: p.Network().Metric(q.Impedance), out: Result{Query: q}}
	if err := r.join(); err != nil {
		return nil, err
	}
	progress(i18n.M("tour.progress.ways"), 0)
	problem, err := r.problem(ctx)
	if err != nil {
		return nil, err
	}
	for i := range r.stops[1:] {
		if s := r.stops[i+1]; !problem.fits([]int{i + 1}) {
			return nil, i18n.Errorf("tour.stop_named", s.Name)
		}
	}
	s, err := Solve(ctx, problem, func(share float64) { progress(i18n.M("tour.progress.search"), 0.2+0.7*share) })
	if err != nil {
		return nil, err
	}
	progress(i18n.M("tour.progress.draw"), 0.9)
	return r.result(ctx, s)
}

// roads is one query under way.
type roads struct {
	p      *access.Prepared
	metric *network.Metric
	out    Result
	stops  []Stop // the start first
	joins  []network.Join
}

// join joins start and stops to the network.
func (r *roads) join() error {
	limit := r.p.Snapshot().Params.SnapLimit
	for i, s := range append([]Stop{r.out.Start}, r.out.Stops...) {
		join, ok := r.p.Network().Snap(s.At, limit)
		switch {
		case ok:
			r.stops, r.joins = append(r.stops, s), append(r.joins, join)
		case i == 0:
			return i18n.Errorf("tour.start_far", i18n.Metres(limit))
		default:
			r.out.LeftOut = append(r.out.LeftOut, s)
		}
	}
	return nil
}

// problem measures the ways between all stops, by a search back from each.
func (r *roads) problem(ctx context.Context) (*Problem, error) {
	cost, err := r.costs(ctx)
	if err != nil {
		return nil, err
	}
	var kept []int
	for i := range r.stops {
		if cost[0][i] >= 0 && cost[i][0] >= 0 {
			kept = append(kept, i)
		} else {
			r.out.LeftOut = append(r.out.LeftOut, r.stops[i])
		}
	}
	p := &Problem{Capacity: r.out.Capacity}
	if r.out.Longest > 0 {
		p.Longest = r.metric.Limit(r.out.Longest)
	}
	var stops []Stop
	for _, i := range kept {
		row := make([]int64, len(kept))
		for k, j := range kept {
			row[k] = cost[i][j] // what leads to the start and from it leads between stops
		}
		p.Cost, p.Load = append(p.Cost, row), append(p.Load, r.stops[i].Load)
		stops = append(stops, r.stops[i])
	}
	r.stops = stops
	return p, nil
}

// costs gives what it costs from each stop to each, -1 where no way leads.
func (r *roads) costs(ctx context.Context) ([][]int64, error) {
	spots := route.NewSpots(r.p.Network(), r.metric, r.joins)
	search := route.NewCatchment(spots)
	cost := make([][]int64, len(r.joins))
	for i := range cost {
		cost[i] = slices.Repeat([]int64{-1}, len(r.joins))
	}
	var found []route.Reached
	var err error
	for j := range r.joins {
		if found, err = search.Around(ctx, r.joins[j:j+1], route.MaxCost, found[:0]); err != nil {
			return nil, err
		}
		for _, f := range found {
			cost[f.Spot][j] = f.Cost
		}
	}
	for i := range cost {
		cost[i][i] = 0
	}
	return cost, nil
}

// result tells of the rounds and draws them.
func (r *roads) result(ctx context.Context, s *Solution) (*Result, error) {
	out := &r.out
	out.Cost, out.Bound, out.Gap, out.Optimal = r.metric.Value(s.Cost), r.metric.Value(s.Bound), s.Gap(), s.Optimal()
	for _, round := range s.Rounds {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		trip := Trip{Cost: r.metric.Value(round.Cost), Load: round.Load}
		at := r.stops[0]
		for _, i := range append(slices.Clone(round.Stops), 0) {
			next := r.stops[i]
			if line, _, ok := r.p.RouteBetween(at.At, next.At, r.out.Impedance); ok {
				if len(trip.Line) > 0 && len(line) > 0 && trip.Line[len(trip.Line)-1] == line[0] {
					line = line[1:]
				}
				trip.Line = append(trip.Line, line...)
			}
			if i > 0 {
				trip.Stops = append(trip.Stops, next)
				out.Stations++
			}
			at = next
		}
		out.Trips = append(out.Trips, trip)
	}
	return out, nil
}
