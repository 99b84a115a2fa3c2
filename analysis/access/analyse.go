package access

import (
	"context"
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
)

// Analyse computes the figures of one query. Squares outside the border count nowhere and are not among
// Result.Cells; facilities outside it serve like all others. It gives a Problem when the query can't be answered:
// an unknown service type, no open facilities, none of them near a road, nobody living in the squares, nobody who
// reaches one.
func (p *Prepared) Analyse(ctx context.Context, q model.Query) (*model.Result, error) {
	start := p.clock()
	q, service, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	facilities := p.open(q.Service)
	if len(facilities) == 0 {
		return nil, i18n.Errorf("analysis.no_facilities", service)
	}
	to := p.target(facilities)
	if len(to.ranks) == 0 {
		return nil, p.noneJoined(service)
	}
	found, err := p.nearby(ctx, q.Impedance, to)
	if err != nil {
		return nil, err
	}
	t := p.tally(q, found)
	switch {
	case t.people == 0:
		return nil, i18n.Errorf("analysis.nobody_lives")
	case t.reached == 0:
		return nil, i18n.Errorf("analysis.nobody_reached", service)
	}
	r := t.result()
	r.Facilities = len(facilities)
	r.Places = p.placeFigures(facilities, t.nearest)
	r.Params = p.snapshot.Params
	r.Inputs = slices.Clone(p.snapshot.Inputs)
	r.Engine = Version
	r.Timings = p.timings
	r.Timings.Search = p.since(start)
	r.Timings.Total = r.Timings.Build + r.Timings.Snap + r.Timings.Search
	return r, nil
}

// complete checks a query, fills its bands in and gives the service type's name.
func (p *Prepared) complete(q model.Query) (model.Query, i18n.Message, error) {
	if q.Impedance != model.Distance && q.Impedance != model.Time {
		return q, i18n.Message{}, i18n.Errorf("analysis.unknown_impedance", string(q.Impedance))
	}
	if len(q.Bands) == 0 {
		q.Bands = model.DefaultBands(q.Impedance)
	}
	q.Bands = slices.Clone(q.Bands)
	for i, b := range q.Bands {
		if !(b >= 0) || math.IsInf(b, 0) || i > 0 && b <= q.Bands[i-1] {
			return q, i18n.Message{}, i18n.Errorf("analysis.bad_bands")
		}
	}
	for i := range p.snapshot.Types {
		if t := &p.snapshot.Types[i]; t.ID == q.Service {
			return q, typeName(t), nil
		}
	}
	return q, i18n.Message{}, i18n.Errorf("analysis.unknown_service", q.Service)
}

// typeName is what a service type is called.
func typeName(t *model.ServiceType) i18n.Message {
	if t.Name != "" {
		return i18n.Plain(t.Name)
	}
	return i18n.M("service." + t.ID)
}

// search finds the way to the facilities that have joined the network. ranks gives the snapshot's index for the rank
// of each.
func (p *Prepared) search(ctx context.Context, imp model.Impedance, facilities []int) (Costs, []int, error) {
	t := p.target(facilities)
	costs, err := p.costs(ctx, imp, t.sources)
	return costs, t.ranks, err
}

// placeFigures tells for each facility how many people have it nearest, in the order of the snapshot.
func (p *Prepared) placeFigures(facilities []int, nearest map[int]int) []model.PlaceFigure {
	facilities = slices.Sorted(slices.Values(facilities))
	out := make([]model.PlaceFigure, len(facilities))
	for i, f := range facilities {
		out[i] = model.PlaceFigure{
			ID: p.snapshot.Facilities[f].ID, Name: p.snapshot.Facilities[f].Name,
			PeopleNearest: nearest[f], Joined: p.facilities[f].ok,
		}
	}
	return out
}
