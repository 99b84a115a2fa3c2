package reach

import (
	"math"

	"github.com/paulmach/orb"
)

// arcStep is the greatest angle between two points of a border that follows a circle, in radians.
const arcStep = math.Pi / 18

// border draws the outlines of sets of sites. The area of a set is the union of its sites' cells (Voronoi 1908), each cut off
// at a circle of a radius around the site.
//
// The border runs along edges of cells between a site of the set and one that is not, and along circles. Its nodes are
// numbered: t for the middle of triangle t's circle, where three cells meet, and triangles+h for the spot where the cells' edge across half-edge
// h meets the circle on its way in. A spot is the same for both cells that share the edge, as it is as far from both
// sites; so pieces always join, whatever the rounding.
type border struct {
	mesh    *mesh
	radius  float64 // in units
	place   func(x, y float64) orb.Point
	middle  [][2]float64 // of each triangle's circle, in units from its first corner
	near    []bool       // the circle is no larger than the radius
	to      []int32      // node after each node on the border in work, -1 for none
	round   []int32      // site that the border goes round on its way from each node, -1 where it goes straight
	touched []int32
}

// newBorder prepares to draw. place brings units to where they lie.
func newBorder(m *mesh, radius float64, place func(x, y float64) orb.Point) *border {
	triangles := len(m.corner) / 3
	b := &border{mesh: m, radius: radius, place: place, middle: make([][2]float64, triangles), near: make([]bool, triangles)}
	for t := range triangles {
		p, q, r := &m.sites[m.corner[3*t]], &m.sites[m.corner[3*t+1]], &m.sites[m.corner[3*t+2]]
		b.middle[t], b.near[t] = circle(p, q, r, radius)
	}
	b.to, b.round = make([]int32, 4*triangles), make([]int32, 4*triangles)
	for i := range b.to {
		b.to[i] = -1
	}
	return b
}

// circle gives the middle of the circle through three sites, from the first of them, and whether it is no larger than a
// radius.
func circle(p, q, r *site, radius float64) (middle [2]float64, near bool) {
	bx, by, cx, cy := q.x-p.x, q.y-p.y, r.x-p.x, r.y-p.y
	d := bx*cy - by*cx
	if d <= 0 {
		return middle, false // flat: only at the frame
	}
	bl, cl := bx*bx+by*by, cx*cx+cy*cy
	middle[0] = times(cy, bl).minus(times(by, cl)).float() / (2 * float64(d))
	middle[1] = times(bx, cl).minus(times(cx, bl)).float() / (2 * float64(d))
	return middle, float64(middle[0]*middle[0])+float64(middle[1]*middle[1]) <= radius*radius
}

// outline gives the rings around the cells of the given sites, with the cells to the left. in tells of the class of each of them, and of no
// other site's, that it belongs to the set.
func (b *border) outline(sites []int32, in func(class int32) bool) []orb.Ring {
	var rings []orb.Ring
	b.touched = b.touched[:0]
	for _, s := range sites {
		if whole := b.cell(s, in); whole {
			rings = append(rings, b.along(nil, s, 0, 2*math.Pi))
		}
	}
	for _, n := range b.touched {
		if b.to[n] >= 0 {
			rings = append(rings, b.follow(n))
		}
	}
	return rings
}

// cell notes the pieces of the border that a site's cell has; whole is true where that is all of its circle.
func (b *border) cell(s int32, in func(class int32) bool) (whole bool) {
	m, start := b.mesh, b.mesh.first[s]
	whole = true
	spots := false
	leaves := int32(-1) // the spot where the circle was met last
	var first int32 = -1
	triangles := int32(len(b.near))
	for h, more := start, true; more; {
		o := m.twin[h]
		enters, exits := b.meets(o), b.meets(h)
		from, to := o/3, h/3
		inside := b.near[from] || b.near[to] || enters
		whole = whole && !inside
		if enters {
			from, spots = triangles+h, true
			if leaves >= 0 {
				b.piece(leaves, from, s)
				leaves = -1
			} else {
				first = from
			}
		}
		if exits {
			to, spots = triangles+o, true
			leaves = to
		}
		if inside && !in(m.sites[m.corner[o]].class) {
			b.piece(from, to, -1)
		}
		h = m.twin[prev(h)]
		more = h != start
	}
	if spots && leaves >= 0 {
		b.piece(leaves, first, s)
	}
	return whole
}

