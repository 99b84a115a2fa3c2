// Package tiletest makes archives of map tiles for tests, by code of its own that shares nothing with the readers.
package tiletest

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"nabar/model/format/tile"
)

// Tiles are the tiles of an archive.
type Tiles map[tile.Key][]byte

// Keys lists the tiles level by level, row by row.
func (t Tiles) Keys() []tile.Key {
	var out []tile.Key
	for k := range t {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b tile.Key) int {
		if a.Z != b.Z {
			return int(a.Z) - int(b.Z)
		}
		if a.Y != b.Y {
			return int(a.Y) - int(b.Y)
		}
		return int(a.X) - int(b.X)
	})
	return out
}

// Picture is a tile of PNG whose pixel (x, y) has the colour that paint gives.
func Picture(t testing.TB, side int, paint func(x, y int) color.RGBA) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			img.SetRGBA(x, y, paint(x, y))
		}
	}
	var out bytes.Buffer
	check(t, png.Encode(&out, img))
	return out.Bytes()
}

// Plain is a tile of one colour.
func Plain(t testing.TB, side int, c color.RGBA) []byte {
	t.Helper()
	return Picture(t, side, func(int, int) color.RGBA { return c })
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// MBTiles writes an MBTiles archive in the test's folder and gives its path.
func MBTiles(t testing.TB, name string, meta map[string]string, tiles Tiles) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer db.Close()
	for _, q := range []string{
		`CREATE TABLE metadata (name text, value text)`,
		`CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)`,
		`CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)`,
	} {
		_, err := db.Exec(q)
		check(t, err)
	}
	for k, v := range meta {
		_, err := db.Exec(`INSERT INTO metadata VALUES (?,?)`, k, v)
		check(t, err)
	}
	for _, k := range tiles.Keys() {
		_, err := db.Exec(`INSERT INTO tiles VALUES (?,?,?,?)`, k.Z, k.X, 1<<k.Z-1-int(k.Y), tiles[k])
		check(t, err)
	}
	return path
}

// Exec runs statements on an SQLite file.
func Exec(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer db.Close()
	for _, q := range statements {
		_, err := db.Exec(q)
		check(t, err)
	}
}

// PMOptions say how a PMTiles archive is made.
type PMOptions struct {
	Kind     uint8 // the specification's number: 1 vector, 2 PNG, 3 JPEG, 4 WebP
	Gzip     bool  // directories, metadata and tiles are packed
	Leaves   int   // entries of a leaf directory; 0 for a root directory alone
	Metadata string
	Bounds   [4]float64 // degrees: west, south, east, north
}

// PMTiles writes a PMTiles archive in the test's folder and gives its path.
func PMTiles(t testing.TB, name string, opt PMOptions, tiles Tiles) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	check(t, os.WriteFile(path, PMBytes(t, opt, tiles), 0o600))
	return path
}

// pmEntry is one line of a directory.
type pmEntry struct {
	id          uint64
	run         uint64
	offset, len uint64
}

// PMBytes is a PMTiles archive. Neighbours along the Hilbert curve with the same content share an entry.
func PMBytes(t testing.TB, opt PMOptions, tiles Tiles) []byte {
	t.Helper()
	pack := func(b []byte) []byte {
		if !opt.Gzip {
			return b
		}
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, err := w.Write(b)
		check(t, err)
		check(t, w.Close())
		return out.Bytes()
	}
	keys := tiles.Keys()
	slices.SortFunc(keys, func(a, b tile.Key) int {
		if Hilbert(a) < Hilbert(b) {
			return -1
		}
		return 1
	})
	var data []byte
	var entries []pmEntry
	for i, k := range keys {
		if last := len(entries) - 1; i > 0 && bytes.Equal(tiles[k], tiles[keys[i-1]]) && entries[last].id+entries[last].run == Hilbert(k) {
			entries[last].run++
			continue
		}
		packed := pack(tiles[k])
		entries = append(entries, pmEntry{Hilbert(k), 1, uint64(len(data)), uint64(len(packed))})
		data = append(data, packed...)
	}
	var leaves []byte
	root := entries
	if opt.Leaves > 0 {
		root = nil
		for part := range slices.Chunk(entries, opt.Leaves) {
			packed := pack(directory(part))
			root = append(root, pmEntry{part[0].id, 0, uint64(len(leaves)), uint64(len(packed))})
			leaves = append(leaves, packed...)
		}
	}
	rootBytes, meta := pack(directory(root)), pack([]byte(opt.Metadata))
	low, high := uint8(255), uint8(0)
	for _, k := range keys {
		low, high = min(low, k.Z), max(high, k.Z)
	}
	head := make([]byte, 127)
	copy(head, "PMTiles\x03")
	at := uint64(127)
	for i, part := range [][]byte{rootBytes, meta, leaves, data} {
		binary.LittleEndian.PutUint64(head[8+16*i:], at)
		binary.LittleEndian.PutUint64(head[16+16*i:], uint64(len(part)))
		at += uint64(len(part))
	}
	packing := byte(1)
	if opt.Gzip {
		packing = 2
	}
	copy(head[96:], []byte{1, packing, packing, opt.Kind, low, high})
	for i, v := range opt.Bounds {
		binary.LittleEndian.PutUint32(head[102+4*i:], uint32(int32(v*1e7)))
	}
	return slices.Concat(head, rootBytes, meta, leaves, data)
}

// directory writes entries column by column.
func directory(entries []pmEntry) []byte {
	out := binary.AppendUvarint(nil, uint64(len(entries)))
	last := uint64(0)
	for _, e := range entries {
		out, last = binary.AppendUvarint(out, e.id-last), e.id
	}
	for _, e := range entries {
		out = binary.AppendUvarint(out, e.run)
	}
	for _, e := range entries {
		out = binary.AppendUvarint(out, e.len)
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+entries[i-1].len {
			out = binary.AppendUvarint(out, 0)
			continue
		}
		out = binary.AppendUvarint(out, e.offset+1)
	}
	return out
}

// Hilbert is a tile's number, found by walking down the quarters of the curve: each quarter is visited in an order that
// depends on the one that it lies in.
func Hilbert(k tile.Key) uint64 {
	// For each shape of the curve: the quarters (y<<1 | x) in the order in which they are visited, and the shape in each.
	order := [4][4]int{{0, 2, 3, 1}, {0, 1, 3, 2}, {3, 1, 0, 2}, {3, 2, 0, 1}}
	next := [4][4]int{{1, 0, 0, 3}, {0, 1, 1, 2}, {3, 2, 2, 1}, {2, 3, 3, 0}}
	before := uint64(0)
	for z := range k.Z {
		before += uint64(1) << (2 * z)
	}
	shape, d := 0, uint64(0)
	for bit := int(k.Z) - 1; bit >= 0; bit-- {
		quarter := int(k.Y>>bit&1)<<1 | int(k.X>>bit&1)
		step := slices.Index(order[shape][:], quarter)
		d = d<<2 | uint64(step)
		shape = next[shape][step]
	}
	return before + d
}
