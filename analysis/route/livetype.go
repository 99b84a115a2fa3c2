package route

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	// leastRanks is the least number of ranks: enough for some facilities to come between any two.
	leastRanks = 1 << 12
	// ranksPerFacility is how many ranks there are for each facility.
	ranksPerFacility = 16
	// mendShare and mendMost say when a sweep is the cheaper way: where more than one node in so many would be mended, and
	// more than so many nodes. Mending a node costs as much as sweeping six of a network that the processor's cache holds,
	// and twenty of a larger one.
	mendShare, mendMost = 6, 100_000
)

// liveType is one service type of a Live. Its facilities have ranks with gaps between them, in the order of the Live, so
// that one can come between two others without a change of their labels.
type liveType struct {
	live   *Live
	field  Field           // nodes, places and sources by rank, ranks by edge
	ids    []int32         // the caller's number by rank
	ranks  []int32         // those in use, ascending
	rankOf map[int32]int32 // by the caller's number
	seeds  map[int32][]Label
	held   []int32 // labels among all nodes, by rank; nil where it is not known
	labels Labels
	spare  []Pair

	touched []int32
	all     bool
}

// newLiveType gives the facilities their ranks. The nodes have no labels yet.
func newLiveType(l *Live, sources []LiveSource) *liveType {
	t := &liveType{live: l}
	t.field = Field{net: l.net, metric: l.metric, limit: NewLabel(MaxCost, MaxFacilities-1)}
	sources = slices.Clone(sources)
	slices.SortFunc(sources, func(a, b LiveSource) int { return l.order(a.ID, b.ID) })
	t.rank(sources)
	return t
}

// rank spreads facilities, in their order, over the ranks.
func (t *liveType) rank(sources []LiveSource) {
	size := min(max(leastRanks, ranksPerFacility*len(sources)), MaxFacilities)
	t.field.sources, t.field.places, t.ids = make([]Source, size), make([]int32, size), make([]int32, size)
	t.field.onEdge, t.ranks = nil, nil
	t.rankOf, t.seeds = map[int32]int32{}, map[int32][]Label{}
	for i, s := range sources {
		t.put(int32((i+1)*size/(len(sources)+1)), s)
	}
}

// put gives a facility a rank that is free.
func (t *liveType) put(rank int32, s LiveSource) {
	t.field.sources[rank], t.field.places[rank], t.ids[rank] = s.Source, s.Place, s.ID
	t.rankOf[s.ID] = rank
	at, _ := slices.BinarySearch(t.ranks, rank)
	t.ranks = slices.Insert(t.ranks, at, rank)
	at, _ = slices.BinarySearchFunc(t.field.onEdge, rank, t.byEdge)
	t.field.onEdge = slices.Insert(t.field.onEdge, at, rank)
	seed(t.live.net, t.live.metric, s.Join, func(node int32, cost int64) {
		t.seeds[node] = append(t.seeds[node], NewLabel(cost, int(rank)))
	})
}

// take frees a facility's rank.
func (t *liveType) take(id int32) ranked {
	rank := t.rankOf[id]
	s := LiveSource{id, t.field.sources[rank]}
	at, _ := slices.BinarySearch(t.ranks, rank)
	t.ranks = slices.Delete(t.ranks, at, at+1)
	at, _ = slices.BinarySearchFunc(t.field.onEdge, rank, t.byEdge)
	t.field.onEdge = slices.Delete(t.field.onEdge, at, at+1)
	delete(t.rankOf, id)
	seed(t.live.net, t.live.metric, s.Join, func(node int32, _ int64) {
		left := slices.DeleteFunc(t.seeds[node], func(l Label) bool { return l.Facility() == int(rank) })
		if t.seeds[node] = left; len(left) == 0 {
			delete(t.seeds, node)
		}
	})
	return ranked{s, rank}
}

// free finds a rank for a facility between those that come before and after it, -1 where there is none.
func (t *liveType) free(id int32) int32 {
	at, _ := slices.BinarySearchFunc(t.ranks, id, func(rank, id int32) int { return t.live.order(t.ids[rank], id) })
	low, high := int32(-1), int32(len(t.ids))
	if at > 0 {
		low = t.ranks[at-1]
	}
	if at < len(t.ranks) {
		high = t.ranks[at]
	}
	if high-low < 2 {
		return -1
	}
	return low + (high-low)/2
}

// dense lists the sources in their order.
func (t *liveType) dense() []Source {
	out := make([]Source, len(t.ranks))
	for i, rank := range t.ranks {
		out[i] = t.field.sources[rank]
	}
	return out
}

// begin finds the labels of all nodes.
func (t *liveType) begin(ctx context.Context, search *Search) error {
	if t.live.sweep != nil {
		fresh, err := t.swept(ctx)
		t.field.nodes = fresh
		return err
	}
	field, err := search.Run(ctx, t.dense(), MaxCost)
	if err != nil {
		return err
	}
	t.field.nodes, t.held = field.nodes, make([]int32, len(t.ids))
	for v := range t.field.nodes {
		t.translate(&t.field.nodes[v])
		t.count(&t.field.nodes[v], 1)
	}
	return nil
}

