package project

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestManyRowsAtOnceGetTheIDsThatOneByOneWould mixes given ids with none, and names the row whose id stands twice though it
// is one of many that are inserted together.
func TestManyRowsAtOnceGetTheIDsThatOneByOneWould(t *testing.T) {
	p, err := Create(t.Context(), filepath.Join(t.TempDir(), "p.gpkg"), model.Kommun{Code: "0980", Name: "Gotland"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	add := func(name string, ids []int64) (layer model.Layer, err error) {
		err = p.Edit(t.Context(), i18n.M("session.step_import", "x"), func(tx *Tx) error {
			layer, err = tx.AddLayer(model.Layer{Name: name, Role: model.RoleLayer, Geometry: model.PointType, Fields: []model.Field{{Name: "n", Type: model.Integer}}},
				func(yield func(model.Feature) error) error {
					for i, id := range ids {
						if err := yield(model.Feature{ID: id, Geometry: orb.Point{float64(i), 1}, Values: []any{int64(i)}}); err != nil {
							return err
						}
					}
					return nil
				})
			return err
		})
		return layer, err
	}
	given, want := make([]int64, 700), make([]int64, 700)
	last := int64(0)
	for i := range given {
		if i%50 == 49 {
			given[i] = last + 10
		}
		last = max(given[i], last+1)
		want[i] = last
	}
	layer, err := add("blandat", given)
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	err = p.Features(t.Context(), layer, func(f model.Feature) error {
		if f.Values[0] != int64(len(got)) || f.Geometry != (orb.Point{float64(len(got)), 1}) {
			t.Errorf("row %d is %v", len(got), f)
		}
		got = append(got, f.ID)
		return nil
	})
	if err != nil || !slices.Equal(got, want) || layer.Features != len(given) {
		t.Fatalf("%d rows with other ids: %v", layer.Features, err)
	}
	soundIndex(t, p, layer)
	for _, at := range []int{90, 699} { // in a full statement, and in the last, shorter one
		twice := slices.Clone(want)
		twice[at] = want[37]
		_, err := add("dubbel", twice)
		var said *i18n.Problem
		if !errors.As(err, &said) || said.Key != "project.id_twice" || said.Args[1] != want[37] {
			t.Errorf("row %d: %v", at, err)
		}
	}
}
