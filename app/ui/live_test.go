package ui

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"sort"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"nabar/app/session"
	"nabar/internal/testdata"
	"nabar/mapview"
	"nabar/model/scenario"
)

// openTrial is a window in which something is tried out.
func openTrial(t testing.TB) *bench {
	b := openBench(t)
	b.toggleTrial()
	b.settleTrial()
	return b
}

// settleTrial waits until no try is under way.
func (b *bench) settleTrial() {
	b.t.Helper()
	b.until("the try is shown", func() bool {
		t := &b.trial
		return t.live != nil && t.scene != nil && !t.busy && t.wish == nil && b.calm()
	})
}

// place finds the position on the map of the place that most people have nearest.
func (b *bench) place() (id string, at fyne.Position) {
	b.t.Helper()
	v := b.view.View()
	people := 0
	for _, f := range b.state.result.Places {
		x, y, ok := b.state.scene.Where(v, b.facility(f.ID))
		if !ok || f.PeopleNearest <= people {
			continue
		}
		hit := b.trial.scene.Hit(v, x, y)
		if len(hit.Facilities) == 1 && b.trial.scene.Snapshot().Facilities[hit.Facilities[0]].ID == f.ID {
			id, people, at = f.ID, f.PeopleNearest, fyne.NewPos(float32(x/v.Unit), float32(y/v.Unit))
		}
	}
	if id == "" {
		b.t.Fatal("no place can be grabbed")
	}
	return id, at
}

// press, carry and release are what a hand does with the mouse.
func (b *bench) press(at fyne.Position) {
	b.view.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
}

func (b *bench) carry(to fyne.Position) {
	b.view.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}, Dragged: fyne.NewDelta(5, 5)})
}

func (b *bench) release() {
	b.view.DragEnd()
	b.view.MouseUp(&desktop.MouseEvent{})
}

func TestPlaceIsDraggedAndKept(t *testing.T) {
	b := openTrial(t)
	id, at := b.place()
	view, mean := b.view.View(), b.state.result.Mean
	b.press(at)
	for i := 1; i <= 20; i++ {
		b.carry(at.AddXY(float32(4*i), float32(2*i)))
	}
	b.settleTrial()
	if b.view.View() != view || !b.view.Carrying() {
		t.Fatal("the map moves with the place")
	}
	for _, f := range b.trial.scene.Snapshot().Facilities {
		if f.ID == id {
			t.Error("the place is on the map and at the pointer")
		}
	}
	tried := b.trial.tried
	if tried.Result.Mean == mean || tried.Change.Worse.People+tried.Change.Better.People == 0 || !b.says("Får längre väg") {
		t.Errorf("nothing follows: mean %g and %g", mean, tried.Result.Mean)
	}
	b.release()
	if b.dialogs() != 1 {
		t.Fatal("no name is asked for")
	}
	if got := b.trialName(); got != "Flytta "+b.state.snapshot.Facilities[b.facility(id)].Name {
		t.Errorf("the name is filled in as %q", got)
	}
	b.win.Canvas().Overlays().Remove(b.win.Canvas().Overlays().Top())
	b.try(wish{steps: b.trial.fixed, keep: true, name: "Flyttad"})
	b.until("the scenario is shown", func() bool {
		return b.state.choice.scenario == "Flyttad" && b.state.result != nil && !b.trial.busy && b.trial.live != nil && b.calm()
	})
	move, ok := b.state.scenarios[0].Steps[0].Modification.(scenario.MovePlace)
	want := b.view.View().ToWorld(float64(at.X+80), float64(at.Y+40))
	if !ok || move.ID != id || math.Hypot(move.At[0]-want[0], move.At[1]-want[1]) > 1+b.view.View().Scale || len(b.state.steps) != 1 {
		t.Errorf("kept %+v, let go at %v", b.state.scenarios[0].Steps, want)
	}
	if math.Abs(b.state.result.Mean-tried.Result.Mean) > 1e-9 || len(b.trial.fixed) != 0 {
		t.Errorf("the figures are %g, while dragging they were %g", b.state.result.Mean, tried.Result.Mean)
	}
	b.undo()
	b.until("the scenario is gone", func() bool { return len(b.state.scenarios) == 0 && b.calm() })
}

func TestEscapePutsADraggedPlaceBack(t *testing.T) {
	b := openTrial(t)
	mean := b.trial.before.Result.Mean
	_, at := b.place()
	b.press(at)
	b.carry(at.AddXY(90, 40))
	b.settleTrial()
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.release()
	b.settleTrial()
	if b.dialogs() != 0 || len(b.trial.fixed) != 0 || b.trial.tried.Result.Mean != mean || !b.trialOn() {
		t.Errorf("after Escape the mean is %g, not %g; %d steps", b.trial.tried.Result.Mean, mean, len(b.trial.fixed))
	}
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.trialOn() || b.trialCard.Visible() {
		t.Error("Escape does not end the trial")
	}
}

func TestDragPansWithoutTheTool(t *testing.T) {
	b := openTrial(t)
	_, at := b.place()
	b.endTrial()
	view := b.view.View()
	b.press(at)
	b.carry(at.AddXY(5, 5))
	b.release()
	if b.view.View() == view {
		t.Error("the map does not move, though nothing is tried out")
	}
}

