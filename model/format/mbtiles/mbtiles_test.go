package mbtiles

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/internal/tiletest"
	"nabar/model/format/tile"
)

func open(t testing.TB, path string) tile.Archive {
	t.Helper()
	a, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// tiles are all of levels 0 to 2, each with its name behind the mark of a picture.
func tiles() tiletest.Tiles {
	out := tiletest.Tiles{}
	for z := range uint8(3) {
		for x := range uint32(1) << z {
			for y := range uint32(1) << z {
				k := tile.Key{Z: z, X: x, Y: y}
				out[k] = fmt.Append([]byte("\x89PNG\r\n\x1a\n"), k)
			}
		}
	}
	delete(out, tile.Key{Z: 2, X: 3})
	return out
}

func TestTiles(t *testing.T) {
	path := tiletest.MBTiles(t, "prov.mbtiles", map[string]string{
		"name": "Prov", "format": "png", "attribution": "<b>&copy;</b> Någon", "bounds": "10,55,24.5,69", "minzoom": "5", "maxzoom": "40",
	}, tiles())
	before, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	a := open(t, path)
	for k, want := range tiles() {
		if got, err := a.Tile(t.Context(), k); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%v is %q (%v), want %q", k, got, err, want)
		}
	}
	for _, k := range []tile.Key{{Z: 2, X: 3}, {Z: 5}, {Z: 2, X: 9}, {Z: 200}} {
		if got, err := a.Tile(t.Context(), k); got != nil || err != nil {
			t.Errorf("%v, that is not there, is %q (%v)", k, got, err)
		}
	}
	info := a.Info()
	if info.Name != "Prov" || info.Attribution != "© Någon" || info.Kind != tile.PNG || info.Bounds.Max[0] != 24.5 {
		t.Errorf("%+v", info)
	}
	if info.MinZoom != 0 || info.MaxZoom != 2 {
		t.Errorf("levels %d to %d: those that there are tiles of count, not those that are claimed", info.MinZoom, info.MaxZoom)
	}
	after, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(after) != len(before) {
		t.Errorf("the folder holds %v (%v)", after, err)
	}
}

