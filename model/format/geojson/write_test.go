package geojson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

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

// TestRoundTrip writes every kind of geometry and value and reads it back: positions within a centimetre, values the
// same.
func TestRoundTrip(t *testing.T) {
	hole := orb.Polygon{
		{{600000, 6600000}, {600000, 6601000}, {601000, 6601000}, {601000, 6600000}, {600000, 6600000}}, // clockwise
		{{600100, 6600100}, {600200, 6600100}, {600200, 6600200}, {600100, 6600100}},                    // counter-clockwise
	}
	for _, g := range []orb.Geometry{
		orb.Point{697149.82, 6391093.2},
		orb.MultiPoint{{697149, 6391093}, {600000, 6600000}},
		orb.LineString{{697149, 6391093}, {600000, 6600000}},
		orb.MultiLineString{{{697149, 6391093}, {600000, 6600000}}, {{1, 6600000}, {5, 6600001}}},
		hole,
		orb.MultiPolygon{hole, {{{1, 6600000}, {9, 6600000}, {9, 6600009}, {1, 6600000}}}},
		orb.Collection{orb.Point{600000, 6600000}, orb.LineString{{697149, 6391093}, {600000, 6600000}}},
		nil,
	} {
		t.Run(fmt.Sprintf("%T", g), func(t *testing.T) {
			layer := model.Layer{Name: `Lager "1"`, Fields: []model.Field{
				{Name: "namn", Type: model.Text},
				{Name: "n", Type: model.Integer},
				{Name: "andel", Type: model.Real},
				{Name: "helt", Type: model.Real},
				{Name: "öppen", Type: model.Boolean},
				{Name: "tomt", Type: model.Text},
			}}
			values := []any{"Å\n<b>\"", int64(math.MaxInt64), 0.1, 3.0, true, nil}
			var out bytes.Buffer
			if err := Write(&out, layer, sequence(model.Feature{ID: 7, Geometry: g, Values: values})); err != nil {
				t.Fatal(err)
			}
			r := mustRead(t, out.String())
			if got := r.rows[0].Values; !slices.Equal(got, append(values, int64(7))) {
				t.Errorf("values %v, want %v", got, values)
			}
			if got := r.field(t, "helt"); got != model.Real {
				t.Errorf("a whole number of a real column came back as %s", got)
			}
			back := crs.ToProject(r.rows[0].Geometry, crs.WGS84)
			if far := distance(back, g); far > 0.02 {
				t.Errorf("%v came back %v m off as %v", g, far, back)
			}
			orientation(t, r.rows[0].Geometry)
		})
	}
}

// field gives a column's type.
func (r result) field(t *testing.T, name string) model.FieldType {
	t.Helper()
	for _, f := range r.info.Fields {
		if f.Name == name {
			return f.Type
		}
	}
	t.Fatalf("no field %s", name)
	return ""
}

// distance is the largest distance between points of two geometries of the same shape; rings may be turned.
func distance(a, b orb.Geometry) float64 {
	pa, pb := vertices(a), vertices(b)
	if len(pa) != len(pb) {
		return math.Inf(1)
	}
	worst := 0.0
	for _, p := range pa {
		best := math.Inf(1)
		for _, q := range pb {
			best = min(best, planar.Distance(p, q))
		}
		worst = max(worst, best)
	}
	return worst
}

// vertices lists all points of a geometry.
func vertices(g orb.Geometry) []orb.Point {
	var out []orb.Point
	switch g := g.(type) {
	case orb.Point:
		out = append(out, g)
	case orb.MultiPoint:
		out = append(out, g...)
	case orb.LineString:
		out = append(out, g...)
	case orb.MultiLineString:
		for _, l := range g {
			out = append(out, l...)
		}
	case orb.Polygon:
		for _, r := range g {
			out = append(out, r...)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			out = append(out, vertices(p)...)
		}
	case orb.Collection:
		for _, part := range g {
			out = append(out, vertices(part)...)
		}
	}
	return out
}

// orientation checks the right-hand rule.
func orientation(t *testing.T, g orb.Geometry) {
	t.Helper()
	switch g := g.(type) {
	case orb.Polygon:
		for i, r := range g {
			if (r.Orientation() == orb.CCW) != (i == 0) {
				t.Errorf("ring %d turns the wrong way", i)
			}
		}
	case orb.MultiPolygon:
		for _, p := range g {
			orientation(t, p)
		}
	}
}

func TestWriteHardValues(t *testing.T) {
	layer := model.Layer{Geometry: model.PointType, Fields: []model.Field{{Name: "v", Type: model.Real}, {Name: "b", Type: model.Blob}}}
	var out bytes.Buffer
	err := Write(&out, layer, sequence(
		model.Feature{Geometry: orb.Point{math.NaN(), 6e6}, Values: []any{math.Inf(1), []byte{1, 2}}},
		model.Feature{Geometry: orb.Point{600000, 6600000}, Values: nil},
	))
	if err != nil || !json.Valid(out.Bytes()) {
		t.Fatalf("error %v, text %s", err, out.String())
	}
	r := mustRead(t, out.String())
	if r.rows[0].Geometry != nil || r.rows[0].Values[0] != nil || r.rows[0].Values[1] != "AQI=" {
		t.Errorf("%+v", r.rows[0])
	}
}

func TestWriteStopsAtError(t *testing.T) {
	broken := errors.New("broken")
	rows := func(yield func(model.Feature, error) bool) { yield(model.Feature{}, broken) }
	if err := Write(&bytes.Buffer{}, model.Layer{}, rows); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

func ExampleWrite() {
	layer := model.Layer{Name: "butiker", Fields: []model.Field{{Name: "namn", Type: model.Text}}}
	rows := sequence(model.Feature{ID: 1, Geometry: orb.Point{500000, 6600000}, Values: []any{"Handlar'n"}})
	if err := Write(os.Stdout, layer, rows); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"type":"FeatureCollection","name":"butiker","features":[
	// {"type":"Feature","id":1,"properties":{"namn":"Handlar'n"},"geometry":{"type":"Point","coordinates":[15,59.5383491]}}
	// ]}
}

func BenchmarkRead(b *testing.B) {
	fs := make([]model.Feature, 20_000)
	for i := range fs {
		e, n := 300000+float64(i%200)*1000, 6400000+float64(i/200)*1000
		fs[i] = model.Feature{ID: int64(i + 1), Values: []any{"Område", int64(i)}, Geometry: orb.Polygon{{{e, n}, {e + 1000, n}, {e + 1000, n + 1000}, {e, n + 1000}, {e, n}}}}
	}
	layer := model.Layer{Name: "rutor", Fields: []model.Field{{Name: "namn", Type: model.Text}, {Name: "n", Type: model.Integer}}}
	var out bytes.Buffer
	if err := Write(&out, layer, sequence(fs...)); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "rutor.geojson")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(out.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readFile(b, path, format.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
