package ui

import (
	"context"

	"nabar/internal/i18n"
	"nabar/model"
)

// togglePipos has the project's figures computed by Pipos' rules, or by the program's own again, and computes them.
func (w *Window) togglePipos() {
	on := w.state.rules == 0
	w.work(i18n.M("pipos.job.rules"), func(ctx context.Context, _ model.Progress) error {
		return w.session.SetPipos(ctx, on)
	}, w.reload)
}
