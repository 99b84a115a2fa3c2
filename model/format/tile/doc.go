// Package tile is what archives of map tiles have in common: which tile lies where, what an archive says of itself, and how
// a tile becomes a picture.
//
// Invariants: tiles are those of Web Mercator, Y counted from the north; nothing that an archive says is trusted, sizes
// are looked at before anything is unpacked or decoded, and decoding never panics.
package tile

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// The limits that every archive and every tile is held to.
const (
	MaxZoom  = 22      // 4 cm a pixel in Sweden
	MaxBytes = 8 << 20 // one tile, packed and unpacked
	MaxSide  = 2048    // pixels of a tile's picture
)

// Kind is what tiles are made of.
type Kind string

// The kinds of tiles.
const (
	PNG  Kind = "png"
	JPEG Kind = "jpeg"
	WebP Kind = "webp"
	MVT  Kind = "mvt" // vector tiles
)

// Raster tells whether tiles are pictures.
func (k Kind) Raster() bool { return k == PNG || k == JPEG || k == WebP }

// Key names a tile: column X from the west and row Y from the north among the 2^Z by 2^Z tiles of the world.
type Key struct {
	Z    uint8
	X, Y uint32
}

// Valid tells whether there is such a tile.
func (k Key) Valid() bool { return k.Z <= MaxZoom && k.X < 1<<k.Z && k.Y < 1<<k.Z }

// Up is the tile that holds k so many levels above, at most the whole world.
func (k Key) Up(levels uint8) Key {
	levels = min(levels, k.Z)
	return Key{k.Z - levels, k.X >> levels, k.Y >> levels}
}

// Info is what an archive says of its tiles, made good.
type Info struct {
	Name        string
	Attribution string // plain text; "" where the archive has none
	Kind        Kind
	MinZoom     uint8
	MaxZoom     uint8
	Bounds      orb.Bound // degrees
	Warnings    []i18n.Message
}

// Archive is an opened file of tiles. It may be used from several goroutines.
type Archive interface {
	// Format is the name of the file's format: "mbtiles", "pmtiles".
	Format() string
	Info() Info
	// Tile gives a tile as it was made, unpacked; nil where the archive has none. It fails where the file is damaged there.
	Tile(ctx context.Context, k Key) ([]byte, error)
	// First gives any tile, nil where there is none at all.
	First(ctx context.Context) ([]byte, error)
	Close() error
}
