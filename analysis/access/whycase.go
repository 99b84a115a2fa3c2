package access

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// limit is the limit that was asked for, or the middle one of the query.
func (x *explainer) limit() float64 {
	if x.asked.Limit > 0 {
		return x.asked.Limit
	}
	return x.query.Bands[len(x.query.Bands)/2]
}

func (x *explainer) band() {
	to := x.limit()
	limit := x.here.metric.Limit(to)
	var within sum
	under, over := int32(-1), int32(-1)
	for _, i := range x.here.order {
		c := x.here.costs[i]
		switch {
		case c == notReached || x.main.weights.of[i] == 0:
		case c <= limit:
			within.add(x.main.weights.of[i])
			under = i
		case over < 0:
			over = i
		}
	}
	share := float64(within.people) / float64(x.here0.people)
	x.value(i18n.M("explain.people_share", x.main.weights.whole(within.people), i18n.Share(share)))
	x.line("band", within.squares, x.number(within.people), x.exact(to))
	x.line("band_share", x.number(within.people), x.number(x.here0.people), i18n.Share(share))
	if under >= 0 {
		x.witness(under, "under")
	}
	if over >= 0 {
		x.witness(over, "over")
	}
	x.term("limit", to)
	x.term("squares", float64(within.squares))
	x.term("people", x.persons(within.people))
	x.term("share", share)
}

// parts are the people in each band, beyond the last and not reached: together everybody.
func (x *explainer) parts() {
	w, bands := x.main.weights.of, x.query.Bands
	counts := make([]int64, len(bands)+1)
	for i, c := range x.here.costs {
		if c != notReached {
			k := 0
			for k < len(bands) && c > x.here.metric.Limit(bands[k]) {
				k++
			}
			counts[k] += w[i]
		}
	}
	x.value(x.number(counts[len(bands)]))
	from := 0.0
	for k, to := range bands {
		x.line("part", x.cost(from), x.cost(to), x.number(counts[k]))
		x.term("people", x.persons(counts[k]))
		from = to
	}
	x.line("beyond", x.cost(from), x.number(counts[len(bands)]))
	x.line("not_reached", x.number(x.here0.people-x.reach0.people))
	x.term("people", x.persons(counts[len(bands)]))
}

func (x *explainer) distribution() {
	x.value(i18n.Share(float64(x.reach0.people) / float64(x.here0.people)))
	w := x.main.weights.of
	for _, to := range x.query.Bands {
		limit, people := x.here.metric.Limit(to), int64(0)
		for i, c := range x.here.costs {
			if c <= limit {
				people += w[i]
			}
		}
		share := float64(people) / float64(x.here0.people)
		x.line("distribution", x.cost(to), x.number(people), i18n.Share(share))
		x.term("share", share)
	}
	x.left()
}

// nearest is the people whose nearest one facility is; without one that of most people.
func (x *explainer) nearest() {
	sums := map[int32]*sum{}
	for i, f := range take(x.found.nearest, x.keep) {
		if f < 0 {
			continue
		}
		if sums[f] == nil {
			sums[f] = &sum{}
		}
		sums[f].add(x.main.weights.of[i])
	}
	best := int32(-1)
	for _, f := range x.found.facilities {
		if id := x.prepared.snapshot.Facilities[f].ID; id == x.asked.Facility || x.asked.Facility == "" && sums[int32(f)] != nil && (best < 0 || sums[int32(f)].people > sums[best].people) {
			best = int32(f)
		}
	}
	if best < 0 {
		x.value("–")
		return
	}
	s := sums[best]
	if s == nil {
		s = &sum{}
	}
	x.value(x.main.weights.whole(s.people))
	x.line("nearest", x.name(best), s.squares, x.number(s.people))
	x.term("squares", float64(s.squares))
	x.term("people", x.persons(s.people))
}

// connector is about all squares that count, whoever lives there.
func (x *explainer) connector() {
	type joined struct{ cell, length int32 }
	var all []joined
	for i, cell := range x.squares.index {
		if p := x.prepared.cells[cell]; p.ok {
			all = append(all, joined{int32(i), p.join.Connector})
		}
	}
	if len(all) == 0 {
		x.value("–")
		return
	}
	slices.SortStableFunc(all, func(a, b joined) int { return cmp.Compare(a.length, b.length) })
	at := all[(95*len(all)+99)/100-1]
	v := float64(at.length) / 100
	x.value(i18n.Metres(v))
	x.line("connector", len(all), (95*len(all)+99)/100, i18n.M("explain.metres", v))
	x.witness(at.cell, "joined")
	x.term("squares", float64(len(all)))
	x.term("value", v)
}

