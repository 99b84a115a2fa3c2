package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/differences"
	"nabar/app/ui/files"
	"nabar/internal/i18n"
	"nabar/model"
)

// togglePipos has the project's figures computed by Pipos' rules, or by the program's own again; they are then computed as
// after every change of what they depend on.
func (w *Window) togglePipos() {
	on := w.state.rules == 0
	w.edit(func(ctx context.Context) error { return w.session.SetPipos(ctx, on) })
}

// piposMenu are the results that can be compared with: a file, or a layer that has no part in the figures.
func (w *Window) piposMenu() *fyne.MenuItem {
	st := &w.state
	m := w.item("pipos.menu.compare", st.open && st.missing == "", nil)
	m.ChildMenu = fyne.NewMenu("", fyne.NewMenuItem(w.printer.T("pipos.menu.file"), w.askPiposFile))
	for _, l := range st.layers {
		if l.Role == model.RoleLayer {
			m.ChildMenu.Items = append(m.ChildMenu.Items, fyne.NewMenuItem(l.Name, func() { w.comparePipos(l.Name) }))
		}
	}
	return m
}

// askPiposFile asks for the file with Pipos' result.
func (w *Window) askPiposFile() {
	p := w.printer
	opt := files.Options{
		Title: p.T("pipos.file_title"), Confirm: p.T("pipos.file_yes"), Kind: p.T("pipos.file_kind"), Dir: w.beside(), Extensions: importEndings,
	}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) { w.comparePipos(paths[0]) })
}

// comparePipos compares the service type that is shown with a result, and shows where they differ.
func (w *Window) comparePipos(result string) {
	c := w.choice
	var d *model.Differences
	w.work(i18n.M("pipos.job.compare"), func(ctx context.Context, progress model.Progress) (err error) {
		q := model.Query{Service: c.service, Impedance: model.Distance, Scenario: c.scenario}
		d, err = w.session.PiposDifferences(ctx, result, q, session.ReferenceOptions{Tolerance: -1}, progress)
		return err
	}, func() {
		body := differences.Content(w.printer, w.typeName(c.service), d, w.saveDifferences)
		s := ask.NewSheet(w.win, w.printer.T("pipos.title"))
		s.Set(body, s.Hide, ask.Primary(w.printer.T("ui.close"), s.Hide))
		s.Show(fyne.NewSize(980, 720), nil)
	})
}

// saveDifferences asks where a table shall lie, and writes it.
func (w *Window) saveDifferences(t model.Table) {
	p := w.printer
	opt := files.Options{
		Title: t.Name, Confirm: p.T("pipos.save_yes"), Kind: p.T("pipos.save_kind"), Dir: w.beside(), Name: t.Name + ".xlsx",
		Extensions: []string{".xlsx", ".csv"},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		w.work(i18n.M("pipos.job.save"), func(context.Context, model.Progress) error { return w.session.WriteTable(path, t) }, func() {})
	})
}
