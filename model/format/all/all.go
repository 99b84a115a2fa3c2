// Package all names every file format that the program reads, so that adding one is a package and a line here.
package all

import (
	"context"
	"path/filepath"

	"nabar/internal/i18n"
	"nabar/model/format"
	"nabar/model/format/csv"
	"nabar/model/format/geojson"
	"nabar/model/format/gpkg"
	"nabar/model/format/mbtiles"
	"nabar/model/format/pmtiles"
	"nabar/model/format/tile"
)

// Registry knows all formats, the strictest first: nearly any text could pass for a table.
func Registry() *format.Registry {
	return format.NewRegistry(gpkg.New(), geojson.New(), csv.New())
}

// OpenTiles opens an archive of map tiles by its content. Anything else gives a *i18n.Problem.
func OpenTiles(ctx context.Context, path string) (tile.Archive, error) {
	kind, err := format.KindOf(path)
	switch {
	case err != nil:
		return nil, err
	case kind == "pmtiles":
		return pmtiles.Open(ctx, path)
	case kind == "mbtiles" || kind == "gpkg":
		return mbtiles.Open(ctx, path)
	}
	return nil, i18n.Errorf("base.not_tiles", filepath.Base(path))
}
