package roadgen

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
)

// Square is a square kilometre with people in it.
type Square struct {
	Corner orb.Point // the lower left, in whole kilometres given in metres
	People int
}

const (
	side     = 1000.0 // of a square, in metres
	crowding = 0.7    // junctions of a square grow with its people to this power
	mostSide = 18     // junctions along a square's side at most: streets every 55 m
	townSide = 8      // from which a square is a town
	piece    = 700.0  // metres: longer roads through empty country are drawn in pieces of about this length
	detours  = 0.12   // share of the roads through empty country that are there beside those that hold it together
	farthest = 15_000 // metres: such a detour is not longer
)

// Settled is a network of about the given number of nodes over settled country: the streets are the denser, the more people
// live in a square, squares beside each other are linked, and roads through empty country hold it all together. No square
// is far from a road. Squares must not be given twice.
func Settled(seed uint64, nodes int, squares []Square) *model.RoadSet {
	squares = slices.Clone(squares)
	slices.SortFunc(squares, func(a, b Square) int {
		return cmp.Or(cmp.Compare(a.Corner[0], b.Corner[0]), cmp.Compare(a.Corner[1], b.Corner[1]))
	})
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x62796765)), set: &model.RoadSet{LayerName: "påhittade vägar"}, spacing: []float64{}}
	c := &country{generator: g, squares: squares}
	c.frame()
	long := c.crossings()
	c.settle(c.density(float64(nodes) - c.bends(long)))
	for _, l := range c.streets() {
		g.link(l)
	}
	for _, l := range long {
		c.road(l)
	}
	for j := range g.at {
		if g.r.Float64() < spurs {
			g.spur(int32(j))
		}
	}
	return g.set
}

// country is the state of Settled.
type country struct {
	*generator
	squares     []Square
	west, south int     // of the grid, in squares
	wide, high  int     // of the grid
	grid        []int32 // square at each place of the grid, -1 where nobody lives; column by column
	along       []int   // junctions along each square's side
	first       []int32 // the first junction of each square
}

// frame lays the squares out on a grid.
func (c *country) frame() {
	place := func(s *Square) (x, y int) { return int(s.Corner[0] / side), int(s.Corner[1] / side) }
	c.west, c.south = math.MaxInt, math.MaxInt
	east, north := 0, 0
	for i := range c.squares {
		x, y := place(&c.squares[i])
		c.west, c.south, east, north = min(c.west, x), min(c.south, y), max(east, x), max(north, y)
	}
	c.wide, c.high = east-c.west+1, north-c.south+1
	c.grid = slices.Repeat([]int32{-1}, c.wide*c.high)
	for i := range c.squares {
		x, y := place(&c.squares[i])
		c.grid[(x-c.west)*c.high+y-c.south] = int32(i)
	}
}

// square gives the square at a place of the grid, -1 for none.
func (c *country) square(x, y int) int32 {
	if x < 0 || y < 0 || x >= c.wide || y >= c.high {
		return -1
	}
	return c.grid[x*c.high+y]
}

// place gives the grid's place of a square.
func (c *country) place(i int) (x, y int) {
	return int(c.squares[i].Corner[0]/side) - c.west, int(c.squares[i].Corner[1]/side) - c.south
}

// neighbours calls visit for every two squares that touch: those side by side, and those at a corner where no other
// stands between. Such links don't cross each other.
func (c *country) neighbours(visit func(a, b int32, dx, dy int)) {
	for i := range c.squares {
		x, y := c.place(i)
		for _, d := range [][2]int{{1, 0}, {0, 1}, {1, 1}, {1, -1}} {
			b := c.square(x+d[0], y+d[1])
			if b < 0 || d[0]*d[1] != 0 && (c.square(x+d[0], y) >= 0 || c.square(x, y+d[1]) >= 0) {
				continue
			}
			visit(int32(i), b, d[0], d[1])
		}
	}
}

