package ui

import (
	"context"
	"time"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/files"
	"nabar/app/ui/sheets"
	"nabar/internal/i18n"
	"nabar/model"
)

// askPrint asks what map sheets are wanted, and shows them as they will be.
func (w *Window) askPrint() {
	logo, err := w.session.LogoName(context.Background())
	if err != nil {
		w.fail(err)
		return
	}
	c := sheets.Config{
		Window: w.win, Printer: w.printer, Base: session.Sheet{Query: w.choice.query()}, Shown: w.shown(), Logo: logo,
		Date: time.Now().Format(time.DateOnly), Writable: !w.state.readOnly, Comments: len(w.state.comments) > 0, Preview: w.previewSheet, Print: w.printSheets,
		PutLogo: w.askLogo, NoLogo: func(done func()) { w.removeLogo(done) },
	}
	if w.state.missing != "" {
		c.Base.Query = model.Query{}
	}
	for _, l := range w.state.layers {
		if l.Role == model.RoleArea {
			c.Areas = append(c.Areas, l.Name)
		}
	}
	sheets.Show(c)
}

// shown is the part of the world that the map shows.
func (w *Window) shown() orb.Bound { return w.view.View().Bound() }

// previewSheet draws a sheet off the window's thread.
func (w *Window) previewSheet(o session.PrintOrder, index, side int, done func(session.SheetPreview, error)) {
	go func() {
		got, err := w.session.PreviewSheet(context.Background(), o, index, side)
		w.dispatch(func() { done(got, err) })
	}()
}

// printSheets asks where the sheets shall lie, and writes them.
func (w *Window) printSheets(o session.PrintOrder) {
	p := w.printer
	opt := files.Options{
		Title: p.T("sheet.ui.save"), Confirm: p.T("sheet.ui.save_yes"), Kind: p.T("ui.files.pictures"),
		Dir: w.beside(), Name: p.T("ui.map_image.file", w.state.kommun.Name) + ".pdf", Extensions: []string{".pdf", ".png"},
	}
	files.Save(w.win, p, w.dispatch, opt, func(path string) {
		first := path
		w.work(i18n.M("sheet.ui.job"), func(ctx context.Context, progress model.Progress) error {
			printed, err := w.session.Print(ctx, path, o, progress)
			if err == nil {
				first = printed[0].File
			}
			return err
		}, func() { w.show(first, "ui.map_image.done") })
	})
}

// askLogo asks for the kommun's logo and keeps it.
func (w *Window) askLogo(done func(name string)) {
	p := w.printer
	opt := files.Options{
		Title: p.T("sheet.ui.logo_choose"), Confirm: p.T("sheet.ui.logo_yes"), Kind: p.T("ui.files.pictures"),
		Dir: w.lastOr(w.beside()), Extensions: []string{".png", ".svg", ".jpg", ".jpeg"},
	}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) {
		w.editThen(func(ctx context.Context) error { return w.session.SetLogo(ctx, paths[0]) }, func() {
			name, err := w.session.LogoName(context.Background())
			if err != nil {
				w.fail(err)
				return
			}
			done(name)
		})
	})
}

// removeLogo takes the logo out of the project.
func (w *Window) removeLogo(done func()) {
	w.editThen(w.session.RemoveLogo, done)
}

// editThen is edit that goes on on the window's thread once the project is changed.
func (w *Window) editThen(fn func(context.Context) error, done func()) {
	w.edit(func(ctx context.Context) error {
		err := fn(ctx)
		if err == nil {
			w.dispatch(done)
		}
		return err
	})
}