// TestWithoutBounds: the tiles themselves tell where they lie.
func TestWithoutBounds(t *testing.T) {
	one := tiletest.Tiles{{Z: 4, X: 8, Y: 4}: tiletest.Plain(t, 8, color.RGBA{1, 2, 3, 255})}
	a := open(t, tiletest.MBTiles(t, "a.mbtiles", map[string]string{"bounds": "sverige"}, one))
	if got, want := a.Info().Bounds, tile.Box(tile.Key{Z: 4, X: 8, Y: 4}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if a.Info().Kind != tile.PNG {
		t.Errorf("%+v", a.Info())
	}
}

// TestPackedVectors: vector tiles are packed with gzip, and given unpacked; a bomb is refused.
func TestPackedVectors(t *testing.T) {
	pack := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	a := open(t, tiletest.MBTiles(t, "v.mbtiles", map[string]string{"format": "pbf"}, tiletest.Tiles{
		{}: pack([]byte("\x1a\x03abc")), {Z: 1}: pack(make([]byte, tile.MaxBytes+1)), {Z: 1, X: 1}: []byte("\x1f\x8bskräp"),
	}))
	if got, err := a.Tile(t.Context(), tile.Key{}); err != nil || string(got) != "\x1a\x03abc" || a.Info().Kind != tile.MVT {
		t.Errorf("%q (%v), %+v", got, err, a.Info())
	}
	if _, err := a.Tile(t.Context(), tile.Key{Z: 1}); !errors.Is(err, tile.ErrTooLarge) {
		t.Errorf("a bomb gives %v", err)
	}
	if _, err := a.Tile(t.Context(), tile.Key{Z: 1, X: 1}); !errors.Is(err, tile.ErrDamaged) {
		t.Errorf("rubbish gives %v", err)
	}
}

func TestRefusals(t *testing.T) {
	one := tiletest.Tiles{{}: []byte("\x89PNG\r\n\x1a\n")}
	many := tiletest.MBTiles(t, "karta.mbtiles", nil, one)
	tiletest.Exec(t, many, `DROP INDEX tile_index`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) INSERT INTO tiles SELECT 9,i,1,x'00' FROM n`)
	pending := tiletest.MBTiles(t, "karta.mbtiles", nil, one)
	if err := os.WriteFile(pending+"-wal", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	other := tiletest.MBTiles(t, "karta.mbtiles", nil, one)
	tiletest.Exec(t, other, `DROP TABLE metadata`)
	endless := tiletest.MBTiles(t, "karta.mbtiles", nil, nil)
	tiletest.Exec(t, endless, `DROP TABLE tiles`, `CREATE VIEW tiles AS WITH RECURSIVE n(zoom_level,tile_column,tile_row,tile_data) AS
  (SELECT 1,1,1,x'' UNION ALL SELECT zoom_level,tile_column,tile_row,tile_data FROM n) SELECT * FROM n`)
	cut := tiletest.MBTiles(t, "karta.mbtiles", nil, tiles())
	data, err := os.ReadFile(cut)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cut, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ path, key string }{
		"no index":    {many, "base.no_index"},
		"in use":      {pending, "base.unfinished"},
		"no metadata": {other, "base.not_tiles"},
		"empty":       {tiletest.MBTiles(t, "karta.mbtiles", nil, nil), "base.no_tiles"},
		"endless":     {endless, "base.damaged"},
		"cut":         {cut, "base.damaged"},
		"unknown":     {tiletest.MBTiles(t, "karta.mbtiles", map[string]string{"format": "svg"}, tiletest.Tiles{{}: []byte("<svg>")}), "base.kind_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), c.path)
			var p *i18n.Problem
			if !errors.As(err, &p) || p.Key != c.key {
				t.Fatalf("%v, want %s", err, c.key)
			}
			if s := i18n.For("sv").Error(err); strings.ContainsAny(s, "⟦{") || !strings.Contains(s, "karta.mbtiles") {
				t.Error(s)
			}
		})
	}
}

// TestCorpus reads the corpus' archives: a picture that would take gigabytes is refused by its header.
func TestCorpus(t *testing.T) {
	root := testdata.Dir(t, "corpus")
	bomb := open(t, filepath.Join(root, "hostile", "mbtiles", "png_bomb_50000px.mbtiles"))
	data, err := bomb.Tile(t.Context(), tile.Key{})
	if err != nil || data == nil {
		t.Fatalf("%d bytes, %v", len(data), err)
	}
	if _, err := tile.Decode(data); !errors.Is(err, tile.ErrTooLarge) {
		t.Errorf("the bomb gives %v", err)
	}
	a := open(t, filepath.Join(root, "odd", "mbtiles", "byte_jpeg.mbtiles"))
	data, err = a.First(t.Context())
	if err != nil || a.Info().Kind != tile.JPEG || a.Info().MinZoom != 11 || a.Info().MaxZoom != 11 {
		t.Fatalf("%+v, %v", a.Info(), err)
	}
	if img, err := tile.Decode(data); err != nil || img.Rect.Dx() != 256 {
		t.Errorf("%v", err)
	}
}

// FuzzOpen feeds changed archives to the reader.
func FuzzOpen(f *testing.F) {
	data, err := os.ReadFile(tiletest.MBTiles(f, "a.mbtiles", map[string]string{"format": "png", "bounds": "1,2,3,4"}, tiles()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.mbtiles")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := Open(t.Context(), path)
		if err != nil {
			var p *i18n.Problem
			if !errors.As(err, &p) {
				t.Fatalf("%v is no sentence", err)
			}
			return
		}
		defer a.Close()
		for _, k := range []tile.Key{{}, {Z: 2, X: 2, Y: 1}} {
			_, _ = a.Tile(t.Context(), k)
		}
	})
}

// TestDamage opens archives with a few bytes changed, always the same ones: each ends in tiles or in errors.
func TestDamage(t *testing.T) {
	path := tiletest.MBTiles(t, "a.mbtiles", map[string]string{"format": "png"}, tiles())
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	for range 100 {
		data := bytes.Clone(good)
		for range 1 + r.IntN(20) {
			data[100+r.IntN(len(data)-100)] = byte(r.Uint32())
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := Open(t.Context(), path)
		var p *i18n.Problem
		if err != nil && !errors.As(err, &p) {
			t.Fatalf("%v is no sentence", err)
		}
		if err != nil {
			continue
		}
		for k := range tiles() {
			_, _ = a.Tile(t.Context(), k)
		}
		a.Close()
	}
}

// TestSharedTiles reads an archive that keeps equal tiles once: its tiles are a view of two tables.
func TestSharedTiles(t *testing.T) {
	path := tiletest.MBTiles(t, "delad.mbtiles", map[string]string{"format": "png"}, tiles())
	tiletest.Exec(t, path, `ALTER TABLE tiles RENAME TO plain`, `DROP INDEX tile_index`,
		`CREATE TABLE images (tile_data blob, tile_id text)`, `CREATE TABLE map (zoom_level integer, tile_column integer, tile_row integer, tile_id text)`,
		`INSERT INTO map SELECT zoom_level, tile_column, tile_row, hex(tile_data) FROM plain`,
		`INSERT INTO images SELECT DISTINCT tile_data, hex(tile_data) FROM plain`, `DROP TABLE plain`,
		`CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row)`, `CREATE UNIQUE INDEX images_id ON images (tile_id)`,
		`CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column, map.tile_row AS tile_row, images.tile_data AS tile_data
  FROM map JOIN images ON images.tile_id = map.tile_id`)
	a := open(t, path)
	for k, want := range tiles() {
		if got, err := a.Tile(t.Context(), k); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%v is %q (%v), want %q", k, got, err, want)
		}
	}
	if info := a.Info(); info.MinZoom != 0 || info.MaxZoom != 2 {
		t.Errorf("%+v", info)
	}
}
