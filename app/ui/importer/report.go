package importer

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// shownSkipped is how many left-out rows of a layer the page lists; the copied list has them all.
const shownSkipped = 500

// showReport is the page of what came in and what did not.
func (d *Dialog) showReport(reports []session.ImportReport) {
	list := widgets.Stack(look.Step4)
	skipped := 0
	for _, r := range reports {
		list.Add(d.layerReport(r))
		skipped += len(r.Skipped)
	}
	var buttons []fyne.CanvasObject
	if skipped > 0 {
		buttons = append(buttons, d.button("ui.import.copy", func() { d.Clipboard.SetContent(reportText(d.Printer, reports)) }))
	}
	done := d.button("ui.import.done", d.close)
	done.Importance = widget.HighImportance
	d.files = 0
	d.set("ui.import.report", container.NewVScroll(widgets.Inset(0, look.Step2, list)), d.close, append(buttons, done)...)
}

// layerReport is what came in of one layer.
func (d *Dialog) layerReport(r session.ImportReport) fyne.CanvasObject {
	if r.Role == model.RoleBasemap {
		return d.basemapReport(r)
	}
	p := d.Printer
	name := widgets.NewText(r.Layer)
	name.Style.Bold = true
	numbers := container.NewGridWithColumns(3,
		widgets.NewKeyFigure(p.Int(int64(r.Imported)), p.T("ui.import.imported", r.Imported)),
		widgets.NewKeyFigure(p.Int(int64(r.Read)), p.T("ui.import.read", r.Read)),
		widgets.NewKeyFigure(p.Int(int64(len(r.Skipped))), p.T("ui.import.skipped", len(r.Skipped))))
	out := widgets.Stack(look.Step2, name, widgets.NewCaption(p.T("role."+string(r.Role))), numbers)
	for _, w := range r.Warnings {
		label := widgets.Wrapped(p.Text(w))
		label.Importance = widget.WarningImportance
		out.Add(label)
	}
	if len(r.Skipped) > 0 {
		out.Add(widgets.NewHeading(p.T("ui.import.skipped_rows")))
		text := widgets.Wrapped(skippedText(p, r, shownSkipped))
		text.Selectable = true
		out.Add(text)
	}
	return out
}

// skippedText lists left-out rows, each with its reason.
func skippedText(p *i18n.Printer, r session.ImportReport, most int) string {
	var b strings.Builder
	for i, s := range r.Skipped {
		if i == most {
			b.WriteString(p.T("ui.about.more", len(r.Skipped)-most))
			break
		}
		fmt.Fprintf(&b, "%s %s: %s\n", p.T("ui.about.row"), p.Int(s.Row), s.Reason)
	}
	return strings.TrimRight(b.String(), "\n")
}

// reportText is the whole report as text, for the clipboard.
func reportText(p *i18n.Printer, reports []session.ImportReport) string {
	var b strings.Builder
	for _, r := range reports {
		fmt.Fprintln(&b, p.T("ui.import.report_line", r.Layer, r.Read, r.Imported, len(r.Skipped)))
		for _, w := range r.Warnings {
			fmt.Fprintln(&b, p.Text(w))
		}
		if len(r.Skipped) > 0 {
			fmt.Fprintln(&b, skippedText(p, r, len(r.Skipped)))
		}
	}
	return b.String()
}
