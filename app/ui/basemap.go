package ui

import (
	"context"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/files"
	"nabar/internal/i18n"
	"nabar/model"
)

// basemapEndings are the endings of archives of map tiles.
var basemapEndings = []string{".mbtiles", ".pmtiles"}

// lostBasemaps are the basemaps that are not shown, by id, with the reason.
func lostBasemaps(p *i18n.Printer, states map[int64]session.BasemapState) map[int64]string {
	out := map[int64]string{}
	for id, st := range states {
		if st.Problem != nil {
			out[id] = p.Error(st.Problem)
		}
	}
	return out
}

// findBasemap asks where the file of a basemap lies now.
func (w *Window) findBasemap(l model.Layer) {
	p := w.printer
	opt := files.Options{
		Title: p.T("base.ui.find_title", l.Name), Confirm: p.T("base.ui.find_yes"), Kind: p.T("base.ui.kind"),
		Dir: w.beside(), Extensions: basemapEndings,
	}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) {
		same := false
		w.work(i18n.M("base.step_find", l.Name), func(ctx context.Context, progress model.Progress) (err error) {
			same, err = w.session.FindBasemap(ctx, l, paths[0], progress)
			return err
		}, func() {
			if !same {
				ask.Tell(w.win, p, l.Name, p.T("base.cli_replaced", l.Name))
			}
		})
	})
}
