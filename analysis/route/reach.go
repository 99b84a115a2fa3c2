package route

import "nabar/analysis/network"

// Within calls visit for every node that can be driven to from a point at a cost up to a limit, which is included, with
// the least such cost, the point's connector counted. The order of the nodes is that in which they were first reached.
// The search touches no node beyond the limit.
func (s *PathSearch) Within(from network.Join, limit int64, visit func(node int32, cost int64)) {
	s.reset()
	start := s.metric.Connector(from.Connector)
	limit = min(limit, MaxCost) - start
	reach := func(node int32, cost int64) {
		if cost <= limit {
			s.offer(node, cost, -1)
		}
	}
	for _, end := range s.ends(from, true) {
		reach(end.node, end.cost)
	}
	out, cost := &s.net.Topology.Out, s.metric.Out
	for {
		e, ok := s.queue.pop()
		if !ok {
			break
		}
		at := e.label.Cost()
		if at != s.cost[e.node] {
			continue
		}
		for a := out.First[e.node]; a < out.First[e.node+1]; a++ {
			reach(out.Node[a], at+int64(cost[a]))
		}
	}
	for _, v := range s.seen {
		visit(v, s.cost[v]+start)
	}
}
