package session_test

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
)

// corpusPatience is how long the import of any file of the corpus may take.
const corpusPatience = 10 * time.Second

// table reads a tab-separated table with a heading.
func table(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	must(t, err)
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, column := range rows[0] {
			m[column] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// state sums up the files of a folder, in all its folders.
func state(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&b, "%s %x\n", path, sha256.Sum256(data))
		return err
	}))
	return b.String()
}

// notYet are the sentences of formats that are known and not read, by the folder of the corpus.
var notYet = map[string][]string{
	"shp":    {"import.is_shapefile"},
	"zip":    {"import.is_zipped_shapefile"},
	"osmpbf": {"import.is_osm", "import.is_osm_xml"},
}

// corpusImport is what came of one file.
type corpusImport struct {
	reports []session.ImportReport
	err     error
}

// skipped counts the rows that were left out, and those that a refusal names.
func (c corpusImport) skipped() int {
	n := 0
	for _, r := range c.reports {
		n += len(r.Skipped)
	}
	if key(c.err) == "session.no_row_usable" {
		n++
	}
	return n
}

// warnings counts what the user is told.
func (c corpusImport) warnings() int {
	n := 0
	for _, r := range c.reports {
		n += len(r.Warnings)
	}
	return n
}

// importCorpus imports one file into a new project and holds it to what goes for all: in time, in a sentence, the
// source as it was, and the project too where nothing was imported.
func importCorpus(t *testing.T, path string, opt session.ImportOptions) corpusImport {
	t.Helper()
	s := empty(t)
	source, own := state(t, filepath.Dir(path)), state(t, filepath.Dir(s.Path()))
	limited, cancel := context.WithTimeout(ctx, corpusPatience)
	defer cancel()
	var c corpusImport
	c.reports, c.err = s.Import(limited, path, opt, nil)
	if state(t, filepath.Dir(path)) != source {
		t.Error("the source folder has changed")
	}
	if c.err == nil {
		checkSaved(t, s, c.reports)
		return c
	}
	var p *i18n.Problem
	if !errors.As(c.err, &p) || strings.ContainsAny(s.Printer().Error(c.err), "⟦{") {
		t.Errorf("%v is no sentence for a user", c.err)
	}
	if state(t, filepath.Dir(s.Path())) != own {
		t.Error("the project has changed though nothing was imported")
	}
	return c
}

// checkSaved counts the rows in the project anew.
func checkSaved(t *testing.T, s *session.Session, reports []session.ImportReport) {
	t.Helper()
	layers, err := s.Layers(ctx)
	must(t, err)
	for _, r := range reports {
		i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.Name == r.Layer })
		if i < 0 || layers[i].Features != r.Imported || r.Read != r.Imported+len(r.Skipped) {
			t.Errorf("%s: %d read, %d imported, %d skipped, kept as %+v", r.Layer, r.Read, r.Imported, len(r.Skipped), layers)
		}
	}
}

// Damaged and harmful files end as the corpus' manifest says.
func TestHostileCorpus(t *testing.T) {
	root := testdata.Dir(t, "corpus/hostile")
	for _, row := range table(t, filepath.Join(root, "manifest.tsv")) {
		t.Run(row["file"], func(t *testing.T) {
			c := importCorpus(t, filepath.Join(root, filepath.FromSlash(row["file"])), session.ImportOptions{})
			if slices.Contains(notYet[filepath.Dir(row["file"])], key(c.err)) {
				return
			}
			switch row["expected"] {
			case "REJECT":
				if c.err == nil {
					t.Errorf("imported: %+v", c.reports)
				}
			case "PARTIAL":
				if c.skipped() == 0 && c.warnings() == 0 {
					t.Errorf("nothing is listed as left out: %+v, %v", c.reports, c.err)
				}
			case "WARN":
				if c.err != nil || c.warnings() == 0 {
					t.Errorf("%+v, %v", c.reports, c.err)
				}
			case "OK":
				if c.err != nil || c.skipped() > 0 {
					t.Errorf("%+v, %v", c.reports, c.err)
				}
			case "SAFE": // held to what goes for all
			default:
				t.Errorf("the manifest asks for %s", row["expected"])
			}
		})
	}
}

// Valid and unusual files come in with all their rows; a layer without rows is refused in a sentence, and one far from
// Sweden whose system nobody knows asks for it first.
func TestOddCorpus(t *testing.T) {
	root := testdata.Dir(t, "corpus/odd")
	want := map[string]map[string]int{}
	for _, row := range table(t, filepath.Join(root, "expect.tsv")) {
		n, err := strconv.Atoi(row["features"])
		if err != nil {
			continue // not a vector layer
		}
		if want[row["file"]] == nil {
			want[row["file"]] = map[string]int{}
		}
		want[row["file"]][row["layer"]] = n
	}
	met := 0
	for _, row := range table(t, filepath.Join(root, "manifest.tsv")) {
		t.Run(row["file"], func(t *testing.T) {
			c := importCorpus(t, filepath.Join(root, filepath.FromSlash(row["file"])), session.ImportOptions{})
			if slices.Contains(notYet[filepath.Dir(row["file"])], key(c.err)) {
				return
			}
			met++
			if key(c.err) == "session.crs_unknown" {
				c = importCorpus(t, filepath.Join(root, filepath.FromSlash(row["file"])), session.ImportOptions{CRS: "EPSG:4326"})
			}
			layers := want[row["file"]]
			if len(layers) == 1 && slices.Contains(slices.Collect(maps.Values(layers)), 0) {
				if key(c.err) != "session.layer_empty" {
					t.Errorf("a layer without rows: %v", c.err)
				}
				return
			}
			if c.err != nil {
				t.Fatal(c.err)
			}
			if len(c.reports) != len(layers) || c.skipped() > 0 {
				t.Errorf("%+v, want %v", c.reports, layers)
			}
			for _, r := range c.reports {
				if r.Role == model.RoleBasemap {
					r.Layer = "tiles" // as the corpus calls what has no layers
				}
				if n, ok := layers[r.Layer]; !ok || r.Imported != n {
					t.Errorf("%s: %d rows, want %v", r.Layer, r.Imported, layers)
				}
			}
		})
	}
	if met == 0 {
		t.Error("no file could be read")
	}
}
