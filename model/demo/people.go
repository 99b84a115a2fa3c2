package demo

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"
)

// side is the side of a population square in metres; ageClasses are five years each, the last 100 and older.
const (
	side       = 250
	ageClasses = 21
)

// square counts the people of one 250 m square. Women and men of all ages add up to the total by construction.
type square struct {
	e, n       int // lower left corner
	women, men [ageClasses]int
}

func (s *square) total() int {
	sum := 0
	for k := range ageClasses {
		sum += s.women[k] + s.men[k]
	}
	return sum
}

func (s *square) centre() orb.Point {
	return orb.Point{float64(s.e) + side/2.0, float64(s.n) + side/2.0}
}

// The people who live neither in a settlement nor in a hamlet, the hamlets' least and spread, and the island's.
const (
	countryside = 1450
	beyond      = 780
	hamletLeast = 34
	hamletMore  = 70
	islanders   = 112
)

// census collects people by square while they move in.
type census struct {
	world *world
	rng   *rand.Rand
	index map[[2]int]int
	list  []square
}

// populate moves people in: settlements, hamlets, the island, and then farms along the roads.
func (w *world) populate() {
	c := &census{world: w, rng: w.stage(stagePeople), index: map[[2]int]int{}}
	for _, s := range w.towns {
		c.fill(s.people, c.streetSpots(s), 0.25)
	}
	nodesOf := w.roadsideNodes()
	for k := range w.hamlets {
		h := &w.hamlets[k]
		h.people = hamletLeast + c.rng.IntN(hamletMore)
		c.fill(h.people, c.spotsAround(nodesOf.mainland, w.net.at[h.node], 900), 0.3)
	}
	c.fill(islanders, c.spotsAround(nodesOf.island, bigIsland, 9000), 0.5)
	c.fill(countryside, c.farms(nodesOf.mainland, true), 0.45)
	c.fill(beyond, c.farms(nodesOf.mainland, false), 0.45)
	slices.SortFunc(c.list, func(a, b square) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.e, b.e))
	})
	w.squares = c.list
}

// spot is where a house can stand, more or less likely.
type spot struct {
	at     orb.Point
	weight float64
}

// streetSpots are the middles of a settlement's streets: the nearer to the centre, the more homes.
func (c *census) streetSpots(s *settlement) []spot {
	out := make([]spot, 0, len(s.streets))
	for _, t := range s.streets {
		p := between(s.corners[t.a], s.corners[t.b], 0.5)
		d := distance(p, s.centre) / (0.4 * s.radius)
		out = append(out, spot{p, 1 + 3/(1+d*d)})
	}
	return out
}

// roadside holds the nodes with a road that people live along.
type roadside struct{ mainland, island []int32 }

func (w *world) roadsideNodes() roadside {
	var out roadside
	for i := range int32(nodes) {
		switch {
		case !w.net.used[i]:
		case w.land.island[i]:
			out.island = append(out.island, i)
		default:
			out.mainland = append(out.mainland, i)
		}
	}
	return out
}

// spotsAround are the road nodes within a distance, the nearest most likely.
func (c *census) spotsAround(among []int32, p orb.Point, reach float64) []spot {
	var out []spot
	for _, i := range among {
		q := c.world.net.at[i]
		if d := distance(p, q); d < reach {
			out = append(out, spot{q, 1 / (0.15 + d/reach)})
		}
	}
	return out
}

// farms are the road nodes in the open country in or beyond the border. Some tracts are lived in and some are not;
// few live along forest roads.
func (c *census) farms(among []int32, inside bool) []spot {
	w := c.world
	lived := noise(mix(w.seed + 31))
	var out []spot
	for _, i := range among {
		p := w.net.at[i]
		if w.within(p) != inside || w.net.closed[i] {
			continue
		}
		tract := math.Max(0, 0.35+lived.sum(p[0]/6500, p[1]/6500, 2))
		kind := [10]float64{0.5, 0.8, 1, 1.2, 1.4, 1.6, 2, 1.6, 0.35, 0.04}[w.net.best(i)]
		if weight := tract * tract * kind; weight > 0.02 {
			out = append(out, spot{p, weight})
		}
	}
	return out
}

// best is the class of the largest road at node i; a landing without a step counts as the ferry's.
func (n *network) best(i int32) int8 {
	best := int8(9)
	for _, c := range n.class[i] {
		if c != noClass {
			best = min(best, c)
		}
	}
	return best
}

// fill moves households into the spots until a number of people live there. A share of them become neighbours of the
// household before.
func (c *census) fill(people int, spots []spot, neighbours float64) {
	if len(spots) == 0 {
		return
	}
	sums := make([]float64, len(spots))
	sum := 0.0
	for k, s := range spots {
		sum += s.weight
		sums[k] = sum
	}
	at := spots[0].at
	for misses := 0; people > 0 && misses < 1000; {
		if c.rng.Float64() >= neighbours {
			k, _ := slices.BinarySearch(sums, c.rng.Float64()*sum)
			at = spots[min(k, len(spots)-1)].at
		}
		house := orb.Point{at[0] + 120*(c.rng.Float64()-0.5), at[1] + 120*(c.rng.Float64()-0.5)}
		moved := c.moveIn(house, people)
		people -= moved
		if moved == 0 {
			misses++ // a square in the water
		}
	}
}

// moveIn puts one household of at most some people into the square at p and tells how many they were.
func (c *census) moveIn(p orb.Point, most int) int {
	s := square{e: int(p[0]) / side * side, n: int(p[1]) / side * side}
	if c.world.land.wetness(s.centre()) >= 0 {
		return 0
	}
	key := [2]int{s.e, s.n}
	k, ok := c.index[key]
	if !ok {
		k = len(c.list)
		c.index[key] = k
		c.list = append(c.list, s)
	}
	home := c.household()
	for m, person := range home[:min(len(home), most)] {
		class := min(person/5, ageClasses-1)
		// Two grown-ups are mostly a couple; alone and old are mostly women.
		woman := c.rng.Float64() < 0.485
		switch {
		case len(home) == 1 && person >= 75:
			woman = c.rng.Float64() < 0.66
		case len(home) > 1 && m < 2:
			woman = m == 0
		}
		if woman {
			c.list[k].women[class]++
		} else {
			c.list[k].men[class]++
		}
	}
	return min(len(home), most)
}

// household is the ages of one: alone, a couple, or a family. Inland kommuner are older than the country.
func (c *census) household() []int {
	age := func(from, to int) int { return from + c.rng.IntN(to-from) }
	old := func() int { return 65 + int(38*math.Pow(c.rng.Float64(), 1.7)) }
	draw := c.rng.Float64()
	switch {
	case draw < 0.22:
		return []int{old()}
	case draw < 0.42:
		return []int{age(19, 68)}
	case draw < 0.58:
		a := old()
		return []int{a, min(a+c.rng.IntN(6), 99)}
	case draw < 0.76:
		a := age(24, 64)
		return []int{a, a + c.rng.IntN(5)}
	}
	parent := age(26, 52)
	home := []int{parent, parent + c.rng.IntN(6)}
	for range 1 + c.rng.IntN(3) {
		home = append(home, c.rng.IntN(min(parent-20, 20)))
	}
	return home
}
