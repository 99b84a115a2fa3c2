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

// nameWidth is the room for a scenario's name: a long one must not widen the panel and move the map.
const nameWidth = 180

// Actions are what the user can ask for.
type Actions struct {
	Choose     func(name string) // "" for the project as it is
	Remove     func(name string)
	RemoveStep func(step int) // of the chosen scenario
}

// View is what the panel shows.
type View struct {
	Names    []string
	Chosen   string   // "" for the project as it is
	Steps    []string // of the chosen one
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
	if len(v.Names) == 0 {
		s.rows.Add(widgets.Note(s.printer.T("ui.scenarios.empty")))
		return
	}
	s.rows.Add(s.row(s.printer.T("ui.scenarios.baseline"), "", v, nil))
	for _, name := range v.Names {
		s.rows.Add(s.row(name, name, v, func() { s.actions.Remove(name) }))
		if name != v.Chosen {
			continue
		}
		for i, step := range v.Steps {
			s.rows.Add(s.step(step, v.Writable, func() { s.actions.RemoveStep(i) }))
		}
		if len(v.Steps) == 0 {
			s.rows.Add(widgets.Inset(0, look.Step3, widgets.Note(s.printer.T("ui.scenarios.no_steps"))))
		}
	}
}

// row is one scenario: a press chooses it. remove is nil where it can't be removed.
func (s *Panel) row(text, name string, v View, remove func()) fyne.CanvasObject {
	choose := widget.NewButton(widgets.Fit(text, theme.SizeNameText, nameWidth), func() { s.actions.Choose(name) })
	choose.Alignment = widget.ButtonAlignLeading
	choose.Importance = widget.LowImportance
	if name == v.Chosen {
		choose.Icon = theme.ConfirmIcon()
	}
	if remove == nil || !v.Writable {
		return choose
	}
	return container.NewBorder(nil, nil, nil, remover(remove), choose)
}

// step is one change of the chosen scenario.
func (s *Panel) step(text string, writable bool, remove func()) fyne.CanvasObject {
	line := widgets.Inset(0, look.Step3, widgets.Note(text))
	if !writable {
		return line
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(remover(remove)), line)
}

// remover is the button that takes something away.
func remover(fn func()) *widget.Button {
	b := widget.NewButtonWithIcon("", theme.CancelIcon(), fn)
	b.Importance = widget.LowImportance
	return b
}
