package gpkg

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
)

// frame is the least that a GeoPackage has.
const frame = `PRAGMA application_id=0x47504B47;
CREATE TABLE gpkg_spatial_ref_sys(srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
CREATE TABLE gpkg_contents(table_name TEXT PRIMARY KEY, data_type TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns(table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
INSERT INTO gpkg_spatial_ref_sys VALUES
 ('SWEREF99 TM', 3006, 'EPSG', 3006, 'x'), ('Ungefär', -1, 'NONE', -1, 'undefined'), ('UTM 32', 32632, 'EPSG', 32632, 'y'),
 ('eget', 100001, 'CUSTOM', 7, 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"],UNIT["Degree",0.0174532925199433]]');`

// build makes a database from statements and gives its path.
func build(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "å ä#ö?%41.gpkg")
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "#", "%23", "?", "%3f", " ", "%20").Replace(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%v in %s", err, s)
		}
	}
	return path
}

// blobOf is a geometry as an SQL literal.
func blobOf(t testing.TB, g orb.Geometry) string {
	t.Helper()
	blob, err := WriteGeometry(g, 3006)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("x'%x'", blob)
}

// points makes a layer of n points with a name each.
func points(t testing.TB, name string, srs, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %[1]s(fid INTEGER PRIMARY KEY, geom POINT, namn TEXT);"+
		"INSERT INTO gpkg_contents(table_name, data_type, srs_id) VALUES ('%[2]s', 'features', %[3]d);"+
		"INSERT INTO gpkg_geometry_columns VALUES ('%[2]s', 'geom', 'POINT', %[3]d);", quote(name), strings.ReplaceAll(name, "'", "''"), srs)
	for i := range n {
		fmt.Fprintf(&b, "INSERT INTO %s VALUES (%d, %s, 'rad %d');", quote(name), 10+i, blobOf(t, orb.Point{600000 + float64(i), 6500000}), i)
	}
	return b.String()
}

