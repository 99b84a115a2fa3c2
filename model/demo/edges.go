package demo

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// edge is one road of the register, drawn from one end to the other.
type edge struct {
	line           orb.LineString
	length         float64 // the register's own, metres
	traits         traits
	speedF, speedB int64
}

// traits are what must be equal along one edge.
type traits struct {
	class  int8
	speed  uint8 // km/h
	oneway int8  // 1 along the drawn direction only, −1 against it only
	ferry  bool
	street bool
}

// turned is the traits seen from the other end.
func (t traits) turned() traits { t.oneway = -t.oneway; return t }

// link is a straight piece of road between two vertices of the graph.
type link struct {
	a, b int32
	traits
}

// graph is all pieces of road, before they are joined into edges.
type graph struct {
	at    []orb.Point
	links []link
	ends  [][]int32 // the links at each vertex
}

func (g *graph) vertex(p orb.Point) int32 {
	g.at = append(g.at, p)
	g.ends = append(g.ends, nil)
	return int32(len(g.at) - 1)
}

func (g *graph) join(a, b int32, t traits) {
	g.links = append(g.links, link{a, b, t})
	k := int32(len(g.links) - 1)
	g.ends[a], g.ends[b] = append(g.ends[a], k), append(g.ends[b], k)
}

// joinEdges makes the register's edges out of the streets, the country roads and the ferry.
func (w *world) joinEdges() {
	g := w.assemble()
	rng := w.stage(stageEdges)
	wind := noise(mix(w.seed + 41))
	done := make([]bool, len(g.links))
	var drawn []edge
	for _, stopsOnly := range []bool{true, false} { // rings without a stop come last
		for k := range g.links {
			for _, start := range []int32{g.links[k].a, g.links[k].b} {
				if !done[k] && (!stopsOnly || g.stops(start)) {
					chain, t := g.follow(start, int32(k), done)
					drawn = append(drawn, edge{line: g.draw(chain, t, wind), traits: t})
				}
			}
		}
	}
	longest := cutLength(drawn)
	for _, e := range drawn {
		w.addEdges(e, longest, rng)
	}
}

// assemble puts everything that is road into one graph.
func (w *world) assemble() *graph {
	g := &graph{}
	id := make([]int32, nodes)
	pace := noise(mix(w.seed + 42))
	for i := range int32(nodes) {
		if w.net.used[i] {
			id[i] = g.vertex(w.net.at[i])
		}
	}
	for i := range int32(nodes) {
		for d := range 4 {
			if c := w.net.class[i][d]; c != noClass {
				j := i + offsets[d]
				middle := between(w.net.at[i], w.net.at[j], 0.5)
				g.join(id[i], id[j], traits{class: c, speed: w.speed(c, middle, pace)})
			}
		}
	}
	first := make([]int32, len(w.towns))
	for k, s := range w.towns {
		first[k] = int32(len(g.at))
		for _, c := range s.corners {
			g.vertex(c)
		}
		for _, t := range s.streets {
			g.join(first[k]+int32(t.a), first[k]+int32(t.b), s.traits(t))
		}
	}
	for _, gate := range w.gates {
		g.join(first[gate.town]+int32(gate.corner), id[gate.node], traits{class: gate.class, speed: 50})
	}
	g.join(id[w.ferry[0]], id[w.ferry[1]], traits{class: 5, ferry: true})
	return g
}

// traits of a street.
func (s *settlement) traits(t street) traits {
	out := traits{class: t.class, speed: 40, street: true}
	switch {
	case t.class < 6:
		out.speed = 50
	case t.class == 8:
		out.speed = 30
	}
	if t.oneway {
		out.oneway = 1
	}
	return out
}

// speed is the limit on a country road at p: by class, with stretches that are slower, and slow near houses.
func (w *world) speed(class int8, p orb.Point, pace noise) uint8 {
	for _, s := range w.towns {
		if s.holds(p, 1, 260) {
			return 50
		}
	}
	if class <= 6 {
		for _, h := range w.hamlets {
			if distance(position(h.node), p) < 420 {
				return 50
			}
		}
	}
	// From slow to fast; the stretch is some kilometres long, shorter on forest roads.
	steps := [10][4]uint8{
		{80, 90, 100, 100},
		{80, 80, 90, 90},
		{70, 80, 80, 90},
		{70, 70, 80, 80},
		{60, 70, 70, 80},
		{60, 70, 70, 70},
		{50, 70, 70, 70},
		{40, 50, 70, 70},
		{30, 50, 70, 70},
		{30, 50, 70, 70},
	}[class]
	reach := 5200.0
	if class >= 7 {
		reach = 2300
	}
	v := 0.5 + 0.5*pace.at(p[0]/reach, p[1]/reach)
	return steps[min(max(int(4*v), 0), 3)]
}

