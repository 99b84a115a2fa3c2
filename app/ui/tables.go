package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/files"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// The size of dialogs with tables, in units.
const (
	tablesWidth  = 980
	tablesHeight = 640
)

// newTable makes a table whose contents can be written to a file.
func (w *Window) newTable(data model.Table, choose func(id string)) *table.Table {
	t := table.New(w.printer)
	t.OnSelect = choose
	t.OnExport = w.askTable
	t.Set(data)
	return t
}

// askTable asks where a table shall be written, and writes it.
func (w *Window) askTable(data model.Table) { w.askTableOver(w.win, data) }

// askTableOver is askTable over another window than the map's.
func (w *Window) askTableOver(over fyne.Window, data model.Table) {
	p := w.printer
	opt := files.Options{
		Title: p.T("series.save_table"), Confirm: p.T("series.save"), Kind: p.T("series.table_files"),
		Name: data.Name + ".xlsx", Extensions: []string{".xlsx", ".csv"},
	}
	files.Save(over, p, w.dispatch, opt, func(path string) {
		w.edit(func(context.Context) error { return w.session.WriteTable(path, data) })
	})
}

// showChange shows all figures of the comparison.
func (w *Window) showChange() {
	c := w.comparison.compared(rankingKey{w.state.choice, w.state.snapshot})
	if c == nil {
		return
	}
	title := w.versusView().Title
	var groups, limits, shifts model.Table
	w.work(i18n.M("ui.job.compare"), func(ctx context.Context, _ model.Progress) error {
		groups, limits = w.session.ChangeTables(ctx, c)
		parted, _, err := w.session.ShiftGroups(ctx, c, nil)
		shifts = w.session.ShiftTable(ctx, c.B.Query, []session.ShiftState{{Label: w.session.StateLabel(c.B.Query), Groups: parted}})
		return err
	}, func() {
		p := w.printer
		split := container.NewVSplit(w.newTable(groups, nil).Object(), w.newTable(limits, nil).Object())
		byGroup := container.NewBorder(widgets.Wrapped(p.T("more.about_shifts")), nil, nil, nil, w.newTable(shifts, nil).Object())
		w.showTables(title, container.NewAppTabs(
			container.NewTabItem(p.T("more.tab_all"), widgets.Inset(look.Step2, 0, split)),
			container.NewTabItem(p.T("more.tab_groups"), widgets.Inset(look.Step2, 0, byGroup)),
		))
	})
}

// showTables shows a sheet of tables that can only be closed.
func (w *Window) showTables(title string, body fyne.CanvasObject) *ask.Sheet {
	sheet := ask.NewSheet(w.win, title)
	sheet.Set(body, sheet.Hide, ask.Primary(w.printer.T("ui.close"), sheet.Hide))
	sheet.Show(fyne.NewSize(tablesWidth, tablesHeight), nil)
	return sheet
}

// showAllLosses ranks the places of all service types and shows them in one table.
func (w *Window) showAllLosses() {
	if !w.state.open || w.state.missing != "" {
		return
	}
	q := w.state.choice.query()
	var data model.Table
	w.work(i18n.M("series.job_losses"), func(ctx context.Context, progress model.Progress) error {
		all, err := w.session.RankAll(ctx, q, progress)
		if err == nil {
			data = w.session.LossesTable(ctx, all)
		}
		return err
	}, func() {
		var sheet *ask.Sheet
		t := w.newTable(data, func(id string) {
			sheet.Hide()
			w.selectFacility(id, true)
		})
		sheet = w.showTables(w.printer.T("series.all_losses"), t.Object())
	})
}
