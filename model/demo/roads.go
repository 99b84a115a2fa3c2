package demo

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"
)

// gate joins a corner of a settlement's streets to the country roads.
type gate struct {
	town, corner int
	node         int32
	class        int8
}

// hamlet is a group of farms with a name and no streets.
type hamlet struct {
	name   string
	node   int32
	people int // filled in when people move in
}

// hamletNames are made up; the last is the island's.
var hamletNames = []string{
	"Ulvmora", "Mosslidsby", "Gäddunda", "Tvärlångsnäs", "Bränntjärnsvallen", "Lomtjärnsliden", "Stenvessna",
	"Hökmorbodarna", "Nordskärvan", "Ripmyrnäset", "Kvarnskogsby", "Svartvessbo", "Orrundaberg", "Furvattna",
}

const (
	islandName   = "Vessön"
	islandHamlet = "Vessö by"
)

// route is one of the larger roads. Ends 0 and up are settlements, the others are points on the lattice's edge.
type route struct {
	from, to int
	class    int8
}

// exits are where the larger roads leave the lattice; route end −1 is the first.
var exits = []orb.Point{
	from(-6500, -30300), from(-13500, 30300), from(-27800, -12500), from(27800, -1500),
	from(13500, 30300), from(15000, -30300), from(-27800, 16500), from(27800, 17000),
}

// routes are built in order of class, so that the smaller share the ways of the larger.
var routes = []route{
	{-1, 6, 0},
	{6, 0, 0},
	{0, 1, 0},
	{1, -2, 0},
	{-3, 4, 2},
	{4, 0, 2},
	{0, 3, 2},
	{3, 5, 2},
	{5, -4, 2},
	{1, 2, 3},
	{2, -5, 3},
	{3, -6, 3},
	{4, 1, 4},
	{2, 5, 4},
	{1, -7, 4},
	{0, 2, 5},
	{4, 6, 5},
	{2, -8, 5},
	{3, 6, 5},
}

// branches is one kind of side road: how many, how far they reach (in search cost, about 0.36 for each metre) and how
// often the search is run anew so that they keep clear of each other.
type branches struct {
	class    int8
	count    int
	near     int32
	far      int32
	batch    int
	smoothed int
}

var sideRoads = []branches{
	{class: 6, count: 40, near: 700, far: 2600, batch: 14, smoothed: 6},
	{class: 7, count: 210, near: 220, far: 1500, batch: 70, smoothed: 5},
	{class: 8, count: 480, near: 180, far: 1100, batch: 160, smoothed: 4},
	{class: 9, count: 1150, near: 150, far: 1300, batch: 230, smoothed: 3},
}

// buildRoads lays all roads outside the settlements, the largest first.
func (w *world) buildRoads() {
	rng := w.stage(stageRoads)
	for _, r := range routes {
		w.buildRoute(r)
	}
	w.openFerry()
	for _, b := range sideRoads {
		w.branchOff(b, rng)
	}
	w.closeLoops(rng)
	w.loosePieces(rng)
}

// buildRoute lays the cheapest road between two ends, from whichever of their gates.
func (w *world) buildRoute(r route) {
	from, to := w.gatesOf(r.from, r.class), w.gatesOf(r.to, r.class)
	goal := w.net.spread(gateNodes(from), gateNodes(to), unreached-1)
	if goal == none {
		return // the seed has put water or the place itself in the way
	}
	path := w.net.way(goal)
	w.open(from, path[len(path)-1])
	w.open(to, goal)
	w.net.lay(path, r.class, 30-5*int(r.class))
}

// gatesOf lists where a road may reach an end: an exit of the lattice, or a settlement's gates. Through roads keep
// to gates of their own, so that they lead through the place and not past it.
func (w *world) gatesOf(end int, class int8) []gate {
	if end < 0 {
		return []gate{{town: -1, node: w.openNode(exits[-1-end])}}
	}
	s := w.towns[end]
	var free, all []gate
	for _, corner := range s.gates {
		if k := w.gateAt(end, corner); k >= 0 {
			all = append(all, w.gates[k])
			continue
		}
		p := s.corners[corner]
		out := 160 / distance(p, s.centre)
		outward := orb.Point{p[0] + out*(p[0]-s.centre[0]), p[1] + out*(p[1]-s.centre[1])}
		g := gate{town: end, corner: corner, node: w.openNode(outward), class: class}
		if !w.land.clear(between(p, position(g.node), 0.3), shoreMargin) || !w.land.clear(between(p, position(g.node), 0.7), shoreMargin) {
			continue
		}
		free, all = append(free, g), append(all, g)
	}
	if class <= 2 && len(free) > 0 {
		return free
	}
	return all
}