func (x *explainer) personCost() {
	travel, _ := x.sums()
	x.value(x.travel(travel))
	x.left()
}

func (x *explainer) need() {
	from := x.here.from()
	var far sum
	total := int64(0)
	for i, c := range x.here.costs {
		if c != notReached && c >= from {
			far.add(x.main.weights.of[i])
			total += x.main.weights.of[i] * c
		}
	}
	travel := x.here.metric.Value(total) / float64(x.main.weights.parts)
	x.value(x.travel(travel))
	x.line("need", x.number(far.people), far.squares, x.cost(x.options.NeedFrom), x.travel(travel))
	x.term("from", x.options.NeedFrom)
	x.term("people", x.persons(far.people))
	x.term("sum", travel)
	x.left()
}

// joint tells how many have all services, and how many of them, within the limit.
func (x *explainer) joint(ctx context.Context) error {
	j, err := x.chosen.joint(ctx, nil)
	if err != nil {
		return err
	}
	to := x.limit()
	k := slices.IndexFunc(j.All.Bands, func(b model.Band) bool { return b.To == to })
	if k < 0 {
		return i18n.Errorf("explain.no_band", x.cost(to))
	}
	all := j.All.Bands[k].People
	share := float64(all) / float64(j.All.People)
	x.value(i18n.M("explain.people_share", all, i18n.Share(share)))
	x.line("joint", len(j.Services), x.cost(to), all, j.All.People, i18n.Share(share))
	for n, people := range j.Counts[k].People {
		x.line("counts", n, len(j.Services), people)
	}
	if len(j.Missing) > 0 {
		x.line("joint_missing", len(j.Missing))
	}
	x.term("limit", to)
	x.term("people", float64(all))
	x.term("share", share)
	return nil
}

// shares gives what the nearest and the farthest travel, for the lines on how travel is spread.
func (x *explainer) shares() (e model.Equity, ok bool) {
	if x.reach0.people == 0 || x.total == 0 {
		x.value("–")
		x.left()
		return e, false
	}
	x.sums()
	return x.here.equity(x.main.weights), true
}

func (x *explainer) curve() {
	e, ok := x.shares()
	if !ok {
		return
	}
	x.value(i18n.Share(e.Curve[5].Cost))
	for _, p := range e.Curve[1:] {
		x.line("curve", i18n.Share(p.People), i18n.Share(p.Cost))
		x.term("share", p.Cost)
	}
}

func (x *explainer) index() {
	e, ok := x.shares()
	if !ok {
		return
	}
	x.value(i18n.M("explain.of_hundred", 100*e.Index))
	x.line("index", x.number(x.reach0.people), 100*e.Index)
	x.term("index", e.Index)
}

func (x *explainer) palma() {
	e, ok := x.shares()
	if !ok {
		return
	}
	x.value(i18n.M("explain.times", e.Palma))
	x.line("palma_far", i18n.Share(e.FarShare), x.cost(e.FarMean))
	x.line("palma_near", i18n.Share(e.NearShare), x.cost(e.NearMean))
	if !math.IsNaN(e.Palma) {
		x.line("palma", i18n.Share(e.FarShare), i18n.Share(e.NearShare), i18n.M("explain.times", e.Palma))
	}
	x.term("far_share", e.FarShare)
	x.term("near_share", e.NearShare)
	x.term("palma", e.Palma)
}

// cell tells of one square's way, piece by piece.
func (x *explainer) cell() error {
	i := slices.IndexFunc(x.whole.cells, func(c *model.Cell) bool { return c.ID == x.asked.Cell })
	if i < 0 {
		return i18n.Errorf("explain.no_cell", x.asked.Cell)
	}
	p, metric := x.prepared, x.here.metric
	cell := x.whole.index[i]
	x.e.Of = i18n.M("explain.square", x.asked.Cell)
	x.line("cell_people", x.whole.cells[i].People)
	x.term("people", float64(x.whole.cells[i].People))
	x.e.Witnesses = []model.Witness{{Cell: x.asked.Cell, What: i18n.M("explain.square", x.asked.Cell)}}
	start := p.cells[cell]
	if !start.ok {
		x.value(i18n.M("explain.unreached"))
		x.line("cell_unjoined", i18n.Metres(p.snapshot.Params.SnapLimit))
		return nil
	}
	f := x.found.nearest[i]
	if f < 0 {
		x.value(i18n.M("explain.unreached"))
		x.line("cell_cut")
		return nil
	}
	cost := metric.Value(x.found.costs[i])
	x.value(x.cost(cost))
	if err := x.pieces(p.snapshot.Cells[cell].Centre, f, start.join); err != nil {
		return err
	}
	x.line("cell_sum", x.name(f), x.exact(cost), x.cost(cost))
	x.term("cost", cost)
	if next := x.found.next[i]; next >= 0 {
		second := metric.Value(x.found.seconds[i])
		x.line("cell_second", x.name(next), x.exact(second), x.cost(second-cost))
		x.term("second", second)
	} else {
		x.line("cell_no_second")
	}
	return nil
}

