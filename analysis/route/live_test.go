package route

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/internal/roadgen"
	"nabar/model"
)

// liveWorld is a Live beside what is known of it, for a fresh search to tell the truth.
type liveWorld struct {
	net    *network.Network
	metric *network.Metric
	live   *Live
	open   []map[int32]Source // by type and number
	closed map[int32]bool
	past   []liveWorld
}

// newLiveWorld begins with some facilities of each type.
func newLiveWorld(t testing.TB, n *network.Network, m *network.Metric, r *rand.Rand, types, facilities int, sweep *Sweep) *liveWorld {
	t.Helper()
	w := &liveWorld{net: n, metric: m, closed: map[int32]bool{}}
	var all [][]LiveSource
	for range types {
		w.open = append(w.open, map[int32]Source{})
		var some []LiveSource
		for id := range int32(facilities) {
			s := Source{Join: randomJoin(n, r), Place: int32(r.IntN(facilities + 1))}
			w.open[len(all)][id] = s
			some = append(some, LiveSource{id, s})
		}
		all = append(all, some)
	}
	var err error
	if w.live, err = NewLive(context.Background(), n, m, all, cmp.Compare[int32], sweep); err != nil {
		t.Fatal(err)
	}
	return w
}

// edit makes up a change of one or more parts.
func (w *liveWorld) edit(r *rand.Rand) Change {
	c := Change{Remove: make([][]int32, len(w.open)), Add: make([][]LiveSource, len(w.open))}
	for range 1 + r.IntN(2) {
		kind := r.IntN(len(w.open))
		switch r.IntN(5) {
		case 0: // one goes, one comes in its stead or elsewhere
			for id := range w.open[kind] {
				if !slices.Contains(c.Remove[kind], id) {
					c.Remove[kind] = append(c.Remove[kind], id)
				}
				break
			}
			fallthrough
		case 1:
			id := int32(r.IntN(20))
			_, there := w.open[kind][id]
			added := slices.ContainsFunc(c.Add[kind], func(s LiveSource) bool { return s.ID == id })
			if !added && (!there || slices.Contains(c.Remove[kind], id)) {
				c.Add[kind] = append(c.Add[kind], LiveSource{id, Source{Join: randomJoin(w.net, r), Place: int32(r.IntN(9))}})
			}
		case 2:
			for id := range w.open[kind] {
				if !slices.Contains(c.Remove[kind], id) {
					c.Remove[kind] = append(c.Remove[kind], id)
				}
				break
			}
		case 3:
			if e := int32(r.IntN(len(w.net.Edges))); !w.closed[e] && !slices.Contains(c.Close, e) {
				c.Close = append(c.Close, e)
			}
		case 4:
			for e := range w.closed {
				if !slices.Contains(c.Reopen, e) {
					c.Reopen = append(c.Reopen, e)
				}
				break
			}
		}
	}
	return c
}

// make applies a change to the Live and to what is known of it.
func (w *liveWorld) make(t testing.TB, c Change) {
	t.Helper()
	if err := w.live.Apply(context.Background(), c); err != nil {
		t.Fatalf("%+v: %v", c, err)
	}
	past := liveWorld{closed: map[int32]bool{}}
	for e := range w.closed {
		past.closed[e] = true
	}
	for _, open := range w.open {
		kept := map[int32]Source{}
		for id, s := range open {
			kept[id] = s
		}
		past.open = append(past.open, kept)
	}
	w.past = append(w.past, past)
	for kind := range w.open {
		for _, id := range c.Remove[kind] {
			delete(w.open[kind], id)
		}
		for _, s := range c.Add[kind] {
			w.open[kind][s.ID] = s.Source
		}
	}
	for _, e := range c.Close {
		w.closed[e] = true
	}
	for _, e := range c.Reopen {
		delete(w.closed, e)
	}
}

// undo takes the last change back.
func (w *liveWorld) undo(t testing.TB) {
	t.Helper()
	if !w.live.Undo() {
		t.Fatal("nothing to undo")
	}
	last := w.past[len(w.past)-1]
	w.past = w.past[:len(w.past)-1]
	w.open, w.closed = last.open, last.closed
}

