package table

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestParseNumber(t *testing.T) {
	tests := []struct {
		in   string
		want Number
	}{
		{"7", Number{Whole: true, Int: 7, Real: 7, Digits: 1}},
		{"-7", Number{Whole: true, Int: -7, Real: -7, Digits: 1}},
		{"−7", Number{Whole: true, Int: -7, Real: -7, Digits: 1}},
		{" 7 ", Number{Whole: true, Int: 7, Real: 7, Digits: 1}},
		{"1 234 567", Number{Whole: true, Int: 1234567, Real: 1234567, Digits: 7}},
		{"1\u00a0234,5", Number{Real: 1234.5, Mark: ',', Digits: 4}},
		{"1\u2009234.5", Number{Real: 1234.5, Mark: '.', Digits: 4}},
		{"1\u202f234", Number{Whole: true, Int: 1234, Real: 1234, Digits: 4}},
		{"0,5", Number{Real: 0.5, Mark: ',', Digits: 1}},
		{",5", Number{Real: 0.5, Mark: ','}},
		{"5.", Number{Real: 5, Mark: '.', Digits: 1}},
		{"1e3", Number{Real: 1000, Digits: 1}},
		{"1,5E-3", Number{Real: 0.0015, Mark: ',', Digits: 1}},
		{"0180", Number{Whole: true, Int: 180, Real: 180, Digits: 4, Coded: true}},
		{"0", Number{Whole: true, Digits: 1}},
		{"9223372036854775807", Number{Whole: true, Int: 9223372036854775807, Real: 9223372036854775807, Digits: 19}},
		{"9223372036854775808", Number{Real: 9223372036854775808, Digits: 19, Coded: true}},
		{"123456789012345678901234", Number{Real: 123456789012345678901234, Digits: 24, Coded: true}},
		{"6391093,2", Number{Real: 6391093.2, Mark: ',', Digits: 7}},
	}
	for _, tt := range tests {
		if got, ok := ParseNumber(tt.in); !ok || got != tt.want {
			t.Errorf("%q: %+v (%v), want %+v", tt.in, got, ok, tt.want)
		}
	}
	for _, in := range []string{"", "-", "+5", "+46 8 123", "621 41", "1 23 456", "1234 567", "12 34", "1 234\u00a0567", "1,2,3", "1.234,5", "0x10", "Inf", "NaN", "1e", "1e999", "12a", "--1", ".", "2024-05-01", strings.Repeat("1", 65)} {
		if got, ok := ParseNumber(in); ok {
			t.Errorf("%q was read as %+v", in, got)
		}
	}
}

// TestParseNumberAgainstStrconv compares random decimals with the standard library, bit for bit.
func TestParseNumberAgainstStrconv(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		digits := 1 + r.IntN(22)
		text := strconv.FormatUint(1+r.Uint64N(9), 10)
		for range digits {
			text += strconv.Itoa(r.IntN(10))
		}
		at := 1 + r.IntN(len(text))
		text = text[:at] + "." + text[at:]
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ParseNumber(strings.Replace(text, ".", ",", 1)); !ok || got.Real != want {
			t.Fatalf("%s: %v, want %v", text, got.Real, want)
		}
	}
}

func TestColumnType(t *testing.T) {
	tests := []struct {
		name  string
		cells []string
		want  model.FieldType
	}{
		{"antal", []string{"1", "..", "", "-", "1 000"}, model.Integer},
		{"andel", []string{"1", "0,5"}, model.Real},
		{"andel", []string{"1", "0.5"}, model.Real},
		{"andel", []string{"1,5", "0.5"}, model.Text},
		{"Kommun", []string{"0180", "1480"}, model.Text},
		{"kommunkod", []string{"180", "1480"}, model.Text},
		{"Postnummer", []string{"62141", "62142"}, model.Text},
		{"ruta", []string{"4420006194000", "4420006195000"}, model.Text},
		{"inkomst", []string{"12345678901", "2"}, model.Integer},
		{"stor", []string{"99999999999999999999"}, model.Text},
		{"öppen", []string{"Ja", "nej"}, model.Boolean},
		{"från", []string{"2024-02-29"}, model.DateType},
		{"från", []string{"2023-02-29"}, model.Text},
		{"tid", []string{"2024-02-29 12:30", "2024-02-29T12:30:00Z"}, model.DateTime},
		{"tom", []string{"", "NA"}, model.Text},
		{"telefon", []string{"+46 8 123"}, model.Text},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.name, tt.cells), func(t *testing.T) {
			c := Column{Name: tt.name}
			for _, cell := range tt.cells {
				c.Add(cell)
			}
			got, warning := c.Type()
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if mixed := strings.Contains(fmt.Sprint(tt.cells), ",") && strings.Contains(fmt.Sprint(tt.cells), "0.5"); mixed == warning.IsZero() {
				t.Errorf("warning %v", warning)
			}
			for _, cell := range tt.cells {
				if v := Convert(got, cell); (v == nil) != IsNull(cell) {
					t.Errorf("%q became %v", cell, v)
				}
			}
		})
	}
}

