package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
)

// Sheet is the one form of the program's dialogs: a heading, a body, and buttons in the lower right corner, the one
// that goes on last. Escape takes it away like its cancelling button, Return presses the last one.
type Sheet struct {
	window  fyne.Window
	title   *widgets.Text
	body    *fyne.Container
	buttons *fyne.Container
	keys    *keys
	popup   *widget.PopUp
	escape  func()
}

// NewSheet makes a sheet that is not shown yet.
func NewSheet(w fyne.Window, title string) *Sheet {
	s := &Sheet{window: w, title: widgets.NewHeading(title), body: container.NewStack(), buttons: container.NewHBox()}
	s.keys = newKeys(s)
	head := container.NewStack(s.keys, s.title)
	content := container.NewBorder(head, s.buttons, nil, nil, widgets.Inset(look.Step3, 0, s.body))
	s.popup = widget.NewModalPopUp(widgets.Pad(look.Step4, content), w.Canvas())
	return s
}

// SetTitle changes the heading.
func (s *Sheet) SetTitle(title string) { s.title.SetText(title) }

// Set shows a body and its buttons. escape is what Escape does; nil where the sheet can't be left so.
func (s *Sheet) Set(body fyne.CanvasObject, escape func(), buttons ...fyne.CanvasObject) {
	s.escape = escape
	s.body.Objects = []fyne.CanvasObject{body}
	s.body.Refresh()
	s.buttons.Objects = append([]fyne.CanvasObject{layout.NewSpacer()}, buttons...)
	s.buttons.Refresh()
}

// Show shows the sheet, at least as large as it needs and at most as large as the window. The keys go to focus, or to
// the sheet itself where there is none.
func (s *Sheet) Show(size fyne.Size, focus fyne.Focusable) {
	room := s.window.Canvas().Size().SubtractWidthHeight(look.Step4, look.Step4)
	s.popup.Show()
	s.popup.Resize(size.Max(s.popup.MinSize()).Min(room))
	if focus == nil {
		focus = s.keys
	}
	s.window.Canvas().Focus(focus)
}

// Hide takes the sheet away.
func (s *Sheet) Hide() { s.popup.Hide() }

// Visible tells whether the sheet is shown.
func (s *Sheet) Visible() bool { return s.popup.Visible() }

// Escape does what the Escape key does.
func (s *Sheet) Escape() {
	if s.escape != nil {
		s.escape()
	}
}

// press presses the last button.
func (s *Sheet) press() {
	objects := s.buttons.Objects
	if len(objects) == 0 {
		return
	}
	if b, ok := objects[len(objects)-1].(*widget.Button); ok && !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// keys takes the keyboard for a sheet without entries.
type keys struct {
	widget.BaseWidget
	sheet *Sheet
}

func newKeys(s *Sheet) *keys {
	k := &keys{sheet: s}
	k.ExtendBaseWidget(k)
	return k
}

// CreateRenderer is Fyne's hook.
func (k *keys) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// FocusGained is Fyne's hook.
func (k *keys) FocusGained() {}

// FocusLost is Fyne's hook.
func (k *keys) FocusLost() {}

// TypedRune is Fyne's hook.
func (k *keys) TypedRune(rune) {}

// TypedKey leaves the sheet or goes on.
func (k *keys) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		k.sheet.Escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		k.sheet.press()
	}
}
