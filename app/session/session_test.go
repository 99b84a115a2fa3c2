package session_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
)

var ctx = context.Background()

// must fails the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// village opens a new project of the village's files.
func village(t *testing.T) *session.Session {
	t.Helper()
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "by.gpkg"), "0980"))
	for _, path := range testdata.Village(t).All() {
		if _, err := s.Import(ctx, path, session.ImportOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// groceries is the query of most tests.
var groceries = model.Query{Service: "dagligvaror", Impedance: model.Distance}

// layer finds the layer of a role.
func layer(t *testing.T, s *session.Session, r model.Role) model.Layer {
	t.Helper()
	layers, err := s.Layers(ctx)
	must(t, err)
	i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.Role == r })
	if i < 0 {
		t.Fatalf("no layer of role %s", r)
	}
	return layers[i]
}

func TestPreviewChangesNothing(t *testing.T) {
	files := testdata.Village(t)
	s := session.New("sv")
	cases := []struct {
		path string
		role model.Role
		crs  string
	}{
		{files.Roads, model.RoleRoads, "EPSG:3006"},
		{files.Cells, model.RolePopulation, "EPSG:3006"},
		{files.Services, model.RoleServices, "EPSG:3006"},
		{files.Border, model.RoleArea, "EPSG:3006"},
	}
	for _, c := range cases {
		t.Run(string(c.role), func(t *testing.T) {
			p, err := s.Preview(ctx, c.path, session.ImportOptions{})
			must(t, err)
			if len(p.Layers) != 1 {
				t.Fatalf("%d layers", len(p.Layers))
			}
			l := p.Layers[0]
			if l.Problem != nil || l.Guess.Role != c.role || l.CRS.String() != c.crs || len(l.Sample) == 0 {
				t.Errorf("role %s, crs %s, %d rows, problem %v", l.Guess.Role, l.CRS, len(l.Sample), l.Problem)
			}
		})
	}
}

func TestImportReportsWhatItSkips(t *testing.T) {
	s := session.New("sv")
	defer s.Close()
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "by.gpkg"), "0980"))
	reports, err := s.Import(ctx, testdata.Village(t).Services, session.ImportOptions{}, nil)
	must(t, err)
	r := reports[0]
	if r.Read != 4 || r.Imported != 3 || len(r.Skipped) != 1 || r.Skipped[0].Row != 5 || r.Skipped[0].Reason == "" {
		t.Errorf("report %+v", r)
	}
	source := layer(t, s, model.RoleServices).Source
	if source.Read != 4 || source.Imported != 3 || len(source.Skipped) != 1 || len(source.SHA256) != 64 {
		t.Errorf("provenance %+v", source)
	}
}

func TestSecondNetworkRetiresTheFirst(t *testing.T) {
	s := village(t)
	first := layer(t, s, model.RoleRoads)
	reports, err := s.Import(ctx, testdata.Village(t).Roads, session.ImportOptions{Name: "nya vägar"}, nil)
	must(t, err)
	if len(reports[0].Warnings) == 0 {
		t.Error("the user is not told that the first network is retired")
	}
	if now := layer(t, s, model.RoleRoads); now.ID == first.ID || now.Name != "nya vägar" {
		t.Errorf("the network in use is %s", now.Name)
	}
	if _, err := s.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if now := layer(t, s, model.RoleRoads); now.ID != first.ID {
		t.Errorf("after undo the network in use is %s", now.Name)
	}
}

