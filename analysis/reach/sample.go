package reach

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

const (
	// spacing, in metres, is the greatest distance between two samples of a strand.
	spacing = 125.0
	// floor, in metres, is the shortest stretch that is parted to keep it clear of other classes.
	floor = 0.1
	// starRadius, in metres, is how far from a spot where classes meet the first samples stand at most.
	starRadius = 2.0
	// leastRadius, in metres, is how near they may come to it: ten times what positions are rounded to.
	leastRadius = 0.01
	// unitBits is the fineness of samples: 2^-13 m; coarser where the area is larger than 2^extentBits units, 131 km.
	unitBits   = 13
	extentBits = 30
)

// Crossing is a spot where stretches of different kinds run closer together than can be told apart: a bridge, or roads
// that are drawn on each other. Which of them the area holds there is not certain.
type Crossing struct {
	At     orb.Point
	Length float64 // metres of road
}

// sampler chooses points on strands, dense enough that every point of a strand is nearer to a sample of its own class than
// to any of another.
//
// Where the nearest strand of another class lies at least half a stretch's length from the stretch's middle, samples at the
// stretch's ends do: a point of it at the distance t from the middle has a sample at length/2 - t, and nothing of another class
// nearer than length/2 - t. Else the stretch is halved. Where classes meet in a point, that would never end; there the
// first samples stand on a circle around the point, and nothing else passes within twice its radius: whoever stands on one of the straight
// lines to them, t from the middle of a circle of radius r, is r - t from the line's own sample, and nothing outside the circle is nearer.
type sampler struct {
	s         *strands
	grid      *grid
	most      float64 // spacing
	unit      float64 // metres
	sites     []site
	crossings []Crossing
	stars     map[orb.Point]*star // the points where classes meet
	along     []float64           // of the strand in work: distance of each point from the start
	last      bool                // the stretch before was too short to part
}

// sample gives the samples of all strands.
func (s *strands) sample(most, unit float64) ([]site, []Crossing) {
	p := &sampler{s: s, grid: newGrid(s), most: most, unit: unit, stars: map[orb.Point]*star{}}
	p.findStars()
	for i := range s.list {
		p.strand(&s.list[i])
	}
	return sorted(p.sites), p.crossings
}

// findStars finds the points where strands of different classes meet, and how much room there is.
func (p *sampler) findStars() {
	type meeting struct {
		class int32
		star  bool
	}
	ends := make(map[orb.Point]meeting, 2*len(p.s.list))
	for i := range p.s.list {
		st := &p.s.list[i]
		for _, at := range [2]orb.Point{st.line[0], st.line[len(st.line)-1]} {
			m, seen := ends[at]
			if !seen {
				m.class = st.class
			}
			m.star = m.star || m.class != st.class
			ends[at] = m
		}
	}
	meet := func(st *strand, at, to orb.Point, share float64) {
		if !ends[at].star {
			return
		}
		if p.stars[at] == nil {
			p.stars[at] = &star{radius: p.grid.room(at, 2*min(starRadius, p.most)) / 2}
		}
		length := distance(at, to)
		p.stars[at].radius = min(p.stars[at].radius, share*length)
		p.stars[at].branches = append(p.stars[at].branches, branch{st.class, orb.Point{(to[0] - at[0]) / length, (to[1] - at[1]) / length}})
	}
	for i := range p.s.list {
		st := &p.s.list[i]
		last := len(st.line) - 1
		share := 1.0
		if last == 1 {
			share = 0.5
		}
		meet(st, st.line[0], st.line[1], share)
		meet(st, st.line[last], st.line[last-1], share)
	}
}

// star is a point where strands of different classes meet: their first samples stand on a circle around it.
type star struct {
	radius   float64
	branches []branch
	told     bool
}

// branch is a strand that begins or ends at a star, with the direction that it leaves in.
type branch struct {
	class     int32
	direction orb.Point
}

// clear tells whether the strands can be told apart from two centimetres on: the circle has room, and no two of different
// classes leave in nearly the same direction. Where two leave at an angle a, a sample that is off by e moves the border between them
// by e/a, and at the distance t they lie t·a/2 from it.
func (s *star) clear(unit float64) bool {
	leastAngle := math.Sqrt(0.75 * unit * 2 / 0.02)
	for i, a := range s.branches {
		for _, b := range s.branches[:i] {
			if a.class != b.class && distance(a.direction, b.direction) < leastAngle {
				return false
			}
		}
	}
	return s.radius >= leastRadius
}

