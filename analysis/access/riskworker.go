package access

import (
	"context"
	"errors"
	"slices"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// riskWorker closes roads one at a time, on labels of its own.
type riskWorker struct {
	*risks
	live   *Live
	before [][]route.Label // for each service told of and each square the nearest as it is
	shut   []bool          // by edge, all false between two roads
	stamp  []int32         // by square the number of the road that it was last looked at for
	road   int32
	list   []int32         // squares that may be touched
	moved  map[int32]point // squares that join another road
}

// worker makes one ready. The context's error is the only one.
func (r *risks) worker(ctx context.Context) (*riskWorker, error) {
	live, err := r.p.Live(ctx, r.query.Impedance)
	if errors.Is(err, errFollow) {
		return nil, i18n.Errorf("prep.same_ids")
	}
	if err != nil {
		return nil, err
	}
	live.live.Alone()
	w := &riskWorker{
		risks: r, live: live, shut: make([]bool, len(r.p.net.Edges)), stamp: make([]int32, len(r.p.cells)), moved: map[int32]point{},
		before: make([][]route.Label, len(r.services)),
	}
	live.closing = network.NewClosing(r.p.net)
	for i, kind := range r.services {
		w.before[i] = make([]route.Label, len(r.p.cells))
		for _, c := range r.counted {
			w.before[i][c] = w.nearest(kind, r.p.cells[c])
		}
	}
	w.forget()
	return w, nil
}

// nearest is the nearest facility of a type from a square as it is now.
func (w *riskWorker) nearest(kind int, at point) route.Label {
	if !at.ok {
		return route.None
	}
	return w.live.live.Field(kind).At(at.join)[0]
}

// forget lets the labels forget which nodes have been touched.
func (w *riskWorker) forget() {
	for kind := range w.p.snapshot.Types {
		w.live.live.Touched(kind, func(int32) {})
	}
}

// close tells what the closing of a road's edges means, nil where it means nothing to anybody.
func (w *riskWorker) close(ctx context.Context, edges []int32) (*roadRisk, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	shut, ok := w.shutBy(edges)
	if !ok {
		return w.closeAnew(ctx, edges)
	}
	w.road++
	w.list = w.list[:0]
	clear(w.moved)
	for _, e := range shut {
		w.shut[e] = true
	}
	change := route.Change{Close: edges}
	w.rejoin(shut, &change)
	for _, e := range shut {
		w.shut[e] = false
	}
	if err := w.live.live.Apply(ctx, change); errors.Is(err, route.ErrRanks) {
		return w.closeAnew(ctx, edges)
	} else if err != nil {
		return nil, err
	}
	for kind := range w.p.snapshot.Types {
		w.live.live.Touched(kind, func(node int32) { w.look(w.byNode[node]) })
	}
	risk := w.sum(func(i int, c int32) route.Label {
		at, moved := w.moved[c]
		if !moved {
			at = w.p.cells[c]
		}
		return w.nearest(w.services[i], at)
	})
	w.live.live.Undo()
	w.forget()
	return risk, nil
}

// shutBy lists the edges that nobody can join any longer. ok is false where that can't be said.
func (w *riskWorker) shutBy(edges []int32) (shut []int32, ok bool) {
	if len(edges) == 1 {
		return w.live.closing.Alone(edges[0])
	}
	all, ok := w.live.closing.Shut(edges)
	for e, is := range all {
		if is {
			shut = append(shut, int32(e))
		}
	}
	return shut, ok
}

// look puts squares on the list of those that may be touched.
func (w *riskWorker) look(squares []int32) {
	for _, c := range squares {
		if w.stamp[c] != w.road {
			w.stamp[c] = w.road
			w.list = append(w.list, c)
		}
	}
}

// rejoin joins the squares and facilities of shut edges to others, and adds the facilities to the change.
func (w *riskWorker) rejoin(shut []int32, change *route.Change) {
	var facilities []point
	for _, e := range shut {
		for _, c := range w.byEdge[e] {
			w.moved[c] = w.live.beside(w.p.cells[c], w.p.snapshot.Cells[c].Centre, w.shut)
		}
		w.look(w.byEdge[e])
		for _, f := range w.standing[e] {
			if facilities == nil {
				facilities = slices.Clone(w.p.facilities)
			}
			facilities[f] = w.live.beside(facilities[f], w.p.snapshot.Facilities[f].At, w.shut)
			if facilities[f].ok {
				w.look(w.byEdge[facilities[f].join.Edge])
			}
		}
	}
	if facilities == nil {
		return
	}
	next := &Prepared{snapshot: w.p.snapshot, net: w.p.net, facilities: facilities}
	open := make([]map[int32]route.Source, len(w.p.snapshot.Types))
	for kind, t := range w.p.snapshot.Types {
		open[kind] = w.live.sources(next, next.open(t.ID))
	}
	moving := w.live.change(open, nil)
	change.Add, change.Remove = moving.Add, moving.Remove
}

// sum counts what the squares on the list lose; after gives the nearest of a service told of.
func (w *riskWorker) sum(after func(i int, c int32) route.Label) *roadRisk {
	out := &roadRisk{services: make([]serviceRisk, len(w.services))}
	any := len(w.moved) > 0
	for _, c := range w.list {
		people := w.p.snapshot.Cells[c].People
		lost, worse := false, false
		for i := range w.services {
			l, f := out.services[i].add(people, w.before[i][c], after(i, c), w.limit)
			lost, worse = lost || l, worse || f
		}
		if lost {
			out.people += people
		}
		if worse {
			out.worse += people
		}
		if _, moved := w.moved[c]; moved {
			out.rejoined += people
		}
	}
	for i := range out.services {
		any = any || out.services[i] != serviceRisk{}
	}
	if !any {
		return nil
	}
	return out
}

// add counts the people of a square, and tells whether they lose the service and whether they have farther or lose it.
func (s *serviceRisk) add(people int, before, after route.Label, limit int64) (lost, worse bool) {
	switch {
	case before == route.None:
		return false, false
	case after == route.None:
		s.lost += people
		s.unreached += people
		s.worse += people
		return true, true
	}
	more := after.Cost() - before.Cost()
	s.extra += int64(people) * more
	if more > 0 {
		s.worse += people
		s.most = max(s.most, more)
	}
	if before.Cost() <= limit && after.Cost() > limit {
		s.lost += people
		lost = true
	}
	return lost, more > 0
}

// closeAnew prepares and searches the whole network without the edges.
func (w *riskWorker) closeAnew(ctx context.Context, edges []int32) (*roadRisk, error) {
	w.anew.Add(1)
	s, roads := *w.p.snapshot, *w.p.snapshot.Roads
	roads.Flags = slices.Clone(roads.Flags)
	for _, e := range edges {
		roads.Flags[w.p.net.Edges[e].Road] |= model.ForbiddenForward | model.ForbiddenBackward
	}
	s.Roads = &roads
	p, err := Prepare(ctx, &s, nil)
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return w.withoutRoads(), nil // it was the only road
	}
	found := make([]*outcome, len(w.services))
	for i, kind := range w.services {
		to := p.target(p.open(s.Types[kind].ID))
		if len(to.ranks) == 0 {
			continue
		}
		if found[i], err = p.nearby(ctx, w.query.Impedance, to); err != nil {
			return nil, err
		}
	}
	w.road++
	w.list = w.list[:0]
	clear(w.moved)
	w.look(w.counted)
	for _, c := range w.counted {
		was, is := w.p.cells[c], p.cells[c]
		if was.ok && (!is.ok || p.net.Edges[is.join.Edge].Road != w.p.net.Edges[was.join.Edge].Road) {
			w.moved[c] = is
		}
	}
	return w.sum(func(i int, c int32) route.Label {
		if found[i] == nil || !p.cells[c].ok {
			return route.None
		}
		return found[i].pairs[c][0]
	}), nil
}

// withoutRoads is what people lose where no road is left.
func (w *riskWorker) withoutRoads() *roadRisk {
	w.road++
	w.list = w.list[:0]
	clear(w.moved)
	w.look(w.counted)
	return w.sum(func(int, int32) route.Label { return route.None })
}
