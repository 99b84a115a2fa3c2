package importer

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/layers"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model"
)

// basemapName is the name that a basemap gets: what the user has written, else that of its file.
func (d *Dialog) basemapName() string {
	if name := strings.TrimSpace(d.written); name != "" {
		return name
	}
	base := filepath.Base(d.path)
	return d.unique(strings.TrimSuffix(base, filepath.Ext(base)))
}

// basemapForm is the page of an archive of map tiles: what it holds, who made it, and that the file stays where it is.
func (d *Dialog) basemapForm() fyne.CanvasObject {
	p, b := d.Printer, d.preview.Basemap
	name := widgets.NewEntry(d.basemapName())
	name.OnEscape = d.close
	name.OnChanged = func(text string) { d.written = text }
	rows := d.field("ui.import.format", widget.NewLabel(p.T("ui.format."+d.preview.Format)))
	rows = append(rows, d.field("ui.import.role", widget.NewLabel(p.T("role."+string(model.RoleBasemap))))...)
	rows = append(rows, d.field("ui.import.name", name)...)
	rows = append(rows, d.field("base.ui.holds", widget.NewLabel(p.T("base.ui.kind."+string(b.Kind))))...)
	rows = append(rows, d.field("base.ui.levels", widget.NewLabel(p.T("base.ui.levels_value", int(b.MinZoom), int(b.MaxZoom))))...)
	rows = append(rows, d.field("ui.about.size", widget.NewLabel(layers.Size(p, b.Size)))...)
	if b.Attribution != "" {
		rows = append(rows, d.field("base.ui.maker", widgets.Wrapped(b.Attribution))...)
	}
	page := widgets.Stack(look.Step3, widgets.Facts(labelWidth, rows...), widgets.Note(p.T("base.ui.stays")))
	for _, w := range b.Warnings {
		label := widgets.Wrapped(p.Text(w))
		label.Importance = widget.WarningImportance
		page.Add(label)
	}
	return container.NewVScroll(widgets.Inset(0, look.Step2, page))
}

// basemapReport is what is told of a basemap that was added: it has no rows to count.
func (d *Dialog) basemapReport(r session.ImportReport) fyne.CanvasObject {
	name := widgets.NewText(r.Layer)
	name.Style.Bold = true
	out := widgets.Stack(look.Step2, name, widgets.NewCaption(d.Printer.T("role."+string(r.Role))), widgets.Wrapped(d.Printer.T("base.ui.added")))
	for _, w := range r.Warnings {
		label := widgets.Wrapped(d.Printer.Text(w))
		label.Importance = widget.WarningImportance
		out.Add(label)
	}
	return out
}
