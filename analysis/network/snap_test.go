package network

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// snapBrute measures to every segment of every road that may be joined.
func snapBrute(n *Network, p orb.Point, limit float64) (Join, bool) {
	best, found := Join{}, false
	bestD := math.Inf(1)
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Component != 0 || e.Has(Ferry) || e.Has(Motorway) {
			continue
		}
		xy := n.Roads.Vertices(int(e.Road))
		before := 0.0
		for s := 0; s+3 < len(xy); s += 2 {
			a, b := orb.Point{xy[s], xy[s+1]}, orb.Point{xy[s+2], xy[s+3]}
			at, share := closest(p, a, b)
			d := math.Hypot(at[0]-p[0], at[1]-p[1])
			length := math.Hypot(b[0]-a[0], b[1]-a[1])
			if d < bestD-1e-9 {
				bestD, found = d, true
				position := 0.0
				if e.Drawn > 0 {
					position = (before + share*length) / e.Drawn
				}
				best = Join{int32(i), int32(math.Round(position * float64(e.Length))), int32(math.Round(d * 100)), at}
			}
			before += length
		}
	}
	return best, found && math.Round(bestD*100) <= limit*100
}

func TestSnapAgreesWithEverySegment(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	set := city(9)
	for i := range set.Len() {
		if r.IntN(8) == 0 {
			set.Flags[i] |= model.Ferry
		}
		set.Length[i] = 50 + 100*r.Float64()
	}
	set.Add(model.Road{FID: 9999, Line: line(0, 0, 10, 10)})              // a stray far away, not joined to
	set.Add(model.Road{FID: 9998, Line: line(500000, 6500000, 1e6, 7e6)}) // a very long one
	n := build(t, set, nil)
	for range 4000 {
		p := orb.Point{499800 + 1400*r.Float64(), 6499800 + 1400*r.Float64()}
		limit := []float64{5000, 100, 3}[r.IntN(3)]
		got, ok := n.Snap(p, limit)
		want, wantOK := snapBrute(n, p, limit)
		if ok != wantOK || ok && (got.Edge != want.Edge || got.Position != want.Position || got.Connector != want.Connector) {
			t.Fatalf("%v within %v: got %+v %v, want %+v %v", p, limit, got, ok, want, wantOK)
		}
	}
}

func TestSnapRules(t *testing.T) {
	set := roads(
		model.Road{Line: line(0, 0, 1000, 0), Length: 2000},
		model.Road{Line: line(0, 100, 1000, 100), Flags: model.Ferry},
		model.Road{Line: line(0, 100, 1000, 110), Flags: model.Motorway},
		model.Road{Line: line(0, 0, 0, 100)},
		model.Road{Line: line(1000, 0, 1000, 300)},
		model.Road{Line: line(400, 60, 600, 60)}, // loose
		model.Road{Line: line(0, 0, 0, -400)},
		model.Road{Line: line(200, 0, 200, -400, 0, -400)},
	)
	n := build(t, set, nil)
	for name, c := range map[string]struct {
		p                         orb.Point
		limit                     float64
		ok                        bool
		edge, position, connector int32
	}{
		"share of the drawn length":     {orb.Point{250, 10}, 5000, true, 0, 50000, 1000},
		"no ferry, motorway or island":  {orb.Point{500, 70}, 5000, true, 0, 100000, 7000},
		"beyond an end":                 {orb.Point{1000, 340}, 5000, true, 4, 30000, 4000},
		"exactly the limit":             {orb.Point{500, 30}, 30, true, 0, 100000, 3000},
		"over the limit":                {orb.Point{500, 30.02}, 30, false, 0, 0, 0},
		"limit zero on the road":        {orb.Point{500, 0}, 0, true, 0, 100000, 0},
		"equally near: lower id":        {orb.Point{100, -200}, 5000, true, 6, 20000, 10000},
		"a common end: lower id":        {orb.Point{-30, 0}, 5000, true, 3, 0, 3000},
		"no position":                   {orb.Point{math.NaN(), 0}, 5000, false, 0, 0, 0},
		"endless":                       {orb.Point{math.Inf(1), 0}, 5000, false, 0, 0, 0},
		"far away within a great limit": {orb.Point{500, -3e6}, 1e12, true, 6, 40000, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := n.Snap(c.p, c.limit)
			if name == "a common end: lower id" {
				c.edge = 0 // of the three roads that end there
			}
			if name == "far away within a great limit" {
				if !ok || got.Connector < 299_000_000 {
					t.Errorf("got %+v %v", got, ok)
				}
				return
			}
			if ok != c.ok || ok && (got.Edge != c.edge || got.Position != c.position || got.Connector != c.connector) {
				t.Errorf("got %+v %v, want %+v", got, ok, c)
			}
		})
	}
}

