package demo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// The made-up land is a lattice of nodes 125 m apart, so that every second line is an edge of the 250 m squares. It
// reaches some kilometres beyond the border on every side.
const (
	west, south = 512000.0, 6892000.0
	spacing     = 125.0
	columns     = 449
	rows        = 489
	nodes       = columns * rows
)

// centre is the middle of the kommun: other positions are given from it.
var centre = orb.Point{540000, 6922500}

// from gives the position dx east and dy north of the centre.
func from(dx, dy float64) orb.Point { return orb.Point{centre[0] + dx, centre[1] + dy} }

// terrain is the land: where it is wet, and how hard it is to build on.
type terrain struct {
	seed   uint64
	wet    []float64 // above 0 is water
	effort []int32   // of one step of road, 2 (easy) to 9
	dry    []bool    // neither the node nor its neighbours are water
	home   []bool    // the largest part of the dry land, which all roads but the island's lie on
	island []bool    // land on the ferry's island
	main   []bool    // water of the largest lake
}

// The big lake lies along an axis from north-north-west to south-south-east; its island lies near the axis.
var (
	bigLake    = from(5000, 2600)
	bigIsland  = from(4700, 4600)
	lakeAxis   = orb.Point{-0.42, 0.9075}
	lakeLength = 12000.0 // half of it
	lakeWidth  = 4300.0  // half of it
)

// along gives p's distance from o along the lake's axis and across it.
func along(p, o orb.Point) (u, v float64) {
	dx, dy := p[0]-o[0], p[1]-o[1]
	return float64(dx*lakeAxis[0]) + float64(dy*lakeAxis[1]), float64(dx*lakeAxis[1]) - float64(dy*lakeAxis[0])
}

func position(i int32) orb.Point {
	return orb.Point{west + spacing*float64(i%columns), south + spacing*float64(i/columns)}
}

// nearestNode is the lattice node at or nearest to p.
func nearestNode(p orb.Point) int32 {
	x := min(max(int32(math.Round((p[0]-west)/spacing)), 0), columns-1)
	y := min(max(int32(math.Round((p[1]-south)/spacing)), 0), rows-1)
	return y*columns + x
}

func newTerrain(seed uint64) *terrain {
	t := &terrain{
		seed: seed,
		wet:  make([]float64, nodes), effort: make([]int32, nodes),
		dry: make([]bool, nodes), island: make([]bool, nodes),
	}
	hills := noise(mix(seed + 11))
	field := waterField{shores: noise(mix(seed + 12)), lakes: noise(mix(seed + 13)), bend: noise(mix(seed + 14))}
	for i := range int32(nodes) {
		p := position(i)
		t.wet[i] = field.at(p)
		slope := hills.sum(p[0]/1900, p[1]/1900, 3)
		t.effort[i] = int32(math.Round(min(max(4.5+5*slope, 2), 9)))
	}
	t.tidy()
	return t
}

// waterField is the recipe of the lakes.
type waterField struct{ shores, lakes, bend noise }

// at is above 0 in water, and falls to land towards the edge of the lattice so that no lake is cut straight.
func (f waterField) at(p orb.Point) float64 {
	u, v := along(p, centre)
	u += 900 * f.bend.sum(p[0]/4000, p[1]/4000, 2)
	v += 900 * f.bend.sum(p[0]/4000+50, p[1]/4000+50, 2)
	shore := f.shores.sum(p[0]/2600, p[1]/2600, 5)
	small := f.lakes.sum(u/6200, v/2300, 4) - 0.57

	bu, bv := along(p, bigLake)
	bv += 1500 * f.bend.at(bu/6500, 0.5)
	oval := math.Hypot(bu/lakeLength, bv/lakeWidth)
	big := 1.15*(0.8-oval) + 0.55*shore
	iu, iv := along(p, bigIsland)
	reach := math.Hypot(iu/2300, iv/950)
	big = min(big, 1.1*(reach-1)+0.35*shore)
	wet := max(small, big)
	// Whatever the noise says, the island is land and a strip of open water rings it: only the ferry reaches it.
	switch {
	case reach < 0.8:
		wet = min(wet, -0.1)
	case reach > 1.35 && reach < 1.75:
		wet = max(wet, 0.12)
	}
	rim := min(p[0]-west, west+spacing*(columns-1)-p[0], p[1]-south, south+spacing*(rows-1)-p[1])
	return wet - max(0, 1-rim/1800)
}