// roadPoint finds a point of the map with a road under it and no symbol, whose closing changes the figures.
func (b *bench) roadPoint() mapview.Pointer {
	b.t.Helper()
	v := b.view.View()
	best, longest := mapview.Pointer{}, 0.0
	for y := 60.0; y < float64(v.Height)-60; y += 7 {
		for x := 320.0; x < float64(v.Width)-60; x += 7 {
			p := mapview.Pointer{At: v.ToWorld(x, y), View: v, X: x, Y: y}
			if r := b.roadUnder(p); r != nil && r.Metres > longest && !r.Ferry {
				best, longest = p, r.Metres
			}
		}
	}
	if longest == 0 {
		b.t.Fatal("no road lies under any point")
	}
	return best
}

func TestRoadIsClosedAndOpenedByClicks(t *testing.T) {
	b := openTrial(t)
	p := b.roadPoint()
	if !b.tool.pointed(&p) || !b.says("Klicka för att stänga") {
		t.Fatal("the road under the pointer is not told of")
	}
	b.tool.tapped(p)
	b.settleTrial()
	if len(b.trial.fixed) != 1 || len(b.closedLines()) == 0 || !b.says("Klicka för att öppna") {
		t.Fatalf("the click tries %+v", b.trial.fixed)
	}
	closed := b.trial.tried.Result
	b.tool.tapped(p)
	b.settleTrial()
	if len(b.trial.fixed) != 0 || b.trial.tried.Result.Mean != b.trial.before.Result.Mean {
		t.Errorf("after opening the road the mean is %g, not %g", b.trial.tried.Result.Mean, b.trial.before.Result.Mean)
	}
	b.tool.tapped(p)
	b.settleTrial()
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.dialogs() != 1 {
		t.Fatal("Return does not keep")
	}
	b.try(wish{steps: b.trial.fixed, keep: true, name: "Avstängd"})
	b.until("the scenario is shown", func() bool { return b.state.choice.scenario == "Avstängd" && b.state.result != nil && b.calm() })
	if b.state.result.Mean != closed.Mean || len(b.trial.roads) != 0 {
		t.Errorf("the figures are %g, tried %g", b.state.result.Mean, closed.Mean)
	}
}

func TestTrialFollowsTheChoiceOfService(t *testing.T) {
	b := openTrial(t)
	p := b.roadPoint()
	b.tool.tapped(p)
	b.settleTrial()
	b.chooseService("apotek")
	b.until("the other service is tried", func() bool {
		return b.trial.key.choice.service == "apotek" && b.trial.tried != nil && !b.trial.busy && b.calm()
	})
	if b.trial.tried.Result.Query.Service != "apotek" || len(b.trial.fixed) != 1 {
		t.Errorf("tried %+v with %d steps", b.trial.tried.Result.Query, len(b.trial.fixed))
	}
}

func TestChangeIsShownOnTheMapWhileTrying(t *testing.T) {
	b := openTrial(t)
	b.colourTrial(true)
	b.settleTrial()
	if b.trial.scene.Comparison() == nil {
		t.Error("the map is not coloured by the change")
	}
	b.colourTrial(false)
	b.settleTrial()
	if b.trial.scene.Comparison() != nil {
		t.Error("the map stays coloured by the change")
	}
}

func TestToolIsInTheToolbarAndTheMenu(t *testing.T) {
	b := openBench(t)
	if s := b.barState(); !s.Try || s.Trying {
		t.Errorf("the toolbar shows %+v", s)
	}
	menu := b.scenarioMenu()
	if !slices.ContainsFunc(menu.Items, func(m *fyne.MenuItem) bool { return m.Label == b.printer.T("live.menu") && !m.Disabled }) {
		t.Error("the menu does not have it")
	}
	b.toggleTrial()
	b.settleTrial()
	if !b.barState().Trying || !b.trialCard.Visible() {
		t.Error("it does not show that something is tried out")
	}
}

// openGotland is a window with a project of the real files.
func openGotland(t testing.TB) *bench {
	dir := testdata.Dir(t, "gotland")
	b := newBench(t)
	b.win.Show()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "g.gpkg")
	if err := b.session.Create(ctx, path, "0980"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"nvdb_tillganglighetsvagnat_gotland_20240101.gpkg", "scb_befolkning_1km_gotland_2024.gpkg", "servicestallen_gotland.csv",
		"kommungrans_gotland.geojson",
	} {
		if _, err := b.session.Import(ctx, filepath.Join(dir, name), session.ImportOptions{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	b.until("the map is shown", func() bool { return b.state.result != nil && b.view.HasPicture() && b.calm() })
	return b
}

// BenchmarkGotlandDrag drags a grocery shop about, and measures from each move of the mouse until the figures and the map
// that take it in have been put on the window.
func BenchmarkGotlandDrag(b *testing.B) {
	w := openGotland(b)
	w.toggleTrial()
	w.settleTrial()
	_, at := w.place()
	w.press(at)
	var took []float64
	shown := 0
	w.view.OnShown = func(mapview.Renderer) { shown++ }
	for i := 0; b.Loop(); i++ {
		to := at.AddXY(float32(100*math.Cos(float64(i)/20)), float32(80*math.Sin(float64(i)/20)))
		before, start := w.trial.scene, time.Now()
		n := shown
		w.carry(to)
		w.until("the picture follows", func() bool { return w.trial.scene != before && shown > n && !w.trial.busy })
		took = append(took, float64(time.Since(start).Microseconds())/1000)
	}
	sort.Float64s(took)
	b.ReportMetric(took[len(took)/2], "p50-ms")
	b.ReportMetric(took[len(took)*95/100], "p95-ms")
	b.ReportMetric(took[len(took)-1], "worst-ms")
}
