package route

import (
	"context"
	"slices"

	"nabar/analysis/network"
)

// AreaSearch finds the nodes from which a facility is reached within a limit, each with the nearest facility. Unlike
// Search it touches no node beyond the limit, so that a small area costs little on a large network. It keeps its working
// memory from one run to the next and is not safe for concurrent use.
type AreaSearch struct {
	net    *network.Network
	metric *network.Metric
	mean   int64
	queue  queue
	label  []Label // of each node, None where not reached
	seen   []int32 // nodes with a label
}

// NewAreaSearch makes a search on a network by one of its metrics.
func NewAreaSearch(n *network.Network, m *network.Metric) *AreaSearch {
	return &AreaSearch{net: n, metric: m, mean: meanCost(m), label: slices.Repeat([]Label{None}, n.Topology.Nodes)}
}

// Run searches from all sources at once up to a cost, which is included; connectors count. There may be MaxFacilities
// sources. The labels are those that Search gives for the nearest. The context's error is the only one.
func (s *AreaSearch) Run(ctx context.Context, sources []Source, limit int64) error {
	for _, v := range s.seen {
		s.label[v] = None
	}
	s.seen = s.seen[:0]
	s.queue.reset(s.mean)
	most := NewLabel(min(limit, MaxCost), MaxFacilities-1)
	offer := func(node int32, l Label) {
		if l > most || l >= s.label[node] {
			return
		}
		if s.label[node] == None {
			s.seen = append(s.seen, node)
		}
		s.label[node] = l
		s.queue.push(l, node)
	}
	for rank := range sources {
		seed(s.net, s.metric, sources[rank].Join, func(node int32, cost int64) { offer(node, NewLabel(cost, rank)) })
	}
	in, cost := &s.net.Topology.In, s.metric.In
	for turn := 0; ; turn++ {
		if turn&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e, ok := s.queue.pop()
		if !ok {
			return nil
		}
		if e.label != s.label[e.node] {
			continue
		}
		for a := in.First[e.node]; a < in.First[e.node+1]; a++ {
			offer(in.Node[a], e.label+Label(cost[a])<<facilityBits)
		}
	}
}

// Label is a node's label of the last run, None where it is beyond the limit.
func (s *AreaSearch) Label(node int32) Label { return s.label[node] }

// Nodes are those that have a label, in no order that means anything. They are good until the next run.
func (s *AreaSearch) Nodes() []int32 { return s.seen }

// Network is what the search runs on.
func (s *AreaSearch) Network() *network.Network { return s.net }

// Metric is what the search counts costs by.
func (s *AreaSearch) Metric() *network.Metric { return s.metric }
