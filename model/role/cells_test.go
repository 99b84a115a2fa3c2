package role

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/format"
)

func TestParseCellID(t *testing.T) {
	tests := []struct {
		id     string
		corner orb.Point
		side   float64
		ok     bool
	}{
		{"3940006133000", orb.Point{394000, 6133000}, 1000, true},
		{"3942506133000", orb.Point{394250, 6133000}, 250, true},
		{"3945006133500", orb.Point{394500, 6133500}, 500, true},
		{"3941006133000", orb.Point{394100, 6133000}, 100, true},
		{"SE_CRS3006RES1000mN6133000E394000", orb.Point{394000, 6133000}, 1000, true},
		{"CRS3006RES250mN6133250E394000", orb.Point{394000, 6133250}, 250, true},
		{"CRS3035RES1000mN4133000E4394000", orb.Point{}, 0, false},
		{"3940016133000", orb.Point{}, 0, false}, // no multiple of 100
		{"6133000394000", orb.Point{}, 0, false}, // northing first lies outside Sweden
		{"394000613300", orb.Point{}, 0, false},  // a digit is missing
		{"-940006133000", orb.Point{}, 0, false},
		{"ruta 17", orb.Point{}, 0, false},
		{"", orb.Point{}, 0, false},
	}
	for _, tt := range tests {
		corner, side, ok := parseCellID(tt.id)
		if ok != tt.ok || ok && (corner != tt.corner || side != tt.side) {
			t.Errorf("%q is %v, %v, %v", tt.id, corner, side, ok)
		}
	}
}

