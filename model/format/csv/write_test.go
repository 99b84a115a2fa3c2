package csv

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
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

// TestRoundTrip writes a table in every dialect and reads the same values, types and positions back.
func TestRoundTrip(t *testing.T) {
	fields := []model.Field{
		{Name: "Namn", Type: model.Text},
		{Name: "Postnummer", Type: model.Text},
		{Name: "antal", Type: model.Integer},
		{Name: "andel; %", Type: model.Real},
		{Name: "öppen", Type: model.Boolean},
		{Name: "från", Type: model.DateType},
	}
	values := [][]any{
		{"Handlar'n; \"Öster\", \nVisby", "62141", int64(-9007199254740993), 0.1, true, "2024-05-01"},
		{" med blanksteg ", "08001", int64(0), -1234567.25, false, nil},
		{nil, nil, nil, 1e-9, nil, "2010-01-01"},
	}
	shapes := map[model.GeometryType][]orb.Geometry{
		model.NoGeometry: {nil, nil, nil},
		model.PointType:  {orb.Point{697149.82, 6391093.2}, orb.Point{600000, 6600000}, orb.Point{500000.125, 7000000}},
		model.AnyGeometry: {
			orb.LineString{{600000, 6600000}, {600001.5, 6600000}},
			orb.MultiPoint{{600000, 6600000}, {600001, 6600001}},
			orb.MultiPolygon{{{{600000, 6600000}, {600010, 6600000}, {600010, 6600010}, {600000, 6600000}}}},
		},
	}
	for kind, geometries := range shapes {
		for _, opt := range []WriteOptions{{}, {Swedish: true}, {Swedish: true, Mark: true}} {
			t.Run(fmt.Sprintf("%q %+v", kind, opt), func(t *testing.T) {
				var rows []model.Feature
				for i, v := range values {
					rows = append(rows, model.Feature{ID: int64(i), Geometry: geometries[i], Values: v})
				}
				var out bytes.Buffer
				if err := WriteWith(&out, model.Layer{Fields: fields, Geometry: kind}, sequence(rows...), opt); err != nil {
					t.Fatal(err)
				}
				r := mustRead(t, out.String(), format.Options{})
				if len(r.rows) != 3 || len(r.info.Warnings) != 0 {
					t.Fatalf("%d rows, skips %v, warnings %v", len(r.rows), r.skips, r.info.Warnings)
				}
				if !slices.Equal(r.info.Fields[:len(fields)], fields) {
					t.Errorf("fields %v", r.info.Fields)
				}
				for i, row := range r.rows {
					if !slices.Equal(row.Values[:len(fields)], values[i]) || !orb.Equal(row.Geometry, geometries[i]) {
						t.Errorf("row %d: %v at %v", i, row.Values, row.Geometry)
					}
				}
				if kind != model.NoGeometry && r.info.CRS != crs.SWEREF99TM {
					t.Errorf("system %v", r.info.CRS)
				}
			})
		}
	}
}

// TestColumnNamesOfGeometry keeps the columns of a Pipos export and adds the position beside them.
func TestColumnNamesOfGeometry(t *testing.T) {
	layer := model.Layer{Geometry: model.PointType, Fields: []model.Field{{Name: "X", Type: model.Real}, {Name: "Y", Type: model.Real}}}
	var out bytes.Buffer
	if err := Write(&out, layer, sequence(model.Feature{Geometry: orb.Point{600000, 6600000}, Values: []any{697149.5, 6391093.5}})); err != nil {
		t.Fatal(err)
	}
	if want := "X,Y,sweref99tm_e,sweref99tm_n\r\n697149.5,6391093.5,600000,6600000\r\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	if r := mustRead(t, out.String(), format.Options{}); r.rows[0].Geometry != (orb.Point{600000, 6600000}) {
		t.Errorf("the moved position was lost: %v", r.rows[0].Geometry)
	}
}

func TestHarmless(t *testing.T) {
	tests := map[string]string{
		"=1+1": "'=1+1", "+46": "'+46", "-5": "-5", "-5,5": "-5,5", "-": "'-", "-cmd": "'-cmd", "@a": "'@a", "\tx": "'\tx", "\rx": "'\rx",
		"＝1": "'＝1", "": "", "a=1": "a=1", "Åkes": "Åkes", "- Hemse": "'- Hemse",
	}
	for in, want := range tests {
		if got := Harmless(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestHeadingIsHarmless(t *testing.T) {
	var out bytes.Buffer
	layer := model.Layer{Fields: []model.Field{{Name: "=cmd|' /C calc'!A0", Type: model.Text}}}
	if err := Write(&out, layer, sequence()); err != nil || !strings.HasPrefix(out.String(), "'=") {
		t.Errorf("%q, error %v", out.String(), err)
	}
}

func TestWriteHardValues(t *testing.T) {
	var out bytes.Buffer
	layer := model.Layer{Fields: []model.Field{{Name: "a", Type: model.Real}, {Name: "b", Type: model.Blob}, {Name: "c", Type: model.Text}}}
	if err := Write(&out, layer, sequence(model.Feature{Values: []any{math.NaN(), []byte{1, 2}}})); err != nil {
		t.Fatal(err)
	}
	if want := "a,b,c\r\n,AQI=,\r\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestWriteStopsAtError(t *testing.T) {
	broken := errors.New("broken")
	rows := func(yield func(model.Feature, error) bool) { yield(model.Feature{}, broken) }
	if err := Write(&bytes.Buffer{}, model.Layer{}, rows); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

func ExampleWriteWith() {
	layer := model.Layer{Geometry: model.PointType, Fields: []model.Field{{Name: "namn", Type: model.Text}, {Name: "andel", Type: model.Real}}}
	rows := sequence(model.Feature{Geometry: orb.Point{697149.5, 6391093}, Values: []any{"=1+1", 0.5}})
	var out strings.Builder
	if err := WriteWith(&out, layer, rows, WriteOptions{Swedish: true}); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	// Output:
	// namn;andel;x;y
	// '=1+1;0,5;697149,5;6391093
}
