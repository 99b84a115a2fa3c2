package route

import (
	"context"
	"math"
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
	// mendShare and mostMended say when a sweep is the cheaper way: where more than one node in so many would be mended, or
	// more than so many nodes. Mending a node costs as much as sweeping ten of a network that the processor's cache holds,
	// and more of a larger one.
	mendShare, mostMended = 10, 100_000
)

// mendMost is how many nodes of a network of so many are mended.
func mendMost(nodes int) int { return min(nodes/mendShare, mostMended) }

// liveType is one service type of a Live. Its facilities have ranks with gaps between them, in the order of the Live, so
// that one can come between two others without a change of their labels.
type liveType struct {
	live   *Live
	field  Field           // nodes, places and sources by rank, ranks by edge
	ids    []int32         // the caller's number by rank
	ranks  []int32         // those in use, ascending
	rankOf map[int32]int32 // by the caller's number
	seeds  map[int32][]Label
	seeded []uint64 // a bit for each node that has seeds, or once had
	held   []int32  // labels among all nodes, by rank; nil where it is not known
	words  *Labels  // what field.swept lies in, where that holds the labels

	noted    []uint64    // a bit for each node that the change in work has found otherwise than it leaves it
	work     []entry     // labels whose followers are to be looked at
	refilled [][]hadPair // what was found for nodes that lost labels, a stretch of them at a time
	nodes    []hadPair   // memory of a step that nobody will undo

	touched []int32
	all     bool
}

// newLiveType gives the facilities their ranks. The nodes have no labels yet.
func newLiveType(l *Live, sources []LiveSource) *liveType {
	t := &liveType{live: l, noted: make([]uint64, (l.net.Topology.Nodes+63)/64), seeded: make([]uint64, (l.net.Topology.Nodes+63)/64)}
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
		t.seeded[node>>6] |= 1 << (node & 63)
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
		err := t.swept(ctx)
		if err == nil {
			t.unfold()
		}
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

// far tells whether so much would have to be mended that a sweep is cheaper. Where roads change that is seen while labels are
// taken away: see spread. Labels that lie as a sweep left them would have to be written by node first.
func (t *liveType) far(c Change, kind int) bool {
	most := t.most(c)
	if len(c.Close)+len(c.Reopen) > 0 {
		return most != math.MaxInt && t.field.nodes == nil
	}
	nodes := t.live.net.Topology.Nodes
	usual := 2 * nodes / max(len(t.ranks), 1)
	mend := len(of(c.Add, kind)) * usual
	for _, id := range of(c.Remove, kind) {
		if t.held == nil {
			mend += usual
		} else {
			mend += int(t.held[t.rankOf[id]])
		}
	}
	return mend > most
}

// note notes the labels that a node has before the first of them changes.
func (t *liveType) note(v int32, had Pair, step *typeStep) {
	if word, bit := &t.noted[v>>6], uint64(1)<<(v&63); *word&bit == 0 {
		*word |= bit
		step.nodes = append(step.nodes, hadPair{v, had})
	}
}

// finish takes stock of the nodes that a step has changed.
func (t *liveType) finish(step *typeStep) {
	for i := range step.nodes {
		had := &step.nodes[i]
		t.noted[had.node>>6] = 0
		if now := &t.field.nodes[had.node]; *now != had.pair {
			t.count(&had.pair, -1)
			t.count(now, 1)
			t.touched = append(t.touched, had.node)
		}
	}
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
		t.unfold()
		step.nodes, t.nodes, t.work = t.nodes[:0], nil, t.work[:0]
		take := func(v int32, l Label) { t.lose(v, l, step) }
		for _, id := range remove {
			rank := t.rankOf[id]
			seed(t.live.net, t.live.metric, t.field.sources[rank].Join, func(node int32, cost int64) {
				take(node, NewLabel(cost, int(rank)))
			})
		}
		t.spoilRoads(c.Close, take)
		if !t.spread(step, t.most(c)) {
			t.putBack(step)
		}
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
			arc := l.out[out]
			if arc.cost == barred {
				return
			}
			for _, label := range t.field.nodes[arc.node] {
				if label != None {
					take(l.in[in].node, label+Label(arc.cost)<<facilityBits)
				}
			}
		})
	}
}

// lose takes a label from a node that has it, and puts it on the list of those whose followers are to be looked at.
func (t *liveType) lose(v int32, l Label, step *typeStep) {
	p := &t.field.nodes[v]
	switch l {
	case p[0]:
		t.note(v, *p, step)
		p[0], p[1] = p[1], None
	case p[1]:
		t.note(v, *p, step)
		p[1] = None
	default:
		return
	}
	t.work = append(t.work, entry{l, v})
}