// stops tells whether an edge ends at a vertex: where roads meet or end, or where the traits change.
func (g *graph) stops(v int32) bool {
	ends := g.ends[v]
	if len(ends) != 2 {
		return true
	}
	a, b := g.links[ends[0]], g.links[ends[1]]
	in, out := a.traits, b.traits
	if a.a == v {
		in = in.turned()
	}
	if b.b == v {
		out = out.turned()
	}
	return in != out
}

// follow walks from a vertex along link k to the next stop.
func (g *graph) follow(start, k int32, done []bool) ([]int32, traits) {
	t := g.links[k].traits
	if g.links[k].b == start {
		t = t.turned()
	}
	chain := []int32{start}
	for v := start; ; {
		done[k] = true
		l := g.links[k]
		v = l.a + l.b - v
		chain = append(chain, v)
		if v == start || g.stops(v) {
			return chain, t
		}
		if k = g.ends[v][0] + g.ends[v][1] - k; done[k] {
			return chain, t
		}
	}
}

// draw gives a chain its curves: country roads are rounded, forest roads wind.
func (g *graph) draw(chain []int32, t traits, wind noise) orb.LineString {
	line := make(orb.LineString, len(chain))
	for k, v := range chain {
		line[k] = g.at[v]
	}
	if t.street || t.ferry {
		return orb.LineString(simplify(line, 0.3))
	}
	line = smoothLine(line, 3)
	sway := []float64{1, 1, 2, 2, 4, 6, 10, 14, 20, 26}[t.class]
	for k := 1; k < len(line)-1; k++ {
		p := line[k]
		by := sway * min(1, float64(min(k, len(line)-1-k))/10) // none at the ends, where other roads meet
		line[k][0] += by * wind.sum(p[0]/230, p[1]/230, 2)
		line[k][1] += by * wind.sum(p[0]/230+70, p[1]/230+70, 2)
	}
	return orb.LineString(simplify(line, 0.8))
}

// edgesWanted is about how many edges there shall be.
const edgesWanted = 5950

// cutLength is the length in metres that the edges are cut to so that their number comes out.
func cutLength(drawn []edge) float64 {
	low, high := 200.0, 5000.0
	for range 20 {
		sum := 0
		for _, e := range drawn {
			sum += pieces(e, (low+high)/2)
		}
		if sum > edgesWanted {
			low = (low + high) / 2
		} else {
			high = (low + high) / 2
		}
	}
	return math.Round(high)
}

// pieces is how many edges a line of road becomes when they are about so long.
func pieces(e edge, longest float64) int {
	if e.traits.ferry {
		return 1
	}
	return min(max(int(math.Round(planar.Length(e.line)/longest)), 1), len(e.line)-1)
}

// addEdges cuts a line into edges of a length that the register has, and gives them their figures.
func (w *world) addEdges(e edge, longest float64, rng *rand.Rand) {
	parts, last := pieces(e, longest*(0.7+0.6*rng.Float64())), len(e.line)-1
	for k := range parts {
		w.edges = append(w.edges, newEdge(slices.Clone(e.line[k*last/parts:(k+1)*last/parts+1]), e.traits, rng))
	}
}

// newEdge rounds the figures as the register does and turns some edges around.
func newEdge(line orb.LineString, t traits, rng *rand.Rand) edge {
	turn, slope, split := rng.Float64(), rng.Float64(), rng.Float64()
	if turn < 0.4 {
		slices.Reverse(line)
		t = t.turned()
	}
	e := edge{line: line, traits: t, speedF: int64(t.speed), speedB: int64(t.speed)}
	// Hills and the curve between the vertices make a road longer than its drawing.
	e.length = math.Round(planar.Length(line)*(1.0005+0.009*slope*slope)*1000) / 1000
	if !t.street && !t.ferry && t.class < 7 && t.speed > 50 && split < 0.03 {
		e.speedB -= 10
	}
	return e
}
