package access

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/analysis/network"
	"nabar/internal/i18n"
	"nabar/model"
)

// riskChunk is how many roads a worker takes at a time.
const riskChunk = 32

// RoadRisks closes each road alone, in both directions and with all its parts, and tells what people lose: for every type
// of services, or for all that have an open place that has joined the network where services is empty. limit is metres or
// seconds, inclusive. The figures are those of a snapshot in which the road is forbidden in both directions, prepared and
// analysed by itself.
//
// Several workers share the roads; each keeps labels of its own, mends what a closed road touches, and takes it back.
// Time is about that of all ways of all people laid end to end, once for each type; memory that of a Live for each worker.
// It gives a Problem where no type has a place or nobody lives, and the context's error.
func (p *Prepared) RoadRisks(ctx context.Context, q model.Query, services []string, limit float64, progress model.Progress) (*model.RoadRisks, error) {
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	start := p.clock()
	run, err := p.newRisks(q, services, limit)
	if err != nil {
		return nil, err
	}
	progress(i18n.M("prep.progress.labels"), 0)
	out := make([]*roadRisk, len(run.roads))
	if err := run.share(ctx, out, progress); err != nil {
		return nil, err
	}
	r := run.result(out)
	r.Timings = p.timings
	r.Timings.Search = p.since(start)
	r.Timings.Total = r.Timings.Search
	return r, nil
}

// risks is what all workers read: roads by their edges, and the squares that count by where they have joined.
type risks struct {
	p          *Prepared
	query      model.Query
	services   []int // of the snapshot's types, those that are told of
	limit      int64
	limitValue float64
	roads      [][]int32 // for each road its edges
	counted    []int32   // squares with people
	people     int
	byEdge     map[int32][]int32 // squares that count, by the edge that they have joined
	byNode     [][]int32         // likewise by either end of that edge
	standing   map[int32][]int32 // facilities by the edge that they have joined
	next       atomic.Int64
	anew       atomic.Int64
}

// roadRisk is a model.RoadRisk in whole cost units.
type roadRisk struct {
	people, worse, rejoined int
	services                []serviceRisk
}

// serviceRisk is a model.ServiceRisk in whole cost units.
type serviceRisk struct {
	lost, unreached, worse int
	extra, most            int64
}

// newRisks lists roads and squares.
func (p *Prepared) newRisks(q model.Query, services []string, limit float64) (*risks, error) {
	q.Service, q.Bands = "", nil
	if q.Impedance == "" {
		q.Impedance = model.Distance
	}
	if !(limit > 0) {
		return nil, i18n.Errorf("prep.limit_wrong")
	}
	r := &risks{
		p: p, query: q, limit: p.net.Metric(q.Impedance).Limit(limit), limitValue: limit,
		byEdge: map[int32][]int32{}, standing: map[int32][]int32{}, byNode: make([][]int32, p.net.Topology.Nodes),
	}
	for kind, t := range p.snapshot.Types {
		asked := len(services) == 0 || slices.Contains(services, t.ID)
		if asked && slices.ContainsFunc(p.open(t.ID), func(f int) bool { return p.facilities[f].ok }) {
			r.services = append(r.services, kind)
		}
	}
	if len(r.services) == 0 {
		return nil, i18n.Errorf("prep.no_places")
	}
	r.listSquares()
	if r.people == 0 {
		return nil, i18n.Errorf("analysis.nobody_lives")
	}
	r.listRoads()
	return r, nil
}

// listSquares notes where squares with people, and facilities, have joined.
func (r *risks) listSquares() {
	for i := range r.p.snapshot.Cells {
		c := &r.p.snapshot.Cells[i]
		if !c.Inside || c.People == 0 {
			continue
		}
		r.people += c.People
		r.counted = append(r.counted, int32(i))
		if !r.p.cells[i].ok {
			continue
		}
		edge := r.p.cells[i].join.Edge
		r.byEdge[edge] = append(r.byEdge[edge], int32(i))
		e := &r.p.net.Edges[edge]
		r.byNode[e.From] = append(r.byNode[e.From], int32(i))
		if e.To != e.From {
			r.byNode[e.To] = append(r.byNode[e.To], int32(i))
		}
	}
	for f := range r.p.facilities {
		if at := &r.p.facilities[f]; at.ok {
			r.standing[at.join.Edge] = append(r.standing[at.join.Edge], int32(f))
		}
	}
}

