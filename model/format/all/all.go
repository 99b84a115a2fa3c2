// Package all names every file format that the program reads, so that adding one is a package and a line here.
package all

import (
	"nabar/model/format"
	"nabar/model/format/csv"
	"nabar/model/format/geojson"
	"nabar/model/format/gpkg"
)

// Registry knows all formats, the strictest first: nearly any text could pass for a table.
func Registry() *format.Registry {
	return format.NewRegistry(gpkg.New(), geojson.New(), csv.New())
}
