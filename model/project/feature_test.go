package project

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/gpkg"
)

// TestFeaturesInAgainstAllFeatures compares the index with a look at every feature, after edits of every kind.
func TestFeaturesInAgainstAllFeatures(t *testing.T) {
	p := newProject(t)
	def, rows := roads(800)
	var l model.Layer
	edit(t, p, "import", func(tx *Tx) (err error) { l, err = tx.AddLayer(def, rows); return err })
	r := rand.New(rand.NewPCG(1, 1))
	edit(t, p, "change", func(tx *Tx) error {
		for id := int64(1); id < 300; id++ {
			f := model.Feature{ID: id, Values: make([]any, len(def.Fields))}
			var err error
			switch id % 5 {
			case 0:
				err = tx.DeleteFeature(l, id)
			case 1:
				err = tx.UpdateFeature(l, &f)
			case 2:
				f.Geometry = orb.LineString{{650000 + 1e5*r.Float64(), 6350000}, {700000, 6400000.03}}
				err = tx.UpdateFeature(l, &f)
			case 3:
				f.ID, f.Geometry = 0, orb.LineString{{1, 2}, {3, 4}}
				err = tx.InsertFeature(l, &f)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	for range 50 {
		at := orb.Point{650000 + 1e5*r.Float64(), 6350000 + 1e5*r.Float64()}
		bound := orb.Bound{Min: at, Max: orb.Point{at[0] + 2e4*r.Float64(), at[1] + 2e4*r.Float64()}}
		var want, got []int64
		for _, f := range all(t, p, l) {
			if f.Geometry != nil && f.Geometry.Bound().Intersects(bound) {
				want = append(want, f.ID)
			}
		}
		err := p.FeaturesIn(t.Context(), l, bound, func(f model.Feature) error { got = append(got, f.ID); return nil })
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v: got %v, want %v: %v", bound, got, want, err)
		}
	}
}

func TestGeometryTypes(t *testing.T) {
	line, point := orb.LineString{{0, 0}, {1, 1}}, orb.Point{5, 6}
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	cases := []struct {
		name     string
		declared model.GeometryType
		in       []orb.Geometry
		want     model.GeometryType
		out      []orb.Geometry
	}{
		{"as declared", model.LineStringType, []orb.Geometry{line, nil}, model.LineStringType, []orb.Geometry{line, nil}},
		{"single parts in a multi layer", model.MultiPolygonType, []orb.Geometry{square}, model.MultiPolygonType, []orb.Geometry{orb.MultiPolygon{square}}},
		{"multi of one in a single layer", model.LineStringType, []orb.Geometry{orb.MultiLineString{line}}, model.LineStringType, []orb.Geometry{line}},
		{
			"multi of two in a single layer", model.LineStringType,
			[]orb.Geometry{line, orb.MultiLineString{line, line}},
			model.AnyGeometry,
			[]orb.Geometry{line, orb.MultiLineString{line, line}},
		},
		{"mixture", model.AnyGeometry, []orb.Geometry{point, line, square}, model.AnyGeometry, []orb.Geometry{point, line, square}},
		{"table", model.NoGeometry, []orb.Geometry{point}, model.NoGeometry, []orb.Geometry{nil}},
		{"nothing", model.PointType, nil, model.PointType, nil},
	}
	p := newProject(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var rows []model.Feature
			for _, g := range c.in {
				rows = append(rows, model.Feature{Geometry: g, Values: []any{}})
			}
			l := addLayer(t, p, model.Layer{Name: c.name, Geometry: c.declared}, rows)
			if l.Geometry != c.want {
				t.Errorf("type %s, want %s", l.Geometry, c.want)
			}
			var got []orb.Geometry
			for _, f := range all(t, p, l) {
				got = append(got, f.Geometry)
			}
			if !reflect.DeepEqual(got, c.out) {
				t.Errorf("got %v, want %v", got, c.out)
			}
			err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error {
				return tx.InsertFeature(l, &model.Feature{Geometry: orb.Collection{point}, Values: []any{}})
			})
			if c.want == model.AnyGeometry || c.want == model.NoGeometry {
				if err != nil {
					t.Error(err)
				}
			} else {
				wantProblem(t, err, "project.geometry_type")
			}
		})
	}
}

