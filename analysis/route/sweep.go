package route

import (
	"context"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// far is the word of what is not reached. It is the largest that a sweep keeps, and no link's cost takes it past the end
// of its type.
const far uint64 = 1 << 63

// Sweep finds the nearest facilities of several service types at once by going through a hierarchy from top to bottom
// (PHAST: Delling, Goldberg, Nowatzyk and Werneck 2011): each node asks those above it, which know the answer already. It
// gives bit for bit what a Search gives. It keeps working memory from one run to the next and is not safe for concurrent
// use; many may share the Weights.
//
// Labels lie in words of cost, rank and place, from the highest bit to the lowest, with as many bits for rank and place as
// the facilities need. One addition and one comparison carry all three, and whether two labels lead to one place is
// seen without looking it up. The words of up to ten labels of a node lie beside each other, so that a link is read once
// for all of them.
type Sweep struct {
	w       *Weights
	workers int
	reached []uint64 // a bit for each position that the labels rose to
	seeds   []seeded
}

// NewSweep makes a sweep that works on up to the given number of processors; 0 is all there are.
func NewSweep(w *Weights, workers int) *Sweep {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return &Sweep{w: w, workers: workers, reached: make([]uint64, (len(w.hierarchy.at)+63)/64)}
}

// Labels is the memory that a sweep writes to. A zero value serves; used again, it saves the time of getting memory.
type Labels struct {
	blocks []block // one for each group of types
}

// format says how a word is divided.
type format struct {
	shift     uint // bits below the cost
	placeBits uint
}

// lane is one service type's labels among the words of a sweep. It has a first and, unless nearestOnly, a second word for
// each position.
type lane struct {
	format
	words       block
	offset      int
	at          []int32
	nearestOnly bool
	ranks       []int32 // what labels are to have for the facilities of the sweep; nil for the same
}

// label turns a word into a Label.
func (f format) label(word uint64) Label {
	if word >= far {
		return None
	}
	rank := word >> f.placeBits & (1<<(f.shift-f.placeBits) - 1)
	return NewLabel(int64(word>>f.shift), int(rank))
}

// pair gives a node's labels.
func (l *lane) pair(v int32) Pair {
	words := l.words.at(l.at[v])
	if l.nearestOnly {
		return Pair{l.ranked(words[l.offset]), None}
	}
	return Pair{l.ranked(words[l.offset]), l.ranked(words[l.offset+1])}
}

// ranked turns a word into a Label with the rank that it is to have.
func (l *lane) ranked(word uint64) Label {
	label := l.label(word)
	if l.ranks == nil || label == None {
		return label
	}
	return NewLabel(label.Cost(), int(l.ranks[label.Facility()]))
}

// copyPairs gives the labels of the nodes from one on. It is pair, written out for many nodes at a time.
func (l *lane) copyPairs(from int, into []Pair) {
	if l.words.twos == nil {
		for i := range into {
			into[i] = l.pair(int32(from + i))
		}
		return
	}
	ranks := l.ranks
	at, words, shift, placeBits := l.at[from:from+len(into)], l.words.twos, l.shift&63, l.placeBits&63
	mask := uint64(1)<<(l.shift-l.placeBits) - 1
	label := func(word uint64) Label {
		if word >= far {
			return None
		}
		return Label(word>>shift)<<facilityBits | Label(ranks[word>>placeBits&mask])
	}
	for i := range into {
		own := &words[at[i]]
		into[i] = Pair{label(own[0]), label(own[1])}
	}
}

// Pairs finds the nearest facility and the nearest at another place for every node, for each of several sets of sources,
// up to a cost as in Search.Run. The fields live in the labels, which must not be used again before they have
// served. It gives ErrCosts where costs and facilities do not fit one word, and else only the context's error.
func (s *Sweep) Pairs(ctx context.Context, types [][]Source, limit int64, into *Labels) ([]*Field, error) {
	return s.run(ctx, types, limit, into, pairs)
}

// Nearest is Pairs without the second, in less than half the time. The fields' seconds are None.
func (s *Sweep) Nearest(ctx context.Context, types [][]Source, limit int64, into *Labels) ([]*Field, error) {
	return s.run(ctx, types, limit, into, nearest)
}

// run sweeps for as many types at a time as a kernel takes.
func (s *Sweep) run(ctx context.Context, types [][]Source, limit int64, into *Labels, with [2]kernel) ([]*Field, error) {
	single := with[0].perType == 1
	fields := make([]*Field, len(types))
	for i, sources := range types {
		fields[i] = newField(s.w.hierarchy.net, s.w.metric, sources, limit)
	}
	s.sow(types)
	layout, err := s.format(types, !single)
	if err != nil {
		return nil, err
	}
	group := 0
	for from := 0; from < len(types); group++ {
		k := with[0]
		if len(types)-from <= with[1].alone {
			k = with[1]
		}
		count := min(k.words/k.perType, len(types)-from)
		words := into.take(group, k.words, len(s.w.hierarchy.at))
		for i := range count {
			fields[from+i].swept = lane{layout, words, i * k.perType, s.w.hierarchy.at, single, nil}
		}
		if err := s.group(ctx, span{int32(from), int32(from + count)}, k, words, layout); err != nil {
			return nil, err
		}
		from += count
	}
	return fields, nil
}

// take gives the memory of one group of types: ten or two words for each position.
func (l *Labels) take(group, words, positions int) block {
	for len(l.blocks) <= group {
		l.blocks = append(l.blocks, block{})
	}
	b := &l.blocks[group]
	if words == len(ten{}) {
		if cap(b.tens) < positions {
			b.tens = make([]ten, positions)
		}
		return block{tens: b.tens[:positions]}
	}
	if cap(b.twos) < positions {
		b.twos = make([]two, positions)
	}
	return block{twos: b.twos[:positions]}
}

// format divides the words so that the facilities of every type and all costs have room.
func (s *Sweep) format(types [][]Source, places bool) (format, error) {
	last, place, dearest := 0, int32(0), int64(0)
	for _, sources := range types {
		last = max(last, len(sources)-1)
	}
	for _, seed := range s.seeds {
		place, dearest = max(place, seed.place), max(dearest, seed.cost)
	}
	f := format{shift: uint(bits.Len(uint(last)))}
	if places {
		f.placeBits = uint(bits.Len32(uint32(place)))
		f.shift += f.placeBits
	}
	if most := s.w.bound + dearest; f.shift > 31 || most > MaxCost || most>>(63-f.shift) != 0 {
		return f, ErrCosts
	}
	return f, nil
}

// seeded is a facility's cost at a position where one can begin to drive to it.
type seeded struct {
	position   int32
	kind, rank int32 // index of the type, and of the facility in it
	place      int32
	cost       int64
}

// sow lists the seeds of all types, type by type.
func (s *Sweep) sow(types [][]Source) {
	h := s.w.hierarchy
	s.seeds = s.seeds[:0]
	for kind, sources := range types {
		for rank, source := range sources {
			seed(h.net, s.w.metric, source.Join, func(node int32, cost int64) {
				s.seeds = append(s.seeds, seeded{h.at[node], int32(kind), int32(rank), source.Place, cost})
			})
		}
	}
}

// group sweeps for the types from one up to another with one kernel: labels rise from the facilities, and then every
// node looks up.
func (s *Sweep) group(ctx context.Context, kinds span, k kernel, words block, layout format) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p := pass{w: s.w, block: words, reached: s.reached, shift: layout.shift, same: 1<<layout.placeBits - 1}
	clear(s.reached)
	for _, seed := range s.seeds {
		if seed.kind < kinds.from || seed.kind >= kinds.to {
			continue
		}
		s.reach(&p, seed.position)
		label := uint64(seed.cost)<<layout.shift | uint64(seed.rank)<<layout.placeBits | uint64(seed.place)&p.same
		k.offer(&p, words.at(seed.position)[int(seed.kind-kinds.from)*k.perType:], label)
	}
	for block := len(s.reached) - 1; block >= 0; block-- {
		for set := s.reached[block]; set != 0; {
			bit := 63 - bits.LeadingZeros64(set)
			set &^= 1 << bit
			k.rise(&p, int32(block*64+bit))
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.fall(&p, k)
	return ctx.Err()
}

// reach marks a position and all above it, and makes them ready for labels.
func (s *Sweep) reach(p *pass, position int32) {
	for position >= 0 && !p.isReached(position) {
		p.reached[position>>6] |= 1 << (position & 63)
		own := p.at(position)
		for i := range own {
			own[i] = far
		}
		position = s.w.hierarchy.parent(position)
	}
}

// fall lets every position look up, those above before those below. What lies below different nodes is shared between
// the workers; each position's labels depend on those above it alone, so the sharing does not matter.
func (s *Sweep) fall(p *pass, k kernel) {
	h := s.w.hierarchy
	if s.workers == 1 || len(h.tasks) < 2 {
		k.fall(p, 0, int32(len(h.at)))
		return
	}
	for _, position := range h.top {
		k.fall(p, position, position+1)
	}
	var next atomic.Int32
	var all sync.WaitGroup
	for range min(s.workers, len(h.tasks)) {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(h.tasks) {
					return
				}
				k.fall(p, h.tasks[i].from, h.tasks[i].to)
			}
		})
	}
	all.Wait()
}

// span is the positions from one up to another.
type span struct{ from, to int32 }

// taskShares says how much of a hierarchy one worker takes at a time at most: one part in so many.
const taskShares = 64

// share cuts a hierarchy into a top and tasks of which none looks into another.
func (h *Hierarchy) share() {
	limit := int32(len(h.at)/taskShares + 1)
	for p := int32(0); p < int32(len(h.at)); {
		if h.size[p] > limit {
			h.top = append(h.top, p)
			p++
			continue
		}
		to := p + h.size[p]
		if last := len(h.tasks) - 1; last >= 0 && h.tasks[last].to == p && to-h.tasks[last].from <= limit {
			h.tasks[last].to = to
		} else {
			h.tasks = append(h.tasks, span{p, to})
		}
		p = to
	}
	slices.SortStableFunc(h.tasks, func(a, b span) int { return int((b.to - b.from) - (a.to - a.from)) })
}

// parent is the lowest position that one is linked with, -1 where there is none.
func (h *Hierarchy) parent(position int32) int32 {
	if h.first[position] == h.first[position+1] {
		return -1
	}
	return h.up[h.first[position+1]-1]
}
