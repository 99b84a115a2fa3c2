package access

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"sync"

	"nabar/analysis/route"
	"nabar/internal/i18n"
	"nabar/model"
)

// outcome is what one search tells of all squares of a snapshot.
type outcome struct {
	ranks []int        // the snapshot's index of the facility of each rank: those that have joined the network
	pairs []route.Pair // of each square of the snapshot; None where it has not joined or reaches nothing
}

// mostOutcomes is how many outcomes are kept, 16 bytes for each square; then all are forgotten.
const mostOutcomes = 40

// outcomes keeps what searches found, so that all figures of a service type need one search. They depend on the network, the
// facilities and the squares' positions alone, which don't change.
type outcomes struct {
	mu    sync.Mutex
	known map[string]*outcome
}

// take gives what is kept, nil where there is nothing.
func (o *outcomes) take(key string) *outcome {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.known[key]
}

// put keeps an outcome.
func (o *outcomes) put(key string, found *outcome) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil || len(o.known) >= mostOutcomes {
		o.known = map[string]*outcome{}
	}
	o.known[key] = found
}

// forget lets go of all that is kept.
func (o *outcomes) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.known = nil
}

// target is the facilities of one search.
type target struct {
	ranks   []int
	sources []route.Source
}

// target lists the facilities that have joined the network, with their places.
func (p *Prepared) target(facilities []int) target {
	var t target
	for _, f := range facilities {
		if p.facilities[f].ok {
			t.ranks = append(t.ranks, f)
		}
	}
	t.sources = p.sources(t.ranks, p.places(t.ranks))
	return t
}

// apart is the same target with every facility at a place of its own.
func (t target) apart() target {
	t.sources = slices.Clone(t.sources)
	for i := range t.sources {
		t.sources[i].Place = int32(i)
	}
	return t
}

// siblings tells whether any place holds several facilities. Places are numbered by their first facility.
func (t target) siblings() bool {
	for i := range t.sources {
		if t.sources[i].Place != int32(i) {
			return true
		}
	}
	return false
}

// key tells the outcomes of a Prepared apart.
func (t target) key(i model.Impedance) string {
	out := []byte(i)
	for k, f := range t.ranks {
		out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(f)), uint64(t.sources[k].Place))
	}
	return string(out)
}

// nearby gives what is nearest to every square, from what was found before or by a search.
func (p *Prepared) nearby(ctx context.Context, i model.Impedance, t target) (*outcome, error) {
	key := t.key(i)
	if found := p.outcomes.take(key); found != nil {
		return found, nil
	}
	if p.live != nil {
		found := p.live.read(t)
		p.outcomes.put(key, found)
		return found, nil
	}
	field, err := p.costs(ctx, i, t.sources)
	if err != nil {
		return nil, err
	}
	found := p.read(field, t)
	p.outcomes.put(key, found)
	return found, nil
}

// read looks every square up in a field.
func (p *Prepared) read(field Costs, t target) *outcome {
	found := &outcome{ranks: t.ranks, pairs: make([]route.Pair, len(p.cells))}
	chunks(len(p.cells), func(from, to int) {
		for i := from; i < to; i++ {
			found.pairs[i] = route.Pair{route.None, route.None}
			if p.cells[i].ok {
				found.pairs[i] = field.At(p.cells[i].join)
			}
		}
	})
	return found
}

// chunkLength is the number of points that one worker takes at a time.
const chunkLength = 256

// chunks does work for 0 to n on all processors, in parts that don't depend on how many these are.
func chunks(n int, work func(from, to int)) {
	inParallel((n+chunkLength-1)/chunkLength, func(k int) { work(k*chunkLength, min((k+1)*chunkLength, n)) })
}

// together is the number of searches that Ahead makes in one sweep: what its widest kernel takes.
const together = 5

// Ahead searches for several service types at once, in a fraction of the time that one after the other would take, and keeps
// what it finds for the figures and rankings that are asked for later. It changes no answer. Where the faster search is
// not ready, or can't take the costs, it does nothing: each figure then searches for itself. The context's error is the
// only one.
func (p *Prepared) Ahead(ctx context.Context, i model.Impedance, services []string) error {
	if p.travel != nil {
		return nil
	}
	var targets []target
	for _, service := range services {
		t := p.target(p.open(service))
		if len(t.ranks) == 0 {
			continue
		}
		targets = append(targets, t)
		if t.siblings() {
			targets = append(targets, t.apart()) // what a ranking asks
		}
	}
	targets = slices.DeleteFunc(targets, func(t target) bool { return p.outcomes.take(t.key(i)) != nil })
	swift := p.swift.Load()
	if swift == nil || swift.sweeps[i] == nil {
		return nil
	}
	sweep := swift.sweeps[i].Get().(*route.Sweep)
	defer swift.sweeps[i].Put(sweep)
	labels := new(route.Labels)
	for some := range slices.Chunk(targets, together) {
		var sources [][]route.Source
		for _, t := range some {
			sources = append(sources, t.sources)
		}
		fields, err := sweep.Pairs(ctx, sources, route.MaxCost, labels)
		if errors.Is(err, route.ErrCosts) {
			return nil
		}
		if err != nil {
			return err
		}
		for k, t := range some {
			p.outcomes.put(t.key(i), p.read(fields[k], t))
		}
	}
	return nil
}

// noneJoined is the Problem of a service type none of whose facilities stands near a road.
func (p *Prepared) noneJoined(service i18n.Message) error {
	return i18n.Errorf("analysis.no_joined_facilities", service, i18n.Metres(p.snapshot.Params.SnapLimit))
}
