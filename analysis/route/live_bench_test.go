package route

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"nabar/model"
)

// liveBench is a Live of some types on a graph of the benchmarks, by time.
func liveBench(b *testing.B, x *bench, types [][]Source) *Live {
	b.Helper()
	all := make([][]LiveSource, len(types))
	for kind, sources := range types {
		for id, s := range sources {
			all[kind] = append(all[kind], LiveSource{int32(id), s})
		}
	}
	live, err := NewLive(context.Background(), x.net, x.net.Metric(model.Time), all, cmp.Compare[int32], NewSweep(x.laid, 0))
	if err == nil {
		err = live.PrepareRoads(context.Background())
	}
	if err != nil {
		b.Fatal(err)
	}
	return live
}

// spread reports median, 95th percentile and worst of what was timed, in milliseconds, with a name before each.
func spread(b *testing.B, name string, took []time.Duration) {
	slices.Sort(took)
	for which, at := range map[string]int{"p50-ms": len(took) / 2, "p95-ms": len(took) * 95 / 100, "worst-ms": len(took) - 1} {
		b.ReportMetric(milliseconds(took[at]), name+which)
	}
	b.ReportMetric(0, "ns/op")
}

// timeLive times changes of a Live by the clock and by what all processors work, which a busy machine does not lengthen much, and
// undoes each outside the time.
func timeLive(b *testing.B, live *Live, change func() Change) {
	b.ReportAllocs()
	var took, worked []time.Duration
	for b.Loop() {
		c := change()
		start, used := time.Now(), processor()
		if err := live.Apply(context.Background(), c); err != nil {
			b.Fatal(err)
		}
		took, worked = append(took, time.Since(start)), append(worked, processor()-used)
		live.Undo()
		for kind := range live.types {
			live.Touched(kind, func(int32) {})
		}
	}
	spread(b, "", took)
	spread(b, "cpu-", worked)
}

// benchmarkLive removes, adds and moves facilities of a type, and closes roads for all ten: any, and those that most
// ways lead over.
func benchmarkLive(b *testing.B, x *bench, counts []int) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, count := range counts {
		live := liveBench(b, x, [][]Source{atNodes(x.net, r, count)})
		some := func() int32 { return int32(r.IntN(count)) }
		fresh := func(id int32) [][]LiveSource {
			s := atNodes(x.net, r, 1)[0]
			s.Place = id
			return [][]LiveSource{{{id, s}}}
		}
		for name, change := range map[string]func() Change{
			"Remove": func() Change { return Change{Remove: [][]int32{{some()}}} },
			"Add":    func() Change { return Change{Add: fresh(int32(count))} },
			"Move":   func() Change { id := some(); return Change{Remove: [][]int32{{id}}, Add: fresh(id)} },
		} {
			b.Run(fmt.Sprintf("%s/%d", name, count), func(b *testing.B) { timeLive(b, live, change) })
		}
	}
	live := liveBench(b, x, x.types)
	b.Run("CloseRoad", func(b *testing.B) {
		timeLive(b, live, func() Change { return Change{Close: []int32{int32(r.IntN(len(x.net.Edges)))}} })
	})
	busy := busiest(live, 200)
	b.Run("CloseBusyRoad", func(b *testing.B) {
		next := 0
		timeLive(b, live, func() Change { next++; return Change{Close: []int32{busy[next%len(busy)]}} })
	})
}

// busiest lists the edges that the most nodes' ways to the first type lead over, by following the ways back from the
// farthest nodes.
func busiest(l *Live, count int) []int32 {
	nodes := l.types[0].field.nodes
	order := make([]int32, len(nodes))
	for v := range order {
		order[v] = int32(v)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(nodes[b][0], nodes[a][0]) })
	load, over := make([]int, len(nodes)), make([]int, len(l.net.Edges))
	out := &l.net.Topology.Out
	for _, v := range order {
		load[v]++
		for a := out.First[v]; a < out.First[v+1]; a++ {
			if w := out.Node[a]; nodes[v][0] != None && nodes[w][0]+Label(l.out[a].cost)<<facilityBits == nodes[v][0] {
				load[w] += load[v]
				over[out.Arc[a]>>1] += load[v]
				break
			}
		}
	}
	edges := make([]int32, len(over))
	for e := range edges {
		edges[e] = int32(e)
	}
	slices.SortFunc(edges, func(a, b int32) int { return cmp.Compare(over[b], over[a]) })
	return edges[:count]
}

func BenchmarkLiveKommun(b *testing.B) { benchmarkLive(b, kommunBench(b), []int{5, 50, 500}) }

func BenchmarkLiveSweden(b *testing.B) { benchmarkLive(b, swedenBench(b), []int{5, 500, 5000}) }
