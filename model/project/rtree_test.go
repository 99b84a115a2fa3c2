package project

import (
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// TestPackedIndexes fills indexes of many sizes at once. SQLite must find them sound, find in them exactly what lies where
// one looks, and take changes of rows afterwards.
func TestPackedIndexes(t *testing.T) {
	ctx := t.Context()
	p, err := Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), model.Kommun{Code: "0980", Name: "Gotland"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	r := rand.New(rand.NewPCG(7, 8))
	for _, n := range []int{0, 1, 2, 50, 51, 52, 102, 51 * 51, 51*51 + 1, 9000} {
		boxes := make([]orb.Bound, n)
		var layer model.Layer
		err := p.Edit(ctx, i18n.M("session.step_import", "x"), func(tx *Tx) error {
			layer, err = tx.AddLayer(model.Layer{Name: fmt.Sprint("lager ", n), Role: model.RoleLayer, Geometry: model.LineStringType}, func(yield func(model.Feature) error) error {
				for i := range boxes {
					a := orb.Point{1e6 * (r.Float64() - 0.5), 7e6 * r.Float64()}
					b := orb.Point{a[0] + 3000*r.Float64(), a[1] + 0.001*r.Float64()}
					boxes[i] = orb.MultiPoint{a, b}.Bound()
					if err := yield(model.Feature{ID: int64(3*i + 1), Geometry: orb.LineString{a, b}}); err != nil {
						return err
					}
				}
				return nil
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		soundIndex(t, p, layer)
		for range 40 {
			at := orb.Point{1e6 * (r.Float64() - 0.5), 7e6 * r.Float64()}
			frame := orb.Bound{Min: at, Max: orb.Point{at[0] + 2e5*r.Float64(), at[1] + 2e6*r.Float64()}}
			var want, got []int64
			for i, b := range boxes {
				if b.Intersects(frame) {
					want = append(want, int64(3*i+1))
				}
			}
			err := p.FeaturesIn(ctx, layer, frame, func(f model.Feature) error { got = append(got, f.ID); return nil })
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("%d rows: found %d, want %d: %v", n, len(got), len(want), err)
			}
		}
		changeRows(t, p, layer, n)
		soundIndex(t, p, layer)
	}
}

// soundIndex asks SQLite whether an index holds every row, each in its box.
func soundIndex(t *testing.T, p *Project, layer model.Layer) {
	t.Helper()
	var verdict string
	err := p.reading(t.Context(), func(db *sql.DB) error {
		return db.QueryRowContext(t.Context(), `SELECT rtreecheck('main',?)`, indexName(layer.Table)).Scan(&verdict)
	})
	if err != nil || verdict != "ok" {
		t.Fatalf("%s: %s %v", layer.Name, verdict, err)
	}
	var missing int
	err = p.reading(t.Context(), func(db *sql.DB) error {
		return db.QueryRowContext(t.Context(), `SELECT count(*) FROM `+ident(layer.Table)+` t LEFT JOIN `+ident(indexName(layer.Table))+` r ON r.id=t.fid
  WHERE r.id IS NULL OR r.minx>ST_MinX(t.geom) OR r.maxx<ST_MaxX(t.geom) OR r.miny>ST_MinY(t.geom) OR r.maxy<ST_MaxY(t.geom)
   OR r.maxx-r.minx>ST_MaxX(t.geom)-ST_MinX(t.geom)+2 OR r.maxy-r.miny>ST_MaxY(t.geom)-ST_MinY(t.geom)+2`).Scan(&missing)
	})
	if err != nil || missing > 0 {
		t.Fatalf("%s: %d rows are not in the index, or in too large a box: %v", layer.Name, missing, err)
	}
}

// changeRows removes some rows of a layer and adds others.
func changeRows(t *testing.T, p *Project, layer model.Layer, n int) {
	t.Helper()
	err := p.Edit(t.Context(), i18n.M("session.step_import", "x"), func(tx *Tx) error {
		for i := 0; i < n; i += 2 {
			if err := tx.DeleteFeature(layer, int64(3*i+1)); err != nil {
				return err
			}
		}
		for i := range 200 {
			f := model.Feature{Geometry: orb.LineString{{float64(i), 5}, {float64(i + 1), 6}}}
			if err := tx.InsertFeature(layer, &f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBoxesAreRoundedOutwards(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 10_000 {
		v := (r.Float64() - 0.5) * math.Pow(10, float64(r.IntN(12)))
		down, up := roundedDown(v), roundedUp(v)
		if float64(down) > v || float64(up) < v || float64(up)-float64(down) > math.Abs(v)*4e-7 {
			t.Fatalf("%v lies not within %v and %v", v, down, up)
		}
	}
	if roundedDown(0) != 0 || roundedUp(0) != 0 || roundedDown(1e6) != 1e6 || roundedUp(-1e6) != -1e6 {
		t.Error("what single precision holds is rounded")
	}
}
