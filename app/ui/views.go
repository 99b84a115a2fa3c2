package ui

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/paulmach/orb"

	"nabar/app/ui/ask"
	"nabar/model"
)

// viewsMenu are the kept views, as entries that do something with one.
func (w *Window) viewsMenu(key string, can bool, do func(model.MapView)) *fyne.MenuItem {
	m := w.item(key, can && len(w.state.views) > 0, nil)
	m.ChildMenu = fyne.NewMenu("")
	for _, v := range w.state.views {
		m.ChildMenu.Items = append(m.ChildMenu.Items, fyne.NewMenuItem(v.Name, func() { do(v) }))
	}
	return m
}

// alt gives an entry a key together with Alt.
func alt(m *fyne.MenuItem, key fyne.KeyName) *fyne.MenuItem {
	m.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}
	return m
}

// askSaveView asks for a name and keeps what the map shows.
func (w *Window) askSaveView() {
	p := w.printer
	ask.Line(w.win, p, p.T("views.ui.save_title"), p.T("views.ui.name"), w.proposedView(), p.T("views.ui.save_yes"), func(name string) {
		v := model.NewMapView(name, w.shown(), w.choice.query())
		w.edit(func(ctx context.Context) error { return w.session.SaveView(ctx, v) })
	})
}

// proposedView is a name for what the map shows.
func (w *Window) proposedView() string {
	name := w.typeName(w.choice.service)
	if w.choice.scenario != "" {
		name += ", " + w.choice.scenario
	}
	return name
}

// showView shows a kept view in the whole window.
func (w *Window) showView(v model.MapView) {
	w.view.ShowBound(v.Bound())
	c := w.choice
	if v.Service != "" {
		c.service, c.impedance = v.Service, cmp.Or(v.Impedance, model.Distance)
	}
	c.scenario, c.profile, c.date, c.demand, c.from = v.Scenario, v.Profile, v.Date, v.Demand, origin{}
	if c.scenario != "" && !slices.Contains(w.scenarioNames(), c.scenario) {
		c.scenario = ""
	}
	w.choose(c)
}

// scenarioNames are the names of the project's scenarios.
func (w *Window) scenarioNames() []string {
	var out []string
	for _, sc := range w.state.scenarios {
		out = append(out, sc.Name)
	}
	return out
}

// removeView takes a kept view away.
func (w *Window) removeView(v model.MapView) {
	w.edit(func(ctx context.Context) error { return w.session.RemoveView(ctx, v.Name) })
}

// selectionMargin is the room in metres that is shown around what is chosen.
const selectionMargin = 1500

// zoomSelection shows what is chosen from near.
func (w *Window) zoomSelection() {
	var b orb.Bound
	if rows := w.selected.rows; rows != nil && rows.frame != (orb.Bound{}) {
		b = rows.frame
		if len(rows.ids) > 1 {
			w.view.FitBound(b)
			return
		}
	} else if i := w.facility(w.selected.facility); i >= 0 {
		b = w.state.snapshot.Facilities[i].At.Bound()
	} else if i := w.cell(w.selected.cell); i >= 0 {
		b = square(&w.state.snapshot.Cells[i])
	} else {
		w.status.Idle(w.printer.T("views.ui.nothing_selected"))
		return
	}
	w.view.FitBound(b.Pad(selectionMargin))
}

// zoomResult shows all squares that the figures count.
func (w *Window) zoomResult() {
	var b orb.Bound
	for i := range w.state.snapshot.Cells {
		c := &w.state.snapshot.Cells[i]
		switch {
		case !c.Inside || c.People == 0:
		case b.IsZero():
			b = square(c)
		default:
			b = b.Union(square(c))
		}
	}
	if !b.IsZero() {
		w.view.FitBound(b)
	}
}
