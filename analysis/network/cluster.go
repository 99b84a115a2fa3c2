package network

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// tolerance, in metres, keeps "within" inclusive: coordinates of seven digits before the point carry noise of a
// nanometre, so a radius is honoured to the micrometre.
const tolerance = 1e-6

// Cluster groups points that lie within radius metres of each other, transitively: a chain of near points is one
// group. It returns the group of each point and the number of groups; groups are numbered by their first point.
// Points must be finite. Time O(n log n + pairs within two radii); the result does not depend on anything but the
// points and, in its numbering, their order.
func Cluster(points []orb.Point, radius float64) (group []int32, groups int) {
	sets := newDisjoint(len(points))
	items := columns(points, radius)
	reach := radius + tolerance
	ahead := 0 // first item of the next column that can still be near
	for i := range items {
		p := &items[i]
		if i > 0 && items[i-1].at == p.at {
			sets.union(items[i-1].index, p.index)
			continue
		}
		for j := i + 1; j < len(items) && items[j].column == p.column && items[j].at[1]-p.at[1] <= reach; j++ {
			joinIfNear(sets, p, &items[j], reach)
		}
		for ahead < len(items) && (items[ahead].column < p.column+1 ||
			items[ahead].column == p.column+1 && items[ahead].at[1] < p.at[1]-reach) {
			ahead++
		}
		for j := ahead; j < len(items) && items[j].column == p.column+1 && items[j].at[1] <= p.at[1]+reach; j++ {
			joinIfNear(sets, p, &items[j], reach)
		}
	}
	return sets.number()
}

// column is a point with the column of the grid that it lies in.
type columnItem struct {
	column int64
	at     orb.Point
	index  int32
}

// columns sorts the points by grid column and then northing, so that near points lie in two short runs.
func columns(points []orb.Point, radius float64) []columnItem {
	width := radius + 2*tolerance
	if radius <= 0 {
		width = 1
	}
	items := make([]columnItem, len(points))
	for i, p := range points {
		items[i] = columnItem{column: int64(math.Floor(p[0] / width)), at: p, index: int32(i)}
	}
	slices.SortFunc(items, func(a, b columnItem) int {
		if a.column != b.column {
			return cmp.Compare(a.column, b.column)
		}
		if a.at[1] != b.at[1] {
			return cmp.Compare(a.at[1], b.at[1])
		}
		if a.at[0] != b.at[0] {
			return cmp.Compare(a.at[0], b.at[0])
		}
		return cmp.Compare(a.index, b.index)
	})
	return items
}

// joinIfNear unites two points that lie within reach of each other.
func joinIfNear(sets *disjoint, a, b *columnItem, reach float64) {
	if squared(b.at[0]-a.at[0], b.at[1]-a.at[1]) <= reach*reach {
		sets.union(a.index, b.index)
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
