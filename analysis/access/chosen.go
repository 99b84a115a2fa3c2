package access

import (
	"context"
	"math"
	"slices"

	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// chosen is the people that figures are of, where they live, and what one search tells of their squares.
type chosen struct {
	prepared   *Prepared
	query      model.Query
	service    i18n.Message
	options    model.FigureOptions
	whole      *squares // that count
	found      *found   // of the whole
	everywhere part     // the chosen group in the whole kommun
	keep       []int32  // positions of the chosen squares in the whole; nil for all
	squares    *squares // that are chosen
	main       part     // the chosen group in the chosen squares
	all, here  *reach   // of the whole, and of the chosen squares
}

// choose searches, and sorts out whom the figures are of. Where unreached is set, a type without facilities reaches nobody.
func (p *Prepared) choose(ctx context.Context, q model.Query, o model.FigureOptions, unreached bool) (*chosen, error) {
	q, service, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	if o.NeedFrom <= 0 {
		o.NeedFrom = model.DefaultNeed(q.Impedance)
	}
	c := &chosen{prepared: p, query: q, service: service, options: o, whole: p.counted()}
	c.found, err = p.find(ctx, q, service, c.whole)
	if unreached && noService(err) {
		c.found, err = nothing(len(c.whole.cells)), nil
	}
	if err != nil {
		return nil, err
	}
	metric := p.net.Metric(q.Impedance)
	c.all = newReach(metric, q.Bands, o.NeedFrom, c.found.costs)
	c.all.second = c.found.seconds
	c.squares, c.here = c.whole, c.all
	if c.everywhere, err = c.whole.group(o.Of); err != nil {
		return nil, err
	}
	c.main = c.everywhere
	if o.Within == "" {
		return c, nil
	}
	if c.keep, err = c.whole.within(&o); err != nil {
		return nil, err
	}
	c.keep = slices.Grow(c.keep, 1) // never nil
	c.squares = &squares{take(c.whole.cells, c.keep), take(c.whole.index, c.keep)}
	c.here = newReach(metric, q.Bands, o.NeedFrom, take(c.found.costs, c.keep))
	c.here.second = take(c.found.seconds, c.keep)
	c.main, err = c.squares.group(o.Of)
	return c, err
}

// some tells whether others than everybody are chosen.
func (c *chosen) some() bool { return c.options.Of != "" || c.options.Within != "" }

// take gives the values at some positions, all where keep is nil.
func take[T any](all []T, keep []int32) []T {
	if keep == nil {
		return all
	}
	out := make([]T, len(keep))
	for i, k := range keep {
		out[i] = all[k]
	}
	return out
}

// found is what a search tells of the squares that count: the cost to the nearest facility and to the nearest at another
// place, notReached where there is none, and which these are, by their index in the snapshot, -1 for none.
type found struct {
	costs, seconds []int64
	nearest, next  []int32
	facilities     []int // open ones of the type, by id
}

// find looks for the nearest facilities of the query's type from each square that counts.
func (p *Prepared) find(ctx context.Context, q model.Query, service i18n.Message, s *squares) (*found, error) {
	facilities := p.open(q.Service)
	if len(facilities) == 0 {
		return nil, i18n.Errorf("analysis.no_facilities", service)
	}
	to := p.target(facilities)
	if len(to.ranks) == 0 {
		return nil, p.noneJoined(service)
	}
	outcome, err := p.nearby(ctx, q.Impedance, to)
	if err != nil {
		return nil, err
	}
	n := len(s.cells)
	f := &found{make([]int64, n), make([]int64, n), make([]int32, n), make([]int32, n), facilities}
	for i, cell := range s.index {
		pair := &outcome.pairs[cell]
		f.costs[i], f.nearest[i] = reached(pair[0], to.ranks)
		f.seconds[i], f.next[i] = reached(pair[1], to.ranks)
	}
	return f, nil
}

// nothing is what a search without facilities tells of n squares.
func nothing(n int) *found {
	f := &found{make([]int64, n), make([]int64, n), make([]int32, n), make([]int32, n), nil}
	for i := range n {
		f.costs[i], f.nearest[i] = reached(route.None, nil)
		f.seconds[i], f.next[i] = reached(route.None, nil)
	}
	return f
}

// reached reads a label.
func reached(l route.Label, ranks []int) (cost int64, facility int32) {
	if l == route.None {
		return notReached, -1
	}
	return l.Cost(), int32(ranks[l.Facility()])
}

// group is the group of people with an ID, everybody for "".
func (s *squares) group(id string) (part, error) {
	if id == "" {
		return part{model.Group{Name: i18n.M("figures.everybody")}, s.everybody()}, nil
	}
	parts, _ := s.bySex()
	ages, _ := s.byAge()
	for _, p := range append(parts, ages...) {
		if p.group.ID == id {
			return p, nil
		}
	}
	return part{}, i18n.Errorf("panel.unknown_group", id)
}

// curveSteps is how many steps a distribution has.
const curveSteps = 60

// detail adds the curves, the places and the squares.
func (c *chosen) detail(f *model.Figures, parts []part) {
	most := f.All.Max
	for i := range f.Groups {
		if g := &f.Groups[i]; g.By == model.BySex && !(g.Max <= most) && !math.IsNaN(g.Max) {
			most = g.Max
		}
	}
	f.All.Curve = c.here.distribution(c.main.weights, most)
	for i := range f.Groups {
		if f.Groups[i].By == model.BySex {
			f.Groups[i].Curve = c.here.distribution(parts[i].weights, most)
		}
	}
	f.Places = c.places()
	f.Squares = make([]model.Square, len(c.whole.cells))
	for i, cell := range c.whole.index {
		f.Squares[i] = model.Square{Cell: cell, Within: c.keep == nil, Lived: c.keep == nil && c.main.weights.of[i] > 0}
	}
	for i, k := range c.keep {
		f.Squares[k].Within, f.Squares[k].Lived = true, c.main.weights.of[i] > 0
	}
}

// distribution is the share of a group's people at or under each of evenly spaced costs up to the most; nil where nobody
// is in the group or reached.
func (r *reach) distribution(w weights, most float64) []model.CurvePoint {
	var all int64
	for _, part := range w.of {
		all += part
	}
	if all == 0 || !(most >= 0) {
		return nil
	}
	out := make([]model.CurvePoint, curveSteps+1)
	k, sum := 0, int64(0)
	for i := range out {
		to := most * float64(i) / curveSteps
		limit := r.metric.Limit(to)
		for k < len(r.order) && r.costs[r.order[k]] <= limit {
			sum += w.of[r.order[k]]
			k++
		}
		out[i] = model.CurvePoint{Cost: to, People: float64(sum) / float64(all)}
	}
	return out
}

// places tells for each open facility how many of the chosen people have it nearest.
func (c *chosen) places() []model.PlaceFigure {
	sums := map[int]int64{}
	for i, f := range take(c.found.nearest, c.keep) {
		if f >= 0 {
			sums[int(f)] += c.main.weights.of[i]
		}
	}
	people := map[int]int{}
	for f, sum := range sums {
		people[f] = c.main.weights.whole(sum)
	}
	return c.prepared.placeFigures(c.found.facilities, people)
}
