package access

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata/gotland"
	"nabar/model"
)

// groceries asks for both measures.
var groceries = []model.Query{
	{Service: "dagligvaror", Impedance: model.Distance}, {Service: "dagligvaror", Impedance: model.Time},
}

func TestAccelerateChangesNoAnswer(t *testing.T) {
	r := rand.New(rand.NewPCG(301, 302))
	for range 60 {
		s := randomKommun(r)
		s.Params.ConnectorSpeed = []float64{0, 5}[r.IntN(2)]
		sameAnswers(t, s)
	}
}

func TestAccelerateGotland(t *testing.T) {
	s := gotland.Snapshot(t)
	sameAnswers(t, s)
	s.Params.FerriesOff = true
	sameAnswers(t, s)
}

// sameAnswers compares all of the results before and after, with a new order and with a kept one.
func sameAnswers(t *testing.T, s *model.Snapshot) {
	t.Helper()
	plain, fast, again := prepare(t, s), prepare(t, s), prepare(t, s)
	keep, err := fast.Accelerate(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := again.Accelerate(t.Context(), keep); err != nil || !bytes.Equal(kept, keep) {
		t.Fatalf("a kept order became another: %v", err)
	}
	for _, q := range groceries {
		if _, err := plain.Analyse(t.Context(), q); err != nil {
			continue // nobody reached a shop
		}
		want := text(t, plain, q)
		if text(t, fast, q) != want || text(t, again, q) != want || text(t, fast, q) != want {
			t.Fatalf("%s: other figures after Accelerate", q.Impedance)
		}
	}
}

func TestAccelerateWithAnOrderThatDoesNotFit(t *testing.T) {
	s := randomKommun(rand.New(rand.NewPCG(311, 312)))
	other := prepare(t, randomKommun(rand.New(rand.NewPCG(313, 314))))
	foreign, err := other.Accelerate(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := prepare(t, s)
	want := text(t, p, groceries[0])
	for name, kept := range map[string][]byte{"of another network": foreign, "damaged": foreign[:40], "nonsense": []byte("nabar")} {
		keep, err := p.Accelerate(t.Context(), kept)
		if err != nil || bytes.Equal(keep, kept) || text(t, p, groceries[0]) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := prepare(t, s).Accelerate(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestCostsTooLargeForAHierarchy has a ring of roads around the Earth many times: distances are found all the same.
func TestCostsTooLargeForAHierarchy(t *testing.T) {
	var roads []model.Road
	for i := range 40 {
		a, b := float64(i), float64((i+1)%40)
		one := road(0, 100*a, a*(40-a), 100*b, b*(40-b))
		one.Length = 9_000_000
		roads = append(roads, one)
	}
	s := kommun(roads, []model.Cell{square(5, 0, 0)}, orb.Point{500, 5 * 35})
	sameAnswers(t, s)
	p := prepare(t, s)
	if _, err := p.Accelerate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if r, err := p.Analyse(t.Context(), groceries[0]); err != nil || r.Mean != 45_000_000 {
		t.Errorf("%v %+v", err, r)
	}
}

// TestAnalyseWhileAccelerating answers from several goroutines before, during and after.
func TestAnalyseWhileAccelerating(t *testing.T) {
	s := randomKommun(rand.New(rand.NewPCG(81, 82)))
	p := prepare(t, s)
	want := text(t, p, groceries[1])
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				p.outcomes.forget()
				if text(t, p, groceries[1]) != want {
					t.Error("the figures changed")
				}
			}
		})
	}
	for range 5 {
		if _, err := p.Accelerate(t.Context(), nil); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
}

// BenchmarkAnalyseAccelerated is BenchmarkAnalyse with the hierarchy.
func BenchmarkAnalyseAccelerated(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		if _, err := p.Accelerate(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			analyseAll(b, p)
		}
	})
}

// BenchmarkAccelerate makes the order, the hierarchy and both metrics.
func BenchmarkAccelerate(b *testing.B) {
	onBoth(b, func(b *testing.B, s *model.Snapshot) {
		p := prepare(b, s)
		for b.Loop() {
			if _, err := p.Accelerate(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
