package session_test

import (
	"path/filepath"
	"testing"

	"nabar/app/session"
	"nabar/internal/testdata"
	"nabar/model"
)

// gotlandFiles are the real files of one kommun, in the order in which a planner imports them.
func gotlandFiles(b testing.TB) []string {
	dir := testdata.Dir(b, "gotland")
	return []string{
		filepath.Join(dir, "nvdb_tillganglighetsvagnat_gotland_20240101.gpkg"),
		filepath.Join(dir, "scb_befolkning_1km_gotland_2024.gpkg"),
		filepath.Join(dir, "servicestallen_gotland.csv"),
		filepath.Join(dir, "kommungrans_gotland.geojson"),
	}
}

// newProject makes an empty project for Gotland.
func newProject(b testing.TB) *session.Session {
	b.Helper()
	s := session.New("sv")
	b.Cleanup(func() { s.Close() })
	if err := s.Create(ctx, filepath.Join(b.TempDir(), "g.gpkg"), "0980"); err != nil {
		b.Fatal(err)
	}
	return s
}

// gotland makes a project of the real files.
func gotland(b testing.TB) *session.Session {
	b.Helper()
	s := newProject(b)
	for _, path := range gotlandFiles(b) {
		if _, err := s.Import(ctx, path, session.ImportOptions{}, nil); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// BenchmarkGotlandImportRoads reads the road register's 28 493 edges into a new project, on disk.
func BenchmarkGotlandImportRoads(b *testing.B) {
	path := gotlandFiles(b)[0]
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		s := newProject(b)
		b.StartTimer()
		if _, err := s.Import(ctx, path, session.ImportOptions{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// prepared makes a project of the real files whose network is prepared, and gives its path.
func prepared(b *testing.B) string {
	b.Helper()
	s := gotland(b)
	if _, err := s.Compute(ctx, model.Query{Service: "dagligvaror"}, nil); err != nil {
		b.Fatal(err)
	}
	s.Settle(ctx)
	return s.Path()
}

// BenchmarkGotlandEverything computes and stores all indicators of all service types, by distance and by time, in a project that
// is loaded.
func BenchmarkGotlandEverything(b *testing.B) {
	s := gotland(b)
	if _, err := s.Everything(ctx, model.Query{}, session.FigureOptions{}, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Everything(ctx, model.Query{}, session.FigureOptions{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGotlandOpenToFirstFigure opens a project with a prepared network and computes groceries by distance, everything
// from the disk.
func BenchmarkGotlandOpenToFirstFigure(b *testing.B) {
	path := prepared(b)
	b.ReportAllocs()
	for b.Loop() {
		s := session.New("sv")
		if err := s.Open(ctx, path); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Compute(ctx, model.Query{Service: "dagligvaror"}, nil); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

// BenchmarkGotlandPlan writes the serviceplan as PDF from stored results: four service types with a full-page map each.
func BenchmarkGotlandPlan(b *testing.B) {
	s := gotland(b)
	path := filepath.Join(b.TempDir(), "plan.pdf")
	if err := s.Report(ctx, path, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Report(ctx, path, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDemo makes, analyses and stores the demo kommun: what a first start does before the map is seen.
func BenchmarkDemo(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s := session.New("sv")
		if err := s.CreateDemo(ctx, filepath.Join(b.TempDir(), "demo.gpkg"), nil); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
