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
func (r *roads) result(ctx context.Context, s *Solution) (*Result, error) {
	out := &Result{Query: r.query, Gap: s.Gap(), Optimal: s.Optimal(), Stopped: s.Stopped, Candidates: len(r.nodes)}
	for _, c := range s.Chosen {
		out.Sites = append(out.Sites, Site{r.nodes[c], r.net.Points[r.nodes[c]]})
	}
	slices.SortFunc(out.Sites, func(a, b Site) int {
		return cmp.Or(cmp.Compare(a.At[0], b.At[0]), cmp.Compare(a.At[1], b.At[1]), cmp.Compare(a.Node, b.Node))
	})
	// a deadline that has passed must not take away what was found: this last search is short
	field, err := route.NewSearch(r.net, r.metric).Run(context.WithoutCancel(ctx), r.sources(out.Sites), route.MaxCost)
	if err != nil {
		return nil, err
	}
	before, after := r.figures(nil), r.figures(field)
	out.People, out.Reached, out.ReachedBefore = after.people, after.reached, before.reached
	out.Mean, out.MeanBefore = r.mean(after), r.mean(before)
	out.Value, out.Before, out.Bound = r.value(after), r.value(before), float64(s.Bound)
	if r.query.Objective != Coverage {
		out.Bound = r.metric.Value(s.Bound)
	}
	return out, nil
}

// sources are the sites as facilities that stand at their nodes.
func (r *roads) sources(sites []Site) []route.Source {
	out := make([]route.Source, len(sites))
	for k, site := range sites {
		out[k].Place = int32(k)
		for i := range r.net.Edges {
			e := &r.net.Edges[i]
			if e.Component != 0 || e.Flags&(network.Ferry|network.Motorway) != 0 {
				continue
			}
			if e.From == site.Node {
				out[k].Join = network.Join{Edge: int32(i), At: site.At}
				break
			}
			if e.To == site.Node {
				out[k].Join = network.Join{Edge: int32(i), Position: e.Length, At: site.At}
				if e.Length > 0 {
					break
				}
			}
		}
	}
	return out
}

// figures are what people have.
type figures struct {
	people, reached, within int
	sum, farthest           int64
}

// figures measures what people have with some new places, nil for none.
func (r *roads) figures(field *route.Field) (f figures) {
	limit := r.metric.Limit(r.query.Within)
	for _, d := range r.demand {
		f.people += d.People
		cost := d.Nearest
		if field != nil && d.Joined {
			if near := field.At(d.Join)[0]; near != route.None && (cost < 0 || near.Cost() < cost) {
				cost = near.Cost()
			}
		}
		if cost < 0 {
			continue
		}
		f.reached += d.People
		f.sum += cost * int64(d.People)
		f.farthest = max(f.farthest, cost)
		if cost <= limit {
			f.within += d.People
		}
	}
	return f
}

// value is the figure of the objective.
func (r *roads) value(f figures) float64 {
	switch r.query.Objective {
	case Coverage:
		return float64(f.within)
	case PCenter:
		return r.metric.Value(f.farthest)
	}
	return r.metric.Value(f.sum)
}

// mean is the mean cost of those who are reached.
func (r *roads) mean(f figures) float64 {
	if f.reached == 0 {
		return math.NaN()
	}
	return r.metric.Value(f.sum) / float64(f.reached)
}
