package role

import (
	"math"
	"testing"

	"nabar/model"
)

// texts makes text fields of names.
func texts(names ...string) (out []model.Field) {
	for _, n := range names {
		out = append(out, model.Field{Name: n, Type: model.Text})
	}
	return out
}

func TestReferenceColumns(t *testing.T) {
	for _, c := range []struct {
		names               []string
		cell, cost, nearest string
		people              string
		unit                model.ReferenceUnit
	}{
		{[]string{"objectid", "rutid_inspire", "rutid_scb", "beftotalt", "avstand_km"}, "rutid_scb", "avstand_km", "", "beftotalt", model.UnitKm},
		{[]string{"Ruta", "Närmaste_km", "Närmaste"}, "Ruta", "Närmaste_km", "Närmaste", "", model.UnitKm},
		{[]string{"cell", "people", "nearest", "cost", "second", "second_cost"}, "cell", "cost", "nearest", "people", ""},
		{[]string{"PiposID", "Distance", "pop_total", "Serviceställe"}, "PiposID", "Distance", "Serviceställe", "pop_total", ""},
		{[]string{"RutID", "Vägavstånd (m)"}, "RutID", "Vägavstånd (m)", "", "", model.UnitMetre},
	} {
		d, err := NewReferenceDecoder(texts(c.names...), nil)
		if err != nil {
			t.Errorf("%v: %v", c.names, err)
			continue
		}
		m := d.Mapping
		if m[model.PartCellID] != c.cell || m[model.PartReferenceCost] != c.cost || m[model.PartReferenceNearest] != c.nearest || m[model.PartPeople] != c.people || d.Unit != c.unit {
			t.Errorf("%v: %v in %q", c.names, m, d.Unit)
		}
	}
	for _, names := range [][]string{{"avstand"}, {"ruta", "x"}, nil} {
		if _, err := NewReferenceDecoder(texts(names...), nil); err == nil {
			t.Errorf("%v was taken for a result", names)
		}
	}
	d, err := NewReferenceDecoder(texts("ruta", "avstand", "till_butik_m"), model.Mapping{model.PartReferenceCost: "till_butik_m"})
	if err != nil || d.Mapping[model.PartReferenceCost] != "till_butik_m" || d.Unit != model.UnitMetre {
		t.Errorf("the user's column: %+v, %v", d, err)
	}
}

func TestReferenceRows(t *testing.T) {
	d, err := NewReferenceDecoder(texts("ruta", "avstand", "bef"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		values []any
		cell   string
		cost   float64
		people int
		fault  bool
	}{
		{[]any{"CRS3006RES1000mN6133000E394000", "1 234,5 km", "12"}, "3940006133000", 1234.5, 12, false},
		{[]any{int64(3940006133000), 7.25, int64(0)}, "3940006133000", 7.25, 0, false},
		{[]any{3940006133000.0, nil, "många"}, "3940006133000", math.NaN(), -1, false},
		{[]any{"A", "-1", nil}, "A", math.NaN(), -1, false},
		{[]any{"", "1", "1"}, "", 0, 0, true},
		{[]any{"A", "nära", "1"}, "", 0, 0, true},
	} {
		got, why := d.Decode(model.Feature{Values: c.values})
		if (why != nil) != c.fault {
			t.Errorf("%v: %v", c.values, why)
			continue
		}
		if same := got.Cost == c.cost || math.IsNaN(got.Cost) && math.IsNaN(c.cost); !c.fault && (got.Cell != c.cell || !same || got.People != c.people) {
			t.Errorf("%v: %+v", c.values, got)
		}
	}
}

// FuzzReferenceRows reads any text without a panic, and gives no distance below 0.
func FuzzReferenceRows(f *testing.F) {
	for _, s := range []string{"1,5", "1 234", "−3", "NaN", "1e400", "", "km", "Inf"} {
		f.Add("3940006133000", s, s)
	}
	d, err := NewReferenceDecoder(texts("ruta", "avstand", "bef"), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, cell, cost, people string) {
		got, why := d.Decode(model.Feature{Values: []any{cell, cost, people}})
		if why == nil && (got.Cell == "" || got.Cost < 0 || math.IsInf(got.Cost, 0) || got.People < -1) {
			t.Errorf("%q, %q, %q: %+v", cell, cost, people, got)
		}
	})
}
