package ui

import (
	"context"

	"nabar/app/session"
	"nabar/app/ui/supply"
	"nabar/internal/i18n"
	"nabar/model"
)

// askSupply asks what to measure of how much service is within reach, and shows it.
func (w *Window) askSupply() {
	base := w.state.choice.query()
	c := supply.Config{
		Window: w.win, Printer: w.printer, Theme: w.theme(), Base: base, Writable: !w.state.readOnly, Keep: w.keepSupply,
		Measure: func(q session.SupplyQuery, column string, done func(*session.SupplyResult)) {
			var r *session.SupplyResult
			w.work(i18n.M("supply.ui.job"), func(ctx context.Context, progress model.Progress) (err error) {
				r, err = w.session.Supply(ctx, base, q, column, progress)
				return err
			}, func() { done(r) })
		},
	}
	for _, t := range w.state.types {
		c.Services = append(c.Services, supply.Service{ID: t.ID, Name: w.session.TypeName(t)})
	}
	for _, l := range w.state.layers {
		if l.Role != model.RoleServices {
			continue
		}
		for _, f := range l.Fields {
			if f.Type == model.Integer || f.Type == model.Real {
				c.Columns = append(c.Columns, f.Name)
			}
		}
	}
	supply.Show(c)
}

// keepSupply keeps a measure as a layer, which the map then shows.
func (w *Window) keepSupply(r *session.SupplyResult) {
	w.edit(func(ctx context.Context) error {
		_, err := w.session.KeepSupply(ctx, r)
		return err
	})
}
