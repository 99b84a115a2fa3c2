package reach

import (
	"math/bits"
	"slices"
)

// site is a point of the mesh in whole units; see scale.
type site struct {
	x, y  int64
	class int32
}

// mesh is the Delaunay triangulation of sites, by insertion with flips (Lawson 1977) in the order of a space-filling curve.
// Half-edge h runs from sites[corner[h]] to the next corner of triangle h/3, counter-clockwise; twin[h] is the same
// edge seen from the other side, -1 at the frame. All decisions are made in whole numbers, so they are never wrong: with
// coordinates that differ by at most 2^30 an orientation fits in 64 bits and an in-circle test in 128.
type mesh struct {
	sites  []site
	corner []int32
	twin   []int32
	first  []int32 // a half-edge that leaves each site
	stack  []int32
}

// frameSites is the number of sites of the frame, which come first.
const frameSites = 4

// newMesh triangulates sites, which are all different, inside a square frame of the class void from low to high. It puts
// the sites in order.
func newMesh(sites []site, low, high int64, stop func() bool) *mesh {
	m := &mesh{sites: make([]site, 0, len(sites)+frameSites), corner: []int32{0, 1, 2, 0, 2, 3}, twin: []int32{-1, -1, 3, 2, -1, -1}}
	m.sites = append(m.sites, site{low, low, void}, site{high, low, void}, site{high, high, void}, site{low, high, void})
	m.sites = append(m.sites, sites...)
	m.corner, m.twin = slices.Grow(m.corner, 6*len(sites)), slices.Grow(m.twin, 6*len(sites))
	at := int32(0)
	for i := frameSites; i < len(m.sites); i++ {
		if i&0xfff == 0 && stop() {
			return nil
		}
		at = m.insert(int32(i), m.locate(at, &m.sites[i]))
	}
	m.first = make([]int32, len(m.sites))
	for h := range m.corner {
		m.first[m.corner[h]] = int32(h)
	}
	return m
}

// next and prev go round a triangle.
func next(h int32) int32 {
	if h%3 == 2 {
		return h - 2
	}
	return h + 1
}

func prev(h int32) int32 {
	if h%3 == 0 {
		return h + 2
	}
	return h - 1
}

// turn is above 0 where c lies to the left of the line from a to b, and 0 where it lies on it.
func turn(a, b, c *site) int64 { return (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x) }

// locate walks from a triangle to the one that holds a point.
func (m *mesh) locate(t int32, p *site) int32 {
	from := int32(-1)
walk:
	for {
		for h := 3 * t; h < 3*t+3; h++ {
			if h != from && turn(&m.sites[m.corner[h]], &m.sites[m.corner[next(h)]], p) < 0 {
				from = m.twin[h]
				t = from / 3
				continue walk
			}
		}
		return t
	}
}

// insert parts a triangle at a new site and gives one of the triangles there. The site is the last corner of all.
func (m *mesh) insert(p, t int32) int32 {
	h := 3 * t
	a, b, c := m.corner[h], m.corner[h+1], m.corner[h+2]
	ab, bc, ca := m.twin[h], m.twin[h+1], m.twin[h+2]
	u := int32(len(m.corner))
	v := u + 3
	m.corner = append(m.corner, b, c, p, c, a, p)
	m.twin = append(m.twin, -1, -1, -1, -1, -1, -1)
	m.corner[h], m.corner[h+1], m.corner[h+2] = a, b, p
	m.link(h, ab)
	m.link(u, bc)
	m.link(v, ca)
	m.link(h+1, u+2)
	m.link(u+1, v+2)
	m.link(v+1, h+2)
	m.stack = append(m.stack[:0], h, u, v)
	for len(m.stack) > 0 {
		e := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		m.legalise(e)
	}
	return t
}

// link makes two half-edges twins.
func (m *mesh) link(h, o int32) {
	m.twin[h] = o
	if o >= 0 {
		m.twin[o] = h
	}
}

// legalise flips an edge, the first of its triangle, whose circle holds the corner across it.
func (m *mesh) legalise(e int32) {
	o := m.twin[e]
	if o < 0 {
		return
	}
	a, b, p, d := m.corner[e], m.corner[e+1], m.corner[e+2], m.corner[prev(o)]
	if inCircle(&m.sites[a], &m.sites[b], &m.sites[p], &m.sites[d]) <= 0 {
		return
	}
	f := o / 3 * 3
	ad, db := m.twin[next(o)], m.twin[prev(o)]
	bp, pa := m.twin[e+1], m.twin[e+2]
	m.corner[e], m.corner[e+1], m.corner[e+2] = a, d, p
	m.corner[f], m.corner[f+1], m.corner[f+2] = d, b, p
	m.link(e, ad)
	m.link(e+2, pa)
	m.link(f, db)
	m.link(f+1, bp)
	m.link(e+1, f+2)
	m.stack = append(m.stack, e, f)
}

// inCircle is above 0 where d lies inside the circle through a, b and c, which run counter-clockwise, 0 on it, and below
// 0 outside.
func inCircle(a, b, c, d *site) int {
	ax, ay, bx, by, cx, cy := a.x-d.x, a.y-d.y, b.x-d.x, b.y-d.y, c.x-d.x, c.y-d.y
	var sum wide
	sum = sum.plus(times(ax*ax+ay*ay, bx*cy-by*cx))
	sum = sum.plus(times(bx*bx+by*by, cx*ay-cy*ax))
	sum = sum.plus(times(cx*cx+cy*cy, ax*by-ay*bx))
	return sum.sign()
}

// wide is a whole number of 128 bits in two's complement.
type wide struct {
	high int64
	low  uint64
}

// times multiplies two numbers of 64 bits.
func times(a, b int64) wide {
	high, low := bits.Mul64(uint64(a), uint64(b))
	return wide{int64(high) - a>>63&b - b>>63&a, low}
}

// plus adds.
func (w wide) plus(o wide) wide {
	low, carry := bits.Add64(w.low, o.low, 0)
	return wide{w.high + o.high + int64(carry), low}
}

// minus subtracts.
func (w wide) minus(o wide) wide {
	low, borrow := bits.Sub64(w.low, o.low, 0)
	return wide{w.high - o.high - int64(borrow), low}
}

// sign is -1, 0 or 1.
func (w wide) sign() int {
	switch {
	case w.high < 0:
		return -1
	case w.high == 0 && w.low == 0:
		return 0
	}
	return 1
}

// float is the nearest number that a float64 holds, or the one beside it.
func (w wide) float() float64 {
	if w.high < 0 { // else the two halves would cancel each other out
		return -wide{}.minus(w).float()
	}
	const half = 1 << 32
	return float64(float64(w.high)*half*half) + float64(w.low)
}