func TestResultsGrowStaleAndFreshAgain(t *testing.T) {
	s := village(t)
	r, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	again, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	if again.Mean != r.Mean || again.Timings.Total != 0 {
		t.Error("the stored result was not used")
	}
	params, err := s.Params(ctx)
	must(t, err)
	params.FerrySpeed = 12
	must(t, s.SetParams(ctx, params))
	stale := func() bool {
		stored, err := s.Stored(ctx, groceries)
		must(t, err)
		return stored.Stale
	}
	if !stale() {
		t.Error("a change of the rules leaves the result fresh")
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if stale() {
		t.Error("undoing the change leaves the result stale")
	}
}

func TestUndoNamesItsSteps(t *testing.T) {
	s := village(t)
	border := layer(t, s, model.RoleArea)
	must(t, s.RenameLayer(ctx, border, "Gräns"))
	step, ok := s.CanUndo(ctx)
	if name := s.Printer().Text(step); !ok || name != "Döp om "+border.Name+" till Gräns" {
		t.Errorf("the step is called %q", name)
	}
	_, err := s.Undo(ctx)
	must(t, err)
	if layer(t, s, model.RoleArea).Name != border.Name {
		t.Error("the name was not taken back")
	}
	if _, ok := s.CanRedo(ctx); !ok {
		t.Error("nothing to redo")
	}
	_, err = s.Redo(ctx)
	must(t, err)
	if layer(t, s, model.RoleArea).Name != "Gräns" {
		t.Error("the name was not given again")
	}
}

func TestLayersMoveAndStayInOrder(t *testing.T) {
	s := village(t)
	layers, err := s.Layers(ctx)
	must(t, err)
	must(t, s.MoveLayer(ctx, layers[0], false)) // already at the bottom
	must(t, s.MoveLayer(ctx, layers[0], true))
	moved, err := s.Layers(ctx)
	must(t, err)
	if moved[0].ID != layers[1].ID || moved[1].ID != layers[0].ID || moved[2].ID != layers[2].ID {
		t.Errorf("order %v %v %v", moved[0].Name, moved[1].Name, moved[2].Name)
	}
}

func TestEventsFollowEdits(t *testing.T) {
	s := village(t)
	var mu sync.Mutex
	var kinds []session.Kind
	stop := s.Subscribe(func(e session.Event) {
		mu.Lock()
		defer mu.Unlock()
		kinds = append(kinds, e.Kind)
	})
	must(t, s.ShowLayer(ctx, layer(t, s, model.RoleArea), false))
	if !slices.Contains(kinds, session.LayersChanged) || !slices.Contains(kinds, session.HistoryChanged) {
		t.Errorf("events %v", kinds)
	}
	stop()
	n := len(kinds)
	must(t, s.ShowLayer(ctx, layer(t, s, model.RoleArea), true))
	if len(kinds) != n {
		t.Error("events came after the end of the subscription")
	}
}

func TestJobIsCancelled(t *testing.T) {
	s := session.New("sv")
	started := make(chan struct{})
	job := s.Start(i18n.Plain("arbete"), func(ctx context.Context, progress model.Progress) error {
		progress(i18n.Plain("steg"), 0.5)
		close(started)
		<-ctx.Done()
		return ctx.Err()
	})
	<-started
	if what, share := job.Progress(); s.Printer().Text(what) != "steg" || share != 0.5 {
		t.Errorf("progress %v %v", what, share)
	}
	job.Cancel()
	if err := job.Wait(); !errors.Is(err, context.Canceled) || !job.Cancelled() {
		t.Errorf("ended with %v", err)
	}
}

func TestJobSurvivesAPanic(t *testing.T) {
	s := session.New("sv")
	job := s.Start(i18n.Plain("arbete"), func(context.Context, model.Progress) error { panic("oj") })
	if err := job.Wait(); err == nil {
		t.Error("the panic was lost")
	}
}

func TestCloseEndsJobs(t *testing.T) {
	s := village(t)
	job := s.Start(i18n.Plain("arbete"), func(ctx context.Context, _ model.Progress) error {
		<-ctx.Done()
		return ctx.Err()
	})
	must(t, s.Close())
	select {
	case <-time.After(10 * time.Second):
		t.Fatal("the job goes on after the session was closed")
	default:
		if job.Wait() == nil {
			t.Error("the job ended well")
		}
	}
}

func TestReadOnlyProjectIsShownAndNotChanged(t *testing.T) {
	s := village(t)
	path := s.Path()
	want, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	other := session.New("sv") // a second window on the same project
	defer other.Close()
	must(t, other.Open(ctx, path))
	reason, readOnly := other.ReadOnly()
	if !readOnly || other.Printer().Text(reason) == "" {
		t.Fatal("two windows may write to one project")
	}
	if _, err := other.Import(ctx, testdata.Village(t).Roads, session.ImportOptions{}, nil); err == nil {
		t.Error("an import into a read-only project went well")
	}
	if err := other.SetParams(ctx, model.DefaultParams()); err == nil {
		t.Error("an edit of a read-only project went well")
	}
	if got, err := other.Analyse(ctx, groceries, nil); err != nil || got.Mean != want.Mean {
		t.Errorf("figures can't be seen: %v", err)
	}
	out := filepath.Join(t.TempDir(), "plan.pdf")
	if err := other.Report(ctx, out, nil); err != nil {
		t.Errorf("the plan of a read-only project can't be printed: %v", err)
	}
}

func TestDemoIsReadyToShow(t *testing.T) {
	s := session.New("sv")
	defer s.Close()
	dir := t.TempDir()
	must(t, s.OpenDemo(ctx, dir, nil))
	if !s.Kommun().Fictional {
		t.Error("the demo kommun does not say that it is fictional")
	}
	if step, ok := s.CanUndo(ctx); ok {
		t.Errorf("the user can undo %q, which they never did", s.Printer().Text(step))
	}
	types, err := s.Present(ctx)
	must(t, err)
	if len(types) != 5 {
		t.Errorf("%d service types, want 5", len(types))
	}
	for _, service := range types {
		for _, impedance := range []model.Impedance{model.Distance, model.Time} {
			r, err := s.Stored(ctx, model.Query{Service: service.ID, Impedance: impedance})
			if err != nil || r == nil || r.Stale || r.Reached+r.Unreached != r.People {
				t.Errorf("%s by %s: %v, %v", service.ID, impedance, r, err)
			}
		}
	}
	must(t, s.Close())
	again := session.New("sv")
	defer again.Close()
	must(t, os.WriteFile(filepath.Join(dir, "demo.gpkg"), []byte("skadad"), 0o644))
	if err := again.OpenDemo(ctx, dir, nil); err != nil {
		t.Errorf("a damaged demo is not made anew: %v", err)
	}
}

func TestExportReadsBack(t *testing.T) {
	s := village(t)
	for _, ext := range []string{"geojson", "csv", "gpkg"} {
		t.Run(ext, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "service."+ext)
			_, err := s.Export(ctx, layer(t, s, model.RoleServices).Name, path, nil)
			must(t, err)
			p, err := s.Preview(ctx, path, session.ImportOptions{})
			must(t, err)
			if len(p.Layers) != 1 || p.Layers[0].Problem != nil || len(p.Layers[0].Sample) != 3 || p.Layers[0].Guess.Role != model.RoleServices {
				t.Errorf("preview %+v", p.Layers)
			}
		})
	}
}

func TestWithoutProject(t *testing.T) {
	s := session.New("sv")
	want := i18n.Errorf("session.no_project")
	for name, call := range map[string]func() error{
		"analyse": func() error { _, err := s.Analyse(ctx, groceries, nil); return err },
		"import":  func() error { _, err := s.Import(ctx, "x.csv", session.ImportOptions{}, nil); return err },
		"report":  func() error { return s.Report(ctx, filepath.Join(t.TempDir(), "p.pdf"), nil) },
		"undo":    func() error { _, err := s.Undo(ctx); return err },
		"info":    func() error { _, err := s.Info(ctx); return err },
	} {
		if err := call(); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
