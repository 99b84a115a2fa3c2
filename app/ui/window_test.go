package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/mapview"
	"nabar/model"
)

var demo struct {
	once sync.Once
	data []byte
	err  error
}

// demoFile is a fresh copy of the analysed demo kommun, which is made once for all tests.
func demoFile(t testing.TB) string {
	t.Helper()
	demo.once.Do(func() {
		s := session.New("sv")
		path := filepath.Join(t.TempDir(), "demo.gpkg")
		if demo.err = s.CreateBareDemo(context.Background(), path, nil); demo.err != nil {
			return
		}
		if demo.err = s.Close(); demo.err == nil {
			demo.data, demo.err = os.ReadFile(path)
		}
	})
	if demo.err != nil {
		t.Fatal(demo.err)
	}
	path := filepath.Join(t.TempDir(), "demo.gpkg")
	if err := os.WriteFile(path, demo.data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// bench is a window whose thread is the test's.
type bench struct {
	*Window
	t    testing.TB
	jobs chan func()
}

func newBench(t testing.TB) *bench {
	t.Helper()
	t.TempDir() // removed after the project in it has been closed
	a := test.NewTempApp(t)
	b := &bench{t: t, jobs: make(chan func(), 1000)}
	s := session.New("sv")
	b.Window = newWindow(a, s, func(fn func()) { b.jobs <- fn })
	t.Cleanup(func() {
		b.view.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// openBench is a window with the demo kommun on the screen.
func openBench(t testing.TB) *bench {
	t.Helper()
	b := newBench(t)
	b.Start(demoFile(t))
	b.until("the map is shown", func() bool { return b.state.result != nil && b.view.HasPicture() && b.calm() })
	return b
}

// until runs the window's thread until something holds.
func (b *bench) until(what string, holds func() bool) {
	b.t.Helper()
	late := time.After(60 * time.Second)
	for !holds() {
		select {
		case fn := <-b.jobs:
			fn()
		case <-late:
			b.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// calm tells whether nothing is being loaded or worked on.
func (b *bench) calm() bool { return !b.loading && len(b.Window.jobs) == 0 && len(b.jobs) == 0 }

// dialogs is how many dialogs are open.
func (b *bench) dialogs() int { return len(b.win.Canvas().Overlays().List()) }

// textsOf are the texts in an object.
func textsOf(o fyne.CanvasObject) []string {
	var out []string
	for _, o := range test.LaidOutObjects(o) {
		switch o := o.(type) {
		case *canvas.Text:
			out = append(out, o.Text)
		case *widget.Label:
			out = append(out, o.Text)
		case *widget.Button:
			out = append(out, o.Text)
		case *widget.RichText:
			out = append(out, o.String())
		case *widget.Select:
			out = append(out, o.Selected)
		}
	}
	return out
}

// texts are all texts of the window.
func (b *bench) texts() []string {
	out := textsOf(b.win.Content())
	var walk func(items []*fyne.MenuItem)
	walk = func(items []*fyne.MenuItem) {
		for _, item := range items {
			out = append(out, item.Label)
			if item.ChildMenu != nil {
				walk(item.ChildMenu.Items)
			}
		}
	}
	for _, menu := range b.win.MainMenu().Items {
		out = append(out, menu.Label)
		walk(menu.Items)
	}
	return out
}

func (b *bench) says(text string) bool {
	for _, s := range b.texts() {
		if strings.Contains(s, text) {
			return true
		}
	}
	return false
}

func TestWindowBeforeAProjectIsNotBlank(t *testing.T) {
	b := newBench(t)
	b.win.Show()
	if !b.wait.object.Visible() || !b.says("Startar") {
		t.Error("an empty window says nothing")
	}
	if !b.says("Arkiv") || !b.says("Resultat") {
		t.Error("menu or panels are missing")
	}
}

func TestDemoIsShownAnalysed(t *testing.T) {
	b := openBench(t)
	if !strings.HasSuffix(b.win.Title(), " – Nåbar") {
		t.Errorf("title is %q", b.win.Title())
	}
	if b.wait.object.Visible() {
		t.Error("the window still waits")
	}
	for _, want := range []string{"Dagligvaror", "i genomsnitt", "Fiktiv kommun", "Vägnät"} {
		if !b.says(want) {
			t.Errorf("the window does not say %q", want)
		}
	}
	if got := b.prefs.lastProject(); got != b.session.Path() {
		t.Errorf("remembers %q as the last project", got)
	}
}

func TestNoTextIsMissingInEitherLanguage(t *testing.T) {
	b := openBench(t)
	for _, tag := range []string{"sv", "en"} {
		b.setLanguage(tag)
		b.until("the language has changed", b.calm)
		for _, s := range b.texts() {
			if strings.Contains(s, "⟦") {
				t.Errorf("%s: %s", tag, s)
			}
		}
	}
}

func TestLanguageChangesAtOnce(t *testing.T) {
	b := openBench(t)
	view := b.view.View()
	b.setLanguage("en")
	b.until("the language has changed", b.calm)
	if !b.says("Groceries") || !b.says("on average") || b.says("Dagligvaror") {
		t.Error("the window does not speak English throughout")
	}
	if got := lang.L("Cancel"); got != "Cancel" {
		t.Errorf("Fyne's own word for cancel is %q", got)
	}
	if Language(b.app) != "en" {
		t.Error("the choice is forgotten at the next start")
	}
	if b.view.View() != view {
		t.Error("the map has moved")
	}
	b.setLanguage("sv")
	b.until("the language has changed back", b.calm)
	if got := lang.L("Cancel"); got != "Avbryt" {
		t.Errorf("Fyne's own word for cancel is %q", got)
	}
}

func TestChoiceRulesTheWholeWindow(t *testing.T) {
	b := openBench(t)
	before := b.state.scene
	b.choose(choice{service: "apotek", impedance: model.Time})
	b.until("the choice is shown", func() bool { return b.state.choice.service == "apotek" && b.calm() })
	if b.state.result == nil || b.state.result.Query.Service != "apotek" || b.state.result.Query.Impedance != model.Time {
		t.Fatalf("result is %+v", b.state.result)
	}
	if b.state.scene == before || b.state.scene.Legend().Title != "Apotek" {
		t.Error("the map shows another service type")
	}
	if !b.says("Restid med bil till närmaste") {
		t.Error("the figures are of another measure")
	}
}

func TestOneSelectionEverywhere(t *testing.T) {
	b := openBench(t)
	id := b.state.result.Places[0].ID
	i := b.facility(id)
	name := b.state.snapshot.Facilities[i].Name
	b.results.OnSelect(id)
	if b.selected.facility != id || !b.card.Visible() || b.card.Title() != name {
		t.Errorf("chosen in the ranking: %+v, card %q", b.selected, b.card.Title())
	}
	b.selectNone()
	if b.card.Visible() {
		t.Error("the card of nothing is shown")
	}
	v := b.view.View()
	x, y, ok := b.state.scene.Where(v, i)
	if !ok {
		t.Fatal("the place is not on the map")
	}
	b.tool.tapped(mapview.Pointer{At: v.ToWorld(x, y), View: v, X: x, Y: y})
	if b.card.Title() == "" || b.selected.facility == "" {
		t.Errorf("a click on the symbol chooses %+v", b.selected)
	}
	b.reload()
	b.until("the window is loaded anew", b.calm)
	if b.selected.facility == "" || !b.card.Visible() {
		t.Error("the selection is lost when the project changes")
	}
}

func TestSquaresCanBeChosen(t *testing.T) {
	b := openBench(t)
	v := b.view.View()
	for i := range b.state.snapshot.Cells {
		c := &b.state.snapshot.Cells[i]
		x, y := v.ToScreen(c.Centre)
		hit := b.state.scene.Hit(v, x, y)
		if len(hit.Facilities) > 0 || hit.Cell != i || !c.Inside {
			continue
		}
		b.tool.tapped(mapview.Pointer{At: c.Centre, View: v, X: x, Y: y})
		if b.selected.cell != c.ID || !strings.Contains(b.card.Title(), "invånare") {
			t.Errorf("chose %+v, card %q", b.selected, b.card.Title())
		}
		return
	}
	t.Fatal("no square can be hit")
}

func TestLayersCanBeHiddenAndTheStepUndone(t *testing.T) {
	b := openBench(t)
	layer := b.state.layers[0]
	b.layerActions().Show(layer, false)
	b.until("the layer is hidden", func() bool { return !b.state.layers[0].Visible && b.calm() })
	if !b.says("Ångra: ") || !b.state.canUndo {
		t.Error("the menu does not name the step")
	}
	b.undo()
	b.until("the layer is back", func() bool { return b.state.layers[0].Visible && b.calm() })
	b.redo()
	b.until("the layer is hidden again", func() bool { return !b.state.layers[0].Visible && b.calm() })
}

func TestUndoBelongsToTheTextThatIsWritten(t *testing.T) {
	b := openBench(t)
	b.layerActions().Show(b.state.layers[0], false)
	b.until("the layer is hidden", func() bool { return !b.state.layers[0].Visible && b.calm() })
	entry := widget.NewEntry()
	b.win.SetContent(entry)
	b.win.Canvas().Focus(entry)
	test.Type(entry, "hej")
	b.undo()
	if entry.Text == "hej" {
		t.Error("the text is as it was")
	}
	if layers, err := b.session.Layers(context.Background()); err != nil || layers[0].Visible {
		t.Errorf("the project's step was undone too (%v)", err)
	}
}

func TestErrorsAreShownInWords(t *testing.T) {
	b := openBench(t)
	b.open(filepath.Join(t.TempDir(), "finns-inte.gpkg"))
	b.until("a dialog opens", func() bool { return b.dialogs() > 0 })
	if !b.session.HasProject() {
		t.Error("the project that was open is gone")
	}
}

func TestPlanIsWrittenAndShown(t *testing.T) {
	b := openBench(t)
	path := filepath.Join(t.TempDir(), "plan.pdf")
	b.writePlan(path)
	b.until("the plan is written", func() bool { return b.dialogs() > 0 })
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(data), "%PDF-") {
		t.Errorf("the plan is no PDF (%v)", err)
	}
}

func TestCheckIsShown(t *testing.T) {
	b := openBench(t)
	b.check()
	b.until("the findings are shown", func() bool { return b.dialogs() > 0 })
}

func TestDetailsOfThePlanAreKept(t *testing.T) {
	b := openBench(t)
	b.askDetails()
	if b.dialogs() != 1 {
		t.Fatal("no form")
	}
	d, err := b.session.Decision(context.Background())
	if err != nil || d.Title == "" {
		t.Errorf("the plan has no title (%v)", err)
	}
}

func TestDarkLookReachesTheMap(t *testing.T) {
	b := openBench(t)
	light := b.state.scene
	b.toggleDark()
	b.until("the map is drawn anew", func() bool { return b.state.scene != light && b.calm() })
	if !b.prefs.dark() {
		t.Error("the choice is forgotten")
	}
}

func TestPanelsCanBeHidden(t *testing.T) {
	b := openBench(t)
	wide := b.view.Size().Width
	b.toggleLeft()
	b.win.Content().Refresh()
	if b.left.Visible() || b.view.Size().Width <= wide {
		t.Errorf("the map is %g wide with the lists and %g without", wide, b.view.Size().Width)
	}
	b.toggleLeft()
	if !b.left.Visible() {
		t.Error("the lists don't come back")
	}
}

func TestEmptyProjectSaysWhatIsMissing(t *testing.T) {
	b := newBench(t)
	b.win.Show()
	b.create(filepath.Join(t.TempDir(), "ny.gpkg"), model.Kommun{Code: "0980", Name: "Gotland"})
	b.until("the project is open", func() bool { return b.state.open && b.calm() })
	if !b.says("saknar vägnät, befolkning och serviceställen") {
		t.Errorf("says %q", b.state.missing)
	}
	if b.barState().Plan {
		t.Error("a plan can be written of nothing")
	}
}