// translate gives labels whose facilities are indices in dense their ranks.
func (t *liveType) translate(p *Pair) {
	for i, l := range p {
		if l != None {
			p[i] = l&^(MaxFacilities-1) | Label(t.ranks[l.Facility()])
		}
	}
}

// fits tells whether what goes is there and what comes is not.
func (t *liveType) fits(remove []int32, add []LiveSource) bool {
	goes := map[int32]bool{}
	for _, id := range remove {
		if _, known := t.rankOf[id]; !known || goes[id] {
			return false
		}
		goes[id] = true
	}
	comes := map[int32]bool{}
	for _, s := range add {
		if _, known := t.rankOf[s.ID]; known && !goes[s.ID] || comes[s.ID] {
			return false
		}
		comes[s.ID] = true
	}
	return len(t.ranks)-len(remove)+len(add) <= MaxFacilities/ranksPerFacility
}

// far tells whether so much would have to be mended that a sweep is cheaper. It is not asked where roads have changed: the
// sweep's weights are those of the open ones.
func (t *liveType) far(c Change, kind int) bool {
	if t.live.sweep == nil || len(t.live.closed)+len(c.Close)+len(c.Reopen) > 0 {
		return false
	}
	nodes := len(t.field.nodes)
	usual := 2 * nodes / max(len(t.ranks), 1)
	mend := len(of(c.Add, kind)) * usual
	for _, id := range of(c.Remove, kind) {
		if t.held == nil {
			mend += usual
		} else {
			mend += int(t.held[t.rankOf[id]])
		}
	}
	return mend > min(nodes/mendShare, mendMost)
}

// set gives a node other labels and notes those that it had.
func (t *liveType) set(v int32, p Pair, step *typeStep) {
	had := &t.field.nodes[v]
	step.nodes = append(step.nodes, hadPair{v, *had})
	t.count(had, -1)
	*had = p
	t.count(had, 1)
}

// count keeps count of the labels by rank.
func (t *liveType) count(p *Pair, by int32) {
	if t.held == nil {
		return
	}
	for _, l := range p {
		if l != None {
			t.held[l.Facility()] += by
		}
	}
}

// spoil takes away the labels that rest on what a change takes away: those of facilities that go, and those that came over
// roads that are closed. A label rests on that of a neighbour from which it has come at exactly its cost; where it might
// have come another way as well it is taken all the same, and found again.
func (t *liveType) spoil(c Change, kind int, step *typeStep) error {
	remove, add := of(c.Remove, kind), of(c.Add, kind)
	if step.renewed = t.far(c, kind); !step.renewed {
		var work []entry
		take := func(v int32, l Label) { work = t.lose(v, l, work, step) }
		for _, id := range remove {
			rank := t.rankOf[id]
			seed(t.live.net, t.live.metric, t.field.sources[rank].Join, func(node int32, cost int64) {
				take(node, NewLabel(cost, int(rank)))
			})
		}
		t.spoilRoads(c.Close, take)
		t.spread(work, step)
	}
	for _, id := range remove {
		step.removed = append(step.removed, t.take(id))
	}
	for _, s := range add {
		rank := t.free(s.ID)
		if rank < 0 {
			return ErrRanks
		}
		t.put(rank, s)
		step.added = append(step.added, s.ID)
	}
	return nil
}

// spoilRoads takes the labels that came over edges right from their other ends.
func (t *liveType) spoilRoads(edges []int32, take func(v int32, l Label)) {
	l := t.live
	for _, e := range edges {
		l.arcs(e, func(out, in int32) {
			cost := l.out[out]
			if cost == barred {
				return
			}
			tail, head := l.net.Topology.In.Node[in], l.net.Topology.Out.Node[out]
			for _, label := range t.field.nodes[head] {
				if label != None {
					take(tail, label+Label(cost)<<facilityBits)
				}
			}
		})
	}
}

// lose takes a label from a node that has it, and puts it on the list of those whose followers are to be looked at.
func (t *liveType) lose(v int32, l Label, work []entry, step *typeStep) []entry {
	switch p := t.field.nodes[v]; l {
	case p[0]:
		t.set(v, Pair{p[1], None}, step)
	case p[1]:
		t.set(v, Pair{p[0], None}, step)
	default:
		return work
	}
	return append(work, entry{l, v})
}

// spread takes the labels that rest on those taken.
func (t *liveType) spread(work []entry, step *typeStep) {
	in, cost := &t.live.net.Topology.In, t.live.in
	for len(work) > 0 {
		e := work[len(work)-1]
		work = work[:len(work)-1]
		for a := in.First[e.node]; a < in.First[e.node+1]; a++ {
			if cost[a] != barred {
				work = t.lose(in.Node[a], e.label+Label(cost[a])<<facilityBits, work, step)
			}
		}
	}
}

