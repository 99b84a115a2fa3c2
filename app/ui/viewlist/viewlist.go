// Package viewlist is the list of the kept views of the map: they are shown, put in order, renamed and removed there. A
// presentation steps through them in that order.
package viewlist

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// Actions are what the user can ask for. The list changes nothing itself: it shows what it is given next.
type Actions struct {
	Show   func(v model.MapView)
	Move   func(v model.MapView, to int)
	Rename func(v model.MapView)
	Remove func(v model.MapView)
}

// List shows views in their order.
type List struct {
	printer *i18n.Printer
	actions Actions
	rows    *fyne.Container
	object  fyne.CanvasObject
	views   []model.MapView
	known   bool
}

// New makes an empty list.
func New(p *i18n.Printer, a Actions) *List {
	l := &List{printer: p, actions: a, rows: widgets.Stack(0)}
	l.object = container.NewVScroll(l.rows)
	return l
}

// Object is the list for a dialog's layout.
func (l *List) Object() fyne.CanvasObject { return l.object }

// Set shows views. In a project that can't be changed they can only be shown.
func (l *List) Set(views []model.MapView, readOnly bool) {
	if l.known && slices.Equal(views, l.views) {
		return
	}
	l.views, l.known = slices.Clone(views), true
	l.rows.RemoveAll()
	for i := range l.views {
		l.rows.Add(l.row(i, readOnly))
	}
	if len(views) == 0 {
		l.rows.Add(widgets.Note(l.printer.T("base.views.none")))
	}
	l.rows.Refresh()
	l.object.Refresh()
}

// row is the line of a view: its name, which shows it, and what can be done with it.
func (l *List) row(i int, readOnly bool) fyne.CanvasObject {
	v := l.views[i]
	name := widget.NewButton(v.Name, func() { l.actions.Show(v) })
	name.Importance, name.Alignment = widget.LowImportance, widget.ButtonAlignLeading
	button := func(icon fyne.Resource, can bool, do func()) *widget.Button {
		b := widget.NewButtonWithIcon("", icon, do)
		b.Importance = widget.LowImportance
		if !can || readOnly {
			b.Disable()
		}
		return b
	}
	tools := container.NewHBox(
		button(theme.MoveUpIcon(), i > 0, func() { l.actions.Move(v, i-1) }),
		button(theme.MoveDownIcon(), i < len(l.views)-1, func() { l.actions.Move(v, i+1) }),
		button(theme.DocumentCreateIcon(), true, func() { l.actions.Rename(v) }),
		button(theme.DeleteIcon(), true, func() { l.actions.Remove(v) }),
	)
	return container.NewBorder(nil, nil, nil, tools, name)
}
