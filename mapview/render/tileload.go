package render

import (
	"context"
	"image"
	"math"
	"sync"
	"time"

	"nabar/model/format/mvt"
	"nabar/model/format/tile"
)

// The patience of a map on a screen: how long a picture waits for its tiles before it is drawn with what there is, and how
// often at most it is told that others have come.
const (
	tilePatience = 70 * time.Millisecond
	tileNews     = 250 * time.Millisecond
)

// tileWorkers is how many tiles are decoded at the same time.
const tileWorkers = 2

// all gives the pictures of keys, however long that takes.
func (t *Tiles) all(ctx context.Context, keys []picKey) ([]*image.RGBA, error) {
	out := make([]*image.RGBA, len(keys))
	var first error
	var mu sync.Mutex
	var wait sync.WaitGroup
	next := 0
	for range min(tileWorkers, len(keys)) {
		wait.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				stop := first != nil
				mu.Unlock()
				if i >= len(keys) || stop {
					return
				}
				img, err := t.picture(ctx, keys[i])
				mu.Lock()
				if out[i] = img; err != nil {
					first = err
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	return out, first
}

// soon gives the pictures of keys that are there within tilePatience. The others come later, the first keys first; in their place are enlarged
// pictures of levels above, as far as there are any. complete tells whether none is missing.
func (t *Tiles) soon(ctx context.Context, keys []picKey) (out []*image.RGBA, complete bool) {
	t.want(keys)
	limit := time.NewTimer(tilePatience)
	defer limit.Stop()
	for {
		t.mu.Lock()
		news := t.news
		t.mu.Unlock()
		if out, complete = t.present(keys); complete {
			return out, true
		}
		select {
		case <-news:
			continue
		case <-limit.C:
		case <-ctx.Done():
		}
		break
	}
	for i, k := range keys {
		if out[i] == nil {
			out[i] = t.standIn(k)
		}
	}
	return out, false
}

// present gives those of the pictures that are there.
func (t *Tiles) present(keys []picKey) (out []*image.RGBA, complete bool) {
	out, complete = make([]*image.RGBA, len(keys)), true
	for i, k := range keys {
		img, known := t.cached(k)
		out[i], complete = img, complete && known
	}
	return out, complete
}

// standIn is the enlarged picture of the nearest level above that is there; nil where there is none, and for a picture that is
// known to be nothing.
func (t *Tiles) standIn(k picKey) *image.RGBA {
	if _, known := t.cached(k); known {
		return nil
	}
	for up := uint8(1); k.halved == 0 && up <= min(k.Z, 6); up++ {
		if img, known := t.cached(picKey{Key: k.Up(up)}); known && img != nil {
			return enlarge(img, k.Key, up)
		}
	}
	return nil
}

// coarser is how many levels above a view's own those tiles lie that are loaded first: one of them stands in for 64.
const coarser = 3

// want makes the missing ones of keys be loaded in the background, in place of what was wanted before.
func (t *Tiles) want(keys []picKey) {
	var list []picKey
	seen := map[picKey]bool{}
	add := func(k picKey) {
		if _, known := t.kept[k]; !known && !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := len(keys) - 1; i >= 0; i-- { // the last in the list is loaded first
		add(keys[i])
	}
	for _, k := range keys {
		if up := min(coarser, k.Z-min(k.Z, t.info.MinZoom)); up > 0 && k.halved == 0 && len(list) > 0 {
			add(picKey{Key: k.Up(up)})
		}
	}
	t.wanted = list
	for t.working < tileWorkers && t.working < len(list) {
		t.working++
		go t.work()
	}
}

// work loads what is wanted until nothing is.
func (t *Tiles) work() {
	for {
		t.mu.Lock()
		n := len(t.wanted)
		if n == 0 || t.life.Err() != nil {
			t.working--
			t.mu.Unlock()
			return
		}
		k := t.wanted[n-1]
		t.wanted = t.wanted[:n-1]
		t.mu.Unlock()
		_, _ = t.picture(t.life, k) // only the end of life keeps it from being kept
		t.tell()
	}
}

// tell lets those go on who wait for a tile, and now and then says that there is news for those who no longer do.
func (t *Tiles) tell() {
	t.mu.Lock()
	close(t.news)
	t.news = make(chan struct{})
	done := len(t.wanted) == 0 && t.working == 1
	due := done || time.Since(t.told) > tileNews
	if due {
		t.told = time.Now()
	}
	t.mu.Unlock()
	if due && t.arrived != nil && t.life.Err() == nil {
		t.arrived()
	}
}

// Check looks at a tile of each level, in the middle of what the archive covers, and at any one tile, and tells how many of how many can't be
// shown.
func (t *Tiles) Check(ctx context.Context) (tried, bad int, err error) {
	u, v := unitOf(t.info.Bounds.Center())
	for z := int(t.info.MinZoom) - 1; z <= int(t.info.MaxZoom); z++ {
		read := t.archive.First
		if z >= int(t.info.MinZoom) {
			n := math.Exp2(float64(z))
			k := tile.Key{Z: uint8(z), X: uint32(math.Min(u*n, n-1)), Y: uint32(math.Min(v*n, n-1))}
			read = func(ctx context.Context) ([]byte, error) { return t.archive.Tile(ctx, k) }
		}
		data, err := read(ctx)
		if ctx.Err() != nil {
			return 0, 0, ctx.Err()
		}
		if err == nil && len(data) == 0 {
			continue
		}
		tried++
		if err != nil || !t.shows(data) {
			bad++
		}
	}
	return tried, bad, nil
}

// shows tells whether a tile can be shown.
func (t *Tiles) shows(data []byte) bool {
	if !t.info.Kind.Raster() {
		_, err := mvt.Decode(data, nil)
		return err == nil
	}
	_, err := tile.Decode(data)
	return err == nil
}
