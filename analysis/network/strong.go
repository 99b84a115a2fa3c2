package network

// StronglyConnected marks the nodes from which, and to which, one can drive to and from the most of the largest
// component: its largest strongly connected part, by nodes. Ferries count as open, as they do for components: an island
// whose ferry is closed is no fault in the directions. It is found by Tarjan's method (1972), without recursion. Time
// O(n + m).
func (n *Network) StronglyConnected() []bool {
	star := n.Topology.Out
	if len(n.Closed) > 0 {
		star = n.star(leaving, 0)
	}
	t := tarjan{
		star: &star,
		low:  make([]int32, n.Topology.Nodes), number: make([]int32, n.Topology.Nodes),
		part: make([]int32, n.Topology.Nodes),
	}
	for i := range n.Edges {
		if e := &n.Edges[i]; e.Component == 0 && t.number[e.From] == 0 {
			t.visit(e.From)
		}
		if e := &n.Edges[i]; e.Component == 0 && t.number[e.To] == 0 {
			t.visit(e.To)
		}
	}
	strong := make([]bool, n.Topology.Nodes)
	for v, part := range t.part {
		strong[v] = part == t.largest && part > 0
	}
	return strong
}

// tarjan is the state of the search. Numbers and parts start from 1; 0 is not yet.
type tarjan struct {
	star            *Star
	low             []int32 // least number that can be reached back to
	number          []int32 // order of discovery
	part            []int32 // strongly connected part
	path, next      []int32 // nodes on the way, and the next arc of each
	open            []int32 // nodes without a part
	count, parts    int32
	largest, larger int32 // the largest part and its nodes
}

// enter begins with a node.
func (t *tarjan) enter(v int32) {
	t.count++
	t.number[v], t.low[v] = t.count, t.count
	t.path, t.next = append(t.path, v), append(t.next, t.star.First[v])
	t.open = append(t.open, v)
}

// visit searches all that can be reached from a node.
func (t *tarjan) visit(from int32) {
	t.enter(from)
	for len(t.path) > 0 {
		top := len(t.path) - 1
		v := t.path[top]
		if t.next[top] == t.star.First[v+1] {
			t.leave(v)
			continue
		}
		w := t.star.Node[t.next[top]]
		t.next[top]++
		switch {
		case t.number[w] == 0:
			t.enter(w)
		case t.part[w] == 0:
			t.low[v] = min(t.low[v], t.number[w])
		}
	}
}

// leave ends with a node, and closes a part where the node is its first.
func (t *tarjan) leave(v int32) {
	t.path, t.next = t.path[:len(t.path)-1], t.next[:len(t.next)-1]
	if k := len(t.path); k > 0 {
		t.low[t.path[k-1]] = min(t.low[t.path[k-1]], t.low[v])
	}
	if t.low[v] != t.number[v] {
		return
	}
	t.parts++
	size := int32(0)
	for {
		w := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.part[w] = t.parts
		size++
		if w == v {
			break
		}
	}
	if size > t.larger {
		t.largest, t.larger = t.parts, size
	}
}
