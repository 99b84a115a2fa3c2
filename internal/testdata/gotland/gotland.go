// Package gotland reads a real kommun, as it was published, for the tests that compare with known figures.
//
// It goes the short way: the columns are named here, and nothing is recognised, so that a fault in recognition
// can't hide in the figures.
package gotland

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/format"
	"nabar/model/format/gpkg"
)

// Snapshot reads roads, squares and service places, without the border: all squares are inside. The test is skipped
// where the files are not at hand.
func Snapshot(t testing.TB) *model.Snapshot {
	t.Helper()
	dir := testdata.Dir(t, "gotland")
	return &model.Snapshot{
		Kommun:     model.Kommun{Code: "0980", Name: "Gotland"},
		Roads:      roads(t, filepath.Join(dir, "nvdb_tillganglighetsvagnat_gotland_20240101.gpkg")),
		Cells:      cells(t, filepath.Join(dir, "scb_befolkning_1km_gotland_2024.gpkg")),
		Facilities: facilities(t, filepath.Join(dir, "servicestallen_gotland.csv")),
		Types:      model.DefaultServiceTypes(),
		Params:     model.DefaultParams(),
	}
}

// read calls row for each row of the first layer of a GeoPackage, with its values by column.
func read(t testing.TB, path string, row func(f model.Feature, values map[string]any)) {
	t.Helper()
	ctx := context.Background()
	source, err := gpkg.New().Open(ctx, path, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	}()
	layer := source.Layers()[0]
	err = source.Read(ctx, layer.Name, func(f model.Feature) error {
		values := map[string]any{}
		for i, field := range layer.Fields {
			values[field.Name] = f.Values[i]
		}
		row(f, values)
		return nil
	}, func(s format.Skip) { t.Errorf("%s row %d: %v", path, s.Row, s.Reason) })
	if err != nil {
		t.Fatal(err)
	}
}

// whole is a whole number of a row, 0 where there is none.
func whole(v any) int64 {
	n, _ := v.(int64)
	return n
}

func roads(t testing.TB, path string) *model.RoadSet {
	t.Helper()
	set := &model.RoadSet{LayerName: "tillganglighetsvagnat"}
	read(t, path, func(f model.Feature, v map[string]any) {
		length, _ := v["extlen"].(float64)
		road := model.Road{
			FID: f.ID, Line: f.Geometry.(orb.LineString), Length: length, Class: int8(whole(v["klass_181"])),
			SpeedF: uint8(whole(v["f_hogst_225"])), SpeedB: uint8(whole(v["b_hogst_225"])),
		}
		for column, flag := range map[string]model.RoadFlags{
			"Farjeled": model.Ferry, "F_ForbjudenFardriktning": model.ForbiddenForward,
			"B_ForbjudenFardriktning": model.ForbiddenBackward,
		} {
			if whole(v[column]) != 0 {
				road.Flags |= flag
			}
		}
		if whole(v["typ_41"]) == 1 {
			road.Flags |= model.Motorway
		}
		set.Add(road)
	})
	return set
}

func cells(t testing.TB, path string) []model.Cell {
	t.Helper()
	var out []model.Cell
	read(t, path, func(_ model.Feature, v map[string]any) {
		id := v["rutid_scb"].(string)
		out = append(out, model.Cell{
			ID: id, People: int(whole(v["beftotalt"])), Women: -1, Men: -1, Size: 1000, Inside: true,
			Centre: orb.Point{decimal(t, id[:6]) + 500, decimal(t, id[6:]) + 500},
		})
	})
	return out
}

func facilities(t testing.TB, path string) []model.Facility {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]string{
		"Dagligvaror": "dagligvaror", "Drivmedel": "drivmedel", "Apoteksvaror": "apotek", "Betaltjänster": "betaltjanster",
	}
	var out []model.Facility
	for i, row := range rows[1:] {
		out = append(out, model.Facility{
			ID: row[2], Layer: "servicestallen", FID: int64(i + 2), Name: row[4], Type: types[row[0]], Form: row[1],
			At: orb.Point{decimal(t, row[11]), decimal(t, row[12])},
		})
	}
	return out
}

// decimal reads a number with point or comma.
func decimal(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
