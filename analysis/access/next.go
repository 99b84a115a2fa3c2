package access

import (
	"cmp"
	"context"
	"math"
	"slices"

	"nabar/analysis/route"
	"nabar/model"
)

// Next is the facility that is nearest to another one, at another place.
type Next struct {
	Facility int     // index in the snapshot, -1 where none can be reached
	Cost     float64 // metres or seconds; NaN where none can be reached
}

// Next finds for each of the facilities from, by index in the snapshot, the nearest of the targets that stands at another
// place. Places are made of both lists together, and the way is driven from the first to the second, with the connectors
// of both. Of targets that are equally near, the one whose id comes first is taken. One search serves all. A facility that
// has not joined the network reaches none.
func (p *Prepared) Next(ctx context.Context, from, targets []int, i model.Impedance) ([]Next, error) {
	joined := p.together(from, targets)
	place := map[int]int32{}
	for k, group := range p.places(joined) {
		place[joined[k]] = group
	}
	ranks := slices.DeleteFunc(slices.Clone(joined), func(f int) bool { return !slices.Contains(targets, f) })
	sources := make([]route.Source, len(ranks))
	for k, f := range ranks {
		sources[k] = route.Source{Join: p.facilities[f].join, Place: place[f]}
	}
	out := slices.Repeat([]Next{{Facility: -1, Cost: math.NaN()}}, len(from))
	if len(sources) == 0 {
		return out, ctx.Err()
	}
	field, err := p.costs(ctx, i, sources)
	if err != nil {
		return nil, err
	}
	metric := p.net.Metric(i)
	for k, f := range from {
		if !p.facilities[f].ok {
			continue
		}
		// The two nearest stand at two places, so that at least one of them is another than the facility's own.
		for _, label := range field.At(p.facilities[f].join) {
			if label == route.None || sources[label.Facility()].Place == place[f] {
				continue
			}
			out[k] = Next{ranks[label.Facility()], metric.Value(label.Cost())}
			break
		}
	}
	return out, nil
}

// together lists the facilities of both lists that have joined the network, each once, by id.
func (p *Prepared) together(a, b []int) []int {
	all := slices.DeleteFunc(slices.Concat(a, b), func(f int) bool { return !p.facilities[f].ok })
	slices.SortFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.snapshot.Facilities[a].ID, p.snapshot.Facilities[b].ID), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

// Connector is the straight way from a facility to the road that it has joined, in metres. ok is false where it has
// joined none.
func (p *Prepared) Connector(facility int) (metres float64, ok bool) {
	at := &p.facilities[facility]
	return float64(at.join.Connector) / 100, at.ok
}

// Services are the other service types at the place of a facility, in the project's order.
func (p *Prepared) Services(facility int) []string {
	return newSurroundings(p.snapshot, []int{facility}).services(facility)
}

// Shores are the parts of the road network that hang together without a ferry.
type Shores struct {
	p        *Prepared
	part     []int32 // of each node
	people   []int64 // that have joined each part, in and outside the border
	mainland int32   // the part that the others are judged against, -1 where there is none
}

// Shores parts the network by its ferries. Mainland is the part where most people live, of those that the project has
// squares for, also beyond the border; where nobody lives, it is the part with the longest roads.
func (p *Prepared) Shores() *Shores {
	part, parts := p.net.WithoutFerries()
	s := &Shores{p: p, part: part, people: make([]int64, parts), mainland: -1}
	length := make([]int64, parts)
	for i := range p.net.Edges {
		if k := part[p.net.Edges[i].From]; k >= 0 && part[p.net.Edges[i].To] == k {
			length[k] += int64(p.net.Edges[i].Length)
		}
	}
	for i := range p.cells {
		if p.cells[i].ok {
			s.people[s.of(&p.cells[i])] += int64(p.snapshot.Cells[i].People)
		}
	}
	for k := range int32(parts) {
		if m := s.mainland; m < 0 || cmp.Or(cmp.Compare(s.people[k], s.people[m]), cmp.Compare(length[k], length[m])) > 0 {
			s.mainland = k
		}
	}
	return s
}

// of is the part that a point has joined. Nothing joins a ferry, so that there is one.
func (s *Shores) of(at *point) int32 { return s.part[s.p.net.Edges[at.join.Edge].From] }

// MainlandPeople are the people of the part that the others are judged against.
func (s *Shores) MainlandPeople() int {
	if s.mainland < 0 {
		return 0
	}
	return int(s.people[s.mainland])
}

// Island tells whether a facility stands where only a ferry leads, and how many people live on its side. ok is false
// where it has not joined the network.
func (s *Shores) Island(facility int) (island bool, people int, ok bool) {
	at := &s.p.facilities[facility]
	if !at.ok {
		return false, 0, false
	}
	k := s.of(at)
	return k != s.mainland, int(s.people[k]), true
}
