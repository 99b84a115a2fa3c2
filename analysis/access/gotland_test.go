package access

import (
	"context"
	"math"
	"testing"

	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// TestGotland compares with figures computed independently for a real kommun. Means must agree within a metre, and
// bands exactly but for squares that lie less than a metre from a limit.
func TestGotland(t *testing.T) {
	s := gotland.Snapshot(t)
	r := analyse(t, s, model.Distance)
	if r.People != 60857 || r.Reached != 60857 || r.Unreached != 0 || r.Facilities != 28 {
		t.Errorf("%d people, %d reached, %d facilities", r.People, r.Reached, r.Facilities)
	}
	for name, c := range map[string][2]float64{
		"mean": {r.Mean, 3893.8}, "second": {r.SecondMean, 7192.0}, "max": {r.Max, 21915},
	} {
		if math.Abs(c[0]-c[1]) > 1 {
			t.Errorf("%s %.1f m, want %.1f m", name, c[0], c[1])
		}
	}
	for _, want := range []model.Band{{To: 1000, People: 18124}, {To: 5000, People: 41773}, {To: 10000, People: 53553}} {
		edge := 0 // people less than a metre from the limit
		for _, c := range r.Cells {
			if math.Abs(c.Cost-want.To) < 1 {
				edge += c.People
			}
		}
		for _, b := range r.Bands {
			if b.To == want.To && abs(b.People-want.People) > edge {
				t.Errorf("within %v m %d people, want %d ± %d", b.To, b.People, want.People, edge)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// TestGotlandNetwork knows the register: 6 185 km in two parts. By rounding end points to whole metres instead of
// measuring between them one gets 25 065 nodes.
func TestGotlandNetwork(t *testing.T) {
	r := prepare(t, gotland.Snapshot(t)).Check()
	if r.Edges != 28493 || r.Components != 2 || math.Round(r.LengthM/1000) != 6185 || abs(r.Nodes-25065) > 50 {
		t.Errorf("%d nodes, %d edges, %d components, %.0f m", r.Nodes, r.Edges, r.Components, r.LengthM)
	}
	if r.LargestShare < 0.999 || r.LargestShare >= 1 || r.Snap.UnjoinedCells != 0 || r.Snap.DemandMaxM > 700 {
		t.Errorf("largest part %v, joins %+v", r.LargestShare, r.Snap)
	}
	if len(findings(r, "loose")) != 1 || len(findings(r, "ferry_speed")) != 1 {
		t.Errorf("findings %v", r.Findings)
	}
}

// TestGotlandFerry closes the ferry to Fårö. The island keeps its shop and its people, who all have it nearest and
// have no second place to drive to; on the main island only those change whose second nearest was the shop on Fårö.
func TestGotlandFerry(t *testing.T) {
	s := gotland.Snapshot(t)
	open := analyse(t, s, model.Time)
	s.Params.FerriesOff = true
	r := analyse(t, s, model.Time)
	if r.People != 60857 || r.Reached != 60857 || r.Unreached != 0 {
		t.Errorf("%d people, %d reached, %d unreached", r.People, r.Reached, r.Unreached)
	}
	island := map[string]int{} // people by the nearest shop, where there is no second
	for i, c := range r.Cells {
		switch {
		case math.IsNaN(c.SecondCost):
			island[c.Nearest] += c.People
		case c.Nearest != open.Cells[i].Nearest || c.Cost != open.Cells[i].Cost:
			t.Errorf("square %s: %+v, was %+v", c.Cell, c, open.Cells[i])
		}
	}
	if len(island) != 1 {
		t.Errorf("people by the shop of the island: %v", island)
	}
	for _, place := range r.Places {
		if people, far := island[place.ID]; !place.Joined || far && (people != place.PeopleNearest || people < 300 || people > 700) {
			t.Errorf("place %+v, %d people on the island", place, people)
		}
	}
	report := prepare(t, s).Check()
	if report.Components != 2 || len(findings(report, "ferries_off")) != 1 || len(findings(report, "trap")) != 0 {
		t.Errorf("%d components, %v", report.Components, report.Findings)
	}
}

// onBoth runs a benchmark on a made city and on Gotland, where that is at hand.
func onBoth(b *testing.B, run func(b *testing.B, s *model.Snapshot)) {
	b.Run("city", func(b *testing.B) {
		b.ReportAllocs()
		run(b, benchCity())
	})
	b.Run("gotland", func(b *testing.B) {
		b.ReportAllocs()
		run(b, gotland.Snapshot(b))
	})
}

func BenchmarkPrepare(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		for b.Loop() {
			prepare(b, s)
		}
	})
}

// BenchmarkAnalyse answers all service types that have facilities, by distance.
func BenchmarkAnalyse(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		for b.Loop() {
			analyseAll(b, p)
		}
	})
}

// analyseAll answers all service types that have facilities, from the search on.
func analyseAll(b *testing.B, p *Prepared) {
	b.Helper()
	p.outcomes.forget()
	for _, kind := range p.snapshot.Types {
		if len(p.open(kind.ID)) == 0 {
			continue
		}
		if _, err := p.Analyse(context.Background(), model.Query{Service: kind.ID, Impedance: model.Distance}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestGotlandByPiposRules knows what rounding alone gives, computed independently: 25 065 nodes, and by all rules ways that
// are shorter by what the connectors cost.
func TestGotlandByPiposRules(t *testing.T) {
	s := gotland.Snapshot(t)
	own := analyse(t, s, model.Distance)
	s.Params.Rules = model.RoundedNodes
	p := prepare(t, s)
	if n := p.Network().Topology.Nodes; n != 25065 {
		t.Errorf("%d nodes, want 25065", n)
	}
	r := analyse(t, s, model.Distance)
	for name, c := range map[string][2]float64{"mean": {r.Mean, 3893.81}, "second": {r.SecondMean, 7192.05}, "max": {r.Max, 21914.92}} {
		if math.Abs(c[0]-c[1]) > 0.006 {
			t.Errorf("rounded: %s %.3f m, want %.2f m", name, c[0], c[1])
		}
	}
	s.Params.Rules = model.PiposRules
	all := analyse(t, s, model.Distance)
	if all.Reached != own.Reached || !(all.Mean < own.Mean-100) || all.Params.Rules != model.PiposRules {
		t.Errorf("by all rules: mean %.1f m of %d people, own %.1f m", all.Mean, all.Reached, own.Mean)
	}
	for i, c := range all.Cells {
		if c.Cost > own.Cells[i].Cost+100 {
			t.Errorf("square %s is %.1f m from service, by own rules %.1f m", c.Cell, c.Cost, own.Cells[i].Cost)
		}
	}
}
