package reach

import (
	"context"
	"math/rand/v2"
	"testing"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/roadgen"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// groceries are the network of Gotland with its grocery shops.
func groceries(t testing.TB) town {
	t.Helper()
	s := gotland.Snapshot(t)
	n, err := network.Build(context.Background(), s.Roads, s.Params)
	if err != nil {
		t.Fatal(err)
	}
	w := town{net: n}
	for i := range s.Facilities {
		if f := &s.Facilities[i]; f.Type == "dagligvaror" && f.OpenOn("") {
			if j, ok := n.Snap(f.At, s.Params.SnapLimit); ok {
				w.sources = append(w.sources, route.Source{Join: j, Place: int32(i)})
			}
		}
	}
	return w
}

// TestGotlandAreas looks at tens of thousands of points along the roads of a real kommun.
func TestGotlandAreas(t *testing.T) {
	w := groceries(t)
	r := rand.New(rand.NewPCG(15, 9))
	for name, c := range map[string]struct {
		request Request
		imp     model.Impedance
	}{
		"within 5 and 10 km of any":        {Request{Limits: []int64{500_000, 1_000_000}, Sharing: All}, model.Distance},
		"10 minutes, split at the nearest": {Request{Limits: []int64{600_000}, Sharing: Split}, model.Time},
	} {
		t.Run(name, func(t *testing.T) {
			out := w.request(t, c.request, c.imp)
			q := c.request
			in, not := checkPoints(t, name, w.net, q, out, r, 1)
			rings := 0
			for _, a := range out.Areas {
				checkValid(t, a.Shape)
				for _, p := range a.Shape {
					rings += len(p)
				}
			}
			crossed := 0.0
			for _, c := range out.Crossings {
				crossed += c.Length
			}
			t.Logf("%d points inside, %d outside; %d areas, %d rings; %d crossings, %.1f m", in, not, len(out.Areas), rings, len(out.Crossings), crossed)
			if in < 10_000 || not < 10_000 {
				t.Errorf("too few points: %d inside, %d outside", in, not)
			}
		})
	}
}

// onBoth runs a benchmark on an invented kommun and on Gotland, where that is at hand.
func onBoth(b *testing.B, run func(b *testing.B, w town)) {
	b.Run("kommun", func(b *testing.B) {
		n, err := network.Build(context.Background(), roadgen.Kommun(1), model.DefaultParams())
		if err != nil {
			b.Fatal(err)
		}
		w := town{net: n}
		r := rand.New(rand.NewPCG(15, 10))
		for i := range 30 {
			if j, ok := n.Snap(n.Points[r.IntN(len(n.Points))], 5000); ok {
				w.sources = append(w.sources, route.Source{Join: j, Place: int32(i)})
			}
		}
		b.ReportAllocs()
		run(b, w)
	})
	b.Run("gotland", func(b *testing.B) {
		w := groceries(b)
		b.ReportAllocs()
		run(b, w)
	})
}

// BenchmarkSearch finds all nodes within 15 minutes of one facility.
func BenchmarkSearch(b *testing.B) {
	onBoth(b, func(b *testing.B, w town) {
		s := route.NewAreaSearch(w.net, w.net.Metric(model.Time))
		for i := 0; b.Loop(); i++ {
			k := i % len(w.sources)
			if err := s.Run(context.Background(), w.sources[k:k+1], 900_000); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(s.Nodes())), "nodes")
	})
}

// BenchmarkParts finds the stretches within 15 minutes of one facility.
func BenchmarkParts(b *testing.B) {
	onBoth(b, func(b *testing.B, w town) {
		s := route.NewAreaSearch(w.net, w.net.Metric(model.Time))
		for i := 0; b.Loop(); i++ {
			k := i % len(w.sources)
			if _, err := Parts(context.Background(), s, w.sources[k:k+1], []int64{900_000}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAreas draws the areas within 15 minutes: of one facility, and of all split at the nearest.
func BenchmarkAreas(b *testing.B) {
	for _, sharing := range []Sharing{Each, Split} {
		b.Run(string(sharing), func(b *testing.B) {
			onBoth(b, func(b *testing.B, w town) {
				s := route.NewAreaSearch(w.net, w.net.Metric(model.Time))
				for i := 0; b.Loop(); i++ {
					sources := w.sources
					if sharing == Each {
						k := i % len(w.sources)
						sources = w.sources[k : k+1]
					}
					r := Request{Sources: sources, Limits: []int64{900_000}, Sharing: sharing, Buffer: DefaultBuffer}
					if _, err := Areas(context.Background(), s, r, func(float64) {}); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
