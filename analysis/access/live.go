package access

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// Live answers queries by one impedance while a project changes in ways that a planner tries out: places open, close and
// move, services change, people come and go, roads are closed. It follows from one snapshot to the next and computes only
// what differs. Its figures are bit for bit those of Prepare and Analyse on the snapshot.
//
// A Live is not safe for concurrent use.
type Live struct {
	base      *Prepared // with all roads open
	now       *Prepared // the snapshot that was followed last
	impedance model.Impedance
	kinds     map[string]int // by service type
	live      *route.Live
	closing   *network.Closing
	closed    []int32 // edges
	names     []string
	numbers   map[string]int32 // of facilities, by id
	open      []map[int32]route.Source
	roads     bool // they are to be made ready for being closed
}

// errFollow tells that a snapshot differs in what a Live can't follow.
var errFollow = errors.New("access: the snapshot differs in more than a live analysis follows")

// Live makes a Live that answers for the snapshot and all its service types. The context's error is the only one.
func (p *Prepared) Live(ctx context.Context, i model.Impedance) (*Live, error) {
	l := &Live{base: p, impedance: i, kinds: map[string]int{}, numbers: map[string]int32{}}
	for kind, t := range p.snapshot.Types {
		l.kinds[t.ID] = kind
	}
	ok, err := l.Follow(ctx, p.snapshot)
	if err == nil && !ok {
		err = errFollow
	}
	return l, err
}

// begin finds all labels, with all roads open.
func (l *Live) begin(ctx context.Context, open []map[int32]route.Source) error {
	var sweep *route.Sweep
	if s := l.base.swift.Load(); s != nil && s.sweeps[l.impedance] != nil {
		sweep = s.sweeps[l.impedance].Get().(*route.Sweep)
	}
	order := func(a, b int32) int { return cmp.Compare(l.names[a], l.names[b]) }
	live, err := route.NewLive(ctx, l.base.net, l.base.net.Metric(l.impedance), l.difference(nil, open), order, sweep)
	if err == nil && l.roads {
		err = live.PrepareRoads(ctx)
	}
	if err == nil {
		l.live, l.open, l.closed = live, open, nil
	}
	return err
}

// PrepareRoads makes the Live faster where roads are closed that many travel on. It takes as long as a metric is laid on the
// hierarchy, and does nothing where there is none. The context's error is the only one.
func (l *Live) PrepareRoads(ctx context.Context) error {
	l.roads = true
	return l.live.PrepareRoads(ctx)
}

// Follow makes the Live answer for another snapshot of the project. ok is false where that differs from the one it began
// with in what a Live does not follow, such as the speed of a road; it then goes on answering for the one before, as it
// does after an error, and the other has to be prepared. The context's error is the only one.
func (l *Live) Follow(ctx context.Context, s *model.Snapshot) (ok bool, err error) {
	next := &Prepared{snapshot: s, net: l.base.net, clock: l.base.clock, live: l}
	closed, ok := l.closedRoads(s)
	if !ok || slices.ContainsFunc(s.Cells, func(c model.Cell) bool { return c.People < 0 }) {
		return false, nil
	}
	var shut []bool
	if len(closed) > 0 {
		if l.closing == nil {
			l.closing = network.NewClosing(l.base.net)
		}
		if shut, ok = l.closing.Shut(closed); !ok {
			return false, nil
		}
	}
	l.join(next, shut)
	if !l.number(s) {
		return false, nil
	}
	open := make([]map[int32]route.Source, len(l.kinds))
	for kind, t := range s.Types {
		open[kind] = l.sources(next, next.open(t.ID))
	}
	if err := l.apply(ctx, open, closed); err != nil {
		return false, err
	}
	l.now = next
	return true, nil
}

// apply brings the labels to other facilities and roads. Where there are none yet, or no room for a facility between others,
// they are found anew.
func (l *Live) apply(ctx context.Context, open []map[int32]route.Source, closed []int32) error {
	err := route.ErrRanks
	if l.live != nil {
		err = l.live.Apply(ctx, l.change(open, closed))
	}
	if errors.Is(err, route.ErrRanks) {
		if err = l.begin(ctx, open); err == nil {
			err = l.live.Apply(ctx, route.Change{Close: closed})
		}
	}
	if err == nil {
		l.live.Settle()
		l.open, l.closed = open, closed
	}
	return err
}

// closedRoads lists the edges that are closed in a snapshot and not in the base, ascending. ok is false where the two
// differ in other things than these.
func (l *Live) closedRoads(s *model.Snapshot) (closed []int32, ok bool) {
	a, b := l.base.snapshot.Roads, s.Roads
	params := s.Params
	params.Date = l.base.snapshot.Params.Date
	if params != l.base.snapshot.Params || !l.base.snapshot.Profile.Same(s.Profile) || !slices.Equal(typeIDs(l.base.snapshot.Types), typeIDs(s.Types)) {
		return nil, false
	}
	if a == b {
		return nil, true
	}
	if !shares(a.XY, b.XY) || !shares(a.Start, b.Start) || !shares(a.Length, b.Length) || !shares(a.SpeedF, b.SpeedF) ||
		!shares(a.SpeedB, b.SpeedB) || !shares(a.Class, b.Class) || len(a.Flags) != len(b.Flags) {
		return nil, false
	}
	for road, flags := range b.Flags {
		if flags == a.Flags[road] {
			continue
		}
		const gone = model.ForbiddenForward | model.ForbiddenBackward | model.Gone
		if flags != a.Flags[road]|gone {
			return nil, false
		}
		edges := l.base.net.Edges
		if e := sort.Search(len(edges), func(i int) bool { return int(edges[i].Road) >= road }); e < len(edges) && int(edges[e].Road) == road {
			closed = append(closed, int32(e))
		}
	}
	return closed, true
}

