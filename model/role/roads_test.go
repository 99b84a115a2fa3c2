package role

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
)

// fieldsOf makes text fields of names; the decoders don't look at types.
func fieldsOf(names ...string) []model.Field {
	out := make([]model.Field, len(names))
	for i, n := range names {
		out[i] = model.Field{Name: n, Type: model.Text}
	}
	return out
}

// keyOf is the key of a reason, "" for none.
func keyOf(m *i18n.Message) string {
	if m == nil {
		return ""
	}
	return m.Key
}

var straight = orb.LineString{{600000, 6500000}, {600100, 6500000}}

func TestRoadMapping(t *testing.T) {
	tests := []struct {
		name   string
		fields []model.Field
		want   model.Mapping
	}{
		{"upper case and words", fieldsOf("EXTLEN", "F_Hogst_225", "B_HOGST_225", "Klass_181", "FARJELED", "F_Forbj_33", "B_Forbj_33", "Typ_41"), model.Mapping{
			model.PartLength: "EXTLEN", model.PartSpeedForward: "F_Hogst_225", model.PartSpeedBackward: "B_HOGST_225",
			model.PartClass: "Klass_181", model.PartFerry: "FARJELED", model.PartForbidForward: "F_Forbj_33", model.PartForbidBack: "B_Forbj_33",
			model.PartMotorway: "Typ_41",
		}},
		{"å ä ö", fieldsOf("F Högsta tillåtna hastighet", "B Högsta tillåtna hastighet", "F Förbjuden färdriktning", "Färjeled"), model.Mapping{
			model.PartSpeedForward: "F Högsta tillåtna hastighet", model.PartSpeedBackward: "B Högsta tillåtna hastighet",
			model.PartForbidForward: "F Förbjuden färdriktning", model.PartFerry: "Färjeled",
		}},
		{"one speed for both directions", fieldsOf("hogst_225", "klass"), model.Mapping{
			model.PartSpeedForward: "hogst_225", model.PartSpeedBackward: "hogst_225", model.PartClass: "klass",
		}},
		{"OpenStreetMap", fieldsOf("osm_id", "name", "highway", "maxspeed", "oneway", "junction", "route"), model.Mapping{
			model.PartHighway: "highway", model.PartMaxSpeed: "maxspeed", model.PartOneway: "oneway", model.PartJunction: "junction", model.PartRoute: "route",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := Recognise(format.LayerInfo{Name: "v", Geometry: model.LineStringType, Fields: tt.fields}, nil, nil)
			if g.Role != model.RoleRoads || !g.Sure {
				t.Errorf("recognised as %+v", g)
			}
			if len(g.Mapping) != len(tt.want) {
				t.Errorf("mapping is %v", g.Mapping)
			}
			for part, column := range tt.want {
				if g.Mapping[part] != column {
					t.Errorf("%s is %q, want %q", part, g.Mapping[part], column)
				}
			}
		})
	}
}

func TestRoadDecoderRegister(t *testing.T) {
	fields := fieldsOf("extlen", "f_hogst_225", "b_hogst_225", "klass_181", "Farjeled", "F_forbj", "B_forbj", "typ_41", "nattyp")
	d, err := NewRoadDecoder(fields, match(fields, nvdbParts))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		values []any
		want   model.Road
		why    string
	}{
		{
			"numbers",
			[]any{213.346, int64(80), int64(70), int64(4), int64(0), int64(0), int64(1), int64(0), int64(1)},
			model.Road{Length: 213.346, SpeedF: 80, SpeedB: 70, Class: 4, Flags: model.ForbiddenBackward},
			"",
		},
		{
			"texts",
			[]any{"213,346", "80 km/h", " 70 ", "9", "-1", "true", "J", "1", "1"},
			model.Road{Length: 213.346, SpeedF: 80, SpeedB: 70, Class: 9, Flags: model.Ferry | model.ForbiddenForward | model.ForbiddenBackward | model.Motorway},
			"",
		},
		{
			"booleans",
			[]any{100.0, nil, nil, nil, true, false, true, false, nil},
			model.Road{Length: 100, Class: -1, Flags: model.Ferry | model.ForbiddenBackward},
			"",
		},
		{"nothing", []any{nil, nil, nil, nil, nil, nil, nil, nil, nil}, model.Road{Class: -1}, ""},
		{"nonsense", []any{-5.0, int64(-3), "fort", int64(77), "nej", "0", "", "2", "1"}, model.Road{Class: -1}, ""},
		{"very fast", []any{math.NaN(), int64(1000), math.Inf(1), 3.0, nil, nil, nil, "motorväg", nil}, model.Road{SpeedF: 255, Class: 3}, ""},
		{"short row", []any{50.0}, model.Road{Length: 50, Class: -1}, ""},
		{"cycle way", []any{nil, nil, nil, nil, nil, nil, nil, nil, int64(2)}, model.Road{}, "import.row_not_road"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, why := d.Decode(model.Feature{ID: 7, Geometry: straight, Values: tt.values})
			if keyOf(why) != tt.why {
				t.Fatalf("skipped with %q, want %q", keyOf(why), tt.why)
			}
			if why != nil {
				return
			}
			r := got[0]
			if r.Length != tt.want.Length || r.SpeedF != tt.want.SpeedF || r.SpeedB != tt.want.SpeedB || r.Class != tt.want.Class || r.Flags != tt.want.Flags || r.FID != 7 {
				t.Errorf("got %+v, want %+v", r, tt.want)
			}
		})
	}
}

