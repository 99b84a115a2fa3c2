//go:build linux

package access

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"nabar/internal/roadgen"
	"nabar/model"
)

// growth is what one size of network takes: processor seconds and megabytes. scripts/bench-growth reads it.
type growth struct {
	Edges, Nodes, Squares, Facilities int

	Build   float64 // graph, index, and all squares and places joined
	Prepare float64 // order, hierarchy and both metrics
	Analyse float64 // results, figures and rankings of five types by distance and time

	Roads, Network, Hierarchy float64 // megabytes of each
	Bytes                     float64 // a node, of hierarchy and metrics
}

// TestGrowth measures the sizes, in edges, that NABAR_GROWTH lists, and prints a line of JSON for each.
func TestGrowth(t *testing.T) {
	sizes := os.Getenv("NABAR_GROWTH")
	if sizes == "" {
		t.Skip("set NABAR_GROWTH to numbers of edges with commas between: it takes minutes and gigabytes; see scripts/bench-growth")
	}
	for _, size := range strings.Split(sizes, ",") {
		edges, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(measureGrowth(t, edges))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("growth", string(line))
	}
}

// measureGrowth measures one size. Times are the best of several, so many that small sizes are not all start.
func measureGrowth(t *testing.T, edges int) growth {
	before := heapMB()
	s := growing(edges)
	g := growth{Squares: len(s.Cells), Facilities: len(s.Facilities), Roads: heapMB() - before}
	rounds := max(1, min(5, 3_000_000/edges))
	var p *Prepared
	g.Build = best(rounds, func() { p = prepare(t, s) })
	g.Edges, g.Nodes = len(p.net.Edges), p.net.Topology.Nodes
	g.Network = heapMB() - before - g.Roads
	g.Prepare = best(rounds, func() {
		if _, err := p.Accelerate(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	})
	g.Hierarchy = heapMB() - before - g.Roads - g.Network
	g.Bytes = g.Hierarchy * (1 << 20) / float64(g.Nodes)
	g.Analyse = best(rounds, func() {
		p.outcomes.forget()
		for _, i := range []model.Impedance{model.Distance, model.Time} {
			if err := p.Ahead(t.Context(), i, services(s)); err != nil {
				t.Fatal(err)
			}
			for _, service := range services(s) {
				everyAnswer(t, p, model.Query{Service: service, Impedance: i}, services(s))
			}
		}
	})
	runtime.KeepAlive(s)
	return g
}

// everyAnswer computes result, figures and ranking.
func everyAnswer(t testing.TB, p *Prepared, q model.Query, services []string) {
	if _, err := p.Analyse(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Figures(t.Context(), q, model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}, Services: services}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Rank(t.Context(), q); err != nil {
		t.Fatal(err)
	}
}

// TestTenTypesFitInMemory holds what a network of some size takes for ten types' nearest and second nearest, by both measures:
// under 150 bytes a node without geometry. That is so because five types are swept at a time, in the same memory, and what is
// kept of them is at the squares.
func TestTenTypesFitInMemory(t *testing.T) {
	s := growing(80_000)
	for i := range 5 {
		id := fmt.Sprint("typ ", i)
		s.Types = append(s.Types, model.ServiceType{ID: id})
		for k, at := range roadgen.Spots(uint64(10+i), roadgen.Squares(1, 500), 40) {
			s.Facilities = append(s.Facilities, model.Facility{ID: fmt.Sprintf("%s %05d", id, k), Type: id, At: at})
		}
	}
	p := prepare(t, s)
	nodes := float64(p.net.Topology.Nodes)
	before := heapMB()
	if _, err := p.Accelerate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	hierarchy := (heapMB() - before) * (1 << 20) / nodes
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	if err := p.Ahead(t.Context(), model.Time, services(s)); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&end) // all that was asked for, so at least what was held at once
	kept := float64(16*len(p.outcomes.known)*len(s.Cells)) / nodes
	labels := float64(end.TotalAlloc-start.TotalAlloc)/nodes - kept
	if len(p.outcomes.known) < 10 || hierarchy+labels >= 150 {
		t.Errorf("%d outcomes; %.0f bytes a node for hierarchy and metrics, %.0f for labels", len(p.outcomes.known), hierarchy, labels)
	}
	t.Logf("%.0f bytes a node for hierarchy and both metrics, %.0f for ten types' pairs, %.0f for what is kept of them at the squares", hierarchy, labels, kept)
}

// growing is a country with about so many edges, and squares and service places in the proportions of Sweden.
func growing(edges int) *model.Snapshot {
	nodes := int(float64(edges) / 1.166)
	share := float64(nodes) / roadgen.SwedenNodes
	squares := roadgen.Squares(1, max(int(103_464*share), 20))
	s := &model.Snapshot{Roads: roadgen.Settled(1, nodes, squares), Types: model.DefaultServiceTypes(), Params: model.DefaultParams()}
	for i, square := range squares {
		s.Cells = append(s.Cells, model.Cell{
			ID: fmt.Sprint("ruta ", i), Centre: [2]float64{square.Corner[0] + 500, square.Corner[1] + 500}, Size: 1000,
			People: square.People, Women: square.People / 2, Men: square.People - square.People/2, Inside: true,
		})
	}
	for i, kind := range s.Types {
		count := max(int(share*[]float64{3000, 2500, 1900, 1400, 1300}[i]), 2)
		for k, at := range roadgen.Spots(uint64(i), squares, count) {
			s.Facilities = append(s.Facilities, model.Facility{ID: fmt.Sprintf("%s %05d", kind.ID, k), Type: kind.ID, At: at})
		}
	}
	return s
}

// best is the least processor time in seconds of several runs.
func best(rounds int, do func()) float64 {
	least := math.Inf(1)
	for range rounds {
		runtime.GC()
		before := processorSeconds()
		do()
		least = min(least, processorSeconds()-before)
	}
	return least
}

// processorSeconds is what the process has used.
func processorSeconds() float64 {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return math.NaN()
	}
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e9
}

// heapMB is what is held, in megabytes.
func heapMB() float64 {
	runtime.GC()
	runtime.GC() // pools are emptied at the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