// open opens a file or fails the test.
func open(t testing.TB, path string, opt format.Options) format.Source {
	t.Helper()
	s, err := New().Open(context.Background(), path, opt)
	if err != nil {
		t.Fatalf("%v (cause: %v)", err, errors.Unwrap(err))
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// rows reads a layer.
func rows(t testing.TB, s format.Source, layer string) (out []model.Feature, skipped []format.Skip) {
	t.Helper()
	err := s.Read(context.Background(), layer, func(f model.Feature) error {
		out = append(out, f)
		return nil
	}, func(s format.Skip) { skipped = append(skipped, s) })
	if err != nil {
		t.Fatalf("%v (cause: %v)", err, errors.Unwrap(err))
	}
	return out, skipped
}

// key is the code of a Problem, or the error's words.
func key(err error) string {
	var p *i18n.Problem
	if errors.As(err, &p) {
		return p.Key
	}
	return fmt.Sprint(err)
}

func TestReadLayer(t *testing.T) {
	const name = `vägar "x"); DROP--`
	s := open(t, build(t, frame, points(t, name, 3006, 3)), format.Options{})
	info := s.Layers()[0]
	if info.Name != name || info.Geometry != model.PointType || info.Features != 3 || info.CRS != crs.SWEREF99TM || !info.CRSKnown {
		t.Fatalf("layer is %+v", info)
	}
	if !slices.Equal(info.Fields, []model.Field{{Name: "namn", Type: model.Text}}) {
		t.Errorf("fields are %v", info.Fields)
	}
	got, skipped := rows(t, s, name)
	if len(got) != 3 || len(skipped) != 0 || got[2].ID != 12 || got[2].Values[0] != "rad 2" || !orb.Equal(got[2].Geometry, orb.Point{600002, 6500000}) {
		t.Errorf("rows are %v, skipped %v", got, skipped)
	}
	if err := s.Read(context.Background(), "annat", nil, nil); key(err) != "import.no_such_layer" {
		t.Errorf("a layer that is not there: %v", err)
	}
}

func TestValues(t *testing.T) {
	s := open(t, build(t, frame, `CREATE TABLE v(fid INTEGER PRIMARY KEY, a BOOLEAN, b DATE, c DATETIME, d REAL, e MEDIUMINT, f TEXT(20), g BLOB, h, i NUMERIC);
INSERT INTO gpkg_contents(table_name, data_type) VALUES ('v', 'attributes');
INSERT INTO v VALUES (1, 1, '2024-12-31', '2024-12-31T10:00:00Z', 5, '7', 12, x'00ff', 'fritt', 2.5),
 (2, 0, 20241231, NULL, 'ingen', 1.5, x'c3a5', NULL, 9, 4), (3, NULL, NULL, NULL, NULL, 9007199254740993, NULL, NULL, NULL, NULL);`), format.Options{})
	info := s.Layers()[0]
	want := []model.FieldType{model.Boolean, model.DateType, model.DateTime, model.Real, model.Integer, model.Text, model.Blob, model.Text, model.Real}
	for i, f := range info.Fields {
		if f.Type != want[i] {
			t.Errorf("%s is %s, want %s", f.Name, f.Type, want[i])
		}
	}
	if info.Geometry != model.NoGeometry {
		t.Errorf("a table without geometry is %s", info.Geometry)
	}
	got, _ := rows(t, s, "v")
	table := [][]any{
		{true, "2024-12-31", "2024-12-31T10:00:00Z", 5.0, int64(7), "12", []byte{0, 255}, "fritt", 2.5},
		{false, int64(20241231), nil, "ingen", 1.5, "å", nil, "9", 4.0},
		{nil, nil, nil, nil, int64(9007199254740993), nil, nil, nil, nil},
	}
	for i, want := range table {
		if fmt.Sprintf("%#v", got[i].Values) != fmt.Sprintf("%#v", want) {
			t.Errorf("row %d:\n got %#v\nwant %#v", i+1, got[i].Values, want)
		}
	}
}

func TestBrokenRowsAreListed(t *testing.T) {
	sound := blobOf(t, orb.Point{600000, 6500000})
	s := open(t, build(t, frame, points(t, "p", 3006, 0),
		"INSERT INTO p VALUES (5, "+sound+", 'hel'), (6, "+sound[:len(sound)-9]+"', 'halv'), (7, NULL, 'utan'), (8, 'text', 'text'), (9, "+sound+", 'hel')"), format.Options{})
	got, skipped := rows(t, s, "p")
	if len(got) != 3 || got[1].ID != 7 || got[1].Geometry != nil {
		t.Errorf("rows are %v", got)
	}
	if len(skipped) != 2 || skipped[0].Row != 6 || skipped[0].Reason.Key != "import.geometry_truncated" || skipped[1].Row != 8 {
		t.Errorf("skipped are %v", skipped)
	}
}

// A value beyond the limit stops SQLite's statement: the rows before and after it must still come.
func TestValueTooBig(t *testing.T) {
	path := build(t, frame, points(t, "p", 3006, 4),
		fmt.Sprintf("UPDATE p SET namn = zeroblob(%d) WHERE fid IN (10, 12)", format.MaxCellBytes+1))
	s := open(t, path, format.Options{})
	got, skipped := rows(t, s, "p")
	if len(got) != 2 || got[0].ID != 11 || got[1].ID != 13 {
		t.Errorf("%d rows", len(got))
	}
	if len(skipped) != 2 || skipped[0].Row != 10 || skipped[1].Row != 12 || skipped[0].Reason.Key != "import.value_too_big" {
		t.Errorf("skipped are %v", skipped)
	}
}

func TestCoordinateSystems(t *testing.T) {
	tests := []struct {
		name    string
		srs     int
		told    string
		want    int
		known   bool
		warning string
	}{
		{name: "by code", srs: 3006, want: 3006, known: true},
		{name: "undefined, guessed", srs: -1, want: 3006},
		{name: "undefined, told", srs: -1, told: "SWEREF 99 TM", want: 3006, known: true},
		{name: "not in the table", srs: 4711, want: 3006},
		{name: "unsupported", srs: 32632, want: 3006, warning: "import.crs_unread_likely"},
		{name: "definition contradicts the values", srs: 100001, want: 3006, warning: "import.crs_contradicts_likely"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t, build(t, frame, points(t, "p", tt.srs, 3)), format.Options{CRS: tt.told})
			info := s.Layers()[0]
			if info.CRS.EPSG() != tt.want || info.CRSKnown != tt.known {
				t.Errorf("is %v, known %v", info.CRS, info.CRSKnown)
			}
			if info.CRSTold != (tt.warning != "") {
				t.Errorf("told: %v", info.CRSTold)
			}
			if (len(info.Warnings) == 1) != (tt.warning != "") || tt.warning != "" && info.Warnings[0].Key != tt.warning {
				t.Errorf("warnings are %v", info.Warnings)
			}
		})
	}
	_, err := New().Open(context.Background(), build(t, frame, points(t, "p", -1, 1)), format.Options{CRS: "månen"})
	if key(err) != "crs.unknown" {
		t.Errorf("a system that is none: %v", err)
	}
}

