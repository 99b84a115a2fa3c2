package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"nabar/app/ui/ask"
	"nabar/app/ui/viewlist"
	"nabar/model"
)

// arrangeViews shows the list of the kept views, where they are put in order, renamed and removed.
func (w *Window) arrangeViews() {
	p := w.printer
	sheet := ask.NewSheet(w.win, p.T("base.views.title"))
	leave := func() {
		w.viewList = nil
		sheet.Hide()
	}
	w.viewList = viewlist.New(p, viewlist.Actions{
		Show: func(v model.MapView) {
			leave()
			w.showView(v)
		},
		Move: func(v model.MapView, to int) {
			w.edit(func(ctx context.Context) error { return w.session.MoveView(ctx, v.Name, to) })
		},
		Rename: func(v model.MapView) {
			ask.Line(w.win, p, p.T("base.views.rename_title"), p.T("views.ui.name"), v.Name, p.T("base.views.rename_yes"), func(name string) {
				w.edit(func(ctx context.Context) error { return w.session.RenameView(ctx, v.Name, name) })
			})
		},
		Remove: w.removeView,
	})
	w.viewList.Set(w.state.views, w.state.readOnly)
	sheet.Set(w.viewList.Object(), leave, ask.Primary(p.T("ui.close"), leave))
	sheet.Show(fyne.NewSize(520, 460), nil)
}
