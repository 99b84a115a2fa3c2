package access

import (
	"context"
	"errors"

	"nabar/internal/i18n"
	"nabar/model"
)

// joint computes the joint measure of several service types for the people that are chosen.
func (c *chosen) joint(ctx context.Context, parts []part) (*model.Joint, error) {
	p, q := c.prepared, c.query
	j := &model.Joint{}
	var costs [][]int64
	for _, id := range c.options.Services {
		other := q
		other.Service = id
		one, service, err := p.complete(other)
		if err != nil {
			return nil, err
		}
		f, err := p.find(ctx, one, service, c.whole)
		switch {
		case errors.Is(err, i18n.Errorf("analysis.no_facilities")), errors.Is(err, i18n.Errorf("analysis.no_joined_facilities")):
			j.Missing = append(j.Missing, id)
			continue
		case err != nil:
			return nil, err
		}
		costs, j.Services = append(costs, f.costs), append(j.Services, id)
	}
	all := newReach(c.here.metric, q.Bands, c.options.NeedFrom, farthest(costs, len(c.whole.cells)))
	here := all
	for i := range costs {
		costs[i] = take(costs[i], c.keep)
	}
	if c.keep != nil {
		here = newReach(c.here.metric, q.Bands, c.options.NeedFrom, farthest(costs, len(c.squares.cells)))
	}
	j.All = here.group(c.main.weights)
	j.All.Name = c.main.group.Name
	j.Groups = groups(parts, here, all)
	limits, _ := here.limits()
	for k, to := range q.Bands {
		j.Counts = append(j.Counts, model.JointCount{To: to, People: c.main.weights.having(costs, limits[k])})
	}
	return j, nil
}

// farthest gives for each of n squares the greatest of its costs to several services: what it takes to have them all.
// It is not reached where one of them is not.
func farthest(costs [][]int64, n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		if len(costs) == 0 {
			out[i] = notReached
		}
		for _, c := range costs {
			out[i] = max(out[i], c[i])
		}
	}
	return out
}

// having counts people by how many of the services they have at or under a limit.
func (w weights) having(costs [][]int64, limit int64) []int {
	sums := make([]int64, len(costs)+1)
	for i, people := range w.of {
		n := 0
		for _, cost := range costs {
			if cost[i] <= limit {
				n++
			}
		}
		sums[n] += people
	}
	out := make([]int, len(sums))
	for n, sum := range sums {
		out[n] = w.whole(sum)
	}
	return out
}
