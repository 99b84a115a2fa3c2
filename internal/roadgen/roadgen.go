// Package roadgen invents road networks of any size, for benchmarks and for tests that need more than a handful of roads.
//
// A network is planar and connected, and has what real ones have: dense towns in a sparse country, chains of nodes of
// degree 2, dead ends, one-way streets, faster roads between than within, and few roads across the borders of
// large areas (a cut through n nodes crosses about the cube root of n roads, as was found for real road networks). Its
// nodes, arcs and degrees are in the proportions of a real Swedish kommun: 2.3 arcs a node, a fifth dead ends, over two fifths
// of degree 2.
//
// Invariants: the same seed and size give the same roads on every machine. No real place is depicted.
package roadgen

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"github.com/paulmach/orb"

	"nabar/model"
)

// The sizes that the benchmarks use.
const (
	KommunNodes = 74_000
	SwedenNodes = 2_460_000
)

const (
	// nodesPerJunction is how many nodes there are in all for each crossing of the lattice.
	nodesPerJunction = 2.05
	keep             = 0.79 // share of the lattice's links that are roads, before thinning
	spurs            = 0.36 // share of junctions with a dead end of one or two nodes
	bends            = 0.38 // nodes of degree 2 along a link
	block            = 16   // junctions across a town and the country around it
	townShare        = 0.35 // blocks with a town in the middle
	squeeze          = 0.18 // how much denser a town is
	oneWay           = 0.05 // streets of towns with one direction
)

// Kommun is a network of about 74 000 nodes on 60 by 60 km.
func Kommun(seed uint64) *model.RoadSet {
	return Generate(seed, KommunNodes, orb.Bound{Min: orb.Point{600_000, 6_400_000}, Max: orb.Point{660_000, 6_460_000}})
}

// Sweden is a network of about 2.46 million nodes and 5.7 million arcs over the extent of Sweden.
func Sweden(seed uint64) *model.RoadSet {
	return Generate(seed, SwedenNodes, orb.Bound{Min: orb.Point{270_000, 6_130_000}, Max: orb.Point{920_000, 7_680_000}})
}

// Generate invents a network of about the given number of nodes, at least 100, within bounds in metres.
func Generate(seed uint64, nodes int, bounds orb.Bound) *model.RoadSet {
	g := newGenerator(seed, max(nodes, 100), bounds)
	g.place()
	for _, l := range g.links() {
		g.link(l)
	}
	for j := range g.at {
		if g.r.Float64() < spurs {
			g.spur(int32(j))
		}
	}
	return g.set
}

// generator is the state of Generate.
type generator struct {
	r             *rand.Rand
	set           *model.RoadSet
	columns, rows int
	cell          orb.Point // size of a lattice cell in metres
	origin        orb.Point
	at            []orb.Point // junctions; row by row in a lattice
	town          []bool      // whether a junction lies in a town
	spacing       []float64   // metres to the next junction, by junction; nil in a lattice, where it is a cell
}

// link is a possible road between two neighbours of the lattice.
type link struct {
	a, b  int32
	level int // of the border that it crosses: 0 for the most local
}

func newGenerator(seed uint64, nodes int, bounds orb.Bound) *generator {
	width, height := bounds.Max[0]-bounds.Min[0], bounds.Max[1]-bounds.Min[1]
	junctions := float64(nodes) / nodesPerJunction
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x6e616261)), set: &model.RoadSet{LayerName: "påhittade vägar"}, origin: bounds.Min}
	g.columns = max(int(math.Round(math.Sqrt(junctions*width/height))), 2)
	g.rows = max(int(math.Round(junctions/float64(g.columns))), 2)
	g.cell = orb.Point{width / float64(g.columns), height / float64(g.rows)}
	return g
}

// place puts the junctions down: a jittered lattice, drawn together towards the middle of the blocks that have a town.
func (g *generator) place() {
	across := (g.columns + block - 1) / block
	towns := make([]bool, across*((g.rows+block-1)/block))
	for i := range towns {
		towns[i] = g.r.Float64() < townShare
	}
	for y := range g.rows {
		for x := range g.columns {
			p := orb.Point{float64(x) + 0.5 + 0.5*(g.r.Float64()-0.5), float64(y) + 0.5 + 0.5*(g.r.Float64()-0.5)}
			inTown := towns[y/block*across+x/block]
			if inTown {
				p[0] = towards(p[0], x, g.columns)
				p[1] = towards(p[1], y, g.rows)
			}
			g.at = append(g.at, orb.Point{g.origin[0] + p[0]*g.cell[0], g.origin[1] + p[1]*g.cell[1]})
			g.town = append(g.town, inTown)
		}
	}
}