// crossings finds the roads through empty country: the shortest that hold all together, and some more. Each square takes
// the empty country nearest to it; where two such lands meet, a road may go.
func (c *country) crossings() []link {
	parts := newParts(len(c.squares))
	c.neighbours(func(a, b int32, _, _ int) { parts.join(a, b) })
	owner := c.owners()
	seen := map[[2]int32]bool{}
	var possible []link
	meet := func(a, b int32) {
		if a > b {
			a, b = b, a
		}
		if pair := [2]int32{a, b}; a != b && parts.find(a) != parts.find(b) && !seen[pair] {
			seen[pair] = true
			possible = append(possible, link{a: a, b: b})
		}
	}
	for x := range c.wide {
		for y := range c.high {
			at := x*c.high + y
			if x+1 < c.wide {
				meet(owner[at], owner[at+c.high])
			}
			if y+1 < c.high {
				meet(owner[at], owner[at+1])
			}
		}
	}
	slices.SortFunc(possible, func(a, b link) int {
		return cmp.Or(cmp.Compare(c.apart(a), c.apart(b)), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	var out []link
	for _, l := range possible {
		if detour := c.r.Float64() < detours && c.apart(l) < farthest; parts.join(l.a, l.b) || detour {
			out = append(out, l)
		}
	}
	return out
}

// owners gives for every place of the grid the square that is nearest to it by steps along the grid.
func (c *country) owners() []int32 {
	owner := slices.Clone(c.grid)
	var queue []int32
	for at, square := range owner {
		if square >= 0 {
			queue = append(queue, int32(at))
		}
	}
	for len(queue) > 0 {
		at := int(queue[0])
		queue = queue[1:]
		x, y := at/c.high, at%c.high
		for _, d := range [][2]int{{-1, 0}, {0, -1}, {0, 1}, {1, 0}} {
			if x, y := x+d[0], y+d[1]; x >= 0 && y >= 0 && x < c.wide && y < c.high && owner[x*c.high+y] < 0 {
				owner[x*c.high+y] = owner[at]
				queue = append(queue, int32(x*c.high+y))
			}
		}
	}
	return owner
}

// apart is how far two squares lie from each other, in metres.
func (c *country) apart(l link) float64 {
	a, b := c.squares[l.a].Corner, c.squares[l.b].Corner
	return math.Hypot(a[0]-b[0], a[1]-b[1])
}

// bends is the number of nodes that roads through empty country have on their way.
func (c *country) bends(long []link) float64 {
	sum := 0.0
	for _, l := range long {
		sum += math.Floor(c.apart(l) / piece)
	}
	return sum
}

// density gives each square's junctions so that all have about the given number of nodes.
func (c *country) density(nodes float64) []int {
	along := make([]int, len(c.squares))
	total := func(scale float64) float64 {
		sum := 0
		for i := range c.squares {
			k := int(math.Round(scale * math.Pow(float64(max(c.squares[i].People, 1)), crowding/2)))
			along[i] = min(max(k, 1), mostSide)
			sum += along[i] * along[i]
		}
		return float64(sum) * nodesPerJunction
	}
	low, high := 0.0, float64(mostSide)
	for range 40 {
		if middle := (low + high) / 2; total(middle) < nodes {
			low = middle
		} else {
			high = middle
		}
	}
	total(low)
	return along
}

// settle puts the junctions down: a jittered lattice in each square.
func (c *country) settle(along []int) {
	c.along, c.first = along, make([]int32, len(along))
	for i, k := range along {
		c.first[i] = int32(len(c.at))
		cell := side / float64(k)
		for row := range k {
			for column := range k {
				c.at = append(c.at, orb.Point{
					c.squares[i].Corner[0] + cell*(float64(column)+0.5+0.5*(c.r.Float64()-0.5)),
					c.squares[i].Corner[1] + cell*(float64(row)+0.5+0.5*(c.r.Float64()-0.5)),
				})
				c.town = append(c.town, k >= townSide)
				c.spacing = append(c.spacing, cell)
			}
		}
	}
}

// streets picks the roads in squares and between those that touch.
func (c *country) streets() []link {
	var chosen, rest []link
	try := func(a, b int32, level int) {
		if c.r.Float64() < keep*math.Pow(2, -float64(level)/3) {
			chosen = append(chosen, link{a, b, level})
		} else {
			rest = append(rest, link{a, b, level})
		}
	}
	for i, k := range c.along {
		for at := range k * k {
			j := c.first[i] + int32(at)
			if at%k+1 < k {
				try(j, j+1, 0)
			}
			if at/k+1 < k {
				try(j, j+int32(k), 0)
			}
		}
	}
	c.neighbours(func(a, b int32, dx, dy int) {
		ka, kb := c.along[a], c.along[b]
		for lane := range max(min(ka, kb)/2, 1) {
			share := (float64(lane) + 0.5) / float64(max(min(ka, kb)/2, 1))
			try(c.edge(a, dx, dy, share), c.edge(b, -dx, -dy, share), 2)
		}
	})
	return c.connected(chosen, rest)
}

// edge gives a junction of a square at the side or corner that faces a direction, at a share of that side.
func (c *country) edge(square int32, dx, dy int, share float64) int32 {
	k := c.along[square]
	facing := func(d int) int {
		switch d {
		case -1:
			return 0
		case 1:
			return k - 1
		}
		return min(int(share*float64(k)), k-1)
	}
	return c.first[square] + int32(facing(dy)*k+facing(dx))
}

// road draws a road through empty country, from the middle of one square to that of another.
func (c *country) road(l link) {
	middle := func(i int32) orb.Point {
		k := c.along[i]
		return c.at[c.first[i]+int32(k/2*k+k/2)]
	}
	c.draw(middle(l.a), middle(l.b), 1+int(c.apart(l)/piece), uint8(70+10*c.r.IntN(3)), 0)
}