// truth searches anew. A closed road costs more than any search here may.
func (w *liveWorld) truth(t testing.TB, kind int) (*Field, []int32) {
	t.Helper()
	m := *w.metric
	m.In = slices.Clone(m.In)
	for a, arc := range w.net.Topology.In.Arc {
		if w.closed[arc>>1] {
			m.In[a] = math.MaxInt32
		}
	}
	var ids []int32
	for id := range w.open[kind] {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	sources := make([]Source, len(ids))
	for i, id := range ids {
		sources[i] = w.open[kind][id]
	}
	f, err := NewSearch(w.net, &m).Run(context.Background(), sources, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return f, ids
}

// check compares all nodes, and points on roads that are open.
func (w *liveWorld) check(t testing.TB, r *rand.Rand) {
	t.Helper()
	for kind := range w.open {
		field, ids := w.truth(t, kind)
		same := func(got, want Pair) bool {
			for i := range got {
				if (got[i] == None) != (want[i] == None) {
					return false
				}
				if got[i] != None && (got[i].Cost() != want[i].Cost() || w.live.ID(kind, got[i]) != ids[want[i].Facility()]) {
					return false
				}
			}
			return true
		}
		for v := range int32(w.net.Topology.Nodes) {
			if got, want := w.live.Field(kind).Node(v), field.Node(v); !same(got, want) {
				t.Fatalf("type %d, node %d: %v, want %v of %v", kind, v, show(got), show(want), ids)
			}
		}
		for range 4 {
			j := randomJoin(w.net, r)
			if got, want := w.live.Field(kind).At(j), field.At(j); !w.closed[j.Edge] && !same(got, want) {
				t.Fatalf("type %d, at %+v: %v, want %v", kind, j, show(got), show(want))
			}
		}
	}
}

// TestLiveAgreesWithSearch makes 10 000 changes to random networks, one in three of them undone at some time.
func TestLiveAgreesWithSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(701, 702))
	for edits := 0; edits < 10_000; {
		n := newWorld(t, r).net
		m := n.Metric([]model.Impedance{model.Distance, model.Time}[r.IntN(2)])
		w := newLiveWorld(t, n, m, r, 1+r.IntN(3), r.IntN(6), nil)
		w.check(t, r)
		for range 40 {
			if len(w.past) > 0 && r.IntN(3) == 0 {
				w.undo(t)
			} else {
				w.make(t, w.edit(r))
			}
			w.check(t, r)
			edits++
		}
	}
}

// TestLiveSweepsWhatReachesFar has a sweep at hand, and networks where few facilities serve many nodes; with roads that are made
// ready for it, also while some are closed.
func TestLiveSweepsWhatReachesFar(t *testing.T) {
	r := rand.New(rand.NewPCG(711, 712))
	n := built(t, roadgen.Generate(5, 3000, orb.Bound{Max: orb.Point{9_000, 7_000}}), nil)
	for i, laid := range prepared(t, n) {
		for _, roads := range []bool{false, true} {
			t.Run(fmt.Sprint(i, roads), func(t *testing.T) {
				w := newLiveWorld(t, n, n.Metric(i), r, 2, 12, NewSweep(laid, 2))
				if roads {
					if err := w.live.PrepareRoads(context.Background()); err != nil {
						t.Fatal(err)
					}
				}
				swept := 0
				for range 250 {
					if len(w.past) > 0 && r.IntN(3) == 0 {
						w.undo(t)
					} else {
						w.make(t, w.edit(r))
					}
					if w.live.types[0].field.nodes == nil && len(w.closed) > 0 {
						swept++
					}
					w.check(t, r)
				}
				if roads != (swept > 0) {
					t.Errorf("roads prepared: %v, swept while some were closed: %d", roads, swept)
				}
			})
		}
	}
}

