package locate

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"nabar/analysis/access"
	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Objective is what a choice is to be best at.
type Objective string

// The objectives.
const (
	PMedian  Objective = "p-median" // least person-metres
	Coverage Objective = "coverage" // most people within a limit
	PCenter  Objective = "p-center" // the worst-off as near as possible
)

// Objectives lists them in the order they are told in.
func Objectives() []Objective { return []Objective{PMedian, Coverage, PCenter} }

// Query asks where to put new places of a service.
type Query struct {
	Service   string // ServiceType.ID
	Impedance model.Impedance
	Objective Objective
	New       int     // how many
	Within    float64 // metres or seconds; Coverage alone

	// As in model.Query: they decide what is prepared, and OnRoads tells them on.
	Profile, Date, Demand string
}

// Result tells where, and what is known about it. Costs are metres or seconds, and those costs times people.
type Result struct {
	Query
	Sites []Site // ascending by easting, then northing

	Value   float64 // the objective's figure with the sites: person-metres, people or metres
	Before  float64 // the same figure as it is today
	Bound   float64 // no choice has a better one
	Gap     float64 // between value and bound, as a share of the value
	Optimal bool    // it is proven that no choice is better
	Stopped bool    // a deadline ended the search

	People          int // in the squares that count
	Reached         int // of them, with the sites
	ReachedBefore   int
	Mean            float64 // over those who are reached; NaN where nobody is
	MeanBefore      float64
	Candidates      int // nodes that were considered
	CostsMS, FindMS float64
}

// Site is a place to build at: a node of the network.
type Site struct {
	Node int32
	At   orb.Point
}

// Clock gives the milliseconds since some moment; it decides nothing, but is told in a Result.
type Clock func() float64

// OnRoads chooses among the nodes of the road network, with the open facilities of the service as they are. Travel is
// from home to the service. Nodes that only ferries and motorways touch are no sites.
//
// It gives a Problem where the query can't be answered, and the context's error when that is cancelled; a deadline gives
// the best that was found. progress and clock may be nil.
func OnRoads(ctx context.Context, p *access.Prepared, q Query, progress model.Progress, clock Clock) (*Result, error) {
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	if clock == nil {
		clock = func() float64 { return 0 }
	}
	start := clock()
	progress(i18n.M("locate.progress.costs"), 0)
	demand, err := p.Demand(ctx, model.Query{Service: q.Service, Impedance: q.Impedance})
	if err != nil {
		return nil, err
	}
	r := &roads{net: p.Network(), metric: p.Network().Metric(q.Impedance), query: q, demand: demand}
	if err := r.check(); err != nil {
		return nil, err
	}
	r.candidates()
	if err := r.offers(ctx, func(share float64) { progress(i18n.M("locate.progress.costs"), 0.4*share) }); err != nil {
		return nil, err
	}
	middle := clock()
	s, err := r.solve(ctx, Options{Progress: func(share float64) { progress(i18n.M("locate.progress.search"), 0.4+0.6*share) }})
	if err != nil {
		return nil, err
	}
	out, err := r.result(ctx, s)
	if err != nil {
		return nil, err
	}
	out.CostsMS, out.FindMS = middle-start, clock()-middle
	return out, nil
}

// roads is one query on a network.
type roads struct {
	net    *network.Network
	metric *network.Metric
	query  Query
	demand []access.Demand
	site   []int32 // of each node its candidate, -1 where it is none
	nodes  []int32 // of each candidate its node
	every  int32   // of the nodes that may be sites, one in every so many is a candidate
	p      Problem
}

// check refuses what can't be answered.
func (r *roads) check() error {
	people := 0
	for _, d := range r.demand {
		people += d.People
	}
	switch {
	case !slices.Contains(Objectives(), r.query.Objective):
		return i18n.Errorf("locate.objective_unknown", string(r.query.Objective))
	case r.query.New < 1:
		return i18n.Errorf("locate.new_wrong")
	case r.query.Objective == Coverage && !(r.query.Within > 0 && r.query.Within < math.MaxInt32/1000):
		return i18n.Errorf("locate.within_wrong")
	case people == 0:
		return i18n.Errorf("analysis.nobody_lives")
	}
	return nil
}

// candidates numbers the nodes that a place may stand at.
func (r *roads) candidates() {
	r.site, r.every = slices.Repeat([]int32{-1}, r.net.Topology.Nodes), 1
	for i := range r.net.Edges {
		if e := &r.net.Edges[i]; e.Component == 0 && e.Flags&(network.Ferry|network.Motorway|network.Closed) == 0 {
			r.site[e.From], r.site[e.To] = 0, 0
		}
	}
	r.trim()
	for v, s := range r.site {
		if s >= 0 {
			r.site[v] = int32(len(r.nodes))
			r.nodes = append(r.nodes, int32(v))
		}
	}
}