// most is how many nodes of a change are mended before the type is swept instead.
func (t *liveType) most(c Change) int {
	l := t.live
	switch {
	case l.sweep == nil || l.alone:
		return math.MaxInt
	case len(l.closed)+len(c.Close)+len(c.Reopen) > 0:
		return l.detours.most()
	}
	return mendMost(l.net.Topology.Nodes)
}

// spread takes the labels that rest on those taken. It tells false where more nodes than so many lose any.
func (t *liveType) spread(step *typeStep, most int) bool {
	first, arcs, nodes := t.live.net.Topology.In.First, t.live.in, t.field.nodes
	for len(t.work) > 0 {
		e := t.work[len(t.work)-1]
		t.work = t.work[:len(t.work)-1]
		for _, a := range arcs[first[e.node]:first[e.node+1]] {
			if a.cost == barred {
				continue
			}
			l := e.label + Label(a.cost)<<facilityBits
			if p := &nodes[a.node]; l == p[0] || l == p[1] {
				t.lose(a.node, l, step)
			}
		}
		if len(step.nodes) > most {
			return false
		}
	}
	return true
}

// putBack gives the nodes what they had before a step, so that the type is swept instead.
func (t *liveType) putBack(step *typeStep) {
	for i := range step.nodes {
		had := &step.nodes[i]
		t.noted[had.node>>6] = 0
		t.field.nodes[had.node] = had.pair
	}
	t.nodes, step.nodes, step.renewed = step.nodes, nil, true
}

// fill gives the nodes that lost labels the best that their neighbours have, and lets what has come spread.
func (t *liveType) fill(ctx context.Context, c Change, kind int, step *typeStep) error {
	q := t.live.queues[kind]
	q.reset(t.live.mean)
	t.refill(q, step)
	for _, s := range of(c.Add, kind) {
		rank := t.rankOf[s.ID]
		seed(t.live.net, t.live.metric, s.Join, func(node int32, cost int64) { t.offer(node, NewLabel(cost, int(rank)), q, step) })
	}
	for _, e := range c.Reopen {
		t.overRoad(e, q, step)
	}
	if !t.flow(ctx, q, step, t.most(c)) {
		t.putBack(step)
	}
	return ctx.Err()
}

// refill gives the nodes that lost labels the best of what their neighbours have kept and of the facilities that stand at
// them. What one of them gets is no offer to the next: most of it is only for a while.
func (t *liveType) refill(q *queue, step *typeStep) {
	const chunk = 1 << 11
	parts := (len(step.nodes) + chunk - 1) / chunk
	for len(t.refilled) < parts {
		t.refilled = append(t.refilled, nil)
	}
	find := func(part int) {
		found := t.refilled[part][:0]
		for i := range step.nodes[part*chunk : min((part+1)*chunk, len(step.nodes))] {
			v := step.nodes[part*chunk+i].node
			if p := t.best(v); p != t.field.nodes[v] {
				found = append(found, hadPair{v, p})
			}
		}
		t.refilled[part] = found
	}
	if t.live.alone {
		for part := range parts {
			find(part)
		}
	} else {
		inParallel(parts, find)
	}
	for part := range parts {
		t.give(t.refilled[part], q)
	}
}

// give gives nodes what was found for them, to be passed on.
func (t *liveType) give(found []hadPair, q *queue) {
	for i := range found {
		v, p := found[i].node, &found[i].pair
		was := t.field.nodes[v]
		t.field.nodes[v] = *p
		for _, l := range p {
			if l != None && l != was[0] && l != was[1] {
				q.push(l, v)
			}
		}
	}
}

// best is what a node has, and what its neighbours and the facilities at it offer.
func (t *liveType) best(v int32) Pair {
	first, nodes, p := t.live.net.Topology.Out.First, t.field.nodes, t.field.nodes[v]
	add := func(l Label) {
		if l < p[1] && l <= t.field.limit {
			p.add(l, t.field.places)
		}
	}
	if t.seeded[v>>6]>>(v&63)&1 != 0 {
		for _, l := range t.seeds[v] {
			add(l)
		}
	}
	for _, a := range t.live.out[first[v]:first[v+1]] {
		if a.cost == barred {
			continue
		}
		for _, l := range &nodes[a.node] {
			if l == None {
				break
			}
			add(l + Label(a.cost)<<facilityBits)
		}
	}
	return p
}

