package xlsx

import (
	"bytes"
	"errors"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"

	"nabar/internal/i18n"
	"nabar/model"
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

// shops is a layer with a column of every type.
func shops() (model.Layer, iter.Seq2[model.Feature, error]) {
	layer := model.Layer{Name: "Butiker: norra/södra", Geometry: model.PointType, Fields: []model.Field{
		{Name: "namn", Type: model.Text},
		{Name: "postnummer", Type: model.Text},
		{Name: "antal", Type: model.Integer},
		{Name: "andel", Type: model.Real},
		{Name: "öppen", Type: model.Boolean},
		{Name: "från", Type: model.DateType},
		{Name: "bild", Type: model.Blob},
	}}
	return layer, sequence(
		model.Feature{Geometry: orb.Point{697149.82, 6391093.5}, Values: []any{"=1+1", "08001", int64(-12), 0.1, true, "2024-05-01", []byte{1, 2}}},
		model.Feature{Values: []any{"Åkes <livs> & \"kött\"\nö", nil, int64(9007199254740993), math.NaN(), false, "snart"}},
	)
}

// written gives the bytes of a layer.
func written(t *testing.T, layer model.Layer, rows iter.Seq2[model.Feature, error]) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, layer, rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWrite(t *testing.T) {
	layer, rows := shops()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, layer, rows)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	if sheet != "Butiker norra södra" {
		t.Errorf("sheet %q", sheet)
	}
	got, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"namn", "postnummer", "antal", "andel", "öppen", "från", "bild", "x", "y"},
		{"'=1+1", "08001", "-12", "0.1", "1", "45413", "AQI=", "697149.82", "6391093.5"}, // 45413 days from 1899-12-30 are 2024-05-01
		{"Åkes <livs> & \"kött\"\nö", "", "9007199254740993", "", "0", "snart"},
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("rows %q", got)
	}
	for cell, kind := range map[string]excelize.CellType{
		"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset,
		"E2": excelize.CellTypeBool, "F2": excelize.CellTypeUnset, "H2": excelize.CellTypeUnset, "C3": excelize.CellTypeInlineString,
	} {
		if got, err := f.GetCellType(sheet, cell); err != nil || got != kind {
			t.Errorf("%s is of type %v, want %v (%v)", cell, got, kind, err)
		}
	}
	if formula, err := f.GetCellFormula(sheet, "A2"); err != nil || formula != "" {
		t.Errorf("a formula: %q, %v", formula, err)
	}
	if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the heading is not frozen: %+v, %v", panes, err)
	}
}

func TestGeometries(t *testing.T) {
	line := orb.LineString{{600000, 6600000}, {600001.5, 6600000}}
	for kind, want := range map[model.GeometryType][]string{
		model.NoGeometry: {"a"}, model.LineStringType: {"a", "LINESTRING(600000 6600000,600001.5 6600000)"},
	} {
		layer := model.Layer{Name: "l", Geometry: kind, Fields: []model.Field{{Name: "WKT", Type: model.Text}}}
		f, err := excelize.OpenReader(bytes.NewReader(written(t, layer, sequence(model.Feature{Geometry: line, Values: []any{"a"}}))))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("l")
		if err != nil || !slices.Equal(rows[1], want) {
			t.Errorf("%q: %q, %v", kind, rows, err)
		}
		if n := len(rows[0]); n > 1 && rows[0][1] != "sweref99tm_wkt" {
			t.Errorf("%q: heading %q", kind, rows[0])
		}
	}
}

func TestTwoExportsAreTheSameBytes(t *testing.T) {
	layer, rows := shops()
	first := written(t, layer, rows)
	if !bytes.Equal(first, written(t, layer, rows)) {
		t.Error("two exports of the same layer differ")
	}
	if bytes.Contains(first, []byte("xuri")) {
		t.Error("the file names the library's author as its own")
	}
}

// TestTooMuch refuses what Excel would cut off.
func TestTooMuch(t *testing.T) {
	text := []model.Field{{Name: "a", Type: model.Text}}
	many := make([]model.Field, MaxColumns+1)
	endless := func(yield func(model.Feature, error) bool) {
		for yield(model.Feature{}, nil) {
		}
	}
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		layer model.Layer
		rows  iter.Seq2[model.Feature, error]
		want  error
	}{
		"text":    {model.Layer{Fields: text}, sequence(model.Feature{Values: []any{strings.Repeat("å", MaxText+1)}}), i18n.Errorf("export.xlsx_text")},
		"columns": {model.Layer{Fields: many}, sequence(), i18n.Errorf("export.xlsx_columns")},
		"rows":    {model.Layer{}, endless, i18n.Errorf("export.xlsx_rows")},
		"error":   {model.Layer{}, func(yield func(model.Feature, error) bool) { yield(model.Feature{}, broken) }, broken},
	} {
		t.Run(name, func(t *testing.T) {
			if err := Write(&bytes.Buffer{}, c.layer, c.rows); !errors.Is(err, c.want) {
				t.Errorf("error %v", err)
			}
		})
	}
	written(t, model.Layer{Fields: text}, sequence(model.Feature{Values: []any{strings.Repeat("å", MaxText)}}))
}

func TestSheetName(t *testing.T) {
	for in, want := range map[string]string{
		"": "1", "''": "1", "a": "a", "'a'": "a", "a:b\\c/d?e*f[g]h": "a b c d e f g h", "Tab\tort": "Tab ort",
		"Serviceställen och hur många invånare":    "Serviceställen och hur många",
		"Serviceställen och hur många xx invånare": "Serviceställen och hur många xx",
		strings.Repeat("x", 40):                    strings.Repeat("x", 31),
		strings.Repeat("😀", 20):                    strings.Repeat("😀", 15),
	} {
		if got := SheetName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	layer := model.Layer{Name: "l", Geometry: model.PointType, Fields: []model.Field{{Name: "namn", Type: model.Text}, {Name: "antal", Type: model.Integer}}}
	rows := func(yield func(model.Feature, error) bool) {
		for i := range 50000 {
			if !yield(model.Feature{Geometry: orb.Point{6e5, 6.6e6}, Values: []any{"Handlarn", int64(i)}}, nil) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, layer, rows); err != nil {
			b.Fatal(err)
		}
	}
}
