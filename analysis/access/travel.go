package access

import (
	"context"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Traveller is a way of travelling as figures see it: it answers what it costs to get from a place to the nearest of some goals,
// setting out at a moment. A Prepared's own roads, by any model.Profile, answer the same at every moment. A way of travelling
// with a timetable answers otherwise; it is told the moment, and joins places by their road as those who walk to a stop do.
//
// An implementation must be safe for concurrent use, break ties by the order of the goals, and count in the network's metric:
// centimetres and milliseconds.
type Traveller interface {
	To(ctx context.Context, i model.Impedance, goals []route.Source, leave Departure) (Costs, error)
}

// Costs are the answers for the goals of one call of Traveller.To.
type Costs interface {
	// At is the nearest goal, and the nearest at another place than that, from where a place joins the network;
	// route.None where there is none.
	At(network.Join) route.Pair
}

// Departure is when one sets out: by what timetable, and at what time of the day.
type Departure struct {
	Date   string // ISO; "" for any day
	Second int    // since midnight
}

// WithTraveller has the nearest and second nearest answered by another way of travelling than the network's roads, setting out at a
// moment. Routes, more than two nearest, and areas within reach are always those of the roads.
func WithTraveller(t Traveller, leave Departure) Option {
	return func(p *Prepared) { p.travel, p.leave = t, leave }
}

// roads is the way of travelling along the network of a Prepared, at any moment.
type roads struct{ p *Prepared }

// To implements Traveller.
func (r roads) To(ctx context.Context, i model.Impedance, goals []route.Source, _ Departure) (Costs, error) {
	return r.p.field(ctx, i, goals)
}

// field finds the way along the roads, by the hierarchy where that is ready.
func (p *Prepared) field(ctx context.Context, i model.Impedance, goals []route.Source) (*route.Field, error) {
	if len(goals) > route.MaxFacilities {
		return nil, i18n.Errorf("analysis.too_many_facilities", len(goals), route.MaxFacilities)
	}
	field, err := p.sweep(ctx, i, goals)
	if field != nil || err != nil {
		return field, err
	}
	search := p.searches[i].Get().(*route.Search)
	defer p.searches[i].Put(search)
	return search.Run(ctx, goals, route.MaxCost)
}

// costs asks the way of travelling.
func (p *Prepared) costs(ctx context.Context, i model.Impedance, goals []route.Source) (Costs, error) {
	if p.travel == nil {
		return roads{p}.To(ctx, i, goals, p.leave)
	}
	return p.travel.To(ctx, i, goals, p.leave)
}
