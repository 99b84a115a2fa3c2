package write

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// suggestions is how many names are offered at once.
const suggestions = 6

// suggest offers the names that fit what is typed behind {{, under the text that it is typed in.
type suggest struct {
	e      *editor
	field  *field
	names  []string
	chosen int
	box    *fyne.Container
}

func newSuggest(e *editor) *suggest {
	return &suggest{e: e, box: container.NewVBox()}
}

// open tells whether names are offered.
func (s *suggest) open() bool { return s.field != nil && len(s.names) > 0 }

// hide offers no more.
func (s *suggest) hide() {
	if s.field == nil {
		return
	}
	if r := s.e.rowOf(s.field); r != nil {
		r.offer(nil)
	}
	s.field, s.names = nil, nil
}

// follow offers what fits the text before the caret.
func (s *suggest) follow(f *field) {
	if s.e.readOnly() || s.e.w.state.Names == nil || f.SelectedText() != "" {
		s.hide()
		return
	}
	typed, _, ok := f.passage().Naming()
	if !ok {
		s.hide()
		return
	}
	names := s.e.w.state.Names.Complete(typed)
	if len(names) == 1 && names[0] == typed {
		names = nil
	}
	if len(names) > suggestions {
		names = names[:suggestions]
	}
	if s.field != f {
		s.hide()
	}
	if s.field == f && slices.Equal(s.names, names) {
		return
	}
	s.field, s.names, s.chosen = f, names, 0
	s.show()
}

// show shows the names.
func (s *suggest) show() {
	s.box.Objects = nil
	for i, name := range s.names {
		t := widgets.NewText(name)
		l := &choice{text: t}
		l.OnPress = func() { s.take(name) }
		l.on = i == s.chosen
		l.ExtendBaseWidget(l)
		s.box.Objects = append(s.box.Objects, l)
	}
	if r := s.e.rowOf(s.field); r != nil {
		var o fyne.CanvasObject
		if len(s.names) > 0 {
			o = s.box
		}
		r.offer(o)
	}
	s.box.Refresh()
}

// key chooses among the names.
func (s *suggest) key(f *field, name fyne.KeyName) bool {
	if !s.open() || s.field != f {
		return false
	}
	switch name {
	case fyne.KeyDown:
		s.chosen = (s.chosen + 1) % len(s.names)
	case fyne.KeyUp:
		s.chosen = (s.chosen + len(s.names) - 1) % len(s.names)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		s.take(s.names[s.chosen])
		return true
	case fyne.KeyEscape:
		s.hide()
		return true
	default:
		return false
	}
	s.show()
	return true
}

// take writes a name. One that is no figure becomes a block of its own.
func (s *suggest) take(name string) {
	f := s.field
	_, p, ok := f.passage().Naming()
	s.hide()
	if !ok {
		return
	}
	l := s.e.w.state.Names.Find(name)
	if l.Kind == manuscript.Figure {
		f.show(p.Name(name))
		s.hide()
		s.e.w.win.Canvas().Focus(f)
		return
	}
	f.show(p.Replace(""))
	s.e.put(manuscript.Block{Type: manuscript.LivingOne, Living: l})
}

// choice is a line that can be chosen.
type choice struct {
	widgets.Pressable
	text *widgets.Text
	on   bool
}

// AccessibilityLabel says what is chosen by it.
func (c *choice) AccessibilityLabel() string { return c.text.Content }

// AccessibilityRole is Fyne's hook.
func (c *choice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's hook.
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	name := theme.ColorNameMenuBackground
	if c.on {
		name = theme.ColorNameSelection
	}
	return widget.NewSimpleRenderer(container.NewStack(widgets.NewGround(name), widgets.Inset(2, look.Step2, c.text)))
}
