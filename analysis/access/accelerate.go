package access

import (
	"context"
	"errors"
	"sync"

	"nabar/analysis/route"
	"nabar/model"
)

// swift is a hierarchy with both metrics laid on it.
type swift struct {
	sweeps map[model.Impedance]*sync.Pool // of *route.Sweep; no pool where the costs are too large for a hierarchy
}

// Accelerate prepares the network for fast answers. Until it is done the plain search answers, and the answers are the same:
// call it in the background once the first figures are shown.
//
// kept is what an earlier call returned for the same roads, or nil; it is used where it fits and made anew where it does
// not. Keep what is returned: it depends on which roads meet alone, not on lengths, speeds, directions or closed
// ferries. It is nil where the roads are so densely linked that a hierarchy is of no use. The context's error is the only one.
func (p *Prepared) Accelerate(ctx context.Context, kept []byte) (keep []byte, err error) {
	hierarchy, keep, err := p.hierarchy(ctx, kept)
	if errors.Is(err, route.ErrOrder) {
		return nil, nil // no road network: the plain search goes on answering
	}
	if err != nil {
		return nil, err
	}
	s := &swift{sweeps: map[model.Impedance]*sync.Pool{}}
	for _, i := range []model.Impedance{model.Distance, model.Time} {
		weights, err := hierarchy.Customise(ctx, p.net.Metric(i))
		switch {
		case errors.Is(err, route.ErrCosts):
			continue
		case err != nil:
			return nil, err
		}
		s.sweeps[i] = &sync.Pool{New: func() any { return route.NewSweep(weights, 0) }}
	}
	p.swift.Store(s)
	return keep, nil
}

// hierarchy builds a hierarchy from the kept order, or from a new one.
func (p *Prepared) hierarchy(ctx context.Context, kept []byte) (*route.Hierarchy, []byte, error) {
	var order route.Order
	if order.UnmarshalBinary(kept) == nil {
		h, err := route.NewHierarchy(ctx, p.net, &order)
		if !errors.Is(err, route.ErrOrder) {
			return h, kept, err
		}
	}
	fresh, err := route.NewOrder(ctx, p.net)
	if err != nil {
		return nil, nil, err
	}
	h, err := route.NewHierarchy(ctx, p.net, fresh)
	if err != nil {
		return nil, nil, err
	}
	keep, err := fresh.MarshalBinary()
	return h, keep, err
}

// sweep answers by the hierarchy. The field is nil where that is not ready or does not take the costs.
func (p *Prepared) sweep(ctx context.Context, i model.Impedance, sources []route.Source) (*route.Field, error) {
	s := p.swift.Load()
	if s == nil || s.sweeps[i] == nil {
		return nil, nil
	}
	sweep := s.sweeps[i].Get().(*route.Sweep)
	defer s.sweeps[i].Put(sweep)
	fields, err := sweep.Pairs(ctx, [][]route.Source{sources}, route.MaxCost, new(route.Labels))
	switch {
	case errors.Is(err, route.ErrCosts):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return fields[0], nil
}
