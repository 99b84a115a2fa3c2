package reach

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"nabar/analysis/network"
	"nabar/analysis/route"
)

// Part is a stretch of an edge from which a facility is reached: positions in centimetres from the edge's start.
type Part struct {
	Edge     int32
	From, To int32 // From < To
	Source   int32 // rank of the nearest facility
	Band     int32 // index of the least limit that the cost is at or under, all along the stretch
}

// Length is the part's length in centimetres.
func (p Part) Length() int64 { return int64(p.To - p.From) }

// Parts gives the stretches of road from which the nearest of the sources is reached within the last of ascending
// limits, by edge and then by position. Stretches that differ in source or limit are parts of their own. An end of a
// part is the last whole centimetre that belongs to it, or the one where the next begins. Edges without length have no
// parts. The context's error is the only one.
func Parts(ctx context.Context, s *route.AreaSearch, sources []route.Source, limits []int64) ([]Part, error) {
	if len(limits) == 0 || len(sources) == 0 {
		return nil, ctx.Err()
	}
	if err := s.Run(ctx, sources, limits[len(limits)-1]); err != nil {
		return nil, err
	}
	p := &parter{search: s, net: s.Network(), metric: s.Metric(), sources: sources, limits: limits}
	p.sortSources()
	for _, e := range p.edges() {
		p.edge(e)
	}
	return p.out, ctx.Err()
}

// parter is the state of Parts.
type parter struct {
	search  *route.AreaSearch
	net     *network.Network
	metric  *network.Metric
	sources []route.Source
	limits  []int64
	onEdge  []int32 // ranks of the sources by edge, then position
	stops   []stop
	out     []Part
}

// stop is a position on an edge where facilities stand, or an end of it. What is held is what a point pays that drives
// to the stop or past it: forward for points before the stop, backward for those after, route.None where it can't.
type stop struct {
	at                int32
	forward, backward route.Label // less FromStart and FromEnd of the point
}

// sortSources orders the sources as the edges have them.
func (p *parter) sortSources() {
	for rank := range p.sources {
		p.onEdge = append(p.onEdge, int32(rank))
	}
	slices.SortFunc(p.onEdge, func(a, b int32) int {
		x, y := p.sources[a].Join, p.sources[b].Join
		return cmp.Or(cmp.Compare(x.Edge, y.Edge), cmp.Compare(x.Position, y.Position), cmp.Compare(a, b))
	})
}