// typeIDs lists the ids of service types.
func typeIDs(types []model.ServiceType) []string {
	out := make([]string, len(types))
	for i := range types {
		out[i] = types[i].ID
	}
	return out
}

// shares tells whether two slices are one.
func shares[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// join joins the squares and facilities of a snapshot. Who joined a road of the base that is not shut still does.
func (l *Live) join(next *Prepared, shut []bool) {
	s, known := next.snapshot, l.base.snapshot
	next.cells = make([]point, len(s.Cells))
	for i := range s.Cells {
		if i < len(known.Cells) && s.Cells[i].Centre == known.Cells[i].Centre {
			next.cells[i] = l.beside(l.base.cells[i], s.Cells[i].Centre, shut)
			continue
		}
		next.cells[i] = l.beside(point{}, s.Cells[i].Centre, shut)
	}
	at := make(map[orb.Point]point, len(known.Facilities))
	for i := range known.Facilities {
		at[known.Facilities[i].At] = l.base.facilities[i]
	}
	next.facilities = make([]point, len(s.Facilities))
	for i := range s.Facilities {
		next.facilities[i] = l.beside(at[s.Facilities[i].At], s.Facilities[i].At, shut)
	}
}

// beside is where a point joins the roads that are not shut, when it is known where it joins those of the base.
func (l *Live) beside(known point, at orb.Point, shut []bool) point {
	if known.ok && (shut == nil || !shut[known.join.Edge]) {
		return known
	}
	known.join, known.ok = l.base.net.SnapBeside(at, l.base.snapshot.Params.SnapLimit, shut)
	return known
}

// number gives every facility of a snapshot its number. It is false where two share an id.
func (l *Live) number(s *model.Snapshot) bool {
	seen := make(map[string]bool, len(s.Facilities))
	for i := range s.Facilities {
		id := s.Facilities[i].ID
		if seen[id] {
			return false
		}
		seen[id] = true
		if _, known := l.numbers[id]; !known {
			l.numbers[id] = int32(len(l.names))
			l.names = append(l.names, id)
		}
	}
	return true
}

// sources are the facilities that have joined, by number. A place is known by the least number of those at it.
func (l *Live) sources(next *Prepared, facilities []int) map[int32]route.Source {
	facilities = slices.DeleteFunc(facilities, func(f int) bool { return !next.facilities[f].ok })
	places, out := next.places(facilities), map[int32]route.Source{}
	least := map[int32]int32{}
	for i, f := range facilities {
		n := l.numbers[next.snapshot.Facilities[f].ID]
		if m, ok := least[places[i]]; !ok || n < m {
			least[places[i]] = n
		}
	}
	for i, f := range facilities {
		out[l.numbers[next.snapshot.Facilities[f].ID]] = route.Source{Join: next.facilities[f].join, Place: least[places[i]]}
	}
	return out
}

// change is what leads to other facilities and roads.
func (l *Live) change(open []map[int32]route.Source, closed []int32) route.Change {
	c := route.Change{Add: l.difference(l.open, open), Close: lacking(closed, l.closed), Reopen: lacking(l.closed, closed)}
	for _, gone := range l.difference(open, l.open) {
		ids := make([]int32, len(gone))
		for i, s := range gone {
			ids[i] = s.ID
		}
		c.Remove = append(c.Remove, ids)
	}
	return c
}

// difference lists for each type the facilities that are there and were not, or not so, by number: maps have no order.
func (l *Live) difference(were, are []map[int32]route.Source) [][]route.LiveSource {
	out := make([][]route.LiveSource, len(are))
	for kind := range are {
		for n, is := range are[kind] {
			if were != nil {
				if was, there := were[kind][n]; there && was == is {
					continue
				}
			}
			out[kind] = append(out[kind], route.LiveSource{ID: n, Source: is})
		}
		slices.SortFunc(out[kind], func(a, b route.LiveSource) int { return cmp.Compare(a.ID, b.ID) })
	}
	return out
}

// lacking lists the members of an ascending list that are not in another.
func lacking(list, other []int32) (out []int32) {
	for _, e := range list {
		if _, found := slices.BinarySearch(other, e); !found {
			out = append(out, e)
		}
	}
	return out
}

// read looks every square up, with the facilities of one type as a search would rank them.
func (l *Live) read(t target) *outcome {
	s := l.now.snapshot
	kind := l.kinds[s.Facilities[t.ranks[0]].Type]
	ranks := make([]int, len(l.live.IDs(kind)))
	for rank, f := range t.ranks {
		ranks[l.live.Rank(kind, l.numbers[s.Facilities[f].ID])] = rank
	}
	found := l.now.read(l.live.Field(kind), t)
	for i := range found.pairs {
		for k, label := range found.pairs[i] {
			if label != route.None {
				found.pairs[i][k] = route.NewLabel(label.Cost(), ranks[label.Facility()])
			}
		}
	}
	return found
}

// Analyse is that of Prepared for the snapshot that was followed last. The query's impedance is the Live's own.
func (l *Live) Analyse(ctx context.Context, q model.Query) (*model.Result, error) {
	q.Impedance = l.impedance
	r, err := l.now.Analyse(ctx, q)
	if err != nil {
		return l.now.Unreached(q, err)
	}
	return r, nil
}

// Figures is that of Prepared for the snapshot that was followed last. The query's impedance is the Live's own.
func (l *Live) Figures(ctx context.Context, q model.Query, o model.FigureOptions) (*model.Figures, error) {
	q.Impedance = l.impedance
	return l.now.Figures(ctx, q, o)
}
