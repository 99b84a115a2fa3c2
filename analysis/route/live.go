package route

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"nabar/analysis/network"
)

// ErrLive tells that a Change refers to a facility or an edge that is not as the change needs it: one to be removed that
// is not there, one to be added that is, a closed edge to be closed. Nothing has been changed then.
var ErrLive = errors.New("route: the change does not fit")

// LiveSource is a facility of a Live: a Source with the number that the caller knows it by.
type LiveSource struct {
	ID int32
	Source
}

// Change is what happens at once to the facilities of a Live, by service type, and to the roads that all types share. A
// facility that moves, or that gets another place, is removed and added.
type Change struct {
	Remove [][]int32      // for each service type the facilities that go; may be shorter than the types
	Add    [][]LiveSource // for each service type those that come
	Close  []int32        // edges that nobody may drive any longer
	Reopen []int32        // closed edges that are open again
}

// ErrRanks tells that no further facility finds room between two others in the order: a new Live has room again. Nothing
// has been changed then.
var ErrRanks = errors.New("route: no rank is left between two facilities")

// of gives an element of a list for each type, the zero value where the list is too short.
func of[T any](list []T, kind int) (none T) {
	if kind < len(list) {
		return list[kind]
	}
	return none
}

// Live keeps the nearest facility and the nearest at another place, of several service types, true for every node while
// facilities come and go and roads are closed. It mends what a change touches and leaves all else alone: labels that
// rest on what has gone are taken away, and a search from their neighbours fills the gap. What it holds is bit for bit what
// a Search would give, ties included: facilities are told apart by the order of Live, not by when they came.
//
// Where a change reaches far and a Sweep is at hand, the type is swept anew, which is then the cheaper way.
//
// A Live is not safe for concurrent use. Points that had joined a closed edge, and facilities at it, are the caller's to
// join elsewhere.
type Live struct {
	net     *network.Network
	metric  *network.Metric
	in      []liveArc // those of Topology.In as they are now
	out     []liveArc
	closed  map[int32]bool
	order   func(a, b int32) int
	types   []*liveType
	queues  []*queue // one for each type that is mended at the same time
	sweep   *Sweep
	detours *detours   // nil where PrepareRoads has not been called
	memory  sync.Mutex // guards the next two
	pairs   [][]Pair   // memory that nobody uses
	words   []*Labels
	steps   []*liveStep
	alone   bool  // mends one type after the other
	mean    int64 // cost of an arc with all roads open
}

// liveArc is an arc with the node at its other end and what it costs: barred where its edge is closed.
type liveArc struct{ node, cost int32 }

// barred is the cost of an arc that nobody may drive.
const barred int32 = -1

// liveArcs lays nodes and costs beside each other: whoever reads one reads the other.
func liveArcs(s *network.Star, costs []int32) []liveArc {
	out := make([]liveArc, len(costs))
	for i := range out {
		out[i] = liveArc{s.Node[i], costs[i]}
	}
	return out
}

// NewLive begins with the facilities of each service type and all roads open. order tells which of two facilities of
// one type comes first where both are equally near; it must be the same for as long as the Live is in use. sweep may be nil; it
// is used by this Live alone and must be of the same network and metric. The context's error is the only one.
func NewLive(ctx context.Context, n *network.Network, m *network.Metric, types [][]LiveSource, order func(a, b int32) int, sweep *Sweep) (*Live, error) {
	l := &Live{
		net: n, metric: m, in: liveArcs(&n.Topology.In, m.In), out: liveArcs(&n.Topology.Out, m.Out),
		closed: map[int32]bool{}, order: order, sweep: sweep, mean: meanCost(m),
	}
	search := NewSearch(n, m)
	for _, sources := range types {
		t := newLiveType(l, sources)
		if err := t.begin(ctx, search); err != nil {
			return nil, err
		}
		l.types = append(l.types, t)
		l.queues = append(l.queues, new(queue))
	}
	return l, nil
}

// Alone makes the Live work on one processor: several of them at the same time, each by itself, then don't get in each
// other's way.
func (l *Live) Alone() { l.alone = true }

