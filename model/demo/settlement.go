package demo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// plan is what is decided about a named place before the land is known.
type plan struct {
	name     string
	wish     orb.Point // where it would like to lie
	radius   float64   // of the built-up area, metres
	block    [2]float64
	people   int
	outside  bool  // beyond the border
	mainRoad int8  // class of the through street
	atLake   bool  // by the shore of the big lake
	postcode int32 // five digits
}

// plans are the town, its four villages, and the places beyond the border.
var plans = []plan{
	{name: Name, wish: from(-3500, 1400), radius: 1750, block: [2]float64{92, 128}, people: 6300, mainRoad: 1, atLake: true, postcode: 99010},
	{name: "Hökvattna", wish: from(-10800, 12400), radius: 760, block: [2]float64{95, 125}, people: 1340, mainRoad: 1, postcode: 99040},
	{name: "Ripskoga", wish: from(10200, 14200), radius: 560, block: [2]float64{100, 130}, people: 830, mainRoad: 3, postcode: 99050},
	{name: "Lomunda", wish: from(12000, -12800), radius: 460, block: [2]float64{105, 135}, people: 520, mainRoad: 2, postcode: 99060},
	{name: "Skärvmora", wish: from(-12800, -9200), radius: 390, block: [2]float64{110, 140}, people: 330, mainRoad: 2, postcode: 99070},
	{name: NeighbourName, wish: from(24200, -4200), radius: 720, block: [2]float64{95, 130}, people: 1250, outside: true, mainRoad: 2, postcode: 99110},
	{name: "Bränntjärna", wish: from(-5200, -27000), radius: 380, block: [2]float64{105, 135}, people: 310, outside: true, mainRoad: 0, postcode: 99120},
}

// settlement is a place with a street grid.
type settlement struct {
	plan
	centre  orb.Point
	angle   float64 // of the streets, radians
	outline noise
	streets []street
	corners []orb.Point
	gates   []int // corners where the roads of the country come in
}

// street joins two corners.
type street struct {
	a, b   int
	class  int8
	oneway bool // from a to b only
}

// settle finds the places' ground and lays out their streets.
func (w *world) settle() {
	rng := w.stage(stageStreets)
	for k, p := range plans {
		s := &settlement{plan: p, outline: noise(mix(w.seed + 100 + uint64(k))), angle: rng.Float64() * math.Pi / 2}
		s.centre = w.land.ground(p)
		s.layOut(w.land, rng.Float64)
		w.towns = append(w.towns, s)
		for i := range int32(nodes) {
			if s.holds(position(i), 1, 90) {
				w.net.closed[i] = true
			}
		}
	}
}

// ground is the dry place nearest to the wish; a place at the lake moves east until the shore is near.
func (t *terrain) ground(p plan) orb.Point {
	at := p.wish
	if p.atLake {
		for range 100 {
			if t.main[nearestNode(orb.Point{at[0] + 0.62*p.radius, at[1]})] {
				return at
			}
			at[0] += 50
		}
		at = p.wish
	}
	for r := 0.0; r < 6000; r += 150 {
		for _, d := range directions {
			q := orb.Point{at[0] + float64(r*d[0]), at[1] + float64(r*d[1])}
			if t.home[nearestNode(q)] && t.clear(q, p.radius) && t.clear(q, p.radius/2) {
				return q
			}
		}
	}
	return at
}

// holds tells whether q lies in the built-up area, scaled and widened.
func (s *settlement) holds(q orb.Point, scale, margin float64) bool {
	dx, dy := q[0]-s.centre[0], q[1]-s.centre[1]
	r := math.Hypot(dx, dy)
	if r > 1.4*s.radius*scale+margin {
		return false
	}
	return r <= s.reach(dx, dy)*scale+margin
}

// reach is the radius of the built-up area towards (dx, dy).
func (s *settlement) reach(dx, dy float64) float64 {
	r := math.Hypot(dx, dy)
	if r == 0 {
		return s.radius
	}
	return s.radius * (0.88 + 0.32*s.outline.sum(1.6*dx/r, 1.6*dy/r, 2))
}

