package role

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
)

func TestRecogniseAreasAndLayers(t *testing.T) {
	box := orb.Bound{Min: orb.Point{500000, 6500000}, Max: orb.Point{501000, 6501000}}.ToPolygon()
	tests := []struct {
		name string
		info format.LayerInfo
		rows []model.Feature
		want model.Role
		sure bool
	}{
		{"border by code", format.LayerInfo{Geometry: model.MultiPolygonType, Fields: fieldsOf("kommunkod", "namn")}, nil, model.RoleArea, true},
		{"border by name", format.LayerInfo{Geometry: model.PolygonType, Fields: fieldsOf("KOMMUNNAMN")}, nil, model.RoleArea, true},
		{"one polygon", format.LayerInfo{Geometry: model.PolygonType, Features: 1}, nil, model.RoleArea, false},
		{"lakes", format.LayerInfo{Geometry: model.PolygonType, Features: 20, Fields: fieldsOf("namn", "area_ha")}, nil, model.RoleLayer, false},
		{"urban areas", format.LayerInfo{Geometry: model.PolygonType, Fields: fieldsOf("tatortskod", "kommunnamn", "bef")}, nil, model.RoleLayer, false},
		{"lines", format.LayerInfo{Geometry: model.LineStringType, Fields: fieldsOf("namn")}, nil, model.RoleLayer, false},
		{"mixture of areas", format.LayerInfo{Geometry: model.AnyGeometry, Fields: fieldsOf("kom_kod")}, []model.Feature{{Geometry: orb.Collection{box}}}, model.RoleArea, true},
		{"points of a type we don't know", format.LayerInfo{Geometry: model.PointType, Fields: fieldsOf("typ")}, []model.Feature{{Values: []any{"fornlämning"}}}, model.RoleLayer, false},
		{"squares as areas", format.LayerInfo{Geometry: model.PolygonType, Fields: fieldsOf("RUTID", "BEF")}, []model.Feature{{Geometry: box, Values: []any{"A", int64(3)}}}, model.RolePopulation, true},
		{"table of numbers", format.LayerInfo{Fields: fieldsOf("id", "bef")}, []model.Feature{{Values: []any{"A", int64(3)}}}, model.RoleLayer, false},
		{"nothing at all", format.LayerInfo{}, nil, model.RoleLayer, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := Recognise(tt.info, tt.rows, model.DefaultServiceTypes())
			if g.Role != tt.want || g.Sure != tt.sure || g.Mapping == nil {
				t.Errorf("recognised as %+v", g)
			}
			if s := i18n.For("sv").Text(g.Reason); s == "" || strings.ContainsAny(s, "⟦{") {
				t.Errorf("the reason is %q", s)
			}
		})
	}
}

func TestComplete(t *testing.T) {
	lines := format.LayerInfo{Name: "l", Geometry: model.LineStringType, Fields: fieldsOf("Längd", "extlen")}
	table := format.LayerInfo{Name: "t", Fields: fieldsOf("ruta", "n", "sort", "ost", "nord", "wkt")}
	areas := format.LayerInfo{Name: "a", Geometry: model.PolygonType, Fields: fieldsOf("n")}
	tests := []struct {
		name  string
		role  model.Role
		info  format.LayerInfo
		given model.Mapping
		part  string // with the column that it must have
		want  string
		key   string
	}{
		{"found", model.RoleRoads, lines, nil, model.PartLength, "extlen", ""},
		{"given wins, in any case", model.RoleRoads, lines, model.Mapping{model.PartLength: "LÄNGD"}, model.PartLength, "Längd", ""},
		{"given is missing", model.RoleRoads, lines, model.Mapping{model.PartLength: "x"}, "", "", "import.no_such_column"},
		{"table as roads", model.RoleRoads, table, nil, "", "", "import.need_lines"},
		{"people not told", model.RolePopulation, table, nil, "", "", "import.need_people"},
		{"people told", model.RolePopulation, table, model.Mapping{model.PartPeople: "n"}, model.PartCellID, "ruta", ""},
		{"no place", model.RolePopulation, format.LayerInfo{Fields: fieldsOf("bef")}, nil, "", "", "import.need_place"},
		{"areas give the place", model.RolePopulation, areas, model.Mapping{model.PartPeople: "n"}, model.PartPeople, "n", ""},
		{"type not told", model.RoleServices, table, nil, "", "", "import.need_type"},
		{"type told", model.RoleServices, table, model.Mapping{model.PartType: "sort"}, model.PartEasting, "ost", ""},
		{"one type for all", model.RoleServices, table, model.Mapping{model.PartType: "=post"}, model.PartType, "=post", ""},
		{"services without position", model.RoleServices, format.LayerInfo{Fields: fieldsOf("servicetyp")}, nil, "", "", "import.need_position"},
		{"lines as border", model.RoleArea, lines, nil, "", "", "import.need_polygons"},
		{"table as layer", model.RoleLayer, table, nil, "", "", ""},
		{"anything as layer", model.RoleLayer, lines, nil, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := Complete(tt.role, tt.info, nil, tt.given, model.DefaultServiceTypes())
			var p *i18n.Problem
			if tt.key != "" && (!errors.As(err, &p) || p.Key != tt.key) || tt.key == "" && err != nil {
				t.Fatalf("got %v, want %q", err, tt.key)
			}
			if m[tt.part] != tt.want {
				t.Errorf("mapping is %v", m)
			}
		})
	}
}