// distance is that between two points.
func distance(a, b orb.Point) float64 {
	return math.Sqrt(float64((b[0]-a[0])*(b[0]-a[0])) + float64((b[1]-a[1])*(b[1]-a[1])))
}

// strand samples one strand.
func (p *sampler) strand(st *strand) {
	p.along = append(p.along[:0], 0)
	for i := 1; i < len(st.line); i++ {
		p.along = append(p.along, p.along[i-1]+distance(st.line[i-1], st.line[i]))
	}
	whole := p.along[len(p.along)-1]
	from, to := p.start(st.line[0], whole), whole-p.start(st.line[len(st.line)-1], whole)
	p.last = false
	p.put(st, from)
	if to > from {
		pieces := math.Ceil((to - from) / p.most)
		for i := range int(pieces) {
			a, b := from+(to-from)*float64(i)/pieces, from+(to-from)*float64(i+1)/pieces
			p.stretch(st, a, b)
		}
	}
}

// start is the distance from a strand's end to its first sample.
func (p *sampler) start(at orb.Point, whole float64) float64 {
	s := p.stars[at]
	if s == nil {
		return 0
	}
	if !s.told && !s.clear(p.unit) {
		p.crossing(at, max(s.radius, leastRadius))
	}
	s.told = true
	return min(max(s.radius, leastRadius), whole/2)
}

// stretch halves a stretch until it is clear of other classes. Its first end is sampled.
func (p *sampler) stretch(st *strand, from, to float64) {
	half := (to - from) / 2
	middle := p.at(st, from+half)
	clear, class := p.grid.other(middle, st.class, half+4*p.unit)
	switch {
	case clear >= half+4*p.unit:
		p.last = false
	case to-from > floor:
		p.stretch(st, from, from+half)
		p.stretch(st, from+half, to)
		return
	case class > st.class: // told once, by the lower class
		p.note(middle, to-from)
	}
	p.put(st, to)
}

// note adds a stretch that can't be told apart to the crossing before it, where it follows on that.
func (p *sampler) note(at orb.Point, length float64) {
	if p.last {
		p.crossings[len(p.crossings)-1].Length += length
		return
	}
	p.crossing(at, length)
	p.last = true
}

// crossing notes a spot.
func (p *sampler) crossing(at orb.Point, length float64) {
	p.crossings = append(p.crossings, Crossing{orb.Point{at[0] + p.s.origin[0], at[1] + p.s.origin[1]}, length})
}

// at is the point of the strand in work at a distance from its start.
func (p *sampler) at(st *strand, along float64) orb.Point {
	i, _ := slices.BinarySearch(p.along, along)
	switch {
	case i == 0:
		return st.line[0]
	case i >= len(p.along):
		return st.line[len(st.line)-1]
	}
	a, b := st.line[i-1], st.line[i]
	share := (along - p.along[i-1]) / (p.along[i] - p.along[i-1])
	return orb.Point{a[0] + float64(share*(b[0]-a[0])), a[1] + float64(share*(b[1]-a[1]))}
}

// put makes a sample.
func (p *sampler) put(st *strand, along float64) {
	at := p.at(st, along)
	p.sites = append(p.sites, site{int64(math.Round(at[0] / p.unit)), int64(math.Round(at[1] / p.unit)), st.class})
}

// sorted puts samples in the order of a curve that keeps neighbours together, and keeps of several at one position the
// one of the lowest class.
func sorted(sites []site) []site {
	type keyed struct {
		key  uint64
		site site
	}
	low := site{math.MaxInt64, math.MaxInt64, 0}
	for _, s := range sites {
		low.x, low.y = min(low.x, s.x), min(low.y, s.y)
	}
	order := make([]keyed, len(sites))
	for i, s := range sites {
		order[i] = keyed{curve(uint32(s.x-low.x), uint32(s.y-low.y)), s}
	}
	slices.SortFunc(order, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.site.class, b.site.class))
	})
	out := sites[:0]
	for i, o := range order {
		if i == 0 || o.key != order[i-1].key {
			out = append(out, o.site)
		}
	}
	return out
}

// curve is the place of a position along a Hilbert curve of order 32 (Hilbert 1891).
func curve(x, y uint32) uint64 {
	var d uint64
	for s := uint32(1 << 31); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d = d<<2 | uint64(3*rx^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = ^x, ^y
			}
			x, y = y, x
		}
	}
	return d
}