// layOut draws the streets: a turned grid that bends towards the edges, clipped to the outline and the shore, with
// some blocks joined. It keeps the part around the crossing of the two main streets.
func (s *settlement) layOut(land *terrain, random func() float64) {
	n := int(1.3*s.radius/min(s.block[0], s.block[1])) + 1
	width := 2*n + 1
	index := make([]int, width*width)
	for k := range index {
		index[k] = -1
		i, j := k%width-n, k/width-n
		p := s.corner(i, j)
		if s.holds(p, 1, 0) && land.clear(p, 70) {
			index[k] = len(s.corners)
			s.corners = append(s.corners, p)
		}
	}
	if index[n*width+n] < 0 {
		return // the seed has put water where the place should be: a name without streets
	}
	for k := range index {
		i, j := k%width-n, k/width-n
		if i < n {
			s.join(index[k], index[k+1], j, random)
		}
		if j < n {
			s.join(index[k], index[k+width], i, random)
		}
	}
	s.keepMiddle(index[n*width+n])
	s.openGates(index, width)
}

// corner is where street i across meets street j along.
func (s *settlement) corner(i, j int) orb.Point {
	x, y := float64(i)*s.block[0], float64(j)*s.block[1]
	sin, cos := math.Sincos(s.angle)
	p := orb.Point{s.centre[0] + float64(cos*x) - float64(sin*y), s.centre[1] + float64(sin*x) + float64(cos*y)}
	bend := 0.13 * math.Hypot(x, y)
	e, n := p[0]/800, p[1]/800
	p[0] += bend * s.outline.at(e, n)
	p[1] += bend * s.outline.at(e+9, n+9)
	return orb.Point{math.Round(p[0]*100) / 100, math.Round(p[1]*100) / 100}
}

// join lays a street between two corners of grid line number line, unless the block is joined with its neighbour.
func (s *settlement) join(a, b, line int, random func() float64) {
	draw := random()
	if a < 0 || b < 0 {
		return
	}
	st := street{a: a, b: b, class: 7}
	switch {
	case line == 0:
		st.class = s.mainRoad
	case line%5 == 0:
		st.class = 6
	case draw < 0.26:
		return
	case (line == 1 || line == -2) && s.people > 1300 && distance(s.corners[a], s.centre) < 650:
		st.oneway = true
		if line < 0 {
			st.a, st.b = b, a
		}
	case draw > 0.85:
		st.class = 8
	}
	s.streets = append(s.streets, st)
}

// keepMiddle drops the streets that do not hang together with the middle corner, the corners without a street, and
// turns one-way streets into ordinary ones where a corner could else not be both left and reached.
func (s *settlement) keepMiddle(middle int) {
	both := s.walk(middle, false, false)
	s.streets = slices.DeleteFunc(s.streets, func(t street) bool { return !both[t.a] })
	for {
		out, in := s.walk(middle, true, false), s.walk(middle, true, true)
		changed := false
		for k, t := range s.streets {
			if t.oneway && !(out[t.a] && in[t.a] && out[t.b] && in[t.b]) {
				s.streets[k].oneway, changed = false, true
			}
		}
		if !changed {
			return
		}
	}
}

// walk marks the corners that can be reached from the middle, or (against) from which the middle can be reached.
func (s *settlement) walk(middle int, oneways, against bool) []bool {
	seen := make([]bool, len(s.corners))
	seen[middle] = true
	for grew := true; grew; {
		grew = false
		for _, t := range s.streets {
			a, b := t.a, t.b
			if against {
				a, b = b, a
			}
			if seen[a] && !seen[b] {
				seen[b], grew = true, true
			}
			if seen[b] && !seen[a] && (!oneways || !t.oneway) {
				seen[a], grew = true, true
			}
		}
	}
	return seen
}

// openGates finds the ends of the two main streets, the farthest from the middle in each of the four directions.
func (s *settlement) openGates(index []int, width int) {
	n := width / 2
	for _, step := range []int{1, width, -1, -width} {
		k, last := n*width+n, -1
		for range n {
			k += step
			if index[k] < 0 {
				break
			}
			last = index[k]
		}
		if last >= 0 {
			s.gates = append(s.gates, last)
		}
	}
	slices.SortStableFunc(s.gates, func(a, b int) int {
		return cmp.Compare(s.corners[a][1], s.corners[b][1])
	})
}

func distance(a, b orb.Point) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }
