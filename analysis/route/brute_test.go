package route

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/model"
)

// world is a small random network with facilities and squares somewhere on its edges.
type world struct {
	net     *network.Network
	sources []Source
	cells   []network.Join
}

// newWorld makes networks with one-way streets, parallel edges, loops, edges of no length, islands, lengths that are
// not the drawn ones, and points at the very ends of edges. Small whole lengths make many ties.
func newWorld(t testing.TB, r *rand.Rand) world {
	t.Helper()
	set := &model.RoadSet{}
	nodes := 2 + r.IntN(9)
	at := func(i int) orb.Point { return orb.Point{1000 * float64(i), float64(i*i%7) * 500} }
	for range 1 + r.IntN(2*nodes) {
		a, b := at(r.IntN(nodes)), at(r.IntN(nodes))
		road := model.Road{FID: int64(set.Len() + 1), Line: orb.LineString{a, {a[0] + 300, b[1] - 200}, b}}
		road.Length = 0.1 * float64(1+r.IntN(40))
		if a != b && r.IntN(10) == 0 {
			road.Length = 0.01 // as good as none
		}
		road.SpeedF, road.SpeedB = uint8(r.IntN(4)*30), uint8(r.IntN(4)*30)
		switch r.IntN(6) {
		case 0:
			road.Flags = model.ForbiddenForward
		case 1:
			road.Flags = model.ForbiddenBackward
		case 2:
			road.Flags = model.Ferry
		}
		if r.IntN(12) == 0 {
			road.Line, road.Length = orb.LineString{a, a}, 0
		}
		set.Add(road)
	}
	p := model.DefaultParams()
	p.ConnectorSpeed = []float64{0, 5}[r.IntN(2)]
	n, err := network.Build(context.Background(), set, p)
	if err != nil {
		t.Fatal(err)
	}
	w := world{net: n}
	for range 1 + r.IntN(6) {
		w.sources = append(w.sources, Source{Join: randomJoin(n, r), Place: int32(r.IntN(4))})
	}
	for range 1 + r.IntN(8) {
		w.cells = append(w.cells, randomJoin(n, r))
	}
	return w
}

// randomJoin stands somewhere on some edge, at its very end one time in three.
func randomJoin(n *network.Network, r *rand.Rand) network.Join {
	e := int32(r.IntN(len(n.Edges)))
	length := n.Edges[e].Length
	j := network.Join{Edge: e, Position: int32(r.IntN(int(length) + 1)), Connector: int32(r.IntN(3) * 100)}
	switch r.IntN(6) {
	case 0:
		j.Position = 0
	case 1:
		j.Position = length
	}
	return j
}

// matrix holds the cost between every two of a network's nodes and a world's points, by Floyd and Warshall (1962).
type matrix struct {
	d     [][]float64
	nodes int
}

// newMatrix cuts every edge at the points that stand on it. It knows nothing of labels, seeds or straight ways.
func newMatrix(w world, m *network.Metric) matrix {
	joins := append([]network.Join{}, w.cells...)
	for _, s := range w.sources {
		joins = append(joins, s.Join)
	}
	x := matrix{nodes: w.net.Topology.Nodes}
	size := x.nodes + len(joins)
	x.d = make([][]float64, size)
	for i := range x.d {
		x.d[i] = make([]float64, size)
		for k := range x.d[i] {
			if i != k {
				x.d[i][k] = math.Inf(1)
			}
		}
	}
	for e := range w.net.Edges {
		x.cut(w.net, m, int32(e), joins)
	}
	for k := range size {
		for i := range size {
			for j := range size {
				x.d[i][j] = min(x.d[i][j], x.d[i][k]+x.d[k][j])
			}
		}
	}
	return x
}