func TestRefused(t *testing.T) {
	const view = "INSERT INTO gpkg_contents(table_name, data_type) VALUES ('v', 'features'); INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 3006);"
	tests := []struct {
		name, key string
		make      []string
	}{
		{"no GeoPackage", "import.not_gpkg", []string{"CREATE TABLE x(a)"}},
		{"basemap", "import.is_basemap", []string{"CREATE TABLE tiles(a); CREATE TABLE metadata(a)"}},
		{"no layers", "import.gpkg_no_layer", []string{frame}},
		{"tiles alone", "base.gpkg_tiles", []string{frame, "CREATE TABLE k(a); INSERT INTO gpkg_contents(table_name, data_type) VALUES ('k', 'tiles')"}},
		{"ghost", "import.gpkg_no_layer_because", []string{frame, "INSERT INTO gpkg_contents(table_name, data_type) VALUES ('spöke', 'features')"}},
		{"view that writes", "import.gpkg_forbidden", []string{frame, "CREATE VIEW v AS SELECT 1 AS fid, NULL AS geom, writefile('/tmp/nabar-should-not-exist', 'x') AS a;" + view}},
		{"view that loads", "import.gpkg_forbidden", []string{frame, "CREATE VIEW v AS SELECT 1 AS fid, NULL AS geom, load_extension('/tmp/x.so') AS a;" + view}},
		{"view of itself", "import.gpkg_no_layer_because", []string{frame, "CREATE VIEW w AS SELECT 1 AS a; CREATE VIEW v AS SELECT * FROM w; DROP VIEW w; CREATE VIEW w AS SELECT * FROM v;" + view}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New().Open(context.Background(), build(t, tt.make...), format.Options{})
			if key(err) != tt.key {
				t.Fatalf("got %v, want %s", err, tt.key)
			}
			if s := i18n.For("sv").Error(err); strings.ContainsAny(s, "⟦{") {
				t.Errorf("not a sentence: %s", s)
			}
		})
	}
	if _, err := os.Stat("/tmp/nabar-should-not-exist"); err == nil {
		t.Error("the view wrote a file")
	}
}

// A view without end must not hold the program: it is refused, and a cancelled reading stops at once.
func TestEndlessView(t *testing.T) {
	path := build(t, frame, `CREATE VIEW v AS WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, NULL AS geom FROM n;
INSERT INTO gpkg_contents(table_name, data_type) VALUES ('v', 'features'); INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 3006);`)
	s := open(t, path, format.Options{})
	if n := s.Layers()[0].Features; n != -1 {
		t.Errorf("counted %d rows", n)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	err := s.Read(ctx, "v", func(model.Feature) error { return nil }, func(format.Skip) {})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestYieldEnds(t *testing.T) {
	s := open(t, build(t, frame, points(t, "p", 3006, 5)), format.Options{})
	enough := errors.New("enough")
	n := 0
	err := s.Read(context.Background(), "p", func(model.Feature) error { n++; return enough }, func(format.Skip) {})
	if !errors.Is(err, enough) || n != 1 {
		t.Errorf("%v after %d rows", err, n)
	}
	if got, _ := rows(t, s, "p"); len(got) != 5 { // the connection is free again
		t.Errorf("%d rows afterwards", len(got))
	}
}

// listing is the content of a folder: names, sizes, times and bytes.
func listing(t testing.TB, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %d %v %x\n", e.Name(), info.Size(), info.ModTime(), data)
	}
	return b.String()
}

// solid is a point with more than two numbers as an SQL literal, its code as ISO WKB has it.
func solid(code uint32, numbers ...float64) string {
	blob := binary.LittleEndian.AppendUint32([]byte{'G', 'P', 0, 1, 0, 0, 0, 0, 1}, code)
	for _, n := range numbers {
		blob = binary.LittleEndian.AppendUint64(blob, math.Float64bits(n))
	}
	return fmt.Sprintf("x'%x'", blob)
}

// Heights and measures are counted over the whole layer, told once however often it is read, and not for plain points.
func TestHeightsAreTold(t *testing.T) {
	const z, m = 1001, 2001
	at := orb.Point{600000, 6500000}
	s := open(t, build(t, frame, points(t, "p", 3006, 0), points(t, "q", 3006, 3),
		"INSERT INTO p VALUES (1, "+solid(z, at[0], at[1], 3)+", 'Z'), (2, "+blobOf(t, at)+", 'platt'), (3, "+solid(m, at[0], at[1], 7)+", 'M'), (4, NULL, 'utan')"), format.Options{})
	if w := s.Layers()[0].Warnings; len(w) != 0 {
		t.Errorf("before the reading: %v", w)
	}
	for range 2 {
		if got, skipped := rows(t, s, "p"); len(got) != 4 || len(skipped) != 0 || !orb.Equal(got[0].Geometry, at) {
			t.Fatalf("rows %v, skipped %v", got, skipped)
		}
		rows(t, s, "q")
	}
	infos := s.Layers()
	want := i18n.M("import.heights_dropped", 2, "p")
	if w := infos[0].Warnings; len(w) != 1 || fmt.Sprint(w[0]) != fmt.Sprint(want) {
		t.Errorf("warnings are %v, want %v", w, want)
	}
	if len(infos[1].Warnings) != 0 {
		t.Errorf("flat points: %v", infos[1].Warnings)
	}
}

// Another program has the file open and its latest rows are still in the -wal beside it: they must be read, and the
// folder must stay as it was, also where nothing may be written in it.
func TestPendingJournal(t *testing.T) {
	path := build(t, frame, points(t, "p", 3006, 2))
	escaped := strings.NewReplacer("%", "%25", "#", "%23", "?", "%3f", " ", "%20").Replace(path)
	db, err := sql.Open("sqlite", "file:"+escaped+"?_pragma=journal_mode(wal)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("INSERT INTO p SELECT 99, geom, 'nyast' FROM p LIMIT 1"); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(path)
	before := listing(t, dir)
	s := open(t, path, format.Options{})
	got, _ := rows(t, s, "p")
	if len(got) != 3 || got[2].ID != 99 {
		t.Errorf("%d rows, the newest is missing", len(got))
	}
	temp := s.(*source).file.Copy()
	if err := s.Close(); err != nil || temp == "" {
		t.Errorf("closing: %v, copy in %q", err, temp)
	}
	if _, err := os.Stat(temp); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the copy is left behind: %v", err)
	}
	if after := listing(t, dir); after != before {
		t.Error("the source folder has changed")
	}
}

func TestReadOnlyFolder(t *testing.T) {
	path := build(t, "PRAGMA journal_mode=wal", frame, points(t, "p", 3006, 2))
	dir := filepath.Dir(path)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700) })
	before := listing(t, dir)
	s := open(t, path, format.Options{})
	if got, _ := rows(t, s, "p"); len(got) != 2 {
		t.Errorf("%d rows", len(got))
	}
	if after := listing(t, dir); after != before {
		t.Error("the source folder has changed")
	}
}