// The smallest lake and islet that are kept, in lattice nodes (a node is 1.6 hectares).
const (
	smallestLake  = 9
	smallestIslet = 3
)

// tidy drowns the islets and drains the ponds that are too small to draw, then marks the buildable land.
func (t *terrain) tidy() {
	for _, part := range t.parts(t.water(true), 2) {
		if len(part) < smallestLake {
			fill(t.wet, part, -0.02)
		}
	}
	for _, part := range t.parts(t.water(false), 1) {
		if len(part) < smallestIslet {
			fill(t.wet, part, 0.02)
		}
	}
	t.main = largest(t.parts(t.water(true), 2))
	home := nearestNode(bigIsland)
	for _, part := range t.parts(t.water(false), 1) {
		if slices.Contains(part, home) {
			for _, i := range part {
				t.island[i] = true
			}
		}
	}
	for i := range int32(nodes) {
		t.dry[i] = t.inside(i) && t.wet[i] < 0
		for d := 0; d < 8 && t.dry[i]; d++ {
			t.dry[i] = t.wet[i+offsets[d]] < 0
		}
	}
	t.home = largest(t.parts(t.dry, 1))
}

// largest marks the nodes of the largest part.
func largest(parts [][]int32) []bool {
	mark := make([]bool, nodes)
	most := slices.MaxFunc(parts, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	for _, i := range most {
		mark[i] = true
	}
	return mark
}

func fill(field []float64, at []int32, value float64) {
	for _, i := range at {
		field[i] = value
	}
}

// offsets lead from a node to its eight neighbours, counter-clockwise from the east: odd directions are diagonal.
var offsets = [8]int32{1, columns + 1, columns, columns - 1, -1, -columns - 1, -columns, -columns + 1}

// inside tells whether node i has all its neighbours.
func (t *terrain) inside(i int32) bool {
	x, y := i%columns, i/columns
	return x > 0 && x < columns-1 && y > 0 && y < rows-1
}

// water marks the nodes in the water, or those on land.
func (t *terrain) water(yes bool) []bool {
	mark := make([]bool, nodes)
	for i, w := range t.wet {
		mark[i] = (w >= 0) == yes
	}
	return mark
}

// parts lists the connected parts of the marked nodes in lattice order, over every neighbour (step 1) or only over
// the straight ones (step 2).
func (t *terrain) parts(mark []bool, step int) [][]int32 {
	seen := make([]bool, nodes)
	var out [][]int32
	for i := range int32(nodes) {
		if seen[i] || !mark[i] {
			continue
		}
		seen[i] = true
		part := []int32{i}
		for k := 0; k < len(part); k++ {
			if !t.inside(part[k]) {
				continue
			}
			for d := 0; d < 8; d += step {
				if j := part[k] + offsets[d]; mark[j] && !seen[j] {
					seen[j] = true
					part = append(part, j)
				}
			}
		}
		out = append(out, part)
	}
	return out
}

// wetness is the water field at p, between the nodes.
func (t *terrain) wetness(p orb.Point) float64 {
	x := min(max((p[0]-west)/spacing, 0), columns-1.001)
	y := min(max((p[1]-south)/spacing, 0), rows-1.001)
	i := int32(y)*columns + int32(x)
	dx, dy := x-math.Floor(x), y-math.Floor(y)
	return lerp(lerp(t.wet[i], t.wet[i+1], dx), lerp(t.wet[i+columns], t.wet[i+columns+1], dx), dy)
}

// clear tells whether p and the points a margin away from it are on land.
func (t *terrain) clear(p orb.Point, margin float64) bool {
	if t.wetness(p) >= 0 {
		return false
	}
	for _, d := range directions {
		if t.wetness(orb.Point{p[0] + float64(margin*d[0]), p[1] + float64(margin*d[1])}) >= 0 {
			return false
		}
	}
	return true
}
