//go:build linux

package route

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"nabar/analysis/network"
	"nabar/model"
)

// peersFolder names the environment variable with the folder that TestPeers writes to.
const peersFolder = "NABAR_PEERS"

// measured is what TestPeers tells of one graph. Times are milliseconds, the best of several runs: processor time, as what
// else the machine does must not count, but with two workers by the clock.
type measured struct {
	Nodes, Arcs           int
	Facilities            []int
	Build                 float64
	Order, Hierarchy, Lay float64
	Search                float64
	Nearest1, Nearest2    float64
	Pairs1, Pairs2        float64
	PrepareBytes          float64 // a node: hierarchy and one metric
	LabelBytes            float64 // a node: ten types, nearest
	PairBytes             float64 // a node: ten types, nearest and second nearest
	Reached, Sum          []int64 // nodes that reach each type, and the sum of their costs, for the peers to agree with
}

// TestPeers is no test but one half of scripts/bench-peers: it writes graphs for other programs to search, and how long
// it takes here.
func TestPeers(t *testing.T) {
	dir := os.Getenv(peersFolder)
	if dir == "" {
		t.Skipf("set %s to a folder, or run scripts/bench-peers", peersFolder)
	}
	start := time.Now()
	x := kommunBench(t)
	name, rounds := "kommun", 60
	if os.Getenv(sweden) != "" {
		start = time.Now()
		x, name, rounds = swedenBench(t), "sweden", 10
	}
	built := time.Since(start)
	m := measure(t, x, rounds)
	m.Build = milliseconds(built) - m.Order - m.Hierarchy - 2*m.Lay
	writeGraph(t, filepath.Join(dir, name+".graph"), x)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// processor is the time that all threads of the program have worked.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// measure times the steps of the benchmarks.
func measure(t *testing.T, x *bench, rounds int) measured {
	t.Helper()
	ctx, n := context.Background(), x.net
	took := func(clock func() time.Duration, rounds int, step func() error) float64 {
		least := time.Duration(1 << 62)
		for range rounds {
			start := clock()
			if err := step(); err != nil {
				t.Fatal(err)
			}
			least = min(least, clock()-start)
		}
		return milliseconds(least)
	}
	best := func(rounds int, step func() error) float64 { return took(processor, rounds, step) }
	begin := time.Now()
	wall := func() time.Duration { return time.Since(begin) }
	m := measured{Nodes: n.Topology.Nodes, Arcs: len(n.Topology.Out.Arc)}
	some := max(rounds/10, 2)
	m.Order = best(some, func() error { _, err := NewOrder(ctx, n); return err })
	m.Hierarchy = best(some, func() error { _, err := NewHierarchy(ctx, n, x.order); return err })
	m.Lay = best(some, func() error { _, err := x.laid.hierarchy.Customise(ctx, n.Metric(model.Time)); return err })
	search := NewSearch(n, n.Metric(model.Time))
	m.Search = best(some, func() error {
		for _, sources := range x.types {
			if _, err := search.Run(ctx, sources, MaxCost); err != nil {
				return err
			}
		}
		return nil
	})
	one, two, labels := NewSweep(x.laid, 1), NewSweep(x.laid, 2), new(Labels)
	m.Pairs1 = best(rounds, func() error { _, err := one.Pairs(ctx, x.types, MaxCost, labels); return err })
	m.Pairs2 = took(wall, rounds, func() error { _, err := two.Pairs(ctx, x.types, MaxCost, labels); return err })
	m.PairBytes = labels.bytes(n)
	labels = new(Labels)
	var fields []*Field
	m.Nearest1 = best(rounds, func() (err error) { fields, err = one.Nearest(ctx, x.types, MaxCost, labels); return err })
	m.Nearest2 = took(wall, rounds, func() (err error) { fields, err = two.Nearest(ctx, x.types, MaxCost, labels); return err })
	m.LabelBytes = labels.bytes(n)
	w, h := x.laid, x.laid.hierarchy
	held := 4*(len(h.at)+len(h.first)+len(h.up)+len(h.size)+len(h.top)+2*len(h.tasks)+len(w.first)+len(w.down)) + 8*len(w.links)
	m.PrepareBytes = float64(held) / float64(n.Topology.Nodes)
	for i, f := range fields {
		m.Facilities = append(m.Facilities, len(x.types[i]))
		reached, sum := f.total(n)
		m.Reached, m.Sum = append(m.Reached, reached), append(m.Sum, sum)
	}
	return m
}

// bytes is the memory of labels for each node.
func (l *Labels) bytes(n *network.Network) float64 {
	words := 0
	for _, b := range l.blocks {
		words += 10*len(b.tens) + 2*len(b.twos)
	}
	return float64(8*words) / float64(n.Topology.Nodes)
}

// total counts the nodes that reach a facility and sums their costs.
func (f *Field) total(n *network.Network) (reached, sum int64) {
	for v := range int32(n.Topology.Nodes) {
		if l := f.Node(v)[0]; l != None {
			reached++
			sum += l.Cost()
		}
	}
	return reached, sum
}

// writeGraph writes 32-bit numbers: nodes, arcs, types; the compressed rows of the arcs turned round with their costs in
// milliseconds, of parallel arcs the cheapest; and for each type its number of facilities and the nodes where they stand.
func writeGraph(t *testing.T, path string, x *bench) {
	t.Helper()
	in, cost := &x.net.Topology.In, x.net.Metric(model.Time).In
	first, to, costs := []int32{0}, []int32(nil), []int32(nil)
	for v := range x.net.Topology.Nodes {
		for a := in.First[v]; a < in.First[v+1]; a++ {
			if last := len(to) - 1; last >= int(first[v]) && to[last] == in.Node[a] {
				costs[last] = min(costs[last], cost[a])
				continue
			}
			to, costs = append(to, in.Node[a]), append(costs, cost[a])
		}
		first = append(first, int32(len(to)))
	}
	numbers := append([]int32{int32(x.net.Topology.Nodes), int32(len(to)), int32(len(x.types))}, first...)
	numbers = append(append(numbers, to...), costs...)
	for _, sources := range x.types {
		numbers = append(numbers, int32(len(sources)))
		for _, s := range sources {
			numbers = append(numbers, x.net.Edges[s.Join.Edge].From)
		}
	}
	data, err := binary.Append(nil, binary.LittleEndian, numbers)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
