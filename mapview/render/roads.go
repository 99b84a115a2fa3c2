package render

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/symbology"
)

// detail are the tolerances, in metres, of the levels that roads are kept in.
var detail = [...]float64{0, 2, 8, 20, 40}

// Roads is a road network made ready for drawing: joined end to end within each tier, in Hilbert order, and simplified
// at several levels. It never changes; one Roads serves any number of scenes.
type Roads struct {
	bounds orb.Bound
	origin orb.Point
	tiers  []tierRoads
}

// tierRoads are the lines of one tier.
type tierRoads struct {
	boxes  []float32 // minX, minY, maxX, maxY of each line, metres from the origin
	levels [len(detail)]packed
}

// packed holds lines as in model.RoadSet, in metres from the origin.
type packed struct {
	xy    []float32
	start []int32
}

func (p *packed) line(i int) []float32 { return p.xy[2*p.start[i] : 2*p.start[i+1]] }

// PrepareRoads makes a road network ready. It takes about 1 µs a vertex. A nil set gives no roads.
func PrepareRoads(set *model.RoadSet) *Roads {
	return prepareRoads(set, int(symbology.RoadTiers), func(i int, _ string) int {
		return int(symbology.TierOf(set.Class[i], set.Flags[i]))
	})
}

// prepareRoads parts the roads of a set by a number that each has and packs every part.
func prepareRoads(set *model.RoadSet, parts int, part func(i int, layer string) int) *Roads {
	r := &Roads{tiers: make([]tierRoads, parts)}
	if set == nil || set.Len() == 0 {
		return r
	}
	r.bounds = pairsBound(set.XY)
	r.origin = orb.Point{math.Floor(r.bounds.Min[0]), math.Floor(r.bounds.Min[1])}
	members := make([][]int, parts)
	for _, l := range set.ByLayer() {
		for i := l.From; i < l.To; i++ {
			if len(set.Vertices(i)) >= 4 {
				p := part(i, l.Layer)
				members[p] = append(members[p], i)
			}
		}
	}
	for p := range r.tiers {
		r.tiers[p] = r.pack(chains(set, members[p]))
	}
	return r
}

// Bounds gives the rectangle around all roads; zero where there are none.
func (r *Roads) Bounds() orb.Bound { return r.bounds }

// pairsBound gives the box around E, N pairs.
func pairsBound(xy []float64) orb.Bound {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for i := 0; i+1 < len(xy); i += 2 {
		b = b.Extend(orb.Point{xy[i], xy[i+1]})
	}
	return b
}

// pack sorts lines along the Hilbert curve and writes them in all levels of detail.
func (r *Roads) pack(lines [][]float64) tierRoads {
	type keyed struct {
		key uint32
		xy  []float64
		box orb.Bound
	}
	sorted := make([]keyed, len(lines))
	for i, xy := range lines {
		box := pairsBound(xy)
		sorted[i] = keyed{hilbert(box.Center(), r.bounds), xy, box}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	var t tierRoads
	var scratch simplifier
	var xy []float64
	for _, line := range sorted {
		t.boxes = append(t.boxes,
			float32(line.box.Min[0]-r.origin[0]), float32(line.box.Min[1]-r.origin[1]),
			float32(line.box.Max[0]-r.origin[0]), float32(line.box.Max[1]-r.origin[1]))
	}
	for l := range t.levels {
		level := &t.levels[l]
		level.start = append(level.start, 0)
		for _, line := range sorted {
			xy = simplify(xy[:0], line.xy, detail[l], &scratch)
			for i := 0; i < len(xy); i += 2 {
				level.xy = append(level.xy, float32(xy[i]-r.origin[0]), float32(xy[i+1]-r.origin[1]))
			}
			level.start = append(level.start, int32(len(level.xy)/2))
		}
	}
	return t
}

// level chooses the coarsest level whose error is at most a third of an output unit.
func level(scale float64) int {
	for l := len(detail) - 1; l > 0; l-- {
		if detail[l] <= scale/3 {
			return l
		}
	}
	return 0
}

// maxChain is the greatest number of vertices that roads are joined to: longer lines would be drawn whole where only
// a part of them is seen.
const maxChain = 400

// endKey is a road's end, to the metre, as road registers join them.
type endKey struct{ e, n int32 }

func keyOf(e, n float64) endKey { return endKey{int32(math.Round(e)), int32(math.Round(n))} }

// chains joins the given roads end to end where exactly two of them meet, so that fewer and longer lines are left,
// which simplify better. Every vertex of every road is in exactly one chain (shared ends once).
func chains(set *model.RoadSet, members []int) [][]float64 {
	ends := map[endKey][]int{} // positions in members
	for k, i := range members {
		xy := set.Vertices(i)
		a, b := keyOf(xy[0], xy[1]), keyOf(xy[len(xy)-2], xy[len(xy)-1])
		ends[a] = append(ends[a], k)
		if a != b {
			ends[b] = append(ends[b], k)
		}
	}
	used := make([]bool, len(members))
	var out [][]float64
	for k, i := range members {
		if used[k] {
			continue
		}
		used[k] = true
		chain := slices.Clone(set.Vertices(i))
		for range 2 { // on from the last point, then, turned round, from the first
			chain = extend(chain, set, members, ends, used)
			reversePairs(chain)
		}
		out = append(out, chain)
	}
	return out
}

// extend appends roads to a chain as long as its end is the end of exactly one other.
func extend(chain []float64, set *model.RoadSet, members []int, ends map[endKey][]int, used []bool) []float64 {
	for len(chain) < 2*maxChain {
		at := keyOf(chain[len(chain)-2], chain[len(chain)-1])
		here := ends[at]
		if len(here) != 2 {
			return chain
		}
		next := here[0]
		if used[next] {
			next = here[1]
		}
		if used[next] {
			return chain
		}
		used[next] = true
		xy := set.Vertices(members[next])
		if keyOf(xy[0], xy[1]) == at {
			chain = append(chain, xy[2:]...)
			continue
		}
		for j := len(xy) - 4; j >= 0; j -= 2 {
			chain = append(chain, xy[j], xy[j+1])
		}
	}
	return chain
}

// reversePairs turns a line round.
func reversePairs(xy []float64) {
	for i, j := 0, len(xy)-2; i < j; i, j = i+2, j-2 {
		xy[i], xy[i+1], xy[j], xy[j+1] = xy[j], xy[j+1], xy[i], xy[i+1]
	}
}
