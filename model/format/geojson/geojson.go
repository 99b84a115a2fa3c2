// Package geojson reads and writes GeoJSON (RFC 7946, and the older form with a crs member).
//
// A FeatureCollection, a single Feature, a bare geometry and a sequence of features one after another are read, feature
// by feature: memory is bounded by the largest feature. The file is read twice, once to find out and once to hand over.
//
// Invariants: a feature that can't be used is told by its ordinal (the first is 1) and the rest is read; numbers are
// exact, also above 2^53; text in another encoding than UTF-8 is read in its own, and told; no link in the file is
// followed; what is written is WGS 84 with seven decimals, outer rings counter-clockwise.
package geojson

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"nabar/model/format"
	"nabar/model/format/charset"
)

// Name is the format's name in provenance.
const Name = "geojson"

// reader is the format.Format of GeoJSON.
type reader struct{}

// New gives the format.
func New() format.Format { return reader{} }

// Name is "geojson".
func (reader) Name() string { return Name }

// Extensions are the usual endings of GeoJSON files.
func (reader) Extensions() []string { return []string{".geojson", ".json", ".geojsonl", ".ndjson"} }

// Match holds for text that starts as a JSON object, and that names a member of GeoJSON or is named as GeoJSON.
func (r reader) Match(head []byte, name string) bool {
	text := bytes.TrimLeft(charset.Head(head), " \t\r\n")
	if !bytes.HasPrefix(text, []byte("{")) {
		return false
	}
	for _, member := range []string{`"FeatureCollection"`, `"Feature"`, `"features"`, `"geometry"`, `"coordinates"`} {
		if bytes.Contains(text, []byte(member)) {
			return true
		}
	}
	return slices.Contains(r.Extensions(), strings.ToLower(filepath.Ext(name)))
}

// Open examines a file.
func (reader) Open(ctx context.Context, path string, opt format.Options) (format.Source, error) {
	s, err := open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	return s, nil
}
