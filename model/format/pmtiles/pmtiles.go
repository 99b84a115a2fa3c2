// Package pmtiles reads PMTiles: archives of map tiles in one file with directories of its own (specification version 3).
//
// Invariants: only what is asked for is read, at offsets that were held against the file's size before; directories are
// bounded packed and unpacked; the file is never written to. Directories and tiles packed with gzip or not at all are read,
// others refused.
package pmtiles

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/format/tile"
)

// The limits of what is read at once.
const (
	maxDirectory = 16 << 20 // unpacked; the packed one is at most as large
	maxMetadata  = 4 << 20
	maxDepth     = 4  // of directories: the specification's archives have two
	keptLeaves   = 64 // leaf directories that are remembered
)

// archive is an opened file.
type archive struct {
	name string
	file *os.File
	size uint64
	head header
	info tile.Info
	root []entry

	mu     sync.Mutex
	leaves map[uint64][]entry // by offset
	order  []uint64           // of leaves, the longest unused first
}

// Open opens a file and reads its header, root directory and metadata. What is wrong is told as a *i18n.Problem: another
// version, a packing that is not read, tiles of another kind, or a damaged file.
func Open(ctx context.Context, path string) (tile.Archive, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, &i18n.Problem{Message: i18n.M("import.unreadable", filepath.Base(path)), Cause: err}
	}
	a := &archive{name: filepath.Base(path), file: file, leaves: map[uint64][]entry{}}
	if err := a.examine(); err != nil {
		file.Close()
		var known *i18n.Problem
		if errors.As(err, &known) {
			return nil, err
		}
		return nil, &i18n.Problem{Message: i18n.M("base.damaged", a.name), Cause: err}
	}
	return a, nil
}

// Format implements tile.Archive.
func (a *archive) Format() string { return "pmtiles" }

// Info implements tile.Archive.
func (a *archive) Info() tile.Info { return a.info }

// Close implements tile.Archive.
func (a *archive) Close() error { return a.file.Close() }

// examine reads what the file says of itself.
func (a *archive) examine() error {
	stat, err := a.file.Stat()
	if err != nil {
		return err
	}
	a.size = uint64(stat.Size())
	var raw [headerSize]byte
	if _, err := a.file.ReadAt(raw[:], 0); err != nil {
		return fmt.Errorf("header: %w", err)
	}
	if string(raw[:len(magic)]) != magic {
		return i18n.Errorf("base.not_tiles", a.name)
	}
	if version := raw[len(magic)]; version != 3 {
		return i18n.Errorf("base.pmtiles_version", a.name, int(version))
	}
	a.head = readHeader(&raw)
	if err := a.check(); err != nil {
		return err
	}
	packed, err := a.read(a.head.root, maxDirectory)
	if err != nil {
		return fmt.Errorf("root directory: %w", err)
	}
	if a.root, err = a.directory(packed); err != nil {
		return fmt.Errorf("root directory: %w", err)
	}
	if len(a.root) == 0 {
		return i18n.Errorf("base.no_tiles", a.name)
	}
	a.metadata()
	return nil
}

// packings are the names of the ways of packing, by their number in the header.
var packings = map[uint8]string{unpacked: "none", gzipped: "gzip", 3: "brotli", 4: "zstd"}

// kinds are the kinds of tiles, by their number in the header.
var kinds = map[uint8]tile.Kind{1: tile.MVT, 2: tile.PNG, 3: tile.JPEG, 4: tile.WebP}

// check refuses what is not read, and makes the header's numbers good.
func (a *archive) check() error {
	h := &a.head
	for _, p := range []uint8{h.directoryPacking, h.tilePacking} {
		if p > gzipped {
			name := packings[p]
			if name == "" {
				name = fmt.Sprint(p)
			}
			return i18n.Errorf("base.pmtiles_packing", a.name, name)
		}
	}
	kind, known := kinds[h.kind]
	if !known {
		return i18n.Errorf("base.kind_unknown", a.name, fmt.Sprint(h.kind))
	}
	if h.minZoom > h.maxZoom || h.minZoom > tile.MaxZoom {
		return fmt.Errorf("zoom levels %d to %d", h.minZoom, h.maxZoom)
	}
	a.info = tile.Info{Kind: kind, MinZoom: h.minZoom, MaxZoom: min(h.maxZoom, tile.MaxZoom)}
	var ok bool
	if a.info.Bounds, ok = tile.Clip(h.bounds); !ok {
		a.info.Bounds = tile.World()
	}
	return nil
}

