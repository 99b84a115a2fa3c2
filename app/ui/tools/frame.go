// Package tools holds the panels of the map's tools, which stand beside the map while a tool is chosen: what it does, its choices, and
// what it has found.
//
// Invariant: a panel shows what it is given and tells what the user wants; it knows neither map nor project.
package tools

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
)

// width is the room of a panel, in units.
const width = 292

// frame puts a panel under its title, with the button that leaves the tool. rest, where there is one, takes the room that is left.
func frame(title string, leave func(), rest fyne.CanvasObject, above ...fyne.CanvasObject) fyne.CanvasObject {
	closer := widget.NewButtonWithIcon("", theme.CancelIcon(), leave)
	closer.Importance = widget.LowImportance
	head := container.NewBorder(nil, nil, nil, closer, container.NewHBox(container.NewCenter(widgets.NewHeading(title))))
	top := widgets.Stack(look.Step3, append([]fyne.CanvasObject{head}, above...)...)
	body := widgets.MinWidth(width, top)
	if rest != nil {
		body = container.NewBorder(top, nil, nil, nil, widgets.Inset(look.Step3, 0, rest))
	}
	// In a low window the panel scrolls: it must not make the window higher than the screen.
	return container.NewStack(widgets.NewGround(theme.ColorNameBackground), container.NewVScroll(widgets.Inset(look.Step3, look.Step4, body)))
}

// The types below hold a widget rather than being one: what is laid out must be the very object that redraws itself.

// fault is a line that tells what is wrong, hidden while nothing is.
type fault struct{ *widget.Label }

func newFault() fault {
	f := fault{widgets.Wrapped("")}
	f.Importance = widget.DangerImportance
	f.Hide()
	return f
}

// say shows what is wrong, "" for nothing.
func (f fault) say(text string) {
	if f.Text != text {
		f.SetText(text)
	}
	widgets.Show(f.Label, text != "")
}

// note is a text of the second rank that changes.
type note struct{ *widget.RichText }

func newNote() note { return note{widgets.Note("")} }

// say shows a text, nothing for "".
func (n note) say(text string) {
	if s, ok := n.Segments[0].(*widget.TextSegment); ok && s.Text != text {
		s.Text = text
		n.Refresh()
	}
	widgets.Show(n.RichText, text != "")
}

// named puts a caption above a field.
func named(caption string, field fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Stack(look.Step1, widgets.NewCaption(caption), field)
}

// modes is a choice between ways of using a tool.
type modes struct {
	*widget.RadioGroup
	quiet bool
}

// newModes makes the choice; choose is told the index of what the user wants.
func newModes(names []string, choose func(int)) *modes {
	m := &modes{}
	m.RadioGroup = widget.NewRadioGroup(names, func(name string) {
		for i, n := range names {
			if n == name && !m.quiet {
				choose(i)
			}
		}
	})
	m.Required = true
	return m
}

// set shows a choice without telling.
func (m *modes) set(i int) {
	m.quiet = true
	m.SetSelected(m.Options[i])
	m.quiet = false
}

// pick is a list of which one is chosen.
type pick struct {
	*widget.Select
	quiet bool
}

// newPick makes the list; choose is told the index of what the user chose.
func newPick(choose func(int)) *pick {
	p := &pick{}
	p.Select = widget.NewSelect(nil, func(string) {
		if i := p.SelectedIndex(); i >= 0 && !p.quiet {
			choose(i)
		}
	})
	return p
}

// set shows a list and what is chosen of it, -1 for nothing, without telling.
func (p *pick) set(names []string, chosen int) {
	p.quiet = true
	p.SetOptions(names)
	if chosen >= 0 && chosen < len(names) {
		p.SetSelectedIndex(chosen)
	} else {
		p.ClearSelected()
	}
	p.quiet = false
}

// enable lets a button be used or not.
func enable(on bool, buttons ...*widget.Button) {
	for _, b := range buttons {
		switch {
		case on && b.Disabled():
			b.Enable()
		case !on && !b.Disabled():
			b.Disable()
		}
	}
}

// low is a button without a ground of its own.
func low(text string, fn func()) *widget.Button {
	b := widget.NewButton(text, fn)
	b.Importance = widget.LowImportance
	return b
}
