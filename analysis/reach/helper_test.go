package reach

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// town is a random network of crooked roads, some of them one-way, some crossing without a junction, some of another length
// than drawn, with facilities on them.
type town struct {
	net     *network.Network
	sources []route.Source
}

// newTown makes a town in a square of about 2 km.
func newTown(t testing.TB, r *rand.Rand, more ...model.Road) town {
	t.Helper()
	n := build(t, append(townRoads(r), more...))
	w := town{net: n}
	for range 1 + r.IntN(4) {
		p := orb.Point{r.Float64() * 2000, r.Float64() * 2000}
		if j, ok := n.Snap(p, 5000); ok {
			w.sources = append(w.sources, route.Source{Join: j, Place: int32(len(w.sources))})
		}
	}
	return w
}

// townRoads invents roads between random junctions.
func townRoads(r *rand.Rand) []model.Road {
	side := 3 + r.IntN(4)
	at := make([]orb.Point, side*side)
	for i := range at {
		at[i] = orb.Point{(float64(i%side) + 0.8*r.Float64()) * 2000 / float64(side), (float64(i/side) + 0.8*r.Float64()) * 2000 / float64(side)}
	}
	var roads []model.Road
	for range 3 * side * side / 2 {
		a, b := r.IntN(len(at)), 0
		switch b = a + []int{1, side, side + 1, 2*side + 1}[r.IntN(4)]; {
		case b >= len(at):
			continue
		}
		line := orb.LineString{at[a]}
		for k := range r.IntN(4) {
			share := float64(k+1) / 5
			line = append(line, orb.Point{
				at[a][0] + share*(at[b][0]-at[a][0]) + 120*(r.Float64()-0.5), at[a][1] + share*(at[b][1]-at[a][1]) + 120*(r.Float64()-0.5),
			})
		}
		road := model.Road{FID: int64(len(roads) + 1), Line: append(line, at[b]), SpeedF: uint8(10 * (1 + r.IntN(9))), SpeedB: uint8(10 * (1 + r.IntN(9)))}
		switch r.IntN(8) {
		case 0:
			road.Flags = model.ForbiddenForward
		case 1:
			road.Flags = model.ForbiddenBackward
		case 2:
			road.Length = 200 + 600*r.Float64()
		}
		roads = append(roads, road)
	}
	return roads
}

// build makes a network of roads.
func build(t testing.TB, roads []model.Road) *network.Network {
	t.Helper()
	set := &model.RoadSet{}
	for i, road := range roads {
		road.FID = int64(i + 1)
		set.Add(road)
	}
	n, err := network.Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// request asks for the areas of all facilities of a town.
func (w town) request(t testing.TB, r Request, i model.Impedance) *Outcome {
	t.Helper()
	r.Sources = w.sources
	if r.Buffer == 0 {
		r.Buffer = DefaultBuffer
	}
	out, err := Areas(context.Background(), route.NewAreaSearch(w.net, w.net.Metric(i)), r, func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pointAt is where a position on an edge lies.
func pointAt(n *network.Network, edge int32, position float64) orb.Point {
	e := &n.Edges[edge]
	xy := n.Roads.Vertices(int(e.Road))
	left := position / float64(e.Length) * e.Drawn
	for i := 2; i < len(xy); i += 2 {
		length := math.Hypot(xy[i]-xy[i-2], xy[i+1]-xy[i-1])
		if left <= length && length > 0 {
			return orb.Point{xy[i-2] + left/length*(xy[i]-xy[i-2]), xy[i-1] + left/length*(xy[i+1]-xy[i-1])}
		}
		left -= length
	}
	return orb.Point{xy[len(xy)-2], xy[len(xy)-1]}
}

// shapeHolds tells whether a point lies in an area.
func shapeHolds(shape orb.MultiPolygon, p orb.Point) bool {
	for _, polygon := range shape {
		odd := false
		for _, ring := range polygon {
			odd = odd != holds(ring, p)
		}
		if odd {
			return true
		}
	}
	return false
}

// near tells whether a point lies near a crossing.
func near(crossings []Crossing, p orb.Point) bool {
	for _, c := range crossings {
		if math.Hypot(c.At[0]-p[0], c.At[1]-p[1]) < c.Length+0.5 {
			return true
		}
	}
	return false
}

// checkValid fails where rings are not closed, run the wrong way round, cross themselves or another, or where holes lie
// outside their shell.
func checkValid(t *testing.T, shape orb.MultiPolygon) {
	t.Helper()
	type segment struct{ a, b orb.Point }
	cells := map[[2]int][]segment{}
	const side = 25.0
	for _, polygon := range shape {
		for k, ring := range polygon {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				t.Fatalf("ring %v is not closed", ring)
			}
			if (area(ring) > 0) != (k == 0) {
				t.Fatalf("ring %d runs the wrong way round", k)
			}
			if k > 0 && !holds(polygon[0], orb.Point{(ring[0][0] + ring[1][0]) / 2, (ring[0][1] + ring[1][1]) / 2}) {
				t.Fatalf("hole %v lies outside its shell", ring)
			}
			seen := map[orb.Point]bool{}
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				if seen[a] || a == b {
					t.Fatalf("ring comes back to %v", a)
				}
				seen[a] = true
				for x := int(math.Floor(min(a[0], b[0]) / side)); x <= int(math.Floor(max(a[0], b[0])/side)); x++ {
					for y := int(math.Floor(min(a[1], b[1]) / side)); y <= int(math.Floor(max(a[1], b[1])/side)); y++ {
						for _, o := range cells[[2]int{x, y}] {
							if crosses(a, b, o.a, o.b) {
								t.Fatalf("%v %v crosses %v %v", a, b, o.a, o.b)
							}
						}
						cells[[2]int{x, y}] = append(cells[[2]int{x, y}], segment{a, b})
					}
				}
			}
		}
	}
}

// crosses tells whether two segments share a point that is not an end of both, exactly: coordinates are multiples of 2^-20 m.
func crosses(a, b, c, d orb.Point) bool {
	if a == c || a == d || b == c || b == d {
		return false
	}
	whole := func(v, from float64) int64 { return int64((v - from) * (1 << 20)) }
	side := func(p, q, r orb.Point) int {
		return times(whole(q[0], p[0]), whole(r[1], p[1])).minus(times(whole(q[1], p[1]), whole(r[0], p[0]))).sign()
	}
	for k := range 2 {
		if max(a[k], b[k]) < min(c[k], d[k]) || max(c[k], d[k]) < min(a[k], b[k]) {
			return false
		}
	}
	return side(a, b, c)*side(a, b, d) <= 0 && side(c, d, a)*side(c, d, b) <= 0
}
