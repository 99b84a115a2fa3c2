package access

import (
	"context"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/model"
)

// Demand is an inhabited square that counts, with what it has today.
type Demand struct {
	Cell    int // index in the snapshot
	People  int
	Join    network.Join
	Joined  bool  // where not, it can't be reached
	Nearest int64 // cost to the nearest open facility in the metric's units; -1 where none is reached
}

// Demand lists the inhabited squares that count, in the order of the snapshot, with the cost to the service of a query.
// A service without open facilities is no fault here: nobody reaches any. Other Problems are those of Analyse.
func (p *Prepared) Demand(ctx context.Context, q model.Query) ([]Demand, error) {
	q, _, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	field, _, err := p.search(ctx, q.Impedance, p.open(q.Service))
	if err != nil {
		return nil, err
	}
	var out []Demand
	for i := range p.snapshot.Cells {
		c := &p.snapshot.Cells[i]
		if !c.Inside || c.People == 0 {
			continue
		}
		d := Demand{Cell: i, People: c.People, Join: p.cells[i].join, Joined: p.cells[i].ok, Nearest: -1}
		if d.Joined {
			if near := field.At(d.Join)[0]; near != route.None {
				d.Nearest = near.Cost()
			}
		}
		out = append(out, d)
	}
	return out, nil
}