func TestEditProblems(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	before := dump(t, p)
	one := model.Feature{ID: 1, Values: make([]any, len(shops.Fields))}
	cases := map[string]func(*Tx) error{
		"project.layer_exists": func(tx *Tx) error {
			def := shops
			def.Name = "  Butiker \t på\u00a0Gotland "
			_, err := tx.AddLayer(def, feed(nil))
			return err
		},
		"project.no_name": func(tx *Tx) error { m := l; m.Name = " "; return tx.UpdateLayer(m) },
		"project.id_twice": func(tx *Tx) error {
			_, err := tx.AddLayer(model.Layer{Name: "a"}, feed([]model.Feature{{ID: 1}, {ID: 1}}))
			return err
		},
		"project.no_layer":   func(tx *Tx) error { return tx.RemoveLayer(99) },
		"project.no_feature": func(tx *Tx) error { return tx.DeleteFeature(l, 99) },
	}
	for key, do := range cases {
		t.Run(key, func(t *testing.T) {
			wantProblem(t, p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error {
				if err := tx.DeleteFeature(l, 1); err != nil {
					return err
				}
				return do(tx)
			}), key)
			if dump(t, p) != before {
				t.Error("the project was changed")
			}
		})
	}
	t.Run("insert an id that is taken", func(t *testing.T) {
		wantProblem(t, p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { return tx.InsertFeature(l, &one) }), "project.id_twice")
	})
	t.Run("wrong number of values", func(t *testing.T) {
		if err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { return tx.InsertFeature(l, &model.Feature{}) }); err == nil {
			t.Error("no error")
		}
	})
	t.Run("edit that goes on after a failed import", func(t *testing.T) {
		edit(t, p, "x", func(tx *Tx) error {
			_, err := tx.AddLayer(model.Layer{Name: "a"}, feed([]model.Feature{{ID: 1}, {ID: 1}}))
			wantProblem(t, err, "project.id_twice")
			return tx.SetSetting("a", 1)
		})
		if slices.Contains(tablesOf(t, p), "a") {
			t.Error("half a layer was left")
		}
	})
	t.Run("use after the end", func(t *testing.T) {
		var kept *Tx
		edit(t, p, "x", func(tx *Tx) error { kept = tx; return tx.SetSetting("a", 2) })
		for _, err := range []error{kept.SetSetting("a", 3), kept.DeleteFeature(l, 1), kept.RemoveLayer(l.ID)} {
			if err == nil {
				t.Error("no error")
			}
		}
	})
	t.Run("panic", func(t *testing.T) {
		before := dump(t, p)
		func() {
			defer func() { _ = recover() }()
			_ = p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { _ = tx.SetSetting("a", 9); panic("x") })
		}()
		if dump(t, p) != before {
			t.Error("the project was changed")
		}
	})
}