func TestSnapWithoutRoadsToJoin(t *testing.T) {
	n := build(t, roads(model.Road{Line: line(0, 0, 100, 0), Flags: model.Ferry}), nil)
	if j, ok := n.Snap(orb.Point{50, 0}, 5000); ok {
		t.Errorf("joined a ferry: %+v", j)
	}
}

func TestFerryWaitIsCountedAtBoarding(t *testing.T) {
	// road 0–1, a ferry in two pieces 1–2–3, road 3–4
	n := build(t, roads(
		model.Road{Line: line(0, 0, 100, 0)},
		model.Road{Line: line(100, 0, 200, 0), Flags: model.Ferry, SpeedF: 36, SpeedB: 36},
		model.Road{Line: line(200, 0, 300, 0), Flags: model.Ferry, SpeedF: 36, SpeedB: 36},
		model.Road{Line: line(300, 0, 400, 0)},
	), func(p *model.Params) { p.FerryWait = 600 })
	m := n.Metric(model.Time)
	got := map[int32]int32{}
	for a, arc := range n.Topology.Out.Arc {
		got[arc] = m.Out[a]
	}
	want := map[int32]int32{
		0: 7200, 1: 7200, 6: 7200, 7: 7200, // 100 m at 50 km/h
		2: 610_000, 4: 10_000, // eastwards one boards at 100
		5: 610_000, 3: 10_000, // westwards at 300
	}
	for arc, cost := range want {
		if got[arc] != cost {
			t.Errorf("arc %d costs %d ms, want %d", arc, got[arc], cost)
		}
	}
	if d := n.Metric(model.Distance); d.Out[0] != 10000 {
		t.Errorf("waiting has got into distance: %v", d.Out)
	}
}

func TestMetricLimitIsInclusive(t *testing.T) {
	n := build(t, roads(model.Road{Line: line(0, 0, 100, 0)}), nil)
	for _, c := range []struct {
		impedance model.Impedance
		value     float64
		want      int64
	}{
		{model.Distance, 10000, 1_000_000},
		{model.Distance, 0.29, 29},
		{model.Distance, 1.149, 114},
		{model.Time, 300, 300_000},
		{model.Time, 0.0015, 1},
		{model.Time, math.Inf(1), math.MaxInt64 / 2},
	} {
		if got := n.Metric(c.impedance).Limit(c.value); got != c.want {
			t.Errorf("%s %v: %d, want %d", c.impedance, c.value, got, c.want)
		}
	}
}

func TestMetricPartsAddUp(t *testing.T) {
	n := build(t, roads(model.Road{Line: line(0, 0, 333.33, 0), SpeedF: 70, SpeedB: 30}), func(p *model.Params) { p.ConnectorSpeed = 5 })
	m := n.Metric(model.Time)
	if got, want := m.Whole(0, false), int64(math.Round(33333*36/70.0)); got != want {
		t.Errorf("whole %d ms, want %d", got, want)
	}
	for position := int32(0); position <= 33333; position += 101 {
		f, b := m.FromStart(0, position), m.FromEnd(0, position)
		wantF, wantB := float64(position)*36/70, float64(33333-position)*36/30
		if math.Abs(float64(f)-wantF) > 1 || math.Abs(float64(b)-wantB) > 1 {
			t.Fatalf("at %d cm: %d and %d ms, want %.1f and %.1f", position, f, b, wantF, wantB)
		}
	}
	if got := m.Connector(1000); got != 7200 { // 10 m at 5 km/h
		t.Errorf("connector %d ms, want 7200", got)
	}
}

func BenchmarkBuild(b *testing.B) {
	onBoth(b, func(b *testing.B, set *model.RoadSet) {
		for b.Loop() {
			build(b, set, nil)
		}
	})
}

func BenchmarkSnap(b *testing.B) {
	onBoth(b, func(b *testing.B, set *model.RoadSet) {
		n := build(b, set, nil)
		r := rand.New(rand.NewPCG(5, 6))
		for b.Loop() {
			at := n.Points[r.IntN(len(n.Points))]
			n.Snap(orb.Point{at[0] + 400*r.Float64() - 200, at[1] + 400*r.Float64() - 200}, 5000)
		}
	})
}

// onBoth runs a benchmark on a made city, and on Gotland where it is at hand.
func onBoth(b *testing.B, run func(*testing.B, *model.RoadSet)) {
	b.Run("city", func(b *testing.B) {
		b.ReportAllocs()
		run(b, city(120))
	})
	b.Run("gotland", func(b *testing.B) {
		b.ReportAllocs()
		run(b, gotland.Snapshot(b).Roads)
	})
}