// metadata takes name and attribution from the JSON that describes the archive; a damaged one says nothing.
func (a *archive) metadata() {
	if a.head.meta.length > maxMetadata {
		return
	}
	packed, err := a.read(a.head.meta, maxMetadata)
	if err != nil {
		return
	}
	text, err := tile.Unzip(packed, maxMetadata)
	if err != nil {
		return
	}
	var said struct {
		Name        any `json:"name"`
		Attribution any `json:"attribution"`
	}
	if json.Unmarshal(bytes.TrimRight(text, "\x00"), &said) != nil {
		return
	}
	name, _ := said.Name.(string)
	attribution, _ := said.Attribution.(string)
	a.info.Name, a.info.Attribution = tile.Plain(name), tile.Plain(attribution)
}

// read reads a section of at most limit bytes that lies in the file.
func (a *archive) read(s section, limit uint64) ([]byte, error) {
	switch {
	case s.length == 0:
		return nil, nil
	case s.length > limit:
		return nil, tile.ErrTooLarge
	case s.offset > a.size || s.length > a.size-s.offset:
		return nil, io.ErrUnexpectedEOF
	}
	out := make([]byte, s.length)
	_, err := a.file.ReadAt(out, int64(s.offset))
	return out, err
}

// within gives a section inside another; one that would leave it is refused.
func (s section) within(offset, length uint64) (section, error) {
	if offset > s.length || length > s.length-offset {
		return section{}, io.ErrUnexpectedEOF
	}
	return section{s.offset + offset, length}, nil
}

// directory unpacks a directory and reads it.
func (a *archive) directory(packed []byte) ([]entry, error) {
	if a.head.directoryPacking == gzipped {
		var err error
		if packed, err = tile.Unzip(packed, maxDirectory); err != nil {
			return nil, err
		}
	}
	return readDirectory(packed)
}

// Tile implements tile.Archive.
func (a *archive) Tile(ctx context.Context, k tile.Key) ([]byte, error) {
	if !k.Valid() {
		return nil, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	id := number(k)
	entries := a.root
	for range maxDepth {
		e, ok := find(entries, id)
		switch {
		case !ok:
			return nil, nil
		case e.run > 0:
			return a.tile(e)
		}
		var err error
		if entries, err = a.leaf(e); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("pmtiles: directories in directories without end")
}

// First implements tile.Archive.
func (a *archive) First(context.Context) ([]byte, error) {
	entries := a.root
	for range maxDepth {
		if len(entries) == 0 {
			return nil, nil
		}
		if entries[0].run > 0 {
			return a.tile(entries[0])
		}
		var err error
		if entries, err = a.leaf(entries[0]); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// tile reads the tile of an entry and unpacks it.
func (a *archive) tile(e entry) ([]byte, error) {
	s, err := a.head.data.within(e.offset, uint64(e.length))
	if err != nil {
		return nil, err
	}
	packed, err := a.read(s, tile.MaxBytes)
	if err != nil || a.head.tilePacking == unpacked {
		return packed, err
	}
	return tile.Unzip(packed, tile.MaxBytes)
}

// leaf reads the directory that an entry stands for, or gives the remembered one.
func (a *archive) leaf(e entry) ([]entry, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if known, ok := a.leaves[e.offset]; ok {
		return known, nil
	}
	s, err := a.head.leaves.within(e.offset, uint64(e.length))
	if err != nil {
		return nil, err
	}
	packed, err := a.read(s, maxDirectory)
	if err != nil {
		return nil, err
	}
	entries, err := a.directory(packed)
	if err != nil {
		return nil, err
	}
	if len(a.order) >= keptLeaves {
		delete(a.leaves, a.order[0])
		a.order = a.order[1:]
	}
	a.leaves[e.offset], a.order = entries, append(a.order, e.offset)
	return entries, nil
}

// section is a part of the file.
type section struct{ offset, length uint64 }

// The header's beginning, size, and ways of packing.
const (
	magic      = "PMTiles"
	headerSize = 127

	unpacked = 1
	gzipped  = 2
)

// header is what stands at the beginning of the file.
type header struct {
	root, meta, leaves, data      section
	directoryPacking, tilePacking uint8
	kind, minZoom, maxZoom        uint8
	bounds                        orb.Bound
}

// readHeader reads the header, whose numbers are little-endian.
func readHeader(raw *[headerSize]byte) header {
	part := func(at int) section {
		return section{binary.LittleEndian.Uint64(raw[at:]), binary.LittleEndian.Uint64(raw[at+8:])}
	}
	degrees := func(at int) float64 { return float64(int32(binary.LittleEndian.Uint32(raw[at:]))) / 1e7 }
	return header{
		root: part(8), meta: part(24), leaves: part(40), data: part(56),
		directoryPacking: raw[97], tilePacking: raw[98], kind: raw[99], minZoom: raw[100], maxZoom: raw[101],
		bounds: orb.Bound{Min: orb.Point{degrees(102), degrees(106)}, Max: orb.Point{degrees(110), degrees(114)}},
	}
}
