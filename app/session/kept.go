package session

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"

	"nabar/analysis/access"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/role"
)

// What is kept in the project beside its layers, and made anew where it does not fit: the roads packed, so that they need
// not be read row by row, and the order in which the faster search takes the nodes of the network.
const (
	keptRoads = "roads"
	keptOrder = "order"
	orderKey  = "1" // the order itself knows its network
)

// keptFrom is how many roads a project has before anything is kept: fewer are read and prepared in a moment.
const keptFrom = 5000

// roadsKey tells what the packed roads depend on: which layers they are read from, in which order, and how. Revisions are
// never given twice. It is "" where there are too few roads.
func (l *loader) roadsKey() string {
	var b strings.Builder
	roads := 0
	fmt.Fprintf(&b, "%d;", role.RoadsVersion)
	for _, layer := range l.layers {
		if layer.Role == model.RoleRoads {
			roads += layer.Features
			fmt.Fprintf(&b, "%d %q %d %v;", layer.ID, layer.Name, layer.Revision, layer.Mapping)
		}
	}
	if roads < keptFrom {
		return ""
	}
	return b.String()
}

// keptRoads takes the roads from what is kept, and tells whether it could.
func (l *loader) keptRoads(ctx context.Context) bool {
	key := l.roadsKey()
	if key == "" {
		return false
	}
	content := l.project.Kept(ctx, keptRoads, key)
	return content != nil && l.out.Roads.UnmarshalBinary(content) == nil
}

// keepRoads keeps the roads that were read, in the background.
func (l *loader) keepRoads() {
	key, roads := l.roadsKey(), l.out.Roads
	if _, readOnly := l.project.ReadOnly(); readOnly || key == "" {
		return
	}
	l.s.inBackground(true, func(context.Context, func()) {
		if content, err := roads.MarshalBinary(); err == nil {
			l.s.keep(l.project, keptRoads, key, content)
		}
	})
}

// keep writes what was prepared. That it fails, because the disk is full or the project has been closed, harms nobody.
func (s *Session) keep(p *project.Project, name, key string, content []byte) {
	_ = p.Keep(context.WithoutCancel(s.life), name, key, content)
}

// accelerate makes the faster search ready in the background. The plain one answers until then, with the same figures;
// where the faster one can't be made, it goes on answering. What is given is closed when that is settled.
func (s *Session) accelerate(p *project.Project, prepared *access.Prepared) (ready chan struct{}) {
	ready = make(chan struct{})
	_, readOnly := p.ReadOnly()
	keeps := !readOnly && prepared.Network().Roads.Len() >= keptFrom
	s.inBackground(keeps, func(ctx context.Context, settled func()) {
		kept := p.Kept(ctx, keptOrder, orderKey)
		if kept != nil {
			settled() // most likely it fits
		}
		order, err := prepared.Accelerate(ctx, kept)
		close(ready)
		if err == nil && keeps && !bytes.Equal(order, kept) {
			s.keep(p, keptOrder, orderKey, order)
		}
	})
	return ready
}

// accelerateWay does the same for another way of travelling, by the order of the project's own network where that fits: on
// the same roads it does, and it is what takes the longest to make. Nothing is kept.
func (s *Session) accelerateWay(p *project.Project, prepared *access.Prepared) {
	s.inBackground(false, func(ctx context.Context, _ func()) {
		_, _ = prepared.Accelerate(ctx, p.Kept(ctx, keptOrder, orderKey))
	})
}

// inBackground runs fn; its context ends when the session is closed. Where it keeps something, Settle waits for it until
// fn is done or calls settled.
func (s *Session) inBackground(keeps bool, fn func(ctx context.Context, settled func())) {
	settled := func() {}
	s.background.Add(1)
	if keeps {
		s.keeping.Add(1)
		settled = sync.OnceFunc(s.keeping.Done)
	}
	go func() {
		defer s.background.Done()
		defer settled()
		fn(s.life, settled)
	}()
}
