package network

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// TestShutAgreesWithBuilding closes roads at random and compares where points join with a network that is built without
// them.
func TestShutAgreesWithBuilding(t *testing.T) {
	r := rand.New(rand.NewPCG(801, 802))
	cut, told := 0, 0
	for range 400 {
		set := sparse(r, 3+r.IntN(3))
		n := build(t, set, nil)
		c := NewClosing(n)
		for range 6 {
			var closed []int32
			without := *set
			without.Flags = slices.Clone(set.Flags)
			for range 1 + r.IntN(4) {
				if e := int32(r.IntN(len(n.Edges))); !slices.Contains(closed, e) {
					closed = append(closed, e)
					without.Flags[n.Edges[e].Road] |= model.ForbiddenForward | model.ForbiddenBackward
				}
			}
			shut, ok := c.Shut(closed)
			if !ok {
				continue
			}
			told++
			fresh := build(t, &without, nil)
			if len(fresh.Components) > len(n.Components) {
				cut++
			}
			for range 30 {
				p := orb.Point{r.Float64() * 700, r.Float64() * 700}
				got, ok := n.SnapBeside(p, 300, shut)
				want, wanted := fresh.Snap(p, 300)
				if ok != wanted {
					t.Fatalf("%v with %v closed: %v, want %v", p, closed, ok, wanted)
				}
				if ok && (n.Edges[got.Edge].Road != fresh.Edges[want.Edge].Road || got.Position != want.Position || got.Connector != want.Connector) {
					t.Fatalf("%v with %v closed: %+v, want %+v", p, closed, got, want)
				}
			}
		}
	}
	if cut < 100 || told < 1500 {
		t.Errorf("only %d of %d closings cut something off", cut, told)
	}
}

// sparse is a grid of streets with many gaps, so that closing one often cuts something off. Some ends don't meet exactly.
func sparse(r *rand.Rand, side int) *model.RoadSet {
	set := &model.RoadSet{}
	at := func(x, y int) orb.Point {
		return orb.Point{100*float64(x) + 0.8*r.Float64(), 100*float64(y) + 0.8*r.Float64()}
	}
	add := func(a, b orb.Point) {
		if r.IntN(10) < 7 || set.Len() == 0 {
			set.Add(model.Road{FID: int64(set.Len() + 1), Line: orb.LineString{a, b}, Length: 90 + float64(r.IntN(30))})
		}
	}
	for x := range side {
		for y := range side {
			add(at(x, y), at(x+1, y))
			add(at(x, y), at(x, y+1))
		}
	}
	return set
}

// TestShutSaysWhereItCannotTell: a road's end may be all that makes two others meet, and a ferry may lose its quay.
func TestShutSaysWhereItCannotTell(t *testing.T) {
	chain := roads(
		model.Road{Line: line(0, 0, 100, 0)}, model.Road{Line: line(100.8, 0, 100.8, 100)}, model.Road{Line: line(101.6, 0, 200, 0)},
		model.Road{Line: line(100.8, 100, 200, 0)})
	quay := roads(
		model.Road{Line: line(0, 0, 100, 0)}, model.Road{Line: line(100, 0, 100, 100)},
		model.Road{Line: line(100, 0, 200, 0), Flags: model.Ferry})
	for name, c := range map[string]struct {
		roads  *model.RoadSet
		change func(*model.Params)
		closed []int32
		ok     bool
	}{
		"the middle of a chain":     {chain, nil, []int32{1}, false},
		"the end of a chain":        {chain, nil, []int32{0}, true},
		"a quay where nobody waits": {quay, nil, []int32{1}, true},
		"a quay":                    {quay, func(p *model.Params) { p.FerryWait = 60 }, []int32{1}, false},
		"by the rules of Pipos":     {quay, func(p *model.Params) { p.Rules = model.PiposRules }, []int32{1}, false},
		"all roads":                 {quay, nil, []int32{0, 1, 2}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, ok := NewClosing(build(t, c.roads, c.change)).Shut(c.closed); ok != c.ok {
				t.Errorf("got %v, want %v", ok, c.ok)
			}
		})
	}
}
