package project

import (
	"context"
	"sync"
)

// gate lets many read or one write, and gives up waiting when a context ends. Readers are let in while others read,
// even if a writer waits, so that a read inside a read never blocks.
type gate struct {
	mu      sync.Mutex
	readers int
	writing bool
	changed chan struct{} // closed and replaced whenever somebody leaves
}

func newGate() *gate { return &gate{changed: make(chan struct{})} }

// enter waits until the gate is free for reading or, if write is set, for writing alone.
func (g *gate) enter(ctx context.Context, write bool) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		g.mu.Lock()
		if !g.writing && (!write || g.readers == 0) {
			if write {
				g.writing = true
			} else {
				g.readers++
			}
			g.mu.Unlock()
			return nil
		}
		changed := g.changed
		g.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

// leave ends what enter began.
func (g *gate) leave() {
	g.mu.Lock()
	if g.writing {
		g.writing = false
	} else {
		g.readers--
	}
	close(g.changed)
	g.changed = make(chan struct{})
	g.mu.Unlock()
}