// gateAt is the index of an open gate at a corner, or −1.
func (w *world) gateAt(town, corner int) int {
	return slices.IndexFunc(w.gates, func(g gate) bool { return g.town == town && g.corner == corner })
}

func gateNodes(gates []gate) []int32 {
	out := make([]int32, len(gates))
	for k, g := range gates {
		out[k] = g.node
	}
	return out
}

// open joins the gate at a node to the country roads, once.
func (w *world) open(among []gate, node int32) {
	for _, g := range among {
		if g.node == node && g.town >= 0 && w.gateAt(g.town, g.corner) < 0 {
			w.gates = append(w.gates, g)
			return
		}
	}
}

// openNode is the node of the home land nearest to p where a road may pass.
func (w *world) openNode(p orb.Point) int32 {
	home := nearestNode(p)
	best, least := home, math.Inf(1)
	for reach := int32(0); reach < 60 && math.IsInf(least, 1); reach += 6 {
		for y := max(home/columns-reach, 1); y <= min(home/columns+reach, rows-2); y++ {
			for x := max(home%columns-reach, 1); x <= min(home%columns+reach, columns-2); x++ {
				i := y*columns + x
				if d := distance(position(i), p); d < least && w.net.open(i) && w.land.home[i] {
					best, least = i, d
				}
			}
		}
	}
	return best
}

// openFerry picks the two landings: a short crossing over open water, near the mainland's roads.
func (w *world) openFerry() {
	n := w.net
	n.spread(n.sources(), nil, 6000)
	var shore, isle []int32
	for i := range int32(nodes) {
		switch {
		case !n.open(i) || !w.land.nearWater(i):
		case w.land.island[i]:
			isle = append(isle, i)
		case n.search.cost[i] < unreached && distance(position(i), bigIsland) < 7000:
			shore = append(shore, i)
		}
	}
	least := math.Inf(1)
	for _, a := range shore {
		for _, b := range isle {
			crossing := distance(position(a), position(b))
			score := 2.5*crossing + float64(n.search.cost[a])
			if score < least && !w.land.sails(a, b) {
				score += 1e6 // only where there is no better crossing
			}
			if score < least {
				least, w.ferry = score, [2]int32{a, b}
			}
		}
	}
	n.lay(n.clip(n.way(w.ferry[0])), 5, 6)
	n.used[w.ferry[1]] = true
	n.crowd(w.ferry[1])
	w.settleIsland(isle)
}

// settleIsland lays the island's road from the landing to the end of the island farthest from it, and some side roads.
func (w *world) settleIsland(shore []int32) {
	n := w.net
	n.spread([]int32{w.ferry[1]}, nil, unreached-1)
	far := w.ferry[1]
	for _, i := range shore {
		if c := n.search.cost[i]; c < unreached && c > n.search.cost[far] {
			far = i
		}
	}
	main := n.way(far)
	n.lay(main, 7, 4)
	w.isleNode = main[len(main)/2]
	for k := 0; k < len(shore); k += 9 {
		if path := n.clip(n.way(shore[k])); !n.crowded[shore[k]] && len(path) > 2 {
			n.lay(path, 8, 2)
		}
	}
}

// nearWater tells whether a dry node lies two steps from the water.
func (t *terrain) nearWater(i int32) bool {
	x, y := i%columns, i/columns
	if x < 2 || y < 2 || x > columns-3 || y > rows-3 {
		return false
	}
	return slices.ContainsFunc(offsets[:], func(o int32) bool { return t.wet[i+2*o] >= 0 })
}

