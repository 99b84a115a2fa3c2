package geojson

import (
	"context"
	"errors"
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
	path := filepath.Join(t.TempDir(), "lager.geojson")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path, opt)
}

// mustRead reads a text that has to be readable.
func mustRead(t testing.TB, text string) result {
	t.Helper()
	r, err := readText(t, text, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// warned tells whether the layer warns with a key.
func (r result) warned(key string) bool {
	return slices.ContainsFunc(r.info.Warnings, func(m i18n.Message) bool { return m.Key == key })
}

// skipped lists the reasons' keys by row.
func (r result) skipped() map[int64]string {
	out := map[int64]string{}
	for _, s := range r.skips {
		out[s.Row] = s.Reason.Key
	}
	return out
}

// problem gives the key of an error that has to be a Problem.
func problem(t *testing.T, err error) string {
	t.Helper()
	var p *i18n.Problem
	if !errors.As(err, &p) {
		t.Fatalf("error %v is no Problem", err)
	}
	return p.Key
}

func TestGotlandBorder(t *testing.T) {
	r, err := readFile(t, filepath.Join(testdata.Dir(t, "gotland"), "kommungrans_gotland.geojson"), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.rows) != 1 || r.info.Geometry != model.PolygonType && r.info.Geometry != model.MultiPolygonType {
		t.Fatalf("%d rows of %s", len(r.rows), r.info.Geometry)
	}
	if r.info.CRS != crs.WGS84 || !r.info.CRSKnown || len(r.info.Warnings) != 0 {
		t.Errorf("system %v (known %v), warnings %v", r.info.CRS, r.info.CRSKnown, r.info.Warnings)
	}
	if want := (model.Field{Name: "KOM_KOD", Type: model.Text}); !slices.Contains(r.info.Fields, want) {
		t.Errorf("fields %v lack %v", r.info.Fields, want)
	}
	if i := slices.IndexFunc(r.info.Fields, func(f model.Field) bool { return f.Name == "KOM_KOD" }); r.rows[0].Values[i] != "0980" {
		t.Errorf("code %v", r.rows[0].Values[i])
	}
}

// TestCorpus reads the files that break importers as their manifests say.
func TestCorpus(t *testing.T) {
	odd, hostile := filepath.Join(testdata.Dir(t, "corpus/odd"), "geojson"), filepath.Join(testdata.Dir(t, "corpus/hostile"), "geojson")
	t.Run("null values", func(t *testing.T) {
		r, err := readFile(t, filepath.Join(odd, "nullvalues.geojson"), format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := []model.Field{{Name: "int", Type: model.Integer}, {Name: "string", Type: model.Text}, {Name: "double", Type: model.Real}}
		if len(r.rows) != 2 || !slices.Equal(r.info.Fields, want) || r.info.Geometry != model.NoGeometry {
			t.Errorf("%d rows, fields %v, geometry %q", len(r.rows), r.info.Fields, r.info.Geometry)
		}
		if !slices.Equal(r.rows[0].Values, []any{int64(168), "string", 1.23}) || !slices.Equal(r.rows[1].Values, []any{nil, nil, nil}) {
			t.Errorf("values %v, %v", r.rows[0].Values, r.rows[1].Values)
		}
	})
	t.Run("height", func(t *testing.T) {
		r, err := readFile(t, filepath.Join(odd, "featurecollection_pointz.json"), format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.rows) != 1 || r.rows[0].Geometry != (orb.Point{1, 2}) || !r.warned("table.geojson_heights") {
			t.Errorf("%+v", r)
		}
	})
	t.Run("crs member", func(t *testing.T) {
		r, err := readFile(t, filepath.Join(odd, "sweref_crs_member.geojson"), format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.rows) != 4 || r.info.CRS != crs.SWEREF99TM || !r.info.CRSKnown || len(r.info.Warnings) != 0 {
			t.Fatalf("%+v", r)
		}
		if f := r.rows[0]; f.Geometry != (orb.Point{674000.5, 6580000.25}) || !slices.Equal(f.Values, []any{int64(9007199254740993), "Å"}) {
			t.Errorf("%+v", f)
		}
	})
	t.Run("coordinate as text", func(t *testing.T) {
		r, err := readFile(t, filepath.Join(hostile, "stringcoord.geojson"), format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.rows) != 1 || r.rows[0].ID != 2 || r.skipped()[1] != "table.geojson_text_coordinate" {
			t.Errorf("%+v", r)
		}
	})
	t.Run("metres without crs", func(t *testing.T) {
		r, err := readFile(t, filepath.Join(hostile, "sweref_without_crs.geojson"), format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.rows) != 5 || r.info.CRSKnown || r.info.CRS != crs.SWEREF99TM || !r.warned("table.geojson_metres_likely") {
			t.Errorf("%+v", r)
		}
	})
	t.Run("100 000 columns", func(t *testing.T) {
		_, err := readFile(t, filepath.Join(hostile, "props_100k_columns.geojson"), format.Options{})
		if got := problem(t, err); got != "table.geojson_columns" {
			t.Errorf("problem %s", got)
		}
	})
}

// at wraps a geometry as a file of one feature.
func at(geometry string) string {
	return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":` + geometry + `}]}`
}

func TestGeometries(t *testing.T) {
	ring := orb.Ring{{18, 59}, {19, 59}, {19, 60}, {18, 59}}
	tests := []struct {
		name, text string
		want       orb.Geometry
		skip       string
	}{
		{"point", `{"type":"Point","coordinates":[18,59]}`, orb.Point{18, 59}, ""},
		{"members in another order", `{"coordinates":[18,59],"type":"Point"}`, orb.Point{18, 59}, ""},
		{"exponent", `{"type":"Point","coordinates":[1.8e1,590E-1]}`, orb.Point{18, 59}, ""},
		{"line", `{"type":"LineString","coordinates":[[18,59],[19,60,5]]}`, orb.LineString{{18, 59}, {19, 60}}, ""},
		{"ring left open", `{"type":"Polygon","coordinates":[[[18,59],[19,59],[19,60]]]}`, orb.Polygon{ring}, ""},
		{"multipolygon", `{"type":"MultiPolygon","coordinates":[[[[18,59],[19,59],[19,60],[18,59]]]]}`, orb.MultiPolygon{{ring}}, ""},
		{"collection of one kind", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[18,59]},{"type":"MultiPoint","coordinates":[[19,60]]}]}`, orb.MultiPoint{{18, 59}, {19, 60}}, ""},
		{"collection of kinds", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[18,59]},{"type":"LineString","coordinates":[[18,59],[19,60]]}]}`, orb.Collection{orb.Point{18, 59}, orb.LineString{{18, 59}, {19, 60}}}, ""},
		{"empty", `{"type":"Point","coordinates":[]}`, nil, ""},
		{"null", `null`, nil, ""},
		{"short line", `{"type":"LineString","coordinates":[[18,59]]}`, nil, "table.geojson_short"},
		{"ring of two corners", `{"type":"Polygon","coordinates":[[[18,59],[19,59],[18,59]]]}`, nil, "table.geojson_short"},
		{"null coordinate", `{"type":"Point","coordinates":[18,null]}`, nil, "table.geojson_coordinate"},
		{"one coordinate", `{"type":"Point","coordinates":[18]}`, nil, "table.geojson_coordinate"},
		{"beyond float64", `{"type":"Point","coordinates":[18,1e999]}`, nil, "table.geojson_coordinate"},
		{"too flat", `{"type":"Polygon","coordinates":[[18,59],[19,59]]}`, nil, "table.geojson_coordinate"},
		{"too deep", `{"type":"LineString","coordinates":[[[18,59],[19,59]]]}`, nil, "table.geojson_coordinate"},
		{"object for coordinates", `{"type":"Point","coordinates":{"x":1}}`, nil, "table.geojson_coordinate"},
		{"no coordinates", `{"type":"Point"}`, nil, "table.geojson_coordinate"},
		{"unknown type", `{"type":"Circle","coordinates":[18,59]}`, nil, "table.geojson_type"},
		{"text for geometry", `"POINT(18 59)"`, nil, "table.geojson_geometry"},
		{"collections in collections", strings.Repeat(`{"type":"GeometryCollection","geometries":[`, 20) + strings.Repeat(`]}`, 20), nil, "table.geojson_deep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mustRead(t, at(tt.text))
			if got := r.skipped()[1]; got != tt.skip {
				t.Fatalf("skipped for %q, want %q", got, tt.skip)
			}
			if tt.skip == "" && !orb.Equal(r.rows[0].Geometry, tt.want) {
				t.Errorf("got %v, want %v", r.rows[0].Geometry, tt.want)
			}
		})
	}
}

