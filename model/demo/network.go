package demo

import (
	"slices"

	"github.com/paulmach/orb"
)

// noClass marks a step of the lattice without a road.
const noClass = -1

// network is the country roads on the lattice: which of the eight steps from each node carry a road, of which class.
type network struct {
	land    *terrain
	class   [][8]int8   // per node and direction; the best class that uses the step
	at      []orb.Point // where the node is drawn: paths are smoothed as they are laid
	used    []bool      // a road passes
	closed  []bool      // no country road may pass: settlements
	crowded []bool      // a road is within a few hundred metres
	search  search
}

func newNetwork(land *terrain) *network {
	n := &network{
		land: land, class: make([][8]int8, nodes), at: make([]orb.Point, nodes),
		used: make([]bool, nodes), closed: make([]bool, nodes), crowded: make([]bool, nodes),
	}
	crooked := noise(mix(land.seed + 15)) // roads do not follow the lattice's lines
	for i := range n.class {
		n.class[i] = [8]int8{noClass, noClass, noClass, noClass, noClass, noClass, noClass, noClass}
		p := position(int32(i))
		n.at[i] = orb.Point{p[0] + 55*crooked.at(p[0]/260, p[1]/260), p[1] + 55*crooked.at(p[0]/260+40, p[1]/260+40)}
	}
	return n
}

// open tells whether a road may pass node i.
func (n *network) open(i int32) bool { return n.land.dry[i] && !n.closed[i] }

// search is a reusable run of Dijkstra's method with whole-number costs, in a ring of buckets.
type search struct {
	cost    []int32
	back    []int8 // direction that leads to where the node was reached from; −1 at a source
	touched []int32
	bucket  [ring][]int32
}

// ring is more than the cost of the dearest step, none is no node, unreached is no cost.
const (
	ring      = 128
	none      = int32(-1)
	unreached = int32(1) << 30
)

func (s *search) reset() {
	if s.cost == nil {
		s.cost, s.back = make([]int32, nodes), make([]int8, nodes)
		for i := range s.cost {
			s.cost[i] = unreached
		}
	}
	for _, i := range s.touched {
		s.cost[i] = unreached
	}
	s.touched = s.touched[:0]
	for i := range s.bucket {
		s.bucket[i] = s.bucket[i][:0]
	}
}

func (s *search) reach(i, cost int32, back int8) {
	if s.cost[i] == unreached {
		s.touched = append(s.touched, i)
	}
	s.cost[i], s.back[i] = cost, back
	s.bucket[cost%ring] = append(s.bucket[cost%ring], i)
}

// spread finds the cheapest way from the sources to every open node within the limit, or until it reaches one of the
// goals, which it gives (else none). A step along an existing road costs a third.
func (n *network) spread(sources, goals []int32, limit int32) int32 {
	s := &n.search
	s.reset()
	for _, i := range sources {
		s.reach(i, 0, -1)
	}
	for cost, idle := int32(0), 0; cost <= limit && idle < ring; cost++ {
		idle++
		queue := &s.bucket[cost%ring]
		for k := 0; k < len(*queue); k++ {
			i := (*queue)[k]
			if s.cost[i] != cost {
				continue
			}
			if slices.Contains(goals, i) {
				return i
			}
			idle = 0
			n.relax(i, cost)
		}
		*queue = (*queue)[:0]
	}
	return none
}

// relax tries the eight steps from node i.
func (n *network) relax(i, cost int32) {
	s := &n.search
	for d := range 8 {
		j := i + offsets[d]
		if s.cost[j] <= cost || !n.open(j) {
			continue
		}
		price := n.price(i, d)
		if price < 0 || cost+price >= s.cost[j] {
			continue
		}
		s.reach(j, cost+price, int8((d+4)%8))
	}
}

// price is the cost of the step from i in direction d, or −1 where it would cross another road between nodes.
func (n *network) price(i int32, d int) int32 {
	j := i + offsets[d]
	price := n.land.effort[i] + n.land.effort[j]
	if d%2 == 0 {
		price *= 5
	} else {
		side, dir := i+offsets[(d+7)%8], (d+2)%8
		if n.class[side][dir] != noClass {
			return -1
		}
		price *= 7
	}
	if n.class[i][d] != noClass {
		price /= 3
	}
	return price
}

// way is the path from node i back to the source that the last spread reached it from; nil where it was not reached.
func (n *network) way(i int32) []int32 {
	if n.search.cost[i] == unreached {
		return nil
	}
	path := []int32{i}
	for n.search.back[i] >= 0 {
		i += offsets[n.search.back[i]]
		path = append(path, i)
	}
	return path
}

// lay builds a road of a class along a path, smooths its new part and keeps other roads at a distance from it.
func (n *network) lay(path []int32, class int8, smoothing int) {
	for k := range len(path) - 1 {
		d := direction(path[k], path[k+1])
		if c := n.class[path[k]][d]; c == noClass || c > class {
			n.class[path[k]][d] = class
			n.class[path[k+1]][(d+4)%8] = class
		}
	}
	n.smooth(path, smoothing)
	for _, i := range path {
		n.used[i] = true
		n.crowd(i)
	}
}

// crowd marks the nodes within two steps of i.
func (n *network) crowd(i int32) {
	x, y := i%columns, i/columns
	for yy := max(y-2, 0); yy <= min(y+2, rows-1); yy++ {
		for xx := max(x-2, 0); xx <= min(x+2, columns-1); xx++ {
			n.crowded[yy*columns+xx] = true
		}
	}
}

// direction is the step that leads from node i to its neighbour j.
func direction(i, j int32) int {
	for d, o := range offsets {
		if i+o == j {
			return d
		}
	}
	panic("demo: the nodes of a path are not neighbours")
}

// shoreMargin is how far smoothing keeps a road from the water, in metres.
const shoreMargin = 55

// smooth draws the new nodes of a path towards the middle of their neighbours. Nodes of older roads stay.
func (n *network) smooth(path []int32, times int) {
	for range times {
		for k := 1; k < len(path)-1; k++ {
			if n.used[path[k]] {
				continue
			}
			middle := between(n.at[path[k-1]], n.at[path[k+1]], 0.5)
			moved := between(n.at[path[k]], middle, 0.6)
			if n.land.clear(moved, shoreMargin) && distance(moved, position(path[k])) < 300 {
				n.at[path[k]] = moved
			}
		}
	}
}

// sources lists the nodes that a road passes.
func (n *network) sources() []int32 {
	var out []int32
	for i := range int32(nodes) {
		if n.used[i] {
			out = append(out, i)
		}
	}
	return out
}

// degree is the number of road steps at node i.
func (n *network) degree(i int32) int {
	count := 0
	for _, c := range n.class[i] {
		if c != noClass {
			count++
		}
	}
	return count
}
