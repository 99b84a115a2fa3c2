package reach

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
)

// void is the class of all that is not reached.
const void = math.MaxInt32

// strand is a stretch of road of one class, as drawn.
type strand struct {
	class int32
	line  []orb.Point // from the strands' origin
}

// strands are the stretches that the areas depend on: those that are reached, and of the others those that lie near.
type strands struct {
	net    *network.Network
	origin orb.Point
	list   []strand
	points []orb.Point // memory of the lines
}

// newStrands cuts the edges at the ends of parts. Of the edges without parts those are taken that come nearer to a part
// than a distance in metres. Ferries are left out: nobody lives along them.
func newStrands(n *network.Network, parts []Part, class func(Part) int32, distance float64) *strands {
	s := &strands{net: n}
	reached := slices.DeleteFunc(slices.Clone(parts), func(p Part) bool { return n.Edges[p.Edge].Has(network.Ferry) })
	if len(reached) == 0 {
		return s
	}
	xy := n.Roads.Vertices(int(n.Edges[reached[0].Edge].Road))
	s.origin = orb.Point{math.Round(xy[0]), math.Round(xy[1])}
	has := make([]bool, len(n.Edges))
	around := newTiles(distance)
	for i := 0; i < len(reached); {
		k := i
		for k < len(reached) && reached[k].Edge == reached[i].Edge {
			k++
		}
		has[reached[i].Edge] = true
		s.cut(reached[i].Edge, reached[i:k], class)
		i = k
	}
	for _, st := range s.list {
		if st.class != void {
			around.mark(st.line)
		}
	}
	for e := range n.Edges {
		if !has[e] && !n.Edges[e].Has(network.Ferry) && around.meets(n.Roads.Vertices(int(n.Edges[e].Road)), s.origin) {
			s.add(int32(e), 0, n.Edges[e].Drawn, void)
		}
	}
	return s
}

// cut makes the strands of an edge that has parts.
func (s *strands) cut(edge int32, parts []Part, class func(Part) int32) {
	e := &s.net.Edges[edge]
	along := func(position int32) float64 {
		if position == e.Length {
			return e.Drawn
		}
		return float64(position) / float64(e.Length) * e.Drawn
	}
	at := int32(0)
	for i := 0; i < len(parts); {
		k, c := i+1, class(parts[i])
		for k < len(parts) && parts[k].From == parts[k-1].To && class(parts[k]) == c {
			k++
		}
		if parts[i].From > at {
			s.add(edge, along(at), along(parts[i].From), void)
		}
		at = parts[k-1].To
		s.add(edge, along(parts[i].From), along(at), c)
		i = k
	}
	if at < e.Length {
		s.add(edge, along(at), e.Drawn, void)
	}
}

// add makes a strand of an edge's line between two distances from its start in metres. Neighbours share their end to the last bit.
func (s *strands) add(edge int32, from, to float64, class int32) {
	xy := s.net.Roads.Vertices(int(s.net.Edges[edge].Road))
	whole := s.net.Edges[edge].Drawn
	first := len(s.points)
	put := func(e, n float64) {
		p := orb.Point{e - s.origin[0], n - s.origin[1]}
		if len(s.points) == first || s.points[len(s.points)-1] != p {
			s.points = append(s.points, p)
		}
	}
	before := 0.0
	if from == 0 {
		put(xy[0], xy[1])
	}
	for i := 2; i < len(xy); i += 2 {
		dx, dy := xy[i]-xy[i-2], xy[i+1]-xy[i-1]
		length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
		for _, cut := range [2]float64{from, to} {
			if cut > 0 && cut < whole && before <= cut && cut < before+length {
				put(xy[i-2]+float64(dx*(cut-before)/length), xy[i-1]+float64(dy*(cut-before)/length))
			}
		}
		before += length
		if before > from && (before <= to || to == whole) {
			put(xy[i], xy[i+1])
		}
	}
	if line := s.points[first:len(s.points):len(s.points)]; len(line) > 1 {
		s.list = append(s.list, strand{class, line})
	}
}

// tiles are the squares of a coarse grid that a distance from some lines may reach.
type tiles struct {
	side float64
	near map[[2]int32]struct{}
}

func newTiles(side float64) *tiles { return &tiles{side, map[[2]int32]struct{}{}} }

// mark takes up a line.
func (t *tiles) mark(line []orb.Point) {
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		t.each(min(a[0], b[0])-t.side, min(a[1], b[1])-t.side, max(a[0], b[0])+t.side, max(a[1], b[1])+t.side, func(key [2]int32) bool {
			t.near[key] = struct{}{}
			return true
		})
	}
}

// meets tells whether a road comes near.
func (t *tiles) meets(xy []float64, origin orb.Point) bool {
	found := false
	for i := 2; i < len(xy) && !found; i += 2 {
		t.each(min(xy[i], xy[i-2])-origin[0], min(xy[i+1], xy[i-1])-origin[1], max(xy[i], xy[i-2])-origin[0], max(xy[i+1], xy[i-1])-origin[1], func(key [2]int32) bool {
			_, found = t.near[key]
			return !found
		})
	}
	return found
}

// each visits the squares of a rectangle until visit says no.
func (t *tiles) each(minE, minN, maxE, maxN float64, visit func([2]int32) bool) {
	for x := int32(math.Floor(minE / t.side)); float64(x) <= maxE/t.side; x++ {
		for y := int32(math.Floor(minN / t.side)); float64(y) <= maxN/t.side; y++ {
			if !visit([2]int32{x, y}) {
				return
			}
		}
	}
}
