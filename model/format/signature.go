package format

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
)

// kind is what a file's bytes say that it is: the name of the format that would read it, and the sentence to show
// where none does. Both are empty where the bytes say nothing.
type kind struct{ name, key string }

// signature is the bytes that all files of a kind have in one place.
type signature struct {
	at    int
	bytes string
	kind
}

// signatures are the kinds that are told by fixed bytes, those that need a closer look left out.
var signatures = []signature{
	{0, "%PDF", kind{"pdf", "import.is_pdf"}},
	{0, "\x00\x00\x27\x0a", kind{"shp", "import.is_shapefile"}},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kind{"xls", "import.is_old_excel"}},
	{0, "PMTiles", kind{"pmtiles", "import.is_basemap"}},
	{0, "\x1f\x8b", kind{"gzip", "import.is_packed"}},
	{0, "7z\xbc\xaf\x27\x1c", kind{"7z", "import.is_packed"}},
	{0, "Rar!", kind{"rar", "import.is_packed"}},
	{0, "BZh", kind{"bz2", "import.is_packed"}},
	{0, "\x28\xb5\x2f\xfd", kind{"zstd", "import.is_packed"}},
	{0, "\x89PNG", kind{"png", "import.is_image"}},
	{0, "\xff\xd8\xff", kind{"jpeg", "import.is_image"}},
	{0, "GIF8", kind{"gif", "import.is_image"}},
	{0, "II*\x00", kind{"tiff", "import.is_image"}},
	{0, "MM\x00*", kind{"tiff", "import.is_image"}},
	{0, "fgb\x03", kind{"fgb", "import.is_other_map"}},
	{0, "PAR1", kind{"parquet", "import.is_other_map"}},
}

// recognise tells a file's kind by its first and last bytes, the name being used for the wording alone.
func recognise(head, tail []byte, name string) kind {
	for _, s := range signatures {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			return s.kind
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipKind(slices.Concat(head, tail), name)
	case bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return sqliteKind(head, name)
	case isPBF(head):
		return kind{"osmpbf", "import.is_osm"}
	}
	return textKind(head, name)
}

// zipKind tells what a zip holds by the names in it: in the list of contents at its end, and before each of its files,
// of which a zip that was cut short has only the first.
func zipKind(ends []byte, name string) kind {
	ends = bytes.ToLower(ends)
	has := func(part string) bool { return bytes.Contains(ends, []byte(part)) }
	switch {
	case has("xl/workbook."), has("xl/worksheets/"), has("xl/_rels/"):
		ext := strings.ToLower(filepath.Ext(name))
		if !slices.Contains([]string{".xlsx", ".xlsm", ".xltx", ".xlsb"}, ext) {
			return kind{"xlsx", "import.is_excel_renamed"}
		}
		return kind{"xlsx", "import.is_excel"}
	case has("word/document.xml"):
		return kind{"docx", "import.is_document"}
	case has("content.xml") && has("meta-inf/manifest.xml"):
		return kind{"ods", "import.is_calc"}
	case has(".shp"):
		return kind{"zip", "import.is_zipped_shapefile"}
	}
	if slices.Contains([]string{".csv", ".tsv", ".txt"}, strings.ToLower(filepath.Ext(name))) {
		return kind{"zip", "import.is_zip_renamed"} // damaged, or it would have said what it is
	}
	return kind{"zip", "import.is_packed"}
}

// sqliteKind tells a GeoPackage from a basemap. Any other database is left to the GeoPackage reader, which says what is
// missing.
func sqliteKind(head []byte, name string) kind {
	const idAt = 68
	if len(head) >= idAt+4 && string(head[idAt:idAt+4]) == "MPBX" || strings.EqualFold(filepath.Ext(name), ".mbtiles") {
		return kind{"mbtiles", "import.is_basemap"}
	}
	return kind{"gpkg", "import.not_gpkg"}
}

// isPBF tells OpenStreetMap's binary form: a length, then a block header whose type is OSMHeader.
func isPBF(head []byte) bool {
	return len(head) >= 15 && bytes.Contains(head[4:min(len(head), 32)], []byte("OSMHeader"))
}

// textKind tells the marked-up texts, and the binary files that have nothing to be told by.
func textKind(head []byte, name string) kind {
	if !isText(head) {
		if strings.HasSuffix(strings.ToLower(name), ".pbf") {
			return kind{"osmpbf", "import.is_osm"}
		}
		return kind{"binary", "import.unknown_format"}
	}
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
	if !bytes.HasPrefix(text, []byte("<")) {
		return kind{}
	}
	for _, m := range []struct{ mark, key string }{
		{"<osm", "import.is_osm_xml"},
		{"<html", "import.is_web_page"},
		{"<!doctype html", "import.is_web_page"},
		{"<kml", "import.is_other_map"},
		{"opengis.net/gml", "import.is_other_map"},
		{"<gpx", "import.is_other_map"},
	} {
		if bytes.Contains(text, []byte(m.mark)) {
			return kind{"xml", m.key}
		}
	}
	return kind{"xml", "import.unknown_format"}
}