// FuzzConvert: a column typed from its cells loses none of them.
func FuzzConvert(f *testing.F) {
	f.Add("1", "2,5")
	f.Add("0180", "..")
	f.Add("ja", "2024-01-01")
	f.Fuzz(func(t *testing.T, a, b string) {
		c := Column{Name: "a"}
		c.Add(a)
		c.Add(b)
		kind, _ := c.Type()
		for _, cell := range []string{a, b} {
			if v := Convert(kind, cell); (v == nil) != IsNull(cell) {
				t.Errorf("%q and %q as %s: %q became %v", a, b, kind, cell, v)
			}
		}
	})
}

func TestWKT(t *testing.T) {
	ring := orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 0}}
	tests := []struct {
		in      string
		want    orb.Geometry
		srid    int
		dropped bool
	}{
		{"POINT(1 2)", orb.Point{1, 2}, 0, false},
		{"point (1e1 -2.5)", orb.Point{10, -2.5}, 0, false},
		{"POINT Z (1 2 3)", orb.Point{1, 2}, 0, true},
		{"POINTZM(1 2 3 4)", orb.Point{1, 2}, 0, true},
		{"SRID=3006;POINT(1 2)", orb.Point{1, 2}, 3006, false},
		{"POINT EMPTY", nil, 0, false},
		{"POINT Z EMPTY", nil, 0, false},
		{"MULTIPOINT(1 2, 3 4)", orb.MultiPoint{{1, 2}, {3, 4}}, 0, false},
		{"MULTIPOINT((1 2),(3 4))", orb.MultiPoint{{1, 2}, {3, 4}}, 0, false},
		{"LINESTRING(0 0,1 1)", orb.LineString{{0, 0}, {1, 1}}, 0, false},
		{"MULTILINESTRING((0 0,1 1),(2 2,3 3))", orb.MultiLineString{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}}}, 0, false},
		{"POLYGON((0 0,4 0,4 4,0 0))", orb.Polygon{ring}, 0, false},
		{"POLYGON((0 0,4 0,4 4))", orb.Polygon{ring}, 0, false},
		{"MULTIPOLYGON(((0 0,4 0,4 4,0 0)))", orb.MultiPolygon{{ring}}, 0, false},
		{"GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))", orb.Collection{orb.Point{1, 2}, orb.LineString{{0, 0}, {1, 1}}}, 0, false},
	}
	for _, tt := range tests {
		got, why := ParseWKT(tt.in)
		if !why.IsZero() || !orb.Equal(got.Geometry, tt.want) || got.SRID != tt.srid || got.Dropped != tt.dropped {
			t.Errorf("%s: %+v %v", tt.in, got, why)
		}
		if tt.want == nil {
			continue
		}
		if again, why := ParseWKT(FormatWKT(got.Geometry)); !why.IsZero() || !orb.Equal(again.Geometry, tt.want) {
			t.Errorf("%s came back as %v", FormatWKT(got.Geometry), again.Geometry)
		}
	}
	bad := []string{"", "POINT", "POINT(1)", "POINT(1 2", "POINT(1 2)x", "POINT(1 2 3 4 5)", "POINT(a b)", "POINT(1,2)", "LINESTRING(1 2)", "POLYGON((0 0,1 1))", "POLYGON((0 0,1 1,0 0))", "CIRCLE(1 2)", "SRID=x;POINT(1 2)", "POINT(1e999 2)", "POINT Q (1 2)", strings.Repeat("GEOMETRYCOLLECTION(", 5000)}
	for _, in := range bad {
		if got, why := ParseWKT(in); why.IsZero() {
			t.Errorf("%.40q was read as %v", in, got.Geometry)
		}
	}
}

func FuzzWKT(f *testing.F) {
	f.Add("SRID=3006;MULTIPOLYGON Z (((0 0 1,4 0 1,4 4 1,0 0 1)))")
	f.Add("GEOMETRYCOLLECTION(POINT EMPTY,MULTIPOINT(1 2,(3 4)))")
	f.Fuzz(func(t *testing.T, in string) {
		got, why := ParseWKT(in)
		if !why.IsZero() || got.Geometry == nil {
			return
		}
		again, why := ParseWKT(FormatWKT(got.Geometry))
		if c, ok := got.Geometry.(orb.Collection); ok && len(c) == 0 {
			return // a collection of nothing is written as an empty one, which is none
		}
		if !why.IsZero() || FormatWKT(again.Geometry) != FormatWKT(got.Geometry) {
			t.Errorf("%q came back as %v (%v)", in, again.Geometry, why)
		}
	})
}