// cut links the points of one edge with each other and with its ends.
func (x matrix) cut(n *network.Network, m *network.Metric, e int32, joins []network.Join) {
	edge := &n.Edges[e]
	type stop struct {
		vertex   int
		position int32
	}
	stops := []stop{{int(edge.From), 0}, {int(edge.To), edge.Length}}
	link := func(a, b int, cost float64) { x.d[a][b] = min(x.d[a][b], cost) }
	for i, j := range joins {
		if j.Edge != e {
			continue
		}
		v := x.nodes + i
		stops = append(stops, stop{v, j.Position})
		switch j.Position {
		case 0:
			link(v, int(edge.From), 0)
			link(int(edge.From), v, 0)
		case edge.Length:
			link(v, int(edge.To), 0)
			link(int(edge.To), v, 0)
		}
	}
	for i, a := range stops {
		for k, b := range stops {
			switch {
			case i == k:
			case a.position == b.position && i > 1 && k > 1:
				link(a.vertex, b.vertex, 0)
			case a.position <= b.position && edge.Has(network.OpenForward):
				link(a.vertex, b.vertex, along(m, edge, a.position, b.position, edge.TimeF))
			}
			if a.position >= b.position && i != k && edge.Has(network.OpenBackward) {
				link(a.vertex, b.vertex, along(m, edge, edge.Length-a.position, edge.Length-b.position, edge.TimeB))
			}
		}
	}
}

// along is the cost from one position to another further on, where whole is the time for all of the edge.
func along(m *network.Metric, e *network.Edge, from, to, whole int32) float64 {
	if m.Impedance == model.Distance || e.Length == 0 {
		return float64(to - from)
	}
	share := func(p int32) float64 { return math.Round(float64(whole) * float64(p) / float64(e.Length)) }
	return share(to) - share(from)
}

// nearest reads the two nearest places of a square off the matrix.
func (x matrix) nearest(w world, m *network.Metric, cell int, limit int64) Pair {
	best := map[int32]Label{}
	for rank, s := range w.sources {
		d := x.d[x.nodes+cell][x.nodes+len(w.cells)+rank]
		if math.IsInf(d, 1) {
			continue
		}
		cost := int64(d) + m.Connector(w.cells[cell].Connector) + m.Connector(s.Join.Connector)
		if l := NewLabel(cost, rank); cost <= limit && (best[s.Place] == 0 || l < best[s.Place]-1) {
			best[s.Place] = l + 1 // so that 0 is none
		}
	}
	pair := Pair{None, None}
	for _, l := range best {
		switch l--; {
		case l < pair[0]:
			pair[0], pair[1] = l, pair[0]
		case l < pair[1]:
			pair[1] = l
		}
	}
	return pair
}

func TestSearchAgreesWithFloydWarshall(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	reached, unreached, second := 0, 0, 0
	for round := range 3000 {
		w := newWorld(t, r)
		limit := []int64{MaxCost, 300}[round%2]
		for _, imp := range []model.Impedance{model.Distance, model.Time} {
			m := w.net.Metric(imp)
			field, err := NewSearch(w.net, m).Run(context.Background(), w.sources, limit)
			if err != nil {
				t.Fatal(err)
			}
			x := newMatrix(w, m)
			for c, join := range w.cells {
				got, want := field.At(join), x.nearest(w, m, c, limit)
				if got != want {
					t.Fatalf("round %d %s cell %d %+v: got %v, want %v\nedges %+v\nsources %+v", round, imp, c, join,
						show(got), show(want), w.net.Edges, w.sources)
				}
				switch {
				case got[0] == None:
					unreached++
				case got[1] != None:
					second++
					fallthrough
				default:
					reached++
				}
			}
		}
	}
	if reached < 10_000 || unreached < 1_000 || second < 5_000 {
		t.Errorf("too few cases of a kind: %d reached, %d unreached, %d with a second", reached, unreached, second)
	}
}

// show writes a pair as cost and facility.
func show(p Pair) [2][2]int64 {
	var out [2][2]int64
	for i, l := range p {
		out[i] = [2]int64{-1, -1}
		if l != None {
			out[i] = [2]int64{l.Cost(), int64(l.Facility())}
		}
	}
	return out
}
