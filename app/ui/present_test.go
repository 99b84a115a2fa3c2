package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"nabar/app/session"
	"nabar/model"
)

// keepView keeps what the window shows.
func (b *bench) keepView(name string) {
	b.t.Helper()
	n := len(b.state.views)
	if err := b.session.SaveView(context.Background(), model.NewMapView(name, b.shown(), b.choice.query())); err != nil {
		b.t.Fatal(err)
	}
	b.until("the view is kept", func() bool { return len(b.state.views) == n+1 && b.calm() })
}

// onStage tells whether the presentation says something.
func (b *bench) onStage(text string) bool {
	return strings.Contains(strings.Join(textsOf(b.win.Content()), "\n"), text)
}

func TestPresentationStepsThroughViewsAndScenarios(t *testing.T) {
	b := openBench(t)
	whole := b.view.View()
	b.keepView("Hela kommunen")
	b.chooseImpedance(model.Time)
	b.until("times are shown", func() bool { return b.state.choice.impedance == model.Time && b.state.result != nil && b.calm() })
	b.view.ZoomIn()
	near := b.view.View()
	b.keepView("Centrum på nära håll")
	b.closeLargest("Utan den största")
	b.chooseScenario("")
	b.until("as it is", func() bool { return b.state.choice.scenario == "" && b.calm() })

	b.present()
	b.until("the first view is shown", func() bool { return b.state.choice.impedance == model.Distance && b.calm() })
	if !b.win.FullScreen() || !b.onStage("Hela kommunen") || !b.onStage("till närmaste") || !b.onStage("Nuläge") {
		t.Errorf("the stage says %q", textsOf(b.win.Content()))
	}
	press := func(key fyne.KeyName) { b.view.TypedKey(&fyne.KeyEvent{Name: key}) }
	press(fyne.KeyRight)
	b.until("the second view is shown", func() bool { return b.state.choice.impedance == model.Time && b.calm() })
	got := b.view.View().Bound()
	if want := near.Bound(); !b.onStage("Centrum på nära håll") || !got.Contains(want.Min) || !got.Contains(want.Max) || got.Contains(whole.Bound().Min) {
		t.Errorf("the right arrow leads to %v, want %v", got, want)
	}
	press(fyne.KeyDown)
	b.until("the scenario is shown", func() bool { return b.state.choice.scenario == "Utan den största" && b.calm() })
	if !b.onStage("Scenario: Utan den största") {
		t.Error("the scenario is not named")
	}
	b.typed(&fyne.KeyEvent{Name: fyne.KeyRight})
	b.until("the first view again", func() bool { return b.state.choice.scenario == "" && b.calm() })
	if got := b.view.View(); !got.Bound().Contains(whole.Centre) {
		t.Errorf("shows %v", got)
	}
	press(fyne.KeyEscape)
	if b.stage != nil || b.win.FullScreen() || b.win.MainMenu() == nil || !b.says("Sparade vyer") {
		t.Error("Escape does not lead back to the window")
	}
}

func TestPrintDialogShowsTheSheetAndWritesIt(t *testing.T) {
	b := openBench(t)
	var got session.SheetPreview
	order := session.PrintOrder{Sheet: session.Sheet{Query: b.choice.query()}, Template: "a3-landscape", Scale: 50000}
	b.previewSheet(order, 0, 500, func(p session.SheetPreview, err error) {
		if err != nil {
			t.Error(err)
		}
		got = p
	})
	b.until("the preview is there", func() bool { return got.Image != nil })
	if size := got.Image.Rect.Size(); size.X != 500 || size.Y != 354 || got.Scale != 50000 {
		t.Errorf("preview of %v at 1:%g", size, got.Scale)
	}
	b.askPrint()
	b.until("the dialog shows a sheet", func() bool {
		return b.dialogs() == 1 && strings.Contains(strings.Join(textsOf(b.win.Canvas().Overlays().Top()), "\n"), "Skala 1:")
	})
	out := filepath.Join(t.TempDir(), "karta.pdf")
	printed, err := b.session.Print(context.Background(), out, order, nil)
	if err != nil || len(printed) != 1 {
		t.Fatal(printed, err)
	}
	if data, err := os.ReadFile(out); err != nil || !strings.HasPrefix(string(data), "%PDF-") {
		t.Error(err)
	}
}

func TestEscapeOnTheMapLetsGoOfWhatIsChosen(t *testing.T) {
	b := openBench(t)
	b.selectFacility(b.state.snapshot.Facilities[0].ID, false)
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.selected.facility != "" {
		t.Error("the place is still chosen")
	}
}
