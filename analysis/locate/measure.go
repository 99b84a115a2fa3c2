package locate

import (
	"cmp"
	"context"
	"math"
	"slices"

	"nabar/analysis/network"
	"nabar/analysis/route"
)

// result measures the choice anew, as the figures of a service are measured, and tells what is known about it.
func (r *roads) result(ctx context.Context, q *Query, s *Solution) (*Result, error) {
	out := &Result{Query: *q, Gap: s.Gap(), Optimal: s.Optimal(), Stopped: s.Stopped, Candidates: r.p0.Candidates}
	sources := r.chosen(out, s)
	// a deadline that has passed must not take away what was found: this last search is short
	field, err := route.NewSearch(r.net, r.metric).Run(context.WithoutCancel(ctx), sources, route.MaxCost)
	if err != nil {
		return nil, err
	}
	before, after := r.before(), r.after(field)
	r.share(out, sources, after.nearest)
	if q.capacities() {
		r.loads(out, after.stays, before.stays)
	}
	out.People, out.Reached, out.ReachedBefore = r.whole(everybody(r.demand)), r.whole(after.reached), r.whole(before.reached)
	out.Mean, out.MeanBefore = r.mean(after), r.mean(before)
	out.Farthest, out.FarthestBefore = r.metric.Value(after.farthest), r.metric.Value(before.farthest)
	if q.Within > 0 {
		out.Covered, out.CoveredBefore = r.whole(after.within), r.whole(before.within)
	}
	out.Value, out.Before = r.value(q, after), r.value(q, before)
	switch q.Objective {
	case PMedian:
		out.Bound = r.metric.Value(s.Bound) / float64(r.group.Parts)
	case Coverage:
		out.Bound = float64(s.Bound) / float64(r.group.Parts)
	case PCenter:
		out.Bound = r.metric.Value(s.Bound)
	case Fewest:
		out.Value, out.Before, out.Bound = float64(s.Value), float64(len(r.places.movable)), float64(s.Bound)
	}
	return out, nil
}

// whole turns parts of people into whole people.
func (r *roads) whole(parts int64) int { return r.group.Whole(parts) }

// sortSites orders sites by easting, then northing.
func sortSites(sites []Site) {
	slices.SortFunc(sites, func(a, b Site) int {
		return cmp.Or(cmp.Compare(a.At[0], b.At[0]), cmp.Compare(a.At[1], b.At[1]), cmp.Compare(a.Node, b.Node), cmp.Compare(a.Name, b.Name))
	})
}

// share tells of each site and kept place who have it nearest.
func (r *roads) share(out *Result, sources []route.Source, nearest []int64) {
	people := make([]int64, len(out.Sites)+len(out.Kept))
	for k, weight := range nearest {
		people[sources[k].Place] += weight
	}
	for k := range out.Sites {
		out.Sites[k].People = r.whole(people[k])
	}
	for k := range out.Kept {
		out.Kept[k].People = r.whole(people[len(out.Sites)+k])
	}
}

// atNode is where a facility that stands at a node joins the network.
func (r *roads) atNode(site Site) (join network.Join) {
	for i := range r.net.Edges {
		e := &r.net.Edges[i]
		if e.Component != 0 || e.Flags&(network.Ferry|network.Motorway|network.Closed) != 0 {
			continue
		}
		if e.From == site.Node {
			return network.Join{Edge: int32(i), At: site.At}
		}
		if e.To == site.Node {
			join = network.Join{Edge: int32(i), Position: e.Length, At: site.At}
			if e.Length > 0 {
				break
			}
		}
	}
	return join
}

// figures are what people have, in the group's parts of a person.
type figures struct {
	reached, within int64
	sum, farthest   int64
	nearest         []int64       // by source
	stays           map[int]int64 // by facility that is there
}

// add counts a square.
func (f *figures) add(weight, cost, limit int64) {
	if cost < 0 {
		return
	}
	f.reached += weight
	f.sum += cost * weight
	f.farthest = max(f.farthest, cost)
	if cost <= limit {
		f.within += weight
	}
}

// before measures what people have today.
func (r *roads) before() (f figures) {
	f.stays = map[int]int64{}
	for i, d := range r.demand {
		f.stays[r.by[i]] += d.Weight
		f.add(d.Weight, r.today[i], r.metric.Limit(r.query.Within))
	}
	return f
}

// after measures what people have with what was chosen.
func (r *roads) after(field *route.Field) (f figures) {
	f.stays = map[int]int64{}
	for _, d := range r.demand {
		cost, by := d.Nearest, d.By
		if d.Joined {
			if near := field.At(d.Join)[0]; near != route.None && (cost < 0 || near.Cost() < cost) {
				cost, by = near.Cost(), -1
				for len(f.nearest) <= near.Facility() {
					f.nearest = append(f.nearest, 0)
				}
				f.nearest[near.Facility()] += d.Weight
			}
		}
		f.stays[by] += d.Weight
		f.add(d.Weight, cost, r.metric.Limit(r.query.Within))
	}
	return f
}

// value is the figure of the objective.
func (r *roads) value(q *Query, f figures) float64 {
	switch q.Objective {
	case Coverage:
		return float64(f.within) / float64(r.group.Parts)
	case PCenter:
		return r.metric.Value(f.farthest)
	}
	return r.metric.Value(f.sum) / float64(r.group.Parts)
}

// mean is the mean cost of those who are reached.
func (r *roads) mean(f figures) float64 {
	if f.reached == 0 {
		return math.NaN()
	}
	return r.metric.Value(f.sum) / float64(f.reached)
}
