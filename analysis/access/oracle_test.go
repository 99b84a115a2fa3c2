package access

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
)

// oracle computes costs in plain floating point, with no idea of labels, arcs or whole centimetres.
type oracle struct {
	s     *model.Snapshot
	time  bool
	part  []bool // roads of the largest part
	spots []oracleSpot
	d     [][]float64
}

// oracleSpot is a node or a point that has joined a road.
type oracleSpot struct {
	at        orb.Point
	road      int // -1 for a node
	share     float64
	connector float64
}

// vertices is a road's line.
func (o *oracle) vertices(i int) []orb.Point {
	var out []orb.Point
	xy := o.s.Roads.Vertices(i)
	for k := 0; k < len(xy); k += 2 {
		out = append(out, orb.Point{xy[k], xy[k+1]})
	}
	return out
}

// drawn is a line's length.
func drawn(l []orb.Point) float64 {
	sum := 0.0
	for i := 1; i < len(l); i++ {
		sum += math.Hypot(l[i][0]-l[i-1][0], l[i][1]-l[i-1][1])
	}
	return sum
}

// cost is that of all of a road in one direction.
func (o *oracle) cost(i int, backward bool) float64 {
	length := o.s.Roads.Length[i]
	if length == 0 {
		length = drawn(o.vertices(i))
	}
	switch {
	case !o.time:
		return length
	case backward:
		return length * 3.6 / float64(o.s.Roads.SpeedB[i])
	}
	return length * 3.6 / float64(o.s.Roads.SpeedF[i])
}

// largest marks the roads of the longest connected part by spreading from each road in turn.
func (o *oracle) largest() {
	best := 0.0
	for start := range o.s.Roads.Len() {
		in := make([]bool, o.s.Roads.Len())
		in[start] = true
		for changed := true; changed; {
			changed = false
			for i := range in {
				for k := range in {
					if in[i] && !in[k] && o.touch(i, k) {
						in[k], changed = true, true
					}
				}
			}
		}
		sum := 0.0
		for i := range in {
			if in[i] {
				l := o.s.Roads.Length[i]
				if l == 0 {
					l = drawn(o.vertices(i))
				}
				sum += l
			}
		}
		if sum > best+1e-6 {
			best, o.part = sum, in
		}
	}
}

// touch tells whether two roads share an end.
func (o *oracle) touch(i, k int) bool {
	a, b := o.vertices(i), o.vertices(k)
	for _, p := range []orb.Point{a[0], a[len(a)-1]} {
		if p == b[0] || p == b[len(b)-1] {
			return true
		}
	}
	return false
}

// join finds the nearest point on the nearest road by trying all.
func (o *oracle) join(p orb.Point) (oracleSpot, bool) {
	best := oracleSpot{road: -1, connector: math.Inf(1)}
	for i := range o.s.Roads.Len() {
		if !o.part[i] {
			continue
		}
		line := o.vertices(i)
		whole, before := drawn(line), 0.0
		for k := 1; k < len(line); k++ {
			a, b := line[k-1], line[k]
			length := math.Hypot(b[0]-a[0], b[1]-a[1])
			t := ((p[0]-a[0])*(b[0]-a[0]) + (p[1]-a[1])*(b[1]-a[1])) / (length * length)
			t = math.Max(0, math.Min(1, t))
			q := orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}
			if d := math.Hypot(q[0]-p[0], q[1]-p[1]); d < best.connector-1e-9 {
				best = oracleSpot{at: q, road: i, share: (before + t*length) / whole, connector: d}
			}
			before += length
		}
	}
	return best, best.connector <= o.s.Params.SnapLimit
}

// newOracle prepares all costs by Floyd and Warshall. The spots are squares, then shops, then nodes.
func newOracle(s *model.Snapshot, time bool) (*oracle, []bool) {
	o := &oracle{s: s, time: time}
	o.largest()
	var joined []bool
	add := func(p orb.Point) {
		spot, ok := o.join(p)
		o.spots = append(o.spots, spot)
		joined = append(joined, ok)
	}
	for _, c := range s.Cells {
		add(c.Centre)
	}
	for _, f := range s.Facilities {
		add(f.At)
	}
	node := map[orb.Point]int{}
	for i := range s.Roads.Len() {
		l := o.vertices(i)
		for _, p := range []orb.Point{l[0], l[len(l)-1]} {
			if _, ok := node[p]; !ok {
				node[p] = len(o.spots)
				o.spots = append(o.spots, oracleSpot{at: p, road: -1})
			}
		}
	}
	o.fill(node)
	return o, joined
}

// fill links what stands on each road and closes the matrix.
func (o *oracle) fill(node map[orb.Point]int) {
	n := len(o.spots)
	o.d = make([][]float64, n)
	for i := range o.d {
		o.d[i] = slices.Repeat([]float64{math.Inf(1)}, n)
		o.d[i][i] = 0
	}
	for i := range o.s.Roads.Len() {
		l := o.vertices(i)
		from, to := node[l[0]], node[l[len(l)-1]]
		stand := map[int]float64{from: 0, to: 1}
		for v, spot := range o.spots {
			if spot.road == i {
				stand[v] = spot.share
			}
		}
		for a, sa := range stand {
			for b, sb := range stand {
				if sa <= sb && o.s.Roads.Flags[i]&model.ForbiddenForward == 0 {
					o.d[a][b] = min(o.d[a][b], (sb-sa)*o.cost(i, false))
				}
				if sa >= sb && o.s.Roads.Flags[i]&model.ForbiddenBackward == 0 {
					o.d[a][b] = min(o.d[a][b], (sa-sb)*o.cost(i, true))
				}
				if math.Abs(sa-sb) < 1e-9 {
					o.d[a][b] = 0
				}
			}
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				o.d[i][j] = min(o.d[i][j], o.d[i][k]+o.d[k][j])
			}
		}
	}
}

// twoNearest gives the costs to the nearest shop and the nearest that is not within 30 m of it by a chain.
func (o *oracle) twoNearest(cell int, joined []bool) (first, second float64) {
	first, second = math.Inf(1), math.Inf(1)
	if !joined[cell] {
		return first, second
	}
	place := oraclePlaces(o.s)
	cost := make([]float64, len(o.s.Facilities))
	for f := range cost {
		v := len(o.s.Cells) + f
		cost[f] = math.Inf(1)
		if joined[v] {
			cost[f] = o.d[cell][v]
			if !o.time {
				cost[f] += o.spots[cell].connector + o.spots[v].connector
			}
		}
	}
	best := 0
	for f := range cost {
		if cost[f] < cost[best] {
			best = f
		}
	}
	first = cost[best]
	for f := range cost {
		if place[f] != place[best] {
			second = min(second, cost[f])
		}
	}
	return first, second
}

// oraclePlaces spreads place numbers among shops that lie near each other until nothing changes.
func oraclePlaces(s *model.Snapshot) []int {
	place := make([]int, len(s.Facilities))
	for i := range place {
		place[i] = i
	}
	for changed := true; changed; {
		changed = false
		for i, a := range s.Facilities {
			for k, b := range s.Facilities {
				if math.Hypot(a.At[0]-b.At[0], a.At[1]-b.At[1]) <= 30 && place[k] < place[i] {
					place[i], changed = place[k], true
				}
			}
		}
	}
	return place
}
