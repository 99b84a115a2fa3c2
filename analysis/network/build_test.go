package network

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestBuildJoinsEndPoints(t *testing.T) {
	for name, c := range map[string]struct {
		second model.Road
		radius float64
		nodes  int
	}{
		"meet exactly":           {model.Road{Line: line(100, 0, 200, 0)}, 1, 3},
		"meet within the radius": {model.Road{Line: line(100.6, 0.6, 200, 0)}, 1, 3},
		"exactly the radius":     {model.Road{Line: line(101, 0, 200, 0)}, 1, 4},
		"too far":                {model.Road{Line: line(101.1, 0, 200, 0)}, 1, 4},
		"radius zero":            {model.Road{Line: line(100.01, 0, 200, 0)}, 0, 4},
		"larger radius":          {model.Road{Line: line(104, 0, 200, 0)}, 5, 3},
		"crossing is no node":    {model.Road{Line: line(50, -50, 50, 50)}, 1, 4},
		"loop":                   {model.Road{Line: line(100, 0, 150, 50, 100, 0)}, 1, 2},
		"shorter than radius":    {model.Road{Line: line(100, 0, 100.5, 0)}, 1, 2},
		"exactly a metre long":   {model.Road{Line: line(100, 0, 101, 0)}, 1, 3},
		"parallel":               {model.Road{Line: line(0, 0, 50, 40, 100, 0)}, 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			n := build(t, roads(model.Road{Line: line(0, 0, 100, 0)}, c.second), func(p *model.Params) { p.JoinRadius = c.radius })
			if n.Topology.Nodes != c.nodes {
				t.Errorf("%d nodes, want %d", n.Topology.Nodes, c.nodes)
			}
		})
	}
}

