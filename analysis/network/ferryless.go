package network

// WithoutFerries numbers the parts that the largest component falls into when no ferry sails, by node; -1 for nodes
// that only ferries lead to and for those of other components. Directions are not asked, as they are not for components: a
// bridge that is one-way in the register is still a fixed link. Parts are numbered from 0 by their first node. Time
// O(n + m).
func (n *Network) WithoutFerries() (part []int32, parts int) {
	sets := newDisjoint(n.Topology.Nodes)
	road := make([]bool, n.Topology.Nodes)
	for i := range n.Edges {
		if e := &n.Edges[i]; e.Component == 0 && !e.Has(Ferry) {
			sets.union(e.From, e.To)
			road[e.From], road[e.To] = true, true
		}
	}
	group, groups := sets.number()
	number := make([]int32, groups)
	part = make([]int32, len(group))
	for v, g := range group {
		part[v] = -1
		if !road[v] {
			continue
		}
		if number[g] == 0 {
			parts++
			number[g] = int32(parts)
		}
		part[v] = number[g] - 1
	}
	return part, parts
}
