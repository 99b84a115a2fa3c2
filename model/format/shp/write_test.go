package shp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
)

// sequence makes rows of a slice.
func sequence(fs ...model.Feature) iter.Seq2[model.Feature, error] {
	return func(yield func(model.Feature, error) bool) {
		for _, f := range fs {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// export writes a layer into a folder and gives the path of its .shp and the remarks.
func export(t testing.TB, layer model.Layer, rows iter.Seq2[model.Feature, error]) (string, []i18n.Message, error) {
	t.Helper()
	base := filepath.Join(t.TempDir(), "lager")
	var files []io.WriteSeeker
	for _, ext := range Extensions {
		f, err := os.Create(base + ext)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files = append(files, f)
	}
	remarks, err := Write(files, layer, rows)
	return base + ".shp", remarks, err
}

// content reads one of the files.
func content(t testing.TB, shp, ext string) []byte {
	t.Helper()
	data, err := os.ReadFile(strings.TrimSuffix(shp, ".shp") + ext)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// shape is a record as the test's own reader finds it.
type shape struct {
	kind  int32
	parts [][]orb.Point
}

// readShapes reads a .shp by the specification, and holds its index and head against it.
func readShapes(t *testing.T, path string) []shape {
	t.Helper()
	data, index := content(t, path, ".shp"), content(t, path, ".shx")
	le, be := binary.LittleEndian, binary.BigEndian
	for name, b := range map[string][]byte{"shp": data, "shx": index} {
		if be.Uint32(b) != 9994 || int(be.Uint32(b[24:]))*2 != len(b) || le.Uint32(b[28:]) != 1000 {
			t.Fatalf("%s: wrong head", name)
		}
	}
	at := func(b []byte) orb.Point {
		return orb.Point{math.Float64frombits(le.Uint64(b)), math.Float64frombits(le.Uint64(b[8:]))}
	}
	var out []shape
	for offset, n := 100, 0; offset < len(data); n++ {
		size := int(be.Uint32(data[offset+4:])) * 2
		if entry := index[100+8*n:]; int(be.Uint32(entry))*2 != offset || be.Uint32(entry[4:]) != be.Uint32(data[offset+4:]) || int(be.Uint32(data[offset:])) != n+1 {
			t.Fatalf("record %d stands elsewhere than the index says", n+1)
		}
		b := data[offset+8 : offset+8+size]
		s := shape{kind: int32(le.Uint32(b))}
		switch s.kind {
		case 1:
			s.parts = [][]orb.Point{{at(b[4:])}}
		case 8:
			s.parts = make([][]orb.Point, 1)
			for i := range int(le.Uint32(b[36:])) {
				s.parts[0] = append(s.parts[0], at(b[40+16*i:]))
			}
		case 3, 5:
			parts, points := int(le.Uint32(b[36:])), int(le.Uint32(b[40:]))
			for p := range parts {
				end := points
				if p+1 < parts {
					end = int(le.Uint32(b[44+4*(p+1):]))
				}
				var part []orb.Point
				for i := int(le.Uint32(b[44+4*p:])); i < end; i++ {
					part = append(part, at(b[44+4*parts+16*i:]))
				}
				s.parts = append(s.parts, part)
			}
		}
		out = append(out, s)
		offset += 8 + size
	}
	if len(index) != 100+8*len(out) {
		t.Errorf("index of %d bytes for %d records", len(index), len(out))
	}
	return out
}

// readTable reads a .dbf by the specification: the heads as name:type, decimals, and the cells with their blanks.
func readTable(t *testing.T, path string) (heads []string, rows [][]string) {
	t.Helper()
	b := content(t, path, ".dbf")
	le := binary.LittleEndian
	count, head, width := int(le.Uint32(b[4:])), int(le.Uint16(b[8:])), int(le.Uint16(b[10:]))
	if b[0] != 3 || b[head-1] != 0x0d || len(b) != head+count*width+1 || b[len(b)-1] != 0x1a {
		t.Fatalf("wrong head or size")
	}
	var widths []int
	for d := b[32 : head-1]; len(d) > 0; d = d[32:] {
		name, _, _ := strings.Cut(string(d[:11]), "\x00")
		heads = append(heads, name+":"+string(d[11])+strconv.Itoa(int(d[17])))
		widths = append(widths, int(d[16]))
	}
	for r := range count {
		row := b[head+r*width:][:width]
		if row[0] != ' ' {
			t.Errorf("row %d is marked %q", r, row[0])
		}
		row = row[1:]
		var cells []string
		for _, w := range widths {
			cells = append(cells, string(row[:w]))
			row = row[w:]
		}
		rows = append(rows, cells)
	}
	return heads, rows
}

// shops is a layer with a column of every type.
func shops() (model.Layer, iter.Seq2[model.Feature, error]) {
	layer := model.Layer{Name: "Butiker", Geometry: model.PointType, Source: model.Import{Date: "2026-03-01"}, Fields: []model.Field{
		{Name: "namn", Type: model.Text},
		{Name: "antal", Type: model.Integer},
		{Name: "andel", Type: model.Real},
		{Name: "öppen", Type: model.Boolean},
		{Name: "från", Type: model.DateType},
		{Name: "bild", Type: model.Blob},
		{Name: "stängd_sen", Type: model.DateType},
		{Name: "heltal", Type: model.Real},
	}}
	return layer, sequence(
		model.Feature{ID: 1, Geometry: orb.Point{697149.82, 6391093.5}, Values: []any{"Åkes livs", int64(-12), 0.125, true, "2024-05-01", []byte{1}, "2024-05-01", 5.0}},
		model.Feature{ID: 2, Values: []any{nil, nil, math.NaN(), nil, nil, nil, "snart"}},
		model.Feature{ID: 3, Geometry: orb.Point{600000, 6600000}, Values: []any{"B", int64(1234567890123), 1e-20, false, nil, nil, nil, 1e6}},
	)
}

func TestWriteTable(t *testing.T) {
	layer, rows := shops()
	path, remarks, err := export(t, layer, rows)
	if err != nil {
		t.Fatal(err)
	}
	heads, got := readTable(t, path)
	if want := []string{"namn:C0", "antal:N0", "andel:N3", "oppen:L0", "fran:D0", "stangd_sen:C0", "heltal:N1"}; !slices.Equal(heads, want) {
		t.Errorf("heads %q, want %q", heads, want)
	}
	want := [][]string{
		{"Åkes livs", "          -12", "0.125", "T", "20240501", "2024-05-01", "      5"},
		{"          ", "             ", "     ", "?", "        ", "snart     ", "       "},
		{"B         ", "1234567890123", "1e-20", "F", "        ", "          ", "1000000"},
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("rows %q, want %q", got, want)
	}
	if day := content(t, path, ".dbf")[1:4]; !bytes.Equal(day, []byte{126, 3, 1}) {
		t.Errorf("date %v", day)
	}
	var keys []string
	for _, m := range remarks {
		keys = append(keys, m.Key)
	}
	if want := []string{"export.shp_renamed", "export.shp_left"}; !slices.Equal(keys, want) {
		t.Errorf("remarks %v, want %v", keys, want)
	}
	if text := i18n.For("sv").Text(remarks[0]); !strings.Contains(text, "öppen → oppen, från → fran, stängd_sen → stangd_sen.") {
		t.Errorf("remark %q", text)
	}
	if got := string(content(t, path, ".cpg")); got != "UTF-8" {
		t.Errorf("encoding %q", got)
	}
	if c, err := crs.Parse(string(content(t, path, ".prj"))); err != nil || c != crs.SWEREF99TM {
		t.Errorf("projection %v, %v", c, err)
	}
}

func TestWriteGeometries(t *testing.T) {
	square := func(x, side float64) orb.Ring { // against the clock
		return orb.Ring{{x, 0}, {x + side, 0}, {x + side, side}, {x, side}, {x, 0}}
	}
	turned := square(20, 4)
	turned.Reverse()
	line := orb.LineString{{0, 0}, {1, 2}, {3, 4}}
	for name, c := range map[string]struct {
		layer model.GeometryType
		in    []orb.Geometry
		kind  int32
		parts []int // of each record
	}{
		"points":      {model.PointType, []orb.Geometry{orb.Point{1, 2}, nil}, 1, []int{1, 0}},
		"collections": {model.PointType, []orb.Geometry{orb.Point{1, 2}, orb.MultiPoint{{3, 4}, {5, 6}}, orb.MultiPoint{}}, 8, []int{1, 1, 0}},
		"lines":       {model.AnyGeometry, []orb.Geometry{line, orb.MultiLineString{line, line, {{1, 1}}}, orb.LineString{}}, 3, []int{1, 2, 0}},
		"areas": {model.PolygonType, []orb.Geometry{
			orb.Polygon{square(0, 10), square(2, 3)},
			orb.MultiPolygon{{square(0, 10), turned}, {turned[:4]}},
			orb.Polygon{{{0, 0}, {1, 1}, {0, 0}, {0, 0}}},
			orb.Bound{Max: orb.Point{1, 1}},
			square(5, 1),
		}, 5, []int{2, 3, 0, 1, 1}},
		"nothing": {model.AnyGeometry, nil, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var fs []model.Feature
			for _, g := range c.in {
				fs = append(fs, model.Feature{Geometry: g})
			}
			path, _, err := export(t, model.Layer{Geometry: c.layer}, sequence(fs...))
			if err != nil {
				t.Fatal(err)
			}
			if got := int32(binary.LittleEndian.Uint32(content(t, path, ".shp")[32:])); got != c.kind {
				t.Errorf("file of kind %d, want %d", got, c.kind)
			}
			shapes := readShapes(t, path)
			if len(shapes) != len(c.in) {
				t.Fatalf("%d records", len(shapes))
			}
			for i, s := range shapes {
				if len(s.parts) != c.parts[i] || (len(s.parts) > 0) != (s.kind == c.kind) {
					t.Errorf("record %d: kind %d, %d parts", i, s.kind, len(s.parts))
				}
				if c.kind == 5 {
					checkRings(t, s.parts, c.in[i])
				}
			}
			if heads, rows := readTable(t, path); len(heads) != 1 || len(rows) != len(c.in) {
				t.Errorf("table of %q with %d rows", heads, len(rows))
			}
		})
	}
}

// checkRings holds the rings' directions to the format's rule by the area that remains.
func checkRings(t *testing.T, parts [][]orb.Point, in orb.Geometry) {
	t.Helper()
	sum := 0.0
	for _, p := range parts {
		ring := orb.Ring(p)
		if !ring.Closed() {
			t.Error("open ring")
		}
		sum -= planar.Area(ring) // signed: negative for clockwise
	}
	want := 0.0
	switch g := in.(type) {
	case orb.Polygon:
		want = planar.Area(g)
	case orb.MultiPolygon:
		want = 100 - 16 + 16 // the open ring is closed
	case orb.Bound:
		want = 1
	case orb.Ring:
		want = 1
	}
	if math.Abs(sum-want) > 1e-9 {
		t.Errorf("signed area %v, want %v", sum, want)
	}
}

func TestInputIsNotTurned(t *testing.T) {
	ring := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	if _, _, err := export(t, model.Layer{Geometry: model.PolygonType}, sequence(model.Feature{Geometry: orb.Polygon{ring}})); err != nil {
		t.Fatal(err)
	}
	if ring[1] != (orb.Point{1, 0}) {
		t.Error("the layer's own ring was turned")
	}
}

func TestRefuses(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		kind model.GeometryType
		rows iter.Seq2[model.Feature, error]
		want error
	}{
		"table":      {model.NoGeometry, sequence(), i18n.Errorf("export.shp_no_geometry")},
		"mixture":    {model.AnyGeometry, sequence(model.Feature{Geometry: orb.Point{}}, model.Feature{Geometry: orb.LineString{}}), i18n.Errorf("export.shp_mixed")},
		"collection": {model.AnyGeometry, sequence(model.Feature{Geometry: orb.Collection{}}), i18n.Errorf("export.shp_mixed")},
		"error":      {model.PointType, func(yield func(model.Feature, error) bool) { yield(model.Feature{}, broken) }, broken},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := export(t, model.Layer{Geometry: c.kind}, c.rows); !errors.Is(err, c.want) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestShortNames(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range [][2]string{
		{"namn", "namn"},
		{"Namn", "Namn_1"},
		{"serviceplatsid", "servicepla"},
		{"serviceplatsnamn", "servicep_1"},
		{"Öppnar kl.", "Oppnar_kl_"},
		{"1km", "f1km"},
		{"", "f"},
		{"中文", "f__"},
		{"_a", "f_a"},
		{"SERVICEPLA", "SERVICEP_2"},
	} {
		if got := shortName(c[0], taken); got != c[1] {
			t.Errorf("%q became %q, want %q", c[0], got, c[1])
		}
	}
	for i := range 300 {
		if name := shortName("samma_namn_hela_vägen", taken); len(name) > nameLength {
			t.Errorf("%d: %q is too long", i, name)
		}
	}
}

func TestLongTexts(t *testing.T) {
	layer := model.Layer{Geometry: model.PointType, Fields: []model.Field{{Name: "t", Type: model.Text}}}
	path, remarks, err := export(t, layer, sequence(
		model.Feature{Values: []any{"a" + strings.Repeat("å", 200)}}, model.Feature{Values: []any{strings.Repeat("x", mostText)}}, model.Feature{Values: []any{"\xff\x00"}},
	))
	if err != nil || len(remarks) != 1 || remarks[0].Key != "export.shp_cut" || remarks[0].Args[1] != 1 {
		t.Fatalf("remarks %v, %v", remarks, err)
	}
	_, rows := readTable(t, path)
	if got := strings.TrimRight(rows[0][0], " "); got != "a"+strings.Repeat("å", 126) || !utf8.ValidString(rows[2][0]) {
		t.Errorf("cut to %q", got)
	}
}

func TestTwoExportsAreTheSameBytes(t *testing.T) {
	layer, rows := shops()
	first, _, err := export(t, layer, rows)
	if err != nil {
		t.Fatal(err)
	}
	second, _, _ := export(t, layer, rows)
	for _, ext := range Extensions {
		if !bytes.Equal(content(t, first, ext), content(t, second, ext)) {
			t.Errorf("two exports differ in %s", ext)
		}
	}
}

// TestGDAL lets another program read the layer.
func TestGDAL(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("ogrinfo is not installed")
	}
	read := func(t *testing.T, layer model.Layer, rows iter.Seq2[model.Feature, error]) string {
		t.Helper()
		path, _, err := export(t, layer, rows)
		if err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("ogrinfo", "-ro", "-al", path).CombinedOutput()
		if err != nil || bytes.Contains(out, []byte("Warning")) {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	layer, rows := shops()
	out := read(t, layer, rows)
	for _, want := range []string{
		"Geometry: Point", "Feature Count: 3", `ID["EPSG",3006]`, "namn (String) = Åkes livs", "antal (Integer64) = 1234567890123", "andel (Real) = 0.125",
		"fran (Date) = 2024/05/01", "POINT (697149.82 6391093.5)", "namn (String) = (null)", "heltal (Real) = 1000000",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("GDAL does not say %q:\n%s", want, out)
		}
	}
	ring := orb.Ring{{600000, 6600000}, {600010, 6600000}, {600010, 6600010}, {600000, 6600010}, {600000, 6600000}}
	hole := orb.Ring{{600002, 6600002}, {600004, 6600002}, {600004, 6600004}, {600002, 6600002}}
	out = read(t, model.Layer{Geometry: model.MultiPolygonType}, sequence(model.Feature{ID: 7, Geometry: orb.MultiPolygon{{ring, hole}, {{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}}}))
	for _, want := range []string{"Geometry: Polygon", "MULTIPOLYGON (((", "id (Integer) = 7", "(600002 6600002,600004 6600002,600004 6600004,600002 6600002)"} {
		if !strings.Contains(out, want) {
			t.Errorf("GDAL does not say %q:\n%s", want, out)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	layer := model.Layer{Name: "l", Geometry: model.LineStringType, Fields: []model.Field{{Name: "namn", Type: model.Text}, {Name: "antal", Type: model.Integer}}}
	line := orb.LineString{{6e5, 6.6e6}, {6e5 + 10, 6.6e6}, {6e5 + 20, 6.6e6 + 5}}
	rows := func(yield func(model.Feature, error) bool) {
		for i := range 50000 {
			if !yield(model.Feature{Geometry: line, Values: []any{"Storgatan", int64(i)}}, nil) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := export(b, layer, rows); err != nil {
			b.Fatal(err)
		}
	}
}
