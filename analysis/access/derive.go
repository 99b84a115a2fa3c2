package access

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// SameNetwork tells whether two snapshots are analysed on the same network with the same joins: they share roads, way
// of travelling and parameters, the date of the facilities apart.
func SameNetwork(a, b *model.Snapshot) bool {
	params := b.Params
	params.Date = a.Params.Date
	return a.Roads == b.Roads && a.Params == params && a.Profile.Same(b.Profile)
}

// Derive prepares another snapshot of the same project, such as that of a scenario. Where roads and parameters are the
// same, and that is where they are shared, the network is used again, and only squares and facilities that stand elsewhere
// join it; else everything is prepared anew. The figures are those of Prepare, to the last bit.
func (p *Prepared) Derive(ctx context.Context, s *model.Snapshot, progress model.Progress) (*Prepared, error) {
	switch {
	case s == p.snapshot:
		return p, nil
	case !SameNetwork(s, p.snapshot):
		return Prepare(ctx, s, progress, WithClock(p.clock))
	}
	for i := range s.Cells {
		if s.Cells[i].People < 0 {
			return nil, i18n.Errorf("analysis.negative_people", s.Cells[i].ID)
		}
	}
	d := &Prepared{snapshot: s, net: p.net, clock: p.clock, searches: p.searches, paths: p.paths, travel: p.travel, leave: p.leave}
	d.swift.Store(p.swift.Load())
	start, known := p.clock(), p.joined()
	d.cells = d.rejoin(known, len(s.Cells), func(i int) orb.Point { return s.Cells[i].Centre })
	d.facilities = d.rejoin(known, len(s.Facilities), func(i int) orb.Point { return s.Facilities[i].At })
	d.timings.Snap = d.since(start)
	return d, ctx.Err()
}

// joined gives for every position where a square or facility of the snapshot has joined the network.
func (p *Prepared) joined() map[orb.Point]point {
	at := make(map[orb.Point]point, len(p.cells)+len(p.facilities))
	for i := range p.cells {
		at[p.snapshot.Cells[i].Centre] = p.cells[i]
	}
	for i := range p.facilities {
		at[p.snapshot.Facilities[i].At] = p.facilities[i]
	}
	return at
}

// rejoin joins points, those at known positions without looking.
func (p *Prepared) rejoin(known map[orb.Point]point, n int, at func(int) orb.Point) []point {
	out := make([]point, n)
	for i := range out {
		there, ok := known[at(i)]
		if !ok {
			there.join, there.ok = p.net.Snap(at(i), p.snapshot.Params.SnapLimit)
		}
		out[i] = there
	}
	return out
}

// noService tells whether an error says that there is no facility to reach.
func noService(err error) bool {
	return errors.Is(err, i18n.Errorf("analysis.no_facilities")) || errors.Is(err, i18n.Errorf("analysis.no_joined_facilities"))
}

// Unreached gives the figures of a query that no open facility answers, for a comparison with others: everybody is unreached.
// It gives the error itself where that says anything else than that nobody reaches the service.
func (p *Prepared) Unreached(q model.Query, err error) (*model.Result, error) {
	if !noService(err) && !errors.Is(err, i18n.Errorf("analysis.nobody_reached")) {
		return nil, err
	}
	q, _, bad := p.complete(q)
	if bad != nil {
		return nil, bad
	}
	facilities := p.open(q.Service)
	nan := math.NaN()
	r := &model.Result{
		Query: q, Facilities: len(facilities), Mean: nan, Median: nan, P90: nan, Max: nan, SecondMean: nan,
		Places: p.placeFigures(facilities, nil), Params: p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}
	for i := range p.snapshot.Cells {
		if c := &p.snapshot.Cells[i]; c.Inside {
			r.People += c.People
			r.Cells = append(r.Cells, model.CellCost{Cell: c.ID, People: c.People, Cost: nan, SecondCost: nan})
		}
	}
	r.Unreached = r.People
	for _, to := range q.Bands {
		r.Bands = append(r.Bands, model.Band{To: to})
	}
	return r, nil
}
