package access

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Version names the engine. It changes whenever equal input may give other figures than before.
const Version = "2"

// Prepared is a snapshot whose network is built and whose points have joined it.
type Prepared struct {
	snapshot   *model.Snapshot
	net        *network.Network
	cells      []point // for each cell of the snapshot
	facilities []point // for each facility
	clock      func() time.Time
	timings    model.Timings
	searches   map[model.Impedance]*sync.Pool // of *route.Search, whose memory serves again
	paths      map[model.Impedance]*sync.Pool // of *route.PathSearch
	swift      atomic.Pointer[swift]          // nil until Accelerate is done
	outcomes   outcomes                       // of searches
	live       *Live                          // of a Live: it answers instead of a search
	travel     Traveller                      // nil for the roads of net
	leave      Departure
}

// point is a square or facility with where it joins the network.
type point struct {
	join network.Join
	ok   bool
}

// Option changes how a Prepared works, never what it computes.
type Option func(*Prepared)

// WithClock takes the times in Result.Timings from another clock than the system's.
func WithClock(now func() time.Time) Option {
	return func(p *Prepared) { p.clock = now }
}

// Prepare builds the network and joins squares and facilities to it, once for all queries. It gives a Problem when
// there are no usable roads or a parameter or square can't be used, and the context's error when that ends.
// progress may be nil.
func Prepare(ctx context.Context, s *model.Snapshot, progress model.Progress, options ...Option) (*Prepared, error) {
	p := &Prepared{snapshot: s, clock: time.Now}
	for _, o := range options {
		o(p)
	}
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	for i := range s.Cells {
		if s.Cells[i].People < 0 {
			return nil, i18n.Errorf("analysis.negative_people", s.Cells[i].ID)
		}
	}
	start := p.clock()
	progress(i18n.M("analysis.progress.build"), 0)
	net, err := network.BuildFor(ctx, s.Roads, s.Params, s.Profile)
	if err != nil {
		return nil, err
	}
	p.net = net
	p.searches = pools(net, route.NewSearch)
	p.paths = pools(net, route.NewPathSearch)
	p.timings.Build = p.since(start)

	start = p.clock()
	progress(i18n.M("analysis.progress.snap"), 0.6)
	p.cells = p.join(len(s.Cells), func(i int) orb.Point { return s.Cells[i].Centre })
	p.facilities = p.join(len(s.Facilities), func(i int) orb.Point { return s.Facilities[i].At })
	p.timings.Snap = p.since(start)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	progress(i18n.M("analysis.progress.snap"), 1)
	return p, nil
}

// pools makes a store of searches for each impedance.
func pools[S any](net *network.Network, search func(*network.Network, *network.Metric) *S) map[model.Impedance]*sync.Pool {
	out := map[model.Impedance]*sync.Pool{}
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		out[i] = &sync.Pool{New: func() any { return search(net, net.Metric(i)) }}
	}
	return out
}

// since gives the milliseconds from a time until now.
func (p *Prepared) since(start time.Time) float64 {
	return float64(p.clock().Sub(start)) / float64(time.Millisecond)
}

// join snaps n points on all processors. Each point's join depends on that point alone.
func (p *Prepared) join(n int, at func(int) orb.Point) []point {
	out := make([]point, n)
	chunks(n, func(from, to int) {
		for i := from; i < to; i++ {
			out[i].join, out[i].ok = p.net.Snap(at(i), p.snapshot.Params.SnapLimit)
		}
	})
	return out
}

// Network is the graph that was built, not to be changed.
func (p *Prepared) Network() *network.Network { return p.net }

// open lists the facilities of a type that are open at the parameters' date, as indices in the snapshot, by id. The
// order decides ties, so it must not depend on the order in which layers were read.
func (p *Prepared) open(service string) []int {
	var out []int
	for i := range p.snapshot.Facilities {
		if f := &p.snapshot.Facilities[i]; f.Type == service && f.OpenOn(p.snapshot.Params.Date) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Compare(p.snapshot.Facilities[a].ID, p.snapshot.Facilities[b].ID)
	})
	return out
}

// Snapshot is what was prepared, not to be changed.
func (p *Prepared) Snapshot() *model.Snapshot { return p.snapshot }

// Open lists the facilities of a type that are open at the parameters' date, as indices in the snapshot, by id.
func (p *Prepared) Open(service string) []int { return p.open(service) }

// places gives each of the facilities, which have joined the network, its place: those within the place radius of
// each other, transitively, are one, and so are the stops of a mobile shop.
func (p *Prepared) places(facilities []int) []int32 {
	points := make([]orb.Point, len(facilities))
	for i, f := range facilities {
		points[i] = p.snapshot.Facilities[f].At
	}
	group, _ := network.Cluster(points, p.snapshot.Params.PlaceRadius)
	first := map[string]int{}
	for i, f := range facilities {
		vehicle := p.snapshot.Facilities[f].Vehicle
		if vehicle == "" {
			continue
		}
		one, known := first[vehicle]
		if known {
			rename(group, group[i], group[one])
		} else {
			first[vehicle] = i
		}
	}
	return group
}

// rename gives all members of a group the number of another.
func rename(group []int32, from, to int32) {
	for i := range group {
		if group[i] == from {
			group[i] = to
		}
	}
}