// What Recognise finds, Complete must find again and accept.
func TestCompleteAgreesWithRecognise(t *testing.T) {
	infos := []format.LayerInfo{
		{Geometry: model.LineStringType, Fields: fieldsOf("extlen", "klass_181", "hogst_225")},
		{Geometry: model.PolygonType, Fields: fieldsOf("rutid_scb", "beftotalt", "ald0_5", "ald5w")},
		{Geometry: model.PolygonType, Fields: fieldsOf("kommunkod")},
	}
	for _, info := range infos {
		g := Recognise(info, nil, nil)
		m, err := Complete(g.Role, info, nil, nil, nil)
		if err != nil || !maps.Equal(m, g.Mapping) {
			t.Errorf("%s: %v and %v, %v", g.Role, g.Mapping, m, err)
		}
	}
}

// oddValues are what a cell may hold that a decoder does not expect.
func oddValues(s string, n int64, f float64) []any {
	return []any{s, n, f, nil, true, []byte(s), math.NaN(), math.Inf(-1), struct{}{}, int32(7), s + "\x00å"}
}

// No value in any column may make a decoder panic or give a row that the analysis can't stand.
func FuzzDecoders(f *testing.F) {
	f.Add("50 mph", int64(-1), 1e300, 0)
	f.Add("5000006500000", int64(5000006500000), 5.0000065e12, 3)
	f.Add("SE_CRS3006RES250mN6133250E394000", int64(math.MinInt64), 0.25, 5)
	f.Add("dagligvaror; post", int64(1), 697456.5, 7)
	parts := slices.Concat(nvdbParts, osmRoadParts, cellParts, serviceParts)
	m := model.Mapping{model.PartAge + ":0-4": "c1", model.PartWomenA + ":5-": "c2", model.PartMenA + ":x": "c3"}
	var fields []model.Field
	for i := range 11 {
		fields = append(fields, model.Field{Name: fmt.Sprint("c", i)})
	}
	f.Fuzz(func(t *testing.T, s string, n int64, x float64, shift int) {
		for i, p := range parts {
			m[p.part] = fmt.Sprint("c", (i+shift%11+11)%11)
		}
		for _, g := range []orb.Geometry{nil, orb.Point{x, x}, orb.LineString{{0, 0}, {x, 1}}, orb.Polygon{}, orb.Polygon{{{x, x}}}, orb.Collection{}, orb.MultiLineString{nil, {{0, 0}, {1, 1}}}} {
			row := model.Feature{ID: n, Geometry: g, Values: oddValues(s, n, x)}
			roads, err := NewRoadDecoder(fields, m)
			if err != nil {
				t.Fatal(err)
			}
			list, _ := roads.Decode(row)
			for _, r := range list {
				if !(r.Length >= 0) || len(r.Line) < 2 || r.Class < -1 || r.Class > 9 {
					t.Fatalf("road %+v of %v", r, row)
				}
			}
			cells, err := NewCellDecoder(fields, m)
			if err != nil {
				t.Fatal(err)
			}
			if c, why := cells.Decode(row); why == nil && (c.People < 0 || c.ID == "" || !(c.Size >= 0) || !inSweden(c.Centre)) {
				t.Fatalf("square %+v of %v", c, row)
			}
			places, err := NewFacilityDecoder("l", fields, m, model.DefaultServiceTypes())
			if err != nil {
				t.Fatal(err)
			}
			if p, why := places.Decode(row); why == nil && (p.ID == "" || p.Type == "" || !inSweden(p.At)) {
				t.Fatalf("facility %+v of %v", p, row)
			}
		}
	})
}

func ExampleRecognise() {
	info := format.LayerInfo{Name: "vägar", Geometry: model.LineStringType, Fields: []model.Field{{Name: "EXTLEN"}, {Name: "Klass_181"}}}
	g := Recognise(info, nil, model.DefaultServiceTypes())
	fmt.Println(g.Role, g.Sure, g.Mapping[model.PartLength], g.Mapping[model.PartClass])
	// Output: roads true EXTLEN Klass_181
}

func BenchmarkRoadDecoder(b *testing.B) {
	fields := fieldsOf("extlen", "f_hogst_225", "b_hogst_225", "klass_181", "Farjeled", "F_forbj", "B_forbj", "typ_41")
	d, err := NewRoadDecoder(fields, match(fields, nvdbParts))
	if err != nil {
		b.Fatal(err)
	}
	row := model.Feature{Geometry: straight, Values: []any{213.346, int64(80), int64(70), int64(4), int64(0), int64(0), int64(1), int64(0)}}
	b.ReportAllocs()
	for b.Loop() {
		d.Decode(row)
	}
}
