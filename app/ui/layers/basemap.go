package layers

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"nabar/model"
)

// SetLost tells which basemaps are not shown, by their ids, with the reason. It is asked for before Set.
func (p *Panel) SetLost(lost map[int64]string) {
	if !maps.Equal(lost, p.lost) {
		p.lost, p.layers = lost, nil // Set draws the rows anew
	}
}

// basemapMenu is the menu of a basemap: it has no rows, no columns and no style.
func (p *Panel) basemapMenu(l model.Layer, zoom *fyne.MenuItem, opacity func()) *fyne.Menu {
	a := p.actions
	item := func(key string, writes bool, fn func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(p.printer.T(key), fn)
		m.Disabled = writes && p.readOnly
		return m
	}
	find := item("base.ui.find", true, func() { a.Find(l) })
	items := []*fyne.MenuItem{
		zoom,
		item("ui.layers.opacity", true, opacity),
		item("layers.ui.scales", true, func() { a.Scales(l) }),
		item("layers.ui.group", true, func() { a.Group(l) }),
		fyne.NewMenuItemSeparator(),
		find,
		item("ui.layers.rename", true, func() { a.Rename(l) }),
		item("ui.layers.about", false, func() { a.About(l) }),
		fyne.NewMenuItemSeparator(),
		item("ui.layers.remove", true, func() { a.Remove(l) }),
	}
	if p.lost[l.ID] != "" { // what is wanted most stands first
		items = slices.Insert(slices.DeleteFunc(items, func(m *fyne.MenuItem) bool { return m == find }), 0, find)
	}
	return fyne.NewMenu("", items...)
}

// note is the key of what stands beside a layer that is not as it should be, "" for others.
func (p *Panel) note(id int64) string {
	switch {
	case p.stale[id]:
		return "reach.stale"
	case p.lost[id] != "":
		return "base.ui.lost"
	}
	return ""
}
