package reach

import (
	"math"

	"github.com/paulmach/orb"
)

const (
	gridCell  = 64.0    // metres across
	gridCells = 1 << 22 // at most
	empty     = -1      // class of a cell that nothing lies in
	mixed     = -2      // class of a cell that strands of several classes pass
)

// piece is a straight bit of a strand.
type piece struct {
	strand, at int32
}

// grid finds the strands of other classes near a point. Most of its cells are passed by one class alone, and are never
// searched.
type grid struct {
	s             *strands
	low           orb.Point
	side          float64
	columns, rows int
	class         []int32
	first         []int32 // of each cell in pieces
	pieces        []piece
}

// newGrid lays a grid over strands.
func newGrid(s *strands) *grid {
	box := orb.Bound{Min: s.list[0].line[0], Max: s.list[0].line[0]}
	for _, st := range s.list {
		for _, p := range st.line {
			box.Min[0], box.Min[1] = min(box.Min[0], p[0]), min(box.Min[1], p[1])
			box.Max[0], box.Max[1] = max(box.Max[0], p[0]), max(box.Max[1], p[1])
		}
	}
	width, height := box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	g := &grid{s: s, low: box.Min, side: max(gridCell, math.Sqrt(width*height/gridCells), max(width, height)/gridCells)}
	g.columns, g.rows = int(width/g.side)+1, int(height/g.side)+1
	g.class = make([]int32, g.columns*g.rows)
	for i := range g.class {
		g.class[i] = empty
	}
	g.first = make([]int32, len(g.class)+1)
	g.each(func(cell int, p piece) {
		g.first[cell+1]++
		switch class := s.list[p.strand].class; g.class[cell] {
		case empty:
			g.class[cell] = class
		case class:
		default:
			g.class[cell] = mixed
		}
	})
	for i := range g.class {
		g.first[i+1] += g.first[i]
	}
	g.pieces = make([]piece, g.first[len(g.class)])
	fill := make([]int32, len(g.class))
	g.each(func(cell int, p piece) {
		g.pieces[g.first[cell]+fill[cell]] = p
		fill[cell]++
	})
	return g
}

// each visits all pieces with the cells that they may pass.
func (g *grid) each(visit func(cell int, p piece)) {
	for i, st := range g.s.list {
		for k := 1; k < len(st.line); k++ {
			a, b := st.line[k-1], st.line[k]
			g.cells(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]), func(cell int) {
				visit(cell, piece{int32(i), int32(k - 1)})
			})
		}
	}
}

// cells visits the cells of a rectangle.
func (g *grid) cells(minE, minN, maxE, maxN float64, visit func(cell int)) {
	column := func(e float64) int { return min(max(int((e-g.low[0])/g.side), 0), g.columns-1) }
	row := func(n float64) int { return min(max(int((n-g.low[1])/g.side), 0), g.rows-1) }
	for y := row(minN); y <= row(maxN); y++ {
		for x := column(minE); x <= column(maxE); x++ {
			visit(y*g.columns + x)
		}
	}
}

// other is the distance from a point to the nearest strand of another class, and that class; but at most the distance
// within, and then the class is none.
func (g *grid) other(p orb.Point, class int32, within float64) (float64, int32) {
	best, found := within*within, int32(none)
	g.cells(p[0]-within, p[1]-within, p[0]+within, p[1]+within, func(cell int) {
		if c := g.class[cell]; c == empty || c == class {
			return
		}
		for _, q := range g.pieces[g.first[cell]:g.first[cell+1]] {
			st := &g.s.list[q.strand]
			if st.class == class {
				continue
			}
			if d := squaredDistance(p, st.line[q.at], st.line[q.at+1]); d < best {
				best, found = d, st.class
			}
		}
	})
	return math.Sqrt(best), found
}

// room is the distance from a point to the nearest piece that does not end there, at most within.
func (g *grid) room(p orb.Point, within float64) float64 {
	best := within * within
	g.cells(p[0]-within, p[1]-within, p[0]+within, p[1]+within, func(cell int) {
		for _, q := range g.pieces[g.first[cell]:g.first[cell+1]] {
			line := g.s.list[q.strand].line
			a, b := line[q.at], line[q.at+1]
			if a == p && q.at == 0 || b == p && int(q.at) == len(line)-2 {
				continue
			}
			best = min(best, squaredDistance(p, a, b))
		}
	})
	return math.Sqrt(best)
}

// none is a class that nothing has.
const none = void - 1

// squaredDistance is that from p to the straight line from a to b.
func squaredDistance(p, a, b orb.Point) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	x, y := p[0]-a[0], p[1]-a[1]
	whole := float64(dx*dx) + float64(dy*dy)
	if along := float64(x*dx) + float64(y*dy); whole > 0 && along > 0 {
		share := min(along/whole, 1)
		x, y = x-float64(share*dx), y-float64(share*dy)
	}
	return float64(x*x) + float64(y*y)
}