func TestBuildEdges(t *testing.T) {
	for name, c := range map[string]struct {
		road                 model.Road
		length, timeF, timeB int32
		flags                EdgeFlags
	}{
		// 100 m at 36 km/h takes 10 s
		"drawn length":        {model.Road{SpeedF: 36, SpeedB: 72}, 10000, 10000, 5000, OpenForward | OpenBackward},
		"register's length":   {model.Road{SpeedF: 36, SpeedB: 72, Length: 200}, 20000, 20000, 10000, OpenForward | OpenBackward},
		"no speed":            {model.Road{SpeedF: 36}, 10000, 10000, 7200, OpenForward | OpenBackward}, // 50 km/h by default
		"ferry without speed": {model.Road{Flags: model.Ferry}, 10000, 36000, 36000, OpenForward | OpenBackward | Ferry},
		"ferry with speed":    {model.Road{Flags: model.Ferry, SpeedF: 20, SpeedB: 20}, 10000, 18000, 18000, OpenForward | OpenBackward | Ferry},
		"one-way":             {model.Road{SpeedF: 36, SpeedB: 36, Flags: model.ForbiddenBackward}, 10000, 10000, 10000, OpenForward},
		"one-way back":        {model.Road{SpeedF: 36, SpeedB: 36, Flags: model.ForbiddenForward | model.Motorway}, 10000, 10000, 10000, OpenBackward | Motorway},
		"negative length":     {model.Road{SpeedF: 36, SpeedB: 36, Length: -5}, 10000, 10000, 10000, OpenForward | OpenBackward},
		"length of no number": {model.Road{SpeedF: 36, SpeedB: 36, Length: math.NaN()}, 10000, 10000, 10000, OpenForward | OpenBackward},
		"infinite length":     {model.Road{SpeedF: 36, SpeedB: 36, Length: math.Inf(1)}, 10000, 10000, 10000, OpenForward | OpenBackward},
	} {
		t.Run(name, func(t *testing.T) {
			c.road.Line = line(0, 0, 60, 80)
			e := build(t, roads(c.road), nil).Edges[0]
			if e.Length != c.length || e.TimeF != c.timeF || e.TimeB != c.timeB || e.Flags != c.flags || e.Drawn != 100 {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func TestBuildLeavesOut(t *testing.T) {
	set := roads(
		model.Road{Line: line(0, 0, 100, 0)},
		model.Road{Line: line(0, 0, 0, 100), Flags: model.ForbiddenForward | model.ForbiddenBackward},
		model.Road{Line: line(5, 5)},
		model.Road{},
		model.Road{Line: line(0, 0, math.NaN(), 1)},
		model.Road{Line: line(0, 0, 1e12, 1)},
		model.Road{Line: line(100, 0, 900, 0), Flags: model.Ferry},
		model.Road{Line: line(100, 0, 100, 0)}, // no length, but a road all the same
	)
	n := build(t, set, func(p *model.Params) { p.FerriesOff = true })
	want := LeftOut{Forbidden: []int32{1}, Broken: []int32{2, 3, 4, 5}}
	if !reflect.DeepEqual(n.LeftOut, want) {
		t.Errorf("left out %+v, want %+v", n.LeftOut, want)
	}
	if len(n.Edges) != 3 || n.Edges[2].Road != 7 || n.Edges[2].Length != 0 {
		t.Errorf("edges %+v", n.Edges)
	}
	if !reflect.DeepEqual(n.Closed, []int32{6}) || !n.Edges[1].Has(Closed|Ferry) || len(n.Topology.Out.Arc) != 4 {
		t.Errorf("the closed ferry: %v, %+v, %d arcs", n.Closed, n.Edges[1], len(n.Topology.Out.Arc))
	}
}

func TestBuildRefuses(t *testing.T) {
	one := roads(model.Road{Line: line(0, 0, 100, 0)})
	for name, c := range map[string]struct {
		set    *model.RoadSet
		change func(*model.Params)
		key    string
	}{
		"no roads":       {nil, nil, "analysis.no_roads"},
		"empty":          {&model.RoadSet{}, nil, "analysis.no_roads"},
		"all closed":     {roads(model.Road{Line: line(0, 0, 1, 1), Flags: 3}), nil, "analysis.no_usable_roads"},
		"closed ferry":   {roads(model.Road{Line: line(0, 0, 1, 1), Flags: model.Ferry}), func(p *model.Params) { p.FerriesOff = true }, "analysis.no_usable_roads"},
		"speed 0":        {one, func(p *model.Params) { p.DefaultSpeed = 0 }, "analysis.bad_speed"},
		"ferry speed":    {one, func(p *model.Params) { p.FerrySpeed = math.NaN() }, "analysis.bad_speed"},
		"negative limit": {one, func(p *model.Params) { p.SnapLimit = -1 }, "analysis.bad_parameter"},
		"endless wait":   {one, func(p *model.Params) { p.FerryWait = math.Inf(1) }, "analysis.bad_parameter"},
	} {
		t.Run(name, func(t *testing.T) {
			p := model.DefaultParams()
			if c.change != nil {
				c.change(&p)
			}
			_, err := Build(context.Background(), c.set, p)
			if !errors.Is(err, &i18n.Problem{Message: i18n.M(c.key)}) {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Build(ctx, one, model.DefaultParams()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestComponents(t *testing.T) {
	set := roads(
		model.Road{Line: line(5000, 0, 5100, 0)},                                          // an island of 100 m
		model.Road{Line: line(0, 0, 100, 0), Flags: model.ForbiddenBackward},              // one-way, and yet it connects
		model.Road{Line: line(100, 0, 200, 0)},                                            // with this
		model.Road{Line: line(200, 0, 4000, 0), Flags: 3},                                 // closed: connects nothing
		model.Road{Line: line(4000, 0, 4000, 50)},                                         // 50 m
		model.Road{Line: line(100, 0, 9000, 0), Flags: model.Ferry, Length: 10},           // a ferry connects
		model.Road{Line: line(9000, 0, 9000, 10), Flags: model.Motorway, Length: 0.5 * 8}, // and so does a motorway
	)
	n := build(t, set, nil)
	var got []string
	for _, c := range n.Components {
		got = append(got, fmt.Sprint(c.Nodes, c.Edges, c.Length))
	}
	if want := []string{"5 4 21400", "2 1 10000", "2 1 5000"}; !reflect.DeepEqual(got, want) {
		t.Errorf("components %v, want %v", got, want)
	}
	if n.Length() != 36400 || n.Edges[0].Component != 1 || n.Edges[1].Component != 0 {
		t.Errorf("length %d, edges %+v", n.Length(), n.Edges)
	}
	off := build(t, set, func(p *model.Params) { p.FerriesOff = true })
	if !reflect.DeepEqual(off.Components, n.Components) || off.Length() != n.Length() {
		t.Errorf("without ferries the components are %v, want %v", off.Components, n.Components)
	}
}

// TestTopologyHoldsEveryOpenDirectionOnce lists the arcs out of the edges and compares.
func TestTopologyHoldsEveryOpenDirectionOnce(t *testing.T) {
	n := build(t, city(12), nil)
	want := map[[3]int32]int{}
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Has(OpenForward) {
			want[[3]int32{e.From, e.To, int32(i) << 1}]++
		}
		if e.Has(OpenBackward) {
			want[[3]int32{e.To, e.From, int32(i)<<1 | 1}]++
		}
	}
	for name, half := range map[string]struct {
		star Star
		turn bool
	}{"out": {n.Topology.Out, false}, "in": {n.Topology.In, true}} {
		got := map[[3]int32]int{}
		for v := range int32(n.Topology.Nodes) {
			for a := half.star.First[v]; a < half.star.First[v+1]; a++ {
				from, to := v, half.star.Node[a]
				if half.turn {
					from, to = to, from
				}
				got[[3]int32{from, to, half.star.Arc[a]}]++
				if a > half.star.First[v] && half.star.Node[a-1] > half.star.Node[a] {
					t.Fatalf("%s: arcs of node %d are not sorted", name, v)
				}
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d arcs, want %d", name, len(got), len(want))
		}
	}
}

func TestStronglyConnectedAgreesWithReachability(t *testing.T) {
	set := roads(
		model.Road{Line: line(0, 0, 100, 0)},
		model.Road{Line: line(100, 0, 200, 0)},
		model.Road{Line: line(200, 0, 200, 100), Flags: model.ForbiddenBackward}, // only in
		model.Road{Line: line(0, 0, 0, 100), Flags: model.ForbiddenForward},      // only out
		model.Road{Line: line(0, 0, 50, 50, 100, 0), Flags: model.ForbiddenBackward},
	)
	set.Add(model.Road{Line: line(0, 0, -900, 0), Flags: model.Ferry})
	n := build(t, set, func(p *model.Params) { p.FerriesOff = true })
	strong := n.StronglyConnected()
	got := map[[2]float64]bool{}
	for v, p := range n.Points {
		got[p] = strong[v]
	}
	want := map[[2]float64]bool{{0, 0}: true, {100, 0}: true, {200, 0}: true, {200, 100}: false, {0, 100}: false, {-900, 0}: true}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func ExampleBuild() {
	set := &model.RoadSet{}
	set.Add(model.Road{FID: 1, Line: line(0, 0, 300, 400), SpeedF: 50, SpeedB: 50})
	set.Add(model.Road{FID: 2, Line: line(300, 400, 300, 900), Length: 512.5, SpeedF: 70, SpeedB: 70})
	n, err := Build(context.Background(), set, model.DefaultParams())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n.Topology.Nodes, "nodes,", n.Length(), "cm")
	join, ok := n.Snap([2]float64{310, 650}, 5000)
	fmt.Println(ok, "edge", join.Edge, "at", join.Position, "cm, connector", join.Connector, "cm")
	// Output:
	// 3 nodes, 101250 cm
	// true edge 1 at 25625 cm, connector 1000 cm
}