// trim takes away the nodes of dead ends where no square joins: whoever drives there passes the node where the dead end
// begins, which is therefore at least as good for everybody.
func (r *roads) trim() {
	star, other := r.neighbours()
	lived := make([]bool, len(r.site))
	for _, d := range r.demand {
		if d.Joined {
			e := &r.net.Edges[d.Join.Edge]
			lived[e.From], lived[e.To] = true, true
		}
	}
	gone := make([]bool, len(r.site))
	var ends []int32
	degree := make([]int, len(r.site))
	visit := func(v int32) {
		if degree[v] == 1 && !lived[v] && !gone[v] {
			gone[v] = true
			ends = append(ends, v)
		}
	}
	for v := range star[1:] {
		degree[v] = int(star[v+1] - star[v])
	}
	for v := range degree {
		visit(int32(v))
	}
	for len(ends) > 0 {
		v := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		for _, u := range other[star[v]:star[v+1]] {
			if !gone[u] {
				r.site[v] = -1
				degree[u]--
				visit(u)
			}
		}
	}
}

// neighbours lists the different nodes beside each node, directions not asked.
func (r *roads) neighbours() (first, other []int32) {
	beside := make([][]int32, len(r.site))
	for i := range r.net.Edges {
		if e := &r.net.Edges[i]; e.From != e.To {
			beside[e.From] = append(beside[e.From], e.To)
			beside[e.To] = append(beside[e.To], e.From)
		}
	}
	first = make([]int32, 1, len(beside)+1)
	for _, list := range beside {
		slices.Sort(list)
		other = append(other, slices.Compact(list)...)
		first = append(first, int32(len(other)))
	}
	return first, other
}

const (
	// maxOffers keeps a problem within memory, some 200 MB, and the search within seconds.
	maxOffers = 6_000_000
	// squareChunk is how many squares are searched from between looks at context and memory.
	squareChunk = 64
)

// offers finds for each square the candidates that would serve it better than today. Where they become too many, every
// other candidate is dropped: nodes are numbered along a curve that fills the plane, so those that remain lie evenly.
func (r *roads) offers(ctx context.Context, progress func(float64)) error {
	n := len(r.demand)
	r.p = Problem{Weight: make([]int64, n), Near: make([][]Offer, n), Base: make([]int32, n), New: r.query.New}
	searches := sync.Pool{New: func() any { return route.NewPathSearch(r.net, r.metric) }}
	total := 0
	for from := 0; from < n; from += squareChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		size := min(squareChunk, n-from)
		parallel(size, func(k int) {
			s := searches.Get().(*route.PathSearch)
			defer searches.Put(s)
			r.square(s, from+k)
		})
		for _, near := range r.p.Near[from : from+size] {
			total += len(near)
		}
		for total > maxOffers {
			total = r.thin()
		}
		progress(float64(from+size) / float64(n))
	}
	r.renumber()
	return nil
}

// square finds the offers to one square.
func (r *roads) square(s *route.PathSearch, i int) {
	d := &r.demand[i]
	r.p.Weight[i], r.p.Base[i] = int64(d.People), None
	limit := int64(None) - 1
	if d.Nearest >= 0 {
		r.p.Base[i] = int32(min(d.Nearest, limit))
		limit = int64(r.p.Base[i]) - 1
	}
	if r.query.Objective == Coverage {
		limit = min(limit, r.metric.Limit(r.query.Within))
	}
	if !d.Joined || limit < 0 {
		return
	}
	var near []Offer
	s.Within(d.Join, limit, func(node int32, cost int64) {
		if c := r.site[node]; c >= 0 && c%r.every == 0 {
			near = append(near, Offer{c, int32(cost)})
		}
	})
	r.p.Near[i] = near
}

// thin drops every other candidate and counts the offers that are left.
func (r *roads) thin() int {
	r.every *= 2
	total := 0
	for i, near := range r.p.Near {
		r.p.Near[i] = slices.DeleteFunc(near, func(o Offer) bool { return o.Candidate%r.every != 0 })
		total += len(r.p.Near[i])
	}
	return total
}

// renumber counts the candidates that are left from 0 without gaps.
func (r *roads) renumber() {
	nodes := r.nodes[:0]
	for c, v := range r.nodes {
		if int32(c)%r.every == 0 {
			nodes = append(nodes, v)
		}
	}
	r.nodes = nodes
	r.p.Candidates = len(nodes)
	for _, near := range r.p.Near {
		for k := range near {
			near[k].Candidate /= r.every
		}
	}
}

// solve asks for the objective.
func (r *roads) solve(ctx context.Context, o Options) (*Solution, error) {
	switch r.query.Objective {
	case Coverage:
		return Covering(ctx, &r.p, int32(r.metric.Limit(r.query.Within)), o)
	case PCenter:
		return Center(ctx, &r.p, o)
	}
	return Median(ctx, &r.p, o)
}