func TestAges(t *testing.T) {
	tests := []struct {
		name   string
		fields []model.Field
		want   map[string]string
	}{
		{"SCB's classes name where the next begins", fieldsOf("ald0_5", "ald5_10", "Ald95_100", "ald100w"), map[string]string{
			"age:0-4": "ald0_5", "age:5-10": "ald5_10", "age:95-99": "Ald95_100", "age:100-": "ald100w",
		}},
		{"classes that name their last age", fieldsOf("ald60_64", "ald65_69", "ald_70_74", "ald75_plus"), map[string]string{
			"age:60-64": "ald60_64", "age:65-69": "ald65_69", "age:70-74": "ald_70_74", "age:75-": "ald75_plus",
		}},
		{"women and men", fieldsOf("kv_ald0_5", "kv_ald5w", "man_65_69", "ålder_80_84"), map[string]string{
			"women_age:0-4": "kv_ald0_5", "women_age:5-": "kv_ald5w", "men_age:65-69": "man_65_69", "age:80-84": "ålder_80_84",
		}},
		{"others are left", fieldsOf("aldre", "ald", "ald5_3", "rutid", "m2"), map[string]string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := model.Mapping{}
			ages(tt.fields, got)
			if fmt.Sprint(map[string]string(got)) != fmt.Sprint(tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCellDecoder(t *testing.T) {
	fields := fieldsOf("rutid_scb", "beftotalt", "kvinna", "man", "ald0_5", "ald5_10", "ald10w", "rutstorl")
	m := cellMapping(format.LayerInfo{Fields: fields}, nil)
	d, err := NewCellDecoder(fields, m)
	if err != nil {
		t.Fatal(err)
	}
	box := orb.Bound{Min: orb.Point{500000, 6500000}, Max: orb.Point{500250, 6500250}}.ToPolygon()
	const id = "5000006500000"
	tests := []struct {
		name   string
		g      orb.Geometry
		values []any
		want   model.Cell
		why    string
	}{
		{
			"table row", nil,
			[]any{id, int64(21), int64(10), int64(11), int64(1), int64(2), int64(18), int64(1000)},
			model.Cell{ID: id, Centre: orb.Point{500500, 6500500}, Size: 1000, People: 21, Women: 10, Men: 11},
			"",
		},
		{
			"texts", nil,
			[]any{id, " 1 021 ", "10", "", nil, nil, nil, "250"},
			model.Cell{ID: id, Centre: orb.Point{500125, 6500125}, Size: 250, People: 1021, Women: 10, Men: -1},
			"",
		},
		{
			"id as numbers", nil,
			[]any{int64(5000006500000), 21.0, nil, nil, nil, nil, nil, nil},
			model.Cell{ID: id, Centre: orb.Point{500500, 6500500}, Size: 1000, People: 21, Women: -1, Men: -1},
			"",
		},
		{
			"id as floating point", nil,
			[]any{5.0000065e12, 21.0, nil, nil, nil, nil, nil, nil},
			model.Cell{ID: id, Centre: orb.Point{500500, 6500500}, Size: 1000, People: 21, Women: -1, Men: -1},
			"",
		},
		{
			"geometry without id", box,
			[]any{nil, 0.0, nil, nil, nil, nil, nil, nil},
			model.Cell{ID: "7", Centre: orb.Point{500125, 6500125}, Size: 250, Women: -1, Men: -1},
			"",
		},
		{
			"a name for an id", box,
			[]any{"A 7", 3.0, nil, nil, nil, nil, nil, nil},
			model.Cell{ID: "A 7", Centre: orb.Point{500125, 6500125}, Size: 250, People: 3, Women: -1, Men: -1},
			"",
		},
		{"no people told", nil, []any{id, nil, nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_no_people"},
		{"suppressed", nil, []any{id, "..", nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_people"},
		{"negative", nil, []any{id, int64(-1), nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_people"},
		{"half a person", nil, []any{id, 2.5, nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_people"},
		{"not a number", nil, []any{id, math.NaN(), nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_people"},
		{"no place", nil, []any{"A 7", 3.0, nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_cell"},
		{"elsewhere", orb.Point{0, 0}, []any{nil, 3.0, nil, nil, nil, nil, nil, nil}, model.Cell{}, "import.row_cell_outside"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, why := d.Decode(model.Feature{ID: 7, Geometry: tt.g, Values: tt.values})
			if keyOf(why) != tt.why {
				t.Fatalf("skipped with %q, want %q", keyOf(why), tt.why)
			}
			ages := got.Ages
			got.Ages = nil
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if tt.name == "table row" {
				want := []model.AgeCount{{From: 0, To: 4, People: 1, Women: -1, Men: -1}, {From: 5, To: 10, People: 2, Women: -1, Men: -1}, {From: 10, To: -1, People: 18, Women: -1, Men: -1}}
				want[1].To = 9
				if fmt.Sprint(ages) != fmt.Sprint(want) {
					t.Errorf("ages are %v, want %v", ages, want)
				}
			}
		})
	}
}

// Where only women and men are counted by age, together they are the class.
func TestCellDecoderAgesBySex(t *testing.T) {
	fields := fieldsOf("rutid", "bef", "kv_ald65_69", "man_ald65_69")
	d, err := NewCellDecoder(fields, cellMapping(format.LayerInfo{Fields: fields}, nil))
	if err != nil {
		t.Fatal(err)
	}
	c, why := d.Decode(model.Feature{Values: []any{"5000006500000", int64(9), int64(3), int64(4)}})
	if why != nil || len(c.Ages) != 1 || c.Ages[0] != (model.AgeCount{From: 65, To: 69, People: 7, Women: 3, Men: 4}) {
		t.Errorf("got %+v, %v", c, why)
	}
}

// One square of sixteen on the 250 m grid has an id that a kilometre square could have: the other ids tell the side.
func TestSideFromSample(t *testing.T) {
	info := format.LayerInfo{Fields: fieldsOf("rutid_scb", "beftotalt")}
	var sample []model.Feature
	for _, id := range []string{"5000006500000", "5002506500000", "5005006500750"} {
		sample = append(sample, model.Feature{Values: []any{id, int64(1)}})
	}
	g := Recognise(info, sample, nil)
	if g.Role != model.RolePopulation || !g.Sure || g.Mapping[model.PartSize] != "=250" {
		t.Fatalf("recognised as %+v", g)
	}
	d, err := NewCellDecoder(info.Fields, g.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sample {
		if c, why := d.Decode(f); why != nil || c.Size != 250 {
			t.Errorf("%v is %+v, %v", f.Values, c, why)
		}
	}
}
