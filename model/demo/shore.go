package demo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// lake is one water surface with its islands as holes.
type lake struct {
	name string
	area orb.Polygon
}

// lakeNames are given to the largest lakes in and around the kommun, the largest first. They are made up,
// and no place is named in them, since where a lake ends up is the seed's choice.
var lakeNames = []string{
	"Vessaren", "Stor-Lomen", "Gränsvessen", "Kvarnvessen", "Holmlomen", "Lill-Vessaren", "Långvessen",
	"Furulomen", "Lill-Lomen", "Tvärlången", "Djuplången", "Gäddlomen", "Mosslomen", "Svartvessen",
}

// lakes draws the shores: the lines where the water field passes 0, smoothed.
func (t *terrain) lakes() []lake {
	var outer, holes []orb.Ring
	for _, ring := range t.contours() {
		ring = simplifyRing(smoothRing(ring, 2), 2.5)
		area := planar.Area(ring)
		switch {
		case len(ring) < 4:
		case area > 0:
			outer = append(outer, ring)
		case area < -12000: // smaller islets vanish in the drawing
			holes = append(holes, ring)
		}
	}
	slices.SortStableFunc(outer, func(a, b orb.Ring) int { return cmp.Compare(planar.Area(b), planar.Area(a)) })
	out := make([]lake, len(outer))
	for i, ring := range outer {
		out[i].area = orb.Polygon{ring}
		if i < len(lakeNames) {
			out[i].name = lakeNames[i]
		}
	}
	for _, hole := range holes {
		for i := range out {
			if planar.RingContains(out[i].area[0], hole[0]) {
				out[i].area = append(out[i].area, hole)
				break
			}
		}
	}
	return out
}

// contours traces the water's edges with the water on the left, so that shores run counter-clockwise and islands
// clockwise. It is marching squares: each cell of the lattice joins the crossings on its sides.
func (t *terrain) contours() []orb.Ring {
	next := make([]int32, 2*nodes) // crossing 2i lies east of node i, crossing 2i+1 north of it
	for i := range next {
		next[i] = -1
	}
	for y := range int32(rows - 1) {
		for x := range int32(columns - 1) {
			t.joinCell(y*columns+x, next)
		}
	}
	var out []orb.Ring
	for start := range next {
		var ring orb.Ring
		for c := int32(start); c >= 0 && next[c] >= 0; {
			ring = append(ring, t.crossing(c))
			c, next[c] = next[c], -1
		}
		if len(ring) > 2 {
			out = append(out, append(ring, ring[0]))
		}
	}
	return out
}

// joinCell joins each crossing from water to land of the cell above and right of node i with the crossing from land
// to water before it, walking around the cell counter-clockwise; land then holds together across a saddle.
func (t *terrain) joinCell(i int32, next []int32) {
	corner := [4]int32{i, i + 1, i + columns + 1, i + columns}
	side := [4]int32{2 * i, 2*(i+1) + 1, 2 * (i + columns), 2*i + 1}
	wet := [4]bool{}
	for k, c := range corner {
		wet[k] = t.wet[c] >= 0
	}
	for k := range 4 {
		if !wet[k] || wet[(k+1)%4] {
			continue
		}
		for back := 1; back < 4; back++ {
			j := (k + 4 - back) % 4
			if !wet[j] && wet[(j+1)%4] {
				next[side[k]] = side[j]
				break
			}
		}
	}
}

// crossing is the point on a lattice line where the field passes 0.
func (t *terrain) crossing(c int32) orb.Point {
	i := c / 2
	p := position(i)
	if c%2 == 0 {
		p[0] += spacing * (t.wet[i] / (t.wet[i] - t.wet[i+1]))
	} else {
		p[1] += spacing * (t.wet[i] / (t.wet[i] - t.wet[i+columns]))
	}
	return p
}

// smoothRing cuts the corners of a closed ring (Chaikin's method).
func smoothRing(ring orb.Ring, times int) orb.Ring {
	for range times {
		out := make(orb.Ring, 0, 2*len(ring))
		for i := range len(ring) - 1 {
			out = append(out, between(ring[i], ring[i+1], 0.25), between(ring[i], ring[i+1], 0.75))
		}
		ring = append(out, out[0])
	}
	return ring
}

// smoothLine cuts the corners of a line and keeps its ends.
func smoothLine(line orb.LineString, times int) orb.LineString {
	for range times {
		if len(line) < 3 {
			return line
		}
		out := make(orb.LineString, 0, 2*len(line))
		out = append(out, line[0])
		for i := range len(line) - 1 {
			if i > 0 {
				out = append(out, between(line[i], line[i+1], 0.25))
			}
			if i < len(line)-2 {
				out = append(out, between(line[i], line[i+1], 0.75))
			}
		}
		line = append(out, line[len(line)-1])
	}
	return line
}

func between(a, b orb.Point, t float64) orb.Point {
	return orb.Point{lerp(a[0], b[0], t), lerp(a[1], b[1], t)}
}

// simplify drops the vertices that lie within the tolerance of the line without them (Douglas and Peucker's method).
func simplify(line []orb.Point, tolerance float64) []orb.Point {
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	stack := [][2]int{{0, len(line) - 1}}
	for len(stack) > 0 {
		a, b := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		worst, at := tolerance, -1
		for i := a + 1; i < b; i++ {
			if d := planar.DistanceFromSegment(line[a], line[b], line[i]); d > worst {
				worst, at = d, i
			}
		}
		if at >= 0 {
			keep[at] = true
			stack = append(stack, [2]int{a, at}, [2]int{at, b})
		}
	}
	out := make([]orb.Point, 0, len(line))
	for i, p := range line {
		if keep[i] {
			out = append(out, orb.Point{math.Round(p[0]*100) / 100, math.Round(p[1]*100) / 100})
		}
	}
	return out
}

// simplifyRing simplifies the two halves of a ring, so that its first point is no corner of its own.
func simplifyRing(ring orb.Ring, tolerance float64) orb.Ring {
	half := len(ring) / 2
	first := simplify(ring[:half+1], tolerance)
	return append(orb.Ring(first), simplify(ring[half:], tolerance)[1:]...)
}
