package network

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// TestRoundedNodes joins what rounds to the same whole metres: halves go to the even metre, and near ends may be parted.
func TestRoundedNodes(t *testing.T) {
	points := []orb.Point{{700000.4, 6400000}, {700000.6, 6400000}, {700001.4, 6400000}, {700000.5, 6400000}, {700001.5, 6400000}, {700002, 6400000.2}}
	group, groups := roundedGroups(points)
	if !slices.Equal(group, []int32{0, 1, 1, 0, 2, 2}) || groups != 3 {
		t.Errorf("groups %v of %d", group, groups)
	}
}

// TestRoundedAndMeasuredNodes has two ends 0.2 m apart with a half metre between them, and two 0.6 m apart without: measured
// both pairs are one node, rounded the second alone.
func TestRoundedAndMeasuredNodes(t *testing.T) {
	set := roads(
		model.Road{Line: line(0, 0, 100.4, 0)}, model.Road{Line: line(100.6, 0, 200, 0)},
		model.Road{Line: line(200.45, 0.45, 300, 0)})
	measured := build(t, set, nil)
	rounded := build(t, set, func(p *model.Params) { p.Rules = model.RoundedNodes })
	if measured.Topology.Nodes != 4 || len(measured.Components) != 1 {
		t.Errorf("measured: %d nodes in %d parts", measured.Topology.Nodes, len(measured.Components))
	}
	if rounded.Topology.Nodes != 5 || len(rounded.Components) != 2 {
		t.Errorf("rounded: %d nodes in %d parts", rounded.Topology.Nodes, len(rounded.Components))
	}
}

// TestCountedPart takes the part with the most roads though another is longer, leaves a stopped ferry out, and makes a road
// that leads into the network from nowhere a part of its own once a road before it does.
func TestCountedPart(t *testing.T) {
	set := roads(
		model.Road{Line: line(0, 0, 9000, 0)},
		model.Road{Line: line(0, 1000, 100, 1000)}, model.Road{Line: line(100, 1000, 200, 1000)},
		model.Road{Line: line(0, 1000, 0, 0), Flags: model.Ferry, SpeedF: 20, SpeedB: 20})
	stopped := func(rules model.Rules) *Network {
		return build(t, set, func(p *model.Params) { p.Rules, p.FerriesOff = rules, true })
	}
	if n := stopped(0); len(n.Edges) != 4 || len(n.Components) != 1 || len(n.Closed) != 1 {
		t.Errorf("own rules: %d edges, parts %+v", len(n.Edges), n.Components)
	}
	n := stopped(model.CountedPart)
	if len(n.Edges) != 3 || len(n.LeftOut.Forbidden) != 1 || len(n.Components) != 2 || n.Edges[0].Component != 1 || n.Edges[1].Component != 0 {
		t.Errorf("counted: %d edges, parts %+v", len(n.Edges), n.Components)
	}
	set = roads( // each road is driven towards the next; read from the end, no road leads on to the one before the last
		model.Road{Line: line(0, 0, 100, 0)},
		model.Road{Line: line(-100, 0, 0, 0), Flags: model.ForbiddenBackward},
		model.Road{Line: line(-200, 0, -100, 0), Flags: model.ForbiddenBackward})
	n = build(t, set, func(p *model.Params) { p.Rules = model.CountedPart })
	if got := []int32{n.Edges[0].Component, n.Edges[1].Component, n.Edges[2].Component}; !slices.Equal(got, []int32{0, 0, 1}) {
		t.Errorf("parts of the one-way roads %v", got)
	}
}

// TestCountedPartsByHand follows the definition edge by edge on random networks, and wants every node counted once.
func TestCountedPartsByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for round := range 500 {
		var list []model.Road
		for range 1 + r.IntN(12) {
			a, b := r.IntN(8), r.IntN(8)
			flags := []model.RoadFlags{0, model.ForbiddenForward, model.ForbiddenBackward}[r.IntN(3)]
			list = append(list, model.Road{Line: line(float64(10*a), 0, float64(10*b), 1), Flags: flags, Length: 10})
		}
		for i := range list { // the two ends of a line are at the same place or at different ones
			list[i].Line[1][1] = 0
		}
		n := build(t, roads(list...), func(p *model.Params) { p.Rules = model.CountedPart })
		if got, want := n.spread(), byHand(n); !slices.Equal(got, want) {
			t.Fatalf("round %d: %v, by hand %v", round, got, want)
		}
		sum := 0
		for i, c := range n.Components {
			sum += c.Nodes
			if i > 0 && c.Edges > n.Components[i-1].Edges {
				t.Fatalf("round %d: parts out of order %+v", round, n.Components)
			}
		}
		if sum != n.Topology.Nodes {
			t.Fatalf("round %d: %d nodes in parts, %d in all", round, sum, n.Topology.Nodes)
		}
	}
}

// byHand gives each edge its part by going round and round until nothing changes.
func byHand(n *Network) []int32 {
	part := slices.Repeat([]int32{-1}, len(n.Edges))
	for found := int32(0); slices.Contains(part, -1); found++ {
		part[slices.Index(part, -1)] = found
		for changed := true; changed; {
			changed = false
			for i := range n.Edges {
				for k := range n.Edges {
					a, b := &n.Edges[i], &n.Edges[k]
					touches := func(node int32) bool { return b.From == node || b.To == node }
					if part[i] == found && part[k] < 0 && (a.Has(OpenForward) && touches(a.To) || a.Has(OpenBackward) && touches(a.From)) {
						part[k], changed = found, true
					}
				}
			}
		}
	}
	return part
}

// TestSetFerries has a ferry go at the setting's speed though the register knows another, and free connectors cost nothing
// by either impedance.
func TestSetFerries(t *testing.T) {
	set := roads(model.Road{Line: line(0, 0, 1000, 0), SpeedF: 50, SpeedB: 50},
		model.Road{Line: line(1000, 0, 2000, 0), Flags: model.Ferry, SpeedF: 20, SpeedB: 30})
	n := build(t, set, func(p *model.Params) { p.Rules, p.FerrySpeed, p.ConnectorSpeed = model.PiposRules, 10, 5 })
	if n.Edges[1].TimeF != 360_000 || n.Edges[1].TimeB != 360_000 || n.Edges[0].TimeF != 72_000 {
		t.Errorf("times %+v", n.Edges)
	}
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		if c := n.Metric(i).Connector(12345); c != 0 {
			t.Errorf("a connector costs %d by %s", c, i)
		}
	}
}
