// Package scenarios is the panel of what-ifs: the project as it is and the scenarios that change it, with the chosen
// one's steps as plain lines, and the card that compares it with the project as it is.
package scenarios

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

const (
	nameWidth = 150 // room for a scenario's name: a long one must not widen the panel and move the map
	indent    = 14  // of a scenario below the one that it builds on
)

// Actions are what the user can ask for.
type Actions struct {
	Choose     func(name string) // "" for the project as it is
	Remove     func(name string)
	RemoveStep func(step int) // of the scenario whose steps are shown
	Switch     func(step int, on bool)
	Menu       func(name string) []*fyne.MenuItem // what else can be done with a scenario
	StepMenu   func(step int) []*fyne.MenuItem    // with a step
	AddMenu    func() []*fyne.MenuItem            // the kinds of steps that can be added
}

// Row is one scenario of the tree.
type Row struct {
	Name  string
	Depth int // 0 for one that builds on the project as it is
}

// Step is one modification of the scenario whose steps are shown.
type Step struct {
	Text string
	Off  bool
}

// View is what the panel shows.
type View struct {
	Rows     []Row  // each after the one that it builds on
	Chosen   string // what the window shows; "" for the project as it is
	Open     string // whose steps are shown: the chosen one, or one that can't be computed
	Steps    []Step
	Fault    string // why the open scenario can't be computed; "" where it can
	Writable bool
}

// Panel shows a View.
type Panel struct {
	printer *i18n.Printer
	actions Actions
	rows    *fyne.Container
}

// New makes a panel without scenarios.
func New(p *i18n.Printer, a Actions) *Panel {
	return &Panel{printer: p, actions: a, rows: widgets.Stack(0)}
}

// Object is the panel for the window's layout.
func (s *Panel) Object() fyne.CanvasObject { return s.rows }

// Set shows other scenarios.
func (s *Panel) Set(v View) {
	s.rows.RemoveAll()
	if len(v.Rows) == 0 {
		s.rows.Add(widgets.Note(s.printer.T("ui.scenarios.empty")))
		return
	}
	s.rows.Add(s.row(s.printer.T("ui.scenarios.baseline"), Row{}, v))
	for _, r := range v.Rows {
		s.rows.Add(s.row(r.Name, r, v))
		if r.Name == v.Open {
			s.steps(v)
		}
	}
}

// steps shows the steps of the open scenario, and what can be added.
func (s *Panel) steps(v View) {
	if v.Fault != "" {
		fault := widgets.Wrapped(v.Fault)
		fault.Importance = widget.DangerImportance
		s.rows.Add(fault)
	}
	for i, step := range v.Steps {
		s.rows.Add(s.step(i, step, v.Writable))
	}
	if len(v.Steps) == 0 {
		s.rows.Add(widgets.Inset(0, look.Step3, widgets.Note(s.printer.T("ui.scenarios.no_steps"))))
	}
	if v.Writable {
		add := widget.NewButtonWithIcon(s.printer.T("mods.add"), theme.MenuDropDownIcon(), nil)
		add.Importance, add.Alignment, add.IconPlacement = widget.LowImportance, widget.ButtonAlignLeading, widget.ButtonIconTrailingText
		add.OnTapped = func() { popUp(add, s.actions.AddMenu()) }
		s.rows.Add(add)
	}
}

// row is one scenario: a press chooses it. The project as it is has no name.
func (s *Panel) row(text string, r Row, v View) fyne.CanvasObject {
	choose := widget.NewButton(widgets.Fit(text, theme.SizeNameText, nameWidth), func() { s.actions.Choose(r.Name) })
	choose.Alignment = widget.ButtonAlignLeading
	choose.Importance = widget.LowImportance
	if r.Name == v.Chosen {
		choose.Icon = theme.ConfirmIcon()
	}
	in := widgets.MinWidth(float32(r.Depth)*indent, widgets.NewText(""))
	if r.Name == "" || !v.Writable {
		return container.NewBorder(nil, nil, in, nil, choose)
	}
	return container.NewBorder(nil, nil, in, s.more(func() []*fyne.MenuItem { return s.actions.Menu(r.Name) }), choose)
}

// step is one change of the open scenario: a mark that switches it off, its line, and what can be done with it.
func (s *Panel) step(i int, step Step, writable bool) fyne.CanvasObject {
	line := widgets.Note(step.Text)
	if !writable {
		return widgets.Inset(0, look.Step3, line)
	}
	on := widget.NewCheck("", nil)
	on.SetChecked(!step.Off)
	on.OnChanged = func(on bool) { s.actions.Switch(i, on) }
	more := s.more(func() []*fyne.MenuItem { return s.actions.StepMenu(i) })
	return container.NewBorder(nil, nil, container.NewVBox(on), container.NewVBox(more), line)
}

// more is the button that opens a menu.
func (s *Panel) more(items func() []*fyne.MenuItem) *widget.Button {
	b := widget.NewButtonWithIcon("", theme.MoreHorizontalIcon(), nil)
	b.Importance = widget.LowImportance
	b.OnTapped = func() { popUp(b, items()) }
	return b
}

// popUp opens a menu below a button.
func popUp(b *widget.Button, items []*fyne.MenuItem) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, b.Size().Height), b)
	}
}