// corpusCase is what a file of the corpus must give.
type corpusCase struct {
	file    string
	layers  map[string][2]int // rows read, rows skipped
	warning string
	refused string
}

func TestCorpus(t *testing.T) {
	tests := []corpusCase{
		{file: "hostile/gpkg/wkb_truncated.gpkg", layers: map[string][2]int{"punkter": {4, 1}}},
		{file: "hostile/gpkg/contents_missing_table.gpkg", layers: map[string][2]int{"punkter": {5, 0}}, warning: "import.layer_ghost"},
		{file: "hostile/gpkg/view_calls_functions.gpkg", refused: "import.gpkg_forbidden"},
		{file: "hostile/gpkg/bitrot_pages.gpkg", refused: "import.gpkg_damaged"},
		{file: "hostile/project/sqlite_fuzzdata3_9.db", refused: "import.gpkg_damaged"},
		{file: "hostile/project/truncated.db", refused: "import.gpkg_damaged"},
		{file: "odd/gpkg/3d_envelope.gpkg", layers: map[string][2]int{"foo": {2, 0}}},
		{file: "odd/gpkg/domains.gpkg", layers: map[string][2]int{"test": {0, 0}}},
		{file: "odd/gpkg/line_zm.gpkg", layers: map[string][2]int{"line_zm": {1, 0}}},
		{file: "odd/gpkg/null_crs_gdal.gpkg", layers: map[string][2]int{"land": {1, 0}}},
		{file: "odd/gpkg/null_geometry.gpkg", layers: map[string][2]int{"new_geopackage": {3, 0}, "PointExamples": {2, 0}}},
		{file: "odd/gpkg/vyer_trigger_rtree.gpkg", layers: map[string][2]int{"bas": {30, 0}, "skolor": {15, 0}}},
	}
	root := testdata.Dir(t, "corpus")
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) { tt.run(t, filepath.Join(root, filepath.FromSlash(tt.file))) })
	}
}

