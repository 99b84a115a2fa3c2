// Package project is the dialog of a new project: which kommun it is about.
package project

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	dialogWidth  = 440
	dialogHeight = 520
)

// Chooser asks for a kommun by name or code.
type Chooser struct {
	printer *i18n.Printer
	all     []model.Kommun
	found   []model.Kommun
	chosen  model.Kommun
	done    func(model.Kommun)

	search *widgets.Entry
	list   *widget.List
	yes    *widget.Button
	sheet  *ask.Sheet
}

// Show asks which of the kommuner a new project is about; fn is told the answer.
func Show(w fyne.Window, p *i18n.Printer, kommuner []model.Kommun, fn func(model.Kommun)) *Chooser {
	c := &Chooser{printer: p, all: kommuner, done: fn, search: widgets.NewEntry("")}
	c.sheet = ask.NewSheet(w, p.T("ui.new.title"))
	c.search.SetPlaceHolder(p.T("ui.new.search"))
	c.search.OnChanged = func(string) { c.filter() }
	c.search.OnSubmitted = func(string) { c.confirm() }
	c.list = widget.NewList(func() int { return len(c.found) }, newRow, c.fill)
	c.list.HideSeparators = true
	c.list.OnSelected = func(i widget.ListItemID) {
		c.chosen = c.found[i]
		c.yes.Enable()
	}
	c.search.OnEscape = c.sheet.Hide
	c.yes = ask.Primary(p.T("ui.new.next"), c.confirm)
	c.yes.Disable()
	head := widgets.Stack(look.Step2, widgets.Wrapped(p.T("ui.new.which")), c.search)
	c.sheet.Set(container.NewBorder(head, nil, nil, nil, c.list), c.sheet.Hide, widget.NewButton(p.T("ui.cancel"), c.sheet.Hide), c.yes)
	c.filter()
	c.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), c.search)
	return c
}

// filter shows the kommuner whose name or code begins with what was typed, and then those that hold it.
func (c *Chooser) filter() {
	text := strings.ToLower(strings.TrimSpace(c.search.Text))
	var first, second []model.Kommun
	for _, k := range c.all {
		name := strings.ToLower(k.Name)
		switch {
		case strings.HasPrefix(name, text), strings.HasPrefix(k.Code, text):
			first = append(first, k)
		case strings.Contains(name, text):
			second = append(second, k)
		}
	}
	c.found = append(first, second...)
	c.list.UnselectAll()
	c.list.Refresh()
	c.chosen = model.Kommun{}
	c.yes.Disable()
	if text != "" && len(c.found) > 0 {
		c.list.Select(0)
	}
}

// confirm hands the chosen kommun over.
func (c *Chooser) confirm() {
	if c.chosen.Code == "" {
		return
	}
	c.sheet.Hide()
	c.done(c.chosen)
}

func newRow() fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewCenter(widgets.NewCaption("")), widgets.Cut(""))
}

func (c *Chooser) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(c.found) {
		return
	}
	parts := o.(*fyne.Container).Objects
	parts[0].(*widget.Label).SetText(c.found[i].Name)
	parts[1].(*fyne.Container).Objects[0].(*widgets.Text).SetText(c.found[i].Code)
}
