package role

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/format"
)

var (
	piposFields = fieldsOf("Servicetyp", "Serviceform", "Serviceplatsid", "Huvudman", "Namn", "Adress", "Postnummer", "Postort", "Kommun", "Län", "Stöd", "X", "Y")
	ownFields   = append(append([]model.Field(nil), piposFields...), fieldsOf("Öppettider", "Öppnad", "Stängd", "Bemannad", "Fullsortiment")...)
	types       = model.DefaultServiceTypes()
)

func TestServiceMapping(t *testing.T) {
	sample := []model.Feature{{Values: []any{"Dagligvaror", "Dagligvarubutik"}}, {Values: []any{"Ved", ""}}}
	g := Recognise(format.LayerInfo{Name: "s", Fields: ownFields}, sample, types)
	want := model.Mapping{
		model.PartType: "Servicetyp", model.PartForm: "Serviceform", model.PartID: "Serviceplatsid", model.PartChain: "Huvudman",
		model.PartName: "Namn", model.PartAddress: "Adress", model.PartPostcode: "Postnummer", model.PartPostTown: "Postort",
		model.PartMunicipal: "Kommun", model.PartSupport: "Stöd", model.PartEasting: "X", model.PartNorthing: "Y",
		model.PartHours: "Öppettider", model.PartOpened: "Öppnad", model.PartClosed: "Stängd",
		model.PartStaffed: "Bemannad", model.PartFullRange: "Fullsortiment",
	}
	if g.Role != model.RoleServices || fmt.Sprint(g.Mapping) != fmt.Sprint(want) {
		t.Errorf("recognised as %+v", g)
	}
	if len(g.Types) != 1 || g.Types["Dagligvaror"] != "dagligvaror" {
		t.Errorf("types are %v", g.Types)
	}
}

func TestServiceTags(t *testing.T) {
	info := format.LayerInfo{Name: "points", Geometry: model.PointType, Fields: fieldsOf("osm_id", "name", "shop", "amenity")}
	at := orb.Point{600000, 6500000}
	var sample []model.Feature
	for _, v := range [][]any{{"1", "A", "supermarket", nil}, {"2", "B", nil, "fuel"}, {"3", "C", "convenience", "fuel"}, {"4", "D", nil, "bench"}, {"5", "E", nil, "parcel_locker"}, {"6", "F", nil, nil}} {
		sample = append(sample, model.Feature{Geometry: at, Values: v})
	}
	g := Recognise(info, sample, types)
	if g.Role != model.RoleServices || g.Mapping[model.PartType] != "shop" || g.Mapping[model.PartTypeMore] != "amenity" {
		t.Fatalf("recognised as %+v", g)
	}
	d, err := NewFacilityDecoder("points", info.Fields, g.Mapping, types)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"dagligvaror", "drivmedel", "dagligvaror", "import.row_type", "post", "import.row_no_type"}
	for i, f := range sample {
		p, why := d.Decode(f)
		if got := p.Type + keyOf(why); got != want[i] {
			t.Errorf("row %d is %q, want %q", i+1, got, want[i])
		}
	}
}

func TestTypeWords(t *testing.T) {
	own := append(model.DefaultServiceTypes(), model.ServiceType{ID: "bibliotek", Name: "Bibliotek", Match: []string{"bokbuss"}})
	words := newTypeWords(own)
	tests := []struct{ column, value, want string }{
		{"Servicetyp", "Dagligvaror", "dagligvaror"},
		{"Servicetyp", " POST  och\tpaket ", "post"},
		{"Servicetyp", "Apoteksvaror", "apotek"},
		{"Servicetyp", "Kontantuttag", "betaltjanster"},
		{"Servicetyp", "Betalningsförmedling", "betaltjanster"},
		{"Servicetyp", "Ved, Drivmedel", "drivmedel"},
		{"typ", "Bokbuss", "bibliotek"},
		{"typ", "bibliotek", "bibliotek"},
		{"amenity", "fuel", "drivmedel"},
		{"shop", "kiosk;convenience", "dagligvaror"},
		{"typ", "restaurang", ""},
		{"typ", "", ""},
		{"typ", ";;", ""},
	}
	for _, tt := range tests {
		if got, _ := words.find(tt.column, tt.value); got != tt.want {
			t.Errorf("%s %q is %q, want %q", tt.column, tt.value, got, tt.want)
		}
	}
}

