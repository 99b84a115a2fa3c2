package toolbar

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/app/ui/look"
	"nabar/internal/i18n"
	"nabar/model"
)

func state() State {
	return State{
		Undo: true, Import: true, Plan: true, Impedance: model.Time, Service: "post",
		Services: []Service{{"dagligvaror", "Dagligvaror"}, {"post", "Post och paket"}},
	}
}

func TestStateIsShownNotTold(t *testing.T) {
	test.NewTempApp(t)
	var told []string
	b := New(i18n.For("sv"), Actions{
		Service:   func(id string) { told = append(told, id) },
		Impedance: func(i model.Impedance) { told = append(told, string(i)) },
	})
	b.Set(state())
	b.Set(State{Impedance: model.Distance})
	b.Set(state())
	if len(told) != 0 {
		t.Errorf("told %q for choices of the program's", told)
	}
	if b.service.Selected != "Post och paket" || b.impedance.Selected != "Restid" {
		t.Errorf("shows %q and %q", b.service.Selected, b.impedance.Selected)
	}
	b.service.SetSelectedIndex(0)
	b.impedance.SetSelectedIndex(0)
	if got := strings.Join(told, " "); got != "dagligvaror distance" {
		t.Errorf("told %q", got)
	}
}

func TestWhatCanNotBeDoneIsDim(t *testing.T) {
	test.NewTempApp(t)
	b := New(i18n.For("sv"), Actions{})
	b.Set(State{Impedance: model.Distance})
	if !b.undo.Disabled() || !b.redo.Disabled() || !b.plan.Disabled() || !b.load.Disabled() || !b.service.Disabled() {
		t.Error("something can be done without a project")
	}
	if b.open.Disabled() {
		t.Error("a project can't be opened")
	}
	b.Set(state())
	if b.undo.Disabled() || b.plan.Disabled() || b.load.Disabled() || b.service.Disabled() || !b.redo.Disabled() {
		t.Error("the bar does not follow the state")
	}
}

func TestButtonsAct(t *testing.T) {
	test.NewTempApp(t)
	var did []string
	act := func(s string) func() { return func() { did = append(did, s) } }
	b := New(i18n.For("sv"), Actions{Open: act("open"), Import: act("import"), Undo: act("undo"), Redo: act("redo"), Plan: act("plan")})
	s := state()
	s.Redo = true
	b.Set(s)
	test.Tap(b.open)
	test.Tap(b.load)
	test.Tap(b.undo)
	test.Tap(b.redo)
	test.Tap(b.plan)
	if got := strings.Join(did, " "); got != "open import undo redo plan" {
		t.Errorf("did %q", got)
	}
}

func TestScenariosAreChosenByName(t *testing.T) {
	test.NewTempApp(t)
	var told []string
	b := New(i18n.For("sv"), Actions{Scenario: func(name string) { told = append(told, name) }})
	s := state()
	b.Set(s)
	if !b.scenario.Disabled() || b.scenario.Selected != "Nuläge" {
		t.Errorf("without scenarios the choice shows %q", b.scenario.Selected)
	}
	s.Scenarios, s.Scenario = []string{"A", "B"}, "B"
	b.Set(s)
	if len(told) != 0 || b.scenario.Selected != "B" {
		t.Errorf("told %q, shows %q", told, b.scenario.Selected)
	}
	b.scenario.SetSelectedIndex(1)
	b.scenario.SetSelectedIndex(0)
	if strings.Join(told, "|") != "A|" {
		t.Errorf("told %q", told)
	}
}

// TestANarrowBarKeepsItsChoices makes the bar narrower: captions go first, then the words of undo and redo, never a choice.
func TestANarrowBarKeepsItsChoices(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(false))
	b := New(i18n.For("sv"), Actions{})
	s := state()
	s.Demands = []string{"Sommar"} // one more choice
	b.Set(s)
	w := test.NewTempWindow(t, b.Object())
	w.SetPadded(false)
	for _, c := range []struct {
		width           float32
		captions, words bool
	}{{1700, true, true}, {1440, false, true}, {1280, false, false}, {1700, true, true}} {
		w.Resize(fyne.NewSize(c.width, 60))
		if shown := b.room.extras[0].Visible(); shown != c.captions || (b.undo.Text != "") != c.words {
			t.Errorf("%v units wide: captions %v, undo %q", c.width, shown, b.undo.Text)
		}
		if width := b.Object().Size().Width; width > c.width {
			t.Errorf("%v units wide: the bar takes %v", c.width, width)
		}
	}
}