// overRoad offers the ends of an edge what its other ends have.
func (t *liveType) overRoad(edge int32, q *queue, step *typeStep) {
	l := t.live
	l.arcs(edge, func(out, in int32) {
		arc := l.out[out]
		for _, label := range t.field.nodes[arc.node] {
			if label != None {
				t.offer(l.in[in].node, label+Label(arc.cost)<<facilityBits, q, step)
			}
		}
	})
}

// offer gives a node a label, to be passed on if it is taken.
func (t *liveType) offer(v int32, l Label, q *queue, step *typeStep) {
	if l > t.field.limit {
		return
	}
	p := t.field.nodes[v]
	if had := p; p.add(l, t.field.places) {
		t.note(v, had, step)
		t.field.nodes[v] = p
		q.push(l, v)
	}
}

// flow passes labels on until none is left, as a Search does. It tells false where more nodes than so many have got others.
func (t *liveType) flow(ctx context.Context, q *queue, step *typeStep, most int) bool {
	first, arcs, nodes := t.live.net.Topology.In.First, t.live.in, t.field.nodes
	for turn := 1; ; turn++ {
		if turn&0xffff == 0 && ctx.Err() != nil {
			return true
		}
		if len(step.nodes) > most {
			return false
		}
		e, ok := q.pop()
		if !ok {
			break
		}
		if p := &nodes[e.node]; p[0] != e.label && p[1] != e.label {
			continue
		}
		for _, a := range arcs[first[e.node]:first[e.node+1]] {
			if a.cost == barred {
				continue
			}
			l, p := e.label+Label(a.cost)<<facilityBits, &nodes[a.node]
			if l < p[1] && (l < p[0] || (l^p[0])&(MaxFacilities-1) != 0) { // most offers go back to where the label came from
				t.offer(a.node, l, q, step)
			}
		}
	}
	t.finish(step)
	step.counted = true
	return true
}

// wholeField is what a type had where a sweep has taken the place of it: labels by node, or those of another sweep.
type wholeField struct {
	nodes []Pair
	lane  lane
	words *Labels
}

// renew sweeps the whole type.
func (t *liveType) renew(ctx context.Context, step *typeStep) error {
	had, held := wholeField{t.field.nodes, t.field.swept, t.words}, t.held
	if err := t.swept(ctx); err != nil {
		return err
	}
	step.whole, step.held = &had, held
	t.held, t.all = nil, true
	return nil
}

// swept finds the labels of all nodes by a sweep and leaves them as they lie: writing them by node takes as long again, and is
// wanted only where they are to be mended.
func (t *liveType) swept(ctx context.Context) error {
	sweep := t.live.sweep
	if len(t.live.closed) > 0 {
		if sweep = t.live.detours.follow(); sweep == nil {
			return errDetours
		}
	}
	words := t.live.takeWords()
	fields, err := sweep.Pairs(ctx, [][]Source{t.dense()}, MaxCost, words)
	if err != nil {
		t.live.recycle(&wholeField{words: words})
		return err
	}
	t.field.nodes, t.field.swept, t.words = nil, fields[0].swept, words
	t.field.swept.ranks = slices.Clone(t.ranks)
	return nil
}

// unfold writes the labels of a sweep by node.
func (t *liveType) unfold() {
	if t.field.nodes != nil {
		return
	}
	nodes := t.live.takeNodes()
	const chunk = 1 << 13
	inParallel((len(nodes)+chunk-1)/chunk, func(part int) {
		from := part * chunk
		t.field.swept.copyPairs(from, nodes[from:min(from+chunk, len(nodes))])
	})
	t.live.recycle(&wholeField{words: t.words})
	t.field.nodes, t.field.swept, t.words = nodes, lane{}, nil
}

// restore takes back what a step did.
func (t *liveType) restore(step *typeStep) {
	for _, id := range step.added {
		t.take(id)
	}
	for _, s := range step.removed {
		t.put(s.rank, s.LiveSource)
	}
	if had := step.whole; had != nil {
		t.live.recycle(&wholeField{nodes: t.field.nodes, words: t.words})
		t.field.nodes, t.field.swept, t.words = had.nodes, had.lane, had.words
		t.held, t.all = step.held, true
		return
	}
	for i := range step.nodes {
		had, now := &step.nodes[i], &t.field.nodes[step.nodes[i].node]
		t.noted[had.node>>6] = 0
		if step.counted && *now != had.pair {
			t.count(now, -1)
			t.count(&had.pair, 1)
			t.touched = append(t.touched, had.node)
		}
		*now = had.pair
	}
	if step.nodes != nil {
		t.nodes = step.nodes
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