func TestFacilityDecoder(t *testing.T) {
	m := match(ownFields, serviceParts)
	d, err := NewFacilityDecoder("butiker", ownFields, m, types)
	if err != nil {
		t.Fatal(err)
	}
	row := func(v ...any) []any { return append(v, make([]any, len(ownFields)-len(v))...) }
	full := row("Dagligvaror", "Butik, obemannad", "SP-1", "ICA", "ICA Nära", "Storgatan 1", "62012", "Hemse", "Gotlands kommun", "Gotlands län", "", "697456,5", "6390123,25", "Alla dagar 8–20", "2001-05-01", "20191231", nil, "ja")
	p, why := d.Decode(model.Feature{ID: 3, Values: full})
	want := model.Facility{
		ID: "SP-1", Layer: "butiker", FID: 3, Name: "ICA Nära", Type: "dagligvaror", Form: "Butik, obemannad", Chain: "ICA", Town: "Hemse",
		Address: "Storgatan 1", At: orb.Point{697456.5, 6390123.25}, Opened: "2001-05-01", Closed: "2019-12-31", Hours: "Alla dagar 8–20",
		FullRange: true, RangeTold: true, Municipality: "Gotlands kommun",
	}
	if why != nil || p != want {
		t.Errorf("got %+v, %v\nwant %+v", p, why, want)
	}
	tests := []struct {
		name, why string
		g         orb.Geometry
		values    []any
		at        orb.Point
	}{
		{"northing in X", "", nil, row("Post", "", "", "", "", "", "", "", "", "", "", 6390123.0, 697456.0), orb.Point{697456, 6390123}},
		{"geometry goes before columns", "", orb.Point{600000, 6500000}, row("Post", "", "", "", "", "", "", "", "", "", "", 6390123.0, 697456.0), orb.Point{600000, 6500000}},
		{"area", "", orb.Bound{Min: orb.Point{600000, 6500000}, Max: orb.Point{600020, 6500010}}.ToPolygon(), row("Post"), orb.Point{600010, 6500005}},
		{"no position", "import.row_no_position", nil, row("Post"), orb.Point{}},
		{"no points", "import.row_no_position", orb.MultiPoint{}, row("Post"), orb.Point{}},
		{"blank position", "import.row_no_position", nil, row("Post", "", "", "", "", "", "", "", "", "", "", "", " "), orb.Point{}},
		{"position of no system", "import.row_position", nil, row("Post", "", "", "", "", "", "", "", "", "", "", 12.0, 13.0), orb.Point{}},
		{"outside", "import.row_outside", orb.Point{0, 0}, row("Post"), orb.Point{}},
		{"unknown type", "import.row_type", orb.Point{600000, 6500000}, row("Frisör"), orb.Point{}},
		{"the form tells the type", "", orb.Point{600000, 6500000}, row("Läkemedel", "Apoteksombud"), orb.Point{600000, 6500000}},
		{"no type", "import.row_no_type", orb.Point{600000, 6500000}, row(nil, "Apoteksombud"), orb.Point{}},
		{"no date", "import.row_date", orb.Point{600000, 6500000}, row("Post", "", "", "", "", "", "", "", "", "", "", nil, nil, "", "", "i höstas"), orb.Point{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, why := d.Decode(model.Feature{ID: 9, Geometry: tt.g, Values: tt.values})
			if keyOf(why) != tt.why || why == nil && p.At != tt.at {
				t.Errorf("got %v, %q; want %v, %q", p.At, keyOf(why), tt.at, tt.why)
			}
		})
	}
}

func TestFacilityPositionInDegrees(t *testing.T) {
	d, err := NewFacilityDecoder("x", fieldsOf("typ", "lat", "lon"), model.Mapping{model.PartType: "=post", model.PartEasting: "lat", model.PartNorthing: "lon"}, types)
	if err != nil {
		t.Fatal(err)
	}
	p, why := d.Decode(model.Feature{Values: []any{nil, "57,6389", "18,2948"}}) // Visby; PROJ: 696663.36, 6393287.38
	if why != nil || math.Hypot(p.At[0]-696663.36, p.At[1]-6393287.38) > 0.01 || p.Type != "post" {
		t.Errorf("got %+v, %v", p, why)
	}
}

func TestFacilityIDsAreUnique(t *testing.T) {
	d, err := NewFacilityDecoder("lager", fieldsOf("typ", "id"), model.Mapping{model.PartType: "typ", model.PartID: "id"}, types)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"A", "A#2", "A#3", "lager:4", "A#2#2", "17"}
	for i, id := range []any{"A", "A", " A ", "", "A#2", int64(17)} {
		p, why := d.Decode(model.Feature{ID: int64(i + 1), Geometry: orb.Point{600000, 6500000}, Values: []any{"post", id}})
		if why != nil || p.ID != want[i] {
			t.Errorf("row %d has %q, %v; want %q", i+1, p.ID, why, want[i])
		}
	}
}

func TestValues(t *testing.T) {
	for v, want := range map[any]bool{
		int64(1): true, int64(-1): true, int64(0): false, 1.0: true, true: true, false: false, "J": true, "ja": true, "TRUE": true,
		"nej": false, "": false, "0": false, "1": true, " Yes ": true, nil: false, "x": true,
	} {
		if truth(v) != want {
			t.Errorf("%#v is taken as %v", v, !want)
		}
	}
	dates := map[any]string{
		"2024-12-31": "2024-12-31", "20241231": "2024-12-31", int64(20241231): "2024-12-31", "2024": "2024-01-01", int64(2010): "2010-01-01",
		"2024-12-31T23:59:59Z": "2024-12-31", "2024/12/31": "2024-12-31", "31.12.2024": "2024-12-31", "2024-05": "2024-05-01", "": "", nil: "",
	}
	for v, want := range dates {
		if got, ok := isoDate(v); !ok || got != want {
			t.Errorf("%#v is %q, %v; want %q", v, got, ok, want)
		}
	}
	for _, v := range []any{"igår", "2024-13-01", "99", 12.5, true} {
		if got, ok := isoDate(v); ok {
			t.Errorf("%#v is taken as the date %q", v, got)
		}
	}
	numbers := map[any]float64{"1 234,5": 1234.5, "1\u00a0234": 1234, "\u22125": -5, "80 km/h": 80, "6.39e6": 6.39e6, int64(3): 3, true: 1}
	for v, want := range numbers {
		if got, ok := number(v); !ok || got != want {
			t.Errorf("%#v is %v, %v; want %v", v, got, ok, want)
		}
	}
	for _, v := range []any{"", "km", "1,2,3", nil, math.NaN(), math.Inf(1), "NaN", "inf"} {
		if got, ok := number(v); ok {
			t.Errorf("%#v is taken as %v", v, got)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Öppettider": "oppettider", " F_Högst (km/h) ": "f_hogst_km_h", "addr:street": "addr_street", "Åre": "are", "": "", "--": ""} {
		if got := fold(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