// sails tells whether the straight line between two nodes crosses water all the way but its ends.
func (t *terrain) sails(a, b int32) bool {
	p, q := position(a), position(b)
	length := distance(p, q)
	for at := 260.0; at < length-260; at += 40 {
		if t.wetness(between(p, q, at/length)) < 0 {
			return false
		}
	}
	return length > 700
}

// clip ends a path at the first node with a road; nil where it would cross a road between nodes.
func (n *network) clip(path []int32) []int32 {
	for k := range path {
		if n.used[path[k]] {
			return path[:k+1]
		}
		if k+1 < len(path) && n.price(path[k], direction(path[k], path[k+1])) < 0 {
			return nil
		}
	}
	return path
}

// branchOff lays side roads from places that have none yet to the nearest road.
func (w *world) branchOff(b branches, rng *rand.Rand) {
	n := w.net
	lived := noise(mix(w.seed + 31))
	for built, tries := 0, 0; built < b.count && tries < 60*b.count; {
		n.spread(n.sources(), nil, b.far)
		for batch := 0; batch < b.batch && built < b.count && tries < 60*b.count; tries++ {
			i := rng.Int32N(nodes)
			draw := rng.Float64()
			if n.crowded[i] || n.search.cost[i] < b.near || n.search.cost[i] > b.far {
				continue
			}
			p := position(i)
			if draw > w.buildable(p, lived) {
				continue
			}
			path := n.clip(n.way(i))
			if len(path) < 3 {
				continue
			}
			n.lay(path, b.class, b.smoothed)
			if b.class == 6 {
				w.found(i)
			}
			batch++
			built++
		}
	}
}

// buildable is how likely somebody builds a road to p: less far out, and less in the wild parts.
func (w *world) buildable(p orb.Point, lived noise) float64 {
	share := min(max(0.5+0.55*lived.sum(p[0]/6500, p[1]/6500, 2), 0.08), 1)
	if !w.within(p) {
		share *= 0.42
	}
	return share
}

// found names the end of a side road as a hamlet, where there is room for one. The first on the island is the island's.
func (w *world) found(i int32) {
	p := position(i)
	if len(w.hamlets) >= len(hamletNames) || !w.wellWithin(p, 1200) || w.land.island[i] {
		return
	}
	for _, h := range w.hamlets {
		if distance(position(h.node), p) < 3600 {
			return
		}
	}
	for _, s := range w.towns {
		if distance(s.centre, p) < s.radius+2600 {
			return
		}
	}
	w.hamlets = append(w.hamlets, hamlet{name: hamletNames[len(w.hamlets)], node: i})
}

// closeLoops joins dead ends that lie near each other.
func (w *world) closeLoops(rng *rand.Rand) {
	n := w.net
	var ends []int32
	for i := range int32(nodes) {
		if n.used[i] && n.degree(i) == 1 && !w.isGate(i) {
			ends = append(ends, i)
		}
	}
	for _, a := range ends {
		if n.degree(a) != 1 || rng.Float64() > 0.3 {
			continue
		}
		for _, b := range ends {
			if b > a && n.degree(b) == 1 && distance(position(a), position(b)) < 1300 {
				if n.spread([]int32{a}, []int32{b}, 700) == b {
					n.lay(n.way(b), 9, 2)
				}
				break
			}
		}
	}
}

func (w *world) isGate(i int32) bool {
	return slices.ContainsFunc(w.gates, func(g gate) bool { return g.node == i })
}

// loosePieces lays a few forest roads that do not reach the others, as they occur in real road data.
func (w *world) loosePieces(rng *rand.Rand) {
	n := w.net
	n.spread(n.sources(), nil, 3000)
	for pieces, tries := 0, 0; pieces < 5 && tries < 200000; tries++ {
		i := rng.Int32N(nodes)
		if n.crowded[i] || n.search.cost[i] < 300 || n.search.cost[i] > 3000 || !w.within(position(i)) {
			continue
		}
		path := n.way(i)
		end := slices.IndexFunc(path, func(j int32) bool { return n.crowded[j] })
		if end < 4 {
			continue
		}
		n.lay(path[:min(end, 12)], 9, 2)
		pieces++
	}
}
