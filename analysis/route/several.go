package route

import (
	"cmp"
	"context"
	"slices"

	"nabar/analysis/network"
)

// MaxSeveral is the largest number of places that a SeveralSearch can find for each point.
const MaxSeveral = 5

// SeveralSearch finds the nearest facilities at several places: what Search does, for more than two. It keeps its
// working memory from one run to the next and is not safe for concurrent use.
type SeveralSearch struct {
	net    *network.Network
	metric *network.Metric
	count  int
	mean   int64
	queue  queue
}

// NewSeveralSearch makes a search for the given number of places, 1 to MaxSeveral, on a network by one of its metrics.
// Numbers beyond these limits are taken for the nearest limit.
func NewSeveralSearch(n *network.Network, m *network.Metric, count int) *SeveralSearch {
	return &SeveralSearch{net: n, metric: m, count: min(max(count, 1), MaxSeveral), mean: meanCost(m)}
}

// SeveralField is the outcome of a SeveralSearch.
type SeveralField struct {
	count  int
	labels []Label // count for each node: ascending, each of another place, None where there are no more
	at     Field   // the sources; its Nodes are not used
}

// Run searches from all sources at once up to a cost, as Search.Run does. The context's error is the only one.
//
// Each node keeps the least label of each of at most as many places as are wanted. A route to a node's k-th place leads
// through a neighbour of whose k least places that place is one, so nothing is lost by passing on these alone.
func (s *SeveralSearch) Run(ctx context.Context, sources []Source, limit int64) (*SeveralField, error) {
	f := s.newField(sources, limit)
	s.queue.reset(s.mean)
	for rank := range sources {
		s.seed(f, rank)
	}
	in, cost := &s.net.Topology.In, s.metric.In
	for turn := 0; ; turn++ {
		if turn&0xffff == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		e, ok := s.queue.pop()
		if !ok {
			return f, nil
		}
		if !slices.Contains(f.node(e.node), e.label) {
			continue
		}
		for a := in.First[e.node]; a < in.First[e.node+1]; a++ {
			s.offer(f, in.Node[a], e.label+Label(cost[a])<<facilityBits)
		}
	}
}

// newField makes a field in which nothing is reached.
func (s *SeveralSearch) newField(sources []Source, limit int64) *SeveralField {
	f := &SeveralField{count: s.count, labels: make([]Label, s.count*s.net.Topology.Nodes), at: Field{
		net: s.net, metric: s.metric, limit: NewLabel(min(limit, MaxCost), MaxFacilities-1), sources: sources,
		places: make([]int32, len(sources)), onEdge: make([]int32, len(sources)),
	}}
	for i := range f.labels {
		f.labels[i] = None
	}
	for rank := range sources {
		f.at.places[rank], f.at.onEdge[rank] = sources[rank].Place, int32(rank)
	}
	slices.SortFunc(f.at.onEdge, func(a, b int32) int {
		return cmp.Or(cmp.Compare(sources[a].Join.Edge, sources[b].Join.Edge), cmp.Compare(a, b))
	})
	return f
}

// node gives the labels of a node.
func (f *SeveralField) node(v int32) []Label { return f.labels[int(v)*f.count:][:f.count:f.count] }

// seed labels the ends of a facility's edge, as far as one may drive from them to the facility.
func (s *SeveralSearch) seed(f *SeveralField, rank int) {
	j := f.at.sources[rank].Join
	e := &s.net.Edges[j.Edge]
	base := NewLabel(s.metric.Connector(j.Connector), rank)
	if node, at := atNode(e, j.Position); at {
		s.offer(f, node, base)
		return
	}
	if e.Has(network.OpenForward) {
		s.offer(f, e.From, base+Label(s.metric.FromStart(j.Edge, j.Position))<<facilityBits)
	}
	if e.Has(network.OpenBackward) {
		s.offer(f, e.To, base+Label(s.metric.FromEnd(j.Edge, j.Position))<<facilityBits)
	}
}

// offer gives a node a label, to be passed on if it is taken.
func (s *SeveralSearch) offer(f *SeveralField, node int32, l Label) {
	if l <= f.at.limit && insert(f.node(node), l, f.at.places) {
		s.queue.push(l, node)
	}
}

// insert offers a label to a list that is ascending, holds each place once and ends in None where it is not full. It
// tells whether the list took it.
func insert(list []Label, l Label, places []int32) bool {
	slot := len(list) - 1
	if l >= list[slot] {
		return false
	}
	place := places[l.Facility()]
	for i, held := range list {
		if held == None || places[held.Facility()] == place {
			if held <= l {
				return false
			}
			slot = i
			break
		}
	}
	for ; slot > 0 && list[slot-1] > l; slot-- {
		list[slot] = list[slot-1]
	}
	list[slot] = l
	return true
}

// At appends to list the nearest facilities at different places from a point that has joined the network, its connector
// counted: as many labels as the search has places, ascending, None where there are no more. It is safe for concurrent
// use.
func (f *SeveralField) At(j network.Join, list []Label) []Label {
	start := len(list)
	for range f.count {
		list = append(list, None)
	}
	near := list[start:]
	m := f.at.metric
	connector := m.Connector(j.Connector)
	offer := func(l Label, cost int64) {
		if l == None {
			return
		}
		if l += Label(cost) << facilityBits; l <= f.at.limit {
			insert(near, l, f.at.places)
		}
	}
	through := func(node int32, cost int64) {
		for _, l := range f.node(node) {
			offer(l, connector+cost)
		}
	}
	leave(f.at.net, m, j, through)
	f.at.straight(j, func(cost int64, rank int) { offer(NewLabel(0, rank), connector+cost) })
	return list
}