// listRoads puts the parts of each road together, in the order of the first parts.
func (r *risks) listRoads() {
	roads := r.p.snapshot.Roads
	type name struct {
		layer int
		fid   int64
	}
	layers, layer := roads.ByLayer(), 0
	at := make(map[name]int, len(r.p.net.Edges))
	for i := range r.p.net.Edges {
		road := int(r.p.net.Edges[i].Road)
		for road >= layers[layer].To {
			layer++
		}
		k, known := at[name{layer, roads.FID[road]}]
		if !known {
			k = len(r.roads)
			at[name{layer, roads.FID[road]}] = k
			r.roads = append(r.roads, nil)
		}
		r.roads[k] = append(r.roads[k], int32(i))
	}
}

// share lets as many workers as there are processors close the roads. The first error ends all.
func (r *risks) share(ctx context.Context, out []*roadRisk, progress model.Progress) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	done := make(chan int)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (len(r.roads)+riskChunk-1)/riskChunk) {
		all.Go(func() {
			if err := r.work(ctx, out, done); err != nil {
				cancel(err)
			}
		})
	}
	go func() {
		all.Wait()
		close(done)
	}()
	sum := 0
	for n := range done {
		sum += n
		progress(i18n.M("prep.progress.roads", sum, len(r.roads)), float64(sum)/float64(len(r.roads)))
	}
	return context.Cause(ctx)
}

// work closes roads until none is left, and tells done how many it has closed.
func (r *risks) work(ctx context.Context, out []*roadRisk, done chan<- int) error {
	w, err := r.worker(ctx)
	if err != nil {
		return err
	}
	for {
		from := int(r.next.Add(riskChunk)) - riskChunk
		if from >= len(r.roads) {
			return nil
		}
		to := min(from+riskChunk, len(r.roads))
		for k := from; k < to; k++ {
			if out[k], err = w.close(ctx, r.roads[k]); err != nil {
				return err
			}
		}
		done <- to - from
	}
}

// result writes the roads whose closing changes anything, in their order.
func (r *risks) result(all []*roadRisk) *model.RoadRisks {
	out := &model.RoadRisks{
		Query: r.query, Limit: r.limitValue, People: r.people, Tried: len(r.roads), Anew: int(r.anew.Load()), Params: r.p.snapshot.Params,
		Inputs: slices.Clone(r.p.snapshot.Inputs), Engine: Version,
	}
	for _, kind := range r.services {
		out.Services = append(out.Services, r.p.snapshot.Types[kind].ID)
	}
	for k, risk := range all {
		if risk != nil {
			out.Roads = append(out.Roads, r.road(r.roads[k], risk))
		}
	}
	slices.SortStableFunc(out.Roads, func(a, b model.RoadRisk) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(b.Extra, a.Extra), cmp.Compare(a.Road, b.Road))
	})
	return out
}

// road writes one road.
func (r *risks) road(edges []int32, risk *roadRisk) model.RoadRisk {
	metric, roads := r.p.net.Metric(r.query.Impedance), r.p.snapshot.Roads
	first := &r.p.net.Edges[edges[0]]
	out := model.RoadRisk{
		Layer: roads.LayerName, Road: int(first.Road), FID: roads.FID[first.Road], Class: int(roads.Class[first.Road]),
		Ferry: first.Has(network.Ferry), At: halfWay(roads.Vertices(int(first.Road))), People: risk.people, Worse: risk.worse, Rejoined: risk.rejoined,
	}
	for _, l := range roads.ByLayer() {
		if out.Road >= l.From && out.Road < l.To {
			out.Layer = l.Layer
		}
	}
	for _, e := range edges {
		out.Length += float64(r.p.net.Edges[e].Length) / 100
	}
	extra := int64(0)
	for i, one := range risk.services {
		if one == (serviceRisk{}) {
			continue
		}
		extra += one.extra
		out.Services = append(out.Services, model.ServiceRisk{
			Service: r.p.snapshot.Types[r.services[i]].ID, Lost: one.lost, Unreached: one.unreached, Worse: one.worse,
			Extra: metric.Value(one.extra), MaxExtra: metric.Value(one.most),
		})
	}
	out.Extra = metric.Value(extra)
	return out
}

// halfWay is the point in the middle of a line of E, N pairs.
func halfWay(xy []float64) orb.Point {
	line := make(orb.LineString, len(xy)/2)
	for i := range line {
		line[i] = orb.Point{xy[2*i], xy[2*i+1]}
	}
	left := planar.Length(line) / 2
	for i := 1; i < len(line); i++ {
		step := planar.Distance(line[i-1], line[i])
		if step > 0 && left <= step {
			share := left / step
			return orb.Point{line[i-1][0] + share*(line[i][0]-line[i-1][0]), line[i-1][1] + share*(line[i][1]-line[i-1][1])}
		}
		left -= step
	}
	return line[0]
}
