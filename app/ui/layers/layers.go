// Package layers is the panel of the project's layers: which are shown, how strongly, and what can be done with each.
package layers

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// Actions are what the user can ask for. The panel changes nothing itself: it shows what it is given next.
type Actions struct {
	Show    func(l model.Layer, visible bool)
	Opacity func(l model.Layer, opacity float64)
	Move    func(l model.Layer, up bool)
	Place   func(l model.Layer, at int) // in the drawing order, 0 at the bottom
	Group   func(l model.Layer)
	Heading func(group string, visible bool) // shows or hides all layers of a group
	Style   func(l model.Layer)
	Scales  func(l model.Layer)
	Export  func(l model.Layer)
	Rename  func(l model.Layer)
	Zoom    func(l model.Layer)
	Profile func(l model.Layer)
	Rows    func(l model.Layer)
	About   func(l model.Layer)
	Remove  func(l model.Layer)
	Remake  func(l model.Layer)
	Find    func(l model.Layer) // the file of a basemap
}

// Panel lists the layers, the topmost first.
type Panel struct {
	printer  *i18n.Printer
	actions  Actions
	rows     *fyne.Container
	layers   []model.Layer
	stale    map[int64]bool
	lost     map[int64]string // basemaps that are not shown, with the reason
	readOnly bool
}

// New makes an empty panel.
func New(p *i18n.Printer, a Actions) *Panel {
	return &Panel{printer: p, actions: a, rows: widgets.Stack(0)}
}

// Object is the panel for the window's layout.
func (p *Panel) Object() fyne.CanvasObject { return p.rows }

// Set shows the layers of a project, given in drawing order; stale are those to be computed again, by id.
func (p *Panel) Set(layers []model.Layer, stale map[int64]bool, readOnly bool) {
	if p.layers != nil && readOnly == p.readOnly && maps.Equal(stale, p.stale) && slices.EqualFunc(layers, p.layers, sameRow) {
		p.layers = layers
		return
	}
	p.layers, p.stale, p.readOnly = slices.Clone(layers), stale, readOnly
	p.rows.RemoveAll()
	group := ""
	for i := range slices.Backward(layers) {
		if g := layers[i].Group; g != group && g != "" {
			p.rows.Add(p.heading(g))
		}
		group = layers[i].Group
		p.rows.Add(p.row(i))
	}
	if len(layers) == 0 {
		p.rows.Add(widgets.Note(p.printer.T("ui.layers.empty")))
	}
	p.rows.Refresh()
}

// sameRow tells whether two layers look the same in the panel.
func sameRow(a, b model.Layer) bool {
	return a.ID == b.ID && a.Name == b.Name && a.Group == b.Group && a.Visible == b.Visible && a.Opacity == b.Opacity && a.Features == b.Features
}

// row is the line of one layer: shown or not, its name, and the button of its menu.
func (p *Panel) row(i int) fyne.CanvasObject {
	shown := widget.NewCheck("", nil)
	shown.Checked = p.layers[i].Visible
	shown.OnChanged = func(on bool) { p.actions.Show(p.layers[i], on) }
	name := widgets.Cut(p.layers[i].Name)
	if !shown.Checked {
		name.Importance = widget.LowImportance
	}
	var more *widget.Button
	more = widget.NewButtonWithIcon("", theme.MoreHorizontalIcon(), func() { p.showMenu(i, more) })
	more.Importance = widget.LowImportance
	if p.readOnly {
		shown.Disable()
	}
	left := fyne.CanvasObject(shown)
	if !p.readOnly {
		left = widgets.Line(0, newGrip(func() float32 { return shown.MinSize().Height }, func(rows int) {
			p.actions.Place(p.layers[i], min(max(i-rows, 0), len(p.layers)-1))
		}), shown)
	}
	right := fyne.CanvasObject(more)
	if note := p.note(p.layers[i].ID); note != "" {
		old := widgets.NewCaption(p.printer.T(note))
		old.Color = theme.ColorNameWarning
		right = container.NewHBox(container.NewCenter(old), more)
	}
	row := container.NewBorder(nil, nil, left, right, name)
	if p.layers[i].Group != "" {
		return widgets.Inset(0, look.Step1, row)
	}
	return row
}

