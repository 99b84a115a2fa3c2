package locate

import (
	"context"
	"maps"
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
	Fewest   Objective = "least"    // the least number of places that has all within a limit
)

// Objectives lists them in the order they are told in.
func Objectives() []Objective { return []Objective{PMedian, Coverage, PCenter, Fewest} }

// bounded tells whether catchments have limits.
func (q *Query) bounded() bool { return q.MinPeople > 0 || q.MaxPeople > 0 || q.capacities() }

// capacities tells whether places that are there have limits of their own.
func (q *Query) capacities() bool { return len(q.Capacity) > 0 || q.Room > 0 }

// limited tells whether an objective has a limit.
func (o Objective) limited() bool { return o == Coverage || o == Fewest }

// Query asks where to put new places of a service.
type Query struct {
	Service   string // ServiceType.ID
	Impedance model.Impedance
	Objective Objective
	New       int     // how many beside those that are there; Fewest finds it
	Within    float64 // metres or seconds; Coverage and Fewest
	Group     string  // whose way counts: "women", "65-"; "" for everybody

	// Which places may be chosen. The places that are there stay as they are, but for those that are named here, by the
	// id of a facility; AllPlaces names all.
	Spots     []Spot   // where a new place may stand; none: at every node
	Movable   []string // may be given up for a site
	Forbidden []string // close
	Keep      int      // above 0: that many of the places that are there stay and no new one opens; New, Spots and Movable don't count

	// How many of the group may have a chosen place nearest; 0 for no limit. See Limited.
	MinPeople, MaxPeople int
	// Capacity is how many of the group may have a place that is there as their nearest, by the id of a facility; a place has
	// room for the sum of its facilities, and one without any here for Room, 0 for all, or for MaxPeople where it is movable.
	Capacity map[string]int
	Room     int

	// The scenario that is asked about, "" for the project as it is; the caller prepares it.
	Scenario string

	// As in model.Query: they decide what is prepared, and OnRoads tells them on.
	Profile, Date, Demand string
}

// AllPlaces names all places in Query.Movable.
const AllPlaces = "all"

// Spot is a listed position where a place may stand.
type Spot struct {
	Name string
	At   orb.Point // SWEREF 99 TM
}

// Result tells where, and what is known about it. Costs are metres or seconds, and those costs times people.
type Result struct {
	Query
	Sites    []Site   // the new ones, ascending by easting, then northing
	Kept     []Place  // those of the movable that stay, or with Query.Keep those that are chosen
	Given    []Place  // those of the movable, or of all with Query.Keep, that are given up, and the forbidden ones
	Unjoined []string // names of the spots that no road is near enough to; they can't be chosen
	Loads    []Load   // the places of Query.Capacity that stay

	Value   float64 // the objective's figure with the sites: person-metres, people, metres, or new and kept places
	Before  float64 // the same figure as it is today
	Bound   float64 // no choice has a better one; proven
	Gap     float64 // between value and bound, as a share of the value
	Optimal bool    // it is proven that no choice is better
	Stopped bool    // a deadline ended the search

	People          int // in the squares that count
	Reached         int // of them, with the sites
	ReachedBefore   int
	Mean            float64 // over those who are reached; NaN where nobody is
	MeanBefore      float64
	Farthest        float64 // of anybody who is reached
	FarthestBefore  float64
	Covered         int // people within Query.Within, where that is given
	CoveredBefore   int
	Candidates      int // positions and places that were considered
	CostsMS, FindMS float64
}

// Site is a place to build at: a node of the network, or a listed spot.
type Site struct {
	Node   int32 // -1 for a spot
	At     orb.Point
	Name   string // of a spot
	People int    // of the group who have it nearest
}

// Place is a place that is there, with all its facilities of the service.
type Place struct {
	IDs    []string
	Name   string // of the first
	At     orb.Point
	People int // of the group who have it nearest, where it stays
}

// Load is a place with room for so many, and how many have it nearest today and with the sites.
type Load struct {
	Place
	Before, Most int
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
	r, err := newRoads(ctx, p, q, false, func(share float64) { progress(i18n.M("locate.progress.costs"), 0.4*share) })
	if err != nil {
		return nil, err
	}
	middle := clock()
	s, err := r.solve(ctx, &r.query, Options{Progress: func(share float64) { progress(i18n.M("locate.progress.search"), 0.4+0.6*share) }})
	if err != nil {
		return nil, err
	}
	out, err := r.result(ctx, &r.query, s)
	if err != nil {
		return nil, err
	}
	out.CostsMS, out.FindMS = middle-start, clock()-middle
	return out, nil
}

// roads is one query on a network.
type roads struct {
	p          *access.Prepared
	net        *network.Network
	metric     *network.Metric
	query      Query
	group      access.People
	demand     []access.Demand // with what stays whatever is chosen
	today      []int64         // of each square the cost as it is
	by         []int           // and the facility that is nearest, -1 for none
	places     places
	site       []int32   // of each node its candidate, -1 where it is none
	nodes      []int32   // of each candidate that is a node, its node; they come first
	listed     []listing // the candidates after them
	lost       []string  // spots that did not join
	everything bool      // costs beyond the query's limit matter
	every      int32     // of the nodes that may be sites, one in every so many is a candidate
	p0         Problem
}