// run reads all layers of the case's file.
func (tt corpusCase) run(t *testing.T, path string) {
	before := listing(t, filepath.Dir(path))
	s, err := New().Open(context.Background(), path, format.Options{})
	if tt.refused != "" {
		if key(err) != tt.refused {
			t.Errorf("got %v, want %s", err, tt.refused)
		}
		return
	}
	if err != nil {
		t.Fatalf("%v (%v)", err, errors.Unwrap(err))
	}
	defer s.Close()
	if len(s.Layers()) != len(tt.layers) {
		t.Errorf("layers are %+v", s.Layers())
	}
	for _, info := range s.Layers() {
		got, skipped := rows(t, s, info.Name)
		if want := tt.layers[info.Name]; len(got) != want[0] || len(skipped) != want[1] || info.Features != want[0]+want[1] {
			t.Errorf("%s: %d rows, %d skipped, %d announced; want %v", info.Name, len(got), len(skipped), info.Features, want)
		}
		if tt.warning != "" && (len(info.Warnings) == 0 || info.Warnings[len(info.Warnings)-1].Key != tt.warning) {
			t.Errorf("%s: warnings are %v, want %s", info.Name, info.Warnings, tt.warning)
		}
	}
	if listing(t, filepath.Dir(path)) != before {
		t.Error("the source folder has changed")
	}
}

// dangerous is a file with a sound layer beside views of every kind that is refused, by the name of the view.
func dangerous(t *testing.T, calls ...string) string {
	t.Helper()
	statements := []string{frame, points(t, "p", 3006, 2)}
	for i, call := range calls {
		statements = append(statements, fmt.Sprintf("CREATE VIEW v%d AS SELECT 1 AS fid, NULL AS geom, %s AS a;"+
			"INSERT INTO gpkg_contents(table_name, data_type) VALUES ('v%[1]d', 'attributes')", i, call))
	}
	return build(t, statements...)
}

// A file with a view that calls what it must not is refused whole; naming a sound layer in it reads that one.
func TestForbiddenViews(t *testing.T) {
	tests := []struct {
		name    string
		calls   []string
		layer   string
		refused string // the views that the sentence names; "" where the file is read
	}{
		{name: "unknown function", calls: []string{"writefile('/tmp/nabar-should-not-exist', 'x')"}, refused: "v0"},
		{name: "unsafe function", calls: []string{"load_extension('x.so')"}, refused: "v0"},
		{name: "unsafe table", calls: []string{"(SELECT count(*) FROM sqlite_dbpage)"}, refused: "v0"},
		{name: "several", calls: []string{"edit('x')", "1", "readfile('x')"}, refused: "v0, v2"},
		{name: "many", calls: slices.Repeat([]string{"edit('x')"}, 7), refused: "v0, v1, v2, v3, v4, …"},
		{name: "itself named", calls: []string{"edit('x')"}, layer: "v0", refused: "v0"},
		{name: "another named", calls: []string{"edit('x')"}, layer: "p"},
		{name: "function of geometry", calls: []string{"ST_Area(x'00')"}},
		{name: "harmless", calls: []string{"upper('x')"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := New().Open(context.Background(), dangerous(t, tt.calls...), format.Options{Layer: tt.layer})
			if tt.refused != "" {
				if key(err) != "import.gpkg_forbidden" || !strings.Contains(i18n.For("sv").Error(err), " "+tt.refused+" anropar") {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if got, _ := rows(t, s, "p"); len(got) != 2 {
				t.Errorf("%d rows", len(got))
			}
		})
	}
}

// Any bytes behind SQLite's magic words must be refused or read, and never panic.
func FuzzOpen(f *testing.F) {
	data, err := os.ReadFile(build(f, frame, points(f, "p", 3006, 2)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, uint16(100), byte(7))
	f.Add(data[:4096], uint16(20), byte(0))
	f.Fuzz(func(t *testing.T, data []byte, at uint16, b byte) {
		if len(data) > 0 {
			data = slices.Clone(data)
			data[int(at)%len(data)] = b
		}
		path := filepath.Join(t.TempDir(), "x.gpkg")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := New().Open(context.Background(), path, format.Options{})
		if err != nil {
			return
		}
		defer s.Close()
		for _, info := range s.Layers() {
			err := s.Read(context.Background(), info.Name, func(model.Feature) error { return nil }, func(format.Skip) {})
			if p := (*i18n.Problem)(nil); err != nil && !errors.As(err, &p) {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	path := build(b, frame, "BEGIN", points(b, "p", 3006, 1000), "COMMIT")
	s := open(b, path, format.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Read(context.Background(), "p", func(model.Feature) error { return nil }, func(format.Skip) {}); err != nil {
			b.Fatal(err)
		}
	}
}
