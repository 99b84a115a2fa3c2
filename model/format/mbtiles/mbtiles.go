// Package mbtiles reads MBTiles: archives of map tiles that are SQLite databases with the tables tiles and metadata
// (MBTiles specification 1.3).
//
// Invariants: the file is opened as all foreign databases are and never written to; a slow or damaged one costs at most
// patience for each tile; rows are counted from the south in the file and from the north in what the package gives.
package mbtiles

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model/format/database"
	"nabar/model/format/tile"
)

// patience is how long one question to the file may take.
const patience = 2 * time.Second

// archive is an opened file.
type archive struct {
	name string // of the file
	info tile.Info
	xyz  bool // rows are counted from the north, against the specification

	mu   sync.Mutex // the connection is for one question at a time
	file *database.File
}

// Open opens a file and reads what it says of itself. What is wrong is told as a *i18n.Problem: that it is no such archive,
// damaged, without tiles or without an index, or that somebody is writing to it.
func Open(ctx context.Context, path string) (tile.Archive, error) {
	a := &archive{name: filepath.Base(path)}
	if len(database.Pending(path)) > 0 {
		return nil, i18n.Errorf("base.unfinished", a.name)
	}
	file, err := database.Open(ctx, path)
	if err != nil {
		return nil, a.fail(ctx, err)
	}
	a.file = file
	if err := a.examine(ctx); err != nil {
		a.Close()
		return nil, a.fail(ctx, err)
	}
	return a, nil
}

// fail turns what went wrong into a sentence.
func (a *archive) fail(ctx context.Context, err error) error {
	var known *i18n.Problem
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return err
	}
	return &i18n.Problem{Message: i18n.M("base.damaged", a.name), Cause: err}
}

// Format implements tile.Archive.
func (a *archive) Format() string { return "mbtiles" }

// Info implements tile.Archive.
func (a *archive) Info() tile.Info { return a.info }

// Close implements tile.Archive.
func (a *archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.file.Close()
}

// ask puts a question with one row for an answer, within patience.
func (a *archive) ask(ctx context.Context, into []any, query string, args ...any) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.file.Conn.QueryRowContext(limited, query, args...).Scan(into...)
}

// examine reads the metadata and finds out what it does not tell.
func (a *archive) examine(ctx context.Context) error {
	var tables int
	err := a.ask(ctx, []any{&tables}, `SELECT count(*) FROM sqlite_master WHERE type IN ('table','view') AND name IN ('tiles','metadata')`)
	if err != nil {
		return err
	}
	if tables < 2 {
		return i18n.Errorf("base.not_tiles", a.name)
	}
	meta, err := a.metadata(ctx)
	if err != nil {
		return err
	}
	first, err := a.First(ctx)
	if err != nil {
		return err
	}
	if first == nil {
		return i18n.Errorf("base.no_tiles", a.name)
	}
	if err := a.indexed(ctx); err != nil {
		return err
	}
	a.xyz = strings.EqualFold(meta["scheme"], "xyz")
	a.info = tile.Info{Name: tile.Plain(meta["name"]), Attribution: tile.Plain(meta["attribution"]), Kind: kind(meta["format"], first)}
	if a.info.Kind == "" {
		return i18n.Errorf("base.kind_unknown", a.name, tile.Plain(meta["format"]))
	}
	if err := a.zooms(ctx); err != nil {
		return err
	}
	if b, ok := tile.ParseBounds(meta["bounds"]); ok {
		a.info.Bounds = b
		return nil
	}
	return a.bounds(ctx)
}

// kind is what the tiles are: by the first of them, else by what the file says.
func kind(said string, first []byte) tile.Kind {
	if k := tile.Sniff(first); k != "" {
		return k
	}
	switch strings.ToLower(strings.TrimSpace(said)) {
	case "png":
		return tile.PNG
	case "jpg", "jpeg":
		return tile.JPEG
	case "webp":
		return tile.WebP
	case "pbf", "mvt":
		return tile.MVT
	}
	return ""
}

// longestValue is how many letters of a value of the metadata are read: the list of vector layers can be long, and is not used.
const longestValue = 4000