// newRoads measures what every candidate costs for every square.
func newRoads(ctx context.Context, p *access.Prepared, q Query, everything bool, progress func(float64)) (*roads, error) {
	r := &roads{p: p, net: p.Network(), metric: p.Network().Metric(q.Impedance), query: q, everything: everything, every: 1}
	if err := r.check(); err != nil {
		return nil, err
	}
	if err := r.situation(ctx); err != nil {
		return nil, err
	}
	r.spots()
	if len(q.Spots) == 0 && q.Keep == 0 {
		r.candidates()
	}
	if err := r.offers(ctx, progress); err != nil {
		return nil, err
	}
	return r, r.list(ctx)
}

// check refuses what can't be answered, whatever the project holds.
func (r *roads) check() error {
	q := &r.query
	switch {
	case !slices.Contains(Objectives(), q.Objective):
		return i18n.Errorf("locate.objective_unknown", string(q.Objective))
	case q.Keep < 0 || q.Keep == 0 && q.New < 1 && q.Objective != Fewest && !(q.New == 0 && len(q.Movable) > 0):
		return i18n.Errorf("locate.new_wrong")
	case q.Objective.limited() && !(q.Within > 0 && q.Within < math.MaxInt32/1000):
		return i18n.Errorf("locate.within_wrong")
	case q.MinPeople < 0 || q.MaxPeople < 0 || q.MaxPeople > 0 && q.MinPeople > q.MaxPeople:
		return i18n.Errorf("siting.limits_wrong", q.MinPeople, q.MaxPeople)
	case q.Objective == Fewest && q.bounded():
		return i18n.Errorf("siting.limits_least")
	}
	if q.Room < 0 {
		return i18n.Errorf("siting.limits_wrong", 0, q.Room)
	}
	for _, id := range slices.Sorted(maps.Keys(q.Capacity)) {
		if most := q.Capacity[id]; most < 0 || !slices.ContainsFunc(r.p.Snapshot().Facilities, func(f model.Facility) bool { return f.ID == id && f.Type == q.Service }) {
			return i18n.Errorf("more.capacity_wrong", i18n.Plain(id), q.Capacity[id])
		}
	}
	return nil
}

// candidates numbers the nodes that a place may stand at.
func (r *roads) candidates() {
	r.site = slices.Repeat([]int32{-1}, r.net.Topology.Nodes)
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
	r.p0 = Problem{Weight: make([]int64, n), Near: make([][]Offer, n), Base: make([]int32, n)}
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
		for _, near := range r.p0.Near[from : from+size] {
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
	r.p0.Weight[i], r.p0.Base[i] = d.Weight, None
	limit := int64(None) - 1
	if d.Nearest >= 0 {
		r.p0.Base[i] = int32(min(d.Nearest, limit))
		limit = int64(r.p0.Base[i]) - 1
	}
	if r.query.Objective.limited() && !r.wide() {
		limit = min(limit, r.metric.Limit(r.query.Within))
	}
	if !d.Joined || limit < 0 || len(r.nodes) == 0 {
		return
	}
	var near []Offer
	s.Within(d.Join, limit, func(node int32, cost int64) {
		if c := r.site[node]; c >= 0 && c%r.every == 0 {
			near = append(near, Offer{c, int32(cost)})
		}
	})
	r.p0.Near[i] = near
}

// thin drops every other candidate and counts the offers that are left.
func (r *roads) thin() int {
	r.every *= 2
	total := 0
	for i, near := range r.p0.Near {
		r.p0.Near[i] = slices.DeleteFunc(near, func(o Offer) bool { return o.Candidate%r.every != 0 })
		total += len(r.p0.Near[i])
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
	r.p0.Candidates = len(nodes)
	for _, near := range r.p0.Near {
		for k := range near {
			near[k].Candidate /= r.every
		}
	}
}

// solve asks for the objective of a query that the costs were measured for.
func (r *roads) solve(ctx context.Context, q *Query, o Options) (*Solution, error) {
	p := r.p0
	p.New = q.New + len(r.places.movable)
	if q.Keep > 0 {
		p.New = q.Keep
	}
	return r.best(ctx, q, &p, o)
}

// best finds the best choice of a problem by the objective and the limits of a query.
func (r *roads) best(ctx context.Context, q *Query, p *Problem, o Options) (*Solution, error) {
	within := int32(r.metric.Limit(q.Within))
	if q.bounded() {
		return Limited(ctx, p, r.catchment(q), o)
	}
	switch q.Objective {
	case Coverage:
		return Covering(ctx, p, within, o)
	case PCenter:
		return Center(ctx, p, o)
	case Fewest:
		return Least(ctx, p, within, o)
	}
	return Median(ctx, p, o)
}
