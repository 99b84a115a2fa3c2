package access

import (
	"context"
	"errors"

	"nabar/internal/i18n"
	"nabar/model"
)

// joint computes the joint measure of several service types.
func (p *Prepared) joint(ctx context.Context, q model.Query, o model.FigureOptions, s *squares, parts []part) (*model.Joint, error) {
	j := &model.Joint{}
	var costs [][]int64
	for _, id := range o.Services {
		one, service, err := p.complete(model.Query{Service: id, Impedance: q.Impedance, Bands: q.Bands})
		if err != nil {
			return nil, err
		}
		c, err := p.costs(ctx, one, service, s)
		switch {
		case errors.Is(err, i18n.Errorf("analysis.no_facilities")), errors.Is(err, i18n.Errorf("analysis.no_joined_facilities")):
			j.Missing = append(j.Missing, id)
			continue
		case err != nil:
			return nil, err
		}
		costs, j.Services = append(costs, c), append(j.Services, id)
	}
	r := newReach(p.net.Metric(q.Impedance), q.Bands, o.NeedFrom, farthest(costs, len(s.cells)))
	j.All = r.group(s.everybody())
	j.All.Name = i18n.M("figures.everybody")
	j.Groups = r.groups(parts)
	limits, _ := r.limits()
	for k, to := range q.Bands {
		j.Counts = append(j.Counts, model.JointCount{To: to, People: s.having(costs, limits[k])})
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

// having counts the people by how many of the services they have at or under a limit.
func (s *squares) having(costs [][]int64, limit int64) []int {
	out := make([]int, len(costs)+1)
	for i, c := range s.cells {
		n := 0
		for _, cost := range costs {
			if cost[i] <= limit {
				n++
			}
		}
		out[n] += c.People
	}
	return out
}
