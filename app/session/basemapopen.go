package session

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model/format/all"
)

// basemapFiles are the archives that are open. They stay so from one picture of the map to the next.
type basemapFiles struct {
	mu    sync.Mutex
	files map[basemapKey]*openBasemap
}

// open gives the archive of a file, opened where it is not yet. One that can't be opened is remembered with the reason, until the file
// changes. The lock is held.
func (f *basemapFiles) open(ctx context.Context, path string, info fs.FileInfo, arrived func()) *openBasemap {
	key := basemapKey{path, info.Size(), info.ModTime().UnixNano()}
	if o, known := f.files[key]; known {
		return o
	}
	o := &openBasemap{key: key}
	archive, err := all.OpenTiles(ctx, path)
	var known *i18n.Problem
	switch {
	case err == nil:
		o.tiles = render.NewTiles(archive, arrived)
	case errors.As(err, &known):
		o.err = err
	default:
		o.err = i18n.Errorf("base.damaged", filepath.Base(path))
	}
	return o
}

// keep closes the archives that are not among those that are still shown. The lock is held.
func (f *basemapFiles) keep(open map[basemapKey]*openBasemap) {
	for key, o := range f.files {
		if open[key] == nil && o.tiles != nil {
			o.tiles.Close()
		}
	}
	f.files = open
}

// close closes all archives.
func (f *basemapFiles) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keep(nil)
}
