package pmtiles

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/internal/tiletest"
	"nabar/model/format/tile"
)

// TestNumber holds the numbers of tiles against those of the specification's examples and against another way of finding
// them.
func TestNumber(t *testing.T) {
	for k, want := range map[tile.Key]uint64{
		{}: 0, {Z: 1}: 1, {Z: 1, Y: 1}: 2, {Z: 1, X: 1, Y: 1}: 3, {Z: 1, X: 1}: 4, {Z: 2}: 5, {Z: 12, X: 3423, Y: 1763}: 19078479,
	} {
		if got := number(k); got != want {
			t.Errorf("%v is %d, want %d", k, got, want)
		}
	}
	for z := range uint8(6) {
		seen := map[uint64]bool{}
		for x := range uint32(1) << z {
			for y := range uint32(1) << z {
				k := tile.Key{Z: z, X: x, Y: y}
				if number(k) != tiletest.Hilbert(k) || seen[number(k)] {
					t.Fatalf("%v is %d, by quarters %d", k, number(k), tiletest.Hilbert(k))
				}
				seen[number(k)] = true
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		z := uint8(r.IntN(tile.MaxZoom + 1))
		k := tile.Key{Z: z, X: r.Uint32N(1 << z), Y: r.Uint32N(1 << z)}
		if number(k) != tiletest.Hilbert(k) {
			t.Fatalf("%v is %d, by quarters %d", k, number(k), tiletest.Hilbert(k))
		}
	}
}

// tiles are all tiles of the levels 0 to 4, each saying its name; those of level 3 are all alike.
func tiles() tiletest.Tiles {
	out := tiletest.Tiles{}
	for z := range uint8(5) {
		for x := range uint32(1) << z {
			for y := range uint32(1) << z {
				k := tile.Key{Z: z, X: x, Y: y}
				out[k] = fmt.Append(nil, k)
				if z == 3 {
					out[k] = []byte("havet")
				}
			}
		}
	}
	delete(out, tile.Key{Z: 4, X: 7, Y: 9})
	return out
}

func TestTiles(t *testing.T) {
	for name, opt := range map[string]tiletest.PMOptions{
		"plain": {Kind: 2}, "packed": {Kind: 2, Gzip: true},
		"leaves": {Kind: 2, Leaves: 20}, "packed leaves": {Kind: 2, Gzip: true, Leaves: 7},
	} {
		t.Run(name, func(t *testing.T) {
			opt.Metadata = `{"name":"Prov","attribution":"&copy; <a href='x'>Lantm&auml;teriet</a>"}`
			opt.Bounds = [4]float64{10, 55, 24, 69}
			a := open(t, tiletest.PMTiles(t, "prov.pmtiles", opt, tiles()))
			for k, want := range tiles() {
				if got, err := a.Tile(t.Context(), k); err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%v is %q (%v), want %q", k, got, err, want)
				}
			}
			for _, k := range []tile.Key{{Z: 4, X: 7, Y: 9}, {Z: 5}, {Z: 2, X: 9}, {Z: 200}} {
				if got, err := a.Tile(t.Context(), k); got != nil || err != nil {
					t.Errorf("%v, that is not there, is %q (%v)", k, got, err)
				}
			}
			info := a.Info()
			if info.Name != "Prov" || info.Attribution != "© Lantmäteriet" || info.Kind != tile.PNG || info.MinZoom != 0 || info.MaxZoom != 4 {
				t.Errorf("%+v", info)
			}
			if b := info.Bounds; math.Abs(b.Min[0]-10) > 1e-6 || math.Abs(b.Max[1]-69) > 1e-6 {
				t.Errorf("bounds %v", b)
			}
			if first, err := a.First(t.Context()); err != nil || !bytes.Equal(first, tiles()[tile.Key{}]) {
				t.Errorf("the first is %q (%v)", first, err)
			}
		})
	}
}

func open(t testing.TB, path string) tile.Archive {
	t.Helper()
	a, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// TestRefusals: what is not read is told in a sentence that names the file.
func TestRefusals(t *testing.T) {
	good := tiletest.PMBytes(t, tiletest.PMOptions{Kind: 2}, tiletest.Tiles{{}: tiletest.Plain(t, 8, color.RGBA{9, 9, 9, 255})})
	change := func(at int, with ...byte) []byte {
		out := bytes.Clone(good)
		copy(out[at:], with)
		return out
	}
	huge := binary.LittleEndian.AppendUint64(nil, math.MaxUint64-3)
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"version":        {change(7, 2), "base.pmtiles_version"},
		"brotli":         {change(97, 3), "base.pmtiles_packing"},
		"zstd tiles":     {change(98, 4), "base.pmtiles_packing"},
		"avif":           {change(99, 5), "base.kind_unknown"},
		"short":          {good[:60], "base.damaged"},
		"root beyond":    {change(8, huge...), "base.damaged"},
		"root too long":  {change(16, huge...), "base.damaged"},
		"no entries":     {change(127, 0), "base.no_tiles"},
		"many entries":   {change(127, 0xff, 0x7f), "base.damaged"},
		"zooms reversed": {change(100, 9), "base.damaged"},
		"another file":   {[]byte(strings.Repeat("x", 200)), "base.not_tiles"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "karta.pmtiles")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(t.Context(), path)
			var p *i18n.Problem
			if !errors.As(err, &p) || p.Key != c.key {
				t.Fatalf("%v, want %s", err, c.key)
			}
			if s := i18n.For("sv").Error(err); strings.ContainsAny(s, "⟦{") || !strings.Contains(s, "karta.pmtiles") {
				t.Error(s)
			}
		})
	}
}

// TestDamagedTile: a tile that lies beyond its section fails alone.
func TestDamagedTile(t *testing.T) {
	data := tiletest.PMBytes(t, tiletest.PMOptions{Kind: 2}, tiles())
	path := filepath.Join(t.TempDir(), "kapad.pmtiles")
	if err := os.WriteFile(path, data[:len(data)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	a := open(t, path)
	bad := 0
	for k := range tiles() {
		if _, err := a.Tile(t.Context(), k); err != nil {
			bad++
		}
	}
	if bad == 0 || bad > 10 {
		t.Errorf("%d tiles fail", bad)
	}
}

// FuzzOpen feeds changed archives to the reader.
func FuzzOpen(f *testing.F) {
	for _, opt := range []tiletest.PMOptions{{Kind: 2}, {Kind: 1, Gzip: true, Leaves: 3, Metadata: `{"name":"a"}`}} {
		f.Add(tiletest.PMBytes(f, opt, tiles()))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.pmtiles")
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
		_, _ = a.First(t.Context())
		for _, k := range []tile.Key{{}, {Z: 3, X: 2, Y: 1}, {Z: 4, X: 7, Y: 9}} {
			_, _ = a.Tile(t.Context(), k)
		}
	})
}

// TestDamage opens archives with a few bytes changed, always the same ones: each ends in tiles or in errors.
func TestDamage(t *testing.T) {
	good := tiletest.PMBytes(t, tiletest.PMOptions{Kind: 2, Gzip: true, Leaves: 9}, tiles())
	r := rand.New(rand.NewPCG(7, 7))
	path := filepath.Join(t.TempDir(), "x.pmtiles")
	for range 400 {
		data := bytes.Clone(good)
		for range 1 + r.IntN(6) {
			data[r.IntN(len(data)/2)] = byte(r.Uint32())
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