// metadata reads what the archive says of itself.
func (a *archive) metadata(ctx context.Context) (map[string]string, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	a.mu.Lock()
	defer a.mu.Unlock()
	rows, err := a.file.Conn.QueryContext(limited, `SELECT CAST(name AS TEXT), substr(CAST(value AS TEXT),1,?) FROM metadata
  WHERE name IN ('name','attribution','format','bounds','scheme') LIMIT 50`, longestValue)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var name, value sql.NullString
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		if out[name.String] == "" {
			out[name.String] = value.String
		}
	}
	return out, rows.Err()
}

// fewTiles is how many tiles a file without an index may have: each look-up reads through them all.
const fewTiles = 2000

// indexed refuses a large file in which every tile would have to be searched for.
func (a *archive) indexed(ctx context.Context) error {
	var id, parent, unused int
	var detail string
	err := a.ask(ctx, []any{&id, &parent, &unused, &detail},
		`EXPLAIN QUERY PLAN SELECT tile_data FROM tiles WHERE zoom_level=1 AND tile_column=1 AND tile_row=1`)
	if err != nil || !strings.HasPrefix(detail, "SCAN") {
		return err
	}
	var one int
	err = a.ask(ctx, []any{&one}, `SELECT 1 FROM tiles LIMIT 1 OFFSET `+strconv.Itoa(fewTiles))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		return i18n.Errorf("base.no_index", a.name)
	}
	return err
}

// zooms finds the levels that there are tiles of: files often claim others. Each is asked for by itself, which takes no time where the
// tiles have an index, also where they are a view of several tables.
func (a *archive) zooms(ctx context.Context) error {
	found := false
	for z := range uint8(tile.MaxZoom + 1) {
		var one int
		err := a.ask(ctx, []any{&one}, `SELECT 1 FROM tiles WHERE zoom_level=? LIMIT 1`, z)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			continue
		case err != nil:
			return err
		case !found:
			a.info.MinZoom, found = z, true
		}
		a.info.MaxZoom = z
	}
	if !found {
		return i18n.Errorf("base.no_tiles", a.name)
	}
	return nil
}

// bounds finds the area that the tiles of the lowest level cover, for files that do not tell.
func (a *archive) bounds(ctx context.Context) error {
	var c0, c1, r0, r1 sql.NullInt64
	z := a.info.MinZoom
	err := a.ask(ctx, []any{&c0, &c1, &r0, &r1},
		`SELECT min(tile_column),max(tile_column),min(tile_row),max(tile_row) FROM tiles WHERE zoom_level=?`, z)
	if err != nil {
		return err
	}
	last := int64(1)<<z - 1
	if c0.Int64 < 0 || r0.Int64 < 0 || c1.Int64 > last || r1.Int64 > last {
		a.info.Bounds = tile.World()
		return nil
	}
	south, north := a.row(z, uint32(r0.Int64)), a.row(z, uint32(r1.Int64))
	box := func(c int64, r uint32) orb.Bound { return tile.Box(tile.Key{Z: z, X: uint32(c), Y: r}) }
	a.info.Bounds = box(c0.Int64, south).Union(box(c1.Int64, north))
	return nil
}

// row turns a row of the file into one from the north, or back.
func (a *archive) row(z uint8, row uint32) uint32 {
	if a.xyz {
		return row
	}
	return 1<<z - 1 - row
}

// Tile implements tile.Archive.
func (a *archive) Tile(ctx context.Context, k tile.Key) ([]byte, error) {
	if !k.Valid() {
		return nil, nil
	}
	return a.data(ctx, `SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=? AND length(tile_data)<=?`,
		k.Z, k.X, a.row(k.Z, k.Y), tile.MaxBytes)
}

// First implements tile.Archive.
func (a *archive) First(ctx context.Context) ([]byte, error) {
	return a.data(ctx, `SELECT tile_data FROM tiles WHERE length(tile_data) BETWEEN 1 AND ? LIMIT 1`, tile.MaxBytes)
}

// data reads a tile and unpacks it.
func (a *archive) data(ctx context.Context, query string, args ...any) ([]byte, error) {
	var packed []byte
	err := a.ask(ctx, []any{&packed}, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return tile.Unzip(packed, tile.MaxBytes)
}
