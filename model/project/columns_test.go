package project

import (
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// TestAddColumns gives a layer columns: rows, ids and index stay, a row that is added then has them, and undo and redo lead from one
// table to the other, also after the file was closed.
func TestAddColumns(t *testing.T) {
	p := newProject(t)
	l := addLayer(t, p, model.Layer{Name: "Ställen", Geometry: model.PointType, Fields: []model.Field{{Name: "namn", Type: model.Text}}}, []model.Feature{
		{ID: 3, Geometry: orb.Point{500000.3, 6700000.7}, Values: []any{"A"}},
		{ID: 9, Values: []any{"B"}},
	})
	edit(t, p, "style", func(tx *Tx) error { return tx.SetQGISStyle(l.ID, "<qgis/>", "<sld/>") })
	edit(t, p, "remove the last", func(tx *Tx) error { return tx.DeleteFeature(l, 9) })
	before := all(t, p, l)
	var wide model.Layer
	added := model.Feature{Geometry: orb.Point{510000, 6710000}, Values: []any{"C", "2026-03-01", true}}
	edit(t, p, "columns", func(tx *Tx) (err error) {
		wide, err = tx.AddColumns(l, model.Field{Name: "stangd", Type: model.DateType}, model.Field{Name: "NAMN", Type: model.Boolean})
		if err != nil {
			return err
		}
		return tx.InsertFeature(wide, &added)
	})
	now := layerNamed(t, p, "Ställen")
	if now.ID != l.ID || now.Table == l.Table || now.Revision <= l.Revision || now.Features != 2 {
		t.Errorf("the layer is now %+v, was %+v", now, l)
	}
	if want := []model.Field{{Name: "namn", Type: model.Text}, {Name: "stangd", Type: model.DateType}, {Name: "NAMN_2", Type: model.Boolean}}; !reflect.DeepEqual(now.Fields, want) {
		t.Errorf("fields %v, want %v", now.Fields, want)
	}
	want := []model.Feature{{ID: 3, Geometry: before[0].Geometry, Values: []any{"A", nil, nil}}, added}
	if got := all(t, p, now); !reflect.DeepEqual(got, want) || added.ID != 10 {
		t.Errorf("rows %v, want %v; ids that were once given are given again", got, want)
	}
	for range 2 {
		p = reopen(t, p)
		undo(t, p)
		back := layerNamed(t, p, "Ställen")
		if got := all(t, p, back); back.Table != l.Table || !reflect.DeepEqual(got, before) {
			t.Errorf("after undo: %+v with %v", back, got)
		}
		p = reopen(t, p)
		redo(t, p)
		if got := all(t, p, layerNamed(t, p, "Ställen")); !reflect.DeepEqual(got, want) {
			t.Errorf("after redo: %v", got)
		}
		var near []int64
		at := orb.Bound{Min: orb.Point{499999, 6699999}, Max: orb.Point{500001, 6700001}}
		err := p.FeaturesIn(t.Context(), layerNamed(t, p, "Ställen"), at, func(f model.Feature) error { near = append(near, f.ID); return nil })
		if err != nil || !reflect.DeepEqual(near, []int64{3}) {
			t.Errorf("found by place: %v, %v", near, err)
		}
	}
}

// layerNamed is the layer of a name.
func layerNamed(t *testing.T, p *Project, name string) model.Layer {
	t.Helper()
	l, err := p.LayerByName(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
