package network

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"nabar/model"
)

// buildFor makes a network for a way of travelling or fails.
func buildFor(t testing.TB, set *model.RoadSet, p *model.Profile) *Network {
	t.Helper()
	n, err := BuildFor(context.Background(), set, model.DefaultParams(), p)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// builtIn is one of the built-in profiles, changed.
func builtIn(id string, change func(*model.Profile)) *model.Profile {
	for _, p := range model.DefaultProfiles() {
		if p.ID == id {
			if change != nil {
				change(&p)
			}
			return &p
		}
	}
	return nil
}

func kmh(v float64) *float64 { return &v }

// TestProfileRules holds each rule to times and directions worked out by hand on a road of 100 m, which at 36 km/h takes
// 10 s.
func TestProfileRules(t *testing.T) {
	const both = OpenForward | OpenBackward
	oneWay := model.Road{SpeedF: 36, SpeedB: 36, Class: 4, Flags: model.ForbiddenBackward}
	plain := model.Road{SpeedF: 36, SpeedB: 36, Class: 4}
	ferry := model.Road{SpeedF: 20, SpeedB: 20, Class: 4, Flags: model.Ferry}
	still := model.Road{Class: 4, Flags: model.Ferry}
	for name, c := range map[string]struct {
		road    model.Road
		profile *model.Profile
		time    int32
		flags   EdgeFlags
	}{
		"car":                         {plain, builtIn(model.CarID, nil), 10000, both},
		"no profile":                  {plain, nil, 10000, both},
		"car keeps one-way":           {oneWay, builtIn(model.CarID, nil), 10000, OpenForward},
		"winter is 28.8 km/h":         {plain, builtIn(model.WinterID, nil), 12500, both},
		"winter ferries don't change": {ferry, builtIn(model.WinterID, nil), 18000, both | Ferry},
		"a class in winter, 18 km/h": {plain, builtIn(model.CarID, func(p *model.Profile) {
			p.Classes = []model.ClassFactor{{Class: 4, Factor: 0.5}, {Class: 5, Factor: 0.1}}
		}), 20000, both},
		"a cap of 18": {plain, builtIn(model.CarID, func(p *model.Profile) { p.Cap = 18 }), 20000, both},
		"a cap, then a factor: 9": {plain, builtIn(model.CarID, func(p *model.Profile) {
			p.Cap, p.Factor = 18, 0.5
		}), 40000, both},
		"a cap above":                     {plain, builtIn(model.CarID, func(p *model.Profile) { p.Cap = 90 }), 10000, both},
		"without a speed, 50 less a half": {model.Road{Class: 4}, builtIn(model.CarID, func(p *model.Profile) { p.Factor = 0.5 }), 14400, both},
		"bicycle at 15":                   {plain, builtIn(model.BicycleID, nil), 24000, both},
		"bicycle keeps one-way":           {oneWay, builtIn(model.BicycleID, nil), 24000, OpenForward},
		"bicycle against one-way":         {oneWay, builtIn(model.BicycleID, func(p *model.Profile) { p.OneWay = false }), 24000, both},
		"bicycle, no motorway": {
			model.Road{SpeedF: 110, SpeedB: 110, Flags: model.Motorway}, builtIn(model.BicycleID, nil), 24000, both | Motorway | Closed,
		},
		"walking at 5":               {plain, builtIn(model.WalkingID, nil), 72000, both},
		"walking ignores one-way":    {oneWay, builtIn(model.WalkingID, nil), 72000, both},
		"walking by ferry":           {ferry, builtIn(model.WalkingID, nil), 18000, both | Ferry},
		"ferries closed":             {ferry, builtIn(model.CarID, func(p *model.Profile) { p.Ferries = model.FerriesClosed }), 18000, both | Ferry | Closed},
		"an own ferry speed":         {still, builtIn(model.CarID, func(p *model.Profile) { p.FerrySpeed = kmh(36) }), 10000, both | Ferry},
		"a class that is barred":     {plain, builtIn(model.CarID, func(p *model.Profile) { p.Barred = []int8{3, 4} }), 10000, both | Closed},
		"another class is not":       {plain, builtIn(model.CarID, func(p *model.Profile) { p.Barred = []int8{3} }), 10000, both},
		"ferries are of no class":    {ferry, builtIn(model.CarID, func(p *model.Profile) { p.Barred = []int8{4} }), 18000, both | Ferry},
		"no road for cars, on foot":  {model.Road{Class: 4, Flags: model.ForbiddenForward | model.ForbiddenBackward}, builtIn(model.WalkingID, nil), 72000, both},
		"unknown class is never one": {model.Road{Class: -1, SpeedF: 36, SpeedB: 36}, builtIn(model.CarID, func(p *model.Profile) { p.Barred = []int8{0, 9} }), 10000, both},
	} {
		t.Run(name, func(t *testing.T) {
			other := model.Road{Line: line(0, 0, -100, 0), SpeedF: 50, SpeedB: 50, Class: 7}
			c.road.Line = line(0, 0, 100, 0)
			n := buildFor(t, roads(other, c.road), c.profile)
			e := n.Edges[len(n.Edges)-1]
			if e.TimeF != c.time || e.Flags != c.flags || e.Length != 10000 {
				t.Errorf("%d ms, flags %b, want %d ms, flags %b", e.TimeF, e.Flags, c.time, c.flags)
			}
		})
	}
}

// TestRoadsThatAreGone are there for nobody, on foot neither.
func TestRoadsThatAreGone(t *testing.T) {
	gone := model.Road{Line: line(0, 0, 100, 0), Flags: model.ForbiddenForward | model.ForbiddenBackward | model.Gone}
	n := buildFor(t, roads(model.Road{Line: line(0, 0, -100, 0)}, gone), builtIn(model.WalkingID, nil))
	if len(n.Edges) != 1 || len(n.LeftOut.Forbidden) != 1 {
		t.Errorf("%d edges", len(n.Edges))
	}
}

// TestBarredRoadsHoldTogether: a village behind a road that the profile bars stays in the largest component, on its own
// roads, and nobody joins the barred one.
func TestBarredRoadsHoldTogether(t *testing.T) {
	set := roads(
		model.Road{Line: line(0, 0, 1000, 0), Class: 5},
		model.Road{Line: line(1000, 0, 2000, 0), Class: 8},
		model.Road{Line: line(2000, 0, 2300, 0), Class: 5})
	n := buildFor(t, set, builtIn(model.CarID, func(p *model.Profile) { p.Barred = []int8{8} }))
	if len(n.Components) != 1 || len(n.Closed) != 1 {
		t.Fatalf("%d components, %d closed", len(n.Components), len(n.Closed))
	}
	for _, c := range []struct {
		e    float64
		edge int32
	}{{900, 0}, {1400, 0}, {1600, 2}, {2200, 2}} {
		j, ok := n.Snap(line(c.e, 10)[0], 5000)
		if !ok || j.Edge != c.edge {
			t.Errorf("E %v joins edge %d, want %d", c.e, j.Edge, c.edge)
		}
	}
	if arcs := len(n.Topology.Out.Arc); arcs != 4 {
		t.Errorf("%d arcs, want those of two roads both ways", arcs)
	}
}

// TestProfileSharesTheOrder: where the same roads are edges, the nodes are the same too, so that a kept search order fits.
func TestProfileSharesTheOrder(t *testing.T) {
	set := city(12)
	car := buildFor(t, set, nil)
	for _, p := range model.DefaultProfiles() {
		n := buildFor(t, set, &p)
		if !reflect.DeepEqual(n.Points, car.Points) || n.Roads != car.Roads {
			t.Errorf("%s: other nodes", p.ID)
		}
		for i := range n.Edges {
			if n.Edges[i].From != car.Edges[i].From || n.Edges[i].To != car.Edges[i].To {
				t.Fatalf("%s: edge %d runs elsewhere", p.ID, i)
			}
		}
	}
}

// TestCarProfileIsTheCar: a profile that equals the car gives the very same network, and a slower one never a quicker edge.
func TestCarProfileIsTheCar(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		set := &model.RoadSet{LayerName: "vägar"}
		for i := range 12 {
			set.Add(model.Road{
				FID: int64(i + 1), Line: line(r.Float64()*900, r.Float64()*900, r.Float64()*900, r.Float64()*900),
				SpeedF: uint8(r.IntN(120)), SpeedB: uint8(r.IntN(120)), Class: int8(r.IntN(11) - 1), Flags: model.RoadFlags(r.IntN(16)),
			})
		}
		car, err := Build(context.Background(), set, model.DefaultParams())
		if err != nil {
			continue // no road that can be used
		}
		same := buildFor(t, set, builtIn(model.CarID, func(p *model.Profile) { p.ID, p.Name = "min", "Min bil" }))
		same.Profile = nil
		if !reflect.DeepEqual(car, same) {
			t.Fatal("the car's profile makes another network than no profile")
		}
		slow := buildFor(t, set, builtIn(model.CarID, func(p *model.Profile) {
			p.Factor, p.Cap = 0.3+0.7*r.Float64(), 20+60*r.Float64()
			p.Classes = []model.ClassFactor{{Class: int8(r.IntN(10)), Factor: 0.2 + 0.8*r.Float64()}}
		}))
		for i := range car.Edges {
			a, b := car.Edges[i], slow.Edges[i]
			if b.TimeF < a.TimeF || b.TimeB < a.TimeB || a.Length != b.Length {
				t.Fatalf("edge %d: %+v slower than %+v", i, a, b)
			}
		}
	}
}
