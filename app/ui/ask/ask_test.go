package ask

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/internal/i18n"
)

func window(t *testing.T) (fyne.Window, *i18n.Printer) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.Resize(fyne.NewSize(900, 600))
	return w, i18n.For("sv")
}

// top gives what is shown, nil where nothing is.
func top(w fyne.Window) fyne.CanvasObject { return w.Canvas().Overlays().Top() }

func says(w fyne.Window, text string) bool {
	for _, o := range test.LaidOutObjects(top(w)) {
		if l, ok := o.(*widget.Label); ok && strings.Contains(l.Text, text) {
			return true
		}
	}
	return false
}

func press(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(top(w)) {
		if b, ok := o.(*widget.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q", text)
}

func key(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func TestErrorsAreSentences(t *testing.T) {
	w, p := window(t)
	Error(w, p, i18n.Errorf("error.cancelled"))
	if !says(w, p.T("error.cancelled")) {
		t.Error("the sentence is not shown")
	}
	press(t, w, "Stäng")
	if top(w) != nil {
		t.Error("the dialog stays")
	}
	Error(w, p, nil)
	if top(w) != nil {
		t.Error("no error opens a dialog")
	}
	Error(w, p, errors.New("boom"))
	if !says(w, "Något gick fel") {
		t.Error("a fault of the program's own has no sentence")
	}
}

func TestQuestionIsAnswered(t *testing.T) {
	tests := []struct {
		name   string
		answer func(t *testing.T, w fyne.Window)
		yes    bool
	}{
		{"by the button", func(t *testing.T, w fyne.Window) { press(t, w, "Ta bort") }, true},
		{"by Return", func(_ *testing.T, w fyne.Window) { key(w, fyne.KeyReturn) }, true},
		{"by Escape", func(_ *testing.T, w fyne.Window) { key(w, fyne.KeyEscape) }, false},
		{"by cancelling", func(t *testing.T, w fyne.Window) { press(t, w, "Avbryt") }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, p := window(t)
			done := false
			Confirm(w, p, "Ta bort lagret?", "Det kan ångras.", "Ta bort", func() { done = true })
			tt.answer(t, w)
			if done != tt.yes || top(w) != nil {
				t.Errorf("done is %v, dialog open %v", done, top(w) != nil)
			}
		})
	}
}

func TestLineIsWritten(t *testing.T) {
	w, p := window(t)
	var got []string
	ask := func() { Line(w, p, "Byt namn", "Namn", "Vägar", "Byt namn", func(s string) { got = append(got, s) }) }
	ask()
	test.Type(w.Canvas().Focused(), "Mina ")
	key(w, fyne.KeyReturn)
	ask()
	key(w, fyne.KeyEscape)
	if len(got) != 1 || got[0] != "Mina Vägar" {
		t.Errorf("wrote %q", got)
	}
	if top(w) != nil {
		t.Error("the dialog stays")
	}
}

func TestSheetIsNeverLargerThanItsWindow(t *testing.T) {
	w, _ := window(t)
	s := NewSheet(w, "Stor")
	s.Set(widget.NewLabel("x"), s.Hide)
	s.Show(fyne.NewSize(5000, 5000), nil)
	if size := s.popup.Content.Size(); size.Width > 900 || size.Height > 600 {
		t.Errorf("the sheet is %v in a window of 900 x 600", size)
	}
}

func TestDisabledButtonIsNotPressedByReturn(t *testing.T) {
	w, _ := window(t)
	s := NewSheet(w, "Fråga")
	pressed := false
	b := Primary("Ja", func() { pressed = true })
	b.Disable()
	s.Set(widget.NewLabel("x"), nil, b)
	s.Show(fyne.Size{}, nil)
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyEscape)
	if pressed || !s.Visible() {
		t.Errorf("pressed %v, visible %v", pressed, s.Visible())
	}
}