func TestIsHeading(t *testing.T) {
	rows := [][]string{{"Visby", "12", "2,5"}, {"Hemse", "..", "3,5"}}
	tests := []struct {
		first []string
		want  bool
	}{
		{[]string{"ort", "antal", "andel"}, true},
		{[]string{"ort", "2019", "2020"}, true},
		{[]string{"Klinte", "7", "1,5"}, false},
		{[]string{"Visby", "", ""}, false},
		{[]string{"", "", ""}, true},
	}
	for _, tt := range tests {
		if got := IsHeading(tt.first, rows); got != tt.want {
			t.Errorf("%q: %v", tt.first, got)
		}
	}
}

func TestAxisOf(t *testing.T) {
	tests := map[string]axis{
		"E": eastAxis, "Easting": eastAxis, "E-koordinat": eastAxis, "SWEREF99TM_E": eastAxis, "Öst": eastAxis, "sweref 99 18 00 e": eastAxis,
		"N": northAxis, "Nord": northAxis, "koordinat_n": northAxis, "X": xAxis, "X-koordinat": xAxis, "X_RT90": xAxis, "y": yAxis,
		"Longitud": lonAxis, "lng": lonAxis, "wgs84_lat": latAxis, "Latitude": latAxis,
		"Namn": noAxis, "e-post": noAxis, "Nr": noAxis, "xyz": noAxis, "sweref99tm": noAxis, "Län": noAxis,
	}
	for name, want := range tests {
		if got := axisOf(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestKinds(t *testing.T) {
	p, l, a := orb.Point{1, 2}, orb.LineString{{1, 2}, {3, 4}}, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	tests := []struct {
		in   []orb.Geometry
		want model.GeometryType
	}{
		{nil, model.NoGeometry},
		{[]orb.Geometry{nil}, model.NoGeometry},
		{[]orb.Geometry{p, nil}, model.PointType},
		{[]orb.Geometry{p, orb.MultiPoint{p}}, model.MultiPointType},
		{[]orb.Geometry{l}, model.LineStringType},
		{[]orb.Geometry{l, orb.MultiLineString{l}}, model.MultiLineStringType},
		{[]orb.Geometry{a}, model.PolygonType},
		{[]orb.Geometry{a, orb.MultiPolygon{a}}, model.MultiPolygonType},
		{[]orb.Geometry{p, l}, model.AnyGeometry},
		{[]orb.Geometry{orb.Collection{p}}, model.AnyGeometry},
	}
	for _, tt := range tests {
		var k Kinds
		for _, g := range tt.in {
			k.Add(g)
		}
		if got := k.Type(); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.in, got, tt.want)
		}
		for _, g := range tt.in {
			if multi := strings.HasPrefix(string(tt.want), "MULTI"); multi && model.Fit(g, tt.want).GeoJSONType()[:5] != "Multi" {
				t.Errorf("%v does not fit %s", g, tt.want)
			}
		}
	}
}

// TestWords checks that every sentence that the readers of text files use is there in both languages.
func TestWords(t *testing.T) {
	key := regexp.MustCompile(`"(table\.[a-z_0-9]+)"`)
	used := map[string]bool{}
	for _, dir := range []string{".", "../csv", "../geojson", "../charset"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
			}
		}
	}
	for _, lang := range []string{i18n.Swedish, i18n.English} {
		p := i18n.For(lang)
		for k := range used {
			if !p.Has(k) {
				t.Errorf("%s has no %s", lang, k)
			}
		}
		for _, k := range p.Keys() {
			if strings.HasPrefix(k, "table.") && !used[k] {
				t.Errorf("%s has %s, which nothing uses", lang, k)
			}
		}
	}
}

func TestNames(t *testing.T) {
	got := Names([]string{" Namn\n(kort) ", "", "a", "A", "a_2", "a"})
	if want := []string{"Namn (kort)", "kolumn_2", "a", "A_2", "a_2_2", "a_3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func ExampleLocate() {
	columns := []Column{{Name: "Namn"}, {Name: "X"}, {Name: "Y"}}
	for i, cell := range []string{"Handlar'n", "697149,82", "6391093,20"} {
		columns[i].Add(cell)
	}
	place := Locate(columns)
	fmt.Println(columns[place.X].Name, columns[place.Y].Name, place.CRS, place.CRSKnown, place.Sure)
	// Output: X Y EPSG:3006 true true
}