// pieces tells what the way to a facility is made of.
func (x *explainer) pieces(from orb.Point, f int32, start network.Join) error {
	p, metric := x.prepared, x.here.metric
	search := p.paths[x.query.Impedance].Get().(*route.PathSearch)
	defer p.paths[x.query.Impedance].Put(search)
	to := &p.snapshot.Facilities[f]
	end := p.facilities[f].join
	path, ok, err := search.Find(context.Background(), start, end)
	if err != nil || !ok {
		return err
	}
	out, in := metric.Connector(start.Connector), metric.Connector(end.Connector)
	first, last := int64(0), int64(0)
	if n := len(path.Legs); n > 0 {
		first = legCost(metric, &path.Legs[0])
		if n > 1 {
			last = legCost(metric, &path.Legs[n-1])
		}
	}
	between := path.Cost - out - in - first - last
	x.line("cell_out", i18n.M("explain.metres", float64(start.Connector)/100), x.exact(metric.Value(out)), x.road(start.Edge))
	x.line("cell_first", x.exact(metric.Value(first)))
	x.line("cell_between", max(len(path.Legs)-2, 0), x.exact(metric.Value(between)))
	x.line("cell_last", x.exact(metric.Value(last)))
	x.line("cell_in", i18n.M("explain.metres", float64(end.Connector)/100), x.exact(metric.Value(in)))
	for _, t := range []struct {
		name string
		cost int64
	}{{"connector_out", out}, {"first_road", first}, {"between", between}, {"last_road", last}, {"connector_in", in}} {
		x.term(t.name, metric.Value(t.cost))
	}
	ferry := int64(0)
	for i := range path.Legs {
		if l := &path.Legs[i]; p.net.Edges[l.Edge].Has(network.Ferry) {
			ferry += legCost(metric, l)
		}
	}
	if ferry > 0 {
		x.line("cell_ferry", x.exact(metric.Value(ferry)))
	}
	x.e.Way, _, _ = p.between(from, to.At, start, end, x.query.Impedance)
	return nil
}

// legCost is what one stretch costs, without waiting for a ferry.
func legCost(m *network.Metric, l *route.Leg) int64 {
	if l.Backward {
		return m.FromEnd(l.Edge, l.To) - m.FromEnd(l.Edge, l.From)
	}
	return m.FromStart(l.Edge, l.To) - m.FromStart(l.Edge, l.From)
}

// road names the road of an edge by its layer and row.
func (x *explainer) road(edge int32) i18n.Message {
	roads := x.prepared.net.Roads
	road := x.prepared.net.Edges[edge].Road
	layer := roads.LayerName
	for _, l := range roads.Layers {
		if int(l.From) <= int(road) {
			layer = l.Layer
		}
	}
	if int(road) >= len(roads.FID) {
		return i18n.Plain(layer)
	}
	return i18n.M("explain.road", layer, i18n.Plain(i18n.For(i18n.English).Bare(float64(roads.FID[road]), 0)))
}

// basis lists what a figure depends on beside the data.
func (p *Prepared) basis(q model.Query) []i18n.Message {
	a := &p.snapshot.Params
	out := []i18n.Message{
		i18n.M("explain.basis.snap", i18n.Metres(a.SnapLimit)), i18n.M("explain.basis.place", i18n.Metres(a.PlaceRadius)),
	}
	switch {
	case a.FerriesOff:
		out = append(out, i18n.M("explain.basis.no_ferries"))
	case a.FerryWait == 0:
		out = append(out, i18n.M("explain.basis.ferries_at_once", a.FerrySpeed))
	default:
		out = append(out, i18n.M("explain.basis.ferries", a.FerrySpeed, i18n.Seconds(a.FerryWait)))
	}
	if q.Impedance == model.Time {
		out = append(out, i18n.M("explain.basis.speed", a.DefaultSpeed))
		if a.ConnectorSpeed > 0 {
			out = append(out, i18n.M("explain.basis.connector", a.ConnectorSpeed))
		} else {
			out = append(out, i18n.M("explain.basis.free_connector"))
		}
	}
	if a.Date != "" {
		out = append(out, i18n.M("explain.basis.date", i18n.Date(a.Date)))
	} else {
		out = append(out, i18n.M("explain.basis.now"))
	}
	return out
}