func TestRoadDecoderTags(t *testing.T) {
	fields := fieldsOf("highway", "maxspeed", "oneway", "route", "junction")
	d, err := NewRoadDecoder(fields, match(fields, osmRoadParts))
	if err != nil {
		t.Fatal(err)
	}
	const forward, back = model.ForbiddenForward, model.ForbiddenBackward
	tests := []struct {
		highway, maxspeed, oneway, route, junction string
		speed                                      uint8
		class                                      int8
		flags                                      model.RoadFlags
		why                                        string
	}{
		{highway: "residential", maxspeed: "30", speed: 30, class: 8},
		{highway: "primary", maxspeed: "50 mph", speed: 80, class: 2}, // 80.47
		{highway: "secondary", maxspeed: "SE:urban", speed: 50, class: 3},
		{highway: "secondary", maxspeed: "SE:rural", speed: 70, class: 3},
		{highway: "unclassified", maxspeed: "SE:zone30", speed: 30, class: 7},
		{highway: "trunk", maxspeed: "100;90", speed: 100, class: 1},
		{highway: "track", maxspeed: "signals", class: 9},
		{highway: "motorway", maxspeed: "none", speed: 120, flags: model.Motorway | back},
		{highway: "motorway", oneway: "no", flags: model.Motorway},
		{highway: "motorway_link", oneway: "yes", flags: model.Motorway | back},
		{highway: "tertiary", oneway: "-1", class: 5, flags: forward},
		{highway: "tertiary", oneway: "1", class: 5, flags: back},
		{highway: "tertiary", oneway: "reversible", class: 5},
		{highway: "tertiary", junction: "roundabout", class: 5, flags: back},
		{highway: "tertiary", junction: "roundabout", oneway: "-1", class: 5, flags: forward},
		{route: "ferry", class: -1, flags: model.Ferry},
		{highway: "footway", why: "import.row_not_road"},
		{highway: "construction", why: "import.row_not_road"},
		{why: "import.row_not_road"},
	}
	for _, tt := range tests {
		t.Run(tt.highway+" "+tt.maxspeed+" "+tt.oneway+" "+tt.junction+tt.route, func(t *testing.T) {
			values := []any{tt.highway, tt.maxspeed, tt.oneway, tt.route, tt.junction}
			got, why := d.Decode(model.Feature{Geometry: straight, Values: values})
			if keyOf(why) != tt.why {
				t.Fatalf("skipped with %q, want %q", keyOf(why), tt.why)
			}
			if why == nil && (got[0].SpeedF != tt.speed || got[0].SpeedB != tt.speed || got[0].Class != tt.class || got[0].Flags != tt.flags) {
				t.Errorf("got %+v", got[0])
			}
		})
	}
}

func TestRoadDecoderGeometries(t *testing.T) {
	d, err := NewRoadDecoder(fieldsOf("extlen"), model.Mapping{model.PartLength: "EXTLEN"})
	if err != nil {
		t.Fatal(err)
	}
	long := orb.LineString{{0, 0}, {0, 300}}
	tests := []struct {
		name    string
		g       orb.Geometry
		lengths []float64 // of a register's length of 800 m
		why     string
	}{
		{"line", straight, []float64{800}, ""},
		{"parts share the length", orb.MultiLineString{straight, long}, []float64{200, 600}, ""},
		{"an empty part is left out", orb.MultiLineString{{{5, 5}, {5, 5}}, straight}, []float64{800}, ""},
		{"lines among others", orb.Collection{orb.Point{1, 1}, long}, []float64{800}, ""},
		{"none", nil, nil, "import.row_no_geometry"},
		{"point", orb.Point{1, 1}, nil, "import.row_not_line"},
		{"points alone", orb.Collection{orb.Point{1, 1}}, nil, "import.row_not_line"},
		{"no length", orb.LineString{{1, 1}, {1, 1}}, nil, "import.row_no_length"},
		{"one point", orb.LineString{{1, 1}}, nil, "import.row_no_length"},
		{"not a number", orb.LineString{{1, 1}, {math.NaN(), 1}}, nil, "import.row_no_length"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, why := d.Decode(model.Feature{Geometry: tt.g, Values: []any{800.0}})
			if keyOf(why) != tt.why || len(got) != len(tt.lengths) {
				t.Fatalf("got %v, %q", got, keyOf(why))
			}
			for i, want := range tt.lengths {
				if math.Abs(got[i].Length-want) > 1e-9 {
					t.Errorf("part %d has %v m, want %v", i, got[i].Length, want)
				}
			}
		})
	}
}

func TestDecodersRefuseMissingColumns(t *testing.T) {
	m := model.Mapping{model.PartLength: "finns inte", model.PartPeople: "finns inte", model.PartType: "finns inte"}
	_, errRoads := NewRoadDecoder(fieldsOf("a"), m)
	_, errCells := NewCellDecoder(fieldsOf("a"), m)
	_, errPlaces := NewFacilityDecoder("x", fieldsOf("a"), m, nil)
	for _, err := range []error{errRoads, errCells, errPlaces} {
		if p, ok := err.(*i18n.Problem); !ok || p.Key != "import.no_such_column" {
			t.Errorf("got %v", err)
		}
	}
}
