package format

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/i18n"
)

// fake is a format that takes every text with its word in it.
type fake struct{ name, word string }

func (f fake) Name() string                        { return f.name }
func (f fake) Extensions() []string                { return []string{"." + f.name} }
func (f fake) Match(head []byte, name string) bool { return strings.Contains(string(head), f.word) }
func (f fake) Open(context.Context, string, Options) (Source, error) {
	return nil, errors.New("opened as " + f.name)
}

// write makes a file with a name and content in a folder of its own.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenNamesWhatItCannotRead(t *testing.T) {
	sqlite := "SQLite format 3\x00" + strings.Repeat("\x00", 52) + "MPBX"
	zip := "PK\x03\x04" + strings.Repeat("z", 100)
	tests := []struct{ file, content, key string }{
		{"tom.csv", "", "import.empty_file"},
		{"plan.csv", "%PDF-1.7\n", "import.is_pdf"},
		{"butiker.csv", zip + "xl/workbook.xml", "import.is_excel_renamed"},
		{"avhuggen.csv", "PK\x03\x04 ... xl/worksheets/sheet1.xml ...", "import.is_excel_renamed"},
		{"skadad.csv", zip, "import.is_zip_renamed"},
		{"butiker.xlsx", zip + "xl/workbook.xml", "import.is_excel"},
		{"butiker.XLSX", zip + "xl/workbook.xml", "import.is_excel"},
		{"butiker.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.is_old_excel"},
		{"plan.docx", zip + "word/document.xml", "import.is_document"},
		{"butiker.ods", zip + "META-INF/manifest.xml content.xml", "import.is_calc"},
		{"vagar.zip", zip + "vagar/NVDB.SHP", "import.is_zipped_shapefile"},
		{"allt.zip", zip, "import.is_packed"},
		{"allt.gz", "\x1f\x8b\x08", "import.is_packed"},
		{"vagar.shp", "\x00\x00\x27\x0a\x00", "import.is_shapefile"},
		{"karta.gpkg", sqlite, "import.is_basemap"},
		{"karta.pmtiles", "PMTiles\x03", "import.is_basemap"},
		{"karta.mbtiles", "SQLite format 3\x00", "import.is_basemap"},
		{"sverige.osm.pbf", "\x00\x00\x00\x0d\x0a\x09OSMHeader\x18", "import.is_osm"},
		{"skadad.osm.pbf", "\x7f\xff\xff\xff\x00", "import.is_osm"},
		{"sverige.pbf", "<?xml version='1.0'?><osm version=\"0.6\">", "import.is_osm_xml"},
		{"ner.geojson", "<!DOCTYPE html><html>", "import.is_web_page"},
		{"karta.kml", "<?xml version=\"1.0\"?><kml>", "import.is_other_map"},
		{"karta.png", "\x89PNG\r\n", "import.is_image"},
		{"program.exe", "MZ\x90\x00\x03", "import.unknown_format"},
		{"nollor.csv", strings.Repeat("\x00", 5000), "import.unknown_format"},
		{"brev.txt", "Hej!", "import.unknown_format"},
	}
	r := NewRegistry(fake{"rows", "rows"})
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			_, err := r.Open(context.Background(), write(t, tt.file, tt.content), Options{})
			checkProblem(t, err, tt.key, tt.file)
		})
	}
}

// checkProblem wants a Problem of a key whose sentences name the file and have no hole in them.
func checkProblem(t *testing.T, err error, key, file string) {
	t.Helper()
	var problem *i18n.Problem
	if !errors.As(err, &problem) || problem.Key != key {
		t.Fatalf("got %v, want %s", err, key)
	}
	for _, lang := range []string{i18n.Swedish, i18n.English} {
		if s := i18n.For(lang).Error(err); strings.ContainsAny(s, "⟦{") || !strings.Contains(s, file) {
			t.Errorf("%s: %s", lang, s)
		}
	}
}

func TestOpenBadPaths(t *testing.T) {
	r := NewRegistry(fake{"rows", "rows"})
	dir := t.TempDir()
	_, err := r.Open(context.Background(), filepath.Join(dir, "finns inte.csv"), Options{})
	checkProblem(t, err, "import.missing", "finns inte.csv")
	_, err = r.Open(context.Background(), dir, Options{})
	checkProblem(t, err, "import.folder", filepath.Base(dir))
	_, err = r.Open(context.Background(), os.DevNull, Options{})
	checkProblem(t, err, "import.not_a_file", filepath.Base(os.DevNull))
	locked := write(t, "hemlig.csv", "a;b")
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(locked); err == nil {
		t.Skip("this user may read everything")
	}
	_, err = r.Open(context.Background(), locked, Options{})
	checkProblem(t, err, "import.no_permission", "hemlig.csv")
}

func TestOpenChooses(t *testing.T) {
	r := NewRegistry(fake{"first", "rows"}, fake{"second", "rows"}, fake{"xlsx", "PK"})
	tests := []struct{ file, content, want string }{
		{"a.second", "rows", "opened as first"},                   // content and order decide, not the name
		{"b.xlsx", "PK\x03\x04xl/workbook.xml", "opened as xlsx"}, // a known kind is read once a format for it exists
	}
	for _, tt := range tests {
		_, err := r.Open(context.Background(), write(t, tt.file, tt.content), Options{})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.file, err, tt.want)
		}
	}
	if got := r.Formats(); len(got) != 3 || got[0].Name() != "first" {
		t.Errorf("formats are %v", got)
	}
}

func TestOpenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewRegistry().Open(ctx, write(t, "a.csv", "a;b"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range []string{"%PDF", "PK\x03\x04xl/workbook.xml", "SQLite format 3\x00", "<osm", "a;b\n1;2", "\xff\xfea\x00"} {
		f.Add([]byte(s), "x.csv")
	}
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		k := recognise(data[:min(len(data), HeadSize)], data, name)
		if k.key != "" && !i18n.For(i18n.Swedish).Has(k.key) {
			t.Fatalf("no sentence for %s", k.key)
		}
	})
}
