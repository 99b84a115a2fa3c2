package route

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"nabar/analysis/network"
	"nabar/internal/roadgen"
	"nabar/model"
)

// sweden names the environment variable that asks for the benchmarks that take minutes and gigabytes.
const sweden = "NABAR_BENCH_SWEDEN"

// graphs are built once for all benchmarks.
var graphs = map[string]*bench{}

// bench is a network with ten service types.
type bench struct {
	net   *network.Network
	order *Order
	laid  *Weights
	types [][]Source
}

// kommunBench has ten types of 5 to 500 facilities on 74 000 nodes.
func kommunBench(t testing.TB) *bench {
	return newBench(t, "kommun", func() *model.RoadSet { return roadgen.Kommun(1) }, 500)
}

// swedenBench has ten types of 5 to 5 000 facilities on 2.46 million nodes.
func swedenBench(t testing.TB) *bench {
	if os.Getenv(sweden) == "" {
		t.Skipf("set %s=1 to run this one: it takes minutes and 4 GB", sweden)
	}
	return newBench(t, "sweden", func() *model.RoadSet { return roadgen.Sweden(1) }, 5000)
}

func newBench(t testing.TB, name string, roads func() *model.RoadSet, most int) *bench {
	t.Helper()
	if b := graphs[name]; b != nil {
		return b
	}
	b := &bench{net: built(t, roads(), nil)}
	var err error
	if b.order, err = NewOrder(context.Background(), b.net); err != nil {
		t.Fatal(err)
	}
	b.laid = weights(t, b.net, b.order)[model.Time]
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 10 {
		count := 5 + i*(most-5)/9
		b.types = append(b.types, atNodes(b.net, r, count))
	}
	graphs[name] = b
	return b
}

// atNodes puts facilities at random nodes, each a place of its own, so that other programs can be given the same.
func atNodes(n *network.Network, r *rand.Rand, count int) []Source {
	var out []Source
	for i := range count {
		e := int32(r.IntN(len(n.Edges)))
		out = append(out, Source{Join: network.Join{Edge: e}, Place: int32(i)})
	}
	return out
}

// run is one benchmark: a name and what to measure.
type benchStep struct {
	name string
	step func(b *testing.B, x *bench)
}

// steps are measured on both graphs. Preparing is not part of the sweeps and searches.
func steps() []benchStep {
	ctx := context.Background()
	out := []benchStep{
		{"Order", func(b *testing.B, x *bench) {
			for b.Loop() {
				if _, err := NewOrder(ctx, x.net); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"Hierarchy", func(b *testing.B, x *bench) {
			for b.Loop() {
				if _, err := NewHierarchy(ctx, x.net, x.order); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"Customise", func(b *testing.B, x *bench) {
			for b.Loop() {
				if _, err := x.laid.hierarchy.Customise(ctx, x.net.Metric(model.Time)); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"Search", func(b *testing.B, x *bench) {
			search := NewSearch(x.net, x.net.Metric(model.Time))
			for b.Loop() {
				for _, sources := range x.types {
					if _, err := search.Run(ctx, sources, MaxCost); err != nil {
						b.Fatal(err)
					}
				}
			}
		}},
	}
	for _, workers := range []int{1, 2} {
		out = append(out, sweepStep(fmt.Sprintf("Nearest/%d", workers), workers, (*Sweep).Nearest),
			sweepStep(fmt.Sprintf("Pairs/%d", workers), workers, (*Sweep).Pairs))
	}
	return out
}

// sweepStep measures one kind of sweep over all ten types.
func sweepStep(name string, workers int, run func(*Sweep, context.Context, [][]Source, int64, *Labels) ([]*Field, error)) benchStep {
	return benchStep{name, func(b *testing.B, x *bench) {
		sweep, labels := NewSweep(x.laid, workers), new(Labels)
		for b.Loop() {
			if _, err := run(sweep, context.Background(), x.types, MaxCost, labels); err != nil {
				b.Fatal(err)
			}
		}
	}}
}

// benchmarkAll runs all steps on one graph.
func benchmarkAll(b *testing.B, x *bench) {
	for _, s := range steps() {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			s.step(b, x)
		})
	}
}

func BenchmarkKommun(b *testing.B) { benchmarkAll(b, kommunBench(b)) }

func BenchmarkSweden(b *testing.B) { benchmarkAll(b, swedenBench(b)) }

// BenchmarkPairsBesideNearest tells how many times as long nearest and second nearest take as nearest alone, ten types at a
// time on one processor: the metric x.
func BenchmarkPairsBesideNearest(b *testing.B) {
	k := kommunBench(b)
	sweep, one, two := NewSweep(k.laid, 1), new(Labels), new(Labels)
	took := func(run func(context.Context, [][]Source, int64, *Labels) ([]*Field, error), into *Labels) time.Duration {
		least := time.Hour
		for range 5 { // the least: what else the machine does must not count
			start := time.Now()
			if _, err := run(b.Context(), k.types, MaxCost, into); err != nil {
				b.Fatal(err)
			}
			least = min(least, time.Since(start))
		}
		return least
	}
	var nearest, both time.Duration
	for b.Loop() {
		nearest += took(sweep.Nearest, one)
		both += took(sweep.Pairs, two)
	}
	b.ReportMetric(float64(both)/float64(nearest), "x")
}
