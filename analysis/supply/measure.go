package supply

import (
	"context"
	"errors"
	"math"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
)

// OnRoads measures what people have within reach. It gives a Problem where the query can't be answered: something in it is
// unknown, no service type has an open facility by a road, nobody of the group lives in the squares, or nobody has any place
// within the limit. progress may be nil.
//
// Time is that of a search back from each place within the limit, on all processors; memory 8 bytes a node and square for
// each processor, beside the outcome.
func OnRoads(ctx context.Context, p *access.Prepared, q Query, progress model.Progress) (*Result, error) {
	q, err := q.Complete()
	if err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(i18n.Message, float64) {}
	}
	m := &measuring{p: p, q: q}
	if err := m.people(); err != nil {
		return nil, err
	}
	n := len(p.Snapshot().Cells)
	m.value, m.places, m.types, m.counted = make([]float64, n), make([]int32, n), make([]int32, n), make([]int32, n)
	for i, service := range q.Services {
		share := float64(i) / float64(len(q.Services))
		progress(i18n.M("supply.progress", m.typeName(service)), share)
		err := m.service(ctx, int32(i+1), service, func(part float64) {
			progress(i18n.M("supply.progress", m.typeName(service)), share+part/float64(len(q.Services)))
		})
		switch {
		case errors.Is(err, i18n.Errorf("analysis.no_facilities")), errors.Is(err, i18n.Errorf("analysis.no_joined_facilities")):
			if m.missing = append(m.missing, service); len(m.missing) == len(q.Services) {
				return nil, err
			}
		case err != nil:
			return nil, err
		}
	}
	return m.result()
}

// measuring is a measure under way. The lists have an element for each square of the snapshot.
type measuring struct {
	p       *access.Prepared
	q       Query
	group   access.People
	groups  []access.People // women, men and the ages
	remarks []i18n.Message

	value   []float64
	places  []int32 // within the limit
	types   []int32 // service types that have a place within the limit
	counted []int32 // the last type counted among types, from 1

	missing  []string // service types without a place
	supply   float64  // of all places
	number   int      // of places
	unknown  int      // facilities that Capacities does not know
	deserted int      // places that nobody of the group reaches within the limit
}

// people finds whom the measure is of.
func (m *measuring) people() error {
	m.groups, m.remarks = m.p.GroupPeople()
	var err error
	m.group, err = m.p.PeopleOf(m.q.Group)
	return err
}

// typeName is what a service type is called.
func (m *measuring) typeName(id string) i18n.Message {
	for _, t := range m.p.Snapshot().Types {
		if t.ID == id {
			return t.Label()
		}
	}
	return i18n.Plain(id)
}

// service adds the places of one service type.
func (m *measuring) service(ctx context.Context, number int32, service string, progress func(float64)) error {
	places, err := m.p.Places(service)
	if err != nil {
		return err
	}
	m.number += len(places)
	var near []float64 // the weights of a place's squares
	return m.p.Catchments(ctx, m.q.Impedance, places, m.q.Limit, func(place int, squares []access.Costed) {
		near = near[:0]
		for _, s := range squares {
			near = append(near, m.q.Decay.Weight(s.Cost))
		}
		capacity := m.capacity(places[place])
		m.supply += capacity
		each := capacity
		if m.q.Method.Shares() {
			each = m.share(capacity, squares, near)
		}
		for i, s := range squares {
			m.value[s.Cell] += float64(each * near[i])
			m.places[s.Cell]++
			if m.counted[s.Cell] != number {
				m.counted[s.Cell] = number
				m.types[s.Cell]++
			}
		}
		progress(float64(place+1) / float64(len(places)))
	})
}

// share is the first step of the floating catchments: what a place has for each of those who reach it, weighed by how near
// they are, for PerPeople people. A place that nobody reaches has nothing to share.
func (m *measuring) share(capacity float64, squares []access.Costed, near []float64) float64 {
	demand := 0.0
	for i, s := range squares {
		demand += float64(m.group.In(s.Cell) * near[i])
	}
	if demand == 0 {
		m.deserted++
		return 0
	}
	return float64(PerPeople*capacity) / demand
}

// capacity is that of a place.
func (m *measuring) capacity(facilities []int) float64 {
	if m.q.Capacities == nil {
		return m.q.Capacity
	}
	sum := 0.0
	for _, i := range facilities {
		f := &m.p.Snapshot().Facilities[i]
		if c, ok := m.q.Capacities[Row{f.Layer, f.FID}]; ok && c >= 0 && !math.IsInf(c, 0) {
			sum += c
		} else {
			m.unknown++
			sum += m.q.Capacity
		}
	}
	return sum
}
