// Package project is the dialog of a new project: which kommun it is about.
package project

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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

	search *widget.Entry
	list   *widget.List
	yes    *widget.Button
	popup  *widget.PopUp
}

// Show asks which of the kommuner a new project is about; fn is told the answer.
func Show(w fyne.Window, p *i18n.Printer, kommuner []model.Kommun, fn func(model.Kommun)) *Chooser {
	c := &Chooser{printer: p, all: kommuner, done: fn, search: widget.NewEntry()}
	c.search.SetPlaceHolder(p.T("ui.new.search"))
	c.search.OnChanged = func(string) { c.filter() }
	c.search.OnSubmitted = func(string) { c.confirm() }
	c.list = widget.NewList(func() int { return len(c.found) }, newRow, c.fill)
	c.list.HideSeparators = true
	c.list.OnSelected = func(i widget.ListItemID) {
		c.chosen = c.found[i]
		c.yes.Enable()
	}
	c.yes = widget.NewButton(p.T("ui.new.next"), c.confirm)
	c.yes.Importance = widget.HighImportance
	c.yes.Disable()
	cancel := widget.NewButton(p.T("ui.cancel"), func() { c.popup.Hide() })
	head := widgets.Stack(look.Step2, widgets.NewHeading(p.T("ui.new.title")), widgets.Wrapped(p.T("ui.new.which")), c.search)
	foot := container.NewBorder(nil, nil, nil, widgets.Line(look.Step2, cancel, c.yes))
	content := container.NewBorder(head, widgets.Inset(look.Step2, 0, foot), nil, nil, c.list)
	c.popup = widget.NewModalPopUp(widgets.Pad(look.Step4, content), w.Canvas())
	size := w.Canvas().Size()
	c.popup.Resize(fyne.NewSize(min(dialogWidth, size.Width-look.Step4), min(dialogHeight, size.Height-look.Step4)))
	c.filter()
	c.popup.Show()
	w.Canvas().Focus(c.search)
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
	c.popup.Hide()
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
