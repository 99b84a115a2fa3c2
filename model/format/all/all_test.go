package all

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/format"
)

func TestRegistry(t *testing.T) {
	var names []string
	for _, f := range Registry().Formats() {
		names = append(names, f.Name())
	}
	if got := strings.Join(names, " "); got != "gpkg geojson csv" {
		t.Errorf("formats are %s", got)
	}
}

// Files that are recognised and not read: which sentence is shown.
var refused = map[string]string{
	"hostile/csv/xlsx_renamed.csv":           "import.is_zip_renamed",
	"hostile/gpkg/bitrot_pages.gpkg":         "import.gpkg_damaged",
	"hostile/osmpbf/blobheader_2g.osm.pbf":   "import.is_osm",
	"hostile/osmpbf/stringtable_oob.osm.pbf": "import.is_osm",
	"hostile/osmpbf/xml_renamed.osm.pbf":     "import.is_osm_xml",
	"hostile/project/sqlite_fuzzdata3_9.db":  "import.gpkg_damaged",
	"hostile/project/truncated.db":           "import.gpkg_damaged",
	"hostile/shp/buggymultipoly2.shp":        "import.is_shapefile",
	"hostile/shp/numparts_2g.shp":            "import.is_shapefile",
	"hostile/zip/zip_symlink.zip":            "import.is_zipped_shapefile",
	"odd/osmpbf/two_points.osm.pbf":          "import.is_osm",
	"odd/osmpbf/faroar_oneway_negid.osm.pbf": "import.is_osm",
	"odd/zip/points_macosx.zip":              "import.is_zipped_shapefile",
	"odd/shp/deleted_rows.shp":               "import.is_shapefile",
}

// Every file of the corpus, whatever it is, ends in rows or in one sentence, and leaves its folder as it was.
func TestCorpus(t *testing.T) {
	root := testdata.Dir(t, "corpus")
	before := fingerprint(t, root)
	met := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		err = readAll(path)
		var problem *i18n.Problem
		if err != nil && !errors.As(err, &problem) {
			t.Errorf("%s: %v is no sentence for a user", name, err)
		}
		if want, ok := refused[name]; ok {
			met++
			if problem == nil || problem.Key != want {
				t.Errorf("%s: got %v, want %s", name, err, want)
			}
		}
		if problem != nil {
			if s := i18n.For(i18n.Swedish).Error(problem); strings.ContainsAny(s, "⟦{") {
				t.Errorf("%s: %s", name, s)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if met != len(refused) {
		t.Errorf("%d of %d files were met", met, len(refused))
	}
	if fingerprint(t, root) != before {
		t.Error("the corpus has changed")
	}
}

// readAll reads every layer of a file to its end.
func readAll(path string) error {
	ctx := context.Background()
	source, err := Registry().Open(ctx, path, format.Options{})
	if errors.Is(err, i18n.Errorf("import.is_basemap")) {
		return readTiles(path)
	}
	if err != nil {
		return err
	}
	defer source.Close()
	for _, info := range source.Layers() {
		err := source.Read(ctx, info.Name, func(f model.Feature) error {
			if len(f.Values) != len(info.Fields) {
				return fmt.Errorf("row %d has %d values for %d fields", f.ID, len(f.Values), len(info.Fields))
			}
			return nil
		}, func(format.Skip) {})
		if err != nil {
			return err
		}
	}
	return nil
}

// readTiles reads a tile of an archive. The corpus has none that is damaged as a file.
func readTiles(path string) error {
	a, err := OpenTiles(context.Background(), path)
	if err != nil {
		return err
	}
	defer a.Close()
	data, err := a.First(context.Background())
	if err == nil && len(data) == 0 {
		err = errors.New("no tile")
	}
	return err
}

// fingerprint sums up a folder: names, times and contents.
func fingerprint(t *testing.T, root string) string {
	t.Helper()
	sum := sha256.New()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s %v %x\n", path, info.ModTime(), sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}