// TestDetoursAreThoseOfAFreshStart closes and opens roads in any order; the weights that follow them are those of the roads that
// are left, laid on the hierarchy from nothing.
func TestDetoursAreThoseOfAFreshStart(t *testing.T) {
	r := rand.New(rand.NewPCG(731, 732))
	n := built(t, roadgen.Generate(6, 1500, orb.Bound{Max: orb.Point{6_000, 5_000}}), nil)
	m := n.Metric(model.Time)
	live, err := NewLive(context.Background(), n, m, nil, cmp.Compare[int32], NewSweep(prepared(t, n)[model.Time], 1))
	if err == nil {
		err = live.PrepareRoads(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	d := live.detours
	for range 60 {
		for range 1 + r.IntN(4) {
			c := Change{Close: []int32{int32(r.IntN(len(n.Edges)))}}
			if live.Closed(c.Close[0]) || r.IntN(3) == 0 {
				c = Change{}
				for e := range live.closed {
					c.Reopen = append(c.Reopen, e)
					break
				}
			}
			if err := live.Apply(context.Background(), c); err != nil {
				t.Fatal(err)
			}
		}
		d.follow()
		up, down := freshWeights(live, d.h)
		if !slices.Equal(d.up, up) || !slices.Equal(d.w.down, down) {
			t.Fatalf("with %d roads closed the weights are others than those found from nothing", len(live.closed))
		}
	}
}

// freshWeights lays the open roads of a Live on a hierarchy, as Customise does.
func freshWeights(l *Live, h *Hierarchy) (up, down []uint32) {
	c := customising{h: h, up: slices.Repeat([]uint32{never}, len(h.up)), down: slices.Repeat([]uint32{never}, len(h.up))}
	for v, p := range h.at {
		for a := l.net.Topology.Out.First[v]; a < l.net.Topology.Out.First[v+1]; a++ {
			arc := l.out[a]
			other := h.at[arc.node]
			if arc.cost == barred || other == p {
				continue
			}
			begin, costs := h.first[max(p, other)], c.up
			if p < other {
				costs = c.down
			}
			i, _ := slices.BinarySearch(h.up[begin:h.first[max(p, other)+1]], min(p, other))
			costs[begin+int32(i)] = min(costs[begin+int32(i)], uint32(arc.cost))
		}
	}
	for p := int32(len(h.at)) - 1; p >= 0; p-- {
		c.shorten(p)
	}
	return c.up, c.down
}

// TestLiveTellsWhatItTouched: a node that is not told of has the labels it had.
func TestLiveTellsWhatItTouched(t *testing.T) {
	r := rand.New(rand.NewPCG(721, 722))
	for range 200 {
		n := newWorld(t, r).net
		w := newLiveWorld(t, n, n.Metric(model.Distance), r, 2, 4, nil)
		for range 10 {
			var before [][]Pair
			for kind := range w.open {
				before = append(before, slices.Clone(w.live.types[kind].field.nodes))
				w.live.Touched(kind, func(int32) {})
			}
			w.make(t, w.edit(r))
			for kind := range w.open {
				told := map[int32]bool{}
				if !w.live.Touched(kind, func(v int32) { told[v] = true }) {
					t.Fatal("told of all without a sweep")
				}
				for v, p := range before[kind] {
					if w.live.Field(kind).Node(int32(v)) != p && !told[int32(v)] {
						t.Fatalf("type %d, node %d changed in silence", kind, v)
					}
				}
			}
		}
	}
}

func TestLiveRefuses(t *testing.T) {
	n := straightRoad(t, 0)
	at := func(id int32) LiveSource { return LiveSource{id, Source{Join: network.Join{Position: id}, Place: id}} }
	live, err := NewLive(context.Background(), n, n.Metric(model.Distance), [][]LiveSource{{at(1), at(2)}}, cmp.Compare[int32], nil)
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	for name, c := range map[string]struct {
		ctx    context.Context
		change Change
		want   error
	}{
		"gone already":    {nil, Change{Remove: [][]int32{{3}}}, ErrLive},
		"twice":           {nil, Change{Remove: [][]int32{{1, 1}}}, ErrLive},
		"there already":   {nil, Change{Add: [][]LiveSource{{at(2)}}}, ErrLive},
		"open already":    {nil, Change{Reopen: []int32{0}}, ErrLive},
		"closed twice":    {nil, Change{Close: []int32{0, 0}}, ErrLive},
		"of no such type": {nil, Change{Remove: [][]int32{{}, {1}}}, ErrLive},
		"cancelled":       {ended, Change{Remove: [][]int32{{1}}, Close: []int32{1}}, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			was := slices.Clone(live.types[0].field.nodes)
			if err := live.Apply(cmp.Or(c.ctx, context.Background()), c.change); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if !slices.Equal(was, live.types[0].field.nodes) || live.Closed(1) || live.Undo() {
				t.Error("something has changed")
			}
		})
	}
}

// TestLiveRunsOutOfRanks puts facility after facility between the same two.
func TestLiveRunsOutOfRanks(t *testing.T) {
	n := straightRoad(t, 0)
	at := func(id int32) LiveSource { return LiveSource{id, Source{Join: network.Join{Position: id}, Place: id}} }
	live, err := NewLive(context.Background(), n, n.Metric(model.Distance), [][]LiveSource{{at(0), at(100)}}, cmp.Compare[int32], nil)
	if err != nil {
		t.Fatal(err)
	}
	for id := int32(99); id > 0; id-- {
		was := slices.Clone(live.types[0].field.nodes)
		err := live.Apply(context.Background(), Change{Add: [][]LiveSource{{at(id)}}})
		if errors.Is(err, ErrRanks) {
			if !slices.Equal(was, live.types[0].field.nodes) {
				t.Error("refused, and yet something has changed")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Error("found room for all")
}

func ExampleLive() {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: orb.LineString{{0, 0}, {3000, 0}}})
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		fmt.Println(err)
		return
	}
	shop := func(id, metres int32) LiveSource {
		return LiveSource{id, Source{Join: network.Join{Position: 100 * metres}, Place: id}}
	}
	home := network.Join{Position: 100 * 1000}
	live, _ := NewLive(context.Background(), n, n.Metric(model.Distance), [][]LiveSource{{shop(1, 1200), shop(2, 2900)}}, cmp.Compare[int32], nil)
	tell := func() { l := live.Field(0).At(home)[0]; fmt.Println("shop", live.ID(0, l), l.Cost()/100, "m") }
	tell()
	_ = live.Apply(context.Background(), Change{Remove: [][]int32{{1}}})
	tell()
	live.Undo()
	tell()
	// Output:
	// shop 1 200 m
	// shop 2 1900 m
	// shop 1 200 m
}