// TestCancel ends the context at every possible look at it, in edit, undo and result, and finds the file as it was.
func TestCancel(t *testing.T) {
	p := newProject(t)
	fast(t, p)
	l := addShops(t, p)
	edit(t, p, "set", func(tx *Tx) error { return tx.SetSetting("a", 1) })
	before := dump(t, p)
	def, rows := roads(600)
	work := map[string]func(context.Context) error{
		"import": func(ctx context.Context) error {
			return p.Edit(ctx, i18n.Plain("x"), func(tx *Tx) error { _, err := tx.AddLayer(def, rows); return err })
		},
		"undo":   func(ctx context.Context) error { _, err := p.Undo(ctx); return err },
		"result": func(ctx context.Context) error { return p.SaveResult(ctx, figures(groceries, l), resultCells) },
	}
	for name, do := range work {
		t.Run(name, func(t *testing.T) {
			for looks := 0; ; looks++ {
				ctx := &countdown{Context: t.Context(), left: looks}
				err := do(ctx)
				if err == nil {
					if looks == 0 {
						t.Error("the context was never looked at")
					}
					break
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("after %d looks: %v", looks, err)
				}
				if dump(t, p) != before {
					t.Fatalf("after %d looks: the project was changed", looks)
				}
			}
			if name == "undo" {
				redo(t, p)
			}
			before = dump(t, p)
		})
	}
	t.Run("while SQLite works", func(t *testing.T) {
		def, rows := roads(20000)
		def.Name = "Fler vägar"
		for _, wait := range []time.Duration{time.Millisecond, 20 * time.Millisecond, 60 * time.Millisecond} {
			ctx, cancel := context.WithTimeout(t.Context(), wait)
			err := p.Edit(ctx, i18n.Plain("x"), func(tx *Tx) error { _, err := tx.AddLayer(def, rows); return err })
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v: %v", wait, err)
			}
			if dump(t, p) != before {
				t.Error("the project was changed")
			}
		}
	})
	t.Run("while waiting for an edit", func(t *testing.T) {
		err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			defer cancel()
			if _, err := p.Layers(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// countdown is a context that ends after it has been looked at a number of times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Done() <-chan struct{} { return nil }

func (c *countdown) Err() error {
	if c.left <= 0 {
		return context.Canceled
	}
	c.left--
	return nil
}

func TestReadInsideARead(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	n := 0
	err := p.Features(t.Context(), l, func(model.Feature) error {
		return p.Features(t.Context(), l, func(model.Feature) error {
			n++
			_, err := p.Layers(t.Context())
			return err
		})
	})
	if err != nil || n != 9 {
		t.Error(n, err)
	}
	stop := errors.New("stop")
	if err := p.Features(t.Context(), l, func(model.Feature) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

func TestSettings(t *testing.T) {
	p := newProject(t)
	type view struct{ E, N float64 }
	if err := p.SetView(t.Context(), "view", view{1, 2}); err != nil {
		t.Fatal(err)
	}
	if _, can := p.CanUndo(t.Context()); can {
		t.Error("a view is an undo step")
	}
	p = reopen(t, p)
	var v view
	if found, err := p.Setting(t.Context(), "view", &v); !found || err != nil || v != (view{1, 2}) {
		t.Error(found, err, v)
	}
	if found, err := p.Setting(t.Context(), "none", &v); found || err != nil {
		t.Error(found, err)
	}
	var wrong []string
	_, err := p.Setting(t.Context(), "view", &wrong)
	wantProblem(t, err, "project.setting_unreadable")
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Vägnät Gotland":             "vagnat_gotland",
		"ÅÄÖ éü":                     "aao_eu",
		"Straße, Sør-Trøndelag Đ":    "strasse_sor_trondelag_d",
		"  -- ":                      "lager",
		"":                           "lager",
		"日本":                         "lager",
		"1 km rutor":                 "lager_1_km_rutor",
		"gpkg_contents":              "lager_gpkg_contents",
		"sqlite_master":              "lager_sqlite_master",
		"rtree_x_geom":               "lager_rtree_x_geom",
		"layer_styles":               "lager_layer_styles",
		`"; DROP TABLE nabar_log --`: "drop_table_nabar_log",
	} {
		if got := slug(name); got != want {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
	if got := slug(strings.Repeat("å ", 500)); len(got) > maxSlug+1 {
		t.Errorf("%d characters", len(got))
	}
}

func TestColumnNames(t *testing.T) {
	var fields []model.Field
	for _, name := range []string{"FID", "geom", "Namn", "namn", "NAMN", "", `a"b'c; --`, "å", "Å", "rowid", "order", "\x00x", "geom_2"} {
		fields = append(fields, model.Field{Name: name, Type: model.Text})
	}
	got, mapping := columnNames(fields, model.Mapping{"id": "FID", "name": "namn", "none": "missing"})
	var names []string
	for _, f := range got {
		names = append(names, f.Name)
	}
	want := []string{"FID_2", "geom_2", "Namn", "namn_2", "NAMN_3", "kolumn_6", `a"b'c; --`, "å", "Å", "rowid", "order", "x", "geom_2_2"}
	if !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	if !reflect.DeepEqual(mapping, model.Mapping{"id": "FID_2", "name": "namn_2", "none": "missing"}) {
		t.Errorf("%v", mapping)
	}
	p := newProject(t)
	values := make([]any, len(fields))
	for i := range values {
		values[i] = fmt.Sprint("v", i)
	}
	l := addLayer(t, p, model.Layer{Name: "a", Fields: fields, Geometry: model.PointType}, []model.Feature{{ID: 1, Geometry: orb.Point{1, 2}, Values: values}})
	before := dump(t, p)
	edit(t, p, "update", func(tx *Tx) error {
		return tx.UpdateFeature(l, &model.Feature{ID: 1, Values: make([]any, len(fields))})
	})
	edit(t, p, "delete", func(tx *Tx) error { return tx.DeleteFeature(l, 1) })
	undo(t, p)
	undo(t, p)
	if dump(t, p) != before || !reflect.DeepEqual(all(t, p, l)[0].Values, values) {
		t.Error("undo with odd column names")
	}
}

// TestSpatialFunctions asks the functions of the R-tree's triggers about geometries with and without an envelope.
func TestSpatialFunctions(t *testing.T) {
	p := newProject(t)
	for name, c := range map[string]struct {
		g     orb.Geometry
		empty any
		want  [4]any
	}{
		"point":      {orb.Point{1, 2}, int64(0), [4]any{1.0, 1.0, 2.0, 2.0}},
		"line":       {orb.LineString{{1, 2}, {-3, 4}}, int64(0), [4]any{-3.0, 1.0, 2.0, 4.0}},
		"empty line": {orb.LineString{}, int64(1), [4]any{nil, nil, nil, nil}},
		"null":       {nil, nil, [4]any{nil, nil, nil, nil}},
	} {
		t.Run(name, func(t *testing.T) {
			blob, err := gpkg.WriteGeometry(c.g, model.ProjectSRID)
			if err != nil {
				t.Fatal(err)
			}
			var arg any
			if blob != nil {
				arg = blob
			}
			var empty any
			var got [4]any
			err = p.reading(t.Context(), func(db *sql.DB) error {
				return db.QueryRowContext(t.Context(), `SELECT ST_IsEmpty(?1),ST_MinX(?1),ST_MaxX(?1),ST_MinY(?1),ST_MaxY(?1)`, arg).
					Scan(&empty, &got[0], &got[1], &got[2], &got[3])
			})
			if err != nil || empty != c.empty || got != c.want {
				t.Errorf("empty %v, sides %v, %v", empty, got, err)
			}
		})
	}
}

func BenchmarkAddLayer(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		p := newProject(b)
		def, rows := roads(30000)
		if err := p.Edit(b.Context(), i18n.Plain("x"), func(tx *Tx) error { _, err := tx.AddLayer(def, rows); return err }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFeatures(b *testing.B) {
	p := newProject(b)
	def, rows := roads(30000)
	var l model.Layer
	edit(b, p, "x", func(tx *Tx) (err error) { l, err = tx.AddLayer(def, rows); return err })
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if err := p.Features(b.Context(), l, func(model.Feature) error { n++; return nil }); err != nil || n != 30000 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkEditOneFeature(b *testing.B) {
	p := newProject(b)
	l := addShops(b, p)
	f := shopRows()[0]
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f.Values[1] = int64(i)
		edit(b, p, "x", func(tx *Tx) error { return tx.UpdateFeature(l, &f) })
	}
}

func BenchmarkSaveResult(b *testing.B) {
	p := newProject(b)
	r := &model.Result{Query: groceries}
	var cells []model.Cell
	for i := range 10000 {
		id := fmt.Sprintf("%06d%07d", 600000+250*(i%100), 6300000+250*(i/100))
		cells = append(cells, model.Cell{ID: id, Centre: orb.Point{600125 + 250*float64(i%100), 6300125 + 250*float64(i/100)}, Size: 250})
		r.Cells = append(r.Cells, model.CellCost{Cell: id, People: i, Nearest: "a", Cost: float64(i), Second: "b", SecondCost: 1})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.SaveResult(b.Context(), r, cells); err != nil {
			b.Fatal(err)
		}
	}
}
