package mvt

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/tiletest"
)

// sample has a lake with an island, two roads and a place.
func sample() []byte {
	return tiletest.Vector(
		tiletest.VectorLayer{Name: "water", Features: []tiletest.VectorFeature{{
			Kind: 3, Tags: map[string]string{"class": "lake"},
			Parts: [][]int64{{0, 0, 100, 0, 100, 100, 0, 100}, {20, 20, 20, 40, 40, 40, 40, 20}, {200, 0, 300, 0, 300, 50}},
		}}},
		tiletest.VectorLayer{Name: "transportation", Extent: 512, Features: []tiletest.VectorFeature{
			{Kind: 2, Parts: [][]int64{{0, 0, -10, 500}, {7, 7, 8, 8, 9, 7}}, Tags: map[string]string{"class": "motorway"}},
			{Kind: 2, Parts: [][]int64{{1, 1, 2, 2}}},
		}},
		tiletest.VectorLayer{Name: "place", Features: []tiletest.VectorFeature{{Kind: 1, Parts: [][]int64{{3, 4}, {5, 6}}}}},
	)
}

func TestDecode(t *testing.T) {
	layers, err := Decode(sample(), nil)
	if err != nil || len(layers) != 3 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	want := []orb.Geometry{
		orb.MultiPolygon{
			{{{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}}, {{20, 20}, {20, 40}, {40, 40}, {40, 20}, {20, 20}}},
			{{{200, 0}, {300, 0}, {300, 50}, {200, 0}}},
		},
		orb.MultiLineString{{{0, 0}, {-10, 500}}, {{7, 7}, {8, 8}, {9, 7}}},
		orb.MultiPoint{{3, 4}, {5, 6}},
	}
	for i, l := range layers {
		if got := l.Features[0].Geometry; !reflect.DeepEqual(got, want[i]) {
			t.Errorf("%s: %v, want %v", l.Name, got, want[i])
		}
	}
	if layers[0].Extent != 4096 || layers[1].Extent != 512 || len(layers[1].Features) != 2 {
		t.Errorf("%+v", layers)
	}
	roads := &layers[1]
	if roads.Text(&roads.Features[0], "class") != "motorway" || roads.Text(&roads.Features[1], "class") != "" || roads.Text(&roads.Features[0], "x") != "" {
		t.Error("the tags are wrong")
	}
}

// TestSpecification reads the examples of section 4.3.5 of the specification.
func TestSpecification(t *testing.T) {
	for _, c := range []struct {
		kind uint64
		data []byte
		want []orb.LineString
	}{
		{points, []byte{9, 50, 34}, []orb.LineString{{{25, 17}}}},
		{points, []byte{17, 10, 14, 3, 9}, []orb.LineString{{{5, 7}, {3, 2}}}},
		{lines, []byte{9, 4, 4, 18, 0, 16, 16, 0}, []orb.LineString{{{2, 2}, {2, 10}, {10, 10}}}},
		{lines, []byte{9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8}, []orb.LineString{{{2, 2}, {2, 10}, {10, 10}}, {{1, 1}, {3, 5}}}},
		{polygons, []byte{9, 6, 12, 18, 10, 12, 24, 44, 15}, []orb.LineString{{{3, 6}, {8, 12}, {20, 34}}}},
	} {
		if got, err := readParts(c.data, c.kind); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %v (%v), want %v", c.data, got, err, c.want)
		}
	}
}

func TestDamage(t *testing.T) {
	good := sample()
	r := rand.New(rand.NewPCG(3, 3))
	for range 20000 {
		data := slices.Clone(good)
		for range 1 + r.IntN(5) {
			data[r.IntN(len(data))] = byte(r.Uint32())
		}
		if _, err := Decode(data[:r.IntN(len(data)+1)], nil); err != nil && !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
	}
	// A command that claims half a billion points in a few bytes.
	if _, err := readParts([]byte{0xf9, 0xff, 0xff, 0xff, 0x0f, 1, 1}, lines); err == nil {
		t.Error("a count was trusted")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(sample())
	f.Fuzz(func(t *testing.T, data []byte) {
		layers, err := Decode(data, nil)
		if err != nil && !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
		for i := range layers {
			for k := range layers[i].Features {
				_ = layers[i].Text(&layers[i].Features[k], "class")
			}
		}
	})
}

func ExampleDecode() {
	data := tiletest.Vector(tiletest.VectorLayer{Name: "water", Features: []tiletest.VectorFeature{
		{Kind: 3, Parts: [][]int64{{0, 0, 10, 0, 10, 10}}, Tags: map[string]string{"class": "lake"}},
	}})
	layers, err := Decode(data, func(name string) bool { return name == "water" })
	fmt.Println(layers[0].Name, layers[0].Text(&layers[0].Features[0], "class"), err)
	// Output: water lake <nil>
}
