package access

import (
	"context"
	"strings"

	"nabar/analysis/network"
	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// Demand is a square that counts and where somebody of a group lives, with what it has today.
type Demand struct {
	Cell    int   // index in the snapshot
	Weight  int64 // the group's people, in the group's parts of a person
	Join    network.Join
	Joined  bool  // where not, it can't be reached
	Nearest int64 // cost to the nearest of the facilities in the metric's units; -1 where none is reached
	By      int   // that facility, as an index in the snapshot; -1 likewise
}

// Demand lists the squares that count where somebody of a group lives, in the order of the snapshot, with the cost to the
// nearest of some facilities, which are indices in the snapshot. Without any, nobody reaches one. Problems are those
// of Analyse.
func (p *Prepared) Demand(ctx context.Context, q model.Query, group *People, facilities []int) ([]Demand, error) {
	q, _, err := p.complete(q)
	if err != nil {
		return nil, err
	}
	field, ranks, err := p.search(ctx, q.Impedance, facilities)
	if err != nil {
		return nil, err
	}
	var out []Demand
	for i := range p.snapshot.Cells {
		if !p.snapshot.Cells[i].Inside || group.Of[i] == 0 {
			continue
		}
		d := Demand{Cell: i, Weight: group.Of[i], Join: p.cells[i].join, Joined: p.cells[i].ok, Nearest: -1, By: -1}
		if d.Joined {
			if near := field.At(d.Join)[0]; near != route.None {
				d.Nearest, d.By = near.Cost(), ranks[near.Facility()]
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// PeopleOf are the people of a group by its id, such as "women" or "65-", or everybody for "". It gives a Problem where
// the squares don't tell of the group.
func (p *Prepared) PeopleOf(id string) (People, error) {
	if id == "" {
		return p.Everybody(), nil
	}
	groups, _ := p.GroupPeople()
	var names []string
	for _, g := range groups {
		if g.Group.ID == id {
			return g, nil
		}
		names = append(names, g.Group.ID)
	}
	if names == nil {
		return People{}, i18n.Errorf("supply.group_none", id)
	}
	return People{}, i18n.Errorf("supply.group_unknown", id, strings.Join(names, ", "))
}

// Joins are where those of some facilities that have joined the network do so.
func (p *Prepared) Joins(facilities []int) []network.Join {
	var out []network.Join
	for _, f := range facilities {
		if p.facilities[f].ok {
			out = append(out, p.facilities[f].join)
		}
	}
	return out
}
