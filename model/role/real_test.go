package role_test

import (
	"context"
	"path/filepath"
	"testing"

	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/format/all"
	"nabar/model/role"
)

// opened is the first layer of a file with all its rows in the project's system.
type opened struct {
	info    format.LayerInfo
	rows    []model.Feature
	skipped []format.Skip
}

// read opens a file of the real data.
func read(t *testing.T, set, name string) opened {
	t.Helper()
	source, err := all.Registry().Open(context.Background(), filepath.Join(testdata.Dir(t, set), name), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	out := opened{info: source.Layers()[0]}
	err = source.Read(context.Background(), out.info.Name, func(f model.Feature) error {
		f.Geometry = crs.ToProject(f.Geometry, out.info.CRS)
		out.rows = append(out.rows, f)
		return nil
	}, func(s format.Skip) { out.skipped = append(out.skipped, s) })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// recognise guesses by the first rows.
func (o opened) recognise() role.Guess {
	return role.Recognise(o.info, o.rows[:min(len(o.rows), 200)], model.DefaultServiceTypes())
}

func TestGotlandRoads(t *testing.T) {
	o := read(t, "gotland", "nvdb_tillganglighetsvagnat_gotland_20240101.gpkg")
	g := o.recognise()
	if g.Role != model.RoleRoads || !g.Sure || o.info.CRS != crs.SWEREF99TM || !o.info.CRSKnown || o.info.Features != 28493 {
		t.Fatalf("recognised as %+v of %+v", g, o.info)
	}
	want := model.Mapping{
		model.PartLength: "extlen", model.PartSpeedForward: "f_hogst_225", model.PartSpeedBackward: "b_hogst_225",
		model.PartClass: "klass_181", model.PartFerry: "Farjeled", model.PartForbidForward: "F_ForbjudenFardriktning",
		model.PartForbidBack: "B_ForbjudenFardriktning", model.PartMotorway: "typ_41",
	}
	for part, column := range want {
		if g.Mapping[part] != column {
			t.Errorf("%s is %q, want %q", part, g.Mapping[part], column)
		}
	}
	d, err := role.NewRoadDecoder(o.info.Fields, g.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	n, ferries, length := 0, 0, 0.0
	for _, f := range o.rows {
		roads, why := d.Decode(f)
		if why != nil {
			t.Fatalf("row %d is skipped: %v", f.ID, why)
		}
		for _, r := range roads {
			n++
			length += r.Length
			if r.Flags&model.Ferry != 0 {
				ferries++
			}
		}
	}
	if n != 28493 || int(length/1000+0.5) != 6185 || ferries != 1 || len(o.skipped) != 0 {
		t.Errorf("%d roads, %.0f m, %d ferries, %d skipped; want 28 493, 6 185 km, 1, none", n, length, ferries, len(o.skipped))
	}
}

func TestGotlandSquares(t *testing.T) {
	o := read(t, "gotland", "scb_befolkning_1km_gotland_2024.gpkg")
	g := o.recognise()
	if g.Role != model.RolePopulation || !g.Sure || g.Mapping[model.PartCellID] != "rutid_scb" || g.Mapping[model.PartDate] != "referenstid" {
		t.Fatalf("recognised as %+v", g)
	}
	checkSquares(t, o, g, 1578, 60857)
}

// checkSquares decodes all squares and counts them and their people.
func checkSquares(t *testing.T, o opened, g role.Guess, cells, people int) {
	t.Helper()
	d, err := role.NewCellDecoder(o.info.Fields, g.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	n, sum := 0, 0
	for _, f := range o.rows {
		c, why := d.Decode(f)
		if why != nil {
			t.Fatalf("row %d is skipped: %v", f.ID, why)
		}
		if c.Size != 1000 || f.Geometry != nil && f.Geometry.Bound().Center() != c.Centre {
			t.Fatalf("row %d is %+v", f.ID, c)
		}
		n++
		sum += c.People
	}
	if n != cells || sum != people {
		t.Errorf("%d squares, %d people; want %d, %d", n, sum, cells, people)
	}
}

// A table without geometry: the id tells the place.
func TestSwedenSquares(t *testing.T) {
	o := read(t, "sverige", "scb_befolkning_1km_2024.csv")
	g := o.recognise()
	if g.Role != model.RolePopulation || !g.Sure {
		t.Fatalf("recognised as %+v", g)
	}
	checkSquares(t, o, g, 103464, 10560818)
}

func TestGotlandServices(t *testing.T) {
	o := read(t, "gotland", "servicestallen_gotland.csv")
	g := o.recognise()
	if g.Role != model.RoleServices || !g.Sure || o.info.CRS != crs.SWEREF99TM {
		t.Fatalf("recognised as %+v, %+v", g, o.info)
	}
	d, err := role.NewFacilityDecoder(o.info.Name, o.info.Fields, g.Mapping, model.DefaultServiceTypes())
	if err != nil {
		t.Fatal(err)
	}
	byType, ids := map[string]int{}, map[string]bool{}
	for _, f := range o.rows {
		p, why := d.Decode(f)
		if why != nil {
			t.Fatalf("row %d is skipped: %v", f.ID, why)
		}
		byType[p.Type]++
		if ids[p.ID] || p.Name == "" {
			t.Errorf("row %d: id %q, name %q", f.ID, p.ID, p.Name)
		}
		ids[p.ID] = true
	}
	want := map[string]int{"dagligvaror": 28, "drivmedel": 15, "betaltjanster": 19, "apotek": 15}
	for kind, n := range want {
		if byType[kind] != n {
			t.Errorf("%d of %s, want %d", byType[kind], kind, n)
		}
	}
}

func TestGotlandBorder(t *testing.T) {
	o := read(t, "gotland", "kommungrans_gotland.geojson")
	g := o.recognise()
	if g.Role != model.RoleArea || !g.Sure || g.Mapping[model.PartAreaCode] != "KOM_KOD" || g.Mapping[model.PartAreaName] != "KOMMUNNAMN" {
		t.Fatalf("recognised as %+v", g)
	}
}

// Urban areas name their municipality too, but are no borders and no services.
func TestUrbanAreasArePlainLayer(t *testing.T) {
	o := read(t, "sverige", "tatorter_2020.gpkg")
	if g := o.recognise(); g.Role != model.RoleLayer || len(o.rows) != 2017 {
		t.Fatalf("%d rows, recognised as %+v", len(o.rows), g)
	}
}

// Every file told to be what it is not must be refused with the one sentence that fits.
func TestWrongRole(t *testing.T) {
	files := map[model.Role]opened{
		model.RoleRoads:      read(t, "gotland", "nvdb_tillganglighetsvagnat_gotland_20240101.gpkg"),
		model.RolePopulation: read(t, "gotland", "scb_befolkning_1km_gotland_2024.gpkg"),
		model.RoleServices:   read(t, "gotland", "servicestallen_gotland.csv"),
		model.RoleArea:       read(t, "gotland", "kommungrans_gotland.geojson"),
	}
	for is, o := range files {
		for told := range files {
			_, err := role.Complete(told, o.info, o.rows[:min(len(o.rows), 200)], nil, model.DefaultServiceTypes())
			allowed := told == is || told == model.RoleArea && is == model.RolePopulation // squares are areas too
			if (err == nil) != allowed {
				t.Errorf("%s told to be %s: %v", is, told, err)
			}
		}
	}
}