// edges lists the edges that may have parts: those that lead to a node within the limit, and those of the sources.
func (p *parter) edges() []int32 {
	var out []int32
	in := &p.net.Topology.In
	for _, v := range p.search.Nodes() {
		for a := in.First[v]; a < in.First[v+1]; a++ {
			out = append(out, in.Arc[a]>>1)
		}
	}
	for i := range p.sources {
		out = append(out, p.sources[i].Join.Edge)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// edge parts one edge.
func (p *parter) edge(edge int32) {
	if p.net.Edges[edge].Length == 0 {
		return
	}
	p.setStops(edge)
	for i := 1; i < len(p.stops); i++ {
		if a, b := p.stops[i-1], p.stops[i]; a.at < b.at {
			p.gap(edge, a.at, b.at, b.forward, a.backward)
		}
	}
}

// setStops lists the ends of an edge and the facilities on it, with what is best from each on.
func (p *parter) setStops(edge int32) {
	e, m := &p.net.Edges[edge], p.metric
	p.stops = append(p.stops[:0], stop{0, route.None, route.None})
	first, _ := slices.BinarySearchFunc(p.onEdge, edge, func(rank, edge int32) int {
		return cmp.Compare(p.sources[rank].Join.Edge, edge)
	})
	for _, rank := range p.onEdge[first:] {
		j := p.sources[rank].Join
		if j.Edge != edge {
			break
		}
		cost := m.Connector(j.Connector)
		p.stops = append(p.stops, stop{
			j.Position, route.NewLabel(cost+m.FromStart(edge, j.Position), int(rank)), route.NewLabel(cost+m.FromEnd(edge, j.Position), int(rank)),
		})
	}
	p.stops = append(p.stops, stop{e.Length, route.None, route.None})
	n := len(p.stops)
	p.stops[n-1].forward = plus(p.search.Label(e.To), m.Whole(edge, false))
	p.stops[0].backward = plus(p.search.Label(e.From), m.Whole(edge, true))
	for i := range n {
		if back := n - 1 - i; !e.Has(network.OpenForward) || e.Has(network.Closed) {
			p.stops[i].forward = route.None
		} else if back+1 < n {
			p.stops[back].forward = min(p.stops[back].forward, p.stops[back+1].forward)
		}
		if !e.Has(network.OpenBackward) || e.Has(network.Closed) {
			p.stops[i].backward = route.None
		} else if i > 0 {
			p.stops[i].backward = min(p.stops[i].backward, p.stops[i-1].backward)
		}
	}
}

// plus adds a cost to a label.
func plus(l route.Label, cost int64) route.Label {
	if l == route.None {
		return l
	}
	return l + route.NewLabel(cost, 0)
}

// gap parts the stretch between two stops, from which one may drive forward to the next and backward to the one before.
//
// The cost backward rises along the stretch and the cost forward falls, so backward is better up to some position and
// forward from there on, and on either side each limit is passed at one position.
func (p *parter) gap(edge, a, b int32, forward, backward route.Label) {
	ahead := func(x int32) route.Label { return forward - route.NewLabel(p.metric.FromStart(edge, x), 0) }
	behind := func(x int32) route.Label { return backward - route.NewLabel(p.metric.FromEnd(edge, x), 0) }
	turn := b
	switch {
	case forward == route.None && backward == route.None:
		return
	case backward == route.None:
		turn = a
	case forward != route.None:
		near := p.band(min(ahead(b), behind(a)).Cost())
		far := p.band(min(ahead(a).Cost(), behind(b).Cost()))
		if near == far && forward.Facility() == backward.Facility() {
			p.add(Part{edge, a, b, int32(forward.Facility()), near})
			return
		}
		turn = a + int32(sort.Search(int(b-a), func(i int) bool { return ahead(a+int32(i)) <= behind(a+int32(i)) }))
	}
	p.rising(edge, a, turn, behind)
	p.falling(edge, turn, b, ahead)
}

// band is the index of the least limit at or over a cost, the number of limits where there is none.
func (p *parter) band(cost int64) int32 {
	return int32(sort.Search(len(p.limits), func(i int) bool { return cost <= p.limits[i] }))
}

// rising parts a stretch along which the cost rises.
func (p *parter) rising(edge, a, b int32, label func(int32) route.Label) {
	for at := a; at < b; {
		l := label(at)
		band := p.band(l.Cost())
		if int(band) == len(p.limits) {
			return
		}
		over := int32(sort.Search(int(b-at), func(i int) bool { return label(at+int32(i)+1).Cost() > p.limits[band] }))
		to := at + over
		if to == at { // the next centimetre lies beyond: what belongs to this limit has no length
			to++
			if band = p.band(label(to).Cost()); int(band) == len(p.limits) {
				return
			}
		}
		p.add(Part{edge, at, to, int32(l.Facility()), band})
		at = to
	}
}

// falling parts a stretch along which the cost falls.
func (p *parter) falling(edge, a, b int32, label func(int32) route.Label) {
	for at := a; at < b; {
		l := label(at)
		band := p.band(l.Cost())
		if int(band) == len(p.limits) { // up to where the last limit is met
			at += 1 + int32(sort.Search(int(b-at-1), func(i int) bool { return label(at+int32(i)+1).Cost() <= p.limits[band-1] }))
			if at == b {
				return
			}
			continue
		}
		to := b
		if band > 0 {
			to = at + 1 + int32(sort.Search(int(b-at-1), func(i int) bool { return label(at+int32(i)+1).Cost() <= p.limits[band-1] }))
		}
		p.add(Part{edge, at, to, int32(l.Facility()), band})
		at = to
	}
}

// add appends a part, or lengthens the one before it where they are of a kind.
func (p *parter) add(part Part) {
	if int(part.Band) == len(p.limits) {
		return
	}
	if n := len(p.out) - 1; n >= 0 {
		last := &p.out[n]
		if last.Edge == part.Edge && last.To == part.From && last.Source == part.Source && last.Band == part.Band {
			last.To = part.To
			return
		}
	}
	p.out = append(p.out, part)
}
