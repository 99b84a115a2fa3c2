// Package findings shows what a check of the project's network found: its size, and what is wrong, where, and what can
// be done about it.
package findings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// Content shows a report.
func Content(p *i18n.Printer, r model.NetworkReport) fyne.CanvasObject {
	figures := container.NewGridWithColumns(3,
		widgets.NewKeyFigure(p.Distance(r.LengthM), p.T("ui.check.length")),
		widgets.NewKeyFigure(p.Int(int64(r.Edges)), p.T("ui.check.edges")),
		widgets.NewKeyFigure(p.Percent(r.LargestShare), p.T("ui.check.largest")),
		widgets.NewKeyFigure(p.Distance(r.Snap.DemandP95M), p.T("ui.check.snap_p95")),
		widgets.NewKeyFigure(p.Distance(r.Snap.DemandMaxM), p.T("ui.check.snap_max")),
		widgets.NewKeyFigure(p.Int(int64(r.Snap.UnjoinedPeople)), p.T("ui.check.unjoined")))
	out := widgets.Stack(look.Step4, figures, widgets.NewHeading(p.T("ui.check.findings", len(r.Findings))))
	if len(r.Findings) == 0 {
		out.Add(widgets.Wrapped(p.T("ui.check.clean")))
	}
	for _, severity := range []model.Severity{model.SeverityError, model.SeverityWarning, model.SeverityNote} {
		for _, f := range r.Findings {
			if f.Severity == severity {
				out.Add(finding(p, f))
			}
		}
	}
	return out
}

// finding is one thing that was found: how grave it is, what, where, and what to do.
func finding(p *i18n.Printer, f model.Finding) fyne.CanvasObject {
	what := widgets.Wrapped(p.Text(f.What))
	what.TextStyle.Bold = true
	lines := container.NewVBox(what)
	if where := p.Text(f.Where); where != "" {
		lines.Add(widgets.Wrapped(where))
	}
	if remedy := p.Text(f.Remedy); remedy != "" {
		lines.Add(widgets.Note(remedy))
	}
	mark := container.NewVBox(widgets.Pad(6, widget.NewIcon(icon(f.Severity))))
	return container.NewBorder(nil, nil, mark, nil, lines)
}

// icon shows how grave a finding is; the three differ in shape as well as colour.
func icon(s model.Severity) fyne.Resource {
	switch s {
	case model.SeverityError:
		return theme.NewErrorThemedResource(theme.ErrorIcon())
	case model.SeverityWarning:
		return theme.NewWarningThemedResource(theme.WarningIcon())
	}
	return theme.NewPrimaryThemedResource(theme.InfoIcon())
}