// meets tells whether the cells' edge across a half-edge, followed with the half-edge's start to the left, leaves the
// circle around that start. Followed the other way it enters there.
func (b *border) meets(h int32) bool {
	if b.near[h/3] {
		return false
	}
	o := b.mesh.twin[h]
	if b.near[o/3] {
		return true
	}
	p, q := &b.mesh.sites[b.mesh.corner[h]], &b.mesh.sites[b.mesh.corner[o]]
	if length := math.Hypot(float64(q.x-p.x), float64(q.y-p.y)); length >= 2*b.radius {
		return false
	}
	return acute(p, q, &b.mesh.sites[b.mesh.corner[prev(h)]]) && acute(p, q, &b.mesh.sites[b.mesh.corner[prev(o)]])
}

// acute tells whether the angle pcq is less than a right one: then the middle of the circle through the three lies on
// c's side of pq.
func acute(p, q, c *site) bool {
	return (p.x-c.x)*(q.x-c.x)+(p.y-c.y)*(q.y-c.y) > 0
}

// piece notes that the border goes from one node to another.
func (b *border) piece(from, to, round int32) {
	b.to[from], b.round[from] = to, round
	b.touched = append(b.touched, from)
}

// follow walks along the border from a node back to it, and forgets it.
func (b *border) follow(start int32) orb.Ring {
	var ring orb.Ring
	for n := start; b.to[n] >= 0; {
		after := b.to[n]
		ring = append(ring, b.at(n))
		if s := b.round[n]; s >= 0 {
			if from, to := b.angle(s, n), b.angle(s, after); !b.together(n, after, from, to) {
				ring = b.along(ring, s, from, to)
			}
		}
		b.to[n] = -1
		n = after
	}
	return ring
}

// together tells whether an arc between two spots on different edges is so short that rounding may have turned it round.
func (b *border) together(n, after int32, from, to float64) bool {
	h, o := n-int32(len(b.near)), after-int32(len(b.near))
	turned := to <= from && to+2*math.Pi-from > 2*math.Pi-1e-9
	return turned && b.mesh.twin[h] != o
}

// offset is where a node lies, in units from a site.
func (b *border) offset(n int32) (s int32, x, y float64) {
	triangles := int32(len(b.near))
	m := b.mesh
	if n < triangles {
		return m.corner[3*n], b.middle[n][0], b.middle[n][1]
	}
	h := n - triangles
	p, q := &m.sites[m.corner[h]], &m.sites[m.corner[m.twin[h]]]
	dx, dy := float64(q.x-p.x), float64(q.y-p.y)
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	up := math.Sqrt(max(0, float64(b.radius*b.radius)-float64(length*length)/4)) / length
	return m.corner[h], dx/2 + float64(dy*up), dy/2 - float64(dx*up)
}

// at is where a node lies.
func (b *border) at(n int32) orb.Point {
	s, x, y := b.offset(n)
	return b.place(float64(b.mesh.sites[s].x)+x, float64(b.mesh.sites[s].y)+y)
}

// angle is the direction from a site to a node.
func (b *border) angle(s, n int32) float64 {
	from, x, y := b.offset(n)
	p, q := &b.mesh.sites[s], &b.mesh.sites[from]
	return math.Atan2(float64(q.y-p.y)+y, float64(q.x-p.x)+x)
}

// along adds the points of a circle around a site between two directions, counter-clockwise.
func (b *border) along(ring orb.Ring, s int32, from, to float64) orb.Ring {
	if to <= from {
		to += 2 * math.Pi
	}
	p := &b.mesh.sites[s]
	steps := math.Ceil((to - from) / arcStep)
	for i := 1.0; i < steps; i++ {
		sin, cos := math.Sincos(from + (to-from)*i/steps)
		ring = append(ring, b.place(float64(p.x)+float64(b.radius*cos), float64(p.y)+float64(b.radius*sin)))
	}
	return ring
}