func TestShapesOfFile(t *testing.T) {
	const f = `{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[18,59]}}`
	tests := []struct {
		name, text string
		rows       int
		problem    string
	}{
		{"collection", `{"type":"FeatureCollection","features":[` + f + `,` + f + `]}`, 2, ""},
		{"features first", `{"features":[` + f + `],"type":"FeatureCollection"}`, 1, ""},
		{"byte order mark", "\ufeff" + `{"type":"FeatureCollection","features":[` + f + `]}`, 1, ""},
		{"single feature", f, 1, ""},
		{"bare geometry", `{"type":"LineString","coordinates":[[18,59],[19,60]]}`, 1, ""},
		{"one a line", f + "\n" + f + "\n" + f + "\n", 3, ""},
		{"no features", `{"type":"FeatureCollection","features":[]}`, 0, ""},
		{"cut off", `{"type":"FeatureCollection","features":[` + f + `,{"type":"Fea`, 0, "table.geojson_cut"},
		{"cut off between", `{"type":"FeatureCollection","features":[` + f, 0, "table.geojson_cut"},
		{"broken", `{"type":"FeatureCollection","features":[` + f + `,}]}`, 0, "table.geojson_broken"},
		{"features no array", `{"type":"FeatureCollection","features":7}`, 0, "table.geojson_broken"},
		{"rubbish behind", `{"type":"FeatureCollection","features":[` + f + `]}]`, 0, "table.geojson_broken"},
		{"other JSON", `{"name":"x","version":3}`, 0, "table.geojson_none"},
		{"nothing", ``, 0, "table.geojson_none"},
		{"nested a million deep", strings.Repeat(`{"a":`, 1_000_000), 0, "table.geojson_broken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := readText(t, tt.text, format.Options{})
			if tt.problem != "" {
				if got := problem(t, err); got != tt.problem {
					t.Fatalf("problem %s, want %s", got, tt.problem)
				}
				return
			}
			if err != nil || len(r.rows) != tt.rows || r.info.Features != tt.rows {
				t.Errorf("%d rows (told %d), error %v", len(r.rows), r.info.Features, err)
			}
		})
	}
}