// heading is the line above the layers of a group: it shows and hides them all.
func (p *Panel) heading(group string) fyne.CanvasObject {
	shown := widget.NewCheck(group, nil)
	shown.Checked = slices.ContainsFunc(p.layers, func(l model.Layer) bool { return l.Group == group && l.Visible })
	shown.OnChanged = func(on bool) { p.actions.Heading(group, on) }
	if p.readOnly {
		shown.Disable()
	}
	return shown
}

// showMenu opens the menu of a layer under its button.
func (p *Panel) showMenu(i int, under *widget.Button) {
	c := fyne.CurrentApp().Driver().CanvasForObject(under)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under).AddXY(0, under.Size().Height)
	widget.ShowPopUpMenuAtPosition(p.Menu(i, func() { p.showOpacity(i, c, at) }), c, at)
}

// Menu is the menu of layer i. opacity is called for the entry that opens the slider.
func (p *Panel) Menu(i int, opacity func()) *fyne.Menu {
	l, a := p.layers[i], p.actions
	item := func(key string, writes bool, fn func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(p.printer.T(key), fn)
		m.Disabled = writes && p.readOnly
		return m
	}
	up := item("ui.layers.up", true, func() { a.Move(l, true) })
	up.Disabled = up.Disabled || i == len(p.layers)-1
	down := item("ui.layers.down", true, func() { a.Move(l, false) })
	down.Disabled = down.Disabled || i == 0
	zoom := item("ui.layers.zoom", false, func() { a.Zoom(l) })
	zoom.Disabled = l.Bounds.IsZero()
	if l.Role == model.RoleBasemap {
		return p.basemapMenu(l, zoom, opacity)
	}
	profile := item("areas.ui.menu", false, func() { a.Profile(l) })
	profile.Disabled = l.Role == model.RoleResult || l.Role == model.RolePopulation ||
		l.Geometry != model.PolygonType && l.Geometry != model.MultiPolygonType && l.Geometry != model.AnyGeometry
	style := item("layers.ui.style", true, func() { a.Style(l) })
	style.Disabled = style.Disabled || l.Role == model.RoleComments // the pins have one look
	remake := item("ui.menu.compute", true, func() { a.Remake(l) })
	remake.Disabled = remake.Disabled || !p.stale[l.ID]
	return fyne.NewMenu("",
		zoom,
		profile,
		item("rows.ui.menu", false, func() { a.Rows(l) }),
		style,
		item("ui.layers.opacity", true, opacity),
		item("layers.ui.scales", true, func() { a.Scales(l) }),
		item("layers.ui.group", true, func() { a.Group(l) }),
		up, down,
		fyne.NewMenuItemSeparator(),
		remake,
		item("ui.layers.rename", true, func() { a.Rename(l) }),
		item("layers.ui.export", false, func() { a.Export(l) }),
		item("ui.layers.about", false, func() { a.About(l) }),
		fyne.NewMenuItemSeparator(),
		item("ui.layers.remove", true, func() { a.Remove(l) }),
	)
}

// showOpacity opens the slider of a layer's opacity. The layer changes when the slider is let go.
func (p *Panel) showOpacity(i int, c fyne.Canvas, at fyne.Position) {
	l := p.layers[i]
	value := widgets.NewNumber(p.percent(l.Opacity))
	slider := widget.NewSlider(0, 1)
	slider.Step, slider.Value = 0.05, l.Opacity
	slider.OnChanged = func(v float64) { value.SetText(p.percent(v)) }
	slider.OnChangeEnded = func(v float64) { p.actions.Opacity(l, v) }
	title := widgets.NewCaption(p.printer.T("ui.layers.opacity_of", l.Name))
	row := container.NewBorder(nil, nil, nil, widgets.MinWidth(64, value), slider)
	pop := widget.NewPopUp(widgets.Pad(look.Step3, widgets.MinWidth(240, widgets.Stack(look.Step2, title, row))), c)
	pop.ShowAtPosition(at)
}

// percent writes an opacity in whole percent.
func (p *Panel) percent(v float64) string {
	return p.printer.Float(v*100, 0) + i18n.NBSP + "%"
}