// fill gives the nodes that lost labels the best that their neighbours have, and lets what has come spread.
func (t *liveType) fill(ctx context.Context, c Change, kind int, step *typeStep) error {
	if step.renewed {
		return t.renew(ctx, step)
	}
	q := t.live.queues[kind]
	q.reset(t.live.mean)
	lost := len(step.nodes)
	for i := range lost {
		t.refill(step.nodes[i].node, q, step)
	}
	for _, s := range of(c.Add, kind) {
		rank := t.rankOf[s.ID]
		seed(t.live.net, t.live.metric, s.Join, func(node int32, cost int64) { t.offer(node, NewLabel(cost, int(rank)), q, step) })
	}
	for _, e := range c.Reopen {
		t.overRoad(e, q, step)
	}
	return t.flow(ctx, q, step)
}

// refill offers a node what its neighbours have and the facilities that stand at it.
func (t *liveType) refill(v int32, q *queue, step *typeStep) {
	out, cost := &t.live.net.Topology.Out, t.live.out
	for _, l := range t.seeds[v] {
		t.offer(v, l, q, step)
	}
	for a := out.First[v]; a < out.First[v+1]; a++ {
		if cost[a] == barred {
			continue
		}
		for _, l := range t.field.nodes[out.Node[a]] {
			if l != None {
				t.offer(v, l+Label(cost[a])<<facilityBits, q, step)
			}
		}
	}
}

// overRoad offers the ends of an edge what its other ends have.
func (t *liveType) overRoad(edge int32, q *queue, step *typeStep) {
	l := t.live
	l.arcs(edge, func(out, in int32) {
		for _, label := range t.field.nodes[l.net.Topology.Out.Node[out]] {
			if label != None {
				t.offer(l.net.Topology.In.Node[in], label+Label(l.out[out])<<facilityBits, q, step)
			}
		}
	})
}

// offer gives a node a label, to be passed on if it is taken.
func (t *liveType) offer(v int32, l Label, q *queue, step *typeStep) {
	p := t.field.nodes[v]
	if l < p[1] && l <= t.field.limit && p.add(l, t.field.places) {
		t.set(v, p, step)
		q.push(l, v)
	}
}

// flow passes labels on until none is left, as a Search does.
func (t *liveType) flow(ctx context.Context, q *queue, step *typeStep) error {
	in, cost := &t.live.net.Topology.In, t.live.in
	for turn := 1; ; turn++ {
		if turn&0xffff == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		e, ok := q.pop()
		if !ok {
			break
		}
		if p := &t.field.nodes[e.node]; p[0] != e.label && p[1] != e.label {
			continue
		}
		for a := in.First[e.node]; a < in.First[e.node+1]; a++ {
			if cost[a] != barred {
				t.offer(in.Node[a], e.label+Label(cost[a])<<facilityBits, q, step)
			}
		}
	}
	for _, had := range step.nodes {
		t.touched = append(t.touched, had.node)
	}
	return ctx.Err()
}

// renew sweeps the whole type.
func (t *liveType) renew(ctx context.Context, step *typeStep) error {
	fresh, err := t.swept(ctx)
	if err != nil {
		return err
	}
	step.whole, step.held = t.field.nodes, t.held
	t.field.nodes, t.held, t.all = fresh, nil, true
	return nil
}

// swept finds the labels of all nodes by a sweep.
func (t *liveType) swept(ctx context.Context) ([]Pair, error) {
	fields, err := t.live.sweep.Pairs(ctx, [][]Source{t.dense()}, MaxCost, &t.labels)
	if err != nil {
		return nil, err
	}
	fresh := t.spare
	if t.spare = nil; fresh == nil {
		fresh = make([]Pair, t.live.net.Topology.Nodes)
	}
	const chunk = 1 << 13
	inParallel((len(fresh)+chunk-1)/chunk, func(part int) {
		from := part * chunk
		fields[0].swept.copyPairs(from, fresh[from:min(from+chunk, len(fresh))], t.ranks)
	})
	return fresh, nil
}

// restore takes back what a step did.
func (t *liveType) restore(step *typeStep) {
	for _, id := range step.added {
		t.take(id)
	}
	for _, s := range step.removed {
		t.put(s.rank, s.LiveSource)
	}
	if step.whole != nil {
		t.spare, t.field.nodes, t.held, t.all = t.field.nodes, step.whole, step.held, true
		return
	}
	for i := len(step.nodes) - 1; i >= 0; i-- {
		had := &step.nodes[i]
		t.count(&t.field.nodes[had.node], -1)
		t.field.nodes[had.node] = had.pair
		t.count(&had.pair, 1)
		t.touched = append(t.touched, had.node)
	}
}

// inParallel calls work for 0 to n-1 on all processors, this one among them: one that comes late keeps nobody waiting.
func inParallel(n int, work func(i int)) {
	var next atomic.Int32
	run := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			work(i)
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		others.Go(run)
	}
	run()
	others.Wait()
}