// Apply makes a change. It gives ErrLive where that does not fit, ErrRanks where there is no room, and the context's error
// when it ends; all is then as it was.
func (l *Live) Apply(ctx context.Context, c Change) error {
	if !l.fits(c) {
		return ErrLive
	}
	step := &liveStep{change: c, types: make([]typeStep, len(l.types))}
	l.steps = append(l.steps, step)
	err := l.each(c, func(kind int, t *liveType) error { return t.spoil(c, kind, &step.types[kind]) })
	l.setRoads(c.Close, c.Reopen)
	if err == nil {
		err = l.each(c, func(kind int, t *liveType) error {
			if step.types[kind].renewed {
				return nil
			}
			return t.fill(ctx, c, kind, &step.types[kind])
		})
	}
	for kind, t := range l.types {
		if err == nil && step.types[kind].renewed {
			err = t.renew(ctx, &step.types[kind])
		}
	}
	if err == nil {
		return nil
	}
	l.Undo()
	if errors.Is(err, errDetours) { // from now on all is mended
		return l.Apply(ctx, c)
	}
	return err
}

// fits tells whether what goes is there and what comes is not.
func (l *Live) fits(c Change) bool {
	if len(c.Remove) > len(l.types) || len(c.Add) > len(l.types) {
		return false
	}
	for _, edges := range [2][]int32{c.Close, c.Reopen} {
		for i, e := range edges {
			if slices.Contains(edges[:i], e) {
				return false
			}
		}
	}
	if slices.ContainsFunc(c.Close, l.Closed) || slices.ContainsFunc(c.Reopen, func(e int32) bool { return !l.Closed(e) }) {
		return false
	}
	for kind, t := range l.types {
		if !t.fits(of(c.Remove, kind), of(c.Add, kind)) {
			return false
		}
	}
	return true
}

// Undo takes the last change back that has not been taken back, and tells whether there was one.
func (l *Live) Undo() bool {
	last := len(l.steps) - 1
	if last < 0 {
		return false
	}
	step := l.steps[last]
	l.steps = l.steps[:last]
	l.setRoads(step.change.Reopen, step.change.Close)
	_ = l.each(step.change, func(kind int, t *liveType) error { t.restore(&step.types[kind]); return nil })
	return true
}

// Settle forgets how changes are undone, which saves memory where nobody will.
func (l *Live) Settle() {
	for _, step := range l.steps {
		for kind := range step.types {
			t, past := l.types[kind], &step.types[kind]
			if past.whole != nil {
				l.recycle(past.whole)
			}
			if past.nodes != nil {
				t.nodes = past.nodes
			}
		}
	}
	l.steps = l.steps[:0]
}

// recycle keeps memory that nobody uses any more.
func (l *Live) recycle(w *wholeField) {
	l.memory.Lock()
	defer l.memory.Unlock()
	if w.nodes != nil {
		l.pairs = append(l.pairs, w.nodes)
	}
	if w.words != nil {
		l.words = append(l.words, w.words)
	}
}

// takeNodes gives memory for the labels of all nodes.
func (l *Live) takeNodes() []Pair {
	l.memory.Lock()
	defer l.memory.Unlock()
	if last := len(l.pairs) - 1; last >= 0 {
		nodes := l.pairs[last]
		l.pairs = l.pairs[:last]
		return nodes
	}
	return make([]Pair, l.net.Topology.Nodes)
}

// takeWords gives memory for a sweep.
func (l *Live) takeWords() *Labels {
	l.memory.Lock()
	defer l.memory.Unlock()
	if last := len(l.words) - 1; last >= 0 {
		words := l.words[last]
		l.words = l.words[:last]
		return words
	}
	return new(Labels)
}

// Field is what a type's nodes, and through At every point, have near until the next change. Its labels' facilities are to be
// given to ID.
func (l *Live) Field(kind int) *Field { return &l.types[kind].field }

// IDs gives the caller's number by what a label of a type has for its facility; what no facility has means nothing.
func (l *Live) IDs(kind int) []int32 { return l.types[kind].ids }