// towards draws a coordinate in lattice cells to the middle of its block.
func towards(v float64, cell, cells int) float64 {
	first := cell / block * block
	middle := float64(first+min(first+block, cells)) / 2
	return middle + squeeze*(v-middle)
}

// links picks the roads: the more, the more local the border that they cross, and as many of the others as hold the
// network together.
func (g *generator) links() []link {
	var chosen, rest []link
	try := func(l link) {
		if g.r.Float64() < keep*math.Pow(2, -float64(l.level)/3) {
			chosen = append(chosen, l)
		} else {
			rest = append(rest, l)
		}
	}
	for y := range g.rows {
		for x := range g.columns {
			j := int32(y*g.columns + x)
			if x+1 < g.columns {
				try(link{j, j + 1, bits.TrailingZeros(uint(x + 1))})
			}
			if y+1 < g.rows {
				try(link{j, j + int32(g.columns), bits.TrailingZeros(uint(y + 1))})
			}
		}
	}
	return g.connected(chosen, rest)
}

// connected adds as many of the links that were not chosen as hold the network together.
func (g *generator) connected(chosen, rest []link) []link {
	parts := newParts(len(g.at))
	for _, l := range chosen {
		parts.join(l.a, l.b)
	}
	g.r.Shuffle(len(rest), func(i, k int) { rest[i], rest[k] = rest[k], rest[i] })
	for _, l := range rest {
		if parts.join(l.a, l.b) {
			chosen = append(chosen, l)
		}
	}
	return chosen
}

// link draws the road between two junctions, in one piece or several.
func (g *generator) link(l link) {
	inTown := g.town[l.a] && g.town[l.b] && l.level < 4
	speed := uint8(70)
	switch {
	case inTown:
		speed = uint8(30 + 10*g.r.IntN(3))
	case l.level >= 5:
		speed = uint8(80 + 10*g.r.IntN(4))
	case l.level < 2:
		speed = uint8(50 + 20*g.r.IntN(2))
	}
	flags := model.RoadFlags(0)
	if inTown && g.r.Float64() < oneWay {
		flags = []model.RoadFlags{model.ForbiddenForward, model.ForbiddenBackward}[g.r.IntN(2)]
	}
	pieces := 1
	for g.r.Float64() < bends/(1+bends) {
		pieces++
	}
	g.draw(g.at[l.a], g.at[l.b], pieces, speed, flags)
}

// spur draws a dead end of one to two pieces from a junction, within the quarter of its cell that no link crosses.
func (g *generator) spur(j int32) {
	scale := 0.2
	if g.town[j] && g.spacing == nil {
		scale *= squeeze
	}
	from := g.at[j]
	length := scale * (0.3 + 0.7*g.r.Float64())
	angle := math.Pi * (0.25 + 0.5*float64(g.r.IntN(4)) + 0.3*(g.r.Float64()-0.5))
	cell := g.cell
	if g.spacing != nil {
		cell = orb.Point{g.spacing[j], g.spacing[j]}
	}
	to := orb.Point{from[0] + length*cell[0]*math.Cos(angle), from[1] + length*cell[1]*math.Sin(angle)}
	g.draw(from, to, 1+g.r.IntN(2), uint8(30+20*g.r.IntN(2)), 0)
}

// draw adds a road in pieces, each with a bend, whose length in the register are a little more than the drawn ones.
func (g *generator) draw(a, b orb.Point, pieces int, speed uint8, flags model.RoadFlags) {
	at := func(share float64) orb.Point {
		return orb.Point{round(a[0] + share*(b[0]-a[0])), round(a[1] + share*(b[1]-a[1]))}
	}
	for i := range pieces {
		from, to := at(float64(i)/float64(pieces)), at(float64(i+1)/float64(pieces))
		length := math.Hypot(to[0]-from[0], to[1]-from[1]) * (1 + 0.3*g.r.Float64())
		g.set.Add(model.Road{
			FID: int64(g.set.Len() + 1), Line: orb.LineString{from, to}, Length: max(round(length), 0.5),
			SpeedF: speed, SpeedB: speed, Class: 5, Flags: flags,
		})
	}
}

// round gives whole centimetres, so that pieces meet exactly.
func round(v float64) float64 { return math.Round(v*100) / 100 }

// parts is a union-find forest.
type parts []int32

func newParts(n int) parts {
	p := make(parts, n)
	for i := range p {
		p[i] = int32(i)
	}
	return p
}

// join makes one part of two and tells whether they were two.
func (p parts) join(a, b int32) bool {
	a, b = p.find(a), p.find(b)
	p[max(a, b)] = min(a, b)
	return a != b
}

// find gives the least member of a part, halving the path on the way.
func (p parts) find(i int32) int32 {
	for p[i] != i {
		p[i] = p[p[i]]
		i = p[i]
	}
	return i
}
