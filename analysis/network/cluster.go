package network

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"
)

// tolerance, in metres, keeps "within" inclusive: coordinates of seven digits before the point carry noise of a
// nanometre, so a radius is honoured to the micrometre.
const tolerance = 1e-6

// Cluster groups points that lie within radius metres of each other, transitively: a chain of near points is one
// group. It returns the group of each point and the number of groups; groups are numbered by their first point.
// Points must be finite.
//
// The plane is cut into cells so small that all points of one are near each other; cells are then joined where a
// point of one is near a point of the other. Time O(n log n), also where all points lie in one heap, as they do when
// degrees are taken for metres.
func Cluster(points []orb.Point, radius float64) (group []int32, groups int) {
	reach := max(radius, 0) + tolerance
	c := clusterer{items: intoCells(points, reach/math.Sqrt2), sets: newDisjoint(len(points)), reach2: reach * reach}
	c.findCells()
	for dx := int64(0); dx <= 2; dx++ {
		c.joinColumns(dx)
	}
	return c.sets.number()
}

// cellItem is a point with the cell that it lies in.
type cellItem struct {
	x, y  int64
	at    orb.Point
	index int32
}

// intoCells sorts the points by cell, column by column, and those of a cell by index.
func intoCells(points []orb.Point, side float64) []cellItem {
	cell := func(p orb.Point) (x, y int64) { return int64(math.Floor(p[0] / side)), int64(math.Floor(p[1] / side)) }
	items := make([]cellItem, len(points))
	if keys, bits := cellKeys(points, cell); keys != nil {
		for i, k := range sortByKey(keys, bits) {
			p := points[k.index]
			x, y := cell(p)
			items[i] = cellItem{x, y, p, k.index}
		}
		return items
	}
	for i, p := range points {
		x, y := cell(p)
		items[i] = cellItem{x, y, p, int32(i)}
	}
	slices.SortFunc(items, func(a, b cellItem) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y), cmp.Compare(a.index, b.index))
	})
	return items
}

// cellKeys gives each point's cell as one number that sorts alike, and the bits that it takes; nil where the points lie so
// far apart, for the cells' size, that these are more than 64.
func cellKeys(points []orb.Point, cell func(orb.Point) (x, y int64)) (keys []keyed, size int) {
	if len(points) == 0 {
		return nil, 0
	}
	minX, minY := cell(points[0])
	maxX, maxY := minX, minY
	for _, p := range points {
		x, y := cell(p)
		minX, maxX, minY, maxY = min(minX, x), max(maxX, x), min(minY, y), max(maxY, y)
	}
	low, high := bits.Len64(uint64(maxY-minY)), bits.Len64(uint64(maxX-minX))
	if low+high > 64 {
		return nil, 0
	}
	keys = make([]keyed, len(points))
	for i, p := range points {
		x, y := cell(p)
		keys[i] = keyed{uint64(x-minX)<<low | uint64(y-minY), int32(i)}
	}
	return keys, low + high
}

// clusterer is the state of Cluster.
type clusterer struct {
	items  []cellItem
	first  []int32 // first item of each cell, and the number of items
	sets   *disjoint
	reach2 float64
}

// findCells finds where cells begin and unites the points of each.
func (c *clusterer) findCells() {
	for i := range c.items {
		if i > 0 && c.items[i].x == c.items[i-1].x && c.items[i].y == c.items[i-1].y {
			c.sets.union(c.items[i-1].index, c.items[i].index)
			continue
		}
		c.first = append(c.first, int32(i))
	}
	c.first = append(c.first, int32(len(c.items)))
}

// joinColumns joins each cell with those near it that lie dx columns on: at most two rows up or down.
func (c *clusterer) joinColumns(dx int64) {
	cells := len(c.first) - 1
	low := 0
	for i := range cells {
		a := &c.items[c.first[i]]
		from := a.y - 2
		if dx == 0 {
			from = a.y + 1 // each pair of cells once
		}
		for low < cells && c.before(low, a.x+dx, from) {
			low++
		}
		for j := low; j < cells && !c.before(j, a.x+dx, from) && c.before(j, a.x+dx, a.y+3); j++ {
			c.joinCells(i, j)
		}
	}
}

// before tells whether a cell comes before that at x, y.
func (c *clusterer) before(cell int, x, y int64) bool {
	a := &c.items[c.first[cell]]
	return a.x < x || a.x == x && a.y < y
}

// joinCells unites two cells where a point of one is near a point of the other.
func (c *clusterer) joinCells(i, j int) {
	a, b := c.items[c.first[i]:c.first[i+1]], c.items[c.first[j]:c.first[j+1]]
	if c.sets.find(a[0].index) == c.sets.find(b[0].index) {
		return
	}
	for p := range a {
		for q := range b {
			if squared(a[p].at[0]-b[q].at[0], a[p].at[1]-b[q].at[1]) <= c.reach2 {
				c.sets.union(a[p].index, b[q].index)
				return
			}
		}
	}
}

// squared is dx² + dy². The conversions keep a compiler from fusing the two, which would round differently from one
// processor to another.
func squared(dx, dy float64) float64 { return float64(dx*dx) + float64(dy*dy) }

// disjoint is a union-find forest whose roots are the least members of their sets.
type disjoint []int32

func newDisjoint(n int) *disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = int32(i)
	}
	return &d
}

// find gives the set's least member, halving the path on the way.
func (d disjoint) find(i int32) int32 {
	for d[i] != i {
		d[i] = d[d[i]]
		i = d[i]
	}
	return i
}

// union makes one set of two.
func (d disjoint) union(a, b int32) {
	a, b = d.find(a), d.find(b)
	if a < b {
		d[b] = a
	} else {
		d[a] = b
	}
}

// number numbers the sets from 0 by their least member.
func (d disjoint) number() (group []int32, groups int) {
	group = make([]int32, len(d))
	for i := range d {
		if root := d.find(int32(i)); root == int32(i) {
			group[i] = int32(groups)
			groups++
		} else {
			group[i] = group[root]
		}
	}
	return group, groups
}