func TestProperties(t *testing.T) {
	r := mustRead(t, `{"type":"FeatureCollection","features":[
		{"type":"Feature","id":"w7","properties":{"b":1,"a":"x","c":true,"d":"2024-05-01","e":{"k":[1, 2]},"f":12345678901234567890,"Namn":"å","g":null},"geometry":null},
		{"type":"Feature","id":8,"properties":{"a":2,"b":1.5,"h":"å\n\"","namn":"b"},"geometry":null},
		{"type":"Feature","properties":null,"geometry":null},
		7,
		{"type":"Other"}]}`)
	want := []model.Field{
		{Name: "b", Type: model.Real},
		{Name: "a", Type: model.Text},
		{Name: "c", Type: model.Boolean},
		{Name: "d", Type: model.DateType},
		{Name: "e", Type: model.Text},
		{Name: "f", Type: model.Text},
		{Name: "Namn", Type: model.Text},
		{Name: "g", Type: model.Text},
		{Name: "h", Type: model.Text},
		{Name: "namn_2", Type: model.Text},
		{Name: "id", Type: model.Text},
	}
	if !slices.Equal(r.info.Fields, want) {
		t.Fatalf("fields %v", r.info.Fields)
	}
	rows := [][]any{
		{1.0, "x", true, "2024-05-01", `{"k":[1, 2]}`, "12345678901234567890", "å", nil, nil, nil, "w7"},
		{1.5, "2", nil, nil, nil, nil, nil, nil, "å\n\"", "b", "8"},
		{nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
	}
	for i, want := range rows {
		if !slices.Equal(r.rows[i].Values, want) {
			t.Errorf("row %d: %v, want %v", i, r.rows[i].Values, want)
		}
	}
	if got := r.skipped(); len(got) != 2 || got[4] != "table.geojson_no_feature" || got[5] != "table.geojson_no_feature" {
		t.Errorf("skipped %v", got)
	}
}

func TestEncodings(t *testing.T) {
	feature := func(name string) string {
		return `{"type":"Feature","properties":{"namn":"` + name + `"},"geometry":null}`
	}
	latin := "V\xe4stermalm"
	tests := []struct {
		name, text, encoding string
		want                 []any
		warn                 bool
	}{
		{"utf-8", feature("Väster") + feature("Öster"), "utf-8", []any{"Väster", "Öster"}, false},
		{"latin-1", feature(latin) + feature("\xd6ster"), "windows-1252", []any{"Västermalm", "Öster"}, true},
		{"one feature in latin-1", feature("Väster") + feature(latin) + feature("Öster"), "utf-8", []any{"Väster", "Västermalm", "Öster"}, true},
		{"escapes", feature(`V\u00e4ster`), "utf-8", []any{"Väster"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mustRead(t, tt.text)
			var got []any
			for _, f := range r.rows {
				got = append(got, f.Values[0])
			}
			if !slices.Equal(got, tt.want) || r.info.Encoding != tt.encoding || r.warned("table.geojson_encoding") != tt.warn {
				t.Errorf("%q in %s, warnings %v", got, r.info.Encoding, r.info.Warnings)
			}
		})
	}
}

func TestSystems(t *testing.T) {
	collection := func(member string, points ...string) string {
		var fs []string
		for _, p := range points {
			fs = append(fs, `{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[`+p+`]}}`)
		}
		return `{"type":"FeatureCollection",` + member + `"features":[` + strings.Join(fs, ",") + `]}`
	}
	named := func(name string) string { return `"crs":{"type":"name","properties":{"name":"` + name + `"}},` }
	tests := []struct {
		name, text string
		want       crs.CRS
		known      bool
		warning    string
		skips      int
	}{
		{"none", collection("", "18,59"), crs.WGS84, true, "", 0},
		{"null member", collection(`"crs":null,`, "18,59"), crs.WGS84, true, "", 0},
		{"CRS84", collection(named("urn:ogc:def:crs:OGC:1.3:CRS84"), "18,59"), crs.WGS84, true, "", 0},
		{"EPSG", collection(named("EPSG:3006"), "674000,6580000"), crs.SWEREF99TM, true, "", 0},
		{"unknown", collection(named("urn:ogc:def:crs:EPSG::2154"), "674000,6580000"), crs.SWEREF99TM, false, "table.geojson_crs_likely", 0},
		{"link", collection(`"crs":{"type":"link","properties":{"href":"http://evil.example/crs"}},`, "18,59"), crs.WGS84, false, "table.geojson_crs_likely", 0},
		{"latitude first", collection("", "59.3,18.0"), crs.WGS84, true, "table.geojson_swapped", 0},
		{"one in metres", collection("", "18,59", "18,60", "674000,6580000"), crs.WGS84, true, "", 1},
		{"one in degrees", collection("", "18,59", "674001,6580000", "674000,6580000"), crs.SWEREF99TM, false, "table.geojson_metres_likely", 1},
		{"nowhere", collection("", "1e9,-1e9"), crs.CRS{}, false, "table.geojson_metres", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mustRead(t, tt.text)
			if r.info.CRS != tt.want || r.info.CRSKnown != tt.known || len(r.skips) != tt.skips {
				t.Errorf("%v (known %v), %d skipped", r.info.CRS, r.info.CRSKnown, len(r.skips))
			}
			if tt.warning == "" && len(r.info.Warnings) > 0 || tt.warning != "" && !r.warned(tt.warning) {
				t.Errorf("warnings %v, want %q", r.info.Warnings, tt.warning)
			}
		})
	}
}

// TestPromotion makes single geometries fit a layer of multiples.
func TestPromotion(t *testing.T) {
	r := mustRead(t, `{"type":"LineString","coordinates":[[1,2],[3,4]]} {"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}`)
	if r.info.Geometry != model.MultiLineStringType || !orb.Equal(r.rows[0].Geometry, orb.MultiLineString{{{1, 2}, {3, 4}}}) {
		t.Errorf("%s: %v", r.info.Geometry, r.rows[0].Geometry)
	}
}

func TestCancel(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[` + strings.Repeat(`{"type":"Feature","properties":{},"geometry":null},`, 5000) + `{"type":"Feature","properties":{},"geometry":null}]}`
	path := filepath.Join(t.TempDir(), "a.geojson")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
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
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(at(`{"type":"Polygon","coordinates":[[[18,59],[19,59],[19,60]]]}`)))
	f.Add([]byte(`{"type":"Feature","id":1,"properties":{"a":{"b":[1]},"c":"\u00e5"},"geometry":null}`))
	f.Add([]byte("{\"type\":\"Point\",\"coordinates\":[1,\"2\"],\"crs\":{\"properties\":{\"name\":7}}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "f.geojson")
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
