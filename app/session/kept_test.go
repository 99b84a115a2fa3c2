package session_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/roadgen"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/project"
)

// district makes a project of the village with so large a road network that what is prepared is kept.
func district(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bygd.gpkg")
	s := session.New("sv")
	must(t, s.Create(ctx, path, "0980"))
	files := testdata.Village(t)
	for _, file := range []string{files.Cells, files.Services} {
		if _, err := s.Import(ctx, file, session.ImportOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	must(t, s.Close())
	p, err := project.Open(ctx, path)
	must(t, err)
	roads := roadgen.Generate(5, 5000, orb.Bound{Min: orb.Point{499_000, 6_695_000}, Max: orb.Point{511_000, 6_705_000}})
	must(t, p.Edit(ctx, model.DefaultServiceTypes()[0].Label(), func(tx *project.Tx) error {
		_, err := tx.AddLayer(model.Layer{
			Name: "vägar", Role: model.RoleRoads, Geometry: model.LineStringType, Visible: true, Opacity: 1,
			Fields: []model.Field{{Name: "extlen", Type: model.Real}}, Mapping: model.Mapping{model.PartLength: "extlen"},
		}, func(yield func(model.Feature) error) error {
			for i := range roads.Len() {
				xy := roads.Vertices(i)
				f := model.Feature{Geometry: orb.LineString{{xy[0], xy[1]}, {xy[2], xy[3]}}, Values: []any{roads.Length[i]}}
				if err := yield(f); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}))
	must(t, p.Close())
	return path
}

// figures opens a project, analyses it, waits until all is kept, and gives the result without its times, and the roads.
func figures(t *testing.T, path string) (*model.Result, *model.RoadSet) {
	t.Helper()
	s := session.New("sv")
	must(t, s.Open(ctx, path))
	r, err := s.Compute(ctx, groceries, nil)
	must(t, err)
	snapshot, err := s.Snapshot(ctx, nil)
	must(t, err)
	s.Settle(ctx)
	must(t, s.Close())
	r.Timings, r.ID = model.Timings{}, 0
	return r, snapshot.Roads
}

// kept tells what a project keeps.
func kept(t *testing.T, path string) (roads, order bool) {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	text := string(content)
	return strings.Contains(text, "nabar roads 1\n"), strings.Contains(text, "nabar order 1\n")
}

func TestWhatWasPreparedIsKept(t *testing.T) {
	path := district(t)
	want, roads := figures(t, path)
	if a, b := kept(t, path); !a || !b {
		t.Fatalf("kept: roads %v, order %v", a, b)
	}
	size := fileSize(t, path)
	for range 2 {
		again, packed := figures(t, path)
		if !reflect.DeepEqual(again, want) || !reflect.DeepEqual(packed, roads) {
			t.Fatal("other figures or roads from what was kept")
		}
	}
	if now := fileSize(t, path); now != size {
		t.Errorf("the file grew from %d to %d bytes though nothing new was kept", size, now)
	}
}

// TestWhatWasPreparedFollowsTheRoads changes the roads: what is kept must not answer for them.
func TestWhatWasPreparedFollowsTheRoads(t *testing.T) {
	path := district(t)
	before, roads := figures(t, path)
	p, err := project.Open(ctx, path)
	must(t, err)
	layers, err := p.Layers(ctx)
	must(t, err)
	must(t, p.Edit(ctx, model.DefaultServiceTypes()[0].Label(), func(tx *project.Tx) error {
		for _, l := range layers {
			if l.Role == model.RoleRoads {
				for id := int64(1); id <= 60; id++ {
					if err := tx.DeleteFeature(l, id); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}))
	must(t, p.Close())
	changed, fewer := figures(t, path)
	if fewer.Len() != roads.Len()-60 {
		t.Fatalf("%d roads, want %d", fewer.Len(), roads.Len()-60)
	}
	p, err = project.Open(ctx, path)
	must(t, err)
	if _, err := p.Undo(ctx); err != nil { // storing a result is no step, so this is the deletion
		t.Fatal(err)
	}
	must(t, p.Close())
	after, back := figures(t, path)
	after.Inputs, before.Inputs, changed.Inputs = nil, nil, nil
	if !reflect.DeepEqual(after, before) || back.Len() != roads.Len() {
		t.Error("undo did not bring the figures back")
	}
}

// TestNothingIsKeptInReadOnlyProjects opens one that is sealed.
func TestNothingIsKeptInReadOnlyProjects(t *testing.T) {
	path := district(t)
	must(t, os.Chmod(path, 0o444))
	before, err := os.ReadFile(path)
	must(t, err)
	figures(t, path)
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("a project that can't be written was written")
	}
}

// fileSize is a file's size in bytes.
func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	return info.Size()
}