// each calls work for the types that a change may touch, several at a time where roads change, for then it is all of them.
// It gives the error of the first type that has one.
func (l *Live) each(c Change, work func(kind int, t *liveType) error) error {
	errs := make([]error, len(l.types))
	if len(c.Close)+len(c.Reopen) > 0 && !l.alone {
		kinds := l.largest()
		inParallel(len(kinds), func(i int) { errs[kinds[i]] = work(kinds[i], l.types[kinds[i]]) })
		return cmp.Or(errs...)
	}
	roads := len(c.Close)+len(c.Reopen) > 0
	for kind, t := range l.types {
		if roads || len(of(c.Remove, kind))+len(of(c.Add, kind)) > 0 {
			errs[kind] = work(kind, t)
		}
	}
	return cmp.Or(errs...)
}

// largest lists the types, those with the fewest facilities first: each of these serves the most nodes, so that there is the
// most to mend.
func (l *Live) largest() []int {
	kinds := make([]int, len(l.types))
	for kind := range kinds {
		kinds[kind] = kind
	}
	slices.SortStableFunc(kinds, func(a, b int) int { return len(l.types[a].ranks) - len(l.types[b].ranks) })
	return kinds
}

// setRoads closes edges and opens others.
func (l *Live) setRoads(shut, open []int32) {
	for _, e := range shut {
		l.closed[e] = true
		l.arcs(e, func(out, in int32) { l.out[out].cost, l.in[in].cost = barred, barred })
	}
	for _, e := range open {
		delete(l.closed, e)
		l.arcs(e, func(out, in int32) { l.out[out].cost, l.in[in].cost = l.metric.Out[out], l.metric.In[in] })
	}
}

// arcs calls visit for the one or two arcs of an edge, with where they stand in Topology.Out and in Topology.In.
func (l *Live) arcs(edge int32, visit func(out, in int32)) {
	e := &l.net.Edges[edge]
	top := &l.net.Topology
	for _, way := range [2]struct{ tail, head, arc int32 }{{e.From, e.To, edge << 1}, {e.To, e.From, edge<<1 | 1}} {
		out, in := findArc(&top.Out, way.tail, way.arc), findArc(&top.In, way.head, way.arc)
		if out >= 0 && in >= 0 {
			visit(out, in)
		}
	}
}

// findArc is where an arc stands among those of a node, -1 where it does not.
func findArc(s *network.Star, node, arc int32) int32 {
	for a := s.First[node]; a < s.First[node+1]; a++ {
		if s.Arc[a] == arc {
			return a
		}
	}
	return -1
}

// ID is the caller's number of the facility that a label of a type leads to.
func (l *Live) ID(kind int, label Label) int32 { return l.types[kind].ids[label.Facility()] }

// Rank is what labels of a type have for the facility with the caller's number.
func (l *Live) Rank(kind int, id int32) int32 { return l.types[kind].rankOf[id] }

// Closed tells whether an edge is closed.
func (l *Live) Closed(edge int32) bool { return l.closed[edge] }

// Touched calls visit for the nodes whose labels of a type have changed since it was last asked, some of them more than
// once, and tells whether it was able to: where all is false, any node may have changed and visit is not called.
func (l *Live) Touched(kind int, visit func(node int32)) (some bool) {
	t := l.types[kind]
	if !t.all {
		for _, v := range t.touched {
			visit(v)
		}
	}
	some = !t.all
	t.touched, t.all = t.touched[:0], false
	return some
}

// liveStep is what it takes to undo a change.
type liveStep struct {
	change Change
	types  []typeStep
}

// typeStep is the part of one type: the nodes with what they had, or all of them.
type typeStep struct {
	nodes   []hadPair
	counted bool // what the nodes have is counted by facility
	whole   *wholeField
	held    []int32
	renewed bool
	removed []ranked
	added   []int32
}

// ranked is a facility with the rank that it had.
type ranked struct {
	LiveSource
	rank int32
}

// hadPair is what a node had.
type hadPair struct {
	node int32
	pair Pair
}

// byEdge orders ranks as Field.onEdge has them.
func (t *liveType) byEdge(a, b int32) int {
	return cmp.Or(cmp.Compare(t.field.sources[a].Join.Edge, t.field.sources[b].Join.Edge), cmp.Compare(a, b))
}
